//! Tasks and pull requests of the sample.

use super::super::{Item, Request};
use super::{day, label, texts};

/// A task or pull request with nothing but its names.
fn item(key: &str, kind: &'static str, title: &str) -> Item {
    Item {
        id: key.to_owned(),
        key: key.to_owned(),
        source: label("jira"),
        kind,
        title: label(title),
        project: "ingest".to_owned(),
        what: "open",
        shown: true,
        ..Item::default()
    }
}

fn request(key: &str, state: &'static str) -> Request {
    Request {
        id: format!("acme/ingest{key}"),
        key: key.to_owned(),
        state,
    }
}

pub(super) fn finished() -> Vec<Item> {
    let story = Item {
        what: "finished",
        stage: Some("done"),
        word: Some(label("Done")),
        day: Some(day(11, 20)),
        when: Some("Fri 20 Nov".to_owned()),
        started: Some(day(11, 9)),
        workdays: Some(10),
        parent: Some(label("Imports that heal themselves")),
        commits: texts(&["a1f3c9e0b2", "77c02d41aa", "0be91f3d55", "c4d5e6f708"]),
        requests: vec![request("#212", "merged")],
        ..item("ING-7", "story", "Import files that were cut short")
    };
    let pull = Item {
        id: "acme/ingest#215".to_owned(),
        source: label("github"),
        what: "merged",
        stage: Some("done"),
        day: Some(day(11, 19)),
        when: Some("Thu 19 Nov".to_owned()),
        workdays: Some(1),
        commits: texts(&["5d1e02c9b7"]),
        ..item("#215", "pr", "Name the file in every import error")
    };
    let site = Item {
        project: "site".to_owned(),
        what: "finished",
        stage: Some("done"),
        day: Some(day(11, 18)),
        when: Some("Wed 18 Nov".to_owned()),
        by_then: true,
        due: Some(day(11, 20)),
        due_words: Some("Fri 20 Nov".to_owned()),
        ..item("WEB-31", "task", "Page for downloads")
    };
    let small = Item {
        what: "finished",
        stage: Some("done"),
        day: Some(day(11, 17)),
        when: Some("Tue 17 Nov".to_owned()),
        ..item("ING-60", "bug", "Typo in the log")
    };
    let hidden = Item {
        shown: false,
        ..small.clone()
    };
    let mut all = vec![story, pull, small];
    for at in 61..67 {
        all.push(Item {
            id: format!("ING-{at}"),
            key: format!("ING-{at}"),
            ..hidden.clone()
        });
    }
    all.push(site);
    all
}

pub(super) fn given_up() -> Vec<Item> {
    vec![Item {
        what: "given-up",
        stage: Some("cancelled"),
        word: Some(label("Won't do")),
        day: Some(day(11, 17)),
        when: Some("Tue 17 Nov".to_owned()),
        ..item("ING-9", "task", "Second parser for the old format")
    }]
}

pub(super) fn moved() -> Vec<Item> {
    let in_days = |key, what, title| Item {
        what,
        stage: Some("in-progress"),
        day: Some(day(11, 20)),
        when: Some("Fri 20 Nov".to_owned()),
        ..item(key, "task", title)
    };
    vec![
        Item {
            stage: Some("in-review"),
            word: Some(label("Code review")),
            requests: vec![request("#219", "open")],
            ..in_days("ING-11", "moved", "Retry uploads that fail")
        },
        in_days("ING-12", "started", "Count rows while reading"),
        Item {
            commits: texts(&["e81b3c02d4", "19ac77f0e2"]),
            ..in_days("ING-13", "worked-on", "Backfill of October")
        },
        in_days("ING-4", "reopened", "Empty columns at the end"),
        Item {
            project: "site".to_owned(),
            stage: Some("todo"),
            ..in_days("WEB-33", "created", "Links in the footer")
        },
    ]
}

pub(super) fn in_progress() -> Vec<Item> {
    vec![
        Item {
            stage: Some("in-progress"),
            word: Some(label("Doing")),
            started: Some(day(11, 18)),
            workdays: Some(4),
            idle: Some(0),
            due: Some(day(11, 20)),
            due_words: Some("Fri 20 Nov".to_owned()),
            overdue: true,
            ..item("ING-13", "task", "Backfill of October")
        },
        Item {
            project: "site".to_owned(),
            stage: Some("in-progress"),
            started: Some(day(11, 23)),
            workdays: Some(1),
            due: Some(day(11, 27)),
            due_words: Some("Fri 27 Nov".to_owned()),
            requests: vec![Request {
                id: "acme/site#40".to_owned(),
                key: "#40".to_owned(),
                state: "draft",
            }],
            ..item("WEB-33", "task", "Links in the footer")
        },
    ]
}

pub(super) fn waiting() -> Vec<Item> {
    vec![
        Item {
            stage: Some("in-review"),
            waits_for: Some("review"),
            waited: Some(3),
            requests: vec![request("#219", "open")],
            ..item("ING-11", "task", "Retry uploads that fail")
        },
        Item {
            stage: Some("in-progress"),
            word: Some(label("Blocked")),
            waits_for: Some("others"),
            waited: Some(1),
            ..item("ING-14", "task", "Read from the new bucket")
        },
    ]
}

pub(super) fn stale() -> Vec<Item> {
    vec![Item {
        stage: Some("in-progress"),
        started: Some(day(10, 26)),
        workdays: Some(21),
        idle: Some(12),
        ..item("ING-2", "task", "Tidy the command line's help")
    }]
}
