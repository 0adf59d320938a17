use super::super::super::metric::Metric;
use super::super::super::testing::{calendar, commits, weeks};
use super::super::testing::{commits_in, event, named, series};
use super::{FocusBlocks, LENGTHS};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Verdict};
use crate::model::history::RefEventKind::{Checkout, Pull};

const NOW: &str = "2026-03-20 12:00";

fn ask(data: &Dataset) -> Figure {
    let selection = weeks("2026-03-02", "2026-03-15");
    FocusBlocks.compute(data, &selection, &calendar(NOW))
}

fn blocks(figure: &Figure) -> Vec<Option<f64>> {
    let points = LENGTHS.iter().map(|(name, _)| named(figure, name).value);
    points.collect()
}

/// Events of one repository on 2 March 2026, each a checkout of a branch.
fn checkouts(at: &[(&str, u32)]) -> Dataset {
    let event =
        |(time, branch): &(&str, u32)| event(&format!("2026-03-02 {time}"), Checkout, (0, *branch));
    Dataset {
        ref_acts: at.iter().map(event).collect(),
        ..commits(&[("2026-03-02 08:00", 0)], NOW)
    }
}

#[test]
fn a_block_lasts_from_its_first_act_to_its_last_at_one_place() {
    // Branch 1 from 08:10 to 10:15 (125 minutes), branch 2 from 10:40 to 12:15 (95 minutes), branch
    // 1 again for 50. The commit at 08:00 has no branch and belongs to the first: 135 minutes.
    let figure = ask(&checkouts(&[
        ("08:10", 1),
        ("09:50", 1),
        ("10:15", 1),
        ("10:40", 2),
        ("12:15", 2),
        ("12:30", 1),
        ("13:20", 1),
    ]));
    assert_eq!(blocks(&figure), [Some(3.0), Some(2.0), Some(1.0)]);
    assert_eq!((figure.value, figure.n), (Some(1.0), 1));
    assert_eq!(series(&figure), [Some(1.0), Some(0.0)]);
    assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
}

#[test]
fn a_look_elsewhere_does_not_end_a_block_and_a_stay_there_does() {
    let times = |back| {
        checkouts(&[
            ("08:00", 1),
            ("09:00", 1),
            ("09:30", 2),
            (back, 1),
            ("10:30", 1),
        ])
    };
    assert_eq!(ask(&times("09:31")).value, Some(1.0));
    assert_eq!(ask(&times("09:32")).value, Some(0.0));
}

#[test]
fn a_gap_above_two_hours_ends_a_block() {
    let figure = ask(&checkouts(&[("08:00", 1), ("09:30", 1), ("11:31", 1)]));
    assert_eq!((figure.value, figure.n), (Some(0.0), 2));
    assert_eq!(blocks(&figure), [Some(1.0), Some(1.0), Some(0.0)]);
}

#[test]
fn nothing_is_no_value_and_a_single_act_is_no_block() {
    let nothing = ask(&Dataset::default());
    assert_eq!((nothing.value, nothing.points.len()), (None, 0));
    let one = ask(&commits(&[("2026-03-11 09:00", 0)], NOW));
    assert_eq!((one.value, one.n), (Some(0.0), 1));
    assert_eq!(series(&one), [None, Some(0.0)]);
}

#[test]
fn a_block_over_midnight_over_a_clock_change_or_in_two_offsets_is_as_long_as_it_was() {
    let night = ask(&commits(
        &[("2026-03-08 23:00", 0), ("2026-03-09 01:00", 0)],
        NOW,
    ));
    assert_eq!(
        series(&night),
        [Some(1.0), Some(0.0)],
        "it began on a Sunday"
    );
    // New York, 8 March 2026: 01:30 and 03:30 are an hour apart.
    let spring = [
        ("2026-03-08T01:30:00-05:00", 1, 0),
        ("2026-03-08T03:30:00-04:00", 1, 0),
    ];
    assert_eq!(
        blocks(&ask(&commits_in(&spring, NOW))),
        [Some(1.0), Some(0.0), Some(0.0)]
    );
    let flight = [
        ("2026-03-03T10:00:00+01:00", 1, 0),
        ("2026-03-03T11:00:00+00:00", 1, 0),
    ];
    assert_eq!(ask(&commits_in(&flight, NOW)).value, Some(1.0));
}

#[test]
fn the_running_week_is_compared_with_its_part_of_the_week_before() {
    let now = "2026-03-10 12:00";
    let at = [
        "2026-03-02 09:00",
        "2026-03-02 11:00",
        "2026-03-05 09:00",
        "2026-03-05 11:00",
    ];
    let mut data = commits(&at.map(|at| (at, 0)), now);
    data.ref_acts = vec![event("2026-03-02 08:30", Pull, (0, 1))];
    let week = weeks("2026-03-09", "2026-03-15");
    let figure = FocusBlocks.compute(&data, &week, &calendar(now));
    let before = figure.previous.expect("a week before");
    assert_eq!(
        (figure.value, before.value, before.n),
        (Some(0.0), Some(1.0), 1)
    );
    assert!(!figure.points[0].complete);
}
