//! Reading the file back after erasing: is a text still in its bytes?

use std::collections::HashMap;
use std::path::Path;

use super::StoreError;
use super::error::shown;

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
            sought: needles.texts.len(),
        }),
    }
}

/// Texts to look for, all at once. Shorter ones than a head are left out: they would be found
/// by chance.
pub(super) struct Needles {
    pub(super) texts: Vec<Vec<u8>>,
    by_head: HashMap<[u8; HEAD], Vec<usize>>,
}

const HEAD: usize = 8;

impl Needles {
    pub(super) fn new(texts: Vec<Vec<u8>>) -> Self {
        let mut needles = Self {
            texts: texts.into_iter().filter(|t| t.len() >= HEAD).collect(),
            by_head: HashMap::new(),
        };
        needles.index();
        needles
    }

    fn index(&mut self) {
        self.by_head.clear();
        for (index, text) in self.texts.iter().enumerate() {
            if let Some(head) = text.first_chunk() {
                self.by_head.entry(*head).or_default().push(index);
            }
        }
    }

    /// Indexes of the texts that stand in `bytes`, sorted.
    pub(super) fn found(&self, bytes: &[u8]) -> Vec<usize> {
        let mut found = Vec::new();
        for (at, window) in bytes.windows(HEAD).enumerate() {
            let Some(head) = window.first_chunk::<HEAD>() else {
                continue;
            };
            for index in self.by_head.get(head).into_iter().flatten() {
                if bytes[at..].starts_with(&self.texts[*index]) {
                    found.push(*index);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
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
