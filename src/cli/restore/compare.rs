//! The store that a copy makes against the documented rows beside it: what a person could read in
//! the dump is what they get.

use std::io;
use std::path::Path;

use serde::Serialize;

use crate::store::{Store, StoreError, Table, Visit};

use super::super::dump::manifest::{COPY, Manifest};
use super::super::error::CliError;
use super::super::session::{shown, store_error};
use super::damaged;
use super::lines::Lines;

/// Reads every table back, and compares its rows with the file's: where there is one, in the form
/// that this version writes.
/// The record is loaded too, as the dashboard loads it.
pub(super) fn with(
    dir: &Path,
    manifest: &Manifest,
    (store, now_utc): (&Store, i64),
) -> Result<(), CliError> {
    let loaded = store.dataset(now_utc);
    loaded.map_err(|error| unreadable(dir, error))?;
    for table in Table::ALL {
        let name = format!("{}.jsonl", table.name());
        let path = dir.join(&name);
        let says =
            |line: u64, what: &str| damaged(format!("{}: line {line}: {what}", shown(&path)));
        let listed = manifest.files.iter().any(|file| file.name == name);
        let listed = listed && manifest.is_ours();
        let lines = (listed && !told_by_settings(table)).then(|| Lines::open(&path));
        let lines = lines
            .transpose()
            .map_err(|error| says(1, &error.to_string()))?;
        let mut same = Same {
            lines,
            line: Vec::new(),
        };
        store
            .dump(table, &mut same)
            .map_err(|error| unreadable(dir, error))?
            .map_err(|Differs(line)| says(line, "not what the copy in store.jsonl says"))?;
        let rest = same
            .lines
            .as_mut()
            .map(|lines| (lines.rows + 1, lines.next()));
        if let Some((line, Ok(Some(_)) | Err(_))) = rest {
            return Err(says(line, "not in the copy in store.jsonl"));
        }
    }
    Ok(())
}

/// An error of the store in memory is one of the copy it was made of.
fn unreadable(dir: &Path, error: StoreError) -> CliError {
    let StoreError::Damaged { what, .. } = error else {
        return store_error(error);
    };
    damaged(format!("{}: {what}", shown(&dir.join(COPY))))
}

/// Whether settings say what stands in its rows: they may be others here.
fn told_by_settings(table: Table) -> bool {
    matches!(table, Table::Tasks | Table::Transitions)
}

/// Compares the rows of a table with the lines of its file; without a file it only reads them.
struct Same {
    lines: Option<Lines>,
    line: Vec<u8>,
}

/// The first line that is another one.
struct Differs(u64);

impl Visit for Same {
    type Error = Differs;

    fn row<R: Serialize>(&mut self, row: &R) -> Result<(), Differs> {
        let Some(lines) = &mut self.lines else {
            return Ok(());
        };
        let number = lines.rows + 1;
        self.line.clear();
        let written = serde_json::to_writer(&mut self.line, row).map_err(io::Error::from);
        match (written, lines.next()) {
            (Ok(()), Ok(Some(line))) if line.as_bytes() == self.line => Ok(()),
            _ => Err(Differs(number)),
        }
    }
}
