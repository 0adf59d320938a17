//! Small records for tests: work items and commits by their times.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::model::calendar::{Calendar, Tz};
use crate::model::dataset::{Builder, Dataset, Row};
use crate::model::ids::{CommitId, Oid, RepoId, TaskId};
use crate::model::moment::Moment;
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::model::stage::Stage;
use crate::model::task::{TaskKind, When};
use crate::model::work::{Stamp, Task, Visit, Work};

/// UTC seconds of `2026-03-02 09:00`.
pub(super) fn utc(text: &str) -> i64 {
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time");
    at.and_utc().timestamp()
}

/// `2026-03-02 09:00` as an instant in UTC, `2026-03-02` as a plain date.
pub(super) fn stamp(text: &str) -> Stamp {
    if text.len() == 10 {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date");
        return Stamp::of(When::Day(day)).expect("in the calendar");
    }
    Stamp::at(utc(text), 0).expect("in the calendar")
}

/// A calendar in UTC that stands at `2026-03-02 09:00`.
pub(super) fn calendar(now: &str) -> Calendar {
    let now = DateTime::from_timestamp(utc(now), 0).expect("a time");
    Calendar::new(now, Tz::UTC)
}

/// All weeks of `from` to `to`, both `2026-03-02`.
pub(super) fn weeks(from: &str, to: &str) -> Selection {
    let day = |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date");
    Selection::weekly(Range::new(day(from), day(to)))
}

/// A task with nothing but its times of creation, start and finish; "" = not known. It is done
/// when it was finished, else in progress when it was started, else to do.
pub(super) fn task(created: &str, started: &str, done: &str) -> Task {
    let at = |text: &str| (!text.is_empty()).then(|| stamp(text));
    let stage = match (at(started), at(done)) {
        (_, Some(_)) => Stage::Done,
        (Some(_), None) => Stage::InProgress,
        (None, None) => Stage::Todo,
    };
    Task {
        id: TaskId(0),
        source: 0,
        project: 0,
        repo: None,
        kind: TaskKind::Task,
        stage: Some(stage),
        created: at(created),
        started: at(started),
        first_commit: None,
        done: at(done),
        cancelled: None,
        windowed: false,
        due: None,
        updated: None,
        estimate: None,
        spent: None,
        whole: true,
        excluded: false,
        visits: 0..0,
    }
}

/// A record of these tasks, whose rows are numbered from 1; exports end on the day `until`.
pub(super) fn tasks(tasks: Vec<Task>, until: &str) -> Dataset {
    let numbered = (1..).zip(tasks).map(|(n, task)| Task {
        id: TaskId(n),
        ..task
    });
    Dataset {
        work: Work {
            tasks: numbered.collect(),
            until: Some(stamp(until).day),
            ..Work::default()
        },
        ..Dataset::default()
    }
}

/// Appends to task `at` of `data` a stay in `stage` from `from` to `to` ("" = it lasts).
pub(super) fn visit(data: &mut Dataset, at: usize, (stage, from, to): (Stage, &str, &str)) {
    let work = &mut data.work;
    let next = u32::try_from(work.visits.len()).expect("few visits");
    let task = &mut work.tasks[at];
    assert!(
        task.visits.is_empty() || task.visits.end == next,
        "task by task"
    );
    let begin = if task.visits.is_empty() {
        next
    } else {
        task.visits.start
    };
    task.visits = begin..next + 1;
    work.visits.push(Visit {
        stage: Some(stage),
        from: Some(stamp(from)),
        to: (!to.is_empty()).then(|| stamp(to)),
        lasts: to.is_empty(),
    });
}

/// A record of commits in one repository, at these author times (UTC) with these flags; believed
/// up to `now`.
pub(super) fn commits(at: &[(&str, u16)], now: &str) -> Dataset {
    let mut builder = Builder::new(utc(now), vec![RepoId(1)]);
    for (n, (time, flags)) in (1_u8..).zip(at) {
        let mut oid = Oid::ZERO;
        oid.0[0] = n;
        builder.push(Row {
            oid,
            id: CommitId(u32::from(n)),
            repo: RepoId(1),
            authored: Moment {
                utc: utc(time),
                offset_min: 0,
            },
            flags: *flags,
            changes: Vec::new(),
        });
    }
    builder.finish()
}
