//! A checksum of what is written into a dump or read from one. It has no key: it finds accidents.

/// The BLAKE3 hash of some bytes, on its way.
#[derive(Clone, Default)]
pub struct Checksum(blake3::Hasher);

impl Checksum {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Of all bytes so far, 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        self.0.finalize().to_hex().to_string()
    }
}
