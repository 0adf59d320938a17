//! What to look for after an erasing, and looking for it: in the store, and in every file around it.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::strings;
use crate::model::text::Clean;
use crate::store::error::shown;
use crate::store::file::journal_of;
use crate::store::read_back::{Needles, check};
use crate::store::{Store, StoreError};

/// Strings that may stand nowhere any more.
#[derive(Clone, Debug)]
pub struct Traces {
    needles: Needles,
    /// Strings that also stand in rows that stay, by table.
    stands: Vec<Stands>,
}

/// Strings of what was erased that stand in other rows too, and stay there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stands {
    /// In what: the name of a table, or of a file.
    pub within: String,
    /// How many of them.
    pub strings: usize,
}

/// A file in which something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The file.
    pub path: Clean,
    /// How many strings stand in it.
    pub strings: usize,
}

/// What reading the bytes back said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReadBack {
    /// Strings that were looked for.
    pub sought: usize,
    /// Strings too short to be told from chance: they are gone from every row, and were not looked
    /// for in the bytes.
    pub short: usize,
    /// Files that were read, byte by byte.
    pub files: usize,
    /// Files that still hold some: empty when it is verified.
    pub left: Vec<Found>,
    /// Files of the owner that hold some: inward leaves them alone.
    pub yours: Vec<Found>,
    /// Where else some of the strings stand, and stay.
    pub stands: Vec<Stands>,
}

impl ReadBack {
    /// Whether nothing was found in a file of inward.
    pub fn is_verified(&self) -> bool {
        self.left.is_empty()
    }
}

impl Traces {
    /// What stood in some row before and stands in no row of that table now; what was typed too.
    pub(super) fn new(
        store: &Store,
        before: Vec<(String, Vec<Vec<u8>>)>,
        typed: Option<String>,
    ) -> Result<Self, StoreError> {
        let live = store.read("reading what is left", strings::of)?;
        let mut gone: Vec<Vec<u8>> = typed.into_iter().map(String::into_bytes).collect();
        for (table, texts) in before {
            let of_table = live.iter().find(|(name, _)| *name == table);
            let kept: HashSet<&[u8]> = of_table
                .map(|(_, texts)| texts.iter().map(Vec::as_slice).collect())
                .unwrap_or_default();
            let is_gone = |text: &Vec<u8>| !kept.contains(text.as_slice());
            gone.extend(texts.into_iter().filter(is_gone));
        }
        let mut traces = Self {
            needles: Needles::new(gone),
            stands: Vec::new(),
        };
        let all = live
            .into_iter()
            .map(|(table, texts)| (table, texts.join(&b'\n')));
        traces.allow(all.collect());
        Ok(traces)
    }

    /// Looks no longer for what stands in these texts, which stay: in what, and the text.
    pub fn allow(&mut self, staying: Vec<(String, Vec<u8>)>) {
        let mut standing = BTreeSet::new();
        for (within, bytes) in staying {
            let found = self.needles.found(&bytes);
            if !found.is_empty() && within != strings::SCHEMA {
                let strings = found.len();
                self.stands.push(Stands { within, strings });
            }
            standing.extend(found);
        }
        let standing: Vec<usize> = standing.into_iter().collect();
        self.needles.drop_all(&standing);
    }

    /// Looks into the store itself: its file and journal, or its image where it has none. How many
    /// strings were looked for; [`StoreError::NotErased`] when one is there.
    pub(super) fn check(&self, store: &mut Store) -> Result<usize, StoreError> {
        // What a file holds that is sealed shows only in its image.
        if store.file.is_none() || store.is_sealed() {
            let image = store.image()?;
            let left = self.needles.found(&image).len();
            if left > 0 {
                return Err(StoreError::NotErased {
                    path: store.shown.clone(),
                    left,
                    sought: self.needles.len(),
                });
            }
        }
        let Some(file) = &store.file else {
            return Ok(self.needles.len());
        };
        for part in [file.clone(), journal_of(file)] {
            check(&part, &self.needles)?;
        }
        Ok(self.needles.len())
    }

    /// Looks into what a sealed store holds: its file shows nothing. `None` when nothing is there, or
    /// the store is plain.
    pub fn in_sealed(&self, store: &mut Store) -> Result<Option<Found>, StoreError> {
        if !store.is_sealed() {
            return Ok(None);
        }
        let strings = self.needles.found(&store.image()?).len();
        let path = store.shown.clone();
        Ok((strings > 0).then_some(Found { path, strings }))
    }

    /// Reads every file in `folder` and below, byte by byte, but what lies in one of `others` (other
    /// records). A file below one of `yours` is the owner's: it is named and changes no verdict.
    pub fn read_back(
        &self,
        folder: &Path,
        (yours, others): (&[PathBuf], &[PathBuf]),
    ) -> Result<ReadBack, StoreError> {
        let mut said = ReadBack {
            sought: self.needles.len(),
            short: self.needles.short(),
            stands: self.stands.clone(),
            ..ReadBack::default()
        };
        let mut open = vec![folder.to_owned()];
        open.extend(yours.iter().filter(|dir| !dir.starts_with(folder)).cloned());
        while let Some(dir) = open.pop() {
            let inside = match fs::read_dir(&dir) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                other => other.map_err(|e| StoreError::io(&dir, "reading back", e))?,
            };
            for entry in inside {
                let entry = entry.map_err(|e| StoreError::io(&dir, "reading back", e))?;
                let (path, kind) = (entry.path(), entry.file_type());
                let kind = kind.map_err(|e| StoreError::io(&path, "reading back", e))?;
                if others.contains(&path) {
                    continue;
                }
                if kind.is_dir() {
                    open.push(path);
                } else if kind.is_file() {
                    self.look_into(&path, yours, &mut said)?;
                }
            }
        }
        said.left.sort_by(|a, b| a.path.cmp(&b.path));
        said.yours.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(said)
    }

    fn look_into(
        &self,
        path: &Path,
        yours: &[PathBuf],
        said: &mut ReadBack,
    ) -> Result<(), StoreError> {
        let bytes = match fs::read(path) {
            // Gone meanwhile: a journal of another process, say.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            other => other.map_err(|e| StoreError::io(path, "reading back", e))?,
        };
        said.files += 1;
        let strings = self.needles.found(&bytes).len();
        if strings > 0 {
            let found = Found {
                path: shown(path),
                strings,
            };
            let is_yours = yours.iter().any(|dir| path.starts_with(dir));
            let list = if is_yours {
                &mut said.yours
            } else {
                &mut said.left
            };
            list.push(found);
        }
        Ok(())
    }
}
