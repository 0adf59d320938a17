//! What one issue says.

use super::super::fields::Fields as Dates;
use super::super::found::{Found, Person, Whose};
use super::super::words;
use super::learned::{self, Learned};
use super::parts::{Assignee, Changelog, Fields, Issue, User, Worklog};
use super::values::{Custom, is_key};
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Entry, Estimate, TaskFacts, TaskKind, Transition, When};
use crate::model::text::Clean;

/// What is seen of a file as a whole, in issues.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// They have no changelog.
    pub(super) bare: u64,
    /// Their changelog is cut.
    pub(super) cut: u64,
    /// Their logged work is cut.
    pub(super) work_cut: u64,
    /// They do not say whose they are.
    pub(super) unsaid: u64,
}

/// Reads issues with what the whole file taught.
pub(super) struct Reader<'l> {
    pub(super) learned: &'l Learned,
    pub(super) dates: Dates,
    pub(super) seen: Seen,
}

impl Reader<'_> {
    /// What `issue` says, or why that cannot be taken.
    pub(super) fn found(&mut self, line: u64, issue: &Issue) -> Result<Found, String> {
        let key = issue.key.as_deref().unwrap_or_default().trim();
        let (project, _) = key
            .rsplit_once('-')
            .filter(|_| is_key(key))
            .ok_or("no key")?;
        let fields = issue.fields.as_ref().ok_or("no fields")?;
        let named = fields.project.as_ref().and_then(|one| one.key.as_deref());
        let mut task = TaskFacts {
            source: Clean::label(b"jira"),
            key: Clean::label(key.as_bytes()),
            kind: kind(fields),
            title: label(fields.summary.as_deref()).unwrap_or_default(),
            project: words::label(named.unwrap_or(project)),
            tags: fields
                .labels
                .iter()
                .filter_map(|one| words::label(one))
                .collect(),
            parent: self.parent(fields),
            ..TaskFacts::default()
        };
        self.times(line, fields, &mut task);
        task.aliases = aliases(key, issue, task.created);
        self.moves(line, issue, &mut task);
        let work = self.work(line, fields.worklog.as_ref());
        self.efforts(fields, &mut task, work.is_empty());
        let whose = match &fields.assignee {
            Assignee::User(user) => Some(user.person()),
            Assignee::Nobody => None,
            Assignee::Unsaid => {
                self.seen.unsaid += 1;
                None
            }
        };
        let whose = whose.filter(|person| !person.is_nobody());
        let mut found = Found::new(line, Whose::People(whose.into_iter().collect()), task);
        found.work = work;
        Ok(found)
    }

    fn when(&mut self, column: &'static str, line: u64, text: Option<&String>) -> Option<When> {
        let text = text.map_or("", String::as_str);
        self.dates.when(column, line, text)
    }

    /// Where it stands, and since when. A resolution on an issue that is open again says nothing.
    fn times(&mut self, line: u64, fields: &Fields, task: &mut TaskFacts) {
        task.created = self.when("created", line, fields.created.as_ref());
        task.updated = self.when("updated", line, fields.updated.as_ref());
        let due = fields.due.as_deref().unwrap_or_default();
        task.due = self.dates.day("duedate", line, due);
        let resolved = self.when("resolutiondate", line, fields.resolved.as_ref());
        let resolution = fields
            .resolution
            .as_ref()
            .and_then(|one| one.name.as_deref());
        let (status, closed) = status(fields, resolution, resolved.is_some());
        task.status = status;
        task.done = resolved.filter(|_| closed);
        if task.done.is_none() && task.status.category == Some(Stage::Done) {
            let changed = fields.category_changed.as_ref();
            task.done = self.when("statuscategorychangedate", line, changed);
        }
    }

    /// The moves, oldest first, and whether they are all there are.
    fn moves(&mut self, line: u64, issue: &Issue, task: &mut TaskFacts) {
        let Some(log) = &issue.changelog else {
            self.seen.bare += 1;
            return;
        };
        let mut moves = Vec::new();
        for history in &log.histories {
            for change in history
                .items
                .iter()
                .filter(|one| one.field.get() == Some("status"))
            {
                let at = self.when("changelog.created", line, history.created.as_ref());
                let to = self.learned.told(change.to.get(), change.to_string.get());
                let from = self
                    .learned
                    .told(change.from.get(), change.from_string.get());
                if let (Some(at), Some(to)) = (at, to) {
                    moves.push((Transition { at, from, to }, change.to.get()));
                }
            }
        }
        oldest_first(&mut moves);
        let cut = is_cut(log);
        self.seen.cut += u64::from(cut);
        // A last move to elsewhere than where it stands: another one is missing.
        let now = issue
            .fields
            .as_ref()
            .and_then(|one| one.status.as_ref()?.id.as_deref());
        let last = moves.last().and_then(|(_, id)| *id);
        let agrees = last.is_none() || now.is_none() || last == now;
        task.history_whole = !cut && agrees;
        task.transitions = moves.into_iter().map(|(one, _)| one).collect();
        conclude(task);
    }

    fn work(&mut self, line: u64, worklog: Option<&Worklog>) -> Vec<(Person, Entry)> {
        let Some(worklog) = worklog else {
            return Vec::new();
        };
        let cut = worklog
            .total
            .is_some_and(|n| n > worklog.worklogs.len() as u64);
        self.seen.work_cut += u64::from(cut);
        let mut out = Vec::new();
        for one in &worklog.worklogs {
            let start = self.when("worklog.started", line, one.started.as_ref());
            let seconds = one.time_spent_seconds.filter(|seconds| *seconds > 0);
            let (Some(start), Some(seconds)) = (start, seconds) else {
                continue;
            };
            let author = one.author.as_ref();
            let entry = Entry {
                id: one.id.clone(),
                start,
                end: None,
                seconds: Some(seconds),
                note: label(one.comment.as_deref()),
            };
            out.push((author.map(User::person).unwrap_or_default(), entry));
        }
        out
    }

    /// What it was thought to take; the sum of the time spent only where no entry has it.
    fn efforts(&self, fields: &Fields, task: &mut TaskFacts, no_entries: bool) {
        let points = fields.custom.iter().find_map(|(field, value)| match value {
            Custom::Number(number) if self.learned.is_points(field) => {
                words::points(&number.to_string())
            }
            _ => None,
        });
        let seconds = |value: Option<i64>| value.filter(|seconds| *seconds > 0);
        let estimate = || seconds(fields.estimate).map(Estimate::Seconds);
        task.estimate = points.map(Estimate::Points).or_else(estimate);
        task.spent = seconds(fields.spent).filter(|_| no_entries);
    }

    fn parent(&self, fields: &Fields) -> Option<Clean> {
        let key = fields.parent.as_ref().and_then(|one| one.key.as_deref());
        let epic = || {
            fields.custom.iter().find_map(|(field, value)| match value {
                Custom::Key(key) if self.learned.is_epic(field) => Some(key.as_str()),
                _ => None,
            })
        };
        key.or_else(epic).and_then(words::label)
    }
}

fn label(text: Option<&str>) -> Option<Clean> {
    text.and_then(words::label)
}

/// Sorts moves by time. Most sites list the newest first: moves of the same second keep the order
/// they had.
fn oldest_first<T>(moves: &mut [(Transition, T)]) {
    let order = |at: Option<&(Transition, T)>| at.map(|(one, _)| one.at.order());
    if order(moves.first()) > order(moves.last()) {
        moves.reverse();
    }
    moves.sort_by_key(|(one, _)| one.at.order());
}

/// A type's level decides where there is one: names are in the site's language.
fn kind(fields: &Fields) -> TaskKind {
    let Some(kind) = &fields.kind else {
        return TaskKind::Task;
    };
    match (kind.subtask, kind.level) {
        (true, _) | (_, Some(-1)) => TaskKind::Subtask,
        (_, Some(1..)) => TaskKind::Epic,
        _ => words::kind(kind.name.as_deref().unwrap_or_default()),
    }
}

/// Where it stands, and whether nothing more is to be done. Jira's category decides; without one
/// the word does, and the resolution.
fn status(fields: &Fields, resolution: Option<&str>, resolved: bool) -> (Status, bool) {
    let Some(one) = &fields.status else {
        return (Status::default(), false);
    };
    let word = Status::word(one.name.as_deref().unwrap_or_default());
    let guess = StageWords::default().stage(&word);
    let status = word.category(learned::category(one));
    let closed = match (status.category, guess) {
        (Some(category), _) => category == Stage::Done,
        (None, Some(guess)) => guess.is_closed(),
        (None, None) => resolved || resolution.is_some(),
    };
    if closed && resolution.is_some_and(words::gave_up) {
        (status.fixed(Stage::Cancelled), true)
    } else if closed && status.category.is_none() && guess.is_none() {
        (status.fixed(Stage::Done), true)
    } else {
        (status, closed)
    }
}

/// Whether changes are missing: more are counted than are there, or there are as many as a search
/// on Cloud gives at most.
fn is_cut(log: &Changelog) -> bool {
    let held = log.histories.len() as u64;
    log.total.is_some_and(|total| total > held) || matches!(held, 40 | 100)
}

/// A given-up issue was given up when it was last closed, whatever closed states it went through
/// since; the history does not carry the resolution.
fn conclude(task: &mut TaskFacts) {
    let Some(fixed) = task.status.fixed else {
        return;
    };
    let words = StageWords::default();
    let moves = &mut task.transitions;
    let closed = |one: &&Transition| words.stage(&one.to).is_some_and(Stage::is_closed);
    let trailing = moves.iter().rev().take_while(closed).count();
    let first = moves.len() - trailing;
    for (at, one) in moves.iter_mut().enumerate().skip(first) {
        one.to.fixed = Some(fixed);
        if let Some(from) = one.from.as_mut().filter(|_| at > first) {
            from.fixed = Some(fixed);
        }
    }
}

/// The key, the numeric id with the minute of creation (the id survives a move to another project,
/// but two sites have the same ids), and the keys it had before such moves.
fn aliases(key: &str, issue: &Issue, created: Option<When>) -> Vec<String> {
    let mut out = vec![format!("jira:{key}")];
    let id = issue.id.as_deref().filter(|id| id.parse::<u64>().is_ok());
    if let (Some(id), Some(created)) = (id, created.and_then(When::moment)) {
        out.push(format!("jira:{id}@{}", created.utc.div_euclid(60)));
    }
    let histories = issue.changelog.iter().flat_map(|log| &log.histories);
    let changes = histories.flat_map(|history| &history.items);
    let keys = changes.filter(|one| one.field.get() == Some("Key"));
    for old in keys.filter_map(|one| one.from_string.get()) {
        let alias = format!("jira:{old}");
        if is_key(old) && !out.contains(&alias) {
            out.push(alias);
        }
    }
    out
}
