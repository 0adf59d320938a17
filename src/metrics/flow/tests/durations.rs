//! Cycle time and lead time.

use super::{DAY, HOUR, ask, left_out, march, named, rest, values};
use crate::metrics::flow::{CycleTime, LeadTime};
use crate::metrics::testing::{commits, stamp, task, tasks, utc};
use crate::model::dataset::Dataset;
use crate::model::figure::{Key, Verdict};
use crate::model::links::{Link, LinkRule};
use crate::model::selection::By;
use crate::model::stage::Stage;
use crate::model::work::{Stamp, Task};

/// Created on 2 March at nine, started at ten of the first day, done at ten of the second.
fn worked(days: &[(&str, &str)]) -> Vec<Task> {
    let one = |(from, to): &(&str, &str)| {
        let (from, to) = (format!("{from} 10:00"), format!("{to} 10:00"));
        task("2026-03-02 09:00", &from, &to)
    };
    days.iter().map(one).collect()
}

#[test]
fn the_median_of_six_tasks_is_the_mean_of_the_middle_two() {
    // 1, 2, 3, 5, 8 and 13 days: median 4; the exact interval of six is the smallest and largest.
    let data = tasks(
        worked(&[
            ("2026-03-02", "2026-03-03"),
            ("2026-03-02", "2026-03-04"),
            ("2026-03-02", "2026-03-05"),
            ("2026-03-02", "2026-03-07"),
            ("2026-03-02", "2026-03-10"),
            ("2026-03-02", "2026-03-15"),
        ]),
        "2026-03-25",
    );
    let figure = ask(&CycleTime, &data, &march());
    assert_eq!((figure.value, figure.n), (Some(4.0 * DAY), 6));
    assert_eq!(figure.interval, Some((DAY, 13.0 * DAY)));
    assert_eq!(named(&figure, "p50"), Some(4.0 * DAY));
    assert_eq!(named(&figure, "p85"), None, "not below twenty");
    assert_eq!(rest(&figure, "start_from_commit"), Some((0, 6)));
    assert_eq!(rest(&figure, "linked_commits"), None, "none was needed");
    // Each lead time is an hour longer.
    let lead = ask(&LeadTime, &data, &march());
    assert_eq!((lead.value, lead.n), (Some(4.0 * DAY + HOUR), 6));
}

#[test]
fn below_five_each_task_is_a_point_and_there_is_no_statistic() {
    let data = tasks(worked(&[("2026-03-02", "2026-03-04")]), "2026-03-25");
    for metric in [&CycleTime as &dyn crate::metrics::Metric, &LeadTime] {
        let figure = ask(metric, &data, &march());
        assert_eq!((figure.value, figure.n), (None, 1));
        assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
        let keys: Vec<Key> = figure.points.iter().map(|point| point.key).collect();
        assert_eq!(keys, [Key::Task(0)]);
    }
    let figure = ask(&CycleTime, &data, &march());
    assert_eq!(values(&figure, Key::Task(0)), [Some(2.0 * DAY)]);
}

#[test]
fn the_night_of_a_clock_change_is_an_hour_shorter() {
    // Berlin, 28 March 2026 ten o'clock to 29 March ten o'clock: 23 hours.
    let one = Task {
        started: Stamp::at(utc("2026-03-28 09:00"), 60),
        done: Stamp::at(utc("2026-03-29 08:00"), 120),
        ..task("2026-03-02 09:00", "", "2026-03-29 08:00")
    };
    let data = tasks(vec![one], "2026-03-30");
    let figure = ask(&CycleTime, &data, &march());
    assert_eq!(values(&figure, Key::Task(0)), [Some(23.0 * HOUR)]);
}

#[test]
fn plain_dates_count_both_days() {
    let data = tasks(
        vec![task("2026-03-02", "2026-03-03", "2026-03-03")],
        "2026-03-25",
    );
    let cycle = ask(&CycleTime, &data, &march());
    assert_eq!(values(&cycle, Key::Task(0)), [Some(DAY)]);
    let lead = ask(&LeadTime, &data, &march());
    assert_eq!(values(&lead, Key::Task(0)), [Some(2.0 * DAY)]);
}

#[test]
fn done_without_a_start_has_no_cycle_time_and_says_so() {
    let mut all = vec![
        // No start at all.
        task("2026-03-02 09:00", "", "2026-03-05 10:00"),
        // The tracker's start comes after the finish.
        task("2026-03-02 09:00", "2026-03-06 10:00", "2026-03-05 10:00"),
        // Seen to have begun between two exports; a commit is no way around that.
        task("2026-03-02 09:00", "", "2026-03-05 10:00"),
        // A first commit after the finish is no start.
        task("2026-03-02 09:00", "", "2026-03-05 10:00"),
        // A commit before it is.
        task("2026-03-02 09:00", "", "2026-03-05 10:00"),
    ];
    all[2].windowed = true;
    all[2].first_commit = Some(stamp("2026-03-03 10:00"));
    all[3].first_commit = Some(stamp("2026-03-05 11:00"));
    all[4].first_commit = Some(stamp("2026-03-04 10:00"));
    // Three commits, the second of which is linked; a twin counts for nothing.
    let twin = crate::model::dataset::flag::TWIN;
    let at = [
        ("2026-03-03 10:00", 0),
        ("2026-03-04 10:00", 0),
        ("2026-03-04 10:01", twin),
        ("2026-03-06 10:00", 0),
    ];
    let link = |commit| Link {
        commit,
        task: 4,
        rule: LinkRule::Message,
    };
    let data = Dataset {
        work: tasks(all, "2026-03-25").work,
        links: vec![link(1), link(2)],
        ..commits(&at, "2026-03-25 12:00")
    };
    let figure = ask(&CycleTime, &data, &march());
    assert_eq!(figure.n, 1);
    assert_eq!(values(&figure, Key::Task(4)), [Some(DAY)]);
    assert_eq!(left_out(&figure, "no_start"), 2);
    assert_eq!(left_out(&figure, "backwards"), 1);
    assert_eq!(left_out(&figure, "between_exports"), 1);
    assert_eq!(rest(&figure, "start_from_commit"), Some((1, 1)));
    assert_eq!(rest(&figure, "linked_commits"), Some((1, 3)));
    // Lead times need no start.
    assert_eq!(ask(&LeadTime, &data, &march()).n, 5);
}

#[test]
fn what_was_created_after_its_finish_or_never_has_no_lead_time() {
    let data = tasks(
        vec![
            task("", "2026-03-02 09:00", "2026-03-05 10:00"),
            task("2026-03-06 09:00", "2026-03-02 09:00", "2026-03-05 10:00"),
            Task {
                stage: Some(Stage::Done),
                ..task("2026-03-02 09:00", "2026-03-02 09:00", "")
            },
        ],
        "2026-03-25",
    );
    let figure = ask(&LeadTime, &data, &march());
    assert_eq!(figure.n, 0);
    for reason in ["no_creation", "backwards", "no_finish_time"] {
        assert_eq!(left_out(&figure, reason), 1, "{reason}");
    }
}

#[test]
fn a_gap_of_weeks_has_no_median_and_a_running_week_is_marked() {
    let busy = |week: &[&str]| -> Vec<Task> {
        let days: Vec<_> = week.iter().map(|day| ("2026-03-02", *day)).collect();
        worked(&days)
    };
    let mut all = busy(&[
        "2026-03-03",
        "2026-03-04",
        "2026-03-05",
        "2026-03-06",
        "2026-03-07",
    ]);
    all.extend(busy(&["2026-03-24"; 5]));
    let figure = ask(&CycleTime, &tasks(all, "2026-03-25"), &march());
    let medians = [Some(3.0 * DAY), None, None, Some(22.0 * DAY)];
    assert_eq!(values(&figure, Key::Time), medians);
    let last = figure.points.last().expect("points");
    assert!(!last.complete && last.n == 5);
}

#[test]
fn durations_are_parted_by_project_and_nothing_is_no_value() {
    let mut all = worked(&[("2026-03-02", "2026-03-04"); 5]);
    all.extend(worked(&[("2026-03-02", "2026-03-09")]));
    all[5].project = 3;
    let mut selection = march();
    selection.by = By::Project;
    let figure = ask(&CycleTime, &tasks(all, "2026-03-25"), &selection);
    assert_eq!(named(&figure, "no project"), Some(2.0 * DAY));
    let alone = values(&figure, Key::Project(3));
    assert_eq!(alone, [Some(7.0 * DAY)], "one item is shown, not summed up");
    let empty = ask(&CycleTime, &Dataset::default(), &march());
    assert_eq!((empty.value, empty.points.len()), (None, 0));
    assert_eq!((empty.verdict, empty.rests_on.len()), (Verdict::None, 0));
}
