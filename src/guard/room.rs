//! Room on the disk: checked before a store is opened, with a reserve that can be given up.
//!
//! SQLite maps a sparse file while it works; on a full disk touching it kills the process. And
//! without any room not even erasing works. So there is a ballast file to delete.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folder;
use super::plain::shown;

/// What a store needs to work, in bytes.
pub const NEEDED: u64 = 4 << 20;
/// The reserve's size, in bytes.
pub const BALLAST: u64 = 1 << 20;
const NAME: &str = "ballast";

/// The disk is full (exit code 8).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no room in {}: {} KiB are free, {} KiB are needed. Free some, then run this again; nothing was changed",
    shown(.dir), .free / 1024, .needed / 1024
)]
pub struct NoRoom {
    /// Where.
    pub dir: PathBuf,
    /// Bytes that are free.
    pub free: u64,
    /// Bytes that are needed.
    pub needed: u64,
}

/// Whether a store in `dir` has room to work. A system that cannot tell counts as having room.
pub fn check(dir: &Path) -> Result<(), NoRoom> {
    check_for(dir, 0)
}

/// [`check`], for a store that also writes `whole` bytes at once.
pub fn check_for(dir: &Path, whole: u64) -> Result<(), NoRoom> {
    match free(dir) {
        Some(free) => judge(dir, free, NEEDED.max(whole)),
        None => Ok(()),
    }
}

/// [`check`], and then makes sure that the reserve is there. Call before opening a store for
/// writing.
pub fn reserve(dir: &Path) -> Result<(), NoRoom> {
    check(dir)?;
    let file = dir.join(NAME);
    let there = fs::symlink_metadata(&file).is_ok_and(|found| found.len() >= BALLAST);
    if !there {
        // Without a reserve the program works all the same.
        drop(fill(&file));
    }
    Ok(())
}

/// Gives the reserve up, so that erasing works on a full disk: true when there was one.
/// [`reserve`] makes it again later.
pub fn release(dir: &Path) -> bool {
    fs::remove_file(dir.join(NAME)).is_ok()
}

fn judge(dir: &Path, free: u64, needed: u64) -> Result<(), NoRoom> {
    if free >= needed {
        return Ok(());
    }
    Err(NoRoom {
        dir: dir.to_owned(),
        free,
        needed,
    })
}

/// Bytes that this user can still write; 0 when no new file can be made.
#[cfg(unix)]
fn free(dir: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(dir).ok()?;
    // File systems that do not count files say 0 of 0.
    if found.f_files > 0 && found.f_favail == 0 {
        return Some(0);
    }
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free(_dir: &Path) -> Option<u64> {
    None
}

fn fill(path: &Path) -> io::Result<()> {
    drop(fs::remove_file(path));
    let mut file = folder::new_file(path).map_err(io::Error::other)?;
    // Not zeros and no repetition: some file systems would keep nothing of those.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut block = Vec::with_capacity(64 << 10);
    while block.len() < 64 << 10 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        block.extend_from_slice(&state.to_le_bytes());
    }
    let mut written = 0;
    while written < BALLAST {
        block.rotate_left(1);
        file.write_all(&block)?;
        written += block.len() as u64;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reserve_is_real_and_can_be_given_up() {
        let temp = tempfile::tempdir().unwrap();
        reserve(temp.path()).unwrap();
        let file = temp.path().join(NAME);
        let found = fs::metadata(&file).unwrap();
        assert_eq!(found.len(), BALLAST);
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            assert!(found.blocks() * 512 >= BALLAST, "sparse");
            assert_eq!(found.mode() & 0o777, 0o600);
        }
        reserve(temp.path()).unwrap();
        assert!(release(temp.path()) && !release(temp.path()) && !file.exists());
    }

    #[test]
    fn a_full_disk_is_an_error_that_says_what_is_needed() {
        let error = judge(Path::new("/d"), 1 << 20, NEEDED).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("1024 KiB are free, 4096 KiB are needed"),
            "{text}"
        );
        assert!(judge(Path::new("/d"), NEEDED, NEEDED).is_ok());
    }
}
