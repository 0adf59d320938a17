//! Files by number, and their contents side by side.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::change::{Budget, ChangeError, Contents, Mode, is_binary};
use super::super::classify::Classifier;
use super::super::objects::{Bytes, Objects};
use super::super::rename::{self, Pairs};
use super::super::tree::{self, Difference, Entry};
use super::super::worker::is_excluded;
use super::align::{self, Alignment};
use super::state::Path;
use crate::model::ids::Oid;

/// Everything that is read while lines are followed.
pub(super) struct Files<'a> {
    objects: Objects<'a>,
    classifier: Classifier,
    exclude: &'a [String],
    budget: Budget,
    numbers: FxHashMap<Rc<[u8]>, Path>,
    paths: Vec<(Rc<[u8]>, bool)>,
}

/// A version of a file that has lines.
pub(super) enum Text {
    /// There is none: no file, another repository, or something binary.
    None,
    /// Its content.
    Lines(Bytes),
}

impl<'a> Files<'a> {
    /// Files of the repository behind `objects`, judged by `classifier`; those that `exclude`
    /// names do not count.
    pub(super) fn new(objects: Objects<'a>, classifier: Classifier, exclude: &'a [String]) -> Self {
        Self {
            objects,
            classifier,
            exclude,
            budget: Budget::default(),
            numbers: FxHashMap::default(),
            paths: Vec::new(),
        }
    }

    /// The number of `path` if it has one.
    pub(super) fn find(&self, path: &[u8]) -> Option<Path> {
        self.numbers.get(path).copied()
    }

    /// The number of `path` if its lines count.
    pub(super) fn counted(&mut self, path: &[u8]) -> Option<Path> {
        let known = self.find(path);
        let number = known.unwrap_or_else(|| self.add(path));
        self.paths[number as usize].1.then_some(number)
    }

    fn add(&mut self, path: &[u8]) -> Path {
        let number = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        let counts = !is_excluded(self.exclude, path)
            && self
                .classifier
                .classify(&mut self.objects, path)
                .0
                .is_counted();
        let path: Rc<[u8]> = path.into();
        self.numbers.insert(Rc::clone(&path), number);
        self.paths.push((path, counts));
        number
    }

    /// The path under a number.
    pub(super) fn path(&self, number: Path) -> &[u8] {
        &self.paths[number as usize].0
    }

    /// The paths in which two trees differ.
    pub(super) fn differences(
        &mut self,
        old: Option<Oid>,
        new: Oid,
    ) -> Result<Vec<Difference>, ChangeError> {
        tree::differences(&mut self.objects, old, new, &self.budget)
    }

    /// The renames among differences, as numstat pairs them.
    pub(super) fn renames(&mut self, found: &[Difference]) -> Result<Pairs, ChangeError> {
        let mut contents = Contents::new(&mut self.objects, &self.budget);
        rename::pairs(&mut contents, found)
    }

    /// What stands in `entry`.
    pub(super) fn text(&mut self, entry: Option<Entry>) -> Result<Text, ChangeError> {
        let Some(entry) = entry.filter(|entry| entry.mode != Mode::Submodule) else {
            return Ok(Text::None);
        };
        let bytes = Contents::new(&mut self.objects, &self.budget).read(entry)?;
        Ok(if is_binary(&bytes) {
            Text::None
        } else {
            Text::Lines(bytes)
        })
    }
}

/// What is common to two versions; nothing where the old one has no lines.
pub(super) fn aligned(old: &Text, new: &[u8]) -> Result<Alignment, ChangeError> {
    match old {
        Text::None => align::exactly(&[], new),
        Text::Lines(old) => align::exactly(old, new),
    }
}
