//! The file as the system sees it: found, made and judged before SQLite touches it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::{StoreError, shown};
use super::{migrations, pragmas};
use crate::model::text::Clean;

pub(super) fn newer(path: &Clean, found: u32) -> StoreError {
    StoreError::Newer {
        path: path.clone(),
        found,
        known: migrations::newest(),
    }
}

/// Judges the first 100 bytes before SQLite may touch the file: a newer store stays byte for
/// byte what it was. `length` is the file's, when nothing is still to be rolled back.
pub(super) fn check_header(
    path: &Clean,
    head: &[u8],
    length: Option<u64>,
) -> Result<(), StoreError> {
    let damaged = |what: &str| {
        Err(StoreError::Damaged {
            path: path.clone(),
            what: what.to_owned(),
        })
    };
    if head.is_empty() {
        return Ok(());
    }
    let word = |at: usize| {
        head.get(at..at + 4)
            .and_then(|four| four.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    if !begins_as_store(head) {
        return damaged("it does not begin as a store does");
    }
    let (layout, application) = (word(60), word(68));
    if layout > migrations::newest() {
        return Err(newer(path, layout));
    }
    if layout > 0 && i32::try_from(application) != Ok(pragmas::APPLICATION_ID) {
        return damaged("it is another program's database");
    }
    if word(44) > 4 {
        return damaged("its tables are in a form that there is not");
    }
    let page = match word(14) & 0xffff {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    // The page count holds only if it was written together with the last change.
    let counted = word(24) == word(92);
    if counted && length.is_some_and(|length| length < u64::from(word(28)) * page) {
        return damaged("its end is cut off");
    }
    Ok(())
}

/// Whether these are the first 100 bytes of a SQLite file.
pub(super) fn begins_as_store(head: &[u8]) -> bool {
    head.len() >= 100 && head.starts_with(b"SQLite format 3\0")
}

/// `path` with the real path of its folder, so that only its last part can be a link.
pub(super) fn settle(path: &Path) -> Result<PathBuf, StoreError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = folder
        .canonicalize()
        .map_err(|e| StoreError::io(folder, "looking into", e))?;
    path.file_name()
        .map(|name| folder.join(name))
        .ok_or_else(|| StoreError::Unsafe {
            path: shown(path),
            what: "a folder",
        })
}

/// Whether a plain file is at `path`; anything else that is not nothing is refused.
pub(super) fn exists(path: &Path) -> Result<bool, StoreError> {
    let what = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => return Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(StoreError::io(path, "looking at", error)),
        Ok(meta) if meta.is_symlink() => "a link",
        Ok(meta) if meta.is_dir() => "a folder",
        Ok(_) => "a device",
    };
    let path = shown(path);
    Err(StoreError::Unsafe { path, what })
}

/// Makes the empty file 0600 before SQLite sees it; SQLite gives its journal the same mode.
/// `O_CREAT | O_EXCL` never follows a link.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    match private().open(path) {
        Ok(_) => Ok(()),
        // Another inward was quicker; what it made is judged when it is opened.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => exists(path).map(drop),
        Err(error) => Err(StoreError::io(path, "making", error)),
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

pub(super) fn write_draft(draft: &Path, image: &[u8]) -> Result<(), StoreError> {
    let failed = |error| StoreError::io(draft, "writing", error);
    let mut file = private().open(draft).map_err(failed)?;
    file.write_all(image).map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// Gives the draft its name, never over another file.
pub(super) fn place_draft(draft: &Path, path: &Path) -> Result<(), StoreError> {
    match fs::hard_link(draft, path) {
        Ok(()) => drop(fs::remove_file(draft)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(StoreError::Exists { path: shown(path) });
        }
        // Not every file system has hard links.
        Err(_) => fs::rename(draft, path).map_err(|e| StoreError::io(path, "making", e))?,
    }
    if let Some(folder) = path.parent() {
        let folder = File::open(folder).and_then(|folder| folder.sync_all());
        folder.map_err(|e| StoreError::io(path, "making", e))?;
    }
    Ok(())
}

/// The rollback journal beside the store.
pub(super) fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}
