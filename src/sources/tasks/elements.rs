//! The values of a JSON file that stand at given places, one by one, however large the file and
//! however deep it is: arrays, pages of them, one value a line, or several in a row.
//!
//! Only brackets and strings are followed here; each value's own syntax is checked by whoever
//! parses it. Missing commas and lines that are no JSON (messages of the exporting program before
//! the first value) do no harm.

use std::io::{BufRead, BufReader, Read};

use serde::de::DeserializeOwned;

use super::error::ImportError;

/// The largest value that is handed on, in bytes.
const VALUE: usize = 64 << 20;
/// How deep a place can be.
const PLACE: usize = 8;

/// The values at given places, in the order of the file.
///
/// A place is written like `[]` (the elements of the outermost array), `issues[]`, `[].issues[]`,
/// `buckets.*.events[]` or `meta.total`; the empty place is each outermost value itself. A value
/// inside one that is handed on is not handed on again.
pub struct Elements<'a> {
    reader: BufReader<Box<dyn Read + 'a>>,
    places: Vec<Vec<Step>>,
    line: u64,
    stack: Vec<Frame>,
    /// Containers open beyond what a place can reach.
    deep: u64,
    buffer: Vec<u8>,
    junk: Option<u64>,
}

/// A value at one of the places.
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    /// Which of the places, by position.
    pub place: usize,
    /// The line it begins on, from 1.
    pub line: u64,
    /// The nearest key above it: its own, or that of the array it stands in; empty for none.
    pub key: &'t str,
    /// Its text.
    pub bytes: &'t [u8],
}

impl Element<'_> {
    /// The value as `T`; the error is a short reason.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, String> {
        if self.bytes.is_empty() {
            return Err("larger than 64 MiB".to_owned());
        }
        serde_json::from_slice(self.bytes).map_err(|error| {
            let text = error.to_string();
            if text.contains("expected struct") {
                return "a record of another shape than this format's".to_owned();
            }
            // Its own line numbers begin at the value.
            text.split(" at line ")
                .next()
                .unwrap_or("not JSON")
                .to_owned()
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Any,
    Item,
}

/// An open container on the way to a place.
struct Frame {
    array: bool,
    /// The key last read in it.
    key: String,
    /// A key was read and its value is to come.
    valued: bool,
}

enum Token {
    Open(u8),
    Close(u8),
    Text,
    Colon,
    Scalar,
}

impl<'a> Elements<'a> {
    pub(super) fn new(reader: Box<dyn Read + 'a>, places: &[&str]) -> Self {
        Self {
            reader: BufReader::with_capacity(1 << 16, reader),
            places: places.iter().map(|place| steps(place)).collect(),
            line: 1,
            stack: Vec::new(),
            deep: 0,
            buffer: Vec::new(),
            junk: None,
        }
    }

    /// The next value; `None` at the end. A structure that breaks off, or closes what is not
    /// open, is an error.
    #[expect(clippy::should_implement_trait, reason = "it lends its buffer")]
    pub fn next(&mut self) -> Result<Option<Element<'_>>, ImportError> {
        loop {
            self.buffer.clear();
            let Some(byte) = self.peek()? else {
                return self.end();
            };
            let line = self.line;
            let root = self.stack.is_empty() && self.deep == 0;
            if root && !matches!(byte, b'{' | b'[' | b',' | b'\x1e') {
                self.skip_junk(line)?;
                continue;
            }
            let place = if matches!(byte, b'}' | b']' | b':' | b',' | b'\x1e') {
                None
            } else {
                self.place(byte)
            };
            if let Some(place) = place {
                self.capture()?;
                self.valued();
                let key = self.stack.iter().rev().find(|frame| !frame.array);
                return Ok(Some(Element {
                    place,
                    line,
                    key: key.map_or("", |frame| frame.key.as_str()),
                    bytes: &self.buffer,
                }));
            }
            self.step()?;
        }
    }

    /// The line of the first text that is no JSON, if there was some.
    pub fn junk(&self) -> Option<u64> {
        self.junk
    }

    fn end(&self) -> Result<Option<Element<'_>>, ImportError> {
        if self.stack.is_empty() && self.deep == 0 {
            return Ok(None);
        }
        Err(self.broken("the file ends in the middle"))
    }

    fn broken(&self, what: &str) -> ImportError {
        ImportError::Broken {
            line: self.line,
            what: what.to_owned(),
        }
    }

    /// Which place a value that begins here stands at.
    fn place(&self, byte: u8) -> Option<usize> {
        if self.deep > 0 {
            return None;
        }
        // A string where a key is due is no value.
        if byte == b'"'
            && self
                .stack
                .last()
                .is_some_and(|frame| !frame.array && !frame.valued)
        {
            return None;
        }
        let here = |steps: &Vec<Step>| {
            steps.len() == self.stack.len()
                && steps
                    .iter()
                    .zip(&self.stack)
                    .all(|(step, frame)| match step {
                        Step::Item => frame.array,
                        Step::Any => !frame.array,
                        Step::Key(key) => !frame.array && *key == frame.key,
                    })
        };
        self.places.iter().position(here)
    }

    /// A value of the innermost container is done.
    fn valued(&mut self) {
        if self.deep == 0
            && let Some(frame) = self.stack.last_mut()
        {
            frame.valued = false;
        }
    }

    /// Takes one token that is not handed on.
    fn step(&mut self) -> Result<(), ImportError> {
        match self.token()? {
            Some(Token::Open(byte)) => {
                if self.deep > 0 || self.stack.len() == PLACE {
                    self.deep += 1;
                } else {
                    self.stack.push(Frame {
                        array: byte == b'[',
                        key: String::new(),
                        valued: false,
                    });
                }
            }
            Some(Token::Close(byte)) => {
                if self.deep > 0 {
                    self.deep -= 1;
                } else {
                    match self.stack.pop() {
                        Some(frame) if frame.array == (byte == b']') => {}
                        _ => return Err(self.broken("a bracket closes what is not open")),
                    }
                }
                self.valued();
            }
            Some(Token::Text) if self.deep == 0 => {
                let text = std::mem::take(&mut self.buffer);
                match self.stack.last_mut() {
                    Some(frame) if !frame.array && !frame.valued => {
                        frame.key = serde_json::from_slice(&text).unwrap_or_default();
                    }
                    _ => self.valued(),
                }
                self.buffer = text;
            }
            Some(Token::Colon) if self.deep == 0 => {
                if let Some(frame) = self.stack.last_mut() {
                    frame.valued = true;
                }
            }
            Some(Token::Scalar) => self.valued(),
            _ => {}
        }
        Ok(())
    }

    /// Skips blanks; the byte that comes then, `None` at the end.
    fn peek(&mut self) -> Result<Option<u8>, ImportError> {
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let blank = chunk.iter().position(|byte| !byte.is_ascii_whitespace());
            let n = blank.unwrap_or(chunk.len());
            self.line += newlines(&chunk[..n]);
            let found = blank.map(|at| chunk[at]);
            self.reader.consume(n);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Takes one token into the buffer; the blanks before it are gone already.
    fn token(&mut self) -> Result<Option<Token>, ImportError> {
        let Some(byte) = self.peek()? else {
            return Ok(None);
        };
        if byte == b'"' {
            self.string()?;
            return Ok(Some(Token::Text));
        }
        if matches!(byte, b'{' | b'[' | b'}' | b']' | b':' | b',' | b'\x1e') {
            self.keep(1);
            return Ok(Some(match byte {
                b'{' | b'[' => Token::Open(byte),
                b'}' | b']' => Token::Close(byte),
                b':' => Token::Colon,
                _ => return Ok(None),
            }));
        }
        loop {
            let chunk = self.reader.fill_buf()?;
            let stop = |byte: &u8| byte.is_ascii_whitespace() || b"{}[]:,\"".contains(byte);
            let n = chunk.iter().position(stop);
            let (len, empty) = (n.unwrap_or(chunk.len()), chunk.is_empty());
            self.keep(len);
            if n.is_some() || empty {
                return Ok(Some(Token::Scalar));
            }
        }
    }

    /// Takes a string with its quotes.
    fn string(&mut self) -> Result<(), ImportError> {
        self.keep(1);
        let mut escaped = false;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Err(self.broken("the file ends inside a text"));
            }
            let mut end = None;
            for (at, byte) in chunk.iter().enumerate() {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => {
                        end = Some(at + 1);
                        break;
                    }
                    _ => {}
                }
            }
            let n = end.unwrap_or(chunk.len());
            self.line += newlines(&chunk[..n]);
            self.keep(n);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// Takes a whole value into the buffer; one that is too large leaves it empty.
    fn capture(&mut self) -> Result<(), ImportError> {
        let mut open: u64 = 0;
        loop {
            match self.token()? {
                Some(Token::Open(_)) => open += 1,
                Some(Token::Close(_)) if open > 0 => open -= 1,
                Some(Token::Close(_)) => {
                    return Err(self.broken("a bracket closes what is not open"));
                }
                None if self.peek()?.is_none() => {
                    return Err(self.broken("the file ends inside a record"));
                }
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        if self.buffer.len() > VALUE {
            self.buffer = Vec::new();
        }
        Ok(())
    }

    /// Moves `n` bytes into the buffer, as long as it is not too large already.
    fn keep(&mut self, n: usize) {
        let chunk = self.reader.buffer();
        if self.buffer.len() <= VALUE {
            self.buffer.extend_from_slice(&chunk[..n.min(chunk.len())]);
        }
        self.reader.consume(n);
    }

    /// Skips the rest of a line that is no JSON.
    fn skip_junk(&mut self, line: u64) -> Result<(), ImportError> {
        self.junk.get_or_insert(line);
        if self.reader.skip_until(b'\n')? > 0 {
            self.line += 1;
        }
        Ok(())
    }
}

#[expect(
    clippy::naive_bytecount,
    reason = "a crate for it would not show: brackets cost more"
)]
fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

fn steps(place: &str) -> Vec<Step> {
    let mut out = Vec::new();
    for part in place.split('.').filter(|part| !part.is_empty()) {
        let key = part.trim_end_matches("[]");
        if key == "*" {
            out.push(Step::Any);
        } else if !key.is_empty() {
            out.push(Step::Key(key.to_owned()));
        }
        out.extend((0..part.matches("[]").count()).map(|_| Step::Item));
    }
    out
}

#[cfg(test)]
#[path = "elements_tests.rs"]
mod tests;
