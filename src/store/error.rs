//! What can go wrong with the store, in kinds the command line turns into exit codes.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::model::text::Clean;

/// Why the store could not do what was asked. Every message names the file and the next step.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A later version wrote the file; nothing in it was changed.
    #[error(
        "{path} was written by a newer inward (layout {found}, this one knows {known}); \
         update inward: the file was not touched"
    )]
    Newer {
        /// The store.
        path: Clean,
        /// The layout found.
        found: u32,
        /// The newest layout known here.
        known: u32,
    },
    /// The sealed store is gone or empty, and what lies beside it says that it was there.
    #[error("{path} is missing or empty, and was sealed; nothing was changed: {next}")]
    Lost {
        /// The store.
        path: Clean,
        /// What to do.
        next: String,
    },
    /// Another file lies in the place of a sealed store.
    #[error(
        "{path} was altered: a plain file lies where a sealed store was; it was not read: {next}"
    )]
    Replaced {
        /// The store.
        path: Clean,
        /// What to do.
        next: String,
    },
    /// A sealed store that is not what was sealed.
    #[error("{path} is damaged or was altered: {what}; it was left as it is: {next}")]
    Torn {
        /// The store.
        path: Clean,
        /// What does not fit.
        what: &'static str,
        /// What to do.
        next: String,
    },
    /// The file is not what inward wrote.
    #[error(
        "{path} is damaged or was altered: {what}; it was left as it is: put a backup back with \
         `inward restore`, or `inward rebuild` sets it aside, reads everything again and takes your own \
         words out of it"
    )]
    Damaged {
        /// The store.
        path: Clean,
        /// What does not fit.
        what: String,
    },
    /// The file is sealed, and the key is not known here.
    #[error("{path} is sealed and its key is needed")]
    Sealed {
        /// The store.
        path: Clean,
    },
    /// The passphrase does not open it.
    #[error(
        "this passphrase does not open {path}: it is another one, or the first 152 bytes of the file are \
         damaged or were altered; where you are sure of it, {next}"
    )]
    Passphrase {
        /// The store.
        path: Clean,
        /// What to do about a damaged beginning.
        next: String,
    },
    /// A sealed store could not be written whole.
    #[error(
        "no room left while {doing} in {path}: a sealed store is written whole, which takes {} KiB; \
         free some space and run it again: what was stored before is whole", needed.div_ceil(1024)
    )]
    FullWhole {
        /// The store.
        path: Clean,
        /// What was going on.
        doing: &'static str,
        /// Bytes of the file to be written.
        needed: u64,
    },
    /// Another process sealed it, opened its seal or changed its key while it was in use.
    #[error(
        "the store was sealed, unsealed or given another key: start inward again ({path}, left as it is)"
    )]
    Changed {
        /// The store.
        path: Clean,
    },
    /// No room on the disk; what was stored before is whole.
    #[error(
        "no room left while {doing} in {path}; free some space and run it again: what was stored before is whole"
    )]
    Full {
        /// The store.
        path: Clean,
        /// What was going on.
        doing: &'static str,
    },
    /// Another process kept the store locked for longer than [`super::BUSY_SECONDS`].
    #[error("another program is using {path} ({doing}); run it again when that one is done")]
    Busy {
        /// The store.
        path: Clean,
        /// What was going on.
        doing: &'static str,
    },
    /// A write into another store is at work, or was cut short.
    #[error(
        "{path} has a journal beside it: something is written into it just now, or was cut short; \
         read it once with the inward it belongs to, or name a backup of it"
    )]
    Unfinished {
        /// The store.
        path: Clean,
    },
    /// The file or its folder cannot be written.
    #[error(
        "{path} cannot be written; make the file and its folder writable for you (0600 and 0700), or name another with --data-dir"
    )]
    ReadOnly {
        /// The store.
        path: Clean,
    },
    /// Something else than a plain file stands where the store should be.
    #[error("{path} is {what}, not a plain file; remove it or name another folder with --data-dir")]
    Unsafe {
        /// The store.
        path: Clean,
        /// What it is.
        what: &'static str,
    },
    /// There is no store yet.
    #[error("there is no store at {path} yet; `inward scan` in a repository makes one")]
    Missing {
        /// Where it would be.
        path: Clean,
    },
    /// A new store was to be written where one is.
    #[error("{path} exists already; it was left as it is")]
    Exists {
        /// The store.
        path: Clean,
    },
    /// The named thing is not in the store.
    #[error("{path} holds no {what}")]
    Unknown {
        /// The store.
        path: Clean,
        /// What was looked for.
        what: String,
    },
    /// The owner keeps nothing of this kind.
    #[error("{what} are not kept: the setting {setting} is false, set it to true to keep them")]
    NotKept {
        /// What, in a word.
        what: &'static str,
        /// The switch.
        setting: &'static str,
    },
    /// Erased strings were found again in the file.
    #[error("{left} of {sought} erased strings are still in {path}")]
    NotErased {
        /// The file they are in.
        path: Clean,
        /// How many were found.
        left: usize,
        /// How many were looked for.
        sought: usize,
    },
    /// Another process kept the store locked while something was to be forgotten.
    #[error(
        "not done: another program is using {path} ({doing}); {}, the rest is as it was", rows_went(*gone)
    )]
    NotNow {
        /// The store.
        path: Clean,
        /// What was going on.
        doing: &'static str,
        /// Rows that were erased until then.
        gone: usize,
    },
    /// What was to be imported was forgotten before.
    #[error("{what} was forgotten")]
    Forgotten {
        /// What: a tracker or a file.
        what: &'static str,
    },
    /// The operating system refused.
    #[error("{doing} {path}: {source}")]
    Io {
        /// The file or folder.
        path: Clean,
        /// What was going on.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("{doing} in {path}: {source}; `inward privacy` shows the file and its folder")]
    Sql {
        /// The store.
        path: Clean,
        /// What was going on.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// The exit code of the command line's contract.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Newer { .. } => 7,
            Self::Sealed { .. } | Self::Passphrase { .. } | Self::Changed { .. } => 3,
            Self::Damaged { .. }
            | Self::Lost { .. }
            | Self::Replaced { .. }
            | Self::Torn { .. } => 4,
            Self::Full { .. } | Self::FullWhole { .. } => 8,
            Self::ReadOnly { .. } | Self::Unsafe { .. } => 5,
            Self::NotErased { .. } | Self::NotNow { .. } => 6,
            Self::Busy { .. }
            | Self::Unfinished { .. }
            | Self::Forgotten { .. }
            | Self::Missing { .. }
            | Self::Exists { .. }
            | Self::Unknown { .. }
            | Self::NotKept { .. }
            | Self::Io { .. }
            | Self::Sql { .. } => 1,
        }
    }

    pub(super) fn io(path: &Path, doing: &'static str, source: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = shown(path);
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { path, doing },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::Io {
                path,
                doing,
                source,
            },
        }
    }
}

fn rows_went(n: usize) -> String {
    match n {
        0 => "no rows are erased yet".to_owned(),
        1 => "1 row is erased and stays so".to_owned(),
        n => format!("{n} rows are erased and stay so"),
    }
}

/// A path for a reader's eyes.
pub(super) fn shown(path: &Path) -> Clean {
    Clean::label(path.as_os_str().as_encoded_bytes())
}

/// Gives SQLite's errors the file and the deed they belong to.
pub(super) trait Doing<T> {
    /// The value, or the error as one of [`StoreError`]'s kinds.
    fn doing(self, path: &Clean, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, path: &Clean, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| classify(path.clone(), doing, source))
    }
}

/// What SQLite says of a broken file, in one line: the first fault, without the heading above it.
pub(super) fn first_fault(said: &str) -> String {
    let mut lines = said.lines().filter(|line| !line.starts_with("***"));
    Clean::label(lines.next().unwrap_or(said).as_bytes()).to_string()
}

fn classify(path: Clean, doing: &'static str, source: rusqlite::Error) -> StoreError {
    use rusqlite::Error as E;
    let code = source.sqlite_error_code();
    match (code, source) {
        (Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked), _) => {
            StoreError::Busy { path, doing }
        }
        (Some(ErrorCode::DiskFull), _) => StoreError::Full { path, doing },
        (Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied), _) => {
            StoreError::ReadOnly { path }
        }
        (
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TooBig),
            source,
        ) => {
            let what = first_fault(&source.to_string());
            StoreError::Damaged { path, what }
        }
        (
            _,
            source @ (E::FromSqlConversionFailure(..)
            | E::InvalidColumnType(..)
            | E::IntegralValueOutOfRange(..)
            | E::Utf8Error(..)),
        ) => StoreError::Damaged {
            path,
            what: format!("{} ({doing})", first_fault(&source.to_string())),
        },
        (_, source) => StoreError::Sql {
            path,
            doing,
            source,
        },
    }
}

/// An error for stored bytes that do not fit what inward writes.
pub(super) fn unfit(what: impl Into<String>) -> rusqlite::Error {
    let what: Box<dyn std::error::Error + Send + Sync> = what.into().into();
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, what)
}

#[cfg(test)]
mod tests {
    use crate::store::Store;

    #[test]
    fn a_full_disk_is_an_error_that_loses_nothing() {
        let mut store = Store::memory(1_790_000_000).unwrap();
        store
            .audit(crate::store::Action::Scan, "repository 1", 1)
            .unwrap();
        let pages: i64 = store
            .conn
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        store
            .conn
            .pragma_update(None, "max_page_count", pages)
            .unwrap();
        let object = "x".repeat(100_000);
        let error = store
            .audit(crate::store::Action::Scan, &object, 1)
            .unwrap_err();
        assert_eq!(error.exit_code(), 8, "{error}");
        assert_eq!(store.audit_rows().unwrap().len(), 1);
    }
}
