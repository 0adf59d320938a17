//! Reading small outside files without trusting them: capped, regular files only.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The file, open for reading. Refuses what is not a regular file: a pipe would block.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe put in place after the check must not block either.
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    let found = std::fs::metadata(path)?;
    if found.is_dir() {
        return Err(io::Error::other("a folder: name the files in it"));
    }
    if !found.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    Ok(file)
}

/// The file's bytes. Refuses what is not a regular file and what is larger than `limit` bytes.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("larger than {limit} bytes")));
    }
    Ok(bytes)
}

/// The first `length` bytes of the file, or all of a shorter one.
pub(super) fn begins(path: &Path, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = open(path)?;
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path written in `bytes`, without the line's end.
pub(super) fn path_in(bytes: &[u8]) -> std::path::PathBuf {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    path_of(line.strip_suffix(b"\r").unwrap_or(line))
}

/// Bytes as a path, exactly where the system allows it.
pub(super) fn path_of(bytes: &[u8]) -> std::path::PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        std::ffi::OsStr::from_bytes(bytes).into()
    }
    #[cfg(not(unix))]
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// A path's bytes, for comparing.
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        path.as_os_str().as_bytes().to_vec()
    }
    #[cfg(not(unix))]
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

/// A path for the reader's eyes: nothing in it reaches the terminal as a command.
pub(super) fn shown(path: &Path) -> crate::model::text::Clean {
    crate::model::text::Clean::label(&bytes_of(path))
}
