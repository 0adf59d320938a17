//! The lines of a file from outside: none longer than can be held, each counted and summed up.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;

use crate::store::Checksum;

use super::super::dump::folder;

/// The longest line, in bytes.
const LONGEST: u64 = 64 << 20;

/// A file on its way, line by line.
pub(super) struct Lines {
    file: BufReader<File>,
    line: Vec<u8>,
    sum: Checksum,
    /// How many lines were read.
    pub(super) rows: u64,
    /// How many bytes they are.
    pub(super) bytes: u64,
}

impl Lines {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let export = folder::open(path)?;
        Ok(Self {
            file: BufReader::with_capacity(1 << 16, export.file),
            line: Vec::new(),
            sum: Checksum::default(),
            rows: 0,
            bytes: 0,
        })
    }

    /// The next line without its end; why it cannot be one.
    pub(super) fn next(&mut self) -> Result<Option<&str>, String> {
        self.line.clear();
        let mut room = (&mut self.file).take(LONGEST);
        room.read_until(b'\n', &mut self.line)
            .map_err(|error| error.to_string())?;
        if self.line.is_empty() {
            return Ok(None);
        }
        self.rows += 1;
        self.bytes += self.line.len() as u64;
        self.sum.update(&self.line);
        let Some(line) = self.line.strip_suffix(b"\n") else {
            return Err("it ends early or is too long".to_owned());
        };
        let text = std::str::from_utf8(line).map_err(|_bytes| "it is not UTF-8".to_owned())?;
        Ok(Some(text))
    }

    /// The checksum of the lines so far.
    pub(super) fn checksum(&self) -> String {
        self.sum.hex()
    }
}
