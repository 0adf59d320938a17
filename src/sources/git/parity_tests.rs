//! The engine against git itself: generated histories, and any real repository on request.
//!
//! `INWARD_PARITY_REPO=DIR [INWARD_PARITY_AUTHOR=NAME] cargo test --release --lib parity -- --nocapture`

#[cfg(test)]
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::change::{Budget, ChangeError, RawChange, changed_files};
use super::objects::Objects;
use super::parity_history::History;
use crate::model::ids::Oid;

/// added, deleted, path, old path; counts as git writes them.
type Row = (String, String, Vec<u8>, Option<Vec<u8>>);

struct Commit {
    oid: Oid,
    tree: Oid,
    parent_tree: Option<Oid>,
    rows: BTreeSet<Row>,
}

#[derive(Default)]
struct Outcome {
    commits: usize,
    rows: usize,
    differing: Vec<String>,
    unknown: usize,
    took: Took,
    git_took: Took,
}

/// Wall time and processor time; only the latter means something on a busy machine.
#[derive(Clone, Copy, Default)]
struct Took {
    wall: Duration,
    cpu: f64,
}

/// Processor seconds of this process and of the children it has waited for.
fn cpu() -> (f64, f64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let field = |at: usize| -> f64 {
        let ticks = after_name.split(' ').nth(at).and_then(|f| f.parse().ok());
        ticks.unwrap_or(0.0) / 100.0
    };
    (field(11) + field(12), field(13) + field(14))
}

/// `git` with nothing of the machine's own set-up in it.
pub(super) fn git(dir: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_DATE", "1700000000 +0000")
        .env("GIT_COMMITTER_DATE", "1700000000 +0000")
        .arg("-C")
        .arg(dir);
    command
}

fn log(dir: &Path, more: &[&str]) -> Vec<u8> {
    let pins = [
        "diff.renames=true",
        "diff.algorithm=myers",
        "log.mailmap=false",
        "diff.renameLimit=1000",
    ];
    let out = git(dir)
        .args(pins.iter().flat_map(|pin| ["-c", pin]))
        .arg("log")
        .args(["notes/*", "stash", "replace/*", "bisect/*"].map(|r| format!("--exclude=refs/{r}")))
        .args(["original/*", "jj/*"].map(|r| format!("--exclude=refs/{r}")))
        .arg("--all")
        .args(more)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(out.status.success());
    out.stdout
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn numstat(dir: &Path, author: Option<&str>) -> (Vec<Commit>, Took) {
    let all = log(dir, &["--format=%H %T"]);
    let trees: HashMap<&str, &str> = text(&all)
        .lines()
        .filter_map(|l| l.split_once(' '))
        .collect();
    let author = author.map(|name| format!("--author={name}"));
    let format = "--format=%x01%x02%H %T %P%x03";
    let mut args = vec!["--no-merges", "--numstat", "-M", "-z", format];
    args.extend(author.as_deref());
    let (start, before) = (Instant::now(), cpu().1);
    let out = log(dir, &args);
    let took = Took {
        wall: start.elapsed(),
        cpu: cpu().1 - before,
    };
    let mut commits = Vec::new();
    for block in split(&out, b"\x01\x02").skip(1) {
        let end = block.iter().position(|b| *b == 3).unwrap();
        let ids: Vec<&str> = text(&block[..end]).split(' ').collect();
        commits.push(Commit {
            oid: ids[0].parse().unwrap(),
            tree: ids[1].parse().unwrap(),
            parent_tree: trees.get(ids[2]).map(|tree| tree.parse().unwrap()),
            rows: rows(&block[end + 1..]),
        });
    }
    (commits, took)
}

fn split<'a>(bytes: &'a [u8], mark: &'static [u8]) -> impl Iterator<Item = &'a [u8]> {
    let starts: Vec<usize> = memchr::memmem::find_iter(bytes, mark).collect();
    let ends = starts.clone().into_iter().chain([bytes.len()]);
    let from = std::iter::once(0).chain(starts.into_iter().map(move |s| s + mark.len()));
    from.zip(ends.collect::<Vec<_>>())
        .map(|(a, b)| &bytes[a..b])
}

fn rows(body: &[u8]) -> BTreeSet<Row> {
    let mut out = BTreeSet::new();
    let mut fields = body.split(|b| *b == 0);
    while let Some(field) = fields.next() {
        let field = field.strip_prefix(b"\n").unwrap_or(field);
        if field.is_empty() {
            continue;
        }
        let parts: Vec<&[u8]> = field.splitn(3, |b| *b == b'\t').collect();
        let count = |at: usize| text(parts[at]).to_owned();
        let (path, old) = match parts[2] {
            b"" => {
                let old = fields.next().unwrap().to_vec();
                (fields.next().unwrap().to_vec(), Some(old))
            }
            path => (path.to_vec(), None),
        };
        out.insert((count(0), count(1), path, old));
    }
    out
}

fn row(change: &RawChange) -> Row {
    let count = |n: Option<u32>| n.map_or("-".to_owned(), |n| n.to_string());
    (
        count(change.lines.map(|l| l.added)),
        count(change.lines.map(|l| l.deleted)),
        change.path.as_bytes().to_vec(),
        change.old_path.as_ref().map(|p| p.as_bytes().to_vec()),
    )
}

type Ours = Result<Vec<RawChange>, ChangeError>;

/// Every commit through the engine, on two threads, in runs of neighbouring commits.
fn ours(dir: &Path, commits: &[Commit]) -> (Vec<(usize, Ours)>, Took) {
    git2::opts::strict_hash_verification(false);
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Vec::new());
    let (start, before) = (Instant::now(), cpu().0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let repo = git2::Repository::open(dir).unwrap();
                let mut objects = Objects::new(&repo).unwrap();
                let budget = Budget::default();
                loop {
                    let from = next.fetch_add(128, Ordering::Relaxed);
                    let run = commits.iter().enumerate().skip(from).take(128);
                    let done: Vec<_> = run
                        .map(|(at, c)| {
                            let found = changed_files(&mut objects, c.parent_tree, c.tree, &budget);
                            (at, found)
                        })
                        .collect();
                    if done.is_empty() {
                        break;
                    }
                    all.lock().unwrap().extend(done);
                }
            });
        }
    });
    let took = Took {
        wall: start.elapsed(),
        cpu: cpu().0 - before,
    };
    (all.into_inner().unwrap(), took)
}

fn compare(dir: &Path, author: Option<&str>) -> Outcome {
    let (commits, git_took) = numstat(dir, author);
    let (all, took) = ours(dir, &commits);
    let mut outcome = Outcome {
        commits: commits.len(),
        took,
        git_took,
        ..Outcome::default()
    };
    for (at, changes) in all {
        let commit = &commits[at];
        outcome.rows += commit.rows.len();
        match changes {
            Err(error) => {
                outcome.unknown += 1;
                println!("{} unknown: {error}", commit.oid);
            }
            Ok(changes) => {
                let mine: BTreeSet<Row> = changes.iter().map(row).collect();
                assert_eq!(mine.len(), changes.len(), "a row twice in {}", commit.oid);
                for (who, row) in (commit.rows.difference(&mine).map(|r| ("git ", r)))
                    .chain(mine.difference(&commit.rows).map(|r| ("ours", r)))
                {
                    let (added, deleted, path, old) = row;
                    let show = |p: &[u8]| p.escape_ascii().to_string();
                    outcome.differing.push(format!(
                        "{} {who} +{added} -{deleted} {} <- {:?}",
                        commit.oid,
                        show(path),
                        old.as_deref().map(show)
                    ));
                }
            }
        }
    }
    outcome
}

/// Fails with the rows that differ from git's, over all of a generated history.
pub(super) fn assert_equal_to_git(history: &History) {
    let outcome = compare(history.path(), None);
    assert_eq!(outcome.commits, history.commits());
    assert_eq!(outcome.unknown, 0);
    assert!(
        outcome.differing.is_empty(),
        "{}",
        outcome.differing.join("\n")
    );
}

#[test]
fn generated_histories_count_as_git_counts_them() {
    for seed in 1..=6 {
        assert_equal_to_git(&History::random(seed, 60));
    }
}

/// `INWARD_PARITY_SEEDS=1000`. A pair within half a percent of 50 % may come out otherwise: git
/// tells chunks apart by a short hash, and a chance collision there makes files look more alike.
#[test]
fn more_generated_histories_on_request() {
    let Some(seeds) = std::env::var("INWARD_PARITY_SEEDS")
        .ok()
        .and_then(|n| n.parse().ok())
    else {
        println!("skipped: INWARD_PARITY_SEEDS is not set");
        return;
    };
    let (mut rows, mut differing) = (0, Vec::new());
    for seed in 7..7_u64.saturating_add(seeds) {
        let outcome = compare(History::random(seed, 60).path(), None);
        rows += outcome.rows;
        differing.extend(outcome.differing);
    }
    println!(
        "{rows} rows, {} differing\n{}",
        differing.len(),
        differing.join("\n")
    );
    assert!(differing.len() * 1000 <= rows);
}

#[test]
fn a_named_repository_counts_as_git_counts_it() {
    let Some(dir) = std::env::var_os("INWARD_PARITY_REPO") else {
        println!("skipped: INWARD_PARITY_REPO is not set");
        return;
    };
    let author = std::env::var("INWARD_PARITY_AUTHOR").ok();
    let outcome = compare(Path::new(&dir), author.as_deref());
    println!(
        "{} commits, {} rows, {} differing, {} unknown",
        outcome.commits,
        outcome.rows,
        outcome.differing.len(),
        outcome.unknown
    );
    let (ours, git) = (outcome.took, outcome.git_took);
    println!(
        "ours {:.2?} ({:.2} s cpu), git {:.2?} ({:.2} s cpu): {:.2} of its wall, {:.2} of its cpu",
        ours.wall,
        ours.cpu,
        git.wall,
        git.cpu,
        ours.wall.as_secs_f64() / git.wall.as_secs_f64(),
        ours.cpu / git.cpu,
    );
    for line in outcome.differing.iter().take(40) {
        println!("{line}");
    }
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!(
        "{}",
        peak.lines()
            .find(|l| l.starts_with("VmHWM"))
            .unwrap_or_default()
    );
    assert!(outcome.differing.len() * 1000 <= outcome.rows);
}
