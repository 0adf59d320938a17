//! A fingerprint of where the refs are, from file times alone: equal means nothing is new.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::error::GitError;
use super::files::is_absent;
use super::sum::Sum;
use crate::model::place::Place;

/// A fingerprint of a repository's refs.
///
/// git replaces `HEAD`, `packed-refs` and every ref by renaming, which changes the time of the
/// folder; so two equal stamps mean that no ref moved, unless the stamp is young: a change
/// within the clock's grain after it would not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    bytes: [u8; 24],
}

/// File clocks are believed to this many seconds.
const GRAIN_SECONDS: i64 = 2;

impl Stamp {
    /// The fingerprint, to be stored and compared: 24 bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// When the newest file in it changed, UTC seconds.
    pub fn newest_utc(&self) -> i64 {
        let mut newest = [0; 8];
        newest.copy_from_slice(&self.bytes[16..]);
        i64::from_be_bytes(newest)
    }

    /// Whether something changed so shortly before `now_utc` that an equal stamp proves nothing.
    pub fn is_young(&self, now_utc: i64) -> bool {
        self.newest_utc() > now_utc.saturating_sub(GRAIN_SECONDS)
    }
}

/// The stamp of `place` as it is now, with its reflogs if those are read; reads no file. The error
/// says that a folder of it cannot be listed.
pub fn stamp(place: &Place, reflog: bool) -> Result<Stamp, GitError> {
    let mut times = Times {
        sum: Sum::default(),
        newest: i64::MIN,
    };
    let unreadable = |error| GitError::unreadable(&place.path, "refs", error);
    let common = &place.common_dir;
    for name in [
        "HEAD",
        "packed-refs",
        "shallow",
        "config",
        "worktrees",
        "info/grafts",
    ] {
        times.file(&common.join(name)).map_err(unreadable)?;
    }
    // An entry in the middle of the stash goes without moving a ref.
    times
        .file(&common.join("logs/refs/stash"))
        .map_err(unreadable)?;
    // What the logs of branches say moves a ref too, or is in a log of HEAD.
    let mut logs = |folder: &Path| {
        if reflog {
            times.file(&folder.join("logs/HEAD")).map_err(unreadable)
        } else {
            Ok(())
        }
    };
    logs(common)?;
    let trees = sorted_folders(&common.join("worktrees")).map_err(unreadable)?;
    for folder in &trees {
        logs(folder)?;
    }
    times.folders(&common.join("refs")).map_err(unreadable)?;
    times
        .folders(&common.join("reftable"))
        .map_err(unreadable)?;
    if place.git_dir != *common {
        times
            .file(&place.git_dir.join("HEAD"))
            .map_err(unreadable)?;
        times
            .folders(&place.git_dir.join("refs"))
            .map_err(unreadable)?;
    }
    for folder in trees {
        times.file(&folder.join("HEAD")).map_err(unreadable)?;
    }
    Ok(times.finish())
}

/// File times on their way to a stamp.
struct Times {
    sum: Sum,
    newest: i64,
}

impl Times {
    fn file(&mut self, path: &Path) -> io::Result<()> {
        self.sum.add(path.as_os_str().as_encoded_bytes());
        match fs::symlink_metadata(path) {
            Ok(about) => {
                let times = times(&about);
                for part in times {
                    self.sum.add(&part.to_be_bytes());
                }
                self.newest = self.newest.max(times[0]);
                Ok(())
            }
            Err(error) if is_absent(&error) => {
                self.sum.add(b"absent");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// `top` and every folder below it.
    fn folders(&mut self, top: &Path) -> io::Result<()> {
        let mut left = vec![top.to_path_buf()];
        while let Some(folder) = left.pop() {
            self.file(&folder)?;
            left.extend(sorted_folders(&folder)?);
        }
        Ok(())
    }

    fn finish(self) -> Stamp {
        let mut bytes = [0; 24];
        bytes[..16].copy_from_slice(&self.sum.bytes());
        bytes[16..].copy_from_slice(&self.newest.to_be_bytes());
        Stamp { bytes }
    }
}

/// The folders in `folder`, sorted; none when it does not exist.
fn sorted_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.push(entry.path());
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Seconds, nanoseconds, inode and size: what a replaced file cannot keep.
#[cfg(unix)]
fn times(about: &Metadata) -> [i64; 4] {
    use std::os::unix::fs::MetadataExt;
    [
        about.mtime(),
        about.mtime_nsec(),
        about.ino().cast_signed(),
        about.len().cast_signed(),
    ]
}

/// Seconds, nanoseconds and size, where there is no inode.
#[cfg(not(unix))]
fn times(about: &Metadata) -> [i64; 4] {
    let since = about
        .modified()
        .ok()
        .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
        .unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    [
        seconds,
        i64::from(since.subsec_nanos()),
        0,
        about.len().cast_signed(),
    ]
}
