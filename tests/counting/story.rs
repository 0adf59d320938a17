//! Tells a history to real git, command by command, at dates that it names.

use std::fs;
use std::path::{Path, PathBuf};

use crate::home::Home;

/// The owner of every case.
pub(crate) const ADA: &str = "Ada <ada@example.org>";
/// A colleague.
pub(crate) const BOB: &str = "Bob <bob@example.org>";

/// One repository in the making.
pub(crate) struct Story<'h> {
    home: &'h Home,
    /// Where it lies.
    pub(crate) path: PathBuf,
}

impl<'h> Story<'h> {
    /// An empty repository.
    pub(crate) fn new(home: &'h Home, name: &str) -> Self {
        let path = home.repo(name);
        home.git(&path, &["config", "user.name", "Ada"]);
        home.git(&path, &["config", "user.email", "ada@example.org"]);
        Self { home, path }
    }

    /// The repository that lies at `path`.
    pub(crate) fn of(home: &'h Home, path: PathBuf) -> Self {
        Self { home, path }
    }

    /// Runs git here, which must succeed.
    #[track_caller]
    pub(crate) fn git(&self, args: &[&str]) -> String {
        String::from_utf8(self.home.git(&self.path, args)).unwrap()
    }

    /// Runs git here as `who` at `date`, for author and committer alike.
    #[track_caller]
    pub(crate) fn git_as(&self, (who, date): (&str, &str), args: &[&str]) {
        let (name, email) = who.trim_end_matches('>').split_once(" <").unwrap();
        let mut command = self.home.command("git", &self.path);
        command.args(args);
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), name)
                .env(format!("GIT_{role}_EMAIL"), email)
                .env(format!("GIT_{role}_DATE"), date);
        }
        let out = command.output().unwrap();
        assert!(
            out.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
    }

    /// Runs git here as the owner, who only commits at `date`: author dates stay what they are.
    #[track_caller]
    pub(crate) fn git_later(&self, date: &str, args: &[&str]) {
        let mut command = self.home.command("git", &self.path);
        let out = command
            .args(args)
            .env("GIT_COMMITTER_DATE", date)
            .env("GIT_EDITOR", "true")
            .env("GIT_SEQUENCE_EDITOR", "true")
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
    }

    /// Writes a file.
    pub(crate) fn write(&self, file: &str, content: &str) {
        let target = self.path.join(file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, content).unwrap();
    }

    /// Writes `file` and commits everything as `who` at `date` with `message`.
    #[track_caller]
    pub(crate) fn commit(
        &self,
        who_when: (&str, &str),
        (file, content): (&str, &str),
        message: &str,
    ) {
        self.write(file, content);
        self.git(&["add", "-A"]);
        self.git_as(who_when, &["commit", "-q", "-m", message]);
    }

    /// The owner's commit of `n` new lines in a file of its own.
    #[track_caller]
    pub(crate) fn add(&self, date: &str, file: &str, n: usize) {
        self.commit((ADA, date), (file, &text(file, n)), &format!("Add {file}"));
    }

    /// What `rev` stands for.
    pub(crate) fn id(&self, rev: &str) -> String {
        self.git(&["rev-parse", rev]).trim().to_owned()
    }
}

/// `n` lines that no other file has.
pub(crate) fn text(file: &str, n: usize) -> String {
    let lines: Vec<String> = (1..=n)
        .map(|line| format!("{file}: line {line}\n"))
        .collect();
    lines.concat()
}

/// A sibling of `path`.
pub(crate) fn beside(path: &Path, name: &str) -> PathBuf {
    path.parent().unwrap().join(name)
}
