//! Notion: a database exported as CSV. Every column has the owner's name; there is no id.

mod columns;

use self::columns::Columns;
use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::head::Head;
use super::input::Input;
use super::names::Names;
use super::sheet::{Got, Rows};
use super::table::Row;
use super::{ImportError, sheet, words};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// A database, or one view of it.
pub(super) const FORMAT: Format = Format {
    id: "notion-csv",
    source: "notion",
    label: "Notion CSV",
    fits,
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Notion",
    steps: &[
        "Open the database as a page, then its menu (the three dots): Export, format Markdown & CSV, include databases: Everything.",
        "Unpack the archive. Import the file that ends in _all.csv: it holds every column; the other one only those of the current view.",
        "Columns that help: a Status, an Assignee, Created time, Last edited time, and a date of completion.",
        "A database whose columns are not understood: $ inward import --map-template FILE drafts a mapping to fill in.",
    ],
    yields: "status, people, tags and the dates that the database has columns for",
    cannot: "It has no ids: a task whose title is changed looks like another one. Notion exports no history: import an export every week, and moves are seen between two of them.",
};

/// The id and the name of the database in a file's name, and whether all columns are in it.
struct Name {
    title: String,
    id: Option<String>,
    all: bool,
}

impl Name {
    /// From `Tasks 76aaf8a4637542ed8175259692ca08bb_all.csv`; a browser may have added ` (1)`.
    fn of(file: &str) -> Self {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim();
        let stem = match stem.rsplit_once(" (") {
            Some((stem, copy))
                if copy
                    .trim_end_matches(')')
                    .bytes()
                    .all(|b| b.is_ascii_digit()) =>
            {
                stem
            }
            _ => stem,
        };
        let (stem, all) = stem
            .strip_suffix("_all")
            .map_or((stem, false), |stem| (stem, true));
        let cut = stem.len().checked_sub(32);
        let parts = cut.and_then(|cut| stem.split_at_checked(cut));
        match parts.filter(|(_, id)| id.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            Some((title, id)) => Self {
                title: title.trim_end_matches([' ', '_', '-']).to_owned(),
                id: Some(id.to_lowercase()),
                all,
            },
            None => Self {
                title: stem.to_owned(),
                id: None,
                all,
            },
        }
    }
}

fn fits(head: &Head) -> bool {
    let csv = head.has_columns(&[]);
    csv && (Name::of(&head.name()).id.is_some() || has_relation(head.text()))
}

/// Whether a cell names a page as Notion does: `Title (path/Title%20<32 hex>.md)`.
fn has_relation(text: &str) -> bool {
    text.match_indices(".md)").any(|(at, _)| {
        let id = at.checked_sub(32).and_then(|from| text.get(from..at));
        id.is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let columns = Columns::find(input.table(&[])?)?;
    if !columns.is_enough() {
        return Err(ImportError::Refused(
            "is a Notion table in which no column says where a task stands or when it was done: import it with --map; `inward import --map-template FILE` drafts the mapping from its columns"
                .to_owned(),
        ));
    }
    let name = Name::of(input.name().as_str());
    sheet::read(input, context, out, &[], |_| Tasks {
        columns: columns.clone(),
        names: Names::new("notion"),
        role: name.id.clone().unwrap_or_else(|| name.title.clone()),
        project: words::label(&name.title),
        view: name.id.is_some() && !name.all,
    })
}

struct Tasks {
    columns: Columns,
    names: Names,
    /// What tells two databases apart.
    role: String,
    /// The database's name.
    project: Option<Clean>,
    /// Only the columns of one view are in it.
    view: bool,
}

impl Rows for Tasks {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        Ok(Got::Task(Box::new(self.found(&row, cells)?)))
    }

    fn warn(&self, out: &mut Out<'_>) {
        let Columns {
            people,
            done,
            status,
            ..
        } = &self.columns;
        if self.view {
            out.warn("this holds only the columns of one view: import the file of the same name that ends in _all.csv in its place");
        }
        if people.is_none() {
            out.warn("no column for people: every task in it is taken for yours");
        }
        if done.is_none() {
            out.warn(
                "no column with the date of completion: when tasks were finished is not known",
            );
        }
        if status.is_none() {
            out.warn("no column for the status: only whether a task is done is known");
        }
    }
}

impl Tasks {
    fn found(&mut self, row: &Row<'_>, cells: &mut Cells) -> Result<Found, &'static str> {
        let title = words::label(row.get(Some(0))).ok_or("no title")?;
        let columns = &self.columns;
        let mut date = |name, column| end(name, row, column, cells);
        let done = date("completed", columns.done);
        let status = status(row, columns, done);
        let stage = StageWords::default().stage(&status);
        let parent = words::label(page(row.get(columns.parent)));
        let kind = match words::kind(row.get(columns.kind)) {
            TaskKind::Task if parent.is_some() => TaskKind::Subtask,
            kind => kind,
        };
        let task = TaskFacts {
            source: Clean::label(b"notion"),
            // Not the creation date: one view has its column and another does not.
            aliases: vec![self.names.name(&self.role, title.as_str(), "")],
            key: title.clone(),
            kind,
            title,
            project: words::label(page(row.get(columns.project))).or_else(|| self.project.clone()),
            status,
            updated: date("last edited", columns.updated),
            created: date("created", columns.created),
            started: date("started", columns.started),
            // Of a date of completion and an open status the status is believed.
            done: done.filter(|_| stage.is_none_or(Stage::is_closed)),
            due: date("due", columns.due),
            estimate: words::points(row.get(columns.points)).map(Estimate::Points),
            tags: words::labels(row.get(columns.tags), ','),
            parent,
            ..TaskFacts::default()
        };
        let whose = if columns.people.is_some() {
            let people = row.get(columns.people).split(',').map(Person::from_cell);
            Whose::People(people.filter(|one| !one.is_nobody()).collect())
        } else {
            Whose::Mine
        };
        Ok(Found::new(row.line, whose, task))
    }
}

/// The status; without a column for it, whether the box is ticked or a date of completion stands.
fn status(row: &Row<'_>, columns: &Columns, done: Option<When>) -> Status {
    if columns.status.is_some() {
        return Status::word(row.get(columns.status));
    }
    let ticked = row.get(columns.ticked).eq_ignore_ascii_case("yes");
    if ticked || (columns.ticked.is_none() && done.is_some()) {
        Status::of(Stage::Done)
    } else {
        Status::default().category(Some(Stage::Todo))
    }
}

/// The date in a cell; of a range its end.
fn end(
    name: &'static str,
    row: &Row<'_>,
    column: Option<usize>,
    cells: &mut Cells,
) -> Option<When> {
    let cell = row.get(column);
    let end = cell.rsplit('→').next().unwrap_or(cell);
    cells.when(name, row.line, end.trim())
}

/// The title of the first page that a relation names; other text as it is.
fn page(cell: &str) -> &str {
    let first = cell.find(".md)").and_then(|at| cell.get(..at));
    let title = first.and_then(|first| first.get(..first.rfind(" (")?));
    title.unwrap_or(cell)
}

#[cfg(test)]
mod tests;
