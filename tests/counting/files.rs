//! What changed, and what cannot be known of it.

use std::path::PathBuf;

use crate::case::{Case, NONE, Said, shown};
use crate::home::Home;
use crate::story::{ADA, Story, beside, text};

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "a lock file and a vendored drop",
        why: "Neither is written by hand; raw figures have them.",
        reflog: false,
        build: dropped_in,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 3,
            ..NONE
        },
    },
    Case {
        name: "files that `.gitattributes` calls generated",
        why: "The repository's own word on what is made by a program.",
        reflog: false,
        build: generated,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 5,
            ..NONE
        },
    },
    Case {
        name: "a mass commit listed in `.git-blame-ignore-revs`",
        why: "Its lines changed form, not meaning. It is a commit all the same.",
        reflog: false,
        build: listed_reformat,
        expected: Said {
            commits: 3,
            delivered: 3,
            lines: 402,
            ..NONE
        },
    },
    Case {
        name: "a mass commit by a formatter, listed nowhere",
        why: "Recognised: but for white space and what formatters move, the text is the same.",
        reflog: false,
        build: reformat,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 2_000,
            ..NONE
        },
    },
    Case {
        name: "a folder of 30 files moved",
        why: "Moved files have no changed lines.",
        reflog: false,
        build: moved,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 150,
            ..NONE
        },
    },
    Case {
        name: "a binary file, a changed mode, an empty commit",
        why: "Commits without a line.",
        reflog: false,
        build: lineless,
        expected: Said {
            commits: 4,
            delivered: 4,
            lines: 1,
            ..NONE
        },
    },
    Case {
        name: "a shallow clone of depth 2",
        why: "What was there before the cut is not known: the commit is kept, its lines are unknown, not all of its files.",
        reflog: false,
        build: shallow,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 3,
            unknown: 1,
            ..NONE
        },
    },
    Case {
        name: "a partial clone without the contents of old files",
        why: "Nothing is fetched. Commits whose files are not there have unknown lines.",
        reflog: false,
        build: partial,
        expected: Said {
            commits: 3,
            delivered: 3,
            lines: 2,
            unknown: 2,
            ..NONE
        },
    },
    Case {
        name: "a commit replaced by another (`git replace`)",
        why: "What was written and what stands for it differ: the commit is kept, its lines are unknown.",
        reflog: false,
        build: replaced,
        expected: Said {
            commits: 2,
            delivered: 2,
            lines: 2,
            unknown: 1,
            ..NONE
        },
    },
];

fn dropped_in(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "dropped");
    repo.write("Cargo.lock", &text("lock", 900));
    repo.commit(
        (ADA, "2026-03-02T09:00:00Z"),
        ("src/a.rs", &text("a", 3)),
        "Add a",
    );
    repo.add("2026-03-03T09:00:00Z", "vendor/big.js", 5_000);
    vec![repo.path]
}

fn generated(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "generated");
    repo.write(".gitattributes", "api/*.ts linguist-generated\n");
    repo.write("api/client.ts", &text("client", 700));
    repo.commit(
        (ADA, "2026-03-02T09:00:00Z"),
        ("src/a.ts", &text("a", 4)),
        "Add a",
    );
    vec![repo.path]
}

/// `n` statements as somebody types them, or as a formatter leaves them.
fn program(name: &str, n: usize, formatted: bool) -> String {
    let line = |at| {
        if formatted {
            format!("  const {name}{at} = call(\"{name}\", {at});\n")
        } else {
            format!("const {name}{at}=call('{name}',{at})\n")
        }
    };
    (0..n).map(line).collect::<Vec<String>>().concat()
}

fn listed_reformat(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "listed");
    repo.commit(
        (ADA, "2026-03-02T09:00:00Z"),
        ("a.js", &program("a", 400, false)),
        "Add a",
    );
    repo.commit(
        (ADA, "2026-03-03T09:00:00Z"),
        ("a.js", &program("b", 400, true)),
        "Format all",
    );
    let id = repo.id("HEAD");
    let list = format!("# Formatted\n{id}\n");
    let when = (ADA, "2026-03-04T09:00:00Z");
    repo.commit(when, (".git-blame-ignore-revs", &list), "Ignore it");
    vec![repo.path]
}

fn reformat(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "reformat");
    for (formatted, date) in [
        (false, "2026-03-02T09:00:00Z"),
        (true, "2026-03-03T09:00:00Z"),
    ] {
        for file in 0..40 {
            let name = format!("f{file}_");
            repo.write(&format!("src/{name}.js"), &program(&name, 50, formatted));
        }
        repo.git(&["add", "-A"]);
        repo.git_as(
            (ADA, date),
            &[
                "commit",
                "-q",
                "-m",
                if formatted {
                    "Run the formatter"
                } else {
                    "Write"
                },
            ],
        );
    }
    vec![repo.path]
}

fn moved(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "moved");
    for n in 0..30 {
        repo.write(&format!("old/f{n}"), &text(&format!("f{n}"), 5));
    }
    repo.git(&["add", "-A"]);
    repo.git_as(
        (ADA, "2026-03-02T09:00:00Z"),
        &["commit", "-q", "-m", "Write"],
    );
    repo.git(&["mv", "old", "new"]);
    repo.git_as(
        (ADA, "2026-03-03T09:00:00Z"),
        &["commit", "-q", "-m", "Move"],
    );
    vec![repo.path]
}

fn lineless(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "lineless");
    repo.commit((ADA, "2026-03-02T09:00:00Z"), ("run", "#!\n"), "Add run");
    repo.git(&["update-index", "--chmod=+x", "run"]);
    repo.git_as(
        (ADA, "2026-03-02T10:00:00Z"),
        &["commit", "-q", "-m", "Let it run"],
    );
    repo.git(&["reset", "-q", "--hard"]);
    repo.commit(
        (ADA, "2026-03-02T11:00:00Z"),
        ("image", "\0\u{1}\0"),
        "Add an image",
    );
    let empty = ["commit", "-q", "--allow-empty", "-m", "Nothing"];
    repo.git_as((ADA, "2026-03-02T12:00:00Z"), &empty);
    vec![repo.path]
}

/// Three commits of 4, 4 and 3 lines.
fn three(home: &Home) -> Story<'_> {
    let repo = Story::new(home, "three");
    repo.add("2026-03-02T09:00:00Z", "a", 4);
    repo.add("2026-03-03T09:00:00Z", "b", 4);
    repo.add("2026-03-04T09:00:00Z", "c", 3);
    repo
}

fn shallow(home: &Home) -> Vec<PathBuf> {
    let repo = three(home);
    let clone = beside(&repo.path, "shallow");
    let from = format!("file://{}", shown(&repo.path));
    repo.git(&["clone", "-q", "--depth", "2", &from, shown(&clone)]);
    vec![clone]
}

fn partial(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "whole");
    repo.add("2026-03-02T09:00:00Z", "a", 4);
    repo.commit(
        (ADA, "2026-03-03T09:00:00Z"),
        ("a", &text("b", 4)),
        "Replace a",
    );
    repo.commit((ADA, "2026-03-04T09:00:00Z"), ("c", &text("c", 2)), "Add c");
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = beside(&repo.path, "partial");
    let from = format!("file://{}", shown(&repo.path));
    repo.git(&["clone", "-q", "--filter=blob:none", &from, shown(&clone)]);
    vec![clone]
}

fn replaced(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "replaced");
    repo.add("2026-03-02T09:00:00Z", "a", 2);
    repo.add("2026-03-03T09:00:00Z", "b", 4);
    let second = repo.id("HEAD");
    repo.git(&["replace", &second, &repo.id("HEAD~1")]);
    vec![repo.path]
}
