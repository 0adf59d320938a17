//! What the label and the dashboard say of the log, and entries that are written only on a change.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use super::{Action, AuditRow, AuditState, note};
use crate::model::privacy::{LogEntry, LogState, WentOut};
use crate::store::{Store, StoreError};

/// An entry that only a change is worth.
type Last = Option<(i32, String, u64)>;

impl Store {
    /// How many entries the log has, what its check says, and the `newest` of them, newest first.
    pub fn log_state(&self, newest: usize) -> Result<LogState, StoreError> {
        let rows = self.audit_rows()?;
        let out: Vec<WentOut> = Action::WAYS_OUT
            .into_iter()
            .filter_map(|way| went_out(&rows, way))
            .collect();
        let share = Action::Share.word();
        let shares = out.iter().find(|one| one.action == share);
        let newest = rows.iter().rev().take(newest).map(|row| LogEntry {
            day: date(row.day),
            action: row.action.clone(),
            object: row.object.clone(),
            n: row.n,
        });
        Ok(LogState {
            entries: rows.len() as u64,
            verdict: match self.audit_verify(None)? {
                AuditState::Ok(0) => "empty".to_owned(),
                AuditState::Ok(_) => "ok".to_owned(),
                off => off.to_string(),
            },
            newest: newest.collect(),
            shares: shares.map_or(0, |one| one.times),
            out,
        })
    }

    /// The day of the newest self-test; `None` when there was none.
    pub fn last_check(&self) -> Result<Option<NaiveDate>, StoreError> {
        let last = self.read("reading the log", |conn| newest(conn, Action::SelfTest))?;
        Ok(last.map(|(day, _, _)| date(day)))
    }

    /// Logs which level the lock reached (a closed word) and how many layers hold, if that is not
    /// what the last such entry says; whether it was logged.
    pub fn note_lock_level(&mut self, level: &str, layers: u64) -> Result<bool, StoreError> {
        let says = |last: &Last| matches!(last, Some((_, was, n)) if was == level && *n == layers);
        let last = self.read("reading the log", |conn| newest(conn, Action::LockLevel))?;
        if says(&last) {
            return Ok(false);
        }
        let (day, key) = (self.today, self.key.clone());
        self.write("writing the log", |conn| {
            // Another process may have written it while this one waited.
            if says(&newest(conn, Action::LockLevel)?) {
                return Ok(false);
            }
            note(conn, &key, day, (Action::LockLevel, level, layers))?;
            Ok(true)
        })
    }
}

/// Day, object and number of the newest entry of `action`.
fn newest(conn: &Connection, action: Action) -> rusqlite::Result<Last> {
    conn.prepare_cached(
        "SELECT day, object, n FROM audit WHERE action = ?1 ORDER BY seq DESC LIMIT 1",
    )?
    .query_row([action.word()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
    .optional()
}

fn date(day: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or_default()
}

/// How often the log says that this was written, and when last; `None`: never.
fn went_out(
    rows: &[AuditRow],
    (action, words): (Action, (&'static str, &'static str)),
) -> Option<WentOut> {
    let of = rows
        .iter()
        .filter(|row| row.action.as_str() == action.word());
    let last = of.clone().map(|row| row.day).max()?;
    Some(WentOut {
        action: action.word(),
        words,
        times: of.count() as u64,
        last: date(last),
    })
}
