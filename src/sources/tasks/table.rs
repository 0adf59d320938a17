//! A CSV table: its delimiter and header found, its columns by name, its rows one by one.

use std::io::Read;

use csv::StringRecord;

use super::error::ImportError;
use super::head::Head;
use crate::model::text::Clean;

/// The longest record in bytes: beyond it a quote was never closed.
const RECORD: u64 = 64 << 20;
/// How many records a header may stand behind.
const PREAMBLE: usize = 8;
/// More columns than any tracker or spreadsheet writes: no header.
const COLUMNS: usize = 20_000;
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// One reading of one of the first records as a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    delimiter: u8,
    /// How many records stand before it.
    skip: usize,
    names: Vec<String>,
}

impl Candidate {
    /// How many records stand before it.
    pub(super) fn skip(&self) -> usize {
        self.skip
    }

    /// Its names in lower case.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether it names this column (lower case; a trailing `*` stands for anything).
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|found| is(found, name))
    }
}

fn is(found: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(start) => found.starts_with(start),
        None => found == wanted,
    }
}

/// A column name as it is compared: trimmed, lower case.
fn plain(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase()
}

/// Every reading of the first records of `text` as a header, by delimiter.
pub(super) fn candidates(text: &str) -> Vec<Candidate> {
    let mut out = Vec::new();
    for delimiter in DELIMITERS {
        let mut reader = builder(delimiter).from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        for skip in 0..PREAMBLE {
            match reader.read_record(&mut record) {
                Ok(true) if (2..=COLUMNS).contains(&record.len()) => out.push(Candidate {
                    delimiter,
                    skip,
                    names: record.iter().map(plain).collect(),
                }),
                Ok(true) => {}
                _ => break,
            }
        }
    }
    out
}

fn builder(delimiter: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16);
    builder
}

fn ends_in_crlf(text: &str) -> bool {
    let end = text.find('\n').and_then(|at| text.get(..at));
    end.is_some_and(|first| first.ends_with('\r'))
}

/// A table, row by row.
pub struct Table<'a> {
    reader: csv::Reader<Fence<'a>>,
    header: Vec<String>,
    names: Vec<String>,
    text: StringRecord,
    wide: Option<u64>,
    /// Where the last record began, and whether its last cell has several lines.
    last_line: u64,
    open_end: bool,
    /// Lines end in CR LF.
    crlf: bool,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// The line it begins on, from 1.
    pub line: u64,
    cells: &'t StringRecord,
    columns: usize,
}

impl<'a> Table<'a> {
    pub(super) fn open(
        text: Box<dyn Read + 'a>,
        head: &Head,
        required: &[&[&str]],
    ) -> Result<Self, ImportError> {
        let fits = |table: &&Candidate| {
            required
                .iter()
                .all(|group| group.iter().any(|name| table.has(name)))
        };
        let found = head.tables().iter().find(fits).ok_or_else(|| {
            let missing = required.iter().find(|group| {
                !head
                    .tables()
                    .iter()
                    .any(|table| group.iter().any(|name| table.has(name)))
            });
            let name = missing.or(required.first()).and_then(|group| group.first());
            ImportError::NoColumn(Clean::label(name.map_or(b"at all", |name| name.as_bytes())))
        })?;
        let mut table = Self {
            reader: builder(found.delimiter).from_reader(Fence::new(text)),
            header: Vec::new(),
            names: found.names.clone(),
            text: StringRecord::new(),
            wide: None,
            last_line: 1,
            open_end: false,
            crlf: ends_in_crlf(head.text()),
        };
        for _ in 0..=found.skip {
            table.read()?;
        }
        table.header = table
            .text
            .iter()
            .map(|name| name.trim().to_owned())
            .collect();
        Ok(table)
    }

    /// The header as it is written.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The first column of one of these names (in lower case; a trailing `*` stands for
    /// anything), in the order of the names.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.names.iter().position(|found| is(found, name)))
    }

    /// Every column of one of these names, from left to right.
    pub fn columns(&self, names: &[&str]) -> Vec<usize> {
        let known = |found: &String| names.iter().any(|name| is(found, name));
        let all = self.names.iter().enumerate();
        all.filter(|(_, found)| known(found))
            .map(|(at, _)| at)
            .collect()
    }

    /// The next row that is neither blank nor the header again; `None` at the end.
    #[expect(clippy::should_implement_trait, reason = "it lends its record")]
    pub fn next(&mut self) -> Result<Option<Row<'_>>, ImportError> {
        loop {
            if !self.read()? {
                return self.end();
            }
            self.last_line = self.line();
            self.open_end = self
                .text
                .iter()
                .next_back()
                .is_some_and(|cell| cell.contains('\n'));
            let blank = self.text.iter().all(|cell| cell.trim().is_empty());
            let again = self.text.len() > 1
                && self
                    .text
                    .iter()
                    .zip(&self.header)
                    .all(|(cell, name)| cell.trim() == name);
            if !blank && !again {
                break;
            }
        }
        let line = self.line();
        let row = Row {
            line,
            cells: &self.text,
            columns: self.names.len(),
        };
        if row.len() > row.columns && !row.overflows() && self.wide.is_none() {
            self.wide = Some(line);
        }
        Ok(Some(row))
    }

    /// The end of the file; an error when it lies within a quoted cell: then all that stands behind
    /// the quote was taken for that cell.
    fn end(&self) -> Result<Option<Row<'_>>, ImportError> {
        if self.open_end && self.reader.get_ref().last != b'"' {
            return Err(ImportError::Broken {
                line: self.last_line,
                what: "a quote that opens in this record is never closed".to_owned(),
            });
        }
        Ok(None)
    }

    /// The line of the first row that has more cells than the header: its later columns may be
    /// shifted.
    pub fn first_wide(&self) -> Option<u64> {
        self.wide
    }

    /// Of a record behind a CR LF the reader counts the LF to the record itself.
    fn line(&self) -> u64 {
        let line = self.text.position().map_or(0, csv::Position::line);
        line + u64::from(self.crlf)
    }

    fn read(&mut self) -> Result<bool, ImportError> {
        self.reader.get_mut().mark();
        self.reader.read_record(&mut self.text).map_err(|error| {
            let line = error.position().map_or(self.last_line, csv::Position::line);
            match error.into_kind() {
                csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                    let what = "a record of more than 64 MiB: a quote before it was never closed"
                        .to_owned();
                    ImportError::Broken { line, what }
                }
                csv::ErrorKind::Io(error) => ImportError::Unreadable(error),
                // Decoded and checked before: the file changed in between.
                _ => ImportError::Broken {
                    line,
                    what: "the file changed while it was read".to_owned(),
                },
            }
        })
    }
}

impl<'t> Row<'t> {
    /// The cell of a column, trimmed; empty where the column or the cell is not there.
    pub fn get(&self, column: Option<usize>) -> &'t str {
        column
            .and_then(|at| self.cells.get(at))
            .map_or("", str::trim)
    }

    /// The filled cells of these columns.
    pub fn all(&self, columns: &[usize]) -> impl Iterator<Item = &'t str> {
        let cells = self.cells;
        columns
            .iter()
            .filter_map(move |at| cells.get(*at))
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
    }

    /// Whether something stands beyond the last column: then what stands where is not known.
    pub fn overflows(&self) -> bool {
        let beyond = self.cells.iter().skip(self.columns);
        beyond.into_iter().any(|cell| !cell.trim().is_empty())
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether it has no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// Ends a record that does not end: an unclosed quote takes the rest of the file.
struct Fence<'a> {
    inner: Box<dyn Read + 'a>,
    since: u64,
    /// The last byte so far that is no blank.
    last: u8,
}

impl<'a> Fence<'a> {
    fn new(inner: Box<dyn Read + 'a>) -> Self {
        let (since, last) = (0, b' ');
        Self { inner, since, last }
    }

    /// A new record begins.
    fn mark(&mut self) {
        self.since = 0;
    }
}

impl Read for Fence<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since > RECORD {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let n = self.inner.read(buffer)?;
        self.since += n as u64;
        let read = buffer.get(..n).unwrap_or_default();
        if let Some(last) = read.iter().rev().find(|byte| !byte.is_ascii_whitespace()) {
            self.last = *last;
        }
        Ok(n)
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
