//! Table `audit`: what was written, erased or handed out. Entries carry the day and local ids,
//! never a name, so that nothing has to be rewritten when something is forgotten.
//!
//! Each entry holds a keyed hash of itself and the one before it. That finds accidents and edits
//! by whoever lacks the key; in a plain store the key lies in the same file, so it stops nobody who
//! can read it. Nothing is pruned: ageing takes rows of other tables and adds a `purge` entry.

mod chain;
mod state;
#[cfg(test)]
mod tests;
mod verdict;

use super::{Store, StoreError};
pub use crate::model::act::Action;
use crate::model::text::Clean;
pub(super) use chain::{Entry, append, list, note};
pub use verdict::AuditState;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// The day, days from 1970-01-01.
    pub day: i32,
    /// What was done: [`Action::of`] knows the words of this version.
    pub action: Clean,
    /// On what, by local id.
    pub object: Clean,
    /// How many rows.
    pub n: u64,
}

impl Store {
    /// Logs `action` on `object` (a local id or a closed word, never a name) with `n` rows or bytes.
    pub fn audit(&mut self, action: Action, object: &str, n: u64) -> Result<(), StoreError> {
        let (day, key) = (self.today, self.key.clone());
        self.write("writing the log", |conn| {
            note(conn, &key, day, (action, object, n))
        })
    }

    /// The log, oldest first.
    pub fn audit_rows(&self) -> Result<Vec<AuditRow>, StoreError> {
        self.read("reading the log", list)
    }

    /// Checks the log entry by entry, and that the entry a receipt was made of is still in it.
    pub fn audit_verify(&self, receipt: Option<&str>) -> Result<AuditState, StoreError> {
        let links = self.read("reading the log", chain::links)?;
        Ok(verdict::of(&self.key, &links, receipt))
    }

    /// Sixteen hexadecimal digits of the newest entry, to keep elsewhere; `None` while empty.
    pub fn audit_receipt(&self) -> Result<Option<String>, StoreError> {
        let last = self.read("reading the log", chain::last)?;
        Ok(last.map(|(_, mac)| verdict::receipt(&self.key, &mac)))
    }
}
