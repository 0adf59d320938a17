//! Taskwarrior: `task export`, of 2.5, 2.6 and 3.

mod task;

use task::{Annotation, Tags, Task};

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Whose};
use super::head::Head;
use super::input::Input;
use super::{ImportError, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Entry, TaskFacts, When};
use crate::model::text::Clean;

/// Tasks as `task export` prints them, as an array or one a line.
pub(super) const FORMAT: Format = Format {
    id: "taskwarrior",
    source: "taskwarrior",
    label: "Taskwarrior",
    fits: |head| is_export(head) || is_raw(head),
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Taskwarrior",
    steps: &[
        "$ task rc.verbose=nothing rc.confirmation=off rc.json.array=on export > tasks.json",
        "Once, so that later exports show when work began and how long it took:",
        "$ task config journal.time on",
    ],
    yields: "every task with creation, end, due date, project, tags and its own estimate fields; with journal.time also the times between `task start` and `task stop`",
    cannot: "Taskwarrior forgets when a task was started as soon as it is done: without journal.time a finished task has no cycle time, and what was not noted then cannot be had later. Recurring templates are left out; their instances are tasks.",
};

fn is_export(head: &Head) -> bool {
    let compact = |place: &str| {
        let entry = head.json().and_then(|json| json.first(place));
        entry.is_some_and(|text| text.len() == 16 && text.ends_with('Z'))
    };
    let of = |at: &str| {
        head.has_json(&[&format!("{at}uuid"), &format!("{at}status")])
            && compact(&format!("{at}entry"))
    };
    // With messages before the first of one task a line, no line says that JSON begins.
    let late = || {
        let mut lines = head.text().lines().take(20);
        lines.any(|line| {
            line.starts_with('{') && line.contains("\"uuid\":\"") && line.contains("\"entry\":\"2")
        })
    };
    of("[].") || of("") || late()
}

/// The program's own `pending.data`: no JSON, though it begins like an array.
fn is_raw(head: &Head) -> bool {
    let first = head.text().lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        line.starts_with('[') && line.contains(":\"") && line.contains("uuid:\"")
    })
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    if is_raw(input.head()) {
        return Err(ImportError::Refused(
            "is Taskwarrior's own data file: import what `task rc.json.array=on export > tasks.json` writes"
                .to_owned(),
        ));
    }
    let array = input.head().has_json(&["[].uuid"]);
    let place = if array { "[]" } else { "" };
    let mut reader = Reader {
        dates: Dates::new(context.zone),
        now: context.now.timestamp(),
        unread: Fields::new(Dates::new(context.zone)),
    };
    let (mut templates, mut closed, mut started) = (0_u64, 0_u64, 0_u64);
    let mut elements = input.elements(&[place])?;
    while let Some(element) = elements.next()? {
        match element.parse::<Task>() {
            Ok(task) if task.status == "recurring" => templates += 1,
            Ok(task) if task.uuid.trim().is_empty() => out.reject(element.line, "no uuid")?,
            Ok(task) => {
                let facts = reader.facts(&task, element.line);
                if facts.status.fixed == Some(Stage::Done) {
                    closed += 1;
                    started += u64::from(facts.started.is_some());
                }
                out.task(Found::new(element.line, Whose::Mine, facts))?;
            }
            Err(reason) => out.reject(element.line, &reason)?,
        }
    }
    reader.unread.warn(out);
    if templates > 0 {
        out.warn(format!(
            "{templates} recurring templates were left out: their instances are the tasks"
        ));
    }
    if closed > 0 && started == 0 {
        out.warn("when finished tasks were started is not known: Taskwarrior forgets it unless `task config journal.time on` was set before");
    }
    Ok(())
}

struct Reader {
    dates: Dates,
    now: i64,
    unread: Fields,
}

impl Reader {
    fn facts(&mut self, task: &Task, line: u64) -> TaskFacts {
        let mut when = |field, text: &str| self.unread.when(field, line, text);
        let start = when("start", &task.start);
        let end = when("end", &task.end);
        let (updated, created, due) = (
            when("modified", &task.modified),
            when("entry", &task.entry),
            when("due", &task.due),
        );
        let status = self.status(task, start.is_some());
        let is_closed = status.fixed.is_some_and(Stage::is_closed);
        let (began, entries) = journal(&task.annotations, self.dates, start.is_some());
        let uuid = task.uuid.trim().to_lowercase();
        let mut aliases = vec![format!("taskwarrior:{uuid}")];
        aliases.extend(task.linked());
        let tags = match &task.tags {
            Tags::Many(tags) => tags.iter().filter_map(|tag| words::label(tag)).collect(),
            Tags::One(tags) => words::labels(tags, ','),
        };
        TaskFacts {
            source: Clean::label(b"taskwarrior"),
            key: short(&uuid),
            aliases,
            title: title(&task.description),
            project: task.project.as_deref().and_then(words::label),
            status,
            updated,
            created,
            started: began.or(start),
            done: end.filter(|_| is_closed),
            due,
            estimate: task.estimate(),
            tags,
            entries,
            ..TaskFacts::default()
        }
    }

    /// Its own status, made finer by what Taskwarrior itself shows as `+ACTIVE` and `+WAITING`.
    fn status(&self, task: &Task, started: bool) -> Status {
        match task.status.as_str() {
            "completed" => Status::word("completed").fixed(Stage::Done),
            "deleted" => Status::word("deleted").fixed(Stage::Cancelled),
            _ if started => Status::word("started").category(Some(Stage::InProgress)),
            // `wait:someday` is the year 9999; before 2.6 it was the end of 32 bits.
            _ if task.wait.starts_with("9999") || task.wait.starts_with("203801") => {
                Status::word("someday").category(Some(Stage::Todo))
            }
            word => {
                let wait = self.dates.when(&task.wait);
                let waits = wait.is_some_and(|wait| wait.order() > self.now);
                let word = if waits { "waiting" } else { word };
                Status::word(word).category(Some(Stage::Todo))
            }
        }
    }
}

/// What `journal.time` noted: when work first began, and the stretches between start and stop. A
/// start whose stop is missing is a running stretch only while the task is active.
fn journal(notes: &[Annotation], dates: Dates, active: bool) -> (Option<When>, Vec<Entry>) {
    let mut times: Vec<(When, bool)> = notes
        .iter()
        .filter_map(|note| {
            let start = match note.description.trim() {
                "Started task" => true,
                "Stopped task" => false,
                _ => return None,
            };
            Some((dates.when(&note.entry)?, start))
        })
        .collect();
    // Of one second the stop comes first: it ends what was before.
    times.sort_by_key(|(at, start)| (at.order(), *start));
    let (mut open, mut entries): (Option<When>, Vec<Entry>) = (None, Vec::new());
    let entry = |start: When, end: Option<When>| Entry {
        id: None,
        start,
        end,
        seconds: end.map(|end| end.order() - start.order()),
        note: None,
    };
    let first = times.iter().find(|(_, start)| *start).map(|(at, _)| *at);
    for (at, start) in times {
        if start {
            open = Some(at);
        } else if let Some(begun) = open.take() {
            entries.push(entry(begun, Some(at)));
        }
    }
    if let Some(begun) = open.filter(|_| active) {
        entries.push(entry(begun, None));
    }
    (first, entries)
}

/// What Taskwarrior shows as a task's name once its number is gone.
fn short(uuid: &str) -> Clean {
    let first = uuid.split('-').next().unwrap_or(uuid);
    Clean::label(first.as_bytes())
}

/// The description; of one that bugwarrior wrote (`(bw)Is#42 - Title .. address`) the title.
fn title(description: &str) -> Clean {
    let own = description
        .strip_prefix("(bw)")
        .and_then(|rest| rest.split_once(" - "))
        .map(|(_, rest)| rest.rsplit_once(" .. ").map_or(rest, |(title, _)| title));
    Clean::label(own.unwrap_or(description).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Seen, read};
    use super::*;
    use crate::model::task::Estimate;

    fn array(lines: &[&str]) -> String {
        format!("[\n{}\n]\n", lines.join(",\n"))
    }

    fn seen(text: &str) -> Seen {
        read(&FORMAT, text, "tasks.json").unwrap()
    }

    const OPEN: &str = r#"{"id":1,"description":"Sort mail","entry":"20250902T130000Z","modified":"20250903T130000Z","status":"pending","uuid":"0A0A0A0A-0000-4000-8000-000000000001","tags":["home","x"],"project":"a.b","estimate":2.5,"urgency":1}"#;
    const DONE: &str = r#"{"id":0,"description":"Mend","end":"20250905T141500Z","entry":"20250902T130510Z","status":"completed","uuid":"0a0a0a0a-0000-4000-8000-000000000002"}"#;

    #[test]
    fn arrays_and_one_task_a_line_with_messages_before_them_give_the_same_tasks() {
        let lines = format!("{OPEN}\n{DONE}\n");
        let chatty = format!("Configuration override rc.json.array:off\n{lines}");
        for text in [array(&[OPEN, DONE]), lines, chatty] {
            let seen = seen(&text);
            let tasks = seen.tasks();
            assert_eq!(tasks.len(), 2, "{text}");
            let open = &tasks[0].task;
            assert_eq!(open.key.as_str(), "0a0a0a0a");
            assert_eq!(open.estimate, Some(Estimate::Points(2_500)));
            assert_eq!((open.tags.len(), open.done), (2, None));
            let done = &tasks[1].task;
            assert_eq!(done.status.fixed, Some(Stage::Done));
            assert!(done.done.is_some() && done.started.is_none());
        }
    }

    #[test]
    fn a_template_is_no_task_and_the_missing_starts_are_said() {
        let template = r#"{"description":"Weekly","entry":"20250908T131000Z","recur":"weekly","status":"recurring","uuid":"0a0a0a0a-0000-4000-8000-000000000003"}"#;
        let seen = seen(&array(&[DONE, template]));
        assert_eq!(seen.tasks().len(), 1);
        assert!(
            seen.warnings
                .iter()
                .any(|text| text.contains("1 recurring"))
        );
        assert!(
            seen.warnings
                .iter()
                .any(|text| text.contains("journal.time"))
        );
    }

    #[test]
    fn the_journal_gives_the_start_and_the_stretches_between() {
        let note = |at: &str, text: &str| format!(r#"{{"entry":"{at}","description":"{text}"}}"#);
        let notes = [
            note("20251020T093000Z", "Stopped task"),
            note("20251020T070000Z", "Started task"),
            note("20251020T080000Z", "just a note"),
            note("20251025T200000Z", "Started task"),
        ];
        let task = |more: &str| {
            let text = format!(
                r#"{{"description":"x","entry":"20251019T070000Z","uuid":"0a0a0a0a-0000-4000-8000-000000000004","annotations":[{}]{more}}}"#,
                notes.join(",")
            );
            seen(&array(&[&text])).tasks()[0].task.clone()
        };
        let active = task(r#","status":"pending","start":"20251025T200000Z""#);
        assert_eq!(active.started.unwrap().order(), 1_760_943_600);
        let spans: Vec<Option<i64>> = active.entries.iter().map(|one| one.seconds).collect();
        assert_eq!(spans, [Some(9_000), None]);
        assert_eq!(active.status.category, Some(Stage::InProgress));
        let done = task(r#","status":"completed","end":"20251026T200000Z""#);
        assert_eq!(
            done.entries.len(),
            1,
            "a stop that is missing is not made up"
        );
    }

    #[test]
    fn waiting_someday_and_deleted() {
        let task = |more: &str| {
            let text = format!(
                r#"{{"description":"x","entry":"20251019T070000Z","uuid":"0a0a0a0a-0000-4000-8000-000000000004"{more}}}"#
            );
            seen(&array(&[&text])).tasks()[0].task.status.clone()
        };
        let word = |status: Status| status.word.unwrap().as_str().to_owned();
        assert_eq!(
            word(task(r#","status":"pending","wait":"20990101T000000Z""#)),
            "waiting"
        );
        assert_eq!(
            word(task(r#","status":"pending","wait":"20250101T000000Z""#)),
            "pending"
        );
        assert_eq!(
            word(task(r#","status":"pending","wait":"99991230T000000Z""#)),
            "someday"
        );
        let gone = task(r#","status":"deleted","end":"20251026T200000Z""#);
        assert_eq!(gone.fixed, Some(Stage::Cancelled));
    }

    #[test]
    fn a_task_that_bugwarrior_copied_bears_the_names_of_its_original() {
        let text = r#"{"description":"(bw)Is#42 - Login - fails .. https://github.com/Example/App/issues/42","entry":"20251019T070000Z","status":"pending","uuid":"0a0a0a0a-0000-4000-8000-000000000004","githuburl":"https://github.com/Example/App/issues/42","jiraid":"ING-7","todoistid":77,"jiraestimate":1.5}"#;
        let seen = seen(&array(&[text]));
        let task = &seen.tasks()[0].task;
        assert_eq!(task.title.as_str(), "Login - fails");
        assert_eq!(
            task.aliases[1..],
            ["github:example/app#42", "jira:ING-7", "todoist:77"]
        );
        assert_eq!(task.estimate, Some(Estimate::Seconds(5_400)));
    }

    #[test]
    fn the_programs_own_data_file_is_refused_with_the_command() {
        let raw = "[description:\"x\" entry:\"1567000000\" status:\"pending\" uuid:\"0a0a\"]\n";
        let error = read(&FORMAT, raw, "pending.data").unwrap_err().to_string();
        assert!(error.contains("task rc.json.array=on export"), "{error}");
    }
}
