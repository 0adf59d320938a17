//! Commits as rows.

use serde::Serialize;

use super::Line;
use crate::model::choice::Out;
use crate::model::commit::Lines;
use crate::model::dataset::flag;
use crate::model::ids::Oid;
use crate::model::moment::Moment;
use crate::model::text::Clean;
use crate::report::words;

/// One commit as a row. The store fills it, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Author date in the author's own offset.
    pub time: Moment,
    /// Whether that date is believed.
    pub dated: bool,
    /// Only its day is kept: there is no time of day to show.
    pub day_only: bool,
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
    /// Keys of the tasks that it belongs to, sorted.
    pub tasks: Vec<Clean>,
    /// Why it counts in no figure, if the owner says so.
    pub out: Option<Out>,
}

impl LogRow {
    /// Its author date as documents write it: RFC 3339, or the day where only that is kept.
    pub(in crate::report) fn written_time(&self) -> Option<String> {
        if self.day_only {
            return self.time.day().map(|day| day.to_string());
        }
        self.time.rfc3339()
    }
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

impl LogRow {
    /// The row as text.
    pub(super) fn line(&self) -> Line<'_> {
        let mut tail = Vec::new();
        if let Some(lines) = self.lines {
            let (added, deleted) = (
                words::count(lines.added.into()),
                words::count(lines.deleted.into()),
            );
            tail.push(format!("+{added} -{deleted}"));
            let noun = if self.files == 1 { "file" } else { "files" };
            tail.push(format!("{} {noun}", words::count(self.files.into())));
        }
        tail.extend(self.marks().into_iter().map(str::to_owned));
        tail.extend(self.out.map(|out| out.words().to_owned()));
        Line {
            at: Some(self.time).filter(|_| self.dated && !self.day_only),
            key: self.oid.short(),
            place: self.repo.as_str(),
            text: self.summary.as_str().into(),
            tail,
        }
    }
}

/// A commit in the document.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the contract of the document has a field for each"
)]
pub(super) struct RowJson<'a> {
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
    tasks: &'a [Clean],
    excluded: Option<&'static str>,
}

impl<'a> RowJson<'a> {
    pub(super) fn new(row: &'a LogRow) -> Self {
        Self {
            kind: "commit",
            time: row.written_time(),
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
            tasks: &row.tasks,
            excluded: row.out.map(Out::as_str),
        }
    }
}
