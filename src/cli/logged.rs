//! What a run has to tell the log beside the command itself: files it closed to others, the level
//! that the lock reached, a self-test. Commands that only read write nothing, unless they repaired
//! something.

use std::cell::{Cell, RefCell};

use super::error::CliError;
use super::session::{Session, store_error};
use crate::guard::lock::Level;
use crate::guard::probe;
use crate::store::{Action, Store, StoreError};

/// What is to be logged with the next chance.
#[derive(Default)]
pub(super) struct Logged {
    repaired: Cell<u64>,
    unlocked: Cell<bool>,
    level: RefCell<Option<Level>>,
}

impl Logged {
    /// So many files or folders were closed to others.
    pub(super) fn repaired(&self, files: usize) {
        self.repaired.set(self.repaired.get() + files as u64);
    }

    /// A passphrase was typed, and fitted.
    pub(super) fn unlocked(&self) {
        self.unlocked.set(true);
    }

    /// The lock reached `level`.
    pub(super) fn locked(&self, level: &Level) {
        *self.level.borrow_mut() = Some(level.clone());
    }

    /// Logs which level the lock reached, where it is another one than the last time.
    pub(super) fn note_level(&self, store: &mut Store) -> Result<(), StoreError> {
        let level = self.level.borrow();
        let Some(level) = level.as_ref() else {
            return Ok(());
        };
        let word = if level.enforced() {
            "enforced"
        } else {
            "by-build"
        };
        let holding = level.layers().iter().filter(|layer| layer.holds).count();
        store.note_lock_level(word, holding as u64).map(drop)
    }
}

impl Session {
    /// Logs what was repaired, and that a passphrase was typed, in a store that holds something.
    /// That it could not be noted stops nobody from reading.
    pub(super) fn note_before(&self) {
        let (files, unlocked) = (self.logged.repaired.take(), self.logged.unlocked.take());
        if (files == 0 && !unlocked) || !self.has_store() || self.is_locked() {
            return;
        }
        let note = || -> Result<(), StoreError> {
            let mut store = self.door().open(self.now_utc())?;
            // A row would make an empty store one that `restore` refuses.
            if store.is_empty()? {
                return Ok(());
            }
            if unlocked {
                store.audit(Action::Unlock, "", 1)?;
            }
            if files > 0 {
                store.audit(Action::Repair, "permissions", files)?;
            }
            Ok(())
        };
        // The command opens the store itself, and says then what is wrong with it.
        drop(note());
    }

    /// Logs a self-test: how many forbidden things were refused, or got through where one did;
    /// where nothing is kept there is no log.
    pub(super) fn note_self_test(&self, rows: &[probe::Row]) -> Result<(), CliError> {
        if !self.has_store() || self.is_locked() {
            return Ok(());
        }
        let (object, n) = probe::logged(rows);
        let mut store = self.door().open(self.now_utc()).map_err(store_error)?;
        store
            .audit(Action::SelfTest, object, n)
            .map_err(store_error)
    }
}
