use super::*;
use crate::model::privacy::Switch;
use crate::store::{Action, Times, Told};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn given() -> Given {
    Given {
        place: Place::default(),
        files: Vec::new(),
        offline: "OFFLINE: enforced by kernel".to_owned(),
        layers: Vec::new(),
        today: day("2026-11-22"),
    }
}

fn off(name: &'static str) -> Switch {
    Switch {
        name,
        on: false,
        about: "",
    }
}

fn told() -> Told {
    Told {
        times: Times {
            worked: 380,
            named: 412,
            ends: Some((day("2024-01-02"), day("2026-11-20"))),
            used: 7,
            tasks: 36,
            ..Times::default()
        },
        commits: 1_203,
        late: 31,
        summaries: 1_203,
        paths: 1,
        repositories: 3,
        tasks: 12,
        titles: 12,
        names: 2,
        projects: 2,
        squashes: 1,
        pairings: 4,
        forgotten: 1,
        log: 9,
        ..Told::default()
    }
}

fn all(told: &Told, keep: &[Switch]) -> String {
    seized::sentences(told, keep).join("\n")
}

#[test]
fn where_nothing_is_kept_a_seized_machine_tells_nothing() {
    let label = of(None, given()).unwrap();
    assert_eq!(label.seized, [seized::NOTHING]);
    assert!(label.tables.is_empty() && label.last_check.is_none());
    assert_eq!(label.log.verdict, "empty");
}

#[test]
fn an_empty_store_tells_no_day_and_nobody() {
    let store = Store::memory(1_790_000_000).unwrap();
    let label = of(Some(&store), given()).unwrap();
    let text = label.seized.join("\n");
    assert!(text.contains("On no day that you worked"), "{text}");
    assert!(
        text.contains("Of other people: nothing, not even a name."),
        "{text}"
    );
    assert!(!text.contains("At what second"), "{text}");
    assert!(label.tables.len() > 35);
}

#[test]
fn a_seized_file_is_told_with_its_numbers() {
    let text = all(&told(), &[]);
    for part in [
        "412 days between 2024-01-02 and 2026-11-20",
        "on 380 of them you worked.",
        "1,203 commits, with your offset from UTC: 31 between 20:00 and 6:00 or on a weekend. To the \
         second or minute also: 36 times of tasks.",
        "3 repositories by name, 1,203 summary lines, 1 name of a file",
        "12 tasks and pull requests (12 with its title), 0 reviews you gave",
        "2 projects by name",
        "2 addresses and names of yours",
        "nobody's name; 1 squash that landed commits of yours, by id and time; 4 commits that name \
         you co-author",
        "1 keyed hash and the log of 9 entries",
        "it names 7 days on which you used inward",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn what_is_off_is_not_said_to_be_there() {
    let bare = Told {
        summaries: 0,
        paths: 0,
        titles: 0,
        ..told()
    };
    let keep = [off("hours"), off("summaries"), off("paths"), off("titles")];
    let text = all(&bare, &keep);
    assert!(text.contains("no time of day"), "{text}");
    assert!(!text.contains("At what second"), "{text}");
    assert!(
        text.contains("no summary lines, no names of files"),
        "{text}"
    );
    assert!(text.contains("none with its title"), "{text}");
    assert_ne!(text, all(&bare, &[]));
}

#[test]
fn the_day_of_the_last_self_test_is_that_of_the_newest_entry() {
    let mut store = Store::memory(1_790_000_000).unwrap();
    store.audit(Action::Scan, "repository 1", 1).unwrap();
    assert_eq!(of(Some(&store), given()).unwrap().last_check, None);
    store.audit(Action::SelfTest, "lock", 0).unwrap();
    store.audit(Action::Share, "file 1", 2).unwrap();
    let label = of(Some(&store), given()).unwrap();
    assert_eq!(label.last_check, Some(day("2026-09-21")));
    assert_eq!((label.log.entries, label.log.shares), (3, 1));
    let out: Vec<_> = label
        .log
        .out
        .iter()
        .map(|one| (one.action, one.times))
        .collect();
    assert_eq!(out, [("share", 1)]);
    store.audit(Action::Dump, "all", 9).unwrap();
    store.audit(Action::Dump, "all", 9).unwrap();
    let label = of(Some(&store), given()).unwrap();
    assert_eq!(
        (label.log.out[0].action, label.log.out[0].times),
        ("dump", 2)
    );
    assert_eq!(label.log.out[0].last, day("2026-09-21"));
    assert_eq!(label.log.verdict, "ok");
    assert_eq!(label.log.newest[0].action.as_str(), "dump");
}
