//! An issue as Jira's interface answers it; nothing that is not kept is read.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::super::found::Person;
use super::super::json;
use super::values::{Custom, Short};

/// One issue.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Issue {
    pub(super) key: Option<String>,
    #[serde(deserialize_with = "json::text_or_number")]
    pub(super) id: Option<String>,
    pub(super) fields: Option<Fields>,
    pub(super) changelog: Option<Changelog>,
    /// The names of its fields, with `expand=names`.
    pub(super) names: Option<Names>,
}

/// The names of fields by their ids.
pub(super) type Names = BTreeMap<String, Short>;

/// Where an issue stands.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StatusOf {
    #[serde(deserialize_with = "json::text_or_number")]
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    #[serde(rename = "statusCategory")]
    pub(super) category: Option<Keyed>,
}

/// Something with a key.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Keyed {
    pub(super) key: Option<String>,
}

/// Something with a name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    pub(super) name: Option<String>,
}

/// The type of an issue.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Kind {
    pub(super) name: Option<String>,
    pub(super) subtask: bool,
    #[serde(rename = "hierarchyLevel")]
    pub(super) level: Option<i64>,
}

/// Somebody: an account id on Cloud, a user name on a server.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct User {
    account_id: Option<String>,
    name: Option<String>,
    display_name: Option<String>,
    email_address: Option<String>,
}

impl User {
    /// Them.
    pub(super) fn person(&self) -> Person {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Person::with_id(&text(&self.account_id))
            .login(&text(&self.name))
            .name(&text(&self.display_name))
            .address(&text(&self.email_address))
    }
}

/// A page of logged work.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Worklog {
    pub(super) total: Option<u64>,
    #[serde(deserialize_with = "json::list")]
    pub(super) worklogs: Vec<Work>,
}

/// Work that somebody logged.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Work {
    #[serde(deserialize_with = "json::text_or_number")]
    pub(super) id: Option<String>,
    pub(super) author: Option<User>,
    pub(super) started: Option<String>,
    pub(super) time_spent_seconds: Option<i64>,
    /// A text; the newer interface's document is not read.
    #[serde(deserialize_with = "json::text_or_number")]
    pub(super) comment: Option<String>,
}

/// A page of changes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Changelog {
    pub(super) total: Option<u64>,
    #[serde(deserialize_with = "json::list")]
    pub(super) histories: Vec<History>,
}

/// Changes made at one time.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct History {
    pub(super) created: Option<String>,
    #[serde(deserialize_with = "json::list")]
    pub(super) items: Vec<Change>,
}

/// A change of one field.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Change {
    pub(super) field: Short,
    pub(super) field_id: Short,
    pub(super) from: Short,
    pub(super) from_string: Short,
    pub(super) to: Short,
    pub(super) to_string: Short,
}

/// The fields of an issue that are kept.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) summary: Option<String>,
    pub(super) status: Option<StatusOf>,
    pub(super) kind: Option<Kind>,
    pub(super) project: Option<Keyed>,
    pub(super) parent: Option<Keyed>,
    pub(super) resolution: Option<Named>,
    pub(super) resolved: Option<String>,
    pub(super) created: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) category_changed: Option<String>,
    pub(super) due: Option<String>,
    pub(super) assignee: Assignee,
    pub(super) labels: Vec<String>,
    pub(super) estimate: Option<i64>,
    pub(super) spent: Option<i64>,
    pub(super) worklog: Option<Worklog>,
    /// Fields of the site's own that hold a number or an issue's key.
    pub(super) custom: Vec<(String, Custom)>,
}

/// Whose an issue is.
#[derive(Debug, Default)]
pub(super) enum Assignee {
    /// The field was not asked for.
    #[default]
    Unsaid,
    /// Nobody's.
    Nobody,
    /// Theirs.
    User(User),
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Fields;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("the fields of an issue")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(name) = map.next_key::<String>()? {
                    fields.take(name, &mut map)?;
                }
                Ok(fields)
            }
        }
        from.deserialize_map(Read)
    }
}

impl Fields {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        match name.as_str() {
            "summary" => self.summary = map.next_value()?,
            "status" => self.status = map.next_value()?,
            "issuetype" => self.kind = map.next_value()?,
            "project" => self.project = map.next_value()?,
            "parent" => self.parent = map.next_value()?,
            "resolution" => self.resolution = map.next_value()?,
            "resolutiondate" => self.resolved = map.next_value()?,
            "created" => self.created = map.next_value()?,
            "updated" => self.updated = map.next_value()?,
            "statuscategorychangedate" => self.category_changed = map.next_value()?,
            "duedate" => self.due = map.next_value()?,
            "assignee" => {
                let user: Option<User> = map.next_value()?;
                self.assignee = user.map_or(Assignee::Nobody, Assignee::User);
            }
            "labels" => self.labels = map.next_value::<Option<_>>()?.unwrap_or_default(),
            "timeoriginalestimate" => self.estimate = map.next_value()?,
            "timespent" => self.spent = map.next_value()?,
            "worklog" => self.worklog = map.next_value()?,
            name_ if name_.starts_with("customfield_") => match map.next_value()? {
                Custom::Other => {}
                value => self.custom.push((name, value)),
            },
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
