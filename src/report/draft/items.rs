//! Tasks and pull requests of a draft, and the list that each belongs to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::days::{self, Workdays};
use super::standing::{self, Happened, Standing, at_end, happened, request_state, waits_for};
use super::{Asked, Item, Request};
use super::{folded, names};
use crate::model::material::{Done, Material, Matter};
use crate::model::moment::Moment;
use crate::model::period::Range;
use crate::model::stage::Stage;
use crate::model::task::{TaskKind, When};

/// Workdays without a move or a commit after which work in progress is called stale.
const STALE: u64 = 5;
/// Workdays after which such work is counted only: about three months.
const OLD: u64 = 60;

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
    let folded = folded::requests(material, &by_id);
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
        item.requests = requests
            .iter()
            .filter_map(|one| self.request(one))
            .collect();
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
        let is_epic = task.facts.kind == TaskKind::Epic;
        if standing.is_open() {
            // An epic lives in its parts.
            item.idle = self.idle(task, requests).filter(|_| !is_epic);
        }
        match ended {
            Some("finished" | "merged") => return out.finished.push(item),
            Some("given-up") => return out.given_up.push(item),
            Some(_) => out.moved.push(item.clone()),
            None => {}
        }
        if item.waits_for.is_some() {
            item.waited = self.waited(task, standing, requests);
            item.shown = item.waited.is_none_or(|waited| waited <= OLD);
            out.waiting.push(item);
        } else if open && item.idle.is_some_and(|idle| idle >= STALE) {
            item.shown = item.idle.is_none_or(|idle| idle <= OLD);
            out.stale.push(item);
        } else if open {
            out.in_progress.push(item);
        }
    }

    /// The last day of which something is known of `task`.
    fn end(&self, task: &Matter) -> NaiveDate {
        let today = self.asked.calendar.today();
        let known = self.exports.get(task.facts.source.as_str()).copied();
        let commit = task.last_commit.and_then(Moment::day);
        let known = known.map_or(today, |day| commit.map_or(day, |commit| day.max(commit)));
        known.min(self.range.to).min(today)
    }

    fn item(&self, task: &Matter, standing: Standing, happened: Option<Happened>) -> Item {
        let facts = &task.facts;
        let today = self.asked.calendar.today();
        let started = standing::day(task.timeline.started);
        let is_open = standing.is_open();
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
            key: names::key(facts),
            source: facts.source.clone(),
            kind: facts.kind.as_str(),
            title: facts.title.clone(),
            project: super::projects::of_task(task),
            what: happened.map_or("open", |one| one.what),
            stage: standing.stage.map(Stage::as_str),
            word: standing::word(task, standing, self.range),
            approved: is_open && standing::approved(task, self.range),
            day: happened.map(|one| one.day),
            when: happened.map(|one| words(one.day)),
            by_then: happened.is_some_and(|one| one.by_then),
            due,
            due_words: due.map(words),
            overdue: is_open && due.is_some_and(|day| day < today && day <= self.range.to),
            started,
            workdays: begun.map(|day| self.workdays.between(day, to)),
            waits_for: None,
            waited: None,
            idle: None,
            parent: facts.parent.clone(),
            commits: commits.map(|one| one.evidence.short()).collect(),
            requests: Vec::new(),
            shown: true,
        }
    }

    /// Whole workdays since the last sign of life of the task and its pull requests.
    fn idle(&self, task: &Matter, requests: &[&Matter]) -> Option<u64> {
        let end = self.end(task);
        let all = [task].into_iter().chain(requests.iter().copied());
        let last = all.filter_map(|one| standing::last_sign(one, end)).max();
        Some(self.workdays.after(last?, end))
    }

    /// Whole workdays that it waits: for review since a pull request was opened or the stage began,
    /// for others since the tracker's word says so.
    fn waited(&self, task: &Matter, standing: Standing, requests: &[&Matter]) -> Option<u64> {
        let open = requests.iter();
        let open = open.filter(|one| request_state(one, self.range) == Some("open"));
        let asked = open.filter_map(|one| at_end(one, self.range).since).min();
        let since = match waits_for(task, standing, self.range) {
            Some("others") => standing::at_word_since(task, self.range).or(standing.since),
            Some(_) => standing.since,
            None => asked,
        };
        Some(self.workdays.after(since?, self.end(task)))
    }

    fn request(&self, task: &Matter) -> Option<Request> {
        Some(Request {
            id: task.facts.key.to_string(),
            key: names::key(&task.facts),
            state: request_state(task, self.range)?,
        })
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
        // What moved last is what one is asked about.
        self.waiting.sort_by_key(|item| (item.waited, name(item)));
        self.stale.sort_by_key(|item| (item.idle, name(item)));
    }
}
