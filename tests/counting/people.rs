//! Who is me, and who is not.

use std::path::PathBuf;

use crate::case::{Case, NONE, Said};
use crate::home::Home;
use crate::story::{ADA, BOB, Story, text};

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "three addresses of one person, 3 + 4 commits in two repositories",
        why: "All of the owner's addresses are one person: two are mapped by `.mailmap` under her own name, case does not matter.",
        reflog: false,
        build: three_addresses,
        expected: Said {
            commits: 7,
            delivered: 7,
            lines: 8,
            ..NONE
        },
    },
    Case {
        name: "a bot of the forge, and a bot that the mailmap gives to its owner",
        why: "What a program commits by itself is nobody's work.",
        reflog: false,
        build: bots,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 2,
            ..NONE
        },
    },
    Case {
        name: "a colleague of the same first name",
        why: "A name is no evidence. (`--author=ada` takes Ada Byron's commits too.)",
        reflog: false,
        build: namesake,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 2,
            ..NONE
        },
    },
    Case {
        name: "a colleague's commit that names me co-author",
        why: "Pairing is counted apart: the commit is not mine, only its id and time are kept.",
        reflog: false,
        build: paired,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 2,
            pairings: 1,
            ..NONE
        },
    },
    Case {
        name: "my commit with a person and an assistant as co-authors",
        why: "One commit, mine, assisted by its trailer; being named in one's own commit is no pairing.",
        reflog: false,
        build: helped,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 2,
            ..NONE
        },
    },
    Case {
        name: "my commit, committed by the forge's own address",
        why: "The author counts, whoever committed.",
        reflog: false,
        build: by_the_forge,
        expected: Said {
            commits: 1,
            delivered: 1,
            lines: 3,
            ..NONE
        },
    },
];

fn three_addresses(home: &Home) -> Vec<PathBuf> {
    let one = Story::new(home, "one");
    let map = "Ada <ada@example.org> <ada@old.example>\nAda <ada@example.org> <ada@laptop.local>\n";
    one.commit(
        (ADA, "2026-03-02T09:00:00Z"),
        (".mailmap", map),
        "Say who I was",
    );
    one.commit(
        ("Ada <ada@old.example>", "2026-03-02T10:00:00Z"),
        ("b", "b\n"),
        "b",
    );
    one.commit(
        ("Ada <ADA@Example.org>", "2026-03-02T11:00:00Z"),
        ("c", "c\n"),
        "c",
    );
    let two = Story::new(home, "two");
    two.commit((ADA, "2026-03-03T09:00:00Z"), ("d", "d\n"), "d");
    two.commit(
        (ADA, "2026-03-03T10:00:00Z"),
        (".mailmap", map),
        "Say who I was, here too",
    );
    two.commit(
        ("Ada <ada@laptop.local>", "2026-03-03T11:00:00Z"),
        ("f", "f\n"),
        "f",
    );
    two.git_as(
        ("Ada <ada@laptop.local>", "2026-03-03T12:00:00Z"),
        &["commit", "-q", "--allow-empty", "-m", "Nothing"],
    );
    vec![one.path, two.path]
}

fn bots(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "bots");
    let map = "Ada <ada@example.org> renovate[bot] <bot@renovateapp.com>\nAda <ada@example.org> <ada-bot[bot]@example.org>\n";
    repo.commit((ADA, "2026-03-02T09:00:00Z"), (".mailmap", map), "Map");
    let forge = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>";
    repo.commit((forge, "2026-03-02T10:00:00Z"), ("x", "x\n"), "Bump x");
    let mapped = "renovate[bot] <bot@renovateapp.com>";
    repo.commit((mapped, "2026-03-02T11:00:00Z"), ("y", "y\n"), "Bump y");
    vec![repo.path]
}

fn namesake(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "namesake");
    repo.add("2026-03-02T09:00:00Z", "mine", 2);
    let other = ("Ada Byron <ada@byron.example>", "2026-03-02T10:00:00Z");
    repo.commit(other, ("hers", &text("hers", 5)), "Add hers");
    vec![repo.path]
}

fn paired(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "paired");
    repo.add("2026-03-02T09:00:00Z", "mine", 2);
    repo.commit(
        (BOB, "2026-03-02T10:00:00Z"),
        ("ours", "ours\n"),
        "Write ours\n\nCo-authored-by: Ada <ada@example.org>",
    );
    vec![repo.path]
}

fn helped(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "helped");
    repo.commit(
        (ADA, "2026-03-02T09:00:00Z"),
        ("a", &text("a", 2)),
        "Write a\n\nCo-authored-by: Bob <bob@example.org>\nCo-authored-by: Claude <noreply@anthropic.com>\nCo-authored-by: Ada <ada@example.org>",
    );
    vec![repo.path]
}

fn by_the_forge(home: &Home) -> Vec<PathBuf> {
    let repo = Story::new(home, "forge");
    repo.write("a", &text("a", 3));
    repo.git(&["add", "-A"]);
    let author = format!("--author={ADA}");
    repo.git_as(
        ("GitHub <noreply@github.com>", "2026-03-02T09:00:00Z"),
        &["commit", "-q", "-m", "Add a", &author],
    );
    vec![repo.path]
}
