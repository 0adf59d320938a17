//! The owner's own words: notes, goals, what they said of rows, and the ledger of shares. Nothing that
//! was said is lost; of two things said of one row, the one said later stands.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::super::notes::next;
use super::super::rows;
use super::super::subjects::{self, Alias};
use super::Merge;
use super::exports::called;
use crate::model::ids::RepoId;

/// A note or event, without what tells it apart from one that says the same.
pub(super) type Said = (u8, i32, i32, String, bool, Option<RepoId>, bool);

impl Merge<'_> {
    pub(super) fn words(&self) -> rusqlite::Result<()> {
        let notes = self.notes()?;
        self.goals(&notes)?;
        self.link_choices()?;
        self.exclusions()?;
        self.shares()?;
        self.answers()
    }

    /// Notes that say the same are one, as often as the side has it that has it more often. An event of
    /// a calendar is one by its own id.
    fn notes(&self) -> rusqlite::Result<HashMap<i64, i64>> {
        let mut known: HashMap<Said, Vec<(i64, Vec<Alias>)>> = HashMap::new();
        for (id, said, task) in said(self.to, Some)? {
            known.entry(said).or_default().push((id, task));
        }
        let mut here = HashMap::new();
        let mut ids: HashSet<i64> = HashSet::new();
        for (id, said, task) in said(self.from, |repo| self.repos.get(&repo).copied())? {
            let task: Vec<Alias> = self.names.all(&task.concat());
            let row = self.from.query_row(
                "SELECT written, calendar, uid FROM notes WHERE id = ?1",
                [id],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
            let (written, calendar, uid): (i32, Option<Vec<u8>>, Option<Vec<u8>>) = row;
            let by_uid = uid
                .as_ref()
                .map(|uid| super::number(self.to, "SELECT id FROM notes WHERE uid = ?1", [uid]));
            let same = match by_uid.transpose()?.flatten() {
                Some(same) => Some(same),
                None => self.alike(known.get(&said), &task, &ids)?,
            };
            let note = if let Some(same) = same {
                self.event(same, (&said, written))?;
                same
            } else {
                let note = self.add_note((&said, written), &task, (calendar, uid))?;
                // Of several that say the same on one side, each is one.
                known.entry(said).or_default().push((note, task));
                note
            };
            ids.insert(note);
            here.insert(id, note);
        }
        Ok(here)
    }

    /// The first of the notes that say the same, about the same task, that is not taken yet.
    fn alike(
        &self,
        known: Option<&Vec<(i64, Vec<Alias>)>>,
        task: &[Alias],
        taken: &HashSet<i64>,
    ) -> rusqlite::Result<Option<i64>> {
        for (id, about) in known.into_iter().flatten() {
            if !taken.contains(id) && self.is_one(about, task)? {
                return Ok(Some(*id));
            }
        }
        Ok(None)
    }

    /// Whether two lists of names are those of one thing; two empty ones are of none, alike.
    pub(super) fn is_one(&self, ours: &[Alias], theirs: &[Alias]) -> rusqlite::Result<bool> {
        if ours.is_empty() || theirs.is_empty() {
            return Ok(ours.is_empty() && theirs.is_empty());
        }
        if ours.iter().any(|alias| theirs.contains(alias)) {
            return Ok(true);
        }
        let ours = called(self.to, ours)?;
        Ok(!ours.is_disjoint(&called(self.to, theirs)?))
    }

    /// Of an event that both read from a calendar, what was read later stands.
    fn event(&self, note: i64, (said, written): (&Said, i32)) -> rusqlite::Result<()> {
        let (_, from, to, text, ..) = said;
        let known: (i32, i32, i32, String) = self.to.query_row(
            "SELECT written, from_day, to_day, text FROM notes WHERE id = ?1",
            [note],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        if (&known.1, &known.2, &known.3) == (from, to, text) {
            self.to.execute(
                "UPDATE notes SET written = ?2 WHERE id = ?1 AND written > ?2",
                params![note, written],
            )?;
        } else if (written, *from, *to, text) > (known.0, known.1, known.2, &known.3) {
            self.to.execute(
                "UPDATE notes SET written = ?2, from_day = ?3, to_day = ?4, text = ?5 WHERE id = ?1",
                params![note, written, from, to, text],
            )?;
        }
        Ok(())
    }

    fn add_note(
        &self,
        (said, written): (&Said, i32),
        task: &[Alias],
        (calendar, uid): (Option<Vec<u8>>, Option<Vec<u8>>),
    ) -> rusqlite::Result<i64> {
        let (kind, from, to, text, impact, repo, _) = said;
        let id = next(self.to, "notes", "note-add")?;
        let task = (!task.is_empty()).then(|| task.concat());
        self.to.execute(
            "INSERT INTO notes (id, kind, from_day, to_day, text, impact, written, task, repository,
               calendar, uid) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![id, kind, from, to, text, impact, written, task, repo, calendar, uid],
        )?;
        Ok(self.to.last_insert_rowid())
    }

    /// Where it was said both ways, they belong together, as for two copies of one change.
    fn link_choices(&self) -> rusqlite::Result<()> {
        let mut query = self
            .from
            .prepare("SELECT oid, alias, linked FROM link_choices ORDER BY oid, alias")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (oid, alias, linked): (Vec<u8>, Alias, bool) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            self.to
                .prepare_cached(
                    "INSERT INTO link_choices (oid, alias, linked) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET linked = max(linked, excluded.linked)",
                )?
                .execute(params![oid, self.names.of(&alias), linked])?;
        }
        Ok(())
    }

    /// Of what is said of one row (that it is out, or of one fact), the later day stands; of one day what
    /// comes first in order.
    fn exclusions(&self) -> rusqlite::Result<()> {
        let parts = self.parts()?;
        for theirs in excluded(self.from)? {
            let key = if theirs.kind == 0 {
                theirs.key.clone()
            } else {
                self.names.all(&theirs.key).concat()
            };
            let part = parts.get(&theirs.part).cloned().unwrap_or(theirs.part);
            let mut same = None;
            for ours in excluded(self.to)? {
                let about =
                    ours.kind == theirs.kind && ours.fact == theirs.fact && ours.part == part;
                let is_one = about
                    && (ours.key == key
                        || (ours.kind != 0
                            && self
                                .is_one(subjects::aliases(&ours.key), subjects::aliases(&key))?));
                if is_one {
                    same = Some(ours);
                }
            }
            let said = (theirs.what, &theirs.value, &theirs.reason);
            if let Some(ours) = same {
                let known = (ours.what, &ours.value, &ours.reason);
                if theirs.day > ours.day || (theirs.day == ours.day && said < known) {
                    self.to.execute(
                        "UPDATE exclusions SET what = ?2, value = ?3, reason = ?4, day = ?5 WHERE id = ?1",
                        params![ours.id, theirs.what, theirs.value, theirs.reason, theirs.day],
                    )?;
                }
                continue;
            }
            let id = next(self.to, "exclusions", "exclude")?;
            self.to.execute(
                "INSERT OR IGNORE INTO exclusions (id, kind, key, part, what, fact, value, reason, day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    id,
                    theirs.kind,
                    key,
                    part,
                    theirs.what,
                    theirs.fact,
                    theirs.value,
                    theirs.reason,
                    theirs.day
                ],
            )?;
        }
        Ok(())
    }

    /// What tells entries of a task apart in the other store, by what does here.
    fn parts(&self) -> rusqlite::Result<HashMap<Vec<u8>, Vec<u8>>> {
        let mut parts = HashMap::new();
        if self.key.is(self.theirs) {
            return Ok(parts);
        }
        let here = rows::entries(self.from, self.key)?;
        for key in self.theirs.all() {
            let there = rows::entries(self.from, &key)?;
            let pairs = there.iter().zip(&here);
            parts.extend(pairs.map(|(there, here)| (there.part.to_vec(), here.part.to_vec())));
        }
        Ok(parts)
    }

    fn shares(&self) -> rusqlite::Result<()> {
        let mut query = self.from.prepare(
            "SELECT day, profile, window, given, bytes, hash FROM shares ORDER BY day, id",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (day, profile, window): (i32, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let (given, bytes, hash): (String, i64, Vec<u8>) =
                (row.get(3)?, row.get(4)?, row.get(5)?);
            self.to
                .prepare_cached(
                    "INSERT INTO shares (day, profile, window, given, bytes, hash)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM shares
                       WHERE (day, profile, window, given, bytes, hash) = (?1, ?2, ?3, ?4, ?5, ?6))",
                )?
                .execute(params![day, profile, window, given, bytes, hash])?;
        }
        Ok(())
    }

    /// The zone of exports, where it was not answered here.
    fn answers(&self) -> rusqlite::Result<()> {
        let zone: Option<Vec<u8>> = self
            .from
            .query_row(
                "SELECT value FROM meta WHERE key = 'import_zone'",
                [],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(zone) = zone {
            self.to.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES ('import_zone', ?1)",
                [zone],
            )?;
        }
        Ok(())
    }
}

/// Every note and event: number, what it says, and the names of the task it is about. One about a
/// repository that is not known is about none.
pub(super) fn said(
    conn: &Connection,
    repo: impl Fn(RepoId) -> Option<RepoId>,
) -> rusqlite::Result<Vec<(i64, Said, Vec<Alias>)>> {
    let mut query = conn.prepare(
        "SELECT id, kind, from_day, to_day, text, impact, repository, uid IS NOT NULL, task
         FROM notes ORDER BY id",
    )?;
    let rows = query.query_map([], |row| {
        let of: Option<RepoId> = row.get(6)?;
        let said = (
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
            of.and_then(&repo),
            row.get(7)?,
        );
        let task = row.get_ref(8)?.as_blob_or_null()?.unwrap_or_default();
        Ok((row.get(0)?, said, subjects::aliases(task).to_vec()))
    })?;
    rows.collect()
}

/// A row of `exclusions`.
struct Excluded {
    id: i64,
    kind: u8,
    key: Vec<u8>,
    part: Vec<u8>,
    what: u8,
    fact: u8,
    value: Option<String>,
    reason: Option<String>,
    day: i32,
}

fn excluded(conn: &Connection) -> rusqlite::Result<Vec<Excluded>> {
    let mut query = conn.prepare_cached(
        "SELECT id, kind, key, part, what, fact, value, reason, day FROM exclusions ORDER BY id",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Excluded {
            id: row.get(0)?,
            kind: row.get(1)?,
            key: row.get(2)?,
            part: row.get(3)?,
            what: row.get(4)?,
            fact: row.get(5)?,
            value: row.get(6)?,
            reason: row.get(7)?,
            day: row.get(8)?,
        })
    })?;
    rows.collect()
}
