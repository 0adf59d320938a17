//! Evidence efficiency.

use super::{ask, left_out, march, rest, values};
use crate::metrics::flow::EvidenceEfficiency;
use crate::metrics::testing::{commits, stamp, task, tasks, visit, weeks};
use crate::model::away::{Away, EventKind};
use crate::model::dataset::{Dataset, flag};
use crate::model::figure::{Key, Verdict};
use crate::model::links::{Link, LinkRule};
use crate::model::stage::Stage;
use crate::model::task::TaskKind;
use crate::model::work::{Spent, Task};

fn link(commit: u32, task: u32) -> Link {
    Link {
        commit,
        task,
        rule: LinkRule::Message,
    }
}

fn spent(task: u32, from: &str, to: &str) -> Spent {
    Spent {
        source: 0,
        id: crate::model::ids::TaskId(9),
        start: stamp(from),
        end: Some(stamp(to)),
        seconds: None,
        task: Some(task),
        project: 0,
        busy: false,
        excluded: false,
    }
}

/// Tasks, commits and links; the newest export is of the 25th.
fn joined(all: Vec<Task>, at: &[(&str, u16)], links: Vec<Link>) -> Dataset {
    Dataset {
        work: tasks(all, "2026-03-25").work,
        links,
        ..commits(at, "2026-03-31 12:00")
    }
}

/// From Monday 2 March to Friday 13 March: ten workdays.
fn two_weeks() -> Task {
    task("2026-03-02 09:00", "2026-03-02 09:00", "2026-03-13 17:00")
}

#[test]
fn workdays_with_a_trace_count_of_all_workdays() {
    // Commits on Tuesday (two), on Saturday and before the start; a merge and a twin on Friday;
    // recorded time on Wednesday and Thursday; a move on Monday the 9th.
    let at = [
        ("2026-02-27 10:00", 0),
        ("2026-03-03 10:00", 0),
        ("2026-03-03 11:00", 0),
        ("2026-03-06 10:00", flag::MERGE),
        ("2026-03-06 11:00", flag::TWIN),
        ("2026-03-07 10:00", 0),
    ];
    let links = (0..6).map(|commit| link(commit, 0)).collect();
    let mut data = joined(vec![two_weeks()], &at, links);
    data.work.spent = vec![spent(0, "2026-03-04 22:00", "2026-03-05 01:00")];
    visit(
        &mut data,
        0,
        (Stage::InProgress, "2026-03-03 09:00", "2026-03-09 09:00"),
    );
    let figure = ask(&EvidenceEfficiency, &data, &march());
    // 3, 4, 5 and 9 March, of ten.
    assert_eq!(values(&figure, Key::Task(0)), [Some(0.4)]);
    assert_eq!(rest(&figure, "linked_commits"), Some((3, 3)));
    assert_eq!(rest(&figure, "start_from_commit"), Some((0, 1)));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
}

#[test]
fn leave_and_holidays_are_no_workdays_and_a_night_on_call_is() {
    let at = [("2026-03-03 10:00", 0), ("2026-03-10 10:00", 0)];
    let mut data = joined(vec![two_weeks()], &at, vec![link(0, 0), link(1, 0)]);
    let away = |from, to, kind| Away {
        from: stamp(from).day,
        to: stamp(to).day,
        kind,
    };
    data.away = vec![
        away("2026-03-02", "2026-03-02", EventKind::Holiday),
        away("2026-03-09", "2026-03-10", EventKind::Leave),
        away("2026-03-11", "2026-03-12", EventKind::Oncall),
    ];
    // One trace of seven workdays; the commit on leave is none.
    let figure = ask(&EvidenceEfficiency, &data, &march());
    assert_eq!(values(&figure, Key::Task(0)), [Some(1.0 / 7.0)]);
}

#[test]
fn a_task_without_any_trace_tells_nothing() {
    let weekend = task("2026-03-02 09:00", "2026-03-07 09:00", "2026-03-08 17:00");
    let mut epic = two_weeks();
    epic.kind = TaskKind::Epic;
    let all = vec![two_weeks(), weekend, epic];
    let links = vec![link(0, 1), link(0, 2)];
    let data = joined(all, &[("2026-03-07 10:00", 0)], links);
    let figure = ask(&EvidenceEfficiency, &data, &march());
    assert_eq!(figure.n, 0);
    for reason in ["no_trace", "no_workday", "epics"] {
        assert_eq!(left_out(&figure, reason), 1, "{reason}");
    }
}

#[test]
fn the_days_of_all_tasks_are_added_up_before_dividing() {
    // Four tasks of one day each, all seen; one of ten workdays, seen once: 5 of 14.
    let short = task("2026-03-02 09:00", "2026-03-03 09:00", "2026-03-03 17:00");
    let mut all = vec![short; 4];
    all.push(two_weeks());
    let links = (0..5).map(|task| link(0, task)).collect();
    let data = joined(all, &[("2026-03-03 10:00", 0)], links);
    let figure = ask(&EvidenceEfficiency, &data, &march());
    assert_eq!((figure.value, figure.n), (Some(5.0 / 14.0), 5));
    assert_eq!(
        values(&figure, Key::Time),
        [None, None, None, None],
        "each week holds fewer"
    );
    // Two weeks later nothing was finished: no share, which is not zero.
    let later = ask(
        &EvidenceEfficiency,
        &data,
        &weeks("2026-03-16", "2026-03-22"),
    );
    assert_eq!((later.value, later.n), (None, 0));
}

#[test]
fn days_are_civil_days_across_a_clock_change_and_the_running_week_is_marked() {
    // Berlin: 23:30 on Sunday 29 March, after the clock went forward, is that Sunday.
    let mut one = task("2026-03-27 08:00", "2026-03-27 08:00", "2026-03-30 08:00");
    one.done = crate::model::work::Stamp::at(crate::metrics::testing::utc("2026-03-29 21:30"), 120);
    let mut data = joined(vec![one], &[("2026-03-27 10:00", 0)], vec![link(0, 0)]);
    data.work.until = Some(stamp("2026-03-25").day);
    let figure = ask(&EvidenceEfficiency, &data, &march());
    // Friday is the only workday from Friday to Sunday.
    assert_eq!(values(&figure, Key::Task(0)), [Some(1.0)]);
    assert!(!figure.points[0].complete);
    let empty = ask(&EvidenceEfficiency, &Dataset::default(), &march());
    assert_eq!((empty.value, empty.points.len()), (None, 0));
}
