//! What a task's facts and moves mean in stages: where it stands, when work on it began and
//! ended, and how long it was where.
//!
//! Told when a task is read, so that a word mapped later needs no second import. What the facts
//! do not say stays open: a word without a stage is a gap, never a guess.

use std::collections::HashMap;

use super::fold::Move;
pub use super::point::Point;
use super::stage::{Stage, StageWords, Status};
use super::task::{TaskFacts, When};

/// A stay in one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The stage; `None` for a gap: a word without a stage, or a time that no move tells of.
    pub stage: Option<Stage>,
    /// When it was entered; `None` where that is not known.
    pub from: Option<Point>,
    /// When it was left; `None` for the last one, and where that is not known (a gap follows).
    pub to: Option<Point>,
}

/// A task's way through the stages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Where it stands; `None` when nothing says so.
    pub stage: Option<Stage>,
    /// When work began: what the export says, else the first move into progress or review.
    pub started: Option<Point>,
    /// When it was finished, the last time; only of a task that is done.
    pub done: Option<Point>,
    /// When it was given up; only of a task that is cancelled.
    pub cancelled: Option<Point>,
    /// Where it was, oldest first; visits to one stage that follow each other are one.
    pub visits: Vec<Visit>,
}

/// Tells the stages of statuses, each once.
#[derive(Debug)]
pub struct Stages<'w> {
    words: &'w StageWords,
    told: HashMap<Status, Option<Stage>>,
}

impl<'w> Stages<'w> {
    /// By these words.
    pub fn new(words: &'w StageWords) -> Self {
        let told = HashMap::new();
        Self { words, told }
    }

    /// The stage that `status` means; `None` when nothing says so.
    pub fn of(&mut self, status: &Status) -> Option<Stage> {
        if let Some(told) = self.told.get(status) {
            return *told;
        }
        let stage = self.words.stage(status);
        self.told.insert(status.clone(), stage);
        stage
    }
}

/// A move in stages.
struct Step {
    point: Point,
    /// `None` where the move does not say where it came from.
    from: Option<Spot>,
    to: Option<Stage>,
}

/// Where a task was: a stage, or a gap.
#[derive(Clone, Copy, PartialEq)]
struct Spot(Option<Stage>);

impl Timeline {
    /// The timeline of a task with these moves, oldest first.
    pub fn of(facts: &TaskFacts, moves: &[Move], stages: &mut Stages<'_>) -> Self {
        let stage = stages.of(&facts.status);
        let steps: Vec<Step> = moves
            .iter()
            .map(|moved| step(facts, moved, stages))
            .collect();
        let ended = stage
            .filter(|stage| stage.is_closed())
            .and_then(|stage| ended(facts, &steps, stage));
        let mut visits = visits(facts, &steps, stage, ended);
        // A hundred thousand tasks keep theirs: room for more would be most of the memory.
        visits.shrink_to_fit();
        Self {
            stage,
            started: started(facts, &visits),
            done: ended.filter(|_| stage == Some(Stage::Done)),
            cancelled: ended.filter(|_| stage == Some(Stage::Cancelled)),
            visits,
        }
    }
}

fn is_work(stage: Option<Stage>) -> bool {
    matches!(stage, Some(Stage::InProgress | Stage::InReview))
}

/// An observed move is exact where the export has a time for it that lies within its window.
fn step(facts: &TaskFacts, moved: &Move, stages: &mut Stages<'_>) -> Step {
    let (from, to) = (
        moved.from.as_ref().map(|from| Spot(stages.of(from))),
        stages.of(&moved.to),
    );
    let said = match to {
        Some(Stage::InProgress) => facts.started,
        Some(Stage::Done | Stage::Cancelled) => facts.done,
        _ => None,
    };
    let within = |until: When| {
        said.filter(|said| moved.at.order() < said.order() && said.order() <= until.order())
    };
    let point = match moved.until.and_then(within) {
        Some(said) => Point::exact(said),
        None => Point {
            at: moved.at,
            until: moved.until,
        },
    };
    Step { point, from, to }
}

/// The explicit start, else the first move into progress, if all before it is known to be none.
fn started(facts: &TaskFacts, visits: &[Visit]) -> Option<Point> {
    if let Some(said) = facts.started {
        return Some(Point::exact(said));
    }
    visits.iter().find(|visit| is_work(visit.stage))?.from
}

/// When a closed task reached its stage for the last time: by its history, else as it says.
fn ended(facts: &TaskFacts, steps: &[Step], stage: Stage) -> Option<Point> {
    let said = facts.done.map(Point::exact);
    let stays = steps.iter().rev().take_while(|step| step.to == Some(stage));
    match stays.last().map(|step| step.point) {
        Some(moved) if moved.until.is_none() => Some(moved),
        moved => said.or(moved),
    }
}

/// Where the task was, as far as moves tell.
fn visits(
    facts: &TaskFacts,
    steps: &[Step],
    stage: Option<Stage>,
    ended: Option<Point>,
) -> Vec<Visit> {
    let mut visits = Visits(Vec::new());
    let created = facts.created.map(Point::exact);
    // Only a whole history says that nothing came before its first move.
    let first = steps.first().and_then(|step| step.from);
    let origin = match (steps.is_empty(), facts.history_whole) {
        (true, true) => Some(stage),
        (true, false) => None,
        (false, _) => Some(first.and_then(|spot| spot.0)),
    };
    if let Some(origin) = origin {
        visits.enter(origin, created.filter(|_| facts.history_whole));
    }
    for step in steps {
        if let Some(from) = step.from {
            visits.must_be(from.0);
        }
        visits.enter(step.to, Some(step.point));
    }
    if visits.now() == Some(Spot(stage)) {
        return visits.0;
    }
    // No move tells how it came where it stands.
    visits.must_be(None);
    if stage.is_some() {
        visits.enter(stage, ended);
    }
    visits.0
}

/// Visits while they are put together.
struct Visits(Vec<Visit>);

impl Visits {
    fn now(&self) -> Option<Spot> {
        self.0.last().map(|visit| Spot(visit.stage))
    }

    fn enter(&mut self, stage: Option<Stage>, from: Option<Point>) {
        if self.now() == Some(Spot(stage)) {
            return;
        }
        if let Some(last) = self.0.last_mut() {
            last.to = from;
        }
        let to = None;
        self.0.push(Visit { stage, from, to });
    }

    /// The task is known to be in `stage` now: if it was last seen elsewhere, how long it stayed
    /// there is not known.
    fn must_be(&mut self, stage: Option<Stage>) {
        if self
            .now()
            .is_some_and(|now| now.0 != stage && now.0.is_some())
        {
            self.0.push(Visit {
                stage: None,
                from: None,
                to: None,
            });
        }
    }
}
