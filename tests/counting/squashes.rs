//! Several commits that land as one.

use std::path::PathBuf;

use crate::case::{Case, NONE, Said};
use crate::home::Home;
use crate::story::{ADA, BOB, Story, text};

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "a squash of 4 commits by the forge, the branch still there",
        why: "The four show when the work was done, the squash what came of it: activity 4, delivered 1, the squash's lines.",
        reflog: false,
        build: by_the_forge,
        expected: Said {
            commits: 5,
            delivered: 2,
            lines: 13,
            squashes: 1,
            ..NONE
        },
    },
    Case {
        name: "the same, onto a base that moved in the same file",
        why: "Patch identity does not depend on what stands around a change.",
        reflog: false,
        build: on_a_moved_base,
        expected: Said {
            commits: 5,
            delivered: 2,
            lines: 28,
            squashes: 1,
            ..NONE
        },
    },
    Case {
        name: "the same, the branch deleted, the reflog read",
        why: "The reflog still reaches the four.",
        reflog: true,
        build: branch_deleted,
        expected: Said {
            commits: 5,
            delivered: 2,
            lines: 13,
            squashes: 1,
            ..NONE
        },
    },
    Case {
        name: "the same, the branch deleted, the reflog not read",
        why: "A squash whose originals are gone counts itself.",
        reflog: false,
        build: branch_deleted,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 13,
            ..NONE
        },
    },
    Case {
        name: "a squash of 4 commits that a colleague committed as the author",
        why: "Not my commit, so its lines are not kept; my four delivered one change with the lines they have.",
        reflog: false,
        build: by_a_colleague,
        expected: Said {
            commits: 5,
            delivered: 2,
            lines: 13,
            ..NONE
        },
    },
    Case {
        name: "a squash, and work that goes on on the same branch",
        why: "What was there when it landed is swallowed, what came later is not.",
        reflog: false,
        build: going_on,
        expected: Said {
            commits: 6,
            delivered: 2,
            lines: 15,
            squashes: 1,
            ..NONE
        },
    },
    Case {
        name: "a squash of one commit under other words",
        why: "One commit landed again alone is a copy of it.",
        reflog: false,
        build: of_one,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 4,
            twins: 1,
            ..NONE
        },
    },
    Case {
        name: "a squash of a branch in which a colleague wrote one of 4 commits",
        why: "My three are swallowed by a squash that is mine: its lines stand, as git counts them.",
        reflog: false,
        build: with_a_colleague,
        expected: Said {
            commits: 4,
            delivered: 2,
            lines: 13,
            squashes: 1,
            ..NONE
        },
    },
    Case {
        name: "`git merge --squash` with its own message",
        why: "Its message names every commit it swallowed.",
        reflog: false,
        build: merge_squash,
        expected: Said {
            commits: 5,
            delivered: 2,
            lines: 14,
            squashes: 1,
            ..NONE
        },
    },
];

/// Main with one commit (1 line), `topic` with four (3 lines each).
fn topic<'h>(home: &'h Home, third: &str) -> Story<'h> {
    let repo = Story::new(home, "squash");
    repo.add("2026-03-02T08:00:00Z", "base", 1);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    for n in 1..5 {
        let who = if n == 3 { third } else { ADA };
        let (date, file) = (format!("2026-03-03T1{n}:00:00Z"), format!("t{n}"));
        repo.commit(
            (who, &date),
            (&file, &text(&file, 3)),
            &format!("Write {file}"),
        );
    }
    repo.git(&["checkout", "-q", "main"]);
    repo
}

const FORGE: &str = "GitHub <noreply@github.com>";
const LANDED: &str = "2026-03-06T15:00:00Z";

/// Lands `topic` as one commit by `author`, as a forge does.
fn land(repo: &Story<'_>, author: &str, message: &str) {
    repo.git(&["merge", "-q", "--squash", "topic"]);
    let author = format!("--author={author}");
    let date = format!("--date={LANDED}");
    repo.git_as(
        (FORGE, LANDED),
        &["commit", "-q", "-m", message, &author, &date],
    );
}

const TITLE: &str = "Write all of t (#12)\n\n* Write t1\n\n* Write t2\n\n* Write t3\n\n* Write t4";

fn by_the_forge(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home, ADA);
    land(&repo, ADA, "Write all of t (#12)");
    vec![repo.path]
}

fn on_a_moved_base(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "moved");
    let lines: Vec<String> = (1..=20).map(|n| format!("line {n}\n")).collect();
    repo.commit(
        (ADA, "2026-03-02T08:00:00Z"),
        ("a", &lines.concat()),
        "Base",
    );
    repo.git(&["checkout", "-q", "-b", "topic"]);
    let mut ours = lines.clone();
    for n in [2, 4, 14, 16] {
        ours[n] = format!("changed {n}\n");
        let date = format!("2026-03-03T{n:02}:00:00Z");
        repo.commit((ADA, &date), ("a", &ours.concat()), &format!("Change {n}"));
    }
    repo.git(&["checkout", "-q", "main"]);
    let mut theirs = lines;
    "bob\n".clone_into(&mut theirs[9]);
    repo.commit(
        (BOB, "2026-03-04T08:00:00Z"),
        ("a", &theirs.concat()),
        "Bob's",
    );
    land(&repo, ADA, "All changes (#13)");
    vec![repo.path]
}

fn branch_deleted(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home, ADA);
    land(&repo, ADA, TITLE);
    repo.git(&["branch", "-q", "-D", "topic"]);
    vec![repo.path]
}

fn by_a_colleague(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home, ADA);
    land(&repo, BOB, "Write all of t (#12)");
    vec![repo.path]
}

fn going_on(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home, ADA);
    land(&repo, ADA, "Write all of t (#12)");
    repo.git(&["checkout", "-q", "topic"]);
    repo.add("2026-03-07T09:00:00Z", "t5", 2);
    vec![repo.path]
}

fn of_one(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "one");
    repo.add("2026-03-02T08:00:00Z", "base", 1);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    repo.add("2026-03-03T09:00:00Z", "t", 3);
    repo.git(&["checkout", "-q", "main"]);
    land(&repo, ADA, "Quite other words (#14)");
    vec![repo.path]
}

fn with_a_colleague(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home, BOB);
    land(&repo, ADA, "Write all of t (#12)");
    vec![repo.path]
}

fn merge_squash(home: &Home) -> Vec<PathBuf> {
    let repo = topic(home, ADA);
    repo.git(&["merge", "-q", "--squash", "topic"]);
    // Edited while landing: only the message tells.
    repo.write("t1", &text("t1", 4));
    repo.git(&["add", "-A"]);
    repo.git_as((ADA, LANDED), &["commit", "-q", "--no-edit"]);
    vec![repo.path]
}
