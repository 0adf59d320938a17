//! An empty store takes over the rows of another one, key and log included: the end of
//! `inward restore`.

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, params_from_iter};

use super::error::{Doing, unfit};
use super::open::kept_key;
use super::{Store, StoreError, audit, raw};

/// What came of taking over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// So many rows are the store now.
    Rows(u64),
    /// The store holds something: nothing was changed.
    NotEmpty,
}

impl Store {
    /// Whether nothing is kept in it: no row in any table but what it says of itself.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        self.read("looking whether it is empty", is_empty)
    }

    /// How many rows it has, what it says of itself included.
    pub fn row_count(&self) -> Result<u64, StoreError> {
        self.read("counting its rows", |conn| {
            let mut rows = 0;
            for table in raw::tables(conn)? {
                let sql = format!("SELECT count(*) FROM \"{}\"", table.name);
                rows += conn.query_row(&sql, [], |row| row.get::<_, u64>(0))?;
            }
            Ok(rows)
        })
    }

    /// Makes this store what `other` is, in one transaction, and logs it; only where it is empty.
    pub fn take_over(&mut self, other: &Self) -> Result<Taken, StoreError> {
        let (key, today) = (other.key.clone(), self.today);
        let taken = self.write("taking over a dump", |conn| {
            if !is_empty(conn)? {
                return Ok(Taken::NotEmpty);
            }
            conn.execute_batch("PRAGMA defer_foreign_keys = ON; DELETE FROM meta;")?;
            let rows = copy(&other.conn, conn, |_| false)?;
            audit::note(conn, &key, today, (audit::Action::Restore, "", rows))?;
            Ok(Taken::Rows(rows))
        })?;
        if let Taken::Rows(_) = taken {
            let kept = kept_key(&self.conn).doing(&self.shown, "reading its key")?;
            self.key = kept.unwrap_or(key);
        }
        Ok(taken)
    }
}

impl Store {
    /// Makes this store what `other` is, whatever it holds, in one transaction, and logs it. Where
    /// both have the same key, the log of this one goes on; else the other's does.
    ///
    /// # Errors
    /// Nothing is changed then.
    pub fn replace_with(&mut self, other: &Self) -> Result<u64, StoreError> {
        let (key, today) = (other.key.clone(), self.today);
        let same = self.key.is(&other.key);
        let rows = self.write("putting a backup in its place", |conn| {
            conn.execute_batch("PRAGMA defer_foreign_keys = ON;")?;
            let keeps = |table: &str| same && table == "audit";
            for table in raw::tables(conn)?
                .iter()
                .filter(|table| !keeps(&table.name))
            {
                conn.execute(&format!("DELETE FROM \"{}\"", table.name), [])?;
            }
            let rows = copy(&other.conn, conn, keeps)?;
            audit::note(conn, &key, today, (audit::Action::Restore, "", rows))?;
            Ok(rows)
        })?;
        let kept = kept_key(&self.conn).doing(&self.shown, "reading its key")?;
        self.key = kept.unwrap_or(key);
        Ok(rows)
    }
}

fn is_empty(conn: &Connection) -> rusqlite::Result<bool> {
    for table in raw::tables(conn)? {
        // What settings and the file itself say of it is no row of the owner's.
        if table.name == "meta" {
            continue;
        }
        let sql = format!("SELECT EXISTS (SELECT 1 FROM \"{}\")", table.name);
        if conn.query_row(&sql, [], |row| row.get(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Copies every row of every table but those that are left out; how many there are.
fn copy(
    from: &Connection,
    to: &Connection,
    left_out: impl Fn(&str) -> bool,
) -> rusqlite::Result<u64> {
    let mut copied = 0;
    for table in raw::tables(from)?
        .into_iter()
        .filter(|table| !left_out(&table.name))
    {
        let width = table.columns().len();
        let mut query = from.prepare(&table.select())?;
        let mut insert = to.prepare(&table.insert())?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..width).map(|at| row.get_ref(at).map(ToSqlOutput::Borrowed));
            let values: Vec<_> = values.collect::<rusqlite::Result<_>>()?;
            if insert.execute(params_from_iter(values))? != 1 {
                return Err(unfit("a row was not taken over"));
            }
            copied += 1;
        }
    }
    Ok(copied)
}
