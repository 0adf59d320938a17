//! Work in progress, its age, and net flow.

use super::{DAY, ask, left_out, march, named, rest, values};
use crate::metrics::flow::{NetFlow, Throughput, Wip, WorkItemAge};
use crate::metrics::testing::{calendar, stamp, task, tasks, visit, weeks};
use crate::metrics::{Metric, flow::CycleTime};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Verdict};
use crate::model::selection::By;
use crate::model::stage::Stage;
use crate::model::work::Task;

/// Four tasks: one from 3 to 11 March, one from 4 March given up on the 17th, one from 10 March
/// and one from 24 March that are not ended.
fn four() -> Dataset {
    let given_up = Task {
        cancelled: Some(stamp("2026-03-17 10:00")),
        stage: Some(Stage::Cancelled),
        ..task("2026-03-02 09:00", "2026-03-04 10:00", "")
    };
    let all = vec![
        task("2026-03-02 09:00", "2026-03-03 10:00", "2026-03-11 10:00"),
        given_up,
        task("2026-03-02 09:00", "2026-03-10 10:00", ""),
        task("2026-03-02 09:00", "2026-03-24 10:00", ""),
    ];
    tasks(all, "2026-03-25")
}

fn keys(figure: &Figure) -> Vec<Key> {
    figure.points.iter().map(|point| point.key).collect()
}

#[test]
fn work_in_progress_is_what_was_started_and_not_ended_at_the_end_of_each_week() {
    // 8 March: the first two. 15 March: the second and third. 22 March: the third. Now: the last two.
    let figure = ask(&Wip, &four(), &march());
    assert_eq!((figure.value, figure.n), (Some(2.0), 2));
    let weeks = [Some(2.0), Some(2.0), Some(1.0), Some(2.0)];
    assert_eq!(values(&figure, Key::Time), weeks);
    assert!(!figure.points.last().expect("points").complete);
    assert_eq!(rest(&figure, "start_from_commit"), Some((0, 2)));
}

#[test]
fn net_flow_adds_up_to_the_work_in_progress() {
    // Starts: two, one, none, one. Ends: none, one, one, none.
    let figure = ask(&NetFlow, &four(), &march());
    assert_eq!((figure.value, figure.n), (Some(2.0), 4));
    let net = [Some(2.0), Some(0.0), Some(-1.0), Some(1.0)];
    assert_eq!(values(&figure, Key::Time), net);
    let went = [Some(0.0), Some(1.0), Some(1.0), Some(0.0)];
    assert_eq!(values(&figure, Key::Name("departures")), went);
    let came = [Some(2.0), Some(1.0), Some(0.0), Some(1.0)];
    assert_eq!(values(&figure, Key::Name("arrivals")), came);
    // Nothing is known of the weeks after the newest export.
    let old = Dataset {
        work: crate::model::work::Work {
            until: Some(stamp("2026-03-12").day),
            ..four().work
        },
        ..Dataset::default()
    };
    let figure = ask(&NetFlow, &old, &march());
    let week_three = &figure.points[2];
    assert!(!week_three.complete);
}

#[test]
fn a_moment_in_the_past_sees_what_was_open_then() {
    let figure = ask(&Wip, &four(), &weeks("2026-03-02", "2026-03-15"));
    assert_eq!((figure.value, figure.n), (Some(2.0), 2));
    let ages = ask(&WorkItemAge, &four(), &weeks("2026-03-02", "2026-03-15"));
    // On 15 March: from the 4th twelve days, from the 10th six.
    assert_eq!(keys(&ages), [Key::Task(1), Key::Task(2)]);
    assert_eq!(values(&ages, Key::Task(1)), [Some(12.0 * DAY)]);
}

#[test]
fn ages_count_to_the_newest_export_and_not_to_the_clock() {
    let data = Dataset {
        work: crate::model::work::Work {
            until: Some(stamp("2026-03-24").day),
            ..four().work
        },
        ..Dataset::default()
    };
    let figure = ask(&WorkItemAge, &data, &march());
    assert_eq!((figure.value, figure.n), (None, 2));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 2, need: 5 });
    assert_eq!(keys(&figure), [Key::Task(2), Key::Task(3)], "oldest first");
    assert_eq!(values(&figure, Key::Task(2)), [Some(15.0 * DAY)]);
    assert_eq!(values(&figure, Key::Task(3)), [Some(DAY)]);
    let point = &figure.points[0];
    assert_eq!(point.from.to_string(), "2026-03-10");
    assert_eq!(point.to.to_string(), "2026-03-24");
}

#[test]
fn ages_stand_beside_the_days_that_finished_tasks_took() {
    // Five finished ones of 2, 3, 4, 5 and 6 civil days; open ones of 4, 5 and 15 days.
    let ends = ["04", "05", "06", "07", "08"];
    let finished = ends.map(|day| {
        let done = format!("2026-03-{day} 10:00");
        task("2026-03-02 09:00", "2026-03-03 10:00", &done)
    });
    let open = ["22", "21", "11"].map(|day| {
        let start = format!("2026-03-{day} 23:00");
        task("2026-03-02 09:00", &start, "")
    });
    let all = finished.into_iter().chain(open).collect();
    let figure = ask(&WorkItemAge, &tasks(all, "2026-03-25"), &march());
    assert_eq!(named(&figure, "p50 finished"), Some(4.0 * DAY));
    assert_eq!(named(&figure, "p85 finished"), None, "five are too few");
    assert_eq!(rest(&figure, "older_than_p50"), Some((2, 3)));
    assert_eq!(rest(&figure, "older_than_p85"), None);
}

#[test]
fn in_progress_without_a_start_is_said_and_not_counted() {
    let mut unstarted = task("2026-03-02 09:00", "", "");
    unstarted.stage = Some(Stage::InReview);
    let mut data = four();
    data.work.tasks.push(Task {
        id: crate::model::ids::TaskId(9),
        ..unstarted
    });
    let figure = ask(&Wip, &data, &march());
    assert_eq!((figure.value, figure.n), (Some(2.0), 2));
    let weeks_of = [Some(2.0), Some(2.0), Some(1.0), Some(2.0)];
    assert_eq!(values(&figure, Key::Time), weeks_of);
    assert_eq!(rest(&figure, "start_not_known"), Some((1, 3)));
    let past = ask(&Wip, &data, &weeks("2026-03-02", "2026-03-15"));
    assert_eq!((past.value, left_out(&past, "no_start")), (Some(2.0), 1));
    let ages = ask(&WorkItemAge, &data, &march());
    assert_eq!((ages.n, left_out(&ages, "no_start")), (2, 1));
}

#[test]
fn a_commit_starts_a_task_unless_its_whole_history_says_otherwise() {
    let begun = |whole, stage| Task {
        first_commit: Some(stamp("2026-03-10 10:00")),
        whole,
        stage: Some(stage),
        ..task("2026-03-02 09:00", "", "")
    };
    let all = vec![
        begun(true, Stage::InProgress),
        begun(false, Stage::Todo),
        begun(true, Stage::Todo),
    ];
    let figure = ask(&WorkItemAge, &tasks(all, "2026-03-25"), &march());
    assert_eq!(keys(&figure), [Key::Task(0), Key::Task(1)]);
    assert_eq!(rest(&figure, "start_from_commit"), Some((2, 2)));
}

#[test]
fn a_reopened_task_is_not_in_progress_while_it_is_closed() {
    // Started on the 3rd, done on the 5th, reopened on the 18th, done on the 24th.
    let mut data = tasks(
        vec![task(
            "2026-03-02 09:00",
            "2026-03-03 10:00",
            "2026-03-24 10:00",
        )],
        "2026-03-25",
    );
    for stay in [
        (Stage::InProgress, "2026-03-03 10:00", "2026-03-05 10:00"),
        (Stage::Done, "2026-03-05 10:00", "2026-03-18 10:00"),
        (Stage::InProgress, "2026-03-18 10:00", "2026-03-24 10:00"),
        (Stage::Done, "2026-03-24 10:00", ""),
    ] {
        visit(&mut data, 0, stay);
    }
    let wip = ask(&Wip, &data, &march());
    let levels = [Some(0.0), Some(0.0), Some(1.0), Some(0.0)];
    assert_eq!(values(&wip, Key::Time), levels);
    let net = ask(&NetFlow, &data, &march());
    assert_eq!((net.value, net.n), (Some(0.0), 1), "one task, four moves");
    assert_eq!(ask(&Throughput, &data, &march()).n, 1, "done once");
}

#[test]
fn what_nobody_knows_is_left_out_with_its_reason() {
    let closed = |windowed| Task {
        stage: Some(Stage::Done),
        windowed,
        ..task("2026-03-02 09:00", "2026-03-03 10:00", "")
    };
    let unmapped = Task {
        stage: None,
        ..task("2026-03-02 09:00", "2026-03-03 10:00", "")
    };
    let late = task("2026-03-02 09:00", "", "2026-03-24 10:00");
    let all = vec![closed(true), closed(false), unmapped, late];
    let mut data = four();
    data.work.tasks.extend(tasks(all, "2026-03-25").work.tasks);
    let figure = ask(&Wip, &data, &weeks("2026-03-02", "2026-03-15"));
    for reason in ["between_exports", "no_finish_time", "no_stage", "no_start"] {
        assert_eq!(left_out(&figure, reason), 1, "{reason}");
    }
    let now = ask(&Wip, &data, &march());
    assert_eq!(left_out(&now, "no_start"), 0, "it is surely closed now");
}

#[test]
fn a_tracker_that_tells_no_start_has_no_work_in_progress() {
    let data = tasks(vec![task("2026-03-02 09:00", "", "")], "2026-03-25");
    for metric in [&Wip as &dyn Metric, &WorkItemAge, &NetFlow] {
        for data in [&data, &Dataset::default()] {
            let figure = ask(metric, data, &march());
            assert_eq!((figure.value, figure.n), (None, 0), "{}", metric.id());
            assert!(figure.points.iter().all(|point| point.value.is_none()));
        }
    }
}

#[test]
fn days_are_civil_days_across_a_clock_change() {
    // Berlin, 29 March 2026: the clock goes forward. Started on the 28th at 23:30, seen on the 30th.
    let mut one = task("2026-03-02 09:00", "2026-03-28 22:30", "");
    one.started =
        crate::model::work::Stamp::at(crate::metrics::testing::utc("2026-03-28 22:30"), 60);
    let data = tasks(vec![one], "2026-03-30");
    let selection = weeks("2026-03-23", "2026-04-05");
    let figure = WorkItemAge.compute(&data, &selection, &calendar("2026-03-30 12:00"));
    assert_eq!(values(&figure, Key::Task(0)), [Some(3.0 * DAY)]);
}

#[test]
fn work_in_progress_is_parted_by_project() {
    let mut data = four();
    data.work.tasks[2].project = 4;
    let selection = crate::model::selection::Selection {
        by: By::Project,
        ..march()
    };
    let figure = ask(&Wip, &data, &selection);
    assert_eq!(keys(&figure), [Key::Project(4), Key::Name("no project")]);
    assert_eq!(ask(&CycleTime, &data, &selection).n, 1);
}
