//! Small files of a repository, read with a limit and never through a pipe or a device.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The content of the file `path`; `None` when there is no such file.
///
/// Anything but a regular file, and a file of more than `limit` bytes, is an error.
pub(super) fn read_up_to(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    // Opening a pipe would wait for a writer forever.
    if !about.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(limit + 1).read_to_end(&mut bytes)?,
        // Renamed away since: the same as not there.
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!(
            "it has more than the {limit} bytes that are read"
        )));
    }
    Ok(Some(bytes))
}

/// The last `limit` bytes of the file `path`, from the first line that starts in them; empty when
/// there is no such file. Anything but a regular file is an error.
pub(super) fn tail(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    if !about.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut file = File::open(path)?;
    // One byte more: the line that starts right at the limit is whole.
    let skipped = about.len().saturating_sub(limit + 1);
    file.seek(SeekFrom::Start(skipped))?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if skipped > 0 {
        let whole = memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |at| at + 1);
        bytes.drain(..whole);
    }
    Ok(bytes)
}

/// Whether the error says that the path does not exist.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// The lines of `bytes`, without their ends; a trailing carriage return goes too.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_of_a_file_starts_with_a_whole_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        assert_eq!(tail(&path, 4).unwrap(), b"");
        std::fs::write(&path, b"one\ntwo\nsix\n").unwrap();
        for (limit, text) in [
            (99, "one\ntwo\nsix\n"),
            (8, "two\nsix\n"),
            (7, "six\n"),
            (2, ""),
        ] {
            assert_eq!(tail(&path, limit).unwrap(), text.as_bytes(), "{limit}");
        }
        assert!(tail(folder.path(), 4).is_err());
    }

    #[test]
    fn a_file_beyond_the_limit_and_a_folder_are_errors_and_a_missing_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        assert!(read_up_to(&path, 4).unwrap().is_none());
        std::fs::write(&path, b"four").unwrap();
        assert_eq!(read_up_to(&path, 4).unwrap().unwrap(), b"four");
        assert!(read_up_to(&path, 3).is_err());
        assert!(read_up_to(folder.path(), 3).is_err());
        assert!(read_up_to(&path.join("below"), 3).unwrap().is_none());
    }
}
