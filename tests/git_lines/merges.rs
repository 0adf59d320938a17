//! Branches and merges.

use super::{BOB, Desk, expected};
use crate::support::ADA;

#[test]
fn a_line_deleted_on_two_branches_dies_once_by_the_first() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three four five six seven eight");
    desk.switch("topic", Some("main"));
    desk.write(BOB, "a.c", "one three four five six seven eight");
    desk.switch("main", None);
    desk.write(ADA, "a.c", "one three four five six seven eight");
    desk.write(ADA, "b.c", "other");
    desk.merge(ADA, "topic", None);
    let fates = desk.fates();
    assert_eq!(fates[&first], "8 born, 7 alive, day 2: 1 by others");
    assert_eq!(fates.len(), 2);
}

#[test]
fn both_sides_of_a_merge_live_on() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three four five six seven eight");
    desk.switch("topic", Some("main"));
    let head = desk.write(ADA, "a.c", "zero one two three four five six seven eight");
    desk.switch("main", None);
    let tail = desk.write(ADA, "a.c", "one two three four five six seven eight nine");
    desk.merge(BOB, "topic", None);
    desk.write(BOB, "a.c", "zero one two three four five six eight nine");
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "8 born, 7 alive, day 5: 1 by others"),
            (head, "1 born, 1 alive"),
            (tail, "1 born, 1 alive"),
        ])
    );
}

#[test]
fn an_edit_in_a_merge_is_born_and_kills_by_its_author() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.switch("topic", Some("main"));
    let theirs = desk.write(ADA, "a.c", "one topic three");
    desk.switch("main", None);
    desk.write(BOB, "a.c", "one main three");
    let merge = desk.merge(ADA, "topic", Some(("a.c", "one both and more three")));
    desk.write(BOB, "a.c", "one both more three");
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "3 born, 2 alive, day 2: 1 by me"),
            (theirs, "1 born, 0 alive, day 4: 1 by me"),
            (merge, "3 born, 2 alive, day 5: 1 by others"),
        ])
    );
}

#[test]
fn a_side_that_is_thrown_away_dies_by_the_merge() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.switch("topic", Some("main"));
    let topic = desk.write(ADA, "a.c", "one two three four five");
    let file = desk.write(ADA, "b.c", "ten eleven");
    desk.switch("main", None);
    desk.write(BOB, "c.c", "other");
    desk.git_as(BOB, &["merge", "-q", "-s", "ours", "-m", "m", "topic"]);
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "3 born, 3 alive"),
            (topic, "2 born, 0 alive, day 4: 2 by others"),
            (file, "2 born, 0 alive, day 4: 2 by others"),
        ])
    );
}

#[test]
fn a_line_deleted_on_one_branch_and_kept_by_the_merge_is_alive() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.switch("topic", Some("main"));
    desk.write(BOB, "a.c", "one three");
    desk.switch("main", None);
    desk.write(ADA, "b.c", "other");
    desk.merge(BOB, "topic", Some(("a.c", "one two three")));
    assert_eq!(desk.fates()[&first], "3 born, 3 alive");
}

#[test]
fn a_pick_on_a_branch_that_is_merged_is_the_same_line_twice_brought() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three four five six");
    desk.switch("topic", Some("main"));
    desk.write(BOB, "b.c", "other");
    desk.switch("main", None);
    let here = desk.write(ADA, "a.c", "one two new three four five six");
    desk.switch("topic", None);
    let there = desk.write(ADA, "a.c", "one two new three four five six");
    let after = desk.write(ADA, "a.c", "one two new three four five six seven");
    desk.switch("main", None);
    desk.merge(BOB, "topic", None);
    desk.write(BOB, "a.c", "one two three four five six seven");
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "6 born, 6 alive"),
            (here, "1 born, 0 alive, day 7: 1 by others"),
            (there, "1 born, 0 alive, day 7: 1 by others"),
            (after, "1 born, 1 alive"),
        ])
    );
}

#[test]
fn lines_follow_a_file_that_one_side_moved_and_the_other_changed() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three four five six seven eight");
    desk.switch("topic", Some("main"));
    let edit = desk.write(ADA, "a.c", "one two three four five six seven eight nine");
    desk.switch("main", None);
    desk.git_as(BOB, &["mv", "a.c", "moved.c"]);
    desk.write(
        BOB,
        "moved.c",
        "zero one two three four five six seven eight",
    );
    desk.merge(BOB, "topic", None);
    assert_eq!(
        desk.fates(),
        expected(&[(first, "8 born, 8 alive"), (edit, "1 born, 1 alive")])
    );
}

#[test]
fn a_squash_brings_the_lines_and_its_originals_have_no_fates() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one");
    desk.switch("topic", Some("main"));
    desk.write(ADA, "a.c", "one two");
    desk.write(ADA, "a.c", "one two three");
    desk.switch("main", None);
    desk.git_as(ADA, &["merge", "-q", "--squash", "topic"]);
    let squash = desk.commit(ADA);
    assert_eq!(
        desk.fates(),
        expected(&[(first, "1 born, 1 alive"), (squash, "2 born, 2 alive")])
    );
}

#[test]
fn where_two_tips_went_apart_a_line_that_one_took_away_is_gone() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.switch("origin", Some("main"));
    desk.write(BOB, "a.c", "one three");
    desk.git_as(ADA, &["update-ref", "refs/remotes/origin/main", "origin"]);
    desk.switch("main", None);
    let local = desk.write(ADA, "b.c", "local");
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "3 born, 2 alive, day 2: 1 by others"),
            (local, "1 born, 1 alive"),
        ])
    );
}
