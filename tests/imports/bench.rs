//! A store in memory and exports read into it.

use chrono::DateTime;
use chrono_tz::Tz;
use serde_json::Value;

use inward::model::stage::StageWords;
use inward::sources::tasks::dates::DayOrder;
use inward::sources::tasks::mapping::Mapping;
use inward::sources::tasks::{Format, ImportError, Input};
use inward::store::{Part, Store, Table, Visit, VisitAll};
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
    /// The mapping of a table that no importer knows.
    pub(crate) mapping: Option<&'static str>,
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
    let mapping = how.mapping.map(|text| Mapping::parse(text).unwrap());
    let options = ImportOptions {
        format: how.format,
        mine: &mine,
        all_mine: mine.is_empty(),
        zone: Tz::Europe__Berlin,
        zone_known: true,
        day_order: how.order,
        mapping: mapping.as_ref(),
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
    let mut all = Vec::new();
    for table in TABLES {
        all.push(format!("# {}", table.name()));
        let mut lines: Vec<String> = rows(store, table).iter().map(Value::to_string).collect();
        lines.sort();
        all.extend(lines);
    }
    all
}

/// The rows of one table, but for the number of an import: the one thing that tells the order of
/// arrival.
pub(crate) fn rows(store: &Store, table: Table) -> Vec<Value> {
    struct Rows(Vec<Value>);
    impl Visit for Rows {
        type Error = std::convert::Infallible;
        fn row<R: serde::Serialize>(&mut self, row: &R) -> Result<(), Self::Error> {
            let mut row = serde_json::to_value(row).unwrap();
            if let Some(row) = row.as_object_mut() {
                row.remove("import");
                row.remove("imports");
            }
            self.0.push(row);
            Ok(())
        }
    }
    let mut rows = Rows(Vec::new());
    store.dump(table, &mut rows).unwrap().unwrap();
    rows.0
}

/// Every value of the file, as a dump carries it.
pub(crate) fn copy(store: &Store) -> Vec<String> {
    #[derive(Default)]
    struct Copy(bool, Vec<String>);
    impl Visit for Copy {
        type Error = serde_json::Error;
        fn row<R: serde::Serialize>(&mut self, row: &R) -> Result<(), Self::Error> {
            if self.0 {
                self.1.push(serde_json::to_string(row)?);
            }
            Ok(())
        }
    }
    impl VisitAll for Copy {
        fn begin(&mut self, part: Part) -> Result<(), Self::Error> {
            self.0 = part == Part::Copy;
            Ok(())
        }
    }
    let mut copy = Copy::default();
    store.dump_all(&mut copy).unwrap().unwrap();
    copy.1
}
