//! Files that the owner names for import: opened before the lock, and those that wait in the inbox.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::gitconfig::name_matches;
use super::plain;

/// An export that is open for reading.
#[derive(Debug)]
pub struct Export {
    /// The open file.
    pub file: File,
    /// Its last change, UTC seconds; `None` where the system does not say.
    pub modified: Option<i64>,
    /// Its size in bytes.
    pub size: u64,
}

/// Opens an export for reading. Refuses what is not a regular file.
pub fn open(path: &Path) -> io::Result<Export> {
    let file = plain::open(path)?;
    let seen = file.metadata()?;
    Ok(Export {
        modified: modified(&seen),
        size: seen.len(),
        file,
    })
}

/// A small file of the owner's, such as a mapping, as text.
pub fn read_text(path: &Path) -> io::Result<String> {
    let bytes = plain::read(path, 1 << 20)?;
    String::from_utf8(bytes).map_err(|_bytes| io::Error::other("not UTF-8 text"))
}

fn modified(seen: &std::fs::Metadata) -> Option<i64> {
    let at = seen.modified().ok()?;
    let since = at.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// A file that waits in the inbox.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// Where it lies.
    pub path: PathBuf,
    /// Its last change, UTC seconds.
    pub modified: i64,
    /// Its size in bytes.
    pub size: u64,
}

impl Waiting {
    /// What tells this state of the file from every other, to be kept as a keyed hash.
    pub fn mark(&self) -> Vec<u8> {
        let state = format!("\n{} {}", self.modified, self.size);
        let mut mark = plain::bytes_of(&self.path);
        mark.extend_from_slice(state.as_bytes());
        mark
    }
}

/// Folders are looked at up to this many names.
const NAMES: usize = 20_000;

/// The regular files that the inbox's patterns name, sorted. `~/` is the home; `*`, `?` and `[…]`
/// count in the last part only. A pattern that names nothing gives nothing.
pub fn inbox(patterns: &[String], home: Option<&Path>) -> Vec<Waiting> {
    let mut found: Vec<Waiting> = patterns
        .iter()
        .flat_map(|pattern| matching(pattern, home))
        .collect();
    found.sort();
    found.dedup();
    found
}

fn matching(pattern: &str, home: Option<&Path>) -> Vec<Waiting> {
    let path = match (pattern.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        (Some(_), None) => return Vec::new(),
        (None, _) => PathBuf::from(pattern),
    };
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Vec::new();
    };
    if !folder.is_absolute() {
        return Vec::new();
    }
    let wanted = name.as_encoded_bytes();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.take(NAMES).filter_map(Result::ok);
    names
        .filter(|entry| name_matches(wanted, entry.file_name().as_encoded_bytes()))
        .filter_map(|entry| {
            let seen = entry
                .path()
                .metadata()
                .ok()
                .filter(std::fs::Metadata::is_file)?;
            Some(Waiting {
                path: entry.path(),
                modified: modified(&seen)?,
                size: seen.len(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_of_one_folder_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let down = home.path().join("Downloads");
        std::fs::create_dir_all(down.join("Jira dir.csv")).unwrap();
        for name in ["Jira.csv", "Jira (2).csv", "other.csv"] {
            std::fs::write(down.join(name), "x").unwrap();
        }
        let patterns = [
            "~/Downloads/Jira*.csv".to_owned(),
            "~/none/*.csv".to_owned(),
            "rel*.csv".to_owned(),
        ];
        let found = inbox(&patterns, Some(home.path()));
        let names: Vec<_> = found
            .iter()
            .map(|one| one.path.file_name().unwrap().to_owned())
            .collect();
        assert_eq!(names, ["Jira (2).csv", "Jira.csv"]);
        assert_eq!(found[0].size, 1);
        assert_ne!(found[0].mark(), found[1].mark());
        assert!(inbox(&patterns, None).is_empty());
    }

    #[test]
    fn a_folder_and_a_pipe_are_refused() {
        let home = tempfile::tempdir().unwrap();
        assert!(
            open(home.path())
                .unwrap_err()
                .to_string()
                .contains("folder")
        );
        assert!(open(&home.path().join("none")).is_err());
    }
}
