//! The log as the label shows it.

use chrono::NaiveDate;

use crate::model::privacy::{LogEntry, LogState};
use crate::store::{AuditState, Store, StoreError};

/// The log where nothing is kept.
pub(super) fn none() -> LogState {
    LogState {
        verdict: "empty".to_owned(),
        ..LogState::default()
    }
}

/// The log with its `newest` entries.
pub(super) fn state(store: &Store, newest: usize) -> Result<LogState, StoreError> {
    let rows = store.audit_rows()?;
    let entry = |row: &crate::store::AuditRow| {
        Some(LogEntry {
            day: NaiveDate::from_epoch_days(row.day)?,
            action: row.action.clone(),
            object: row.object.clone(),
            n: row.n,
        })
    };
    Ok(LogState {
        entries: rows.len() as u64,
        verdict: verdict(&store.audit_verify(None)?),
        newest: rows.iter().rev().take(newest).filter_map(entry).collect(),
        shares: rows
            .iter()
            .filter(|row| row.action.as_str() == "share")
            .count() as u64,
    })
}

fn verdict(state: &AuditState) -> String {
    match state {
        AuditState::Ok(0) => "empty".to_owned(),
        AuditState::Ok(_) => "ok".to_owned(),
        AuditState::Altered(at) => format!("altered at {at}"),
        AuditState::Gap(at) => format!("gap at {at}"),
        AuditState::ShorterThanReceipt => "shorter than receipt".to_owned(),
    }
}

/// The day of the newest self-test.
pub(super) fn last_check(store: &Store) -> Result<Option<NaiveDate>, StoreError> {
    let rows = store.audit_rows()?;
    let newest = rows
        .iter()
        .rev()
        .find(|row| row.action.as_str() == "self-test");
    Ok(newest.and_then(|row| NaiveDate::from_epoch_days(row.day)))
}
