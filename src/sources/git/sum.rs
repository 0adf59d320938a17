//! A fingerprint against accidents, not against forgers: FNV-1a over 128 bits.

/// Bytes added up to a fingerprint that is the same on every machine.
pub(super) struct Sum(u128);

impl Default for Sum {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Sum {
    /// Adds `bytes`; where one addition ends and the next starts does not show.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        const PRIME: u128 = (1 << 88) + 0x13b;
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
    }

    /// The fingerprint of all that was added.
    pub(super) fn bytes(&self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}
