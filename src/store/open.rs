//! Opening and creating the store.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::{Doing, StoreError, first_fault, shown, unfit};
use super::file::{
    begins_as_store, check_header, create, exists, journal_of, newer, place_draft, settle,
    write_draft,
};
use super::keys::Key;
use super::{Store, audit, backup, linking, migrations, pragmas, projects, sealed};
use crate::model::project::Projects;
use crate::model::stage::StageWords;
use crate::model::text::Clean;

const DAY: i64 = 86_400;

impl Store {
    /// An empty store that lives in memory only; `now_utc` in seconds dates its entries.
    pub fn memory(now_utc: i64) -> Result<Self, StoreError> {
        let path = Clean::label(b"the store in memory");
        let conn = Connection::open_in_memory().doing(&path, "making room")?;
        Self::set_up(conn, path, None, now_utc)
    }

    /// The store at `path`, made there (mode 0600) if nothing is; `now_utc` in seconds dates
    /// its entries. The folder must exist.
    pub fn open(path: &Path, now_utc: i64) -> Result<Self, StoreError> {
        let path = settle(path)?;
        sealed::refuse_lookalike(&path)?;
        if !exists(&path)? {
            create(&path)?;
        }
        let (mut store, unclean) = Self::open_file(&path, now_utc)?;
        if store.read_only()? {
            return Err(StoreError::ReadOnly { path: store.shown });
        }
        if unclean {
            store.quick_check()?;
        }
        store.tidy()?;
        Ok(store)
    }

    /// What a store for writing does by itself when it is opened: ends what an interrupted erasing
    /// left, and lets go what has aged.
    pub(super) fn tidy(&mut self) -> Result<(), StoreError> {
        self.settle_if_open()?;
        if self.read("looking what it is", backup::is_labelled)? {
            // A backup that was put here by hand is a store from now on.
            self.write("taking its label off", backup::drop_label)?;
        }
        self.age_ref_events(self.now_utc)?;
        self.purge_if_due()?;
        self.check_words();
        Ok(())
    }

    /// The store at `path` for reading: nothing is created and no query may write.
    pub fn open_reading(path: &Path, now_utc: i64) -> Result<Self, StoreError> {
        let path = settle(path)?;
        sealed::refuse_lookalike(&path)?;
        if !exists(&path)? {
            return Err(StoreError::Missing { path: shown(&path) });
        }
        let (store, _) = Self::open_file(&path, now_utc)?;
        store
            .conn
            .pragma_update(None, "query_only", true)
            .doing(&store.shown, "opening it for reading")?;
        Ok(store)
    }

    /// The whole store as the bytes of a SQLite file.
    pub fn image(&mut self) -> Result<Vec<u8>, StoreError> {
        let bytes = self.conn.serialize(rusqlite::MAIN_DB);
        Ok(bytes.doing(&self.shown, "taking its image")?.to_vec())
    }

    /// A store in memory with the content of `image`, checked like a file.
    pub fn from_image(image: &[u8], now_utc: i64) -> Result<Self, StoreError> {
        let path = Clean::label(b"the store in memory");
        check_header(&path, image, None)?;
        let mut conn = Connection::open_in_memory().doing(&path, "making room")?;
        conn.deserialize_read_exact(rusqlite::MAIN_DB, image, image.len(), false)
            .doing(&path, "reading its image")?;
        Self::set_up(conn, path, None, now_utc)
    }

    /// Writes `image` as a new store at `path` (mode 0600): whole and on the disk, or not at
    /// all. A store that is already there is an error and stays.
    pub fn write_new(path: &Path, image: &[u8]) -> Result<(), StoreError> {
        let path = settle(path)?;
        check_header(&shown(&path), image, None)?;
        sealed::refuse_lookalike(&path)?;
        if exists(&path)? {
            return Err(StoreError::Exists { path: shown(&path) });
        }
        let mut name = path.clone().into_os_string();
        name.push(".new");
        let draft = PathBuf::from(name);
        // What an interrupted earlier attempt left behind is not a store.
        drop(fs::remove_file(&draft));
        let result = write_draft(&draft, image).and_then(|()| place_draft(&draft, &path));
        if result.is_err() {
            drop(fs::remove_file(&draft));
        }
        result
    }

    /// Where the store is; `None` in memory.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The store, and whether a transaction was open: one of a killed writer (rolled back by
    /// now) or of one at work.
    fn open_file(path: &Path, now_utc: i64) -> Result<(Self, bool), StoreError> {
        let label = shown(path);
        let unclean = journal_of(path).metadata().is_ok_and(|meta| meta.len() > 0);
        let file = File::open(path).map_err(|e| StoreError::io(path, "opening", e))?;
        let header = first_bytes(&file).map_err(|e| StoreError::io(path, "reading", e))?;
        let length = file
            .metadata()
            .map_err(|e| StoreError::io(path, "reading", e))?
            .len();
        drop(file);
        if sealed::is_sealed(path) {
            return Err(StoreError::Sealed { path: label });
        }
        // Power that failed in the middle of the first page: the journal makes it good.
        let torn = unclean && !header.is_empty() && !begins_as_store(&header);
        if !torn {
            check_header(&label, &header, (!unclean).then_some(length))?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let conn = Connection::open_with_flags(path, flags).doing(&label, "opening it")?;
        if torn {
            // Any query plays the journal back first; what it is asked for does not matter.
            migrations::layout(&conn).doing(&label, "making good what a crash left")?;
            let head = File::open(path).and_then(|file| first_bytes(&file));
            let head = head.map_err(|e| StoreError::io(path, "reading", e))?;
            check_header(&label, &head, None)?;
        }
        let store = Self::set_up(conn, label, Some(path.to_path_buf()), now_utc)?;
        Ok((store, unclean))
    }

    /// The store behind `conn`, brought to the newest layout.
    pub(super) fn set_up(
        mut conn: Connection,
        shown: Clean,
        file: Option<PathBuf>,
        now_utc: i64,
    ) -> Result<Self, StoreError> {
        pragmas::apply(&conn).doing(&shown, "setting it up")?;
        // The number in the header can be older than one in a journal.
        let found = migrations::layout(&conn).doing(&shown, "reading its layout")?;
        if found > migrations::newest() {
            return Err(newer(&shown, found));
        }
        let before = migrations::run(&mut conn).doing(&shown, "bringing its layout up to date")?;
        let fresh = Key::random().map_err(|source| StoreError::Io {
            path: shown.clone(),
            doing: "making a key for",
            source,
        })?;
        let today = i32::try_from(now_utc.div_euclid(DAY)).unwrap_or_default();
        let key = key_of(&mut conn, &fresh).doing(&shown, "reading its key")?;
        projects::register(&conn, &Projects::default()).doing(&shown, "preparing its functions")?;
        if before > 0 && before < migrations::newest() {
            // What an older layout did not know of commits and tasks is told now, not with the
            // next scan.
            relink(&mut conn, &key, (today, before)).doing(&shown, "linking commits with tasks")?;
        }
        Ok(Self {
            conn,
            shown,
            file,
            key,
            today,
            now_utc,
            words: StageWords::default(),
            projects: Projects::default(),
            again_asked: false,
            purged: super::Purge::default(),
            seal: None,
            second: None,
        })
    }

    /// Reads every page and compares it with its neighbours; cheap enough after a crash, too
    /// slow for every start.
    pub fn quick_check(&self) -> Result<(), StoreError> {
        let said: String = self
            .conn
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .doing(&self.shown, "checking it")?;
        if said == "ok" {
            return Ok(());
        }
        Err(StoreError::Damaged {
            path: self.shown.clone(),
            what: first_fault(&said),
        })
    }

    fn read_only(&self) -> Result<bool, StoreError> {
        self.conn
            .is_readonly(rusqlite::MAIN_DB)
            .doing(&self.shown, "opening it")
    }
}

/// The header of a SQLite file.
fn first_bytes(file: &File) -> std::io::Result<Vec<u8>> {
    let mut header = Vec::new();
    file.take(100).read_to_end(&mut header)?;
    Ok(header)
}

/// The key of the store, `fresh` written down as it if there is none yet.
fn key_of(conn: &mut Connection, fresh: &Key) -> rusqlite::Result<Key> {
    if let Some(key) = kept_key(conn)? {
        return Ok(key);
    }
    conn.execute(
        "INSERT OR IGNORE INTO meta (key, value) VALUES ('key', ?1)",
        [fresh.as_bytes()],
    )?;
    kept_key(conn)?.ok_or_else(|| unfit("its key is gone"))
}

/// The key that stands in the file, if there is one yet.
pub(super) fn kept_key(conn: &Connection) -> rusqlite::Result<Option<Key>> {
    let mut query = conn.prepare("SELECT value FROM meta WHERE key = 'key'")?;
    let mut rows = query.query([])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let key = Key::from_bytes(row.get_ref(0)?.as_blob()?);
    let key = key.ok_or_else(|| unfit("its key is not 32 bytes"))?;
    key.refresh(conn)?;
    Ok(Some(key))
}

/// Links what an older layout could not, and logs the move from it.
fn relink(conn: &mut Connection, key: &Key, (today, before): (i32, u32)) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    linking::settle(&tx, key)?;
    let (object, to) = (format!("layout {before}"), migrations::newest());
    audit::note(
        &tx,
        key,
        today,
        (audit::Action::Migrate, &object, to.into()),
    )?;
    tx.commit()
}
