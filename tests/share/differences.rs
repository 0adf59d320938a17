//! The ledger: no files that were accepted tell together what none of them tells alone.

use std::collections::BTreeSet;

use inward::model::period::Range;
use inward::model::population::Population;
use inward::share::{
    Conflict, Fact, Facts, Given, Known, LineId, Past, Profile, Summary, Verdict, Weight, Window,
    conflict, weigh, windows,
};
use proptest::prelude::*;

use super::bytes::facts;

fn quarter(number: u32) -> Window {
    Window::quarter(2025, number).unwrap()
}

fn month(number: u32) -> Window {
    Window::month(2025, number).unwrap()
}

fn summary(profile: Profile, window: Window, facts: &Facts, chosen: &[LineId]) -> Summary {
    let chosen: BTreeSet<LineId> = chosen.iter().copied().collect();
    Summary::of((profile, window), facts, &chosen, (&[], &Known::default())).unwrap()
}

fn past(next: &Summary) -> Past {
    Past {
        profile: next.profile(),
        window: next.window(),
        given: next.given(),
    }
}

fn of(profile: Profile, window: Window, chosen: &[LineId]) -> Past {
    past(&summary(profile, window, &facts(), chosen))
}

#[test]
fn a_month_inside_a_quarter_that_was_given_is_refused() {
    let given = [of(Profile::Handover, quarter(1), &[LineId::Bugs])];
    let inside = summary(Profile::Handover, month(2), &facts(), &[LineId::Bugs]);
    let refused = weigh(&Population::default(), &given, &inside);
    let difference = Conflict::Windows(LineId::Bugs, quarter(1));
    assert_eq!(refused.verdict, Verdict::RefusedDifference(difference));
    assert!(
        refused.sentence().contains("2025-Q1"),
        "{}",
        refused.sentence()
    );
    // Beside it, and of another figure, nothing is told by taking one from the other.
    let beside = summary(Profile::Handover, month(4), &facts(), &[LineId::Bugs]);
    assert_eq!(conflict(&given, &beside), None);
    let other = summary(Profile::Handover, month(2), &facts(), &[LineId::Reviews]);
    assert_eq!(conflict(&given, &other), None);
}

#[test]
fn a_total_beside_its_parts_is_refused_both_ways_round() {
    let parts = [of(Profile::Handover, quarter(1), &[LineId::Stories])];
    let total = summary(Profile::Pooled, quarter(1), &facts(), &[LineId::Finished]);
    assert!(matches!(
        conflict(&parts, &total),
        Some(Conflict::Scopes(..))
    ));
    let given = [past(&total)];
    let part = summary(Profile::Handover, month(3), &facts(), &[LineId::Tasks]);
    assert!(matches!(
        conflict(&given, &part),
        Some(Conflict::Scopes(..))
    ));
    let words = summary(Profile::Handover, quarter(1), &facts(), &[LineId::Reviews]);
    assert_eq!(conflict(&given, &words), None);
}

#[test]
fn the_same_window_again_must_say_the_same() {
    let given = [of(Profile::Handover, quarter(1), &[LineId::Bugs])];
    let again = summary(Profile::Handover, quarter(1), &facts(), &[LineId::Bugs]);
    assert_eq!(conflict(&given, &again), None);
    let more = Facts {
        bugs: Fact::Known(10),
        ..facts()
    };
    let changed = summary(Profile::Handover, quarter(1), &more, &[LineId::Bugs]);
    let refused = Conflict::Changed(LineId::Bugs, quarter(1));
    assert_eq!(conflict(&given, &changed), Some(refused));
}

#[test]
fn a_band_comes_back_from_the_ledger_as_it_went_in() {
    let whole = of(Profile::Handover, quarter(1), &LineId::BANDED[..5]);
    assert_eq!(whole.given.len(), 5);
    for given in whole.given {
        assert_eq!(Given::parse(&given.to_text()), Some(given));
    }
    for text in [
        "",
        "bugs",
        "bugs:",
        "bugs:4",
        "bugs:-1",
        "outcome:0",
        "hours:1",
        "finished:2",
    ] {
        assert_eq!(Given::parse(text), None, "{text}");
    }
}

/// A crowd of `size` in which every change from one band to another happens.
fn crowd(size: u32) -> Population {
    let ranges: Vec<Range> = (1..=4).map(|number| quarter(number).range()).collect();
    let row = |n: u32| {
        (0..4)
            .map(|at| if n >> at & 1 == 1 { 20 } else { 3 })
            .collect()
    };
    Population::new(ranges, (0..size).map(row).collect())
}

/// The same count in another way: everybody against everybody.
fn counted_anew(size: u32, bands: &BTreeSet<u32>) -> u64 {
    let same = |one: u32, two: u32| bands.iter().all(|at| one >> at & 1 == two >> at & 1);
    let alike = |one: u32| (0..size).filter(|two| same(one, *two)).count() as u64;
    (0..size).map(alike).min().unwrap_or_default()
}

#[test]
fn fewer_than_five_anywhere_refuses_for_everybody_and_says_what_would_change_it() {
    let ask = |size| {
        let next = summary(Profile::Pooled, quarter(1), &facts(), &[LineId::Finished]);
        weigh(&crowd(size), &[], &next)
    };
    assert_eq!(ask(10).verdict, Verdict::Accepted);
    assert_eq!((ask(10).people, ask(10).look_alikes), (10, 5));
    let without: Weight = ask(9);
    assert_eq!(without.verdict, Verdict::RefusedBand);
    assert!(without.sentence().contains("Leave the band out"));
    let alone = ask(4);
    assert_eq!(alone.verdict, Verdict::RefusedCrowd);
    assert!(
        alone.sentence().contains("`handover`"),
        "{}",
        alone.sentence()
    );
    let elsewhere = summary(
        Profile::Pooled,
        Window::quarter(2020, 1).unwrap(),
        &facts(),
        &[],
    );
    assert_eq!(
        weigh(&crowd(90), &[], &elsewhere).verdict,
        Verdict::NotCounted
    );
}

#[test]
fn who_was_not_active_in_a_window_is_no_look_alike() {
    let ranges = vec![quarter(1).range(), quarter(2).range()];
    let people = (0..12).map(|n| vec![20, u32::from(n < 7)]).collect();
    let people = Population::new(ranges, people);
    let first = summary(Profile::Pooled, quarter(1), &facts(), &[]);
    assert_eq!(weigh(&people, &[], &first).look_alikes, 12);
    let second = summary(Profile::Pooled, quarter(2), &facts(), &[]);
    assert_eq!(weigh(&people, &[], &second).look_alikes, 7);
    assert_eq!(
        weigh(&people, &[past(&second)], &first).look_alikes,
        7,
        "jointly"
    );
}

fn line() -> impl Strategy<Value = LineId> {
    proptest::sample::select(LineId::BANDED.to_vec())
}

/// A share that somebody tries: profile by its line, any window of a year, any count.
fn tried() -> impl Strategy<Value = Summary> {
    let lines = proptest::collection::btree_set(line(), 0..4);
    (lines, 0_u32..4, 0_u32..12, any::<bool>(), 0_u64..120).prop_map(|(lines, q, m, fine, n)| {
        let pooled = lines.contains(&LineId::Finished);
        let profile = if pooled {
            Profile::Pooled
        } else {
            Profile::Handover
        };
        let chosen: Vec<LineId> = lines
            .into_iter()
            .filter(|one| one.profile() == profile)
            .collect();
        let window = if fine && !pooled {
            month(m + 1)
        } else {
            quarter(q + 1)
        };
        let known = Fact::Known(n);
        let facts = Facts {
            stories: known,
            bugs: known,
            tasks: known,
            finished: known,
            cycle_days: known,
            reviews: known,
            outcomes: Vec::new(),
        };
        summary(profile, window, &facts, &chosen)
    })
}

/// Whether two files tell a difference: judged from the days and the lines alone.
fn tells_a_difference(one: &Past, two: &Past) -> bool {
    let counts = |line: LineId| match line {
        LineId::Finished => 0b111_u32,
        LineId::Stories => 0b001,
        LineId::Bugs => 0b010,
        LineId::Tasks => 0b100,
        LineId::CycleTime => 0b1000,
        LineId::Reviews | LineId::Outcome(_) => 0b1_0000,
    };
    let (a, b) = (one.window.range(), two.window.range());
    let apart = a.to < b.from || b.to < a.from;
    let pairs = one
        .given
        .iter()
        .flat_map(|x| two.given.iter().map(move |y| (x, y)));
    let mut shared = pairs.filter(|(x, y)| counts(x.line) & counts(y.line) != 0);
    !apart && shared.any(|(x, y)| a != b || x != y)
}

proptest! {
    #[test]
    fn no_accepted_sequence_isolates_a_difference(all in proptest::collection::vec(tried(), 1..14)) {
        let size = 64;
        let crowd = crowd(size);
        let mut ledger: Vec<Past> = Vec::new();
        for next in &all {
            let one = past(next);
            let weight = weigh(&crowd, &ledger, next);
            let difference = ledger.iter().any(|before| tells_a_difference(before, &one));
            prop_assert_eq!(matches!(weight.verdict, Verdict::RefusedDifference(_)), difference);
            if !weight.verdict.is_accepted() {
                continue;
            }
            ledger.push(one);
            if next.profile() == Profile::Pooled {
                let banded = ledger.iter().filter(|one| one.given.iter().any(|given| given.line == LineId::Finished));
                let places = banded.map(|one| (1..=4).position(|number| quarter(number) == one.window).unwrap());
                let places: BTreeSet<u32> = places.map(|at| u32::try_from(at).unwrap()).collect();
                prop_assert_eq!(weight.look_alikes, counted_anew(size, &places));
                prop_assert!(weight.look_alikes >= 5);
            }
        }
        for (at, one) in ledger.iter().enumerate() {
            for two in &ledger[at + 1..] {
                prop_assert!(!tells_a_difference(one, two));
            }
        }
    }
}

#[test]
fn the_windows_to_count_are_those_of_all_pooled_files_once() {
    let before = [
        of(Profile::Pooled, quarter(3), &[]),
        of(Profile::Handover, quarter(2), &[]),
        of(Profile::Pooled, quarter(1), &[]),
    ];
    let ranges = windows(&before, quarter(3));
    assert_eq!(ranges, [quarter(1).range(), quarter(3).range()]);
}
