//! What is damaged, cut off, replaced, dated by a broken clock or too large: the commit is kept,
//! and nothing about it is invented. Made by real `git`.

#![cfg(unix)]
#![cfg(test)]

mod support;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use inward::model::ids::Oid;
use inward::sources::git::About;
use support::{ADA, Lab, Told, done, git_in, me, read, read_with, sorted};

/// Real git in the lab's repository, fed with `input`.
fn fed(lab: &Lab, args: &[&str], input: &[u8]) -> String {
    let mut child = git_in(&lab.repo(), lab.home())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    done(&child.wait_with_output().unwrap())
}

fn object_file(lab: &Lab, hex: &str) -> std::path::PathBuf {
    let (folder, file) = hex.split_at(2);
    lab.repo().join(".git/objects").join(folder).join(file)
}

/// Kept, without a count.
fn assert_unknown(told: &Told, oid: Oid) {
    let commit = told.commit(oid);
    assert!(!commit.lines_known && commit.files.is_empty() && commit.patch.is_none());
    assert!(!commit.summary.is_empty());
}

/// A commit of 100 folders with `files` files each, on top of `parent`; its id.
fn wide(lab: &Lab, parent: Oid, files: usize) -> Oid {
    let mut stream = format!(
        "commit refs/heads/big\ncommitter Ada <{ADA}> 1700000900 +0000\ndata 4\nHuge\nfrom {parent}\n"
    );
    for n in 0..files {
        writeln!(stream, "M 100644 inline d0/f{n}\ndata 2\nx").unwrap();
    }
    for folder in 1..100 {
        writeln!(stream, "C d0 d{folder}").unwrap();
    }
    fed(lab, &["fast-import", "--quiet"], stream.as_bytes());
    lab.git(&["rev-parse", "big"]).parse().unwrap()
}

#[test]
fn a_commit_of_a_hundred_thousand_files_is_counted_as_git_counts_it() {
    let mut lab = Lab::new();
    let small = lab.mine("a.rs");
    let huge = wide(&lab, small, 1_000);
    let told = read(&lab.place());
    let numstat = lab.git(&["show", "--numstat", "--format=", "-M", "big"]);
    let files = &told.commit(huge).files;
    assert_eq!(files.len(), numstat.lines().count());
    assert_eq!(files.len(), 100_000);
    assert!(told.commit(huge).lines_known && told.reading.warnings.is_empty());
}

#[test]
fn a_commit_that_changes_more_files_than_are_counted_is_kept_with_lines_unknown() {
    let mut lab = Lab::new();
    let small = lab.mine("a.rs");
    let huge = wide(&lab, small, 2_001);
    let told = read(&lab.place());
    assert_unknown(&told, huge);
    assert!(told.commit(small).lines_known);
    assert_eq!(told.reading.warnings[0].about, About::TooLarge(1));
    assert!(
        told.warnings()
            .contains("more changes than are counted in 1 of your commits")
    );
}

#[test]
fn a_missing_folder_listing_costs_the_lines_of_those_that_need_it() {
    let mut lab = Lab::new();
    lab.write("src/a.rs", "one\n");
    let first = lab.commit_as(ADA, "First");
    let tree = lab.git(&["rev-parse", "HEAD:src"]);
    lab.write("src/a.rs", "two\n");
    let second = lab.commit_as(ADA, "Second");
    lab.write("src/a.rs", "three\n");
    let third = lab.commit_as(ADA, "Third");
    std::fs::remove_file(object_file(&lab, &tree)).unwrap();
    let told = read(&lab.place());
    assert_unknown(&told, first);
    assert_unknown(&told, second);
    assert!(told.commit(third).lines_known);
    assert_eq!(told.reading.warnings[0].about, About::DamagedLines(2));
}

#[test]
fn a_damaged_commit_is_a_warning_and_its_child_is_kept_with_lines_unknown() {
    let mut lab = Lab::new();
    let damaged = lab.mine("a.rs");
    let child = lab.mine("a.rs");
    let path = object_file(&lab, &damaged.to_string());
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, b"x\x9cnot zlib").unwrap();
    let told = read(&lab.place());
    assert_eq!(told.oids(), [child]);
    assert_unknown(&told, child);
    let about = &told.reading.warnings[0].about;
    assert!(
        matches!(about, About::DamagedCommits(1) | About::MissingCommits(1)),
        "{about:?}"
    );
    assert!(told.warnings().contains("git fsck"));
}

#[test]
fn replaced_and_grafted_commits_are_kept_as_written_with_lines_unknown() {
    for packed in [false, true] {
        let mut lab = Lab::new();
        let first = lab.mine("a.rs");
        let second = lab.mine("a.rs");
        let third = lab.mine("a.rs");
        let other = lab.git(&["commit-tree", "-m", "stands in", "HEAD^{tree}"]);
        lab.git(&["replace", &second.to_string(), &other]);
        if packed {
            lab.git(&["pack-refs", "--all"]);
        }
        let place = lab.place();
        let told = read(&place);
        assert_eq!(told.oids(), sorted(vec![first, second, third]));
        assert_eq!(told.commit(second).summary.as_str(), "Change a.rs");
        assert!(!told.commit(second).lines_known && told.commit(second).files.is_empty());
        assert!(told.commit(first).lines_known && told.commit(third).lines_known);
        assert_eq!(told.reading.warnings[0].about, About::Replaced(1));
        assert!(
            told.warnings()
                .contains("replacements name 1 of your commits")
        );

        lab.git(&["replace", "-d", &second.to_string()]);
        std::fs::write(lab.repo().join(".git/info/grafts"), format!("{third}\n")).unwrap();
        let tips = told.reading.tips;
        let told = read_with(&place, &me(&[ADA]), |r| r.frontier = &tips).unwrap();
        assert_eq!(told.reading.walked, 3, "history is walked anew");
        assert!(told.commit(second).lines_known && !told.commit(third).lines_known);
        assert_eq!(told.reading.facts.roots, [first], "a graft makes no root");

        std::fs::remove_file(lab.repo().join(".git/info/grafts")).unwrap();
        let tips = told.reading.tips;
        let told = read_with(&place, &me(&[ADA]), |r| r.frontier = &tips).unwrap();
        assert_eq!((told.reading.walked, told.reading.lines_unknown), (3, 0));
        assert_eq!(told.warnings(), "");
    }
}

#[test]
fn broken_clocks_and_zones_are_handed_on_and_cost_no_lines() {
    let mut lab = Lab::new();
    let base = lab.mine("a.rs");
    let tree = lab.git(&["rev-parse", "HEAD^{tree}"]);
    let cases = [
        ("0 +0000", 0, 0),
        ("-86400 -0330", -86_400, -210),
        ("4102444800 +0000", 4_102_444_800, 0),
        ("9223372036854775807 +1300", i64::MAX, 780),
        ("99999999999999999999999 +0100", i64::MAX, 60),
        ("1700000000 +9959", 1_700_000_000, 0),
        ("1700000000 UTC", 1_700_000_000, 0),
        ("1700000000 +0x10", 1_700_000_000, 0),
        ("yesterday", 0, 0),
    ];
    let mut made = Vec::new();
    for (at, (written, _, _)) in cases.iter().enumerate() {
        let text = format!(
            "tree {tree}\nparent {base}\nauthor Ada <{ADA}> {written}\ncommitter Ada <{ADA}> {written}\n\nCase {at}\n"
        );
        let args = [
            "hash-object",
            "-t",
            "commit",
            "-w",
            "--stdin",
            "--literally",
        ];
        let hex = fed(&lab, &args, text.as_bytes());
        let branch = lab.repo().join(format!(".git/refs/heads/case{at}"));
        std::fs::write(branch, &hex).unwrap();
        made.push(hex.parse::<Oid>().unwrap());
    }
    let told = read(&lab.place());
    assert_eq!(told.commits.len(), 1 + cases.len());
    for (oid, (written, utc, offset)) in made.iter().zip(cases) {
        let commit = told.commit(*oid);
        let at = commit.authored;
        assert_eq!(
            (at.utc, i32::from(at.offset_min)),
            (utc, offset),
            "{written}"
        );
        assert!(commit.lines_known, "{written}");
    }
    assert_eq!(told.warnings(), "");
}
