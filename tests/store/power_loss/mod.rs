//! The power fails: a real process writes a real store under a recorder, and the disk that its
//! writes make is cut off at hundreds of moments, with whatever was not synced there, gone, torn or
//! spoiled (`disk.rs` says what is believed of a disk). Each time the store must open, be whole, hold
//! all that was told to be kept, and go on.
//!
//! The method is that of SQLite's own crash tests. A disk that heeds no sync shows that the replay
//! can fail: `INWARD_POWER_STATES` sets how many moments are tried.

mod deeds;
mod disk;
mod log;
mod recording;
mod verdict;

use std::fmt::Write as _;
use std::sync::OnceLock;

use disk::{Disk, Files, Heeds};
use log::Event;
use recording::Recording;
use verdict::{Fault, judge};

use crate::worlds::Dice;

/// How many crashes are looked at, if nothing else is asked for.
const STATES: usize = 220;

/// One store in so many has to take a note after the crash: that takes as long as all the rest.
const GOING_ON: usize = 6;

/// What came of many crashes.
#[derive(Debug, Default)]
struct Tally {
    states: usize,
    /// The store does not open, is not whole or does not go on.
    corrupt: usize,
    /// Something that was told is not there, or something that was told to be gone is.
    lost: usize,
    /// The first faults, in words.
    faults: String,
}

impl Tally {
    fn count(&mut self, fault: Option<Fault>, moment: &str) {
        self.states += 1;
        let Some(fault) = fault else { return };
        if self.corrupt + self.lost < 8 {
            writeln!(self.faults, "{moment}: {fault:?}").unwrap();
        }
        match fault {
            Fault::Corrupt(_) => self.corrupt += 1,
            Fault::Lost(_) | Fault::Back(_) => self.lost += 1,
        }
    }
}

/// Lets the power fail at `states` moments of what was recorded.
fn replay(recording: &Recording, heeds: Heeds, states: usize) -> Tally {
    let events = recording.events();
    let mut disk = Disk::new(&recording.before, heeds);
    let (mut tally, mut told, mut next) = (Tally::default(), 0, 0);
    for (number, cut) in moments(&events, states).into_iter().enumerate() {
        for event in &events[next..cut] {
            told += usize::from(matches!(event, Event::Told(_)));
            disk.take(*event);
        }
        next = cut;
        let left = disk.crash(&mut Dice(number as u64));
        let moment = format!("state {number}, event {cut} of {}, {told} told", events.len());
        let going_on = number % GOING_ON == 0;
        tally.count(judge(recording, &left, told, going_on), &moment);
    }
    tally
}

/// After how many events the power fails, in order: half of them where it is most delicate, right
/// after something was told and right before something is synced; the others spread evenly.
fn moments(events: &[Event<'_>], states: usize) -> Vec<usize> {
    let delicate = |at: &usize| {
        let told = matches!(events[at - 1], Event::Told(_));
        told || matches!(events.get(*at), Some(Event::Synced(_)))
    };
    let places: Vec<usize> = (1..=events.len()).filter(delicate).collect();
    let half = states / 2;
    let mut moments: Vec<usize> = (0..half).map(|n| places[n * places.len() / half]).collect();
    let others = states - half;
    moments.extend((0..others).map(|n| n * events.len() / others));
    moments.sort_unstable();
    moments
}

fn states() -> usize {
    let asked = std::env::var("INWARD_POWER_STATES").ok();
    asked.map_or(STATES, |asked| asked.parse().unwrap())
}

fn plain() -> &'static Recording {
    static ONE: OnceLock<Recording> = OnceLock::new();
    ONE.get_or_init(|| Recording::of(deeds::PLAIN, Files::new()))
}

fn sealed() -> &'static Recording {
    static ONE: OnceLock<Recording> = OnceLock::new();
    ONE.get_or_init(|| Recording::of(deeds::SEALED, Files::new()))
}

fn loses_nothing(what: &str, recording: &Recording, states: usize) {
    let tally = replay(recording, Heeds::ALL, states);
    eprintln!("{what}: {tally:?}, {} events", recording.events().len());
    assert_eq!(tally.states, states);
    assert_eq!((tally.corrupt, tally.lost), (0, 0), "{what}\n{}", tally.faults);
}

#[test]
fn a_plain_store_keeps_what_it_told_through_a_power_loss_at_any_moment() {
    loses_nothing("plain", plain(), states());
}

#[test]
fn a_sealed_store_keeps_what_it_told_through_a_power_loss_at_any_moment() {
    loses_nothing("sealed", sealed(), states());
}

#[test]
#[ignore = "started by the other tests as a second process"]
fn a_child() {
    recording::child();
}
