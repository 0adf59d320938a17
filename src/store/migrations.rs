//! The layouts of the file, oldest first. Append only: a released step is never edited.

use rusqlite::{Connection, TransactionBehavior};

use super::error::unfit;
use super::pragmas::APPLICATION_ID;

/// One step from a layout to the next.
struct Migration {
    /// Why the layout changed.
    #[expect(dead_code, reason = "read by whoever adds the next step")]
    why: &'static str,
    /// What changes.
    sql: &'static str,
    /// Hash of the schema after this step (see [`fingerprint`]).
    schema: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        why: "the first layout: identities, repositories, commits, file changes, audit",
        sql: include_str!("schema_1.sql"),
        schema: "e5526164e6780062698c33e9f6eb4b47028b2198d17daaf952539f4633c21382",
    },
    Migration {
        why: "what commits are to one another: patches, squashes, branches, pairings, ref events",
        sql: include_str!("schema_2.sql"),
        schema: "84b48bbb4bc8040aad1afad2a0b1fd128c0407652af53eb5245afef8f0703920",
    },
    Migration {
        why: "task exports: what each shows, and the tasks that follow from it",
        sql: include_str!("schema_3.sql"),
        schema: "eca062078351d25d100ce7d810927f7896c1f89812ca25ff53b7155b8b88fb6d",
    },
    Migration {
        why: "packed columns with types of work and projects",
        sql: include_str!("schema_4.sql"),
        schema: "eca062078351d25d100ce7d810927f7896c1f89812ca25ff53b7155b8b88fb6d",
    },
    Migration {
        why: "which commit belongs to which task, and what the owner says of it",
        sql: include_str!("schema_5.sql"),
        schema: "114cac2c5a8cbd1d2d22d375682f6040c8d9e9eed7589626f95ecebb856efc25",
    },
    Migration {
        why: "the owner's own words: notes, events, goals, and what they say of rows",
        sql: include_str!("schema_6.sql"),
        schema: "7303656dae6009f20eaf09bf2dbbf4a1e3ad2cab732446ab7ac60f716aba4f0a",
    },
    Migration {
        why: "what became of the lines of my commits",
        sql: include_str!("schema_7.sql"),
        schema: "75602f108649751760892573f400b00a41688f9eb65875885058e4384fce4e95",
    },
    Migration {
        why: "the ledger of what was handed out",
        sql: include_str!("schema_8.sql"),
        schema: "83240757bb0b0674586e1ff9e4b3753d6f087276792f03123b579e261fe08e55",
    },
];

/// The newest layout known here.
pub(super) fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// The layout of the file; 0 = nothing written yet.
pub(super) fn layout(conn: &Connection) -> rusqlite::Result<u32> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the file to the newest layout in one transaction and checks that its schema is
/// exactly ours: a trigger, view, index or table from elsewhere is refused. The layout it had.
pub(super) fn run(conn: &mut Connection) -> rusqlite::Result<u32> {
    check(conn)?;
    if layout(conn)? == newest() {
        return Ok(newest());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited.
    check(&tx)?;
    let from = layout(&tx)? as usize;
    for step in MIGRATIONS.get(from..).unwrap_or_default() {
        tx.execute_batch(step.sql)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", newest())?;
    check(&tx)?;
    tx.commit()?;
    Ok(u32::try_from(from).unwrap_or_default())
}

/// Gives an empty file the tables of `layout`; false where that one is not known here.
pub(super) fn make(conn: &Connection, layout: u32) -> rusqlite::Result<bool> {
    let Some(steps) = MIGRATIONS.get(..layout as usize) else {
        return Ok(false);
    };
    for step in steps {
        conn.execute_batch(step.sql)?;
    }
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "user_version", layout)?;
    Ok(true)
}

/// Refuses a schema that is not the one of the file's layout.
pub(super) fn check(conn: &Connection) -> rusqlite::Result<()> {
    let layout = layout(conn)? as usize;
    let found = fingerprint(conn)?;
    let ours = match layout.checked_sub(1) {
        None => blake3::hash(b"").to_hex().to_string(),
        Some(last) => match MIGRATIONS.get(last) {
            Some(step) => step.schema.to_owned(),
            // Newer ones are refused by number, before this.
            None => return Ok(()),
        },
    };
    if found == ours {
        Ok(())
    } else {
        Err(unfit("its tables are not the ones inward makes"))
    }
}

/// Hash of every table, index, view and trigger, sorted.
fn fingerprint(conn: &Connection) -> rusqlite::Result<String> {
    let mut hash = blake3::Hasher::new();
    let mut query = conn.prepare(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..4 {
            hash.update(row.get_ref(column)?.as_bytes()?);
            hash.update(b"\0");
        }
    }
    Ok(hash.finalize().to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_to_the_schema_it_names() {
        let conn = Connection::open_in_memory().unwrap();
        for (index, step) in MIGRATIONS.iter().enumerate() {
            conn.execute_batch(step.sql).unwrap();
            assert_eq!(fingerprint(&conn).unwrap(), step.schema, "step {index}");
        }
    }

    #[test]
    fn a_planted_view_or_trigger_is_refused() {
        for planted in [
            "CREATE VIEW v AS SELECT 1",
            "CREATE TRIGGER t AFTER INSERT ON commits BEGIN DELETE FROM commits; END",
            "DROP INDEX commits_by_change",
        ] {
            let mut conn = Connection::open_in_memory().unwrap();
            run(&mut conn).unwrap();
            run(&mut conn).unwrap();
            conn.execute_batch(planted).unwrap();
            assert!(run(&mut conn).is_err(), "{planted}");
        }
    }
}
