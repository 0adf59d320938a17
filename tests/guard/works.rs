//! What has to work behind the lock: the store, git, the terminal; and before it, discovery.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{PART, in_child, locked, world};

#[test]
fn sqlite_works_behind_the_lock() {
    let world = world();
    in_child("sqlite", "sqlite", world.path());
}

pub(crate) fn sqlite_works(dir: &Path) {
    locked(dir);
    let path = dir.join("data/inward.db");
    assert!(inward::guard::folder::private_file(&path).unwrap());
    let db = rusqlite::Connection::open(&path).unwrap();
    let mode: String = db
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    db.execute_batch("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; CREATE TABLE t (x);")
        .unwrap();
    for n in 0..500 {
        db.execute("INSERT INTO t VALUES (?1)", [n]).unwrap();
    }
    let second = rusqlite::Connection::open(&path).unwrap();
    let n: i64 = second
        .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
        .unwrap();
    assert_eq!(n, 500);
    drop(second);
    db.execute_batch("DELETE FROM t; PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")
        .unwrap();
    db.close().unwrap();
}

fn git(dir: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(dir)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Ada")
        .env("GIT_AUTHOR_EMAIL", "ada@example.org")
        .env("GIT_COMMITTER_NAME", "Ada")
        .env("GIT_COMMITTER_EMAIL", "ada@example.org")
        // 23:30 in New York is the next day in UTC.
        .env("GIT_AUTHOR_DATE", "2026-03-07T23:30:00 -0500")
        .env("GIT_COMMITTER_DATE", "2026-03-07T23:30:00 -0500")
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn git_reads_and_days_stay_the_same_behind_the_lock() {
    let world = world();
    let repo = world.path().join("repo");
    git(&repo, &["init", "-q", "-b", "main"]);
    fs::write(repo.join("a"), "one\n").unwrap();
    git(&repo, &["add", "a"]);
    git(&repo, &["commit", "-q", "-m", "late"]);
    in_child("git", "git", world.path());
}

/// The day of the newest commit in the home zone, as the house computes it.
fn day(repo: &git2::Repository) -> String {
    let commit = repo.head().unwrap().peel_to_commit().unwrap();
    let at = chrono::DateTime::from_timestamp(commit.time().seconds(), 0).unwrap();
    let zone = inward::guard::zone::home_zone(Some("America/New_York"));
    inward::model::calendar::Calendar::new(at, zone)
        .today()
        .to_string()
}

#[expect(unsafe_code, reason = "libgit2's search paths are global")]
pub(crate) fn git_works(dir: &Path) {
    use git2::ConfigLevel::{Global, ProgramData, System, XDG};
    for level in [Global, XDG, System, ProgramData] {
        // SAFETY: one thread, before any repository is open.
        unsafe { git2::opts::set_search_path(level, "") }.unwrap();
    }
    // Owned by the user of the test, but below a folder that git may call somebody else's.
    let repo = dir.join("repo/.git");
    let before = day(&git2::Repository::open_bare(&repo).unwrap());
    assert_eq!(before, "2026-03-07");
    locked(dir);
    let opened = git2::Repository::open_bare(&repo).unwrap();
    assert_eq!(day(&opened), before);
    let mut walk = opened.revwalk().unwrap();
    walk.push_head().unwrap();
    assert_eq!(walk.count(), 1);
    let tree = opened.head().unwrap().peel_to_tree().unwrap();
    let blob = opened.find_blob(tree.get_name("a").unwrap().id()).unwrap();
    assert_eq!(blob.content(), b"one\n");
}

/// Every layout that real git makes, found by the plain readers.
#[test]
fn what_git_lays_out_is_found() {
    use inward::guard::discover::{Limits, find, place_at};
    let world = world();
    let top = fs::canonicalize(world.path()).unwrap();
    let repo = top.join("repo");
    git(&repo, &["init", "-q", "-b", "main"]);
    git(&repo, &["commit", "-q", "--allow-empty", "-m", "one"]);
    git(&repo, &["worktree", "add", "-q", "../tree"]);
    git(&top, &["clone", "-q", "--shared", "repo", "borrower"]);
    git(&top, &["clone", "-q", "--bare", "repo", "bare.git"]);
    let allow = ["-c", "protocol.file.allow=always"];
    let add = [
        "submodule",
        "add",
        "-q",
        "../repo",
        "deep/er/and/deeper/module",
    ];
    git(&top.join("borrower"), &[&allow[..], &add].concat());

    let tree = place_at(&top.join("tree")).unwrap();
    assert_eq!(tree.git_dir, repo.join(".git/worktrees/tree"));
    assert_eq!(tree.common_dir, repo.join(".git"));
    let borrower = place_at(&top.join("borrower")).unwrap();
    assert_eq!(borrower.alternates, [repo.join(".git/objects")]);
    let found = find(&top, Limits::default());
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let paths: Vec<_> = found
        .places
        .iter()
        .map(|p| p.path.strip_prefix(&top).unwrap())
        .collect();
    let want = [
        "bare.git",
        "borrower",
        "borrower/deep/er/and/deeper/module",
        "repo",
    ];
    assert_eq!(paths, want.map(Path::new));
}

/// A real terminal: keys, resizing and drawing behind the lock.
#[test]
fn the_terminal_works_behind_the_lock() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::{Read, Write};
    let world = world();
    let size = |cols, rows| PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pty = native_pty_system().openpty(size(80, 24)).unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "inside", "--nocapture", "--test-threads=1"]);
    command.env(PART, "terminal");
    command.env("TERM", "xterm-256color");
    command.env("INWARD_TEST_DIR", world.path());
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut screen = pty.master.try_clone_reader().unwrap();
    let mut keys = pty.master.take_writer().unwrap();
    let (mut said, mut answered) = (String::new(), 0);
    let mut until = |word: &str, keys: &mut dyn Write| {
        let mut block = [0; 4096];
        while !said.contains(word) {
            let n = screen.read(&mut block).unwrap_or(0);
            assert!(n > 0, "ended before {word}: {said}");
            said += &String::from_utf8_lossy(&block[..n]);
            // A terminal says where its cursor is when asked.
            let asked = said.matches("\u{1b}[6n").count();
            for _ in answered..asked {
                keys.write_all(b"\x1b[1;1R").unwrap();
            }
            answered = asked;
        }
    };
    until("size-80x24", &mut keys);
    pty.master.resize(size(100, 40)).unwrap();
    until("size-100x40", &mut keys);
    keys.write_all(b"q").unwrap();
    until("part done", &mut keys);
    assert!(child.wait().unwrap().success());
}

pub(crate) fn terminal_works(dir: &Path) {
    use ratatui::crossterm::event::{Event, KeyCode, read};
    use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};
    locked(dir);
    enable_raw_mode().unwrap();
    let backend = ratatui::backend::CrosstermBackend::new(std::io::stdout());
    let mut terminal = ratatui::Terminal::new(backend).unwrap();
    loop {
        let (columns, rows) = size().unwrap();
        let text = format!("size-{columns}x{rows}");
        terminal.clear().unwrap();
        terminal
            .draw(|frame| frame.render_widget(ratatui::text::Line::raw(text), frame.area()))
            .unwrap();
        match read().unwrap() {
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            _ => {}
        }
    }
    disable_raw_mode().unwrap();
}
