//! The log of writes and ways out: what each command leaves in it, what it never holds, and what
//! its check finds.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use inward::model::act;
use inward::store::Store;
use serde_json::Value;

use crate::home::Home;

/// Stands in every name of the fixture.
const CANARY: &str = "zqcanary";
const ADA: &str = "Zqcanary Ada <zqcanary@example.org>";
const NOW: i64 = 1_790_000_000;

const ISSUES: &str = r#"[{"number":7,"title":"Zqcanary tabs","url":"https://github.com/zqcanary/till/issues/7","id":"I_zqcanary","state":"OPEN",
"createdAt":"2026-02-01T09:00:00Z","updatedAt":"2026-02-03T10:00:00Z","author":{"login":"zqcanary"},"assignees":[{"login":"zqcanary"}],"labels":[]}]"#;

/// A home with one repository of three commits and an export; every name holds the canary.
fn home() -> (Home, PathBuf) {
    let home = Home::new();
    home.identity("Zqcanary Ada", "zqcanary@example.org");
    let repo = home.repo("zqcanary-garden");
    for day in 1..=3 {
        let file = ("zqcanary.rs", format!("{day}\n"));
        let date = format!("2026-01-0{day}T10:00:00Z");
        home.commit(&repo, (file.0, &file.1), ADA, &date);
    }
    fs::write(home.path("zqcanary.json"), ISSUES).unwrap();
    (home, repo)
}

/// The log as JSON, oldest entry first.
fn log(home: &Home) -> Vec<Value> {
    let document = home.inward(&["audit", "--json"]).expect(0).json();
    let mut entries = document["entries"].as_array().unwrap().clone();
    entries.reverse();
    entries
}

/// Runs a command with the exit code that it must have; what came into the log with it, as
/// `action object n`.
#[track_caller]
fn leaves(home: &Home, args: &[&str], code: i32) -> Vec<String> {
    let before = if home.data().join("inward.db").exists() {
        log(home).len()
    } else {
        0
    };
    home.inward_in(&home.path("zqcanary-garden"), args)
        .expect(code);
    let told = |entry: &Value| {
        let text = |field: &str| entry[field].as_str().unwrap().to_owned();
        format!("{} {} {}", text("action"), text("object"), entry["n"])
    };
    log(home).iter().skip(before).map(told).collect()
}

/// Everything that a session of commands does, with what each leaves in the log.
const SESSION: &[(&[&str], &[&str])] = &[
    (
        &["scan"],
        &[
            "identity-add identity 1 1",
            "identity-add identity 2 1",
            "scan repository 1 3",
        ],
    ),
    // Nothing new, nothing said: the log does not grow with every look.
    (&["scan"], &[]),
    (&["scan", "--full"], &[]),
    (&["scan", "--lines"], &["scan-lines repository 1 3"]),
    (&["scan", "--lines"], &[]),
    (
        &["me", "add", "zqcanary@home.example", "--this-is-me"],
        &["identity-add identity 3 1"],
    ),
    (&["me", "add", "zqcanary@home.example", "--this-is-me"], &[]),
    (
        &["me", "remove", "zqcanary@home.example"],
        &["identity-remove identity 3 0"],
    ),
    (
        &["import", "../zqcanary.json", "--mine", "zqcanary"],
        &["import import 1 1", "account-add account 1"],
    ),
    (&["import", "../zqcanary.json"], &[]),
    (&["import", "../zqcanary.json", "--dry-run"], &[]),
    (&["import"], &[]),
    (&["note", "zqcanary took the day"], &["note-add note 1 1"]),
    (&["note", "rm", "1"], &["note-remove note 1 1"]),
    (&["goal", "add", "zqcanary ships"], &["goal-add goal 1 1"]),
    (
        &["goal", "link", "1", "zqcanary/till#7"],
        &["goal-link goal 1 1"],
    ),
    (
        &["goal", "unlink", "1", "zqcanary/till#7"],
        &["goal-unlink goal 1 1"],
    ),
    (&["goal", "done", "1"], &["goal-done goal 1 1"]),
    (&["goal", "reopen", "1"], &["goal-reopen goal 1 1"]),
    (&["goal", "drop", "1"], &["goal-drop goal 1 1"]),
    (&["goal", "rm", "1"], &["goal-remove goal 1 1"]),
    (
        &["link", "HEAD-OID", "zqcanary/till#7"],
        &["link commit 1 1"],
    ),
    (
        &["unlink", "HEAD-OID", "zqcanary/till#7"],
        &["unlink commit 1 1"],
    ),
    (
        &["exclude", "zqcanary/till#7", "--reason", "zqcanary"],
        &["exclude exclusion 1 1"],
    ),
    (
        &["exclude", "zqcanary/till#7", "--undo"],
        &["include exclusion 1 1"],
    ),
    (&["privacy", "--self-test"], &["self-test held"]),
    (&["dump", "-o", "../zqcanary-dump"], &["dump  "]),
    (&["backup", "../zqcanary-backup"], &["backup  "]),
    // All of it is here: nothing was written, so there is nothing to tell.
    (&["merge", "../zqcanary-backup"], &[]),
    (
        &["retain", "notes", "3000d", "--yes"],
        &["retain notes 3000"],
    ),
    (&["retain", "notes", "never"], &["retain notes 0"]),
    (
        &["forget", "--days", "2011-05-04", "--yes"],
        &["forget days 0"],
    ),
    (
        &["forget", "--task", "zqcanary/till#7", "--yes"],
        &["forget task 1"],
    ),
    (&["import", "--undo", "1"], &["import-undo import 1 0"]),
    (
        &["repos", "rename", "zqcanary-garden", "zqcanary-beds"],
        &[],
    ),
    (&["me", "remove", "zqcanary"], &["account-remove account 1"]),
];

/// Commands that only read: they leave nothing, and work where nothing can be written.
const READING: &[&[&str]] = &[
    &["audit"],
    &["audit", "--verify"],
    &["audit", "--json"],
    &["privacy"],
    &["doctor"],
    &["paths"],
    &["me"],
    &["repos"],
    &["log", "all"],
    &["stats"],
    &["show", "overview"],
    &["status"],
    &["standup"],
    &["week"],
    &["month"],
    &["review"],
    &["explain", "commits"],
    &["note", "list"],
    &["goal"],
    &["exclude", "list"],
    &["import", "--how", "jira"],
];

fn session() -> (Home, PathBuf) {
    let (home, repo) = home();
    let oid = home.git(&repo, &["rev-parse", "HEAD"]);
    let oid = String::from_utf8(oid).unwrap().trim().to_owned();
    for (args, expected) in SESSION {
        let args: Vec<&str> = args
            .iter()
            .map(|arg| {
                if *arg == "HEAD-OID" {
                    oid.as_str()
                } else {
                    arg
                }
            })
            .collect();
        let mut left = leaves(&home, &args, 0);
        // The first command that writes says what the lock reached on this machine.
        if args == ["scan"]
            && left
                .first()
                .is_some_and(|entry| entry.starts_with("lock-level "))
        {
            left.remove(0);
        }
        assert_eq!(left.len(), expected.len(), "{args:?}: {left:?}");
        for (entry, begins) in left.iter().zip(*expected) {
            assert!(entry.starts_with(begins), "{args:?}: {left:?}");
        }
    }
    (home, repo)
}

#[test]
fn each_command_leaves_exactly_the_entries_it_documents_and_no_name() {
    let (home, _) = session();
    let entries = log(&home);
    assert_eq!(entries[0]["action"], "lock-level", "{entries:?}");
    // The names are resolved when it is shown, and only there.
    assert!(entries.iter().any(|entry| entry["name"] == "zqcanary-beds"));
    let store = Store::open_reading(&home.data().join("inward.db"), NOW).unwrap();
    let rows = store.audit_rows().unwrap();
    assert!(rows.len() > 25, "{}", rows.len());
    let today = rows.last().unwrap().day;
    for row in rows {
        let text = format!("{} {}", row.action, row.object).to_lowercase();
        assert!(!text.contains(CANARY) && !text.contains("ada"), "{text}");
        assert!(act::Action::of(row.action.as_str()).is_some(), "{text}");
        // A day, and no number that could be a time.
        assert!(row.day == today || row.day + 1 == today);
        assert!(row.n < 100_000, "{row:?}");
    }
}

#[test]
fn commands_that_only_read_leave_nothing_and_work_where_nothing_can_be_written() {
    let (home, repo) = home();
    home.inward_in(&repo, &["scan"]).expect(0);
    let file = home.data().join("inward.db");
    let before = fs::read(&file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(home.data(), fs::Permissions::from_mode(0o500)).unwrap();
    for args in READING {
        home.inward_in(&repo, args).expect(0);
    }
    fs::set_permissions(home.data(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn files_that_were_open_to_others_are_closed_and_that_is_logged_by_whatever_command() {
    let (home, repo) = home();
    home.inward_in(&repo, &["scan"]).expect(0);
    let file = home.data().join("inward.db");
    for args in [&["log", "all"][..], &["repos"], &["scan"]] {
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(home.data(), fs::Permissions::from_mode(0o755)).unwrap();
        home.inward_in(&repo, args).expect(0);
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{args:?}");
        let last = log(&home).pop().unwrap();
        assert_eq!(last["action"], "repair", "{args:?}: {last}");
        assert!(last["n"].as_u64().unwrap() > 0);
    }
}

#[test]
fn a_kind_that_is_kept_no_more_and_a_restored_dump_are_in_the_log() {
    let (home, repo) = home();
    home.inward_in(&repo, &["scan"]).expect(0);
    home.settings("[keep]\nreflog = true\n");
    let yes = leaves(&home, &["scan"], 0);
    assert_eq!(yes[0], "keep-on reflog 0");
    home.settings("[keep]\nreflog = false\n");
    let no = leaves(&home, &["scan"], 0);
    assert_eq!(no[0], "keep-off reflog 0");
    home.inward(&["dump", "-o", home.path("out").to_str().unwrap()])
        .expect(0);
    let entries = log(&home);
    let receipt = home.inward(&["audit", "--json"]).expect(0).json();
    let receipt = receipt["receipt"].as_str().unwrap().to_owned();
    fs::rename(home.data(), home.path("old")).unwrap();
    home.inward(&["restore", home.path("out").to_str().unwrap()])
        .expect(0);
    let restored = log(&home);
    // The dump was taken before it was logged; the chain goes on from there.
    assert_eq!(restored.len(), entries.len());
    assert_eq!(restored.last().unwrap()["action"], "restore");
    home.inward(&["audit", "--verify"]).expect(0);
    // The receipt of the entry that the dump could not hold: an older copy took its place.
    let cut = home.inward(&["audit", "--receipt", &receipt]).expect(4);
    assert!(
        cut.stdout.starts_with("shorter than receipt"),
        "{}",
        cut.stdout
    );
}

#[test]
fn label_and_log_are_laid_out_for_any_width_and_each_line_fits() {
    let (home, repo) = home();
    home.inward_in(&repo, &["scan"]).expect(0);
    home.inward(&["note", "a day of reading"]).expect(0);
    for command in [
        &["audit"][..],
        &["privacy"],
        &["-q", "privacy"],
        &["show", "privacy"],
    ] {
        for width in ["50", "72", "120"] {
            let mut run = home.command(env!("CARGO_BIN_EXE_inward"), &home.path("home"));
            let run = run.args(command).env("COLUMNS", width).output().unwrap();
            let told = String::from_utf8(run.stdout).unwrap();
            assert!(told.lines().count() > 5, "{told}");
            for line in told.lines() {
                // A path or a receipt is one word and is not broken.
                let words = line.split_whitespace().count();
                let fits = line.chars().count() <= width.parse().unwrap();
                assert!(fits || words == 1, "{command:?} at {width}: {line}");
            }
        }
    }
}

#[test]
fn the_list_is_newest_first_in_words_and_ends_with_a_receipt_and_the_limits() {
    let (home, repo) = home();
    home.inward_in(&repo, &["scan"]).expect(0);
    let told = home.inward(&["audit"]).expect(0).stdout;
    let lines: Vec<&str> = told.lines().collect();
    assert!(
        lines[0].contains("scan            zqcanary-garden    3 commits added"),
        "{told}"
    );
    assert!(lines[3].contains("lock-level"), "{told}");
    for words in [
        "ok 4: all 4",
        "receipt ",
        "keep it elsewhere",
        "same file",
        "forget --all",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let receipt = told.split("receipt ").nth(1).unwrap();
    let receipt: String = receipt.chars().take(16).collect();
    assert!(receipt.bytes().all(|b| b.is_ascii_hexdigit()), "{receipt}");
    for typed in [
        receipt.clone(),
        receipt.to_uppercase(),
        format!(" {receipt} "),
    ] {
        let held = home.inward(&["audit", "--receipt", &typed]).expect(0);
        assert!(held.stdout.starts_with("ok 4"), "{}", held.stdout);
    }
    let other = home.inward(&["audit", "--receipt", "0123456789abcdef"]);
    let other = other.expect(4);
    assert!(
        other.stdout.starts_with("not on this chain"),
        "{}",
        other.stdout
    );
    let json = home.inward(&["audit", "--json", "--receipt", "0123456789abcdef"]);
    assert_eq!(json.expect(4).json()["verdict"], "not-on-this-chain");
}

#[test]
fn an_edited_log_is_named_with_exit_4() {
    let (home, repo) = home();
    home.inward_in(&repo, &["scan"]).expect(0);
    let verified = home.inward(&["audit", "--verify"]).expect(0);
    assert!(verified.stdout.starts_with("ok 4:"), "{}", verified.stdout);
    let file = home.data().join("inward.db");
    let edit = |sql: &str| {
        let conn = rusqlite::Connection::open(&file).unwrap();
        assert_eq!(conn.execute(sql, []).unwrap(), 1);
    };
    edit("UPDATE audit SET n = n + 1 WHERE seq = 4");
    let altered = home.inward(&["audit", "--verify"]).expect(4);
    assert!(
        altered.stdout.starts_with("altered at 4"),
        "{}",
        altered.stdout
    );
    assert!(
        altered.stderr.contains("docs/audit.md"),
        "{}",
        altered.stderr
    );
    // A list is no check: it says what is wrong, and was asked for nothing more.
    let listed = home.inward(&["audit"]).expect(0).stdout;
    assert!(listed.contains("altered at 4"), "{listed}");
    edit("DELETE FROM audit WHERE seq = 2");
    let gap = home
        .inward(&["audit", "--verify", "--json"])
        .expect(4)
        .json();
    assert_eq!((&gap["verdict"], &gap["at"]), (&"gap".into(), &2.into()));
}

#[test]
fn without_a_store_there_is_no_log() {
    let home = Home::new();
    let nothing = home.inward(&["audit"]).expect(1);
    assert!(
        nothing.stderr.contains("nothing is kept yet"),
        "{}",
        nothing.stderr
    );
}
