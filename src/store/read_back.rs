//! Reading bytes back after erasing: does a text still stand in them?
//!
//! Looked for are the text itself, the same in UTF-16, and object ids as bytes and as digits. A
//! store may cut a long value across its pages, so of a long text its beginning and its end are
//! looked for, each by itself.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::StoreError;
use super::convert::hex;
use super::error::shown;

/// Bytes that every form looked for has at least: shorter ones would be found by chance.
pub(super) const HEAD: usize = 6;
/// Texts longer than two of these are looked for by their ends.
const PIECE: usize = 48;
/// Bytes of an object id.
const OID: usize = 20;

/// Looks for the texts in one file; no file is fine.
pub(super) fn check(file: &Path, needles: &Needles) -> Result<(), StoreError> {
    let bytes = match std::fs::read(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(|e| StoreError::io(file, "reading back", e))?,
    };
    check_bytes(file, &bytes, needles)
}

/// [`check`] of bytes that the file holds.
pub(super) fn check_bytes(file: &Path, bytes: &[u8], needles: &Needles) -> Result<(), StoreError> {
    match needles.found(bytes).len() {
        0 => Ok(()),
        left => Err(StoreError::NotErased {
            path: shown(file),
            left,
            sought: needles.len(),
        }),
    }
}

/// Texts to look for, all at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Needles {
    texts: Vec<Vec<u8>>,
    /// Texts with no form that is long enough.
    short: usize,
    /// What is looked for: the bytes, and which text they belong to.
    forms: Vec<(Vec<u8>, usize)>,
    by_head: HashMap<[u8; HEAD], Vec<usize>>,
    /// One bit for each beginning of three bytes: most places are passed by with it.
    beginnings: Vec<u64>,
}

impl Needles {
    /// The texts, each once.
    pub(super) fn new(texts: Vec<Vec<u8>>) -> Self {
        let unique: BTreeSet<Vec<u8>> = texts.into_iter().filter(|t| !t.is_empty()).collect();
        let (texts, short): (Vec<_>, Vec<_>) = unique.into_iter().partition(|t| t.len() >= HEAD);
        let mut needles = Self {
            texts,
            short: short.len(),
            ..Self::default()
        };
        needles.index();
        needles
    }

    /// How many texts are looked for.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// How many texts were too short to be looked for.
    pub(super) fn short(&self) -> usize {
        self.short
    }

    fn index(&mut self) {
        self.forms.clear();
        self.by_head.clear();
        self.beginnings = vec![0; (1 << 24) / 64];
        for (index, text) in self.texts.iter().enumerate() {
            for form in forms(text) {
                let Some(head) = form.first_chunk::<HEAD>() else {
                    continue;
                };
                let at = beginning(head);
                self.beginnings[at / 64] |= 1 << (at % 64);
                self.by_head
                    .entry(*head)
                    .or_default()
                    .push(self.forms.len());
                self.forms.push((form, index));
            }
        }
    }

    /// Indexes of the texts that stand in `bytes`, sorted.
    pub(super) fn found(&self, bytes: &[u8]) -> Vec<usize> {
        let mut found = BTreeSet::new();
        if self.forms.is_empty() {
            return Vec::new();
        }
        for (at, window) in bytes.windows(HEAD).enumerate() {
            let place = beginning(window);
            if self.beginnings[place / 64] >> (place % 64) & 1 == 0 {
                continue;
            }
            let head = window.first_chunk::<HEAD>();
            let forms = head.and_then(|head| self.by_head.get(head));
            for form in forms.into_iter().flatten() {
                let (form, text) = &self.forms[*form];
                if bytes[at..].starts_with(form) {
                    found.insert(*text);
                }
            }
        }
        found.into_iter().collect()
    }

    /// Looks for the texts at these (sorted) indexes no longer.
    pub(super) fn drop_all(&mut self, indexes: &[usize]) {
        let mut index = 0;
        self.texts.retain(|_| {
            index += 1;
            indexes.binary_search(&(index - 1)).is_err()
        });
        self.index();
    }
}

/// Where a beginning has its bit.
fn beginning(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 16 | usize::from(bytes[1]) << 8 | usize::from(bytes[2])
}

/// Every form in which a text can stand in a file.
fn forms(text: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = pieces(text);
    match std::str::from_utf8(text) {
        Ok(words) => {
            let wide: Vec<u16> = words.encode_utf16().collect();
            if wide.len() >= HEAD {
                let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
                let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
                forms.extend(pieces(&little));
                forms.extend(pieces(&big));
            }
        }
        Err(_not_text) if text.len() == OID => forms.push(hex(text).into_bytes()),
        Err(_not_text) => {}
    }
    forms
}

fn pieces(text: &[u8]) -> Vec<Vec<u8>> {
    if text.len() <= 2 * PIECE {
        return vec![text.to_vec()];
    }
    vec![text[..PIECE].to_vec(), text[text.len() - PIECE..].to_vec()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_every_form_it_can_have() {
        let oid: Vec<u8> = (200..220).collect();
        let long = "a long note ".repeat(40);
        let all = ["canary word", "kanari ø", &long].map(|text| text.as_bytes().to_vec());
        let needles = Needles::new(all.into_iter().chain([oid.clone()]).collect());
        let wide = |text: &str, big: bool| -> Vec<u8> {
            let units = text.encode_utf16();
            let bytes = units.map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            });
            bytes.flatten().collect()
        };
        for bytes in [
            b"xx canary word xx".to_vec(),
            wide("a canary word", true),
            wide("a canary word", false),
            wide("kanari ø", false),
            hex(&oid).into_bytes(),
            [b"..", oid.as_slice()].concat(),
            long.as_bytes()[..60].to_vec(),
        ] {
            assert_eq!(needles.found(&bytes).len(), 1, "{bytes:?}");
        }
        assert!(needles.found(b"canary wor").is_empty());
        assert!(Needles::new(Vec::new()).found(b"anything").is_empty());
    }

    #[test]
    fn what_is_too_short_is_counted_and_what_is_dropped_is_not_looked_for() {
        let texts = ["abc", "abcdefgh", "abcdefgh", "", "zyxwvuts"];
        let mut needles = Needles::new(texts.map(|t| t.as_bytes().to_vec()).into());
        assert_eq!((needles.len(), needles.short()), (2, 1));
        needles.drop_all(&needles.found(b"-- abcdefgh --"));
        assert_eq!(needles.len(), 1);
        assert!(needles.found(b"abcdefgh abc").is_empty());
        assert_eq!(needles.found(b"zyxwvuts").len(), 1);
    }
}
