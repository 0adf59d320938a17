//! The paths in which two trees differ: a merge of two sorted listings that goes down only
//! where ids differ.
//!
//! The folders entered wait on a heap-allocated stack, and every step is counted against the
//! budget, so neither a deep nor a wide "git bomb" can hold the program.

use std::cmp::Ordering;

use memchr::memchr;

use super::change::{Budget, ChangeError, Mode};
use super::objects::{Bytes, Kind, ObjectError, Objects};
use crate::model::ids::Oid;
use crate::model::text::RawPath;

/// The depth at which git itself gives up by default (`core.maxTreeDepth`).
const DEEPEST: usize = 2048;

/// What stands at a path on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) mode: Mode,
    pub(super) oid: Oid,
}

/// A path whose two sides differ; at least one of them is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) path: RawPath,
    pub(super) old: Option<Entry>,
    pub(super) new: Option<Entry>,
}

/// The paths in which `new` differs from `old` (`None`: nothing was there), in the order of
/// the merge, which is git's.
pub(super) fn differences(
    objects: &mut Objects<'_>,
    old: Option<Oid>,
    new: Oid,
    budget: &Budget,
) -> Result<Vec<Difference>, ChangeError> {
    let mut merge = Merge {
        objects,
        budget,
        visited: 0,
        path: Vec::new(),
        path_bytes: 0,
        found: Vec::new(),
    };
    if old != Some(new) {
        merge.run(old, Some(new))?;
    }
    Ok(merge.found)
}

struct Merge<'a, 'repo> {
    objects: &'a mut Objects<'repo>,
    budget: &'a Budget,
    visited: u32,
    path: Vec<u8>,
    /// Of all paths in `found`.
    path_bytes: usize,
    found: Vec<Difference>,
}

/// A folder being merged.
struct Folder {
    old: Listing,
    new: Listing,
    /// Length of its path, the closing slash included.
    path_len: usize,
}

impl Merge<'_, '_> {
    fn run(&mut self, old: Option<Oid>, new: Option<Oid>) -> Result<(), ChangeError> {
        let mut open = vec![self.enter(old, new)?];
        while let Some(folder) = open.last_mut() {
            self.path.truncate(folder.path_len);
            let below = self.step(folder)?;
            match below {
                Step::Done => drop(open.pop()),
                Step::Next => {}
                Step::Below(old, new) => {
                    if open.len() >= DEEPEST {
                        return Err(ChangeError::TooDeep(DEEPEST));
                    }
                    open.push(self.enter(old, new)?);
                }
            }
        }
        Ok(())
    }

    fn enter(&mut self, old: Option<Oid>, new: Option<Oid>) -> Result<Folder, ChangeError> {
        Ok(Folder {
            old: Listing::read(self.objects, old)?,
            new: Listing::read(self.objects, new)?,
            path_len: self.path.len(),
        })
    }

    /// Takes the next entry, or the next pair of the same name, off the folder's listings.
    fn step(&mut self, folder: &mut Folder) -> Result<Step, ChangeError> {
        self.visited += 1;
        if self.visited > self.budget.entries_visited {
            return Err(ChangeError::TooManyEntries(self.budget.entries_visited));
        }
        let (old, new) = (folder.old.peek()?, folder.new.peek()?);
        let order = match (&old, &new) {
            (None, None) => return Ok(Step::Done),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) if a.raw == b.raw => {
                let length = a.raw.len();
                folder.old.at += length;
                folder.new.at += length;
                return Ok(Step::Next);
            }
            (Some(a), Some(b)) => a.cmp_in_git_order(b),
        };
        let old = old.filter(|_| order.is_le());
        let new = new.filter(|_| order.is_ge());
        if let Some(one) = old.as_ref().or(new.as_ref()) {
            self.path.extend_from_slice(one.name);
        }
        let step = self.judge(old.as_ref(), new.as_ref())?;
        let (passed_old, passed_new) = (length_of(old.as_ref()), length_of(new.as_ref()));
        folder.old.at += passed_old;
        folder.new.at += passed_new;
        Ok(step)
    }

    fn judge(
        &mut self,
        old: Option<&Line<'_>>,
        new: Option<&Line<'_>>,
    ) -> Result<Step, ChangeError> {
        // The order puts a folder and a file of one name apart: both sides are of one sort.
        if old.or(new).is_some_and(|one| one.mode.is_none()) {
            let (old, new) = (old.map(|l| l.oid), new.map(|l| l.oid));
            if old == new {
                return Ok(Step::Next);
            }
            self.path.push(b'/');
            return Ok(Step::Below(old, new));
        }
        let (old, new) = (old.and_then(Line::entry), new.and_then(Line::entry));
        // Old modes such as 100664 mean what today's do.
        if old != new {
            if self.found.len() >= self.budget.files_changed as usize {
                return Err(ChangeError::TooManyFiles(self.budget.files_changed));
            }
            self.path_bytes += self.path.len();
            if self.path_bytes > self.budget.path_bytes {
                return Err(ChangeError::PathsTooLong(self.budget.path_bytes));
            }
            self.found.push(Difference {
                path: RawPath::new(&self.path),
                old,
                new,
            });
        }
        Ok(Step::Next)
    }
}

enum Step {
    Done,
    Next,
    Below(Option<Oid>, Option<Oid>),
}

fn length_of(line: Option<&Line<'_>>) -> usize {
    line.map_or(0, |line| line.raw.len())
}

/// A tree's bytes and the place reached in them.
struct Listing {
    tree: Oid,
    bytes: Option<Bytes>,
    at: usize,
}

/// One entry of a listing. `mode` is `None` for a folder.
struct Line<'a> {
    raw: &'a [u8],
    name: &'a [u8],
    mode: Option<Mode>,
    oid: Oid,
}

impl Line<'_> {
    /// Git sorts a folder as if its name ended in a slash.
    fn cmp_in_git_order(&self, other: &Self) -> Ordering {
        let slash = |line: &Self| line.mode.is_none().then_some(b'/');
        let common = self.name.len().min(other.name.len());
        self.name[..common]
            .cmp(&other.name[..common])
            .then_with(|| {
                let mine = self.name[common..].iter().copied().chain(slash(self));
                let its = other.name[common..].iter().copied().chain(slash(other));
                mine.cmp(its)
            })
            .then_with(|| self.mode.is_none().cmp(&other.mode.is_none()))
    }

    fn entry(&self) -> Option<Entry> {
        let oid = self.oid;
        self.mode.map(|mode| Entry { mode, oid })
    }
}

impl Listing {
    fn read(objects: &mut Objects<'_>, tree: Option<Oid>) -> Result<Self, ObjectError> {
        Ok(Self {
            tree: tree.unwrap_or(Oid::ZERO),
            bytes: tree.map(|t| objects.read(t, Kind::Tree)).transpose()?,
            at: 0,
        })
    }

    /// The entry at the place reached; `None` at the end.
    fn peek(&self) -> Result<Option<Line<'_>>, ObjectError> {
        let rest = self.bytes.as_deref().and_then(|b| b.get(self.at..));
        match rest {
            None | Some([]) => Ok(None),
            Some(rest) => match parse(rest) {
                Some(line) => Ok(Some(line)),
                None => Err(ObjectError::Damaged(
                    self.tree,
                    format!("the listing is broken at byte {}", self.at),
                )),
            },
        }
    }
}

/// `mode SP name NUL id`, the mode in octal digits.
fn parse(rest: &[u8]) -> Option<Line<'_>> {
    let space = memchr(b' ', rest.get(..rest.len().min(8))?)?;
    let mode = rest[..space].iter().try_fold(0_u32, |mode, digit| {
        matches!(digit, b'0'..=b'7').then(|| mode << 3 | u32::from(digit & 7))
    })?;
    let name_at = space + 1;
    let name_len = memchr(0, &rest[name_at..])?;
    let oid_at = name_at + name_len + 1;
    let oid = Oid::from_bytes(rest.get(oid_at..oid_at + 20)?)?;
    if space == 0 || name_len == 0 {
        return None;
    }
    Some(Line {
        raw: &rest[..oid_at + 20],
        name: &rest[name_at..name_at + name_len],
        mode: mode_of(mode),
        oid,
    })
}

/// The mode as git reads it: only the type and the owner's execute bit count.
fn mode_of(mode: u32) -> Option<Mode> {
    match mode & 0o170_000 {
        0o040_000 => None,
        0o100_000 if mode & 0o100 != 0 => Some(Mode::Executable),
        0o100_000 => Some(Mode::File),
        0o120_000 => Some(Mode::Link),
        _ => Some(Mode::Submodule),
    }
}
