//! Tasks and pull requests of a draft, and the list that each belongs to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::days::{self, Workdays};
use super::standing::{self, Happened, Standing, at_end, happened, request_state, waits_for};
use super::{Asked, Item, Request};
use crate::model::material::{Done, Material, Matter};
use crate::model::period::Range;
use crate::model::stage::Stage;
use crate::model::task::{TaskKind, When, short_key};

/// Workdays without a move or a commit after which work in progress is called stale.
const STALE: u64 = 5;

/// The items of a draft in their lists.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) finished: Vec<Item>,
    pub(super) given_up: Vec<Item>,
    pub(super) moved: Vec<Item>,
    pub(super) in_progress: Vec<Item>,
    pub(super) waiting: Vec<Item>,
    pub(super) stale: Vec<Item>,
}

/// What items are told with.
struct Telling<'a> {
    asked: &'a Asked<'a>,
    range: Range,
    workdays: Workdays<'a>,
    /// Commits of each task in these days, the oldest first.
    commits: HashMap<i64, Vec<&'a Done>>,
    /// The day up to which each tracker is known.
    exports: BTreeMap<&'a str, NaiveDate>,
}

/// Sorts the tasks of `material` into lists. A pull request that shares commits with a task is told
/// with that task.
pub(super) fn items(asked: &Asked<'_>, material: &Material) -> Items {
    let mut commits: HashMap<i64, Vec<&Done>> = HashMap::new();
    for one in &material.commits {
        for task in &one.tasks {
            commits.entry(*task).or_default().push(one);
        }
    }
    let exports = material
        .exports
        .iter()
        .filter_map(|(source, day)| Some((source.as_str(), NaiveDate::from_epoch_days(*day)?)));
    let telling = Telling {
        asked,
        range: asked.range,
        workdays: Workdays {
            calendar: asked.calendar,
            away: asked.away,
        },
        commits,
        exports: exports.collect(),
    };
    let by_id: HashMap<i64, &Matter> = material.tasks.iter().map(|one| (one.id, one)).collect();
    let folded = folded(material, &by_id);
    let told: BTreeSet<i64> = folded.values().flatten().copied().collect();
    let mut out = Items::default();
    for task in material
        .tasks
        .iter()
        .filter(|task| !told.contains(&task.id))
    {
        let requests = folded.get(&task.id).into_iter().flatten();
        let requests: Vec<&Matter> = requests.filter_map(|id| by_id.get(id).copied()).collect();
        telling.sort_in(task, &requests, &mut out);
    }
    out.in_order();
    out
}

/// The pull requests of each task that is no pull request: those that share commits with it, and
/// those that name its key in their title or branch.
fn folded(material: &Material, by_id: &HashMap<i64, &Matter>) -> BTreeMap<i64, Vec<i64>> {
    let is_pr = |task: &Matter| task.facts.kind == TaskKind::Pr;
    let mut out: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let mut keys: HashMap<String, i64> = HashMap::new();
    for task in material.tasks.iter().filter(|task| !is_pr(task)) {
        keys.insert(task.facts.key.as_str().to_lowercase(), task.id);
        let requests = task.shares.iter().copied();
        let requests = requests.filter(|id| by_id.get(id).is_some_and(|one| is_pr(one)));
        out.entry(task.id).or_default().extend(requests);
    }
    for request in material.tasks.iter().filter(|task| is_pr(task)) {
        let branch = request.facts.review.as_ref();
        let branch = branch.and_then(|review| review.branch.as_ref());
        for text in [Some(&request.facts.title), branch].into_iter().flatten() {
            for named in named(text.as_str()) {
                if let Some(task) = keys.get(&named) {
                    out.entry(*task).or_default().insert(request.id);
                }
            }
        }
    }
    let some = out.into_iter().filter(|(_, requests)| !requests.is_empty());
    some.map(|(task, requests)| (task, requests.into_iter().collect()))
        .collect()
}

/// What could be keys in a text, in lower case: `har-12` of `HAR-12: Hold a berth` and of
/// `feature/har-12-hold`.
fn named(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter_map(|word| {
        let mut parts = word.split('-');
        let (name, number) = (parts.next()?, parts.next()?);
        let is_number = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
        (is_number && !name.is_empty()).then(|| format!("{name}-{number}").to_lowercase())
    })
}

impl Telling<'_> {
    fn sort_in(&self, task: &Matter, requests: &[&Matter], out: &mut Items) {
        let standing = at_end(task, self.range);
        let worked = self.commits.get(&task.id);
        let last = worked.and_then(|all| all.last()?.at.day());
        // What happened to a pull request of a task is work on the task.
        let request = requests
            .iter()
            .filter_map(|one| happened(one, self.range, None))
            .map(|one| one.day)
            .max();
        let happened = happened(task, self.range, last.max(request));
        let mut item = self.item(task, standing, happened);
        item.requests = requests.iter().map(|one| self.request(one)).collect();
        let ended = happened.map(|one| one.what);
        let under_way = [Some(Stage::InProgress), Some(Stage::InReview)];
        let open = under_way.contains(&standing.stage);
        let has = |state: &str| item.requests.iter().any(|one| one.state == state);
        item.waits_for = waits_for(task, standing, self.range);
        if open && has("open") {
            item.waits_for = item.waits_for.or(Some("review"));
        } else if has("approved") && item.waits_for == Some("review") {
            // Its reviewers are done: it is mine again.
            item.waits_for = None;
            item.approved = true;
        }
        match ended {
            Some("finished" | "merged") => return out.finished.push(item),
            Some("given-up") => return out.given_up.push(item),
            Some(_) => out.moved.push(item.clone()),
            None => {}
        }
        if item.waits_for.is_some() {
            item.waited = standing
                .since
                .map(|day| self.workdays.after(day, self.end(task)));
            out.waiting.push(item);
        } else if open && item.idle.is_some_and(|idle| idle >= STALE) {
            out.stale.push(item);
        } else if open {
            out.in_progress.push(item);
        }
    }

    /// The last day of which something is known of `task`.
    fn end(&self, task: &Matter) -> NaiveDate {
        let today = self.asked.calendar.today();
        let known = self.exports.get(task.facts.source.as_str()).copied();
        let commit = task.last_commit.and_then(crate::model::moment::Moment::day);
        let known = known.map_or(today, |day| commit.map_or(day, |commit| day.max(commit)));
        known.min(self.range.to).min(today)
    }

    fn item(&self, task: &Matter, standing: Standing, happened: Option<Happened>) -> Item {
        let facts = &task.facts;
        let today = self.asked.calendar.today();
        let started = standing::day(task.timeline.started);
        let is_open = standing.stage.is_some_and(|stage| !stage.is_closed());
        let end = self.end(task);
        let ended = ["finished", "merged", "given-up"];
        let ended = happened.filter(|one| ended.contains(&one.what));
        let to = ended.map_or(end, |one| one.day);
        let begun = started.filter(|day| *day <= to);
        let due = facts.due.and_then(When::day);
        let words = |day: NaiveDate| days::of_item(day, self.asked);
        let commits = self.commits.get(&task.id);
        let commits = commits.into_iter().flatten();
        let commits = commits.filter(|one| one.landed_as.is_none());
        Item {
            id: facts.key.to_string(),
            key: short_key(&facts.key, facts.project.as_ref()),
            source: facts.source.clone(),
            kind: facts.kind.as_str(),
            title: facts.title.clone(),
            project: super::projects::of_task(task),
            what: happened.map_or("open", |one| one.what),
            stage: standing.stage.map(Stage::as_str),
            word: facts.status.word.clone().filter(|_| standing.is_now),
            approved: is_open && standing::approved(task, self.range),
            day: happened.map(|one| one.day),
            when: happened.map(|one| words(one.day)),
            by_then: happened.is_some_and(|one| one.by_then),
            due,
            due_words: due.map(words),
            overdue: is_open && due.is_some_and(|day| day < self.range.to.min(today)),
            started,
            workdays: begun.map(|day| self.workdays.between(day, to)),
            waits_for: None,
            waited: None,
            idle: is_open.then(|| self.idle(task, standing, end)).flatten(),
            parent: facts.parent.clone(),
            commits: commits.map(|one| one.oid.short()).collect(),
            requests: Vec::new(),
            shown: true,
        }
    }

    /// Whole workdays since the last sign of life.
    fn idle(&self, task: &Matter, standing: Standing, end: NaiveDate) -> Option<u64> {
        let commit = task.last_commit.and_then(crate::model::moment::Moment::day);
        let commit = commit.filter(|day| *day <= end);
        let last = commit.max(standing.since);
        Some(self.workdays.after(last?, end))
    }

    fn request(&self, task: &Matter) -> Request {
        Request {
            id: task.facts.key.to_string(),
            key: short_key(&task.facts.key, task.facts.project.as_ref()),
            state: request_state(task, self.range),
        }
    }
}

impl Items {
    /// Every list, in the order in which they are told.
    pub(super) fn lists(&mut self) -> [&mut Vec<Item>; 6] {
        [
            &mut self.finished,
            &mut self.given_up,
            &mut self.moved,
            &mut self.in_progress,
            &mut self.waiting,
            &mut self.stale,
        ]
    }

    fn in_order(&mut self) {
        for list in [&mut self.finished, &mut self.given_up, &mut self.moved] {
            list.sort_by(|a, b| (a.day, &a.source, &a.id).cmp(&(b.day, &b.source, &b.id)));
        }
        let name = |item: &Item| (item.source.clone(), item.id.clone());
        self.in_progress
            .sort_by_key(|item| (item.started, name(item)));
        self.waiting
            .sort_by_key(|item| (std::cmp::Reverse(item.waited), name(item)));
        self.stale
            .sort_by_key(|item| (std::cmp::Reverse(item.idle), name(item)));
    }
}
