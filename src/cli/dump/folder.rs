//! The folder a dump is written into: files that are not a dump's are never replaced, and an
//! earlier dump stays until the new one is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::guard::exports;
use crate::store::Table;

use super::super::error::CliError;
use super::super::session::shown;
use super::manifest::{COPY, FILE, Listed, Manifest, REGISTERED};

/// The largest manifest, in bytes.
const MANIFEST_BYTES: u64 = 1 << 20;

/// What the name of a file ends in until the dump is whole.
const DRAFT: &str = ".new";

/// Every name that a dump writes.
fn names() -> impl Iterator<Item = String> {
    let stems = Table::ALL.into_iter().map(Table::name);
    let tables = stems.flat_map(|stem| [format!("{stem}.jsonl"), format!("{stem}.csv")]);
    tables.chain([COPY, REGISTERED, FILE].map(str::to_owned))
}

/// Whether a dump may be written into `dir`: nothing of its names lies there that another dump
/// did not write.
pub(super) fn judge(dir: &Path) -> Result<(), CliError> {
    match read(&dir.join(FILE)) {
        Ok(bytes) if Manifest::parse(&bytes).is_ok() => return Ok(()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(elsewhere(error, dir)),
        _ => {}
    }
    match names()
        .map(|name| dir.join(name))
        .find(|path| is_file(path))
    {
        None => Ok(()),
        Some(path) => {
            let what = format!("{} is there already and is not of a dump", shown(&path));
            Err(CliError::usage(what).hint("name another folder, or a new one"))
        }
    }
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|known| known.is_file())
}

fn draft_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(DRAFT);
    name.into()
}

/// A file that gets its name with [`place`]; only its owner can read it.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let draft = draft_of(path);
    // Left over from a dump that was killed.
    vacate(&draft)?;
    // The umask of `guard::early` makes it 0600.
    OpenOptions::new().write(true).create_new(true).open(draft)
}

/// Removes a plain file; anything else that is there, a symlink too, is an error and stays.
fn vacate(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(known) if known.is_file() => fs::remove_file(path),
        Ok(_) => Err(io::Error::other(format!(
            "{} is not a plain file",
            shown(path)
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Gives every file of a whole dump its name, in place of an earlier dump's; the manifest last.
pub(super) fn place(dir: &Path, files: Vec<Listed>) -> io::Result<()> {
    // Until the end the folder says itself that it holds no whole dump.
    write_manifest(dir, &Manifest::new(false, Vec::new()))?;
    for file in &files {
        let path = dir.join(&file.name);
        vacate(&path)?;
        fs::rename(draft_of(&path), &path)?;
    }
    let kept = |name: &String| name == FILE || files.iter().any(|file| file.name == *name);
    for path in names()
        .filter(|name| !kept(name))
        .map(|name| dir.join(name))
    {
        if is_file(&path) {
            fs::remove_file(path)?;
        }
    }
    write_manifest(dir, &Manifest::new(true, files))
}

fn write_manifest(dir: &Path, manifest: &Manifest) -> io::Result<()> {
    let path = dir.join(FILE);
    let mut file = create(&path)?;
    serde_json::to_writer_pretty(&mut file, manifest)?;
    file.write_all(b"\n")?;
    vacate(&path)?;
    fs::rename(draft_of(&path), path)
}

/// Removes what a dump that failed has written so far.
pub(super) fn give_up(dir: &Path) {
    for name in names() {
        let draft = draft_of(&dir.join(name));
        if is_file(&draft) {
            // It is a draft by its name; the failure itself is what there is to tell.
            drop(fs::remove_file(draft));
        }
    }
}

/// The error with the advice to name another folder.
pub(super) fn elsewhere(error: io::Error, dir: &Path) -> CliError {
    CliError::from(error).hint(format!("name another folder than {}", shown(dir)))
}

/// A manifest's bytes.
pub(in super::super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = exports::open(path)?.file;
    file.take(MANIFEST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}
