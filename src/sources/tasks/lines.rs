//! A text file line by line.

use std::io::{BufRead, BufReader, Read};

use super::error::ImportError;

/// The longest line that is kept whole, in bytes; the rest of a longer one is left out.
const LINE: u64 = 1 << 20;

/// Lines with their numbers.
pub struct Lines<'a> {
    reader: BufReader<Box<dyn Read + 'a>>,
    buffer: Vec<u8>,
    number: u64,
}

/// One line without its end.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    /// Its number, from 1.
    pub number: u64,
    /// Its text.
    pub text: &'t str,
}

impl<'a> Lines<'a> {
    pub(super) fn new(reader: Box<dyn Read + 'a>) -> Self {
        Self {
            reader: BufReader::with_capacity(1 << 16, reader),
            buffer: Vec::new(),
            number: 0,
        }
    }

    /// The next line; `None` at the end.
    #[expect(clippy::should_implement_trait, reason = "it lends its buffer")]
    pub fn next(&mut self) -> Result<Option<Line<'_>>, ImportError> {
        self.buffer.clear();
        let n = self
            .reader
            .by_ref()
            .take(LINE)
            .read_until(b'\n', &mut self.buffer)?;
        if n == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.buffer.last() != Some(&b'\n') && n as u64 == LINE {
            self.reader.skip_until(b'\n')?;
        }
        while matches!(self.buffer.last(), Some(b'\n' | b'\r')) {
            self.buffer.pop();
        }
        if let Err(error) = std::str::from_utf8(&self.buffer) {
            // Only where a long line was cut within a character.
            self.buffer.truncate(error.valid_up_to());
        }
        let text = std::str::from_utf8(&self.buffer).unwrap_or_default();
        Ok(Some(Line {
            number: self.number,
            text,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_with_numbers_and_without_ends() {
        let mut lines = Lines::new(Box::new(&b"one\r\n\ntwo"[..]));
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, line.text.to_owned()));
        }
        let wanted = [(1, "one"), (2, ""), (3, "two")].map(|(n, text)| (n, text.to_owned()));
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_line_of_megabytes_is_cut_and_the_next_one_is_whole() {
        let text = format!("{}\nnext\n", "é".repeat(1 << 20));
        let mut lines = Lines::new(Box::new(std::io::Cursor::new(text)));
        assert!(lines.next().unwrap().unwrap().text.len() <= 1 << 20);
        assert_eq!(lines.next().unwrap().unwrap().text, "next");
    }
}
