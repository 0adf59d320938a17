//! Sealing an image and opening it: one AEAD over all of it, the header beside it.

use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};

use super::header::{self, BYTES, Header, Unfit};
use super::key::DataKey;

/// Bytes of the tag at the end.
const TAG: usize = 16;

/// The whole file of `image` under `header`, whose length and nonce are set here.
pub(super) fn seal(header: &mut Header, key: &DataKey, image: &[u8]) -> std::io::Result<Vec<u8>> {
    header.length = image.len() as u64;
    header.nonce = header::random()?;
    let head = header.write();
    let mut file = Vec::with_capacity(BYTES + image.len() + TAG);
    file.extend_from_slice(&head);
    file.extend_from_slice(image);
    let body = file.get_mut(BYTES..).unwrap_or_default();
    let tag = XChaCha20Poly1305::new(key.as_bytes().into())
        .encrypt_in_place_detached(XNonce::from_slice(&header.nonce), &head, body)
        .map_err(|_too_long| std::io::Error::other("the image is too large to seal"))?;
    file.extend_from_slice(&tag);
    Ok(file)
}

/// The header and the image of a whole file; the image stands where its sealed bytes stood.
pub(super) fn open(mut file: Vec<u8>, key: &DataKey) -> Result<(Header, Vec<u8>), Unfit> {
    let header = Header::read(&file)?;
    let whole = usize::try_from(header.length)
        .ok()
        .and_then(|length| length.checked_add(BYTES + TAG));
    if whole != Some(file.len()) {
        return Err(Unfit::Damaged("it is not as long as it says"));
    }
    let tag = Tag::clone_from_slice(&file.split_off(file.len() - TAG));
    let head: Vec<u8> = file.drain(..BYTES).collect();
    XChaCha20Poly1305::new(key.as_bytes().into())
        .decrypt_in_place_detached(XNonce::from_slice(&header.nonce), &head, &mut file, &tag)
        .map_err(|_tag| Unfit::Damaged("its bytes are not the ones that were sealed"))?;
    Ok((header, file))
}
