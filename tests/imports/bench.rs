//! A store in memory and exports read into it.

use chrono::DateTime;
use chrono_tz::Tz;

use inward::model::stage::StageWords;
use inward::sources::tasks::dates::DayOrder;
use inward::sources::tasks::{Format, ImportError, Input};
use inward::store::{Store, Table, Visit};
use inward::sync::{self, FileReport, ImportFailure, ImportOptions, Outcome};

/// 2026-11-22, noon in UTC.
pub(crate) const NOW: i64 = 1_795_348_800;

/// How a file is read.
#[derive(Clone, Copy, Default)]
pub(crate) struct How {
    pub(crate) format: Option<&'static Format>,
    pub(crate) order: Option<DayOrder>,
    /// One name of the owner; without it all of the file is the owner's.
    pub(crate) mine: Option<&'static str>,
}

/// An empty store.
pub(crate) fn store() -> Store {
    Store::memory(NOW).unwrap()
}

/// Imports a file; the error is the file's.
pub(crate) fn import(
    store: &mut Store,
    (name, bytes): (&str, &[u8]),
    how: How,
) -> Result<FileReport, ImportError> {
    let input = Input::from_bytes(bytes, name)?;
    let words = StageWords::default();
    let mine: Vec<String> = how.mine.into_iter().map(str::to_owned).collect();
    let options = ImportOptions {
        format: how.format,
        mine: &mine,
        all_mine: mine.is_empty(),
        zone: Tz::Europe__Berlin,
        zone_known: true,
        day_order: how.order,
        mapping: None,
        max_records: 100_000,
        keep: true,
        now: DateTime::from_timestamp(NOW, 0).unwrap(),
        modified: None,
        words: &words,
    };
    match sync::import(store, (name, &input), &options, &mut |_, _| true) {
        Ok(Outcome::Done(report)) => Ok(*report),
        Ok(other) => panic!("{name}: {other:?}"),
        Err(ImportFailure::File(error)) => Err(error),
        Err(ImportFailure::Store(error)) => panic!("{name}: {error}"),
    }
}

/// Tables that imports write; the list of imports itself tells when and in which order.
pub(crate) const TABLES: [Table; 5] = [
    Table::Tasks,
    Table::Transitions,
    Table::Reviews,
    Table::TimeEntries,
    Table::TaskSeen,
];

/// Every row of those tables, as JSON.
pub(crate) fn dump(store: &Store) -> Vec<String> {
    struct Rows(Vec<String>);
    impl Visit for Rows {
        type Error = std::convert::Infallible;
        fn row<R: serde::Serialize>(&mut self, row: &R) -> Result<(), Self::Error> {
            let mut row = serde_json::to_value(row).unwrap();
            // The number of an import is the one thing that tells the order of arrival.
            if let Some(row) = row.as_object_mut() {
                row.remove("import");
                row.remove("imports");
            }
            self.0.push(row.to_string());
            Ok(())
        }
    }
    let mut rows = Rows(Vec::new());
    for table in TABLES {
        rows.0.push(format!("# {}", table.name()));
        let begin = rows.0.len();
        store.dump(table, &mut rows).unwrap().unwrap();
        rows.0[begin..].sort();
    }
    rows.0
}
