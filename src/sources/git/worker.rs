//! Counts the lines of portions of consecutive commits: neighbours share what git's packs
//! build on, so one thread takes them together.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Mutex, PoisonError};

use super::change::{Budget, ChangeError, Mode, RawChange, changed_files};
use super::classify::{ATTRIBUTES_BYTES, Classifier};
use super::error::GitError;
use super::events::Events;
use super::files;
use super::objects::{Kind, ObjectError, Objects};
use super::open;
use super::pack::Shelf;
use super::parse::Commit;
use super::patch;
use super::reformat;
use super::request::Event;
use super::visit::{Before, Mine};
use crate::model::commit::{Category, FileChange, mark};
use crate::model::ids::Oid;
use crate::model::place::Place;

/// What every worker of a reading knows.
#[derive(Clone, Copy)]
pub(super) struct Job<'a> {
    /// The repository.
    pub(super) place: &'a Place,
    /// Its packs, as far as they are open.
    pub(super) shelf: &'a Shelf,
    /// `HEAD`'s tree, whose attributes hold.
    pub(super) root: Option<Oid>,
    /// Folders and files whose changes are left out.
    pub(super) exclude: &'a [String],
    /// Ends the work early: the caller's flag, and the reading's own.
    pub(super) stop: &'a AtomicBool,
    /// See `stop`.
    pub(super) halt: &'a AtomicBool,
}

/// Commits whose lines are unknown, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// An object is not there.
    pub(super) missing: u64,
    /// An object cannot be read.
    pub(super) damaged: u64,
    /// The change is beyond the budget.
    pub(super) too_large: u64,
    /// A shallow clone does not say what was there before.
    pub(super) cut_off: u64,
    /// The repository shows the commit otherwise than it was written.
    pub(super) replaced: u64,
}

impl Tally {
    /// Adds another worker's counts.
    pub(super) fn add(&mut self, other: &Self) {
        self.missing += other.missing;
        self.damaged += other.damaged;
        self.too_large += other.too_large;
        self.cut_off += other.cut_off;
        self.replaced += other.replaced;
    }

    /// All commits whose lines are unknown.
    pub(super) fn unknown(&self) -> u64 {
        self.missing + self.damaged + self.too_large + self.cut_off + self.replaced
    }
}

/// Takes portions until there are no more and sends each commit with its files. The error says
/// that the repository's objects cannot be opened at all.
pub(super) fn work(
    job: &Job<'_>,
    portions: &Mutex<Receiver<Vec<Mine>>>,
    mut events: Events,
) -> Result<Tally, GitError> {
    let repo = open::objects_beside(job.place, job.shelf.clone())?;
    let mut objects =
        Objects::new(&repo).map_err(|e| GitError::damaged(&job.place.path, &e.to_string()))?;
    // Unreadable, it says nothing, as in a tree.
    let local = files::read_up_to(
        &job.place.common_dir.join("info/attributes"),
        ATTRIBUTES_BYTES as u64,
    );
    let local = local.ok().flatten().unwrap_or_default();
    let mut classifier = Classifier::new(job.root, &local);
    let mut tally = Tally::default();
    loop {
        let next = portions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(portion) = next else {
            return Ok(tally);
        };
        for mut mine in portion {
            if job.stop.load(Ordering::Relaxed) || job.halt.load(Ordering::Relaxed) {
                return Ok(tally);
            }
            match found(job, &mut objects, &mut classifier, &mine) {
                Ok(found) => {
                    mine.record.files = found.files;
                    mine.record.patch = found.patch;
                    mine.record.marks |= found.marks;
                }
                Err(reason) => {
                    mine.record.lines_known = false;
                    tally.add(&reason);
                }
            }
            let found = Event::Commit(Box::new(mine.record));
            if events.send(found).is_err() {
                return Ok(tally);
            }
        }
        if events.flush().is_err() {
            return Ok(tally);
        }
    }
}

/// What a commit's change tells.
struct Found {
    files: Vec<FileChange>,
    /// Files that are left out by their path are part of it.
    patch: Option<u64>,
    /// [`mark`] bits.
    marks: u8,
}

/// What the commit changed; the error counts it once, under its reason.
fn found(
    job: &Job<'_>,
    objects: &mut Objects<'_>,
    classifier: &mut Classifier,
    mine: &Mine,
) -> Result<Found, Tally> {
    let before = match mine.before {
        Before::Nothing => None,
        Before::Tree(tree) => Some(tree),
        Before::Commit(parent) => Some(tree_of(objects, parent).map_err(|e| reason(&e))?),
        Before::Unknown => {
            return Err(Tally {
                cut_off: 1,
                ..Tally::default()
            });
        }
        Before::Replaced => {
            return Err(Tally {
                replaced: 1,
                ..Tally::default()
            });
        }
    };
    let changes =
        changed_files(objects, before, mine.tree, &Budget::default()).map_err(|e| match e {
            ChangeError::Object(error) => reason(&error),
            _ => Tally {
                too_large: 1,
                ..Tally::default()
            },
        })?;
    let patch = patch::sum(&changes);
    let is_wanted = |change: &&RawChange| !is_excluded(job.exclude, change.path.as_bytes());
    let wanted: Vec<&RawChange> = changes.iter().filter(is_wanted).collect();
    let one = |change: &&RawChange| file(objects, classifier, change);
    let files: Vec<FileChange> = wanted.iter().map(one).collect();
    let is_counted = |(_, file): &(_, &FileChange)| file.category.is_counted();
    let counted = wanted.into_iter().zip(&files).filter(is_counted);
    let counted: Vec<&RawChange> = counted.map(|(change, _)| change).collect();
    let is_reformatting = reformat::is_one(objects, &counted);
    Ok(Found {
        files,
        patch,
        marks: if is_reformatting { mark::REFORMAT } else { 0 },
    })
}

fn tree_of(objects: &mut Objects<'_>, commit: Oid) -> Result<Oid, ObjectError> {
    let bytes = objects.read(commit, Kind::Commit)?;
    let parsed = Commit::parse(&bytes)
        .ok_or_else(|| ObjectError::Damaged(commit, "it is no commit".to_owned()))?;
    Ok(parsed.tree)
}

fn reason(error: &ObjectError) -> Tally {
    let mut tally = Tally::default();
    match error {
        ObjectError::Missing(_) => tally.missing = 1,
        ObjectError::TooLarge { .. } => tally.too_large = 1,
        _ => tally.damaged = 1,
    }
    tally
}

/// Whether `path` is one of the excluded files or lies in one of the excluded folders.
pub(super) fn is_excluded(exclude: &[String], path: &[u8]) -> bool {
    exclude.iter().any(|prefix| {
        let prefix = prefix.trim_start_matches("./").trim_matches('/').as_bytes();
        !prefix.is_empty()
            && path
                .strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
    })
}

fn file(objects: &mut Objects<'_>, classifier: &mut Classifier, change: &RawChange) -> FileChange {
    let (category, language) = match change.mode {
        // Another repository's commit: nobody's lines here.
        Mode::Submodule => (Category::Vendored, None),
        Mode::Link => (classifier.classify(objects, change.path.as_bytes()).0, None),
        Mode::File | Mode::Executable => classifier.classify(objects, change.path.as_bytes()),
    };
    FileChange {
        path: change.path.clone(),
        old_path: change.old_path.clone(),
        lines: change.lines,
        category,
        language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_excluded_and_its_namesakes_are_not() {
        let exclude = ["vendor/".to_owned(), "a/b.c".to_owned(), "/".to_owned()];
        let out = |path: &str| is_excluded(&exclude, path.as_bytes());
        assert!(out("vendor/x") && out("a/b.c"));
        assert!(!out("vendored/x") && !out("src/vendor/x") && !out("a/b.cc"));
    }
}
