//! Rows behind a line that was not chosen change no byte.

use std::collections::BTreeSet;

use inward::model::dataset::Dataset;
use inward::model::task::TaskKind;
use inward::model::work::Stamp;
use inward::share::{Facts, Form, Known, LineId, Profile, Summary, Window, facts, render};
use proptest::prelude::*;

use super::generate::{Dice, dataset, rows};
use super::team::{calendar, team, windows};

fn bytes(facts: &Facts, window: Window, chosen: &BTreeSet<LineId>) -> Vec<u8> {
    let known = Known::default();
    let summary = Summary::of((Profile::Handover, window), facts, chosen, (&[], &known)).unwrap();
    Form::ALL
        .iter()
        .flat_map(|form| render(&summary, *form))
        .collect()
}

/// Whether a task is behind one of the chosen lines.
fn is_behind(kind: TaskKind, chosen: &BTreeSet<LineId>) -> bool {
    let line = match kind {
        TaskKind::Story | TaskKind::Epic => LineId::Stories,
        TaskKind::Bug => LineId::Bugs,
        _ => LineId::Tasks,
    };
    chosen.contains(&line) || chosen.contains(&LineId::CycleTime)
}

/// Other commits, other hours, other tasks and reviews wherever no chosen line looks.
fn disturb(data: &mut Dataset, dice: &mut Dice, chosen: &BTreeSet<LineId>) {
    let other = dataset(rows(dice.next(), 200, 700, 1), 1);
    data.commits = other.commits;
    data.changes = other.changes;
    data.links.clear();
    for task in &mut data.work.tasks {
        if is_behind(task.kind, chosen) {
            // What is counted keeps its day and loses its hour.
            let hour = i64::try_from(dice.below(24)).unwrap() * 3_600;
            let midnight = |at: Stamp| i64::from(at.day) * 86_400;
            task.done = task
                .done
                .and_then(|done| Stamp::at(midnight(done) + hour, 0));
            task.started = task
                .started
                .and_then(|from| Stamp::at(midnight(from) + hour, 0));
        } else {
            let back = i64::try_from(dice.below(900)).unwrap() * 86_400;
            let moved = task.done.map(|done| done.utc - back + 200 * 86_400);
            let latest = i64::from(data.work.until.unwrap()) * 86_400;
            task.done = moved.and_then(|utc| Stamp::at(utc.min(latest), 0));
            task.started = None;
        }
    }
    if !chosen.contains(&LineId::Reviews) {
        data.work.given.retain(|_| dice.one_in(3));
    }
}

#[test]
fn rows_behind_lines_that_were_not_chosen_change_no_byte() {
    let calendar = calendar();
    let changed = std::cell::Cell::new(0_u32);
    let members = team(7).members;
    proptest!(ProptestConfig::with_cases(128), |(seed: u64, who in 0_usize..40, at in 0_usize..8, picks in 0_u8..32)| {
        let lines = LineId::BANDED[..5].iter().zip(0_u8..);
        let chosen: BTreeSet<LineId> = lines.filter(|(_, bit)| picks >> bit & 1 == 1).map(|(line, _)| *line).collect();
        let window = windows()[at];
        let before = facts(&members[who].data, &calendar, window);
        let mut data = members[who].data.clone();
        disturb(&mut data, &mut Dice(seed), &chosen);
        let after = facts(&data, &calendar, window);
        changed.set(changed.get() + u32::from(before != after));
        prop_assert!(bytes(&before, window, &chosen) == bytes(&after, window, &chosen), "{:?}: {:?} {:?}", chosen, before, after);
    });
    assert!(
        changed.get() > 20,
        "hardly anything was disturbed: {}",
        changed.get()
    );
}

#[test]
fn rows_behind_a_chosen_line_change_its_bytes() {
    let member = &team(7).members[3];
    let (window, calendar) = (windows()[2], calendar());
    let chosen = BTreeSet::from([LineId::Reviews]);
    let told = |data: &Dataset| bytes(&facts(data, &calendar, window), window, &chosen);
    let mut more = member.data.clone();
    let first = more.work.given[0].clone();
    for n in 0..200 {
        let utc = i64::from(window.range().from.to_epoch_days() + n % 80) * 86_400;
        let mut one = first.clone();
        one.times = vec![Stamp::at(utc, 0).unwrap()];
        more.work.given.push(one);
    }
    assert_ne!(told(&member.data), told(&more));
}
