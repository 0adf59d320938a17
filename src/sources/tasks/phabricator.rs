//! Phabricator and Phorge: answers of their API (Conduit), saved.
//!
//! Three of them belong together: the tasks name their owner by an opaque id, the list of users
//! says who that is, and the transactions tell the moves.

use serde::Deserialize;

use super::dates::Dates;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::{ImportError, json, words};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, TaskFacts, Transition};
use crate::model::text::Clean;

/// `maniphest.search`, `maniphest.gettasktransactions`, `user.query` and `user.search`.
pub(super) const FORMAT: Format = Format {
    id: "phabricator-json",
    source: "phabricator",
    label: "Phabricator JSON",
    fits: |head| {
        let begins = |place, with| {
            let first = head.json().and_then(|json| json.first(place));
            first.is_some_and(|text| text.starts_with(with))
        };
        begins("result.data[].phid", "PHID-TASK-")
            || begins("result.data[].phid", "PHID-USER-")
            || begins("result[].phid", "PHID-USER-")
            || head.has_json(&["result.*[].transactionType"])
            // Nothing found, or an error in place of an answer.
            || head.has_json(&["result", "error_code", "error_info"])
    },
    read,
    caps: &[(100, "Conduit gives pages of at most 100 tasks")],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Phabricator or Phorge",
    steps: &[
        "Logged in, open https://PHABRICATOR/conduit/method/user.whoami/ and call it: it shows your PHID.",
        "Open https://PHABRICATOR/conduit/method/maniphest.search/, set constraints to {\"assigned\": [\"YOUR-PHID\"]}, output to JSON, call it and save the answer.",
        "For the moves: https://PHABRICATOR/conduit/method/maniphest.gettasktransactions/ with ids set to the numbers of those tasks. Import the tasks first.",
        "With the arc command: $ echo '{\"constraints\":{\"assigned\":[\"YOUR-PHID\"]}}' | arc call-conduit maniphest.search -- > tasks.json",
        "Pages end at 100 tasks: call again with after set to the cursor of the last answer.",
    ],
    yields: "when a task was created, changed and closed, its owner, status and points; from the transactions every move",
    cannot: "The tasks name people by PHID only: import user.query too, or answer with your own PHID. Projects are PHIDs as well and are left out.",
};

#[derive(Deserialize)]
struct Task {
    #[serde(default, deserialize_with = "json::text_or_number")]
    id: Option<String>,
    #[serde(default)]
    phid: String,
    #[serde(default)]
    fields: Fields,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Fields {
    name: Option<String>,
    #[serde(rename = "ownerPHID")]
    owner: Option<String>,
    status: Option<Value>,
    subtype: Option<String>,
    #[serde(deserialize_with = "json::text_or_number")]
    points: Option<String>,
    #[serde(deserialize_with = "json::text_or_number")]
    date_created: Option<String>,
    #[serde(deserialize_with = "json::text_or_number")]
    date_modified: Option<String>,
    #[serde(deserialize_with = "json::text_or_number")]
    date_closed: Option<String>,
    // Of a user.
    username: Option<String>,
    real_name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Value {
    value: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct User {
    phid: String,
    #[serde(default, rename = "userName")]
    login: Option<String>,
    #[serde(default, rename = "realName")]
    name: Option<String>,
}

/// Something that was done to a task; comments and descriptions are not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Done {
    #[serde(default)]
    transaction_type: String,
    #[serde(default, deserialize_with = "json::text_or_number")]
    date_created: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    old_value: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    new_value: Option<String>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let dates = Dates::new(context.zone);
    let mut elements = input.elements(&["result[]", "result.*[]", "error_info"])?;
    let mut past: Option<(String, TaskFacts, u64)> = None;
    let mut known = false;
    while let Some(element) = elements.next()? {
        let line = element.line;
        known |= element.place < 2;
        match (element.place, element.key) {
            (0, _) => match element.parse::<User>() {
                Ok(user) => out.person(person(&user.phid, user.login, user.name))?,
                Err(reason) => out.reject(line, &reason)?,
            },
            (1, "data") => match element.parse::<Task>() {
                Ok(task) => record(task, line, dates, out)?,
                Err(reason) => out.reject(line, &reason)?,
            },
            (1, id) if id.bytes().all(|byte| byte.is_ascii_digit()) => {
                if past.as_ref().is_none_or(|(of, ..)| of != id) {
                    flush(&mut past, out)?;
                    past = Some((id.to_owned(), history_of(id), line));
                }
                match (element.parse::<Done>(), past.as_mut()) {
                    (Ok(done), Some((_, facts, _))) => {
                        facts.transitions.extend(transition(&done, dates));
                    }
                    (Err(reason), _) => out.reject(line, &reason)?,
                    _ => {}
                }
            }
            (2, _) => {
                if let Ok(Some(error)) = element.parse::<Option<String>>() {
                    return Err(ImportError::Reply(Clean::label(error.as_bytes())));
                }
            }
            _ => {}
        }
    }
    if !known {
        out.warn("nothing is in it: save the answers of maniphest.search, maniphest.gettasktransactions and user.query");
    }
    flush(&mut past, out)
}

fn flush(
    past: &mut Option<(String, TaskFacts, u64)>,
    out: &mut Out<'_>,
) -> Result<(), ImportError> {
    let Some((_, mut facts, line)) = past.take() else {
        return Ok(());
    };
    facts.transitions.sort_by_key(|one| one.at.order());
    out.warn("this is only the history: it adds moves to tasks that were imported before; import maniphest.search first");
    out.task(Found::new(line, Whose::OfTask, facts))
}

fn person(phid: &str, login: Option<String>, name: Option<String>) -> Person {
    Person::with_id(phid)
        .login(&login.unwrap_or_default())
        .name(&name.unwrap_or_default())
}

/// A line of `result.data`: a task, or a user of `user.search`.
fn record(task: Task, line: u64, dates: Dates, out: &mut Out<'_>) -> Result<(), ImportError> {
    if task.phid.starts_with("PHID-USER-") {
        return out.person(person(
            &task.phid,
            task.fields.username,
            task.fields.real_name,
        ));
    }
    let id = task.id.filter(|_| task.phid.starts_with("PHID-TASK-"));
    let Some(id) = id else {
        return out.reject(line, "no task");
    };
    let fields = task.fields;
    let at = |seconds: &Option<String>| dates.epoch(seconds.as_ref()?.parse().ok()?);
    let closed = at(&fields.date_closed);
    let facts = TaskFacts {
        aliases: vec![
            format!("phabricator:{}", task.phid),
            format!("phabricator:T{id}"),
        ],
        kind: words::kind(fields.subtype.as_deref().unwrap_or_default()),
        title: Clean::label(fields.name.unwrap_or_default().as_bytes()),
        status: status(fields.status.unwrap_or_default(), closed.is_some()),
        updated: at(&fields.date_modified),
        created: at(&fields.date_created),
        done: closed,
        estimate: words::points(fields.points.as_deref().unwrap_or_default()).map(Estimate::Points),
        ..named(&id)
    };
    let owner = fields.owner.map(|phid| Person::with_id(&phid));
    let owner = owner.filter(|owner| !owner.is_nobody());
    out.task(Found::new(
        line,
        Whose::People(owner.into_iter().collect()),
        facts,
    ))
}

fn named(id: &str) -> TaskFacts {
    TaskFacts {
        source: Clean::label(b"phabricator"),
        key: Clean::label(format!("T{id}").as_bytes()),
        ..TaskFacts::default()
    }
}

fn history_of(id: &str) -> TaskFacts {
    TaskFacts {
        aliases: vec![format!("phabricator:T{id}")],
        history_whole: true,
        ..named(id)
    }
}

/// Statuses are each site's own; that a task is closed stands beside them.
fn status(status: Value, closed: bool) -> Status {
    let value = status.value.unwrap_or_default();
    let name = status.name.unwrap_or_else(|| value.clone());
    let word = Status::word(&name);
    if !closed {
        return word;
    }
    word.fixed(if words::gave_up(&value) || words::gave_up(&name) {
        Stage::Cancelled
    } else {
        Stage::Done
    })
}

/// A move of the status. The first one is only how the task was created, unless it was created
/// as something else than open; merging into another task closes this one as a duplicate.
fn transition(done: &Done, dates: Dates) -> Option<Transition> {
    let word = |value: &Option<String>| {
        let value = value.as_deref().filter(|value| !value.is_empty());
        value.map(Status::word)
    };
    let (from, to) = match done.transaction_type.as_str() {
        "status" => (word(&done.old_value), word(&done.new_value)?),
        "mergedinto" => (None, Status::word("duplicate").fixed(Stage::Cancelled)),
        _ => return None,
    };
    let opens = StageWords::default().stage(&to) == Some(Stage::Todo);
    if from.is_none() && opens {
        return None;
    }
    let at = dates.epoch(done.date_created.as_ref()?.parse().ok()?)?;
    Some(Transition { at, from, to })
}

#[cfg(test)]
mod tests {
    use super::super::found::Item;
    use super::super::testing::read;
    use super::*;
    use crate::model::task::When;

    const TASKS: &str = r#"{"result":{"data":[
{"id":12,"type":"TASK","phid":"PHID-TASK-aaaaaaaaaaaaaaaaaaaa","fields":{"name":"It leaks","description":{"raw":"hush"},"authorPHID":"PHID-USER-bbbb","ownerPHID":"PHID-USER-aaaa","status":{"value":"wontfix","name":"Wontfix","color":null},"points":3,"subtype":"bug","dateCreated":1772442000,"dateModified":1772809300,"dateClosed":1772809200}},
{"id":13,"phid":"PHID-TASK-cccccccccccccccccccc","fields":{"name":"Open","ownerPHID":null,"status":{"value":"open","name":"Open"},"points":null,"dateCreated":1772442000,"dateClosed":null}},
{"id":1,"phid":"PHID-PROJ-x","fields":{}}
],"maps":{},"cursor":{"limit":100,"after":null}},"error_code":null,"error_info":null}"#;

    const HISTORY: &str = r#"{"result":{"12":[
{"transactionType":"status","oldValue":"open","newValue":"wontfix","dateCreated":"1772809200","comments":null},
{"transactionType":"core:comment","oldValue":null,"newValue":null,"dateCreated":"1772809100","comments":"hush"},
{"transactionType":"core:edge","oldValue":[],"newValue":{"PHID-TASK-x":{"type":4}},"dateCreated":"1772809000"},
{"transactionType":"status","oldValue":null,"newValue":"open","dateCreated":"1772442000"}
],"13":[{"transactionType":"mergedinto","oldValue":null,"newValue":"PHID-TASK-x","dateCreated":1772809200}]},"error_code":null,"error_info":null}"#;

    #[test]
    fn tasks_name_their_owner_by_id_and_a_closed_one_is_fixed() {
        let seen = read(&FORMAT, TASKS, "tasks.json").unwrap();
        let tasks = seen.tasks();
        assert_eq!((tasks.len(), seen.rejected.len()), (2, 1));
        let one = &tasks[0].task;
        assert_eq!(
            one.aliases,
            [
                "phabricator:PHID-TASK-aaaaaaaaaaaaaaaaaaaa",
                "phabricator:T12"
            ]
        );
        assert_eq!(one.status.fixed, Some(Stage::Cancelled));
        assert_eq!(one.done.map(When::order), Some(1_772_809_200));
        assert_eq!(one.estimate, Some(Estimate::Points(3_000)));
        assert_eq!(
            tasks[0].whose,
            Whose::People(vec![Person::with_id("PHID-USER-aaaa")])
        );
        assert_eq!(tasks[1].whose, Whose::People(Vec::new()));
        assert!(!format!("{seen:?}").contains("hush"));
    }

    #[test]
    fn transactions_are_moves_of_known_tasks_and_creation_is_none() {
        let seen = read(&FORMAT, HISTORY, "moves.json").unwrap();
        let tasks = seen.tasks();
        assert_eq!(tasks.len(), 2);
        assert!(tasks.iter().all(|one| one.whose == Whose::OfTask));
        assert_eq!(tasks[0].task.transitions.len(), 1);
        assert_eq!(
            tasks[0].task.transitions[0].from,
            Some(Status::word("open"))
        );
        assert_eq!(
            tasks[1].task.transitions[0].to.fixed,
            Some(Stage::Cancelled)
        );
        assert!(!format!("{seen:?}").contains("hush"));
    }

    #[test]
    fn users_tie_ids_to_names_and_an_error_is_called_one() {
        let users = r#"{"result":[{"phid":"PHID-USER-aaaa","userName":"ada","realName":"Ada L","roles":[]}],"error_code":null,"error_info":null}"#;
        let seen = read(&FORMAT, users, "users.json").unwrap();
        let ada = Person::with_id("PHID-USER-aaaa").login("ada").name("Ada L");
        assert_eq!(seen.items, [Item::Person(ada)]);
        let error = r#"{"result":null,"error_code":"ERR-INVALID-SESSION","error_info":"Session key is not present."}"#;
        let error = read(&FORMAT, error, "x.json").unwrap_err().to_string();
        assert!(error.contains("Session key"), "{error}");
    }
}
