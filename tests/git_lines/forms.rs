//! Commits that change form and not meaning.

use super::{BOB, Desk, expected};
use crate::support::ADA;

#[test]
fn a_listed_reformatting_by_another_takes_no_line_away() {
    let mut desk = Desk::new();
    desk.lab.write(
        "a.c",
        "int f() {\nreturn 1;\n}\n\n\nint g(int a,\n  int b);\n",
    );
    let first = desk.commit(ADA);
    desk.lab.write(
        "a.c",
        "int f()\n{\n    return 1;\n}\n\nint g(int a, int b);\n",
    );
    let form = desk.commit(BOB);
    desk.write(BOB, ".git-blame-ignore-revs", &form.to_string());
    assert_eq!(desk.fates(), expected(&[(first, "7 born, 7 alive")]));
    // Both lines that became one go with it, and the empty one before it that is no more; so does
    // the first of the broken one.
    desk.lab.write("a.c", "{\n    return 1;\n}\n\n");
    desk.commit(BOB);
    assert_eq!(
        desk.fates(),
        expected(&[(first, "7 born, 3 alive, day 4: 4 by others")])
    );
}

#[test]
fn unlisted_it_is_a_rewrite() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.lab.write("a.c", "  one\n  two\nthree\n");
    desk.commit(BOB);
    assert_eq!(
        desk.fates(),
        expected(&[(first, "3 born, 1 alive, day 2: 2 by others")])
    );
}

#[test]
fn other_line_ends_are_a_rewrite_unless_it_is_known_to_be_form() {
    let mut desk = Desk::new();
    let first = desk.write(ADA, "a.c", "one two three");
    desk.lab.write("a.c", "one\r\ntwo\r\nthree\r\n");
    let form = desk.commit(ADA);
    assert_eq!(
        desk.fates(),
        expected(&[
            (first, "3 born, 0 alive, day 2: 3 by me"),
            (form, "3 born, 3 alive"),
        ])
    );
    let told =
        desk.follow_with(|request| request.reformats = Box::leak(Box::new(move |oid| oid == form)));
    let told = told.unwrap().unwrap();
    let found: Vec<_> = told
        .fates
        .iter()
        .map(|fate| (fate.oid, super::words_of(fate)))
        .collect();
    assert_eq!(found.len(), 2);
    assert!(found.contains(&(first, "3 born, 3 alive".to_owned())));
    assert!(found.contains(&(form, "0 born, 0 alive".to_owned())));
}

#[test]
fn a_reformatting_that_also_moves_and_adds_files_brings_the_new_ones() {
    let mut desk = Desk::new();
    let first = desk.write(
        ADA,
        "a.c",
        "one two three four five six seven eight nine ten",
    );
    desk.git_as(ADA, &["mv", "a.c", "b.c"]);
    desk.lab.write(
        "b.c",
        "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n  nine\nten\n",
    );
    desk.lab.write(".clang-format", "Style: x\n");
    let form = desk.commit(ADA);
    desk.write(ADA, ".git-blame-ignore-revs", &form.to_string());
    let fates = desk.fates();
    assert_eq!(fates[&first], "10 born, 10 alive");
    assert_eq!(fates[&form], "1 born, 1 alive");
}
