//! Counting everybody in clones made by real git.

use std::sync::atomic::AtomicBool;

use inward::model::period::Range;
use inward::model::population::Population;
use inward::share::Window;
use inward::sources::git::{self, Counter, GitError};

use super::support::{Lab, done, git_in};

const BOB: &str = "bob@example.org";
const EVE: &str = "eve@example.org";

fn quarters() -> Vec<Range> {
    let quarter = |number| Window::quarter(2025, number).unwrap().range();
    vec![quarter(1), quarter(2)]
}

fn count(lab: &Lab, clones: &[&str]) -> Population {
    git::prepare().unwrap();
    let mut counter = Counter::new(quarters());
    counter.read(&lab.place(), &AtomicBool::new(false)).unwrap();
    for clone in clones {
        let place = lab.place_at(&lab.path(clone));
        counter.read(&place, &AtomicBool::new(false)).unwrap();
    }
    counter.finish()
}

fn rows(people: &Population) -> Vec<Vec<u32>> {
    people.counts(&quarters()).unwrap()
}

/// A commit by `email`, whose name is its first part, on a day at noon.
fn commit(lab: &Lab, email: &str, day: &str) {
    lab.write(format!("{email}-{day}.txt"), day);
    lab.git(&["add", "-A"]);
    let (name, date) = (
        email.split('@').next().unwrap(),
        format!("{day}T12:00:00 +0000"),
    );
    let mut git = git_in(&lab.repo(), lab.home());
    git.env("GIT_AUTHOR_NAME", name)
        .env("GIT_AUTHOR_EMAIL", email)
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .args(["commit", "-q", "-m", "Change"]);
    done(&git.output().unwrap());
}

#[test]
fn everybody_is_counted_by_quarter_and_once_over_all_clones() {
    let lab = Lab::new();
    for day in [
        "2024-11-05",
        "2025-01-01",
        "2025-03-31",
        "2025-04-01",
        "2025-07-01",
    ] {
        commit(&lab, BOB, day);
    }
    commit(&lab, EVE, "2025-02-02");
    lab.git(&["clone", "-q", ".", "../fork"]);
    let people = count(&lab, &["fork"]);
    assert_eq!(people.len(), 2);
    assert_eq!(rows(&people), [[1, 0], [2, 1]]);
}

#[test]
fn addresses_that_the_mailmap_joins_are_one_person() {
    let lab = Lab::new();
    commit(&lab, "old@example.org", "2025-01-05");
    commit(&lab, BOB, "2025-01-06");
    commit(&lab, EVE, "2025-01-07");
    let apart = count(&lab, &[]);
    lab.write(".mailmap", "<bob@example.org> <old@example.org>\n");
    commit(&lab, BOB, "2025-01-08");
    let joined = count(&lab, &[]);
    assert_eq!(joined.len() + 1, apart.len());
    assert_eq!(rows(&joined), [[1, 0], [3, 0]]);
}

#[test]
fn one_name_under_two_addresses_is_one_person() {
    let lab = Lab::new();
    commit(&lab, "bob@home.example", "2025-01-05");
    commit(&lab, BOB, "2025-04-06");
    commit(&lab, EVE, "2025-04-07");
    assert_eq!(rows(&count(&lab, &[])), [[0, 1], [1, 1]]);
}

#[test]
fn merges_and_programs_are_nobody() {
    let lab = Lab::new();
    commit(&lab, BOB, "2025-01-05");
    lab.git(&["checkout", "-q", "-b", "side"]);
    commit(&lab, BOB, "2025-01-06");
    lab.git(&["checkout", "-q", "main"]);
    commit(&lab, BOB, "2025-01-07");
    commit(&lab, "support@dependabot.com", "2025-01-08");
    lab.git(&["merge", "-q", "--no-ff", "-m", "Join", "side"]);
    assert_eq!(rows(&count(&lab, &[])), [[3, 0]]);
}

#[test]
fn a_tip_with_an_old_clock_hides_nothing_behind_it() {
    let lab = Lab::new();
    commit(&lab, BOB, "2025-02-05");
    commit(&lab, BOB, "2025-02-06");
    commit(&lab, EVE, "2001-01-01");
    assert_eq!(rows(&count(&lab, &[])), [[2, 0]]);
}

#[test]
fn a_count_that_is_stopped_says_so() {
    let lab = Lab::new();
    commit(&lab, BOB, "2025-01-05");
    git::prepare().unwrap();
    let mut counter = Counter::new(quarters());
    let stopped = counter.read(&lab.place(), &AtomicBool::new(true));
    assert!(matches!(stopped, Err(GitError::Stopped(_))), "{stopped:?}");
}
