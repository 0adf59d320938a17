//! What facts and moves mean in stages.

use super::fold::Move;
use super::moment::Moment;
use super::stage::{Stage, StageWords, Status};
use super::task::{TaskFacts, When};
use super::timeline::{Point, Stages, Timeline, Visit};

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
