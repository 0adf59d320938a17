//! Days only: makes every stored time of commits, refs and files a day.

use rusqlite::{Connection, OptionalExtension, params};

use super::door::floor;

/// The first second of the civil day of (`utc`, `offset`), in SQL; rounds down, also before 1970.
fn civil(utc: &str, offset: &str) -> String {
    let local = format!("({utc} + {offset} * 60)");
    format!("({local} - (({local} % 86400) + 86400) % 86400)")
}

/// Makes the times of commits and of what was done to refs days; how many rows had one.
pub(super) fn of_history(conn: &Connection) -> rusqlite::Result<u64> {
    let day = civil("utc", "offset_min");
    let committed = civil("committed_utc", "offset_min");
    let mut n = conn.execute(
        &format!("UPDATE commits SET committed_utc = {committed}, utc = {day}, offset_min = 0"),
        [],
    )?;
    for table in ["ref_events", "pairings", "squashes"] {
        n += conn.execute(
            &format!("UPDATE {table} SET utc = {day}, offset_min = 0"),
            [],
        )?;
    }
    let tip = civil("tip_utc", "0");
    conn.execute(&format!("UPDATE line_passes SET tip_utc = {tip}"), [])?;
    // A stamp is made of file times.
    conn.execute("UPDATE frontiers SET stamp = NULL", [])?;
    let modified = civil("modified", "0");
    conn.execute(
        &format!("UPDATE imports SET modified = {modified} WHERE modified IS NOT NULL"),
        [],
    )?;
    // Corrected times of tasks: RFC 3339, whose first ten characters are the civil day.
    n += conn.execute(
        "UPDATE exclusions SET value = substr(value, 1, 10) WHERE value GLOB '????-??-??T*'",
        [],
    )?;
    aged(conn)?;
    Ok(n as u64)
}

/// Up to when ref events have become daily sums: up to the end of that day.
fn aged(conn: &Connection) -> rusqlite::Result<()> {
    const KEY: &str = "ref_events_aged";
    let value: Option<Vec<u8>> = conn
        .query_row("SELECT value FROM meta WHERE key = ?1", [KEY], |row| {
            row.get(0)
        })
        .optional()?;
    let utc = value.and_then(|bytes| String::from_utf8(bytes).ok()?.parse::<i64>().ok());
    if let Some(utc) = utc {
        let day = floor(utc.saturating_add(86_399));
        conn.execute(
            "UPDATE meta SET value = ?2 WHERE key = ?1",
            params![KEY, day.to_string().into_bytes()],
        )?;
    }
    Ok(())
}
