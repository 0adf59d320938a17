//! Tables `blocks` and `stale`: the columns of the dataset, packed.
//!
//! Reading half a million rows one by one takes a second; the same numbers as one value a block
//! take milliseconds. A block holds the commits of one home repository within a stretch of row
//! numbers, so a scan repacks what it touched and nothing else. Every write marks its blocks
//! stale in its own transaction; a reader packs stale blocks for itself, so figures are right
//! even after a scan that was killed before it could repack.

use rusqlite::{Connection, params};

use super::commits::ASSISTED;
use super::error::unfit;
use super::linking;
use super::projects;
use crate::model::commit::mark;
use crate::model::dataset::flag;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::work_type::WorkType;

/// Row numbers of one block share all bits above these.
pub(super) const BLOCK_BITS: u32 = 13;

/// The block a commit is packed in.
pub(super) fn block_of(id: CommitId) -> u32 {
    id.0 >> BLOCK_BITS
}

/// First and last row number of a block.
pub(super) fn ids_of(block: u32) -> (u32, u32) {
    let low = block << BLOCK_BITS;
    (low, low | ((1 << BLOCK_BITS) - 1))
}

/// Says that a block no longer is what the rows are.
pub(super) fn mark_stale(conn: &Connection, home: RepoId, block: u32) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO stale (home, block) VALUES (?1, ?2)")?
        .execute((home, block))?;
    Ok(())
}

/// Says that no block is what the rows are.
pub(super) fn mark_all_stale(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR IGNORE INTO stale (home, block) SELECT DISTINCT home, id >> ?1 FROM commits",
        [BLOCK_BITS],
    )?;
    Ok(())
}

/// [`mark_stale`] for the block of a stored commit, and [`linking::mark`].
pub(super) fn mark_stale_commit(conn: &Connection, id: CommitId) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO stale (home, block) SELECT home, ?2 FROM commits WHERE id = ?1",
    )?
    .execute((id, block_of(id)))?;
    // What changes a commit's place in the columns may change its tasks too.
    linking::mark(conn, id)
}

/// Blocks that have to be packed again: all of them when the owner's projects are others.
pub(super) fn stale_blocks(conn: &Connection) -> rusqlite::Result<Vec<(RepoId, u32)>> {
    let mut query = conn.prepare_cached(
        "SELECT home, block FROM stale
         UNION SELECT home, block FROM blocks WHERE CAST(project_tag() AS BLOB) <>
           coalesce((SELECT value FROM meta WHERE key = 'projects'), x'')
         ORDER BY home, block",
    )?;
    query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Packs every stale block.
pub(super) fn rebuild(conn: &Connection) -> rusqlite::Result<()> {
    for (home, block) in stale_blocks(conn)? {
        let data = pack(conn, home, block)?;
        if data.is_empty() {
            conn.prepare_cached("DELETE FROM blocks WHERE home = ?1 AND block = ?2")?
                .execute((home, block))?;
        } else {
            conn.prepare_cached(
                "INSERT OR REPLACE INTO blocks (home, block, sum, data) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![home, block, sum(&data), data])?;
        }
    }
    conn.execute("DELETE FROM stale", [])?;
    projects::packed(conn)
}

/// Sixteen bytes that change with any byte of a block.
pub(super) fn sum(data: &[u8]) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&blake3::hash(data).as_bytes()[..16]);
    out
}

/// One commit on its way into a block.
struct Packed {
    id: CommitId,
    oid: Oid,
    utc: i64,
    offset_min: i16,
    flags: u16,
    changes: Vec<Change>,
}

#[derive(Clone, Copy)]
struct Change {
    language: u16,
    category: u8,
    project: u16,
    files: u32,
    added: u32,
    deleted: u32,
}

/// The bytes of a block, from the rows; empty when it has no commit.
pub(super) fn pack(conn: &Connection, home: RepoId, block: u32) -> rusqlite::Result<Vec<u8>> {
    let mut commits = commits_of(conn, home, block)?;
    changes_of(conn, block, &mut commits)?;
    if commits.is_empty() {
        return Ok(Vec::new());
    }
    commits.sort_unstable_by_key(|commit| (commit.utc, commit.oid));
    let changes: Vec<Change> = commits.iter().flat_map(|c| c.changes.clone()).collect();
    let mut out =
        Vec::with_capacity(8 + commits.len() * COMMIT_BYTES + changes.len() * CHANGE_BYTES);
    let number = |n: usize| {
        let n = u32::try_from(n)
            .map_err(|error| unfit(format!("a block with too many entries: {error}")))?;
        Ok::<_, rusqlite::Error>(n.to_le_bytes())
    };
    out.extend(number(commits.len())?);
    out.extend(number(changes.len())?);
    out.extend(commits.iter().flat_map(|c| c.oid.0));
    out.extend(commits.iter().flat_map(|c| c.utc.to_le_bytes()));
    out.extend(commits.iter().flat_map(|c| c.id.0.to_le_bytes()));
    for commit in &commits {
        out.extend(number(commit.changes.len())?);
    }
    out.extend(commits.iter().flat_map(|c| c.offset_min.to_le_bytes()));
    out.extend(commits.iter().flat_map(|c| c.flags.to_le_bytes()));
    out.extend(changes.iter().flat_map(|c| c.files.to_le_bytes()));
    out.extend(changes.iter().flat_map(|c| c.added.to_le_bytes()));
    out.extend(changes.iter().flat_map(|c| c.deleted.to_le_bytes()));
    out.extend(changes.iter().flat_map(|c| c.language.to_le_bytes()));
    out.extend(changes.iter().flat_map(|c| c.project.to_le_bytes()));
    out.extend(changes.iter().map(|c| c.category));
    Ok(out)
}

const COMMIT_BYTES: usize = 20 + 8 + 4 + 4 + 2 + 2;
const CHANGE_BYTES: usize = 4 + 4 + 4 + 2 + 2 + 1;

fn commits_of(conn: &Connection, home: RepoId, block: u32) -> rusqlite::Result<Vec<Packed>> {
    let (low, high) = ids_of(block);
    let mut query = conn.prepare_cached(
        "SELECT id, oid, utc, offset_min, merge, twin_of IS NOT NULL, lines_known, class, fate,
           marks, summary, EXISTS (SELECT 1 FROM sightings s
             WHERE s.\"commit\" = commits.id AND s.on_default_branch = 1)
         FROM commits WHERE id BETWEEN ?1 AND ?2 AND home = ?3 ORDER BY id",
    )?;
    let rows = query.query_map((low, high, home), |row| {
        let bits = Bits {
            merge: row.get(4)?,
            twin: row.get(5)?,
            lines_known: row.get(6)?,
            assisted: row.get::<_, Option<u8>>(7)? == Some(ASSISTED),
            fate: row.get(8)?,
            marks: row.get(9)?,
            on_default: row.get(11)?,
            work_type: mark::work_type(row.get_ref(10)?.as_str()?, row.get(9)?),
        };
        Ok(Packed {
            id: row.get(0)?,
            oid: row.get(1)?,
            utc: row.get(2)?,
            offset_min: row.get(3)?,
            flags: flags(&bits),
            changes: Vec::new(),
        })
    })?;
    rows.collect()
}

/// What the flags of a commit are made of.
#[expect(
    clippy::struct_excessive_bools,
    reason = "columns of a row, on their way into one set of bits"
)]
pub(super) struct Bits {
    pub(super) merge: bool,
    pub(super) twin: bool,
    pub(super) lines_known: bool,
    pub(super) assisted: bool,
    /// What other commits decide, see `squashes.rs`.
    pub(super) fate: u16,
    pub(super) marks: u8,
    pub(super) on_default: bool,
    pub(super) work_type: WorkType,
}

/// The [`flag`] bits of a commit.
pub(super) fn flags(bits: &Bits) -> u16 {
    let form = mark::REFORMAT | mark::IGNORED;
    [
        (bits.merge, flag::MERGE),
        (bits.twin, flag::TWIN),
        (!bits.lines_known, flag::LINES_UNKNOWN),
        (bits.assisted, flag::ASSISTED),
        (bits.marks & mark::REVERT != 0, flag::REVERT),
        (bits.marks & form != 0, flag::REFORMAT),
        (bits.on_default, flag::LANDED),
    ]
    .into_iter()
    .filter_map(|(on, bit)| on.then_some(bit))
    .fold(bits.fate | bits.work_type.flags(), |flags, bit| flags | bit)
}

/// Sums the files of each commit by language and category. `commits` are in the order of ids.
fn changes_of(conn: &Connection, block: u32, commits: &mut [Packed]) -> rusqlite::Result<()> {
    let (low, high) = ids_of(block);
    // Paths are looked up only where somebody asks for them.
    let project = if projects::are_there(conn)? {
        "(SELECT project_of(name, bytes) FROM paths, repositories, commits c
          WHERE paths.id = path AND c.id = \"commit\" AND repositories.id = c.home)"
    } else {
        "0"
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT \"commit\", language, category, coalesce(added, 0), coalesce(deleted, 0), {project}
         FROM file_changes WHERE \"commit\" BETWEEN ?1 AND ?2 ORDER BY \"commit\"",
    ))?;
    let mut rows = query.query((low, high))?;
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let id: CommitId = row.get(0)?;
        while commits.get(at).is_some_and(|commit| commit.id < id) {
            at += 1;
        }
        // A commit of another home in the same stretch is packed elsewhere.
        let Some(commit) = commits.get_mut(at).filter(|commit| commit.id == id) else {
            continue;
        };
        add(
            &mut commit.changes,
            Change {
                language: row.get(1)?,
                category: row.get(2)?,
                files: 1,
                added: row.get(3)?,
                deleted: row.get(4)?,
                project: row.get::<_, Option<u16>>(5)?.unwrap_or_default(),
            },
        );
    }
    for commit in commits {
        commit
            .changes
            .sort_unstable_by_key(|c| (c.language, c.category, c.project));
    }
    Ok(())
}

fn add(changes: &mut Vec<Change>, new: Change) {
    let of = |c: &Change| (c.language, c.category, c.project);
    let same = |c: &&mut Change| of(c) == of(&new);
    match changes.iter_mut().find(same) {
        Some(change) => {
            change.files += 1;
            change.added = change.added.saturating_add(new.added);
            change.deleted = change.deleted.saturating_add(new.deleted);
        }
        None => changes.push(new),
    }
}

/// A packed block, cut into its columns.
pub(super) struct Block<'a> {
    pub(super) commits: usize,
    pub(super) oid: &'a [u8],
    pub(super) utc: &'a [u8],
    pub(super) id: &'a [u8],
    pub(super) entries: &'a [u8],
    pub(super) offset_min: &'a [u8],
    pub(super) flags: &'a [u8],
    pub(super) files: &'a [u8],
    pub(super) added: &'a [u8],
    pub(super) deleted: &'a [u8],
    pub(super) language: &'a [u8],
    pub(super) project: &'a [u8],
    pub(super) category: &'a [u8],
}

impl<'a> Block<'a> {
    /// Cuts `data`; an error when its length is not what its head says.
    pub(super) fn cut(data: &'a [u8]) -> rusqlite::Result<Self> {
        let mut rest = data;
        let mut take = |bytes: usize| {
            let (head, tail) = rest
                .split_at_checked(bytes)
                .ok_or_else(|| unfit("a packed block is too short"))?;
            rest = tail;
            Ok::<_, rusqlite::Error>(head)
        };
        let (n, m) = (number(take(4)?) as usize, number(take(4)?) as usize);
        let block = Self {
            commits: n,
            oid: take(20 * n)?,
            utc: take(8 * n)?,
            id: take(4 * n)?,
            entries: take(4 * n)?,
            offset_min: take(2 * n)?,
            flags: take(2 * n)?,
            files: take(4 * m)?,
            added: take(4 * m)?,
            deleted: take(4 * m)?,
            language: take(2 * m)?,
            project: take(2 * m)?,
            category: take(m)?,
        };
        let entries: u64 = words(block.entries).map(u64::from).sum();
        if rest.is_empty() && entries == m as u64 {
            Ok(block)
        } else {
            Err(unfit("a packed block does not fit together"))
        }
    }
}

fn number(four: &[u8]) -> u32 {
    four.try_into().map_or(0, u32::from_le_bytes)
}

/// The 32-bit numbers in a column.
pub(super) fn words(column: &[u8]) -> impl Iterator<Item = u32> + '_ {
    column.chunks_exact(4).map(number)
}
