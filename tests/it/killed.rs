//! A first scan killed at random moments: after the next one the store is what an uninterrupted
//! scan makes of the same repositories, row for row.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Stdio};

use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";
const BOB: &str = "Bob <bob@example.org>";
const COMMITS: usize = 2_400;

/// A repository as git's fast-import reads it.
#[derive(Default)]
struct Stream {
    text: String,
    marks: usize,
}

impl Stream {
    /// A commit of one-line files on `branch`; its mark.
    fn commit(
        &mut self,
        (branch, from): (&str, Option<usize>),
        (who, at, summary): (&str, usize, &str),
        files: &[(String, String)],
    ) -> usize {
        self.marks += 1;
        let (mark, time) = (self.marks, 1_700_000_000 + 600 * at);
        let text = &mut self.text;
        writeln!(text, "commit refs/heads/{branch}\nmark :{mark}").unwrap();
        writeln!(text, "author {who} {time} +0100").unwrap();
        writeln!(text, "committer {who} {} +0100", time + mark).unwrap();
        writeln!(text, "data {}\n{summary}", summary.len()).unwrap();
        if let Some(from) = from {
            writeln!(text, "from :{from}").unwrap();
        }
        for (path, content) in files {
            writeln!(
                text,
                "M 100644 inline {path}\ndata {}\n{content}",
                content.len()
            )
            .unwrap();
        }
        mark
    }
}

fn file(path: &str, n: usize) -> (String, String) {
    let text = (0..6).fold(String::new(), |text, line| {
        text + &format!("{n} {line} in {path}\n")
    });
    (path.to_owned(), text)
}

/// Mine and others' commits, topics that were squashed by me or by somebody else, copies, pairings.
fn history() -> String {
    let mut stream = Stream::default();
    let mut tip = None;
    for n in 0..COMMITS {
        let who = if n % 4 == 0 { BOB } else { ADA };
        let summary = match n % 40 {
            4 => format!("step {n}\n\nCo-authored-by: {ADA}"),
            7 => format!("Revert \"step {}\"", n - 1),
            _ => format!("step {n} for PAY-{}", n % 90),
        };
        let files = [file(&format!("d{}/f{}.rs", n % 20, n % 170), n)];
        tip = Some(stream.commit(("main", tip), (who, n, &summary), &files));
        if n % 60 == 59 {
            let branch = format!("topic-{n}");
            let parts = ["a", "b", "c"].map(|name| file(&format!("t{n}/{name}.rs"), n));
            let mut at = tip;
            for (part, one) in parts.iter().enumerate() {
                let summary = format!("part {part} of topic {n}");
                let files = std::slice::from_ref(one);
                at = Some(stream.commit((&branch, at), (ADA, n + part, &summary), files));
            }
            let lander = if n % 120 == 59 { ADA } else { BOB };
            let summary = format!("Topic {n}");
            tip = Some(stream.commit(("main", tip), (lander, n + 4, &summary), &parts));
        }
        if n % 70 == 69 {
            // The same change again elsewhere, as a rebase or a cherry-pick leaves it.
            let branch = format!("copy-{n}");
            stream.commit((&branch, tip), (who, n, &summary), &files);
        }
    }
    stream.text
}

fn world() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    fs::create_dir_all(home.path("home/.config/inward")).unwrap();
    let settings = home.path("home/.config/inward/config.toml");
    fs::write(settings, "[keep]\nreflog = true\n").unwrap();
    let repo = home.repo("work/one");
    let mut import = home
        .command("git", &repo)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = import.stdin.take().unwrap();
    input.write_all(history().as_bytes()).unwrap();
    drop(input);
    assert!(import.wait().unwrap().success());
    home.git(&repo, &["reset", "-q", "--hard"]);
    for n in 0..4 {
        home.commit(
            &repo,
            ("late.rs", &format!("{n}\n")),
            ADA,
            "2024-06-01T10:00:00Z",
        );
        home.git(
            &repo,
            &["commit", "-q", "--amend", "-m", &format!("Late {n}")],
        );
    }
    home.git(&home.path("work"), &["clone", "-q", "one", "two"]);
    home.commit(
        &home.path("work/two"),
        ("own.rs", "x\n"),
        ADA,
        "2024-06-02T10:00:00Z",
    );
    let remote = ["remote", "set-url", "origin", "https://example.org/two.git"];
    home.git(&home.path("work/two"), &remote);
    home
}

fn inward(home: &Home, data: &str) -> std::process::Command {
    let mut command = home.command(env!("CARGO_BIN_EXE_inward"), &home.path(""));
    command.env("INWARD_DATA_DIR", home.path(data));
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn run(home: &Home, data: &str, args: &[&str]) {
    let out = inward(home, data).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{args:?}: {said}");
}

/// Every dumped row but those that tell when and how often something was written, or that the
/// store's own key makes different.
fn dumped(home: &Home, data: &str) -> BTreeMap<String, Vec<String>> {
    let out = home.path(&format!("{data}-dump"));
    run(home, data, &["dump", "-o", out.to_str().unwrap()]);
    let mut tables = BTreeMap::new();
    for entry in fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_table = path.extension().is_some_and(|ending| ending == "jsonl");
        // The copy holds keys and the numbers of rows; the rest is the same as the tables.
        if !is_table || ["audit", "store", "registered"].contains(&name.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let row = |line: &str| {
            let mut row: serde_json::Value = serde_json::from_str(line).unwrap();
            if let Some(row) = row.as_object_mut() {
                // Hashes are keyed by each store's own key.
                for own in ["id", "question", "stamp", "hash"] {
                    row.remove(own);
                }
            }
            row.to_string()
        };
        let mut rows: Vec<String> = text.lines().map(row).collect();
        rows.sort_unstable();
        tables.insert(name, rows);
    }
    fs::remove_dir_all(out).unwrap();
    tables
}

/// Kills `child` once the store holds `bytes` and was looked at `more` times, without a clock;
/// false when it had ended by then.
fn kill_at(child: &mut Child, store: &Path, (bytes, more): (u64, usize)) -> bool {
    let mut looks = 0;
    while looks < more {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        let length = store.metadata().map_or(0, |meta| meta.len());
        looks += usize::from(length >= bytes);
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    true
}

#[test]
fn a_first_scan_killed_at_twenty_moments_ends_in_the_same_store() {
    let home = world();
    let work = home.path("work");
    let add = ["add", work.to_str().unwrap()];
    run(&home, "whole", &add);
    run(&home, "whole", &["scan"]);
    let expected = dumped(&home, "whole");
    assert!(expected["commits"].len() > COMMITS / 2);
    let size = home.path("whole/inward.db").metadata().unwrap().len();
    // Minimal standard numbers (Park and Miller, 1988): the moments are the same in every run.
    let mut seed: u64 = 20_261;
    let mut below = |end: u64| {
        seed = seed * 16_807 % 2_147_483_647;
        seed % end
    };
    let (mut killed, mut stores) = (0, 0);
    while killed < 20 {
        let data = format!("cut-{stores}");
        stores += 1;
        assert!(stores < 20, "only {killed} scans were caught at work");
        run(&home, &data, &add);
        let store = home.path(&data).join("inward.db");
        for _ in 0..5 {
            let mut child = inward(&home, &data).arg("scan").spawn().unwrap();
            let more = usize::try_from(1 + below(400)).unwrap();
            killed += usize::from(kill_at(&mut child, &store, (below(size), more)));
        }
        run(&home, &data, &["scan"]);
        let found = dumped(&home, &data);
        for (table, rows) in &expected {
            assert_eq!(&found[table], rows, "{table} of store {stores}");
        }
        assert_eq!(found.len(), expected.len());
    }
}
