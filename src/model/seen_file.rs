//! A file whose name was seen before the lock, offered where one adds an export.

use super::text::Clean;

/// What a listing tells of a file: nothing of it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFile {
    /// Its whole path, as it would be typed.
    pub path: String,
    /// Its name.
    pub name: Clean,
    /// The folder it lies in, the home as `~`.
    pub folder: Clean,
    /// Its size in bytes.
    pub size: u64,
    /// Its last change, UTC seconds.
    pub modified: i64,
}
