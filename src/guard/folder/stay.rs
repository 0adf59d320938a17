//! The owner's word about a data folder whose content leaves this machine: it stays there all the
//! same, or another one is used instead. Both are remembered by a small private file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{FolderError, Prepared, check, check_file, judged_but_where, new_file, prepare_where};
use crate::guard::diagnose::place as kind;
use crate::guard::plain;

/// In a folder that stays where it is: which one, and how it leaves.
const HERE: &str = "kept-here";
/// In a folder on this machine: those that it is used instead of, one a line.
const INSTEAD: &str = "instead-of";

/// The largest such file, in bytes.
const FILE_BYTES: u64 = 64 << 10;

/// Whether the owner said that what lies in `dir` (a data folder, or a space in one) may leave this
/// machine in this way. A folder that was moved, or leaves in another way, is asked about again.
pub(in crate::guard) fn given(dir: &Path, how: &str) -> bool {
    // A space lies two folders below the data folder.
    dir.ancestors().take(3).any(|base| {
        let file = base.join(HERE);
        check_file(&file).is_ok()
            && plain::read(&file, FILE_BYTES).is_ok_and(|found| found == words(base, how))
    })
}

fn words(base: &Path, how: &str) -> Vec<u8> {
    let head =
        "# inward keeps its data here by its owner's word. Without this file it asks again.\n";
    let how = format!("\n{how}\n");
    [head.as_bytes(), &plain::bytes_of(base), how.as_bytes()].concat()
}

/// Makes `base` or takes it as [`super::prepare`] does, wherever it lies, and remembers that this is
/// the owner's word. Errors: whatever else speaks against it.
pub fn stay_here(base: &Path) -> Result<Prepared, FolderError> {
    let prepared = prepare_where(base, judged_but_where)?;
    if let Some(how) = kind::leaves(&prepared.dir) {
        put(&prepared.dir.join(HERE), &words(&prepared.dir, &how))?;
    }
    Ok(prepared)
}

/// The folder that is used instead of `base` since the owner said so, of `local` ones; `None` where
/// `base` does not leave this machine, or may.
pub fn instead(base: &Path, local: &[PathBuf]) -> Option<PathBuf> {
    let how = leaving(base)?;
    let real = fs::canonicalize(base).unwrap_or_else(|_| base.to_owned());
    if given(&real, &how) {
        return None;
    }
    let wanted = plain::bytes_of(base);
    let listed = |dir: &&PathBuf| {
        listed(dir)
            .split(|byte| *byte == b'\n')
            .any(|one| one == wanted)
    };
    local.iter().find(listed).cloned()
}

/// Remembers in the prepared folder `dir` that it is used instead of `base`.
pub fn use_instead(dir: &Path, base: &Path) -> Result<(), FolderError> {
    let mut list = listed(dir);
    list.extend_from_slice(&plain::bytes_of(base));
    list.push(b'\n');
    put(&dir.join(INSTEAD), &list)
}

/// The first of `places` that is fit to hold data and does not leave this machine.
pub fn local_place(places: &[PathBuf]) -> Option<&PathBuf> {
    let fit = |place: &&PathBuf| leaving(place).is_none() && check(place).is_ok();
    places.iter().find(fit)
}

/// How what is kept in `dir`, which need not exist, would leave this machine.
fn leaving(dir: &Path) -> Option<String> {
    let there = dir.ancestors().find(|above| above.exists())?;
    kind::leaves(&fs::canonicalize(there).ok()?)
}

fn listed(dir: &Path) -> Vec<u8> {
    let file = dir.join(INSTEAD);
    if check_file(&file).is_err() {
        return Vec::new();
    }
    plain::read(&file, FILE_BYTES).unwrap_or_default()
}

/// Writes a private file whole, in the place of what was there.
fn put(file: &Path, content: &[u8]) -> Result<(), FolderError> {
    check_file(file)?;
    let new = file.with_extension("new");
    let io = |error: io::Error| FolderError::Io(file.to_owned(), error);
    // What an interrupted earlier attempt left behind.
    drop(fs::remove_file(&new));
    let mut out = new_file(&new)?;
    out.write_all(content)
        .and_then(|()| out.sync_all())
        .map_err(io)?;
    fs::rename(&new, file).map_err(io)?;
    // Only then does the new name outlive a power loss.
    #[cfg(unix)]
    if let Some(dir) = file.parent() {
        let synced = fs::File::open(dir).and_then(|dir| dir.sync_all());
        synced.map_err(io)?;
    }
    Ok(())
}
