//! The way to the disk: whole or not at all, one writer at a time, one earlier generation kept.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::super::error::shown;
use super::super::{BUSY_SECONDS, StoreError};

/// How long one waits before looking at a lock again.
const AGAIN: Duration = Duration::from_millis(5);

/// `path` with `end` added to its name.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(OsStr::new(end));
    PathBuf::from(name)
}

/// The generation before the one at `path`.
pub(super) fn previous(path: &Path) -> PathBuf {
    beside(path, ".previous")
}

/// The file that is locked while somebody writes.
pub(super) fn lock_of(path: &Path) -> PathBuf {
    beside(path, ".lock")
}

/// The right to write, for as long as it lives; the system takes it back from a killed process.
#[derive(Debug)]
pub(super) struct Held(pub(super) File);

/// Waits for the right to write the store at `path`, up to [`BUSY_SECONDS`].
pub(super) fn lock(path: &Path, doing: &'static str) -> Result<Held, StoreError> {
    let name = lock_of(path);
    let failed = |error| StoreError::io(&name, "opening", error);
    let file = lock_file(&name).map_err(failed)?;
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Held(file)),
            Err(TryLockError::WouldBlock) if began.elapsed().as_secs() < BUSY_SECONDS => {
                thread::sleep(AGAIN);
            }
            Err(TryLockError::WouldBlock) => {
                let path = shown(path);
                return Err(StoreError::Busy { path, doing });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// A new file of the owner's alone; `O_CREAT | O_EXCL` never follows a link.
fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// The lock file, made if it is not there; a link in its place is refused.
fn lock_file(path: &Path) -> io::Result<File> {
    match create_new(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if !fs::symlink_metadata(path)?.is_file() {
                return Err(io::Error::other("not a plain file: remove it"));
            }
            OpenOptions::new().write(true).open(path)
        }
        made => made,
    }
}

/// Writes `bytes` into a new file beside `path` (0600, never through a link) and to the disk.
pub(super) fn write_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let new = beside(path, ".saving");
    // What a killed save left behind; removing takes a link itself.
    drop(fs::remove_file(&new));
    write_named(&new, bytes).map_err(|error| StoreError::io(path, "saving", error))?;
    Ok(new)
}

/// Writes `bytes` into a new file at `path` (0600, never through a link) and to the disk; nothing
/// is left of one that cannot be written whole.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_named(path, bytes).map_err(|error| StoreError::io(path, "writing", error))
}

fn write_named(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_new(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        drop(fs::remove_file(path));
    }
    written
}

/// [`write_beside`], giving up the earlier generation where there is no room otherwise: what stands
/// at `path` stays whole until the new file takes its place.
pub(super) fn write_at_any_price(
    path: &Path,
    bytes: &[u8],
    doing: &'static str,
) -> Result<PathBuf, StoreError> {
    match write_beside(path, bytes) {
        Err(StoreError::Full { .. }) => {}
        other => return other,
    }
    // None to give up is found out by the second attempt.
    drop(fs::remove_file(previous(path)));
    write_beside(path, bytes).map_err(|error| match error {
        StoreError::Full { path, .. } => StoreError::FullWhole {
            path,
            doing,
            needed: bytes.len() as u64,
        },
        other => other,
    })
}

/// Puts `new` in the place of `path`; with `keep`, what stood there becomes the earlier
/// generation, else none is left.
pub(super) fn swap(new: &Path, path: &Path, keep: bool) -> Result<(), StoreError> {
    let failed = |error| StoreError::io(path, "saving", error);
    let earlier = previous(path);
    match fs::remove_file(&earlier) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    if keep {
        // Not every file system has hard links; the store itself does not need one.
        drop(fs::hard_link(path, &earlier));
    }
    fs::rename(new, path).map_err(failed)?;
    sync_folder(path).map_err(failed)
}

/// Writes the folder of `path` to the disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Overwrites every byte of `file` with zeros, on the disk.
pub(super) fn overwrite(file: &mut File) -> io::Result<()> {
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let zeros = vec![0; 64 << 10];
    while left > 0 {
        let part = usize::try_from(left).map_or(zeros.len(), |left| left.min(zeros.len()));
        file.write_all(zeros.get(..part).unwrap_or(&zeros))?;
        left -= part as u64;
    }
    file.sync_all()
}
