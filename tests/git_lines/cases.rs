//! One line of history: what each commit does to the lines before it.

use super::{BOB, Desk, expected, lines};
use crate::support::{ADA, NOW};

#[test]
fn a_partial_rewrite_ends_what_it_rewrites_and_a_deletion_by_another_is_theirs() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three four five");
    let second = desk.write(ADA, "a.c", "one TWO three four five six");
    desk.write(BOB, "a.c", "one TWO five six");
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "5 born, 2 alive, day 2: 1 by me, day 3: 2 by others"),
            (second, "2 born, 2 alive"),
        ])
    );
}

#[test]
fn lines_of_others_are_never_mine() {
    let mut desk = Desk::new();
    desk.write(BOB, "a.c", "one two three");
    let mine = desk.write(ADA, "a.c", "one two mine three");
    desk.write(BOB, "a.c", "three one two mine");
    assert_eq!(desk.fates(), expected(&[(mine, "1 born, 1 alive")]));
}

#[test]
fn a_renamed_file_takes_its_lines_along_and_a_deleted_one_ends_them() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three four five six seven eight");
    desk.git_as(BOB, &["mv", "a.c", "b.c"]);
    desk.write(BOB, "b.c", "one two three four five six seven EIGHT");
    let last = desk.write(ADA, "b.c", "one two three four five six seven EIGHT nine");
    desk.git_as(BOB, &["mv", "b.c", "c.c"]);
    desk.commit(BOB);
    desk.git_as(ADA, &["rm", "-q", "c.c"]);
    desk.commit(ADA);
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "8 born, 0 alive, day 2: 1 by others, day 5: 7 by me"),
            (last, "1 born, 0 alive, day 5: 1 by me"),
        ])
    );
}

#[test]
fn two_files_that_change_places_are_rewritten_because_git_pairs_none_that_is_still_there() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three four five six seven");
    let second = desk.write(ADA, "b.c", "ten eleven twelve thirteen");
    desk.git_as(BOB, &["mv", "a.c", "t.c"]);
    desk.git_as(BOB, &["mv", "b.c", "a.c"]);
    desk.commit(BOB);
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "7 born, 0 alive, day 3: 7 by others"),
            (second, "4 born, 0 alive, day 3: 4 by others"),
        ])
    );
}

#[test]
fn a_revert_brings_lines_of_its_own() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.write(BOB, "a.c", "one three");
    desk.git_as(ADA, &["revert", "--no-edit", "HEAD"]);
    let revert = desk.lab.head();
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "3 born, 2 alive, day 2: 1 by others"),
            (revert, "1 born, 1 alive"),
        ])
    );
}

#[test]
fn a_file_that_is_deleted_and_restored_is_whose_commit_restores_it() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.git_as(ADA, &["rm", "-q", "a.c"]);
    desk.commit(ADA);
    desk.write(BOB, "a.c", "one two three");
    assert_eq!(
        desk.fates(),
        expected(&[(first, "3 born, 0 alive, day 2: 3 by me")])
    );
}

#[test]
fn an_empty_file_a_binary_one_and_a_missing_line_end_count_as_numstat_counts() {
    let mut desk = Desk::new();
    desk.lab.write("empty.c", "");
    desk.lab.write("image.png", b"\0\x01\x02\n\n");
    desk.lab.write("open.c", "one\ntwo");
    let first = desk.commit(ADA);
    desk.lab.write("open.c", "one\ntwo\nthree\n");
    desk.lab.write("empty.c", "now\n");
    let second = desk.commit(ADA);
    desk.lab.write("open.c", b"one\0two\nthree\n");
    desk.commit(BOB);
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "2 born, 0 alive, day 2: 1 by me, day 3: 1 by others"),
            (second, "3 born, 1 alive, day 3: 2 by others"),
        ])
    );
}

#[test]
fn what_does_not_count_has_no_fates() {
    let mut desk = Desk::new();
    desk.lab.write("Cargo.lock", "one\n");
    desk.lab.write("vendor/x.c", "one\n");
    desk.lab.write("private/x.c", "one\n");
    let first = desk.write(ADA, "a.c", "one two three four");
    desk.git_as(BOB, &["mv", "a.c", "vendor/a.c"]);
    desk.commit(BOB);
    let told =
        desk.follow_with(|request| request.exclude = Box::leak(Box::new(["private".to_owned()])));
    let told = told.unwrap().unwrap();
    assert_eq!(told.fates.len(), 1);
    let words = super::words_of(&told.fates[0]);
    assert_eq!(
        (told.fates[0].oid, words.as_str()),
        (first, "4 born, 0 alive, day 2: 4 by others")
    );
}

#[test]
fn only_the_default_branch_has_fates() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.switch("topic", Some("main"));
    desk.write(ADA, "a.c", "one four");
    desk.switch("main", None);
    assert_eq!(desk.fates(), expected(&[(first, "3 born, 3 alive")]));
}

#[test]
fn a_commit_before_the_day_from_which_on_i_want_to_know_brings_nothing_but_ends_lines() {
    let mut desk = Desk::new();
    desk.write(ADA, "a.c", "one two three");
    let second = desk.write(ADA, "a.c", "one two three four five");
    desk.write(ADA, "a.c", "one two three four");
    let day = chrono::DateTime::from_timestamp(super::BEGIN + 2 * 86_400, 0).unwrap();
    let told = desk.follow_with(|request| request.since = Some(day.date_naive()));
    let told = told.unwrap().unwrap();
    let words: Vec<_> = told.fates.iter().filter(|fate| fate.born > 0).collect();
    assert_eq!(words.len(), 1);
    assert_eq!(words[0].oid, second);
    assert_eq!(super::words_of(words[0]), "2 born, 1 alive, day 3: 1 by me");
}

#[test]
fn a_clock_that_is_not_believed_gives_way_to_the_committers() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two");
    desk.lab.write("a.c", lines("one"));
    desk.git_as(BOB, &["add", "-A"]);
    let at = format!("{} +0000", super::BEGIN + 7 * 86_400);
    let mut command = super::git_in(&desk.lab.repo(), desk.lab.home());
    command
        .env("GIT_AUTHOR_EMAIL", BOB)
        .env("GIT_AUTHOR_DATE", format!("{} +0000", NOW + 10 * 86_400))
        .env("GIT_COMMITTER_DATE", at);
    super::done(&command.args(["commit", "-q", "-m", "x"]).output().unwrap());
    assert_eq!(
        desk.fates(),
        expected(&[(first, "2 born, 1 alive, day 7: 1 by others")])
    );
}

#[test]
fn nothing_new_is_told_where_nothing_moved() {
    let mut desk = Desk::new();
    desk.write(ADA, "a.c", "one two");
    let told = desk.follow();
    assert!(!told.basis.is_empty());
    let again = |desk: &Desk, last: &[_], newer_than| {
        desk.follow_with(|request| {
            request.last = Box::leak(last.to_vec().into_boxed_slice());
            request.newer_than = newer_than;
        })
    };
    assert_eq!(again(&desk, &told.basis, None).unwrap(), None);
    assert_eq!(
        again(&desk, &[], Some(told.tip_utc)).unwrap(),
        None,
        "another clone went as far"
    );
    assert!(again(&desk, &[], Some(told.tip_utc - 1)).unwrap().is_some());
    desk.write(BOB, "b.c", "one");
    let told = again(&desk, &told.basis, None).unwrap();
    assert_eq!(told.map(|told| told.walked), Some(2));
}

#[test]
fn what_cannot_be_read_is_unknown_and_the_rest_is_followed() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.write(ADA, "b.c", "one two three");
    desk.write(BOB, "b.c", "one three");
    let blob = desk.git_as(ADA, &["rev-parse", "HEAD:b.c"]);
    let last = desk.write(ADA, "a.c", "one two");
    let (folder, file) = blob.split_at(2);
    let object = desk.lab.repo().join(".git/objects").join(folder).join(file);
    std::fs::remove_file(object).unwrap();
    let told = desk.follow();
    // Only the deletion by another cannot be read: what became of the three lines is unknown.
    assert_eq!((told.lines_lost, told.commits_unknown), (3, 0));
    assert_eq!(told.warnings.len(), 1);
    assert!(told.warnings[0].to_string().contains("1 commit"));
    let of = |oid| told.fates.iter().find(|fate| fate.oid == oid).unwrap();
    assert_eq!(
        super::words_of(of(first)),
        "3 born, 2 alive, day 4: 1 by me"
    );
    assert_eq!(of(last).born, 0);
    let blob = desk.git_as(ADA, &["rev-parse", "HEAD:a.c"]);
    let (folder, file) = blob.split_at(2);
    let object = desk.lab.repo().join(".git/objects").join(folder).join(file);
    std::fs::remove_file(object).unwrap();
    let told = desk.follow();
    assert_eq!((told.lines_lost, told.commits_unknown), (6, 1));
}
