//! What stands in the tables of imports, looked at from within.

use std::convert::Infallible;

use rusqlite::types::Value;

use super::{NewImport, Store, TaskRow};
use crate::model::moment::Moment;
use crate::model::stage::Status;
use crate::model::task::{Entry, Fact, LooseEntry, TaskFacts, When};
use crate::model::text::Clean;

const NOW: i64 = 1_790_000_000;

fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

fn named(aliases: &[&str], updated: i64) -> Fact {
    Fact::Task(Box::new(TaskFacts {
        source: clean("jira"),
        key: clean(aliases[0]),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        title: clean(&aliases.join(" and ")),
        status: Status::word("To Do"),
        updated: Some(When::At(Moment::new(NOW + updated, 0))),
        ..TaskFacts::default()
    }))
}

fn hours(on: &str, seconds: i64) -> Fact {
    let start = When::Day(chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    Fact::Entry(Box::new(LooseEntry {
        source: clean("harvest"),
        entry: Entry {
            id: None,
            start,
            end: None,
            seconds: Some(seconds),
            note: None,
        },
        project: Some(clean(on)),
        task: None,
        tags: Vec::new(),
        busy: false,
    }))
}

fn import(store: &mut Store, n: u8, facts: &[Fact]) -> u64 {
    let file = NewImport {
        format: "jira-csv".to_owned(),
        source: "jira".to_owned(),
        name: clean("export.csv"),
        digest: [n; 32],
        zone: "UTC".to_owned(),
        modified: None,
    };
    let imported = store.import(&file, true, |writer| {
        for fact in facts {
            writer.put(fact).unwrap();
        }
        Ok::<(), Infallible>(())
    });
    imported.unwrap().unwrap().id
}

/// Every row of every table of imports, by column; subjects and observations by number.
fn everything(store: &Store) -> Vec<String> {
    let tables = [
        "imports",
        "subjects",
        "observations",
        "task_seen",
        "aliases",
        "tasks",
        "transitions",
        "reviews",
        "time_entries",
    ];
    let mut all = Vec::new();
    for table in tables {
        let mut query = store
            .conn
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let columns = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values = (0..columns).map(|column| row.get::<_, Value>(column).unwrap());
            all.push(format!("{table} {:?}", values.collect::<Vec<_>>()));
        }
    }
    all.sort_unstable();
    all
}

fn titles(store: &Store) -> Vec<String> {
    let title = |task: TaskRow| task.facts.title.to_string();
    let mut titles: Vec<String> = store.tasks().unwrap().into_iter().map(title).collect();
    titles.sort_unstable();
    titles
}

#[test]
fn three_tasks_that_a_later_export_shows_to_be_one_are_three_again_without_it() {
    let mut store = Store::memory(NOW).unwrap();
    import(&mut store, 1, &[named(&["a"], 1), named(&["b"], 2)]);
    import(&mut store, 2, &[named(&["c"], 3)]);
    let before = everything(&store);
    let id = import(&mut store, 3, &[named(&["c", "a", "b"], 0)]);
    assert_eq!(titles(&store), ["c"], "the newest of them names it");
    let undone = store.undo_import(id).unwrap().unwrap();
    assert_eq!((undone.removed, undone.changed), (0, 3));
    assert_eq!(titles(&store), ["a", "b", "c"]);
    // The numbers may differ, the number of rows may not.
    assert_eq!(everything(&store).len(), before.len());
    for id in [1, 2] {
        store.undo_import(id).unwrap().unwrap();
    }
    assert_eq!(everything(&store), Vec::<String>::new());
}

#[test]
fn an_undone_import_leaves_every_table_as_it_was() {
    let mut store = Store::memory(NOW).unwrap();
    import(&mut store, 1, &[named(&["a"], 1), hours("Ingest", 60)]);
    let before = everything(&store);
    let other = [named(&["a"], 5), named(&["b"], 2), hours("Ingest", 90)];
    let id = import(&mut store, 2, &other);
    assert_ne!(everything(&store), before);
    store.undo_import(id).unwrap().unwrap();
    assert_eq!(everything(&store), before);
}

#[test]
fn two_rows_of_one_day_are_two_entries_in_any_file() {
    let mut store = Store::memory(NOW).unwrap();
    let rows = [
        hours("Ingest", 60),
        hours("Ingest", 60),
        hours("Export", 60),
    ];
    let count = |store: &Store| -> u64 {
        let sql = "SELECT count(*) FROM time_entries";
        store.conn.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    import(&mut store, 1, &rows);
    assert_eq!(count(&store), 3);
    import(&mut store, 2, &rows[..2]);
    assert_eq!(
        count(&store),
        3,
        "a second export of the day doubles nothing"
    );
}

#[test]
fn facts_that_were_tampered_with_are_an_error_that_says_what_to_do() {
    let plant = |facts: &str| {
        let mut store = Store::memory(NOW).unwrap();
        import(&mut store, 1, &[named(&["a"], 1)]);
        let sql = "UPDATE observations SET facts = ?1";
        store.conn.execute(sql, [facts]).unwrap();
        store
    };
    for facts in ["", "{", "[7]", "7", "{\"due\":{\"day\":\"2026-02-31\"}}"] {
        let mut store = plant(facts);
        let fed = store.import(&file_of_a(), true, |writer| writer.put(&named(&["a"], 9)));
        let error = fed.unwrap_err();
        assert_eq!(error.exit_code(), 4, "{facts}: {error}");
        assert!(error.to_string().contains("inward rebuild"), "{error}");
        assert_eq!(store.imports().unwrap().len(), 1, "nothing of it is kept");
        store.forget(&super::Forget::All).unwrap();
        assert_eq!(everything(&store), Vec::<String>::new(), "and it can go");
    }
    for sql in [
        "UPDATE tasks SET updated = 3",
        "UPDATE tasks SET category = 9",
        "UPDATE tasks SET kind = 77",
        "UPDATE tasks SET tags = '{'",
    ] {
        let store = plant("{}");
        store.conn.execute(sql, []).unwrap();
        assert_eq!(store.tasks().unwrap_err().exit_code(), 4, "{sql}");
    }
}

fn file_of_a() -> NewImport {
    NewImport {
        format: "jira-csv".to_owned(),
        source: "jira".to_owned(),
        name: clean("second.csv"),
        digest: [9; 32],
        zone: "UTC".to_owned(),
        modified: None,
    }
}

#[test]
fn other_names_of_a_task_are_kept_as_keyed_hashes() {
    let mut store = Store::memory(NOW).unwrap();
    import(&mut store, 1, &[named(&["a", "zq-canary-alias"], 1)]);
    let title = "UPDATE tasks SET title = ''";
    store.conn.execute(title, []).unwrap();
    let facts = "UPDATE observations SET facts = ''";
    store.conn.execute(facts, []).unwrap();
    let rows = everything(&store).join("\n");
    assert!(!rows.contains("canary"), "{rows}");
}

#[test]
fn ten_thousand_tasks_come_and_go() {
    let mut store = Store::memory(NOW).unwrap();
    let names: Vec<String> = (0..10_000).map(|n| format!("ING-{n}")).collect();
    let facts: Vec<Fact> = names.iter().map(|name| named(&[name], 1)).collect();
    import(&mut store, 1, &facts);
    let again = import(&mut store, 1, &facts);
    assert_eq!(again, 1);
    assert_eq!(store.tasks().unwrap().len(), 10_000);
    store.undo_import(1).unwrap().unwrap();
    assert_eq!(everything(&store), Vec::<String>::new());
}
