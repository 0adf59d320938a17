//! The engine on histories made for one question each, and on hostile objects.

#[cfg(test)]
use git2::{ObjectType, Repository};

use super::change::{Budget, ChangeError, Mode, RawChange, Status, changed_files};
use super::objects::{Kind, ObjectError, Objects};
use super::parity_history::History;
use super::parity_tests::{assert_equal_to_git, git};
use crate::model::commit::Lines;
use crate::model::ids::Oid;

/// The changes of a history's last commit against the one before it, proven equal to git's.
fn last_change(history: History) -> Vec<RawChange> {
    let history = history.finish();
    assert_equal_to_git(&history);
    let repo = Repository::open_bare(history.path()).unwrap();
    let last = repo
        .find_reference("refs/heads/main")
        .unwrap()
        .peel_to_commit()
        .unwrap();
    let tree = Oid::from_bytes(last.tree_id().as_bytes());
    let parent = last
        .parent(0)
        .ok()
        .and_then(|p| Oid::from_bytes(p.tree_id().as_bytes()));
    let mut objects = Objects::new(&repo).unwrap();
    changed_files(&mut objects, parent, tree.unwrap(), &Budget::default()).unwrap()
}

fn shown(change: &RawChange) -> (String, Option<String>, Option<(u32, u32)>) {
    let text = |p: &crate::model::text::RawPath| p.label().as_str().to_owned();
    let lines = change.lines.map(|l| (l.added, l.deleted));
    (
        text(&change.path),
        change.old_path.as_ref().map(text),
        lines,
    )
}

fn numbered(range: std::ops::Range<u32>) -> Vec<u8> {
    range
        .flat_map(|n| format!("line {n}\n").into_bytes())
        .collect()
}

#[test]
fn a_rename_with_edits_counts_only_the_edits() {
    let mut history = History::new();
    history.put(b"src/old.rs", "100644", &numbered(0..20));
    history.commit();
    history.remove(b"src/old.rs");
    history.put(b"lib/new.rs", "100755", &numbered(0..22));
    history.commit();
    let changes = last_change(history);
    let wanted = (
        "lib/new.rs".to_owned(),
        Some("src/old.rs".to_owned()),
        Some((2, 0)),
    );
    assert_eq!(shown(&changes[0]), wanted);
    assert_eq!(
        (changes[0].status, changes[0].mode),
        (Status::Renamed, Mode::Executable)
    );
    assert_eq!(changes.len(), 1);
}

#[test]
fn a_first_commit_adds_all_it_holds() {
    let mut history = History::new();
    history.put(b"a", "100644", b"1\n2");
    history.put(b"empty", "100644", b"");
    history.commit();
    let changes = last_change(history);
    let lines: Vec<_> = changes
        .iter()
        .map(|c| (c.status, c.lines.unwrap().added))
        .collect();
    assert_eq!(lines, [(Status::Added, 2), (Status::Added, 0)]);
}

#[test]
fn a_file_that_becomes_a_link_a_submodule_or_a_folder_counts_as_in_git() {
    let mut history = History::new();
    for path in ["link", "module", "folder", "mode"] {
        history.put(
            path.as_bytes(),
            "100644",
            format!("{path}\n2\n3\n").as_bytes(),
        );
    }
    history.commit();
    history.put(b"link", "120000", b"elsewhere");
    history.put(b"module", "160000", &[b'1'; 40]);
    history.put(b"folder/inside", "100644", b"folder\n2\n3\n4\n");
    history.put(b"mode", "100755", b"mode\n2\n3\n");
    history.commit();
    let changes: Vec<_> = last_change(history).iter().map(shown).collect();
    assert_eq!(
        changes,
        [
            (
                "folder/inside".to_owned(),
                Some("folder".to_owned()),
                Some((1, 0))
            ),
            ("link".to_owned(), None, Some((1, 3))),
            ("mode".to_owned(), None, Some((0, 0))),
            ("module".to_owned(), None, Some((1, 3))),
        ]
    );
}

#[test]
fn a_moved_submodule_and_a_moved_binary_are_renames() {
    let mut history = History::new();
    history.put(b"module", "160000", &[b'a'; 40]);
    history.put(b"picture", "100644", b"\0\x01\x02 many bytes of a picture");
    history.commit();
    history.remove(b"module");
    history.remove(b"picture");
    history.put(b"other/module", "160000", &[b'a'; 40]);
    history.put(
        b"other/picture",
        "100644",
        b"\0\x01\x02 many bytes of a picture",
    );
    history.commit();
    let changes = last_change(history);
    assert_eq!(
        changes.iter().map(|c| c.status).collect::<Vec<_>>(),
        [Status::Renamed; 2]
    );
    assert_eq!(changes[0].lines, Some(Lines::default()));
    assert_eq!(changes[1].lines, None);
}

#[test]
fn among_many_files_of_one_content_git_and_we_pick_the_same() {
    let mut history = History::new();
    for named in [98, 99, 100, 101, 102, 150] {
        let content = numbered(0..named);
        // The first target uses a source up; then the other has a namesake far down the list.
        for first in [None, Some("to/000a")] {
            for at in 0..200 {
                history.put(format!("from/{at:03}").as_bytes(), "100644", &content);
            }
            history.commit();
            for at in 0..200 {
                history.remove(format!("from/{at:03}").as_bytes());
            }
            let targets = [first.map(str::to_owned), Some(format!("to/{named:03}"))];
            for target in targets.iter().flatten() {
                history.put(target.as_bytes(), "100644", &content);
            }
            history.commit();
            for target in targets.iter().flatten() {
                history.remove(target.as_bytes());
            }
            history.commit();
        }
    }
    assert_equal_to_git(&history.finish());
}

#[test]
fn beyond_a_million_pairs_only_equal_files_and_names_are_paired() {
    for come in [1000, 1001] {
        let mut history = History::new();
        for at in 0..1000 {
            let content = numbered(at * 50..at * 50 + 9);
            history.put(format!("old/{at}").as_bytes(), "100644", &content);
        }
        history.commit();
        for at in 0..come {
            history.remove(format!("old/{at}").as_bytes());
            // Twenty renames with edits among many files too small to be weighed.
            let content = match at {
                0..20 => numbered(at * 50 + 1..at * 50 + 9),
                _ => b"x\n".to_vec(),
            };
            history.put(format!("new/{at}.x").as_bytes(), "100644", &content);
        }
        history.commit();
        let renamed = last_change(history);
        let renamed = renamed.iter().filter(|c| c.status == Status::Renamed);
        assert_eq!(renamed.count(), if come == 1000 { 20 } else { 0 });
    }
}

fn write(repo: &Repository, kind: ObjectType, bytes: &[u8]) -> Oid {
    let oid = repo.odb().unwrap().write(kind, bytes).unwrap();
    Oid::from_bytes(oid.as_bytes()).unwrap()
}

fn listing(entries: &[(&str, &str, Oid)]) -> Vec<u8> {
    let entry = |(mode, name, oid): &(&str, &str, Oid)| {
        [mode.as_bytes(), b" ", name.as_bytes(), b"\0", &oid.0].concat()
    };
    entries.iter().flat_map(entry).collect()
}

fn scratch() -> (tempfile::TempDir, Repository) {
    let dir = tempfile::tempdir().unwrap();
    let repo = Repository::init_bare(dir.path()).unwrap();
    (dir, repo)
}

#[test]
fn a_folder_bomb_is_left_at_the_budget() {
    let (_dir, repo) = scratch();
    let mut below = write(&repo, ObjectType::Blob, b"x\n");
    let mut mode = "100644";
    for _ in 0..10 {
        let names: Vec<String> = (0..10).map(|n| format!("d{n}")).collect();
        let entries: Vec<_> = names.iter().map(|n| (mode, n.as_str(), below)).collect();
        below = write(&repo, ObjectType::Tree, &listing(&entries));
        mode = "40000";
    }
    let mut objects = Objects::new(&repo).unwrap();
    let found = changed_files(&mut objects, None, below, &Budget::default());
    assert!(
        matches!(found, Err(ChangeError::TooManyFiles(200_000))),
        "{found:?}"
    );
    let tight = Budget {
        entries_visited: 1000,
        ..Budget::default()
    };
    let found = changed_files(&mut objects, None, below, &tight);
    assert!(
        matches!(found, Err(ChangeError::TooManyEntries(1000))),
        "{found:?}"
    );
}

#[test]
fn folders_without_end_are_left_at_git_s_depth() {
    let (_dir, repo) = scratch();
    let mut below = write(&repo, ObjectType::Tree, b"");
    for _ in 0..3000 {
        below = write(&repo, ObjectType::Tree, &listing(&[("40000", "d", below)]));
    }
    let mut objects = Objects::new(&repo).unwrap();
    let found = changed_files(&mut objects, None, below, &Budget::default());
    assert!(
        matches!(found, Err(ChangeError::TooDeep(2048))),
        "{found:?}"
    );
}

#[test]
fn what_is_missing_damaged_or_of_another_kind_is_said_so() {
    let (dir, repo) = scratch();
    let blob = write(&repo, ObjectType::Blob, b"text\n");
    let lost = Oid([7; 20]);
    let with = |entries: &[(&str, &str, Oid)]| write(&repo, ObjectType::Tree, &listing(entries));
    let trees = [
        with(&[("100644", "a", lost)]),
        with(&[("40000", "a", blob)]),
        with(&[("100644", "a", with(&[]))]),
        write(&repo, ObjectType::Tree, b"100644 a\0short"),
        write(&repo, ObjectType::Tree, b"not a listing"),
    ];
    let mut objects = Objects::new(&repo).unwrap();
    let mut errors = Vec::new();
    for tree in trees {
        let Err(ChangeError::Object(error)) =
            changed_files(&mut objects, None, tree, &Budget::default())
        else {
            panic!("{tree} was read");
        };
        errors.push(error);
    }
    assert!(matches!(errors[0], ObjectError::Missing(oid) if oid == lost));
    assert!(matches!(
        errors[1],
        ObjectError::WrongKind {
            wanted: Kind::Tree,
            ..
        }
    ));
    assert!(matches!(
        errors[2],
        ObjectError::WrongKind {
            wanted: Kind::Blob,
            ..
        }
    ));
    assert!(matches!(errors[3], ObjectError::Damaged(..)));
    assert!(matches!(errors[4], ObjectError::Damaged(..)));
    let hex = blob.to_string();
    let (folder, file) = hex.split_at(2);
    let path = dir.path().join("objects").join(folder).join(file);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, b"garbage").unwrap();
    let mut objects = Objects::new(&Repository::open_bare(dir.path()).unwrap())
        .map(|mut fresh| fresh.read(blob, Kind::Blob).map(drop))
        .unwrap();
    assert!(
        matches!(&mut objects, Err(ObjectError::Damaged(..))),
        "{objects:?}"
    );
}

#[test]
fn a_file_beyond_the_budget_makes_lines_unknown_and_is_not_unpacked() {
    let (_dir, repo) = scratch();
    let large = write(&repo, ObjectType::Blob, &vec![b'\n'; 3 << 20]);
    let tree = write(
        &repo,
        ObjectType::Tree,
        &listing(&[("100644", "large", large)]),
    );
    let mut objects = Objects::new(&repo).unwrap();
    let tight = Budget {
        blob_bytes: 1 << 20,
        ..Budget::default()
    };
    let found = changed_files(&mut objects, None, tree, &tight);
    let Err(ChangeError::Object(ObjectError::TooLarge { size, .. })) = found else {
        panic!("{found:?}");
    };
    assert_eq!(size, 3 << 20);
    let all = Budget {
        all_bytes: 1 << 20,
        ..Budget::default()
    };
    let found = changed_files(&mut objects, None, tree, &all);
    assert!(
        matches!(found, Err(ChangeError::TooManyBytes(_))),
        "{found:?}"
    );
}

#[test]
fn old_modes_and_unsorted_listings_do_no_harm() {
    let (dir, repo) = scratch();
    let blob = write(&repo, ObjectType::Blob, b"text\n");
    let old = write(&repo, ObjectType::Tree, &listing(&[("100664", "a", blob)]));
    let new = write(&repo, ObjectType::Tree, &listing(&[("100644", "a", blob)]));
    let odd = write(
        &repo,
        ObjectType::Tree,
        &listing(&[
            ("100644", "z", blob),
            ("100644", "a", blob),
            ("40000", "a", new),
        ]),
    );
    let mut objects = Objects::new(&repo).unwrap();
    let budget = Budget::default();
    assert_eq!(
        changed_files(&mut objects, Some(old), new, &budget).unwrap(),
        []
    );
    assert!(changed_files(&mut objects, Some(odd), new, &budget).is_ok());
    assert!(changed_files(&mut objects, Some(new), odd, &budget).is_ok());
    let same = git(dir.path())
        .args(["diff-tree", "--numstat", &old.to_string(), &new.to_string()])
        .output();
    assert_eq!(same.unwrap().stdout, b"");
}
