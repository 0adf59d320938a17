//! The keep switches as their owner meets them: what is off is in no byte of the data folder, all
//! else counts as before, and turned on again it comes back.

use std::fs;
use std::path::Path;

use crate::common::pty::{Session, Start};
use crate::home::Home;
use crate::keep_world::{CANARIES, counts, fill, finer_than_days, holds, notes, world};
use crate::restore::{dump, restore};

fn off(kind: &str) -> String {
    format!("[keep]\nreflog = true\n{kind} = false\n")
}

const ON: &str = "[keep]\nreflog = true\n";

#[test]
fn what_is_off_before_anything_is_read_never_gets_in() {
    for (kind, canary) in CANARIES.iter().filter(|(kind, _)| *kind != "notes") {
        let home = world(&off(kind));
        fill(&home);
        notes(&home);
        assert!(!holds(&home, canary), "{kind}");
        for (_, other) in CANARIES.iter().filter(|(other, _)| other != kind) {
            assert!(holds(&home, other), "{kind} took {other} away");
        }
    }
}

#[test]
fn what_turns_off_goes_from_the_file_and_all_counts_stay() {
    let full = world(ON);
    fill(&full);
    notes(&full);
    let before = counts(&full);
    let copy = dump(&full, "data", "copy", &[]);
    for (kind, canary) in CANARIES.iter().filter(|(kind, _)| *kind != "notes") {
        let home = world(ON);
        fill(&home);
        notes(&home);
        assert!(holds(&home, canary), "{kind}");
        home.settings(&off(kind));
        let said = home.inward(&["scan"]).expect(0).stderr;
        assert!(said.contains(&format!("keep.{kind} is off")), "{said}");
        assert!(!holds(&home, canary), "{kind}");
        assert_eq!(counts(&home), before, "{kind}");
        let log = home.inward(&["log", "2026"]).expect(0).stdout;
        assert_eq!(
            log.contains("(not kept)"),
            ["titles", "summaries"].contains(kind),
            "{log}"
        );
        let draft = home.inward(&["review", "2026"]).expect(0).stdout;
        assert!(
            !draft.contains("(not kept)") && draft.contains("ING-208"),
            "{draft}"
        );
    }
    // A dump that is restored where something is off brings none of it back.
    full.settings(&off("titles"));
    restore(&full, "data2", &copy).expect(0);
    fs::remove_dir_all(full.data()).unwrap();
    fs::rename(full.path("data2"), full.data()).unwrap();
    assert!(!holds(&full, "zqtitle") && holds(&full, "zqsummary"));
}

#[test]
fn what_turns_on_again_is_read_again() {
    let home = world(ON);
    fill(&home);
    let before = dump(&home, "data", "before", &[]);
    let all = "[keep]\nreflog = true\ntitles = false\nsummaries = false\npaths = false\n\
               branches = false\nassistance = false\nhours = false\n";
    home.settings(all);
    home.inward(&["scan"]).expect(0);
    for (kind, canary) in CANARIES {
        assert!(!holds(&home, canary), "{kind}");
    }
    home.settings(
        ON.replace(
            "reflog = true",
            "reflog = true\nhours = true\ntitles = true\n\
        summaries = true\npaths = true\nbranches = true\nassistance = true",
        )
        .as_str(),
    );
    let said = home.inward(&["scan"]).expect(0).stderr;
    assert!(said.contains("imports need their exports again"), "{said}");
    fill(&home);
    let after = dump(&home, "data", "after", &[]);
    for name in [
        "commits",
        "file_changes",
        "sightings",
        "tasks",
        "transitions",
        "time_entries",
        "reviews",
        "ref_events",
    ] {
        let read = |dir: &Path| fs::read_to_string(dir.join(format!("{name}.jsonl"))).unwrap();
        assert_eq!(read(&after), read(&before), "{name}");
    }
}

#[test]
fn with_days_only_no_number_of_the_file_is_finer_than_a_day() {
    let home = world(ON);
    fill(&home);
    assert!(
        finer_than_days(&home).len() > 10,
        "the search finds times where they are"
    );
    let before = counts(&home);
    home.settings(&off("hours"));
    home.inward(&["scan", "--lines"]).expect(0);
    assert_eq!(finer_than_days(&home), Vec::<String>::new());
    assert_eq!(counts(&home), before);
    let home = world("precision = \"day\"\n[keep]\nreflog = true\n");
    fill(&home);
    fill(&home);
    home.inward(&[
        "exclude",
        "ING-208",
        "--set",
        "done=2026-03-05T10:11:00+02:00",
    ])
    .expect(0);
    assert_eq!(finer_than_days(&home), Vec::<String>::new());
    assert_eq!(counts(&home), before);
    let entries = dump(&home, "data", "out", &[]).join("time_entries.jsonl");
    let entries = fs::read_to_string(entries).unwrap();
    assert_eq!(entries.lines().count(), 2, "{entries}");
    let rhythm = home
        .inward(&["stats", "hours_by_weekday", "sessions", "2026"])
        .expect(0)
        .stdout;
    assert_eq!(
        rhythm.matches("not kept: keep.hours is off").count(),
        2,
        "{rhythm}"
    );
    for page in ["overview", "rhythm", "work", "trends"] {
        home.inward(&["show", page, "2026"]).expect(0);
    }
    // A midnight that nobody worked at is not shown either.
    let commits = ["log", "2026", "--kind", "commits"];
    let text = home.inward(&commits).expect(0).stdout;
    assert!(text.contains("Mar") && !text.contains("00:00"), "{text}");
    let csv = home.inward(&[&commits[..], &["--csv"]].concat());
    let csv = csv.expect(0).stdout;
    assert!(csv.contains("2026-03-") && !csv.contains("00:00"), "{csv}");
}

#[test]
fn assistance_that_is_off_is_no_share_of_nothing() {
    let home = world(ON);
    fill(&home);
    let assisted = |home: &Home| {
        let dir = dump(home, "data", "out", &[]);
        let rows = fs::read_to_string(dir.join("commits.jsonl")).unwrap();
        fs::remove_dir_all(dir).unwrap();
        rows.lines()
            .filter(|line| !line.contains("\"class\":null"))
            .count()
    };
    assert_eq!(assisted(&home), 1);
    home.settings(&off("assistance"));
    home.inward(&["scan"]).expect(0);
    assert_eq!(assisted(&home), 0);
    let said = home
        .inward(&["stats", "assisted_share", "2026"])
        .expect(0)
        .stdout;
    assert!(said.contains("not kept: keep.assistance is off"), "{said}");
}

fn on_terminal(home: &Home, args: &[&str]) -> Session {
    Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
        .cwd(&home.path("garden"))
        .args(args)
        .spawn()
}

#[test]
fn notes_are_refused_and_those_that_stand_go_after_a_question_only() {
    let home = world(ON);
    fill(&home);
    notes(&home);
    home.settings(&off("notes"));
    let said = home.inward(&["scan"]).expect(0).stderr;
    assert!(said.contains("2 of your own words still stand"), "{said}");
    assert!(holds(&home, "zqnote said so"));
    let refused = home.inward(&["note", "zqnote more"]).expect(1);
    assert!(
        refused.stderr.contains("notes are not kept"),
        "{}",
        refused.stderr
    );
    let mut session = on_terminal(&home, &["scan"]);
    session.until_text("Type erase");
    session.keys("\r");
    session.until_text("nothing new");
    assert!(session.end().success());
    assert!(holds(&home, "zqnote said so"));
    let mut session = on_terminal(&home, &["scan"]);
    session.until_text("Type erase");
    session.keys("erase\r");
    session.until_text("2 erased");
    assert!(session.end().success());
    assert!(!holds(&home, "zqnote"));
    let left = home.inward(&["log", "2026"]).expect(0).stdout;
    assert!(
        left.contains("leave"),
        "an event stays, without words: {left}"
    );
}

#[test]
fn the_first_keep_asks_how_much_and_takes_each_answer() {
    for (typed, gone) in [("1", &[][..]), ("2", &["zqsummary", "zqpath"]), ("3", &[])] {
        let home = world(ON);
        let mut session = on_terminal(&home, &["scan"]);
        session.until_text("Keep 1 everything, 2 no titles, summaries, paths, 3 no times of day");
        session.keys("9\r");
        session.keys(&format!("{typed}\r"));
        session.until_text("6 new");
        assert!(session.end().success());
        for canary in ["zqsummary", "zqpath", "zqbranch"] {
            assert_eq!(
                holds(&home, canary),
                !gone.contains(&canary),
                "{typed}: {canary}"
            );
        }
        assert_eq!(finer_than_days(&home).is_empty(), typed == "3");
        let mut session = on_terminal(&home, &["scan"]);
        session.until_text("nothing new");
        assert!(!session.screen().contents().contains("Keep 1"));
        assert!(session.end().success());
    }
}

#[test]
fn the_settings_beat_the_answer_and_leave_nothing_to_ask() {
    let home = world("[keep]\nreflog = true\nsummaries = false\n");
    let mut session = on_terminal(&home, &["scan"]);
    session.until_text("6 new");
    assert!(!session.screen().contents().contains("Keep 1"));
    assert!(session.end().success());
    assert!(!holds(&home, "zqsummary") && holds(&home, "zqpath"));
}
