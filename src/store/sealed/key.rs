//! The key of a sealed store: 32 random bytes that never reach the disk but wrapped.

use std::fmt;

use zeroize::Zeroize;

/// The key that the image is sealed with; wiped from memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey([u8; Self::BYTES]);

impl DataKey {
    /// How long it is, in bytes.
    pub const BYTES: usize = 32;

    /// A fresh one from the operating system.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn random() -> std::io::Result<Self> {
        let mut bytes = [0; Self::BYTES];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The key of these bytes; `None` unless there are 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, for whoever keeps it for the login.
    pub fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// Sixteen bytes that tell this key from another and nothing about it.
    pub(super) fn id(&self) -> [u8; 16] {
        let hash = blake3::derive_key("inward sealed store: name of the data key v1", &self.0);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        id
    }

    /// A key made of this one for another use.
    pub(super) fn derived(&self, context: &'static str) -> Self {
        Self(blake3::derive_key(context, &self.0))
    }
}

impl Drop for DataKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DataKey(..)")
    }
}
