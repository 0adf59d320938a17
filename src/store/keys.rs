//! Keyed hashes: they let the store recognise a thing without telling what it was.
//!
//! The key is 32 random bytes of this store, so the same commit has other hashes in another. A store
//! that another one was merged into knows that one's key too: hashes that came from there stay as they
//! are, and whoever asks by hash asks under every key ([`Key::all`]).

use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use crate::model::identity::Me;

/// Key in `meta` of the keys of stores that were merged into this one, 32 bytes each.
const MERGED: &str = "keys";

/// The store's own random key, and those of stores that were merged into it.
#[derive(Clone)]
pub(super) struct Key {
    own: [u8; 32],
    /// Sorted; shared by every clone, so that what another process merged is known to all of them.
    others: Arc<RwLock<Vec<[u8; 32]>>>,
}

impl Key {
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::alone)
    }

    fn alone(own: [u8; 32]) -> Self {
        let others = Arc::default();
        Self { own, others }
    }

    /// A fresh key from the operating system.
    pub(super) fn random() -> Result<Self, std::io::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self::alone(bytes))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.own
    }

    /// Whether both are one store's own key.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.own == other.own
    }

    /// Every key that hashes of this store may be made with, its own first.
    pub(super) fn all(&self) -> impl Iterator<Item = Self> + use<> {
        std::iter::once(Self::alone(self.own)).chain(self.others())
    }

    /// The keys of stores that were merged into this one.
    pub(super) fn others(&self) -> impl Iterator<Item = Self> + use<> {
        let others = self.others.read().unwrap_or_else(PoisonError::into_inner);
        others.clone().into_iter().map(Self::alone)
    }

    /// Reads again which stores were merged into this one.
    pub(super) fn refresh(&self, conn: &Connection) -> rusqlite::Result<()> {
        let known: Option<Vec<u8>> = conn
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
            .query_row([MERGED], |row| row.get(0))
            .optional()?;
        let (known, _) = known.as_deref().unwrap_or_default().as_chunks::<32>();
        let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
        if others.as_slice() != known {
            *others = known.to_vec();
        }
        Ok(())
    }

    /// Makes all keys of `other` keys of this store; whether one was new.
    pub(super) fn learn(&self, conn: &Connection, other: &Self) -> rusqlite::Result<bool> {
        let mut known: Vec<[u8; 32]> = self.others().map(|key| key.own).collect();
        let before = known.clone();
        known.extend(other.all().map(|key| key.own));
        known.retain(|key| *key != self.own);
        known.sort_unstable();
        known.dedup();
        if known == before {
            return Ok(false);
        }
        conn.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
            params![MERGED, known.concat()],
        )?;
        self.refresh(conn)?;
        Ok(true)
    }

    /// The same key read anew from the file; clones of this one learn what it knows.
    pub(super) fn read_again(&mut self, fresh: Self) {
        if !self.is(&fresh) {
            *self = fresh;
            return;
        }
        let known: Vec<[u8; 32]> = fresh.others().map(|key| key.own).collect();
        let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
        *others = known;
    }

    /// Recognises the same change in another commit: author time and summary.
    pub(super) fn change(&self, author_utc: i64, summary: &str) -> i64 {
        let mut hash = self.start(b"change");
        hash.update(&author_utc.to_le_bytes());
        hash.update(summary.trim().as_bytes());
        head(&hash)
    }

    /// Recognises the same change wherever it stands: the reader's sum over its text.
    pub(super) fn patch(&self, identity: u64) -> i64 {
        let mut hash = self.start(b"patch");
        hash.update(&identity.to_le_bytes());
        head(&hash)
    }

    /// Recognises a line of a repository's reflog.
    pub(super) fn line(&self, line: [u8; 16]) -> i64 {
        let mut hash = self.start(b"line");
        hash.update(&line);
        head(&hash)
    }

    /// Recognises the question a walk answered: who is me, since when, read by which version of
    /// the reader, with the reflog or without.
    pub(super) fn question(
        &self,
        me: &Me,
        since: Option<NaiveDate>,
        (reader, reflog): (u32, bool),
    ) -> [u8; 32] {
        let mut hash = self.start(b"question");
        part(&mut hash, &reader.to_le_bytes());
        part(&mut hash, &[u8::from(reflog)]);
        for address in me.addresses() {
            part(&mut hash, address.as_str().as_bytes());
        }
        // A name decides what a mailmap may give me.
        for name in me.names() {
            part(&mut hash, format!("name {name}").as_bytes());
        }
        part(&mut hash, format!("{since:?}").as_bytes());
        *hash.finalize().as_bytes()
    }

    /// Recognises which paths a walk left out.
    pub(super) fn exclusions(&self, exclude: &[String]) -> [u8; 32] {
        let mut hash = self.start(b"exclusions");
        for path in exclude {
            part(&mut hash, path.as_bytes());
        }
        *hash.finalize().as_bytes()
    }

    /// Recognises an export file read in a certain way.
    pub(super) fn digest(&self, digest: &[u8; 32]) -> [u8; 32] {
        let mut hash = self.start(b"import");
        hash.update(digest);
        *hash.finalize().as_bytes()
    }

    /// Recognises a name of a thing of the given kind.
    pub(super) fn alias(&self, kind: u8, alias: &str) -> [u8; 16] {
        let mut hash = self.start(b"alias");
        hash.update(&[kind]);
        hash.update(alias.as_bytes());
        half(&hash)
    }

    /// Recognises a calendar file by its name.
    pub(super) fn calendar(&self, name: &str) -> [u8; 16] {
        let mut hash = self.start(b"calendar");
        hash.update(name.as_bytes());
        half(&hash)
    }

    /// Recognises an event of a calendar file.
    pub(super) fn event(&self, uid: &str) -> [u8; 16] {
        let mut hash = self.start(b"event");
        hash.update(uid.as_bytes());
        half(&hash)
    }

    /// Recognises a time entry among those of its task.
    pub(super) fn entry(&self, name: &str) -> [u8; 16] {
        let mut hash = self.start(b"entry");
        hash.update(name.as_bytes());
        half(&hash)
    }

    /// Recognises the same facts about a thing of the same names.
    pub(super) fn observation(&self, kind: u8, facts: &str, aliases: &[u8]) -> [u8; 16] {
        let mut hash = self.start(b"observation");
        part(&mut hash, &[kind]);
        part(&mut hash, aliases);
        hash.update(facts.as_bytes());
        half(&hash)
    }

    /// Recognises what the observations of a thing fold to.
    pub(super) fn folded(&self, folded: &[u8]) -> [u8; 16] {
        let mut hash = self.start(b"folded");
        hash.update(folded);
        half(&hash)
    }

    /// Recognises the project (`owner/name`) of a repository's remote, in any case.
    pub(super) fn remote(&self, path: &str) -> [u8; 16] {
        let mut hash = self.start(b"remote");
        hash.update(path.trim_matches('/').to_lowercase().as_bytes());
        half(&hash)
    }

    /// Recognises a forgotten or refused thing of the given kind.
    pub(super) fn tombstone(&self, kind: u8, thing: &[u8]) -> [u8; 32] {
        let mut hash = self.start(b"tombstone");
        hash.update(&[kind]);
        hash.update(thing);
        *hash.finalize().as_bytes()
    }

    /// Binds an audit entry to the ones before it.
    pub(super) fn audit(&self, previous: &[u8], parts: &[&[u8]]) -> [u8; 32] {
        let mut hash = self.start(b"audit");
        part(&mut hash, previous);
        for bytes in parts {
            part(&mut hash, bytes);
        }
        *hash.finalize().as_bytes()
    }

    /// Recognises a receipt that this store gave, by the digits of its entry.
    pub(super) fn receipt(&self, entry: &[u8]) -> [u8; 32] {
        let mut hash = self.start(b"receipt");
        hash.update(entry);
        *hash.finalize().as_bytes()
    }

    fn start(&self, purpose: &[u8]) -> blake3::Hasher {
        let mut hash = blake3::Hasher::new_keyed(&self.own);
        part(&mut hash, purpose);
        hash
    }
}

/// The first eight bytes of a hash as a number.
fn head(hash: &blake3::Hasher) -> i64 {
    let mut head = [0; 8];
    head.copy_from_slice(&hash.finalize().as_bytes()[..8]);
    i64::from_le_bytes(head)
}

/// The first sixteen bytes of a hash.
fn half(hash: &blake3::Hasher) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash.finalize().as_bytes()[..16]);
    half
}

/// Length first, so that two lists never run into one.
fn part(hash: &mut blake3::Hasher, bytes: &[u8]) {
    hash.update(&(bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Key")
    }
}
