//! Where my lines are in the files of one commit: what commits share is kept once.

use std::rc::Rc;

use super::annotation::Annotation;
use crate::model::ids::Oid;

/// A path's number.
pub(super) type Path = u32;

/// Files are spread over so many buckets; a change copies one of them at most.
const BUCKETS: usize = 256;

type Bucket = Vec<(Path, Rc<Annotation>)>;

/// The files of one commit that hold lines of mine, and the tree they stand in.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// `None`: nothing stands there yet.
    pub(super) tree: Option<Oid>,
    buckets: Vec<Rc<Bucket>>,
    files: usize,
}

impl Default for State {
    fn default() -> Self {
        let empty = Rc::new(Bucket::new());
        Self {
            tree: None,
            buckets: vec![empty; BUCKETS],
            files: 0,
        }
    }
}

impl State {
    /// The tree of a commit in which no line is mine.
    pub(super) fn of(tree: Oid) -> Self {
        Self {
            tree: Some(tree),
            ..Self::default()
        }
    }

    /// Whether no file holds a line of mine.
    pub(super) fn is_empty(&self) -> bool {
        self.files == 0
    }

    /// The lines of a file; `None` when none of them is mine.
    pub(super) fn get(&self, path: Path) -> Option<&Rc<Annotation>> {
        let bucket = &self.buckets[path as usize % BUCKETS];
        let at = bucket.binary_search_by_key(&path, |file| file.0).ok()?;
        Some(&bucket[at].1)
    }

    /// Writes the lines of a file; `None` or no line of mine takes it out.
    pub(super) fn set(&mut self, path: Path, lines: Option<Rc<Annotation>>) {
        let lines = lines.filter(|lines| lines.has_mine());
        let bucket = &mut self.buckets[path as usize % BUCKETS];
        match (bucket.binary_search_by_key(&path, |file| file.0), lines) {
            (Ok(at), Some(lines)) => Rc::make_mut(bucket)[at].1 = lines,
            (Ok(at), None) => {
                Rc::make_mut(bucket).remove(at);
                self.files -= 1;
            }
            (Err(at), Some(lines)) => {
                Rc::make_mut(bucket).insert(at, (path, lines));
                self.files += 1;
            }
            (Err(_), None) => {}
        }
    }

    /// Every file with lines of mine.
    pub(super) fn files(&self) -> impl Iterator<Item = &(Path, Rc<Annotation>)> {
        self.buckets.iter().flat_map(|bucket| bucket.iter())
    }

    /// The files whose lines `other` knows otherwise, or that this one does not have at all.
    pub(super) fn unlike(&self, other: &Self) -> Vec<(Path, Rc<Annotation>)> {
        let mut found = Vec::new();
        for (mine, its) in self.buckets.iter().zip(&other.buckets) {
            if Rc::ptr_eq(mine, its) {
                continue;
            }
            for (path, lines) in its.iter() {
                let same = self
                    .get(*path)
                    .is_some_and(|here| Rc::ptr_eq(here, lines) || here == lines);
                if !same {
                    found.push((*path, Rc::clone(lines)));
                }
            }
        }
        found
    }
}
