//! What makes two changes the same one, and what does not.

#[cfg(test)]
use std::process::Output;

use git2::Repository;
use proptest::prelude::*;

use super::change::{Budget, Mode};
use super::lines;
use super::objects::Objects;
use super::parity_history::History;
use super::parity_tests::git;
use super::patch::{Changed, Terms, identity};
use crate::model::ids::Oid;

/// The line terms of the change from `old` to `new` in the file `path`.
fn changed(path: &str, old: &str, new: &str) -> u64 {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let mut changed = Changed::new(Terms::at(path.as_bytes()));
    lines::count(old, new, lines::common(old, new), &mut changed).unwrap();
    // All that came, less all that went, is the same.
    let mut whole = Changed::new(Terms::at(path.as_bytes()));
    whole.add(new, 1);
    whole.add(old, u64::MAX);
    assert_eq!(changed.total(), whole.total());
    changed.total()
}

/// The terms of all lines of `text`.
fn of_lines(terms: Terms, text: &[u8]) -> u64 {
    let mut all = Changed::new(terms);
    all.add(text, 1);
    all.total()
}

/// Lines of few kinds, so that equal ones meet often.
fn a_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(String::new()),
        Just("}".to_owned()),
        (0..9_u8).prop_map(|n| format!("  let x{n} = {n};")),
        "[a-d \t]{0,12}",
    ];
    let lines = prop::collection::vec(line, 0..12);
    lines.prop_map(|lines| lines.iter().flat_map(|line| [line, "\n"]).collect())
}

#[test]
fn the_number_of_a_change_stays_what_it_was() {
    let number = changed(
        "src/a.rs",
        "",
        "fn main() {\n\n\tlet x = 1;  \r\n}\n    12345678\n",
    );
    assert_eq!(number, 9_047_634_683_549_895_778);
}

proptest! {
    #[test]
    fn what_stands_around_a_change_does_not_show(
        (a, b) in (a_text(), a_text()),
        (head, tail) in (a_text(), a_text()), (other_head, other_tail) in (a_text(), a_text()),
    ) {
        let here = changed("f", &format!("{head}{a}{tail}"), &format!("{head}{b}{tail}"));
        let there = changed(
            "f",
            &format!("{other_head}{a}{other_tail}"),
            &format!("{other_head}{b}{other_tail}"),
        );
        prop_assert_eq!(here, there);
    }

    #[test]
    fn consecutive_changes_add_up_and_one_taken_back_cancels_out(
        (a, b, c) in (a_text(), a_text(), a_text()),
    ) {
        let sum = changed("f", &a, &b).wrapping_add(changed("f", &b, &c));
        prop_assert_eq!(sum, changed("f", &a, &c));
        prop_assert_eq!(changed("f", &a, &b).wrapping_add(changed("f", &b, &a)), 0);
    }

    #[test]
    fn white_space_and_line_ends_do_not_show(a in a_text(), b in a_text()) {
        let spaced = b.replace(' ', " \t ").replace('\n', " \r\n\n");
        prop_assert_eq!(changed("f", &a, &spaced), changed("f", &a, &b));
    }

    #[test]
    fn other_lines_and_other_files_make_another_number(a in a_text(), b in a_text()) {
        let lines = |text: &str| {
            let bare = |line: &str| line.split_whitespace().collect::<String>();
            let mut lines: Vec<String> = text.lines().map(bare).filter(|l| !l.is_empty()).collect();
            lines.sort_unstable();
            lines
        };
        let is_same = lines(&a) == lines(&b);
        prop_assert_eq!(changed("f", &a, &b) == 0, is_same);
        if !is_same {
            prop_assert_ne!(changed("f", &a, &b), changed("g", &a, &b));
            prop_assert_ne!(changed("f", "", &a), changed("f", "", &b));
        }
    }
}

#[test]
fn a_line_is_its_bytes_and_how_many_they_are() {
    let terms = Terms::at(b"f");
    let mut seen = std::collections::BTreeSet::new();
    let mut line = Vec::new();
    for length in 1..40_u8 {
        line.push(b'a');
        assert!(
            seen.insert(of_lines(terms, &line)),
            "{length} times the same byte"
        );
        assert!(seen.insert(of_lines(terms, &[&line[..], b"\0"].concat())));
        assert!(seen.insert(of_lines(terms, &[&line[..], b"b"].concat())));
    }
    assert_eq!(of_lines(terms, b" \t\r\n\x0b\x0c\n"), 0);
    assert_ne!(terms.place(Mode::File), terms.place(Mode::Executable));
    assert_ne!(terms.place(Mode::Link), terms.place(Mode::Submodule));
}

#[test]
fn the_number_is_the_same_on_every_machine() {
    assert_eq!(
        changed("src/a.rs", "", "fn main() {}\n"),
        4_580_314_511_777_028_636
    );
}

/// The trees of a history's commits, the first one first.
fn trees(history: &History) -> Vec<Oid> {
    let args = ["log", "--reverse", "--format=%T", "main"];
    let Output { stdout, .. } = git(history.path()).args(args).output().unwrap();
    let text = String::from_utf8(stdout).unwrap();
    text.lines().map(|line| line.parse().unwrap()).collect()
}

/// The identities from each tree to the next, and from the first to the last.
fn identities(history: History) -> (Vec<Option<u64>>, Option<u64>) {
    let history = history.finish();
    let trees = trees(&history);
    let repo = Repository::open_bare(history.path()).unwrap();
    let mut objects = Objects::new(&repo).unwrap();
    let mut between =
        |from: Oid, to: Oid| identity(&mut objects, Some(from), to, &Budget::default()).unwrap();
    let steps = trees.windows(2).map(|pair| between(pair[0], pair[1]));
    let steps: Vec<_> = steps.collect();
    (steps, between(trees[0], trees[trees.len() - 1]))
}

fn sum(steps: &[Option<u64>]) -> Option<u64> {
    let total = steps
        .iter()
        .flatten()
        .fold(0_u64, |sum, one| sum.wrapping_add(*one));
    (total != 0).then_some(total)
}

#[test]
fn additions_deletions_modes_and_binaries_of_consecutive_commits_add_up() {
    let mut history = History::new();
    history.put(b"a", "100644", b"1\n2\n3\n");
    history.put(b"gone", "100644", b"only here\n");
    history.put(b"picture", "100644", b"\0one");
    history.commit();
    history.put(b"a", "100755", b"1\n2\nthree\n");
    history.put(b"b/new", "100644", b"fresh\n");
    history.commit();
    history.remove(b"gone");
    history.put(b"picture", "100644", b"\0two");
    history.commit();
    history.put(b"b/new", "100644", b"fresh\nand more\n");
    history.put(b"module", "160000", &[b'1'; 40]);
    history.put(b"link", "120000", b"a");
    history.commit();
    history.put(b"module", "160000", &[b'2'; 40]);
    history.put(b"picture", "100644", b"\0three");
    history.commit();
    let (steps, whole) = identities(history);
    assert_eq!(steps.len(), 4);
    assert!(steps.iter().all(Option::is_some), "{steps:?}");
    assert_eq!(sum(&steps), whole);
}

#[test]
fn a_rename_counts_its_edits_under_the_new_path_and_renames_add_up() {
    let text = (0..30).fold(String::new(), |text, n| text + &format!("line {n}\n"));
    let mut history = History::new();
    history.put(b"old", "100644", text.as_bytes());
    history.commit();
    history.remove(b"old");
    history.put(b"new", "100644", text.as_bytes());
    history.commit();
    history.put(b"new", "100644", format!("{text}more\n").as_bytes());
    history.commit();
    history.remove(b"new");
    history.put(b"last", "100644", format!("{text}more\n").as_bytes());
    history.commit();
    let (steps, whole) = identities(history);
    let more = changed("new", "", "more\n");
    assert_eq!(steps[1], Some(more));
    let place = |path: &str| Terms::at(path.as_bytes()).place(Mode::File);
    assert_eq!(steps[0], Some(place("new").wrapping_sub(place("old"))));
    let renamed = place("last").wrapping_sub(place("old"));
    let wanted = renamed.wrapping_add(changed("last", "", "more\n"));
    assert_eq!(whole, Some(wanted));
}

#[test]
fn nothing_but_white_space_or_the_order_of_lines_is_no_change() {
    let mut history = History::new();
    history.put(b"a", "100644", b"one\ntwo\n");
    history.commit();
    history.put(b"a", "100644", b"\tone\n\n  two");
    history.commit();
    history.put(b"a", "100644", b"two\none\n");
    history.commit();
    let (steps, whole) = identities(history);
    assert_eq!((steps, whole), (vec![None, None], None));
}

#[test]
fn every_mode_of_the_same_content_is_another_change() {
    let mut seen = std::collections::BTreeSet::new();
    for mode in ["100644", "100755", "120000"] {
        let mut history = History::new();
        history.put(b"other", "100644", b"x");
        history.commit();
        history.put(b"a", mode, b"other");
        history.commit();
        let (steps, _) = identities(history);
        assert!(seen.insert(steps[0].unwrap()), "{mode}");
    }
}
