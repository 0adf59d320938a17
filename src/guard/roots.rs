//! The list of what the owner registered: one small private file beside the store, read before
//! the lock.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::place::Root;

use super::folder::{self, FolderError};
use super::plain::{self, shown};

/// The largest list, in bytes.
const FILE_BYTES: u64 = 8 << 20;

const HEAD: &str =
    "# Repositories and folders that inward reads; `inward add` and `inward repos` write it.\n\n";

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default, rename = "root")]
    roots: Vec<Root>,
}

/// Why the list cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RootsError {
    /// The system refused.
    #[error("the list of repositories {}: {}", shown(.0), .1)]
    Io(PathBuf, #[source] io::Error),
    /// Somebody else's, or a link.
    #[error(transparent)]
    Unsafe(#[from] FolderError),
    /// Not a list of ours.
    #[error("the list of repositories {} is damaged, {}: repair the line or move the file away and run inward add again", shown(.0), .1)]
    Damaged(PathBuf, String),
    /// Sealed, and not by the key at hand.
    #[error("the list of repositories {} is damaged or was altered: put a backup back, or move it away and run `inward encrypt`, which begins an empty one", shown(.0))]
    Altered(PathBuf),
    /// Plain, empty or not there, beside a sealed store.
    #[error("the list of repositories {} is missing or not sealed, and belongs to a sealed store: it was altered, or sealing or unsealing was cut short. It was not read: put a sealed one back, or run `inward encrypt`, which seals what lies there and shows it, or `inward decrypt`", shown(.0))]
    NotSealed(PathBuf),
    /// Paths are written as text.
    #[error("{} is not UTF-8, so it cannot be registered: rename the folder", shown(.0))]
    NotText(PathBuf),
}

/// The registered roots; empty when there is no list yet. Damage is an error, never an empty list.
pub fn read(file: &Path) -> Result<Vec<Root>, RootsError> {
    read_through(file, |bytes| Some(bytes.to_vec()))
}

/// [`read`] of a list whose bytes `open` gives, `None` where they are not what was sealed.
pub fn read_through(
    file: &Path,
    open: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> Result<Vec<Root>, RootsError> {
    let bytes = match plain::read(file, FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        // What should be the folder around the list is a file: name that, not the list.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let dir = file.parent().unwrap_or(file).to_owned();
            return Err(FolderError::Kind(dir, "folder").into());
        }
        Err(error) => return Err(RootsError::Io(file.to_owned(), error)),
    };
    let bytes = open(&bytes).ok_or_else(|| RootsError::Altered(file.to_owned()))?;
    let text = String::from_utf8_lossy(&bytes);
    let list: List = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(0, |span| {
            text.get(..span.start)
                .map_or(0, |before| before.matches('\n').count())
                + 1
        });
        let what = error.message().lines().next().unwrap_or_default();
        RootsError::Damaged(file.to_owned(), format!("line {line}: {what}"))
    })?;
    Ok(list.roots)
}

/// Replaces the list whole: a crash leaves the old one or the new one. Its folder must be
/// prepared.
pub fn write(file: &Path, roots: &[Root]) -> Result<(), RootsError> {
    write_through(file, roots, |bytes| Ok(bytes.to_vec()))
}

/// [`write()`], with what `seal` makes of the list's bytes.
pub fn write_through(
    file: &Path,
    roots: &[Root],
    seal: impl FnOnce(&[u8]) -> io::Result<Vec<u8>>,
) -> Result<(), RootsError> {
    if let Some(root) = roots.iter().find(|root| root.path.to_str().is_none()) {
        return Err(RootsError::NotText(root.path.clone()));
    }
    let list = List {
        roots: roots.to_vec(),
    };
    let io = |error| RootsError::Io(file.to_owned(), error);
    let text = toml::to_string(&list).map_err(|error| io(io::Error::other(error)))?;
    let bytes = seal(format!("{HEAD}{text}").as_bytes()).map_err(io)?;
    let new = file.with_extension("toml.new");
    // Left over from a crash; never followed, because removing takes the link itself.
    drop(fs::remove_file(&new));
    let mut out = folder::new_file(&new)?;
    out.write_all(&bytes).map_err(io)?;
    out.sync_all().map_err(io)?;
    fs::rename(&new, file).map_err(io)?;
    #[cfg(unix)]
    if let Some(dir) = file.parent() {
        fs::File::open(dir)
            .and_then(|dir| dir.sync_all())
            .map_err(io)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(path: &str) -> Root {
        Root {
            path: path.into(),
            trusted: false,
            since: None,
            exclude: vec![],
        }
    }

    #[test]
    fn the_list_comes_back_as_written_and_is_private() {
        let temp = tempfile::tempdir().unwrap();
        let file = temp.path().join("roots.toml");
        assert_eq!(read(&file).unwrap(), []);
        let mut second = root("/b \"quoted\"\nline");
        second.trusted = true;
        second.since = chrono::NaiveDate::from_ymd_opt(2024, 2, 29);
        second.exclude = vec!["vendor/".into()];
        let roots = [root("/a"), second];
        write(&file, &roots).unwrap();
        assert_eq!(read(&file).unwrap(), roots);
        write(&file, &roots[..1]).unwrap();
        assert_eq!(read(&file).unwrap(), roots[..1]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn damage_names_the_line_and_is_never_an_empty_list() {
        let temp = tempfile::tempdir().unwrap();
        let file = temp.path().join("roots.toml");
        for bad in [
            "[[root]]\npath = 3\n",
            "\n\n[[root]\n",
            "[[root]]\npath = '/a'\nother = 1\n",
        ] {
            fs::write(&file, bad).unwrap();
            let error = read(&file).unwrap_err();
            assert!(error.to_string().contains("line "), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_planted_link_at_the_new_file_is_not_written_through() {
        let temp = tempfile::tempdir().unwrap();
        let target = temp.path().join("target");
        fs::write(&target, "keep").unwrap();
        std::os::unix::fs::symlink(&target, temp.path().join("roots.toml.new")).unwrap();
        write(&temp.path().join("roots.toml"), &[root("/a")]).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "keep");
    }
}
