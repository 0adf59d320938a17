//! The sealed store: the same SQLite image, encrypted whole, at the same path.
//!
//! A sealed store is read into memory when it is opened and written whole when something changes;
//! no journal and no plain page ever reach the disk. `docs/sealed.md` holds the format byte by
//! byte. `header.rs` is what stands before the image, `image.rs` what is done to it, `save.rs` how it
//! gets to the disk, `guarded.rs` when, `evidence.rs` what tells of it from outside, `glimpse.rs` how it is read from there, `door.rs` the way in, `convert.rs` how a
//! store changes sides, and `spare.rs` what is copied elsewhere.

mod convert;
mod door;
mod evidence;
mod glimpse;
mod guarded;
mod header;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod hostile;
mod image;
mod key;
mod parcel;
mod save;
mod spare;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use convert::{Passphrase, overwrite};
pub use door::Door;
pub(super) use evidence::refuse_lookalike;
pub use evidence::{refuse_for, witnesses};
pub use glimpse::Glimpse;
pub(super) use guarded::{Seal, When};
pub use header::Cost;
pub use key::DataKey;
pub use spare::earlier;
pub(super) use spare::{image_at, sync_folder, write_new_file};

/// Whether the file at `path` is a sealed store, by its first bytes; false where nothing can be
/// read. Asks for no key.
pub fn is_sealed(path: &Path) -> bool {
    begins_with(path, &header::MAGIC)
}

/// Whether the file at `path` is one of ours that was sealed beside a store, by its first bytes.
pub fn is_parcel(path: &Path) -> bool {
    begins_with(path, &parcel::MAGIC)
}

fn begins_with(path: &Path, magic: &[u8; 16]) -> bool {
    let mut head = [0; 16];
    let plain = std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    let mut read = || File::open(path)?.read_exact(&mut head);
    let whole = plain && read().is_ok();
    whole && head == *magic
}
