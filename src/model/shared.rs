//! A share that was written, as the ledger keeps it: which bands were given, never a word of it.

/// A share that is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewShare {
    /// For whom, by name: `handover` or `pooled`.
    pub profile: String,
    /// The month or quarter it is about, e.g. `2026-Q3`.
    pub window: String,
    /// The lines that it gives and their bands, e.g. `finished:2`; empty for words alone.
    pub given: Vec<String>,
    /// The file, every byte of it; only its size and hash are kept.
    pub bytes: Vec<u8>,
}

/// One row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Its number, never given twice.
    pub id: u64,
    /// The day it was written, days from 1970-01-01.
    pub day: i32,
    /// For whom, by name: `handover` or `pooled`.
    pub profile: String,
    /// The month or quarter it is about, e.g. `2026-Q3`.
    pub window: String,
    /// The lines that it gave and their bands, e.g. `finished:2`; empty for words alone.
    pub given: Vec<String>,
    /// How many bytes the file had.
    pub bytes: u64,
    /// BLAKE3 of these bytes.
    pub hash: [u8; 32],
}

impl Shared {
    /// The hash in hexadecimal digits, as tools print it.
    pub fn hash_text(&self) -> String {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        let digits = self.hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.map(digit).collect()
    }
}
