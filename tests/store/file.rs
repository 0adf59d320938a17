//! The file itself: who may read it, what is refused, what is left as it is.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::fake::{Fake, fill};
use crate::git::{NOW, counted};
use inward::store::{Store, StoreError};
use tempfile::TempDir;

const FEW: Fake = Fake {
    commits: 50,
    files: 3,
};

/// So many that counting them takes longer than SQLite goes on without a look.
const MANY: Fake = Fake {
    commits: 2_000,
    files: 2,
};

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn filled(folder: &TempDir) -> std::path::PathBuf {
    let file = folder.path().join("store.db");
    fill(&mut Store::open(&file, NOW).unwrap(), &FEW);
    file
}

#[test]
fn the_file_and_its_journal_are_for_the_owner_only() {
    let folder = folder();
    filled(&folder);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.file_name());
    }
}

#[test]
fn a_store_that_is_a_link_is_refused_and_its_target_untouched() {
    let folder = folder();
    let target = folder.path().join("target");
    fs::write(&target, "mine").unwrap();
    let file = folder.path().join("store.db");
    symlink(&target, &file).unwrap();
    let error = Store::open(&file, NOW).unwrap_err();
    assert!(matches!(error, StoreError::Unsafe { .. }), "{error}");
    assert_eq!(error.exit_code(), 5);
    assert_eq!(fs::read(&target).unwrap(), b"mine");
}

#[test]
fn a_link_above_the_folder_is_followed() {
    let folder = folder();
    let real = folder.path().join("real");
    fs::create_dir(&real).unwrap();
    let link = folder.path().join("link");
    symlink(&real, &link).unwrap();
    Store::open(&link.join("store.db"), NOW).unwrap();
    assert!(real.join("store.db").exists());
}

#[test]
fn a_newer_store_is_refused_byte_for_byte_unchanged() {
    let folder = folder();
    let file = filled(&folder);
    let mut bytes = fs::read(&file).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&file, &bytes).unwrap();
    for error in [
        Store::open(&file, NOW).unwrap_err(),
        Store::open_reading(&file, NOW).unwrap_err(),
    ] {
        assert_eq!(error.exit_code(), 7);
        assert!(error.to_string().contains("store.db"), "{error}");
    }
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn damage_is_said_and_nothing_is_reset() {
    let folder = folder();
    let file = filled(&folder);
    let whole = fs::read(&file).unwrap();
    let cut = whole[..whole.len() / 2].to_vec();
    let mut noise = whole.clone();
    for (at, byte) in noise.iter_mut().enumerate().skip(4096) {
        *byte ^= u8::try_from(at % 251).unwrap();
    }
    let text = b"not a database at all".to_vec();
    for bytes in [cut, noise, text] {
        fs::write(&file, &bytes).unwrap();
        let result = Store::open(&file, NOW).and_then(|store| store.dataset(NOW).map(drop));
        let error = result.unwrap_err();
        assert_eq!(error.exit_code(), 4, "{error}");
        assert_eq!(fs::read(&file).unwrap(), bytes);
    }
}

#[test]
fn a_flipped_bit_in_the_packed_columns_is_seen() {
    let folder = folder();
    let file = filled(&folder);
    let whole = fs::read(&file).unwrap();
    // The times of the commits, one after another, stand only in the packed columns.
    let times: Vec<u8> = [0_i64, 1]
        .iter()
        .flat_map(|n| (1_400_000_000 + n * 3_000).to_le_bytes())
        .collect();
    let at = whole.windows(16).position(|w| w == times).unwrap();
    let mut bytes = whole;
    bytes[at] ^= 1;
    fs::write(&file, &bytes).unwrap();
    let error = Store::open(&file, NOW).unwrap().dataset(NOW).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{error}");
}

#[test]
fn a_first_page_that_a_crash_tore_is_made_good_by_its_journal_and_by_nothing_else() {
    let folder = folder();
    let file = filled(&folder);
    let at_work = rusqlite::Connection::open(&file).unwrap();
    // With no room in memory pages go to the file early, and the journal before them.
    at_work
        .execute_batch(
            "PRAGMA cache_size = 1; BEGIN; PRAGMA user_version = 1; DELETE FROM file_changes;
             DELETE FROM commits;",
        )
        .unwrap();
    let journal = fs::read(folder.path().join("store.db-journal")).unwrap();
    assert!(journal[8..12] != [0; 4], "the journal holds pages");
    let mut torn = fs::read(&file).unwrap();
    torn[..512].fill(0x5a);
    let crashed = |journal: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.db");
        fs::write(&file, &torn).unwrap();
        fs::write(folder.path().join("store.db-journal"), journal).unwrap();
        let opened = Store::open(&file, NOW);
        (opened.map(|store| counted(&store)), fs::read(file).unwrap())
    };
    let (opened, _) = crashed(&journal);
    assert_eq!(opened.unwrap(), 50);
    for no_help in [&journal[..0], b"not a journal at all"] {
        let (opened, left) = crashed(no_help);
        assert_eq!(opened.unwrap_err().exit_code(), 4);
        assert!(left == torn, "it was left as it is");
    }
}

#[test]
fn another_programs_database_is_left_alone() {
    let folder = folder();
    let file = filled(&folder);
    let mut bytes = fs::read(&file).unwrap();
    bytes[68..72].copy_from_slice(&[0; 4]);
    fs::write(&file, &bytes).unwrap();
    let error = Store::open(&file, NOW).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{error}");
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn no_store_is_not_made_by_reading() {
    let folder = folder();
    let file = folder.path().join("store.db");
    let error = Store::open_reading(&file, NOW).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }));
    assert!(!file.exists());
}

#[test]
fn a_reader_cannot_write() {
    let folder = folder();
    let file = filled(&folder);
    let mut store = Store::open_reading(&file, NOW).unwrap();
    assert_eq!(counted(&store), 50);
    assert!(
        store
            .audit(inward::store::Action::Scan, "repository 1", 1)
            .is_err()
    );
}

#[test]
fn the_first_run_in_memory_is_written_once_and_never_over_a_store() {
    let folder = folder();
    let file = folder.path().join("store.db");
    let mut memory = Store::memory(NOW).unwrap();
    fill(&mut memory, &FEW);
    let image = memory.image().unwrap();
    Store::write_new(&file, &image).unwrap();
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let store = Store::open(&file, NOW).unwrap();
    assert_eq!(store.dataset(NOW).unwrap(), memory.dataset(NOW).unwrap());
    let again = Store::from_image(&image, NOW).unwrap();
    assert_eq!(again.dataset(NOW).unwrap(), memory.dataset(NOW).unwrap());
    let error = Store::write_new(&file, &image).unwrap_err();
    assert!(matches!(error, StoreError::Exists { .. }));
    assert_eq!(
        fs::read_dir(folder.path())
            .unwrap()
            .filter(|e| {
                e.as_ref()
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .contains("new")
            })
            .count(),
        0
    );
}

#[test]
fn the_packed_columns_are_what_the_rows_are() {
    let mut store = Store::memory(NOW).unwrap();
    fill(&mut store, &FEW);
    let (data, labels) = store.dataset(NOW).unwrap();
    for (index, id) in data.commits.id.iter().enumerate() {
        let row = &store.commit_rows(&[*id]).unwrap()[0];
        assert_eq!(row.authored.utc, data.commits.utc[index]);
        let entries = data.changes_of(index);
        let files: u32 = data.changes.files[entries.clone()].iter().sum();
        let added: u32 = data.changes.added[entries.clone()].iter().sum();
        assert_eq!((row.files, row.added), (files, u64::from(added)));
        for (entry, file) in entries.zip(1..) {
            let language = usize::from(data.changes.language[entry].0);
            assert!(!labels.languages[language].is_empty(), "{file}");
        }
        let day = row.authored.day().unwrap().to_epoch_days();
        assert_eq!(day, data.commits.day[index]);
    }
    assert!(data.commits.utc.is_sorted());
}

#[test]
fn the_stamp_holds_until_this_or_another_connection_writes() {
    let folder = folder();
    let file = filled(&folder);
    let mut store = Store::open(&file, NOW).unwrap();
    let mut other = Store::open(&file, NOW).unwrap();
    let before = store.stamp().unwrap();
    store.notes(None).unwrap();
    assert_eq!(store.stamp().unwrap(), before);
    other.add_note(&crate::own::note("by another")).unwrap();
    let after = store.stamp().unwrap();
    assert_ne!(after, before);
    store.add_note(&crate::own::note("by this one")).unwrap();
    assert_ne!(store.stamp().unwrap(), after);
}

#[test]
fn a_reading_that_nobody_waits_for_ends_as_soon_as_somebody_asks_and_the_next_one_is_whole() {
    let folder = folder();
    let file = folder.path().join("store.db");
    let mut store = Store::open(&file, NOW).unwrap();
    fill(&mut store, &MANY);
    let whole = format!("{:?}", store.label().unwrap());
    let wanted = Arc::new(AtomicBool::new(false));
    store.give_way(Some(&wanted)).unwrap();
    assert_eq!(format!("{:?}", store.label().unwrap()), whole);
    wanted.store(true, Relaxed);
    let error = store.label().unwrap_err();
    assert_ne!(error.exit_code(), 4, "no damage: {error}");
    store.give_way(None).unwrap();
    assert_eq!(format!("{:?}", store.label().unwrap()), whole);
    store
        .add_note(&crate::own::note("written after it"))
        .unwrap();
}
