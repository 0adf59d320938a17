//! The folder a dump is written into: files that are not a dump's are never replaced.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::guard::exports;
use crate::store::Table;

use super::super::error::CliError;
use super::super::session::shown;
use super::manifest::{COPY, FILE, Manifest, REGISTERED};

/// The largest manifest, in bytes.
const MANIFEST_BYTES: u64 = 1 << 20;

/// Every name that a dump writes.
fn names() -> impl Iterator<Item = String> {
    let stems = Table::ALL.into_iter().map(Table::name);
    let tables = stems.flat_map(|stem| [format!("{stem}.jsonl"), format!("{stem}.csv")]);
    tables.chain([COPY, REGISTERED].map(str::to_owned))
}

/// Makes room in `dir`: what an earlier dump wrote there goes, and the folder says that it holds
/// an unfinished one. A file of a name that is needed, where no dump was written, is an error.
pub(super) fn claim(dir: &Path) -> Result<(), CliError> {
    let dumped = match read(&dir.join(FILE)) {
        Ok(bytes) => Manifest::parse(&bytes).is_ok(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(elsewhere(error, dir)),
    };
    for name in names().chain([FILE.to_owned()]) {
        let path = dir.join(name);
        let is_there = fs::symlink_metadata(&path).is_ok_and(|known| known.is_file());
        if is_there && !dumped {
            let what = format!("{} is there already and is not of a dump", shown(&path));
            return Err(CliError::usage(what).hint("name another folder, or a new one"));
        }
        if is_there {
            fs::remove_file(&path).map_err(|error| elsewhere(error, dir))?;
        }
    }
    write_manifest(dir, &Manifest::new(false, Vec::new())).map_err(|error| elsewhere(error, dir))
}

/// Writes or replaces the manifest.
pub(super) fn write_manifest(dir: &Path, manifest: &Manifest) -> io::Result<()> {
    use io::Write as _;
    let path: PathBuf = dir.join(FILE);
    let mut file = create(&path)?;
    serde_json::to_writer_pretty(&mut file, manifest)?;
    file.write_all(b"\n")
}

/// A new file that only its owner can read; one that is there is replaced, a symlink is refused.
pub(super) fn create(path: &Path) -> io::Result<File> {
    match fs::symlink_metadata(path) {
        Ok(known) if known.is_file() => fs::remove_file(path)?,
        Ok(_) => {
            return Err(io::Error::other(format!(
                "{} is not a plain file",
                shown(path)
            )));
        }
        Err(_) => {}
    }
    // The umask of `guard::early` makes it 0600.
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// The error with the advice to name another folder.
pub(super) fn elsewhere(error: io::Error, dir: &Path) -> CliError {
    CliError::from(error).hint(format!("name another folder than {}", shown(dir)))
}

/// A manifest's bytes.
pub(in super::super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    let file = exports::open(path)?.file;
    file.take(MANIFEST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}
