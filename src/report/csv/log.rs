//! The rows of the log as CSV: the columns of commits first, then those of the other kinds.

use super::{CsvError, Table, guarded, yes};
use crate::model::away::EventKind;
use crate::model::choice::Out;
use crate::model::dataset::flag;
use crate::model::stage::Stage;
use crate::model::task::When;
use crate::model::text::Clean;
use crate::report::log::{
    DayRow, EntryRow, LogRow, NoteRow, ReviewRow, Row, TaskRow, clock, stamp,
};

/// The header of [`log_csv`].
pub const LOG_COLUMNS: [&str; 30] = [
    "kind",
    "time",
    "oid",
    "repo",
    "summary",
    "files",
    "added",
    "deleted",
    "merge",
    "twin",
    "squashed",
    "squash",
    "reformat",
    "undated",
    "day",
    "what",
    "source",
    "key",
    "type",
    "state",
    "title",
    "project",
    "end",
    "seconds",
    "entries",
    "note",
    "busy",
    "not_before",
    "row",
    "excluded",
];

/// Log rows, one a line; a column that a kind has not is empty. Fails only when the writer does.
pub fn log_csv(rows: &[Row]) -> Result<String, CsvError> {
    let mut table = Table::new(&LOG_COLUMNS)?;
    for row in rows {
        let cells = match row {
            Row::Commit(one) => commit(one),
            Row::Task(one) => task(one),
            Row::Review(one) => review(one),
            Row::Day(one) => day(one),
            Row::Entry(one) => entry(one),
            Row::Note(one) => note(one),
        };
        let day = row.day().map(|day| day.to_string());
        let cells = cells.set("day", day.unwrap_or_default());
        table.row(&cells.0.each_ref().map(String::as_str))?;
    }
    table.finish()
}

/// One row's cells.
#[derive(Default)]
struct Cells([String; LOG_COLUMNS.len()]);

impl Cells {
    fn new(kind: &str, time: Option<String>) -> Self {
        Self::default()
            .set("kind", kind.to_owned())
            .set("time", time.unwrap_or_default())
    }

    fn set(mut self, column: &str, text: String) -> Self {
        let at = LOG_COLUMNS.iter().position(|name| *name == column);
        if let Some(cell) = at.and_then(|at| self.0.get_mut(at)) {
            *cell = text;
        }
        self
    }

    fn text(self, column: &str, text: Option<&Clean>) -> Self {
        let text = text.map_or_else(String::new, |text| guarded(text.as_str()));
        self.set(column, text)
    }

    fn maybe<N: ToString>(self, column: &str, value: Option<N>) -> Self {
        let text = value.map_or_else(String::new, |value| value.to_string());
        self.set(column, text)
    }

    fn yes(self, column: &str, value: bool) -> Self {
        self.set(column, yes(value).to_owned())
    }
}

fn commit(row: &LogRow) -> Cells {
    Cells::new("commit", row.written_time())
        .set("oid", row.oid.to_string())
        .text("repo", Some(&row.repo))
        .text("summary", Some(&row.summary))
        .maybe("files", Some(row.files))
        .maybe("added", row.lines.map(|lines| lines.added))
        .maybe("deleted", row.lines.map(|lines| lines.deleted))
        .yes("merge", row.is(flag::MERGE))
        .yes("twin", row.is(flag::TWIN))
        .yes("squashed", row.is(flag::SQUASHED))
        .yes("squash", row.is(flag::SQUASH))
        .yes("reformat", row.is(flag::REFORMAT))
        .yes("undated", !row.dated)
        .maybe("excluded", row.out.map(Out::as_str))
}

fn task(row: &TaskRow) -> Cells {
    let what = row.what.map(|(what, _)| what.as_str());
    Cells::new("task", row.stands().and_then(clock))
        .maybe("what", what)
        .text("source", Some(&row.source))
        .text("key", Some(&row.key))
        .set("type", row.kind.as_str().to_owned())
        .maybe("state", row.stage.map(Stage::as_str))
        .text("title", Some(&row.title))
        .text("project", row.project.as_ref())
        .maybe("not_before", row.not_before().and_then(stamp))
        .set("row", row.marks.row.clone())
        .maybe("excluded", row.marks.out.map(Out::as_str))
}

fn review(row: &ReviewRow) -> Cells {
    Cells::new("review", clock(row.at))
        .text("source", Some(&row.source))
        .text("key", Some(&row.key))
        .text("project", row.project.as_ref())
        .set("row", row.marks.row.clone())
        .maybe("excluded", row.marks.out.map(Out::as_str))
}

fn day(row: &DayRow) -> Cells {
    Cells::new("time", None)
        .text("key", row.task.as_ref())
        .text("project", row.project.as_ref())
        .maybe("seconds", Some(row.sum.seconds))
        .maybe("entries", Some(row.entries))
        .yes("busy", row.busy)
}

fn entry(row: &EntryRow) -> Cells {
    let one = &row.entry;
    let end: Option<When> = one.entry.end;
    Cells::new("entry", clock(one.entry.start))
        .text("source", Some(&one.source))
        .text("key", one.task.as_ref())
        .text("project", one.project.as_ref())
        .maybe("end", end.and_then(stamp))
        .maybe("seconds", row.seconds())
        .text("note", one.entry.note.as_ref())
        .yes("busy", one.busy)
        .set("row", row.marks.row.clone())
        .maybe("excluded", row.marks.out.map(Out::as_str))
}

fn note(row: &NoteRow) -> Cells {
    let note = &row.note;
    let end = (note.days.to > row.day).then_some(note.days.to);
    Cells::new("note", None)
        .text("repo", note.about.repo.as_ref())
        .maybe("what", note.event.map(EventKind::as_str))
        .text("key", note.about.task.as_ref())
        .maybe("end", end)
        .text("note", Some(&note.text))
}
