//! The branch a commit was made on.

use inward::model::history::Source;

use super::{BOB, Desk, is_on_default, seen};

#[test]
fn unlanded_commits_are_on_the_older_of_the_branches_that_hold_them() {
    let desk = Desk::new();
    let base = desk.lab.head();
    desk.run(&["checkout", "-q", "-b", "feature/one"]);
    let one = desk.commit("a", "One");
    desk.run(&["checkout", "-q", "-b", "two"]);
    let two = desk.commit("a", "Two");
    let told = desk.read(false);
    assert_eq!(seen(&told, one), (Source::Ref, "feature/one"));
    assert_eq!(seen(&told, two), (Source::Ref, "two"));
    assert_eq!(seen(&told, base), (Source::Ref, "-"));
    assert!(is_on_default(&told, base) && !is_on_default(&told, two));
}

#[test]
fn a_branch_that_only_another_machine_has_is_known_by_its_short_name() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "f/x"]);
    let one = desk.commit("a", "One");
    desk.run(&["checkout", "-q", "--detach", "main"]);
    desk.run(&["update-ref", "refs/remotes/origin/f/x", "f/x"]);
    desk.run(&["branch", "-q", "-D", "f/x"]);
    assert_eq!(seen(&desk.read(false), one), (Source::Ref, "f/x"));
    // The head of a request leads to it as well, and names nothing.
    desk.run(&["update-ref", "refs/pull/7/head", "refs/remotes/origin/f/x"]);
    desk.run(&["update-ref", "-d", "refs/remotes/origin/f/x"]);
    assert_eq!(seen(&desk.read(false), one), (Source::Ref, "-"));
}

#[test]
fn landed_commits_are_on_the_branch_that_their_merge_names() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "inner"]);
    let inner = desk.commit("a", "Inner");
    desk.run(&["checkout", "-q", "-b", "outer", "main"]);
    let outer = desk.commit("b", "Outer");
    desk.run(&[
        "merge",
        "-q",
        "--no-ff",
        "inner",
        "-m",
        "Merge branch 'inner' into outer",
    ]);
    desk.run(&["checkout", "-q", "main"]);
    let direct = desk.commit("c", "Direct");
    let subject = "Merge pull request #7 from ada/outer";
    desk.run_as(BOB, &["merge", "-q", "--no-ff", "outer", "-m", subject]);
    desk.run(&["branch", "-q", "-D", "inner", "outer"]);
    let told = desk.read(false);
    assert_eq!(seen(&told, inner), (Source::Ref, "inner"));
    assert_eq!(seen(&told, outer), (Source::Ref, "outer"));
    assert_eq!(seen(&told, direct), (Source::Ref, "-"));
    assert!(is_on_default(&told, inner));
}

#[test]
fn merging_the_default_branch_makes_no_branch_of_that_name() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "topic"]);
    desk.commit("a", "Topic");
    desk.run(&["checkout", "-q", "main"]);
    let main = desk.commit("b", "Main");
    desk.run(&["checkout", "-q", "topic"]);
    desk.run(&[
        "merge",
        "-q",
        "--no-ff",
        "main",
        "-m",
        "Merge branch 'main' into topic",
    ]);
    desk.run(&["checkout", "-q", "main"]);
    desk.run(&["merge", "-q", "--ff-only", "topic"]);
    assert_eq!(seen(&desk.read(false), main), (Source::Ref, "-"));
}

#[test]
fn a_cherry_pick_is_the_same_change_on_another_branch() {
    let desk = Desk::new();
    desk.run(&["branch", "release"]);
    let one = desk.commit("a", "Fix it");
    desk.run(&["checkout", "-q", "release"]);
    desk.commit_as(BOB, "b", "Theirs");
    desk.run(&["cherry-pick", "-x", &one.to_string()]);
    let copy = desk.lab.head();
    let told = desk.read(false);
    assert_eq!(seen(&told, copy), (Source::Ref, "release"));
    assert!(told.commit(one).patch.is_some());
    assert_eq!(told.commit(one).patch, told.commit(copy).patch);
    assert!(told.relations.is_empty());
}
