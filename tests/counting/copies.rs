//! The same change in several commits, the same commit in several places.

use std::path::PathBuf;

use crate::case::{Case, NONE, Said, shown};
use crate::home::Home;
use crate::story::{ADA, BOB, Story, beside, text};

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "a rebase of 10 commits, the old branch kept",
        why: "Author date and summary stay, so the ten of before are copies; the newer ones stand.",
        reflog: false,
        build: rebase,
        expected: Said {
            commits: 11,
            delivered: 1,
            lines: 51,
            twins: 10,
            ..NONE
        },
    },
    Case {
        name: "a rebase of 10 commits, nothing kept but the reflog",
        why: "The reflog still reaches the ten of before. Without it they are not seen, and the answer is the same.",
        reflog: true,
        build: rebase_in_place,
        expected: Said {
            commits: 11,
            delivered: 1,
            lines: 51,
            twins: 10,
            ..NONE
        },
    },
    Case {
        name: "one commit amended 5 times",
        why: "Six versions of one change.",
        reflog: true,
        build: amend,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 9,
            twins: 5,
            ..NONE
        },
    },
    Case {
        name: "one commit amended 5 times, nobody may read the reflog",
        why: "The versions before cannot be seen without it.",
        reflog: false,
        build: amend,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 9,
            ..NONE
        },
    },
    Case {
        name: "one commit reworded",
        why: "The reflog says which commit became which, whatever the new words are.",
        reflog: true,
        build: reword,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 4,
            twins: 1,
            ..NONE
        },
    },
    Case {
        name: "a cherry-pick to a release branch",
        why: "Picked, the change is the same: the one on the default branch stands.",
        reflog: false,
        build: cherry_pick,
        expected: Said {
            commits: 3,
            delivered: 2,
            lines: 9,
            twins: 1,
            ..NONE
        },
    },
    Case {
        name: "a cherry-pick with a new date and other words",
        why: "Patch identity: the same lines of the same files, added or taken away.",
        reflog: false,
        build: pick_anew,
        expected: Said {
            commits: 3,
            delivered: 2,
            lines: 9,
            twins: 1,
            ..NONE
        },
    },
    Case {
        name: "a change applied, reverted and applied again",
        why: "Three acts on one branch: nobody made a copy.",
        reflog: false,
        build: reapply,
        expected: Said {
            commits: 4,
            delivered: 4,
            lines: 16,
            ..NONE
        },
    },
    Case {
        name: "a clone, a second clone, a linked work tree and a fork",
        why: "One object is one row, however many places hold it. The fork's own commit is one more.",
        reflog: false,
        build: places,
        expected: Said {
            commits: 4,
            delivered: 4,
            lines: 14,
            ..NONE
        },
    },
    Case {
        name: "5 repositories, a file of other content added to each with the same words in one second",
        why: "Time and words are no identity between unrelated repositories: what changed is asked too.",
        reflog: false,
        build: same_words,
        expected: Said {
            commits: 5,
            delivered: 5,
            lines: 15,
            ..NONE
        },
    },
    Case {
        name: "a history filtered to one folder",
        why: "Filtered commits keep author date and summary: each is a copy of the one it came from.",
        reflog: false,
        build: filtered,
        expected: Said {
            commits: 3,
            delivered: 3,
            lines: 9,
            twins: 3,
            ..NONE
        },
    },
    Case {
        name: "a merge with edits to solve a conflict",
        why: "A merge is no authored change and has no lines of its own; it is counted as a merge.",
        reflog: false,
        build: conflict,
        expected: Said {
            commits: 3,
            delivered: 3,
            lines: 5,
            merges: 1,
            ..NONE
        },
    },
    Case {
        name: "two stash entries",
        why: "What is put aside is no commit. (`git log --all` counts the index of each.)",
        reflog: false,
        build: stash,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 2,
            ..NONE
        },
    },
    Case {
        name: "a branch that was never pushed",
        why: "It is work all the same.",
        reflog: false,
        build: unpushed,
        expected: Said {
            commits: 2,
            delivered: 1,
            lines: 5,
            ..NONE
        },
    },
    Case {
        name: "my commit, picked by a colleague",
        why: "The author of the copy is still me: one change.",
        reflog: false,
        build: picked_by_bob,
        expected: Said {
            commits: 2,
            delivered: 1,
            lines: 5,
            twins: 1,
            ..NONE
        },
    },
];

/// A commit on main, and ten on `topic`, an hour apart.
fn topic(home: &Home) -> Story<'_> {
    let repo = Story::new(home, "topic");
    repo.add("2026-03-02T08:00:00Z", "base", 1);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    for hour in 0..10 {
        repo.add(
            &format!("2026-03-03T{hour:02}:00:00Z"),
            &format!("t{hour}"),
            5,
        );
    }
    repo.git(&["checkout", "-q", "main"]);
    repo.commit((BOB, "2026-03-04T09:00:00Z"), ("bob", "bob\n"), "Bob's");
    repo.git(&["checkout", "-q", "topic"]);
    repo
}

fn rebase(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home);
    repo.git(&["branch", "before"]);
    repo.git_later("2026-03-05T09:00:00Z", &["rebase", "-q", "main"]);
    vec![repo.path]
}

fn rebase_in_place(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home);
    repo.git_later("2026-03-05T09:00:00Z", &["rebase", "-q", "main"]);
    vec![repo.path]
}

fn amend(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "amend");
    repo.add("2026-03-02T09:00:00Z", "a", 4);
    for n in 5..10 {
        repo.write("a", &text("a", n));
        repo.git(&["add", "-A"]);
        let date = format!("2026-03-02T09:{n:02}:00Z");
        repo.git_later(&date, &["commit", "-q", "--amend", "--no-edit"]);
    }
    vec![repo.path]
}

fn reword(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "reword");
    repo.add("2026-03-02T09:00:00Z", "a", 4);
    let args = [
        "commit",
        "-q",
        "--amend",
        "--reset-author",
        "-m",
        "Quite other words",
    ];
    repo.git_as((ADA, "2026-03-02T10:00:00Z"), &args);
    vec![repo.path]
}

/// Main with a fix, and a release branch from before it.
fn released(home: &Home) -> Story<'_> {
    let repo = Story::new(home, "released");
    repo.add("2026-03-02T09:00:00Z", "a", 3);
    repo.git(&["branch", "release"]);
    repo.commit((ADA, "2026-03-03T09:00:00Z"), ("b", &text("b", 4)), "Fix b");
    repo.git(&["checkout", "-q", "release"]);
    repo.add("2026-03-03T12:00:00Z", "only-here", 2);
    repo
}

fn cherry_pick(home: &Home) -> Vec<PathBuf> {
    let repo = released(home);
    repo.git_later("2026-03-04T09:00:00Z", &["cherry-pick", "-x", "main"]);
    vec![repo.path]
}

fn pick_anew(home: &Home) -> Vec<PathBuf> {
    let repo = released(home);
    repo.git(&["cherry-pick", "-n", "main"]);
    repo.git_as(
        (ADA, "2026-03-04T09:00:00Z"),
        &["commit", "-q", "-m", "Backport"],
    );
    vec![repo.path]
}

fn reapply(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "reapply");
    repo.add("2026-03-02T09:00:00Z", "a", 4);
    repo.add("2026-03-02T10:00:00Z", "b", 4);
    repo.git_as(
        (ADA, "2026-03-02T11:00:00Z"),
        &["revert", "--no-edit", "HEAD"],
    );
    repo.git_as(
        (ADA, "2026-03-02T12:00:00Z"),
        &["revert", "--no-edit", "HEAD"],
    );
    vec![repo.path]
}

fn places(home: &Home) -> Vec<PathBuf> {
    let first = Story::new(home, "first");
    for day in 2..5 {
        first.add(&format!("2026-03-0{day}T09:00:00Z"), &format!("f{day}"), 4);
    }
    let (second, fork) = (beside(&first.path, "second"), beside(&first.path, "fork"));
    first.git(&["clone", "-q", ".", shown(&second)]);
    first.git(&["clone", "-q", ".", shown(&fork)]);
    let tree = beside(&first.path, "tree");
    first.git(&["worktree", "add", "-q", "-b", "side", shown(&tree)]);
    let fork = Story::of(home, fork);
    fork.add("2026-03-06T09:00:00Z", "own", 2);
    vec![first.path, second, tree, fork.path]
}

fn filtered(home: &Home) -> Vec<PathBuf> {
    let whole = Story::new(home, "whole");
    let part = Story::new(home, "part");
    for day in 2..5 {
        let date = format!("2026-03-0{day}T09:00:00Z");
        let file = format!("f{day}");
        let message = format!("Add {file}");
        whole.commit(
            (ADA, &date),
            (&format!("lib/{file}"), &text(&file, 3)),
            &message,
        );
        part.commit((ADA, &date), (&file, &text(&file, 3)), &message);
    }
    vec![whole.path, part.path]
}

fn conflict(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "conflict");
    repo.commit((ADA, "2026-03-02T09:00:00Z"), ("a", "one\n"), "One");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.commit((ADA, "2026-03-02T10:00:00Z"), ("a", "two\n"), "Two");
    repo.git(&["checkout", "-q", "main"]);
    repo.commit((ADA, "2026-03-02T11:00:00Z"), ("a", "three\n"), "Three");
    let merge = ["merge", "-q", "-s", "ours", "--no-commit", "side"];
    repo.git_as((ADA, "2026-03-02T12:00:00Z"), &merge);
    repo.write("a", "four\nfive\n");
    repo.git(&["add", "-A"]);
    repo.git_as(
        (ADA, "2026-03-02T12:00:00Z"),
        &["commit", "-q", "-m", "Merge side"],
    );
    vec![repo.path]
}

fn stash(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "stash");
    repo.add("2026-03-02T09:00:00Z", "a", 2);
    for n in 3..5 {
        repo.write("a", &text("a", n));
        repo.git(&["add", "-A"]);
        repo.git_as((ADA, &format!("2026-03-0{n}T09:00:00Z")), &["stash", "-q"]);
    }
    vec![repo.path]
}

fn unpushed(home: &Home) -> Vec<PathBuf> {
    let origin = Story::new(home, "origin");
    origin.add("2026-03-02T09:00:00Z", "a", 2);
    let clone = beside(&origin.path, "clone");
    origin.git(&["clone", "-q", ".", shown(&clone)]);
    let clone = Story::of(home, clone);
    clone.git(&["checkout", "-q", "-b", "mine-alone"]);
    clone.add("2026-03-03T09:00:00Z", "b", 3);
    vec![clone.path]
}

fn picked_by_bob(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "picked");
    repo.add("2026-03-02T09:00:00Z", "a", 2);
    repo.git(&["checkout", "-q", "-b", "release"]);
    repo.commit((BOB, "2026-03-02T10:00:00Z"), ("bob", "bob\n"), "Bob's");
    repo.git(&["checkout", "-q", "-b", "topic", "main"]);
    repo.add("2026-03-02T11:00:00Z", "b", 3);
    repo.git(&["checkout", "-q", "release"]);
    repo.git_as((BOB, "2026-03-04T09:00:00Z"), &["cherry-pick", "topic"]);
    vec![repo.path]
}

fn same_words(home: &Home) -> Vec<PathBuf> {
    let each = (1..6).map(|n| {
        let repo = Story::new(home, &format!("words{n}"));
        let content = text(&format!("ci{n}"), n);
        repo.commit(
            (ADA, "2026-03-02T09:00:00Z"),
            ("ci.yml", &content),
            "Update CI",
        );
        repo.path
    });
    each.collect()
}
