//! The label, built from what is stored and what was seen before the lock.

use chrono::NaiveDate;

use crate::model::privacy::{
    FileState, Label, LayerState, LogEntry, LogState, Place, Switch, TableLabel,
};
use crate::store::{AuditState, Store, StoreError};

/// What the store cannot know: read before the lock.
#[derive(Clone, Debug)]
pub struct Given {
    /// Where the store is.
    pub place: Place,
    /// Every file of the data folder.
    pub files: Vec<FileState>,
    /// What the badge says.
    pub offline: String,
    /// The layers of the lock.
    pub layers: Vec<LayerState>,
    /// What may be kept.
    pub keep: Vec<Switch>,
    /// Today.
    pub today: NaiveDate,
}

const NEVER: &str = "file contents, diffs, message bodies, descriptions and comments of tasks, other people's names, \
     addresses, commits or tasks; of reviewers of yours only times, of pull requests you reviewed only \
     repository, number and your times";

/// How many entries of the log the label shows.
const NEWEST: usize = 20;

/// The label of `store`; without one, of a program that keeps nothing.
///
/// # Errors
/// When the store cannot be read.
pub fn of(store: Option<&Store>, given: Given) -> Result<Label, StoreError> {
    let (mut tables, mut log, mut last_check) = (Vec::new(), LogState::default(), None);
    if let Some(store) = store {
        tables = self::tables(store)?;
        (log, last_check) = self::log(store)?;
    }
    Ok(Label {
        place: given.place,
        files: given.files,
        offline: given.offline,
        layers: given.layers,
        keep: given.keep,
        seized: seized(&tables),
        tables,
        never_kept: NEVER.to_owned(),
        ageing: Vec::new(),
        log,
        last_check,
    })
}

fn tables(store: &Store) -> Result<Vec<TableLabel>, StoreError> {
    let row = |(table, rows): (crate::store::Table, u64)| TableLabel {
        table: table.name(),
        rows,
        days: None,
        holds: table.holds(),
        columns: Vec::new(),
    };
    Ok(store.table_rows()?.into_iter().map(row).collect())
}

fn seized(tables: &[TableLabel]) -> Vec<String> {
    let filled = tables.iter().filter(|table| table.rows > 0);
    filled
        .map(|table| format!("{} rows: {}", table.rows, table.holds))
        .collect()
}

fn log(store: &Store) -> Result<(LogState, Option<NaiveDate>), StoreError> {
    let rows = store.audit_rows()?;
    let verdict = match store.audit_verify(None)? {
        AuditState::Ok(_) => "whole".to_owned(),
        AuditState::Altered(at) => format!("altered at {at}"),
        AuditState::Gap(at) => format!("gap at {at}"),
        AuditState::ShorterThanReceipt => "shorter than its receipt".to_owned(),
    };
    let entry = |row: &crate::store::AuditRow| {
        Some(LogEntry {
            day: NaiveDate::from_epoch_days(row.day)?,
            action: row.action.clone(),
            object: row.object.clone(),
            n: row.n,
        })
    };
    let of = |action: &str| {
        rows.iter()
            .filter(|row| row.action.as_str() == action)
            .count()
    };
    let tested = rows
        .iter()
        .rev()
        .find(|row| row.action.as_str() == "self-test");
    let log = LogState {
        entries: rows.len() as u64,
        verdict,
        newest: rows.iter().rev().take(NEWEST).filter_map(entry).collect(),
        shares: of("share") as u64,
    };
    Ok((
        log,
        tested.and_then(|row| NaiveDate::from_epoch_days(row.day)),
    ))
}
