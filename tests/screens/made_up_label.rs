//! A made-up label, put into words as the worker does.

use chrono::NaiveDate;
use inward::app::effect::PrivacyAsk;
use inward::app::privacy::{PrivacyView, TableView};
use inward::app::view::Kept;
use inward::model::privacy::{
    Ageing, ColumnLabel, FileState, Label, LayerState, LogEntry, LogState, Place, Switch,
    TableLabel, WentOut,
};
use inward::report::privacy_page;

use crate::world::{World, clean};

const OID: ColumnLabel = ColumnLabel {
    column: "oid",
    what: "the id of the commit, as git says it",
    why: "so that the same commit is counted once, however often and in however many clones it is met",
    read_by: "every count of commits; the Work page",
    switch: None,
};

const SUMMARY: ColumnLabel = ColumnLabel {
    column: "summary",
    what: "the first line of the message",
    why: "so that a row can be recognised",
    read_by: "the Work page, drafts, `inward log`",
    switch: Some("summaries"),
};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn table(table: &'static str, rows: u64, holds: &'static str, dated: bool) -> TableLabel {
    TableLabel {
        table,
        rows,
        days: dated.then(|| (day(2025, 10, 6), day(2026, 11, 19))),
        holds,
        columns: vec![OID, SUMMARY],
    }
}

/// The label of a kept store, or of a run that keeps nothing.
pub(crate) fn label(kept: bool) -> Label {
    Label {
        place: Place {
            data_dir: clean("~/.local/share/inward"),
            store: clean("~/.local/share/inward/inward.db"),
            file: if kept { "plain" } else { "nothing kept" },
            bytes: if kept { 2_140_000 } else { 0 },
            disk_encryption: "unknown".to_owned(),
            leaves_the_machine: None,
            override_given: false,
        },
        files: files(kept),
        offline: "OFFLINE: enforced by kernel".to_owned(),
        layers: layers(),
        keep: switches(),
        tables: tables(),
        never_kept: "file contents, diffs, message bodies, other people's names, addresses, \
                     commits or tasks"
            .to_owned(),
        seized: seized(kept),
        ageing: ageing(),
        log: log(kept),
        last_check: kept.then(|| day(2026, 10, 16)),
    }
}

fn files(kept: bool) -> Vec<FileState> {
    let file = |path: &str, bytes, mode: &str| FileState {
        path: clean(path),
        bytes,
        mode: mode.to_owned(),
        open_to_others: mode != "0600",
    };
    if kept {
        vec![
            file("inward.db", 2_140_000, "0600"),
            file("ballast", 1_048_576, "0600"),
            file("roots.toml", 412, "0644"),
        ]
    } else {
        Vec::new()
    }
}

fn layers() -> Vec<LayerState> {
    let layer = |name: &str, detail: &str| LayerState {
        name: name.to_owned(),
        holds: true,
        detail: detail.to_owned(),
    };
    vec![
        layer(
            "files",
            "Landlock ABI 7: named folders only, repositories read-only",
        ),
        layer("tcp", "Landlock refuses bind and connect"),
        layer(
            "signals",
            "Landlock keeps signals and abstract sockets inside",
        ),
        layer(
            "calls",
            "seccomp refuses sockets, programs, new processes, tracing",
        ),
        layer("privileges", "none can be gained (no_new_privs)"),
        layer("memory", "no core file, no tracing by the same user"),
    ]
}

fn switches() -> Vec<Switch> {
    let switch = |name, on, about| Switch { name, on, about };
    vec![
        switch("hours", true, "times of day; off: dates only"),
        switch("reflog", false, "what you did to branches, 180 days"),
        switch("summaries", true, "first lines of commit messages"),
    ]
}

fn tables() -> Vec<TableLabel> {
    vec![
        table("identities", 3, "your own addresses", false),
        table(
            "repositories",
            6,
            "names and first commits of what is read",
            false,
        ),
        table(
            "commits",
            1_204,
            "your commits: ids, times, first lines",
            true,
        ),
        table(
            "file_changes",
            8_817,
            "lines added and deleted, by file of a commit",
            true,
        ),
        table(
            "sightings",
            1_377,
            "which repository holds which commit",
            false,
        ),
        table("mentions", 412, "task keys that your messages name", false),
        table(
            "branches",
            61,
            "names of branches your commits were made on",
            false,
        ),
        table("tasks", 340, "your tasks: key, title, stages", true),
        table(
            "transitions",
            1_911,
            "when a task moved from stage to stage",
            true,
        ),
        table(
            "reviews",
            97,
            "reviews of yours: repository, number, times",
            true,
        ),
        table("time_entries", 0, "recorded times", false),
        table("notes", 4, "notes you took", true),
        table("tombstones", 2, "keyed hashes of what was forgotten", false),
        table("audit", 31, "this log", true),
    ]
}

fn seized(kept: bool) -> Vec<String> {
    if kept {
        vec![
            "On which 214 days between 6 Oct 2025 and 19 Nov you committed, and at what hours."
                .to_owned(),
            "Your 3 addresses, and the names of 6 repositories.".to_owned(),
            "The titles of 340 tasks, and how long each of them took.".to_owned(),
        ]
    } else {
        Vec::new()
    }
}

fn ageing() -> Vec<Ageing> {
    vec![
        Ageing {
            what: "ref events",
            after_days: Some(180),
            next: Some(day(2026, 11, 25)),
            rows: 31,
        },
        Ageing {
            what: "commits",
            after_days: None,
            next: None,
            rows: 0,
        },
    ]
}

fn log(kept: bool) -> LogState {
    let entry = |d, action: &str, object: &str, n| LogEntry {
        day: day(2026, 11, d),
        action: clean(action),
        object: clean(object),
        n,
    };
    LogState {
        entries: if kept { 31 } else { 0 },
        verdict: "whole".to_owned(),
        newest: vec![
            entry(19, "scan", "repository 2", 18),
            entry(17, "draft", "", 1_812),
            entry(16, "import", "import 4", 41),
            entry(2, "forget", "repository 5", 212),
        ],
        shares: 0,
        out: vec![WentOut {
            action: "draft",
            words: ("draft", "drafts"),
            times: 1,
            last: day(2026, 11, 17),
        }],
    }
}

/// The page of the record in `world`.
pub(crate) fn view(world: &World, ask: PrivacyAsk) -> PrivacyView {
    let facts = world.state.facts.as_ref();
    let kept = facts.is_none_or(|facts| facts.kept != Kept::Memory);
    let label = label(kept);
    let receipt = kept.then_some("9f3ac01b77d2e418");
    let table = |one: &TableLabel| TableView {
        name: one.table,
        rows: privacy_page::columns(one, ask.today),
    };
    PrivacyView {
        id: ask.id,
        parts: privacy_page::parts(&label, receipt, ask.today),
        tables: label.tables.iter().map(table).collect(),
    }
}
