//! Straight from what the real programs print. A program that is not installed is skipped, and the
//! test says so.

use std::path::Path;
use std::process::{Command, Stdio};

use inward::model::stage::Stage;
use inward::store::Store;
use tempfile::TempDir;

use crate::bench::{How, import, store};

/// A program in an empty home of its own.
struct Program {
    home: TempDir,
    path: &'static str,
    env: Vec<(&'static str, String)>,
}

impl Program {
    /// The program at one of the usual places; `None`, said aloud, where it is not installed.
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    fn find(name: &'static str) -> Option<Self> {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        if !std::env::split_paths(&folders).any(|folder| folder.join(name).is_file()) {
            eprintln!("skipped: {name} is not installed");
            return None;
        }
        let home = TempDir::new().unwrap();
        let path = name;
        Some(Self {
            home,
            path,
            env: Vec::new(),
        })
    }

    fn folder(&self) -> &Path {
        self.home.path()
    }

    /// What it prints; `None`, said aloud, when it cannot run here (a shim without its program).
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    fn run(&self, args: &[&str]) -> Option<Vec<u8>> {
        let mut command = Command::new(self.path);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder())
            .env("TZ", "Europe/Berlin")
            .env("LC_ALL", "C.UTF-8")
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .args(args)
            .current_dir(self.folder())
            .stdin(Stdio::null());
        let out = command.output().unwrap();
        if !out.status.success() {
            let why = String::from_utf8_lossy(&out.stderr);
            eprintln!("skipped: {} {args:?} does not run here: {why}", self.path);
            return None;
        }
        Some(out.stdout)
    }
}

/// Imports what a program printed, all of it mine.
fn taken(name: &str, bytes: &[u8]) -> (Store, inward::sync::FileReport) {
    let mut store = store();
    let report = import(&mut store, (name, bytes), How::default())
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)));
    assert_eq!(report.rejected(), 0, "{:?}", report.rejected);
    (store, report)
}

#[test]
fn what_taskwarrior_exports_is_what_was_done_in_it() {
    let Some(mut task) = Program::find("task") else {
        return;
    };
    task.env
        .push(("TASKDATA", task.folder().to_str().unwrap().to_owned()));
    let config = task.folder().join("taskrc");
    std::fs::write(&config, "confirmation=off\njournal.time=on\n").unwrap();
    task.env
        .push(("TASKRC", config.to_str().unwrap().to_owned()));
    for args in [
        &["add", "project:ship", "Load the crane", "+harbour"][..],
        &["add", "Paint the hull"],
        &["add", "Never mind"],
        &["1", "start"],
        &["1", "stop"],
        &["1", "done"],
        &["rc.confirmation=off", "3", "delete"],
        &["2", "start"],
    ] {
        if task.run(args).is_none() {
            return;
        }
    }
    let export = task.run(&["export"]).unwrap();
    let (store, report) = taken("tasks.json", &export);
    assert_eq!(report.format, Some("taskwarrior"));
    assert_eq!((report.records, report.added), (3, 3));
    let rows = store.tasks().unwrap();
    let stage = |title: &str| {
        let row = rows
            .iter()
            .find(|row| row.facts.title.as_str() == title)
            .unwrap();
        (row.timeline.stage, row.timeline.started.is_some())
    };
    assert_eq!(
        stage("Load the crane"),
        (Some(Stage::Done), true),
        "the journal tells the start"
    );
    assert_eq!(stage("Paint the hull"), (Some(Stage::InProgress), true));
    assert_eq!(stage("Never mind"), (Some(Stage::Cancelled), false));
}

#[test]
fn what_timewarrior_exports_is_the_time_that_was_tracked() {
    let Some(mut timew) = Program::find("timew") else {
        return;
    };
    let data = timew.folder().join("timew");
    std::fs::create_dir_all(data.join("data")).unwrap();
    std::fs::write(data.join("timewarrior.cfg"), "").unwrap();
    timew
        .env
        .push(("TIMEWARRIORDB", data.to_str().unwrap().to_owned()));
    let track = [
        "track",
        "2026-03-02T09:00:00",
        "-",
        "2026-03-02T10:30:00",
        "ING-207",
    ];
    if timew.run(&track).is_none() {
        return;
    }
    let export = timew.run(&["export"]).unwrap();
    let (store, report) = taken("timew.json", &export);
    assert_eq!((report.format, report.entries), (Some("timewarrior"), 1));
    let entry = &store.time_entries().unwrap()[0].entry;
    assert_eq!(entry.seconds, Some(5_400));
    assert_eq!(
        entry.start.moment().unwrap().rfc3339().unwrap(),
        "2026-03-02T09:00:00+01:00"
    );
}

#[test]
fn what_watson_logs_is_the_time_that_was_tracked() {
    let Some(mut watson) = Program::find("watson") else {
        return;
    };
    watson.env.push((
        "WATSON_DIR",
        watson.folder().join("watson").to_str().unwrap().to_owned(),
    ));
    let add = [
        "add",
        "-f",
        "2026-03-02 09:00",
        "-t",
        "2026-03-02 10:30",
        "ship",
        "+ING-207",
    ];
    if watson.run(&add).is_none() {
        return;
    }
    let log = watson.run(&["log", "--json", "--all"]).unwrap();
    let (store, report) = taken("watson.json", &log);
    assert_eq!((report.format, report.entries), (Some("watson"), 1));
    assert_eq!(store.time_entries().unwrap()[0].entry.seconds, Some(5_400));
    let frames = std::fs::read(watson.folder().join("watson/frames")).unwrap();
    assert_eq!(taken("frames", &frames).1.entries, 1);
}

#[test]
fn what_org_logs_is_what_was_done_in_it() {
    let Some(emacs) = Program::find("emacs") else {
        return;
    };
    let file = emacs.folder().join("work.org");
    std::fs::write(&file, "#+TODO: TODO(t) DOING(s!) REVIEW(r!) | DONE(d!) CANCELED(c@)\n* TODO Load the crane\n* TODO Paint the hull\n").unwrap();
    let script = "(progn (require 'org) (setq org-log-into-drawer t org-log-done 'time) \
        (find-file \"work.org\") (org-mode) (goto-char (point-min)) (search-forward \"Load\") \
        (org-todo \"DOING\") (run-hooks 'post-command-hook) (org-todo \"DONE\") \
        (run-hooks 'post-command-hook) (save-buffer))";
    if emacs.run(&["-Q", "--batch", "--eval", script]).is_none() {
        return;
    }
    let written = std::fs::read(&file).unwrap();
    let (store, report) = taken("work.org", &written);
    assert_eq!((report.format, report.added), (Some("org"), 2));
    let rows = store.tasks().unwrap();
    let row = rows
        .iter()
        .find(|row| row.facts.title.as_str() == "Load the crane")
        .unwrap();
    assert_eq!(row.timeline.stage, Some(Stage::Done));
    assert!(
        row.timeline.done.is_some(),
        "{}",
        String::from_utf8_lossy(&written)
    );
}
