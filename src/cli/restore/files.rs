//! Every file of a dump against its manifest, and the store that the copy makes, in memory.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use serde::de::IgnoredAny;

use crate::model::place::Root;
use crate::report::csv::dump_header;
use crate::store::{Checksum, Draft, Refused, Store, StoreError, Table};

use super::super::dump::folder;
use super::super::dump::manifest::{COPY, Listed, Manifest, REGISTERED};
use super::super::dump::registered::Registered;
use super::super::error::CliError;
use super::super::session::{shown, store_error};
use super::lines::Lines;
use super::{damaged, newer};

/// What a dump holds.
pub(super) struct Found {
    /// The store, in memory.
    pub(super) store: Store,
    /// What was registered, and whether it had been trusted.
    pub(super) registered: Vec<(Root, bool)>,
}

/// Reads every file; the first thing that does not fit is the error.
pub(super) fn judge(dir: &Path, manifest: &Manifest, now_utc: i64) -> Result<Found, CliError> {
    complete(dir, manifest)?;
    let (mut store, mut registered) = (None, Vec::new());
    for file in &manifest.files {
        let one = One { dir, file };
        match file.name.as_str() {
            COPY => store = Some(one.copy(now_utc)?),
            REGISTERED => registered = one.registered()?,
            name => match name.strip_suffix(".csv") {
                Some(stem) => one.cells(stem)?,
                None => one.objects()?,
            },
        }
    }
    let store = store.ok_or_else(|| missing(dir, COPY))?;
    Ok(Found { store, registered })
}

fn missing(dir: &Path, name: &str) -> CliError {
    damaged(format!("{} is not in {}", name, shown(dir)))
}

/// Whether the manifest names each file once and all that belong to a dump of its form.
fn complete(dir: &Path, manifest: &Manifest) -> Result<(), CliError> {
    let named: BTreeSet<&str> = manifest.files.iter().map(|one| one.name.as_str()).collect();
    if named.len() != manifest.files.len() {
        return Err(damaged(format!("{} names a file twice", shown(dir))));
    }
    for name in [COPY, REGISTERED] {
        if !named.contains(name) {
            return Err(missing(dir, name));
        }
    }
    if !manifest.is_ours() {
        return Ok(());
    }
    let name = |table: &Table, ending| format!("{}.{ending}", table.name());
    let has = |ending| {
        let mut tables = Table::ALL.iter();
        tables.any(|table| named.contains(name(table, ending).as_str()))
    };
    // A dump has its tables in one format or in both.
    let endings = match (has("jsonl"), has("csv")) {
        (true, true) => &["jsonl", "csv"][..],
        (false, true) => &["csv"],
        (_, false) => &["jsonl"],
    };
    let all = endings
        .iter()
        .flat_map(|ending| Table::ALL.iter().map(|table| name(table, ending)));
    match all.into_iter().find(|file| !named.contains(file.as_str())) {
        Some(file) => Err(missing(dir, &file)),
        None => Ok(()),
    }
}

/// One file and what the manifest says of it.
struct One<'a> {
    dir: &'a Path,
    file: &'a Listed,
}

impl One<'_> {
    fn says(&self, what: &str) -> CliError {
        let path = shown(&self.dir.join(&self.file.name));
        damaged(format!("{path}: {what}"))
    }

    fn at(&self, line: u64, what: &str) -> CliError {
        self.says(&format!("line {line}: {what}"))
    }

    fn unread(&self, error: &io::Error) -> CliError {
        match error.kind() {
            io::ErrorKind::NotFound => missing(self.dir, &self.file.name),
            _ => self.says(&error.to_string()),
        }
    }

    /// Hands every line to `take`, and then compares the file with the manifest.
    fn lines(&self, take: &mut dyn FnMut(&str) -> Result<(), Judged>) -> Result<(), CliError> {
        let path = self.dir.join(&self.file.name);
        let mut lines = Lines::open(&path).map_err(|error| self.unread(&error))?;
        loop {
            let number = lines.rows + 1;
            let line = lines.next().map_err(|what| self.at(number, &what))?;
            let Some(line) = line else { break };
            take(line).map_err(|error| match error {
                Judged::Unfit(what) => self.at(number, &what),
                Judged::Other(error) => error,
            })?;
        }
        self.fits(lines.rows, lines.bytes, &lines.checksum())
    }

    fn fits(&self, rows: u64, bytes: u64, checksum: &str) -> Result<(), CliError> {
        if rows != self.file.rows {
            let wanted = self.file.rows;
            return Err(self.says(&format!("{rows} rows where the dump wrote {wanted}")));
        }
        if bytes != self.file.bytes || checksum != self.file.checksum {
            return Err(self.says("its checksum is not the dump's: it was changed"));
        }
        Ok(())
    }

    /// Documented rows: JSON objects.
    fn objects(&self) -> Result<(), CliError> {
        self.lines(&mut |line| {
            let object = line.starts_with('{') && serde_json::from_str::<IgnoredAny>(line).is_ok();
            if object {
                Ok(())
            } else {
                Err(Judged::Unfit("not a JSON object".to_owned()))
            }
        })
    }

    fn registered(&self) -> Result<Vec<(Root, bool)>, CliError> {
        let mut all = Vec::new();
        self.lines(&mut |line| {
            let row: Registered =
                serde_json::from_str(line).map_err(|error| Judged::Unfit(error.to_string()))?;
            let (root, was_trusted) = row.root();
            if !is_real(&root.path) {
                let what = "a path that cannot be registered: not absolute, or with `.` or `..`";
                return Err(Judged::Unfit(what.to_owned()));
            }
            all.push((root, was_trusted));
            Ok(())
        })?;
        Ok(all)
    }

    fn copy(&self, now_utc: i64) -> Result<Store, CliError> {
        let mut draft = Draft::new().map_err(store_error)?;
        self.lines(&mut |line| draft.line(line).map_err(|refused| self.judged(refused)))?;
        draft.finish(now_utc).map_err(|refused| match refused {
            Refused::Store(StoreError::Damaged { what, .. }) => self.says(&what),
            refused => match self.judged(refused) {
                Judged::Unfit(what) => self.says(&what),
                Judged::Other(error) => error,
            },
        })
    }

    fn judged(&self, refused: Refused) -> Judged {
        match refused {
            Refused::Newer { .. } => Judged::Other(newer(self.dir, &refused.to_string())),
            Refused::Unfit(what) => Judged::Unfit(what),
            Refused::Store(error) => Judged::Other(store_error(error)),
        }
    }

    /// The same rows as CSV.
    fn cells(&self, stem: &str) -> Result<(), CliError> {
        let path = self.dir.join(&self.file.name);
        let file = folder::open(&path).map_err(|error| self.unread(&error))?;
        let mut summed = Summed {
            file: file.file,
            sum: Checksum::default(),
            bytes: 0,
        };
        let mut rows = 0;
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&mut summed);
        let mut record = ::csv::ByteRecord::new();
        let mut head = None;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) if head.is_none() => head = Some(record.clone()),
                Ok(true) => rows += 1,
                Ok(false) => break,
                Err(error) => {
                    let line = error.position().map_or(rows + 1, ::csv::Position::line);
                    return Err(self.at(line, "not a row of this table"));
                }
            }
        }
        drop(reader);
        self.fits(rows, summed.bytes, &summed.sum.hex())?;
        let table = Table::ALL.into_iter().find(|table| table.name() == stem);
        let wanted = table.map(|table| dump_header(table.columns()).into_byte_record());
        if wanted.is_some() && wanted != head {
            return Err(self.at(1, "not the head of this table"));
        }
        Ok(())
    }
}

/// Whether `inward add` could have registered the path: it takes real ones only.
pub(super) fn is_real(path: &Path) -> bool {
    let as_written: PathBuf = path.components().collect();
    let up = path.components().any(|part| part == Component::ParentDir);
    let cut = path.as_os_str().as_encoded_bytes().contains(&0);
    path.is_absolute() && !up && !cut && as_written.as_os_str() == path.as_os_str()
}

/// Why a line is not taken: it is unfit, or the error is known already.
enum Judged {
    Unfit(String),
    Other(CliError),
}

/// A file whose bytes are summed up as they are read.
struct Summed {
    file: File,
    sum: Checksum,
    bytes: u64,
}

impl Read for Summed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(into)?;
        self.sum.update(into.get(..n).unwrap_or_default());
        self.bytes += n as u64;
        Ok(n)
    }
}
