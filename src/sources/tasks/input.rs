//! A file or pipe as the importers see it: sized, decoded to UTF-8, read as often as needed, and
//! never as a whole.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::elements::Elements;
use super::error::ImportError;
use super::head::Head;
use super::lines::Lines;
use super::table::Table;
use crate::model::text::Clean;

/// The size that is read without being asked: 1 GiB.
pub const MAX_SIZE: u64 = 1 << 30;

/// Where the bytes come from.
#[derive(Debug)]
pub enum Origin {
    /// An open file.
    File(File),
    /// What came through a pipe.
    Bytes(Vec<u8>),
}

/// An export, looked at once from end to end: what it is written in, how long it is.
#[derive(Debug)]
pub struct Input {
    origin: Origin,
    /// The file's name without its folder; empty for a pipe.
    name: Clean,
    encoding: &'static Encoding,
    size: u64,
    digest: [u8; 32],
    head: Head,
    read: AtomicU64,
}

/// Bytes decoded for looking at what a file is.
const HEAD: u64 = 4 << 20;

impl Input {
    /// Looks at `origin`: refuses what is too large, empty, a web page or an archive.
    pub fn open(origin: Origin, name: Clean, max_size: u64) -> Result<Self, ImportError> {
        // Said at once where the file knows its length; a pipe tells only while it is read.
        if let Origin::File(file) = &origin
            && file.metadata().is_ok_and(|about| about.len() > max_size)
        {
            return Err(ImportError::TooLarge { limit: max_size });
        }
        let seen = survey(&origin, max_size)?;
        let mut input = Self {
            origin,
            name,
            encoding: seen.encoding,
            size: seen.size,
            digest: seen.digest,
            head: Head::default(),
            read: AtomicU64::new(0),
        };
        let mut text = Vec::new();
        input.decoded()?.take(HEAD).read_to_end(&mut text)?;
        input.head = Head::new(input.name.clone(), &text)?;
        input.read.store(0, Ordering::Relaxed);
        Ok(input)
    }

    /// An export held in memory.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>, name: &str) -> Result<Self, ImportError> {
        let name = Clean::label(name.as_bytes());
        Self::open(Origin::Bytes(bytes.into()), name, MAX_SIZE)
    }

    /// The file's name without its folder; empty for a pipe.
    pub fn name(&self) -> &Clean {
        &self.name
    }

    /// Its beginning.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Its size in bytes, and how many of them were read since it was opened.
    pub fn progress(&self) -> (u64, u64) {
        (self.size, self.read.load(Ordering::Relaxed))
    }

    /// The BLAKE3 hash of its bytes and of the words that say how they are read.
    pub fn digest_with(&self, way: &[&str]) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        hash.update(&self.digest);
        for word in way {
            hash.update(word.as_bytes());
            hash.update(&[0]);
        }
        *hash.finalize().as_bytes()
    }

    /// The name of its encoding when it is not UTF-8.
    pub fn encoding(&self) -> Option<&'static str> {
        (self.encoding != UTF_8).then(|| self.encoding.name())
    }

    /// Reads it as a table. The header is the first of the first records that names a column of
    /// each group in `required`, whatever delimiter that takes; every group lists spellings of one
    /// column, and `jira*` stands for any that begin so.
    pub fn table(&self, required: &[&[&str]]) -> Result<Table<'_>, ImportError> {
        Table::open(self.decoded()?, &self.head, required)
    }

    /// Reads it as JSON values that stand at one of `places`, see [`Elements`].
    pub fn elements(&self, places: &[&str]) -> Result<Elements<'_>, ImportError> {
        Ok(Elements::new(self.decoded()?, places))
    }

    /// Reads it line by line.
    pub fn lines(&self) -> Result<Lines<'_>, ImportError> {
        Ok(Lines::new(self.decoded()?))
    }

    /// Its raw bytes from the beginning, not decoded.
    pub fn raw(&self) -> Result<Box<dyn Read + '_>, ImportError> {
        let count = Counting {
            inner: reopen(&self.origin)?,
            read: &self.read,
        };
        self.read.store(0, Ordering::Relaxed);
        Ok(Box::new(count))
    }

    /// Its text from the beginning, without a byte order mark.
    fn decoded(&self) -> Result<Box<dyn Read + '_>, ImportError> {
        let raw = self.raw()?;
        if self.encoding == UTF_8 {
            return Ok(Box::new(SkipMark::new(raw)));
        }
        let decoder = DecodeReaderBytesBuilder::new()
            .encoding(Some(self.encoding))
            .strip_bom(true)
            .build(BufReader::new(raw));
        Ok(Box::new(decoder))
    }
}

fn reopen(origin: &Origin) -> io::Result<Box<dyn Read + '_>> {
    match origin {
        Origin::Bytes(bytes) => Ok(Box::new(bytes.as_slice())),
        Origin::File(file) => {
            let mut file = file;
            file.seek(SeekFrom::Start(0))?;
            Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
        }
    }
}

/// What one look from end to end tells.
struct Seen {
    encoding: &'static Encoding,
    size: u64,
    digest: [u8; 32],
}

fn survey(origin: &Origin, max_size: u64) -> Result<Seen, ImportError> {
    let mut reader = reopen(origin)?;
    let mut hash = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    let (mut size, mut filled) = (0_u64, 0);
    let mut first: Vec<u8> = Vec::new();
    let mut utf8 = true;
    loop {
        let n = match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        hash.update(&buffer[filled..filled + n]);
        size += n as u64;
        if size > max_size {
            return Err(ImportError::TooLarge { limit: max_size });
        }
        filled += n;
        if first.is_empty() {
            first = buffer[..filled.min(4_096)].to_vec();
        }
        // A character may be cut at the buffer's end: it is carried over.
        let rest = match std::str::from_utf8(&buffer[..filled]) {
            Ok(_) => 0,
            Err(error) if error.error_len().is_none() => filled - error.valid_up_to(),
            Err(_) => {
                utf8 = false;
                0
            }
        };
        buffer.copy_within(filled - rest..filled, 0);
        filled = rest;
    }
    if size == 0 {
        return Err(ImportError::Empty);
    }
    Ok(Seen {
        encoding: encoding(&first, utf8 && filled == 0),
        size,
        digest: *hash.finalize().as_bytes(),
    })
}

/// UTF-16 by its mark (or by the zeros that plain text has there), else UTF-8, else Windows-1252.
fn encoding(first: &[u8], utf8: bool) -> &'static Encoding {
    if first.starts_with(&[0xFF, 0xFE]) {
        return UTF_16LE;
    }
    if first.starts_with(&[0xFE, 0xFF]) {
        return UTF_16BE;
    }
    let zeros = |from: usize| {
        first
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let half = first.len() / 2;
    if half > 8 && zeros(1) * 10 > half * 9 && zeros(0) == 0 {
        return UTF_16LE;
    }
    if half > 8 && zeros(0) * 10 > half * 9 && zeros(1) == 0 {
        return UTF_16BE;
    }
    if utf8 { UTF_8 } else { WINDOWS_1252 }
}

/// Counts what is read, for progress.
struct Counting<'a> {
    inner: Box<dyn Read + 'a>,
    read: &'a AtomicU64,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Leaves out a UTF-8 byte order mark.
struct SkipMark<'a> {
    inner: Box<dyn Read + 'a>,
    begun: bool,
    held: Vec<u8>,
}

impl<'a> SkipMark<'a> {
    fn new(inner: Box<dyn Read + 'a>) -> Self {
        Self {
            inner,
            begun: false,
            held: Vec::new(),
        }
    }
}

impl Read for SkipMark<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.begun {
            self.begun = true;
            let mut mark = Vec::new();
            self.inner.by_ref().take(3).read_to_end(&mut mark)?;
            if mark != [0xEF, 0xBB, 0xBF] {
                self.held = mark;
            }
        }
        if !self.held.is_empty() {
            let n = self.held.len().min(buffer.len());
            buffer[..n].copy_from_slice(&self.held[..n]);
            self.held.drain(..n);
            return Ok(n);
        }
        self.inner.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
        let input = Input::from_bytes(bytes, "x.txt").unwrap();
        let mut text = String::new();
        input.decoded().unwrap().read_to_string(&mut text).unwrap();
        (text, input.encoding())
    }

    #[test]
    fn every_encoding_becomes_the_same_text_without_its_mark() {
        let wanted = "Schlüssel,Größe\n";
        assert_eq!(text(wanted.as_bytes()), (wanted.into(), None));
        let marked = [&[0xEF, 0xBB, 0xBF], wanted.as_bytes()].concat();
        assert_eq!(text(&marked), (wanted.into(), None));
        let units: Vec<u16> = wanted.encode_utf16().collect();
        let le: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(
            text(&[&[0xFF, 0xFE], le.as_slice()].concat()),
            (wanted.into(), Some("UTF-16LE"))
        );
        assert_eq!(
            text(&[&[0xFE, 0xFF], be.as_slice()].concat()),
            (wanted.into(), Some("UTF-16BE"))
        );
        assert_eq!(
            text(b"Schl\xfcssel,Gr\xf6\xdfe\n"),
            (wanted.into(), Some("windows-1252"))
        );
    }

    #[test]
    fn a_character_cut_at_a_buffers_end_is_no_other_encoding() {
        let long = format!("{}é tail", "x".repeat((1 << 16) - 1));
        assert_eq!(text(long.as_bytes()), (long, None));
    }

    #[test]
    fn what_is_no_export_is_called_what_it_is() {
        let open = |bytes: &[u8]| {
            Input::from_bytes(bytes, "Jira.csv")
                .unwrap_err()
                .to_string()
        };
        assert!(open(b"").contains("is empty"));
        assert!(open(b"\n<!DOCTYPE html><html><title>Log in").contains("login page"));
        assert!(open(b"PK\x03\x04rest").contains("zip archive"));
        let small = Input::open(Origin::Bytes(vec![b'x'; 11]), Clean::default(), 10);
        assert!(small.unwrap_err().to_string().contains("10 bytes"));
    }
}
