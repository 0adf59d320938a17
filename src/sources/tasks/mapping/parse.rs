//! A mapping file as it is written.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use chrono_tz::Tz;
use serde::Deserialize;
use serde::de::{SeqAccess, Visitor, value::SeqAccessDeserializer};
use toml::Spanned;

use super::plain::{line, plain};
use super::{Mapping, MappingError, RowKind, TaskColumns, TimeColumns, Unit};
use crate::model::stage::Stage;
use crate::model::text::Clean;
use crate::sources::tasks::dates::DayOrder;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: Option<Spanned<String>>,
    project: Option<String>,
    #[serde(default)]
    mine: bool,
    dates: Option<Spanned<String>>,
    zone: Option<Spanned<String>>,
    task: Option<Spanned<Task>>,
    time: Option<Spanned<Time>>,
    #[serde(default)]
    stages: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    title: Column,
    key: Option<Column>,
    status: Option<Column>,
    #[serde(default)]
    assignee: Columns,
    created: Option<Column>,
    updated: Option<Column>,
    started: Option<Column>,
    done: Option<Column>,
    due: Option<Column>,
    estimate: Option<Column>,
    unit: Option<Unit>,
    #[serde(default)]
    tags: Columns,
    separator: Option<String>,
    kind: Option<Column>,
    project: Option<Column>,
    parent: Option<Column>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Time {
    start: Column,
    start_clock: Option<Column>,
    end: Option<Column>,
    end_clock: Option<Column>,
    duration: Option<Column>,
    unit: Option<Unit>,
    #[serde(default)]
    person: Columns,
    note: Option<Column>,
    project: Option<Column>,
    task: Option<Column>,
    #[serde(default)]
    tags: Columns,
    separator: Option<String>,
}

/// Puts the line of a place in the file before what is wrong there.
type At<'a> = &'a dyn Fn(Range<usize>, String) -> MappingError;

/// A column's name, compared as the table's own: trimmed, in lower case.
struct Column(String);

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let name = String::deserialize(source)?.trim().to_lowercase();
        if name.is_empty() {
            return Err(serde::de::Error::custom("a column needs a name"));
        }
        Ok(Self(name))
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let word = String::deserialize(source)?;
        Ok(match word.trim().to_lowercase().as_str() {
            "points" => Self::Points,
            "hours" => Self::Hours,
            "minutes" => Self::Minutes,
            "seconds" => Self::Seconds,
            "days" => Self::Days,
            _ => {
                let word = Clean::label(word.as_bytes());
                return Err(serde::de::Error::custom(format!(
                    "\"{word}\" is no unit: points, hours, minutes, seconds or days"
                )));
            }
        })
    }
}

/// One column or several.
#[derive(Default)]
struct Columns(Vec<String>);

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct OneOrMore;
        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Columns;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("the name of a column, or a list of names")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Columns, E> {
                let name = serde::de::value::StrDeserializer::<E>::new(name);
                Ok(Columns(vec![Column::deserialize(name)?.0]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, names: A) -> Result<Columns, A::Error> {
                let names: Vec<Column> = Vec::deserialize(SeqAccessDeserializer::new(names))?;
                Ok(Columns(names.into_iter().map(|name| name.0).collect()))
            }
        }
        source.deserialize_any(OneOrMore)
    }
}

impl Mapping {
    /// Reads a mapping file. A key that is not known, a table that is missing and a value that
    /// means nothing are errors with their line.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let at = |span: Range<usize>, what: String| MappingError {
            line: line(text, span.start),
            what,
        };
        let file: File = toml::from_str(text).map_err(|error| plain(text, &error))?;
        let mut mapping = Self {
            source: "csv".to_owned(),
            project: file.project,
            mine: file.mine,
            rows: rows(file.task, file.time, file.mine, &at)?,
            ..Self::default()
        };
        mapping.settings(file.source, file.dates, file.zone, &at)?;
        for (word, stage) in file.stages {
            let found = Stage::parse(stage.get_ref()).ok_or_else(|| {
                let names = Stage::ALL.map(Stage::as_str).join(", ");
                at(stage.span(), format!("a stage is one of {names}"))
            })?;
            mapping.stages.insert(word.trim().to_lowercase(), found);
        }
        Ok(mapping)
    }

    /// The values of the file that mean something of their own.
    fn settings(
        &mut self,
        source: Option<Spanned<String>>,
        dates: Option<Spanned<String>>,
        zone: Option<Spanned<String>>,
        at: At<'_>,
    ) -> Result<(), MappingError> {
        if let Some(source) = source {
            let (span, source) = (source.span(), source.into_inner());
            self.source = source_name(&source).ok_or_else(|| {
                let what = "source is a short name of a-z, 0-9 and -, e.g. \"sheet\"";
                at(span, what.to_owned())
            })?;
        }
        if let Some(dates) = dates {
            self.order = Some(match dates.get_ref().as_str() {
                "dmy" => DayOrder::Dmy,
                "mdy" => DayOrder::Mdy,
                _ => return Err(at(dates.span(), "dates is \"dmy\" or \"mdy\"".to_owned())),
            });
        }
        if let Some(zone) = zone {
            let what = "zone is a name like \"Europe/Berlin\"";
            let found: Option<Tz> = zone.get_ref().parse().ok();
            self.zone = Some(found.ok_or_else(|| at(zone.span(), what.to_owned()))?);
        }
        Ok(())
    }

    /// The columns it names, in lower case.
    pub(in crate::sources::tasks) fn columns(&self) -> Vec<&str> {
        let (single, several): (Vec<&Option<String>>, Vec<&Vec<String>>) = match &self.rows {
            RowKind::Task(task) => (
                vec![
                    &task.key,
                    &task.status,
                    &task.created,
                    &task.updated,
                    &task.started,
                    &task.done,
                    &task.due,
                    &task.estimate,
                    &task.kind,
                    &task.project,
                    &task.parent,
                ],
                vec![&task.assignee, &task.tags],
            ),
            RowKind::Time(time) => (
                vec![
                    &time.start_clock,
                    &time.end,
                    &time.end_clock,
                    &time.duration,
                    &time.note,
                    &time.project,
                    &time.task,
                ],
                vec![&time.person, &time.tags],
            ),
        };
        let first = match &self.rows {
            RowKind::Task(task) => &task.title,
            RowKind::Time(time) => &time.start,
        };
        let single = single.into_iter().filter_map(Option::as_deref);
        let several = several.into_iter().flatten().map(String::as_str);
        [first.as_str()]
            .into_iter()
            .chain(single)
            .chain(several)
            .collect()
    }
}

fn rows(
    task: Option<Spanned<Task>>,
    time: Option<Spanned<Time>>,
    mine: bool,
    at: At<'_>,
) -> Result<RowKind, MappingError> {
    let whose = |span, people: &Columns, key| {
        if mine || !people.0.is_empty() {
            return Ok(());
        }
        let what = format!(
            "whose the rows are is not said: name the column as {key} = \"…\", or write mine = true at the top"
        );
        Err(at(span, what))
    };
    match (task, time) {
        (Some(task), None) => {
            whose(task.span(), &task.get_ref().assignee, "assignee")?;
            Ok(RowKind::Task(Box::new(task.into_inner().into())))
        }
        (None, Some(time)) => {
            let inner = time.get_ref();
            whose(time.span(), &inner.person, "person")?;
            if inner.end.is_none() && inner.end_clock.is_none() && inner.duration.is_none() {
                let what = "how long an entry is is not said: name a column as end or duration";
                return Err(at(time.span(), what.to_owned()));
            }
            if inner.unit == Some(Unit::Points) {
                let what = "a duration is in hours, minutes, seconds or days";
                return Err(at(time.span(), what.to_owned()));
            }
            Ok(RowKind::Time(Box::new(time.into_inner().into())))
        }
        (Some(_), Some(time)) => {
            let what = "one table holds tasks or time entries, not both";
            Err(at(time.span(), what.to_owned()))
        }
        (None, None) => {
            let what = "a table [task] or [time] with the names of the columns is needed";
            Err(at(0..0, what.to_owned()))
        }
    }
}

impl From<Task> for TaskColumns {
    fn from(task: Task) -> Self {
        let name = |column: Option<Column>| column.map(|column| column.0);
        Self {
            title: task.title.0,
            key: name(task.key),
            status: name(task.status),
            assignee: task.assignee.0,
            created: name(task.created),
            updated: name(task.updated),
            started: name(task.started),
            done: name(task.done),
            due: name(task.due),
            estimate: name(task.estimate),
            unit: task.unit.unwrap_or_default(),
            tags: task.tags.0,
            separator: separator(task.separator),
            kind: name(task.kind),
            project: name(task.project),
            parent: name(task.parent),
        }
    }
}

impl From<Time> for TimeColumns {
    fn from(time: Time) -> Self {
        let name = |column: Option<Column>| column.map(|column| column.0);
        Self {
            start: time.start.0,
            start_clock: name(time.start_clock),
            end: name(time.end),
            end_clock: name(time.end_clock),
            duration: name(time.duration),
            unit: time.unit.unwrap_or(Unit::Hours),
            person: time.person.0,
            note: name(time.note),
            project: name(time.project),
            task: name(time.task),
            tags: time.tags.0,
            separator: separator(time.separator),
        }
    }
}

fn separator(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty())
        .unwrap_or_else(|| ",".to_owned())
}

fn source_name(name: &str) -> Option<String> {
    let fits = (1..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    fits.then(|| name.to_owned())
}
