//! A backup, or another store's file, as it is named: where it lies, and what it holds.

use std::path::{Path, PathBuf};

use crate::store::sealed::DataKey;
use crate::store::{Backup, StoreError};

use super::super::error::{CliError, Code};
use super::super::session::{Session, shown, store_error};
use super::damaged;

/// The folder of a file that is to be written or read; it has to be there.
pub(in super::super) fn folder_of(path: &Path) -> Result<PathBuf, CliError> {
    let dir = match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    match dir.metadata() {
        Ok(known) if known.is_dir() && path.file_name().is_some() => Ok(dir.to_owned()),
        Ok(_) => Err(CliError::usage(format!(
            "{} is no file's name",
            shown(path)
        ))),
        Err(error) => {
            let what = format!("{}: {error}", shown(dir));
            Err(CliError::new(Code::Failed, what).hint("make the folder, or name another one"))
        }
    }
}

/// An error of writing it: what to do about a folder that is full.
pub(super) fn written(error: CliError, path: &Path) -> CliError {
    if error.code == Code::NoRoom {
        let what = format!("no room for {}; nothing of it was left there", shown(path));
        return CliError::new(Code::NoRoom, what)
            .hint("free some space, or name a file on another disk");
    }
    error
}

/// Reads and judges the file at `path`; behind the lock.
pub(in super::super) fn read(
    session: &Session,
    (path, key): (&Path, Option<&DataKey>),
) -> Result<Backup, CliError> {
    let now = session.now_utc();
    let read = Backup::read(path, key, now).and_then(|backup| {
        // It is loaded as the dashboard loads it: what does not fit shows now.
        backup.store.dataset(now)?;
        Ok(backup)
    });
    read.map_err(|error| match error {
        StoreError::Damaged { what, .. } => damaged(format!("{}: {what}", shown(path))),
        StoreError::Torn { what, .. } => damaged(format!("{}: {what}", shown(path))),
        StoreError::Changed { .. } => CliError::new(
            Code::Sealed,
            format!("{} is sealed with another key than this one", shown(path)),
        ),
        other => store_error(other),
    })
}
