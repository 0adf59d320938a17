//! What a reading tells that goes on from the last one.

use inward::model::history::{RefEventKind as Kind, Source};
use inward::sources::git;

use super::support::sorted;
use super::{BOB, Desk, acts, is_on_default, seen};

#[test]
fn stored_commits_that_the_default_branch_comes_to_hold_are_sighted_there() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "topic"]);
    let one = desk.commit("a", "One");
    let two = desk.commit("a", "Two");
    desk.run(&["checkout", "-q", "main"]);
    let first = desk.read(false);
    assert!(!is_on_default(&first, one));
    // Moved forward: no commit and no tip is new.
    desk.run(&["merge", "-q", "--ff-only", "topic"]);
    let next = desk.read_on(&[&first], false);
    assert_eq!((next.reading.walked, next.oids()), (0, vec![]));
    let sighted = next.sightings.iter().map(|(oid, _)| *oid).collect();
    assert_eq!(sorted(sighted), sorted(vec![one, two]));
    assert!(is_on_default(&next, one) && is_on_default(&next, two));
    let last = desk.read_on(&[&first, &next], false);
    assert_eq!(last.sightings, []);
}

#[test]
fn a_merge_by_somebody_else_lands_stored_commits_under_their_branchs_name() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "topic"]);
    let one = desk.commit("a", "One");
    desk.run(&["checkout", "-q", "main"]);
    let first = desk.read(false);
    desk.commit_as(BOB, "b", "Theirs");
    desk.run_as(
        BOB,
        &[
            "merge",
            "-q",
            "--no-ff",
            "topic",
            "-m",
            "Merge branch 'topic'",
        ],
    );
    desk.run(&["branch", "-q", "-D", "topic"]);
    let mine = desk.commit("c", "Mine");
    let next = desk.read_on(&[&first], false);
    assert_eq!(next.oids(), [mine]);
    assert!(is_on_default(&next, one) && is_on_default(&next, mine));
    assert_eq!(seen(&next, one), (Source::Ref, "topic"));
}

#[test]
fn new_lines_of_the_reflog_are_walked_and_old_ones_are_not_walked_again() {
    let desk = Desk::new();
    desk.commit("a", "Draft");
    desk.run(&["commit", "-q", "--amend", "-m", "Second"]);
    let first = desk.read(true);
    assert_eq!(first.oids().len(), 3);
    let again = desk.read_on(&[&first], true);
    assert_eq!((again.reading.walked, again.sightings), (0, vec![]));
    assert_eq!(again.relations, first.relations);
    let between = desk.lab.head();
    desk.run(&["commit", "-q", "--amend", "-m", "Third"]);
    let next = desk.read_on(&[&first], true);
    assert_eq!(next.oids(), [desk.lab.head()]);
    assert_eq!(
        super::replaced(&next).last(),
        Some(&(between, desk.lab.head()))
    );
}

#[test]
fn the_stamp_sees_a_dropped_stash_and_with_the_reflog_every_line_of_it() {
    let desk = Desk::new();
    for _ in 0..2 {
        desk.add_line("base");
        desk.run(&["stash", "-q"]);
    }
    let place = desk.lab.place();
    let stamps = || [false, true].map(|reflog| git::stamp(&place, reflog).unwrap());
    let first = stamps();
    assert_eq!(first, stamps());
    assert_ne!(first[0], first[1]);
    desk.run(&["stash", "drop", "-q", "stash@{1}"]);
    let dropped = stamps();
    assert!(first[0] != dropped[0] && first[1] != dropped[1]);
    // A line of the log that moves no ref.
    let log = desk.lab.repo().join(".git/logs/HEAD");
    let text = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, text.repeat(2)).unwrap();
    let longer = stamps();
    assert!(dropped[0] == longer[0] && dropped[1] != longer[1]);
}

#[test]
fn a_stash_made_between_two_readings_is_told_without_a_walk() {
    let desk = Desk::new();
    let first = desk.read(false);
    desk.add_line("base");
    desk.run(&["stash", "-q"]);
    let next = desk.read_on(&[&first], false);
    assert_eq!(next.reading.walked, 0);
    assert_eq!(acts(&next), [(Kind::Stash, "main")]);
}

#[test]
fn what_the_default_branch_lets_go_of_is_sighted_off_it() {
    let desk = Desk::new();
    let kept = desk.commit("a", "Kept");
    desk.run(&["branch", "-q", "backup"]);
    let gone = desk.commit("a", "Thrown away");
    desk.commit_as(BOB, "b", "Theirs");
    let first = desk.read(false);
    assert!(is_on_default(&first, kept) && is_on_default(&first, gone));
    desk.run(&["reset", "-q", "--hard", "backup"]);
    let second = desk.read_on(&[&first], false);
    assert_eq!(second.sightings, [(gone, false)]);
    assert_eq!(seen(&second, gone), (Source::Reflog, "-"));
    // Amended: one takes the place of the other.
    desk.run(&["commit", "-q", "--amend", "-m", "Kept and reworded"]);
    let third = desk.read_on(&[&first, &second], false);
    assert_eq!(third.sightings.len(), 2);
    assert!(!is_on_default(&third, kept) && is_on_default(&third, desk.lab.head()));
    // Nothing moved, and git has thrown away what nothing leads to.
    desk.run(&["reflog", "expire", "--expire=now", "--all"]);
    desk.run(&["gc", "-q", "--prune=now"]);
    let fourth = desk.read_on(&[&first, &second, &third], false);
    assert_eq!(fourth.sightings, []);
    let again = desk.read_on(&[&first], false);
    assert_eq!(again.reading.warnings, []);
}

#[test]
fn a_default_branch_of_another_name_takes_with_it_what_it_does_not_hold() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "master"]);
    let there = desk.commit("a", "There");
    desk.run(&["checkout", "-q", "main"]);
    let here = desk.commit("b", "Here");
    let first = desk.read(false);
    assert!(is_on_default(&first, here) && !is_on_default(&first, there));
    desk.run(&["branch", "-q", "-m", "main", "side"]);
    desk.run(&["checkout", "-q", "master"]);
    let next = desk.read_on(&[&first], false);
    assert_eq!(
        next.reading.facts.default_branch.as_ref().unwrap().as_str(),
        "master"
    );
    assert!(is_on_default(&next, there) && !is_on_default(&next, here));
}

#[test]
fn a_hole_in_history_withdraws_nothing() {
    let desk = Desk::new();
    let kept = desk.commit("a", "Kept");
    let first = desk.read(false);
    assert!(is_on_default(&first, kept));
    let lost = desk.commit("a", "Lost").to_string();
    let tip = desk.commit("a", "Tip");
    let (folder, file) = lost.split_at(2);
    let objects = desk.lab.repo().join(".git/objects");
    std::fs::remove_file(objects.join(folder).join(file)).unwrap();
    let next = desk.read_on(&[&first], false);
    assert_eq!(next.sightings, [(tip, true)]);
    assert_eq!(next.reading.warnings.len(), 1);
}
