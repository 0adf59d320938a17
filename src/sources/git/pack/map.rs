//! A file of a pack mapped into memory: the only `unsafe` of the pack reader.
//!
//! Git writes packs and their indexes under another name, renames them when they are whole and
//! never writes to them again; a repack makes new ones and unlinks the old, which stay readable
//! through the mapping. Lengths are checked against each other when a pack is opened, so a file
//! that was cut off earlier is not used at all. One that is cut off *while* it is mapped ends
//! the process with SIGBUS; git and libgit2 map the same files and end the same way. The store
//! takes a scan in transactions, so the next scan goes on from there.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

/// A whole file, read only.
pub(super) struct Map(Mmap);

impl Map {
    /// The regular file `path`. The error says that it is none, is empty or cannot be mapped.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        // Opening a pipe would wait for a writer forever.
        if !std::fs::metadata(path)?.is_file() {
            return Err(io::Error::other("it is not a regular file"));
        }
        let file = File::open(path)?;
        #[expect(
            unsafe_code,
            reason = "a map has no safe form; see the top of this file for why nobody writes to it"
        )]
        // SAFETY: the map is read only and the file is one that git never changes in place.
        let map = unsafe { Mmap::map(&file) }?;
        Ok(Self(map))
    }
}

impl Deref for Map {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}
