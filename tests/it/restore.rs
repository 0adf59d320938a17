//! `inward dump` and `inward restore` as their owner meets them: the same store again, or a clear
//! word why not and nothing written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::home::{Home, Run};
use crate::restore_damage::{change, sign};

const ADA: &str = "Ada <ada@example.org>";

const TASKS: &str = "Summary,Issue key,Status,Assignee,Created\n\
    =Parser,ING-207,In Progress,Ada,2026-03-02 09:00\nGate,ING-208,Done,Ada,2026-03-03 09:00\n";

/// The same board a day later.
const LATER: &str = "Summary,Issue key,Status,Assignee,Created,Updated\n\
    Parser,ING-207,Done,Ada,2026-03-02 09:00,2026-03-04 10:00\n";

const TIME: &str = r#"[
{"id":3,"start":"20260303T080000Z","end":"20260303T090000Z","tags":["ING-207"],"annotation":"parser"}]"#;

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn file(home: &Home, name: &str, content: &str) -> String {
    let path = home.path(name);
    fs::write(&path, content).unwrap();
    text(&path).to_owned()
}

/// A home whose store holds something of everything: two repositories, one forgotten name, exports
/// with a correction, links, notes, a goal, what is left out.
pub(crate) fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    home.settings("[keep]\nreflog = true\n");
    for name in ["garden", "bench"] {
        let repo = home.repo(name);
        for (file, day) in [("a,b.rs", "02"), ("ING-207.rs", "03"), ("-c.rs", "04")] {
            let date = format!("2026-03-{day}T10:00:00+02:00");
            home.commit(&repo, (file, "1\n2\n"), ADA, &date);
        }
        let args = [
            "add",
            text(&repo),
            "--since",
            "2026-01-01",
            "--exclude",
            "vendor/",
        ];
        home.inward(&args).expect(0);
    }
    home.inward(&["scan", "--lines"]).expect(0);
    home.inward(&["me", "remove", "ada.old@example.com"]);
    let (first, later) = (
        file(&home, "jira.csv", TASKS),
        file(&home, "later.csv", LATER),
    );
    let time = file(&home, "timew.json", TIME);
    home.inward(&["import", &first, "--mine", "Ada"]).expect(0);
    home.inward(&["import", &later, &time]).expect(0);
    let oid = head(&home);
    for args in [
        &[
            "note",
            "@ada said so",
            "--on",
            "2026-03-03",
            "--task",
            "ING-207",
            "--impact",
        ][..],
        &["note", "--event", "leave", "--on", "2026-03-09..2026-03-13"],
        &["goal", "add", "Ship the parser"],
        &["goal", "add", "--limit", "after_hours_share", "10%"],
        &["exclude", "ING-208", "--set", "done=2026-03-05"],
        &["exclude", &oid, "--reason", "a script's"],
        &["link", &oid, "ING-208"],
    ] {
        home.inward(args).expect(0);
    }
    home
}

fn head(home: &Home) -> String {
    let out = home.git(&home.path("garden"), &["rev-parse", "HEAD"]);
    String::from_utf8(out).unwrap().trim().to_owned()
}

pub(crate) fn dump(home: &Home, data: &str, to: &str, more: &[&str]) -> PathBuf {
    let (data, dir) = (home.path(data), home.path(to));
    let args = [&["--data-dir", text(&data), "dump", "-o", text(&dir)], more].concat();
    home.inward(&args).expect(0);
    dir
}

pub(crate) fn restore(home: &Home, data: &str, dir: &Path) -> Run {
    let data = home.path(data);
    home.inward(&["--data-dir", text(&data), "restore", text(dir)])
}

/// Every row of every table but the log, read by SQLite alone.
fn raw(home: &Home, data: &str) -> BTreeMap<String, Vec<Vec<Value>>> {
    let conn = Connection::open(home.path(data).join("inward.db")).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'audit'";
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

/// Every file of a dump but the ones that hold the log.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let log = ["audit.jsonl", "audit.csv", "store.jsonl", "manifest.json"];
    let entries = fs::read_dir(dir).unwrap().map(Result::unwrap);
    let files = entries.map(|entry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    });
    files
        .filter(|(name, _)| !log.contains(&name.as_str()))
        .collect()
}

#[test]
fn a_restored_store_is_the_same_in_every_table_and_goes_on_alike() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let before = raw(&home, "data");
    let said = restore(&home, "new", &dir).expect(0).stdout;
    assert!(
        said.contains("2 repositories or folders are registered"),
        "{said}"
    );
    assert!(said.contains("as private as the store"), "{said}");
    assert_eq!(raw(&home, "new"), before);
    let again = dump(&home, "new", "again", &[]);
    assert_eq!(files(&again), files(&dir));
    let log = |dir: &Path| fs::read_to_string(dir.join("audit.jsonl")).unwrap();
    let (old, new) = (log(&dir), log(&again));
    let added = new.strip_prefix(old.as_str()).expect("the log goes on");
    assert_eq!(added.lines().count(), 1, "{added}");
    assert!(added.contains("\"action\":\"restore\""), "{added}");
    assert!(files(&dir)["commits.jsonl"].len() > 500 && before["exclusions"].len() == 2);

    let data = home.path("new");
    let inward = |args: &[&str]| home.inward(&[&["--data-dir", text(&data)], args].concat());
    let repos = |run: Run| run.expect(0).json();
    let listed = repos(inward(&["repos", "--json"]));
    assert_eq!(listed, repos(home.inward(&["repos", "--json"])));
    assert_eq!(listed["repos"].as_array().unwrap().len(), 2);
    let scanned = inward(&["scan", "--lines", "--json"]).expect(0).json();
    for repo in scanned["repos"].as_array().unwrap() {
        assert_eq!(
            (&repo["commits_added"], &repo["commits_walked"]),
            (&0.into(), &0.into())
        );
    }
    let export = home.path("jira.csv");
    let report = inward(&["import", text(&export), "--json"])
        .expect(0)
        .json();
    let one = &report["files"][0];
    assert_eq!(
        (&one["added"], &one["updated"]),
        (&0.into(), &0.into()),
        "{one}"
    );
    for command in [
        &["stats", "all", "--json"][..],
        &["log", "all", "--json"],
        &["note", "list"],
        &["goal", "list"],
    ] {
        assert_eq!(
            inward(command).expect(0).stdout,
            home.inward(command).expect(0).stdout
        );
    }
    for args in [
        &["import", "--undo", "1"][..],
        &["exclude", &head(&home), "--undo"],
        &["unlink", &head(&home), "ING-208"],
        &["note", "the next one"],
    ] {
        let (here, there) = (inward(args), home.inward(args));
        assert_eq!(
            (here.code, here.stdout),
            (there.code, there.stdout),
            "{args:?}"
        );
    }
    let (here, there) = (raw(&home, "new"), raw(&home, "data"));
    for table in [
        "notes",
        "exclusions",
        "links",
        "link_choices",
        "tasks",
        "observations",
    ] {
        assert_eq!(here[table], there[table], "{table}");
    }
}

#[test]
fn a_dump_has_the_same_rows_in_both_formats_and_no_cell_that_a_spreadsheet_runs() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let (mut tables, mut guarded) = (0, 0);
    for (name, bytes) in files(&dir) {
        let Some(stem) = name.strip_suffix(".csv") else {
            continue;
        };
        tables += 1;
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let head = reader.headers().unwrap().clone();
        let cells: Vec<_> = reader.records().map(Result::unwrap).collect();
        let lines = fs::read_to_string(dir.join(format!("{stem}.jsonl"))).unwrap();
        assert_eq!(cells.len(), lines.lines().count(), "{stem}");
        for (record, line) in cells.iter().zip(lines.lines()) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            for (column, cell) in head.iter().zip(record) {
                let risky = cell.starts_with(['=', '+', '@', '\t', '\r']);
                let number = cell.parse::<f64>().is_ok();
                assert!(
                    !risky && (number || !cell.starts_with('-')),
                    "{stem}: {cell}"
                );
                let said = match &row[column] {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                guarded += usize::from(*cell == format!("'{said}"));
                assert!(
                    *cell == said || *cell == format!("'{said}"),
                    "{stem}: {cell}: {said}"
                );
            }
        }
    }
    // What stands in the log has its file too, which `files` leaves out.
    assert_eq!(tables, inward::store::Table::ALL.len() - 1);
    assert!(guarded >= 3, "{guarded}");
    assert!(
        fs::read_to_string(dir.join("tasks.csv"))
            .unwrap()
            .contains("ING-208")
    );
}

#[test]
fn a_dump_of_one_format_can_be_restored_too() {
    let home = home();
    for (format, other) in [("csv", "jsonl"), ("jsonl", "csv")] {
        let dir = dump(&home, "data", "dump", &["--format", format]);
        assert!(dir.join(format!("commits.{format}")).exists());
        // What an earlier dump left there would be taken for a part of this one.
        assert!(!dir.join(format!("commits.{other}")).exists());
        restore(&home, format, &dir).expect(0);
        assert_eq!(raw(&home, format)["commits"], raw(&home, "data")["commits"]);
    }
}

#[test]
fn a_store_that_holds_something_is_left_as_it_is() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let before = fs::read(home.data().join("inward.db")).unwrap();
    let said = restore(&home, "data", &dir).expect(2).stderr;
    assert!(said.contains("--data-dir or --space"), "{said}");
    assert_eq!(fs::read(home.data().join("inward.db")).unwrap(), before);
    home.inward(&["--space", "old", "restore", text(&dir)])
        .expect(0);
    let log = home.inward(&["--space", "old", "log", "all"]).expect(0);
    assert!(log.stdout.contains("Change a,b.rs"), "{}", log.stdout);
}

#[test]
fn a_dump_replaces_no_file_that_is_not_a_dumps() {
    let home = home();
    let dir = home.path("own");
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("tasks.csv"), "mine").unwrap();
    let said = home.inward(&["dump", "-o", text(&dir)]).expect(2).stderr;
    assert!(said.contains("tasks.csv is there already"), "{said}");
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
    assert_eq!(fs::read(dir.join("tasks.csv")).unwrap(), b"mine");
    fs::rename(dir.join("tasks.csv"), dir.join("own.csv")).unwrap();
    home.inward(&["dump", "-o", text(&dir)]).expect(0);
    home.inward(&["dump", "-o", text(&dir)]).expect(0);
    assert_eq!(fs::read(dir.join("own.csv")).unwrap(), b"mine");
    // One that fails leaves the earlier dump as it was.
    fs::create_dir(dir.join("squashes.csv.new")).unwrap();
    home.inward(&["dump", "-o", text(&dir)]).expect(1);
    assert!(!dir.join("commits.csv.new").exists(), "a draft was left");
    restore(&home, "from-earlier", &dir).expect(0);
    fs::remove_dir(dir.join("squashes.csv.new")).unwrap();
    // A name that leads elsewhere is not written through.
    fs::remove_file(dir.join("tasks.csv")).unwrap();
    std::os::unix::fs::symlink(dir.join("own.csv"), dir.join("tasks.csv")).unwrap();
    home.inward(&["dump", "-o", text(&dir)]).expect(1);
    assert_eq!(fs::read(dir.join("own.csv")).unwrap(), b"mine");
}

/// Whether the store at `data` holds nothing yet.
fn is_untouched(home: &Home, data: &str) -> bool {
    let path = home.path(data).join("inward.db");
    if !path.exists() {
        return true;
    }
    let now = 1_790_000_000;
    inward::store::Store::open(&path, now)
        .unwrap()
        .is_empty()
        .unwrap()
}

#[test]
fn a_restore_killed_at_any_moment_leaves_nothing_or_all_of_it() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let before = raw(&home, "data");
    let registered = fs::read_to_string(home.data().join("roots.toml")).unwrap();
    let (mut killed, mut nothing) = (0, 0);
    for n in 0..24_u32 {
        let data = format!("cut-{n}");
        let mut command = home.command(env!("CARGO_BIN_EXE_inward"), &home.path(""));
        command.args(["--data-dir", text(&home.path(&data)), "restore", text(&dir)]);
        command.stdout(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        // Half of them as soon as there is a file, the others some looks later; no clock.
        let (store, mut looks) = (home.path(&data).join("inward.db"), 0);
        while looks < n * n && child.try_wait().unwrap().is_none() {
            looks += u32::from(store.exists());
            std::thread::yield_now();
        }
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if is_untouched(&home, &data) {
            nothing += 1;
            restore(&home, &data, &dir).expect(0);
        }
        assert_eq!(raw(&home, &data), before, "{n}");
        let roots = fs::read_to_string(home.path(&data).join("roots.toml")).unwrap();
        assert_eq!(roots, registered, "{n}");
    }
    assert!(killed > 3 && nothing > 0, "{killed} {nothing}");
}

#[test]
fn trust_in_another_users_repository_is_not_taken_from_a_file() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    change(&dir.join("registered.jsonl"), |text| {
        text.replace("\"trusted\":false", "\"trusted\":true")
    });
    sign(&dir, "registered.jsonl");
    let run = restore(&home, "new", &dir).expect(0);
    assert!(
        run.stderr.contains("say `inward trust` again"),
        "{}",
        run.stderr
    );
    let roots = fs::read_to_string(home.path("new/roots.toml")).unwrap();
    assert!(
        roots.contains("vendor/") && roots.contains("2026-01-01"),
        "{roots}"
    );
    assert!(!roots.contains("trusted"), "{roots}");
}
