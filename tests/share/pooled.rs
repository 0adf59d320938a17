//! From a pooled summary nobody is identified, however many are given.

use std::collections::BTreeSet;

use inward::model::population::Population;
use inward::share::{
    Fact, Facts, Known, LineId, Past, Profile, Summary, Verdict, Weight, Window, facts, weigh,
};

use super::attacker::{Crowd, alike};
use super::team::{Member, Team, calendar, team, weeks, windows};

/// The seeds of the teams that the table is about.
pub(crate) const SEEDS: std::ops::Range<u64> = 1..6;

/// What one engineer gave over the eight quarters, with what the screen said of each.
#[derive(Default)]
pub(crate) struct Giving {
    pub(crate) past: Vec<Past>,
    pub(crate) weights: Vec<Weight>,
    /// Files refused with their band, and given without it.
    pub(crate) without_band: usize,
    /// Quarters in which nothing could be given.
    pub(crate) refused: usize,
}

fn summary(facts: &Facts, window: Window, band: bool) -> Summary {
    let chosen: BTreeSet<LineId> = band.then_some(LineId::Finished).into_iter().collect();
    let known = Known::default();
    Summary::of((Profile::Pooled, window), facts, &chosen, (&[], &known)).unwrap()
}

/// Offers a file with its band in each of `windows`, as often as it is taken.
pub(crate) fn give(
    population: &Population,
    windows: &[Window],
    facts: impl Fn(Window) -> Facts,
) -> Giving {
    let mut giving = Giving::default();
    for window in windows {
        let facts = facts(*window);
        let mut next = summary(&facts, *window, true);
        let mut weight = weigh(population, &giving.past, &next);
        if weight.verdict == Verdict::RefusedBand {
            giving.without_band += 1;
            next = summary(&facts, *window, false);
            weight = weigh(population, &giving.past, &next);
        }
        if !weight.verdict.is_accepted() {
            giving.refused += 1;
            continue;
        }
        giving.past.push(Past {
            profile: Profile::Pooled,
            window: *window,
            given: next.given(),
        });
        giving.weights.push(weight);
    }
    giving
}

/// How many people of `all` could have given the first `n` files of `past`, by what the attacker knows
/// of everybody: whether they were active, and how much they finished.
pub(crate) fn suspects<T>(
    all: &[T],
    past: &[Past],
    active: impl Fn(&T, Window) -> bool,
    finished: impl Fn(&T, Window) -> u32,
) -> usize {
    let fits = |one: &T, past: &Past| {
        let band = u8::from(finished(one, past.window) >= 10);
        active(one, past.window) && past.given.iter().all(|given| given.band == band)
    };
    let could = all
        .iter()
        .filter(|one| past.iter().all(|past| fits(one, past)));
    could.count()
}

/// The attacker on one team: on exact weekly counts, on quarter totals, and on pooled files.
pub(crate) struct Found {
    pub(crate) weekly: Crowd,
    pub(crate) totals: Crowd,
    pub(crate) pooled: Crowd,
    pub(crate) banded: usize,
}

pub(crate) fn attack(team: &Team) -> Found {
    let population = team.population();
    let windows = windows();
    let mut found = Found {
        weekly: Crowd::default(),
        totals: Crowd::default(),
        pooled: Crowd::default(),
        banded: 0,
    };
    for window in &windows {
        let busy = |one: &&Member| one.commits(window.range()) >= 3;
        let victims: Vec<&Member> = team.members.iter().filter(busy).collect();
        let by_week = |one: &&Member| {
            weeks(*window)
                .iter()
                .map(|week| one.commits(*week))
                .collect()
        };
        let weekly: Vec<Vec<u32>> = victims.iter().map(by_week).collect();
        found.weekly.extend(alike(&weekly));
        let totals: Vec<u32> = victims
            .iter()
            .map(|one| one.commits(window.range()))
            .collect();
        found.totals.extend(alike(&totals));
    }
    let calendar = calendar();
    for victim in &team.members {
        let giving = give(&population, &windows, |window| {
            facts(&victim.data, &calendar, window)
        });
        for n in 1..=giving.past.len() {
            let past = &giving.past[..n];
            // Who was away in a quarter that they give a file about is not looked for there.
            let active = |one: &Member, window: Window| {
                std::ptr::eq(one, victim) || one.commits(window.range()) > 0
            };
            let finished = |one: &Member, window: Window| one.finished(window.range());
            found
                .pooled
                .add(suspects(&team.members, past, active, finished));
            found.banded += usize::from(!past[n - 1].given.is_empty());
        }
    }
    found
}

#[test]
fn whoever_knows_everything_identifies_from_exact_counts_and_not_from_pooled_files() {
    for seed in SEEDS {
        let found = attack(&team(seed));
        assert!(found.weekly.len() > 250, "seed {seed}: few victims");
        assert!(
            found.weekly.identified() >= 90.0,
            "seed {seed}: the attacker does not work"
        );
        assert!(
            found.pooled.len() >= 40,
            "seed {seed}: hardly a file was given"
        );
        assert!(found.banded > 0, "seed {seed}: no band was given");
        let (identified, median) = (found.pooled.identified(), found.pooled.median());
        assert!(identified <= 5.0, "seed {seed}: {identified} %");
        assert!(median >= 5, "seed {seed}: median {median}");
    }
}

#[test]
fn without_the_ledger_the_same_attacker_would_find_many() {
    let team = team(1);
    let calendar = calendar();
    let mut crowd = Crowd::default();
    for victim in &team.members {
        let all = windows().into_iter().map(|window| Past {
            profile: Profile::Pooled,
            window,
            given: summary(&facts(&victim.data, &calendar, window), window, true).given(),
        });
        let past: Vec<Past> = all.collect();
        let finished = |one: &Member, window: Window| one.finished(window.range());
        crowd.add(suspects(&team.members, &past, |_, _| true, finished));
    }
    assert!(crowd.identified() > 50.0, "{}", crowd.identified());
}

#[test]
fn what_the_screen_says_is_counted_anew_over_all_that_was_given() {
    let team = team(2);
    let population = team.population();
    let calendar = calendar();
    let mut lower = 0;
    for victim in &team.members {
        let giving = give(&population, &windows(), |window| {
            facts(&victim.data, &calendar, window)
        });
        for pair in giving.weights.windows(2) {
            assert!(
                pair[1].look_alikes <= pair[0].look_alikes,
                "more files, fewer look-alikes"
            );
            lower += usize::from(pair[1].look_alikes < pair[0].look_alikes);
        }
        assert!(
            giving
                .weights
                .iter()
                .all(|weight| weight.look_alikes >= inward::share::LEAST)
        );
    }
    assert!(lower > 0, "it never sank");
}

#[test]
fn the_answer_is_the_same_for_everybody() {
    let team = team(3);
    let population = team.population();
    let calendar = calendar();
    let outcome = |victim: &Member| {
        let giving = give(&population, &windows(), |window| {
            facts(&victim.data, &calendar, window)
        });
        (giving.weights, giving.without_band, giving.refused)
    };
    // Whoever has no figure in a quarter gives none there, as if they had declined.
    let knows = |member: &&Member| {
        let known = |window| {
            matches!(
                facts(&member.data, &calendar, window).finished,
                Fact::Known(_)
            )
        };
        windows().into_iter().all(known)
    };
    let all: Vec<&Member> = team.members.iter().filter(knows).collect();
    assert!(all.len() > 20, "{}", all.len());
    let first = outcome(all[0]);
    assert!(first.1 > 0, "no band was refused");
    for member in all {
        assert_eq!(outcome(member), first);
    }
}
