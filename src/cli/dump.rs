//! `inward dump`: every stored row as JSON Lines, one file a table.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::store::{Store, Table, Visit};

use super::error::CliError;
use super::places;
use super::session::{Session, nothing_kept, shown, store_error};

/// Writes `DIR/TABLE.jsonl` for every table; the folder is made (0700) if absent.
pub(super) fn run(session: &mut Session, dir: &Path) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let dir = session.env.absolute(dir);
    fs::create_dir_all(&dir).map_err(|error| elsewhere(error, &dir))?;
    session.prepare_folder()?;
    session.lock(Vec::new(), vec![dir.clone()]);
    let mut store = session.open_store()?;
    let mut total = 0;
    let written = write(session, &store, &dir, &mut total);
    // What was written before a failure left the store too.
    if written.is_ok() || total > 0 {
        store.audit("dump", "", total).map_err(store_error)?;
    }
    written
}

/// Writes every table, counting rows as they go out.
fn write(
    session: &mut Session,
    store: &Store,
    dir: &Path,
    total: &mut u64,
) -> Result<(), CliError> {
    let failed = |error: io::Error| elsewhere(error, dir);
    for table in Table::ALL {
        let path = dir.join(format!("{}.jsonl", table.name()));
        let mut lines = Lines {
            file: BufWriter::new(create(&path).map_err(failed)?),
            rows: 0,
        };
        let done = store.dump(table, &mut lines);
        *total += lines.rows;
        done.map_err(store_error)?.map_err(failed)?;
        lines.file.flush().map_err(failed)?;
        writeln!(
            session.say.out(),
            "{}: {}",
            shown(&path),
            places::counted(lines.rows, "row", "rows")
        )?;
    }
    Ok(())
}

fn elsewhere(error: io::Error, dir: &Path) -> CliError {
    CliError::from(error).hint(format!("name another folder than {}", shown(dir)))
}

/// A new file that only its owner can read; one that is there is replaced, a symlink is refused.
fn create(path: &Path) -> io::Result<File> {
    match fs::symlink_metadata(path) {
        Ok(known) if known.is_file() => fs::remove_file(path)?,
        Ok(_) => {
            return Err(io::Error::other(format!(
                "{} is not a plain file",
                shown(path)
            )));
        }
        Err(_) => {}
    }
    // The umask of `guard::early` makes it 0600.
    OpenOptions::new().write(true).create_new(true).open(path)
}

struct Lines {
    file: BufWriter<File>,
    rows: u64,
}

impl Visit for Lines {
    type Error = io::Error;
    fn row<R: Serialize>(&mut self, row: &R) -> io::Result<()> {
        serde_json::to_writer(&mut self.file, row).map_err(io::Error::other)?;
        self.rows += 1;
        self.file.write_all(b"\n")
    }
}
