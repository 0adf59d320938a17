//! The folder a dump is written into: files that are not a dump's are never replaced, and an
//! earlier dump stays until the new one is whole.
//!
//! What the system refuses is told with the file it is about.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::guard::alone::{self, Alone, Use};
use crate::guard::exports::{self, Export};
use crate::guard::folder;
use crate::store::Table;

use super::super::error::CliError;
use super::super::session::{Session, folder_error, shown};
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

/// Whether a copy may lie in `dir`, or come from there: refused where others could change it; a
/// word where they can look into it.
pub(in super::super) fn is_private(session: &mut Session, dir: &Path) -> Result<(), CliError> {
    if folder::open_to_others(dir).map_err(|e| folder_error(&e))? {
        session.say.problem(&format!(
            "inward: others can look into {}: a copy of the store is as private as the store; `chmod \
             go-rwx` closes it",
            shown(dir)
        ));
    }
    Ok(())
}

/// Refuses a folder of the store's own: whoever looks after the data folder does not look for a
/// plain copy in it.
pub(super) fn is_elsewhere(session: &Session, dir: &Path) -> Result<(), CliError> {
    if real(dir).join("inward.db").exists() {
        return Err(within_own(dir));
    }
    is_not_own(session, dir)
}

/// [`is_elsewhere`], but for a folder that holds another store.
pub(in super::super) fn is_not_own(session: &Session, dir: &Path) -> Result<(), CliError> {
    let wanted = real(dir);
    let own = [&session.config.base_dir, &session.config.data_dir];
    if own.iter().any(|own| wanted.starts_with(real(own))) {
        return Err(within_own(dir));
    }
    Ok(())
}

fn within_own(dir: &Path) -> CliError {
    let what = format!("{} is a folder that inward keeps its store in", shown(dir));
    CliError::usage(what)
        .hint("name another folder: a copy among them would be where nobody looks for one")
}

/// The real path of what is there, and the rest as written.
fn real(path: &Path) -> PathBuf {
    let there = path
        .ancestors()
        .find_map(|one| Some((one, one.canonicalize().ok()?)));
    match there {
        Some((one, real)) => real.join(path.strip_prefix(one).unwrap_or(path)),
        None => path.to_owned(),
    }
}

/// Nobody else uses the folder while the answer lives; an error that says so where somebody does.
pub(in super::super) fn alone(dir: &Path, wanted: Use) -> Result<Alone, CliError> {
    let entered = alone::enter(dir, wanted).map_err(|error| elsewhere(error, dir))?;
    entered.ok_or_else(|| {
        CliError::usage(format!(
            "{} is in use by another dump, backup or restore",
            shown(dir)
        ))
        .hint("wait until that one has ended, then run this again; nothing was written")
    })
}

/// Whether a dump may be written into `dir`: nothing of its names lies there that another dump
/// did not write, and no link or folder stands in a file's place.
pub(super) fn judge(dir: &Path) -> Result<(), CliError> {
    match read(&dir.join(FILE)) {
        Ok(bytes) if Manifest::parse(&bytes).is_ok() => return all_plain(dir),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(elsewhere(about(&dir.join(FILE), &error), dir));
        }
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

/// Whether every file of a dump can be replaced: seen before the first one is.
fn all_plain(dir: &Path) -> Result<(), CliError> {
    for path in names().map(|name| dir.join(name)) {
        match fs::symlink_metadata(&path) {
            Ok(known) if !known.is_file() => {
                return Err(elsewhere(about(&path, &not_plain(&known)), dir));
            }
            _ => {}
        }
    }
    Ok(())
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
    let made = OpenOptions::new().write(true).create_new(true).open(&draft);
    made.map_err(|error| about(&draft, &error))
}

/// The error with the file it is about.
pub(super) fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", shown(path)))
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).map_err(|error| about(to, &error))
}

fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path).map_err(|error| about(path, &error))
}

/// Removes a plain file; anything else that is there, a symlink too, is an error and stays.
fn vacate(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(known) if known.is_file() => remove(path),
        Ok(known) => Err(about(path, &not_plain(&known))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(about(path, &error)),
    }
}

/// What lies there in place of a plain file.
fn not_plain(known: &fs::Metadata) -> io::Error {
    io::Error::other(if known.is_symlink() {
        "it is a symbolic link: put the file itself in its place"
    } else {
        "not a plain file"
    })
}

/// Gives every file of a whole dump its name, in place of an earlier dump's; the manifest last.
pub(super) fn place(dir: &Path, files: Vec<Listed>) -> io::Result<()> {
    // Until the end the folder says itself that it holds no whole dump.
    write_manifest(dir, &Manifest::new(false, Vec::new()))?;
    for file in &files {
        let path = dir.join(&file.name);
        vacate(&path)?;
        rename(&draft_of(&path), &path)?;
    }
    let kept = |name: &String| name == FILE || files.iter().any(|file| file.name == *name);
    for path in names()
        .filter(|name| !kept(name))
        .map(|name| dir.join(name))
    {
        if is_file(&path) {
            remove(&path)?;
        }
    }
    // Every name is on the disk before the folder says that it holds a whole dump.
    sync(dir)?;
    write_manifest(dir, &Manifest::new(true, files))?;
    sync(dir)
}

/// Brings the names in a folder to the disk.
fn sync(dir: &Path) -> io::Result<()> {
    folder::sync(dir).map_err(|error| about(dir, &error))
}

fn write_manifest(dir: &Path, manifest: &Manifest) -> io::Result<()> {
    let path = dir.join(FILE);
    let mut file = create(&path)?;
    let mut bytes = serde_json::to_vec_pretty(manifest)?;
    bytes.push(b'\n');
    file.write_all(&bytes)
        .and_then(|()| file.sync_all())
        .map_err(|error| about(&path, &error))?;
    vacate(&path)?;
    rename(&draft_of(&path), &path)
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

/// The error with the folder or the file it is about, and the advice to name another folder.
pub(super) fn elsewhere(error: io::Error, dir: &Path) -> CliError {
    let place = shown(dir);
    let error = if error.to_string().contains(place.as_str()) {
        error
    } else {
        about(dir, &error)
    };
    CliError::from(error).hint(format!(
        "make {place} yours to write, or name another folder"
    ))
}

/// A file of a dump, open for reading; a link is none.
pub(in super::super) fn open(path: &Path) -> io::Result<Export> {
    let known = fs::symlink_metadata(path)?;
    if known.is_symlink() {
        return Err(not_plain(&known));
    }
    exports::open(path)
}

/// A manifest's bytes.
pub(in super::super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = open(path)?.file;
    file.take(MANIFEST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}
