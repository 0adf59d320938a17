//! The command line as typed. `design.md`'s contract is held by `tests/it/cli_contract.rs`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::backup::args::BackupArgs;
use super::draft::args::{DraftArgs, StandupArgs};
use super::dump::args::{DumpArgs, RestoreArgs};
use super::forget::args::{ForgetArgs, RetainArgs};
use super::import::args::ImportArgs;
use super::merge::args::MergeArgs;
use super::own::args::{ExcludeArgs, GoalArgs, NoteArgs};
use super::picture::args::PictureArgs;
use super::seal::args::{DecryptArgs, EncryptArgs};
use super::share::args::ShareArgs;

/// Your work, your record: a private dashboard over your own git history.
///
/// Without a command, opens the dashboard (or prints today's overview when the output is not a
/// terminal). Inside a repository it needs no set-up, and nothing is written before you say keep.
#[derive(Debug, Parser)]
#[command(
    name = "inward",
    bin_name = "inward",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Global {
    /// Folder that holds everything inward keeps (or `INWARD_DATA_DIR`)
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Settings file (or `INWARD_CONFIG`)
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A separate record, in a file of its own (work, private, …)
    #[arg(long, global = true, value_name = "NAME")]
    pub space: Option<String>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// Plain text: no dashboard, no colour, no bars
    #[arg(long, global = true)]
    pub plain: bool,
    /// Say less
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that can, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Every command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the dashboard on a generated year; nothing is read or kept
    Demo,
    /// Register repositories, or folders to search for them; reads no history
    Add(AddArgs),
    /// List, rename or remove what is registered
    Repos(ReposArgs),
    /// Accept a repository that belongs to another user of this machine
    Trust {
        /// The repository's folder
        repo: PathBuf,
    },
    /// Show, confirm or remove the addresses that are yours, and those that could be
    Me(MeArgs),
    /// Read what is new in the registered repositories
    Scan(ScanArgs),
    /// Take what is yours from task exports; without a file, list what was imported
    Import(ImportArgs),
    /// List the rows, newest first: commits, tasks, reviews given, recorded time, notes
    Log(LogArgs),
    /// Keep a note, or mark days as leave, holiday, on call or launch
    Note(NoteArgs),
    /// Outcomes and upper limits that you set for yourself
    Goal(GoalArgs),
    /// Leave a row out of every figure, or correct it; never undone by a scan or an import
    Exclude(ExcludeArgs),
    /// Figures: all metrics, or the named ones, over a range
    Stats(StatsArgs),
    /// What a metric means, how it misleads, and what it rests on here
    Explain {
        /// The metric's id, as `inward stats --json` names it
        metric: String,
    },
    /// A dashboard page as text, a task from its first day to its last, or a repository
    Show(ShowArgs),
    /// A dashboard page as an SVG or PNG file; names and figures are covered unless you say so
    Picture(PictureArgs),
    /// Say that a commit belongs to a task; `unlink` takes it back
    Link(LinkArgs),
    /// Say that a commit does not belong to a task; `link` takes it back
    Unlink(LinkArgs),
    /// What was done since the last workday and what is open, as a draft for people
    Standup(StandupArgs),
    /// A draft of your week: finished first, what changed, commits last
    Week(DraftArgs),
    /// The same of a month
    Month(DraftArgs),
    /// A draft of your self-review, a half-year unless told otherwise
    Review(DraftArgs),
    /// One line, for a prompt
    Status,
    /// Hand out a summary: asks line by line, shows the exact bytes, writes after a typed word
    Share(ShareArgs),
    /// Write every stored table as JSON Lines and CSV, and what `restore` reads
    Dump(DumpArgs),
    /// Write a copy of the whole store into one file, sealed if the store is
    Backup(BackupArgs),
    /// Make the store what it was when a backup or a dump was written
    Restore(RestoreArgs),
    /// Take another store of yours, from another machine, into this one
    Merge(MergeArgs),
    /// Read everything again into a new store, your own words first; the old one is set aside
    Rebuild {
        /// Export files to read again; those that were imported and are not named are listed
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// What is kept, where, who can read it, and what the kernel enforces
    Privacy(PrivacyArgs),
    /// The log of writes and ways out, the newest first, and whether it is whole
    Audit(AuditArgs),
    /// Erase in inward's files, read every byte back, and keep it from coming again
    Forget(ForgetArgs),
    /// How long each kind of row is kept, and when the next one goes
    Retain(RetainArgs),
    /// Encrypt the store with a passphrase
    Encrypt(EncryptArgs),
    /// Make a sealed store a plain file again
    Decrypt(DecryptArgs),
    /// Forget the sealed store's key now: the passphrase is asked again
    Lock,
    /// What is not right or not known, and what to do about it
    Doctor {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Every file and folder inward uses
    Paths,
    /// Shell completions
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page, as roff
    Man,
}

/// `inward add`
#[derive(Args, Debug)]
pub struct AddArgs {
    /// Repositories or folders; `-` reads one path a line; without any, asks (or takes `.`)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only commits authored on or after this day
    #[arg(long, value_name = "DATE")]
    pub since: Option<chrono::NaiveDate>,
    /// Path inside the repository whose changes are not kept; may be given again
    #[arg(long, value_name = "PREFIX")]
    pub exclude: Vec<String>,
    /// Read repositories again that were forgotten (a terminal asks)
    #[arg(long)]
    pub again: bool,
}

/// `inward repos`
#[derive(Args, Debug)]
pub struct ReposArgs {
    /// List as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Change the list
    #[command(subcommand)]
    pub change: Option<ReposChange>,
}

/// Changes of the list of repositories.
#[derive(Debug, Subcommand)]
pub enum ReposChange {
    /// Stop reading a repository; what is kept of it stays
    Rm {
        /// Path or name
        repo: PathBuf,
    },
    /// Give a repository another name on screen
    Rename {
        /// Path or name
        repo: PathBuf,
        /// The new name
        name: String,
    },
}

/// `inward me`
#[derive(Args, Debug)]
pub struct MeArgs {
    /// Show as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Change what is yours
    #[command(subcommand)]
    pub change: Option<MeChange>,
}

/// Changes of who "me" is.
#[derive(Debug, Subcommand)]
pub enum MeChange {
    /// Confirm addresses or names as yours; `-` reads one a line
    Add {
        /// Addresses, `NAME <ADDRESS>` for commits with both only, or names
        #[arg(value_name = "ADDRESS")]
        addresses: Vec<OsString>,
        /// Say that an address without evidence is yours (a terminal asks for the sentence)
        #[arg(long)]
        this_is_me: bool,
    },
    /// Take addresses or names back, commits under them are erased; or say no to a proposal
    Remove {
        /// Addresses, `NAME <ADDRESS>`, or names
        #[arg(value_name = "ADDRESS")]
        addresses: Vec<OsString>,
    },
}

/// `inward scan`
#[derive(Args, Debug)]
pub struct ScanArgs {
    /// Walk every header again instead of from where the last scan stopped
    #[arg(long)]
    pub full: bool,
    /// Then follow your lines too: what was rewritten or deleted, when, by you or not (slower)
    #[arg(long)]
    pub lines: bool,
    /// Report as JSON
    #[arg(long)]
    pub json: bool,
}

/// `inward log`
#[derive(Args, Debug)]
pub struct LogArgs {
    /// Days to list, e.g. week, last-tuesday, 90d, 2026-Q1, 2026-01-05..2026-02-01
    #[arg(value_name = "RANGE")]
    pub range: Option<String>,
    /// Only this repository (path or name); may be given again
    #[arg(long, value_name = "REPO")]
    pub repo: Vec<String>,
    /// Only rows of this kind; without it, time entries are summed by day
    #[arg(long, value_enum)]
    pub kind: Option<LogKind>,
    /// Only rows with this text; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub text: Option<String>,
    /// As JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// As CSV
    #[arg(long)]
    pub csv: bool,
}

/// Kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogKind {
    /// Commits
    Commits,
    /// Tasks and pull requests of yours, on the day they were finished, else given up, else last
    /// moved, else written down
    Tasks,
    /// Every time entry
    Entries,
    /// Reviews that you gave
    Reviews,
    /// Your notes and events
    Notes,
}

/// `inward stats`
#[derive(Args, Debug)]
pub struct StatsArgs {
    /// Metric ids and at most one range, in any order
    #[arg(value_name = "METRIC|RANGE")]
    pub words: Vec<String>,
    /// What each point stands for
    #[arg(long, value_enum)]
    pub by: Option<StatsBy>,
    /// Count everything git counts: generated, vendored and lock files, and twins
    #[arg(long)]
    pub raw: bool,
    /// As JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// As CSV
    #[arg(long)]
    pub csv: bool,
}

/// What each point stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsBy {
    /// A day
    Day,
    /// A week
    Week,
    /// A month
    Month,
    /// A repository
    Repo,
    /// A language
    Language,
    /// A kind of file
    Category,
    /// A task
    Task,
    /// A project: your own by path, or the tracker's
    Project,
}

/// `inward show`
#[derive(Args, Debug)]
pub struct ShowArgs {
    /// The page (overview, trends, rhythm, flow, work, projects, goals, privacy), the key of a task, or the
    /// name of a repository
    #[arg(value_name = "PAGE|TASK|REPOSITORY")]
    pub page: String,
    /// Days to show; a task is shown whole
    #[arg(value_name = "RANGE")]
    pub range: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// `inward link` and `inward unlink`
#[derive(Args, Debug)]
pub struct LinkArgs {
    /// The object id of the commit, or how it begins
    pub commit: String,
    /// The key of the task; with its tracker (`jira:ING-7`) where several share it; `-` reads one a
    /// line from standard input
    pub task: String,
    /// Report as JSON
    #[arg(long)]
    pub json: bool,
}

/// `inward privacy`
#[derive(Args, Debug)]
pub struct PrivacyArgs {
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// Try every forbidden thing from inside and report what the kernel answered
    #[arg(long)]
    pub self_test: bool,
    /// Exit 1 unless the kernel enforces every layer
    #[arg(long)]
    pub strict: bool,
}

/// `inward audit`
#[derive(Args, Debug)]
pub struct AuditArgs {
    /// Only say whether every entry is what was written; exit 4 if not
    #[arg(long)]
    pub verify: bool,
    /// And whether the log still holds the entry of this receipt; blanks, hyphens and case are free
    #[arg(long, value_name = "HEX")]
    pub receipt: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}
