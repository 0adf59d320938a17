//! The rows of `inward log`.

use chrono::NaiveDate;
use serde::Serialize;

use super::Context;
use super::layout::{cut, left};
use super::words;
use crate::model::commit::Lines;
use crate::model::dataset::flag;
use crate::model::ids::Oid;
use crate::model::moment::Moment;
use crate::model::text::Clean;

/// The name and version of the `log` document.
pub const LOG_SCHEMA: &str = "inward.log.v1";

/// One commit as a row. The store fills it, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Author date in the author's own offset.
    pub time: Moment,
    /// Whether that date is believed.
    pub dated: bool,
    /// The object id.
    pub oid: Oid,
    /// The name of the first repository that holds it.
    pub repo: Clean,
    /// First line of the message; empty when summaries are not kept.
    pub summary: Clean,
    /// Changed files.
    pub files: u32,
    /// Added and deleted lines; `None` for a merge or when they are unknown.
    pub lines: Option<Lines>,
    /// A set of [`flag`] bits.
    pub flags: u16,
}

impl LogRow {
    /// Whether any of the [`flag`] bits `bits` is set.
    pub fn is(&self, bits: u16) -> bool {
        self.flags & bits != 0
    }

    /// What the row says of assistance: evidence, the owner's word, or nothing.
    fn assistance(&self) -> &'static str {
        if self.is(flag::ASSISTED) {
            "assisted"
        } else if self.is(flag::HUMAN) {
            "human"
        } else {
            "unknown"
        }
    }

    /// What else is to be said of the row.
    fn marks(&self) -> Vec<&'static str> {
        let all = [
            (self.is(flag::MERGE), "merge"),
            (self.is(flag::TWIN), "twin"),
            (self.is(flag::SQUASHED), "squashed"),
            (self.is(flag::SQUASH), "squash"),
            (self.is(flag::REVERT), "revert"),
            (self.is(flag::REFORMAT), "reformat"),
            (!self.dated, "undated"),
            (self.is(flag::LINES_UNKNOWN), "lines unknown"),
        ];
        all.iter()
            .filter(|(on, _)| *on)
            .map(|(_, word)| *word)
            .collect()
    }
}

/// The rows as text, a day a paragraph; one sentence when there is none.
pub fn log_text(rows: &[LogRow], context: &Context<'_>) -> String {
    if rows.is_empty() {
        return "No commits in this range.\n".to_owned();
    }
    let mut out = String::new();
    let mut day: Option<Option<NaiveDate>> = None;
    for row in rows {
        let here = row.time.day().filter(|_| row.dated);
        if day != Some(here) {
            if day.is_some() {
                out.push('\n');
            }
            let title = here.map_or_else(
                || "Undated".to_owned(),
                |day| words::weekday_and_day(day, context.calendar.today()),
            );
            out.extend([&title, "\n"]);
            day = Some(here);
        }
        out.push_str(&line(row, context));
    }
    out
}

/// `  14:03  a1f3c9e0b2  api       Retry on 429   +120 -34  3 files`
fn line(row: &LogRow, context: &Context<'_>) -> String {
    let time = row
        .time
        .local()
        .filter(|_| row.dated)
        .map_or_else(|| "     ".to_owned(), |at| at.format("%H:%M").to_string());
    let mut tail = Vec::new();
    if let Some(lines) = row.lines {
        let (added, deleted) = (
            words::count(lines.added.into()),
            words::count(lines.deleted.into()),
        );
        tail.push(format!("+{added} -{deleted}"));
        let noun = if row.files == 1 { "file" } else { "files" };
        tail.push(format!("{} {noun}", words::count(row.files.into())));
    }
    tail.extend(row.marks().into_iter().map(str::to_owned));
    let tail = tail.join("  ");
    let head = format!(
        "  {time}  {}  {}  ",
        row.oid.short(),
        left(row.repo.as_str(), 12, context.ascii)
    );
    let room = context
        .columns()
        .saturating_sub(33 + tail.len() + 2)
        .max(12);
    let summary = cut(row.summary.as_str(), room, context.ascii);
    let text = format!("{head}{}  {tail}", left(&summary, room, context.ascii));
    format!("{}\n", text.trim_end())
}

/// The `log` document.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    schema: &'static str,
    rows: Vec<RowJson<'a>>,
}

#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the contract of the document has a field for each"
)]
struct RowJson<'a> {
    kind: &'static str,
    time: Option<String>,
    oid: Oid,
    repo: &'a Clean,
    summary: &'a Clean,
    files: u32,
    added: Option<u32>,
    deleted: Option<u32>,
    merge: bool,
    twin: bool,
    squashed: bool,
    squash: bool,
    landed: bool,
    revert: bool,
    reformat: bool,
    assisted: bool,
    assistance: &'static str,
    undated: bool,
}

impl<'a> Document<'a> {
    /// The document of `rows`, in their order.
    pub fn new(rows: &'a [LogRow]) -> Self {
        let row = |row: &'a LogRow| RowJson {
            kind: "commit",
            time: row.time.rfc3339(),
            oid: row.oid,
            repo: &row.repo,
            summary: &row.summary,
            files: row.files,
            added: row.lines.map(|lines| lines.added),
            deleted: row.lines.map(|lines| lines.deleted),
            merge: row.is(flag::MERGE),
            twin: row.is(flag::TWIN),
            squashed: row.is(flag::SQUASHED),
            squash: row.is(flag::SQUASH),
            landed: row.is(flag::LANDED),
            revert: row.is(flag::REVERT),
            reformat: row.is(flag::REFORMAT),
            assisted: row.is(flag::ASSISTED),
            assistance: row.assistance(),
            undated: !row.dated,
        };
        Self {
            schema: LOG_SCHEMA,
            rows: rows.iter().map(row).collect(),
        }
    }
}
