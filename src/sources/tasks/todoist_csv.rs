//! Todoist: a project of a backup, as CSV. It holds open tasks only, without ids or dates of
//! creation: good for what lies ahead, not for what was done.

use super::cells::Cells;
use super::dates::Dates;
use super::format::{Context, Format, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::names::Names;
use super::sheet::{Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, sheet, words};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind};
use crate::model::text::Clean;

/// One file of a backup.
pub(super) const FORMAT: Format = Format {
    id: "todoist-csv",
    source: "todoist",
    label: "Todoist CSV",
    fits: |head| head.has_columns(&["type", "content", "priority", "indent"]),
    read,
    caps: &[],
    how: None,
};

struct Columns {
    kind: Option<usize>,
    content: Option<usize>,
    indent: Option<usize>,
    author: Option<usize>,
    responsible: Option<usize>,
    date: Option<usize>,
    deadline: Option<usize>,
    duration: Option<usize>,
    unit: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let one = |name| table.column(&[name]);
        Self {
            kind: one("type"),
            content: one("content"),
            indent: one("indent"),
            author: one("author"),
            responsible: one("responsible"),
            date: one("date"),
            deadline: one("deadline"),
            duration: one("duration"),
            unit: one("duration_unit"),
        }
    }
}

/// What the rows above say of the next one.
struct Above {
    columns: Columns,
    dates: Dates,
    names: Names,
    /// The project's id, or its name where the file's name has none.
    role: String,
    project: Option<Clean>,
    section: String,
    /// Keys of the tasks that the next one can be a part of, with their indent.
    parents: Vec<(u32, Clean)>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let (project, id) = project(input.name().as_str());
    let required: &[&[&str]] = &[&["type"], &["content"], &["indent"]];
    sheet::read(input, context, out, required, |table| Above {
        columns: Columns::of(table),
        dates: Dates {
            zone: context.zone,
            order: context.day_order,
        },
        names: Names::new("todoist"),
        role: id.unwrap_or(project).to_owned(),
        project: words::label(project),
        section: String::new(),
        parents: Vec::new(),
    })
}

impl Rows for Above {
    fn row(&mut self, row: Row<'_>, _: &mut Cells) -> Result<Got, String> {
        match row.get(self.columns.kind).to_lowercase().as_str() {
            "task" => Ok(Got::Task(Box::new(self.found(&row)?))),
            "section" => {
                row.get(self.columns.content).clone_into(&mut self.section);
                self.parents.clear();
                Ok(Got::Nothing)
            }
            // Comments and settings of the view are no records.
            "note" | "meta" => Ok(Got::Nothing),
            other => Err(format!("a row of no known type: {other}")),
        }
    }

    fn warn(&self, out: &mut Out<'_>) {
        out.warn("a Todoist backup holds open tasks only, without dates of creation: what was done is in the JSON of completed tasks");
    }
}

impl Above {
    fn found(&mut self, row: &Row<'_>) -> Result<Found, &'static str> {
        let (title, tags) = split_labels(row.get(self.columns.content));
        let key = words::label(&title).ok_or("no content")?;
        let indent: u32 = row.get(self.columns.indent).parse().unwrap_or(1);
        while self
            .parents
            .last()
            .is_some_and(|(above, _)| *above >= indent)
        {
            self.parents.pop();
        }
        let parent = self.parents.last().map(|(_, key)| key.clone());
        self.parents.push((indent, key.clone()));
        let date = |column| self.dates.when(row.get(column));
        let task = TaskFacts {
            source: Clean::label(b"todoist"),
            aliases: vec![self.names.name(&self.role, &title, "")],
            kind: if parent.is_some() {
                TaskKind::Subtask
            } else {
                TaskKind::Task
            },
            title: key.clone(),
            key,
            project: self.project.clone(),
            status: status(&self.section),
            // A date is free text in the user's language (`every monday`): not an error.
            due: date(self.columns.deadline).or_else(|| date(self.columns.date)),
            estimate: minutes(row.get(self.columns.duration), row.get(self.columns.unit)),
            tags,
            parent,
            ..TaskFacts::default()
        };
        let responsible = person(row.get(self.columns.responsible));
        let author = || person(row.get(self.columns.author));
        let whose = match responsible.or_else(author) {
            Some(person) => Whose::People(vec![person]),
            None => Whose::Mine,
        };
        Ok(Found::new(row.line, whose, task))
    }
}

/// Everything in a backup is open; a section called like a stage of open work refines it.
fn status(section: &str) -> Status {
    let word = Status::word(section);
    match StageWords::default().stage(&word) {
        Some(stage) if !stage.is_closed() => word,
        _ => word.category(Some(Stage::Todo)),
    }
}

/// The project's name and id from a file's name like `Home [2203306141].csv`.
fn project(file: &str) -> (&str, Option<&str>) {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let Some((name, rest)) = stem.rsplit_once('[') else {
        return (stem.trim(), None);
    };
    let id = rest.split(']').next().unwrap_or_default();
    let fits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if fits {
        (name.trim(), Some(id))
    } else {
        (stem.trim(), None)
    }
}

/// The title without its labels (`@name`), and the labels.
pub(super) fn split_labels(content: &str) -> (String, Vec<Clean>) {
    let mut title = Vec::new();
    let mut tags = Vec::new();
    for word in content.split_whitespace() {
        match word.strip_prefix('@').and_then(words::label) {
            Some(tag) => tags.push(tag),
            None => title.push(word),
        }
    }
    (title.join(" "), tags)
}

/// `Dana (1)`: a name and an id.
fn person(cell: &str) -> Option<Person> {
    let (name, id) = match cell.rsplit_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches(')')),
        None => (cell, ""),
    };
    Some(Person::with_id(id).name(name)).filter(|person| !person.is_nobody())
}

/// Only minutes are work; a duration in days says which days it spans.
fn minutes(duration: &str, unit: &str) -> Option<Estimate> {
    let minutes: i64 = duration.parse().ok()?;
    let fits = unit == "minute" && (1..=1_000_000).contains(&minutes);
    fits.then_some(Estimate::Seconds(minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::task::When;

    const EXPORT: &str = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE
meta,view_style=board,,,,,,,,,,,
task,Paint @home the wall @spring,hush,1,1,Ada (7),,every monday,en,Europe/Berlin,30,minute,2026-04-20
note,hush,,,,Ada (7),,,,,,,
task,Buy paint,,4,2,Ada (7),Bob (8),2026-04-04,en,Europe/Berlin,2,day,
task,Choose a colour,,4,3,Ada (7),,,,,,,
,,,,,,,,,,,,
section,Doing,,,,,,,,,,,
task,Paint  the WALL,,4,,,,,,,,,
task,@home,,4,1,,,,,,,,
chapter,One,,,,,,,,,,,
";

    #[test]
    fn rows_by_type_with_labels_parents_people_and_the_project_of_the_files_name() {
        let seen = read(&FORMAT, EXPORT, "Home [2203].csv").unwrap();
        let tasks = seen.tasks();
        assert_eq!((tasks.len(), seen.rejected.len()), (4, 2));
        let one = &tasks[0].task;
        assert_eq!((one.title.as_str(), one.tags.len()), ("Paint the wall", 2));
        assert_eq!(one.project.as_ref().map(Clean::as_str), Some("Home"));
        assert_eq!(one.estimate, Some(Estimate::Seconds(1_800)));
        assert!(matches!(one.due, Some(When::Day(_))));
        let parents: Vec<_> = tasks
            .iter()
            .map(|one| one.task.parent.as_ref().map(Clean::as_str))
            .collect();
        assert_eq!(
            parents,
            [None, Some("Paint the wall"), Some("Buy paint"), None]
        );
        let whose: Vec<_> = tasks.iter().map(|one| one.whose.clone()).collect();
        assert_eq!(
            whose[0],
            Whose::People(vec![Person::with_id("7").name("Ada")])
        );
        assert_eq!(
            whose[1],
            Whose::People(vec![Person::with_id("8").name("Bob")])
        );
        assert_eq!(whose[3], Whose::Mine);
        // The same title twice in one file is two tasks.
        assert_eq!(
            tasks[3].task.aliases[0],
            format!("{}\u{1f}2", one.aliases[0])
        );
        assert!(!format!("{seen:?}").contains("hush") && seen.warnings.len() == 1);
    }

    #[test]
    fn everything_is_open_and_a_section_refines_it() {
        let words = StageWords::default();
        assert_eq!(words.stage(&status("Doing")), Some(Stage::InProgress));
        assert_eq!(words.stage(&status("Done")), Some(Stage::Todo));
        assert_eq!(words.stage(&status("Errands")), Some(Stage::Todo));
        assert_eq!(project("Home.csv"), ("Home", None));
    }
}
