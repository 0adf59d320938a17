//! Opening and creating the one file, before and around SQLite.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::error::{Doing, StoreError, shown, unfit};
use super::keys::Key;
use super::{Store, migrations, pragmas};
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
        if !exists(&path)? {
            create(&path)?;
        }
        let store = Self::open_file(&path, now_utc)?;
        if store.read_only()? {
            return Err(StoreError::ReadOnly { path: store.shown });
        }
        Ok(store)
    }

    /// The store at `path` for reading: nothing is created and no query may write.
    pub fn open_reading(path: &Path, now_utc: i64) -> Result<Self, StoreError> {
        let path = settle(path)?;
        if !exists(&path)? {
            return Err(StoreError::Missing { path: shown(&path) });
        }
        let store = Self::open_file(&path, now_utc)?;
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

    fn open_file(path: &Path, now_utc: i64) -> Result<Self, StoreError> {
        let label = shown(path);
        let unclean = journal_of(path).metadata().is_ok_and(|meta| meta.len() > 0);
        let mut file = File::open(path).map_err(|e| StoreError::io(path, "opening", e))?;
        let mut header = Vec::new();
        (&mut file)
            .take(100)
            .read_to_end(&mut header)
            .map_err(|e| StoreError::io(path, "reading", e))?;
        let length = file
            .metadata()
            .map_err(|e| StoreError::io(path, "reading", e))?
            .len();
        drop(file);
        check_header(&label, &header, (!unclean).then_some(length))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let conn = Connection::open_with_flags(path, flags).doing(&label, "opening it")?;
        let store = Self::set_up(conn, label, Some(path.to_path_buf()), now_utc)?;
        if unclean {
            store.quick_check()?;
        }
        Ok(store)
    }

    fn set_up(
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
        migrations::run(&mut conn).doing(&shown, "bringing its layout up to date")?;
        let fresh = Key::random().map_err(|source| StoreError::Io {
            path: shown.clone(),
            doing: "making a key for",
            source,
        })?;
        let today = i32::try_from(now_utc.div_euclid(DAY)).unwrap_or_default();
        let key = key_of(&mut conn, &fresh).doing(&shown, "reading its key")?;
        Ok(Self {
            conn,
            shown,
            file,
            key,
            today,
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
            what: said,
        })
    }

    fn read_only(&self) -> Result<bool, StoreError> {
        self.conn
            .is_readonly(rusqlite::MAIN_DB)
            .doing(&self.shown, "opening it")
    }
}

/// The key of the store, `fresh` written down as it if there is none yet.
fn key_of(conn: &mut Connection, fresh: &Key) -> rusqlite::Result<Key> {
    let read = |conn: &Connection| {
        let mut query = conn.prepare("SELECT value FROM meta WHERE key = 'key'")?;
        let mut rows = query.query([])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Key::from_bytes(row.get_ref(0)?.as_blob()?)
            .map(Some)
            .ok_or_else(|| unfit("its key is not 32 bytes"))
    };
    if let Some(key) = read(conn)? {
        return Ok(key);
    }
    conn.execute(
        "INSERT OR IGNORE INTO meta (key, value) VALUES ('key', ?1)",
        [fresh.as_bytes()],
    )?;
    read(conn)?.ok_or_else(|| unfit("its key is gone"))
}

fn newer(path: &Clean, found: u32) -> StoreError {
    StoreError::Newer {
        path: path.clone(),
        found,
        known: migrations::newest(),
    }
}

/// Judges the first 100 bytes before SQLite may touch the file: a newer store stays byte for
/// byte what it was. `length` is the file's, when nothing is still to be rolled back.
fn check_header(path: &Clean, head: &[u8], length: Option<u64>) -> Result<(), StoreError> {
    let damaged = |what: &str| {
        Err(StoreError::Damaged {
            path: path.clone(),
            what: what.to_owned(),
        })
    };
    if head.is_empty() {
        return Ok(());
    }
    let word = |at: usize| {
        head.get(at..at + 4)
            .and_then(|four| four.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    if head.len() < 100 || !head.starts_with(b"SQLite format 3\0") {
        return damaged("it does not begin as a store does");
    }
    let (layout, application) = (word(60), word(68));
    if layout > migrations::newest() {
        return Err(newer(path, layout));
    }
    if layout > 0 && i32::try_from(application) != Ok(pragmas::APPLICATION_ID) {
        return damaged("it is another program's database");
    }
    let page = match word(14) & 0xffff {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    // The page count holds only if it was written together with the last change.
    let counted = word(24) == word(92);
    if counted && length.is_some_and(|length| length < u64::from(word(28)) * page) {
        return damaged("its end is cut off");
    }
    Ok(())
}

/// `path` with the real path of its folder, so that only its last part can be a link.
fn settle(path: &Path) -> Result<PathBuf, StoreError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = folder
        .canonicalize()
        .map_err(|e| StoreError::io(folder, "looking into", e))?;
    path.file_name()
        .map(|name| folder.join(name))
        .ok_or_else(|| StoreError::Unsafe {
            path: shown(path),
            what: "a folder",
        })
}

/// Whether a plain file is at `path`; anything else that is not nothing is refused.
fn exists(path: &Path) -> Result<bool, StoreError> {
    let what = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => return Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(StoreError::io(path, "looking at", error)),
        Ok(meta) if meta.is_symlink() => "a link",
        Ok(meta) if meta.is_dir() => "a folder",
        Ok(_) => "a device",
    };
    let path = shown(path);
    Err(StoreError::Unsafe { path, what })
}

/// Makes the empty file 0600 before SQLite sees it; SQLite gives its journal the same mode.
/// `O_CREAT | O_EXCL` never follows a link.
fn create(path: &Path) -> Result<(), StoreError> {
    match private().open(path) {
        Ok(_) => Ok(()),
        // Another inward was quicker; what it made is judged when it is opened.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => exists(path).map(drop),
        Err(error) => Err(StoreError::io(path, "making", error)),
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

fn write_draft(draft: &Path, image: &[u8]) -> Result<(), StoreError> {
    let failed = |error| StoreError::io(draft, "writing", error);
    let mut file = private().open(draft).map_err(failed)?;
    file.write_all(image).map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// Gives the draft its name, never over another file.
fn place_draft(draft: &Path, path: &Path) -> Result<(), StoreError> {
    match fs::hard_link(draft, path) {
        Ok(()) => drop(fs::remove_file(draft)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(StoreError::Exists { path: shown(path) });
        }
        // Not every file system has hard links.
        Err(_) => fs::rename(draft, path).map_err(|e| StoreError::io(path, "making", e))?,
    }
    if let Some(folder) = path.parent() {
        let folder = File::open(folder).and_then(|folder| folder.sync_all());
        folder.map_err(|e| StoreError::io(path, "making", e))?;
    }
    Ok(())
}

/// The rollback journal beside the store.
pub(super) fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}
