//! What says that a store was sealed, outside of the file itself: who puts a plain file in its
//! place is found out, unless everything beside it was replaced too.
//!
//! The mark in the lock file is set after the sealed file took its place and taken back before it
//! loses it, so that whatever is cut short never leaves a mark beside a store that was always plain.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::super::error::{StoreError, shown};
use super::save::{self, Held};
use super::{is_parcel, is_sealed};
use crate::model::text::Clean;

/// What the lock file holds beside a sealed store.
const MARK: &[u8] = b"the store beside this file is sealed\n";

impl Held {
    /// Marks the store as a sealed one; on a full disk the next write does.
    pub(super) fn mark(&self) {
        let file = &self.0;
        let marked = file
            .metadata()
            .is_ok_and(|found| found.len() == MARK.len() as u64);
        if marked {
            return;
        }
        let write = || {
            file.set_len(0)?;
            let mut out: &File = file;
            out.write_all(MARK)?;
            file.sync_all()
        };
        drop(write());
    }

    /// Takes the mark back: the store is about to become a plain one.
    pub(super) fn unmark(&self) -> std::io::Result<()> {
        self.0.set_len(0)?;
        self.0.sync_all()
    }
}

/// The files beside the store at `path` that say it is sealed: its earlier generation, its lock file
/// and, where it is given, the list of repositories.
pub fn witnesses(path: &Path, roots: Option<&Path>) -> Vec<PathBuf> {
    let (earlier, lock) = (save::previous(path), save::lock_of(path));
    let marked = |file: &Path| {
        let plain = fs::symlink_metadata(file).is_ok_and(|found| found.is_file());
        // Whatever was written there: cut short or altered, it still is no plain store's.
        plain && fs::metadata(file).is_ok_and(|found| found.len() > 0)
    };
    let mut all = Vec::new();
    if is_sealed(&earlier) {
        all.push(earlier);
    }
    if marked(&lock) {
        all.push(lock);
    }
    all.extend(roots.filter(|roots| is_parcel(roots)).map(Path::to_owned));
    all
}

/// Refuses what lies at `path` where `witnesses` say that a sealed store belongs there: nothing, an
/// empty file, or any other.
///
/// # Errors
/// [`StoreError::Lost`] and [`StoreError::Replaced`], which name what to do.
pub fn refuse_for(path: &Path, witnesses: &[PathBuf]) -> Result<(), StoreError> {
    if witnesses.is_empty() || is_sealed(path) {
        return Ok(());
    }
    let next = next(path, witnesses);
    let empty = fs::symlink_metadata(path).map_or(true, |found| found.len() == 0);
    let path = shown(path);
    Err(if empty {
        StoreError::Lost { path, next }
    } else {
        StoreError::Replaced { path, next }
    })
}

/// [`refuse_for`] the files beside `path`.
pub(in crate::store) fn refuse_lookalike(path: &Path) -> Result<(), StoreError> {
    refuse_for(path, &witnesses(path, None))
}

/// How to put it right.
fn next(path: &Path, witnesses: &[PathBuf]) -> String {
    let earlier = save::previous(path);
    let back = if is_sealed(&earlier) {
        format!(
            "copy {} to its place, which lacks what the last save held, or put a backup back",
            shown(&earlier)
        )
    } else {
        "put a backup of the sealed file back".to_owned()
    };
    let names: Vec<Clean> = witnesses.iter().map(|one| shown(one)).collect();
    let names: Vec<&str> = names.iter().map(Clean::as_str).collect();
    format!(
        "{back}; if you want to begin anew or put that file there yourself, run `inward lock` and move away what \
         says that a sealed one was there: {}",
        names.join(", ")
    )
}

/// What to do about a sealed store that does not open. `opens` tells whether an earlier generation
/// is whole, where a key is known to try it with.
pub(super) fn way_back(path: &Path, opens: Option<&dyn Fn(&Path) -> bool>) -> String {
    let earlier = save::previous(path);
    let (here, name) = (shown(path), shown(&earlier));
    let put_back = format!("move {here} aside and copy {name} to its place");
    if !is_sealed(&earlier) {
        return "no earlier generation lies beside it: put a backup back. Without one `inward rebuild` sets it \
                aside, reads again what git and exports hold, and takes notes and goals from the second place"
            .to_owned();
    }
    match opens.map(|opens| opens(&earlier)) {
        Some(true) => {
            format!("{name} is whole, and lacks only what the last save held: {put_back}")
        }
        Some(false) => format!(
            "{name} does not open either: put a backup back, or `inward rebuild` reads again what git and exports hold"
        ),
        None => format!("{name} is one save older and lacks what the last one held: {put_back}"),
    }
}
