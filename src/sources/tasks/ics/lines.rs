//! Content lines of iCalendar: unfolded on bytes, since a fold may split a character.

use std::io::{BufRead, BufReader, Read};

use super::super::ImportError;
use super::super::input::Input;
use super::super::lines::Lines;

/// The longest line that is kept, in bytes; the rest (attachments) is left out.
const LINE: usize = 64 << 10;

/// Physical lines, as bytes.
enum Source<'a> {
    Raw(BufReader<Box<dyn Read + 'a>>),
    /// UTF-16 has to be decoded first; there no fold can split a character.
    Decoded(Lines<'a>),
}

/// Unfolded lines with the numbers of their beginnings.
pub(super) struct Unfolded<'a> {
    source: Source<'a>,
    number: u64,
    /// The physical line that was read ahead.
    ahead: Option<(u64, Vec<u8>)>,
}

impl<'a> Unfolded<'a> {
    pub(super) fn of(input: &'a Input) -> Result<Self, ImportError> {
        let wide = input
            .encoding()
            .is_some_and(|name| name.starts_with("UTF-16"));
        let source = if wide {
            Source::Decoded(input.lines()?)
        } else {
            Source::Raw(BufReader::with_capacity(1 << 16, input.raw()?))
        };
        Ok(Self {
            source,
            number: 0,
            ahead: None,
        })
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u64, String)>, ImportError> {
        let first = match self.ahead.take() {
            Some(line) => Some(line),
            None => self.physical()?,
        };
        let Some((number, mut bytes)) = first else {
            return Ok(None);
        };
        while let Some((at, next)) = self.physical()? {
            let [b' ' | b'\t', rest @ ..] = next.as_slice() else {
                self.ahead = Some((at, next));
                break;
            };
            let room = LINE.saturating_sub(bytes.len());
            bytes.extend_from_slice(&rest[..rest.len().min(room)]);
        }
        Ok(Some((number, text(&bytes))))
    }

    fn physical(&mut self) -> Result<Option<(u64, Vec<u8>)>, ImportError> {
        self.number += 1;
        let number = self.number;
        match &mut self.source {
            Source::Decoded(lines) => {
                let line = lines.next()?;
                Ok(line.map(|line| (number, line.text.as_bytes().to_vec())))
            }
            Source::Raw(reader) => {
                let mut bytes = Vec::new();
                let n = reader
                    .by_ref()
                    .take(LINE as u64)
                    .read_until(b'\n', &mut bytes)?;
                if n == 0 {
                    return Ok(None);
                }
                if n == LINE && bytes.last() != Some(&b'\n') {
                    reader.skip_until(b'\n')?;
                }
                while matches!(bytes.last(), Some(b'\n' | b'\r')) {
                    bytes.pop();
                }
                if number == 1 && bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
                    bytes.drain(..3);
                }
                Ok(Some((number, bytes)))
            }
        }
    }
}

/// UTF-8, or else Windows-1252. A line that was cut may end within a character.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            String::from_utf8_lossy(whole).into_owned()
        }
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// `NAME;PARAM=value:VALUE`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// In upper case.
    pub(super) name: String,
    params: Vec<(String, String)>,
    /// Still escaped.
    pub(super) value: String,
}

impl Property {
    /// Takes a line apart; a quoted parameter may hold any sign.
    pub(super) fn of(line: &str) -> Option<Self> {
        let mut parts: Vec<String> = vec![String::new()];
        let mut quoted = false;
        let mut end = None;
        for (at, c) in line.char_indices() {
            match c {
                '"' => quoted = !quoted,
                ':' if !quoted => {
                    end = Some(at);
                    break;
                }
                ';' if !quoted => parts.push(String::new()),
                _ => parts.last_mut()?.push(c),
            }
        }
        let value = line.get(end? + 1..)?.to_owned();
        let mut parts = parts.into_iter();
        let name = parts.next()?.trim().to_uppercase();
        let params = parts.filter_map(|part| {
            let (key, value) = part.split_once('=')?;
            Some((key.trim().to_uppercase(), value.to_owned()))
        });
        Some(Self {
            name,
            params: params.collect(),
            value,
        })
    }

    /// A parameter.
    pub(super) fn param(&self, key: &str) -> Option<&str> {
        let found = self.params.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    }

    /// The value as text, without escapes.
    pub(super) fn text(&self) -> String {
        self.texts().join(",")
    }

    /// The texts of a list, without escapes.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut out = vec![String::new()];
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            let add = match c {
                ',' => {
                    out.push(String::new());
                    continue;
                }
                '\\' => match chars.next() {
                    Some('n' | 'N') => '\n',
                    Some(other) => other,
                    None => break,
                },
                other => other,
            };
            if let Some(last) = out.last_mut() {
                last.push(add);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_split_characters_and_lines_keep_their_numbers() {
        let text = b"\xEF\xBB\xBFA:gr\xC3\r\n \xB6\xC3\x9Fe\r\nB:1\n\t2\nC:\xFCber\n";
        let input = Input::from_bytes(&text[..], "x.ics").unwrap();
        let mut lines = Unfolded::of(&input).unwrap();
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push(line);
        }
        let wanted = [(1, "A:größe"), (3, "B:12"), (5, "C:über")];
        assert_eq!(seen, wanted.map(|(n, text)| (n, text.to_owned())));
    }

    #[test]
    fn parameters_quotes_and_escapes() {
        let found = Property::of("dtstart;TZID=\"a:b;c\";VALUE=DATE:x:y").unwrap();
        assert_eq!(
            (found.name.as_str(), found.value.as_str()),
            ("DTSTART", "x:y")
        );
        assert_eq!(found.param("TZID"), Some("a:b;c"));
        let list = Property::of(r"CATEGORIES:a\, b,c\\,d\ne").unwrap();
        assert_eq!(list.texts(), ["a, b", "c\\", "d\ne"]);
        assert_eq!(Property::of("no colon"), None);
    }
}
