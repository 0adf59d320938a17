//! Clocks, zones and long histories.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use crate::case::{Case, NONE, Said};
use crate::home::Home;
use crate::story::{ADA, Story};

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "clocks in 1970 and in 2100",
        why: "Commits on no day: counted as undated, shown by `inward doctor`, in no series.",
        reflog: false,
        build: wild_clocks,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 2,
            undated: 2,
            ..NONE
        },
    },
    Case {
        name: "a commit of 23:30 at +13:00 and one of 00:30 at -11:00",
        why: "Each lies on its author's own civil day, whatever UTC says.",
        reflog: false,
        build: far_offsets,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 4,
            ..NONE
        },
    },
    Case {
        name: "51 commits within one second",
        why: "Time is no identity: different words, different changes.",
        reflog: false,
        build: one_batch,
        expected: Said {
            commits: 51,
            delivered: 51,
            lines: 51,
            ..NONE
        },
    },
    Case {
        name: "5,200 commits",
        why: "No page, no limit, no sample.",
        reflog: false,
        build: many,
        expected: Said {
            commits: 5_200,
            delivered: 5_200,
            lines: 5_200 + 5_199,
            ..NONE
        },
    },
    Case {
        name: "a commit of January, rebased in June",
        why: "The author date tells when the work was done. (`--since` looks at the committer's.)",
        reflog: false,
        build: rebased_late,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 3,
            ..NONE
        },
    },
    Case {
        name: "a child whose clock is behind its parent's",
        why: "History is walked by its links; a wrong clock hides nothing.",
        reflog: false,
        build: behind_its_parent,
        expected: Said {
            commits: 3,
            delivered: 3,
            lines: 6,
            ..NONE
        },
    },
];

fn wild_clocks(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "clocks");
    repo.add("1970-01-01T00:00:01Z", "a", 2);
    repo.add("2026-03-02T09:00:00Z", "b", 2);
    repo.add("2099-12-31T23:00:00Z", "c", 2);
    vec![repo.path]
}

fn far_offsets(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "offsets");
    repo.add("2026-02-16T23:30:00+13:00", "a", 2);
    repo.add("2026-02-17T00:30:00-11:00", "b", 2);
    vec![repo.path]
}

fn one_batch(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "batch");
    import(home, &repo, 51, |_| 1_772_442_000);
    vec![repo.path]
}

fn many(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "many");
    import(home, &repo, 5_200, |n| 1_700_000_000 + 3_600 * n);
    // One file over and over: each commit but the first takes a line away and adds one.
    vec![repo.path]
}

/// Commits of one line each through `git fast-import`: in files of their own where all have one
/// time, else in one file that each of them replaces.
fn import(home: &Home, repo: &Story<'_>, commits: u64, at: fn(u64) -> u64) {
    let own_files = at(0) == at(1);
    let mut stream = String::new();
    for n in 0..commits {
        let file = if own_files {
            format!("f{n}")
        } else {
            "f".to_owned()
        };
        let (message, content) = (format!("Step {n}"), format!("content {n}\n"));
        writeln!(stream, "commit refs/heads/main").unwrap();
        for role in ["author", "committer"] {
            writeln!(stream, "{role} {ADA} {} +0000", at(n)).unwrap();
        }
        writeln!(stream, "data {}\n{message}", message.len()).unwrap();
        writeln!(
            stream,
            "M 100644 inline {file}\ndata {}\n{content}",
            content.len()
        )
        .unwrap();
    }
    let mut command = home.command("git", &repo.path);
    let mut child = command
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(stream.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
}

fn rebased_late(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "late");
    repo.add("2026-01-12T09:00:00Z", "a", 3);
    repo.git_later(
        "2026-06-01T09:00:00Z",
        &["commit", "-q", "--amend", "--no-edit"],
    );
    vec![repo.path]
}

fn behind_its_parent(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "behind");
    repo.add("2026-03-02T09:00:00Z", "a", 2);
    repo.add("2019-03-02T09:00:00Z", "b", 2);
    repo.add("2026-03-03T09:00:00Z", "c", 2);
    vec![repo.path]
}
