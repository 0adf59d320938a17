//! A store of an older layout is brought up to date and read again in place.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, MAIN_DB, params, params_from_iter};

use super::{Facts, Finish, Store, migrations, raw};
use crate::model::commit::{CommitRecord, Mention, mark};
use crate::model::identity::{Address, Me};
use crate::model::ids::{CommitId, Oid};
use crate::model::moment::Moment;
use crate::model::place::{Place, Root};
use crate::model::text::Clean;

const NOW: i64 = 1_790_000_000;

/// The image of a store of layout 1 with one commit of one file, its walk finished.
fn first_layout(common_dir: &str) -> Vec<u8> {
    let mut conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(include_str!("schema_1.sql")).unwrap();
    conn.execute_batch(&format!(
        "PRAGMA application_id = {}; PRAGMA user_version = 1;
         INSERT INTO meta VALUES ('key', zeroblob(32));
         INSERT INTO identities VALUES (1, 0, 'ada@example.org', 0, 1);
         INSERT INTO repositories VALUES (1, x'00112233445566778899aabbccddeeff', 'r', zeroblob(20), 0, 0, 1, 1);
         INSERT INTO paths VALUES (1, x'61');
         INSERT INTO commits VALUES (5, x'{}', 1, 1700000000, 60, 1700000000, 'the change', 0,
           NULL, 1, 42, NULL, NULL, 1);
         INSERT INTO sightings VALUES (1, 5, 1);
         INSERT INTO file_changes VALUES (5, 1, NULL, 3, 1, 0, 0);
         INSERT INTO blocks VALUES (1, 0, x'00', x'00');",
        super::pragmas::APPLICATION_ID,
        oid()
    ))
    .unwrap();
    conn.execute(
        "INSERT INTO places VALUES (1, 1, ?1, ?1)",
        params![common_dir.as_bytes()],
    )
    .unwrap();
    conn.serialize(MAIN_DB).unwrap().to_vec()
}

fn oid() -> Oid {
    Oid([7; 20])
}

fn address() -> Address {
    Address::new(b"ada@example.org").unwrap()
}

fn read_again() -> CommitRecord {
    CommitRecord {
        oid: oid(),
        author: address(),
        authored: Moment::new(1_700_000_000, 60),
        committed_utc: 1_700_000_000,
        summary: Clean::label(b"the change"),
        merge: false,
        assisted: false,
        lines_known: true,
        files: Vec::new(),
        patch: Some(77),
        mentions: vec![Mention::plain(Clean::label(b"PAY-12"))],
        marks: mark::REFORMAT,
    }
}

#[test]
fn a_store_of_the_first_layout_is_read_again_in_place() {
    let path = PathBuf::from("/home/ada/r/.git");
    let image = first_layout("/home/ada/r/.git");
    let mut store = Store::from_image(&image, NOW).unwrap();
    let log = store.audit_rows().unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(
        (log[0].action.as_str(), log[0].object.as_str()),
        ("migrate", "layout 1")
    );
    assert_eq!(log[0].n, u64::from(super::migrations::newest()));
    let (data, _) = store.dataset(NOW).unwrap();
    assert_eq!(data.commits.id, [CommitId(5)]);
    assert!(store.known().unwrap().is_empty(), "it is to be read again");
    let place = Place {
        path: path.clone(),
        git_dir: path.clone(),
        common_dir: path,
        alternates: Vec::new(),
        trusted: false,
    };
    let mut writer = store.writer(&place, false);
    writer.sighting(oid(), true);
    writer.commit(read_again()).unwrap();
    let root = Root {
        path: PathBuf::from("/"),
        trusted: false,
        since: None,
        exclude: Vec::new(),
    };
    let written = writer
        .finish(&Finish {
            me: &Me::new([address()]),
            root: &root,
            facts: Facts::default(),
            tips: &[],
            default_tips: &[oid()],
            pending: &[(oid(), Oid::ZERO)],
            stamp: None,
            now_utc: NOW,
        })
        .unwrap();
    assert_eq!(written.added, 0);
    let rows = store.commit_rows(&[CommitId(5)]).unwrap();
    assert_eq!(rows.len(), 1, "the row keeps its number");
    assert_eq!((rows[0].marks, rows[0].files), (mark::REFORMAT, 0));
    assert_eq!(rows[0].mentions, [Clean::label(b"PAY-12")]);
    assert_eq!(store.commit_count().unwrap(), 1);
    assert!(store.known().unwrap().contains(&oid()));
    let me = Me::new([address()]);
    let frontier = store.frontier(&place, &me, &root).unwrap().unwrap();
    assert_eq!(frontier.default_tips, [oid()]);
    assert_eq!(frontier.pending, [(oid(), Oid::ZERO)]);
    let moved = Root {
        since: chrono::NaiveDate::from_ymd_opt(2020, 1, 1),
        path: Path::new("/").to_path_buf(),
        ..root
    };
    assert_eq!(store.frontier(&place, &me, &moved).unwrap(), None);
}

/// Rows by table: the values by the columns that the table had then.
type Rows = Vec<(String, Vec<String>, Vec<Value>)>;

/// Puts a row into every table, such that each row that another one refers to is there.
fn fill(conn: &Connection) -> Rows {
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    let mut rows = Vec::new();
    for table in raw::tables(conn).unwrap() {
        let mut query = conn
            .prepare("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid")
            .unwrap();
        let columns = query.query_map([&table.name], |row| Ok((row.get(0)?, row.get(1)?)));
        let columns: Vec<(String, String)> = columns.unwrap().map(Result::unwrap).collect();
        let value = |(name, kind): &(String, String)| match (kind.as_str(), name.as_str()) {
            // Young enough that nothing of it ages.
            ("INTEGER", "utc" | "committed_utc") => Value::Integer(NOW - 864_000),
            ("INTEGER", _) => Value::Integer(1),
            ("REAL", _) => Value::Real(1.5),
            ("TEXT", _) => Value::Text(format!("{name} of {}", table.name)),
            (_, "oid" | "squash" | "squashed_by" | "reverts") => Value::Blob(vec![7; 20]),
            (_, "digest" | "mac" | "prev") => Value::Blob(vec![7; 32]),
            (_, "hash") if table.name == "tombstones" => Value::Blob(vec![7; 32]),
            _ => Value::Blob(vec![7; 16]),
        };
        let row: Vec<Value> = match table.name.as_str() {
            "meta" => vec![Value::Text("key".to_owned()), Value::Blob(vec![7; 32])],
            _ => columns.iter().map(value).collect(),
        };
        conn.execute(&table.insert(), params_from_iter(&row))
            .unwrap();
        let columns = columns.into_iter().map(|(name, _)| name).collect();
        rows.push((table.name, columns, row));
    }
    let broken: i64 = conn
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(broken, 0);
    rows
}

/// What a later layout tells again by itself.
fn is_derived(table: &str, column: &str) -> bool {
    matches!(table, "blocks" | "stale" | "unlinked" | "links")
        || (table == "commits" && matches!(column, "twin_of" | "squashed_by" | "fate"))
}

#[test]
fn a_store_of_every_earlier_layout_keeps_each_of_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    for layout in 1..=migrations::newest() {
        let path = folder.path().join(format!("layout-{layout}.db"));
        let conn = Connection::open(&path).unwrap();
        assert!(migrations::make(&conn, layout).unwrap());
        let rows = fill(&conn);
        drop(conn);
        let store = Store::open(&path, NOW).unwrap();
        store.quick_check().unwrap();
        let log = store.audit_rows().unwrap();
        let is_told = log.iter().any(|entry| {
            entry.action.as_str() == "migrate"
                && entry.object.as_str() == format!("layout {layout}")
        });
        assert_eq!(is_told, layout < migrations::newest(), "{layout}");
        drop(store);
        let conn = Connection::open(&path).unwrap();
        assert_eq!(migrations::layout(&conn).unwrap(), migrations::newest());
        for (table, columns, row) in rows {
            for (column, value) in columns.iter().zip(&row) {
                if is_derived(&table, column) {
                    continue;
                }
                let sql = format!("SELECT count(*) FROM \"{table}\" WHERE \"{column}\" IS ?1");
                let n: u64 = conn.query_row(&sql, [value], |row| row.get(0)).unwrap();
                assert!(n > 0, "layout {layout}: {table}.{column} lost {value:?}");
            }
        }
    }
}
