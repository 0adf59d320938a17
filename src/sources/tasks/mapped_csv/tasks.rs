//! The rows of a mapped table of tasks.

use std::collections::HashMap;

use super::{column, columns, tags, whose};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, TaskFacts, When};
use crate::model::text::Clean;
use crate::sources::tasks::cells::Cells;
use crate::sources::tasks::format::Out;
use crate::sources::tasks::found::Found;
use crate::sources::tasks::mapping::{Mapping, TaskColumns, Unit};
use crate::sources::tasks::sheet::{Got, Rows};
use crate::sources::tasks::table::{Row, Table};
use crate::sources::tasks::time_sheet::seconds;
use crate::sources::tasks::words;

struct TaskAt {
    title: Option<usize>,
    key: Option<usize>,
    status: Option<usize>,
    assignee: Vec<usize>,
    created: Option<usize>,
    updated: Option<usize>,
    started: Option<usize>,
    done: Option<usize>,
    due: Option<usize>,
    estimate: Option<usize>,
    tags: Vec<usize>,
    kind: Option<usize>,
    project: Option<usize>,
    parent: Option<usize>,
}

impl TaskAt {
    fn of(names: &TaskColumns, table: &Table<'_>) -> Self {
        let column = |name: &Option<String>| column(table, name.as_ref());
        Self {
            title: table.column(&[&names.title]),
            key: column(&names.key),
            status: column(&names.status),
            assignee: columns(table, &names.assignee),
            created: column(&names.created),
            updated: column(&names.updated),
            started: column(&names.started),
            done: column(&names.done),
            due: column(&names.due),
            estimate: column(&names.estimate),
            tags: columns(table, &names.tags),
            kind: column(&names.kind),
            project: column(&names.project),
            parent: column(&names.parent),
        }
    }
}

/// Tasks of one file.
pub(super) struct Tasks<'m> {
    mapping: &'m Mapping,
    at: TaskAt,
    separator: &'m str,
    unit: Unit,
    words: StageWords,
    /// How often a title and date of creation stood in the file, where rows have no key.
    seen: HashMap<String, u32>,
}

impl Rows for Tasks<'_> {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let (title, key) = (row.get(self.at.title), row.get(self.at.key));
        if title.is_empty() && key.is_empty() {
            return Err("neither a title nor a key".to_owned());
        }
        let at = &self.at;
        let line = row.line;
        let created = cells.past("created", line, row.get(at.created));
        let done = cells.past("done", line, row.get(at.done));
        let status = self.status(row.get(at.status), done);
        cells.in_order(row.get(self.at.created), row.get(self.at.done));
        cells.in_order(row.get(self.at.started), row.get(self.at.done));
        let at = &self.at;
        let named = Some(row.get(at.project)).filter(|name| !name.is_empty());
        let mut task = TaskFacts {
            source: Clean::label(self.mapping.source.as_bytes()),
            key: Clean::label(if key.is_empty() { title } else { key }.as_bytes()),
            kind: words::kind(row.get(at.kind)),
            title: Clean::label(if title.is_empty() { key } else { title }.as_bytes()),
            project: named
                .or(self.mapping.project.as_deref())
                .and_then(words::label),
            status,
            updated: cells.past("updated", line, row.get(at.updated)),
            created,
            started: cells.past("started", line, row.get(at.started)),
            done,
            due: cells.day("due", line, row.get(at.due)),
            estimate: self.estimate(row.get(at.estimate)),
            tags: tags(row, &at.tags, self.separator),
            parent: words::label(row.get(at.parent)),
            ..TaskFacts::default()
        };
        task.aliases = vec![self.alias(key, title, row.get(self.at.created), created)];
        let whose = whose(self.mapping, row, &self.at.assignee);
        Ok(Got::Task(Box::new(Found::new(line, whose, task))))
    }

    fn warn(&self, out: &mut Out<'_>) {
        for (column, what) in [
            (
                self.at.done,
                "the mapping names no column done: when tasks were finished is not known",
            ),
            (
                self.at.started,
                "the mapping names no column started: when work began is not known",
            ),
        ] {
            if column.is_none() {
                out.warn(what);
            }
        }
    }
}

impl<'m> Tasks<'m> {
    /// Tasks of a table with these columns.
    pub(super) fn new(mapping: &'m Mapping, columns: &'m TaskColumns, table: &Table<'_>) -> Self {
        Self {
            mapping,
            at: TaskAt::of(columns, table),
            separator: &columns.separator,
            unit: columns.unit,
            words: StageWords::default(),
            seen: HashMap::new(),
        }
    }

    /// What the mapping says of the word decides; a date of completion where no word does.
    fn status(&self, word: &str, done: Option<When>) -> Status {
        let status = Status::word(word);
        if let Some(stage) = self.mapping.stages.get(&word.to_lowercase()) {
            let said = status.clone().category(Some(*stage));
            // The word table refines a category; here the owner chose the very stage.
            return if self.words.stage(&said) == Some(*stage) {
                said
            } else {
                status.fixed(*stage)
            };
        }
        if done.is_some() && self.words.stage(&status).is_none() {
            return status.fixed(Stage::Done);
        }
        status
    }

    fn estimate(&self, text: &str) -> Option<Estimate> {
        let Some(each) = self.unit.seconds() else {
            return words::points(text).map(Estimate::Points);
        };
        let thousandths = words::points(text).filter(|n| *n > 0);
        let counted = thousandths
            .and_then(|n| n.checked_mul(each))
            .map(|n| n / 1_000);
        counted.or_else(|| seconds(text)).map(Estimate::Seconds)
    }

    /// The key; without one the title and the date of creation, and which of several such rows.
    fn alias(&mut self, key: &str, title: &str, cell: &str, created: Option<When>) -> String {
        let source = &self.mapping.source;
        if !key.is_empty() {
            return format!("{source}:{key}");
        }
        let title = title.to_lowercase();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let created = match created.and_then(When::day) {
            Some(day) => day.to_string(),
            None => cell.to_owned(),
        };
        let role = self.mapping.project.as_deref().unwrap_or_default();
        let triple = format!("{source}:{role}\u{1f}{title}\u{1f}{created}");
        let count = self.seen.entry(triple.clone()).or_default();
        *count += 1;
        match count {
            1 => triple,
            n => format!("{triple}\u{1f}{n}"),
        }
    }
}
