//! Every object of repositories made by real git, through the own reader and through libgit2.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use git2::{Odb, Repository};

use super::super::cache::Cache;
use super::super::objects::{Kind, ObjectError, Objects, Source};
use super::super::parity_history::History;
use super::super::parity_tests::git;
use super::Shelf;
use super::{Fault, Found, Packs};
use crate::model::ids::Oid;

const ALL: usize = usize::MAX;

/// Runs git in `dir` and hands back what it printed.
pub(super) fn run(dir: &Path, args: &[&str]) -> String {
    let out = git(dir).args(args).stderr(Stdio::inherit()).output();
    let out = out.unwrap();
    assert!(out.status.success(), "git {args:?}");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Every object of the repository `dir`, borrowed ones included.
pub(super) fn every_object(dir: &Path) -> Vec<Oid> {
    let args = ["cat-file", "--batch-all-objects", "--batch-check"];
    let listed = run(dir, &args);
    let ids = listed
        .lines()
        .map(|line| line.get(..40).unwrap().parse().unwrap());
    ids.collect()
}

/// Kind and content as libgit2 has them.
fn by_libgit2(odb: &Odb<'_>, oid: Oid) -> (git2::ObjectType, Vec<u8>) {
    let object = odb
        .read(git2::Oid::from_bytes(&oid.0).unwrap())
        .unwrap_or_else(|error| panic!("{oid}: {error}"));
    (object.kind(), object.data().to_vec())
}

fn kind_of(kind: git2::ObjectType) -> Kind {
    match kind {
        git2::ObjectType::Commit => Kind::Commit,
        git2::ObjectType::Tree => Kind::Tree,
        git2::ObjectType::Blob => Kind::Blob,
        _ => Kind::Tag,
    }
}

/// Compares all objects of `dir`, whose object folders are `folders`, forwards and backwards,
/// and says how many of them the own reader found.
fn compare(dir: &Path, folders: Vec<PathBuf>) -> (usize, usize) {
    let repo = Repository::open(dir).unwrap();
    let odb = repo.odb().unwrap();
    let mut oids = every_object(dir);
    let (mut own, mut cache) = (Packs::new(&folders, Shelf::default()), Cache::default());
    let source = Source {
        repo: &repo,
        folders,
        shelf: Shelf::default(),
    };
    let mut objects = Objects::new(source).unwrap();
    let mut packed = 0;
    for _ in 0..2 {
        packed = 0;
        for oid in &oids {
            let (kind, content) = by_libgit2(&odb, *oid);
            let kind = kind_of(kind);
            let bytes = objects.read_up_to(*oid, kind, ALL).unwrap();
            assert!(bytes[..] == content[..], "{oid} differs");
            assert_eq!(objects.size(*oid, kind).unwrap(), content.len(), "{oid}");
            let other = if kind == Kind::Tag {
                Kind::Blob
            } else {
                Kind::Tag
            };
            let wrong = objects.read(*oid, other);
            assert!(matches!(wrong, Err(ObjectError::WrongKind { .. })));
            let mut fresh = Cache::default();
            if let Some(about) = own.about(&mut fresh, *oid) {
                packed += 1;
                assert_eq!(about, Ok((kind, content.len())), "{oid}");
                let again = own.read(&mut cache, *oid, |_| true, ALL).unwrap();
                let Ok(Found::Content(found, bytes)) = again else {
                    panic!("{oid}: {again:?}");
                };
                assert!(found == kind && bytes[..] == content[..], "{oid} differs");
            }
        }
        oids.reverse();
    }
    (oids.len(), packed)
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    vec![dir.join("objects")]
}

/// A history with files of several megabytes, tags of tags and of files.
fn rich(seed: u64) -> History {
    let history = History::random(seed, 60);
    let dir = history.path();
    let mut big = String::new();
    for n in 0..60_000 {
        writeln!(
            big,
            "line {n} of a file of some megabytes {}",
            n * 7919 % 6007
        )
        .unwrap();
    }
    for version in 0..3 {
        write!(big, "version {version}").unwrap();
        std::fs::write(dir.join("big"), &big).unwrap();
        let blob = run(dir, &["hash-object", "-w", "big"]);
        run(
            dir,
            &[
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "tag",
                "-a",
                "-m",
                "x",
                &format!("big-{version}"),
                blob.trim(),
            ],
        );
    }
    run(
        dir,
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "-c",
            "advice.nestedTag=false",
            "tag",
            "-a",
            "-m",
            "y",
            "tag-of-tag",
            "big-0",
        ],
    );
    history
}

/// The kinds of entries of the only pack, from git's own listing: (whole, with a base, depth).
fn shape(dir: &Path) -> (usize, usize, usize) {
    let pack = only(dir, "idx");
    let listed = run(dir, &["verify-pack", "-v", pack.to_str().unwrap()]);
    let depths: Vec<usize> = listed
        .lines()
        .filter(|line| line.len() > 40 && line.as_bytes()[40] == b' ')
        .map(|line| {
            line.split_whitespace()
                .nth(5)
                .map_or(0, |n| n.parse().unwrap())
        })
        .collect();
    let deltas = depths.iter().filter(|depth| **depth > 0).count();
    (
        depths.len() - deltas,
        deltas,
        depths.into_iter().max().unwrap_or(0),
    )
}

/// The only file of a pack that ends in `end`.
pub(super) fn only(dir: &Path, end: &str) -> PathBuf {
    let entries = std::fs::read_dir(dir.join("objects/pack")).unwrap();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == end))
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// A file whose versions are each like the one before and no other: git packs them as one long
/// chain.
fn sliding() -> History {
    let mut history = History::new();
    let line = |n: u64| format!("{:x}\n", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)).into_bytes();
    for n in 0..150 {
        let content: Vec<u8> = (n * 8..n * 8 + 40).flat_map(line).collect();
        history.put(b"slides", "100644", &content);
        history.commit();
    }
    history.finish()
}

#[test]
fn packs_with_offsets_and_deep_chains_read_as_libgit2_reads_them() {
    let histories = [
        (rich(1), "30", 5),
        (rich(2), "10", 5),
        (sliding(), "10", 15),
    ];
    for (history, window, least) in histories {
        let dir = history.path();
        let window = format!("--window={window}");
        run(dir, &["repack", "-adfq", "--depth=200", &window]);
        let (whole, deltas, depth) = shape(dir);
        assert!(
            whole > 20 && deltas > 100 && depth >= least,
            "{whole} {deltas} {depth}"
        );
        let (all, packed) = compare(dir, folders(dir));
        assert_eq!(all, packed);
    }
}

#[test]
fn packs_whose_bases_are_named_by_id_read_as_libgit2_reads_them() {
    let history = rich(3);
    let dir = history.path();
    run(
        dir,
        &["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"],
    );
    assert!(shape(dir).1 > 100);
    let (all, packed) = compare(dir, folders(dir));
    assert_eq!(all, packed);
}

#[test]
fn offsets_in_the_table_of_large_ones_are_followed() {
    let history = rich(4);
    let dir = history.path();
    run(dir, &["repack", "-adfq"]);
    let (index, pack) = (only(dir, "idx"), only(dir, "pack"));
    let before = std::fs::metadata(&index).unwrap().len();
    std::fs::remove_file(&index).unwrap();
    let args = [
        "index-pack",
        "--index-version=2,0x40",
        pack.to_str().unwrap(),
    ];
    run(dir, &args);
    assert!(std::fs::metadata(&index).unwrap().len() > before + 1000);
    let (all, packed) = compare(dir, folders(dir));
    assert_eq!(all, packed);
}

#[test]
fn loose_objects_and_indexes_of_version_1_are_left_to_libgit2() {
    let history = rich(5);
    let dir = history.path();
    run(dir, &["-c", "pack.indexVersion=1", "repack", "-adfq"]);
    std::fs::write(dir.join("loose"), "loose\n").unwrap();
    run(dir, &["hash-object", "-w", "loose"]);
    let (all, packed) = compare(dir, folders(dir));
    assert!(all > 100);
    assert_eq!(packed, 0);
}

#[test]
fn several_packs_borrowed_ones_and_loose_objects_make_one_whole() {
    let history = rich(6);
    let lender = history.path();
    run(lender, &["repack", "-adfq"]);
    let lent = every_object(lender).len();
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("borrower");
    let args = [
        "clone",
        "-q",
        "--bare",
        "--shared",
        lender.to_str().unwrap(),
        dir.to_str().unwrap(),
    ];
    run(home.path(), &args);
    for round in 0..3 {
        for n in 0..30 {
            std::fs::write(dir.join("new"), format!("{round} {n}\n").repeat(50)).unwrap();
            let blob = run(&dir, &["hash-object", "-w", "new"]);
            run(
                &dir,
                &["update-ref", &format!("refs/new/{round}-{n}"), blob.trim()],
            );
        }
        if round < 2 {
            run(&dir, &["repack", "-dlq"]);
        }
    }
    run(&dir, &["multi-pack-index", "write"]);
    let all_folders = vec![dir.join("objects"), lender.join("objects")];
    assert_eq!(compare(&dir, all_folders), (lent + 90, lent + 60));
    // Without the lender's packs libgit2 finds what is borrowed.
    assert_eq!(compare(&dir, folders(&dir)), (lent + 90, 60));
}

#[test]
fn what_a_repack_moves_is_found_again_and_what_was_mapped_stays_readable() {
    let history = rich(7);
    let dir = history.path();
    run(dir, &["repack", "-adfq"]);
    let oids = every_object(dir);
    let mut own = Packs::new(&folders(dir), Shelf::default());
    let mut read = |oid| own.read(&mut Cache::default(), oid, |_| true, ALL);
    assert!(matches!(read(oids[0]), Some(Ok(_))));
    std::fs::write(dir.join("new"), "new\n").unwrap();
    let new = run(dir, &["hash-object", "-w", "new"]);
    let new: Oid = new.trim().parse().unwrap();
    assert!(read(new).is_none(), "it is loose");
    run(dir, &["update-ref", "refs/new", &new.to_string()]);
    run(dir, &["repack", "-adfq", "--depth=5"]);
    assert!(matches!(read(new), Some(Ok(_))));
    for oid in oids {
        assert!(matches!(read(oid), Some(Ok(_))), "{oid}");
    }
    assert!(read(Oid([9; 20])).is_none());
}

#[test]
fn the_limit_is_asked_before_anything_is_made() {
    let history = rich(8);
    let dir = history.path();
    run(dir, &["repack", "-adfq"]);
    let mut own = Packs::new(&folders(dir), Shelf::default());
    let mut cache = Cache::default();
    let mut refused = BTreeMap::new();
    for oid in every_object(dir) {
        let (kind, size) = own.about(&mut cache, oid).unwrap().unwrap();
        if size == 0 {
            continue;
        }
        for limit in [0, size - 1] {
            let found = own.read(&mut cache, oid, |_| true, limit).unwrap();
            let wanted = Fault::TooLarge { size, limit };
            assert_eq!(found.unwrap_err(), wanted, "{oid}");
        }
        assert!(own.read(&mut cache, oid, |_| true, size).unwrap().is_ok());
        let other = own.read(&mut cache, oid, |found| found != kind, 0);
        assert!(matches!(other, Some(Ok(Found::Other))));
        *refused.entry(format!("{kind:?}")).or_insert(0) += 1;
    }
    assert_eq!(refused.len(), 4, "{refused:?}");
}
