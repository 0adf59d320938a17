//! One transaction of a scan: some commits, and where they were seen.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::barred::Barred;
use super::branches::Branches;
use super::commits::{self, Context, Put};
use super::file_changes::Dictionary;
use super::identities::{Evidence, Kind};
use super::keys::Key;
use super::sightings::{self, Seen, Sighting};
use super::{columns, identities, keep, linking, repositories, tombstones};
use crate::model::commit::CommitRecord;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::place::Place;

/// What one transaction writes.
pub(super) struct Batch {
    pub(super) place: Place,
    pub(super) key: Key,
    pub(super) today: i32,
    pub(super) replace: bool,
    pub(super) commits: Vec<CommitRecord>,
    pub(super) sightings: Vec<Sighting>,
    pub(super) authors: HashMap<Address, Option<i64>>,
    /// Entries that a mailmap and something beside it make mine.
    pub(super) learned: BTreeSet<Address>,
    pub(super) dictionary: Dictionary,
    pub(super) branches: Branches,
    /// A commit that was stored already was written again.
    pub(super) rewrote: bool,
    pub(super) version: i64,
}

impl Batch {
    /// Writes everything; sightings of commits that are not stored stay for the next batch.
    pub(super) fn run(&mut self, conn: &Connection) -> rusqlite::Result<u64> {
        self.forget_if_others_wrote(conn)?;
        let (_, home) = repositories::find_or_add(conn, &self.place, self.today)?;
        let keep = keep::load(conn)?;
        let key = self.key.clone();
        let barred = Barred::load(conn, &key, self.today)?;
        let mut stale = BTreeSet::new();
        let mut added = HashMap::new();
        for mut record in std::mem::take(&mut self.commits) {
            if barred.commit(record.oid, record.authored)? {
                continue;
            }
            if barred.has_words() {
                strip(&barred, &mut record)?;
            }
            let Some(author) = self.author(conn, &record.author)? else {
                continue;
            };
            let context = Context {
                key: &self.key,
                author,
                home,
                replace: self.replace,
                keep: &keep,
            };
            match commits::put(conn, &record, &context, &mut self.dictionary)? {
                Put::Added(id) => {
                    added.insert(record.oid, id);
                    stale.insert((home, columns::block_of(id)));
                    linking::mark(conn, id)?;
                }
                Put::Replaced(id) => {
                    self.rewrote = true;
                    columns::mark_stale_commit(conn, id)?;
                }
                Put::Kept => {}
            }
        }
        self.see((conn, &barred), (home, &added), &mut stale)?;
        for (home, block) in stale {
            columns::mark_stale(conn, home, block)?;
        }
        Ok(added.len() as u64)
    }

    /// Writes the sightings; what was `added` just now was marked then.
    fn see(
        &mut self,
        (conn, barred): (&Connection, &Barred<'_>),
        (repo, added): (RepoId, &HashMap<Oid, CommitId>),
        stale: &mut BTreeSet<(RepoId, u32)>,
    ) -> rusqlite::Result<()> {
        let mut left = Vec::new();
        let place = (repo, sightings::lies_in_several(conn, repo)?);
        let names = keep::load(conn)?.branches;
        for mut sighting in std::mem::take(&mut self.sightings) {
            sighting.branch = sighting.branch.filter(|_| names);
            if let Some(branch) = &sighting.branch
                && barred.word(branch.as_str().as_bytes())?
            {
                sighting.branch = None;
            }
            let new = added.get(&sighting.oid).map(|id| (*id, repo));
            match sightings::note(conn, place, (&sighting, new), &mut self.branches)? {
                Seen::Unknown => left.push(sighting),
                Seen::Same => {}
                Seen::Changed(..) if new.is_some() => {}
                // Which of two twins is kept depends on the branch.
                Seen::Changed(id, home) => {
                    stale.insert((home, columns::block_of(id)));
                    linking::mark(conn, id)?;
                }
            }
        }
        self.sightings = left;
        Ok(())
    }

    fn author(&mut self, conn: &Connection, address: &Address) -> rusqlite::Result<Option<i64>> {
        if let Some(known) = self.authors.get(address) {
            return Ok(*known);
        }
        let mut row = identities::address_row(conn, address)?;
        // What the owner took back meanwhile stays away.
        if row.is_none()
            && self.learned.contains(address)
            && !tombstones::refused(conn, &self.key, address)?
        {
            let entry = (Kind::Address, address.as_str());
            identities::insert(conn, (&self.key, self.today), entry, Evidence::Mailmap)?;
            row = identities::address_row(conn, address)?;
        }
        self.authors.insert(address.clone(), row);
        Ok(row)
    }

    /// Another process may have erased rows whose ids were looked up before.
    fn forget_if_others_wrote(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let version = conn.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if version != self.version {
            self.version = version;
            self.authors.clear();
            self.dictionary = Dictionary::default();
            self.branches = Branches::default();
        }
        Ok(())
    }
}

/// Takes forgotten paths and keys out of what is written of a commit.
fn strip(barred: &Barred<'_>, record: &mut CommitRecord) -> rusqlite::Result<()> {
    let mut files = Vec::with_capacity(record.files.len());
    for mut file in std::mem::take(&mut record.files) {
        if barred.word(file.path.as_bytes())? {
            continue;
        }
        if let Some(old) = &file.old_path
            && barred.word(old.as_bytes())?
        {
            file.old_path = None;
        }
        files.push(file);
    }
    record.files = files;
    let mut mentions = Vec::with_capacity(record.mentions.len());
    for mention in std::mem::take(&mut record.mentions) {
        if !barred.word(mention.token.as_str().as_bytes())? {
            mentions.push(mention);
        }
    }
    record.mentions = mentions;
    Ok(())
}
