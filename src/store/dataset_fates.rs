//! What became of my lines, as a column beside the commits.

use rusqlite::Connection;

use super::line_fates::unpacked;
use crate::model::dataset::{Dataset, UNDATED};
use crate::model::fates::{Born, Died};
use crate::model::ids::CommitId;

/// In the place of a commit's position: it is not in the dataset.
const ABSENT: u32 = u32::MAX;

/// One stored row: the commit's position, how good the row's repository is to speak for it, and
/// where its deaths stand.
struct Row {
    commit: u32,
    rank: usize,
    born: u32,
    died: (usize, usize),
}

/// Fills [`Dataset::fates`]; the commits must be there. Of a commit that several repositories
/// hold, the one it is counted under speaks, else the oldest.
pub(super) fn fill(conn: &Connection, data: &mut Dataset) -> rusqlite::Result<()> {
    data.fates.until = vec![UNDATED; data.repos.len()];
    let mut query = conn.prepare_cached("SELECT repository, day FROM line_passes")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if let Ok(at) = data.repos.binary_search(&row.get(0)?) {
            data.fates.until[at] = row.get(1)?;
        }
    }
    let positions = positions(&data.commits.id);
    let (mut found, mut deaths) = (Vec::new(), Vec::new());
    let mut query = conn.prepare_cached(
        "SELECT repository, \"commit\", born, deaths FROM line_fates ORDER BY repository, \"commit\"",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id: CommitId = row.get(1)?;
        let commit = positions.get(id.0 as usize).copied().unwrap_or(ABSENT);
        let Ok(repo) = data.repos.binary_search(&row.get(0)?) else {
            continue;
        };
        if commit == ABSENT {
            continue;
        }
        let is_home = usize::from(data.commits.repo[commit as usize]) == repo;
        let from = deaths.len();
        deaths.extend(unpacked(row.get_ref(3)?.as_blob()?));
        found.push(Row {
            commit,
            rank: if is_home { 0 } else { repo + 1 },
            born: row.get(2)?,
            died: (from, deaths.len()),
        });
    }
    found.sort_unstable_by_key(|row| (row.commit, row.rank));
    found.dedup_by_key(|row| row.commit);
    data.fates.born.reserve(found.len());
    data.fates.died.reserve(deaths.len());
    for row in found {
        let commit = row.commit;
        data.fates.born.push(Born {
            commit,
            lines: row.born,
        });
        let died = deaths[row.died.0..row.died.1].iter();
        data.fates.died.extend(died.map(|death| Died {
            commit,
            day: death.day,
            by_me: death.by_me,
            lines: death.lines,
        }));
    }
    Ok(())
}

/// Every commit's position by its row number: rows are numbered from one on.
fn positions(ids: &[CommitId]) -> Vec<u32> {
    let last = ids.iter().map(|id| id.0 as usize).max();
    let mut positions = vec![ABSENT; last.map_or(0, |last| last + 1)];
    for (at, id) in (0..).zip(ids) {
        positions[id.0 as usize] = at;
    }
    positions
}
