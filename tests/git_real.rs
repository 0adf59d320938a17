//! The walk over real repositories against `git` itself. Run on request:
//!
//! `INWARD_REAL_REPOS=DIR:DIR [INWARD_REAL_LINES=1] cargo test --release --test git_real -- --ignored --nocapture`

#![cfg(test)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use inward::model::commit::mark;
use inward::model::identity::{Address, Me};
use inward::model::place::Place;
use inward::sources::git::{self, Event, Request};

const EXCLUDES: [&str; 6] = [
    "notes/*",
    "stash",
    "replace/*",
    "bisect/*",
    "original/*",
    "jj/*",
];

fn git_lines(dir: &Path, command: &str, more: &[String]) -> (Vec<String>, f64) {
    let from = Instant::now();
    let output = Command::new("git")
        .arg("-C")
        .arg(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .arg(command)
        .args(EXCLUDES.map(|name| format!("--exclude=refs/{name}")))
        .arg("--all")
        .args(more)
        .output()
        .unwrap();
    assert!(output.status.success());
    let seconds = from.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(&output.stdout);
    (text.lines().map(str::to_owned).collect(), seconds)
}

fn place(dir: &Path) -> Place {
    Place {
        path: dir.to_path_buf(),
        git_dir: dir.to_path_buf(),
        common_dir: dir.to_path_buf(),
        alternates: Vec::new(),
        trusted: true,
    }
}

/// The address with the most commits, as the mailmap has it, and how many commits git counts.
fn most_prolific(dir: &Path) -> (String, usize) {
    let (lines, _) = git_lines(dir, "log", &["--format=%aE".to_owned()]);
    let mut counts = std::collections::HashMap::<String, usize>::new();
    for line in lines {
        *counts.entry(line.to_ascii_lowercase()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).unwrap()
}

#[test]
#[ignore = "needs INWARD_REAL_REPOS"]
fn counts_equal_gits() {
    git::prepare().unwrap();
    for dir in std::env::var("INWARD_REAL_REPOS").unwrap().split(':') {
        let dir = PathBuf::from(dir);
        let place = place(&dir);
        let (address, theirs) = most_prolific(&dir);
        let (all, _) = git_lines(&dir, "rev-list", &["--count".to_owned()]);
        let (_, log) = git_lines(&dir, "log", &["--format=%H %at %s".to_owned()]);

        let stop = AtomicBool::new(false);
        let nobody = Me::new(Address::new(b"nobody@nowhere.invalid"));
        let me = Me::new(Address::new(address.as_bytes()));
        let mut request = Request {
            place: &place,
            me: &nobody,
            frontier: &[],
            default_tips: &[],
            pending: &[],
            reflog: false,
            known: &|_| true,
            swallowed: &|_| false,
            since: None,
            exclude: &[],
            now_utc: 1_800_000_000,
            stop: &stop,
        };
        let from = Instant::now();
        let reading = git::read(&request, &mut |_| Ok(())).unwrap();
        let walk = from.elapsed().as_secs_f64();
        assert_eq!(all[0].parse::<u64>().unwrap(), reading.walked, "{dir:?}");

        request.me = &me;
        let from = Instant::now();
        let found = git::read(&request, &mut |_| Ok(())).unwrap();
        let walk_mine = from.elapsed().as_secs_f64();
        assert_eq!(theirs as u64, found.mine, "{dir:?} {address}");

        request.frontier = &found.tips;
        let from = Instant::now();
        let again = git::read(&request, &mut |_| Ok(())).unwrap();
        let nothing = from.elapsed().as_secs_f64();
        assert_eq!(again.walked, 0);

        let from = Instant::now();
        let stamp = git::stamp(&place, false).unwrap();
        let stamped = from.elapsed().as_secs_f64();
        assert_eq!(stamp, git::stamp(&place, false).unwrap());

        println!(
            "{}: {} commits, {} by {address}; walk {walk:.2} s, with mine {walk_mine:.2} s, git log without diff {log:.2} s, nothing new {:.1} ms, stamp {:.2} ms",
            dir.display(),
            reading.walked,
            found.mine,
            nothing * 1000.0,
            stamped * 1000.0,
        );
        if std::env::var_os("INWARD_REAL_LINES").is_some() {
            request.frontier = &[];
            request.known = &|_| false;
            with_lines(&request, &address);
        }
    }
}

/// Processor seconds of this process, and of the children it waited for, so far.
fn processor() -> (f64, f64) {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = text.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<f64> = rest
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    // The state is no number: user, system, children's user and system follow ten others.
    match ticks.get(10..14) {
        Some(&[user, system, theirs, their_system]) => {
            ((user + system) / 100.0, (theirs + their_system) / 100.0)
        }
        _ => (0.0, 0.0),
    }
}

fn peak_memory() -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or_default().to_owned()
}

/// Reads everything with lines, and lets git do the same work.
fn with_lines(request: &Request<'_>, address: &str) {
    let mut files = 0;
    let (before, from) = (processor(), Instant::now());
    let whole = git::read(request, &mut |event| {
        if let Event::Commit(commit) = event {
            files += commit.files.len();
        }
        Ok(())
    })
    .unwrap();
    let (between, ours) = (processor(), from.elapsed().as_secs_f64());
    let author = format!("--author=<{address}>");
    let more = ["--no-merges", "--numstat", "-M", "-i", &author].map(str::to_owned);
    let (_, theirs) = git_lines(&request.place.path, "log", &more);
    let after = processor();
    println!(
        "  with lines: {ours:.2} s ({:.2} s processor), git {theirs:.2} s ({:.2} s processor); {files} file rows, {} commits with unknown lines {:?}; {}",
        between.0 - before.0,
        after.1 - between.1,
        whole.lines_unknown,
        whole.warnings,
        peak_memory(),
    );
}

#[test]
#[ignore = "needs INWARD_REAL_REPOS"]
fn mass_reformatting_is_listed() {
    git::prepare().unwrap();
    let stop = AtomicBool::new(false);
    for dir in std::env::var("INWARD_REAL_REPOS").unwrap().split(':') {
        let place = place(Path::new(dir));
        let everybody = git::people(&place, &stop).unwrap();
        let request = Request {
            place: &place,
            me: &Me::new(everybody.into_iter().map(|one| one.entry)),
            frontier: &[],
            default_tips: &[],
            pending: &[],
            reflog: false,
            known: &|_| false,
            swallowed: &|_| false,
            since: None,
            exclude: &[],
            now_utc: 1_800_000_000,
            stop: &stop,
        };
        let (mut commits, mut marked) = (0, Vec::new());
        git::read(&request, &mut |event| {
            if let Event::Commit(commit) = event {
                commits += 1;
                if commit.marks & mark::REFORMAT != 0 {
                    marked.push(commit);
                }
            }
            Ok(())
        })
        .unwrap();
        println!("{dir}: {commits} commits, {} reformat", marked.len());
        for commit in marked {
            let lines = commit.files.iter().filter_map(|file| file.lines);
            let changed: u32 = lines.map(|lines| lines.added + lines.deleted).sum();
            let files = commit.files.len();
            let summary = commit.summary.as_str();
            println!("  {} {files} files {changed} lines: {summary}", commit.oid);
        }
    }
}
