//! Builds repositories with the real git in an environment of their own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use inward::model::identity::{Address, Me};
use inward::model::place::{Place, Root};
use inward::store::{Evidence, Store};
use inward::sync::{Options, ScanReport, Target, scan};
use tempfile::TempDir;

/// 2026-09-21T14:13:20Z.
pub const NOW: i64 = 1_790_000_000;
pub const ME: &str = "ada@example.org";
pub const OTHER: &str = "someone.else.canary@example.com";

/// A folder with repositories in it and a clock that only moves when told.
pub struct Workshop {
    pub folder: TempDir,
    /// Seconds of the next commit.
    clock: i64,
}

impl Workshop {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self {
            folder,
            clock: 1_750_000_000,
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    pub fn git_as(&self, who: &str, repo: &str, date: &str, args: &[&str]) -> String {
        let output = Command::new("git")
            .args(args)
            .current_dir(self.path(repo))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.path(""))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_NAME", "A name")
            .env("GIT_AUTHOR_EMAIL", who)
            .env("GIT_COMMITTER_NAME", "A name")
            .env("GIT_COMMITTER_EMAIL", who)
            .env("GIT_AUTHOR_DATE", date)
            .env("GIT_COMMITTER_DATE", date)
            .env("GIT_EDITOR", "true")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {args:?}: {said}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn git(&mut self, repo: &str, args: &[&str]) -> String {
        let date = self.tick();
        self.git_as(ME, repo, &date, args)
    }

    pub fn tick(&mut self) -> String {
        self.clock += 600;
        format!("{} +0200", self.clock)
    }

    pub fn init(&mut self, repo: &str) {
        std::fs::create_dir_all(self.path(repo)).unwrap();
        self.git(repo, &["init", "-q", "-b", "main"]);
    }

    pub fn write(&self, repo: &str, file: &str, text: &str) {
        let path = self.path(repo).join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn commit(&mut self, repo: &str, file: &str, text: &str, summary: &str) -> String {
        let date = self.tick();
        self.commit_as(ME, repo, &date, (file, text, summary))
    }

    pub fn commit_as(
        &mut self,
        who: &str,
        repo: &str,
        date: &str,
        (file, text, summary): (&str, &str, &str),
    ) -> String {
        self.write(repo, file, text);
        self.git_as(who, repo, date, &["add", "-A"]);
        self.git_as(who, repo, date, &["commit", "-q", "-m", summary]);
        self.git_as(who, repo, date, &["rev-parse", "HEAD"])
    }

    pub fn place(&self, repo: &str) -> Place {
        let path = self.path(repo);
        let git_dir = if path.join(".git").is_dir() {
            path.join(".git")
        } else {
            path.clone()
        };
        Place {
            path,
            common_dir: git_dir.clone(),
            git_dir,
            alternates: Vec::new(),
            trusted: false,
        }
    }

    /// The worktree `tree` of `repo`.
    pub fn worktree(&self, repo: &str, tree: &str) -> Place {
        let common_dir = self.path(repo).join(".git");
        Place {
            path: self.path(tree),
            git_dir: common_dir.join("worktrees").join(tree),
            common_dir,
            alternates: Vec::new(),
            trusted: false,
        }
    }

    /// Scans these repositories for the addresses in the store.
    pub fn scan(&self, store: &mut Store, repos: &[&str]) -> ScanReport {
        let places: Vec<_> = repos.iter().map(|repo| self.place(repo)).collect();
        scan_places(store, &places, false)
    }

    pub fn store_file(&self) -> PathBuf {
        self.path("store.db")
    }
}

pub fn root(path: &Path) -> Root {
    Root {
        path: path.to_path_buf(),
        trusted: false,
        since: None,
        exclude: Vec::new(),
    }
}

pub fn scan_places(store: &mut Store, places: &[Place], full: bool) -> ScanReport {
    let me = store.me().unwrap();
    let root = root(Path::new("/"));
    let targets: Vec<_> = places
        .iter()
        .map(|place| Target { place, root: &root })
        .collect();
    let options = Options { full, now_utc: NOW };
    let stop = AtomicBool::new(false);
    scan(store, &targets, &me, &options, (&stop, &mut |_| ())).unwrap()
}

pub fn address(text: &str) -> Address {
    Address::new(text.as_bytes()).unwrap()
}

pub fn me() -> Me {
    Me::new([address(ME)])
}

/// A store in memory that knows one address of mine.
pub fn memory() -> Store {
    let mut store = Store::memory(NOW).unwrap();
    store
        .add_address(&address(ME), Evidence::Configured)
        .unwrap();
    store
}

/// The rows of one table as JSON.
pub fn rows(store: &Store, table: inward::store::Table) -> Vec<serde_json::Value> {
    struct Take(Vec<serde_json::Value>);
    impl inward::store::Visit for Take {
        type Error = serde_json::Error;
        fn row<R: serde::Serialize>(&mut self, row: &R) -> Result<(), Self::Error> {
            self.0.push(serde_json::to_value(row)?);
            Ok(())
        }
    }
    let mut take = Take(Vec::new());
    store.dump(table, &mut take).unwrap().unwrap();
    take.0
}

/// Commits that count: neither merges nor twins.
pub fn counted(store: &Store) -> usize {
    use inward::model::dataset::flag;
    let (data, _) = store.dataset(NOW).unwrap();
    (0..data.len())
        .filter(|index| !data.has(*index, flag::MERGE | flag::TWIN))
        .count()
}
