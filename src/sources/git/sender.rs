//! Sends what the walk finds to the line counters, and what needs no counting straight on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use super::events::Events;
use super::judge::Judge;
use super::notes::Notes;
use super::parse::Commit;
use super::request::Event;
use super::visit::{Halt, Mine, Visitor};
use crate::model::commit::CommitRecord;
use crate::model::ids::Oid;

/// So many commits a line counter takes at a time: neighbours share what git's packs build on.
const PORTION: usize = 128;

/// The walk's visitor while a repository is read.
pub(super) struct Sender<'a> {
    judge: Judge<'a>,
    notes: Notes,
    known: &'a (dyn Fn(Oid) -> bool + Sync),
    portion: Vec<Mine>,
    portions: SyncSender<Vec<Mine>>,
    events: Events,
    halt: &'a AtomicBool,
}

impl<'a> Sender<'a> {
    /// A sender of commits of mine to `portions`, and of all else to `events`; it ends the walk
    /// once `halt` is set. Lines of `known` commits are not counted again.
    pub(super) fn new(
        judge: Judge<'a>,
        known: &'a (dyn Fn(Oid) -> bool + Sync),
        portions: SyncSender<Vec<Mine>>,
        events: Events,
        halt: &'a AtomicBool,
    ) -> Self {
        Self {
            judge,
            notes: Notes::default(),
            known,
            portion: Vec::with_capacity(PORTION),
            portions,
            events,
            halt,
        }
    }

    fn flush(&mut self) -> Result<(), Halt> {
        if self.portion.is_empty() {
            return Ok(());
        }
        let portion = std::mem::replace(&mut self.portion, Vec::with_capacity(PORTION));
        self.portions.send(portion).map_err(|_closed| Halt)
    }

    /// Sends what is left to the line counters and lets go of them; what messages told, the
    /// judge and the way to the caller come back.
    pub(super) fn end(mut self) -> Result<(Judge<'a>, Notes, Events), Halt> {
        self.flush()?;
        Ok((self.judge, self.notes, self.events))
    }
}

impl Visitor for Sender<'_> {
    fn judge(&mut self, oid: Oid, commit: &Commit<'_>) -> Option<CommitRecord> {
        let record = self.judge.record(oid, commit);
        self.notes
            .take(&mut self.judge, oid, commit, record.as_ref());
        record
    }

    fn found(&mut self, mine: Mine) -> Result<(), Halt> {
        if (self.known)(mine.record.oid) {
            return Ok(());
        }
        if mine.record.merge {
            let event = Event::Commit(Box::new(mine.record));
            return self.events.send(event);
        }
        self.portion.push(mine);
        if self.portion.len() < PORTION {
            return Ok(());
        }
        self.flush()
    }

    fn progress(&mut self, walked: u64, mine: u64) -> Result<(), Halt> {
        if self.halt.load(Ordering::Relaxed) {
            return Err(Halt);
        }
        let event = Event::Walked {
            commits: walked,
            mine,
        };
        self.events.send(event)?;
        self.events.flush()
    }
}
