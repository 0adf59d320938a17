//! Trees made of any bytes, their own parts among their parts: the difference of two is bounded, and
//! the same seen from the other side.

use std::collections::BTreeSet;

use git2::Repository;

use super::made::{self, Body, Bytes, id};
use crate::model::ids::Oid;
use crate::sources::git::change::{Budget, ChangeError, changed_files};
use crate::sources::git::objects::{Objects, Source};
use crate::sources::git::pack::Shelf;
use crate::sources::git::tree::{Difference, differences};

const BUDGET: Budget = Budget {
    entries_visited: 3_000,
    files_changed: 200,
    path_bytes: 1 << 20,
    blob_bytes: 1 << 12,
    all_bytes: 1 << 14,
};

/// Every object in turn, then the first and the last are compared.
pub fn check(data: &[u8]) {
    let mut bytes = Bytes(data);
    let mut body = Body::default();
    while !bytes.is_empty() && body.offsets.len() < 40 {
        let head = bytes.one();
        match head & 3 {
            0 | 1 => {
                let tree = listing(&mut bytes, head >> 2 & 7);
                body.add(2, tree.len(), &[], &tree);
            }
            kind => {
                let length = usize::from(bytes.one());
                let content = bytes.some(length);
                body.add(kind, content.len(), &[], content);
            }
        }
    }
    if body.offsets.is_empty() {
        return;
    }
    let (pack, index) = body.files();
    let folder = made::write(&pack, &index);
    let repo = REPOSITORY.with(|repo| repo.path().to_owned());
    let repo = Repository::open_bare(repo).expect("an empty repository");
    let source = Source {
        repo: &repo,
        folders: vec![folder],
        shelf: Shelf::default(),
    };
    let mut objects = Objects::new(source).expect("a reader");
    let (first, last) = (id(0), id(body.offsets.len() - 1));
    for old in [None, Some(first)] {
        compare(&mut objects, old, last);
    }
}

thread_local! {
    /// A repository with nothing in it: what our own packs do not hold is nowhere.
    static REPOSITORY: Repository =
        Repository::init_bare(made::folder().join("empty")).expect("a repository");
}

fn compare(objects: &mut Objects<'_>, old: Option<Oid>, new: Oid) {
    let found = differences(objects, old, new, &BUDGET);
    if let Ok(found) = &found {
        bounded(found);
        if old == Some(new) {
            assert!(found.is_empty(), "a tree differs from itself");
        }
    }
    if let Some(old) = old {
        let back = differences(objects, Some(new), old, &BUDGET);
        if let (Ok(found), Ok(back)) = (&found, &back) {
            let turned: Vec<_> = back
                .iter()
                .map(|one| (&one.path, one.new, one.old))
                .collect();
            let there: Vec<_> = found
                .iter()
                .map(|one| (&one.path, one.old, one.new))
                .collect();
            assert_eq!(there, turned, "seen from the other side");
        }
    }
    let changes = changed_files(objects, old, new, &BUDGET);
    match (&found, &changes) {
        (Ok(found), Ok(changes)) => {
            assert!(
                changes.len() <= found.len(),
                "{} of {}",
                changes.len(),
                found.len()
            );
            let paths: BTreeSet<_> = found.iter().map(|one| &one.path).collect();
            assert!(changes.iter().all(|one| paths.contains(&one.path)));
            for lines in changes.iter().filter_map(|one| one.lines) {
                let most = u32::try_from(BUDGET.blob_bytes).unwrap_or(0);
                assert!(lines.added <= most && lines.deleted <= most, "{lines:?}");
            }
        }
        (Err(_), Ok(_)) => panic!("changes of trees that cannot be compared"),
        (_, Err(error)) => assert_shown(error),
    }
}

fn bounded(found: &[Difference]) {
    assert!(found.len() <= BUDGET.files_changed as usize);
    let bytes: usize = found.iter().map(|one| one.path.as_bytes().len()).sum();
    assert!(bytes <= BUDGET.path_bytes, "{bytes} bytes of paths");
    for one in found {
        assert_ne!(one.old, one.new);
        assert!(!one.path.as_bytes().is_empty());
    }
}

fn assert_shown(error: &ChangeError) {
    let said = error.to_string();
    assert!(crate::model::text::is_shown(&said), "{said:?}");
}

/// A tree of `count` entries: mode, length and letters of the name, whose content.
fn listing(bytes: &mut Bytes<'_>, count: u8) -> Vec<u8> {
    const MODES: [&str; 8] = [
        "40000", "100644", "100755", "120000", "160000", "40000", "777777", "100664",
    ];
    let mut out = Vec::new();
    for _ in 0..count {
        let head = bytes.one();
        out.extend(MODES[usize::from(head & 7)].as_bytes());
        out.push(b' ');
        out.extend(bytes.some(usize::from(head >> 3 & 7) + 1));
        out.push(0);
        out.extend(id(usize::from(bytes.one()) % 48).0);
    }
    out
}

/// Trees to start from.
pub fn seeds() -> Vec<Vec<u8>> {
    vec![
        // Two versions of one file, and the trees that hold them.
        b"\x04\x01a\x01\x03\x04one\n\x03\x08one\ntwo\n\x08\x01a\x02\x01b\x01".to_vec(),
        // A tree in itself, twice, under two names.
        b"\x08\x00a\x00\x00b\x00\x08\x00a\x01\x00b\x00".to_vec(),
        // Folders in folders, one of which is a file on the other side.
        b"\x04\x00d\x01\x04\x00e\x02\x04\x01f\x03\x03\x02x\n\x04\x01d\x03".to_vec(),
        // Names out of order, twice the same, a link, a submodule, a mode of no kind.
        b"\x14\x01b\x05\x01a\x05\x01a\x06\x03l\x05\x04s\x05\x03\x02x\n\x10\x06q\x05\x01a\x01\x01b\x05\x07c\x05".to_vec(),
        // A listing that breaks in its middle.
        b"\x02\x20100644 a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x3140000 \x04\x01a\x01".to_vec(),
    ]
}
