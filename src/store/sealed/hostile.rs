//! What holds whatever a sealed file says; searched by `fuzz/`, gone through by a test.

use super::header::{BYTES, Cost, Header, Unfit};
use super::image;
use super::key::DataKey;

/// What is cheap enough to be done thousands of times.
const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

/// The first byte picks what is done with the rest: read as a file; sealed and opened again; sealed
/// and altered where the next bytes say.
///
/// # Panics
/// When a sealed image comes back as another, or an altered one comes back at all.
pub fn check(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else {
        return;
    };
    match how % 3 {
        0 => reads(rest),
        1 => comes_back(rest),
        _ => altered(rest),
    }
}

fn key() -> DataKey {
    DataKey::from_bytes(&[7; DataKey::BYTES]).expect("a key of 32 bytes")
}

/// A key that nothing here is sealed with: what the search has seen of sealed bytes it puts together again.
fn other_key() -> DataKey {
    DataKey::from_bytes(&[8; DataKey::BYTES]).expect("a key of 32 bytes")
}

/// Anything is refused, or its header says what its bytes say.
fn reads(file: &[u8]) {
    if let Ok(header) = Header::read(file) {
        assert_eq!(
            header.write(),
            &file[..BYTES],
            "a header is read as another"
        );
        let cost = header.cost;
        assert!(
            cost.memory_kib <= 256 << 10 && cost.passes <= 16 && cost.lanes <= 4,
            "{cost:?}"
        );
        if cost.memory_kib <= 64 && cost.passes <= 2 {
            let opened = header.unwrap(b"a guess");
            assert!(opened.is_err(), "a planted header was opened");
        }
    }
    assert!(
        image::open(file.to_vec(), &other_key()).is_err(),
        "a planted file was opened"
    );
    assert!(
        other_key().open(file).is_none(),
        "a planted parcel was opened"
    );
}

fn comes_back(image: &[u8]) {
    let key = key();
    let Ok(mut header) = Header::wrap(&key, b"correct horse", CHEAP) else {
        return;
    };
    let sealed = image::seal(&mut header, &key, image).expect("it is sealed");
    let body = &sealed[BYTES..BYTES + image.len()];
    assert!(
        image.len() < 8 || body != image,
        "what is sealed can be read"
    );
    let (read, opened) = image::open(sealed.clone(), &key).expect("it opens");
    assert_eq!((read, opened.as_slice()), (header.clone(), image));
    let other = other_key();
    assert!(
        image::open(sealed, &other).is_err(),
        "opened by another key"
    );
    assert!(
        header
            .unwrap(b"correct horse")
            .is_ok_and(|opened| opened == key)
    );
    assert_eq!(
        header.unwrap(b"correct hors").err(),
        Some(Unfit::Passphrase)
    );
    let parcel = key.seal(image).expect("it is sealed");
    assert_eq!(key.open(&parcel).as_deref(), Some(image));
}

/// Six bytes of where, how and with what; the rest is the image.
fn altered(rest: &[u8]) {
    let Some((how, image)) = rest.split_first_chunk::<6>() else {
        return;
    };
    let key = key();
    let Ok(mut header) = Header::wrap(&key, b"x", CHEAP) else {
        return;
    };
    let sealed = image::seal(&mut header, &key, image).expect("it is sealed");
    let parcel = key.seal(image).expect("it is sealed");
    for (file, opens) in [(sealed, is_store as fn(&[u8]) -> bool), (parcel, is_parcel)] {
        let place = u32::from_le_bytes([how[0], how[1], how[2], 0]) as usize % file.len();
        let mut changed = file.clone();
        match how[3] % 4 {
            0 => changed[place] ^= how[4].max(1),
            1 => changed.truncate(place),
            2 => changed.insert(place, how[4]),
            _ => changed.extend_from_slice(&how[4..]),
        }
        if changed != file {
            assert!(!opens(&changed), "altered at {place} of {}", file.len());
        }
    }
}

fn is_store(file: &[u8]) -> bool {
    image::open(file.to_vec(), &key()).is_ok()
}

fn is_parcel(file: &[u8]) -> bool {
    key().open(file).is_some()
}

/// Files to start from.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    if let Ok(mut header) = Header::wrap(&key(), b"x", CHEAP) {
        let sealed = image::seal(&mut header, &key(), b"an image").unwrap_or_default();
        // By the key of the checks it would open: these bytes are for the header alone.
        seeds.push([&[0], &sealed[..BYTES]].concat());
    }
    seeds.push(b"\x01SQLite format 3\0 and what follows it".to_vec());
    seeds.extend((0..4).map(|how| [&[2, 250, 0, 0, how, 1, 1], &b"an image"[..]].concat()));
    seeds.push(vec![1]);
    seeds
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_sealed_comes_back_and_what_is_altered_does_not() {
        crate::stir::through("sealed", super::check, &super::seeds(), 300);
    }
}
