//! The whole store as columns: what every metric computes on.

use rusqlite::Connection;

use super::columns::{self, Block, words};
use super::error::unfit;
use super::{
    Store, StoreError, dataset_choices, dataset_fates, dataset_links, keep, languages, work,
};
use crate::model::dataset::{Dataset, Labels, UNDATED};
use crate::model::ids::{CommitId, LanguageId, Oid, RepoId};
use crate::model::moment::Moment;
use crate::model::text::Clean;

impl Store {
    /// Every stored commit in columns, and the names for the ids in them. A commit in several
    /// repositories is one entry, under the repository that brought it first. Clocks later than
    /// a day after `now_utc` (UTC seconds) are not believed.
    pub fn dataset(&self, now_utc: i64) -> Result<(Dataset, Labels), StoreError> {
        self.read("loading the columns", |conn| {
            let mut repos = Vec::new();
            let mut labels = Labels {
                languages: languages::names(conn)?,
                ..Labels::default()
            };
            let mut query = conn.prepare_cached("SELECT id, name FROM repositories ORDER BY id")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                repos.push(row.get(0)?);
                labels.repos.push(row.get(1)?);
            }
            let mut data = load(conn, repos, (now_utc, None))?;
            dataset_fates::fill(conn, &mut data)?;
            data.ref_acts = work::ref_acts(conn, &data.repos)?;
            labels.projects.push(Clean::label(b"none"));
            labels.projects.extend_from_slice(self.projects.names());
            let rules = (&self.words, &self.projects);
            work::load(conn, rules, &mut data, &mut labels)?;
            dataset_choices::apply(conn, &self.key, &mut data)?;
            dataset_links::load(conn, &mut data)?;
            Ok((data, labels))
        })
    }

    /// The commits since `since` (UTC seconds) in columns, with what the owner says of them, and as
    /// many older ones as lie in the same blocks; of a store with commits never none. No names, work
    /// items, links, fates of lines or ref events: enough to count commits of the last days, in a
    /// part of the time that [`Store::dataset`] takes.
    ///
    /// # Errors
    /// When the store cannot be read, or a block is damaged.
    pub fn recent(&self, now_utc: i64, since: i64) -> Result<Dataset, StoreError> {
        self.read("loading the newest columns", |conn| {
            let mut query = conn.prepare_cached("SELECT id FROM repositories ORDER BY id")?;
            let repos = query.query_map([], |row| row.get(0))?;
            let repos = repos.collect::<rusqlite::Result<_>>()?;
            let mut data = load(conn, repos, (now_utc, Some(since)))?;
            dataset_choices::apply_to_commits(conn, &mut data)?;
            Ok(data)
        })
    }
}

/// The commits, each with its changes; with a time to begin at, only the blocks that reach it.
fn load(
    conn: &Connection,
    repos: Vec<RepoId>,
    (now_utc, since): (i64, Option<i64>),
) -> rusqlite::Result<Dataset> {
    let data = read_blocks(conn, &repos)?;
    let mut cut = Vec::with_capacity(data.len());
    for (repo, bytes) in &data {
        cut.push((*repo, Block::cut(bytes)?));
    }
    if let Some(since) = since {
        let newest = cut.iter().filter_map(|(_, block)| last(block)).max();
        let since = newest.map_or(since, |newest| since.min(newest));
        cut.retain(|(_, block)| last(block) >= Some(since));
    }
    let blocks: Vec<Source<'_>> = cut
        .into_iter()
        .map(|(repo, block)| Source::new(repo, block))
        .collect();
    let order = sorted(&blocks);
    let pairings = pairings(conn, &repos)?;
    let mut out = Dataset {
        repos,
        ..Dataset::default()
    };
    out.keep = keep::load(conn)?;
    out.pairings.fill(pairings, (now_utc, out.keep.hours));
    reserve(&mut out, &blocks);
    for entry in order {
        push(
            &mut out,
            &blocks[entry.block as usize],
            entry.row as usize,
            now_utc,
        );
    }
    if !out.is_empty() {
        let end = out.changes.category.len();
        out.commits.changes_from.push(narrow(end));
    }
    Ok(out)
}

/// The time of the last commit of a block, UTC seconds; its rows are in the order of time.
fn last(block: &Block<'_>) -> Option<i64> {
    let eight = block.utc.last_chunk::<8>()?;
    Some(i64::from_le_bytes(*eight))
}

/// Every pairing with the position of its repository.
fn pairings(conn: &Connection, repos: &[RepoId]) -> rusqlite::Result<Vec<(Moment, Oid, u16)>> {
    let mut query = conn.prepare_cached("SELECT repository, oid, utc, offset_min FROM pairings")?;
    let rows = query.query_map([], |row| {
        let repo = repos.binary_search(&row.get(0)?).unwrap_or_default();
        let at = Moment {
            utc: row.get(2)?,
            offset_min: row.get(3)?,
        };
        Ok((at, row.get(1)?, u16::try_from(repo).unwrap_or_default()))
    })?;
    rows.collect()
}

/// The bytes of every block with the position of its repository; stale ones packed anew.
fn read_blocks(conn: &Connection, repos: &[RepoId]) -> rusqlite::Result<Vec<(u16, Vec<u8>)>> {
    let position = |home: RepoId| {
        repos
            .binary_search(&home)
            .ok()
            .and_then(|index| u16::try_from(index).ok())
            .ok_or_else(|| unfit("a packed block of no repository"))
    };
    let stale = columns::stale_blocks(conn)?;
    let mut data = Vec::new();
    let mut query =
        conn.prepare_cached("SELECT home, block, sum, data FROM blocks ORDER BY home, block")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let at = (row.get(0)?, row.get(1)?);
        if stale.binary_search(&at).is_ok() {
            continue;
        }
        let bytes = row.get_ref(3)?.as_blob()?;
        if row.get_ref(2)?.as_blob()? != columns::sum(bytes) {
            return Err(unfit("a packed block is not what was written"));
        }
        data.push((position(at.0)?, bytes.to_vec()));
    }
    for (home, block) in stale {
        let bytes = columns::pack(conn, home, block)?;
        if !bytes.is_empty() {
            data.push((position(home)?, bytes));
        }
    }
    Ok(data)
}

/// A block and where each commit's entries begin in it.
struct Source<'a> {
    repo: u16,
    block: Block<'a>,
    from: Vec<u32>,
}

impl<'a> Source<'a> {
    fn new(repo: u16, block: Block<'a>) -> Self {
        let mut from = Vec::with_capacity(block.commits + 1);
        let mut at = 0;
        from.push(at);
        for entries in words(block.entries) {
            at += entries;
            from.push(at);
        }
        Self { repo, block, from }
    }

    fn oid(&self, row: usize) -> &[u8] {
        self.block
            .oid
            .get(20 * row..20 * row + 20)
            .unwrap_or_default()
    }
}

struct Entry {
    utc: i64,
    block: u32,
    row: u32,
}

/// Every commit in the order of (author time, object id). Blocks are sorted already and the
/// sort finds their runs, so this is a merge.
fn sorted(blocks: &[Source<'_>]) -> Vec<Entry> {
    let mut order = Vec::with_capacity(blocks.iter().map(|b| b.block.commits).sum());
    for (block, source) in (0..).zip(blocks) {
        let times = source.block.utc.chunks_exact(8);
        order.extend((0..).zip(times).map(|(row, eight)| Entry {
            utc: eight.try_into().map_or(0, i64::from_le_bytes),
            block,
            row,
        }));
    }
    let oid = |entry: &Entry| blocks[entry.block as usize].oid(entry.row as usize);
    order.sort_by(|a, b| a.utc.cmp(&b.utc).then_with(|| oid(a).cmp(oid(b))));
    order
}

fn reserve(out: &mut Dataset, blocks: &[Source<'_>]) {
    let commits = blocks.iter().map(|b| b.block.commits).sum();
    let changes = blocks.iter().map(|b| b.block.category.len()).sum();
    out.commits.id.reserve(commits);
    out.commits.utc.reserve(commits);
    out.commits.offset_min.reserve(commits);
    out.commits.day.reserve(commits);
    out.commits.repo.reserve(commits);
    out.commits.flags.reserve(commits);
    out.commits.changes_from.reserve(commits + 1);
    out.changes.language.reserve(changes);
    out.changes.project.reserve(changes);
    out.changes.category.reserve(changes);
    out.changes.files.reserve(changes);
    out.changes.added.reserve(changes);
    out.changes.deleted.reserve(changes);
}

fn push(out: &mut Dataset, source: &Source<'_>, row: usize, now_utc: i64) {
    let block = &source.block;
    let utc = block.utc[8 * row..8 * row + 8]
        .try_into()
        .map_or(0, i64::from_le_bytes);
    let offset_min = block.offset_min[2 * row..2 * row + 2]
        .try_into()
        .map_or(0, i16::from_le_bytes);
    let commits = &mut out.commits;
    commits
        .changes_from
        .push(narrow(out.changes.category.len()));
    commits
        .id
        .extend(words(&block.id[4 * row..4 * row + 4]).map(CommitId));
    commits.utc.push(utc);
    commits.offset_min.push(offset_min);
    commits.day.push(day(Moment { utc, offset_min }, now_utc));
    commits.repo.push(source.repo);
    let flags = block.flags[2 * row..2 * row + 2].try_into();
    commits.flags.push(flags.map_or(0, u16::from_le_bytes));
    let (from, to) = (source.from[row] as usize, source.from[row + 1] as usize);
    let changes = &mut out.changes;
    let languages = block.language[2 * from..2 * to].chunks_exact(2);
    changes
        .language
        .extend(languages.map(|two| LanguageId(two.try_into().map_or(0, u16::from_le_bytes))));
    let projects = block.project[2 * from..2 * to].chunks_exact(2);
    changes
        .project
        .extend(projects.map(|two| two.try_into().map_or(0, u16::from_le_bytes)));
    changes
        .category
        .extend_from_slice(&block.category[from..to]);
    changes.files.extend(words(&block.files[4 * from..4 * to]));
    changes.added.extend(words(&block.added[4 * from..4 * to]));
    changes
        .deleted
        .extend(words(&block.deleted[4 * from..4 * to]));
}

/// The civil day of a believed moment, by arithmetic: the calendar is not needed for it.
fn day(at: Moment, now_utc: i64) -> i32 {
    if !at.is_dated(now_utc) {
        return UNDATED;
    }
    let local = at.utc + i64::from(at.offset_min) * 60;
    i32::try_from(local.div_euclid(86_400)).unwrap_or(UNDATED)
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
