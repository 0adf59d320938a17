//! Where the second place lies, and how it gets there: whole or not at all, and of what it replaces no byte
//! is left that can be reached.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use rusqlite::Connection;

use super::super::error::StoreError;
use super::super::file::exists;
use super::super::sealed::{self, Seal};
use super::held;

/// So many of other stores are told apart by a number.
const NAMES: u32 = 999;

/// Where it lies, beside the store at `path`.
pub fn second_place(path: &Path) -> PathBuf {
    ending(path, ".words")
}

fn draft(path: &Path) -> PathBuf {
    ending(path, ".words.new")
}

fn ending(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Which file it is and when it changed last, so that a change by another process shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    file: (u64, u64),
    changed: (i64, i64),
}

impl Seen {
    /// `None` where none is, or the system cannot say.
    pub(super) fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let meta = fs::symlink_metadata(second_place(path)).ok()?;
            Some(Self {
                file: (meta.ino(), meta.len()),
                changed: (meta.ctime(), meta.ctime_nsec()),
            })
        }
        #[cfg(not(unix))]
        {
            let _ = path;
            None
        }
    }
}

/// Whether a file of the right kind is there and nothing is due.
pub(super) fn is_settled(path: &Path, is_sealed: bool) -> bool {
    let place = second_place(path);
    let is_file = fs::symlink_metadata(&place).is_ok_and(|meta| meta.is_file());
    is_file && !is_due(path) && sealed::is_sealed(&place) == is_sealed
}

/// Whether what is there may lack the last change, or hold one that does not stand.
pub(super) fn is_due(path: &Path) -> bool {
    fs::symlink_metadata(second_place(path))
        .and_then(|meta| meta.modified())
        .is_ok_and(|time| time == UNIX_EPOCH)
}

/// Notes that what is there may not be what it has to be.
pub(super) fn mark_due(path: &Path) {
    set_time(&second_place(path), Duration::ZERO);
}

/// Notes that it is.
pub(super) fn mark_settled(path: &Path, now_utc: i64) {
    let seconds = u64::try_from(now_utc).unwrap_or_default().max(1);
    set_time(&second_place(path), Duration::from_secs(seconds));
}

fn set_time(file: &Path, since: Duration) {
    // It is a hint: without it one opening more or less looks again.
    if fs::symlink_metadata(file).is_ok_and(|meta| meta.is_file()) {
        let file = OpenOptions::new().write(true).open(file);
        drop(file.and_then(|file| file.set_modified(UNIX_EPOCH + since)));
    }
}

/// Gives what lies there a name of its own: nobody deletes the words of a store that may be missed yet.
pub(super) fn set_aside(path: &Path) -> std::io::Result<()> {
    let names = (1..=NAMES).map(|n| ending(path, &format!(".words.aside-{n}")));
    let mut free = names.filter(|name| name.symlink_metadata().is_err());
    match free.next() {
        Some(name) => fs::rename(second_place(path), name),
        None => Err(std::io::Error::other("too many were set aside")),
    }
}

/// Writes the image there, sealed as the store is; its time says that it is due until the deed stands.
pub(super) fn write(path: &Path, seal: Option<&Seal>, image: &[u8]) -> Result<(), StoreError> {
    let sealed;
    let bytes = match seal {
        Some(seal) => {
            sealed = seal.seal_image(image)?;
            &sealed
        }
        None => image,
    };
    let (draft, place) = (draft(path), second_place(path));
    // Of a write that was cut short.
    wipe(&draft)?;
    match sealed::write_new_file(&draft, bytes) {
        Err(StoreError::Full { .. }) => {
            // What was forgotten must not stay for want of room; the store itself is whole.
            wipe(&place)?;
            sealed::write_new_file(&draft, bytes)?;
        }
        other => other?,
    }
    set_time(&draft, Duration::ZERO);
    let failed = |error| StoreError::io(&place, "writing", error);
    let mut old = plain(&place).map_err(failed)?;
    fs::rename(&draft, &place).map_err(failed)?;
    sealed::sync_folder(&place).map_err(failed)?;
    old.as_mut()
        .map_or(Ok(()), sealed::overwrite)
        .map_err(failed)
}

/// The plain file there, to be overwritten.
fn plain(file: &Path) -> std::io::Result<Option<File>> {
    let is_file = fs::symlink_metadata(file).is_ok_and(|meta| meta.is_file());
    if !is_file || sealed::is_sealed(file) {
        return Ok(None);
    }
    OpenOptions::new().write(true).open(file).map(Some)
}

/// Overwrites a plain file and removes it; none is fine.
fn wipe(file: &Path) -> Result<(), StoreError> {
    if fs::symlink_metadata(file).is_err() {
        return Ok(());
    }
    let failed = |error| StoreError::io(file, "removing", error);
    if let Some(mut plain) = plain(file).map_err(failed)? {
        sealed::overwrite(&mut plain).map_err(failed)?;
    }
    fs::remove_file(file).map_err(failed)
}

/// Takes it away, overwritten where it is plain: the store is about to be sealed, unsealed, or given
/// another key.
pub(in crate::store) fn remove(path: &Path) -> Result<(), StoreError> {
    for file in [second_place(path), draft(path)] {
        if exists(&file)? {
            wipe(&file)?;
        }
    }
    Ok(())
}

/// Takes the second place of the store at `path` away, and a draft of it: overwritten where they are plain.
///
/// # Errors
/// When something else is there, or the system refuses.
pub fn wipe_second_place(path: &Path) -> Result<(), StoreError> {
    remove(path)
}

/// Whether this is a second place, and no store.
pub(in crate::store) fn is_one(conn: &Connection) -> rusqlite::Result<bool> {
    held(conn).map(|held| held.is_some())
}
