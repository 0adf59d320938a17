//! The sealed store: what it refuses, what it keeps, and what two processes see of each other.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use inward::store::sealed::{Cost, DataKey, Door, Glimpse, Passphrase, is_sealed};
use inward::store::{Forget, Store, StoreError, Table};
use proptest::prelude::*;
use zeroize::Zeroizing;

use crate::fake::{Fake, fill};
use crate::git::{NOW, rows};
use crate::own::note;

/// Cheap, because most of these tests are not about guessing.
pub const CHEAP: Cost = Cost {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};
const FEW: Fake = Fake {
    commits: 60,
    files: 3,
};

pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.as_bytes().to_vec())).unwrap()
}

/// A sealed store in a folder of its own.
pub struct Sealed {
    pub folder: tempfile::TempDir,
    pub key: DataKey,
}

impl Sealed {
    pub fn new() -> Self {
        Self::with(|store| drop(fill(store, &FEW)))
    }

    pub fn with(fill: impl FnOnce(&mut Store)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inward.db");
        fill(&mut Store::open(&path, NOW).unwrap());
        let key = DataKey::random().unwrap();
        Store::encrypt(&path, &key, (&passphrase("the passphrase"), CHEAP), NOW).unwrap();
        Self { folder, key }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("inward.db")
    }

    pub fn door(&self) -> Door {
        Door::new(&self.file(), Some(self.key.clone()))
    }

    pub fn open(&self) -> Store {
        self.door().open(NOW).unwrap()
    }

    pub fn texts(&self) -> Vec<String> {
        let store = self.door().open_reading(NOW).unwrap();
        let notes = store.notes(None).unwrap();
        notes.iter().map(|note| note.text.to_string()).collect()
    }
}

/// Every row that does not tell of the sealing itself.
fn all(store: &Store) -> Vec<Vec<serde_json::Value>> {
    let told = Table::ALL.iter().filter(|table| **table != Table::Audit);
    told.map(|table| rows(store, *table)).collect()
}

#[test]
fn a_store_comes_back_from_sealing_and_unsealing_row_for_row() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inward.db");
    let mut store = Store::open(&file, NOW).unwrap();
    fill(&mut store, &FEW);
    store.add_note(&note("what I thought")).unwrap();
    let before = all(&store);
    drop(store);
    let key = DataKey::random().unwrap();
    Store::encrypt(&file, &key, (&passphrase("p"), CHEAP), NOW).unwrap();
    assert!(is_sealed(&file) && !folder.path().join("inward.db-journal").exists());
    let door = Door::new(&file, Some(key.clone()));
    let sealed = door.open_reading(NOW).unwrap();
    assert_eq!(all(&sealed), before);
    assert!(sealed.is_sealed());
    Store::decrypt(&file, &key, NOW).unwrap();
    assert!(!is_sealed(&file));
    assert_eq!(all(&Store::open(&file, NOW).unwrap()), before);
    #[cfg(unix)]
    for entry in fs::read_dir(folder.path()).unwrap() {
        use std::os::unix::fs::MetadataExt;
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().mode() & 0o077, 0, "{entry:?}");
    }
}

#[test]
fn only_the_passphrase_opens_it_and_a_wrong_one_is_named() {
    let sealed = Sealed::new();
    let glimpse = Glimpse::of(&sealed.file()).unwrap().unwrap();
    assert!(glimpse.unlock(&passphrase("the passphrase")).unwrap() == sealed.key);
    let wrong = glimpse.unlock(&passphrase("the Passphrase")).unwrap_err();
    assert!(matches!(wrong, StoreError::Passphrase { .. }), "{wrong}");
    assert_eq!(wrong.exit_code(), 3);
    assert!(Passphrase::new(Zeroizing::new(Vec::new())).is_none());
    let none = Store::open(&sealed.file(), NOW).unwrap_err();
    assert!(matches!(none, StoreError::Sealed { .. }), "{none}");
    let other = Door::new(&sealed.file(), DataKey::random().ok());
    assert_eq!(other.open(NOW).unwrap_err().exit_code(), 3);
}

#[test]
fn a_new_passphrase_means_a_new_key_and_the_old_ones_open_nothing() {
    let sealed = Sealed::new();
    let (mut store, mut other) = (sealed.open(), sealed.open());
    store.add_note(&note("kept")).unwrap();
    let key = DataKey::random().unwrap();
    store
        .change_key(&key, (&passphrase("another one"), CHEAP))
        .unwrap();
    store.add_note(&note("kept too")).unwrap();
    let glimpse = Glimpse::of(&sealed.file()).unwrap().unwrap();
    assert!(glimpse.unlock(&passphrase("another one")).unwrap() == key);
    assert!(glimpse.unlock(&passphrase("the passphrase")).is_err());
    let error = other.add_note(&note("lost")).unwrap_err();
    assert!(matches!(error, StoreError::Changed { .. }), "{error}");
    let door = Door::new(&sealed.file(), Some(key));
    assert_eq!(door.open(NOW).unwrap().notes(None).unwrap().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn an_altered_byte_anywhere_is_an_error(place in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let (bytes, key) = specimen();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("inward.db");
        // One in two in the header, which is short.
        let at = if bit % 2 == 0 { place.index(240) } else { place.index(bytes.len()) };
        let mut altered = bytes.clone();
        altered[at] ^= 1 << bit;
        fs::write(&file, &altered).unwrap();
        let door = Door::new(&file, Some(key.clone()));
        let said = door.open_reading(NOW);
        prop_assert!(said.is_err(), "byte {at}, bit {bit}");
        let code = said.unwrap_err().exit_code();
        prop_assert!([3, 4, 7].contains(&code), "byte {at}, bit {bit}: {code}");
        // Behind the header only damage is to be said.
        prop_assert!(at < 240 || code == 4, "byte {at}, bit {bit}: {code}");
    }

    #[test]
    fn a_file_cut_off_anywhere_is_an_error(place in any::<prop::sample::Index>(), short in any::<bool>()) {
        let (bytes, key) = specimen();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("inward.db");
        let length = if short { place.index(300) } else { place.index(bytes.len()) };
        fs::write(&file, &bytes[..length]).unwrap();
        let door = Door::new(&file, Some(key.clone()));
        // What is too short to be told for a sealed store may be told for an empty or a foreign one.
        let said = door.open_reading(NOW);
        prop_assert!(length == 0 || said.is_err(), "cut at {length}");
    }
}

/// One sealed file for all cases.
fn specimen() -> &'static (Vec<u8>, DataKey) {
    static ONE: std::sync::OnceLock<(Vec<u8>, DataKey)> = std::sync::OnceLock::new();
    ONE.get_or_init(|| {
        let sealed = Sealed::new();
        (fs::read(sealed.file()).unwrap(), sealed.key.clone())
    })
}

#[test]
fn a_byte_more_at_the_end_is_an_error_too() {
    let (bytes, key) = specimen();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inward.db");
    fs::write(&file, [&bytes[..], b"x"].concat()).unwrap();
    let error = Door::new(&file, Some(key.clone())).open(NOW).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{error}");
}

#[test]
fn what_one_writes_the_other_sees_and_neither_loses_the_others_work() {
    let sealed = Sealed::new();
    let (mut one, mut two) = (sealed.open(), sealed.open());
    one.add_note(&note("first")).unwrap();
    assert!(two.refresh().unwrap() && !two.refresh().unwrap());
    assert_eq!(two.notes(None).unwrap().len(), 1);
    two.add_note(&note("second")).unwrap();
    // Without having looked: the write itself loads what is newer.
    one.add_note(&note("third")).unwrap();
    assert_eq!(sealed.texts(), ["first", "second", "third"]);
    assert_eq!(one.notes(None).unwrap().len(), 3);
}

#[test]
fn a_write_that_changes_nothing_saves_nothing() {
    let sealed = Sealed::new();
    let mut store = sealed.open();
    let before = fs::read(sealed.file()).unwrap();
    assert!(!store.remove_note(99).unwrap());
    assert_eq!(fs::read(sealed.file()).unwrap(), before);
}

#[test]
fn a_store_for_reading_writes_nothing() {
    let sealed = Sealed::new();
    let mut store = sealed.door().open_reading(NOW).unwrap();
    assert_eq!(store.add_note(&note("no")).unwrap_err().exit_code(), 5);
    assert_eq!(store.notes(None).unwrap().len(), 0);
}

#[test]
fn after_a_failed_save_memory_shows_what_the_disk_holds() {
    let sealed = Sealed::new();
    let mut store = sealed.open();
    store.add_note(&note("kept")).unwrap();
    // Stands where the next generation would be written.
    let in_the_way = sealed.folder.path().join("inward.db.saving");
    fs::create_dir(&in_the_way).unwrap();
    assert!(store.add_note(&note("not kept")).is_err());
    let told = |store: &Store| store.notes(None).unwrap().len();
    assert_eq!(told(&store), 1);
    fs::remove_dir(&in_the_way).unwrap();
    store.add_note(&note("kept as well")).unwrap();
    assert_eq!(told(&store), 2);
    assert_eq!(sealed.texts(), ["kept", "kept as well"]);
}

#[test]
fn the_generation_before_is_kept_and_opens() {
    let sealed = Sealed::new();
    let mut store = sealed.open();
    store.add_note(&note("first")).unwrap();
    store.add_note(&note("second")).unwrap();
    let earlier = sealed.folder.path().join("inward.db.previous");
    let door = Door::new(&earlier, Some(sealed.key.clone()));
    let notes = door.open_reading(NOW).unwrap().notes(None).unwrap();
    assert_eq!(notes.len(), 1);
}

#[test]
fn where_a_sealed_store_is_gone_no_new_one_begins_beside_its_earlier_generation() {
    for gone in [false, true] {
        let sealed = Sealed::new();
        sealed.open().add_note(&note("kept")).unwrap();
        let earlier = sealed.folder.path().join("inward.db.previous");
        assert!(earlier.exists());
        if gone {
            std::fs::remove_file(sealed.file()).unwrap();
        } else {
            std::fs::write(sealed.file(), "").unwrap();
        }
        for opened in [
            Store::open(&sealed.file(), NOW),
            Store::open_reading(&sealed.file(), NOW),
            sealed.door().open(NOW),
        ] {
            assert_eq!(opened.unwrap_err().exit_code(), 4);
        }
        assert_eq!(sealed.file().exists(), !gone, "nothing was made");
        // As the message says.
        std::fs::copy(&earlier, sealed.file()).unwrap();
        assert!(sealed.door().open(NOW).is_ok());
    }
}

#[test]
fn what_is_forgotten_is_in_no_generation() {
    let sealed = Sealed::new();
    let mut store = sealed.open();
    store.add_note(&note("a canary in a note")).unwrap();
    let erased = store.forget(&Forget::All).unwrap();
    assert!(erased.sought > 0);
    let image = store.image().unwrap();
    assert!(!image.windows(8).any(|part| part == b"a canary"));
    assert!(!sealed.folder.path().join("inward.db.previous").exists());
    assert_eq!(sealed.open().commit_count().unwrap(), 0);
}

#[test]
fn no_file_of_the_folder_holds_a_plain_word() {
    let canary = "CANARY-in-the-coal-mine";
    let sealed = Sealed::with(|store| {
        store.add_note(&note(canary)).unwrap();
    });
    let mut store = sealed.open();
    store.add_note(&note(&format!("{canary} again"))).unwrap();
    for entry in fs::read_dir(sealed.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let found = bytes.windows(6).any(|part| part == b"CANARY");
        assert!(!found, "{}", path.display());
    }
    assert_eq!(sealed.texts().len(), 2, "the canary is in the store");
}

#[test]
fn a_walk_saves_its_batches_and_what_another_wrote_meanwhile() {
    let sealed = Sealed::with(|_| ());
    let mut store = sealed.open();
    let mut child = child(&sealed, 12);
    let mut acknowledged = lines(&mut child);
    acknowledged.next().unwrap();
    let fake = Fake {
        commits: 4_000,
        files: 2,
    };
    drop(fill(&mut store, &fake));
    assert_eq!(acknowledged.count(), 11);
    assert!(child.wait().unwrap().success());
    store.refresh().unwrap();
    assert_eq!(store.commit_count().unwrap(), 4_000);
    assert_eq!(store.notes(None).unwrap().len(), 12);
    assert_eq!(sealed.open().commit_count().unwrap(), 4_000);
}

#[test]
fn a_writer_killed_at_any_moment_leaves_a_whole_store_with_all_it_acknowledged() {
    let sealed = Sealed::new();
    // Minimal standard numbers (Park and Miller, 1988): the moments are the same in every run.
    let mut seed: u64 = 20_261;
    let mut told = 0;
    for round in 0..30 {
        let mut child = child(&sealed, u64::MAX);
        let mut acknowledged = lines(&mut child);
        acknowledged.next().unwrap();
        seed = seed * 16_807 % 2_147_483_647;
        let spins = seed % 20_000;
        for _ in 0..spins {
            std::hint::spin_loop();
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        told += 1 + acknowledged.count();
        let kept = sealed.texts().len();
        assert!(kept >= told, "round {round}: {kept} kept of {told} told");
        // One more may have been written than could be told, in each round.
        assert!(kept <= told + round + 1, "round {round}");
        told = kept;
    }
}

/// What the child says, line by line: each is a note that it was told is kept.
fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let out = BufReader::new(child.stdout.take().unwrap()).lines();
    out.map_while(Result::ok)
        .filter(|line| line.starts_with("noted"))
}

/// This test program again, as another process that runs only [`a_child`] and takes `notes` notes.
fn child(sealed: &Sealed, notes: u64) -> Child {
    let key: Vec<String> = sealed.key.as_bytes().iter().map(u8::to_string).collect();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "sealed::a_child", "--ignored", "--nocapture"])
        .env("INWARD_TEST_SEALED", sealed.file())
        .env("INWARD_TEST_KEY", key.join(","))
        .env("INWARD_TEST_NOTES", notes.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "started by the other tests as a second process"]
fn a_child() {
    use std::io::Write;
    let Some(file) = std::env::var_os("INWARD_TEST_SEALED") else {
        return;
    };
    let key = std::env::var("INWARD_TEST_KEY").unwrap();
    let key: Vec<u8> = key.split(',').map(|byte| byte.parse().unwrap()).collect();
    let door = Door::new(Path::new(&file), DataKey::from_bytes(&key));
    let mut store = door.open(NOW).unwrap();
    let notes: u64 = std::env::var("INWARD_TEST_NOTES").unwrap().parse().unwrap();
    for n in 0..notes {
        store.add_note(&note(&format!("note {n}"))).unwrap();
        // In one piece: what is read of it was acknowledged.
        std::io::stdout().write_all(b"\nnoted\n").unwrap();
    }
}
