//! A file that somebody else altered by SQLite itself: refused byte for byte as it is, or harmless.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fake::{Fake, fill};
use crate::git::NOW;
use inward::store::{Backup, Store, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

const FEW: Fake = Fake {
    commits: 20,
    files: 2,
};

fn filled(folder: &TempDir) -> PathBuf {
    let file = folder.path().join("store.db");
    fill(&mut Store::open(&file, NOW).unwrap(), &FEW);
    file
}

/// Every way in to the file, and what each says.
fn tried(file: &Path) -> Vec<Result<(), StoreError>> {
    let image = fs::read(file).unwrap();
    vec![
        Store::open_reading(file, NOW).map(drop),
        Backup::read(file, None, NOW).map(drop),
        Backup::is_at(file, None).and_then(|_| Store::from_image(&image, NOW).map(drop)),
        Store::open(file, NOW).map(drop),
    ]
}

/// The file is refused by every way in, in words that can be shown, and not a byte of it changes.
#[track_caller]
fn is_refused(file: &Path, planted: &str) {
    let bytes = fs::read(file).unwrap();
    for (way, result) in tried(file).into_iter().enumerate() {
        let error = result.expect_err(&format!("{planted}: taken by way {way}"));
        let said = error.to_string();
        assert!(
            !said.contains(|c: char| c.is_control() && c != '\n'),
            "{said:?}"
        );
        assert!(matches!(error.exit_code(), 4 | 7), "{planted}: {said}");
        assert!(
            fs::read(file).unwrap() == bytes,
            "{planted}: way {way} wrote"
        );
    }
    let names = beside(file);
    assert!(names.is_empty(), "{planted}: {names:?} was left beside it");
}

/// What lies beside a store and its second place, which every store has.
fn beside(file: &Path) -> Vec<String> {
    let second = format!("{}.words", file.display());
    fs::read_dir(file.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path != file && *path != Path::new(&second))
        .map(|path| path.display().to_string())
        .collect()
}

/// The file after `sql` by a connection that may do anything.
fn altered(folder: &TempDir, sql: &str) -> PathBuf {
    let file = filled(folder);
    let conn = Connection::open(&file).unwrap();
    conn.execute_batch(sql).unwrap();
    file
}

#[test]
fn whatever_could_run_or_stand_in_for_a_table_is_refused_before_anything_is_read() {
    for sql in [
        "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN DELETE FROM commits; END",
        "CREATE TRIGGER t INSTEAD OF DELETE ON v BEGIN SELECT 1; END",
        "CREATE VIEW other AS SELECT * FROM commits",
        "ALTER TABLE commits RENAME TO kept; CREATE VIEW commits AS SELECT * FROM kept",
        "ALTER TABLE commits ADD COLUMN made TEXT AS (hex(zeroblob(100000000)))",
        "CREATE TABLE other (a, b AS (a || char(27)) STORED)",
        "CREATE VIRTUAL TABLE other USING fts5(words)",
        "CREATE VIRTUAL TABLE other USING rtree(id, a, b)",
        "CREATE INDEX other ON commits (upper(summary)) WHERE summary > 'a'",
        "CREATE TABLE \"a\u{1b}]0;x\u{7}\u{202e}\" (x)",
        "ANALYZE",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NOT  NULL')",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = x'00ff' WHERE name = 'commits'",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'commits'",
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 2, 'CREATE TABLE x (a)')",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 99",
        "PRAGMA user_version = -1",
        "PRAGMA application_id = 1",
    ] {
        // A trigger on a view needs one.
        let view = "CREATE VIEW IF NOT EXISTS v AS SELECT 1;";
        let sql = if sql.contains("ON v ") {
            format!("{view}{sql}")
        } else {
            sql.to_owned()
        };
        let folder = tempfile::tempdir().unwrap();
        is_refused(&altered(&folder, &sql), &sql);
    }
}

#[test]
fn numbers_of_the_header_that_are_not_true_are_refused_or_change_nothing() {
    // Place, value: page size, versions, reserved bytes, fractions, counters, pages, free pages,
    // schema cookie and form, cache, vacuum, encoding, incremental vacuum.
    let fields: [(usize, &[u8]); 16] = [
        (16, &[0, 1]),
        (16, &[0x20, 0]),
        (16, &[0x0f, 0xff]),
        (18, &[9, 9]),
        (20, &[255]),
        (21, &[1, 1, 1]),
        (28, &[0xff; 4]),
        (28, &[0x7f, 0xff, 0xff, 0xff]),
        (28, &[0, 0, 0, 1]),
        (32, &[0, 0, 0, 2, 0xff, 0xff, 0xff, 0xff]),
        (44, &[0, 0, 0, 9]),
        (48, &[0x7f, 0xff, 0xff, 0xff]),
        (52, &[0, 0, 0, 1]),
        (56, &[0, 0, 0, 2]),
        (64, &[0, 0, 0, 1]),
        (96, &[0xff; 4]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = filled(&folder);
    let whole = fs::read(&file).unwrap();
    let figures = |store: &Store| format!("{:?}", store.dataset(NOW).unwrap().0.len());
    let wanted = figures(&Store::open_reading(&file, NOW).unwrap());
    for (at, value) in fields {
        let mut bytes = whole.clone();
        bytes[at..at + value.len()].copy_from_slice(value);
        fs::write(&file, &bytes).unwrap();
        let read = Store::open_reading(&file, NOW).and_then(|store| {
            store.quick_check()?;
            store.dataset(NOW)?;
            Ok(store)
        });
        match read {
            Ok(store) => assert_eq!(figures(&store), wanted, "{at}: {value:?}"),
            Err(error) => assert!(matches!(error.exit_code(), 4 | 7), "{at}: {error}"),
        }
        assert!(fs::read(&file).unwrap() == bytes, "{at}: reading wrote");
    }
}

#[test]
fn a_store_in_the_write_ahead_form_comes_back_to_ours_and_a_backup_in_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = altered(&folder, "PRAGMA journal_mode = WAL");
    assert_eq!(fs::read(&file).unwrap()[18..20], [2, 2]);
    // No backup of ours is in that form, and reading one would leave two files beside it.
    let error = Backup::read(&file, None, NOW).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{error}");
    assert_eq!(beside(&file), [""; 0]);
    let store = Store::open(&file, NOW).unwrap();
    assert_eq!(store.dataset(NOW).unwrap().0.len(), 20);
    drop(store);
    assert_eq!(fs::read(&file).unwrap()[18..20], [1, 1]);
    let left: Vec<_> = beside(&file)
        .into_iter()
        .filter(|path| fs::metadata(path).unwrap().len() > 0)
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn two_tables_in_one_place_are_damage_to_whoever_takes_the_file_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = altered(
        &folder,
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'meta')
         WHERE name = 'goals'",
    );
    let error = Backup::read(&file, None, NOW).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{error}");
    let read = Store::open_reading(&file, NOW).and_then(|store| store.quick_check());
    assert_eq!(read.unwrap_err().exit_code(), 4);
}

#[test]
fn text_that_acts_on_a_terminal_is_refused_in_a_backup_and_cleaned_in_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let file = altered(
        &folder,
        "UPDATE commits SET summary = summary || char(27) || ']0;x' || char(7)",
    );
    let error = Backup::read(&file, None, NOW).unwrap_err();
    assert!(error.to_string().contains("text in commits"), "{error}");
}

#[test]
fn a_value_larger_than_any_that_is_written_is_not_brought_into_memory() {
    let folder = tempfile::tempdir().unwrap();
    let file = altered(
        &folder,
        "INSERT INTO meta (key, value) VALUES ('planted', zeroblob(140000000))",
    );
    // The file itself is sparse on no disk: it is really so large, so nothing more is made of it.
    let error = Backup::read(&file, None, NOW).err();
    let said = error.map(|error| (error.exit_code(), error.to_string()));
    assert!(said.as_ref().is_none_or(|(code, _)| *code == 4), "{said:?}");
}
