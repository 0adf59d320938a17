//! The power fails: a real process writes a real store under a recorder, and the disk that its
//! writes make is cut off at hundreds of moments, with whatever was not synced there, gone, torn or
//! spoiled (`disk.rs` says what is believed of a disk). Each time the store must open, be whole, hold
//! all that was told to be kept, and nothing that was told to be gone.
//!
//! The method is that of SQLite's own crash tests. The last test plays the same on disks that do not
//! sync, to see that the replay can fail. `INWARD_POWER_STATES` sets how often the power fails.

mod deeds;
mod disk;
mod log;
mod recording;
mod verdict;

use std::collections::HashSet;
use std::fmt::{self, Write as _};
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use deeds::Deed;
use disk::{Disk, Files, Heeds};
use log::Event;
use recording::{Recording, STORE};
use verdict::{Fault, judge};

use crate::worlds::Dice;

/// One store in so many has to take a note after the crash: that takes as long as all the rest.
const GOING_ON: usize = 6;

/// What came of many crashes.
#[derive(Default)]
struct Tally {
    states: usize,
    /// The store does not open, is not whole or does not go on.
    corrupt: usize,
    /// Something that was told is not there, or something that was told to be gone is.
    lost: usize,
    /// The first faults, in words.
    faults: String,
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} states, ", self.states)?;
        write!(
            out,
            "{} corrupt, {} lost\n{}",
            self.corrupt, self.lost, self.faults
        )
    }
}

impl Tally {
    fn count(&mut self, fault: Option<Fault>, moment: &str) {
        self.states += 1;
        let Some(fault) = fault else { return };
        if self.corrupt + self.lost < 8 {
            writeln!(self.faults, "{moment}: {fault}").unwrap();
        }
        match fault {
            Fault::Corrupt(_) => self.corrupt += 1,
            Fault::Lost(_) | Fault::Back(_) => self.lost += 1,
        }
    }
}

/// Lets the power fail at so many moments of what was recorded; no two states are the same.
fn replay(recording: &Recording, heeds: Heeds, times: usize) -> Tally {
    let events = recording.events();
    let mut disk = Disk::new(&recording.before, heeds);
    let (hasher, mut seen) = (RandomState::new(), HashSet::new());
    let (mut tally, mut told, mut next) = (Tally::default(), 0, 0);
    for (number, cut) in moments(&events, times).into_iter().enumerate() {
        for event in &events[next..cut] {
            told += usize::from(matches!(event, Event::Told(_)));
            disk.take(*event);
        }
        next = cut;
        // Where little is on its way, the same may be left again: other dice then.
        let seeds = (0..8).map(|again| 8 * number as u64 + again);
        let mut crashes = seeds.map(|seed| disk.crash(&mut Dice(seed)));
        let new = |left: &Files| seen.insert(hasher.hash_one((left, told)));
        let Some(left) = crashes.find(new) else {
            continue;
        };
        let moment = format!(
            "state {number}, event {cut} of {}, {told} told",
            events.len()
        );
        let going_on = number % GOING_ON == 0;
        tally.count(judge(recording, &left, told, going_on), &moment);
    }
    tally
}

/// After how many events the power fails, in order: half of them where it is most delicate, right
/// after something was told and right before something is synced; the others spread evenly.
fn moments(events: &[Event<'_>], times: usize) -> Vec<usize> {
    let delicate = |at: &usize| {
        let told = matches!(events[at - 1], Event::Told(_));
        told || matches!(events.get(*at), Some(Event::Synced(_)))
    };
    let places: Vec<usize> = (1..=events.len()).filter(delicate).collect();
    let half = times / 2;
    let mut moments: Vec<usize> = (0..half).map(|n| places[n * places.len() / half]).collect();
    let others = times - half;
    moments.extend((0..others).map(|n| n * events.len() / others));
    moments.sort_unstable();
    moments
}

/// How often the power fails on a disk that is to fail.
const RED: usize = 24;

fn plain() -> &'static Recording {
    static ONE: OnceLock<Recording> = OnceLock::new();
    ONE.get_or_init(|| Recording::of(deeds::PLAIN, Files::new()))
}

fn sealed() -> &'static Recording {
    static ONE: OnceLock<Recording> = OnceLock::new();
    ONE.get_or_init(|| Recording::of(deeds::SEALED, Files::new()))
}

#[expect(
    clippy::print_stdout,
    reason = "the figures, for whoever asks by --nocapture"
)]
fn show(disk: &str, tally: &Tally) {
    println!("{disk}: {tally}");
}

/// The power fails so many times, or as often as was asked for, and nothing comes of it.
fn loses_nothing(recording: &Recording, times: usize) {
    let asked = std::env::var("INWARD_POWER_STATES").ok();
    let times = asked.map_or(times, |asked| asked.parse().unwrap());
    let tally = replay(recording, Heeds::ALL, times);
    show("an honest disk", &tally);
    assert_eq!((tally.corrupt, tally.lost), (0, 0), "{tally}");
    // Else nothing would have been on its way most of the time.
    assert!(tally.states > times / 2, "{tally}");
}

#[test]
fn a_plain_store_keeps_what_it_told_through_a_power_loss_at_any_moment() {
    loses_nothing(plain(), 340);
}

#[test]
fn a_sealed_store_keeps_what_it_told_through_a_power_loss_at_any_moment() {
    loses_nothing(sealed(), 120);
}

#[test]
fn a_power_loss_while_an_earlier_one_is_made_good_loses_nothing_either() {
    let (left, told) = in_the_middle(plain());
    let again = Recording::of(deeds::AFTERWARDS, left);
    assert_eq!(again.known[0].facts, plain().known[told].facts);
    loses_nothing(&again, 60);
}

/// The folder, and how many deeds were told, when half of the pages of a scan are written and the
/// journal has what they were.
fn in_the_middle(recording: &Recording) -> (Files, usize) {
    let scan = recording
        .deeds
        .iter()
        .position(|deed| matches!(deed, Deed::Scan(60)));
    let mut disk = Disk::new(&recording.before, Heeds::ALL);
    let mut told = 0;
    let mut journal_whole = false;
    for event in recording.events() {
        disk.take(event);
        told += usize::from(matches!(event, Event::Told(_)));
        if Some(told) != scan {
            continue;
        }
        match event {
            Event::Synced(_) => journal_whole = true,
            Event::Cut { .. } => journal_whole = false,
            Event::Wrote { at, .. } if journal_whole && at > 0 && disk.is_waiting(STORE) => {
                return (disk.seen(), told);
            }
            _ => {}
        }
    }
    panic!("the scan wrote no page");
}

#[test]
fn on_a_disk_that_heeds_no_sync_the_same_replay_finds_damage_and_loss() {
    for recording in [plain(), sealed()] {
        let no_files = Heeds {
            files: false,
            folder: true,
        };
        let tally = replay(recording, no_files, RED);
        show("a disk that syncs no file", &tally);
        assert!(tally.corrupt > 0, "{tally}");
        let no_folder = Heeds {
            files: true,
            folder: false,
        };
        let tally = replay(recording, no_folder, RED);
        show("a disk that syncs no folder", &tally);
        assert!(tally.lost > 0, "{tally}");
    }
}

#[test]
#[ignore = "started by the other tests as a second process"]
fn a_child() {
    recording::child();
}
