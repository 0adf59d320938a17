//! What one commit changed, file by file, equal to `git log --numstat -M`.

use std::rc::Rc;

use memchr::memchr;

use super::lines;
use super::objects::{Bytes, Kind, ObjectError, Objects};
use super::patch::{Changed, Terms};
use super::rename;
use super::tree::{self, Difference, Entry};
use crate::model::commit::Lines;
use crate::model::ids::Oid;
use crate::model::text::RawPath;

/// The most one commit may cost. Beyond it the commit's lines are unknown, never guessed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Tree entries looked at; a pair of the same name counts once.
    pub(super) entries_visited: u32,
    /// Changed files, before renames are paired.
    pub(super) files_changed: u32,
    /// Bytes of the paths of the changed files together: a path is as long as trees say.
    pub(super) path_bytes: usize,
    /// Bytes of one file.
    pub(super) blob_bytes: usize,
    /// Bytes of all files together.
    pub(super) all_bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            // A commit of a hundred thousand files is somebody's real work; a tree that names itself again
            // and again is not.
            entries_visited: 2_000_000,
            files_changed: 200_000,
            path_bytes: 32 << 20,
            blob_bytes: 32 << 20,
            all_bytes: 1 << 30,
        }
    }
}

/// What stands at a path in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    /// A regular file.
    File,
    /// A regular file that may be run.
    Executable,
    /// A symbolic link; its content is the target.
    Link,
    /// Another repository's commit.
    Submodule,
}

impl Mode {
    /// A file with content of its own, run or not.
    pub(super) fn is_regular(self) -> bool {
        matches!(self, Self::File | Self::Executable)
    }
}

/// How a file changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Status {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Deleted,
    /// Content, mode or kind changed.
    Modified,
    /// It came from another path, with or without edits.
    Renamed,
}

/// One changed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawChange {
    /// Path after the change (before it, for a deletion).
    pub(super) path: RawPath,
    /// Path before a rename.
    pub(super) old_path: Option<RawPath>,
    /// Added and deleted lines; `None` when either side is binary.
    pub(super) lines: Option<Lines>,
    /// How it changed.
    pub(super) status: Status,
    /// What stands at `path` (stood, for a deletion).
    pub(super) mode: Mode,
    /// The content at `path` (before, for a deletion); a commit for a submodule.
    pub(super) oid: Oid,
    /// The content before; `None` for an addition.
    pub(super) old_oid: Option<Oid>,
    /// What it adds to the identity of the whole change; see [`super::patch::sum`].
    pub(super) terms: u64,
}

/// Why a commit's lines are unknown.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChangeError {
    /// A needed object is missing, damaged or too large.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// More tree entries than the budget.
    #[error("the change spans more than {0} folder entries")]
    TooManyEntries(u32),
    /// More changed files than the budget.
    #[error("the commit changes more than {0} files")]
    TooManyFiles(u32),
    /// Longer paths than the budget.
    #[error("the commit changes files whose paths together are longer than {0} bytes")]
    PathsTooLong(usize),
    /// Folders nested deeper than git itself accepts.
    #[error("folders are nested more than {0} deep")]
    TooDeep(usize),
    /// More file content than the budget.
    #[error("the change holds more than {0} bytes of files")]
    TooManyBytes(u64),
    /// A comparison that would need too much memory.
    #[error("a file with more than {0} lines to compare")]
    TooManyLines(usize),
    /// libgit2's comparison failed.
    #[error("two versions of a file cannot be compared: {0}")]
    Compare(git2::Error),
}

/// The files that differ between `parent_tree` (`None`: nothing was there) and `tree`, in
/// git's order, renames paired as git pairs them, lines counted as git counts them.
/// Any error means that the commit's lines are unknown.
pub(super) fn changed_files(
    objects: &mut Objects<'_>,
    parent_tree: Option<Oid>,
    tree: Oid,
    budget: &Budget,
) -> Result<Vec<RawChange>, ChangeError> {
    let found = tree::differences(objects, parent_tree, tree, budget)?;
    let mut contents = Contents::new(objects, budget);
    let pairs = rename::pairs(&mut contents, &found)?;
    let mut changes = Vec::with_capacity(found.len() - pairs.count());
    for (at, difference) in found.iter().enumerate() {
        let change = match pairs.source_of(at) {
            Some(source) => renamed(&mut contents, &found[source], difference)?,
            None if pairs.is_source(at) => continue,
            None => in_place(&mut contents, difference)?,
        };
        changes.extend(change);
    }
    Ok(changes)
}

fn renamed(
    contents: &mut Contents<'_, '_>,
    source: &Difference,
    target: &Difference,
) -> Result<Option<RawChange>, ChangeError> {
    let (Some(old), Some(now)) = (source.old, target.new) else {
        return Ok(None);
    };
    let terms = Terms::at(target.path.as_bytes());
    let (lines, changed) = contents.compared(terms, Some(old), Some(now))?;
    let gone = Terms::at(source.path.as_bytes()).place(old.mode);
    Ok(Some(RawChange {
        path: target.path.clone(),
        old_path: Some(source.path.clone()),
        lines,
        status: Status::Renamed,
        mode: now.mode,
        oid: now.oid,
        old_oid: Some(old.oid),
        terms: changed
            .wrapping_add(terms.place(now.mode))
            .wrapping_sub(gone),
    }))
}

fn in_place(
    contents: &mut Contents<'_, '_>,
    difference: &Difference,
) -> Result<Option<RawChange>, ChangeError> {
    let (old, new) = (difference.old, difference.new);
    let (status, shown) = match (old, new) {
        (None, Some(new)) => (Status::Added, new),
        (Some(old), None) => (Status::Deleted, old),
        (Some(_), Some(new)) => (Status::Modified, new),
        (None, None) => return Ok(None),
    };
    let terms = Terms::at(difference.path.as_bytes());
    let place = |side: Option<Entry>| side.map_or(0, |entry| terms.place(entry.mode));
    let (lines, changed) = contents.compared(terms, old, new)?;
    Ok(Some(RawChange {
        path: difference.path.clone(),
        old_path: None,
        lines,
        status,
        mode: shown.mode,
        oid: shown.oid,
        old_oid: old.map(|entry| entry.oid),
        terms: changed.wrapping_add(place(new)).wrapping_sub(place(old)),
    }))
}

/// Files' contents, read within the budget of one commit.
pub(super) struct Contents<'a, 'repo> {
    objects: &'a mut Objects<'repo>,
    budget: &'a Budget,
    spent: u64,
}

impl<'a, 'repo> Contents<'a, 'repo> {
    /// Nothing is read yet.
    pub(super) fn new(objects: &'a mut Objects<'repo>, budget: &'a Budget) -> Self {
        Self {
            objects,
            budget,
            spent: 0,
        }
    }

    /// The content of `entry`: a file's bytes, a link's target, or git's line for a submodule.
    pub(super) fn read(&mut self, entry: Entry) -> Result<Bytes, ChangeError> {
        if entry.mode == Mode::Submodule {
            let line = format!("Subproject commit {}\n", entry.oid);
            return Ok(Bytes::from(line.into_bytes()));
        }
        let limit = self.budget.blob_bytes;
        let bytes = self.objects.read_up_to(entry.oid, Kind::Blob, limit)?;
        self.spent += bytes.len() as u64;
        if self.spent > self.budget.all_bytes {
            return Err(ChangeError::TooManyBytes(self.budget.all_bytes));
        }
        Ok(bytes)
    }

    /// The size in bytes of a regular file, without reading it.
    pub(super) fn size(&mut self, entry: Entry) -> Result<usize, ChangeError> {
        Ok(self.objects.size(entry.oid, Kind::Blob)?)
    }

    /// Added and deleted lines between two sides, `None` when one is binary, and the terms of
    /// what differs in them.
    fn compared(
        &mut self,
        terms: Terms,
        old: Option<Entry>,
        new: Option<Entry>,
    ) -> Result<(Option<Lines>, u64), ChangeError> {
        let nothing = Bytes::from([]);
        let of_binaries = || {
            let one = |side: Option<Entry>| side.map_or(0, |entry| terms.binary(entry.oid));
            (None, one(new).wrapping_sub(one(old)))
        };
        let before = old.map_or(Ok(Rc::clone(&nothing)), |entry| self.read(entry))?;
        if is_binary(&before) {
            return Ok(of_binaries());
        }
        // An exact rename or a change of mode alone.
        if old.map(|e| e.oid) == new.map(|e| e.oid) {
            return Ok((Some(Lines::default()), 0));
        }
        let after = new.map_or(Ok(nothing), |entry| self.read(entry))?;
        if is_binary(&after) {
            return Ok(of_binaries());
        }
        let mut changed = Changed::new(terms);
        let around = lines::common(&before, &after);
        let counted = lines::count(&before, &after, around, &mut changed)?;
        Ok((Some(counted), changed.total()))
    }
}

/// Git's own test: a zero byte among the first 8,000.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    memchr(0, &bytes[..bytes.len().min(8000)]).is_some()
}
