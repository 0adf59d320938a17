//! Packs made by hand to harm: an error, never a panic, an endless loop or a large allocation.

use std::fs;
use std::path::Path;

use libdeflater::{CompressionLvl, Compressor};

use super::super::cache::Cache;
use super::super::objects::{Kind, ObjectError, Objects};
use super::Shelf;
use super::tests::run;
use super::{Fault, MOST_BYTES, Packs};
use crate::model::ids::Oid;

const LIMIT: usize = 1 << 20;

/// An object for a pack made by hand: its head, what its zlib stream unpacks to.
struct Made {
    head: Vec<u8>,
    content: Vec<u8>,
}

/// Kind and size as a pack writes them.
fn head(code: u8, size: usize) -> Vec<u8> {
    let mut out = vec![code << 4 | u8::try_from(size & 15).unwrap()];
    let mut rest = size >> 4;
    while rest > 0 {
        *out.last_mut().unwrap() |= 0x80;
        out.push(u8::try_from(rest & 0x7f).unwrap());
        rest >>= 7;
    }
    out
}

fn whole(content: &[u8]) -> Made {
    Made {
        head: head(3, content.len()),
        content: content.to_vec(),
    }
}

/// An object made from the one named `base`.
fn from_id(base: Oid, steps: &[u8]) -> Made {
    Made {
        head: [head(7, steps.len()), base.0.to_vec()].concat(),
        content: steps.to_vec(),
    }
}

/// The id of the object at `at` of a pack made by hand.
fn id(at: usize) -> Oid {
    let mut id = [0; 20];
    id[..4].copy_from_slice(&u32::try_from(at).unwrap().to_be_bytes());
    Oid(id)
}

/// A repository's folder with one pack of `objects`, whose ids are [`id`] of their places.
fn repository(objects: &[Made]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["init", "-q", "--bare", "."]);
    let count = u32::try_from(objects.len()).unwrap();
    let mut pack = [b"PACK\0\0\0\x02", &count.to_be_bytes()[..]].concat();
    let mut offsets = Vec::new();
    let mut zlib = Compressor::new(CompressionLvl::default());
    for object in objects {
        offsets.push(u32::try_from(pack.len()).unwrap());
        let mut packed = vec![0; zlib.zlib_compress_bound(object.content.len())];
        let length = zlib.zlib_compress(&object.content, &mut packed).unwrap();
        pack.extend(&object.head);
        pack.extend(&packed[..length]);
    }
    let checksum = [7; 20];
    pack.extend(checksum);
    let mut index = b"\xfftOc\0\0\0\x02".to_vec();
    // All ids begin with a zero byte.
    index.extend(count.to_be_bytes().repeat(256));
    index.extend((0..objects.len()).flat_map(|at| id(at).0));
    index.extend([0; 4].repeat(objects.len()));
    index.extend(offsets.iter().flat_map(|at| at.to_be_bytes()));
    index.extend([checksum, checksum].concat());
    let folder = dir.path().join("objects/pack");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("pack-1.pack"), pack).unwrap();
    fs::write(folder.join("pack-1.idx"), index).unwrap();
    dir
}

fn read(dir: &Path, oid: Oid) -> Result<Vec<u8>, ObjectError> {
    let repo = git2::Repository::open(dir).unwrap();
    let mut objects = Objects::new(&repo).unwrap();
    let size = objects.size(oid, Kind::Blob);
    let bytes = objects.read_up_to(oid, Kind::Blob, 32 << 20)?;
    assert_eq!(size.unwrap(), bytes.len());
    Ok(bytes.to_vec())
}

/// What stands in the steps before the steps themselves.
fn sizes(base: usize, result: usize) -> Vec<u8> {
    let size = |n: usize| {
        let mut out = Vec::new();
        let mut rest = n;
        while rest > 0x7f {
            out.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
            rest >>= 7;
        }
        out.push(u8::try_from(rest).unwrap());
        out
    };
    [size(base), size(result)].concat()
}

#[test]
fn packs_made_by_hand_are_read() {
    let steps = [&sizes(5, 8)[..], &[0x90, 5, 3, b'a', b'b', b'c']].concat();
    // The base stands behind what is made of it, as git may write it.
    let dir = repository(&[from_id(id(1), &steps), whole(b"base ")]);
    assert_eq!(read(dir.path(), id(0)).unwrap(), b"base abc");
    assert_eq!(read(dir.path(), id(1)).unwrap(), b"base ");
}

#[test]
fn circles_and_chains_without_end_are_damage() {
    let same = [&sizes(4, 4)[..], &[0x90, 4]].concat();
    let circle = [
        from_id(id(1), &same),
        from_id(id(0), &same),
        from_id(id(2), &same),
    ];
    let dir = repository(&circle);
    for at in 0..3 {
        assert!(matches!(
            read(dir.path(), id(at)),
            Err(ObjectError::Damaged(..))
        ));
    }
    let mut chain = vec![whole(b"base")];
    chain.extend((0..5_000).map(|at| from_id(id(at), &same)));
    let dir = repository(&chain);
    assert!(matches!(
        read(dir.path(), id(5_000)),
        Err(ObjectError::Damaged(..))
    ));
    // What git itself could have written is read.
    assert_eq!(read(dir.path(), id(4_095)).unwrap(), b"base");
}

#[test]
fn sizes_that_are_not_true_are_damage_and_large_ones_are_not_allocated() {
    let base = whole(b"base");
    let huge = 1 << 40;
    let lie = |size| Made {
        head: head(3, size),
        content: b"base".to_vec(),
    };
    let steps = |base, result| from_id(id(0), &[&sizes(base, result)[..], &[0x90, 4]].concat());
    let long = Made {
        head: [head(7, huge), id(0).0.to_vec()].concat(),
        content: Vec::new(),
    };
    let objects = [
        base,
        lie(5),
        lie(3),
        lie(MOST_BYTES / 2),
        lie(huge),
        steps(5, 4),
        steps(4, 5),
        steps(4, huge),
        long,
    ];
    let dir = repository(&objects);
    let errors: Vec<_> = (1..objects.len())
        .map(|at| read(dir.path(), id(at)).unwrap_err())
        .collect();
    let too_large: Vec<_> = errors
        .iter()
        .map(|error| matches!(error, ObjectError::TooLarge { .. }))
        .collect();
    let wanted = [false, false, false, true, false, false, true, true];
    assert_eq!(too_large, wanted, "{errors:?}");
    let others = errors.iter().zip(wanted).filter(|(_, large)| !large);
    assert!(
        others
            .map(|(error, _)| error)
            .all(|e| matches!(e, ObjectError::Damaged(..)))
    );
}

#[test]
fn a_base_too_large_to_be_made_is_said_so() {
    let dir = repository(&[
        Made {
            head: head(3, MOST_BYTES + 1),
            content: vec![0; MOST_BYTES + 1],
        },
        from_id(id(0), &[&sizes(MOST_BYTES + 1, 4)[..], &[0x90, 4]].concat()),
    ]);
    let mut own = Packs::new(&[dir.path().join("objects")], Shelf::default());
    let found = own.read(&mut Cache::default(), id(1), |_| true, LIMIT);
    let wanted = Fault::TooLarge {
        size: MOST_BYTES + 1,
        limit: MOST_BYTES,
    };
    assert_eq!(found.unwrap().unwrap_err(), wanted);
}

#[test]
fn a_base_that_is_not_in_the_pack_and_an_unknown_kind_are_damage() {
    let same = [&sizes(4, 4)[..], &[0x90, 4]].concat();
    let odd = |code| Made {
        head: head(code, 4),
        content: b"base".to_vec(),
    };
    let before = Made {
        // A base that starts before the pack does.
        head: [head(6, same.len()), vec![0xff, 0xff, 0x7f]].concat(),
        content: same.clone(),
    };
    let itself = Made {
        head: [head(6, same.len()), vec![0]].concat(),
        content: same.clone(),
    };
    let lost = from_id(id(99), &same);
    let dir = repository(&[lost, odd(0), odd(5), before, itself]);
    for at in 0..5 {
        let found = read(dir.path(), id(at));
        assert!(
            matches!(found, Err(ObjectError::Damaged(..))),
            "{at}: {found:?}"
        );
    }
}
