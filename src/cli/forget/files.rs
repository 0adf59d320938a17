//! The files around the store: the list of repositories, drafts and backups of inward's own, and what
//! the owner put there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::cli::dump::manifest;
use crate::cli::error::{CliError, Code};
use crate::cli::session::{Session, store_error};
use crate::guard::diagnose;
use crate::report::words::counted;
use crate::store::wipe_second_place;

use super::name;
use super::what::What;

/// What inward itself writes beside the store, under the store's name and one of these endings.
const BESIDE: &[&str] = &[
    ".new",
    ".previous",
    ".previous.new",
    ".words.new",
    ".rebuilding",
    ".rebuilding.lock",
    ".rebuilding.words",
    ".rebuilding-journal",
    "-wal",
    "-shm",
];
/// Folders below the data folder that are no part of this record.
const SPACES: &str = "spaces";

/// The folder of drafts, where it is there.
pub(super) fn outbox(session: &Session) -> Option<PathBuf> {
    let own = session.config.data_dir.join("outbox");
    let dir = session.config.outbox.clone().unwrap_or(own);
    dir.is_dir().then(|| dir.canonicalize().unwrap_or(dir))
}

/// Takes forgotten places from the list of repositories; all of it with everything.
pub(super) fn unregister(session: &mut Session, what: &What) -> Result<(), CliError> {
    let before = session.roots.len();
    session
        .roots
        .retain(|root| !what.places.contains(&root.path));
    if session.roots.len() == before {
        return Ok(());
    }
    session.write_roots()
}

/// Removes what inward left beside the store: drafts of writes that were cut short, and backups.
pub(super) fn remove_drafts(session: &Session) -> Result<(), CliError> {
    let store = session.config.store.as_os_str();
    for ending in BESIDE {
        let mut path = store.to_owned();
        path.push(ending);
        remove(Path::new(&path))?;
    }
    remove(&session.config.roots.with_extension("toml.new"))
}

/// Removes every file of inward's; what is left in the folder, by name.
pub(super) fn remove_all(session: &mut Session) -> Result<Vec<String>, CliError> {
    let config = &session.config;
    let beside = |end: &str| {
        let mut name = config.store.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    for file in [
        &config.store,
        &beside("-journal"),
        &beside(".saving"),
        // Of a sealed store it says that it was one.
        &beside(".lock"),
        &config.roots,
        &config.roots.with_extension("toml.next"),
        &config.data_dir.join("ballast"),
    ] {
        remove(file)?;
    }
    wipe_second_place(&session.config.store).map_err(store_error)?;
    session.roots.clear();
    let mut left = Vec::new();
    for entry in fs::read_dir(&session.config.data_dir)? {
        left.push(name(&entry?.path()));
    }
    left.sort();
    Ok(left)
}

fn remove(file: &Path) -> Result<(), CliError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(CliError::new(
            Code::Failed,
            format!("{} cannot be removed: {error}", name(file)),
        )),
        _ => Ok(()),
    }
}

/// What legitimately stands in other files than the store: in what, and its bytes.
pub(super) fn staying(session: &Session) -> Vec<(String, Vec<u8>)> {
    let paths = session.roots.iter().flat_map(|root| {
        let path = root.path.as_os_str().as_encoded_bytes().to_vec();
        [
            vec![path],
            root.exclude
                .iter()
                .map(|one| one.clone().into_bytes())
                .collect(),
        ]
        .concat()
    });
    let paths: Vec<Vec<u8>> = paths.collect();
    vec![("list of repositories".to_owned(), paths.join(&b'\n'))]
}

/// Folders whose files are the owner's (the outbox, dumps), and those of other records.
pub(super) fn sides(session: &Session, outbox: Option<&Path>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let dir = &session.config.data_dir;
    let mut yours: Vec<PathBuf> = outbox.map(Path::to_owned).into_iter().collect();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.join(manifest::FILE).is_file() {
            yours.push(path);
        }
    }
    (yours, vec![dir.join(SPACES)])
}

/// How many files lie in a folder.
pub(super) fn count(dir: &Path) -> usize {
    fs::read_dir(dir).map_or(0, |inside| {
        inside.flatten().filter(|one| one.path().is_file()).count()
    })
}

/// What to say where the store's file has another name on the disk; to be asked before it changes.
pub(super) fn other_names(session: &Session) -> Option<String> {
    let store = &session.config.store;
    let found = fs::symlink_metadata(store).ok()?;
    let (names, number) = diagnose::names(&found).filter(|(names, _)| *names > 1)?;
    let more = counted(names - 1, "other name", "other names");
    let (file, finds) = (
        name(store),
        format!("`find / -xdev -inum {number}` shows where"),
    );
    Some(if session.is_sealed() {
        format!(
            "{file} had {more} on this disk (hard links), which still hold what was forgotten, sealed: {finds}"
        )
    } else {
        format!(
            "{file} had {more} on this disk (hard links) to the very file that was erased in: {finds}"
        )
    })
}
