//! `inward backup`, and `inward restore` of what it wrote: a whole copy while the store is in use, put
//! back into an empty place or in the place of what is there, and nothing that was forgotten since.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::home::{Home, Run};
use crate::restore::{home, text};
use crate::sealed::{Stage, WORDS};

/// Every row of every table but the log and what the file says of itself.
fn rows(file: &Path) -> BTreeMap<String, Vec<Vec<Value>>> {
    let conn = Connection::open(file).unwrap();
    let sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('audit', 'meta')";
    let mut query = conn.prepare(sql).unwrap();
    let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let rows = |name: &str| {
        let mut query = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let width = query.column_count();
        let rows = query.query_map([], |row| (0..width).map(|at| row.get(at)).collect());
        rows.unwrap().map(Result::unwrap).collect()
    };
    let tables = names.map(Result::unwrap).map(|name| {
        let rows = rows(&name);
        (name, rows)
    });
    tables.collect()
}

fn store(home: &Home, data: &str) -> PathBuf {
    home.path(data).join("inward.db")
}

/// One more repository, with a history of its own.
fn hut(home: &Home) {
    let repo = home.repo("hut");
    let ada = "Ada <ada@example.org>";
    home.commit(&repo, ("hut.rs", "1\n"), ada, "2026-02-05T10:00:00+02:00");
    home.inward(&["add", text(&repo)]).expect(0);
    home.inward(&["scan"]).expect(0);
}

/// A folder for backups that only its owner can look into.
fn safe(home: &Home) -> PathBuf {
    let dir = home.path("safe");
    fs::create_dir_all(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o700)).unwrap();
    dir
}

fn backup(home: &Home, name: &str) -> PathBuf {
    let file = safe(home).join(name);
    home.inward(&["backup", text(&file)]).expect(0);
    file
}

fn at(home: &Home, data: &str, args: &[&str]) -> Run {
    let data = home.path(data);
    home.inward(&[&["--data-dir", text(&data)], args].concat())
}

fn names(dir: &Path) -> Vec<String> {
    let all = fs::read_dir(dir).unwrap().map(Result::unwrap);
    let mut all: Vec<_> = all
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    all.sort();
    all
}

fn same_figures(home: &Home, data: &str) {
    for command in [
        &["stats", "all", "--json"][..],
        &["log", "all", "--json"],
        &["note", "list"],
        &["goal", "list"],
        &["repos", "--json"],
        &["me", "--json"],
    ] {
        let (there, here) = (at(home, data, command), home.inward(command));
        assert_eq!(there.expect(0).stdout, here.expect(0).stdout);
    }
}

#[test]
fn a_backup_is_a_whole_private_copy_and_becomes_a_store_again() {
    let home = home();
    let before = rows(&store(&home, "data"));
    let file = safe(&home).join("mine.backup");
    let said = home.inward(&["backup", text(&file)]).expect(0);
    assert!(
        said.stdout.contains("read back and compared"),
        "{}",
        said.stdout
    );
    assert!(said.stderr.is_empty(), "{}", said.stderr);
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
    assert_eq!(names(file.parent().unwrap()), ["mine.backup"]);
    assert_eq!(rows(&file), before);
    let log = home.inward(&["audit"]).expect(0).stdout;
    assert!(log.contains("backup"), "{log}");
    let page = home.inward(&["privacy"]).expect(0).stdout;
    assert!(page.contains("1 backup"), "{page}");

    let said = at(&home, "new", &["restore", text(&file)]).expect(0).stdout;
    assert!(
        said.contains("2 repositories or folders are registered"),
        "{said}"
    );
    assert_eq!(rows(&store(&home, "new")), before);
    same_figures(&home, "new");
    assert!(at(&home, "new", &["audit", "--verify"]).code == 0);
    // It goes on where the other one stood.
    let scanned = at(&home, "new", &["scan", "--json"]).expect(0).json();
    for repo in scanned["repos"].as_array().unwrap() {
        assert_eq!(repo["commits_walked"], 0);
    }
}

#[test]
fn a_backup_put_in_a_stores_place_by_hand_is_a_store() {
    let home = home();
    let file = backup(&home, "mine.backup");
    fs::create_dir(home.path("hand")).unwrap();
    fs::set_permissions(home.path("hand"), fs::Permissions::from_mode(0o700)).unwrap();
    fs::copy(&file, store(&home, "hand")).unwrap();
    at(&home, "hand", &["note", "one more"]).expect(0);
    let conn = Connection::open(store(&home, "hand")).unwrap();
    let label = "SELECT count(*) FROM meta WHERE key = 'backup'";
    let labels: i64 = conn.query_row(label, [], |row| row.get(0)).unwrap();
    assert_eq!(labels, 0, "what was registered stays in the store as text");
}

#[test]
fn a_backup_replaces_nothing_but_an_earlier_backup_that_is_named_so() {
    let home = home();
    let file = backup(&home, "mine.backup");
    let dir = safe(&home);
    let first = fs::read(&file).unwrap();
    home.inward(&["note", "later"]).expect(0);
    let said = home.inward(&["backup", text(&file)]).expect(2).stderr;
    assert!(
        said.contains("is there already") && said.contains("--replace"),
        "{said}"
    );
    assert_eq!(fs::read(&file).unwrap(), first);
    home.inward(&["backup", text(&file), "--replace"]).expect(0);
    assert_ne!(fs::read(&file).unwrap(), first);
    for (name, content) in [("own.txt", &b"mine"[..]), ("empty", b"")] {
        let own = dir.join(name);
        fs::write(&own, content).unwrap();
        home.inward(&["backup", text(&own), "--replace"]).expect(2);
        assert_eq!(fs::read(&own).unwrap(), content);
    }
    // Another store is no backup.
    at(&home, "other", &["note", "of another record"]).expect(0);
    let other = store(&home, "other");
    home.inward(&["backup", text(&other), "--replace"])
        .expect(2);
    assert_eq!(
        at(&home, "other", &["note", "list"])
            .expect(0)
            .stdout
            .lines()
            .count(),
        1
    );
    symlink(&file, dir.join("link")).unwrap();
    home.inward(&["backup", text(&dir.join("link")), "--replace"])
        .expect(2);
    // What a killed one left behind does not keep the next one from its work.
    fs::write(dir.join("next.part"), b"half of it").unwrap();
    home.inward(&["backup", text(&dir.join("next"))]).expect(0);
    assert!(
        !names(&dir).iter().any(|name| name.contains(".part")),
        "{:?}",
        names(&dir)
    );
}

#[test]
fn a_place_that_is_not_the_owners_alone_is_named_or_refused() {
    let home = home();
    let dir = safe(&home);
    let file = dir.join("mine.backup");
    let write = || home.inward(&["backup", text(&file)]);
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o777)).unwrap();
    write().expect(5);
    assert!(names(&dir).is_empty());
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    let said = write().expect(0).stderr;
    assert!(said.contains("others can look into"), "{said}");
    let within = home.data().join("mine.backup");
    let said = home.inward(&["backup", text(&within)]).expect(2).stderr;
    assert!(said.contains("keeps its store in"), "{said}");
    let cloud = home.path("Dropbox");
    fs::create_dir(&cloud).unwrap();
    fs::set_permissions(&cloud, fs::Permissions::from_mode(0o700)).unwrap();
    let said = home
        .inward(&["backup", text(&cloud.join("b"))])
        .expect(0)
        .stderr;
    assert!(said.contains("leaves this machine, plain"), "{said}");
    home.inward(&["backup", text(&home.path("none/b"))])
        .expect(1);
}

#[test]
fn what_was_forgotten_since_stays_forgotten_when_an_older_backup_is_put_back() {
    let home = home();
    let file = backup(&home, "mine.backup");
    home.inward(&["forget", "--repo", "bench", "--yes"])
        .expect(0);
    home.inward(&["forget", "--task", "ING-208", "--yes"])
        .expect(0);
    home.inward_fed(&["forget", "--text", "-", "--yes"], "a,b.rs\n")
        .expect(0);
    home.inward(&["note", "written after the backup"]).expect(0);
    let said = home.inward(&["restore", text(&file)]).expect(2).stderr;
    assert!(said.contains("--replace"), "{said}");
    let said = home
        .inward(&["restore", text(&file), "--replace"])
        .expect(0)
        .stdout;
    assert!(said.contains("were forgotten or refused here"), "{said}");
    assert!(said.contains("set aside in"), "{said}");
    let db = fs::read(store(&home, "data")).unwrap();
    for canary in [&b"a,b.rs"[..], b"ING-208"] {
        let found = db
            .windows(canary.len())
            .filter(|part| *part == canary)
            .count();
        assert_eq!(found, 0, "{}", String::from_utf8_lossy(canary));
    }
    let repos = home.inward(&["repos", "--json"]).expect(0).stdout;
    let log = home.inward(&["log", "all"]).expect(0).stdout;
    assert!(
        !log.contains("bench") && !repos.contains("\"bench\""),
        "{repos}{log}"
    );
    assert!(log.contains("ING-207"), "the rest is back: {log}");
    let notes = home.inward(&["note", "list"]).expect(0).stdout;
    assert!(!notes.contains("written after"), "{notes}");
    assert_eq!(home.inward(&["audit", "--verify"]).code, 0);
    // And a scan does not bring it back either.
    home.inward(&["scan"]).expect(0);
    assert!(
        !home
            .inward(&["log", "all"])
            .expect(0)
            .stdout
            .contains("a,b.rs")
    );
    // What stood there before is a backup like any other.
    let aside: Vec<String> = names(&home.data());
    let aside = aside
        .iter()
        .find(|name| name.starts_with("inward.db.before-"))
        .unwrap();
    let aside = home.data().join(aside);
    at(&home, "aside", &["restore", text(&aside)]).expect(0);
    let notes = at(&home, "aside", &["note", "list"]).expect(0).stdout;
    assert!(notes.contains("written after"), "{notes}");
}

#[test]
fn a_dump_is_put_in_the_place_of_a_store_in_the_same_way() {
    let home = home();
    hut(&home);
    let dir = home.path("dump");
    home.inward(&["dump", "-o", text(&dir)]).expect(0);
    home.inward(&["forget", "--repo", "hut", "--yes"]).expect(0);
    home.inward(&["restore", text(&dir), "--replace"]).expect(0);
    let log = home.inward(&["log", "all"]).expect(0).stdout;
    assert!(!log.contains("hut") && log.contains("a,b.rs"), "{log}");
}

#[test]
fn a_refused_address_stays_refused_when_a_backup_of_before_is_put_back() {
    let home = home();
    home.inward(&["me", "add", "--this-is-me", "ada.two@example.com"])
        .expect(0);
    let file = backup(&home, "mine.backup");
    home.inward(&["me", "remove", "ada.two@example.com"])
        .expect(0);
    home.inward(&["restore", text(&file), "--replace"])
        .expect(0);
    let me = home.inward(&["me"]).expect(0).stdout;
    assert!(!me.contains("ada.two@example.com"), "{me}");
}

#[test]
fn a_damaged_or_newer_backup_is_refused_before_anything_is_written() {
    let home = home();
    let file = backup(&home, "mine.backup");
    let whole = fs::read(&file).unwrap();
    let refused = |bytes: &[u8], code: i32| {
        fs::write(&file, bytes).unwrap();
        let said = at(&home, "none", &["restore", text(&file)])
            .expect(code)
            .stderr;
        assert!(
            !store(&home, "none").exists() || is_empty(&store(&home, "none")),
            "{said}"
        );
        // In the place of a store neither.
        let before = fs::read(store(&home, "data")).unwrap();
        home.inward(&["restore", text(&file), "--replace"])
            .expect(code);
        assert!(
            fs::read(store(&home, "data")).unwrap() == before,
            "it was changed"
        );
        said
    };
    let said = refused(&whole[..whole.len() / 2], 4);
    assert!(said.contains("take another copy"), "{said}");
    refused(b"", 4);
    refused(b"what is this", 4);
    let mut torn = whole.clone();
    for at in (5_000..whole.len()).step_by(4_096) {
        torn[at] ^= 0xff;
    }
    refused(&torn, 4);
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let said = refused(&newer, 7);
    assert!(said.contains("newer inward"), "{said}");
    // A planted trigger, a row that belongs to nothing, a log that was changed.
    for planted in [
        "CREATE TRIGGER t AFTER INSERT ON commits BEGIN DELETE FROM commits; END",
        "PRAGMA foreign_keys = OFF; INSERT INTO goal_links (goal) VALUES (999)",
        "UPDATE audit SET n = n + 1 WHERE seq = 1",
    ] {
        fs::write(&file, &whole).unwrap();
        Connection::open(&file)
            .unwrap()
            .execute_batch(planted)
            .unwrap();
        let bytes = fs::read(&file).unwrap();
        refused(&bytes, 4);
    }
    fs::write(&file, &whole).unwrap();
    at(&home, "none", &["restore", text(&file)]).expect(0);
}

fn is_empty(path: &Path) -> bool {
    let store = inward::store::Store::open(path, 1_790_000_000).unwrap();
    store.is_empty().unwrap()
}

#[test]
fn a_sealed_stores_backup_is_sealed_and_opens_with_the_same_passphrase() {
    let stage = Stage::new();
    let home = &stage.home;
    let plain = backup(home, "plain.backup");
    stage.encrypt();
    home.inward(&["lock"]).expect(0);
    let file = safe(home).join("sealed.backup");
    let mut session = stage.typed(&["backup", text(&file)]);
    session.until_text("It is sealed");
    assert_eq!(session.end().exit_code(), 0);
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"inward sealed\r\n\0"));
    assert!(!bytes.windows(6).any(|part| part == b"CANARY"));
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
    let new = home.path("new");
    let restore = |words: &str, file: &Path, more: &[&str]| {
        let args = [
            &["--data-dir", text(&new), "restore", text(file), "-"],
            more,
        ]
        .concat();
        home.inward_fed(&args, &format!("{words}\n"))
    };
    let said = restore("another", &file, &[]).expect(3).stderr;
    assert!(said.contains("does not open"), "{said}");
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    fs::write(safe(home).join("altered"), &altered).unwrap();
    restore(WORDS, &safe(home).join("altered"), &[]).expect(4);
    assert!(!store(home, "new").exists());
    let said = restore(WORDS, &file, &[]).expect(0).stdout;
    assert!(said.contains("It is sealed"), "{said}");
    for name in ["inward.db", "roots.toml"] {
        let bytes = fs::read(new.join(name)).unwrap();
        assert!(
            !bytes.windows(6).any(|part| part == b"garden"),
            "{name} is plain"
        );
    }
    let decrypt = ["--data-dir", text(&new), "decrypt", "-"];
    home.inward_fed(&decrypt, &format!("{WORDS}\n")).expect(0);
    let (there, here) = (rows(&store(home, "new")), rows(&plain));
    assert_eq!(there["commits"], here["commits"]);
    // Where a plain store holds something, it would lie there plain.
    let said = restore(WORDS, &file, &["--replace"]).expect(2).stderr;
    assert!(said.contains("inward encrypt"), "{said}");
    // The sealed store takes either kind, and stays sealed.
    for file in [&plain, &file] {
        home.inward(&["lock"]).expect(0);
        let mut session = stage.typed(&["restore", text(file), "--replace"]);
        session.until_text("is set aside in");
        assert_eq!(session.end().exit_code(), 0);
        for name in names(&home.data())
            .iter()
            .filter(|name| name.starts_with("inward.db"))
        {
            let bytes = fs::read(home.data().join(name)).unwrap();
            assert!(!bytes.starts_with(b"SQLite"), "{name} is plain");
        }
    }
}

/// A small disk of its own, as the kernel lets users make one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_8_and_no_half_a_file() {
    let home = home();
    let disk = safe(&home);
    let script = "mount -t tmpfs -o size=64k,mode=700 tmpfs \"$DISK\" 2>/dev/null || exit 77
        \"$INWARD\" backup \"$DISK/b\"; code=$?
        ls -A \"$DISK\"
        exit $code";
    let out = home
        .command("unshare", Path::new("/"))
        .args(["-rm", "sh", "-c", script])
        .env("DISK", &disk)
        .env("INWARD", env!("CARGO_BIN_EXE_inward"))
        .output();
    let Ok(out) = out else {
        eprintln!("SKIPPED: there is no unshare here, so no full disk was tried");
        return;
    };
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    if out.status.code() == Some(77) || said.contains("unshare failed") {
        eprintln!("SKIPPED: no file system may be mounted here, so no full disk was tried: {said}");
        return;
    }
    assert_eq!(out.status.code(), Some(8), "{said}");
    assert!(said.contains("no room for"), "{said}");
    assert!(
        out.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&out.stdout)
    );
    assert_eq!(home.inward(&["audit", "--verify"]).code, 0);
}

#[test]
fn a_backup_made_while_others_write_is_one_state_of_the_store() {
    let home = home();
    let dir = safe(&home);
    let notes = |n: u32| {
        let mut command = home.command(env!("CARGO_BIN_EXE_inward"), &home.path(""));
        command.args(["note", &format!("note {n}")]);
        command.stdout(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    let mut writers: Vec<_> = (0..6).map(notes).collect();
    let files: Vec<PathBuf> = (0..4).map(|n| dir.join(format!("b{n}"))).collect();
    for file in &files {
        home.inward(&["backup", text(file)]).expect(0);
    }
    for writer in &mut writers {
        assert!(writer.wait().unwrap().success());
    }
    for (n, file) in files.iter().enumerate() {
        at(&home, &format!("copy-{n}"), &["restore", text(file)]).expect(0);
    }
}
