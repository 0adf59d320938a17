//! What holds for every figure of acts.

use proptest::prelude::*;

use super::super::metric::Metric;
use super::super::testing::{calendar, utc, weeks};
use super::testing::{commits_at, event_at};
use super::{ContextSwitches, EstimatedHours, FocusBlocks, LateRuns, RestDays, Sessions};
use crate::model::dataset::{Dataset, RefAct};
use crate::model::figure::Figure;
use crate::model::history::RefEventKind::{Checkout, Commit, Pull};
use crate::model::moment::Moment;

const NOW: &str = "2026-03-20 12:00";
const ALL: [&dyn Metric; 6] = [
    &Sessions,
    &FocusBlocks,
    &ContextSwitches,
    &LateRuns,
    &RestDays,
    &EstimatedHours,
];

fn figures(data: &Dataset) -> Vec<Figure> {
    let selection = weeks("2026-03-02", "2026-03-15");
    let ask = |metric: &&dyn Metric| metric.compute(data, &selection, &calendar(NOW));
    ALL.iter().map(ask).collect()
}

fn moments() -> impl Strategy<Value = Vec<(Moment, u32, u16)>> {
    let start = utc("2026-03-01 12:00");
    let one = (0_i64..1_200_000, -840_i32..840, 1_u32..4);
    let one = one.prop_map(move |(s, offset, repo)| (Moment::new(start + s, offset), repo, 0));
    prop::collection::vec(one, 0..40)
}

fn events() -> impl Strategy<Value = Vec<RefAct>> {
    let start = utc("2026-03-01 12:00");
    let one = (
        0_i64..1_200_000,
        -840_i32..840,
        0_u16..3,
        0_u32..3,
        0_usize..2,
    );
    let one = one.prop_map(move |(s, offset, repo, branch, kind)| {
        let kind = [Checkout, Pull][kind];
        event_at(Moment::new(start + s, offset), kind, (repo, branch))
    });
    prop::collection::vec(one, 0..40).prop_map(|mut all| {
        all.sort_by_key(|line| (line.utc, line.repo, line.branch, line.offset_min, line.kind));
        all
    })
}

proptest! {
    #[test]
    fn the_order_of_rows_changes_nothing(at in moments(), events in events()) {
        let data = |at: &[(Moment, u32, u16)]| Dataset {
            ref_acts: events.clone(),
            ..commits_at(at, NOW)
        };
        let backwards: Vec<_> = at.iter().rev().copied().collect();
        prop_assert_eq!(figures(&data(&at)), figures(&data(&backwards)));
    }

    #[test]
    fn the_own_lines_of_commits_add_no_act(at in moments()) {
        let bare = commits_at(&at, NOW);
        let mut lined = bare.clone();
        let columns = &bare.commits;
        lined.ref_acts = (0..bare.len())
            .map(|at| {
                let moment = Moment { utc: columns.utc[at], offset_min: columns.offset_min[at] };
                event_at(moment, Commit, (columns.repo[at], 0))
            })
            .collect();
        let (without, with) = (figures(&bare), figures(&lined));
        for (without, with) in without.iter().zip(&with) {
            prop_assert_eq!(without.value, with.value);
            prop_assert_eq!(without.n, with.n);
            prop_assert_eq!(&without.points, &with.points);
            prop_assert_eq!(&without.rests_on, &with.rests_on);
        }
    }

    #[test]
    fn values_are_numbers_and_none_is_negative(at in moments(), events in events()) {
        let data = Dataset { ref_acts: events, ..commits_at(&at, NOW) };
        for figure in figures(&data) {
            let values = figure.points.iter().filter_map(|point| point.value);
            for value in values.chain(figure.value) {
                prop_assert!(value.is_finite() && value >= 0.0, "{}", figure.metric);
            }
            prop_assert!(figure.value.is_some() || figure.n < 5, "{}", figure.metric);
        }
    }
}
