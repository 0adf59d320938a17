//! Identifiers: git object ids and the row numbers the store hands out.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A SHA-1 git object id, 20 bytes, ordered as its hexadecimal form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid(pub [u8; 20]);

/// A text that is not 40 hexadecimal digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a git object id (40 hexadecimal digits)")]
pub struct BadOid;

impl Oid {
    /// The id of nothing: 20 zero bytes, git's own mark of an absent object.
    pub const ZERO: Self = Self([0; 20]);

    /// The id in `bytes`; `None` unless there are exactly 20.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The id written as exactly 40 hexadecimal digits in either case.
    pub fn from_hex(hex: &[u8]) -> Option<Self> {
        if hex.len() != 40 {
            return None;
        }
        let mut out = [0; 20];
        for (slot, pair) in out.iter_mut().zip(hex.chunks_exact(2)) {
            *slot = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(out))
    }

    /// The first ten hexadecimal digits, for labels.
    pub fn short(self) -> String {
        let mut text = self.to_string();
        text.truncate(10);
        text
    }
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

impl FromStr for Oid {
    type Err = BadOid;
    fn from_str(text: &str) -> Result<Self, BadOid> {
        Self::from_hex(text.as_bytes()).ok_or(BadOid)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Serialize for Oid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A repository's row in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct RepoId(pub u32);

/// A commit's row in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct CommitId(pub u32);

/// A language's row in the store's dictionary; 0 is "no language known".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct LanguageId(pub u16);

/// A task's (or given review's) row in the store: its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct TaskId(pub i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_way_to_hex_and_back() {
        let oid: Oid = "00ff10a9c3e4d5b6978812345678901234567890".parse().unwrap();
        assert_eq!(oid.to_string().parse(), Ok(oid));
        assert_eq!(oid.short(), "00ff10a9c3");
    }

    #[test]
    fn short_and_foreign_texts_are_refused() {
        assert_eq!("abc".parse::<Oid>(), Err(BadOid));
        assert_eq!("zz".repeat(20).parse::<Oid>(), Err(BadOid));
    }
}
