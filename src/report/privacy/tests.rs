use chrono::NaiveDate;

use super::*;
use crate::model::privacy::{
    Ageing, ColumnLabel, FileState, LogEntry, LogState, Place, Switch, TableLabel,
};
use crate::model::privacy_page::Section;
use crate::model::text::Clean;
use crate::report::privacy_page;
use unicode_width::UnicodeWidthStr;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

fn label() -> Label {
    Label {
        place: Place {
            data_dir: clean("/home/ada/.local/share/inward"),
            store: clean("/home/ada/.local/share/inward/inward.db"),
            file: "plain",
            bytes: 1_234_567,
            disk_encryption: "unknown".to_owned(),
            ..Place::default()
        },
        files: vec![FileState {
            path: clean("/home/ada/.local/share/inward/inward.db"),
            bytes: 1_234_567,
            mode: "0600".to_owned(),
            open_to_others: false,
        }],
        offline: "OFFLINE: enforced by kernel".to_owned(),
        layers: vec![LayerState {
            name: "files".to_owned(),
            holds: true,
            detail: "Landlock ABI 7: named folders only, repositories read-only".to_owned(),
        }],
        keep: vec![Switch {
            name: "titles",
            on: false,
            about: "titles of tasks and pull requests",
        }],
        tables: vec![
            table(
                "commits",
                1_203,
                Some((day("2024-01-02"), day("2026-11-20"))),
            ),
            table("goals", 0, None),
        ],
        never_kept: "file contents, diffs, message bodies, other people's names".to_owned(),
        seized: vec!["That you worked on 412 days between 2024-01-02 and 2026-11-20.".to_owned()],
        ageing: vec![Ageing {
            what: "ref events",
            after_days: Some(180),
            next: Some(day("2026-11-30")),
            rows: 12,
        }],
        log: LogState {
            entries: 2,
            verdict: "ok".to_owned(),
            newest: vec![LogEntry {
                day: day("2026-11-20"),
                action: clean("scan"),
                object: clean("repository 1"),
                n: 14,
            }],
            ..LogState::default()
        },
        last_check: Some(day("2026-10-19")),
    }
}

fn table(name: &'static str, rows: u64, days: Option<(NaiveDate, NaiveDate)>) -> TableLabel {
    TableLabel {
        table: name,
        rows,
        days,
        holds: "your rows, one a thing, nobody else's",
        columns: vec![ColumnLabel {
            column: "on_default_branch",
            what: "whether it is on the main line of its repository",
            why: "so that what has landed can be told from what has not",
            read_by: "figures delivered; page Work",
            switch: Some("titles"),
        }],
    }
}

fn text(width: Option<usize>, columns: bool) -> String {
    let label = label();
    let parts = privacy_page::parts(&label, Some("9f3a"), day("2026-11-22"));
    privacy_text(&parts, &label, None, Style { width, columns })
}

#[test]
fn the_sections_of_the_page_come_first_and_every_column_last() {
    let text = text(None, true);
    let mut heads: Vec<_> = Section::ALL.map(Section::title).into();
    heads.push("COLUMN BY COLUMN");
    let place = |head: &&str| {
        let at = text.find(&format!("\n{head}"));
        at.unwrap_or_else(|| panic!("{head}\n{text}"))
    };
    let places: Vec<_> = heads.iter().map(place).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("self-test 34 days ago"), "{text}");
}

#[test]
fn no_line_is_wider_than_the_terminal_and_no_word_is_lost() {
    let whole = text(None, true);
    for width in [40, 50, 64, 80, 120] {
        let folded = text(Some(width), true);
        for line in folded.lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
        let words = |text: &str| {
            let words = text.split_whitespace().map(str::to_owned);
            words.collect::<Vec<_>>()
        };
        assert_eq!(words(&folded), words(&whole), "{width}");
    }
}

#[test]
fn columns_can_be_left_out() {
    assert!(!text(None, false).contains("COLUMN BY COLUMN"));
    assert!(text(None, true).contains("[off: titles]"));
}
