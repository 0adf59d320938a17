//! What stands before the sealed image, and the passphrase that opens it.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::key::DataKey;

/// How every sealed store begins.
pub(super) const MAGIC: [u8; 16] = *b"inward sealed\r\n\0";
/// The form that this version writes, and the newest it reads.
pub(super) const VERSION: u32 = 1;
/// How long the header is, in bytes.
pub(super) const BYTES: usize = 240;
/// Where the wrapped key begins: what stands before it is authenticated with it.
const WRAPPED_AT: usize = 88;
/// Where the name of the data key stands.
pub(super) const KEY_AT: usize = 136;

/// What deriving a key from the passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// What `inward encrypt` takes: 64 MiB, three passes, one lane.
    pub const NEW: Self = Self {
        memory_kib: 64 << 10,
        passes: 3,
        lanes: 1,
    };

    /// Whether a file may ask for it: a planted header must not take the machine's memory.
    fn is_bearable(self) -> bool {
        (8..=256 << 10).contains(&self.memory_kib)
            && (1..=16).contains(&self.passes)
            && (1..=4).contains(&self.lanes)
            && self.memory_kib >= 8 * self.lanes
    }
}

/// Why a header gives no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Written by a newer version, in this form.
    Newer(u32),
    /// Not what inward writes.
    Damaged(&'static str),
    /// The passphrase does not fit, or what it wraps was altered.
    Passphrase,
}

/// The head of the audit log at the time of the save.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Log {
    /// Number of its newest entry; 0 = none.
    pub(super) seq: u64,
    /// How many entries there are.
    pub(super) count: u64,
    /// The newest entry's keyed hash.
    pub(super) mac: [u8; 32],
}

/// The header, field by field in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) cost: Cost,
    pub(super) salt: [u8; 32],
    pub(super) wrap_nonce: [u8; 24],
    pub(super) wrapped: [u8; 48],
    pub(super) key_id: [u8; 16],
    /// Grows by one with every save.
    pub(super) generation: u64,
    /// Bytes of the SQLite image.
    pub(super) length: u64,
    pub(super) log: Log,
    pub(super) nonce: [u8; 24],
}

/// Random bytes from the operating system.
pub(super) fn random<const N: usize>() -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes)
}

impl Header {
    /// A header for `key`, wrapped by `passphrase`; its generation is 0.
    pub(super) fn wrap(key: &DataKey, passphrase: &[u8], cost: Cost) -> std::io::Result<Self> {
        let mut header = Self {
            cost,
            salt: random()?,
            wrap_nonce: random()?,
            wrapped: [0; 48],
            key_id: key.id(),
            generation: 0,
            length: 0,
            log: Log::default(),
            nonce: [0; 24],
        };
        let wrapping = header
            .wrapping(passphrase)
            .ok_or_else(|| std::io::Error::other("the passphrase cannot be used"))?;
        let written = header.write();
        let payload = Payload {
            msg: key.as_bytes(),
            aad: &written[..WRAPPED_AT],
        };
        let sealed = XChaCha20Poly1305::new(wrapping.as_ref().into())
            .encrypt(XNonce::from_slice(&header.wrap_nonce), payload);
        header.wrapped = sealed
            .ok()
            .and_then(|sealed| sealed.try_into().ok())
            .ok_or_else(|| std::io::Error::other("the key cannot be wrapped"))?;
        Ok(header)
    }

    /// The data key, by `passphrase`.
    pub(super) fn unwrap(&self, passphrase: &[u8]) -> Result<DataKey, Unfit> {
        let wrapping = self
            .wrapping(passphrase)
            .ok_or(Unfit::Damaged("its passphrase cannot be tried"))?;
        let written = self.write();
        let payload = Payload {
            msg: &self.wrapped,
            aad: &written[..WRAPPED_AT],
        };
        let opened = XChaCha20Poly1305::new(wrapping.as_ref().into())
            .decrypt(XNonce::from_slice(&self.wrap_nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_tag| Unfit::Passphrase)?;
        DataKey::from_bytes(&opened)
            .filter(|key| key.id() == self.key_id)
            .ok_or(Unfit::Damaged("the name of its key was altered"))
    }

    fn wrapping(&self, passphrase: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = self.cost;
        let params = Params::new(memory_kib, passes, lanes, Some(32)).ok()?;
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, &self.salt, out.as_mut())
            .ok()?;
        Some(out)
    }

    /// Its bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(BYTES);
        out.extend_from_slice(&MAGIC);
        for number in [
            VERSION,
            self.cost.memory_kib,
            self.cost.passes,
            self.cost.lanes,
        ] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(&self.wrap_nonce);
        out.extend_from_slice(&self.wrapped);
        out.extend_from_slice(&self.key_id);
        for number in [self.generation, self.length, self.log.seq, self.log.count] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&self.log.mac);
        out.extend_from_slice(&self.nonce);
        out
    }

    /// The header at the beginning of `bytes`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unfit> {
        let mut rest = bytes
            .get(..BYTES)
            .ok_or(Unfit::Damaged("its beginning is cut off"))?;
        if take::<16>(&mut rest) != MAGIC {
            return Err(Unfit::Damaged("it does not begin as a sealed store does"));
        }
        let version = u32::from_le_bytes(take(&mut rest));
        if version > VERSION {
            return Err(Unfit::Newer(version));
        }
        if version != VERSION {
            return Err(Unfit::Damaged("its form has no number"));
        }
        let cost = Cost {
            memory_kib: u32::from_le_bytes(take(&mut rest)),
            passes: u32::from_le_bytes(take(&mut rest)),
            lanes: u32::from_le_bytes(take(&mut rest)),
        };
        if !cost.is_bearable() {
            return Err(Unfit::Damaged(
                "it asks for more than inward spends on a passphrase",
            ));
        }
        Ok(Self {
            cost,
            salt: take(&mut rest),
            wrap_nonce: take(&mut rest),
            wrapped: take(&mut rest),
            key_id: take(&mut rest),
            generation: u64::from_le_bytes(take(&mut rest)),
            length: u64::from_le_bytes(take(&mut rest)),
            log: Log {
                seq: u64::from_le_bytes(take(&mut rest)),
                count: u64::from_le_bytes(take(&mut rest)),
                mac: take(&mut rest),
            },
            nonce: take(&mut rest),
        })
    }
}

/// The next `N` bytes; zeros past the end, which [`Header::read`] rules out.
fn take<const N: usize>(rest: &mut &[u8]) -> [u8; N] {
    let mut out = [0; N];
    if let Some((head, tail)) = rest.split_at_checked(N) {
        out.copy_from_slice(head);
        *rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    #[test]
    fn the_header_comes_back_as_written_and_opens_by_its_passphrase_alone() {
        let key = DataKey::random().unwrap();
        let mut header = Header::wrap(&key, b"correct horse", CHEAP).unwrap();
        header.generation = 7;
        header.log = Log {
            seq: 3,
            count: 3,
            mac: [9; 32],
        };
        let written = header.write();
        assert_eq!(written.len(), BYTES);
        let read = Header::read(&written).unwrap();
        assert_eq!(read, header);
        assert!(read.unwrap(b"correct horse").unwrap() == key);
        assert_eq!(read.unwrap(b"correct hors").unwrap_err(), Unfit::Passphrase);
    }

    #[test]
    fn a_header_that_asks_for_too_much_is_refused_before_anything_is_spent() {
        let key = DataKey::random().unwrap();
        let good = Header::wrap(&key, b"x", CHEAP).unwrap();
        for cost in [
            Cost {
                memory_kib: 10 << 20,
                ..CHEAP
            },
            Cost {
                passes: 1_000,
                ..CHEAP
            },
            Cost { lanes: 64, ..CHEAP },
            Cost { passes: 0, ..CHEAP },
            Cost {
                memory_kib: 0,
                ..CHEAP
            },
        ] {
            let asked = Header {
                cost,
                ..good.clone()
            };
            let refused = Header::read(&asked.write()).unwrap_err();
            assert!(matches!(refused, Unfit::Damaged(_)), "{cost:?}");
        }
    }
}
