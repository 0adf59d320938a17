//! Markdown checklists, with the fields of the Obsidian plugins Tasks and Dataview.

mod fields;
mod lists;

use fields::{Fields, Key};
use lists::Boxes;

use super::dates::Dates;
use super::fields::Fields as Dated;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Whose};
use super::head::Head;
use super::input::Input;
use super::names::Names;
use super::{ImportError, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// Lines like `- [ ] text`.
pub(super) const FORMAT: Format = Format {
    id: "markdown-tasks",
    source: "markdown",
    label: "Markdown checklists",
    fits,
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Markdown and Obsidian Tasks",
    steps: &[
        "$ inward import ~/vault/*.md",
        "The notes are read as they are. In Obsidian, Settings, Tasks: switch on \"Set created date on every added task\" and \"Set done date on every completed task\".",
    ],
    yields: "every checkbox with its state, the days of creation, completion, cancellation and its due date, tags and the task it is nested under",
    cannot: "A checkbox without a date was finished nobody knows when. There are days only and no start (🛫 is a planned one), so cycle time is not known. A task whose words were changed looks like another one unless it has an id (🆔).",
};

fn fits(head: &Head) -> bool {
    if head.has_extension("md") || head.has_extension("markdown") {
        return true;
    }
    let known = head.name().contains('.') && !head.has_extension("txt");
    if known || head.json().is_some() {
        return false;
    }
    let mut boxes = Boxes::default();
    let (mut found, mut listed, mut all) = (0_u32, 0_u32, 0_u32);
    for line in head.text().lines().filter(|line| !line.trim().is_empty()) {
        all += 1;
        if boxes.next(line).is_some() {
            found += 1;
        } else if line.starts_with(['#', '>', '-', '+', '`', ' ', '\t']) {
            listed += 1;
        }
    }
    // A quoted cell of a table can hold a checklist too.
    found > 0 && (found + listed) * 3 > all
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut reader = Reader {
        names: Names::new("markdown"),
        unread: Dated::new(Dates::new(context.zone)),
        role: input.head().name(),
        project: project(input.name().as_str()),
        above: Vec::new(),
        filtered: 0,
        total: 0,
        undated: 0,
    };
    let mut boxes = Boxes::default();
    let mut lines = input.lines()?;
    while let Some(line) = lines.next()? {
        let Some(found) = boxes.next(line.text) else {
            continue;
        };
        match reader.facts(&found, line.number) {
            Some(facts) => out.task(Found::new(line.number, Whose::Mine, facts))?,
            None => out.reject(line.number, "a checkbox without a text")?,
        }
    }
    reader.warn(out);
    Ok(())
}

struct Reader {
    names: Names,
    unread: Dated,
    /// The note's name: what keeps equal titles of two notes apart.
    role: String,
    project: Option<Clean>,
    /// Checkboxes that a deeper one is nested under: indentation and key.
    above: Vec<(usize, Clean)>,
    /// Checkboxes with the tag `#task`, all of them, and done ones without a date.
    filtered: u64,
    total: u64,
    undated: u64,
}

impl Reader {
    fn facts(&mut self, found: &lists::Box<'_>, line: u64) -> Option<TaskFacts> {
        let fields = Fields::of(words::head(found.text));
        let mut day = |key, name| {
            let text = fields.get(key)?;
            let when = self.unread.when(name, line, text);
            when.and_then(|when| when.day().map(When::Day))
        };
        let (created, due) = (day(Key::Created, "created"), day(Key::Due, "due"));
        let (completed, given_up) = (day(Key::Done, "done"), day(Key::Cancelled, "cancelled"));
        // Planned times are no starts; a date that is none is still worth a word.
        let planned = [day(Key::Start, "start"), day(Key::Scheduled, "scheduled")];
        let title = fields.title();
        if title.is_empty() {
            return None;
        }
        let status = status(found.mark, &fields);
        let done = match status.fixed {
            Some(Stage::Done) => completed,
            Some(Stage::Cancelled) => given_up.or(completed),
            _ => None,
        };
        self.total += 1;
        self.filtered += u64::from(fields.tags().any(|tag| tag.eq_ignore_ascii_case("task")));
        self.undated += u64::from(status.fixed == Some(Stage::Done) && done.is_none());
        let id = fields.get(Key::Id).and_then(words::label);
        let key = id.clone().unwrap_or_else(|| title.clone());
        let parent = self.nest(found.indent, &key);
        let text = |when: Option<When>| when.and_then(When::day).map(|day| day.to_string());
        let mut whole = title.as_str().to_owned();
        // The done copy of a repeating task stands next to the new one.
        let own = text(due).or(text(planned[1])).or(text(planned[0]));
        if let Some(own) = own.filter(|_| fields.has(Key::Repeats)) {
            whole.push_str(" due:");
            whole.push_str(&own);
        }
        let created_on = text(created).unwrap_or_default();
        let aliases = match &id {
            None => vec![self.names.name(&self.role, &whole, &created_on)],
            Some(id) => {
                let by_words = self.names.first(&self.role, &whole, &created_on);
                let by_id = format!("markdown:id:{id}");
                [by_id].into_iter().chain(by_words).collect()
            }
        };
        Some(TaskFacts {
            source: Clean::label(b"markdown"),
            key,
            aliases,
            kind: if parent.is_some() {
                TaskKind::Subtask
            } else {
                TaskKind::Task
            },
            title,
            project: self.project.clone(),
            status,
            created,
            done,
            due,
            estimate: fields.get(Key::Estimate).and_then(estimate),
            tags: fields.tags().filter_map(words::label).collect(),
            parent,
            ..TaskFacts::default()
        })
    }

    /// What the checkbox is nested under; it may have nested ones itself.
    fn nest(&mut self, indent: usize, key: &Clean) -> Option<Clean> {
        while self.above.last().is_some_and(|(above, _)| *above >= indent) {
            self.above.pop();
        }
        let parent = self.above.last().map(|(_, key)| key.clone());
        // Deeper nesting than this is none that anybody reads.
        if self.above.len() < 64 {
            self.above.push((indent, key.clone()));
        }
        parent.filter(|_| indent > 0)
    }

    fn warn(&self, out: &mut Out<'_>) {
        self.unread.warn(out);
        let (filtered, total, undated) = (self.filtered, self.total, self.undated);
        if total == 0 {
            out.warn("no checkbox stands in it");
        }
        if undated > 0 {
            out.warn(format!(
                "{undated} checked boxes have no date: when they were finished is not known"
            ));
        }
        if filtered > 0 && filtered < total {
            out.warn(format!(
                "{filtered} of {total} checkboxes have the tag #task: if it is the global filter of this vault, the others are no tasks for Obsidian; they were taken too"
            ));
        }
    }
}

/// What the sign in the box means. Signs of the user's own are open, unless a date says more or
/// the word table knows them.
fn status(mark: char, fields: &Fields<'_>) -> Status {
    match mark {
        'x' | 'X' => Status::of(Stage::Done),
        '-' => Status::of(Stage::Cancelled),
        ' ' => Status::default().category(Some(Stage::Todo)),
        '/' => Status::word("[/]").category(Some(Stage::InProgress)),
        other => {
            let own = Status::word(&format!("[{other}]")).category(Some(Stage::Todo));
            if fields.has(Key::Cancelled) {
                own.fixed(Stage::Cancelled)
            } else if fields.has(Key::Done) {
                own.fixed(Stage::Done)
            } else {
                own
            }
        }
    }
}

/// The note's name; a note of one day is no project.
fn project(name: &str) -> Option<Clean> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let daily = stem
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    words::label(stem).filter(|_| !daily)
}

/// `3h` is time, a bare number is points.
fn estimate(text: &str) -> Option<Estimate> {
    let time = words::period(text).map(Estimate::Seconds);
    time.or_else(|| words::points(text).map(Estimate::Points))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Seen, read};
    use super::*;

    fn seen(text: &str) -> Seen {
        read(&FORMAT, text, "Ship it.md").unwrap()
    }

    fn one(text: &str) -> TaskFacts {
        seen(text).tasks()[0].task.clone()
    }

    #[test]
    fn signs_in_the_box_lead_to_stages() {
        let stage = |text: &str| {
            let words = crate::model::stage::StageWords::default();
            words.stage(&one(text).status)
        };
        for (text, wanted) in [
            ("- [ ] a", Stage::Todo),
            ("* [x] a", Stage::Done),
            ("1. [X] a", Stage::Done),
            ("+ [/] a", Stage::InProgress),
            ("2) [-] a", Stage::Cancelled),
            ("- [>] a", Stage::Todo),
            ("- [D] a ✅ 2026-01-09", Stage::Done),
            ("- [D] a ❌ 2026-01-09", Stage::Cancelled),
        ] {
            assert_eq!(stage(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn both_spellings_of_the_fields_give_the_same_task() {
        let emoji = one(
            "- [x] Ship #task #work/x ⏫ ➕ 2026-01-01 🛫 2026-01-02 📅 2026-01-31 ✅ 2026-01-09 🆔 ab12",
        );
        let dataview = one(
            "- [x] Ship #task #work/x [priority:: high] (created:: 2026-01-01) [start:: 2026-01-02]  [due:: 2026-01-31] [completion:: 2026-01-09] [id:: ab12]",
        );
        assert_eq!(emoji, dataview);
        assert_eq!(emoji.aliases[0], "markdown:id:ab12");
        assert_eq!(emoji.title.as_str(), "Ship");
        assert_eq!((emoji.key.as_str(), emoji.tags.len()), ("ab12", 2));
        assert_eq!(emoji.project.as_ref().map(Clean::as_str), Some("Ship it"));
        assert_eq!(emoji.started, None, "a planned start is none");
        assert!(emoji.done.is_some() && emoji.created.is_some() && emoji.due.is_some());
    }

    #[test]
    fn impossible_dates_leave_fields_empty_and_are_said_once_a_field() {
        let seen = seen("- [x] a ✅ 2022-02-29\n- [x] b ✅ 2022-02-30\n- [ ] c 🛫 2022-02-31\n");
        assert_eq!(seen.tasks()[0].task.done, None);
        let said = |part: &str| {
            seen.warnings
                .iter()
                .filter(|text| text.contains(part))
                .count()
        };
        assert_eq!((said("done: 2 "), said("start: 1 ")), (1, 1));
        assert_eq!(said("2 checked boxes have no date"), 1);
    }

    #[test]
    fn copies_of_a_repeating_task_and_equal_lines_are_several_tasks() {
        let seen = seen(
            "- [ ] a 🔁 every week 📅 2026-03-04\n- [x] a 🔁 every week 📅 2026-02-25 ✅ 2026-02-25\n- [ ] b\n- [ ] b\n",
        );
        let mut names: Vec<String> = Vec::new();
        for found in seen.tasks() {
            names.extend(found.task.aliases.clone());
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 4);
    }

    #[test]
    fn a_nested_box_is_a_part_of_the_one_above() {
        let seen = seen("- [ ] a\n  - [ ] b\n    - [ ] c\n  - [ ] d\n- [ ] e\n");
        let tasks = seen.tasks();
        let parent = |at: usize| tasks[at].task.parent.as_ref().map(Clean::as_str);
        let parents: Vec<_> = (0..5).map(parent).collect();
        assert_eq!(parents, [None, Some("a"), Some("b"), Some("a"), None]);
    }

    #[test]
    fn a_filter_tag_that_only_some_have_is_mentioned() {
        let some = seen("- [ ] #task a\n- [ ] b\n");
        assert!(some.warnings[0].starts_with("1 of 2"));
        assert!(seen("- [ ] #task a\n- [ ] #task b\n").warnings.is_empty());
    }

    #[test]
    fn a_piped_list_is_known_by_its_lines_and_a_table_with_one_is_none() {
        let seen = read(&FORMAT, "# Notes\n\n- [ ] a\n- [x] b\n", "").unwrap();
        assert_eq!(seen.tasks().len(), 2);
        let table = "id,text,more\n1,\"x\n- [ ] a\",2\n2,y,3\n3,z,4\n4,w,5\n";
        let input = Input::from_bytes(table, "").unwrap();
        assert!(!fits(input.head()));
    }
}
