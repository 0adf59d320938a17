//! Jira: issues as its interface answers them, with their history.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::head::Head;
use super::input::Input;
use super::{ImportError, records};
use crate::model::text::Clean;
use issue::Reader;
use learned::Learned;
use parts::{Issue, Names};

mod issue;
mod learned;
mod parts;
mod values;

/// Pages of a search, lists of issues, single ones.
pub(super) const FORMAT: Format = Format {
    id: "jira-json",
    source: "jira",
    label: "Jira JSON",
    fits: |head| place(head).is_some() || is_error(head),
    read,
    caps: &[
        (
            50,
            "a page has as many unless maxResults says more: get the next one",
        ),
        (100, "a page on Cloud has no more: get the next one"),
        (1_000, "a page on Data Center has no more: get the next one"),
    ],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Jira (JSON with its history)",
    steps: &[
        "Sign in to Jira with the browser, open the address below in the same browser, and save the page as a file (Ctrl+S).",
        "Cloud: https://SITE.atlassian.net/rest/api/3/search/jql?jql=assignee%20was%20currentUser()%20order%20by%20created&fields=*all,-comment,-description&expand=changelog,names&maxResults=100",
        "As long as the end of a page says \"isLast\":false, open the same address with &nextPageToken=… and the token that stands there, and save that page too.",
        "Data Center: https://JIRA/rest/api/2/search?jql=assignee%20was%20currentUser()%20order%20by%20created&fields=*all,-comment,-description&expand=changelog,names&maxResults=1000&startAt=0",
        "If total is greater than maxResults, go on with startAt=1000, startAt=2000, …; a site may allow fewer than 1000 a page, then go on by as many as it gives.",
        "Import all pages at once:",
        "$ inward import search*.json",
    ],
    yields: "every move between statuses with its time, so that cycle time, time in each status and reopenings are known; resolution, estimate, points, parent, labels, and the time that you logged",
    cannot: "A search on Cloud gives the newest 40 changes of an issue (100 on older sites), and the first 20 of its worklogs. Issues that have more are counted in the summary: https://SITE.atlassian.net/rest/api/3/issue/KEY?expand=changelog,names gives more changes of one issue, and the CSV export has all of its logged work.",
};

/// Where the issues stand; in pages of a search also those that hold nothing but ids, or none.
fn place(head: &Head) -> Option<&'static str> {
    const PAGES: [(&str, &str); 2] = [("issues[]", ""), ("[].issues[]", "[]")];
    let has = |place: &str, key: &str| records::has(head, place, key);
    for (place, page) in PAGES {
        let paged = has(page, "isLast") || has(page, "nextPageToken") || has(page, "startAt");
        if has(place, "fields") && has(place, "key") || paged && has(page, "issues") {
            return Some(place);
        }
    }
    let place = records::place(head, &["key", "fields"])?;
    let kept = ["summary", "status", "created", "updated", "issuetype"];
    let mut kept = kept.iter().map(|field| format!("fields.{field}"));
    kept.any(|field| has(place, &field)).then_some(place)
}

/// Whether it is what Jira answers in place of issues.
fn is_error(head: &Head) -> bool {
    head.has_json(&["errorMessages"]) || head.has_json(&["message", "status-code"])
}

/// What a page says of itself, and where.
struct Pages {
    places: Vec<String>,
}

impl Pages {
    const NAMES: usize = 1;
    const TOTAL: usize = 2;
    const LAST: usize = 3;

    fn of(place: &str) -> Self {
        let beside = |key: &str| {
            let page = place.strip_suffix("issues[]");
            page.map(|page| format!("{page}{key}"))
        };
        let keys = ["names", "total", "isLast"].map(beside);
        let places = std::iter::once(Some(place.to_owned())).chain(keys);
        Self {
            places: places.flatten().collect(),
        }
    }

    fn all(&self) -> Vec<&str> {
        self.places.iter().map(String::as_str).collect()
    }
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let Some(place) = place(input.head()) else {
        return Err(if is_error(input.head()) {
            refusal(input)?
        } else {
            ImportError::Unknown
        });
    };
    let pages = Pages::of(place);
    let learned = learn(input, &pages)?;
    if learned.issues > 0 && learned.with_fields == 0 {
        return Err(ImportError::Refused(
            "holds nothing but the ids of issues: add &fields=*all,-comment,-description&expand=changelog,names to the address and save the page again".to_owned(),
        ));
    }
    let mut reader = Reader {
        learned: &learned,
        dates: Fields::new(Dates::new(context.zone)),
        seen: issue::Seen::default(),
    };
    let (mut total, mut last) = (0_u64, None);
    let mut elements = input.elements(&pages.all())?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        match element.place {
            0 => {
                let issue = element.parse::<Issue>();
                match issue.and_then(|issue| reader.found(line, &issue)) {
                    Ok(found) => out.task(found)?,
                    Err(reason) => out.reject(line, &reason)?,
                }
            }
            Pages::TOTAL => total = total.max(element.parse().unwrap_or(0)),
            Pages::LAST => last = element.parse::<bool>().ok().or(last),
            _ => {}
        }
    }
    warn(&reader, out);
    if out.records() == 0 {
        out.warn("holds no issues: the search found none");
    }
    if total > out.records() {
        let held = out.records();
        out.warn(format!(
            "holds {held} of {total} issues: get the next pages with startAt={held}"
        ));
    } else if last == Some(false) {
        out.warn("its last page says that another follows: get it with nextPageToken");
    }
    Ok(())
}

/// Reads the file once for what its issues tell about each other.
fn learn(input: &Input, pages: &Pages) -> Result<Learned, ImportError> {
    let mut learned = Learned::default();
    let mut elements = input.elements(&pages.all())?;
    while let Some(element) = elements.next()? {
        match element.place {
            0 => {
                if let Ok(issue) = element.parse::<Issue>() {
                    learned.issue(&issue);
                }
            }
            Pages::NAMES => {
                if let Ok(names) = element.parse::<Names>() {
                    learned.names(&names);
                }
            }
            _ => {}
        }
    }
    Ok(learned)
}

fn warn(reader: &Reader<'_>, out: &mut Out<'_>) {
    let seen = &reader.seen;
    reader.dates.warn(out);
    let mut say = |n: u64, what: &str| {
        if n > 0 {
            out.warn(format!("{n} issues {what}"));
        }
    };
    say(
        seen.bare,
        "come without their changelog: when work on them began is not known; ask with expand=changelog",
    );
    say(
        seen.cut,
        "have more changes than the reply gives, so that early moves are missing: issue/KEY?expand=changelog gives more of one",
    );
    say(
        seen.work_cut,
        "have more logged work than the reply gives (the first 20): the CSV export has all of it",
    );
    say(
        seen.unsaid,
        "do not say whose they are: ask with fields=*all,-comment,-description",
    );
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    #[serde(rename = "errorMessages")]
    messages: Vec<String>,
    errors: BTreeMap<String, String>,
    message: Option<String>,
}

/// The message of an error reply.
fn refusal(input: &Input) -> Result<ImportError, ImportError> {
    let mut elements = input.elements(&[""])?;
    let said = elements.next()?.and_then(|one| one.parse::<Refusal>().ok());
    let said = said.unwrap_or_default();
    let messages = said.messages.into_iter().chain(said.errors.into_values());
    let said = messages.chain(said.message).next().unwrap_or_default();
    Ok(ImportError::Reply(Clean::label(said.as_bytes())))
}

#[cfg(test)]
mod tests;
