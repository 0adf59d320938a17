//! `docs/counting.md`, made from the cases.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::case::{Case, Git, Said};

const HEAD: &str = "\
# How inward counts

Each row is a history that is easily counted wrong, made by real git in `tests/counting`, with what
`git log --all --no-merges --author=ME --numstat -M` says of it (repository by repository, added up)
and what inward says. This page is made from those tests, which hold every number.

*Commits* are acts: each authored change once. *Delivered* is what a default branch holds, a squash
as one. *Lines* are added plus deleted, without generated, vendored and lock files, mass
reformatting, and what stands elsewhere already. What was left out stands with every figure
(`inward stats --json`, `left_out`); `--raw` counts all of it.

| Case | git: commits | git: lines | commits | delivered | lines | left out | Why |
|---|---:|---:|---:|---:|---:|---|---|
";

/// Compares the page with what the cases say, or writes it when blessed.
pub(crate) fn holds(rows: &[(&Case, (Git, Said))]) {
    let mut page = HEAD.to_owned();
    for (case, (git, said)) in rows {
        let reflog = if case.reflog { " (reflog on)" } else { "" };
        writeln!(
            page,
            "| {}{reflog} | {} | {} | {} | {} | {} | {} | {} |",
            case.name,
            git.commits,
            git.lines,
            said.commits,
            said.delivered,
            said.lines,
            left_out(said),
            case.why
        )
        .unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/counting.md");
    if std::env::var_os("INWARD_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/counting.md is not what the cases say: INWARD_BLESS=1 cargo test --test counting"
    );
}

fn left_out(said: &Said) -> String {
    let all = [
        (said.twins, "twins"),
        (said.squashes, "squash"),
        (said.merges, "merges"),
        (said.undated, "undated"),
        (said.unknown, "lines unknown"),
        (said.pairings, "paired"),
    ];
    let some = all.iter().filter(|(n, _)| *n > 0);
    some.map(|(n, what)| format!("{n} {what}"))
        .collect::<Vec<_>>()
        .join(", ")
}
