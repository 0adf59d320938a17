//! `inward dump` against `git log --numstat -M`, file by file.
//!
//! On a repository generated here with real git; and on the one that `INWARD_PARITY_REPO`
//! names (with `INWARD_PARITY_AUTHOR`, an address), when it is set.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::home::Home;

/// Added, deleted ("-" for binary) and path (`old => new` for a rename), all as bytes.
type Row = (Vec<u8>, Vec<u8>, Vec<u8>);
type Rows = BTreeMap<String, BTreeSet<Row>>;

/// What git says, with everything pinned that its configuration could change.
fn by_git(home: &Home, repo: &Path, author: &str) -> Rows {
    let author = format!("--author=<{author}>");
    let hidden = [
        "notes/*",
        "stash",
        "replace/*",
        "bisect/*",
        "original/*",
        "jj/*",
    ];
    let mut args: Vec<String> = [
        "diff.renames=true",
        "diff.algorithm=myers",
        "log.mailmap=false",
        "diff.renameLimit=1000",
    ]
    .iter()
    .flat_map(|pin| ["-c".to_owned(), (*pin).to_owned()])
    .collect();
    args.push("log".to_owned());
    args.extend(hidden.iter().map(|name| format!("--exclude=refs/{name}")));
    args.extend(
        [
            "--all",
            "--no-merges",
            "--numstat",
            "-M",
            "-z",
            "--format=%x01%H",
        ]
        .map(str::to_owned),
    );
    args.push(author);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let out = home.git(repo, &args);
    out.split(|byte| *byte == 1)
        .skip(1)
        .map(commit_of)
        .collect()
}

fn commit_of(block: &[u8]) -> (String, BTreeSet<Row>) {
    let oid = String::from_utf8(block[..40].to_vec()).unwrap();
    let mut rows = BTreeSet::new();
    let mut parts = block[40..]
        .split(|byte| *byte == 0)
        .map(|part| part.strip_prefix(b"\n").unwrap_or(part));
    while let Some(part) = parts.next() {
        if part.is_empty() {
            continue;
        }
        let mut cells = part.splitn(3, |byte| *byte == b'\t');
        let (added, deleted) = (
            cells.next().unwrap().to_vec(),
            cells.next().unwrap().to_vec(),
        );
        let path = match cells.next().unwrap() {
            b"" => [parts.next().unwrap(), b" => ", parts.next().unwrap()].concat(),
            path => path.to_vec(),
        };
        rows.insert((added, deleted, path));
    }
    (oid, rows)
}

/// What the dump says; merges are not among git's rows.
fn by_inward(dump: &Path) -> Rows {
    let lines = |name: &str| -> Vec<serde_json::Value> {
        let text = fs::read_to_string(dump.join(name)).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let commits = lines("commits.jsonl");
    let mut out: Rows = commits
        .iter()
        .filter(|row| row["merge"] == false)
        .map(|row| (row["oid"].as_str().unwrap().to_owned(), BTreeSet::new()))
        .collect();
    for row in lines("file_changes.jsonl") {
        let count = |name: &str| {
            row[name]
                .as_u64()
                .map_or(b"-".to_vec(), |n| n.to_string().into_bytes())
        };
        let path = bytes_of(&row, "path").unwrap();
        let path = match bytes_of(&row, "old_path") {
            Some(old) => [&old[..], b" => ", &path[..]].concat(),
            None => path,
        };
        let oid = row["oid"].as_str().unwrap();
        out.get_mut(oid)
            .unwrap()
            .insert((count("added"), count("deleted"), path));
    }
    out
}

/// A path's exact bytes: the hexadecimal form when there is one, else the text.
fn bytes_of(row: &serde_json::Value, name: &str) -> Option<Vec<u8>> {
    if let Some(hex) = row[format!("{name}_hex")].as_str() {
        let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2).unwrap(), 16).unwrap();
        return Some((0..hex.len()).step_by(2).map(byte).collect());
    }
    row[name].as_str().map(|text| text.as_bytes().to_vec())
}

fn compare(home: &Home, repo: &Path, author: &str) -> (Vec<String>, usize) {
    home.inward(&["me", "add", author, "--this-is-me"])
        .expect(0);
    home.inward(&["add", repo.to_str().unwrap()]).expect(0);
    home.inward(&["scan"]).expect(0);
    let dump = home.path("dump");
    home.inward(&["dump", "-o", dump.to_str().unwrap()])
        .expect(0);
    let (git, ours) = (by_git(home, repo, author), by_inward(&dump));
    let oids: BTreeSet<_> = git.keys().chain(ours.keys()).collect();
    let differing = oids
        .into_iter()
        .filter(|oid| git.get(*oid) != ours.get(*oid))
        .map(|oid| {
            format!(
                "{oid}\n  git  {:?}\n  ours {:?}",
                git.get(oid),
                ours.get(oid)
            )
        })
        .collect();
    (differing, git.values().map(BTreeSet::len).sum())
}

#[test]
fn every_file_of_a_generated_history_equals_git() {
    let home = Home::new();
    let repo = home.repo("generated");
    let ada = "Ada <ada@example.org>";
    let lines = |from: u32, to: u32| -> String {
        let lines: Vec<String> = (from..to).map(|n| format!("line {n}\n")).collect();
        lines.concat()
    };
    home.commit(
        &repo,
        ("src/one.rs", &lines(0, 80)),
        ada,
        "2026-01-05T09:00:00Z",
    );
    home.commit(
        &repo,
        ("src/two.rs", &lines(40, 140)),
        ada,
        "2026-01-05T10:00:00Z",
    );
    fs::create_dir_all(repo.join("lib")).unwrap();
    fs::rename(repo.join("src/one.rs"), repo.join("lib/first.rs")).unwrap();
    home.commit(
        &repo,
        ("lib/first.rs", &lines(3, 84)),
        ada,
        "2026-01-06T09:00:00Z",
    );
    home.commit(&repo, ("bin.dat", "a\u{0}b"), ada, "2026-01-06T10:00:00Z");
    home.commit(&repo, ("no-newline", "x\ny"), ada, "2026-01-06T11:00:00Z");
    home.commit(
        &repo,
        ("no-newline", "x\ny\nz"),
        ada,
        "2026-01-06T12:00:00Z",
    );
    home.commit(
        &repo,
        ("new\nline \u{e9}.txt", "1\n"),
        ada,
        "2026-01-07T09:00:00Z",
    );
    fs::remove_file(repo.join("src/two.rs")).unwrap();
    home.commit(&repo, ("empty", ""), ada, "2026-01-07T10:00:00Z");
    home.commit(
        &repo,
        ("other.rs", "bob\n"),
        "Bob <bob@example.org>",
        "2026-01-07T11:00:00Z",
    );
    let (differing, rows) = compare(&home, &repo, "ada@example.org");
    assert!(rows >= 9, "git listed only {rows} rows");
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn a_named_real_repository_equals_git_but_for_one_row_in_a_thousand() {
    let (Some(repo), Some(author)) = (
        std::env::var_os("INWARD_PARITY_REPO"),
        std::env::var("INWARD_PARITY_AUTHOR").ok(),
    ) else {
        eprintln!("skipped: INWARD_PARITY_REPO and INWARD_PARITY_AUTHOR name no repository");
        return;
    };
    let home = Home::new();
    let (differing, rows) = compare(&home, Path::new(&repo), &author);
    eprintln!(
        "{rows} rows, {} commits differ\n{}",
        differing.len(),
        differing.join("\n")
    );
    assert!(rows > 0 && differing.len() * 1000 <= rows);
}
