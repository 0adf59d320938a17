//! The command line as a script sees it: exit codes, JSON, and what is said when things go wrong.

use std::fs;
use std::path::{Path, PathBuf};

use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";
const BOB: &str = "Bob <bob@example.org>";

/// A home whose owner is Ada, with one repository of three commits, two of them hers.
fn home_with_repo() -> (Home, PathBuf) {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("harbour");
    home.commit(
        &repo,
        ("a.rs", "one\ntwo\n"),
        ADA,
        "2026-03-02T09:00:00+01:00",
    );
    home.commit(&repo, ("b.rs", "bob\n"), BOB, "2026-03-03T09:00:00+01:00");
    home.commit(
        &repo,
        ("a.rs", "one\nthree\n"),
        ADA,
        "2026-03-04T23:30:00+13:00",
    );
    (home, repo)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_scan_inside_a_repository_needs_no_set_up_and_a_second_adds_nothing() {
    let (home, repo) = home_with_repo();
    let first = home.inward_in(&repo, &["scan", "--json"]).expect(0).json();
    let row = &first["repos"][0];
    assert_eq!(row["commits_walked"], 3);
    assert_eq!(row["commits_mine"], 2);
    assert_eq!(row["commits_added"], 2);
    for field in ["path", "twins", "undated", "lines_unknown", "seconds"] {
        assert!(!row[field].is_null(), "{field} is missing");
    }
    let second = home.inward(&["scan", "--json"]).expect(0).json();
    assert_eq!(second["repos"][0]["commits_added"], 0);
    assert_eq!(second["repos"][0]["commits_walked"], 0);
}

#[test]
fn the_log_lists_my_commits_with_their_own_day() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let log = home.inward(&["log", "2026", "--json"]).expect(0).json();
    let rows = log["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["time"], "2026-03-04T23:30:00+13:00");
    assert_eq!(rows[0]["summary"], "Change a.rs");
    let day = home
        .inward(&["log", "2026-03-04", "--json"])
        .expect(0)
        .json();
    assert_eq!(day["rows"].as_array().unwrap().len(), 1);
}

#[test]
fn stats_answer_with_the_contracted_fields() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let stats = home
        .inward(&["stats", "commits", "2026-Q1", "--json"])
        .expect(0)
        .json();
    let figure = &stats["figures"][0];
    assert_eq!(figure["metric"], "commits");
    assert_eq!(figure["value"], 2.0);
    for field in [
        "unit",
        "range",
        "n",
        "left_out",
        "points",
        "interval",
        "usual_range",
        "verdict",
    ] {
        assert!(figure.get(field).is_some(), "{field} is missing");
    }
    home.inward(&["stats", "commitz"]).expect(2);
    home.inward(&["stats", "commits", "2026-Q9"]).expect(2);
}

#[test]
fn an_address_without_evidence_takes_the_sentence() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let refused = home.inward(&["me", "add", "bob@example.org"]).expect(2);
    assert!(
        refused.stderr.contains("--this-is-me"),
        "{}",
        refused.stderr
    );
    home.inward(&["me", "add", "bob@example.org", "--this-is-me"])
        .expect(0);
    let scan = home.inward(&["scan", "--json"]).expect(0).json();
    assert_eq!(scan["repos"][0]["commits_added"], 1);
    home.inward(&["me", "remove", "bob@example.org"]).expect(0);
    let log = home.inward(&["log", "all", "--json"]).expect(0).json();
    assert_eq!(log["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn nobody_else_is_in_any_file_of_the_store() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    for entry in fs::read_dir(home.data()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let found = bytes
            .windows(8)
            .any(|window| window.eq_ignore_ascii_case(b"bob@exam"));
        assert!(!found, "a colleague's address is kept");
    }
}

#[test]
fn a_dump_holds_every_row_and_one_line_a_row() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let to = home.path("dump");
    home.inward(&["dump", "-o", text(&to)]).expect(0);
    let commits = fs::read_to_string(to.join("commits.jsonl")).unwrap();
    assert_eq!(commits.lines().count(), 2);
    let changes = fs::read_to_string(to.join("file_changes.jsonl")).unwrap();
    let rows: Vec<serde_json::Value> = changes
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let counts: Vec<_> = rows
        .iter()
        .map(|row| (row["added"].as_u64(), row["deleted"].as_u64()))
        .collect();
    assert!(
        counts.contains(&(Some(2), Some(0))) && counts.contains(&(Some(1), Some(1))),
        "{counts:?}"
    );
}

#[test]
fn without_an_identity_a_scan_says_how_to_name_one() {
    let (home, repo) = home_with_repo();
    fs::remove_file(home.path("home/.gitconfig")).unwrap();
    let refused = home.inward_in(&repo, &["scan"]).expect(2);
    assert!(
        refused.stderr.contains("inward me add"),
        "{}",
        refused.stderr
    );
    assert!(
        !home.data().join("inward.db").exists(),
        "something was kept"
    );
}

#[test]
fn without_a_terminal_inward_prints_the_overview_and_keeps_nothing() {
    let (home, repo) = home_with_repo();
    let shown = home.inward_in(&repo, &[]).expect(0);
    assert!(shown.stdout.contains("ommits"), "{}", shown.stdout);
    assert!(!shown.stdout.contains('\u{1b}'));
    assert!(
        !home.data().exists(),
        "something was written before the owner said keep"
    );
}

#[test]
fn outside_a_repository_with_nothing_kept_the_next_step_is_named() {
    let home = Home::new();
    for args in [&["stats"][..], &["log"], &["show", "overview"], &["scan"]] {
        let refused = home.inward(args);
        assert_ne!(refused.code, 0, "{args:?}");
        assert!(
            refused.stderr.contains("inward add"),
            "{args:?}: {}",
            refused.stderr
        );
    }
}

#[test]
fn a_folder_that_is_no_repository_fails_by_name_and_the_rest_goes_on() {
    let (home, repo) = home_with_repo();
    let nothing = home.path("nothing");
    fs::create_dir(&nothing).unwrap();
    let run = home.inward(&["add", text(&nothing), text(&repo)]).expect(1);
    assert!(run.stderr.contains("nothing"), "{}", run.stderr);
    let scan = home.inward(&["scan", "--json"]).expect(0).json();
    assert_eq!(scan["repos"][0]["commits_added"], 2);
}

#[test]
fn a_folder_of_repositories_is_searched() {
    let (home, _) = home_with_repo();
    let other = home.repo("deep/er/second");
    home.commit(&other, ("x.py", "x\n"), ADA, "2026-04-01T09:00:00Z");
    home.inward(&["add", text(&home.path("."))]).expect(0);
    let scan = home.inward(&["scan", "--json"]).expect(0).json();
    assert_eq!(scan["repos"].as_array().unwrap().len(), 2);
    let repos = home.inward(&["repos", "--json"]).expect(0).json();
    assert_eq!(repos["repos"].as_array().unwrap().len(), 2);
}

#[test]
fn a_store_written_by_a_newer_version_is_refused_and_left_alone() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let store = home.data().join("inward.db");
    let mut bytes = fs::read(&store).unwrap();
    // user_version stands at offset 60, big endian.
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    fs::write(&store, &bytes).unwrap();
    home.inward(&["stats"]).expect(7);
    assert_eq!(fs::read(&store).unwrap(), bytes, "the file was touched");
}

#[test]
fn a_damaged_store_gives_no_number() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let store = home.data().join("inward.db");
    let mut bytes = fs::read(&store).unwrap();
    // The whole first page behind the file's header: where the list of tables begins.
    for byte in &mut bytes[100..4096] {
        *byte ^= 0x5a;
    }
    fs::write(&store, &bytes).unwrap();
    let run = home.inward(&["stats"]).expect(4);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
}

#[test]
fn a_store_that_is_a_symlink_is_refused() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let store = home.data().join("inward.db");
    let elsewhere = home.path("elsewhere.db");
    fs::rename(&store, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &store).unwrap();
    home.inward(&["stats"]).expect(5);
}

#[test]
fn every_file_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    assert_eq!(
        fs::metadata(home.data()).unwrap().permissions().mode() & 0o777,
        0o700
    );
    for entry in fs::read_dir(home.data()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} is open to others", entry.file_name());
    }
}

#[test]
fn every_output_is_one_document_and_a_closed_pipe_is_no_error() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    for args in [
        &["scan", "--json"][..],
        &["log", "--json"],
        &["stats", "--json"],
        &["show", "overview", "--json"],
        &["show", "trends", "--json"],
        &["show", "rhythm", "--json"],
        &["show", "work", "--json"],
        &["privacy", "--json"],
        &["doctor", "--json"],
        &["repos", "--json"],
        &["me", "--json"],
    ] {
        let document = home.inward(args).expect(0).json();
        assert!(document["schema"].is_string(), "{args:?} has no schema");
    }
    let line = format!("{} man | head -c 10", env!("CARGO_BIN_EXE_inward"));
    let out = home
        .command("sh", &repo)
        .args(["-c", &line])
        .output()
        .unwrap();
    assert!(
        out.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
}

#[test]
fn the_same_store_gives_the_same_bytes() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    for args in [
        &["stats", "--json", "2026"][..],
        &["log", "all", "--csv"],
        &["show", "trends", "2026"],
    ] {
        assert_eq!(
            home.inward(args).expect(0).stdout,
            home.inward(args).expect(0).stdout
        );
    }
}

#[test]
fn addresses_and_paths_can_be_read_from_a_pipe() {
    let (home, repo) = home_with_repo();
    home.inward_fed(&["add", "-"], &format!("{}\n", repo.display()))
        .expect(0);
    home.inward_fed(&["me", "add", "-", "--this-is-me"], "ada@example.org\n")
        .expect(0);
    let me = home.inward(&["me", "--json"]).expect(0).json();
    assert!(me.to_string().contains("ada@example.org"));
}

#[test]
fn terminal_escapes_in_a_summary_never_reach_the_output() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("evil");
    home.commit(
        &repo,
        ("\u{1b}]52;c;eA==\u{7}\u{202e}.rs", "x\n"),
        ADA,
        "2026-03-02T09:00:00Z",
    );
    home.inward_in(&repo, &["scan"]).expect(0);
    for args in [
        &["log", "all"][..],
        &["log", "all", "--json"],
        &["log", "all", "--csv"],
        &["show", "work", "all"],
    ] {
        let out = home.inward(args).expect(0).stdout;
        let bad = |c: char| c != '\n' && c.is_control() || ('\u{200b}'..='\u{202e}').contains(&c);
        assert!(!out.contains(bad), "{args:?}: {out:?}");
    }
}

/// One issue of Ada's.
const ISSUES: &str = r#"[{"number":1,"title":"Tabs","url":"https://github.com/o/n/issues/1","id":"I_1","state":"OPEN",
"createdAt":"2026-02-01T09:00:00Z","updatedAt":"2026-02-03T10:00:00Z","author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[]}]"#;

/// The fields of `value` at `place`, e.g. `repos[]`; `None` where a list is empty or null.
pub(crate) fn fields_at(value: &serde_json::Value, place: &str) -> Option<Vec<String>> {
    let mut at = value;
    for step in place.split('.').filter(|step| !step.is_empty()) {
        at = at.get(step.trim_end_matches("[]"))?;
        if step.ends_with("[]") {
            at = at.get(0)?;
        }
    }
    at.as_object()
        .map(|object| object.keys().cloned().collect())
}

#[test]
fn every_documented_field_is_written_and_no_other() {
    let (home, repo) = home_with_repo();
    let import = ("old.rs", "ada\n");
    home.commit(&repo, import, "ada <ada@localhost>", "2026-03-01T09:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    let issues = home.path("issues.json");
    fs::write(&issues, ISSUES).unwrap();
    home.inward(&["import", text(&issues), "--mine", "ada"])
        .expect(0);
    // Something that went out.
    home.inward(&["dump", "-o", text(&home.path("handed-out"))])
        .expect(0);
    for document in inward::cli::documents::DOCUMENTS {
        let args: Vec<&str> = document.command.split(' ').skip(1).collect();
        let written = home.inward(&args).expect(0).json();
        assert_eq!(written["schema"], document.schema);
        for object in document.objects {
            let Some(mut found) = fields_at(&written, object.place) else {
                // Each has a test of its own.
                let may_be_empty = [
                    "gone[]",
                    "self_test[]",
                    "repositories[]",
                    "undated[]",
                    "lines_unknown[]",
                    "reformatting[]",
                    "words_without_stage[]",
                    "tasks_undated[]",
                    "time_overlapping[]",
                ];
                let is_fine = may_be_empty.contains(&object.place);
                assert!(is_fine, "{} is empty", object.place);
                continue;
            };
            let mut told: Vec<String> = object
                .fields
                .iter()
                .map(|field| field.0.to_owned())
                .collect();
            found.sort();
            told.sort();
            assert_eq!(found, told, "{} {}", document.command, object.place);
        }
    }
}

#[test]
fn assistance_is_unknown_until_a_trailer_or_the_owner_says_otherwise() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let states = |args: &[&str]| -> Vec<String> {
        let log = home.inward(args).expect(0).json();
        let rows = log["rows"].as_array().unwrap().clone();
        rows.iter()
            .map(|row| row["assistance"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        states(&["log", "all", "--json"]),
        ["unknown", "unknown"],
        "nothing is guessed"
    );
    let settings = home.path("settings.toml");
    fs::write(&settings, "human_before = '2026-03-03'\n").unwrap();
    let with = ["--config", text(&settings), "log", "all", "--json"];
    assert_eq!(states(&with), ["unknown", "human"]);
    let newest = home.git(&repo, &["rev-parse", "HEAD"]);
    let newest = String::from_utf8(newest).unwrap();
    let start: String = newest.chars().take(9).collect();
    fs::write(&settings, format!("human_commits = ['{start}']\n")).unwrap();
    assert_eq!(states(&with), ["human", "unknown"]);
}

#[test]
fn a_repository_is_shown_by_its_name_with_where_it_lies_and_what_was_done_there() {
    let (home, repo) = home_with_repo();
    home.inward_in(&repo, &["scan"]).expect(0);
    let name = repo.file_name().unwrap().to_str().unwrap();
    let told = home.inward(&["show", name, "all"]).expect(0).stdout;
    assert!(told.contains(text(&repo)), "{told}");
    assert!(told.contains("2 commits of yours"), "{told}");
    assert!(told.contains("Lines changed"), "{told}");
    assert!(!told.contains("note:"), "nothing is wrong with it: {told}");
    let figures = home
        .inward(&["show", name, "all", "--json"])
        .expect(0)
        .json();
    assert!(figures["figures"].as_array().unwrap().len() >= 5);
    fs::remove_dir_all(&repo).unwrap();
    let told = home.inward(&["show", name, "all"]).expect(0).stdout;
    assert!(told.contains("note: not found where it was"), "{told}");
    assert!(told.contains("`inward add PATH` adds it"), "{told}");
    home.inward(&["show", "no-such-name"]).expect(2);
}
