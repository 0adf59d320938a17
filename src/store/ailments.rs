//! Commits about which something is not known, or is said that the owner may want to judge.

use rusqlite::{Connection, Row, ToSql};

use super::{Store, StoreError};
use crate::model::commit::mark;
use crate::model::ids::{Oid, RepoId};
use crate::model::moment::{EARLIEST, Moment};
use crate::model::text::Clean;

/// One of these commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ailing {
    /// The object id.
    pub oid: Oid,
    /// The repository that brought it first.
    pub repo: RepoId,
    /// Author date as written.
    pub authored: Moment,
    /// First line of the message; empty when summaries are not kept.
    pub summary: Clean,
    /// A set of [`mark`] bits.
    pub marks: u8,
}

/// All of them; each list ordered by date as written, then by object id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ailments {
    /// Their clocks are not believed, so they stand on no day.
    pub undated: Vec<Ailing>,
    /// Their lines could not be counted.
    pub lines_unknown: Vec<Ailing>,
    /// Left out of lines because they are taken for reformatting, or named as such.
    pub reformatting: Vec<Ailing>,
}

impl Store {
    /// What is not right or not known about the stored commits, twins included.
    pub fn ailments(&self, now_utc: i64) -> Result<Ailments, StoreError> {
        let latest = now_utc.saturating_add(86_400);
        let marks = mark::REFORMAT | mark::IGNORED;
        self.read("looking for what is not known", |conn| {
            Ok(Ailments {
                undated: list(conn, "utc NOT BETWEEN ?1 AND ?2", &[&EARLIEST, &latest])?,
                lines_unknown: list(conn, "NOT merge AND NOT lines_known", &[])?,
                reformatting: list(conn, "NOT merge AND (marks & ?1) <> 0", &[&marks])?,
            })
        })
    }
}

/// The commits that fit `condition`, which is one of the above.
fn list(
    conn: &Connection,
    condition: &str,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<Ailing>> {
    let mut query = conn.prepare(&format!(
        "SELECT oid, home, utc, offset_min, summary, marks FROM commits
         WHERE {condition} ORDER BY utc, oid"
    ))?;
    let one = |row: &Row<'_>| {
        Ok(Ailing {
            oid: row.get(0)?,
            repo: row.get(1)?,
            authored: Moment::new(row.get(2)?, row.get(3)?),
            summary: row.get(4)?,
            marks: row.get(5)?,
        })
    };
    query.query_map(values, one)?.collect()
}
