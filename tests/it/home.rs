//! A hermetic home: its own HOME, settings, data folder and zone; git sees nothing of this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A home folder that is removed when dropped.
pub(crate) struct Home {
    dir: TempDir,
}

/// What a run of the program gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The run, which must have ended with `code`.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}", self.stdout))
    }
}

impl Home {
    pub(crate) fn new() -> Self {
        Self::called("inward-home")
    }

    /// One whose folder's name begins so.
    pub(crate) fn called(name: &str) -> Self {
        let dir = tempfile::Builder::new().prefix(name).tempdir().unwrap();
        fs::create_dir(dir.path().join("home")).unwrap();
        Self { dir }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Sets the git identity of this home's owner.
    pub(crate) fn identity(&self, name: &str, email: &str) {
        let text = format!("[user]\n\tname = {name}\n\temail = {email}\n");
        fs::write(self.path("home/.gitconfig"), text).unwrap();
    }

    /// Writes the settings file.
    pub(crate) fn settings(&self, text: &str) {
        let folder = self.path("home/.config/inward");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), text).unwrap();
    }

    /// `program` with nothing of this machine's environment but PATH.
    pub(crate) fn command(&self, program: impl AsRef<Path>, within: &Path) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path("home"))
            .env("TZ", "UTC")
            .env("LC_ALL", "C")
            .env("TERM", "dumb")
            .env("INWARD_DATA_DIR", self.data())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .current_dir(within)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn inward(&self, args: &[&str]) -> Run {
        self.inward_in(self.dir.path(), args)
    }

    pub(crate) fn inward_in(&self, within: &Path, args: &[&str]) -> Run {
        finish(
            &self
                .command(env!("CARGO_BIN_EXE_inward"), within)
                .args(args)
                .output()
                .unwrap(),
        )
    }

    /// The program fed with `input`.
    pub(crate) fn inward_fed(&self, args: &[&str], input: &str) -> Run {
        use std::io::Write as _;
        let mut command = self.command(env!("CARGO_BIN_EXE_inward"), self.dir.path());
        command
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let fed = child.stdin.take().unwrap().write_all(input.as_bytes());
        let out = child.wait_with_output().unwrap();
        // A program that refuses without reading closes the pipe: its answer says more.
        drop(fed);
        finish(&out)
    }

    /// Real git, which must succeed; its standard output.
    #[track_caller]
    pub(crate) fn git(&self, within: &Path, args: &[&str]) -> Vec<u8> {
        let out = self.command("git", within).args(args).output().unwrap();
        assert!(
            out.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        out.stdout
    }

    /// An empty repository.
    pub(crate) fn repo(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        self.git(&path, &["init", "-q", "-b", "main"]);
        path
    }

    /// Writes `file` and commits it as `author` (`Name <address>`) at `date` (RFC 3339).
    pub(crate) fn commit(&self, repo: &Path, change: (&str, &str), author: &str, date: &str) {
        let (file, content) = change;
        let target = repo.join(file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, content).unwrap();
        self.git(repo, &["add", "-A"]);
        let (name, email) = author.trim_end_matches('>').split_once(" <").unwrap();
        let mut command = self.command("git", repo);
        command
            .args(["commit", "-q", "-m", &format!("Change {file}")])
            .env("GIT_AUTHOR_NAME", name)
            .env("GIT_AUTHOR_EMAIL", email)
            .env("GIT_COMMITTER_NAME", name)
            .env("GIT_COMMITTER_EMAIL", email)
            .env("GIT_AUTHOR_DATE", date)
            .env("GIT_COMMITTER_DATE", date);
        assert!(command.output().unwrap().status.success());
    }
}

fn finish(out: &Output) -> Run {
    use std::os::unix::process::ExitStatusExt as _;
    let code = out
        .status
        .code()
        .unwrap_or_else(|| 128 + out.status.signal().unwrap_or(0));
    Run {
        code,
        stdout: String::from_utf8_lossy(&out.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&out.stderr).into_owned(),
    }
}

/// Says that a test was skipped, and why.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
