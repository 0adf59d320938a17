//! What is done to a store while the power may fail, and what must be there after each deed.

use std::collections::BTreeSet;
use std::path::Path;

use inward::store::sealed::{Cost, DataKey, Door, Glimpse};
use inward::store::{Forget, Store, StoreError, Table};

use crate::fake::{Fake, fill};
use crate::git::{NOW, rows};
use crate::own::{export, note};
use crate::sealed::passphrase;
use crate::tasks::{file, import};

/// One deed of the owner; it is told once the call that does it came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Opens the store, and makes it where none is.
    Open,
    /// Keeps a note of this number; its text begins with [`PLAIN_WORD`].
    Note(u32),
    /// Removes the oldest note.
    RemoveNote,
    /// Scans a made-up repository of this many commits.
    Scan(u32),
    /// Imports an export of tasks.
    Import(u8),
    /// Forgets every row with this text.
    Forget(&'static str),
    Encrypt,
    ChangeKey,
    Decrypt,
}

/// How every note begins.
pub const PLAIN_WORD: &str = "Thought of";

/// A text that only the third note has, and one that only the seventh has.
const THIRD: &str = "matter 3.";
const SEVENTH: &str = "matter 7.";

pub const PLAIN: &[Deed] = &[
    Deed::Open,
    Deed::Note(1),
    Deed::Note(2),
    Deed::Scan(30),
    Deed::Note(3),
    Deed::Import(1),
    Deed::Note(4),
    Deed::RemoveNote,
    Deed::Forget(THIRD),
    Deed::Scan(60),
    Deed::Note(5),
    Deed::Import(2),
    Deed::Note(6),
    Deed::Note(7),
    Deed::Forget(SEVENTH),
    Deed::Note(8),
];

pub const SEALED: &[Deed] = &[
    Deed::Open,
    Deed::Note(1),
    Deed::Encrypt,
    Deed::Note(2),
    Deed::Note(3),
    Deed::Scan(30),
    Deed::Import(1),
    Deed::RemoveNote,
    Deed::ChangeKey,
    Deed::Note(4),
    Deed::Forget(THIRD),
    Deed::Note(5),
    Deed::Scan(50),
    Deed::Decrypt,
    Deed::Note(6),
    Deed::Encrypt,
    Deed::Note(7),
    Deed::Forget(SEVENTH),
    Deed::Note(8),
];

/// What a store that was left in the middle of a deed goes on with.
pub const AFTERWARDS: &[Deed] = &[Deed::Open, Deed::Note(20), Deed::Note(21)];

/// Cheap, because nobody guesses here.
const CHEAP: Cost = Cost {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

/// The key before the change, and the one after it.
pub fn keys() -> [DataKey; 2] {
    [[1; DataKey::BYTES], [2; DataKey::BYTES]].map(|bytes| DataKey::from_bytes(&bytes).unwrap())
}

/// Opens the store at `path`, whether plain or sealed with one of [`keys`], as the program does.
pub fn open(path: &Path) -> Result<Store, StoreError> {
    let glimpse = Glimpse::of(path)?;
    let fits = |key: &DataKey| glimpse.as_ref().is_some_and(|glimpse| glimpse.fits(key));
    Door::new(path, keys().into_iter().find(fits)).open(NOW)
}

/// Does `deeds` one after the other; `told` hears of each one before anything else happens, with the
/// store where it is open.
pub fn run(path: &Path, deeds: &[Deed], told: &mut dyn FnMut(usize, Option<&Store>)) {
    let mut store = None;
    let mut changed = false;
    for (number, deed) in deeds.iter().enumerate() {
        let [first, second] = keys();
        let key = if changed { &second } else { &first };
        let lock = (&passphrase("the passphrase"), CHEAP);
        match deed {
            Deed::Encrypt | Deed::Decrypt => {
                drop(store.take());
                if *deed == Deed::Encrypt {
                    Store::encrypt(path, key, lock, NOW).unwrap();
                } else {
                    Store::decrypt(path, key, NOW).unwrap();
                }
            }
            Deed::ChangeKey => {
                changed = true;
                let store = store.as_mut().unwrap();
                Store::change_key(store, &second, lock).unwrap();
            }
            Deed::Open => drop(store.replace(open(path).unwrap())),
            other => one(store.as_mut().unwrap(), *other),
        }
        told(number, store.as_ref());
        if store.is_none() {
            store = Some(open(path).unwrap());
        }
    }
}

fn one(store: &mut Store, deed: Deed) {
    match deed {
        Deed::Note(number) => {
            let text = format!("{PLAIN_WORD} matter {number}.");
            store.add_note(&note(&text)).unwrap();
        }
        Deed::RemoveNote => {
            let oldest = store.notes(None).unwrap()[0].id;
            assert!(store.remove_note(oldest).unwrap());
        }
        Deed::Scan(commits) => {
            let report = fill(store, &Fake { commits, files: 2 });
            assert!(report.added() > 0);
        }
        Deed::Import(number) => {
            import(store, &file(number), true, &export(number.into()));
        }
        Deed::Forget(text) => {
            let erased = store.forget(&Forget::Text(text.to_owned())).unwrap();
            assert!(erased.sought > 0);
        }
        _ => unreachable!("{deed:?} is no deed on an open store"),
    }
}

/// What the store says that it holds, line by line, beside its log.
pub fn facts(store: &Store) -> BTreeSet<String> {
    let notes = store.notes(None).unwrap().into_iter();
    let mut facts: BTreeSet<String> = notes.map(|note| format!("note {}", note.text)).collect();
    for (table, field) in [(Table::Commits, "oid"), (Table::Tasks, "title")] {
        for row in rows(store, table) {
            facts.insert(format!("{} {}", table.name(), row[field].as_str().unwrap()));
        }
    }
    let seal = store
        .data_key()
        .map(|key| keys().iter().position(|one| one == key));
    facts.insert(format!("sealed with {seal:?}"));
    facts
}

/// The entries of the log, without their days.
pub fn logged(store: &Store) -> BTreeSet<String> {
    let rows = store.audit_rows().unwrap().into_iter();
    rows.map(|row| format!("log {} {} {} {}", row.seq, row.action, row.object, row.n))
        .collect()
}

/// Words that no byte of the folder may hold once `told` of `deeds` are done.
pub fn unspeakable(deeds: &[Deed], told: usize) -> Vec<&'static str> {
    let (done, next) = (&deeds[..told], deeds.get(told));
    let forgotten = |deed: &Deed| match deed {
        Deed::Forget(text) => Some(*text),
        _ => None,
    };
    let mut words: Vec<&str> = done.iter().filter_map(forgotten).collect();
    let sides = done.iter().rev();
    let side = sides
        .copied()
        .find(|deed| matches!(deed, Deed::Encrypt | Deed::Decrypt));
    if side == Some(Deed::Encrypt) && next != Some(&Deed::Decrypt) {
        words.push(PLAIN_WORD);
    }
    words
}
