//! `inward standup`, `week`, `month` and `review` as their owner and a script meet them.

use std::fs;

use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";

const TASKS: &str = "Summary,Issue key,Issue Type,Status,Assignee,Created,Resolved,Updated\n\
    Read <odd> *headers*,ING-207,Story,In Progress,Ada,2026-03-02 09:00,,2026-03-05 09:00\n\
    Close the gate,ING-208,Bug,Done,Ada,2026-03-03 09:00,2026-03-05 15:00,2026-03-05 15:00\n";

/// Three commits of a week in March 2026, one of them for a task; two tasks, a note, a goal.
fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    for (name, day) in [("a", "02"), ("b", "03"), ("ING-208 c", "05")] {
        let date = format!("2026-03-{day}T10:00:00Z");
        home.commit(&repo, (name, "1\n"), ADA, &date);
    }
    home.inward_in(&repo, &["scan"]).expect(0);
    let tasks = home.path("jira.csv");
    fs::write(&tasks, TASKS).unwrap();
    let tasks = tasks.to_str().unwrap();
    home.inward(&["import", tasks, "--mine", "Ada"]).expect(0);
    home.inward_fed(
        &["note", "--on", "2026-03-04", "--impact", "-"],
        "Nobody waits at the gate any more.",
    )
    .expect(0);
    home
}

const WEEK: [&str; 2] = ["week", "2026-03-04"];

#[test]
fn a_day_stands_for_its_week_and_the_document_says_what_was_done() {
    let home = home();
    let json = home
        .inward(&["week", "2026-03-04", "--json"])
        .expect(0)
        .json();
    assert_eq!(json["schema"], "inward.draft.v1");
    assert_eq!(json["range"], "2026-03-02..2026-03-08");
    assert_eq!(json["finished"][0]["id"], "ING-208");
    assert_eq!(json["finished"][0]["day"], "2026-03-05");
    assert_eq!(json["code"]["commits"], 3);
    assert_eq!(json["code"]["without_task"], 2);
    assert_eq!(json["notes"][0]["impact"], true);
    assert_eq!(json["seen"]["seen"], 3);
}

#[test]
fn the_same_store_and_days_give_the_same_bytes_in_every_form() {
    let home = home();
    for form in [&[][..], &["--plain"], &["--json"], &["--no-ids"]] {
        for kind in ["week", "month", "review"] {
            let args = [&[kind, "2026-03"], form].concat();
            let first = home.inward(&args).expect(0).stdout;
            assert!(!first.is_empty());
            assert_eq!(first, home.inward(&args).expect(0).stdout, "{args:?}");
        }
    }
}

#[test]
fn markdown_cannot_be_broken_by_a_title_and_plain_text_has_no_marks() {
    let home = home();
    let review = home.inward(&["review", "2026-03"]).expect(0).stdout;
    assert!(review.starts_with("# Self-review"), "{review}");
    assert!(review.contains("Close the gate"));
    assert!(review.contains("Nobody waits at the gate any more."));
    assert!(
        review.contains("`<odd>` \\*headers\\*"),
        "a tag would vanish: {review}"
    );
    let plain = home
        .inward(&["review", "2026-03", "--plain"])
        .expect(0)
        .stdout;
    assert!(
        plain.contains("Read <odd> *headers*") && !plain.contains('#'),
        "{plain}"
    );
}

#[test]
fn ids_of_evidence_can_be_left_out() {
    let home = home();
    let with = home.inward(&WEEK).expect(0).stdout;
    assert!(with.contains("ING-208"));
    let without = home
        .inward(&[&WEEK[..], &["--no-ids"]].concat())
        .expect(0)
        .stdout;
    assert!(!without.contains("ING-"), "{without}");
    assert!(without.contains("Close the gate"));
}

#[test]
fn own_wording_is_used_checked_and_when_broken_left_aside() {
    let home = home();
    let paths = home.inward(&["paths"]).expect(0).stdout;
    assert!(paths.contains("inward/wording"), "{paths}");
    let folder = home.path("home/.config/inward/wording");
    fs::create_dir_all(&folder).unwrap();
    let template = folder.join("week.md");
    fs::write(&template, "Woche: {{ finished | length }} erledigt\n").unwrap();
    assert_eq!(home.inward(&WEEK).expect(0).stdout, "Woche: 1 erledigt\n");
    let check = home.inward(&["week", "--check"]).expect(0).stdout;
    assert!(check.contains("week.md"), "{check}");
    fs::write(&template, "Woche\n\n{{ finnished | length }}\n").unwrap();
    let check = home.inward(&["week", "--check"]).expect(1);
    let said = format!("{}{}", check.stdout, check.stderr);
    assert!(
        said.contains("week.md") && said.contains("finnished"),
        "{said}"
    );
    let week = home.inward(&WEEK).expect(0);
    assert!(
        week.stdout.contains("Close the gate"),
        "the built-in one is used"
    );
    assert!(week.stderr.contains("week.md"), "{}", week.stderr);
    let own = home.inward(&["week", "--wording"]).expect(0).stdout;
    assert!(own.contains("finished"));
}

#[test]
fn what_cannot_be_told_is_answered_with_what_to_do() {
    let bare = Home::new();
    let nothing = bare.inward(&["standup"]).expect(1);
    assert!(nothing.stderr.contains("inward scan"), "{}", nothing.stderr);
    let home = home();
    home.inward(&["week", "nonsense"]).expect(2);
    home.inward(&["standup", "week"]).expect(2);
    home.inward(&["week", "--json", "--no-ids"]).expect(2);
    let standup = home.inward(&["standup"]).expect(0).stdout;
    assert!(!standup.is_empty(), "a day without a trace is told too");
}
