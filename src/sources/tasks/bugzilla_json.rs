//! Bugzilla: bugs and their history as its REST interface gives them.

use serde::Deserialize;

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Whose};
use super::input::Input;
use super::{ImportError, bugzilla, bugzilla_csv, json, words};
use crate::model::stage::Status;
use crate::model::task::{Estimate, TaskFacts, TaskKind, Transition};
use crate::model::text::Clean;

/// `/rest/bug` and `/rest/bug/ID/history`.
pub(super) const FORMAT: Format = Format {
    id: "bugzilla-json",
    source: "bugzilla",
    label: "Bugzilla JSON",
    fits: |head| {
        let about = |place| {
            head.json()
                .and_then(|json| json.first(place))
                .unwrap_or_default()
        };
        let known = ["status", "summary", "creation_time", "history"];
        (head.has_json(&["bugs[].id"])
            && known
                .iter()
                .any(|key| head.has_json(&[&format!("bugs[].{key}")])))
            || (head.has_json(&["error", "code", "message"])
                && about("documentation").contains("bugzilla"))
    },
    read,
    caps: &[(10_000, "Bugzilla's own limit on the results of a search")],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Bugzilla",
    steps: &[
        "In the browser where you are logged in, open https://BUGZILLA/rest/bug?assigned_to=YOU@EXAMPLE.ORG&limit=0 and save the page as JSON.",
        "For the moves, open https://BUGZILLA/rest/bug/FIRST/history?ids=SECOND&ids=THIRD with the numbers of your bugs, and save that too. Import the bugs first.",
        "Where there is no REST interface: search for your bugs, Change Columns to add Opened, Resolution and Assignee, then CSV at the bottom of the list.",
    ],
    yields: "from the JSON: when a bug was opened and last resolved, assignee, estimate and hours worked; from the history: every move; from the CSV: where each bug stands",
    cannot: "The CSV does not tell when a bug was resolved: the last change of a bug can be anything. Searches end at 10,000 bugs.",
};

#[derive(Deserialize)]
struct Bug {
    #[serde(default, deserialize_with = "json::text_or_number")]
    id: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    product: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    resolution: Option<String>,
    #[serde(default)]
    is_open: Option<bool>,
    #[serde(default)]
    creation_time: Option<String>,
    #[serde(default)]
    last_change_time: Option<String>,
    #[serde(default)]
    cf_last_resolved: Option<String>,
    #[serde(default)]
    deadline: Option<String>,
    #[serde(default)]
    assigned_to: Option<String>,
    #[serde(default)]
    assigned_to_detail: Option<Detail>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    estimated_time: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    actual_time: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    keywords: Vec<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    severity: Option<String>,
    #[serde(default)]
    history: Option<Vec<Event>>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(default)]
    real_name: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    when: String,
    #[serde(default, deserialize_with = "json::list")]
    changes: Vec<Change>,
}

/// A changed field; what it was changed to is read only of status and resolution.
#[derive(Deserialize)]
struct Change {
    #[serde(default)]
    field_name: String,
    #[serde(default, deserialize_with = "json::text_or_number")]
    removed: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    added: Option<String>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut fields = Fields::new(Dates::new(context.zone));
    let mut elements = input.elements(&["bugs[]", "message"])?;
    let (mut bugs, mut histories) = (false, false);
    while let Some(element) = elements.next()? {
        let line = element.line;
        if element.place == 1 {
            let message: String = element.parse().unwrap_or_default();
            return Err(ImportError::Reply(Clean::label(message.as_bytes())));
        }
        let bug = match element.parse::<Bug>() {
            Ok(bug) => bug,
            Err(reason) => {
                out.reject(line, &reason)?;
                continue;
            }
        };
        let Some(id) = bug.id.as_deref().filter(|id| !id.is_empty()) else {
            out.reject(line, "no bug number")?;
            continue;
        };
        histories |= bug.history.is_some();
        bugs |= bug.status.is_some();
        out.task(found(&bug, id, line, &mut fields))?;
    }
    fields.warn(out);
    if histories && !bugs {
        out.warn("this is only the history: it adds moves to bugs that were imported before; import the bugs of /rest/bug first");
    }
    Ok(())
}

fn found(bug: &Bug, id: &str, line: u64, fields: &mut Fields) -> Found {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let status = bug.status.as_ref().map_or_else(Status::default, |word| {
        bugzilla::status(word, &text(&bug.resolution), bug.is_open)
    });
    let closed = status.fixed.is_some();
    let history_only = bug.status.is_none() && bug.history.is_some();
    let transitions = bug
        .history
        .as_deref()
        .map(|events| moves(events, line, fields));
    let mut when = |column, part: &Option<String>| fields.when(column, line, part.as_deref()?);
    let task = TaskFacts {
        source: Clean::label(b"bugzilla"),
        key: Clean::label(id.as_bytes()),
        aliases: vec![format!("bugzilla:{id}")],
        kind: if history_only {
            TaskKind::Task
        } else {
            bugzilla_csv::kind(&[text(&bug.kind), text(&bug.severity)].join(" "))
        },
        title: Clean::label(text(&bug.summary).as_bytes()),
        project: bug.product.as_deref().and_then(words::label),
        status,
        updated: when("last_change_time", &bug.last_change_time),
        created: when("creation_time", &bug.creation_time),
        done: when("cf_last_resolved", &bug.cf_last_resolved).filter(|_| closed),
        due: bug
            .deadline
            .as_deref()
            .and_then(|text| fields.day("deadline", line, text)),
        estimate: bugzilla::hours(&text(&bug.estimated_time)).map(Estimate::Seconds),
        spent: bugzilla::hours(&text(&bug.actual_time)),
        tags: bug
            .keywords
            .iter()
            .filter_map(|word| words::label(word))
            .collect(),
        history_whole: transitions.is_some(),
        transitions: transitions.unwrap_or_default(),
        ..TaskFacts::default()
    };
    let real = bug
        .assigned_to_detail
        .as_ref()
        .and_then(|one| one.real_name.clone());
    let person = bugzilla::person(&text(&bug.assigned_to), &text(&real));
    let whose = if history_only {
        Whose::OfTask
    } else {
        Whose::People(person.into_iter().collect())
    };
    Found::new(line, whose, task)
}

/// The moves of a bug. A status and its resolution change together; a resolution that changes
/// alone (fixed, then found to be a duplicate) is a move of a closed bug.
fn moves(events: &[Event], line: u64, fields: &mut Fields) -> Vec<Transition> {
    let mut events: Vec<_> = events
        .iter()
        .filter_map(|event| Some((fields.when("when", line, &event.when)?, &event.changes)))
        .collect();
    events.sort_by_key(|(at, _)| at.order());
    let mut now: Option<String> = None;
    let mut moves = Vec::new();
    for (at, changes) in events {
        let change = |names: [&str; 2]| {
            let named = |one: &&Change| names.contains(&one.field_name.as_str());
            let one = changes.iter().find(named)?;
            let text = |part: &Option<String>| part.clone().unwrap_or_default();
            Some((text(&one.removed), text(&one.added)))
        };
        let (was, is) = change(["resolution", "cf_resolution"]).unwrap_or_default();
        let (from, to) = match change(["status", "bug_status"]) {
            Some(words) => words,
            None if was != is => match &now {
                Some(word) => (word.clone(), word.clone()),
                None => continue,
            },
            None => continue,
        };
        let from = bugzilla::status(&from, &was, None);
        moves.push(Transition {
            at,
            from: Some(from),
            to: bugzilla::status(&to, &is, None),
        });
        now = Some(to);
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::{Stage, StageWords};
    use crate::model::task::When;

    const BUGS: &str = r#"{"bugs":[
{"id":7,"summary":"It leaks","product":"Moon","status":"RESOLVED","resolution":"FIXED","is_open":false,"creation_time":"2026-03-02T09:00:00Z","last_change_time":"2026-03-08T09:00:00Z","cf_last_resolved":"2026-03-06T15:00:00Z","assigned_to":"ada@example.org","assigned_to_detail":{"id":3,"real_name":"Ada L"},"estimated_time":8,"actual_time":2.5,"keywords":["leak"],"cc":["bob@example.org"]},
{"id":8,"summary":"Odd","status":"NEW","resolution":"","is_open":true,"cf_last_resolved":"2026-03-06T15:00:00Z","assigned_to":"nobody@example.org"},
{"summary":"Lost"}
],"faults":[]}"#;

    const HISTORY: &str = r#"{"bugs":[{"id":7,"alias":null,"history":[
{"when":"2026-03-07T09:00:00Z","who":"bob@example.org","changes":[{"field_name":"resolution","removed":"FIXED","added":"DUPLICATE"}]},
{"when":"2026-03-03T09:00:00Z","who":"ada@example.org","changes":[{"field_name":"status","removed":"NEW","added":"ASSIGNED"},{"field_name":"cc","removed":"","added":"bob@example.org"}]},
{"when":"2026-03-06T15:00:00Z","who":"ada@example.org","changes":[{"field_name":"resolution","removed":"","added":"FIXED"},{"field_name":"status","removed":"ASSIGNED","added":"RESOLVED"}]},
{"when":"2026-03-04T15:00:00Z","who":"ada@example.org","changes":[{"field_name":"cc","removed":"","added":"x"}]}
]},{"id":8,"history":[]}]}"#;

    #[test]
    fn bugs_with_times_people_and_hours() {
        let seen = read(&FORMAT, BUGS, "bug.json").unwrap();
        let tasks = seen.tasks();
        assert_eq!((tasks.len(), seen.rejected.len()), (2, 1));
        let one = &tasks[0].task;
        assert_eq!(one.status.fixed, Some(Stage::Done));
        assert_eq!(one.done.map(When::order), Some(1_772_809_200));
        assert_eq!(
            (one.estimate, one.spent),
            (Some(Estimate::Seconds(28_800)), Some(9_000))
        );
        assert!(!one.history_whole);
        // Reopened: when it was resolved once is not when it was done.
        assert_eq!(tasks[1].task.done, None);
        assert_eq!(tasks[1].whose, Whose::People(Vec::new()));
        assert!(!format!("{seen:?}").contains("bob@"));
    }

    #[test]
    fn a_history_adds_moves_to_bugs_known_already() {
        let seen = read(&FORMAT, HISTORY, "history.json").unwrap();
        let tasks = seen.tasks();
        assert!(
            tasks
                .iter()
                .all(|one| one.whose == Whose::OfTask && one.task.history_whole)
        );
        let words = StageWords::default();
        let to: Vec<_> = tasks[0]
            .task
            .transitions
            .iter()
            .map(|one| words.stage(&one.to))
            .collect();
        let wanted = [
            Some(Stage::InProgress),
            Some(Stage::Done),
            Some(Stage::Cancelled),
        ];
        assert_eq!(to, wanted);
        assert!(tasks[1].task.transitions.is_empty());
        assert!(!format!("{seen:?}").contains("bob@") && seen.warnings.len() == 1);
    }

    #[test]
    fn an_error_reply_is_called_one() {
        let reply = r#"{"documentation":"https://www.bugzilla.org/docs/","error":true,"code":410,"message":"You must log in"}"#;
        let error = read(&FORMAT, reply, "bug.json").unwrap_err().to_string();
        assert!(error.contains("You must log in"), "{error}");
    }
}
