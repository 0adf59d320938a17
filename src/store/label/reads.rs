//! Which statements of this room read which columns, as SQLite itself tells when it compiles them.
//!
//! Test code alone. A statement is a string of the sources that begins with a word of SQL; holes
//! for a condition are filled with one that is always true. What only writes a column, moves a row
//! to another repository or copies the whole file is no reader.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use crate::model::stage::StageWords;
use crate::store::Store;

/// A column: its table and its name.
pub(super) type Column = (String, String);
/// Who reads each column: names of files and folders of this room.
pub(super) type Readers = BTreeMap<Column, BTreeSet<String>>;

/// Every column of a new store, in the order of the file.
pub(super) fn schema(conn: &Connection) -> Vec<(String, Vec<String>)> {
    let list = |sql: &str| -> Vec<String> {
        let mut query = conn.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    };
    let tables = list("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    let columns = |table: String| {
        let columns = list(&format!("SELECT name FROM pragma_table_info('{table}')"));
        (table, columns)
    };
    tables.into_iter().map(columns).collect()
}

/// Columns that SQLite itself reads when what they name is erased: the row goes along.
pub(super) fn tied(conn: &Connection) -> BTreeSet<Column> {
    let keys = |(table, _): (String, Vec<String>)| {
        let sql = format!(
            "SELECT \"from\" FROM pragma_foreign_key_list('{table}') WHERE on_delete = 'CASCADE'"
        );
        let mut query = conn.prepare(&sql).unwrap();
        let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        names
            .map(|name| (table.clone(), name.unwrap()))
            .collect::<Vec<_>>()
    };
    schema(conn).into_iter().flat_map(keys).collect()
}

/// Who reads what, over all sources of this room.
pub(super) fn readers() -> Readers {
    let mut all = Readers::new();
    let mut store = store();
    for (room, text) in sources() {
        for sql in statements(&text) {
            add(&mut all, &room, reads(&mut store, &sql));
        }
    }
    // Their statements are put together from parts.
    let tasks = watched(&mut store, |store| {
        crate::store::tasks::list(&store.conn, &StageWords::default()).unwrap();
    });
    add(&mut all, "tasks", tasks);
    let label = watched(&mut store, |store| {
        store.label().unwrap();
        store.told().unwrap();
    });
    add(&mut all, "label", label);
    all
}

/// A store in which erasing one row does not look for the rows that go with it.
pub(super) fn store() -> Store {
    let store = Store::memory(0).unwrap();
    store
        .conn
        .pragma_update(None, "foreign_keys", false)
        .unwrap();
    store
}

fn add(all: &mut Readers, room: &str, columns: BTreeSet<Column>) {
    for column in columns {
        all.entry(column).or_default().insert(room.to_owned());
    }
}

/// What one statement reads; nothing where it is no whole statement.
pub(super) fn reads(store: &mut Store, sql: &str) -> BTreeSet<Column> {
    let mut result = Ok(());
    let mut seen = watched(store, |store| result = store.conn.prepare(sql).map(drop));
    if let Err(error) = result {
        // Tables that a run makes for itself are not there yet.
        assert!(
            sql.contains("1 /*?*/") || sql.contains("temp."),
            "{error}: {sql}"
        );
        return BTreeSet::new();
    }
    // A row that is there already is not read for its own sake.
    if let Some(target) = target(sql) {
        seen.retain(|(table, _)| *table != target);
    }
    seen
}

/// The table that an INSERT fills.
fn target(sql: &str) -> Option<String> {
    let words: Vec<&str> = sql.split_whitespace().take(6).collect();
    let first = words.first()?;
    if !matches!(*first, "INSERT" | "REPLACE") {
        return None;
    }
    let into = words.iter().position(|word| *word == "INTO")?;
    Some(words.get(into + 1)?.trim_matches('"').to_owned())
}

/// The columns that SQLite is asked to read while `run` runs.
fn watched(store: &mut Store, run: impl FnOnce(&Store)) -> BTreeSet<Column> {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let log = Arc::clone(&seen);
    let watch = move |asked: AuthContext<'_>| {
        if let AuthAction::Read {
            table_name,
            column_name,
        } = asked.action
        {
            let column = (table_name.to_owned(), column_name.to_owned());
            log.lock().unwrap().insert(column);
        }
        Authorization::Allow
    };
    store.conn.authorizer(Some(watch)).unwrap();
    run(store);
    seen.lock().unwrap().clone()
}

/// The sources of this room without their tests, each with the file or folder it belongs to.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&root).unwrap();
        let first = inside.components().next().unwrap();
        let part = Path::new(&first).file_stem().unwrap().to_string_lossy();
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        (part.into_owned(), code.to_owned())
    };
    files.into_iter().map(read).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "label" {
            // Watched at work instead.
            continue;
        }
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") && !name.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

/// The statements among the strings of a source.
pub(super) fn statements(source: &str) -> Vec<String> {
    let mut out = Vec::new();
    for text in strings(source) {
        let text = filled(&text);
        // A part of a statement that is used for each file of a commit.
        let text = match text.strip_prefix("(SELECT") {
            Some(rest) => format!("SELECT (SELECT{rest} FROM file_changes"),
            None => text,
        };
        for one in text.split(';') {
            let one = one.trim();
            let verbs = ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE"];
            if verbs
                .iter()
                .any(|verb| one.starts_with(&format!("{verb} ")))
            {
                out.push(one.to_owned());
            }
        }
    }
    out
}

/// The string with something true or nothing in its holes.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('{') {
        let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
        out.push_str(head);
        out.push_str(match name {
            "table" => "notes /* 1 /*?*/",
            _ => "1 /*?*/",
        });
        rest = after;
    }
    out + rest
}

/// The strings of a source, without the lines that only comment.
fn strings(source: &str) -> Vec<String> {
    let code: Vec<&str> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let mut out = Vec::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        // A quote as a character is no string.
        if c == '\'' && chars.peek() == Some(&'"') {
            chars.next();
            continue;
        }
        if c != '"' {
            continue;
        }
        let mut text = String::new();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => match chars.next() {
                    Some('n') => text.push('\n'),
                    Some('\n') => {
                        while chars.peek().is_some_and(|c| c.is_whitespace()) {
                            chars.next();
                        }
                    }
                    Some(other) => text.push(other),
                    None => break,
                },
                c => text.push(c),
            }
        }
        out.push(text);
    }
    out
}
