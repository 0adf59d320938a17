//! A small file sealed with the key of the store it lies beside: the list of repositories.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::header;
use super::key::DataKey;

/// How such a file begins.
pub(super) const MAGIC: [u8; 16] = *b"inward parcel1\r\n";
const CONTEXT: &str = "inward sealed store: files beside it v1";

impl DataKey {
    /// `bytes` as the content of a sealed file.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn seal(&self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let nonce: [u8; 24] = header::random()?;
        let payload = Payload {
            msg: bytes,
            aad: &MAGIC,
        };
        let sealed = XChaCha20Poly1305::new(self.derived(CONTEXT).as_bytes().into())
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_too_long| std::io::Error::other("too large to seal"))?;
        Ok([&MAGIC[..], &nonce, &sealed].concat())
    }

    /// What [`DataKey::seal`] made `file` of; `None` for anything else, or another key's.
    pub fn open(&self, file: &[u8]) -> Option<Vec<u8>> {
        let rest = file.strip_prefix(&MAGIC)?;
        let (nonce, sealed) = rest.split_at_checked(24)?;
        let payload = Payload {
            msg: sealed,
            aad: &MAGIC,
        };
        XChaCha20Poly1305::new(self.derived(CONTEXT).as_bytes().into())
            .decrypt(XNonce::from_slice(nonce), payload)
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_opens_by_its_key_and_whole_only() {
        let key = DataKey::random().unwrap();
        let file = key.seal(b"/home/ada/garden").unwrap();
        assert_eq!(key.open(&file).unwrap(), b"/home/ada/garden");
        assert!(DataKey::random().unwrap().open(&file).is_none());
        for at in 0..file.len() {
            assert!(key.open(&file[..at]).is_none(), "cut at {at}");
            let mut altered = file.clone();
            altered[at] ^= 1;
            assert!(key.open(&altered).is_none(), "altered at {at}");
        }
    }
}
