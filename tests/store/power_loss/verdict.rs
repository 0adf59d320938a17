//! A folder as a power loss left it, opened as the program opens it, and judged.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use inward::store::sealed::{Door, Glimpse};
use inward::store::{Store, StoreError};
use memchr::memmem;

use super::deeds::{Deed, PLAIN_WORD, keys, open, unspeakable};
use super::disk::Files;
use super::recording::{Recording, STORE, lay, of};
use crate::git::NOW;
use crate::own::note;

/// What is wrong after a crash.
pub enum Fault {
    /// The store does not open, is not whole or does not go on.
    Corrupt(String),
    /// This was told to be kept, and is not there.
    Lost(String),
    /// This was told to be gone, or was never done, and is there.
    Back(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corrupt(why) => write!(out, "corrupt: {why}"),
            Self::Lost(what) => write!(out, "lost: {what}"),
            Self::Back(what) => write!(out, "back: {what}"),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

/// What is wrong with the folder `left`, when `told` deeds of the recording were told.
pub fn judge(recording: &Recording, left: &Files, told: usize, going_on: bool) -> Option<Fault> {
    let silent = is_silent(recording.deeds, left, told);
    silent
        .and_then(|()| is_kept(recording, left, told, going_on))
        .err()
}

fn is_silent(deeds: &[Deed], left: &Files, told: usize) -> Result<(), Fault> {
    for word in unspeakable(deeds, told) {
        for (name, bytes) in left {
            if memmem::find(bytes, word.as_bytes()).is_some() {
                return Err(Fault::Back(format!("the word {word:?} in {name}")));
            }
        }
    }
    Ok(())
}

/// No sealed file beside the store, be it an earlier generation or a draft, opens with a key that was
/// changed or holds a text that was forgotten.
fn no_other_tells(
    deeds: &[Deed],
    (folder, left): (&Path, &Files),
    told: usize,
) -> Result<(), Fault> {
    let [old, new] = keys();
    let changed = deeds[..told].contains(&Deed::ChangeKey);
    let words = unspeakable(deeds, told);
    let forgotten = || words.iter().filter(|word| **word != PLAIN_WORD);
    for name in left.keys() {
        let path = folder.join(name);
        let Ok(Some(glimpse)) = Glimpse::of(&path) else {
            continue;
        };
        if changed && glimpse.fits(&old) {
            return Err(Fault::Back(format!("{name} opens with the key before")));
        }
        if name == STORE || left.get(STORE) == left.get(name) || forgotten().count() == 0 {
            continue;
        }
        // A draft that was cut off opens with nothing.
        let Ok(mut store) = Door::new(&path, Some(new.clone())).open_reading(NOW) else {
            continue;
        };
        let image = store.image()?;
        for word in forgotten() {
            if memmem::find(&image, word.as_bytes()).is_some() {
                return Err(Fault::Back(format!("the word {word:?} in {name}")));
            }
        }
    }
    Ok(())
}

fn is_kept(recording: &Recording, left: &Files, told: usize, going_on: bool) -> Result<(), Fault> {
    let folder = tempfile::tempdir().unwrap();
    lay(left, folder.path());
    no_other_tells(recording.deeds, (folder.path(), left), told)?;
    let path = folder.path().join(STORE);
    let mut store = open(&path)?;
    is_whole(&mut store)?;
    let found = of(&store);
    // The deed in flight may be done, undone or, where it takes several steps, in between.
    let before = &recording.known[told];
    let after = recording.known.get(told + 1).unwrap_or(before);
    let both = |a: &BTreeSet<String>, b: &BTreeSet<String>, found: &BTreeSet<String>| {
        let lost = a.intersection(b).find(|one| !found.contains(*one));
        lost.map_or(Ok(()), |lost| Err(Fault::Lost(lost.clone())))
    };
    both(&before.facts, &after.facts, &found.facts)?;
    both(&before.log, &after.log, &found.log)?;
    let known = |one: &&String| before.facts.contains(*one) || after.facts.contains(*one);
    if let Some(back) = found.facts.iter().find(|one| !known(one)) {
        return Err(Fault::Back(back.clone()));
    }
    if going_on {
        goes_on(store, &path)?;
    }
    Ok(())
}

fn is_whole(store: &mut Store) -> Result<(), Fault> {
    store.quick_check()?;
    let log = store.audit_verify(None)?;
    if !log.is_ok() {
        return Err(Fault::Corrupt(log.to_string()));
    }
    let image = store.image()?;
    let mut conn = rusqlite::Connection::open_in_memory()?;
    conn.deserialize_read_exact(rusqlite::MAIN_DB, &image[..], image.len(), true)?;
    let said: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(Fault::Corrupt(said));
    }
    let strays: i64 =
        conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })?;
    if strays > 0 {
        return Err(Fault::Corrupt(format!("{strays} rows point nowhere")));
    }
    Ok(())
}

fn goes_on(mut store: Store, path: &Path) -> Result<(), Fault> {
    const WORDS: &str = "After the power came back";
    store.add_note(&note(WORDS))?;
    drop(store);
    let notes = open(path)?.notes(None)?;
    if notes.iter().any(|note| note.text.to_string() == WORDS) {
        return Ok(());
    }
    Err(Fault::Lost("the first note afterwards".to_owned()))
}
