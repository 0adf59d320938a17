//! Packs of real git with bytes changed or cut off: an error, never a panic or an endless loop.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;

use super::super::cache::Cache;
use super::super::objects::{Kind, ObjectError, Objects};
use super::super::parity_history::History;
use super::Shelf;
use super::tests::{every_object, only, run};
use super::{Found, Packs};
use crate::model::ids::Oid;

const LIMIT: usize = 1 << 20;

/// A repository with one small pack, and the bytes of its index and its pack.
struct Small {
    history: History,
    oids: Vec<Oid>,
    index: (PathBuf, Vec<u8>),
    pack: (PathBuf, Vec<u8>),
}

fn small() -> Small {
    let history = History::random(11, 12);
    run(history.path(), &["repack", "-adfq", "--depth=30"]);
    let file = |end| {
        let path = only(history.path(), end);
        // Git writes packs that nobody may write to.
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    };
    let (index, pack) = (file("idx"), file("pack"));
    let oids = every_object(history.path());
    assert!(oids.len() > 40);
    Small {
        history,
        oids,
        index,
        pack,
    }
}

fn put(path: &Path, bytes: &[u8]) {
    if path.exists() {
        fs::remove_file(path).unwrap();
    }
    fs::write(path, bytes).unwrap();
}

/// Reads every object: how many came, were damaged, were not found.
fn read_all(dir: &Path, oids: &[Oid]) -> [usize; 3] {
    let mut own = Packs::new(&[dir.join("objects")], Shelf::default());
    let mut cache = Cache::default();
    let mut counts = [0; 3];
    for oid in oids {
        let _ = own.about(&mut Cache::default(), *oid);
        let at = match own.read(&mut cache, *oid, |_| true, LIMIT) {
            Some(Ok(Found::Content(_, bytes))) => {
                assert!(bytes.len() <= LIMIT);
                0
            }
            Some(_) => 1,
            None => 2,
        };
        counts[at] += 1;
    }
    counts
}

/// The same through the whole reader: how many came.
fn came(dir: &Path, oids: &[Oid]) -> usize {
    let repo = git2::Repository::open(dir).unwrap();
    let mut objects = Objects::new(&repo).unwrap();
    let mut count = 0;
    for oid in oids {
        for kind in [Kind::Commit, Kind::Tree, Kind::Blob, Kind::Tag] {
            match objects.read(*oid, kind) {
                Ok(_) => count += 1,
                Err(ObjectError::Database(error)) => panic!("{error}"),
                Err(_) => {}
            }
        }
    }
    count
}

#[test]
fn a_pack_or_an_index_that_is_cut_off_is_not_used() {
    let small = small();
    let dir = small.history.path();
    let all = small.oids.len();
    assert_eq!(read_all(dir, &small.oids), [all, 0, 0]);
    for (path, bytes) in [&small.pack, &small.index] {
        for keep in [
            0,
            1,
            11,
            12,
            31,
            32,
            1071,
            1072,
            bytes.len() / 2,
            bytes.len() - 1,
        ] {
            put(path, &bytes[..keep]);
            assert_eq!(read_all(dir, &small.oids), [0, 0, all], "{keep}");
            assert_eq!(came(dir, &small.oids), 0);
        }
        put(path, bytes);
    }
    assert_eq!(read_all(dir, &small.oids), [all, 0, 0]);
}

#[test]
fn heads_that_contradict_each_other_make_a_pack_unknown() {
    let small = small();
    let (dir, all) = (small.history.path(), small.oids.len());
    let index = &small.index.1;
    let last_count = 8 + 255 * 4;
    let of_index = [0, 7, 8, last_count, last_count + 3, index.len() - 40];
    let of_pack = [0, 7, 11, small.pack.1.len() - 1];
    let places = of_index.map(|at| (&small.index, at));
    for ((path, bytes), at) in places
        .into_iter()
        .chain(of_pack.map(|at| (&small.pack, at)))
    {
        let mut broken = bytes.clone();
        broken[at] ^= 0x40;
        put(path, &broken);
        assert_eq!(read_all(dir, &small.oids), [0, 0, all], "{at}");
        put(path, bytes);
    }
}

#[test]
fn offsets_outside_the_pack_are_damage() {
    let small = small();
    let (dir, all) = (small.history.path(), small.oids.len());
    let (path, bytes) = &small.index;
    let table = 8 + 1024 + all * 24;
    let end = u32::try_from(small.pack.1.len()).unwrap();
    for offset in [0, 11, end - 20, end, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
        let mut broken = bytes.clone();
        for at in 0..all {
            broken[table + at * 4..table + at * 4 + 4].copy_from_slice(&offset.to_be_bytes());
        }
        put(path, &broken);
        assert_eq!(read_all(dir, &small.oids), [0, all, 0], "{offset:x}");
        assert_eq!(came(dir, &small.oids), 0);
    }
}

#[test]
fn a_damaged_object_is_found_whole_in_another_pack() {
    let small = small();
    let (dir, all) = (small.history.path(), small.oids.len());
    let folder = dir.join("objects/pack");
    put(&folder.join("pack-copy.pack"), &small.pack.1);
    put(&folder.join("pack-copy.idx"), &small.index.1);
    let mut broken = small.pack.1.clone();
    let end = broken.len() - 20;
    broken[12..end].fill(0);
    put(&small.pack.0, &broken);
    assert_eq!(read_all(dir, &small.oids), [all, 0, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_flipped_bytes_whatever_panic_or_hang(
        flips in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 1..=255_u8), 1..12),
    ) {
        static SMALL: LazyLock<Small> = LazyLock::new(small);
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("objects/pack");
        fs::create_dir_all(&folder).unwrap();
        let (mut index, mut pack) = (SMALL.index.1.clone(), SMALL.pack.1.clone());
        for (in_index, place, bits) in flips {
            // Headers and checksums have tests of their own; here the pack shall be opened.
            let (bytes, range) = if in_index {
                let range = 8 + 1024..index.len() - 40;
                (&mut index, range)
            } else {
                let range = 12..pack.len() - 20;
                (&mut pack, range)
            };
            bytes[range.start + place.index(range.len())] ^= bits;
        }
        fs::write(folder.join("pack-1.idx"), index).unwrap();
        fs::write(folder.join("pack-1.pack"), pack).unwrap();
        let counts = read_all(dir.path(), &SMALL.oids);
        prop_assert_eq!(counts.iter().sum::<usize>(), SMALL.oids.len());
    }
}
