//! A pack and its index: every id gives one object or a fault, whatever was read before it.

use super::made::{self, Body, Bytes, id, low};
use crate::sources::git::cache::Cache;
use crate::sources::git::objects::Kind;
use crate::sources::git::pack::{Fault, Found, Packs, Shelf};

/// The largest object that is asked for.
const LIMIT: usize = 1 << 16;

/// The first byte says whether objects are made of the rest or the rest is the pack as it is, and
/// whether a few bytes of the index are altered.
pub fn check(data: &[u8]) {
    let mut bytes = Bytes(data);
    let how = bytes.one();
    let patches = if how & 2 == 0 { 0 } else { bytes.one() % 8 };
    let patches: Vec<&[u8]> = (0..patches).map(|_| bytes.some(3)).collect();
    let body = if how & 1 == 0 {
        of_objects(&mut bytes)
    } else {
        as_it_is(&mut bytes)
    };
    let (pack, mut index) = body.files();
    for patch in patches.iter().filter(|patch| patch.len() == 3) {
        let at = usize::from(u16::from_le_bytes([patch[0], patch[1]])) % index.len();
        index[at] = patch[2];
    }
    let objects = made::write(&pack, &index);
    let new = || {
        (
            Packs::new(std::slice::from_ref(&objects), Shelf::default()),
            Cache::default(),
        )
    };
    let count = body.offsets.len() + 1;
    // Each by itself, with nothing kept from before.
    let alone: Vec<One> = (0..count)
        .map(|at| {
            let (mut packs, mut cache) = new();
            read(&mut packs, &mut cache, at)
        })
        .collect();
    // All by one reader, backwards: what it keeps changes nothing.
    let (mut packs, mut cache) = new();
    for at in (0..count).rev() {
        let again = read(&mut packs, &mut cache, at);
        if how & 2 == 0 {
            assert_eq!(again, alone[at], "object {at} with others before it");
        }
    }
}

type One = Option<Result<(Kind, Vec<u8>), Fault>>;

fn read(packs: &mut Packs, cache: &mut Cache, at: usize) -> One {
    let about = packs.about(cache, id(at));
    let found = packs.read(cache, id(at), |_| true, LIMIT)?;
    let one = found.map(|found| match found {
        Found::Content(kind, bytes) => (kind, bytes.to_vec()),
        Found::Other => panic!("every kind was wanted"),
    });
    if let Ok((kind, bytes)) = &one {
        assert!(bytes.len() <= LIMIT, "{} bytes", bytes.len());
        let about = about
            .expect("what is read is there")
            .expect("and can be told about");
        assert_eq!(
            about,
            (*kind, bytes.len()),
            "what was told and what was read"
        );
        let none = packs.read(cache, id(at), |_| false, LIMIT);
        assert!(matches!(none, Some(Ok(Found::Other))), "{none:?}");
    }
    Some(one)
}

fn of_objects(bytes: &mut Bytes<'_>) -> Body {
    let mut body = Body::default();
    while !bytes.is_empty() && body.offsets.len() < 24 {
        let (code, lie) = (bytes.one() & 7, bytes.one());
        let base = match code {
            6 => {
                // How far back: to an object that was made, or anywhere.
                let pick = bytes.one();
                let own = body.next_offset();
                let to = body
                    .offsets
                    .get(usize::from(pick) % body.offsets.len().max(1));
                let back = to
                    .filter(|_| pick < 200)
                    .map_or(u32::from(pick), |to| own - to);
                distance(back)
            }
            7 => id(usize::from(bytes.one())).0.to_vec(),
            _ => Vec::new(),
        };
        let length = usize::from(bytes.one());
        let content = bytes.some(length);
        let content = if code == 5 {
            content.repeat(64)
        } else {
            content.to_vec()
        };
        let size = match lie {
            0..200 => content.len(),
            200..220 => content.len() + usize::from(lie - 199),
            _ => content.len() << (lie - 219),
        };
        body.add(if code == 5 { 3 } else { code }, size, &base, &content);
    }
    body
}

/// How a pack writes the way back to a base.
fn distance(back: u32) -> Vec<u8> {
    let back = back as usize;
    let mut out = vec![low(back, 0x7f)];
    let mut rest = back >> 7;
    while rest > 0 {
        rest -= 1;
        out.insert(0, 0x80 | low(rest, 0x7f));
        rest >>= 7;
    }
    out
}

fn as_it_is(bytes: &mut Bytes<'_>) -> Body {
    let count = bytes.one() % 16;
    let offset = |bytes: &mut Bytes<'_>| u32::from(u16::from_le_bytes([bytes.one(), bytes.one()]));
    let offsets = (0..count).map(|_| offset(bytes)).collect();
    let bytes = bytes.0.to_vec();
    Body { bytes, offsets }
}

/// Packs to start from.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut real = Body::default();
    real.add(3, 10, &[], b"0123456789");
    real.add(2, 0, &[], b"");
    let offset = |at: usize| real.offsets[at].to_le_bytes();
    let places = [2, offset(0)[0], offset(0)[1], offset(1)[0], offset(1)[1]];
    vec![
        // A blob, and steps from it: all of it, then three bytes more; by place and by id.
        b"\x00\x03\x00\x05base \x06\x00\x00\x07\x05\x08\x90\x05\x03abc\x07\x00\x00\x07\x05\x08\x90\x05\x03xyz".to_vec(),
        // A circle.
        b"\x00\x07\x00\x01\x04\x04\x04\x90\x04\x07\x00\x00\x04\x04\x04\x90\x04".to_vec(),
        // Sizes that are not true.
        b"\x00\x03\xc9\x04base\x03\xff\x04base\x05\x00\x10many many times \x01\x00\x01x".to_vec(),
        // An index of which a few bytes are others.
        b"\x02\x03\x0c\x04\x01\x08\x00\x00\x1c\x04\x09\x03\x00\x04base\x02\x00\x02tt".to_vec(),
        [&[1][..], &places, &real.bytes].concat(),
    ]
}
