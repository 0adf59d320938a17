//! One row of a Jira CSV.

use std::collections::HashMap;

use super::columns::Columns;
use super::status::Statuses;
use crate::model::stage::Stage;
use crate::model::task::{Entry, Estimate, TaskFacts, TaskKind, When};
use crate::model::text::Clean;
use crate::sources::tasks::cells::Cells;
use crate::sources::tasks::format::Out;
use crate::sources::tasks::found::{Found, Person, Whose};
use crate::sources::tasks::sheet::{Got, Rows};
use crate::sources::tasks::table::Row;
use crate::sources::tasks::words;

/// The issues of one file.
pub(super) struct Issues<'p> {
    columns: Columns,
    parents: &'p HashMap<u64, Box<str>>,
    statuses: Statuses,
    kinds: HashMap<Box<str>, TaskKind>,
}

impl Rows for Issues<'_> {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let key = row.get(self.columns.key);
        let Some((project, _)) = key.rsplit_once('-').filter(|_| is_key(key)) else {
            return Err(if key.is_empty() {
                "no issue key".to_owned()
            } else {
                "an issue key that is none: a quote or a comma too many before it".to_owned()
            });
        };
        let mut task = TaskFacts {
            source: Clean::label(b"jira"),
            key: Clean::label(key.as_bytes()),
            kind: self.kind(row),
            title: Clean::label(row.get(self.columns.title).as_bytes()),
            project: words::label(match row.get(self.columns.project) {
                "" => project,
                named => named,
            }),
            tags: row
                .all(&self.columns.labels)
                .filter_map(words::label)
                .collect(),
            parent: self.parent(row),
            ..TaskFacts::default()
        };
        self.times(row, cells, &mut task);
        task.aliases = aliases(key, row.get(self.columns.id), task.created);
        let mut work = Vec::new();
        for cell in row.all(&self.columns.work) {
            work.extend(logged(cell, row.line, cells));
        }
        self.efforts(row, &mut task, work.is_empty());
        let mut found = Found::new(row.line, Whose::People(self.assignee(row)), task);
        found.work = work;
        Ok(Got::Task(Box::new(found)))
    }

    fn warn(&self, out: &mut Out<'_>) {
        let columns = &self.columns;
        for (column, what) in [
            (
                columns.resolved.or(columns.category_changed),
                "no column Resolved: when tasks were finished is not known; export all fields",
            ),
            (
                columns.created,
                "no column Created: when tasks were written down is not known; export all fields",
            ),
            (
                columns.assignee.or(columns.assignee_id),
                "no column Assignee: whose the tasks are is not known; export all fields",
            ),
            (
                columns.status,
                "no column Status: where tasks stand is not known; export all fields",
            ),
        ] {
            if column.is_none() {
                out.warn(what);
            }
        }
    }
}

impl<'p> Issues<'p> {
    /// Issues of a file with these columns, and the keys of its issues by number.
    pub(super) fn new(columns: Columns, parents: &'p HashMap<u64, Box<str>>) -> Self {
        Self {
            columns,
            parents,
            statuses: Statuses::default(),
            kinds: HashMap::new(),
        }
    }

    fn kind(&mut self, row: Row<'_>) -> TaskKind {
        let word = row.get(self.columns.kind);
        if let Some(known) = self.kinds.get(word) {
            return *known;
        }
        let kind = words::kind(word);
        if self.kinds.len() < 256 {
            self.kinds.insert(word.into(), kind);
        }
        kind
    }

    /// Where it stands and since when. A clock at a due date is midnight of whoever exported:
    /// only its day counts.
    fn times(&mut self, row: Row<'_>, cells: &mut Cells, task: &mut TaskFacts) {
        let columns = &self.columns;
        let line = row.line;
        let (created, updated, resolved) = (
            row.get(columns.created),
            row.get(columns.updated),
            row.get(columns.resolved),
        );
        task.created = cells.past("Created", line, created);
        task.updated = cells.past("Updated", line, updated);
        task.due = cells.day("Due date", line, row.get(columns.due));
        let resolved_at = cells.past("Resolved", line, resolved);
        cells.in_order(created, updated);
        cells.in_order(created, resolved);
        let category = row.get(columns.category);
        let status = self.statuses.of(
            row.get(columns.status),
            category,
            row.get(columns.resolution),
            resolved_at.is_some(),
        );
        let closed = status.is_closed;
        task.status = status.status;
        task.done = resolved_at.filter(|_| closed != Some(false));
        if task.done.is_none() && task.status.category == Some(Stage::Done) {
            let changed = row.get(columns.category_changed);
            task.done = cells.past("Status Category Changed", line, changed);
        }
    }

    /// What it was thought to take; the sum of the time spent only where no entry has it.
    fn efforts(&self, row: Row<'_>, task: &mut TaskFacts, no_entries: bool) {
        let seconds = |column| row.get(column).parse().ok().filter(|n: &i64| *n > 0);
        let points = row.all(&self.columns.points).find_map(words::points);
        task.estimate = points
            .map(Estimate::Points)
            .or_else(|| seconds(self.columns.estimate).map(Estimate::Seconds));
        if no_entries {
            task.spent = seconds(self.columns.spent);
        }
    }

    fn parent(&self, row: Row<'_>) -> Option<Clean> {
        let key = Some(row.get(self.columns.parent_key)).filter(|key| is_key(key));
        let by_id = || {
            let parent = row.get(self.columns.parent_id);
            let known = parent
                .parse()
                .ok()
                .and_then(|id: u64| self.parents.get(&id));
            known
                .map(AsRef::as_ref)
                .or_else(|| is_key(parent).then_some(parent))
        };
        let epic = || row.all(&self.columns.epic).find(|key| is_key(key));
        key.or_else(by_id).or_else(epic).and_then(words::label)
    }

    /// Cloud gives a name and an account id; Data Center the user name alone.
    fn assignee(&self, row: Row<'_>) -> Vec<Person> {
        let name = row.get(self.columns.assignee);
        let person = if self.columns.assignee_id.is_some() {
            Person::from_cell(name).id(row.get(self.columns.assignee_id))
        } else if name.contains([' ', '@']) {
            Person::from_cell(name)
        } else {
            Person::with_login(name)
        };
        if person.is_nobody() || matches!(name, "Unassigned" | "-1") {
            return Vec::new();
        }
        vec![person]
    }
}

/// Letters, digits and `_`, a dash, a number.
fn is_key(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(project, number)| {
        !project.is_empty()
            && project.len() <= 255
            && project.chars().all(|c| c.is_alphanumeric() || c == '_')
            && !number.is_empty()
            && number.len() <= 12
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The key, and the numeric id with the minute of creation: the id survives a move to another
/// project, but two sites have the same ids.
fn aliases(key: &str, id: &str, created: Option<When>) -> Vec<String> {
    let mut aliases = vec![format!("jira:{key}")];
    let created = created.and_then(When::moment);
    if let (Some(created), true) = (created, id.parse::<u64>().is_ok()) {
        aliases.push(format!("jira:{id}@{}", created.utc.div_euclid(60)));
    }
    aliases
}

/// `comment;date;author;seconds`, where the comment may hold `;`.
fn logged(cell: &str, line: u64, cells: &mut Cells) -> Option<(Person, Entry)> {
    let mut parts = cell.rsplitn(4, ';');
    let seconds = parts.next()?.trim().parse().ok().filter(|n: &i64| *n > 0);
    let author = parts.next()?.trim();
    let start = cells.past("Log Work", line, parts.next()?)?;
    let note = parts.next().and_then(words::label);
    // An account id or a user key; a user name is a login.
    let person = if author.contains([':', '-']) || author.len() >= 24 {
        Person::with_id(author)
    } else {
        Person::with_login(author)
    };
    let entry = Entry {
        id: None,
        start,
        end: None,
        seconds: Some(seconds?),
        note,
    };
    Some((person, entry))
}
