//! Laws that hold of any record.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{ask, values, ways};
use crate::metrics::METRICS;
use crate::metrics::flow::{
    Bottleneck, CumulativeFlow, FlowEfficiency, LeadTime, NetFlow, Throughput, TimeInStage, Wip,
};
use crate::metrics::testing::{stamp, task, tasks, weeks};
use crate::model::dataset::Dataset;
use crate::model::figure::{Key, Of};
use crate::model::ids::TaskId;
use crate::model::period::{Bucket, Range};
use crate::model::selection::{By, Selection};
use crate::model::stage::Stage;
use crate::model::work::{Stamp, Task};

/// The record starts on 5 January 2026, a Monday, and is told to the end of 25 March.
fn all() -> Selection {
    weeks("2026-01-05", "2026-03-29")
}

/// Hours after the start of the record, in some offset.
fn at(hours: u32, offset: i16) -> Option<Stamp> {
    let first = stamp("2026-01-05 00:00").utc;
    Stamp::at(first + i64::from(hours) * 3_600, offset)
}

fn any_task() -> impl Strategy<Value = Task> {
    // From the second day on: in an offset west of it, the first hours belong to the day before.
    let times = (24_u32..1_000, 0_u32..400, 0_u32..400, 0_usize..4);
    (times, -10_i16..12, -10_i16..12).prop_map(|((created, wait, work, end), from, to)| {
        let ends = at(created + wait + work, to * 60);
        let (stage, done, cancelled) = match end {
            0 => (Stage::InProgress, None, None),
            1 => (Stage::Cancelled, None, ends),
            _ => (Stage::Done, ends, None),
        };
        Task {
            created: at(created, from * 60),
            started: at(created + wait, from * 60),
            stage: Some(stage),
            done,
            cancelled,
            ..task("", "", "")
        }
    })
}

fn any_record() -> impl Strategy<Value = Dataset> {
    let first = task("2026-01-05 00:00", "2026-01-05 00:00", "2026-01-05 01:00");
    prop::collection::vec(any_task(), 0..40).prop_map(move |mut all| {
        all.insert(0, first.clone());
        tasks(all, "2026-03-25")
    })
}

/// A way through up to six stays, all before the finish.
fn any_way() -> impl Strategy<Value = Vec<(Stage, u32)>> {
    let stages = [
        Stage::Backlog,
        Stage::Todo,
        Stage::InProgress,
        Stage::InReview,
        Stage::Done,
    ];
    let stay = (prop::sample::select(stages.to_vec()), 0_u32..60);
    let rest = prop::collection::vec(stay, 0..5);
    rest.prop_map(|mut rest| {
        rest.insert(0, (Stage::InProgress, 1));
        rest
    })
}

fn any_ways() -> impl Strategy<Value = Dataset> {
    let all = prop::collection::vec(any_way(), 0..20);
    all.prop_map(|all| {
        let all: Vec<_> = all.iter().map(|way| ("2026-01-05", &way[..])).collect();
        ways(&all)
    })
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        10 => (20_400_i32..20_600).prop_map(|day| NaiveDate::from_epoch_days(day).expect("a day")),
        1 => prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX)],
    ]
}

fn sum(values: &[Option<f64>]) -> f64 {
    values.iter().flatten().sum()
}

proptest! {
    #[test]
    fn the_weeks_of_throughput_add_up_to_it(data in any_record()) {
        let figure = ask(&Throughput, &data, &all());
        prop_assert_eq!(Some(sum(&values(&figure, Key::Time))), figure.value);
    }

    #[test]
    fn work_in_progress_is_all_arrivals_less_all_departures(data in any_record()) {
        let (wip, net) = (ask(&Wip, &data, &all()), ask(&NetFlow, &data, &all()));
        prop_assert_eq!(wip.value, net.value);
        let mut level = 0.0;
        let weeks = values(&net, Key::Time).into_iter().zip(values(&wip, Key::Time));
        for (net, wip) in weeks {
            level += net.expect("inside the record");
            prop_assert_eq!(wip, Some(level));
        }
    }

    #[test]
    fn the_stages_of_a_week_hold_every_task_created_by_then(data in any_record()) {
        let figure = ask(&CumulativeFlow, &data, &all());
        for week in figure.points.chunk_by(|a, b| a.from == b.from) {
            let end = week[0].to.to_epoch_days();
            let created = data.work.tasks.iter().filter_map(|task| task.created);
            let created = created.filter(|created| created.day <= end).count();
            let held: Vec<_> = week.iter().map(|point| point.value).collect();
            prop_assert_eq!(Some(sum(&held)), Some(created as f64));
        }
        let tasks = data.work.tasks.iter();
        let open = tasks.filter(|task| task.done.is_none() && task.cancelled.is_none()).count();
        prop_assert_eq!(figure.value, Some(open as f64));
    }

    #[test]
    fn stages_share_the_time_between_start_and_finish(data in any_ways()) {
        let figure = ask(&Bottleneck, &data, &all());
        prop_assert_eq!(figure.n, data.work.tasks.len() as u64, "every way is whole");
        let shares = figure.points.iter().filter(|point| matches!(point.key, Key::Name(_)));
        let shares: f64 = shares.filter_map(|point| point.value).sum();
        prop_assert!(figure.n < 5 || (shares - 1.0).abs() < 1e-9, "{}", shares);
        let share = ask(&FlowEfficiency, &data, &all());
        let points = share.points.iter().filter_map(|point| point.value);
        for value in points.chain(share.value) {
            prop_assert!((0.0..=1.0).contains(&value));
        }
    }

    #[test]
    fn stays_fill_the_time_from_creation_to_finish(data in any_ways()) {
        let stages = ask(&TimeInStage, &data, &all());
        let lead: i64 = data.work.tasks.iter().map(|task| {
            let (created, done) = task.created.zip(task.done).expect("both are known");
            created.elapsed(done).expect("forwards")
        }).sum();
        if stages.value.is_some() {
            prop_assert_eq!(stages.value, Some(lead as f64));
            prop_assert_eq!(ask(&LeadTime, &data, &all()).n, data.work.tasks.len() as u64);
        }
        prop_assert_eq!(stages.value.is_some(), data.work.tasks.len() >= 5);
    }

    #[test]
    fn no_question_to_any_record_panics(
        data in any_record(), days in (any_day(), any_day()), cut in 0_usize..8, all in any::<bool>(),
    ) {
        let cuts = [
            By::Time(Bucket::Day),
            By::Time(Bucket::Week),
            By::Time(Bucket::Month),
            By::Repo,
            By::Language,
            By::Category,
            By::Task,
            By::Project,
        ];
        let selection = Selection {
            by: cuts[cut],
            range: Range::new(days.0, days.1),
            tasks: (!all).then(|| Arc::new([TaskId(1), TaskId(2)].into())),
            ..super::march()
        };
        for metric in METRICS.iter().filter(|metric| metric.of() != Of::Commits) {
            let figure = ask(*metric, &data, &selection);
            let points = figure.points.iter().filter_map(|point| point.value);
            for value in points.chain(figure.value) {
                prop_assert!(value.is_finite(), "{}", metric.id());
            }
            let known = figure.points.iter().all(|point| point.from <= point.to);
            prop_assert!(known, "{}", metric.id());
        }
    }
}
