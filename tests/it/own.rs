//! `inward note`, `goal` and `exclude` as their owner and a script meet them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::fields_at;
use crate::home::{Home, skipped};

const ADA: &str = "Ada <ada@example.org>";

const TASKS: &str = "Summary,Issue key,Status,Assignee,Created\n\
    Parser,ING-207,In Progress,Ada,2026-03-02 09:00\nGate,ING-208,Done,Ada,2026-03-03 09:00\n";

/// Two hours that overlap by half an hour on one task.
const TIME: &str = r#"[
{"id":3,"start":"20260303T080000Z","end":"20260303T090000Z","tags":["ING-207"],"annotation":"parser"},
{"id":2,"start":"20260303T083000Z","end":"20260303T093000Z","tags":["ING-207"]}]"#;

fn file(home: &Home, name: &str, content: &str) -> String {
    let path = home.path(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn calendar(events: &[&str]) -> String {
    let one = |lines: &&str| format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n");
    let events: Vec<String> = events.iter().map(one).collect();
    format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.concat())
}

/// A home with a repository of three commits, two tasks and recorded time.
fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    for (name, day) in [("a", "02"), ("b", "03"), ("c", "04")] {
        let date = format!("2026-03-{day}T10:00:00Z");
        home.commit(&repo, (name, "1\n"), ADA, &date);
    }
    home.inward_in(&repo, &["scan"]).expect(0);
    let (tasks, time) = (
        file(&home, "jira.csv", TASKS),
        file(&home, "timew.json", TIME),
    );
    home.inward(&["import", &tasks, "--mine", "Ada"]).expect(0);
    home.inward(&["import", &time]).expect(0);
    home
}

fn rows(home: &Home, args: &[&str]) -> Vec<Value> {
    let all = [&["log"], args, &["--json"]].concat();
    let log = home.inward(&all).expect(0).json();
    log["rows"].as_array().unwrap().clone()
}

fn head(home: &Home) -> String {
    let out = home.git(&home.path("garden"), &["rev-parse", "HEAD"]);
    String::from_utf8(out).unwrap().trim().to_owned()
}

/// Commits that count in 2026, and how many are left out as excluded.
fn counted(home: &Home) -> (u64, u64) {
    let stats = home
        .inward(&["stats", "commits", "2026", "--json"])
        .expect(0)
        .json();
    let figure = &stats["figures"][0];
    let left = figure["left_out"].as_array().unwrap().iter();
    let excluded = left
        .filter(|one| one["reason"] == "excluded")
        .map(|one| one["n"].as_u64().unwrap());
    (figure["n"].as_u64().unwrap(), excluded.sum())
}

#[test]
fn words_need_not_stand_among_the_arguments_and_keep_their_lines() {
    let home = home();
    home.inward_fed(
        &[
            "note",
            "-",
            "--on",
            "2026-03-03",
            "--task",
            "ing-207",
            "--impact",
        ],
        "first \u{1b}[31mline\u{202e}\n  second\n",
    )
    .expect(0);
    let notes = home.inward(&["note", "list", "--json"]).expect(0).json();
    let note = &notes["notes"][0];
    assert_eq!(note["text"], "first line\n second");
    assert_eq!(
        (&note["task"], &note["impact"]),
        (&"ING-207".into(), &true.into())
    );
    // Nobody is there to ask.
    let refused = home.inward(&["note"]).expect(2);
    assert!(
        refused.stderr.contains("a note needs words"),
        "{}",
        refused.stderr
    );
    home.inward_fed(&["note", "-"], " \n").expect(2);
    home.inward(&["note", "x", "--task", "ING-999"]).expect(2);
    home.inward(&["note", "x", "--repo", "nowhere"]).expect(2);
    home.inward(&["note", "x", "--on", "all"]).expect(2);
    assert_eq!(
        home.inward(&["note", "list"])
            .expect(0)
            .stdout
            .lines()
            .count(),
        2
    );
}

#[test]
fn notes_and_events_stand_in_the_log_on_their_days() {
    let home = home();
    home.inward(&[
        "note",
        "fix",
        "the",
        "list",
        "--on",
        "2026-03-03",
        "--repo",
        "garden",
    ])
    .expect(0);
    home.inward(&["note", "--event", "leave", "--on", "2026-03-01..2026-03-06"])
        .expect(0);
    let found = rows(&home, &["2026-03-03..2026-03-04", "--kind", "notes"]);
    let told: Vec<_> = found
        .iter()
        .map(|row| {
            (
                row["day"].as_str().unwrap(),
                row["event"].as_str(),
                row["text"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2026-03-03", Some("leave"), ""),
            ("2026-03-03", None, "fix the list"),
        ]
    );
    let text = home.inward(&["log", "2026-03-03"]).expect(0).stdout;
    assert!(
        text.contains("fix the list") && text.contains("Change b"),
        "{text}"
    );
    assert_eq!(rows(&home, &["2026-03-03", "--text", "LIST fix"]).len(), 1);
    assert!(rows(&home, &["2026-03-07", "--kind", "notes"]).is_empty());
    home.inward(&["note", "rm", "1", "7"]).expect(1);
    assert_eq!(rows(&home, &["all", "--kind", "notes"]).len(), 1);
}

#[test]
fn holidays_come_from_a_calendar_once_and_go_with_it() {
    let home = Home::new();
    let events = [
        "UID:x\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Christmas",
        "UID:y\r\nDTSTART;VALUE=DATE:20240501\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:May Day",
        "UID:m\r\nDTSTART:20260601T090000Z\r\nDTEND:20260601T100000Z\r\nSUMMARY:Secret of Bob",
    ];
    let path = file(&home, "holidays.ics", &calendar(&events));
    let take = |more: &[&str]| {
        let args = [&["note", "--holidays", &path], more].concat();
        home.inward(&args).expect(0)
    };
    let dry = take(&["--dry-run"]);
    assert!(dry.stdout.contains("nothing was written"), "{}", dry.stdout);
    assert!(
        !home.data().join("inward.db").exists() && !home.data().exists(),
        "a dry run leaves no trace"
    );
    let first = take(&["--json"]).json();
    assert_eq!((&first["added"], &first["gone"]), (&4.into(), &0.into()));
    let again = take(&[]).stdout;
    assert!(again.contains("holidays: 4 as before"), "{again}");
    assert!(again.contains("1 event with a time of day"), "{again}");
    let notes = home.inward(&["note", "list", "--json"]).expect(0).stdout;
    assert!(
        notes.contains("2026-12-25") && notes.contains("\"2026-12-26\""),
        "{notes}"
    );
    assert!(!notes.contains("Bob"), "{notes}");
    fs::write(&path, calendar(&events[..1])).unwrap();
    let newer = take(&[]).stdout;
    assert!(
        newer.contains("1 as before, 3 no longer in the file and taken back"),
        "{newer}"
    );
    let piped = home
        .inward_fed(&["note", "--holidays", "-"], &calendar(&events[1..2]))
        .expect(0);
    assert!(piped.stdout.contains("holidays: 3 new"), "{}", piped.stdout);
    home.inward(&["note", "--holidays", "nowhere.ics"])
        .expect(1);
    let no_calendar = file(&home, "x.csv", "a,b\n");
    let refused = home.inward(&["note", "--holidays", &no_calendar]).expect(1);
    assert!(
        refused.stderr.contains("is no calendar"),
        "{}",
        refused.stderr
    );
}

#[test]
fn the_all_day_events_of_a_real_calendar_are_taken_and_its_meetings_are_not() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let sample = samples.join("ics/meetings.ics");
    if !sample.exists() {
        return skipped("the samples are not here");
    }
    let home = Home::new();
    let report = home
        .inward(&["note", "--holidays", sample.to_str().unwrap(), "--json"])
        .expect(0)
        .json();
    let days = report["days"].as_array().unwrap();
    assert!(
        days.iter().any(|day| day["from"] == "2025-12-25"),
        "{report}"
    );
    assert_eq!(report["added"].as_u64().unwrap(), days.len() as u64);
}

#[test]
fn a_floor_on_activity_is_refused_with_the_reason() {
    let home = home();
    let refused = home
        .inward(&["goal", "add", "--limit", "commits", ">=5"])
        .expect(2);
    insta::assert_snapshot!(refused.stderr, @"
    inward: inward does not set quotas on activity: whoever has to reach a number of commits, lines, days or hours works for the number, and a low one is not little work
      next: set an outcome as a sentence, or an upper limit, for example --limit wip 3
    ");
    for floor in [
        &["goal", "add", "--min", "commits", "5"][..],
        &["goal", "add", "--at-least", "active_days", "5"],
        &["goal", "add", "at", "least", "40", "hours", "a", "week"],
        &["goal", "add", "--limit", "active_days", "at least 5"],
        &["goal", "add", "5 commits per day"],
    ] {
        let refused = home.inward(floor).expect(2);
        let why = "inward does not set quotas on activity";
        assert!(
            refused.stderr.contains(why),
            "{floor:?}: {}",
            refused.stderr
        );
    }
    home.inward_fed(&["goal", "add", "-"], "At least 200 lines a day")
        .expect(2);
    let no_limit = home
        .inward(&["goal", "add", "--limit", "commits", "5"])
        .expect(2);
    assert!(
        no_limit.stderr.contains("takes no upper limit"),
        "{}",
        no_limit.stderr
    );
    assert_eq!(home.inward(&["goal"]).expect(0).stdout, "no goal is set\n");
}

#[test]
fn goals_are_set_linked_reached_and_removed() {
    let home = home();
    home.inward_fed(&["goal", "add", "-"], "Ship the parser\nbefore the fair\n")
        .expect(0);
    home.inward(&[
        "goal",
        "add",
        "--limit",
        "weekend_share",
        "10%",
        "--per",
        "month",
    ])
    .expect(0);
    home.inward(&["note", "a step"]).expect(0);
    home.inward(&["goal", "link", "1", "ING-207"]).expect(0);
    home.inward(&["goal", "link", "1", "note:1"]).expect(0);
    home.inward(&["goal", "link", "1", "note:9"]).expect(1);
    home.inward(&["goal", "link", "7", "note:1"]).expect(1);
    let list = home.inward(&["goal", "list"]).expect(0).stdout;
    // How many months there are to look back on, the day of this run says.
    let (now, past) = list.trim_end().rsplit_once("; last ").unwrap();
    assert!(past.ends_with(" months: cannot tell"), "{past}");
    insta::assert_snapshot!(now, @"
       1  open     Ship the parser
                   before the fair
                   with ING-207, note 1
       2  open     weekend_share at most 10% per month: nothing to go by this month
    ");
    home.inward(&["goal", "unlink", "1", "note:1"]).expect(0);
    home.inward(&["goal", "done", "1"]).expect(0);
    home.inward(&["goal", "drop", "9"]).expect(1);
    let goals = home.inward(&["goal", "list", "--json"]).expect(0).json();
    let told: Vec<_> = goals["goals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| {
            (
                goal["goal"].as_u64().unwrap(),
                goal["state"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [(2, "open"), (1, "done")]);
    assert_eq!(goals["goals"][1]["tasks"][0], "ING-207");
    home.inward(&["goal", "rm", "1"]).expect(0);
    home.inward(&["goal", "rm", "1"]).expect(1);
}

#[test]
fn a_limit_is_kept_or_over_so_far() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    // A file made now says which day it is.
    let made = fs::metadata(&repo).unwrap().modified().unwrap();
    let since = made
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let today = format!("{since} +0000");
    home.commit(&repo, ("a", "1\n"), ADA, &today);
    home.inward_in(&repo, &["scan"]).expect(0);
    home.inward(&["goal", "add", "--limit", "active_days", "0", "--per", "day"])
        .expect(0);
    home.inward(&[
        "goal",
        "add",
        "--limit",
        "active_days",
        "1",
        "--per",
        "month",
    ])
    .expect(0);
    let goals = home.inward(&["goal", "list", "--json"]).expect(0).json();
    let verdicts: Vec<_> = goals["goals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| goal["verdict"].as_str())
        .collect();
    assert_eq!(verdicts, [Some("over"), Some("kept")]);
    let list = home.inward(&["goal"]).expect(0).stdout;
    assert!(
        list.contains("active_days at most 0 per day: 1 today, over so far"),
        "{list}"
    );
}

#[test]
fn an_excluded_commit_is_said_to_be_left_out_and_no_scan_brings_it_back() {
    let home = home();
    assert_eq!(counted(&home), (3, 0));
    let oid = head(&home);
    home.inward_fed(
        &["exclude", oid.get(..8).unwrap(), "--reason", "-"],
        "moved by a script\n",
    )
    .expect(0);
    assert_eq!(counted(&home), (2, 1));
    let row = &rows(&home, &["2026-03-04", "--kind", "commits"])[0];
    assert_eq!(row["excluded"], "excluded");
    let text = home.inward(&["log", "2026-03-04"]).expect(0).stdout;
    assert!(text.contains("1 file  excluded"), "{text}");
    let repo = home.path("garden");
    home.inward_in(&repo, &["scan", "--full"]).expect(0);
    home.commit(&repo, ("d", "1\n"), ADA, "2026-03-05T10:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    assert_eq!(counted(&home), (3, 1));
    let list = home.inward(&["exclude", "list"]).expect(0).stdout;
    assert!(list.contains("Change c  (moved by a script, "), "{list}");
    assert!(list.ends_with("1 excluded\n"), "{list}");
    home.inward(&["exclude", "--undo", &oid]).expect(0);
    home.inward(&["exclude", "--undo", &oid]).expect(1);
    assert_eq!(counted(&home), (4, 0));
}

#[test]
fn recorded_time_is_named_by_its_row_and_stays_out_through_an_undone_import() {
    let home = home();
    let entries = || rows(&home, &["2026-03-03", "--kind", "entries"]);
    let id = entries()[1]["row"].as_str().unwrap().to_owned();
    assert!(id.starts_with("e-"), "{id}");
    let day = || rows(&home, &["2026-03-03"])[0]["seconds"].as_u64().unwrap();
    assert_eq!(day(), 5_400);
    home.inward(&["exclude", &id, "--not-mine"]).expect(0);
    assert_eq!(day(), 3_600, "a sum counts as figures do");
    home.inward(&["import", "--undo", "2"]).expect(0);
    assert!(entries().is_empty());
    let listed = home.inward(&["exclude", "list"]).expect(0).stdout;
    assert!(listed.contains("(not here now)"), "{listed}");
    let time = home.path("timew.json");
    home.inward(&["import", time.to_str().unwrap()]).expect(0);
    let again = &entries()[1];
    assert_eq!(
        (&again["row"], &again["excluded"]),
        (&id.as_str().into(), &"not-mine".into())
    );
    home.inward(&["exclude", "--undo", "x-1"]).expect(0);
    assert_eq!(day(), 5_400);
}

#[test]
fn a_task_is_corrected_and_its_export_stays_as_it_was() {
    let home = home();
    home.inward_fed(
        &["exclude", "ING-208", "--set", "-"],
        "done=2026-03-04\nkind=bug\n",
    )
    .expect(0);
    let found = rows(&home, &["2026-03-04", "--kind", "tasks"]);
    let row = &found[0];
    assert_eq!(
        (&row["key"], &row["what"], &row["type"]),
        (&"ING-208".into(), &"finished".into(), &"bug".into())
    );
    assert_eq!(row["corrected"], serde_json::json!(["done", "kind"]));
    let dump = home.path("dump");
    home.inward(&["dump", "-o", dump.to_str().unwrap()])
        .expect(0);
    let tasks = fs::read_to_string(dump.join("tasks.jsonl")).unwrap();
    assert!(!tasks.contains("\"bug\""), "{tasks}");
    let said = fs::read_to_string(dump.join("exclusions.jsonl")).unwrap();
    assert!(said.contains("\"value\":\"2026-03-04\""), "{said}");
    for (args, says) in [
        (
            &["exclude", "ING-208", "--set", "title=x"][..],
            "created, started, done",
        ),
        (
            &[
                "exclude",
                head(&home).get(..8).unwrap(),
                "--set",
                "done=2026-03-04",
            ],
            "only tasks can",
        ),
        (
            &[
                "exclude",
                "ING-208",
                "--set",
                "done=2026-03-04",
                "--not-mine",
            ],
            "cannot be used with",
        ),
        (&["exclude", "-", "--reason", "-"], "only one of the row"),
        (&["exclude", "ING-999"], "no row is called"),
        (&["exclude"], "no row was named"),
    ] {
        let refused = home.inward(args).expect(2);
        assert!(
            refused.stderr.contains(says),
            "{args:?}: {}",
            refused.stderr
        );
    }
}

#[test]
fn a_key_that_two_trackers_use_is_refused_with_the_list() {
    let home = home();
    let linear = "ID,Team,Title,Status,Creator,Assignee,Created,Updated,Started,Completed,Canceled,UUID\n\
        ING-207,Ingest,Other parser,Done,bob@example.org,ada@example.org,2026-01-13T09:05:10.123Z,2026-01-19T15:00:00.000Z,,2026-01-19T15:00:00.000Z,,0b5e6c2e-1111-4a6a-9a11-000000000001\n";
    let linear = file(&home, "linear.csv", linear);
    home.inward(&["import", &linear, "--format", "linear-csv", "--mine", "*"])
        .expect(0);
    let refused = home.inward(&["exclude", "ING-207"]).expect(2);
    for part in [
        "can be several rows",
        "jira ING-207",
        "linear ING-207",
        "task t-",
    ] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    home.inward(&["exclude", "linear:ING-207"]).expect(0);
    home.inward(&["note", "x", "--task", "ING-207"]).expect(2);
}

#[test]
fn the_label_names_what_is_kept_of_it() {
    let home = home();
    home.inward(&["note", "words"]).expect(0);
    let label = home.inward(&["privacy"]).expect(0).stdout;
    for table in ["notes", "goals", "goal_links", "exclusions"] {
        assert!(label.contains(&format!("  {table} ")), "{table}: {label}");
    }
    let dump = home.path("dump");
    home.inward(&["dump", "-o", dump.to_str().unwrap()])
        .expect(0);
    let audit = fs::read_to_string(dump.join("audit.jsonl")).unwrap();
    assert!(
        audit.contains("note-add") && !audit.contains("words"),
        "{audit}"
    );
}

#[test]
fn every_documented_field_is_written_and_no_other() {
    let home = home();
    let events = [
        "UID:x\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas",
        "UID:m\r\nDTSTART:20260601T090000Z\r\nSUMMARY:Meeting",
    ];
    let path = file(&home, "h.ics", &calendar(&events));
    home.inward(&["note", "words"]).expect(0);
    // The first one has whole months behind it.
    home.inward(&[
        "goal",
        "add",
        "--limit",
        "weekend_share",
        "10%",
        "--per",
        "month",
    ])
    .expect(0);
    home.inward(&["goal", "add", "Ship it"]).expect(0);
    home.inward(&["exclude", "ING-207"]).expect(0);
    for document in inward::cli::own::document::DOCUMENTS {
        let args: Vec<&str> = document
            .command
            .split(' ')
            .skip(1)
            .map(|word| if word == "FILE" { path.as_str() } else { word })
            .collect();
        let written = home.inward(&args).expect(0).json();
        assert_eq!(written["schema"], document.schema);
        for object in document.objects {
            let found = fields_at(&written, object.place);
            let mut found = found.unwrap_or_else(|| panic!("{} is empty", object.place));
            let told = object.fields.iter().map(|field| field.0.to_owned());
            let mut told: Vec<String> = told.collect();
            found.sort();
            told.sort();
            assert_eq!(found, told, "{} {}", document.command, object.place);
        }
    }
}
