//! Where a task stood at the end of the days of a draft, and what happened to it in them.

use chrono::NaiveDate;

use crate::model::fold::Move;
use crate::model::material::Matter;
use crate::model::moment::Moment;
use crate::model::period::Range;
use crate::model::stage::Stage;
use crate::model::task::{TaskKind, When};
use crate::model::text::Clean;
use crate::model::timeline::Point;

/// Words of trackers for work that others hold up, whatever stage they mean. Not `pending`: some
/// trackers call everything open so.
const HELD_UP: &[&str] = &[
    "blocked", "waiting", "wait", "hold", "impeded", "stalled", "paused", "info",
];

/// What happened to a task in the days of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Happened {
    /// As [`Item::what`](super::Item::what) names it.
    pub(super) what: &'static str,
    pub(super) day: NaiveDate,
    pub(super) by_then: bool,
}

/// Where a task stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) stage: Option<Stage>,
    /// Since when, as far as that is known.
    pub(super) since: Option<NaiveDate>,
    /// It is where it stands now, so that the tracker's present word says it too.
    pub(super) is_now: bool,
}

impl Standing {
    /// It is there and not closed.
    pub(super) fn is_open(self) -> bool {
        self.stage.is_some_and(|stage| !stage.is_closed())
    }
}

/// When a point had happened at the latest, and whether that is all that is known.
fn latest(point: Point) -> Option<(NaiveDate, bool)> {
    Some((point.latest().day()?, point.until.is_some()))
}

/// The day on which a point had happened at the latest.
pub(super) fn day(point: Option<Point>) -> Option<NaiveDate> {
    latest(point?).map(|(day, _)| day)
}

/// Where `task` stood at the end of `range`; without a stage when it was not written down yet.
pub(super) fn at_end(task: &Matter, range: Range) -> Standing {
    let timeline = &task.timeline;
    let by_then = |day: Option<NaiveDate>| day.is_some_and(|day| day <= range.to);
    let created = task.facts.created.and_then(When::day);
    let not_yet = Standing {
        stage: None,
        since: None,
        is_now: false,
    };
    if created.is_some_and(|day| day > range.to) {
        return not_yet;
    }
    let mut found = None;
    for (at, visit) in timeline.visits.iter().enumerate() {
        let entered = day(visit.from);
        if by_then(entered) || (at == 0 && entered.is_none()) {
            found = Some((at, visit.stage, entered));
        }
    }
    // Without a day of its creation, a task begins with the first thing known of it.
    if created.is_none() && first_known(task).is_some_and(|day| day > range.to) {
        return not_yet;
    }
    match found {
        Some((at, stage, since)) if at + 1 < timeline.visits.len() => Standing {
            stage,
            since,
            is_now: false,
        },
        Some((_, _, since)) if !ends_later(task, range) => Standing {
            stage: timeline.stage,
            since,
            is_now: true,
        },
        _ if ends_later(task, range) => {
            let (stage, since) = before_its_end(task, range);
            Standing {
                stage: Some(stage),
                since,
                is_now: false,
            }
        }
        _ => Standing {
            stage: timeline.stage,
            since: day(timeline.started).or(created),
            is_now: true,
        },
    }
}

/// The tracker's own word for where `task` stood at the end of `range`.
pub(super) fn word(task: &Matter, standing: Standing, range: Range) -> Option<Clean> {
    let moved = |one: &&Move| moved_on(one).is_some_and(|day| day <= range.to);
    if let Some(last) = task.moves.iter().rev().find(moved) {
        // Two words of one stage may follow each other without a move that tells of it.
        let is_last = task.moves.iter().all(|one| moved(&one));
        let present = task.facts.status.word.as_ref().filter(|_| is_last);
        return present.or(last.to.word.as_ref()).cloned();
    }
    match task.moves.first() {
        Some(next) => next.from.as_ref()?.word.clone(),
        None => task.facts.status.word.clone().filter(|_| standing.is_now),
    }
}

/// When a move had happened at the latest.
fn moved_on(one: &Move) -> Option<NaiveDate> {
    day(Some(one.point()))
}

/// The day on which `task` came to the word that it had at the end of `range`.
pub(super) fn at_word_since(task: &Matter, range: Range) -> Option<NaiveDate> {
    let days = task.moves.iter().filter_map(moved_on);
    days.filter(|day| *day <= range.to).max()
}

/// The last day up to `end` on which anything is known to have happened to `task`.
pub(super) fn last_sign(task: &Matter, end: NaiveDate) -> Option<NaiveDate> {
    let timeline = &task.timeline;
    let points = [timeline.started, timeline.done, timeline.cancelled];
    let points = points.into_iter().filter_map(day);
    let moves = task.moves.iter().filter_map(moved_on);
    let review = task.facts.review.iter();
    let review = review.flat_map(|one| {
        [
            one.opened,
            one.ready,
            one.first_review,
            one.approved,
            one.merged,
        ]
    });
    let review = review.flatten().filter_map(When::day);
    let opened = task
        .facts
        .created
        .filter(|_| task.facts.kind == TaskKind::Pr);
    let commit = task.last_commit.and_then(Moment::day);
    points
        .chain(moves)
        .chain(review)
        .chain(opened.and_then(When::day))
        .chain(commit)
        .filter(|day| *day <= end)
        .max()
}

/// The first day on which anything is known to have happened to `task`.
fn first_known(task: &Matter) -> Option<NaiveDate> {
    let timeline = &task.timeline;
    let points = [timeline.started, timeline.done, timeline.cancelled];
    let visits = timeline.visits.iter().filter_map(|visit| day(visit.from));
    let moves = task.moves.iter().filter_map(moved_on);
    points
        .into_iter()
        .filter_map(day)
        .chain(visits)
        .chain(moves)
        .min()
}

/// Where a task without moves stood before it ended, and since when.
fn before_its_end(task: &Matter, range: Range) -> (Stage, Option<NaiveDate>) {
    let by_then = |day: Option<NaiveDate>| day.filter(|day| *day <= range.to);
    if let Some(review) = &task.facts.review {
        let opened = review.ready.or(review.opened).or(task.facts.created);
        if let Some(opened) = by_then(opened.and_then(When::day)) {
            return (Stage::InReview, Some(opened));
        }
    }
    match by_then(day(task.timeline.started)) {
        Some(started) => (Stage::InProgress, Some(started)),
        None => (Stage::Todo, None),
    }
}

/// It was finished or given up after the days.
fn ends_later(task: &Matter, range: Range) -> bool {
    let end = day(task.timeline.done.or(task.timeline.cancelled));
    end.is_some_and(|day| day > range.to)
}

/// What happened to `task` in `range`, the thing that says most; `worked_on` is the day of the last
/// commit for it there.
pub(super) fn happened(
    task: &Matter,
    range: Range,
    worked_on: Option<NaiveDate>,
) -> Option<Happened> {
    let timeline = &task.timeline;
    let is_pr = task.facts.kind == TaskKind::Pr;
    let inside = |point: Option<Point>| {
        let (day, by_then) = latest(point?)?;
        range.contains(day).then_some((day, by_then))
    };
    let told = |what: &'static str| {
        move |(day, by_then): (NaiveDate, bool)| Happened { what, day, by_then }
    };
    let done = inside(timeline.done).map(told(if is_pr { "merged" } else { "finished" }));
    let given_up = || inside(timeline.cancelled).map(told("given-up"));
    let opened = || {
        let created = task.facts.created.filter(|_| is_pr)?;
        inside(Some(Point::exact(created))).map(told("opened"))
    };
    let worked = || {
        worked_on.map(|day| Happened {
            what: "worked-on",
            day,
            by_then: false,
        })
    };
    done.or_else(given_up)
        .or_else(opened)
        .or_else(|| moved(task, &inside))
        .or_else(worked)
}

/// The last change of stage that is work: planning what is not begun is none.
fn moved(
    task: &Matter,
    inside: &impl Fn(Option<Point>) -> Option<(NaiveDate, bool)>,
) -> Option<Happened> {
    let timeline = &task.timeline;
    let under_way = |stage: Option<Stage>| {
        stage.is_some_and(|stage| matches!(stage, Stage::InProgress | Stage::InReview))
    };
    for (at, visit) in timeline.visits.iter().enumerate().rev() {
        let Some((day, by_then)) = inside(visit.from) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|at| timeline.visits[at].stage);
        let was_closed = before.is_some_and(Stage::is_closed);
        let what = match visit.stage {
            Some(stage) if !stage.is_closed() && was_closed => "reopened",
            Some(Stage::InProgress) if !under_way(before) => "started",
            Some(Stage::Todo | Stage::Backlog) if under_way(before) => "put-back",
            stage if under_way(stage) => "moved",
            // It was closed and taken up again after these days: that is when it counts.
            Some(stage) if stage.is_closed() => return None,
            _ => continue,
        };
        return Some(Happened { what, day, by_then });
    }
    let (day, by_then) = inside(timeline.started)?;
    Some(Happened {
        what: "started",
        day,
        by_then,
    })
}

/// What an open task waits for at the end of `range`: `review`, `others`, or nothing.
pub(super) fn waits_for(task: &Matter, standing: Standing, range: Range) -> Option<&'static str> {
    let held_up = word(task, standing, range).is_some_and(|word| {
        let word = word.as_str().to_lowercase();
        let mut parts = word.split(|c: char| !c.is_alphanumeric());
        !word.contains("review") && parts.any(|part| HELD_UP.contains(&part))
    });
    match standing.stage? {
        stage if stage.is_closed() => None,
        Stage::InReview if approved(task, range) => None,
        _ if held_up => Some("others"),
        Stage::InReview => Some("review"),
        _ => None,
    }
}

/// A pull request that was approved: it waits for nobody but me.
pub(super) fn approved(task: &Matter, range: Range) -> bool {
    let approved = task
        .facts
        .review
        .as_ref()
        .and_then(|review| review.approved);
    let day = approved.and_then(When::day);
    day.is_some_and(|day| day <= range.to)
}

/// Where a pull request stood at the end of `range`, as [`Request::state`](super::Request::state);
/// `None` while it was not there.
pub(super) fn request_state(task: &Matter, range: Range) -> Option<&'static str> {
    let created = task.facts.created.and_then(When::day);
    if created.is_some_and(|day| day > range.to) {
        return None;
    }
    Some(match at_end(task, range).stage {
        Some(Stage::Done) => "merged",
        Some(Stage::Cancelled) => "closed",
        Some(Stage::InReview) if approved(task, range) => "approved",
        Some(Stage::InReview) => "open",
        _ => "draft",
    })
}
