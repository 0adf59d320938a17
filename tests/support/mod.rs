//! Repositories made by real `git` in temporary folders, and a reader that collects everything.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::AtomicBool;

use inward::model::commit::CommitRecord;
use inward::model::history::{Relation, Source};
use inward::model::identity::{Address, Me};
use inward::model::ids::Oid;
use inward::model::place::Place;
use inward::sources::git::{self, Event, GitError, Reading, Request};

pub(crate) const ADA: &str = "ada@example.org";
pub(crate) const NOW: i64 = 1_800_000_000;

/// `git` that knows nothing of this machine's set-up, in `dir`.
pub(crate) fn git_in(dir: &Path, home: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Ada")
        .env("GIT_AUTHOR_EMAIL", ADA)
        .env("GIT_AUTHOR_DATE", "1700000000 +0100")
        .env("GIT_COMMITTER_NAME", "Ada")
        .env("GIT_COMMITTER_EMAIL", ADA)
        .env("GIT_COMMITTER_DATE", "1700000000 +0100")
        .args(["-c", "protocol.file.allow=always", "-C"])
        .arg(dir);
    command
}

pub(crate) fn done(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A temporary folder with one repository called `repo` in it.
pub(crate) struct Lab {
    folder: tempfile::TempDir,
    clock: i64,
}

impl Lab {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lab = Self {
            folder,
            clock: 1_700_000_000,
        };
        let path = lab.path("repo");
        std::fs::create_dir(&path).unwrap();
        lab.git(&["init", "-q", "-b", "main"]);
        lab
    }

    pub(crate) fn home(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn repo(&self) -> PathBuf {
        self.path("repo")
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        self.git_at(&self.repo(), args)
    }

    pub(crate) fn git_at(&self, dir: &Path, args: &[&str]) -> String {
        done(&git_in(dir, self.home()).args(args).output().unwrap())
    }

    pub(crate) fn write(&self, name: impl AsRef<OsStr>, content: impl AsRef<[u8]>) {
        let path = self.repo().join(Path::new(name.as_ref()));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Commits all there is as `email`, a minute after the commit before.
    pub(crate) fn commit_as(&mut self, email: &str, message: &str) -> Oid {
        self.clock += 60;
        self.commit_at(email, message, &format!("{} +0100", self.clock))
    }

    pub(crate) fn commit_at(&self, email: &str, message: &str, date: &str) -> Oid {
        self.git(&["add", "-A"]);
        let mut command = git_in(&self.repo(), self.home());
        command
            .env("GIT_AUTHOR_EMAIL", email)
            .env("GIT_AUTHOR_DATE", date)
            .env("GIT_COMMITTER_DATE", date)
            .args(["commit", "-q", "--allow-empty", "-m", message]);
        done(&command.output().unwrap());
        self.head()
    }

    /// A commit of mine that adds a line to `file`.
    pub(crate) fn mine(&mut self, file: &str) -> Oid {
        let path = self.repo().join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        self.write(file, format!("{text}line\n"));
        self.commit_as(ADA, &format!("Change {file}"))
    }

    pub(crate) fn head(&self) -> Oid {
        self.git(&["rev-parse", "HEAD"]).parse().unwrap()
    }

    pub(crate) fn place(&self) -> Place {
        self.place_at(&self.repo())
    }

    pub(crate) fn place_at(&self, dir: &Path) -> Place {
        let ask = |what: &str| {
            let text = self.git_at(dir, &["rev-parse", "--path-format=absolute", what]);
            PathBuf::from(text)
        };
        Place {
            path: dir.to_path_buf(),
            git_dir: ask("--git-dir"),
            common_dir: ask("--git-common-dir"),
            alternates: Vec::new(),
            trusted: false,
        }
    }
}

pub(crate) fn me(addresses: &[&str]) -> Me {
    Me::new(addresses.iter().filter_map(|a| Address::new(a.as_bytes())))
}

/// Everything a reading told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) commits: Vec<CommitRecord>,
    pub(crate) sightings: Vec<(Oid, bool)>,
    /// What led to each sighted commit, and the branch it was made on.
    pub(crate) seen: BTreeMap<Oid, (Source, Option<String>)>,
    /// But for the commits to be ignored, which every reading tells.
    pub(crate) relations: Vec<Relation>,
    pub(crate) ignored: Option<Vec<Oid>>,
    pub(crate) walked: Vec<(u64, u64)>,
    pub(crate) reading: Reading,
}

impl Told {
    pub(crate) fn oids(&self) -> Vec<Oid> {
        let mut oids: Vec<Oid> = self.commits.iter().map(|c| c.oid).collect();
        oids.sort_unstable();
        oids
    }

    pub(crate) fn commit(&self, oid: Oid) -> &CommitRecord {
        let mut all = self.commits.iter().filter(|c| c.oid == oid);
        let one = all.next().expect("the commit was not told");
        assert!(all.next().is_none(), "told twice");
        one
    }

    pub(crate) fn warnings(&self) -> String {
        let all: Vec<String> = self
            .reading
            .warnings
            .iter()
            .map(ToString::to_string)
            .collect();
        all.join("\n")
    }
}

pub(crate) fn read_with<'a>(
    place: &'a Place,
    me: &'a Me,
    change: impl FnOnce(&mut Request<'a>),
) -> Result<Told, GitError> {
    static NEVER: AtomicBool = AtomicBool::new(false);
    git::prepare().unwrap();
    let mut request = Request {
        place,
        me,
        frontier: &[],
        default_tips: &[],
        pending: &[],
        reflog: false,
        known: &|_| false,
        swallowed: &|_| false,
        since: None,
        exclude: &[],
        now_utc: NOW,
        stop: &NEVER,
    };
    change(&mut request);
    let mut told = Told::default();
    let mut sink = |event| {
        match event {
            Event::Walked { commits, mine } => told.walked.push((commits, mine)),
            Event::Commit(commit) => told.commits.push(*commit),
            Event::Sighting {
                oid,
                on_default_branch,
                source,
                branch,
            } => {
                told.sightings.push((oid, on_default_branch));
                let branch = branch.map(|name| name.as_str().to_owned());
                told.seen.insert(oid, (source, branch));
            }
            Event::Relation(Relation::Ignored(list)) => told.ignored = Some(list),
            Event::Relation(relation) => told.relations.push(relation),
        }
        Ok(())
    };
    let reading = git::read(&request, &mut sink)?;
    told.reading = reading;
    Ok(told)
}

pub(crate) fn read(place: &Place) -> Told {
    read_with(place, &me(&[ADA]), |_| {}).unwrap()
}

pub(crate) fn sorted(mut oids: Vec<Oid>) -> Vec<Oid> {
    oids.sort_unstable();
    oids
}
