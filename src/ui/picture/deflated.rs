//! Zlib and its checksum, as PNG wants them.

use libdeflater::{CompressionLvl, Compressor, Crc};

use super::PictureError;

/// `bytes` packed as tightly as it gets.
///
/// # Errors
/// When there is not room enough.
pub(super) fn zlib(bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let mut zlib = Compressor::new(CompressionLvl::best());
    let mut packed = vec![0; zlib.zlib_compress_bound(bytes.len())];
    let length = zlib
        .zlib_compress(bytes, &mut packed)
        .ok()
        .ok_or(PictureError::Packing)?;
    packed.truncate(length);
    Ok(packed)
}

/// The checksum of a chunk: its name, then its bytes.
pub(super) fn checksum(name: &[u8], bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(bytes);
    crc.sum()
}
