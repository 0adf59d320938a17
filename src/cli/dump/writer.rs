//! Writes a dump: each table's files at once, row by row.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::model::text::is_shown;
use crate::report::csv::{CsvError, DumpTable};
use crate::report::json;
use crate::store::{Checksum, Part, Table, Visit, VisitAll};

use super::args::Format;
use super::folder::create;
use super::manifest::{COPY, Listed};

/// A file with its length and checksum.
struct Summed {
    file: BufWriter<File>,
    sum: Checksum,
    bytes: u64,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.sum.update(bytes.get(..n).unwrap_or_default());
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The files of the part at hand.
struct Open {
    stem: String,
    lines: Option<Summed>,
    cells: Option<DumpTable<Summed>>,
    rows: u64,
}

/// Takes a whole dump into a folder.
pub(super) struct Writer<'a> {
    dir: &'a Path,
    only: Option<Format>,
    open: Option<Open>,
    line: Vec<u8>,
    /// The files that are whole.
    pub(super) listed: Vec<Listed>,
    /// How many rows of which table went out so far; the copy is none.
    pub(super) told: Vec<(&'static str, u64)>,
}

impl<'a> Writer<'a> {
    /// Into `dir`, each table in every format or in `only` one.
    pub(super) fn new(dir: &'a Path, only: Option<Format>) -> Self {
        Self {
            dir,
            only,
            open: None,
            line: Vec::new(),
            listed: Vec::new(),
            told: Vec::new(),
        }
    }

    /// The rows up to the next call are of this table.
    fn table(&mut self, table: Table) -> io::Result<()> {
        let stem = table.name();
        let wanted = |format| self.only.is_none_or(|only| only == format);
        let lines = wanted(Format::Jsonl).then(|| format!("{stem}.jsonl"));
        let cells = wanted(Format::Csv).then(|| format!("{stem}.csv"));
        self.end()?;
        let lines = lines.map(|name| self.create(&name)).transpose()?;
        let cells = cells.map(|name| self.create(&name)).transpose()?;
        let cells = cells.map(|file| DumpTable::new(file, table.columns()));
        self.told.push((stem, 0));
        self.open = Some(Open {
            stem: stem.to_owned(),
            lines,
            cells: cells.transpose().map_err(CsvError::into_io)?,
            rows: 0,
        });
        Ok(())
    }

    /// The rows up to the next call are of this file, which is no table's.
    pub(super) fn lines_only(&mut self, name: &str) -> io::Result<()> {
        self.end()?;
        self.open = Some(Open {
            stem: name.trim_end_matches(".jsonl").to_owned(),
            lines: Some(self.create(name)?),
            cells: None,
            rows: 0,
        });
        Ok(())
    }

    fn create(&self, name: &str) -> io::Result<Summed> {
        Ok(Summed {
            file: BufWriter::with_capacity(1 << 16, create(&self.dir.join(name))?),
            sum: Checksum::default(),
            bytes: 0,
        })
    }

    /// Ends the part at hand.
    pub(super) fn end(&mut self) -> io::Result<()> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let cells = open.cells.map(DumpTable::finish).transpose();
        let files = [
            (open.lines, "jsonl"),
            (cells.map_err(CsvError::into_io)?, "csv"),
        ];
        for (file, ending) in files {
            let Some(mut file) = file else { continue };
            file.flush()?;
            file.file.get_ref().sync_all()?;
            self.listed.push(Listed {
                name: format!("{}.{ending}", open.stem),
                rows: open.rows,
                bytes: file.bytes,
                checksum: file.sum.hex(),
            });
        }
        Ok(())
    }

    /// How many rows went out so far, of all tables.
    pub(super) fn total(&self) -> u64 {
        self.told.iter().map(|(_, rows)| rows).sum()
    }
}

impl Visit for Writer<'_> {
    type Error = io::Error;

    fn row<R: Serialize>(&mut self, row: &R) -> io::Result<()> {
        let Some(open) = &mut self.open else {
            return Err(io::Error::other("a row of no table"));
        };
        self.line.clear();
        serde_json::to_writer(&mut self.line, row)?;
        // The exact path of a folder may hold what acts on a terminal: such a row is written in ASCII.
        let shown = std::str::from_utf8(&self.line).is_ok_and(is_shown);
        if !shown {
            self.line = json::ascii(row)?.into_bytes();
        }
        if let Some(cells) = &mut open.cells {
            cells.row(&self.line).map_err(CsvError::into_io)?;
        }
        if let Some(lines) = &mut open.lines {
            self.line.push(b'\n');
            lines.write_all(&self.line)?;
        }
        open.rows += 1;
        let told = self.told.last_mut();
        if let Some((_, rows)) = told.filter(|(table, _)| *table == open.stem) {
            *rows += 1;
        }
        Ok(())
    }
}

impl VisitAll for Writer<'_> {
    fn begin(&mut self, part: Part) -> io::Result<()> {
        match part {
            Part::Table(table) => self.table(table),
            Part::Copy => self.lines_only(COPY),
        }
    }
}
