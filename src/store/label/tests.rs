use std::collections::BTreeSet;

use super::reads::{self, Column, Readers};
use super::{ERASING, GROUPS, ONLY_DUMP, TableText};
use crate::model::privacy::ColumnLabel;
use crate::store::Store;

/// What keeps, moves, erases or copies the file as a whole: it touches every column, and is no
/// reason to keep one.
const NO_READERS: &[&str] = &[
    "dump",
    "draft",
    "erase",
    "keep",
    "migrations",
    "raw",
    "read_back",
    "retain",
    "sealed",
    "settle",
    "take_over",
];

/// Columns that nothing uses, each with why it is there all the same. A new one has to get a
/// reader, not a line here.
const UNUSED: &[(&str, &str, &str)] = &[
    (
        "accounts",
        "added_day",
        "since when: for `inward me` to show",
    ),
    (
        "identities",
        "added_day",
        "since when: for `inward me` to show",
    ),
    (
        "ref_days",
        "kind",
        "what was done; aged with its event, awaits a figure",
    ),
    (
        "ref_days",
        "n",
        "how often; aged with its event, awaits a figure",
    ),
    ("ref_events", "id", "SQLite numbers every row"),
    ("repositories", "partial", "doctor asks git instead"),
    ("repositories", "shallow", "doctor asks git instead"),
    (
        "squashes",
        "offset_min",
        "when work landed: awaits a figure",
    ),
    ("squashes", "utc", "when work landed: awaits a figure"),
];

fn tables() -> impl Iterator<Item = &'static TableText> {
    GROUPS.iter().flat_map(|(_, tables)| *tables)
}

fn columns() -> impl Iterator<Item = (&'static str, &'static ColumnLabel)> {
    tables().flat_map(|table| table.columns.iter().map(|column| (table.table, column)))
}

/// What the file has and the texts do not tell, and the other way round.
fn differences(schema: &[(String, Vec<String>)], texts: &[(String, Vec<String>)]) -> Vec<String> {
    let mut out = Vec::new();
    for (table, columns) in schema {
        match texts.iter().find(|(name, _)| name == table) {
            None => out.push(format!("no text for table {table}")),
            Some((_, told)) if told != columns => {
                out.push(format!("{table} has {columns:?}, the texts tell {told:?}"));
            }
            Some(_) => {}
        }
    }
    let known = |name: &String| schema.iter().any(|(table, _)| table == name);
    let gone = texts.iter().filter(|(name, _)| !known(name));
    out.extend(gone.map(|(name, _)| format!("no table {name}")));
    out
}

fn texts() -> Vec<(String, Vec<String>)> {
    let names = |table: &TableText| table.columns.iter().map(|c| c.column.to_owned()).collect();
    tables()
        .map(|table| (table.table.to_owned(), names(table)))
        .collect()
}

#[test]
fn every_table_and_column_of_the_file_has_its_text_and_no_other() {
    let store = Store::memory(0).unwrap();
    let schema = reads::schema(&store.conn);
    assert!(schema.len() > 35, "{schema:?}");
    assert_eq!(differences(&schema, &texts()), Vec::<String>::new());
}

#[test]
fn a_column_or_table_without_a_text_is_seen() {
    let mut store = Store::memory(0).unwrap();
    let batch = "ALTER TABLE commits ADD COLUMN mood TEXT; CREATE TABLE diary (day INTEGER) STRICT";
    store.conn.execute_batch(batch).unwrap();
    let found = differences(&reads::schema(&store.conn), &texts());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].contains("mood") && found[1].contains("diary"),
        "{found:?}"
    );
    let mut told = texts();
    told[0].1.push("weather".to_owned());
    store = Store::memory(0).unwrap();
    assert_eq!(differences(&reads::schema(&store.conn), &told).len(), 1);
}

/// Columns that no statement reads but those that keep, erase or copy whole rows.
fn unread(schema: &[(String, Vec<String>)], readers: &Readers) -> Vec<Column> {
    let none = BTreeSet::new();
    let used = |column: &Column| {
        let who = readers.get(column).unwrap_or(&none);
        who.iter().any(|who| !NO_READERS.contains(&who.as_str()))
    };
    let all = schema.iter().flat_map(|(table, columns)| {
        columns
            .iter()
            .map(move |column| (table.clone(), column.clone()))
    });
    all.filter(|column| !used(column)).collect()
}

#[test]
fn no_column_is_kept_that_nothing_reads() {
    let readers = reads::readers();
    let store = Store::memory(0).unwrap();
    let mut excused: Vec<Column> = UNUSED
        .iter()
        .map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned()))
        .collect();
    let found = unread(&reads::schema(&store.conn), &readers);
    let tied = reads::tied(&store.conn);
    let found: Vec<_> = found
        .iter()
        .filter(|one| !excused.contains(one) && !tied.contains(one))
        .collect();
    assert!(found.is_empty(), "nothing reads {found:?}");
    // What nothing uses is said to the owner in so many words, and only that.
    let mut said: Vec<Column> = columns()
        .filter(|(_, column)| column.read_by == ONLY_DUMP)
        .map(|(table, column)| (table.to_owned(), column.column.to_owned()))
        .collect();
    let only_tied = columns().filter(|(_, column)| column.read_by == ERASING);
    for (table, column) in only_tied {
        let column = (table.to_owned(), column.column.to_owned());
        assert!(tied.contains(&column), "{column:?}");
    }
    said.sort();
    excused.sort();
    assert_eq!(said, excused);
}

#[test]
fn a_column_that_is_only_written_is_seen() {
    let schema = [(
        "notes".to_owned(),
        vec!["text".to_owned(), "mood".to_owned()],
    )];
    let found = unread(&schema, &reads::readers());
    assert_eq!(found, [("notes".to_owned(), "mood".to_owned())]);
    let mut store = reads::store();
    let mut read = |sql: &str| {
        let columns = reads::statements(&format!("let sql = \"{sql}\";"));
        columns
            .iter()
            .flat_map(|sql| reads::reads(&mut store, sql))
            .map(|(_, column)| column)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        read("INSERT INTO goals (id, text) VALUES (1, 'x')"),
        Vec::<String>::new()
    );
    assert_eq!(read("UPDATE goals SET text = 'x'"), Vec::<String>::new());
    assert_eq!(read("UPDATE goals SET text = 'x' WHERE id = 1"), ["id"]);
    assert_eq!(
        read("SELECT g.text FROM goals g WHERE {condition}"),
        ["text"]
    );
    assert_eq!(
        read("INSERT INTO goals (id, text) SELECT 1, text FROM notes"),
        ["text"]
    );
}

/// Whose statements each reader of the label may name. The rooms are files and folders of
/// `src/store`; a figure reads what makes the data set.
const FIGURES: &[&str] = &[
    "columns",
    "dataset",
    "dataset_choices",
    "dataset_fates",
    "dataset_links",
    "languages",
    "rows",
    "tasks",
    "work",
    "choices",
    // Days off.
    "notes",
    // What makes these out of what was read.
    "linking",
    "projects",
];

/// The rooms that a command or page reads by; `None`: any.
fn rooms(reader: &str) -> Option<Vec<&'static str>> {
    let own: &[&str] = match reader {
        "figures" => &[],
        "log" | "Work" | "week" | "standup" | "review" | "show" | "Rhythm" => &[
            "commit_rows",
            "find",
            "file_changes",
            "material",
            "notes",
            "goals",
            "rows",
            "links",
            "recorded",
            "folders",
            "derived",
            "branches",
        ],
        "me" => &["identities", "accounts", "commit_rows", "tombstones"],
        "repos" => &["repositories", "sightings", "commit_rows"],
        "goal" => &["goals"],
        "note" => &["notes"],
        "exclude" => &["choices", "row_names", "rows"],
        "privacy" => &["audit", "label"],
        _ => return None,
    };
    Some([own, FIGURES].concat())
}

/// What a text says that no statement bears out.
fn untrue(table: &str, column: &ColumnLabel, readers: &Readers) -> Vec<String> {
    let at = (table.to_owned(), column.column.to_owned());
    let who = readers.get(&at).cloned().unwrap_or_default();
    let mut out = Vec::new();
    for part in column.read_by.split("; ") {
        let words: Vec<&str> = part.split(' ').collect();
        let reader = match words.as_slice() {
            ["figures" | "every", ..] => "figures",
            ["inward" | "page", name, ..] => name,
            _ => continue,
        };
        if let Some(rooms) = rooms(reader)
            && !who.iter().any(|who| rooms.contains(&who.as_str()))
        {
            out.push(format!(
                "{table}.{}: {part}, but read in {who:?}",
                column.column
            ));
        }
    }
    out
}

#[test]
fn who_reads_a_column_is_true() {
    let readers = reads::readers();
    let found: Vec<String> = columns()
        .filter(|(_, column)| column.read_by != ONLY_DUMP)
        .flat_map(|(table, column)| untrue(table, column, &readers))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let invented = ColumnLabel {
        read_by: "figures commits",
        ..*columns()
            .find(|(table, column)| (*table, column.column) == ("audit", "mac"))
            .unwrap()
            .1
    };
    assert_eq!(untrue("audit", &invented, &readers).len(), 1);
}

#[test]
fn the_texts_are_whole_and_plain() {
    let mut seen = BTreeSet::new();
    for table in tables() {
        assert!(seen.insert(table.table), "{} twice", table.table);
        assert!(table.holds.len() > 15, "{}", table.table);
    }
    let switches = [
        "hours",
        "reflog",
        "notes",
        "titles",
        "summaries",
        "paths",
        "branches",
        "assistance",
    ];
    for (table, column) in columns() {
        let name = format!("{table}.{}", column.column);
        for text in [column.what, column.why, column.read_by] {
            assert!(text.len() > 3 && !text.ends_with('.'), "{name}: {text}");
        }
        assert!(
            column
                .switch
                .is_none_or(|switch| switches.contains(&switch)),
            "{name}"
        );
    }
    for switch in switches {
        assert!(
            columns().any(|(_, column)| column.switch == Some(switch)),
            "{switch}"
        );
    }
}
