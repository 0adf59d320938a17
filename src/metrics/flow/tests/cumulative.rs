//! Cumulative flow.

use super::{ask, left_out, march, values};
use crate::metrics::flow::CumulativeFlow;
use crate::metrics::testing::{stamp, task, tasks, visit};
use crate::model::dataset::Dataset;
use crate::model::figure::Key;
use crate::model::stage::Stage;
use crate::model::work::{Task, Visit};

#[test]
fn every_task_stands_somewhere_from_its_creation_on() {
    // Written on the 2nd, planned on the 4th, begun on the 10th, reviewed on the 12th, done on the 17th.
    let mut data = tasks(
        vec![
            task("2026-03-02 09:00", "2026-03-10 09:00", "2026-03-17 09:00"),
            task("2026-03-11 09:00", "", ""),
        ],
        "2026-03-25",
    );
    for stay in [
        (Stage::Backlog, "2026-03-02 09:00", "2026-03-04 09:00"),
        (Stage::Todo, "2026-03-04 09:00", "2026-03-10 09:00"),
        (Stage::InProgress, "2026-03-10 09:00", "2026-03-12 09:00"),
        (Stage::InReview, "2026-03-12 09:00", "2026-03-17 09:00"),
        (Stage::Done, "2026-03-17 09:00", ""),
    ] {
        visit(&mut data, 0, stay);
    }
    visit(&mut data, 1, (Stage::Todo, "2026-03-11 09:00", ""));
    let figure = ask(&CumulativeFlow, &data, &march());
    assert_eq!((figure.value, figure.n), (Some(1.0), 2));
    let todo = [Some(1.0), Some(1.0), Some(1.0), Some(1.0)];
    assert_eq!(values(&figure, Key::Name("todo")), todo);
    let review = [Some(0.0), Some(1.0), Some(0.0), Some(0.0)];
    assert_eq!(values(&figure, Key::Name("in-review")), review);
    let done = [Some(0.0), Some(0.0), Some(1.0), Some(1.0)];
    assert_eq!(values(&figure, Key::Name("done")), done);
    assert_eq!(
        values(&figure, Key::Name("backlog")),
        [],
        "at no week's end"
    );
}

#[test]
fn a_gap_in_the_history_is_not_known_and_no_guess() {
    // Begun on the 3rd and left nobody knows when; in review from the 16th on.
    let mut data = tasks(
        vec![task("2026-03-02 09:00", "2026-03-03 09:00", "")],
        "2026-03-25",
    );
    visit(&mut data, 0, (Stage::InProgress, "2026-03-03 09:00", ""));
    data.work.visits[0].lasts = false;
    visit(&mut data, 0, (Stage::InReview, "2026-03-16 09:00", ""));
    data.work.visits.insert(
        1,
        Visit {
            stage: None,
            from: None,
            to: None,
            lasts: false,
        },
    );
    data.work.tasks[0].visits = 0..3;
    data.work.tasks[0].stage = Some(Stage::InReview);
    let figure = ask(&CumulativeFlow, &data, &march());
    let unknown = [Some(1.0), Some(1.0), Some(0.0), Some(0.0)];
    assert_eq!(values(&figure, Key::Name("not known")), unknown);
    let review = [Some(0.0), Some(0.0), Some(1.0), Some(1.0)];
    assert_eq!(values(&figure, Key::Name("in-review")), review);
}

#[test]
fn without_a_history_only_ends_and_the_present_are_known() {
    let cancelled = Task {
        cancelled: Some(stamp("2026-03-10 09:00")),
        stage: Some(Stage::Cancelled),
        ..task("2026-03-02 09:00", "", "")
    };
    let all = vec![
        task("2026-03-02 09:00", "2026-03-03 09:00", ""),
        cancelled,
        task("", "2026-03-03 09:00", ""),
    ];
    let figure = ask(&CumulativeFlow, &tasks(all, "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n), (Some(1.0), 2));
    assert_eq!(left_out(&figure, "no_creation"), 1);
    let unknown = [Some(2.0), Some(1.0), Some(1.0), Some(0.0)];
    assert_eq!(values(&figure, Key::Name("not known")), unknown);
    let progress = [Some(0.0), Some(0.0), Some(0.0), Some(1.0)];
    assert_eq!(values(&figure, Key::Name("in-progress")), progress);
}

#[test]
fn nothing_is_drawn_of_nothing_and_unknown_weeks_have_no_value() {
    let empty = ask(&CumulativeFlow, &Dataset::default(), &march());
    assert_eq!((empty.value, empty.points.len()), (None, 0));
    let data = tasks(vec![task("2026-03-02 09:00", "", "")], "2026-03-11");
    let figure = ask(&CumulativeFlow, &data, &march());
    let todo = [Some(0.0), Some(1.0), None, None];
    assert_eq!(values(&figure, Key::Name("todo")), todo);
    let complete: Vec<bool> = figure.points.iter().map(|point| point.complete).collect();
    assert_eq!(
        complete,
        [true, true, false, false, false, false, false, false]
    );
}
