//! When a sealed store is read and saved: the lock is held from the first unsaved write to its
//! save, and what another process saved is loaded before anything is written.
//!
//! A plain store passes through all of this untouched: SQLite does the same for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::super::error::{Doing, StoreError, shown};
use super::super::file::{check_header, exists, settle};
use super::super::{Store, migrations, projects};
use super::door::Door;
use super::glimpse::{read, read_header};
use super::header::{Header, Log};
use super::image;
use super::key::DataKey;
use super::save::{self, Held};

/// How long written batches may wait for their save.
const DUE: Duration = Duration::from_secs(2);

/// What a store knows of the sealed file it came from.
#[derive(Debug)]
pub(in crate::store) struct Seal {
    pub(super) path: PathBuf,
    pub(super) key: DataKey,
    /// Of the generation in memory.
    pub(super) header: Header,
    /// The right to write, while something is unsaved.
    held: Option<Held>,
    unsaved: Option<Instant>,
    /// No query may write.
    pub(super) reading: bool,
    /// What is in memory is not what is on the disk.
    doubtful: bool,
    /// How often another process's work was loaded.
    loads: i64,
}

/// When what was written goes to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum When {
    /// Before the caller hears of it.
    Now,
    /// With the next save, at the latest some seconds on.
    Soon,
    /// Nothing was written.
    Never,
}

impl Store {
    /// The sealed store at `path`, in memory, and whether its file has the newest layout.
    pub(super) fn load(
        path: &Path,
        key: &DataKey,
        now_utc: i64,
    ) -> Result<(Self, bool), StoreError> {
        let path = settle(path)?;
        if !exists(&path)? {
            return Err(StoreError::Missing { path: shown(&path) });
        }
        let (header, image) = read(&path, key)?;
        let (mut store, before) = Self::of_image(&path, &image, now_utc)?;
        let fresh = before == migrations::newest();
        store.seal = Some(Seal {
            path,
            key: key.clone(),
            header,
            held: None,
            unsaved: None,
            reading: false,
            doubtful: false,
            loads: 0,
        });
        Ok((store, fresh))
    }

    /// The store in `image`, which belongs to `path`, and the layout it had.
    fn of_image(path: &Path, image: &[u8], now_utc: i64) -> Result<(Self, u32), StoreError> {
        let label = shown(path);
        check_header(&label, image, Some(image.len() as u64))?;
        let mut conn = Connection::open_in_memory().doing(&label, "making room")?;
        conn.deserialize_read_exact(rusqlite::MAIN_DB, image, image.len(), false)
            .doing(&label, "reading its image")?;
        let before = migrations::layout(&conn).doing(&label, "reading its layout")?;
        let store = Self::set_up(conn, label, Some(path.to_owned()), now_utc)?;
        Ok((store, before))
    }

    /// The way to this store; `None` in memory only.
    pub fn door(&self) -> Option<Door> {
        let path = self.file.clone()?;
        let key = self.seal.as_ref().map(|seal| seal.key.clone());
        Some(Door::new(&path, key))
    }

    /// What opens the sealed file, and the list of repositories beside it; `None` for a plain store.
    pub fn data_key(&self) -> Option<&DataKey> {
        self.seal.as_ref().map(|seal| &seal.key)
    }

    /// Whether it is sealed on the disk.
    pub fn is_sealed(&self) -> bool {
        self.seal.is_some()
    }

    /// The generation in memory; 0 for a store that is not sealed.
    pub fn generation(&self) -> u64 {
        self.seal.as_ref().map_or(0, |seal| seal.header.generation)
    }

    /// Loads what another process saved; whether there was something. A look at the header where
    /// there was not. Always false for a plain store, which reads the file itself.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged, or is no longer sealed with the same key.
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        let Some(seal) = &self.seal else {
            return Ok(false);
        };
        if seal.held.is_some() {
            return Ok(false);
        }
        let header = read_header(&seal.path)?;
        if header.generation == seal.header.generation && !seal.doubtful {
            return Ok(false);
        }
        self.reload()?;
        Ok(true)
    }

    /// Keeps what bringing an older layout up to date made in memory.
    pub(super) fn save_migrated(&mut self) -> Result<(), StoreError> {
        const DOING: &str = "bringing its layout up to date";
        self.enter(DOING)?;
        self.leave(DOING, Ok(()), When::Now)
    }

    fn reload(&mut self) -> Result<(), StoreError> {
        let Some(seal) = &self.seal else {
            return Ok(());
        };
        let (header, image) = read(&seal.path, &seal.key)?;
        let (fresh, _) = Self::of_image(&seal.path, &image, self.now_utc)?;
        projects::register(&fresh.conn, &self.projects)
            .doing(&self.shown, "sorting into projects")?;
        self.conn = fresh.conn;
        self.key.read_again(fresh.key);
        if let Some(seal) = &mut self.seal {
            seal.header = header;
            seal.unsaved = None;
            seal.doubtful = false;
            seal.loads += 1;
        }
        self.keep_from_writing()
    }

    /// Lets no query of a store for reading write.
    pub(super) fn keep_from_writing(&self) -> Result<(), StoreError> {
        if !self.seal.as_ref().is_some_and(|seal| seal.reading) {
            return Ok(());
        }
        self.conn
            .pragma_update(None, "query_only", true)
            .doing(&self.shown, "opening it for reading")
    }

    /// How often another process's work was loaded: what was looked up before may be gone.
    pub(in crate::store) fn loads(&self) -> i64 {
        self.seal.as_ref().map_or(0, |seal| seal.loads)
    }

    /// Before a write: takes the right to it and loads what another process saved.
    pub(in crate::store) fn enter(&mut self, doing: &'static str) -> Result<(), StoreError> {
        let Some(seal) = &mut self.seal else {
            return Ok(());
        };
        if seal.held.is_some() {
            return Ok(());
        }
        if seal.reading {
            let path = self.shown.clone();
            return Err(StoreError::ReadOnly { path });
        }
        let held = save::lock(&seal.path, doing)?;
        let header = read_header(&seal.path)?;
        // Only now: it may have been unsealed meanwhile.
        held.mark();
        if header.generation != seal.header.generation || seal.doubtful {
            self.reload()?;
        }
        if let Some(seal) = &mut self.seal {
            seal.held = Some(held);
        }
        Ok(())
    }

    /// After a write: what it came to, once it is as safe as `when` says.
    pub(in crate::store) fn leave<T>(
        &mut self,
        doing: &'static str,
        done: Result<T, StoreError>,
        when: When,
    ) -> Result<T, StoreError> {
        if self.seal.is_none() {
            return done;
        }
        let value = match done {
            Ok(value) => value,
            Err(error) => {
                // What was written before it is whole, and still to be saved.
                self.save_unsaved(doing)?;
                return Err(error);
            }
        };
        match when {
            When::Now => {
                self.note_unsaved();
                self.save_unsaved(doing)?;
            }
            When::Soon => {
                self.note_unsaved();
                self.save_due(doing)?;
            }
            When::Never => self.save_unsaved(doing)?,
        }
        Ok(value)
    }

    fn note_unsaved(&mut self) {
        if let Some(seal) = &mut self.seal {
            seal.unsaved.get_or_insert_with(Instant::now);
        }
    }

    /// Saves what has waited long enough.
    pub(in crate::store) fn save_due(&mut self, doing: &'static str) -> Result<(), StoreError> {
        let unsaved = self.seal.as_ref().and_then(|seal| seal.unsaved);
        if unsaved.is_some_and(|since| since.elapsed() >= DUE) {
            return self.save_unsaved(doing);
        }
        Ok(())
    }

    /// Saves what is unsaved, and gives the right to write back either way.
    pub(in crate::store) fn save_unsaved(&mut self, doing: &'static str) -> Result<(), StoreError> {
        let unsaved = self
            .seal
            .as_ref()
            .is_some_and(|seal| seal.unsaved.is_some());
        let saved = if unsaved {
            self.save(doing, true)
        } else {
            Ok(())
        };
        if saved.is_err() {
            if let Some(seal) = &mut self.seal {
                seal.doubtful = true;
            }
            // Memory must not show what the disk does not hold; the error says why.
            drop(self.reload());
        }
        if let Some(seal) = &mut self.seal {
            seal.held = None;
            seal.unsaved = None;
        }
        saved
    }

    /// The head of the audit log now.
    pub(super) fn log_head(&self) -> Result<Log, StoreError> {
        log_head(&self.conn).doing(&self.shown, "reading the log")
    }

    /// Writes the image to the disk, as the next generation.
    pub(super) fn save(&mut self, doing: &'static str, keep: bool) -> Result<(), StoreError> {
        let log = self.log_head()?;
        let image = self
            .conn
            .serialize(rusqlite::MAIN_DB)
            .doing(&self.shown, doing)?;
        let Some(seal) = &mut self.seal else {
            return Ok(());
        };
        let mut header = seal.header.clone();
        header.generation += 1;
        header.log = log;
        let file = image::seal(&mut header, &seal.key, &image)
            .map_err(|error| StoreError::io(&seal.path, doing, error))?;
        let new = save::write_at_any_price(&seal.path, &file, doing)?;
        save::swap(&new, &seal.path, keep)?;
        seal.header = header;
        Ok(())
    }

    /// The end of erasing in a sealed store, after its save: leaves no earlier generation, and
    /// hands out the image for a look at its bytes. `None` for a store that is not sealed.
    pub(in crate::store) fn drop_earlier(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(seal) = &self.seal else {
            return Ok(None);
        };
        let earlier = save::previous(&seal.path);
        let failed = |error| StoreError::io(&earlier, "erasing", error);
        match fs::remove_file(&earlier) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(error));
            }
            _ => save::sync_folder(&seal.path).map_err(failed)?,
        }
        self.image().map(Some)
    }
}

/// The head of the audit log, for the header.
fn log_head(conn: &Connection) -> rusqlite::Result<Log> {
    let count = conn.query_row("SELECT count(*) FROM audit", [], |row| row.get(0))?;
    let mut query = conn.prepare("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")?;
    let mut rows = query.query([])?;
    let Some(row) = rows.next()? else {
        return Ok(Log {
            count,
            ..Log::default()
        });
    };
    let mac: Vec<u8> = row.get(1)?;
    Ok(Log {
        seq: row.get(0)?,
        count,
        mac: mac.try_into().unwrap_or_default(),
    })
}
