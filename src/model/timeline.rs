//! What a task's facts and moves mean in stages: where it stands, when work on it began and
//! ended, and how long it was where.
//!
//! Told when a task is read, so that a word mapped later needs no second import. What the facts
//! do not say stays open: a word without a stage is a gap, never a guess.

use std::collections::HashMap;

use super::fold::Move;
use super::stage::{Stage, StageWords, Status};
use super::task::{TaskFacts, When};

/// When something happened, as exact as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When; of an observed point, the last time it is known not to have happened yet.
    pub at: When,
    /// Of an observed point, the first time it is known to have happened.
    pub until: Option<When>,
}

impl Point {
    /// An exact one.
    pub fn exact(at: When) -> Self {
        Self { at, until: None }
    }

    /// The time, where it is known exactly.
    pub fn known(self) -> Option<When> {
        self.until.is_none().then_some(self.at)
    }
}

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
        let visits = visits(facts, &steps, stage, ended);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::moment::Moment;

    fn at(hours: i64) -> When {
        When::At(Moment::new(1_780_000_000 + 3_600 * hours, 0))
    }

    fn exact(hours: i64) -> Point {
        Point::exact(at(hours))
    }

    fn moved(hours: i64, from: &str, to: &str) -> Move {
        Move {
            at: at(hours),
            until: None,
            from: Some(Status::word(from)).filter(|from| from.word.is_some()),
            to: Status::word(to),
        }
    }

    fn facts(word: &str) -> TaskFacts {
        TaskFacts {
            status: Status::word(word),
            ..TaskFacts::default()
        }
    }

    fn tell(facts: &TaskFacts, moves: &[Move]) -> Timeline {
        let words = StageWords::default();
        Timeline::of(facts, moves, &mut Stages::new(&words))
    }

    fn stages(told: &Timeline) -> Vec<Option<Stage>> {
        told.visits.iter().map(|visit| visit.stage).collect()
    }

    #[test]
    fn a_whole_history_tells_start_end_and_every_stay() {
        let mut facts = facts("Closed");
        (facts.created, facts.history_whole) = (Some(at(0)), true);
        let told = tell(
            &facts,
            &[
                moved(1, "To Do", "In Progress"),
                moved(3, "In Progress", "Review"),
                moved(4, "Review", "Resolved"),
                moved(9, "Resolved", "Closed"),
            ],
        );
        assert_eq!(told.stage, Some(Stage::Done));
        assert_eq!((told.started, told.done), (Some(exact(1)), Some(exact(4))));
        assert_eq!(told.cancelled, None);
        let stay = |stage, from, to| Visit {
            stage: Some(stage),
            from: Some(exact(from)),
            to,
        };
        let expected = [
            stay(Stage::Todo, 0, Some(exact(1))),
            stay(Stage::InProgress, 1, Some(exact(3))),
            stay(Stage::InReview, 3, Some(exact(4))),
            stay(Stage::Done, 4, None),
        ];
        assert_eq!(told.visits, expected);
    }

    #[test]
    fn reopened_counts_once_at_the_last_time() {
        let moves = [
            moved(1, "To Do", "In Progress"),
            moved(2, "In Progress", "Done"),
            moved(5, "Done", "In Progress"),
            moved(7, "In Progress", "Done"),
        ];
        let told = tell(&facts("Done"), &moves);
        assert_eq!((told.started, told.done), (Some(exact(1)), Some(exact(7))));
        let (progress, done) = (Some(Stage::InProgress), Some(Stage::Done));
        let expected = [Some(Stage::Todo), progress, done, progress, done];
        assert_eq!(stages(&told), expected);
        let mut open = facts("In Progress");
        open.done = Some(at(2));
        let told = tell(&open, &moves[..3]);
        assert_eq!(told.done, None, "it is open again");
    }

    #[test]
    fn cancelled_is_not_done() {
        let mut facts = facts("Won't Do");
        facts.done = Some(at(6));
        let told = tell(&facts, &[]);
        assert_eq!((told.done, told.cancelled), (None, Some(exact(6))));
        assert_eq!(told.started, None);
    }

    #[test]
    fn a_planted_done_date_of_an_open_task_means_nothing() {
        let mut facts = facts("To Do");
        facts.done = Some(at(6));
        let told = tell(&facts, &[]);
        assert_eq!((told.stage, told.done), (Some(Stage::Todo), None));
    }

    #[test]
    fn an_unknown_word_is_a_gap() {
        let moves = [
            moved(1, "To Do", "Frobnicating"),
            moved(2, "Frobnicating", "Review"),
            moved(3, "Review", "Quux"),
        ];
        let told = tell(&facts("Quux"), &moves);
        assert_eq!(told.stage, None);
        let expected = [Some(Stage::Todo), None, Some(Stage::InReview), None];
        assert_eq!(stages(&told), expected);
        assert_eq!(
            (told.visits[1].from, told.visits[1].to),
            (Some(exact(1)), Some(exact(2)))
        );
        assert_eq!(told.started, Some(exact(2)));
    }

    #[test]
    fn what_a_cut_history_does_not_tell_is_a_gap_and_no_start() {
        let told = tell(&facts("Done"), &[moved(5, "In Progress", "Review")]);
        assert_eq!(told.started, None, "it was in progress before");
        assert_eq!(told.done, None);
        let expected = [
            Some(Stage::InProgress),
            Some(Stage::InReview),
            None,
            Some(Stage::Done),
        ];
        assert_eq!(stages(&told), expected);
        assert_eq!(told.visits[1].to, None);
        // Between two moves that do not fit, too.
        let moves = [
            moved(1, "To Do", "In Progress"),
            moved(9, "To Do", "Review"),
        ];
        let told = tell(&facts("Review"), &moves);
        assert_eq!(told.started, Some(exact(1)));
        let (todo, review) = (Some(Stage::Todo), Some(Stage::InReview));
        assert_eq!(stages(&told), [todo, Some(Stage::InProgress), None, review]);
    }

    #[test]
    fn what_was_made_in_progress_began_when_it_was_made() {
        let mut facts = facts("Doing");
        facts.created = Some(at(0));
        assert_eq!(tell(&facts, &[]).started, None);
        facts.history_whole = true;
        assert_eq!(tell(&facts, &[]).started, Some(exact(0)));
    }

    #[test]
    fn an_observed_move_keeps_its_window_unless_a_date_lies_in_it() {
        let observed = Move {
            until: Some(at(9)),
            ..moved(3, "In Progress", "Done")
        };
        let mut facts = facts("Done");
        let point = Point {
            at: at(3),
            until: Some(at(9)),
        };
        let told = tell(&facts, std::slice::from_ref(&observed));
        assert_eq!(told.done, Some(point));
        assert_eq!(point.known(), None);
        facts.done = Some(at(5));
        let told = tell(&facts, &[observed]);
        assert_eq!(
            (told.done, told.visits[0].to),
            (Some(exact(5)), Some(exact(5)))
        );
    }

    #[test]
    fn a_start_that_the_export_names_comes_before_its_moves() {
        let mut facts = facts("Done");
        facts.started = Some(at(2));
        let told = tell(&facts, &[moved(4, "To Do", "In Progress")]);
        assert_eq!(told.started, Some(exact(2)));
    }
}
