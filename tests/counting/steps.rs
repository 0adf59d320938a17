//! The same histories read step by step: what a scan after each step says is what one scan at the
//! end says.

use crate::case::{NONE, Record, Said};
use crate::home::Home;
use crate::story::{ADA, Story, text};

/// Main with one commit of one line, read once.
fn begun(home: &Home) -> (Story<'_>, Record<'_>) {
    let repo = Story::new(home, "r");
    repo.add("2026-03-02T08:00:00Z", "base", 1);
    let record = Record::of(home, std::slice::from_ref(&repo.path), false);
    record.scan(&[]);
    (repo, record)
}

/// Lands `branch` on the branch that is checked out.
fn squash(repo: &Story<'_>, branch: &str, date: &str) {
    repo.git(&["merge", "-q", "--squash", branch]);
    repo.git_as((ADA, date), &["commit", "-q", "-m", "Land it"]);
}

#[test]
fn an_address_that_is_taken_again_brings_its_commits_back() {
    let home = Home::new();
    let (_repo, record) = begun(&home);
    record.run(&["me", "remove", "ada@example.org"]);
    record.run(&["me", "add", "ada@example.org", "--this-is-me"]);
    let expected = Said {
        commits: 1,
        delivered: 1,
        lines: 1,
        ..NONE
    };
    assert_eq!(record.scan(&[]), expected);
}

#[test]
fn what_the_default_branch_holds_landed_as_itself_whatever_squash_stands_elsewhere() {
    let home = Home::new();
    let (repo, record) = begun(&home);
    repo.git(&["branch", "release"]);
    repo.git(&["checkout", "-q", "-b", "fix"]);
    repo.add("2026-03-03T08:00:00Z", "f1", 10);
    repo.add("2026-03-03T09:00:00Z", "f2", 10);
    repo.git(&["checkout", "-q", "release"]);
    squash(&repo, "fix", "2026-03-04T08:00:00Z");
    record.scan(&[]);
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--ff-only", "fix"]);
    let expected = Said {
        commits: 3,
        delivered: 3,
        lines: 21,
        squashes: 1,
        ..NONE
    };
    assert_eq!(record.scan(&[]), expected);
    assert_eq!(record.scan(&["--full"]), expected);
}

#[test]
fn a_whole_reading_takes_back_what_the_default_branch_no_longer_holds() {
    let home = Home::new();
    let (repo, record) = begun(&home);
    repo.add("2026-03-03T08:00:00Z", "w1", 10);
    record.scan(&[]);
    repo.git(&["branch", "kept"]);
    repo.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let said = record.scan(&["--full"]);
    assert_eq!((said.commits, said.delivered), (2, 1));
}

#[test]
fn one_of_two_clones_that_has_it_on_its_default_branch_is_enough() {
    let home = Home::new();
    let repo = Story::new(&home, "up");
    repo.add("2026-03-02T08:00:00Z", "base", 1);
    let fork = crate::story::beside(&repo.path, "fork");
    repo.git(&["clone", "-q", ".", fork.to_str().unwrap()]);
    let fork = Story::of(&home, fork);
    fork.git(&["remote", "remove", "origin"]);
    let record = Record::of(&home, &[repo.path.clone(), fork.path.clone()], false);
    repo.add("2026-03-03T08:00:00Z", "u1", 2);
    assert_eq!(record.scan(&[]).delivered, 2);
    fork.git(&["fetch", "-q", repo.path.to_str().unwrap(), "main:topic"]);
    assert_eq!(record.scan(&[]).delivered, 2);
}

#[test]
fn a_squash_that_is_found_step_by_step_is_the_one_that_is_found_at_once() {
    let home = Home::new();
    let (repo, record) = begun(&home);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    for (date, file) in [
        ("2026-03-03T08:00:00Z", "t1"),
        ("2026-03-03T09:00:00Z", "t2"),
    ] {
        repo.commit(
            (ADA, date),
            (file, &text(file, 3)),
            &format!("Write {file}"),
        );
        record.scan(&[]);
    }
    repo.git(&["checkout", "-q", "main"]);
    squash(&repo, "topic", "2026-03-04T08:00:00Z");
    let expected = Said {
        commits: 3,
        delivered: 2,
        lines: 7,
        squashes: 1,
        ..NONE
    };
    assert_eq!(record.scan(&[]), expected);
    assert_eq!(record.scan(&["--full"]), expected);
}

#[test]
fn two_squashes_of_one_branch_are_both_found_as_they_come() {
    let home = Home::new();
    let (repo, record) = begun(&home);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    for round in 1..3 {
        for n in 1..3 {
            let file = format!("t{round}{n}");
            repo.add(&format!("2026-03-0{}T0{n}:00:00Z", 2 * round), &file, 3);
        }
        record.scan(&[]);
        repo.git(&["checkout", "-q", "main"]);
        squash(
            &repo,
            "topic",
            &format!("2026-03-0{}T08:00:00Z", 2 * round + 1),
        );
        record.scan(&[]);
        repo.git(&["checkout", "-q", "topic"]);
    }
    let expected = Said {
        commits: 5,
        delivered: 3,
        lines: 13,
        squashes: 2,
        ..NONE
    };
    assert_eq!(record.scan(&[]), expected);
    assert_eq!(record.scan(&["--full"]), expected);
}

#[test]
fn a_commit_that_was_soft_reset_and_made_again_is_no_longer_delivered() {
    let home = Home::new();
    let (repo, record) = begun(&home);
    repo.add("2026-03-03T08:00:00Z", "w1", 10);
    record.scan(&[]);
    repo.git(&["branch", "kept"]);
    repo.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let said = record.scan(&[]);
    assert_eq!((said.commits, said.delivered), (2, 1));
}
