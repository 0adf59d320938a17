//! The label: what is kept, where, who can read it, and what the kernel enforces, as plain data.
//!
//! One document for the command, its JSON and the page of the dashboard, so that none of them can
//! say more than another.

use chrono::NaiveDate;
use serde::Serialize;

use super::text::Clean;

/// The whole label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Where the store is and how it lies there.
    pub place: Place,
    /// Every file of the data folder.
    pub files: Vec<FileState>,
    /// What the badge says: enforced by the kernel, or by build only.
    pub offline: String,
    /// The layers of the lock, each with its state.
    pub layers: Vec<LayerState>,
    /// What may be kept, by switch.
    pub keep: Vec<Switch>,
    /// Every table with its columns.
    pub tables: Vec<TableLabel>,
    /// What is never kept, in words.
    pub never_kept: String,
    /// What a seized file would tell, one sentence each, with the numbers of this file.
    pub seized: Vec<String>,
    /// What goes by itself, and when.
    pub ageing: Vec<Ageing>,
    /// The log of writes and ways out.
    pub log: LogState,
    /// The day of the last self-test; `None` when there was none.
    pub last_check: Option<NaiveDate>,
}

/// Where the store is and how it lies there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The data folder.
    pub data_dir: Clean,
    /// The store.
    pub store: Clean,
    /// `plain`, `sealed` or `nothing kept`.
    pub file: &'static str,
    /// Size of the store in bytes.
    pub bytes: u64,
    /// Whether the disk is encrypted: `yes`, `no` or `unknown`.
    pub disk_encryption: String,
    /// What carries the folder off this machine (a network or a synced folder); `None`: nothing known.
    pub leaves_the_machine: Option<String>,
    /// The owner said to keep it there all the same.
    pub override_given: bool,
}

/// One file of the data folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileState {
    /// Its path.
    pub path: Clean,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its permission bits, as in `0600`; empty where the system has none.
    pub mode: String,
    /// Others can read or write it.
    pub open_to_others: bool,
}

/// One layer of the lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LayerState {
    /// Its name.
    pub name: String,
    /// Whether it is in force.
    pub holds: bool,
    /// What it does, or why it is missing.
    pub detail: String,
}

/// A kind of fact that the owner can turn off (`[keep]` in the settings).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// Its name in the settings, as in `titles`.
    pub name: &'static str,
    /// Whether it is kept.
    pub on: bool,
    /// What it is, in words.
    pub about: &'static str,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableLabel {
    /// Its name, as in the dump.
    pub table: &'static str,
    /// Rows stored.
    pub rows: u64,
    /// First and last day its rows are about, where they have one.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What it holds, in words.
    pub holds: &'static str,
    /// Its columns.
    pub columns: Vec<ColumnLabel>,
}

/// One column, in plain words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnLabel {
    /// Its name in the file.
    pub column: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Why it is kept.
    pub why: &'static str,
    /// Which figure, page or command reads it.
    pub read_by: &'static str,
    /// The switch that turns it off; `None`: only `forget` or `import --undo` does.
    pub switch: Option<&'static str>,
}

/// One rule of ageing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ageing {
    /// What ages, in words.
    pub what: &'static str,
    /// After how many days it goes; `None`: never by itself.
    pub after_days: Option<u32>,
    /// On which day the next row goes; `None` when nothing is due.
    pub next: Option<NaiveDate>,
    /// How many rows go then.
    pub rows: u64,
}

/// The log of writes and ways out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LogState {
    /// How many entries.
    pub entries: u64,
    /// The verdict of its check, in words.
    pub verdict: String,
    /// The newest entries, the newest first: day, action, on what, how many.
    pub newest: Vec<LogEntry>,
    /// How many files were shared.
    pub shares: u64,
    /// What was written for elsewhere, by kind; kinds that never were are left out.
    pub out: Vec<WentOut>,
}

/// What was written for elsewhere, of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WentOut {
    /// The action in the log, as in `dump`.
    pub action: &'static str,
    /// What it makes, one and many: `dump`, `dumps`.
    #[serde(skip)]
    pub words: (&'static str, &'static str),
    /// How often.
    pub times: u64,
    /// The last time.
    pub last: NaiveDate,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// The day.
    pub day: NaiveDate,
    /// What was done.
    pub action: Clean,
    /// On what, by local id.
    pub object: Clean,
    /// How many rows or bytes.
    pub n: u64,
}
