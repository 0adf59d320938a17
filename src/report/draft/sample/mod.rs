//! A draft with every list filled, and one with none: what templates of the owner are checked
//! against, and what the built-in texts are shown with. Nothing in it is real.

mod items;

use chrono::NaiveDate;

use super::{
    Change, Code, DRAFT_SCHEMA, Draft, Event, Helped, Kind, LimitLine, Loose, NoteLine, OldExport,
    Outcome, Piece, Project, Reviews, Said, Seen, Since,
};
use crate::model::period::Range;
use crate::model::text::Clean;

/// A draft of `kind` with every list filled, ids of evidence wanted.
pub fn full(kind: Kind) -> Draft {
    let standup = kind == Kind::Standup;
    Draft {
        since: standup.then(since),
        projects: projects(),
        finished: items::finished(),
        given_up: items::given_up(),
        moved: items::moved(),
        in_progress: items::in_progress(),
        waiting: items::waiting(),
        stale: items::stale(),
        loose: loose(),
        unlanded: if standup { Vec::new() } else { unlanded() },
        reviews: reviews(),
        helped: vec![Helped {
            project: "ingest".to_owned(),
            commits: 2,
        }],
        notes: notes(),
        events: events(),
        ahead: vec![event("note 9", "leave", (11, 26), (11, 27), "")],
        outcomes: outcomes(),
        limits: if standup { Vec::new() } else { limits() },
        changes: if standup { Vec::new() } else { changes() },
        code: Code {
            commits: 31,
            without_task: 9,
            unlanded: if standup { 0 } else { 4 },
            repositories: 2,
            days: 5,
        },
        seen: (!standup).then(seen),
        old_exports: vec![OldExport {
            source: label("jira"),
            day: day(11, 19),
            when: "Thu 19 Nov".to_owned(),
        }],
        ..empty(kind)
    }
}

/// A draft of `kind` about days of which nothing is known.
pub fn empty(kind: Kind) -> Draft {
    let (from, days) = match kind {
        Kind::Standup => (day(11, 20), "Fri 20 to Mon 23 Nov"),
        Kind::Week => (day(11, 16), "Mon 16 to Sun 22 Nov"),
        Kind::Month => (day(11, 1), "1 to 30 Nov"),
        Kind::Review => (day(7, 1), "1 Jul to 30 Nov"),
    };
    let to = match kind {
        Kind::Standup => day(11, 23),
        Kind::Week => day(11, 22),
        Kind::Month | Kind::Review => day(11, 30),
    };
    Draft {
        schema: DRAFT_SCHEMA,
        kind,
        today: day(11, 23),
        range: Range { from, to },
        days: days.to_owned(),
        running: to > day(11, 22),
        ids: true,
        since: None,
        projects: Vec::new(),
        finished: Vec::new(),
        given_up: Vec::new(),
        moved: Vec::new(),
        in_progress: Vec::new(),
        waiting: Vec::new(),
        stale: Vec::new(),
        loose: Vec::new(),
        unlanded: Vec::new(),
        reviews: Vec::new(),
        helped: Vec::new(),
        notes: Vec::new(),
        events: Vec::new(),
        ahead: Vec::new(),
        outcomes: Vec::new(),
        limits: Vec::new(),
        changes: Vec::new(),
        code: Code::default(),
        seen: None,
        old_exports: Vec::new(),
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

fn label(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn since() -> Since {
    Since {
        day: day(11, 20),
        words: "Friday".to_owned(),
        because: vec!["weekend"],
    }
}

fn projects() -> Vec<Project> {
    let ingest = Project {
        name: "ingest".to_owned(),
        finished: 9,
        kinds: texts(&["6 bugs", "2 stories", "1 pull request"]),
        more: 6,
        more_kinds: texts(&["6 bugs"]),
        commits: 22,
        days: "Mon 16 to Fri 20 Nov".to_owned(),
    };
    let site = Project {
        name: "site".to_owned(),
        finished: 1,
        kinds: texts(&["1 task"]),
        more: 0,
        more_kinds: Vec::new(),
        commits: 9,
        days: "Tue 17 to Thu 19 Nov".to_owned(),
    };
    vec![ingest, site]
}

fn said(text: &str, kind: Option<&'static str>, ids: &[&str]) -> Said {
    Said {
        text: text.to_owned(),
        kind,
        ids: texts(ids),
    }
}

fn loose() -> Vec<Loose> {
    let build = Piece {
        area: Some("build".to_owned()),
        commits: 5,
        days: "Mon 16 to Wed 18 Nov".to_owned(),
        said: vec![
            said(
                "cache what did not change",
                Some("feature"),
                &["3f0a1b2c4d"],
            ),
            said("pin the compiler", None, &["9e8d7c6b5a", "1a2b3c4d5e"]),
        ],
        more: 2,
        ids: texts(&[
            "3f0a1b2c4d",
            "9e8d7c6b5a",
            "1a2b3c4d5e",
            "6f7e8d9c0b",
            "2b3c4d5e6f",
        ]),
        shown: true,
    };
    let alone = Piece {
        area: None,
        commits: 1,
        days: "Thu 19 Nov".to_owned(),
        said: vec![said(
            "Say what a cut file looks like",
            Some("docs"),
            &["d00dfeed01"],
        )],
        more: 0,
        ids: texts(&["d00dfeed01"]),
        shown: true,
    };
    let small = Piece {
        area: Some("scripts".to_owned()),
        commits: 3,
        days: "Fri 20 Nov".to_owned(),
        said: Vec::new(),
        more: 3,
        ids: texts(&["aa00bb11cc", "dd22ee33ff", "0a1b2c3d4e"]),
        shown: false,
    };
    vec![Loose {
        project: "ingest".to_owned(),
        commits: 9,
        days: "Mon 16 to Fri 20 Nov".to_owned(),
        pieces: vec![build, alone, small],
        more: 1,
        more_commits: 3,
    }]
}

fn unlanded() -> Vec<Loose> {
    vec![Loose {
        project: "site".to_owned(),
        commits: 4,
        days: "Mon 9 to Thu 12 Nov".to_owned(),
        pieces: vec![Piece {
            area: Some("search".to_owned()),
            commits: 4,
            days: "Mon 9 to Thu 12 Nov".to_owned(),
            said: vec![said("Index the downloads", None, &["5a6b7c8d9e"])],
            more: 3,
            ids: texts(&["5a6b7c8d9e", "4d5e6f7a8b", "3c4d5e6f7a", "2b3c4d5e6a"]),
            shown: true,
        }],
        more: 0,
        more_commits: 0,
    }]
}

fn reviews() -> Vec<Reviews> {
    vec![
        Reviews {
            project: "ingest".to_owned(),
            requests: 2,
            times: 3,
            keys: texts(&["213", "217"]),
            ids: texts(&["acme/ingest#213", "acme/ingest#217"]),
        },
        Reviews {
            project: "site".to_owned(),
            requests: 1,
            times: 1,
            keys: texts(&["38"]),
            ids: texts(&["acme/site#38"]),
        },
    ]
}

fn notes() -> Vec<NoteLine> {
    let note = |id: &str, text: &str, impact| NoteLine {
        id: id.to_owned(),
        day: day(11, 18),
        when: "Wed 18 Nov".to_owned(),
        text: Clean::note(text),
        impact,
        task: None,
        project: None,
    };
    vec![
        NoteLine {
            task: Some(label("ING-7")),
            project: Some("ingest".to_owned()),
            ..note(
                "note 3",
                "Support had no ticket about broken files this week",
                true,
            )
        },
        note(
            "note 4",
            "Showed two colleagues how imports work\nThey took over the mapping",
            false,
        ),
    ]
}

fn event(id: &str, kind: &'static str, from: (u32, u32), to: (u32, u32), text: &str) -> Event {
    let (from, to) = (day(from.0, from.1), day(to.0, to.1));
    let when = if from == to {
        from.format("%a %-d %b").to_string()
    } else {
        format!("{} to {}", from.format("%a %-d"), to.format("%a %-d %b"))
    };
    Event {
        id: id.to_owned(),
        kind,
        from,
        to,
        when,
        workdays: u64::try_from((to - from).num_days() + 1).unwrap_or_default(),
        text: label(text),
    }
}

fn events() -> Vec<Event> {
    vec![
        event("note 5", "oncall", (11, 16), (11, 18), ""),
        event("note 6", "launch", (11, 19), (11, 19), "imports 2.0"),
        event("note 7", "leave", (11, 20), (11, 20), ""),
        event("note 8", "holiday", (11, 17), (11, 17), "Founders' day"),
    ]
}

fn outcomes() -> Vec<Outcome> {
    let outcome = |id: &str, text: &str, state, done, tasks| Outcome {
        id: id.to_owned(),
        text: Clean::note(text),
        state,
        day: (state != "open").then(|| day(11, 19)),
        when: (state != "open").then(|| "Thu 19 Nov".to_owned()),
        tasks,
        tasks_done: done,
    };
    vec![
        outcome("goal 2", "No import is lost without a word", "done", 5, 5),
        outcome(
            "goal 4",
            "Old format read by the new parser",
            "dropped",
            1,
            4,
        ),
        outcome("goal 5", "Backfill of the whole year", "open", 2, 6),
        outcome("goal 6", "Speak at the users' day", "open", 0, 0),
    ]
}

fn limits() -> Vec<LimitLine> {
    let limit = |id: &str, metric: &str, title: &str, most: &str| LimitLine {
        id: id.to_owned(),
        metric: metric.to_owned(),
        title: title.to_owned(),
        most: most.to_owned(),
        per: "week",
        of: 4,
        kept: 3,
        value: Some("8%".to_owned()),
        so_far: true,
    };
    vec![
        limit("goal 3", "after_hours_share", "After hours", "10%"),
        LimitLine {
            of: 0,
            kept: 0,
            value: None,
            ..limit("goal 7", "wip", "Work in progress", "3")
        },
    ]
}

fn changes() -> Vec<Change> {
    let change = |metric, title, state, words: &str| Change {
        metric,
        title,
        state,
        words: words.to_owned(),
        value: Some("6.1d".to_owned()),
        was: Some("4.0d".to_owned()),
        usual: Some("2-5d".to_owned()),
    };
    let bare = |metric, title, state, words| Change {
        value: None,
        was: None,
        usual: None,
        ..change(metric, title, state, words)
    };
    vec![
        change(
            "cycle_time",
            "Cycle time",
            "outside",
            "the week of 9 Nov left the usual range",
        ),
        change(
            "review_received",
            "Wait for review",
            "shift",
            "the last 8 whole weeks all lie above the mean: a change, not noise",
        ),
        change("throughput", "Throughput", "usual", "probably noise"),
        bare("commits", "Commits", "usual", "probably noise"),
        bare("rework", "Rework", "too-few", "3 whole weeks; from 6"),
    ]
}

fn seen() -> Seen {
    Seen {
        seen: 4,
        of: 5,
        words: "Git and exports saw 4 of 5 workdays. Thinking, helping, design and talk leave no \
                trace here; a low number is not little work."
            .to_owned(),
    }
}
