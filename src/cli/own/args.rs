//! The arguments of the owner's own words: `note`, `goal`, `exclude`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `inward note`
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct NoteArgs {
    /// The words; `-` reads them from standard input, without any a terminal is asked
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// The day, or the days, it is about [default: today]
    #[arg(long, value_name = "DATE|RANGE")]
    pub on: Option<String>,
    /// Mark the days as leave, a holiday, on call or a launch; needs no words
    #[arg(long, value_enum, value_name = "KIND")]
    pub event: Option<Event>,
    /// The task it is about, by its key
    #[arg(long, value_name = "KEY")]
    pub task: Option<String>,
    /// The repository it is about, by its name
    #[arg(long, value_name = "NAME")]
    pub repo: Option<String>,
    /// It mattered to others: worth a line in a self-review
    #[arg(long)]
    pub impact: bool,
    /// Take the all-day events of a calendar (.ics) as holidays; `-` reads one from standard input
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["text", "on", "event", "task", "repo", "impact"]
    )]
    pub holidays: Option<PathBuf>,
    /// With --holidays: say what would be taken and write nothing
    #[arg(long, requires = "holidays")]
    pub dry_run: bool,
    /// Report as JSON
    #[arg(long)]
    pub json: bool,
    /// List or remove notes
    #[command(subcommand)]
    pub change: Option<NoteChange>,
}

/// What else can be done with notes.
#[derive(Debug, Subcommand)]
pub enum NoteChange {
    /// List notes and events, the newest day first
    List {
        /// Days to list; all without it
        #[arg(value_name = "RANGE")]
        range: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a note or event, by its number
    Rm {
        /// Numbers as `note list` shows them
        #[arg(value_name = "N", required = true)]
        numbers: Vec<u64>,
    },
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Event {
    /// Days off
    Leave,
    /// A public holiday
    Holiday,
    /// On call
    Oncall,
    /// A launch, or another stretch that is like no other
    Launch,
}

/// `inward goal`
#[derive(Args, Debug)]
pub struct GoalArgs {
    /// As JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Without any, lists the goals
    #[command(subcommand)]
    pub change: Option<GoalChange>,
}

/// What can be done with goals.
#[derive(Debug, Subcommand)]
pub enum GoalChange {
    /// Set an outcome as a sentence, or an upper limit on a metric
    Add(GoalAdd),
    /// List the goals, limits with the present value
    List,
    /// Say that a goal is reached
    Done {
        /// Its number
        n: u64,
    },
    /// Give a goal up
    Drop {
        /// Its number
        n: u64,
    },
    /// Take it up again
    Reopen {
        /// Its number
        n: u64,
    },
    /// Say that a task or a note belongs to a goal
    Link {
        /// The goal's number
        n: u64,
        /// The key of a task, or `note:N`; `-` reads it from standard input
        what: String,
    },
    /// Take such a link back
    Unlink {
        /// The goal's number
        n: u64,
        /// The key of a task, or `note:N`; `-` reads it from standard input
        what: String,
    },
    /// Remove a goal with all that was said of it
    Rm {
        /// Its number
        n: u64,
    },
}

/// `inward goal add`
#[derive(Args, Debug)]
pub struct GoalAdd {
    /// The outcome; `-` reads it from standard input, without any a terminal is asked
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// At most this much: a metric and a value such as 3, 20%, 4h30m or 3d
    #[arg(
        long,
        num_args = 2,
        value_names = ["METRIC", "VALUE"],
        allow_hyphen_values = true,
        conflicts_with = "text"
    )]
    pub limit: Option<Vec<String>>,
    /// What the limit is about [default: week]
    #[arg(long, value_enum, requires = "limit")]
    pub per: Option<Per>,
    /// Refused, with the reason
    #[arg(
        long,
        hide = true,
        aliases = ["at-least", "floor", "minimum"],
        num_args = 0..,
        allow_hyphen_values = true
    )]
    pub min: Option<Vec<String>>,
}

/// A stretch of time that a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Per {
    /// A day
    Day,
    /// A week
    Week,
    /// A month
    Month,
}

/// `inward exclude`
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ExcludeArgs {
    /// How a commit's id begins, the key of a task or review, or `row` of `log --json`; `-` reads it
    #[arg(value_name = "ROW")]
    pub row: Option<String>,
    /// Why; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub reason: Option<String>,
    /// It is not mine
    #[arg(long, conflicts_with = "set")]
    pub not_mine: bool,
    /// Correct a fact of a task instead: created, started, done (a day, a time or none), kind or
    /// project; may be given again; `-` reads one a line
    #[arg(long, value_name = "FACT=VALUE")]
    pub set: Vec<String>,
    /// Take back all that was said of the row, or entry x-N of the list
    #[arg(long, conflicts_with_all = ["reason", "not_mine", "set"])]
    pub undo: bool,
    /// Report as JSON
    #[arg(long)]
    pub json: bool,
    /// List what was said
    #[command(subcommand)]
    pub change: Option<ExcludeChange>,
}

/// What else can be done with exclusions.
#[derive(Debug, Subcommand)]
pub enum ExcludeChange {
    /// List the rows you left out or corrected
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}
