//! What a case is, and what git and inward say of it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::home::{Home, Run};
use crate::story::ADA;

/// A history that is easily counted wrong.
pub(crate) struct Case {
    /// A name in a few words.
    pub(crate) name: &'static str,
    /// Why inward counts it so.
    pub(crate) why: &'static str,
    /// Lets the reflog be read.
    pub(crate) reflog: bool,
    /// Makes it; the repositories to add.
    pub(crate) build: fn(&Home) -> Vec<PathBuf>,
    /// The exact numbers.
    pub(crate) expected: Said,
}

/// What inward says of a whole record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Commits counted as work.
    pub(crate) commits: u64,
    /// Changes that a default branch holds.
    pub(crate) delivered: u64,
    /// Lines changed.
    pub(crate) lines: u64,
    /// Left out of `commits`.
    pub(crate) twins: u64,
    /// Left out of `commits`, because their originals are in it.
    pub(crate) squashes: u64,
    /// Merges of mine.
    pub(crate) merges: u64,
    /// Commits that lie on no day.
    pub(crate) undated: u64,
    /// Commits whose lines are unknown.
    pub(crate) unknown: u64,
    /// Commits of others that name me co-author.
    pub(crate) pairings: u64,
}

/// What a case starts its numbers from.
pub(crate) const NONE: Said = Said {
    commits: 0,
    delivered: 0,
    lines: 0,
    twins: 0,
    squashes: 0,
    merges: 0,
    undated: 0,
    unknown: 0,
    pairings: 0,
};

/// What `git log` says, repository by repository, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Git {
    pub(crate) commits: u64,
    pub(crate) lines: u64,
}

/// The owner's commits and lines as the usual command counts them in each of `repos`.
pub(crate) fn git_says(home: &Home, repos: &[PathBuf]) -> Git {
    let mut said = Git::default();
    for repo in repos {
        let author = "--author=ada";
        let log = home.git(
            repo,
            &[
                "log",
                "--all",
                "--no-merges",
                author,
                "--numstat",
                "-M",
                "--format=commit %H",
            ],
        );
        for line in String::from_utf8_lossy(&log).lines() {
            if line.starts_with("commit ") {
                said.commits += 1;
                continue;
            }
            let mut counts = line.split('\t').take(2);
            said.lines += counts
                .by_ref()
                .filter_map(|n| n.parse::<u64>().ok())
                .sum::<u64>();
        }
    }
    said
}

/// Adds `repos` as Ada's, scans them and reads the figures of all time.
pub(crate) fn inward_says(home: &Home, repos: &[PathBuf], reflog: bool) -> Said {
    let record = Record::of(home, repos, reflog);
    record.scan(&[])
}

/// A record that is scanned once or more.
pub(crate) struct Record<'h> {
    home: &'h Home,
    settings: PathBuf,
}

impl<'h> Record<'h> {
    /// Ada's record of `repos`, nothing read yet.
    pub(crate) fn of(home: &'h Home, repos: &[PathBuf], reflog: bool) -> Self {
        home.identity("Ada", "ada@example.org");
        let settings = home.path("settings.toml");
        std::fs::write(&settings, format!("[keep]\nreflog = {reflog}\n")).unwrap();
        let record = Self { home, settings };
        record.run(&["me", "add", address(ADA), "--this-is-me"]);
        for repo in repos {
            record.run(&["add", repo.to_str().unwrap()]);
        }
        record
    }

    /// Runs a command, which must succeed.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let settings = self.settings.to_str().unwrap();
        let all = [&["--config", settings], args].concat();
        self.home.inward(&all).expect(0)
    }

    /// Scans, `more` added to the command, and reads the figures of all time.
    pub(crate) fn scan(&self, more: &[&str]) -> Said {
        let scan = self.run(&[&["scan", "--json"], more].concat()).json();
        let unknown = total(&scan, "lines_unknown");
        let figures = ["stats", "commits", "delivered", "lines_changed"];
        let stats = self.run(&[&figures[..], &["all", "--json"]].concat());
        said(&stats.json(), unknown)
    }
}

fn total(scan: &Value, field: &str) -> u64 {
    let repos = scan["repos"].as_array().unwrap();
    repos.iter().map(|repo| repo[field].as_u64().unwrap()).sum()
}

fn said(stats: &Value, unknown: u64) -> Said {
    let figures = stats["figures"].as_array().unwrap();
    let figure = |metric: &str| figures.iter().find(|f| f["metric"] == metric).unwrap();
    let value = |metric: &str| {
        let value = figure(metric)["value"].as_f64().unwrap_or(0.0);
        assert!(value >= 0.0 && value.fract() == 0.0, "{metric}: {value}");
        format!("{value:.0}").parse::<u64>().unwrap()
    };
    let left_out = |reason: &str| {
        let entries = figure("commits")["left_out"].as_array().unwrap();
        entries
            .iter()
            .find(|e| e["reason"] == reason)
            .map_or(0, |e| e["n"].as_u64().unwrap())
    };
    Said {
        commits: value("commits"),
        delivered: value("delivered"),
        lines: value("lines_changed"),
        twins: left_out("twins"),
        squashes: left_out("squashed"),
        merges: left_out("merges"),
        undated: left_out("undated"),
        pairings: left_out("pairings"),
        unknown,
    }
}

/// What stands between `<` and `>`.
pub(crate) fn address(who: &str) -> &str {
    who.split(['<', '>']).nth(1).unwrap()
}

/// `path` as text.
pub(crate) fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}
