//! `inward import` as its owner and as a script meet it.

use std::fs;
use std::path::PathBuf;

use crate::cli::fields_at;
use crate::common::pty::{Session, Start};
use crate::home::Home;

/// Issues as `gh issue list --json` prints them; `who` is assigned to each.
fn issues(name: &str, who: &[(&str, u32)]) -> String {
    let one = |(who, number): &(&str, u32)| {
        format!(
            "{{\"number\":{number},\"title\":\"Task {number}\",\"state\":\"CLOSED\",\
             \"createdAt\":\"2026-03-02T09:00:00Z\",\"closedAt\":\"2026-03-0{}T10:00:00Z\",\
             \"updatedAt\":\"2026-03-09T10:00:00Z\",\"id\":\"I_{name}_{number}\",\
             \"url\":\"https://github.com/{name}/issues/{number}\",\
             \"assignees\":[{{\"id\":\"U_{who}\",\"login\":\"{who}\",\"name\":\"\"}}],\"labels\":[]}}",
            3 + number % 6
        )
    };
    let all: Vec<String> = who.iter().map(one).collect();
    format!("[{}]", all.join(","))
}

fn file(home: &Home, name: &str, text: &str) -> String {
    let path: PathBuf = home.path(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn tasks(home: &Home) -> usize {
    home.inward(&["dump", "-o", home.path("out").to_str().unwrap()])
        .expect(0);
    let rows = fs::read_to_string(home.path("out").join("tasks.jsonl")).unwrap();
    fs::remove_dir_all(home.path("out")).unwrap();
    rows.lines().count()
}

const TEAM: &[(&str, u32)] = &[("ada", 1), ("bob", 2), ("ada", 3)];

#[test]
fn a_file_without_a_known_name_asks_who_i_am_and_keeps_nothing() {
    let home = Home::new();
    let export = file(&home, "issues.json", &issues("acme/ship", TEAM));
    let run = home.inward(&["import", &export]).expect(2);
    assert!(
        run.stderr.contains("ada (U_ada): 2 records"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("--mine 'ada'"), "{}", run.stderr);
    assert_eq!(tasks(&home), 0);
}

#[test]
fn a_name_is_said_once_and_remembered_with_its_id() {
    let home = Home::new();
    let export = file(&home, "issues.json", &issues("acme/ship", TEAM));
    let run = home
        .inward(&["import", &export, "--mine", "Ada", "--json"])
        .expect(0);
    let report = run.json();
    assert_eq!(report["schema"], "inward.import.v1");
    let row = &report["files"][0];
    for (field, wanted) in [
        ("records", 3),
        ("mine", 2),
        ("not_mine", 1),
        ("added", 2),
        ("updated", 0),
    ] {
        assert_eq!(row[field], wanted, "{field}");
    }
    for field in [
        "path",
        "format",
        "unchanged",
        "rejected",
        "warnings",
        "entries",
        "transitions",
    ] {
        assert!(!row[field].is_null(), "{field} is missing");
    }
    let more = file(
        &home,
        "more.json",
        &issues("acme/other", &[("ada", 7), ("bob", 8)]),
    );
    let row = home.inward(&["import", &more, "--json"]).expect(0).json()["files"][0].clone();
    assert_eq!(
        (row["mine"].as_u64(), row["not_mine"].as_u64()),
        (Some(1), Some(1))
    );
    assert_eq!(tasks(&home), 3);
}

#[test]
fn a_namesake_with_another_id_is_not_me() {
    let home = Home::new();
    let jira =
        "Summary,Issue key,Status,Assignee,Assignee Id\nA,S-1,Done,Ada,id-1\nB,S-2,Done,Ada,id-2\n";
    let export = file(&home, "jira.csv", jira);
    let run = home.inward(&["import", &export, "--mine", "Ada"]).expect(2);
    assert!(run.stderr.contains("--mine 'id-1'"), "{}", run.stderr);
    home.inward(&["import", &export, "--mine", "id-1"])
        .expect(0);
    assert_eq!(tasks(&home), 1);
    // The name alone, said beside the known id, adds nobody.
    home.inward(&["import", &export, "--mine", "Ada"]).expect(0);
    assert_eq!(tasks(&home), 1);
}

#[test]
fn the_same_file_twice_changes_nothing_and_undo_takes_all_of_it_back() {
    let home = Home::new();
    let export = file(&home, "issues.json", &issues("acme/ship", TEAM));
    let all = ["import", &export, "--mine", "*"];
    home.inward(&all).expect(0);
    let again = home.inward(&all).expect(0);
    assert!(
        again
            .stdout
            .contains("the same file as before: nothing changed"),
        "{}",
        again.stdout
    );
    assert_eq!(tasks(&home), 3);
    let listed = home.inward(&["import"]).expect(0);
    assert_eq!(listed.stdout.lines().count(), 1, "{}", listed.stdout);
    home.inward(&["import", "--undo", "1"]).expect(0);
    assert_eq!(tasks(&home), 0);
    let gone = home.inward(&["import", "--undo", "1"]).expect(1);
    assert!(
        gone.stderr.contains("there is no import 1"),
        "{}",
        gone.stderr
    );
    // `--mine '*'` is never remembered.
    home.inward(&["import", &export]).expect(2);
}

#[test]
fn a_dry_run_counts_and_writes_nothing() {
    let home = Home::new();
    let export = file(&home, "issues.json", &issues("acme/ship", TEAM));
    let run = home
        .inward(&["import", &export, "--mine", "ada", "--dry-run"])
        .expect(0);
    assert!(run.stdout.contains("2 new"), "{}", run.stdout);
    assert!(run.stdout.contains("nothing was written"), "{}", run.stdout);
    assert!(!home.data().exists(), "a folder was made");
}

#[test]
fn one_bad_file_keeps_no_other_out_and_is_named_with_its_line() {
    let home = Home::new();
    let good = file(&home, "good.json", &issues("acme/ship", TEAM));
    let whole = issues("acme/ship", &[("ada", 9), ("ada", 10)]);
    let cut = file(&home, "cut.json", whole.split_at(whole.len() - 30).0);
    let page = file(
        &home,
        "Jira.csv",
        "<!DOCTYPE html>\n<html><title>Log in</title></html>",
    );
    let run = home
        .inward(&["import", &cut, &page, &good, "--mine", "ada"])
        .expect(1);
    assert!(run.stderr.contains("cut.json line 1"), "{}", run.stderr);
    assert!(run.stderr.contains("login page"), "{}", run.stderr);
    assert_eq!(tasks(&home), 2, "the good one alone");
}

#[test]
fn a_pipe_is_read_and_a_file_over_the_limit_is_not() {
    let home = Home::new();
    let text = issues("acme/ship", TEAM);
    let run = home
        .inward_fed(&["import", "-", "--mine", "ada", "--json"], &text)
        .expect(0);
    assert_eq!(run.json()["files"][0]["path"], "-");
    let export = file(&home, "issues.json", &text);
    let run = home
        .inward(&["import", &export, "--max-size", "100"])
        .expect(1);
    assert!(
        run.stderr.contains("larger than 100 bytes"),
        "{}",
        run.stderr
    );
}

#[test]
fn wrong_words_on_the_command_line_say_which_ones_are_right() {
    let home = Home::new();
    let run = home.inward(&["import", "x", "--format", "jira"]).expect(2);
    assert!(run.stderr.contains("formats:"), "{}", run.stderr);
    let run = home.inward(&["import", "x", "--tz", "Berlin"]).expect(2);
    assert!(run.stderr.contains("Europe/Berlin"), "{}", run.stderr);
    let run = home.inward(&["import", "--how", "nothing"]).expect(2);
    assert!(run.stderr.contains("trackers:"), "{}", run.stderr);
    let run = home.inward(&["import", "--how", "github"]).expect(0);
    assert!(run.stdout.contains("gh issue list"), "{}", run.stdout);
}

#[test]
fn an_address_of_mine_needs_no_question() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let text =
        issues("acme/ship", TEAM).replace("\"login\":\"ada\"", "\"login\":\"ada@example.org\"");
    let export = file(&home, "issues.json", &text);
    let row = home.inward(&["import", &export, "--json"]).expect(0).json()["files"][0].clone();
    assert_eq!(row["mine"], 2);
}

/// The tasks as the dump shows them.
fn dumped(home: &Home) -> Vec<serde_json::Value> {
    home.inward(&["dump", "-o", home.path("out").to_str().unwrap()])
        .expect(0);
    let rows = fs::read_to_string(home.path("out").join("tasks.jsonl")).unwrap();
    fs::remove_dir_all(home.path("out")).unwrap();
    rows.lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect()
}

const PARKED: &str = "Summary,Issue key,Issue Type,Status,Assignee,Created,Updated,Resolved\n\
                      Fix it,SHIP-1,Bug,Parked,Ada,2026-03-02 09:00,2026-03-03 09:00,\n\
                      Done it,SHIP-2,Task,Done,Ada,2026-03-02 09:00,2026-03-04 09:00,2026-03-04 09:00\n";

#[test]
fn words_of_my_tracker_count_at_once_without_another_import() {
    let home = Home::new();
    let export = file(&home, "jira.csv", PARKED);
    let run = home.inward(&["import", &export, "--mine", "Ada"]).expect(0);
    assert!(
        run.stdout.contains("no stage is known for: \"Parked\" 1"),
        "{}",
        run.stdout
    );
    let state = |home: &Home| {
        dumped(home)
            .iter()
            .find(|row| row["key"] == "SHIP-1")
            .unwrap()["state"]
            .clone()
    };
    assert!(state(&home).is_null());
    home.settings("[stages]\nparked = 'in-review'\n");
    assert_eq!(state(&home), "in-review");
}

#[test]
fn the_summary_says_what_cannot_be_known_and_which_export_would_tell() {
    let home = Home::new();
    let export = file(&home, "jira.csv", PARKED);
    let run = home.inward(&["import", &export, "--mine", "Ada"]).expect(0);
    assert!(
        run.stdout
            .contains("when work began: cycle time cannot be known"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("`inward import --how jira`"),
        "{}",
        run.stdout
    );
    let done = dumped(&home)
        .into_iter()
        .find(|row| row["key"] == "SHIP-2")
        .unwrap();
    assert!(done["started_at"].is_null(), "a start is never invented");
}

/// The program in a terminal, in this home.
fn terminal(home: &Home, args: &[&str]) -> Session {
    Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
        .cwd(&home.path("home"))
        .size(100, 30)
        .args(args)
        .spawn()
}

#[test]
fn on_a_terminal_it_asks_who_i_am_and_in_which_zone_the_clocks_are_once() {
    let home = Home::new();
    let text = PARKED.replace("Task,Done,Ada", "Task,Done,Bob");
    let export = file(&home, "jira.csv", &text);
    let mut session = terminal(&home, &["import", &export]);
    session.until_text("Keep 1 everything");
    session.keys("\r");
    session.until_text("who of these are you?");
    session.until_text("1  Ada: 1 record");
    session.keys("1\r");
    session.until_text("Which zone is its clock in? [UTC]");
    session.keys("Europe/Berlin\r");
    session.until_text("1 yours (as Ada), 1 not yours and not kept");
    assert!(session.end().success());
    let created = dumped(&home)[0]["created_at"].clone();
    assert_eq!(created, "2026-03-02T09:00:00+01:00");
    let mut again = terminal(&home, &["import", &export]);
    again.until_text("nothing changed");
    assert!(again.end().success());
}

#[test]
fn a_new_file_in_the_inbox_is_offered_at_the_next_start_and_taken_only_after_a_yes() {
    let home = Home::new();
    home.settings("inbox = ['~/Jira*.csv']\n");
    let first = file(&home, "first.json", &issues("acme/ship", TEAM));
    home.inward(&["import", &first, "--mine", "ada"]).expect(0);
    fs::write(home.path("home/Jira 1.csv"), PARKED).unwrap();
    assert!(
        home.inward(&["import"])
            .expect(0)
            .stdout
            .contains("waiting in the inbox")
    );
    let mut session = terminal(&home, &[]);
    session.until_text("new in your inbox");
    session.keys("\r");
    session.until_text("Overview");
    session.keys("q");
    assert!(session.end().success());
    assert_eq!(tasks(&home), 2, "Enter is no yes");
    let mut session = terminal(&home, &[]);
    session.until_text("Import? y yes");
    session.keys("y\r");
    session.until_text("who of these are you?");
    session.keys("Ada\r");
    session.until_text("Which zone");
    session.keys("\r");
    session.until_text("Enter goes on to the dashboard");
    session.keys("\r");
    session.until_text("Overview");
    session.keys("q");
    assert!(session.end().success());
    assert_eq!(tasks(&home), 4);
    let mut session = terminal(&home, &[]);
    session.until_text("Overview");
    assert!(!session.screen().contents().contains("inbox"));
    session.keys("q");
    assert!(session.end().success());
}

#[test]
fn a_path_typed_into_the_dashboard_is_imported_and_the_dashboard_comes_back() {
    let home = Home::new();
    let first = file(&home, "first.json", &issues("acme/ship", TEAM));
    home.inward(&["import", &first, "--mine", "ada"]).expect(0);
    let second = file(&home, "more of it.json", &issues("acme/more", TEAM));
    let mut session = terminal(&home, &[]);
    session.until_text("Overview");
    session.keys("a");
    session.until_text("Add repositories or an export");
    session.keys(&format!("'{second}'\r"));
    session.until_text("Enter goes on to the dashboard");
    assert!(
        session.screen().contents().contains("2 new"),
        "{}",
        session.screen().contents()
    );
    session.keys("\r");
    session.until_text("Overview");
    session.keys("q");
    assert!(session.end().success());
    assert_eq!(tasks(&home), 4);
}

#[test]
fn a_file_seen_in_downloads_is_chosen_and_a_bad_path_is_asked_for_again() {
    let home = Home::new();
    let first = file(&home, "first.json", &issues("acme/ship", TEAM));
    home.inward(&["import", &first, "--mine", "ada"]).expect(0);
    let downloads = home.path("home/Downloads");
    std::fs::create_dir(&downloads).unwrap();
    std::fs::write(downloads.join("more.json"), issues("acme/more", TEAM)).unwrap();
    std::fs::write(downloads.join("notes.json"), "{\"no\": \"export\"}").unwrap();
    let mut session = terminal(&home, &[]);
    session.until_text("Overview");
    session.keys("a");
    session.until_text("more.json");
    session.keys("/no/such/place\r");
    session.until_text("/no/such/place does not exist");
    session.until_text("Add repositories or an export");
    session.keys("\u{15}notes\u{1b}[B\r");
    session.until_text("this file");
    session.until_text("notes.json");
    session.keys("\u{15}more\u{1b}[B\r");
    session.until_text("Enter goes on to the dashboard");
    session.keys("\r");
    session.until_text("imported: 2 new");
    session.keys("q");
    assert!(session.end().success());
    assert_eq!(tasks(&home), 4);
}

#[test]
fn every_documented_field_of_an_import_is_written_and_no_other() {
    let home = Home::new();
    let keyless = "Nothing,,Task,Done,Ada,2026-03-02 09:00,2026-03-04 09:00,\n";
    let export = file(&home, "jira.csv", &format!("{PARKED}{keyless}"));
    let asked = home.inward(&["import", &export, "--json"]).expect(2).json();
    let done = home
        .inward(&["import", &export, "--mine", "Ada", "--json"])
        .expect(0)
        .json();
    let listed = home.inward(&["import", "--json"]).expect(0).json();
    for document in inward::cli::import::document::DOCUMENTS {
        for object in document.objects {
            let written = match object.place {
                "files[].candidates[]" => &asked,
                _ if document.schema == "inward.imports.v1" => &listed,
                _ => &done,
            };
            assert!(written["schema"] == document.schema, "{}", document.schema);
            let mut found = fields_at(written, object.place)
                .unwrap_or_else(|| panic!("{} is empty: {written}", object.place));
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
fn a_time_sheet_of_one_person_is_mine_and_counts_as_new_the_first_time() {
    let home = Home::new();
    let row = |who: &str, day: u32| {
        format!(
            "{who},{who}@example.org,,Ship,,Work,No,2026-03-{day},09:00:00,2026-03-{day},10:00:00,01:00:00,,\n"
        )
    };
    let head = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,\
                End time,Duration,Tags,Amount ()\n";
    let one = file(
        &home,
        "toggl.csv",
        &format!("{head}{}{}", row("ada", 14), row("ada", 15)),
    );
    let run = home.inward(&["import", &one]).expect(0);
    assert!(run.stdout.contains("2 new"), "{}", run.stdout);
    assert!(
        run.stdout.contains("one person only, ada: taken as you"),
        "{}",
        run.stdout
    );
    let two = file(
        &home,
        "team.csv",
        &format!("{head}{}{}", row("ada", 16), row("bob", 16)),
    );
    let row = home.inward(&["import", &two, "--json"]).expect(0).json()["files"][0].clone();
    assert_eq!(
        (row["mine"].as_u64(), row["not_mine"].as_u64()),
        (Some(1), Some(1))
    );
    let other = file(&home, "bob.csv", &format!("{head}{}", row_of_bob()));
    let run = home.inward(&["import", &other]).expect(0);
    assert!(
        run.stdout
            .contains("names nobody who is you in toggl so far (ada"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("nothing was kept"), "{}", run.stdout);
}

fn row_of_bob() -> String {
    "bob,bob@example.org,,Ship,,Work,No,2026-03-17,09:00:00,2026-03-17,10:00:00,01:00:00,,\n"
        .to_owned()
}

#[test]
fn the_same_file_read_with_other_answers_takes_the_place_of_the_first_reading() {
    let home = Home::new();
    let export = file(&home, "jira.csv", PARKED);
    let created = |home: &Home| dumped(home)[0]["created_at"].clone();
    home.inward(&["import", &export, "--mine", "Ada", "--tz", "UTC"])
        .expect(0);
    assert_eq!(created(&home), "2026-03-02T09:00:00+00:00");
    let again = home
        .inward(&["import", &export, "--tz", "Asia/Tokyo"])
        .expect(0);
    assert!(
        again.stdout.contains("changed, 0 unchanged"),
        "{}",
        again.stdout
    );
    assert!(
        !again.stdout.contains("nothing changed"),
        "{}",
        again.stdout
    );
    assert_eq!(created(&home), "2026-03-02T09:00:00+09:00");
    assert_eq!(tasks(&home), 2);
    let listed = home.inward(&["import", "--json"]).expect(0).json();
    assert_eq!(listed["imports"].as_array().unwrap().len(), 1);
}

#[test]
fn a_wrong_answer_is_taken_back_with_all_that_was_learned_beside_it() {
    let home = Home::new();
    let export = file(&home, "issues.json", &issues("acme/ship", TEAM));
    home.inward(&["import", &export, "--mine", "bob"]).expect(0);
    home.inward(&["import", "--undo", "1"]).expect(0);
    home.inward(&["me", "remove", "bob"]).expect(0);
    let run = home.inward(&["import", &export]).expect(2);
    assert!(
        run.stderr.contains("nobody who is known to be you"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_id_that_several_logins_share_unites_nobody_and_a_namesake_ends_in_no_empty_success() {
    let home = Home::new();
    let shared = issues("acme/ship", TEAM)
        .replace("U_ada", "U_x")
        .replace("U_bob", "U_x");
    let export = file(&home, "shared.json", &shared);
    let row = home
        .inward(&["import", &export, "--mine", "ada", "--json"])
        .expect(0)
        .json()["files"][0]
        .clone();
    assert_eq!(
        (row["mine"].as_u64(), row["not_mine"].as_u64()),
        (Some(2), Some(1))
    );
    let home = Home::new();
    let named = issues("acme/ship", TEAM).replacen(
        "\"login\":\"bob\",\"name\":\"\"",
        "\"login\":\"bob\",\"name\":\"Ada\"",
        1,
    );
    let export = file(&home, "named.json", &named);
    let row = home
        .inward(&["import", &export, "--mine", "ada", "--json"])
        .expect(0)
        .json()["files"][0]
        .clone();
    assert_eq!(
        (
            row["mine"].as_u64(),
            row["added"].as_u64(),
            row["import"].as_u64()
        ),
        (Some(2), Some(2), Some(1))
    );
}
