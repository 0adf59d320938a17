//! What several exports of one task fold to.

use super::{Folded, Seen, entry, given, task};
use crate::model::moment::Moment;
use crate::model::stage::{Stage, Status};
use crate::model::task::{Entry, GivenReview, LooseEntry, TaskFacts, Transition, When};
use crate::model::text::Clean;

fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

fn at(hours: i64) -> When {
    When::At(Moment::new(1_780_000_000 + 3_600 * hours, 0))
}

fn shown(word: &str, updated: i64) -> TaskFacts {
    TaskFacts {
        source: clean("jira"),
        key: clean("ING-1"),
        status: Status::word(word),
        updated: Some(at(updated)),
        ..TaskFacts::default()
    }
}

fn moved(hours: i64, to: &str) -> Transition {
    Transition {
        at: at(hours),
        from: None,
        to: Status::word(to),
    }
}

/// Folds exports of these formats, in this order and the other: it must not matter.
fn fold(exports: &[(&str, TaskFacts)]) -> Folded {
    let formats: Vec<[String; 1]> = exports.iter().map(|(f, _)| [(*f).to_owned()]).collect();
    let mut seen: Vec<Seen<'_, TaskFacts>> = exports
        .iter()
        .zip(&formats)
        .map(|((_, facts), formats)| Seen {
            facts,
            modified: None,
            formats,
        })
        .collect();
    let folded = task(&seen);
    seen.reverse();
    assert_eq!(task(&seen), folded);
    folded
}

fn words(folded: &Folded) -> Vec<(&str, bool)> {
    let word = |moved: &super::Move| moved.until.is_some();
    let moves = folded.moves.iter();
    moves
        .map(|moved| (moved.to.word.as_ref().unwrap().as_str(), word(moved)))
        .collect()
}

#[test]
fn the_newest_export_wins_and_an_older_one_takes_nothing_back() {
    let (mut old, mut new) = (shown("To Do", 1), shown("In Progress", 5));
    (old.title, new.title) = (clean("a first idea"), clean("what it became"));
    old.due = Some(at(90));
    new.due = Some(at(95));
    let folded = fold(&[("csv", new.clone()), ("csv", old)]).facts;
    assert_eq!(folded.title, new.title);
    assert_eq!((folded.due, folded.status), (new.due, new.status));
}

#[test]
fn what_an_export_lacks_is_not_erased() {
    let (mut old, new) = (shown("To Do", 1), shown("To Do", 5));
    (old.created, old.started, old.spent) = (Some(at(0)), Some(at(1)), Some(60));
    (old.title, old.due) = (clean("the title"), Some(at(90)));
    let folded = fold(&[("csv", old.clone()), ("csv", new)]).facts;
    assert_eq!(folded.title, old.title);
    assert_eq!((folded.created, folded.started), (old.created, old.started));
    assert_eq!((folded.spent, folded.due), (old.spent, old.due));
}

#[test]
fn labels_stay_when_an_export_without_them_follows() {
    let (mut old, new) = (shown("To Do", 1), shown("To Do", 5));
    (old.tags, old.project) = (vec![clean("backend")], Some(clean("Ingest")));
    let other = fold(&[("json", old.clone()), ("csv", new.clone())]).facts;
    assert_eq!(
        (other.tags, other.project),
        (old.tags.clone(), old.project.clone())
    );
    let same = fold(&[("json", old.clone()), ("json", new)]).facts;
    assert_eq!((same.tags, same.project), (old.tags, old.project));
}

#[test]
fn the_trackers_own_record_says_where_a_task_stands_and_a_copy_only_adds() {
    let (mut issue, mut copy) = (shown("Done", 2), shown("pending", 5));
    (issue.source, issue.key, issue.done) = (clean("github"), clean("o/r#5"), Some(at(2)));
    (copy.source, copy.key, copy.due) = (clean("taskwarrior"), clean("aaaaaaaa"), Some(at(90)));
    let folded = fold(&[("gh", issue.clone()), ("task", copy.clone())]).facts;
    assert_eq!((&folded.key, &folded.status), (&issue.key, &issue.status));
    assert_eq!((folded.done, folded.due), (issue.done, copy.due));
    let alone = fold(&[("task", copy.clone())]).facts;
    assert_eq!(alone.key, copy.key);
}

#[test]
fn two_formats_of_one_tracker_that_show_one_state_differently_are_no_move() {
    let mut csv = shown("Done", 5);
    csv.done = Some(at(4));
    let mut json = shown("Done", 6);
    json.status = Status::word("done").category(Some(Stage::Done));
    json.transitions = vec![moved(2, "In Progress"), moved(4, "Done")];
    let folded = fold(&[("csv", csv), ("json", json)]);
    assert_eq!(words(&folded), [("In Progress", false), ("Done", false)]);
    assert_eq!(folded.facts.done, Some(at(4)), "of the same state");
}

#[test]
fn a_reopened_task_is_not_finished_any_more_nor_by_an_older_date() {
    let mut done = shown("Done", 2);
    done.done = Some(at(2));
    let again = shown("In Progress", 4);
    let folded = fold(&[("csv", done.clone()), ("csv", again.clone())]).facts;
    assert_eq!(folded.done, None);
    let folded = fold(&[("csv", done), ("csv", again), ("csv", shown("Done", 9))]);
    assert_eq!(
        folded.facts.done, None,
        "it was finished again, who knows when"
    );
}

#[test]
fn two_exports_without_a_history_show_a_move_in_its_window() {
    let folded = fold(&[
        ("csv", shown("In Progress", 3)),
        ("csv", shown("In Review", 10)),
    ]);
    let [moved] = &folded.moves[..] else {
        panic!("{:?}", folded.moves)
    };
    assert_eq!((moved.at, moved.until), (at(3), Some(at(10))));
    assert_eq!(moved.from, Some(Status::word("In Progress")));
    assert_eq!(moved.to, Status::word("In Review"));
}

#[test]
fn an_exact_move_beats_an_observed_one() {
    let mut told = shown("In Review", 10);
    told.transitions = vec![moved(7, "In Review")];
    let folded = fold(&[("csv", shown("In Progress", 3)), ("csv", told.clone())]);
    assert_eq!(words(&folded), [("In Review", false)]);
    // A later history tells it too, and a cut one leaves what it does not tell.
    let mut later = shown("Done", 20);
    later.transitions = vec![moved(7, "In Review"), moved(8, "In Progress")];
    let folded = fold(&[("csv", shown("In Progress", 3)), ("json", later)]);
    let expected = [("In Review", false), ("In Progress", false), ("Done", true)];
    assert_eq!(words(&folded), expected);
    assert_eq!(
        (folded.moves[2].at, folded.moves[2].until),
        (at(8), Some(at(20)))
    );
}

#[test]
fn nothing_is_observed_where_a_history_is_whole() {
    let mut whole = shown("Done", 20);
    whole.transitions = vec![moved(8, "Done")];
    whole.history_whole = true;
    let exports = [
        ("csv", shown("Waiting", 3)),
        ("csv", shown("Selected", 5)),
        ("json", whole),
        ("csv", shown("Reopened", 30)),
    ];
    let folded = fold(&exports);
    assert_eq!(words(&folded), [("Done", false), ("Reopened", true)]);
    assert_eq!(folded.moves[1].at, at(20));
}

#[test]
fn a_linked_copy_in_another_tracker_shows_no_moves() {
    let mut copy = shown("pending", 5);
    copy.source = clean("taskwarrior");
    let exports = [
        ("csv", shown("In Progress", 3)),
        ("taskwarrior", copy),
        ("csv", shown("In Progress", 8)),
    ];
    assert_eq!(fold(&exports).moves, []);
}

#[test]
fn the_same_move_in_two_formats_is_one_and_twice_in_one_minute_is_two() {
    let mut csv = shown("B", 9);
    csv.transitions = vec![moved(1, "B"), moved(1, "A"), moved(1, "B")];
    let mut json = shown("B", 9);
    json.transitions = csv.transitions.clone();
    for moved in &mut json.transitions {
        moved.to.category = Some(Stage::Todo);
    }
    let folded = fold(&[("csv", csv), ("json", json)]);
    assert_eq!(words(&folded), [("B", false), ("A", false), ("B", false)]);
}

#[test]
fn without_a_change_date_the_newer_file_wins() {
    let facts = |done: Option<When>| TaskFacts {
        status: Status::of(if done.is_some() {
            Stage::Done
        } else {
            Stage::Todo
        }),
        updated: None,
        done,
        ..shown("", 0)
    };
    let (done, open) = (facts(Some(at(5))), facts(None));
    let formats = ["todo-txt".to_owned()];
    let seen = |facts, modified| Seen {
        facts,
        modified,
        formats: &formats,
    };
    let hour = |hours| at(hours).moment().map(|at| at.utc);
    let reopened = task(&[seen(&open, hour(9)), seen(&done, hour(6))]);
    assert_eq!(reopened.facts.status, Status::of(Stage::Todo));
    assert_eq!(reopened.moves[0].until, Some(at(9)));
    let finished = task(&[seen(&open, hour(4)), seen(&done, hour(6))]);
    assert_eq!(finished.facts.done, Some(at(5)));
}

#[test]
fn a_time_entry_is_as_the_newer_file_has_it() {
    let loose = |hours: Option<i64>, note: &str| LooseEntry {
        source: clean("toggl"),
        entry: Entry {
            id: None,
            start: at(0),
            end: hours.map(at),
            seconds: hours.map(|hours| hours * 3_600),
            note: Some(clean(note)).filter(|note| !note.is_empty()),
        },
        project: None,
        task: None,
        tags: Vec::new(),
        busy: false,
    };
    let (long, short, running) = (loose(Some(3), "one"), loose(Some(2), ""), loose(None, ""));
    let seen = |facts, modified| Seen {
        facts,
        modified,
        formats: &[],
    };
    let folded = entry(&[seen(&long, Some(1)), seen(&short, Some(2))]).unwrap();
    assert_eq!(
        (folded.entry.end, folded.entry.note),
        (Some(at(2)), Some(clean("one")))
    );
    let folded = entry(&[seen(&running, None), seen(&short, None)]).unwrap();
    assert_eq!(
        folded.entry.end,
        Some(at(2)),
        "an ended one over a running one"
    );
    assert_eq!(entry(&[]), None);
}

#[test]
fn reviews_given_are_all_that_any_export_has() {
    let review = |times: &[i64]| GivenReview {
        source: clean("github"),
        key: clean("ada/engine#1"),
        aliases: Vec::new(),
        project: None,
        requested: None,
        times: times.iter().map(|hours| at(*hours)).collect(),
    };
    let (a, b) = (review(&[1, 5]), review(&[3, 5]));
    let seen = |facts| Seen {
        facts,
        modified: None,
        formats: &[],
    };
    let folded = given(&[seen(&a), seen(&b)]).unwrap();
    assert_eq!(folded.times, [at(1), at(3), at(5)]);
}
