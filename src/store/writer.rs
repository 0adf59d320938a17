//! The writer of one repository's scan: short transactions of about a thousand commits, and one
//! last transaction that makes the scan finished.
//!
//! A commit and its files are written together or not at all, so a scan killed at any point
//! goes on where it stopped: what is stored is known, and the frontier is not there yet.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::batch::Batch;
use super::branches::Branches;
use super::file_changes::Dictionary;
use super::frontiers::{self, Counts, Frontier};
use super::relations::Relations;
use super::repositories::{self, Facts};
use super::sightings::{self, Sighting};
use super::{
    Store, StoreError, audit, branches, columns, erase, linking, ref_events, settle, squashes,
    tombstones, twins,
};
use crate::model::commit::CommitRecord;
use crate::model::history::{Relation, Source};
use crate::model::identity::{Address, Me};
use crate::model::ids::Oid;
use crate::model::place::{Place, Root};
use crate::model::text::Clean;

/// Commits in the first transaction of a walk. Each following one takes twice as many, up to
/// [`MOST_COMMITS`]: a commit's rows lie anywhere in the indexes, and of a large store every transaction
/// writes nearly as many pages as it has commits, whatever their number; but the first are soon there to see.
const FIRST_COMMITS: usize = 1_000;
/// Commits in one transaction.
const MOST_COMMITS: usize = 16_000;
/// Changed files in one transaction: a few huge commits must not fill the memory.
const BATCH_FILES: usize = 50_000;

/// Takes the commits of one walk.
#[derive(Debug)]
pub struct Writer<'s> {
    store: &'s mut Store,
    place: Place,
    /// Write commits again that are stored already.
    replace: bool,
    commits: Vec<CommitRecord>,
    /// How many commits the next transaction takes.
    room: usize,
    files: usize,
    sightings: Vec<Sighting>,
    relations: Vec<Relation>,
    /// Every commit met, for the case that another repository lies here than before.
    met: Vec<Oid>,
    /// Those of them that the default branch holds.
    landed: HashSet<Oid>,
    /// Something was taken.
    busy: bool,
    authors: HashMap<Address, Option<i64>>,
    learned: BTreeSet<Address>,
    dictionary: Dictionary,
    branches: Branches,
    /// A commit that was stored already was written again.
    rewrote: bool,
    /// Changes when another connection writes: then looked-up ids may be gone.
    version: i64,
    /// The same for a sealed store, which loads what others wrote.
    loads: i64,
    written: Written,
}

/// What a scan changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Commits that were not stored before.
    pub added: u64,
    /// What the store now holds of the repository; filled in at the end.
    pub counts: Counts,
    /// The name of the repository that lay there before, where another one does now.
    pub earlier: Option<Clean>,
}

/// How a finished walk ended.
#[derive(Clone, Copy, Debug)]
pub struct Finish<'a> {
    /// Whose commits it looked for.
    pub me: &'a Me,
    /// With which limits.
    pub root: &'a Root,
    /// What it learned about the repository.
    pub facts: Facts<'a>,
    /// Tips of every ref it walked.
    pub tips: &'a [Oid],
    /// Where the default branch stood.
    pub default_tips: &'a [Oid],
    /// Branches that had not landed: the tip, and where it left the default branch.
    pub pending: &'a [(Oid, Oid)],
    /// What the refs looked like before it began; `None` when that cannot be trusted.
    pub stamp: Option<&'a [u8]>,
    /// Now, UTC seconds: decides which clocks are believed.
    pub now_utc: i64,
}

impl Store {
    /// A writer for the walk of `place`. With `replace`, commits that are stored already are
    /// written again with what the walk reads now.
    pub fn writer(&mut self, place: &Place, replace: bool) -> Writer<'_> {
        Writer {
            loads: self.loads(),
            store: self,
            place: place.clone(),
            replace,
            commits: Vec::new(),
            room: FIRST_COMMITS,
            files: 0,
            sightings: Vec::new(),
            relations: Vec::new(),
            met: Vec::new(),
            landed: HashSet::new(),
            busy: false,
            authors: HashMap::new(),
            learned: BTreeSet::new(),
            dictionary: Dictionary::default(),
            branches: Branches::default(),
            rewrote: false,
            version: -1,
            written: Written::default(),
        }
    }
}

/// A walk that ends early keeps its whole batches, as a plain store does.
impl Drop for Writer<'_> {
    fn drop(&mut self) {
        // Nobody is left to hear of it; what is not saved is walked again.
        drop(self.store.save_unsaved("storing commits"));
    }
}

impl Writer<'_> {
    /// Takes a commit; an author who is neither one of my stored addresses nor learned
    /// is dropped at the door.
    pub fn commit(&mut self, record: CommitRecord) -> Result<(), StoreError> {
        self.busy = true;
        self.files += record.files.len();
        self.commits.push(record);
        if self.commits.len() >= self.room || self.files >= BATCH_FILES {
            self.room = MOST_COMMITS.min(2 * self.room);
            self.flush()?;
        }
        // Others wait for the lock meanwhile.
        self.store.save_due("storing commits")
    }

    /// An entry that became mine on the way, by a mailmap and something beside it: with its first
    /// commit it is written to who I am, unless it was refused.
    pub fn learn(&mut self, entry: &Address) {
        if self.learned.insert(entry.clone()) {
            self.authors.remove(entry);
        }
    }

    /// Notes that the repository holds a commit of mine, taken before or still to come.
    pub fn sighting(&mut self, oid: Oid, on_default_branch: bool) {
        self.seen(Sighting {
            oid,
            on_default_branch,
            source: Source::Ref,
            branch: None,
        });
    }

    /// [`Self::sighting`] with what leads to the commit.
    pub fn seen(&mut self, sighting: Sighting) {
        self.busy = true;
        self.met.push(sighting.oid);
        if sighting.on_default_branch {
            self.landed.insert(sighting.oid);
        }
        self.sightings.push(sighting);
    }

    /// Notes how commits hang together, or what was done to a ref; written at the end.
    pub fn relation(&mut self, relation: Relation) {
        self.busy = true;
        self.relations.push(relation);
    }

    /// Whether nothing was taken.
    pub fn is_idle(&self) -> bool {
        !self.busy
    }

    /// Ends a walk that met nothing new: only what the refs look like is noted.
    pub fn restamp(self, stamp: &[u8]) -> Result<(), StoreError> {
        self.store.write("noting what the refs look like", |conn| {
            frontiers::restamp(conn, &self.place, stamp)
        })
    }

    /// How many commits were not stored before, so far.
    pub fn added(&self) -> u64 {
        self.written.added
    }

    /// Ends an interrupted walk: keeps what was taken, and the next scan walks again.
    pub fn stop(mut self) -> Result<Written, StoreError> {
        if !self.commits.is_empty() || !self.sightings.is_empty() {
            self.flush()?;
        }
        if self.busy {
            let (key, now_utc) = (self.store.key.clone(), self.store.now_utc);
            let relations = std::mem::take(&mut self.relations);
            let place = self.place.clone();
            self.store
                .write("bringing the columns up to date", |conn| {
                    if let Some((_, repo)) = repositories::find(conn, &place)? {
                        let conn = Relations {
                            conn,
                            key: &key,
                            repo,
                            now_utc,
                        };
                        conn.write(&relations)?;
                    }
                    twins::mark(conn)?;
                    squashes::mark(conn)?;
                    columns::rebuild(conn)?;
                    linking::settle(conn, &key)
                })?;
        }
        Ok(std::mem::take(&mut self.written))
    }

    /// Ends a finished walk in one transaction: the rest of the commits, which of them are
    /// twins, the packed columns, and where the walk stopped.
    pub fn finish(mut self, finish: &Finish<'_>) -> Result<Written, StoreError> {
        self.enter()?;
        let busy = self.busy;
        let relations = std::mem::take(&mut self.relations);
        let met = std::mem::take(&mut self.met);
        let landed = std::mem::take(&mut self.landed);
        let mut batch = self.take();
        let (today, key) = (self.store.today, self.store.key.clone());
        let mut written = std::mem::take(&mut self.written);
        self.store.write("finishing a scan", |conn| {
            written.added += batch.run(conn)?;
            let (place, provisional) = repositories::find_or_add(conn, &batch.place, today)?;
            let spot = (place, provisional);
            // Without a new sighting nothing can have changed what is counted.
            let kept = if busy {
                None
            } else {
                frontiers::counts(conn, place)?
            };
            let repo = settle::settle(conn, spot, (&finish.facts, &met), today)?;
            if repo != provisional {
                // Gone where the two were found to be one.
                written.earlier = repositories::name(conn, provisional)?;
                if written.earlier.is_some() {
                    settle::carry(conn, &met, (provisional, repo))?;
                }
            }
            if let Some(known) = erase::repository::known_by(conn, repo)? {
                // Who reads it again wants it back.
                tombstones::dig_up(conn, &key, tombstones::Kind::Place, &known)?;
            }
            if finish.facts.whole {
                sightings::withdraw(conn, repo, &landed)?;
            }
            let told = Relations {
                conn,
                key: &key,
                repo,
                now_utc: finish.now_utc,
            };
            told.write(&relations)?;
            twins::mark(conn)?;
            squashes::mark(conn)?;
            columns::rebuild(conn)?;
            if batch.replace || batch.rewrote {
                // What was written again may have lost paths.
                erase::sweep(conn)?;
            }
            branches::sweep_repository(conn, repo)?;
            ref_events::age(conn, finish.now_utc)?;
            if let Some(remote) = finish.facts.remote {
                linking::note_remote(conn, &key, (repo, remote.as_str()))?;
            }
            if repo != provisional {
                linking::mark_repository(conn, repo)?;
            }
            linking::settle(conn, &key)?;
            written.counts = match kept {
                Some(counts) => counts,
                None => frontiers::count(conn, repo, finish.now_utc)?,
            };
            let frontier = Frontier {
                tips: finish.tips.to_vec(),
                default_tips: finish.default_tips.to_vec(),
                pending: finish.pending.to_vec(),
                stamp: finish.stamp.map(<[u8]>::to_vec),
                counts: written.counts,
            };
            let question = frontiers::question(conn, &key, finish.me, finish.root)?;
            frontiers::write(conn, place, &question, &frontier)?;
            if written.added > 0 {
                let entry = audit::Entry {
                    day: today,
                    action: audit::Action::Scan,
                    object: &format!("repository {}", repo.0),
                    n: written.added,
                };
                audit::append(conn, &key, &entry)?;
            }
            Ok(())
        })?;
        Ok(written)
    }

    /// Writes what was taken so far.
    fn flush(&mut self) -> Result<(), StoreError> {
        self.enter()?;
        let mut batch = self.take();
        let result = self
            .store
            .write_soon("storing commits", |conn| batch.run(conn));
        self.sightings.append(&mut batch.sightings);
        self.authors = batch.authors;
        self.learned = batch.learned;
        self.dictionary = batch.dictionary;
        self.branches = batch.branches;
        self.rewrote = batch.rewrote;
        self.version = batch.version;
        self.written.added += result?;
        Ok(())
    }

    /// Before a write: what another process saved is loaded, and looked-up ids with it.
    fn enter(&mut self) -> Result<(), StoreError> {
        self.store.enter("storing commits")?;
        if self.loads != self.store.loads() {
            self.loads = self.store.loads();
            self.version = -1;
        }
        Ok(())
    }

    fn take(&mut self) -> Batch {
        self.files = 0;
        Batch {
            place: self.place.clone(),
            key: self.store.key.clone(),
            today: self.store.today,
            replace: self.replace,
            commits: std::mem::take(&mut self.commits),
            sightings: std::mem::take(&mut self.sightings),
            authors: std::mem::take(&mut self.authors),
            learned: std::mem::take(&mut self.learned),
            dictionary: std::mem::take(&mut self.dictionary),
            branches: std::mem::take(&mut self.branches),
            rewrote: self.rewrote,
            version: self.version,
        }
    }
}
