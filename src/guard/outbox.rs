//! The outbox: the one folder into which the dashboard writes files for others to read.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::diagnose::place as kind;
use super::folder::{self, FolderError};
use super::plain::shown;

/// A folder that was fit to write into when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    dir: PathBuf,
    leaves: Option<String>,
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The folder is not what it was.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// No room for it.
    #[error("no room in {}: free some, then try again; nothing was written", shown(.0))]
    NoRoom(PathBuf),
    /// So many names were taken.
    #[error("{}: too many files of this name; move some away", shown(.0))]
    Names(PathBuf),
    /// Something of this name is there.
    #[error("{} is there already, and nothing is written over it: name another file", shown(.0))]
    Taken(PathBuf),
    /// The system refused.
    #[error("{}: {}; nothing was written", shown(.0), .1)]
    Io(PathBuf, #[source] io::Error),
}

/// So many files of one name are told apart by a number.
const NAMES: usize = 999;

impl Outbox {
    /// Takes the folder `dir`, or makes it (0700) where its parent is there. What is in it, and who
    /// may read it, is left as it is: a folder that was configured is the owner's own business.
    ///
    /// # Errors
    /// A link, no folder, somebody else's, or one that cannot be made.
    pub fn prepare(dir: &Path) -> Result<Self, FolderError> {
        let dir = folder::take(dir)?;
        let leaves = kind::leaves(&dir);
        Ok(Self { dir, leaves })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// How what is written here leaves this machine, as far as that is known.
    pub fn leaves(&self) -> Option<&str> {
        self.leaves.as_deref()
    }

    /// The path that a file called `name` would get now.
    pub fn free(&self, name: &str) -> PathBuf {
        let all = names(name).map(|name| self.dir.join(name));
        let mut free = all.filter(|path| fs::symlink_metadata(path).is_err());
        free.next().unwrap_or_else(|| self.dir.join(name))
    }

    /// Writes a new private file (0600) called `name`, or `name-2` and so on where that is taken;
    /// its path. Nothing is ever written over or through a link, and half a file is taken away.
    ///
    /// # Errors
    /// When the folder changed, the disk is full or the system refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, OutboxError> {
        folder::check_own_folder(&self.dir)?;
        let (path, file) = self.create(name)?;
        self.fill(path, file, bytes, None)
    }

    /// The same with `modified` as the time of its last change, so that the file does not tell when it
    /// was written; with `exactly`, only under this very name.
    ///
    /// # Errors
    /// As [`Outbox::write`]; with `exactly` also when something of this name is there.
    pub fn write_dated(
        &self,
        (name, exactly): (&str, bool),
        bytes: &[u8],
        modified: SystemTime,
    ) -> Result<PathBuf, OutboxError> {
        folder::check_own_folder(&self.dir)?;
        let (path, file) = if exactly {
            let path = self.dir.join(name);
            match folder::new_file(&path) {
                Ok(file) => (path, file),
                Err(FolderError::Io(_, error)) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(OutboxError::Taken(path));
                }
                Err(FolderError::Io(_, error)) => return Err(self.refused(error)),
                Err(error) => return Err(error.into()),
            }
        } else {
            self.create(name)?
        };
        self.fill(path, file, bytes, Some(modified))
    }

    fn fill(
        &self,
        path: PathBuf,
        mut file: File,
        bytes: &[u8],
        modified: Option<SystemTime>,
    ) -> Result<PathBuf, OutboxError> {
        let dated = |file: &File| modified.map_or(Ok(()), |when| file.set_modified(when));
        let done = file
            .write_all(bytes)
            .and_then(|()| dated(&file))
            .and_then(|()| file.sync_all())
            .and_then(|()| folder::sync(&self.dir));
        if let Err(error) = done {
            drop(file);
            drop(fs::remove_file(&path));
            return Err(self.refused(error));
        }
        Ok(path)
    }

    fn create(&self, name: &str) -> Result<(PathBuf, File), OutboxError> {
        for name in names(name) {
            let path = self.dir.join(name);
            match folder::new_file(&path) {
                Ok(file) => return Ok((path, file)),
                Err(FolderError::Io(_, error)) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(FolderError::Io(_, error)) => return Err(self.refused(error)),
                Err(error) => return Err(error.into()),
            }
        }
        Err(OutboxError::Names(self.dir.clone()))
    }

    fn refused(&self, error: io::Error) -> OutboxError {
        use io::ErrorKind::{QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded => OutboxError::NoRoom(self.dir.clone()),
            _ => OutboxError::Io(self.dir.clone(), error),
        }
    }
}

/// `review.md`, `review-2.md`, `review-3.md`, …
fn names(name: &str) -> impl Iterator<Item = String> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let (stem, ending) = (stem.to_owned(), ending.to_owned());
    (1..=NAMES).map(move |number| match number {
        1 => format!("{stem}.{ending}"),
        n => format!("{stem}-{n}.{ending}"),
    })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn files_are_private_and_never_written_over() {
        let temp = tempfile::tempdir().unwrap();
        let outbox = Outbox::prepare(&temp.path().join("outbox")).unwrap();
        assert_eq!(mode(outbox.dir()), 0o700);
        let first = outbox.write("week.md", b"one").unwrap();
        assert!(outbox.free("week.md").ends_with("week-2.md"));
        let second = outbox.write("week.md", b"two").unwrap();
        assert!(first.ends_with("week.md") && second.ends_with("week-2.md"));
        assert_eq!(fs::read(&first).unwrap(), b"one");
        assert_eq!(fs::read(&second).unwrap(), b"two");
        assert_eq!((mode(&first), mode(&second)), (0o600, 0o600));
    }

    #[test]
    fn a_folder_of_the_owners_keeps_its_permissions_and_what_is_in_it() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("shared");
        fs::create_dir(&dir).unwrap();
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(dir.join("theirs.md"), "x").unwrap();
        fs::set_permissions(dir.join("theirs.md"), fs::Permissions::from_mode(0o644)).unwrap();
        let outbox = Outbox::prepare(&dir).unwrap();
        assert_eq!(mode(outbox.dir()), 0o755);
        assert_eq!(mode(&dir.join("theirs.md")), 0o644);
    }

    #[test]
    fn links_are_neither_followed_nor_taken() {
        let temp = tempfile::tempdir().unwrap();
        let real = temp.path().join("real");
        fs::create_dir(&real).unwrap();
        symlink(&real, temp.path().join("link")).unwrap();
        let linked = Outbox::prepare(&temp.path().join("link"));
        assert!(matches!(linked, Err(FolderError::Link(_))));
        let outbox = Outbox::prepare(&real).unwrap();
        // A name that leads elsewhere counts as taken.
        symlink(temp.path().join("stolen"), real.join("week.md")).unwrap();
        let written = outbox.write("week.md", b"x").unwrap();
        assert!(written.ends_with("week-2.md") && !temp.path().join("stolen").exists());
        // The folder is swapped for a link while the dashboard runs.
        fs::rename(&real, temp.path().join("away")).unwrap();
        symlink(temp.path().join("away"), &real).unwrap();
        let swapped = outbox.write("week.md", b"x");
        assert!(matches!(swapped, Err(OutboxError::Folder(_))));
    }
}
