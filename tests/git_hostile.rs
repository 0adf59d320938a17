//! Hostile repositories: nothing of theirs is run, and no clock or shape confuses the walk.

#![cfg(unix)]
#![cfg(test)]

mod support;

use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use inward::model::ids::Oid;
use inward::sources::git;
use support::{ADA, Lab, git_in, me, read, read_with, sorted};

/// A repository whose every configurable program is a script that leaves a mark.
fn hostile(lab: &mut Lab) -> std::path::PathBuf {
    let mark = lab.path("ran");
    let script = lab.path("canary.sh");
    std::fs::write(
        &script,
        format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\n", mark.display()),
    )
    .unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    lab.write("a.c", "one\n");
    lab.commit_as(ADA, "One");
    lab.write(".gitattributes", "*.c filter=evil diff=evil\n");
    lab.write("a.c", "two\n");
    lab.commit_as(ADA, "Two");
    let canary = script.display().to_string();
    for (key, value) in [
        ("core.fsmonitor", canary.as_str()),
        ("core.hooksPath", &lab.path("hooks").display().to_string()),
        ("filter.evil.process", &canary),
        ("filter.evil.clean", &canary),
        ("filter.evil.smudge", &canary),
        ("diff.evil.textconv", &canary),
        ("diff.evil.command", &canary),
        ("diff.external", &canary),
        ("core.sshCommand", &canary),
        ("core.pager", &canary),
        ("core.editor", &canary),
        ("gpg.program", &canary),
        ("credential.helper", &canary),
        ("uploadpack.packObjectsHook", &canary),
        ("include.path", "../outside.cfg"),
    ] {
        lab.git(&["config", key, value]);
    }
    for hooks in [lab.path("hooks"), lab.repo().join(".git/hooks")] {
        std::fs::create_dir_all(&hooks).unwrap();
        for hook in ["post-index-change", "reference-transaction", "pre-auto-gc"] {
            std::fs::copy(&script, hooks.join(hook)).unwrap();
        }
    }
    mark
}

#[test]
fn a_hostile_repository_runs_its_programs_in_git_and_none_in_inward() {
    let mut lab = Lab::new();
    let mark = hostile(&mut lab);
    let place = lab.place();
    let _gone = std::fs::remove_file(&mark);

    let told = read(&place);
    git::stamp(&place, false).unwrap();
    git::people(&place, &std::sync::atomic::AtomicBool::new(false)).unwrap();
    assert_eq!((told.oids().len(), told.reading.lines_unknown), (2, 0));
    assert!(!mark.exists(), "inward ran a program of the repository");

    // The control: git itself does run them.
    lab.write("a.c", "three\n");
    for args in [
        &["status"][..],
        &["diff", "--ext-diff"],
        &["log", "-p", "--ext-diff"],
    ] {
        let _whatever = git_in(&lab.repo(), lab.home()).args(args).output().unwrap();
    }
    assert!(mark.exists(), "the control did not run the canary");
}

#[test]
fn nothing_in_a_repository_is_written() {
    let mut lab = Lab::new();
    hostile(&mut lab);
    let listing = |lab: &Lab| {
        let mut all = Vec::new();
        let mut folders = vec![lab.repo()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let about = entry.metadata().unwrap();
                all.push((entry.path(), about.modified().unwrap(), about.len()));
                if about.is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        all.sort();
        all
    };
    let place = lab.place();
    let before = listing(&lab);
    read(&place);
    git::stamp(&place, false).unwrap();
    assert_eq!(before, listing(&lab));
}

#[test]
fn pipes_where_files_belong_do_not_hang() {
    let mut lab = Lab::new();
    lab.mine("a.rs");
    let pipe = lab.repo().join(".git/refs/heads/pipe");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    let told = read(&lab.place());
    assert_eq!(told.oids().len(), 1);
    assert!(told.warnings().contains("refs/heads/pipe"));
}

#[test]
fn an_ill_formed_commit_is_read_as_far_as_it_goes() {
    let mut lab = Lab::new();
    let base = lab.mine("a.rs");
    let tree = lab.git(&["rev-parse", "HEAD^{tree}"]);
    let raw = |author: &str, message: &str| {
        let text = format!("tree {tree}\nparent {base}\n{author}\n{message}");
        let mut child = git_in(&lab.repo(), lab.home())
            .args([
                "hash-object",
                "-t",
                "commit",
                "-w",
                "--stdin",
                "--literally",
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        support::done(&child.wait_with_output().unwrap())
    };
    let far = raw(
        &format!("author Ada <{ADA}> 99999999999999999999 +9999\ncommitter x <x> nonsense\n"),
        "\u{1b}[31mred",
    );
    let none = raw("author\n", "no author");
    let ref_to = |name: &str, hex: &str| {
        std::fs::write(lab.repo().join(".git/refs/heads").join(name), hex).unwrap();
    };
    ref_to("far", &far);
    ref_to("none", &none);
    let told = read(&lab.place());
    assert_eq!((told.reading.walked, told.reading.mine), (3, 2));
    let commit = told.commit(far.parse().unwrap());
    assert_eq!(commit.summary.as_str(), "red");
    assert_eq!(commit.authored.utc, i64::MAX);
    assert!(commit.lines_known);
}

/// A small generator of numbers, so that a failing history can be made again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % sides
    }
}

/// A stream for `git fast-import`: 60 commits with parents anywhere before them and clocks that
/// `time` makes, `main` on the last and a branch on every tenth.
fn stream(dice: &mut Dice, time: impl Fn(&mut Dice, u64) -> u64) -> String {
    let mut out = String::new();
    for at in 1..=60_u64 {
        let when = time(dice, at);
        let branch = if at % 10 == 0 {
            format!("b{at}")
        } else {
            "main".to_owned()
        };
        let _ = writeln!(out, "commit refs/heads/{branch}\nmark :{at}");
        let _ = writeln!(out, "author Ada <{ADA}> {when} +0000");
        let _ = writeln!(out, "committer Ada <{ADA}> {when} +0000\ndata 1\nx");
        if at > 1 {
            let parent = 1 + dice.roll(at - 1).max((at - 1).saturating_sub(4));
            let _ = writeln!(out, "from :{}", parent.min(at - 1));
            if dice.roll(4) == 0 {
                let _ = writeln!(out, "merge :{}", 1 + dice.roll(at - 1));
            }
        }
        let _ = writeln!(out, "M 100644 inline f{at}\ndata 1\nx\n");
    }
    out
}

/// Imports a history, reads its first half, then the rest; gives what git and inward say is new.
fn halves(seed: u64, time: impl Fn(&mut Dice, u64) -> u64) -> (Vec<Oid>, Vec<Oid>, u64) {
    let lab = Lab::new();
    let mut dice = Dice(seed);
    let mut child = git_in(&lab.repo(), lab.home())
        .args(["fast-import", "--quiet", "--force"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let text = stream(&mut dice, time);
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    let all = lab.git(&["rev-list", "--all", "--topo-order", "--reverse"]);
    let all: Vec<&str> = all.lines().collect();
    let old: Vec<Oid> = (0..2)
        .map(|_| {
            let at = usize::try_from(dice.roll(all.len() as u64)).unwrap();
            all[at].parse().unwrap()
        })
        .collect();
    let not: Vec<String> = old.iter().map(|oid| format!("^{oid}")).collect();
    let mut args = vec!["rev-list", "--all"];
    args.extend(not.iter().map(String::as_str));
    let theirs = lab.git(&args);
    let theirs = sorted(theirs.lines().map(|l| l.parse().unwrap()).collect());
    let place = lab.place();
    let told = read_with(&place, &me(&[ADA]), |r| r.frontier = &old).unwrap();
    (theirs, told.oids(), told.reading.walked)
}

#[test]
fn with_true_clocks_exactly_the_new_commits_come() {
    for seed in 0..12 {
        let (theirs, ours, walked) = halves(seed, |_, at| 1_600_000_000 + at * 60);
        assert_eq!(theirs, ours, "seed {seed}");
        assert_eq!(walked, theirs.len() as u64);
    }
}

#[test]
fn with_skewed_clocks_no_new_commit_is_missed_and_none_comes_twice() {
    let mut beyond = 0;
    for seed in 0..24 {
        let (theirs, ours, _) = halves(seed, |dice, at| match dice.roll(6) {
            0 => 1,
            1 => 4_000_000_000,
            _ => 1_600_000_000 + at * 60,
        });
        assert!(theirs.iter().all(|oid| ours.contains(oid)), "seed {seed}");
        assert!(
            ours.windows(2).all(|pair| pair[0] != pair[1]),
            "seed {seed}"
        );
        beyond += ours.len() - theirs.len();
    }
    // What is walked again needlessly is known to the store; it is rare all the same.
    assert!(beyond < 10, "{beyond} old commits came again");
}

/// What `fast-import` is fed, written piece by piece.
fn imported(lab: &Lab, write: impl FnOnce(&mut dyn std::io::Write)) {
    let mut child = git_in(&lab.repo(), lab.home())
        .args([
            "-c",
            "core.longpaths=true",
            "fast-import",
            "--quiet",
            "--force",
        ])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = std::io::BufWriter::with_capacity(1 << 20, child.stdin.take().unwrap());
    let head = format!(
        "commit refs/heads/main\nauthor Ada <{ADA}> 1600000000 +0000\ncommitter Ada <{ADA}> 1600000000 +0000\ndata 1\nx\n"
    );
    to.write_all(head.as_bytes()).unwrap();
    write(&mut to);
    drop(to);
    assert!(child.wait().unwrap().success());
}

/// Longer than any of these takes in a debug build.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

#[test]
fn folders_a_thousand_deep_are_walked_and_counted() {
    let lab = Lab::new();
    imported(&lab, |to| {
        let path = "d/".repeat(1_000);
        writeln!(to, "M 100644 inline {path}f\ndata 2\nx\n").unwrap();
    });
    let began = std::time::Instant::now();
    let told = read(&lab.place());
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    let commit = told.commit(told.oids()[0]);
    assert_eq!((commit.lines_known, commit.files.len()), (true, 1));
    assert_eq!(commit.files[0].path.as_bytes().len(), 2_001);
    assert_eq!(commit.files[0].path.label().as_str().chars().count(), 200);
}

#[test]
fn long_names_of_folders_are_not_multiplied_by_the_files_in_them() {
    let lab = Lab::new();
    // Ten thousand paths of 40,000 bytes each: 400 MB of a repository of a few hundred KB.
    imported(&lab, |to| {
        let folder = format!("{}/", "n".repeat(200)).repeat(200);
        for at in 0..10_000 {
            writeln!(to, "M 100644 inline {folder}f{at}\ndata 2\nx\n").unwrap();
        }
    });
    let told = read(&lab.place());
    assert_eq!((told.oids().len(), told.reading.lines_unknown), (1, 1));
    let said = told.warnings();
    assert!(said.contains("more changes than are counted"), "{said}");
}
