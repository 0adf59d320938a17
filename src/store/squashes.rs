//! Tables `squashes` and `swallowed`: commits that hold the whole change of several others.
//!
//! `swallowed` keeps what was found; `commits.squashed_by` and `commits.fate` follow from it:
//! SQUASHED where a squash of mine carries the lines, SQUASH on that one, and LANDED where
//! somebody else's squash brought my commits onto the default branch.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, params};

use super::{Store, StoreError, columns};
use crate::model::dataset::flag;
use crate::model::ids::{CommitId, Oid, RepoId};

impl Store {
    /// Commits of mine that a squash on a default branch is known to hold; one elsewhere (a fixup, a
    /// hotfix) does not keep them from landing.
    pub fn swallowed(&self) -> Result<HashSet<Oid>, StoreError> {
        self.read("listing what squashes hold", |conn| {
            let mut query = conn.prepare(
                "SELECT c.oid FROM swallowed s JOIN commits c ON c.id = s.\"commit\"
                 WHERE s.squash IN (SELECT oid FROM squashes)
                   OR EXISTS (SELECT 1 FROM commits q JOIN sightings g ON g.\"commit\" = q.id
                     WHERE q.oid = s.squash AND g.on_default_branch)",
            )?;
            query.query_map([], |row| row.get(0))?.collect()
        })
    }
}

/// Erases what no stored commit of mine has to do with.
pub(super) fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "DELETE FROM squashes WHERE oid IN (SELECT oid FROM commits)
           OR oid NOT IN (SELECT squash FROM swallowed);
         DELETE FROM swallowed WHERE squash NOT IN (SELECT oid FROM commits)
           AND squash NOT IN (SELECT oid FROM squashes);",
    )
}

/// Decides again what becomes of every commit that a squash holds; nothing when no block is
/// stale. To be called after the twins were marked.
pub(super) fn mark(conn: &Connection) -> rusqlite::Result<()> {
    if columns::stale_blocks(conn)?.is_empty() {
        return Ok(());
    }
    sweep(conn)?;
    let mut judge = Judge::load(conn)?;
    let wanted = judge.wanted(conn)?;
    let mut change =
        conn.prepare_cached("UPDATE commits SET squashed_by = ?2, fate = ?3 WHERE id = ?1")?;
    let mut all: BTreeSet<CommitId> = wanted.keys().copied().collect();
    let mut marked =
        conn.prepare_cached("SELECT id FROM commits WHERE fate <> 0 OR squashed_by IS NOT NULL")?;
    for id in marked.query_map([], |row| row.get(0))? {
        all.insert(id?);
    }
    for id in all {
        let (squashed_by, fate) = wanted.get(&id).copied().unwrap_or_default();
        let node = judge.node(conn, id)?;
        if (node.squashed_by, node.fate) != (squashed_by, fate) {
            change.execute(params![id, squashed_by, fate])?;
            columns::mark_stale(conn, node.home, columns::block_of(id))?;
        }
    }
    Ok(())
}

/// What has to be known of a commit.
#[derive(Clone, Copy)]
struct Node {
    oid: Oid,
    utc: i64,
    merge: bool,
    /// A default branch holds it.
    landed: bool,
    home: RepoId,
    twin_of: Option<CommitId>,
    squashed_by: Option<Oid>,
    fate: u16,
}

/// One squash that holds one commit. The smallest one counts for a commit: mine before others',
/// then by object id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    others: bool,
    squash: Oid,
    row: Option<CommitId>,
}

struct Judge {
    nodes: HashMap<CommitId, Node>,
    facts: Vec<(CommitId, Holder)>,
    /// The squash that counts for each commit.
    holder: BTreeMap<CommitId, Holder>,
}

/// So many squashes of squashes are followed.
const DEEPEST: usize = 16;

impl Judge {
    fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let mut query = conn.prepare_cached(
            "SELECT s.\"commit\", s.squash, c.id FROM swallowed s
             LEFT JOIN commits c ON c.oid = s.squash",
        )?;
        let facts = query.query_map([], |row| {
            let mine: Option<CommitId> = row.get(2)?;
            let holder = Holder {
                others: mine.is_none(),
                squash: row.get(1)?,
                row: mine,
            };
            Ok((row.get(0)?, holder))
        })?;
        Ok(Self {
            facts: facts.collect::<rusqlite::Result<_>>()?,
            nodes: HashMap::new(),
            holder: BTreeMap::new(),
        })
    }

    /// `squashed_by` and `fate` of every commit that has one.
    fn wanted(
        &mut self,
        conn: &Connection,
    ) -> rusqlite::Result<BTreeMap<CommitId, (Option<Oid>, u16)>> {
        self.choose(conn)?;
        let mut wanted: BTreeMap<CommitId, (Option<Oid>, u16)> = BTreeMap::new();
        for (id, holder) in &self.holder {
            let fate = if holder.others { 0 } else { flag::SQUASHED };
            wanted.insert(*id, (Some(holder.squash), fate));
        }
        let mut landed: BTreeMap<Oid, BTreeSet<(i64, Oid, CommitId)>> = BTreeMap::new();
        for (id, holder) in self.facts.clone() {
            if let Some(squash) = holder.row {
                let kept = self.kept(conn, squash)?;
                wanted.entry(squash).or_default().1 |= flag::SQUASH;
                wanted.entry(kept).or_default().1 |= flag::SQUASH;
                if self.is_copy(conn, id, holder)? {
                    wanted.entry(squash).or_default().1 |= flag::SQUASHED;
                }
                continue;
            }
            let carrier = self.carrier(conn, id)?;
            let node = self.node(conn, carrier)?;
            if !node.merge {
                let carriers = landed.entry(holder.squash).or_default();
                carriers.insert((node.utc, node.oid, carrier));
            }
        }
        for carriers in landed.values() {
            if let Some((_, _, newest)) = carriers.last() {
                wanted.entry(*newest).or_default().1 |= flag::LANDED;
            }
        }
        Ok(wanted)
    }

    /// The squash that counts for each commit, and for the commit that stands for it.
    fn choose(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        for (id, holder) in self.facts.clone() {
            if self.is_copy(conn, id, holder)? {
                continue;
            }
            let best = self.holder.entry(id).or_insert(holder);
            *best = (*best).min(holder);
        }
        let mut carried: BTreeMap<CommitId, Holder> = BTreeMap::new();
        for (id, holder) in self.holder.clone() {
            let kept = self.kept(conn, id)?;
            let own = match holder.row {
                Some(squash) => self.kept(conn, squash)? == kept,
                None => false,
            };
            // One that a default branch holds landed as itself.
            let landed = self.node(conn, kept)?.landed;
            if kept != id && !own && !landed {
                let best = carried.entry(kept).or_insert(holder);
                *best = (*best).min(holder);
            }
        }
        for (kept, holder) in carried {
            let best = self.holder.entry(kept).or_insert(holder);
            *best = (*best).min(holder);
        }
        Ok(())
    }

    /// Whether the squash of mine stands on no default branch while what it holds does: it is the
    /// copy then, and carries nothing.
    fn is_copy(
        &mut self,
        conn: &Connection,
        id: CommitId,
        holder: Holder,
    ) -> rusqlite::Result<bool> {
        let Some(squash) = holder.row else {
            return Ok(false);
        };
        Ok(self.node(conn, id)?.landed && !self.node(conn, squash)?.landed)
    }

    /// The commit that carries the lines of `id`: the one that stands for it, or the squash of
    /// mine that holds that one.
    fn carrier(&mut self, conn: &Connection, id: CommitId) -> rusqlite::Result<CommitId> {
        let mut at = self.kept(conn, id)?;
        for _ in 0..DEEPEST {
            match self.holder.get(&at).and_then(|holder| holder.row) {
                Some(squash) => at = self.kept(conn, squash)?,
                None => break,
            }
        }
        Ok(at)
    }

    fn kept(&mut self, conn: &Connection, id: CommitId) -> rusqlite::Result<CommitId> {
        Ok(self.node(conn, id)?.twin_of.unwrap_or(id))
    }

    fn node(&mut self, conn: &Connection, id: CommitId) -> rusqlite::Result<Node> {
        if let Some(node) = self.nodes.get(&id) {
            return Ok(*node);
        }
        let mut query = conn.prepare_cached(
            "SELECT oid, utc, merge, home, twin_of, squashed_by, fate, EXISTS
               (SELECT 1 FROM sightings WHERE \"commit\" = id AND on_default_branch)
             FROM commits WHERE id = ?1",
        )?;
        let node = query.query_row([id], |row| {
            Ok(Node {
                oid: row.get(0)?,
                utc: row.get(1)?,
                merge: row.get(2)?,
                home: row.get(3)?,
                twin_of: row.get(4)?,
                squashed_by: row.get(5)?,
                fate: row.get(6)?,
                landed: row.get(7)?,
            })
        })?;
        self.nodes.insert(id, node);
        Ok(node)
    }
}
