//! `inward merge`: two machines of one person, one record; nobody else's, nothing damaged, nothing that
//! either machine forgot.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use rusqlite::Connection;

use crate::home::{Home, Run};
use crate::restore::{home, text};
use crate::sealed::WORDS;

const ADA: &str = "Ada <ada@example.org>";

const MORE: &str = "Summary,Issue key,Status,Assignee,Created,Updated\n\
    Gate,ING-208,In Progress,Ada,2026-03-03 09:00,2026-03-06 10:00\n\
    Hinge,ING-209,Done,Ada,2026-03-05 09:00,2026-03-06 11:00\n";

fn at(home: &Home, data: &str, args: &[&str]) -> Run {
    let data = home.path(data);
    home.inward(&[&["--data-dir", text(&data)], args].concat())
}

fn store(home: &Home, data: &str) -> PathBuf {
    home.path(data).join("inward.db")
}

/// A second machine: other clones, one repository more, the same export and another, other words.
fn machines() -> Home {
    let home = home();
    fs::create_dir(home.path("two")).unwrap();
    for name in ["garden", "hut"] {
        if name == "hut" {
            let repo = home.repo("two/hut");
            home.commit(&repo, ("hut.rs", "1\n"), ADA, "2026-02-05T10:00:00+02:00");
            home.git(&home.path(""), &["clone", "-q", "two/hut", "hut"]);
            home.inward(&["add", text(&home.path("hut"))]).expect(0);
            home.inward(&["scan"]).expect(0);
        } else {
            home.git(&home.path("two"), &["clone", "-q", "../garden", "garden"]);
            let repo = home.path("two/garden");
            home.git(&repo, &["remote", "remove", "origin"]);
            home.commit(
                &repo,
                ("more.rs", "1\n2\n"),
                ADA,
                "2026-03-06T10:00:00+02:00",
            );
        }
        at(
            &home,
            "second",
            &["add", text(&home.path(&format!("two/{name}")))],
        )
        .expect(0);
    }
    at(&home, "second", &["scan", "--lines"]).expect(0);
    fs::write(home.path("more.csv"), MORE).unwrap();
    for file in ["jira.csv", "more.csv"] {
        at(
            &home,
            "second",
            &["import", text(&home.path(file)), "--mine", "Ada"],
        )
        .expect(0);
    }
    for args in [
        &[
            "note",
            "only on the second",
            "--on",
            "2026-03-06",
            "--task",
            "ING-209",
        ][..],
        &["goal", "add", "Hang the gate"],
        &["exclude", "ING-208", "--reason", "moved"],
    ] {
        at(&home, "second", args).expect(0);
    }
    home
}

fn backup(home: &Home, data: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = home.path("safe");
    fs::create_dir_all(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o700)).unwrap();
    let file = dir.join(data);
    at(home, data, &["backup", text(&file), "--replace"]).expect(0);
    file
}

/// A copy of a data folder, for another try.
fn copied(home: &Home, data: &str, name: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir(home.path(name)).unwrap();
    fs::set_permissions(home.path(name), fs::Permissions::from_mode(0o700)).unwrap();
    for file in ["inward.db", "roots.toml"] {
        fs::copy(home.path(data).join(file), home.path(name).join(file)).unwrap();
    }
}

fn figures(home: &Home, data: &str) -> Vec<String> {
    let mut all = Vec::new();
    for command in [
        &["stats", "all", "--json"][..],
        &["stats", "all", "--by", "repo", "--json"],
        &["stats", "all", "--by", "task", "--json"],
        &["log", "all", "--kind", "commits", "--json"],
        &["log", "all", "--kind", "tasks", "--json"],
        &["log", "all", "--kind", "entries", "--json"],
        &["week", "2026-W10", "--json"],
    ] {
        let said = at(home, data, command).expect(0).stdout;
        // Short names of rows are hashes with the store's own key.
        let mut document: serde_json::Value = serde_json::from_str(&said).unwrap();
        let mut open = vec![&mut document];
        while let Some(value) = open.pop() {
            match value {
                serde_json::Value::Object(fields) => {
                    fields.remove("row");
                    // Each store gives notes its own numbers.
                    let own = |id: &serde_json::Value| {
                        id.as_str().is_some_and(|id| id.starts_with("note "))
                    };
                    if fields.get("id").is_some_and(own) {
                        fields.remove("id");
                    }
                    open.extend(fields.values_mut());
                }
                serde_json::Value::Array(list) => open.extend(list),
                _ => {}
            }
        }
        all.push(document.to_string());
    }
    all
}

#[test]
fn two_machines_become_one_record_whichever_is_merged_into_the_other() {
    let home = machines();
    let (first, second) = (backup(&home, "data"), backup(&home, "second"));
    let before = figures(&home, "data");
    let said = home.inward(&["merge", text(&second)]).expect(0).stdout;
    assert!(said.contains("commits: 5, 4 before"), "{said}");
    assert!(said.contains("tasks: 3, 2 before"), "{said}");
    at(&home, "second", &["merge", text(&first)]).expect(0);
    let (here, there) = (figures(&home, "data"), figures(&home, "second"));
    for (here, there) in here.iter().zip(&there) {
        assert_eq!(here, there);
    }
    assert_ne!(before, here, "it brought nothing");
    let log = home.inward(&["log", "all"]).expect(0).stdout;
    for words in [
        "more.rs",
        "-c.rs",
        "hut.rs",
        "only on the second",
        "ING-209",
        "recorded",
    ] {
        assert!(log.contains(words), "{words}: {log}");
    }
    // One clone lies here, one there: it is one repository, and the other's folder is no trouble.
    let doctor = home.inward(&["doctor"]).expect(0).stdout;
    assert!(!doctor.contains("two/"), "{doctor}");
    // Again, it changes nothing, not a byte.
    let bytes = fs::read(store(&home, "data")).unwrap();
    let said = home.inward(&["merge", text(&second)]).expect(0).stdout;
    assert!(said.contains("nothing was written"), "{said}");
    assert!(fs::read(store(&home, "data")).unwrap() == bytes);
    let audit = home.inward(&["audit"]).expect(0).stdout;
    assert_eq!(audit.matches("merge").count(), 1, "{audit}");
    home.inward(&["audit", "--verify"]).expect(0);
    // A scan and an import afterwards find nothing new, and nothing twice.
    let scanned = home.inward(&["scan", "--json"]).expect(0).json();
    for repo in scanned["repos"].as_array().unwrap() {
        assert_eq!(repo["commits_added"], 0, "{repo}");
    }
    let export = home.path("more.csv");
    let report = home
        .inward(&["import", text(&export), "--json"])
        .expect(0)
        .json();
    let one = &report["files"][0];
    assert_eq!(
        (&one["added"], &one["updated"]),
        (&0.into(), &0.into()),
        "{one}"
    );
    let after = figures(&home, "data");
    assert_eq!(after, here);
}

#[test]
fn what_either_machine_forgot_or_refused_stays_out_of_both() {
    let home = machines();
    home.inward(&["forget", "--repo", "hut", "--yes"]).expect(0);
    at(&home, "second", &["forget", "--task", "ING-208", "--yes"]).expect(0);
    at(
        &home,
        "second",
        &["me", "add", "--this-is-me", "ada.two@example.com"],
    )
    .expect(0);
    home.inward(&["me", "add", "--this-is-me", "ada.two@example.com"])
        .expect(0);
    home.inward(&["me", "remove", "ada.two@example.com"])
        .expect(0);
    let second = backup(&home, "second");
    home.inward(&["merge", text(&second)]).expect(0);
    let db = fs::read(store(&home, "data")).unwrap();
    for canary in [&b"hut.rs"[..], b"ING-208"] {
        assert!(
            !db.windows(canary.len()).any(|part| part == canary),
            "{}",
            String::from_utf8_lossy(canary)
        );
    }
    let said = home.inward(&["me"]).expect(0).stdout;
    assert!(!said.contains("ada.two"), "{said}");
    // The same file again does not bring it back, nor does its export.
    home.inward(&["merge", text(&second)]).expect(0);
    home.inward(&["import", text(&home.path("more.csv"))])
        .expect(0);
    let log = home.inward(&["log", "all"]).expect(0).stdout;
    assert!(!log.contains("ING-208") && !log.contains("hut.rs"), "{log}");
    assert!(log.contains("ING-209"), "{log}");
}

#[test]
fn a_strangers_a_damaged_and_a_newer_store_are_refused_and_change_nothing() {
    let home = machines();
    let file = backup(&home, "second");
    let whole = fs::read(&file).unwrap();
    let before = fs::read(store(&home, "data")).unwrap();
    let refused = |code: i32| {
        let said = home.inward(&["merge", text(&file)]).expect(code).stderr;
        assert!(fs::read(store(&home, "data")).unwrap() == before, "{said}");
        said
    };
    fs::write(&file, &whole[..whole.len() - 5_000]).unwrap();
    refused(4);
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&file, &newer).unwrap();
    refused(7);
    for planted in [
        "CREATE VIEW v AS SELECT 1",
        "UPDATE commits SET summary = 'a' || char(27) || '[31m' WHERE id = 1",
    ] {
        fs::write(&file, &whole).unwrap();
        Connection::open(&file)
            .unwrap()
            .execute_batch(planted)
            .unwrap();
        refused(4);
    }
    fs::write(&file, &whole).unwrap();
    let edit = "UPDATE identities SET value = 'eve@example.net' WHERE kind = 0; \
        UPDATE accounts SET folded = 'eve', value = 'eve'";
    Connection::open(&file)
        .unwrap()
        .execute_batch(edit)
        .unwrap();
    let said = refused(5);
    assert!(said.contains("not known to be yours"), "{said}");
    // A display name that is the same makes nobody the same.
    let edit = "UPDATE accounts SET folded = 'ada', value = 'Ada', kind = 4";
    Connection::open(&file)
        .unwrap()
        .execute_batch(edit)
        .unwrap();
    refused(5);
    let own = store(&home, "data");
    let said = home.inward(&["merge", text(&own)]).expect(2).stderr;
    assert!(said.contains("is the store that is in use"), "{said}");
    home.inward(&["merge", text(&home.path("none"))]).expect(1);
    at(&home, "empty", &["merge", text(&file)]).expect(1);
}

#[test]
fn a_sealed_store_of_another_machine_is_merged_by_its_passphrase() {
    let home = machines();
    let second = text(&home.path("second")).to_owned();
    let seal = ["--data-dir", &second, "encrypt", "-"];
    home.inward_fed(&seal, &format!("{WORDS}\n")).expect(0);
    at(&home, "second", &["lock"]).expect(0);
    let file = store(&home, "second");
    home.inward(&["merge", text(&file)]).expect(3);
    let merge = |words: &str| home.inward_fed(&["merge", text(&file), "-", "--json"], words);
    merge("another\n").expect(3);
    let report = merge(&format!("{WORDS}\n")).expect(0).json();
    assert_eq!(report["changed"], true);
    for document in inward::cli::merge::document::DOCUMENTS {
        assert_eq!(report["schema"], document.schema);
        for object in document.objects {
            let place = if object.place.is_empty() {
                &report
            } else {
                &report["kinds"][0]
            };
            let mut found: Vec<&String> = place.as_object().unwrap().keys().collect();
            let mut told: Vec<&str> = object.fields.iter().map(|one| one.0).collect();
            found.sort();
            told.sort_unstable();
            assert_eq!(found, told);
        }
    }
    assert!(
        fs::read(&file).unwrap().starts_with(b"inward sealed"),
        "it is not touched"
    );
    assert!(
        home.inward(&["log", "all"])
            .expect(0)
            .stdout
            .contains("more.rs")
    );
}

#[test]
fn a_merge_killed_at_any_moment_leaves_all_of_it_or_nothing() {
    let home = machines();
    let file = backup(&home, "second");
    let dump = |data: &str| {
        let conn = Connection::open(store(&home, data)).unwrap();
        let one = |sql: &str| -> i64 { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        let check: String = conn
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(check, "ok");
        (
            one("SELECT count(*) FROM commits"),
            one("SELECT count(*) FROM notes"),
            one("SELECT count(*) FROM observations"),
        )
    };
    copied(&home, "data", "whole");
    at(&home, "whole", &["merge", text(&file)]).expect(0);
    let (before, after) = (dump("data"), dump("whole"));
    let (mut killed, mut nothing) = (0, 0);
    for n in 0..12_u32 {
        let data = format!("cut-{n}");
        copied(&home, "data", &data);
        let mut command = home.command(env!("CARGO_BIN_EXE_inward"), &home.path(""));
        command.args(["--data-dir", text(&home.path(&data)), "merge", text(&file)]);
        command.stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (journal, mut looks) = (home.path(&data).join("inward.db-journal"), 0);
        while looks < n * n * 8 && child.try_wait().unwrap().is_none() {
            looks += u32::from(journal.exists());
            std::thread::yield_now();
        }
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        // Opening it makes good what was cut short.
        at(&home, &data, &["status"]).expect(0);
        let here = dump(&data);
        nothing += u32::from(here == before);
        assert!(here == before || here == after, "{n}: {here:?}");
        at(&home, &data, &["merge", text(&file)]).expect(0);
        assert_eq!(dump(&data), after, "{n}");
    }
    assert!(killed > 2 && nothing > 0, "{killed} {nothing}");
}

/// Names of files only, so that a listing of the folder is not an answer.
#[test]
fn nothing_is_left_beside_the_file_that_was_merged() {
    let home = machines();
    let file = backup(&home, "second");
    home.inward(&["merge", text(&file)]).expect(0);
    let all: Vec<_> = fs::read_dir(Path::new(&file).parent().unwrap())
        .unwrap()
        .collect();
    assert_eq!(all.len(), 1, "{all:?}");
}
