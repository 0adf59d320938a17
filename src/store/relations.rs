//! How commits hang together, written at the end of a walk: by then all of them are stored.
//!
//! Every walk hands out again what it knows, so writing something twice changes nothing; what
//! is about commits that are not stored is dropped.

use rusqlite::{Connection, OptionalExtension, params};

use super::barred::Days;
use super::keys::Key;
use super::{branches, columns, identities, keep, ref_events};
use crate::model::commit::mark;
use crate::model::history::Relation;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::moment::Moment;

/// Writes what a walk of one repository told.
pub(super) struct Relations<'a> {
    pub(super) conn: &'a Connection,
    pub(super) key: &'a Key,
    pub(super) repo: RepoId,
    /// Now, UTC seconds: decides which ref events are too old to keep.
    pub(super) now_utc: i64,
}

impl Relations<'_> {
    /// Writes all of `relations`.
    pub(super) fn write(&self, relations: &[Relation]) -> rusqlite::Result<()> {
        if relations.is_empty() {
            return Ok(());
        }
        let keep = keep::load(self.conn)?;
        let forgotten = Days::load(self.conn)?;
        let oldest = ref_events::oldest_kept(self.conn, self.now_utc)?;
        for relation in relations {
            match &keep::door::relation(&keep, relation.clone()) {
                Relation::Reverts { commit, reverted } => self.reverts(*commit, *reverted)?,
                Relation::Replaced { old, new } => self.replaced(*old, *new)?,
                Relation::Squash {
                    squash,
                    at,
                    mine,
                    members,
                } if *mine || !forgotten.hold_moment(*at) => {
                    self.squash((*squash, *at, *mine), members)?;
                }
                Relation::Squash { .. } => {}
                Relation::Pairing { oid, at, address } => {
                    if !forgotten.hold_moment(*at) {
                        self.pairing(*oid, *at, address)?;
                    }
                }
                Relation::Ignored(oids) => self.ignored(oids)?,
                Relation::RefEvent(event) => {
                    let at = event.at;
                    if at.utc >= oldest && !forgotten.hold_moment(at) {
                        let branch = match &event.branch {
                            Some(name) => branches::find(self.conn, self.repo, name)?,
                            None => None,
                        };
                        let commit = match event.commit {
                            Some(oid) => self.row(oid)?,
                            None => None,
                        };
                        let line = ref_events::line(self.conn, self.key, (self.repo, event.line))?;
                        ref_events::put(self.conn, (self.repo, line), event, (commit, branch))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn row(&self, oid: Oid) -> rusqlite::Result<Option<CommitId>> {
        self.conn
            .prepare_cached("SELECT id FROM commits WHERE oid = ?1")?
            .query_row([oid], |row| row.get(0))
            .optional()
    }

    /// Of several commits that one takes back, the one with the smallest id is kept.
    fn reverts(&self, commit: Oid, reverted: Oid) -> rusqlite::Result<()> {
        self.conn
            .prepare_cached(
                "UPDATE commits SET reverts = ?2 WHERE oid = ?1
                   AND (reverts IS NULL OR reverts > ?2)
                   AND EXISTS (SELECT 1 FROM commits WHERE oid = ?2)",
            )?
            .execute((commit, reverted))?;
        Ok(())
    }

    fn replaced(&self, old: Oid, new: Oid) -> rusqlite::Result<()> {
        let (Some(old), Some(new)) = (self.row(old)?, self.row(new)?) else {
            return Ok(());
        };
        if old == new {
            return Ok(());
        }
        let added = self
            .conn
            .prepare_cached("INSERT OR IGNORE INTO replaced (old, new) VALUES (?1, ?2)")?
            .execute((old, new))?;
        if added > 0 {
            columns::mark_stale_commit(self.conn, old)?;
            columns::mark_stale_commit(self.conn, new)?;
        }
        Ok(())
    }

    fn squash(
        &self,
        (squash, at, mine): (Oid, Moment, bool),
        members: &[Oid],
    ) -> rusqlite::Result<()> {
        let stored = self.row(squash)?;
        if mine && stored.is_none() {
            return Ok(());
        }
        let mut held = 0;
        for member in members {
            let Some(member) = self.row(*member)?.filter(|id| Some(*id) != stored) else {
                continue;
            };
            held += 1;
            let added = self
                .conn
                .prepare_cached(
                    "INSERT OR IGNORE INTO swallowed (squash, \"commit\") VALUES (?1, ?2)",
                )?
                .execute((squash, member))?;
            if added > 0 {
                columns::mark_stale_commit(self.conn, member)?;
                if let Some(squash) = stored {
                    columns::mark_stale_commit(self.conn, squash)?;
                }
            }
        }
        if held > 0 && stored.is_none() {
            self.conn
                .prepare_cached(
                    "INSERT INTO squashes (repository, oid, utc, offset_min)
                     VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET
                       utc = excluded.utc, offset_min = excluded.offset_min",
                )?
                .execute(params![self.repo, squash, at.utc, at.offset_min])?;
        }
        Ok(())
    }

    fn pairing(&self, oid: Oid, at: Moment, address: &Address) -> rusqlite::Result<()> {
        let Some(identity) = identities::address_row(self.conn, address)? else {
            return Ok(());
        };
        self.conn
            .prepare_cached(
                "INSERT INTO pairings (repository, oid, identity, utc, offset_min)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET identity = min(identity, excluded.identity),
                   utc = excluded.utc, offset_min = excluded.offset_min",
            )?
            .execute(params![self.repo, oid, identity, at.utc, at.offset_min])?;
        Ok(())
    }

    /// A commit is ignored where any repository that holds it says so.
    fn ignored(&self, oids: &[Oid]) -> rusqlite::Result<()> {
        let repo = self.repo;
        let mut listed = Vec::new();
        for oid in oids {
            listed.extend(self.row(*oid)?);
        }
        self.conn
            .prepare_cached(
                "UPDATE sightings SET ignored = 0 WHERE repository = ?1 AND ignored <> 0",
            )?
            .execute([repo])?;
        for id in listed {
            self.conn
                .prepare_cached(
                    "UPDATE sightings SET ignored = 1 WHERE repository = ?1 AND \"commit\" = ?2",
                )?
                .execute((repo, id))?;
        }
        let mut differing = self.conn.prepare_cached(
            "SELECT c.id FROM sightings s JOIN commits c ON c.id = s.\"commit\"
             WHERE s.repository = ?1 AND (c.marks & ?2 <> 0) <> EXISTS
               (SELECT 1 FROM sightings o WHERE o.\"commit\" = c.id AND o.ignored <> 0)",
        )?;
        let changed: Vec<CommitId> = differing
            .query_map((repo, mark::IGNORED), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in changed {
            self.conn
                .prepare_cached(
                    "UPDATE commits SET marks = (marks | ?2) - (marks & ?2) WHERE id = ?1",
                )?
                .execute((id, mark::IGNORED))?;
            columns::mark_stale_commit(self.conn, id)?;
        }
        Ok(())
    }
}
