//! Stash entries and reflogs.

use inward::model::history::{RefEventKind as Kind, Source};

use super::support::{ADA, git_in};
use super::{BOB, Desk, acts, events, is_on_default, replaced, seen};

#[test]
fn every_stash_entry_is_an_event_and_none_of_its_commits_is_a_commit() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "topic"]);
    let topic = desk.commit("a", "Topic");
    for title in ["first", "second"] {
        desk.add_line("a");
        desk.run(&["stash", "push", "-q", "-m", title]);
    }
    desk.add_line("a");
    desk.run(&["stash", "-q"]);
    let told = desk.read(false);
    assert_eq!(acts(&told), [(Kind::Stash, "topic"); 3]);
    assert_eq!(told.oids().len(), 2);
    assert_eq!(seen(&told, topic), (Source::Ref, "topic"));
    let mut lines: Vec<_> = events(&told).iter().map(|event| event.line).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 3);
    // Nothing moved: the same three again.
    let next = desk.read_on(&[&told], false);
    assert_eq!(events(&next), events(&told));
    assert_eq!(next.reading.walked, 0);
}

#[test]
fn what_only_a_stash_stands_on_is_read_and_the_name_of_a_branch_without_me_is_not_told() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "gone"]);
    let kept = desk.commit("a", "Kept");
    desk.add_line("a");
    desk.run(&["stash", "-q"]);
    desk.run(&["checkout", "-q", "main"]);
    desk.run(&["branch", "-q", "-D", "gone"]);
    desk.run(&["checkout", "-q", "-b", "theirs"]);
    desk.commit_as(BOB, "b", "Theirs");
    desk.add_line("b");
    desk.run(&["stash", "-q"]);
    desk.add_line("b");
    desk.run_as(BOB, &["stash", "-q"]);
    let told = desk.read(false);
    assert_eq!(seen(&told, kept), (Source::Stash, "-"));
    assert!(!is_on_default(&told, kept));
    assert_eq!(acts(&told), [(Kind::Stash, "-"); 2]);
    let next = desk.read_on(&[&told], false);
    assert_eq!((next.reading.walked, next.warnings().as_str()), (0, ""));
}

#[test]
fn a_stash_without_its_list_is_its_last_entry() {
    let desk = Desk::new();
    desk.add_line("base");
    desk.run(&["stash", "-q"]);
    std::fs::remove_file(desk.lab.repo().join(".git/logs/refs/stash")).unwrap();
    assert_eq!(acts(&desk.read(false)), [(Kind::Stash, "main")]);
}

#[test]
fn five_amends_are_one_commit_without_the_reflog_and_five_replacements_with_it() {
    let desk = Desk::new();
    desk.commit("a", "Draft 0");
    let mut versions = vec![desk.lab.head()];
    for n in 1..=5 {
        desk.run(&["commit", "-q", "--amend", "-m", &format!("Draft {n}")]);
        versions.push(desk.lab.head());
    }
    let told = desk.read(false);
    assert_eq!((told.oids().len(), replaced(&told).len()), (2, 0));
    assert!(told.relations.is_empty());
    let told = desk.read(true);
    assert_eq!(told.oids().len(), 7);
    let pairs: Vec<_> = versions.windows(2).map(|two| (two[0], two[1])).collect();
    assert_eq!(replaced(&told), pairs);
    assert_eq!(seen(&told, versions[0]), (Source::Reflog, "-"));
    assert_eq!(seen(&told, versions[5]), (Source::Ref, "-"));
    assert!(!is_on_default(&told, versions[4]) && is_on_default(&told, versions[5]));
    let amends = acts(&told)
        .into_iter()
        .filter(|(kind, _)| *kind == Kind::Amend);
    assert_eq!(amends.collect::<Vec<_>>(), [(Kind::Amend, "main"); 5]);
}

#[test]
fn the_log_of_head_is_told_once_with_kinds_and_branches() {
    let desk = Desk::new();
    desk.run(&["branch", "side"]);
    desk.run(&["checkout", "-q", "-b", "topic"]);
    desk.commit("a", "One");
    desk.commit("a", "Two");
    desk.run(&["reset", "-q", "--hard", "HEAD~1"]);
    desk.run(&["checkout", "-q", "main"]);
    desk.run(&["cherry-pick", "topic"]);
    desk.run(&[
        "merge",
        "-q",
        "--no-ff",
        "topic",
        "-m",
        "Merge branch 'topic'",
    ]);
    desk.run(&["checkout", "-q", "side"]);
    let told = desk.read(true);
    assert_eq!(
        acts(&told),
        [
            (Kind::Commit, "main"),
            (Kind::Checkout, "topic"),
            (Kind::Commit, "topic"),
            (Kind::Commit, "topic"),
            (Kind::Reset, "topic"),
            (Kind::Checkout, "main"),
            (Kind::CherryPick, "main"),
            (Kind::Merge, "main"),
            // No commit of mine was made on it: its name stays where it is.
            (Kind::Checkout, "-"),
            (Kind::Branch, "-"),
            (Kind::Branch, "topic"),
        ]
    );
    assert_eq!(events(&desk.read(true)), events(&told));
    assert!(acts(&desk.read(false)).is_empty());
}

#[test]
fn a_rebase_of_ten_leaves_ten_copies_and_no_replacement() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "topic"]);
    let old: Vec<_> = (0..10)
        .map(|n| desk.commit("a", &format!("Step {n}")))
        .collect();
    desk.run(&["checkout", "-q", "main"]);
    desk.commit("b", "Move on");
    desk.run(&["rebase", "-q", "main", "topic"]);
    let without = desk.read(false);
    assert_eq!(without.oids().len(), 12);
    let told = desk.read(true);
    assert_eq!(told.oids().len(), 22);
    assert_eq!(replaced(&told), []);
    for oid in old {
        assert_eq!(seen(&told, oid), (Source::Reflog, "topic"));
    }
    assert_eq!(seen(&told, desk.lab.head()), (Source::Ref, "topic"));
    let rebases = acts(&told)
        .into_iter()
        .filter(|(kind, _)| *kind == Kind::Rebase);
    assert_eq!(rebases.collect::<Vec<_>>(), [(Kind::Rebase, "topic"); 12]);
}

#[test]
fn a_reworded_commit_replaces_and_a_reworded_copy_does_not_replace_its_parent() {
    let desk = Desk::new();
    desk.run(&["checkout", "-q", "-b", "topic"]);
    let first = desk.commit("a", "First");
    let second = desk.commit("b", "Second");
    let reword = |from: &str, to: &str| {
        let mut command = git_in(&desk.lab.repo(), desk.lab.home());
        command
            .env("GIT_SEQUENCE_EDITOR", "sed -i 2s/^pick/reword/")
            .env("GIT_EDITOR", format!("sed -i s/{from}/{to}/"))
            .env("GIT_COMMITTER_DATE", "1700009999 +0100")
            .args(["rebase", "-q", "-i", "HEAD~2"]);
        assert!(command.output().unwrap().status.success());
        ["HEAD~1", "HEAD"].map(|name| desk.lab.git(&["rev-parse", name]).parse().unwrap())
    };
    let [kept, last] = reword("Second", "Last");
    let told = desk.read(true);
    assert_eq!(kept, first);
    assert!(replaced(&told).contains(&(second, last)));
    assert!(replaced(&told).iter().all(|(old, _)| *old != first));
}

#[test]
fn lines_of_somebody_else_and_objects_that_are_gone_tell_nothing() {
    let desk = Desk::new();
    let log = desk.lab.repo().join(".git/logs/HEAD");
    let text = std::fs::read_to_string(&log).unwrap();
    let (gone, head) = ("7".repeat(40), desk.lab.head());
    let line = |who: &str, at: i64| format!("{head} {gone} X <{who}> {at} +0000\tcommit: x\n");
    let text = [text, line(BOB, 1_700_000_100), line(ADA, 1_700_000_200)].concat();
    std::fs::write(&log, text + "nonsense\n").unwrap();
    let told = desk.read(true);
    assert_eq!(acts(&told), [(Kind::Commit, "main"); 2]);
    assert_eq!((told.oids().len(), told.warnings().as_str()), (1, ""));
    let next = desk.read_on(&[&told], true);
    assert_eq!((next.reading.walked, next.warnings().as_str()), (0, ""));
}

#[test]
fn the_logs_of_other_work_trees_are_read_from_each_of_them() {
    let desk = Desk::new();
    desk.run(&["worktree", "add", "-q", "-b", "side", "../tree"]);
    let tree = desk.lab.path("tree");
    desk.lab
        .git_at(&tree, &["commit", "-q", "--allow-empty", "-m", "Draft"]);
    desk.lab.git_at(
        &tree,
        &["commit", "-q", "--allow-empty", "--amend", "-m", "Done"],
    );
    let told = desk.read(true);
    assert_eq!(told.oids().len(), 3);
    assert_eq!(replaced(&told).len(), 1);
    assert!(acts(&told).contains(&(Kind::Amend, "side")));
    let mut from_tree = desk.lab.place_at(&tree);
    from_tree.path.clone_from(&desk.lab.repo());
    let there = super::support::read_with(&from_tree, &super::support::me(&[ADA]), |request| {
        request.reflog = true;
    });
    assert_eq!(events(&there.unwrap()), events(&told));
}
