//! Reading repositories of every shape, made by real `git`.

#![cfg(unix)]
#![cfg(test)]

mod support;

use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use inward::model::commit::{Category, Lines};
use inward::model::identity::Address;
use inward::model::place::Place;
use inward::model::text::RawPath;
use inward::sources::git::{self, About, GitError};
use support::{ADA, Lab, git_in, me, read, read_with, sorted};

const BOB: &str = "bob@example.org";

#[test]
fn only_my_commits_are_told_with_their_files() {
    let mut lab = Lab::new();
    let first = lab.mine("src/a.rs");
    lab.write("b.txt", "theirs\n");
    lab.commit_as(BOB, "Not mine");
    lab.write("src/a.rs", "other\n");
    let last = lab.commit_as(ADA, "Two\nlines\n\nBody");
    let told = read(&lab.place());
    assert_eq!(told.oids(), sorted(vec![first, last]));
    assert_eq!((told.reading.walked, told.reading.mine), (3, 2));
    assert_eq!(told.walked.last(), Some(&(3, 2)));
    let commit = told.commit(last);
    assert_eq!(commit.summary.as_str(), "Two lines");
    assert_eq!(commit.files.len(), 1);
    assert_eq!(commit.files[0].language, Some("Rust"));
    assert_eq!(commit.files[0].category, Category::Source);
    let lines = Lines {
        added: 1,
        deleted: 1,
    };
    assert_eq!(commit.files[0].lines, Some(lines));
    assert_eq!(commit.authored.offset_min, 60);
    assert_eq!(told.reading.facts.roots, [first]);
    assert_eq!(
        told.reading.facts.default_branch.as_ref().unwrap().as_str(),
        "main"
    );
    assert_eq!(told.warnings(), "");
}

#[test]
fn bare_worktree_submodule_and_git_file_are_read_alike() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    lab.mine("a.rs");
    let all = read(&lab.place()).oids();

    lab.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let bare = lab.place_at(&lab.path("bare.git"));
    assert_eq!(read(&bare).oids(), all);

    lab.git(&["worktree", "add", "-q", "-b", "side", "../tree"]);
    let tree = lab.place_at(&lab.path("tree"));
    assert_ne!(tree.git_dir, tree.common_dir);
    assert_eq!(read(&tree).oids(), all);

    lab.git(&["init", "-q", "../outer"]);
    let outer = lab.path("outer");
    lab.git_at(&outer, &["submodule", "--quiet", "add", "../repo", "inner"]);
    let inner = lab.place_at(&outer.join("inner"));
    assert!(inner.git_dir.ends_with("modules/inner"));
    assert_eq!(read(&inner).oids(), all);

    lab.git(&[
        "clone",
        "-q",
        "--separate-git-dir",
        "../apart.git",
        ".",
        "../apart",
    ]);
    let apart = lab.place_at(&lab.path("apart"));
    assert!(apart.git_dir.ends_with("apart.git"));
    assert_eq!(read(&apart).oids(), all);
}

#[test]
fn objects_in_alternates_are_found() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    lab.git(&["clone", "-q", "--shared", ".", "../borrower"]);
    lab.git_at(
        &lab.path("borrower"),
        &["clone", "-q", "--shared", ".", "../second"],
    );
    let told = read(&lab.place_at(&lab.path("second")));
    assert_eq!((told.oids().len(), told.reading.lines_unknown), (1, 0));
}

#[test]
fn a_detached_head_of_any_work_tree_is_history_too() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    lab.git(&["worktree", "add", "-q", "--detach", "../tree"]);
    let tree = lab.path("tree");
    lab.git_at(&tree, &["commit", "-q", "--allow-empty", "-m", "Apart"]);
    lab.git(&["checkout", "-q", "--detach"]);
    lab.mine("a.rs");
    assert_eq!(read(&lab.place()).oids().len(), 3);
    assert_eq!(read(&lab.place_at(&tree)).oids().len(), 3);
}

#[test]
fn an_empty_repository_has_no_commits_and_no_error() {
    let lab = Lab::new();
    let told = read(&lab.place());
    assert_eq!((told.reading.walked, told.warnings().as_str()), (0, ""));
    assert_eq!(told.walked, [(0, 0)]);
    assert_eq!(
        git::people(&lab.place(), &AtomicBool::new(false)).unwrap(),
        []
    );
}

#[test]
fn an_unborn_branch_does_not_hide_the_others() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    lab.git(&["checkout", "-q", "--orphan", "new"]);
    let told = read(&lab.place());
    assert_eq!(told.oids().len(), 1);
    assert!(told.sightings[0].1, "main still is the default branch");
}

#[test]
fn a_shallow_clone_says_so_and_invents_no_lines() {
    let mut lab = Lab::new();
    for _ in 0..4 {
        lab.mine("a.rs");
    }
    let url = format!("file://{}", lab.repo().display());
    lab.git(&["clone", "-q", "--depth", "2", &url, "../clone"]);
    let clone = lab.path("clone");
    let place = lab.place_at(&clone);
    let told = read(&place);
    assert_eq!((told.reading.walked, told.reading.lines_unknown), (2, 1));
    assert!(told.reading.facts.shallow);
    assert_eq!(told.reading.facts.roots, []);
    let warnings = told.warnings();
    assert!(warnings.contains("clone is a shallow clone"), "{warnings}");
    let unknown = told.commits.iter().find(|c| !c.lines_known).unwrap();
    assert_eq!(unknown.files, []);

    // Deepening moves no ref; the rest is found all the same.
    lab.git_at(&clone, &["fetch", "-q", "--unshallow"]);
    let tips = told.reading.tips;
    let told = read_with(&place, &me(&[ADA]), |r| r.frontier = &tips).unwrap();
    assert_eq!((told.reading.walked, told.reading.lines_unknown), (4, 0));
    assert_eq!(told.reading.facts.roots.len(), 1);
}

#[test]
fn a_partial_clone_is_not_fetched_from_and_not_guessed_at() {
    let mut lab = Lab::new();
    lab.git(&["config", "uploadpack.allowFilter", "true"]);
    for _ in 0..3 {
        lab.mine("a.rs");
    }
    let url = format!("file://{}", lab.repo().display());
    lab.git(&[
        "clone",
        "-q",
        "--no-checkout",
        "--filter=blob:none",
        &url,
        "../clone",
    ]);
    let told = read(&lab.place_at(&lab.path("clone")));
    assert!(told.reading.facts.partial);
    assert_eq!((told.reading.mine, told.reading.lines_unknown), (3, 3));
    assert!(
        told.commits
            .iter()
            .all(|c| !c.lines_known && c.files.is_empty())
    );
    assert!(told.warnings().contains("the lines of 3 of your commits"));
}

#[test]
fn a_corrupt_object_costs_its_commit_the_lines_and_nothing_else() {
    let mut lab = Lab::new();
    let good = lab.mine("a.rs");
    lab.write("b.rs", "only here\n");
    let bad = lab.commit_as(ADA, "Broken");
    let last = lab.mine("c.rs");
    let blob = lab.git(&["rev-parse", "HEAD:b.rs"]);
    let (folder, file) = blob.split_at(2);
    let path = lab.repo().join(".git/objects").join(folder).join(file);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, b"x\x9cnot zlib").unwrap();
    let told = read(&lab.place());
    assert!(told.commit(good).lines_known && told.commit(last).lines_known);
    assert!(!told.commit(bad).lines_known);
    assert_eq!(told.reading.lines_unknown, 1);
    let warnings = told.warnings();
    assert!(
        warnings.contains("repo") && warnings.contains("lines of 1 of"),
        "{warnings}"
    );
}

#[test]
fn a_missing_commit_is_a_warning_until_it_is_back() {
    let mut lab = Lab::new();
    let lost = lab.mine("a.rs");
    lab.mine("a.rs");
    let hex = lost.to_string();
    let (folder, file) = hex.split_at(2);
    let path = lab.repo().join(".git/objects").join(folder).join(file);
    let aside = lab.path("aside");
    std::fs::rename(&path, &aside).unwrap();
    let told = read(&lab.place());
    assert_eq!((told.reading.walked, told.reading.lines_unknown), (1, 1));
    assert_eq!(told.reading.warnings[0].about, About::MissingCommits(1));
    std::fs::rename(&aside, &path).unwrap();
    let tips = told.reading.tips;
    let told = read_with(&lab.place(), &me(&[ADA]), |r| r.frontier = &tips).unwrap();
    assert_eq!((told.reading.walked, told.reading.lines_unknown), (2, 0));
}

#[test]
fn names_and_messages_in_any_encoding_come_through() {
    use std::os::unix::ffi::OsStrExt;
    let lab = Lab::new();
    lab.write(std::ffi::OsStr::from_bytes(b"caf\xe9.c"), "x\n");
    lab.write("new\nline.c", "x\n");
    lab.git(&["add", "-A"]);
    let mut command = git_in(&lab.repo(), lab.home());
    command
        .args(["-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "-m"])
        .arg(std::ffi::OsStr::from_bytes(b"Gr\xfc\xdfe"));
    support::done(&command.output().unwrap());
    let told = read(&lab.place());
    assert_eq!(told.commits[0].summary.as_str(), "Grüße");
    let paths: Vec<RawPath> = told.commits[0]
        .files
        .iter()
        .map(|f| f.path.clone())
        .collect();
    assert!(paths.contains(&RawPath::new(b"caf\xe9.c")));
    assert!(paths.contains(&RawPath::new(b"new\nline.c")));
}

#[test]
fn clocks_of_1970_and_2100_are_handed_on_as_they_are() {
    let lab = Lab::new();
    let old = lab.commit_at(ADA, "Old", "@1 +0000");
    let new = lab.commit_at(ADA, "New", "@4102444800 +1300");
    let told = read(&lab.place());
    assert_eq!(told.commit(old).authored.utc, 1);
    assert_eq!(told.commit(new).authored.utc, 4_102_444_800);
    assert!(
        told.commits
            .iter()
            .all(|c| !c.authored.is_dated(support::NOW))
    );
}

#[test]
fn notes_stashes_and_other_keepsakes_are_not_history() {
    let mut lab = Lab::new();
    let base = lab.mine("a.rs");
    lab.git(&["notes", "add", "-m", "note"]);
    lab.write("a.rs", "stashed\n");
    lab.git(&["stash", "-q"]);
    for name in [
        "original/x",
        "bisect/bad",
        "jj/keep/1",
        "tags/t",
        "pull/1/head",
    ] {
        lab.git(&["checkout", "-q", "--detach", "main"]);
        lab.git(&["commit", "-q", "--allow-empty", "-m", name]);
        lab.git(&["update-ref", &format!("refs/{name}"), "HEAD"]);
    }
    lab.git(&["checkout", "-q", "main"]);
    let replacement = lab.git(&["commit-tree", "-m", "stand-in", "HEAD^{tree}"]);
    lab.git(&["replace", &base.to_string(), &replacement]);
    let names = |told: &support::Told| {
        let mut names: Vec<String> = told.commits.iter().map(|c| c.summary.to_string()).collect();
        names.sort();
        names
    };
    let expected = ["Change a.rs", "pull/1/head", "tags/t"];
    assert_eq!(names(&read(&lab.place())), expected);
    lab.git(&["pack-refs", "--all"]);
    assert_eq!(names(&read(&lab.place())), expected);
}

#[test]
fn annotated_tags_lead_to_their_commits_packed_or_not() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    lab.git(&["checkout", "-q", "--detach"]);
    lab.mine("a.rs");
    lab.git(&["tag", "-a", "-m", "v1", "v1"]);
    lab.git(&["tag", "-a", "-m", "v1 again", "v1-again", "v1"]);
    lab.git(&["tag", "-a", "-m", "a file", "blob", "HEAD:a.rs"]);
    lab.git(&["checkout", "-q", "main"]);
    let told = read(&lab.place());
    assert_eq!((told.reading.walked, told.warnings().as_str()), (2, ""));
    lab.git(&["pack-refs", "--all"]);
    assert_eq!(read(&lab.place()).reading.walked, 2);
    let tips = read(&lab.place()).reading.tips;
    let again = read_with(&lab.place(), &me(&[ADA]), |r| r.frontier = &tips).unwrap();
    assert_eq!(again.reading.walked, 0);
}

#[test]
fn after_new_commits_only_those_come() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    lab.git(&["branch", "topic"]);
    lab.mine("a.rs");
    let place = lab.place();
    let tips = read(&place).reading.tips;
    let me = me(&[ADA]);
    let since_then = || read_with(&place, &me, |r| r.frontier = &tips).unwrap();
    assert_eq!(since_then().reading.walked, 0);
    let new = lab.mine("a.rs");
    // A branch from the middle of old history brings nothing old with it.
    lab.git(&["checkout", "-q", "topic"]);
    let side = lab.mine("b.rs");
    lab.git(&["checkout", "-q", "main"]);
    lab.git(&["merge", "-q", "--no-edit", "topic"]);
    let merge = lab.head();
    let told = since_then();
    assert_eq!(told.oids(), sorted(vec![new, side, merge]));
    assert_eq!(told.reading.walked, 3);
    assert!(told.commit(merge).merge && told.commit(merge).files.is_empty());
    assert!(told.commit(merge).lines_known);
    assert_eq!(told.reading.facts.roots, []);
    assert!(told.sightings.iter().all(|(_, on_default)| *on_default));
}

#[test]
fn known_commits_are_sighted_and_not_told_again() {
    let mut lab = Lab::new();
    let old = lab.mine("a.rs");
    let new = lab.mine("a.rs");
    let known = move |oid| oid == old;
    let told = read_with(&lab.place(), &me(&[ADA]), |r| r.known = &known).unwrap();
    assert_eq!(told.oids(), [new]);
    assert_eq!(told.sightings.len(), 2);
    assert_eq!(told.reading.mine, 2);
}

#[test]
fn what_the_default_branch_holds_is_told_apart() {
    let mut lab = Lab::new();
    let main = lab.mine("a.rs");
    lab.git(&["checkout", "-q", "-b", "topic"]);
    let topic = lab.mine("a.rs");
    let told = read(&lab.place());
    let mut expected = vec![(main, true), (topic, false)];
    expected.sort_unstable();
    let mut sightings = told.sightings;
    sightings.sort_unstable();
    assert_eq!(sightings, expected);
}

#[test]
fn since_and_excluded_paths_are_left_out() {
    let mut lab = Lab::new();
    lab.commit_at(ADA, "Before", "2020-05-01T12:00:00+0000");
    lab.write("vendor/x.c", "x\n");
    lab.write("own.c", "x\n");
    let after = lab.commit_at(ADA, "After", "2020-05-02T00:30:00+0200");
    lab.mine("own.c");
    let exclude = ["vendor".to_owned()];
    let told = read_with(&lab.place(), &me(&[ADA]), |r| {
        r.since = NaiveDate::from_ymd_opt(2020, 5, 2);
        r.exclude = &exclude;
    })
    .unwrap();
    assert_eq!((told.reading.walked, told.reading.mine), (3, 2));
    let files = &told.commit(after).files;
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].path, RawPath::new(b"own.c"));
}

#[test]
fn a_mailmap_makes_two_addresses_one_where_something_else_ties_them() {
    let mut lab = Lab::new();
    lab.write(
        ".mailmap",
        "Ada <ada@example.org> <ada@old.example>\nAda <ada@example.org> <eve@example.org>\n",
    );
    lab.commit_as("ADA@old.example", "By the old address");
    lab.commit_as("eve@example.org", "By somebody else");
    lab.mine("a.rs");
    assert_eq!(
        read(&lab.place()).oids().len(),
        2,
        "a line alone takes nothing"
    );
    let old = read_with(&lab.place(), &me(&["ada@old.example"]), |_| {}).unwrap();
    assert_eq!(old.oids().len(), 1, "the raw address counts too");
    let people = git::people(&lab.place(), &AtomicBool::new(false)).unwrap();
    let shown: Vec<_> = people
        .iter()
        .map(|one| (one.entry.as_str(), one.mapped.as_ref().map(Address::as_str)))
        .collect();
    assert_eq!(
        shown,
        [
            (ADA, None),
            ("ada@old.example", Some(ADA)),
            ("eve@example.org", Some(ADA)),
        ]
    );
    let day = NaiveDate::from_ymd_opt(2023, 11, 14).unwrap();
    assert_eq!((people[0].commits, people[0].days), (1, Some((day, day))));
}

#[test]
fn a_mailmap_that_learns_of_me_brings_my_older_commits() {
    let mut lab = Lab::new();
    let old = lab.commit_as("ada@old.example", "By the old address");
    lab.mine("a.rs");
    let tips = read(&lab.place()).reading.tips;
    lab.write(".mailmap", "Ada <ada@example.org> <ada@old.example>\n");
    lab.mine("a.rs");
    let told = read_with(&lab.place(), &me(&[ADA]), |r| r.frontier = &tips).unwrap();
    assert!(told.oids().contains(&old));
}

#[test]
fn attributes_of_any_folder_of_head_decide_what_a_file_is() {
    let mut lab = Lab::new();
    lab.write(
        ".gitattributes",
        "*.gen linguist-generated\nx.c linguist-language=C++\n",
    );
    lab.write("sub/.gitattributes", "*.gen -linguist-generated\n");
    lab.write("a.gen", "x\n");
    lab.write("sub/deep/a.gen", "x\n");
    lab.write("x.c", "x\n");
    lab.mine("tests/t.rs");
    let told = read(&lab.place());
    let of = |path: &str| {
        let mut files = told.commits[0].files.iter();
        let file = files
            .find(|f| f.path.as_bytes() == path.as_bytes())
            .unwrap();
        (file.category, file.language)
    };
    assert_eq!(of("a.gen").0, Category::Generated);
    assert_eq!(of("sub/deep/a.gen").0, Category::Source);
    assert_eq!(of("x.c").1, Some("C++"));
    assert_eq!(of("tests/t.rs"), (Category::Test, Some("Rust")));
}

#[test]
fn the_remote_is_told_without_its_password() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    lab.git(&[
        "remote",
        "add",
        "origin",
        "https://ada:hunter2@Example.org/o/r.git",
    ]);
    let facts = read(&lab.place()).reading.facts;
    assert_eq!(facts.remote.unwrap().as_str(), "example.org/o/r");
}

#[test]
fn a_set_stop_flag_and_a_full_sink_end_the_reading() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    let stop = AtomicBool::new(true);
    let stopped = read_with(&lab.place(), &me(&[ADA]), |r| r.stop = &stop);
    assert!(matches!(stopped, Err(GitError::Stopped(_))));
    let request = git::Request {
        place: &lab.place(),
        me: &me(&[ADA]),
        frontier: &[],
        default_tips: &[],
        pending: &[],
        reflog: false,
        known: &|_| false,
        swallowed: &|_| false,
        since: None,
        exclude: &[],
        now_utc: support::NOW,
        stop: &AtomicBool::new(false),
    };
    let refused = git::read(&request, &mut |_| Err(git::Stop));
    assert!(matches!(refused, Err(GitError::Stopped(_))));
}

#[test]
fn what_is_not_a_readable_repository_is_named_with_the_next_step() {
    let lab = Lab::new();
    let fail = |place: &Place| read_with(place, &me(&[ADA]), |_| {}).unwrap_err();
    let mut nowhere = lab.place();
    nowhere.git_dir = lab.path("nothing");
    nowhere.common_dir = lab.path("nothing");
    let error = fail(&nowhere);
    assert!(matches!(error, GitError::NotARepository(_)));
    assert!(error.to_string().contains("repo") && error.to_string().contains("inward repos rm"));

    lab.git(&["init", "-q", "--object-format=sha256", "../long"]);
    let error = fail(&lab.place_at(&lab.path("long")));
    assert!(matches!(error, GitError::Sha256(_)), "{error}");

    lab.git(&["init", "-q", "--ref-format=reftable", "../table"]);
    let error = fail(&lab.place_at(&lab.path("table")));
    assert!(matches!(error, GitError::Reftable(_)), "{error}");
}

#[test]
fn a_foreign_owned_repository_needs_trust() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    let mut place = lab.place();
    // Only root can give a folder away.
    if std::os::unix::fs::chown(&place.git_dir, Some(4242), None).is_err() {
        return;
    }
    let error = read_with(&place, &me(&[ADA]), |_| {}).unwrap_err();
    assert!(matches!(error, GitError::Foreign(_)));
    assert!(error.to_string().contains("inward trust"));
    place.trusted = true;
    assert_eq!(read(&place).oids().len(), 1);
}

#[test]
fn broken_refs_are_passed_over_with_one_warning() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    std::fs::write(lab.repo().join(".git/refs/heads/torn"), "").unwrap();
    std::fs::write(lab.repo().join(".git/refs/heads/x.lock"), "").unwrap();
    let told = read(&lab.place());
    assert_eq!(told.oids().len(), 1);
    let name = "refs/heads/torn";
    assert!(told.warnings().contains(name) && told.reading.warnings.len() == 1);
}

#[test]
fn a_stamp_changes_with_every_ref_and_only_then() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    let place = lab.place();
    let stamp = || git::stamp(&place, false).unwrap();
    let first = stamp();
    assert_eq!(first, stamp());
    lab.git(&["status"]);
    assert_eq!(first, stamp());
    assert!(first.is_young(first.newest_utc()) && !first.is_young(first.newest_utc() + 2));
    let mut seen = vec![first];
    let mut moved = |what: &str| {
        let now = stamp();
        assert!(!seen.contains(&now), "{what}");
        seen.push(now);
    };
    lab.mine("a.rs");
    moved("a commit");
    lab.git(&["tag", "deep/er/t"]);
    moved("a tag in a folder");
    lab.git(&["pack-refs", "--all"]);
    moved("packed");
    lab.git(&["checkout", "-q", "--detach"]);
    moved("detached");
    lab.git(&["worktree", "add", "-q", "--detach", "../tree"]);
    moved("a work tree");
}
