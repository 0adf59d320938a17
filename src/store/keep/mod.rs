//! The keep switches: what is off is not stored, and is erased from what is stored.
//!
//! Answers stand in `meta` (`keep.NAME`), where nothing stands everything is kept; that of the
//! reflog is `reflog.rs`'s. What comes in passes `door.rs` (commits, what was done to refs) or
//! `facts.rs` (exports); what is stored already is erased by `off.rs` (commits), `days.rs`
//! (times) and `rewrite.rs` (exports). A text that is not kept is the word `(not kept)`, so that
//! nothing that shows it needs to know.

pub(super) mod days;
pub(super) mod door;
pub(super) mod facts;
mod join;
mod off;
mod on;
mod rewrite;

use rusqlite::{Connection, params};

use super::{Store, StoreError, audit, columns, erase, linking, reflog, squashes, twins};
use crate::model::keep::{Keep, Kind, Measure};
pub(super) use join::join;

/// What turning switches did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// The kinds that are off now and were on, with how many rows told of them.
    pub off: Vec<(Kind, u64)>,
    /// The kinds that are on now and were off.
    pub on: Vec<Kind>,
    /// The owner's notes that still stand: they are erased by [`Store::erase_notes`] only.
    pub notes_left: u64,
    /// Strings looked for in the file afterwards; none was found.
    pub sought: usize,
}

/// What may be kept, as the file says.
pub(super) fn load(conn: &Connection) -> rusqlite::Result<Keep> {
    let mut keep = Keep::default();
    let mut query =
        conn.prepare_cached("SELECT key, value FROM meta WHERE key >= 'keep.' AND key < 'keep/'")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (key, value): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if let Some(kind) = key.strip_prefix("keep.").and_then(Kind::by_name) {
            keep.set(kind, value == b"yes");
        }
    }
    keep.reflog = reflog::consent(conn)?.unwrap_or(false);
    Ok(keep)
}

fn answer(conn: &Connection, kind: Kind, on: bool) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
        params![kind.setting(), if on { &b"yes"[..] } else { b"no" }],
    )?;
    Ok(())
}

impl Store {
    /// What may be kept.
    pub fn keep(&self) -> Result<Keep, StoreError> {
        self.read("reading what is kept", load)
    }

    /// Whether the owner was asked how much is to be kept, or a setting said so.
    pub fn keep_answered(&self) -> Result<bool, StoreError> {
        self.read("reading what is kept", |conn| {
            conn.prepare("SELECT 1 FROM meta WHERE key >= 'keep.' AND key < 'keep/'")?
                .exists([])
        })
    }

    /// Takes over what may be kept. What turned off is erased, verified as [`Self::forget`] does;
    /// what turned on is read again by the next scan, or the next import of the same files. The
    /// owner's notes stay until [`Self::erase_notes`]. The switch of the reflog is
    /// [`Self::set_reflog_consent`]'s.
    pub fn set_keep(&mut self, keep: &Keep) -> Result<Turned, StoreError> {
        let before = self.keep()?;
        let differs = |kind: &Kind| *kind != Kind::Reflog && keep.has(*kind) != before.has(*kind);
        let changed: Vec<Kind> = Kind::ALL.into_iter().filter(differs).collect();
        if changed.is_empty() {
            return Ok(Turned::default());
        }
        let (key, day) = (self.key.clone(), self.today);
        let texts = self.read("reading what to erase", sought)?;
        let mut turned = self.write("turning what is kept", |conn| {
            let mut turned = Turned::default();
            for kind in changed {
                let on = keep.has(kind);
                answer(conn, kind, on)?;
                let n = if on {
                    on::again(conn, kind)?;
                    turned.on.push(kind);
                    0
                } else {
                    let n = off::erase(conn, &key, kind)?;
                    turned.off.push((kind, n));
                    n
                };
                let action = if on {
                    audit::Action::KeepOn
                } else {
                    audit::Action::KeepOff
                };
                audit::note(conn, &key, day, (action, kind.name(), n))?;
            }
            settle(conn, &key)?;
            if !keep.notes {
                turned.notes_left = count_notes(conn)?;
            }
            Ok(turned)
        })?;
        if turned.off.iter().any(|(_, rows)| *rows > 0) {
            turned.sought = self.make_sure(texts)?;
        }
        Ok(turned)
    }

    /// Notes how much the owner said is to be kept at the first keep, and takes it over.
    pub fn set_measure(&mut self, measure: Measure) -> Result<Turned, StoreError> {
        self.write("noting how much is kept", |conn| {
            conn.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('keep.asked', x'')",
                [],
            )?;
            Ok(())
        })?;
        let keep = measure.of(self.keep()?);
        self.set_keep(&keep)
    }

    /// How many notes of the owner's stand in a store that keeps none: what they are to be asked
    /// about.
    pub fn notes_to_erase(&self) -> Result<u64, StoreError> {
        self.read("counting notes", |conn| {
            if load(conn)?.notes {
                return Ok(0);
            }
            count_notes(conn)
        })
    }

    /// Erases every note of the owner's, verified; events stay, without words. How many there were.
    pub fn erase_notes(&mut self) -> Result<u64, StoreError> {
        let (key, day) = (self.key.clone(), self.today);
        let texts = self.read("reading what to erase", sought)?;
        let n = self.write("erasing notes", |conn| {
            let n = off::notes(conn)?;
            audit::note(
                conn,
                &key,
                day,
                (audit::Action::KeepOff, Kind::Notes.name(), n),
            )?;
            Ok(n)
        })?;
        self.make_sure(texts)?;
        Ok(n)
    }
}

/// Tells again what was derived from what changed.
fn settle(conn: &Connection, key: &super::keys::Key) -> rusqlite::Result<()> {
    columns::mark_all_stale(conn)?;
    twins::mark(conn)?;
    squashes::mark(conn)?;
    erase::sweep(conn)?;
    columns::rebuild(conn)?;
    linking::settle_all(conn, key)
}

fn count_notes(conn: &Connection) -> rusqlite::Result<u64> {
    conn.query_row(off::NOTES, [], |row| row.get(0))
}

/// What erasing looks for afterwards: texts, and what stands in the facts of exports.
fn sought(conn: &Connection) -> rusqlite::Result<Vec<Vec<u8>>> {
    erase::texts(conn)
}
