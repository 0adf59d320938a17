//! The rows of `inward log` that imports brought: tasks, reviews given, recorded time.

use crate::model::ids::TaskId;
use crate::model::period::Range;
use crate::model::task::{LooseEntry, last_part};
use crate::model::text::Clean;
use crate::report::log::{self, EntryRow, ReviewRow, Row, TaskRow};
use crate::store::Store;

use super::args::LogKind;
use super::error::CliError;
use super::session::store_error;

/// Which of them are asked for.
pub(super) struct Wanted {
    /// `None`: all, those on no day too.
    range: Option<Range>,
    /// Names of repositories as typed; empty for all.
    repos: Vec<String>,
    /// Words that each have to stand somewhere in the row, in lower case.
    words: Vec<String>,
}

impl Wanted {
    /// As the command line says.
    pub(super) fn new(range: Option<Range>, repos: &[String], text: Option<&str>) -> Self {
        let words = text.unwrap_or_default().split_whitespace();
        Self {
            range,
            repos: repos
                .iter()
                .map(|name| last_part(name).to_lowercase())
                .collect(),
            words: words.map(str::to_lowercase).collect(),
        }
    }

    /// Whether something of this project, called by these texts, is asked for.
    pub(super) fn fits<'a>(
        &self,
        project: Option<&'a Clean>,
        texts: impl IntoIterator<Item = &'a Clean>,
    ) -> bool {
        let here = || {
            project.is_some_and(|one| self.repos.contains(&last_part(one.as_str()).to_lowercase()))
        };
        if !self.repos.is_empty() && !here() {
            return false;
        }
        if self.words.is_empty() {
            return true;
        }
        let texts: Vec<String> = texts
            .into_iter()
            .chain(project)
            .map(|text| text.as_str().to_lowercase())
            .collect();
        let stands = |word: &String| texts.iter().any(|text| text.contains(word));
        self.words.iter().all(stands)
    }

    /// The days asked for; `None` for all of them.
    pub(super) fn range(&self) -> Option<Range> {
        self.range
    }

    fn fits_entry(&self, one: &LooseEntry) -> bool {
        let texts = one.entry.note.iter().chain(&one.task).chain(&one.tags);
        self.fits(one.project.as_ref(), texts)
    }

    fn on_its_day(&self, row: &Row) -> bool {
        let Some(range) = self.range else {
            return true;
        };
        row.day()
            .is_some_and(|day| (range.from..=range.to).contains(&day))
    }
}

/// The rows of `kind`, or of every kind but single entries, in no order.
pub(super) fn rows(
    store: &Store,
    kind: Option<LogKind>,
    wanted: &Wanted,
) -> Result<Vec<Row>, CliError> {
    let mut rows = Vec::new();
    if matches!(kind, None | Some(LogKind::Tasks)) {
        let commits = store.commits_of_tasks().map_err(store_error)?;
        let mut marks = store.task_marks().map_err(store_error)?;
        for task in store.tasks().map_err(store_error)? {
            let facts = &task.facts;
            let texts = [&facts.title, &facts.key].into_iter().chain(&facts.tags);
            if wanted.fits(facts.project.as_ref(), texts) {
                let commits = commits.get(&TaskId(task.id)).copied();
                let row = TaskRow::of(facts, &task.moves, &task.timeline)
                    .with_commits(commits.unwrap_or_default())
                    .marked(marks.remove(&task.id).unwrap_or_default());
                rows.push(Row::Task(Box::new(row)));
            }
        }
    }
    if matches!(kind, None | Some(LogKind::Reviews)) {
        let given = store.marked_reviews().map_err(store_error)?;
        let asked = given
            .iter()
            .filter(|one| wanted.fits(one.row.project.as_ref(), [&one.row.key]));
        let times = asked.flat_map(|one| ReviewRow::of(&one.row, &one.marks));
        rows.extend(times.map(Row::Review));
    }
    if matches!(kind, None | Some(LogKind::Entries)) {
        let mut entries = store.marked_entries().map_err(store_error)?;
        entries.retain(|one| wanted.fits_entry(&one.row));
        if kind.is_none() {
            // A sum counts as figures do: what is out is not in it.
            let counted = entries.into_iter().filter(|one| one.marks.out.is_none());
            let counted: Vec<LooseEntry> = counted.map(|one| one.row).collect();
            rows.extend(log::by_day(&counted).into_iter().map(Row::Day));
        } else {
            let each = entries.into_iter().map(|one| EntryRow {
                entry: one.row,
                marks: one.marks,
            });
            rows.extend(each.map(|row| Row::Entry(Box::new(row))));
        }
    }
    rows.retain(|row| wanted.on_its_day(row));
    Ok(rows)
}
