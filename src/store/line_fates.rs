//! Tables `line_fates` and `line_passes`: what became of my lines, as the last pass found it.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::barred::Days;
use super::commits::READER;
use super::convert::{join, split};
use super::keys::Key;
use super::{Store, StoreError, audit, keep, repositories};
use crate::model::commit::mark;
use crate::model::fates::{Death, LineFate};
use crate::model::identity::Me;
use crate::model::ids::{Oid, RepoId};
use crate::model::place::{Place, Root};

/// The version of the pass: a newer one follows everything again.
const PASS: u32 = 1;

/// What a pass over the lines of one place has to know beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinesBefore {
    /// What the last pass of this place rested on, if it was asked the same; empty = none.
    pub basis: Vec<Oid>,
    /// Another place of the repository was followed up to the commit of this time, UTC seconds.
    pub newer_than: Option<i64>,
    /// Commits of mine that change form and not meaning.
    pub reformats: HashSet<Oid>,
}

/// A finished pass.
#[derive(Clone, Copy, Debug)]
pub struct LinesPassed<'a> {
    /// What it rested on.
    pub basis: &'a [Oid],
    /// When the newest tip was committed, UTC seconds.
    pub tip_utc: i64,
    /// What became of the lines of each commit; those that are not stored are left out.
    pub fates: &'a [LineFate],
}

/// Lines of all commits of a repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FateCounts {
    /// Commits whose lines were followed.
    pub commits: u64,
    /// Lines that they brought.
    pub born: u64,
    /// Of these, removed by commits of mine.
    pub died_by_me: u64,
    /// Of these, removed by others' commits.
    pub died_by_others: u64,
}

impl FateCounts {
    /// Lines that are still there.
    pub fn alive(&self) -> u64 {
        let died = self.died_by_me + self.died_by_others;
        self.born.saturating_sub(died)
    }
}

impl Store {
    /// What a pass over the lines of `place` has to know; `None` where no scan was finished yet.
    pub fn lines_before(
        &self,
        place: &Place,
        (me, root): (&Me, &Root),
    ) -> Result<Option<LinesBefore>, StoreError> {
        let question = question(&self.key, me, root);
        self.read("reading how far lines were followed", |conn| {
            let Some((place, repo)) = repositories::find(conn, place)? else {
                return Ok(None);
            };
            let last = last(conn, repo)?;
            let mut before = LinesBefore {
                reformats: reformats(conn, repo)?,
                ..LinesBefore::default()
            };
            match last.filter(|last| last.question == question) {
                Some(last) if last.place == place || !last.is_there => before.basis = last.basis,
                Some(last) => before.newer_than = Some(last.tip_utc),
                None => {}
            }
            Ok(Some(before))
        })
    }

    /// Writes what a pass over the lines of `place` found, in the place of what was known of its
    /// repository: all of it or nothing.
    pub fn keep_lines(
        &mut self,
        place: &Place,
        (me, root): (&Me, &Root),
        passed: &LinesPassed<'_>,
    ) -> Result<(), StoreError> {
        let question = question(&self.key, me, root);
        let (today, key) = (self.today, self.key.clone());
        self.write("storing what became of lines", |conn| {
            let Some((place, repo)) = repositories::find(conn, place)? else {
                return Ok(());
            };
            conn.execute("DELETE FROM line_fates WHERE repository = ?1", [repo])?;
            {
                let mut insert = conn.prepare(
                    "INSERT INTO line_fates (repository, \"commit\", born, deaths)
                     SELECT ?1, id, ?3, ?4 FROM commits WHERE oid = ?2",
                )?;
                let forgotten = Days::load(conn)?;
                for fate in passed.fates {
                    let deaths = if forgotten.is_empty() {
                        packed(&fate.died)
                    } else {
                        let moved = fate.died.iter().map(|death| Death {
                            day: forgotten.end_of(death.day),
                            ..*death
                        });
                        packed(&joined(moved.collect()))
                    };
                    insert.execute(params![repo, fate.oid, fate.born, deaths])?;
                }
            }
            let tip_utc = if keep::load(conn)?.hours {
                passed.tip_utc
            } else {
                keep::door::floor(passed.tip_utc)
            };
            conn.execute(
                "INSERT OR REPLACE INTO line_passes
                   (repository, place, question, basis, tip_utc, day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![repo, place, question, join(passed.basis), tip_utc, today],
            )?;
            let entry = audit::Entry {
                day: today,
                action: audit::Action::ScanLines,
                object: &format!("repository {}", repo.0),
                n: passed.fates.len() as u64,
            };
            audit::append(conn, &key, &entry)
        })
    }

    /// Notes that a pass would find today what the last one of `place` found.
    pub fn lines_stand(&mut self, place: &Place) -> Result<(), StoreError> {
        let today = self.today;
        let is_noted = self.read("reading how far lines were followed", |conn| {
            let repo = repositories::find(conn, place)?;
            let day = repo.map(|(_, repo)| {
                conn.prepare_cached("SELECT day FROM line_passes WHERE repository = ?1")?
                    .query_row([repo], |row| row.get::<_, i32>(0))
                    .optional()
            });
            Ok(day.transpose()?.flatten().is_none_or(|day| day >= today))
        })?;
        if is_noted {
            return Ok(());
        }
        self.write("noting how far lines were followed", |conn| {
            if let Some((_, repo)) = repositories::find(conn, place)? {
                conn.execute(
                    "UPDATE line_passes SET day = ?2 WHERE repository = ?1",
                    params![repo, today],
                )?;
            }
            Ok(())
        })
    }

    /// What is stored of the lines in the repository at `place`.
    pub fn fate_counts(&self, place: &Place) -> Result<FateCounts, StoreError> {
        self.read("counting lines", |conn| {
            let mut counts = FateCounts::default();
            let Some((_, repo)) = repositories::find(conn, place)? else {
                return Ok(counts);
            };
            let mut query =
                conn.prepare("SELECT born, deaths FROM line_fates WHERE repository = ?1")?;
            let mut rows = query.query([repo])?;
            while let Some(row) = rows.next()? {
                counts.commits += 1;
                counts.born += u64::from(row.get::<_, u32>(0)?);
                for death in unpacked(row.get_ref(1)?.as_blob()?) {
                    let lines = u64::from(death.lines);
                    if death.by_me {
                        counts.died_by_me += lines;
                    } else {
                        counts.died_by_others += lines;
                    }
                }
            }
            Ok(counts)
        })
    }
}

/// Recognises what a pass was asked: whose lines, since when, in which paths.
fn question(key: &Key, me: &Me, root: &Root) -> Vec<u8> {
    let commits = key.question(me, root.since, (READER | PASS << 16, false));
    [commits, key.exclusions(&root.exclude)].concat()
}

struct Last {
    place: i64,
    /// The place is still one of the repository's.
    is_there: bool,
    question: Vec<u8>,
    basis: Vec<Oid>,
    tip_utc: i64,
}

fn last(conn: &Connection, repo: RepoId) -> rusqlite::Result<Option<Last>> {
    conn.prepare_cached(
        "SELECT l.place, l.question, l.basis, l.tip_utc, p.id IS NOT NULL FROM line_passes l
         LEFT JOIN places p ON p.id = l.place AND p.repository = l.repository
         WHERE l.repository = ?1",
    )?
    .query_row([repo], |row| {
        Ok(Last {
            place: row.get(0)?,
            is_there: row.get(4)?,
            question: row.get(1)?,
            basis: split(row.get_ref(2)?.as_blob()?),
            tip_utc: row.get(3)?,
        })
    })
    .optional()
}

fn reformats(conn: &Connection, repo: RepoId) -> rusqlite::Result<HashSet<Oid>> {
    let mut query = conn.prepare_cached(
        "SELECT oid FROM commits JOIN sightings ON \"commit\" = id
         WHERE repository = ?1 AND marks & ?2 <> 0",
    )?;
    let form = mark::REFORMAT | mark::IGNORED;
    let rows = query.query_map(params![repo, form], |row| row.get(0))?;
    rows.collect()
}

/// The rows (repository and commit) with lines that went on such a day.
pub(super) fn with_deaths(
    conn: &Connection,
    wanted: impl Fn(i32) -> bool,
) -> rusqlite::Result<Vec<(i64, i64)>> {
    let mut query = conn.prepare("SELECT repository, \"commit\", deaths FROM line_fates")?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        if unpacked(row.get_ref(2)?.as_blob()?).any(|death| wanted(death.day)) {
            out.push((row.get(0)?, row.get(1)?));
        }
    }
    Ok(out)
}

/// Says of lines that went on some day that they were gone by another one.
pub(super) fn move_deaths(
    conn: &Connection,
    (repo, commit): (i64, i64),
    to: impl Fn(i32) -> i32,
) -> rusqlite::Result<()> {
    let deaths: Vec<u8> = conn
        .prepare_cached("SELECT deaths FROM line_fates WHERE repository = ?1 AND \"commit\" = ?2")?
        .query_row([repo, commit], |row| row.get(0))?;
    let moved = unpacked(&deaths).map(|death| Death {
        day: to(death.day),
        ..death
    });
    conn.prepare_cached(
        "UPDATE line_fates SET deaths = ?3 WHERE repository = ?1 AND \"commit\" = ?2",
    )?
    .execute(params![repo, commit, packed(&joined(moved.collect()))])?;
    Ok(())
}

/// One death a day and by whom, rising.
fn joined(mut deaths: Vec<Death>) -> Vec<Death> {
    deaths.sort_by_key(|death| (death.day, death.by_me));
    let mut out: Vec<Death> = Vec::with_capacity(deaths.len());
    for death in deaths {
        match out.last_mut() {
            Some(last) if (last.day, last.by_me) == (death.day, death.by_me) => {
                last.lines = last.lines.saturating_add(death.lines);
            }
            _ => out.push(death),
        }
    }
    out
}

/// Bytes of one death in the column.
const DEATH: usize = 8;

fn packed(deaths: &[Death]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(deaths.len() * DEATH);
    for death in deaths {
        let lines = death.lines.min(u32::MAX >> 1) << 1 | u32::from(death.by_me);
        bytes.extend(death.day.to_le_bytes());
        bytes.extend(lines.to_le_bytes());
    }
    bytes
}

/// The deaths in a column.
pub(super) fn unpacked(bytes: &[u8]) -> impl Iterator<Item = Death> {
    bytes.chunks_exact(DEATH).map(|death| {
        let (day, lines) = death.split_at(DEATH / 2);
        let lines = lines.try_into().map_or(0, u32::from_le_bytes);
        Death {
            day: day.try_into().map_or(0, i32::from_le_bytes),
            by_me: lines & 1 == 1,
            lines: lines >> 1,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deaths_come_out_as_they_went_in() {
        let death = |day, by_me, lines| Death { day, by_me, lines };
        let all = [
            death(i32::MIN, true, 1),
            death(-3, false, 0),
            death(20_000, true, 1 << 30),
        ];
        assert_eq!(unpacked(&packed(&all)).collect::<Vec<_>>(), all);
        assert_eq!(unpacked(&[]).count(), 0);
    }
}
