//! What exports said: files, and what each of them shows. Tasks, moves, reviews and recorded time are
//! folded again from the observations of both.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::super::imports::next_id;
use super::super::subjects::{self, Alias, Kind};
use super::Merge;
use crate::model::task::Fact;

/// What a thing is known by where no name of it is in both: tracker, key, project, and when it was made.
type About = (u8, String, String, String, String);

/// One observation of the other store.
struct Told {
    id: i64,
    kind: u8,
    facts: String,
    aliases: Vec<Alias>,
}

impl Merge<'_> {
    pub(super) fn exports(&mut self) -> rusqlite::Result<()> {
        let imports = self.imports()?;
        let by_key = self.known_by_key()?;
        let mut seen: HashMap<i64, i64> = HashMap::new();
        let mut touched = BTreeSet::new();
        for told in self.told()? {
            let here = self.observe(&told, &by_key, &mut touched)?;
            seen.insert(told.id, here);
        }
        let mut query = self
            .from
            .prepare("SELECT observation, import FROM task_seen ORDER BY observation, import")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (Some(observation), Some(import)) =
                (seen.get(&row.get(0)?), imports.get(&row.get(1)?))
            else {
                continue;
            };
            self.to
                .prepare_cached(
                    "INSERT OR IGNORE INTO task_seen (observation, import) VALUES (?1, ?2)",
                )?
                .execute([observation, import])?;
            let sql = "SELECT subject FROM observations WHERE id = ?1";
            touched.extend(super::number(self.to, sql, [observation])?);
        }
        for subject in touched {
            subjects::settle(self.to, self.key, subject)?;
        }
        Ok(())
    }

    /// Files by their digest; one that the other store read with its own key by all that is known of it.
    fn imports(&self) -> rusqlite::Result<HashMap<i64, i64>> {
        let mut query = self.from.prepare(
            "SELECT id, day, format, source, name, digest, zone, modified, records, mine, not_mine,
               rejected FROM imports ORDER BY id",
        )?;
        let mut rows = query.query([])?;
        let mut here = HashMap::new();
        let mut taken = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let (day, modified): (i32, Option<i64>) = (row.get(1)?, row.get(7)?);
            let text = |at: usize| row.get::<_, String>(at);
            let (format, source, name, zone) = (text(2)?, text(3)?, text(4)?, text(6)?);
            let digest: Vec<u8> = row.get(5)?;
            let counts: [i64; 4] = [row.get(8)?, row.get(9)?, row.get(10)?, row.get(11)?];
            let mut known: Option<i64> = self
                .to
                .prepare_cached("SELECT id FROM imports WHERE digest = ?1")?
                .query_row([&digest], |row| row.get(0))
                .optional()?;
            if known.is_none() && !self.key.is(self.theirs) && modified.is_some() {
                let mut alike = self.to.prepare_cached(
                    "SELECT id FROM imports WHERE format = ?1 AND source = ?2 AND name = ?3
                       AND zone = ?4 AND modified = ?5 AND records = ?6 AND mine = ?7
                       AND not_mine = ?8 AND rejected = ?9 ORDER BY id",
                )?;
                let [records, mine, not_mine, rejected] = counts;
                let all = alike.query_map(
                    params![
                        format, source, name, zone, modified, records, mine, not_mine, rejected
                    ],
                    |row| row.get(0),
                )?;
                let all = all.collect::<rusqlite::Result<Vec<i64>>>()?;
                known = all.into_iter().find(|id| !taken.contains(id));
            }
            let id = if let Some(id) = known {
                // Of two copies of one file the newer time counts, and the first day.
                self.to.execute(
                        "UPDATE imports SET day = min(day, ?2),
                           modified = CASE WHEN modified IS NULL THEN ?3
                             WHEN ?3 IS NULL THEN modified ELSE max(modified, ?3) END WHERE id = ?1",
                        params![id, day, modified],
                    )?;
                id
            } else {
                let id = next_id(self.to)?;
                let [records, mine, not_mine, rejected] = counts;
                self.to.execute(
                    "INSERT INTO imports (id, day, format, source, name, digest, zone, modified,
                           records, mine, not_mine, rejected)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                    params![
                        id, day, format, source, name, digest, zone, modified, records, mine,
                        not_mine, rejected
                    ],
                )?;
                id
            };
            taken.insert(id);
            here.insert(row.get(0)?, id);
        }
        Ok(here)
    }

    fn told(&self) -> rusqlite::Result<Vec<Told>> {
        let mut query = self.from.prepare(
            "SELECT o.id, s.kind, o.facts, o.aliases FROM observations o
             JOIN subjects s ON s.id = o.subject ORDER BY o.id",
        )?;
        let rows = query.query_map([], |row| {
            Ok(Told {
                id: row.get(0)?,
                kind: row.get(1)?,
                facts: row.get(2)?,
                aliases: self.names.all(row.get_ref(3)?.as_blob()?),
            })
        })?;
        rows.collect()
    }

    /// Where names are hashed with another key: what one thing there and one thing here are known by,
    /// with the thing here and a name of it.
    fn known_by_key(&self) -> rusqlite::Result<HashMap<About, (i64, Alias)>> {
        if self.key.is(self.theirs) {
            return Ok(HashMap::new());
        }
        let theirs = only_ones(self.from)?;
        let mut ours = only_ones(self.to)?;
        ours.retain(|about, _| theirs.contains_key(about));
        Ok(ours)
    }

    /// Writes an observation, or finds it here; its row.
    fn observe(
        &self,
        told: &Told,
        by_key: &HashMap<About, (i64, Alias)>,
        touched: &mut BTreeSet<i64>,
    ) -> rusqlite::Result<i64> {
        let mut aliases = told.aliases.clone();
        if !by_key.is_empty()
            && let Some(about) = about(told.kind, &told.facts)?
            && let Some((subject, name)) = by_key.get(&about)
            && !called(self.to, &aliases)?.contains(subject)
        {
            aliases.push(*name);
            aliases.sort_unstable();
        }
        if let Some((same, names)) = self.same(told, &aliases)? {
            // What it is called there it is called here.
            aliases.extend(names);
            aliases.sort_unstable();
            aliases.dedup();
            let hash = self
                .key
                .observation(told.kind, &told.facts, &aliases.concat());
            self.to
                .prepare_cached(
                    "UPDATE OR IGNORE observations SET hash = ?2, aliases = ?3 WHERE id = ?1",
                )?
                .execute(params![same, hash, aliases.concat()])?;
            self.give(same, &aliases, touched)?;
            return Ok(same);
        }
        let bytes = aliases.concat();
        let hash = self.key.observation(told.kind, &told.facts, &bytes);
        let known = super::number(
            self.to,
            "SELECT id FROM observations WHERE hash = ?1",
            [hash],
        )?;
        if let Some(known) = known {
            return Ok(known);
        }
        let fresh = subjects::next(self.to)?;
        self.to
            .prepare_cached(
                "INSERT INTO observations (subject, hash, facts, aliases) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![fresh, hash, told.facts, bytes])?;
        let observation = self.to.last_insert_rowid();
        subjects::add(self.to, fresh, told.kind, &[])?;
        self.give(observation, &aliases, touched)?;
        Ok(observation)
    }

    /// Makes one subject of all that an observation's names lead to; the oldest stays.
    fn give(
        &self,
        observation: i64,
        aliases: &[Alias],
        touched: &mut BTreeSet<i64>,
    ) -> rusqlite::Result<()> {
        let sql = "SELECT subject FROM observations WHERE id = ?1";
        let own = super::number(self.to, sql, [observation])?.unwrap_or_default();
        let mut known = BTreeSet::from([own]);
        for alias in aliases {
            known.extend(subjects::claim(self.to, alias, own)?);
        }
        let first = known.pop_first().unwrap_or(own);
        for other in known {
            subjects::unite(self.to, first, other)?;
            touched.remove(&other);
        }
        subjects::give(self.to, (observation, aliases), first)?;
        touched.insert(first);
        Ok(())
    }

    /// The same said here of the same thing, by a name that both have: its row and its names.
    fn same(&self, told: &Told, aliases: &[Alias]) -> rusqlite::Result<Option<(i64, Vec<Alias>)>> {
        if told.kind == Kind::Entry as u8 {
            // Names of entries are always told; one of a day that is told twice is two.
            return Ok(None);
        }
        for subject in called(self.to, aliases)? {
            let same = self
                .to
                .prepare_cached(
                    "SELECT id, aliases FROM observations WHERE subject = ?1 AND facts = ?2
                     ORDER BY id LIMIT 1",
                )?
                .query_row(params![subject, told.facts], |row| {
                    let names = subjects::aliases(row.get_ref(1)?.as_blob()?).to_vec();
                    Ok((row.get(0)?, names))
                })
                .optional()?;
            if same.is_some() {
                return Ok(same);
            }
        }
        Ok(None)
    }
}

/// What exactly one thing of a store is known by, with that thing and a name of it.
fn only_ones(conn: &Connection) -> rusqlite::Result<HashMap<About, (i64, Alias)>> {
    let mut known: HashMap<About, Option<(i64, Alias)>> = HashMap::new();
    let mut query = conn.prepare(
        "SELECT o.subject, s.kind, o.facts, o.aliases FROM observations o
         JOIN subjects s ON s.id = o.subject ORDER BY o.id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (subject, kind): (i64, u8) = (row.get(0)?, row.get(1)?);
        let about = about(kind, row.get_ref(2)?.as_str()?)?;
        let first = subjects::aliases(row.get_ref(3)?.as_blob()?)
            .first()
            .copied();
        let (Some(about), Some(first)) = (about, first) else {
            continue;
        };
        let held = known.entry(about).or_insert(Some((subject, first)));
        if held.is_some_and(|held| held.0 != subject) {
            *held = None;
        }
    }
    let only = known
        .into_iter()
        .filter_map(|(about, one)| Some((about, one?)));
    Ok(only.collect())
}

fn about(kind: u8, facts: &str) -> rusqlite::Result<Option<About>> {
    let text = |one: Option<&crate::model::text::Clean>| one.map(ToString::to_string);
    Ok(match subjects::fact(kind, facts)? {
        Fact::Entry(_) => None,
        Fact::Task(task) => Some((
            kind,
            task.source.to_string(),
            task.key.to_string(),
            text(task.project.as_ref()).unwrap_or_default(),
            // Without a day it is known by all that is said of it.
            task.created
                .map_or_else(|| facts.to_owned(), |at| format!("{at:?}")),
        )),
        Fact::Given(given) => Some((
            kind,
            given.source.to_string(),
            given.key.to_string(),
            text(given.project.as_ref()).unwrap_or_default(),
            String::new(),
        )),
    })
}

/// The subjects that go by any of these names here.
pub(super) fn called(conn: &Connection, aliases: &[Alias]) -> rusqlite::Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    for alias in aliases {
        found.extend(subjects::called(conn, alias)?);
    }
    Ok(found)
}
