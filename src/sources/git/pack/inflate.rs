//! Unpacks zlib streams of known size, their checksum kept.

use libdeflater::Decompressor;

use super::{Fault, MOST_BYTES, zeroes};
use crate::sources::git::objects::Bytes;

/// Deflate makes at most so many bytes out of one.
const BEST_RATIO: usize = 1_032;

/// What stays allocated between two streams.
const KEPT: usize = 1 << 20;

/// Unpacks one stream after the other.
pub(super) struct Inflate {
    zlib: Decompressor,
    scratch: Vec<u8>,
}

impl Inflate {
    pub(super) fn new() -> Self {
        Self {
            zlib: Decompressor::new(),
            scratch: Vec::new(),
        }
    }

    /// The stream that `packed` starts with, which must be of exactly `size` bytes.
    pub(super) fn whole(&mut self, packed: &[u8], size: usize) -> Result<Bytes, Fault> {
        believable(packed, size)?;
        let mut out = zeroes(size);
        // Nobody else holds it yet.
        let to = std::rc::Rc::get_mut(&mut out).unwrap_or_default();
        unpack(&mut self.zlib, packed, to)?;
        Ok(out)
    }

    /// Likewise, kept only until the next call.
    pub(super) fn passing(&mut self, packed: &[u8], size: usize) -> Result<&[u8], Fault> {
        believable(packed, size)?;
        if self.scratch.len() > KEPT {
            self.scratch = Vec::new();
        }
        if self.scratch.len() < size {
            self.scratch.resize(size, 0);
        }
        let to = &mut self.scratch[..size];
        unpack(&mut self.zlib, packed, to)?;
        Ok(to)
    }
}

/// Asked before anything is allocated: a size is only a few bytes of a file.
fn believable(packed: &[u8], size: usize) -> Result<(), Fault> {
    if size > MOST_BYTES {
        return Err(Fault::TooLarge {
            size,
            limit: MOST_BYTES,
        });
    }
    if size / BEST_RATIO > packed.len() {
        return Err(Fault::Damaged("a size that cannot be reached"));
    }
    Ok(())
}

fn unpack(zlib: &mut Decompressor, packed: &[u8], to: &mut [u8]) -> Result<(), Fault> {
    match zlib.zlib_decompress(packed, to) {
        Ok(size) if size == to.len() => Ok(()),
        Ok(_) => Err(Fault::Damaged("a stream that ends early")),
        Err(_) => Err(Fault::Damaged("a broken zlib stream")),
    }
}
