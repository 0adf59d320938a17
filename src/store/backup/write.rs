//! Writing a backup: beside its name, to the disk, read back and compared, and then renamed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup as Copying, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::super::error::{Doing, StoreError, shown};
use super::super::file::{create, exists, journal_of, place_draft, settle};
use super::super::{Store, migrations, sealed};
use super::{counts, fault, label, set_label};

const DOING: &str = "writing a backup to";

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// Rows of all tables.
    pub rows: u64,
    /// Length of the file.
    pub bytes: u64,
}

/// A file on its way; what is left of it goes when it does not get its name.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // After the renaming nothing is there any more.
        drop(fs::remove_file(&self.0));
        drop(fs::remove_file(journal_of(&self.0)));
    }
}

impl Store {
    /// Writes the whole store as it is now to `path` (mode 0600), with `label` as what it says of
    /// itself: a plain one as a plain file, a sealed one sealed with the same key. The file gets its
    /// name when it is on the disk, was read back and holds every row; with `replace`, in the place
    /// of what stands there. Others may read the store meanwhile; a write of theirs waits.
    ///
    /// # Errors
    /// [`StoreError::Exists`] without `replace`; whatever fails, nothing stays of the new file.
    pub fn back_up(
        &mut self,
        path: &Path,
        label: &[u8],
        replace: bool,
    ) -> Result<BackedUp, StoreError> {
        let path = settle(path)?;
        if exists(&path)? && !replace {
            return Err(StoreError::Exists { path: shown(&path) });
        }
        let mut name = path.clone().into_os_string();
        name.push(".part");
        let part = Part(PathBuf::from(name));
        if exists(&part.0)? {
            // Of a backup that was killed.
            fs::remove_file(&part.0).map_err(|e| StoreError::io(&part.0, DOING, e))?;
        }
        let told = if self.is_sealed() {
            self.write_sealed(&part.0, label)?
        } else {
            self.write_plain(&part.0, label)?
        };
        let bytes = fs::metadata(&part.0).map_err(|e| StoreError::io(&part.0, DOING, e))?;
        let failed = |error| StoreError::io(&path, DOING, error);
        if replace {
            fs::rename(&part.0, &path).map_err(failed)?;
            sealed::sync_folder(&path).map_err(failed)?;
        } else {
            place_draft(&part.0, &path)?;
        }
        Ok(BackedUp {
            rows: told.iter().map(|(_, rows)| rows).sum(),
            bytes: bytes.len(),
        })
    }

    /// Copies page by page within one read transaction, so that the copy and what it is compared
    /// with are one state of the store.
    fn write_plain(&self, part: &Path, label: &[u8]) -> Result<Vec<(String, u64)>, StoreError> {
        create(part)?;
        let name = shown(part);
        let told = {
            let mut to = open(part, false)?;
            let told = self.read("reading it for a backup", |conn| {
                let told = counts(conn)?;
                let copied = copy(conn, &mut to);
                Ok((told, copied))
            })?;
            let (told, copied) = told;
            copied.map_err(|error| match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy {
                    path: self.shown.clone(),
                    doing: "backing it up",
                },
                _ => elsewhere(Err::<(), _>(error).doing(&name, DOING).err(), part),
            })?;
            set_label(&to, label)
                .doing(&name, DOING)
                .map_err(|error| elsewhere(Some(error), part))?;
            told
        };
        File::open(part)
            .and_then(|file| file.sync_all())
            .map_err(|error| StoreError::io(part, DOING, error))?;
        let back = open(part, true)?;
        compare(&back, part, &told, label)?;
        Ok(told)
    }

    /// A sealed store is in memory: its image is taken at once, and read back through its seal.
    fn write_sealed(
        &mut self,
        part: &Path,
        label: &[u8],
    ) -> Result<Vec<(String, u64)>, StoreError> {
        self.refresh()?;
        let told = self.read("reading it for a backup", counts)?;
        let mut copied = Self::from_image(&self.image()?, self.now_utc)?;
        set_label(&copied.conn, label).doing(&self.shown, "backing it up")?;
        let file = self.sealed_alike(&copied.image()?)?;
        sealed::write_new_file(part, &file)?;
        let key = self.data_key().cloned().ok_or(StoreError::Changed {
            path: self.shown.clone(),
        })?;
        let back = Self::from_image(&sealed::image_at(part, &key)?, self.now_utc)?;
        compare(&back.conn, part, &told, label)?;
        Ok(told)
    }
}

/// An error of the new file, told as one of it: no room there is no damage of the store.
fn elsewhere(error: Option<StoreError>, part: &Path) -> StoreError {
    match error {
        Some(StoreError::Damaged { what, .. }) => StoreError::io(
            part,
            DOING,
            std::io::Error::other(format!("it is not what was written: {what}")),
        ),
        Some(error) => error,
        None => StoreError::io(part, DOING, std::io::Error::other("it was not written")),
    }
}

fn open(part: &Path, reading: bool) -> Result<Connection, StoreError> {
    let access = if reading {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    };
    let flags = access
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let name = shown(part);
    let conn = Connection::open_with_flags(part, flags).doing(&name, DOING)?;
    if !reading {
        // What is cut short is thrown away whole: it needs no journal, and is brought to the disk once.
        conn.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
            .doing(&name, DOING)?;
    }
    Ok(conn)
}

/// Copies every page; within a read transaction of `from` nothing can change meanwhile.
fn copy(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    let copying = Copying::new(from, to)?;
    match copying.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
            None,
        )),
    }
}

/// Whether what was read back is whole and holds what it is to hold.
fn compare(
    back: &Connection,
    part: &Path,
    told: &[(String, u64)],
    labelled: &[u8],
) -> Result<(), StoreError> {
    let look = || -> rusqlite::Result<Option<String>> {
        migrations::check(back)?;
        if let Some(what) = fault(back)? {
            return Ok(Some(what));
        }
        if label(back)?.as_deref() != Some(labelled) {
            return Ok(Some("it does not say what it is".to_owned()));
        }
        let back = counts(back)?;
        let other = back.iter().zip(told).find(|(back, told)| back != told);
        Ok(match other {
            Some(((table, rows), (_, wanted))) => {
                Some(format!("{rows} rows of {table}, not {wanted}"))
            }
            None if back.len() != told.len() => Some("a table is missing".to_owned()),
            None => None,
        })
    };
    let said = look().doing(&shown(part), DOING);
    match said.map_err(|error| elsewhere(Some(error), part))? {
        None => Ok(()),
        Some(what) => Err(elsewhere(
            Some(StoreError::Damaged {
                path: shown(part),
                what,
            }),
            part,
        )),
    }
}
