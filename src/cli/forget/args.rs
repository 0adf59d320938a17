//! The arguments of `forget` and `retain`.

use chrono::NaiveDate;
use clap::Args;

/// What an end in the middle means, below the help.
const INTERRUPTED: &str = "\
First it counts what would go, which keeps nothing: ended there, nothing has changed. Then rows go in small
steps, each on the disk before the next (of a sealed store with a save at least every two seconds): ended
there, run the same again, and it goes on where it stopped.";

/// `inward forget`
#[derive(Args, Debug)]
#[command(
    group(clap::ArgGroup::new("what").required(true).multiple(false)),
    after_long_help = INTERRUPTED
)]
pub struct ForgetArgs {
    /// A repository, by path or name: its commits that no other one holds, and all that is told of it
    #[arg(long, value_name = "REPO", group = "what")]
    pub repo: Option<String>,
    /// A task, by key or address; `-` reads it from standard input
    #[arg(long, value_name = "TASK", group = "what", allow_hyphen_values = true)]
    pub task: Option<String>,
    /// All that a tracker's exports said (`jira`), or one import, by its number
    #[arg(long, value_name = "SOURCE", group = "what")]
    pub source: Option<String>,
    /// Everything before this day
    #[arg(long, value_name = "DATE", group = "what")]
    pub before: Option<NaiveDate>,
    /// Everything of these days, e.g. 2024-Q1 or 2024-01-05..2024-02-01
    #[arg(long, value_name = "RANGE", group = "what")]
    pub days: Option<String>,
    /// Rows in which a text stands; `-` reads it from standard input, a terminal asks for it. Never
    /// given as an argument: other programs can read those
    #[arg(long, value_name = "-", group = "what", allow_hyphen_values = true)]
    pub text: Option<String>,
    /// Everything: rows, log, key, the list of repositories
    #[arg(long, group = "what")]
    pub all: bool,
    /// Without the question; needed where there is no terminal
    #[arg(long)]
    pub yes: bool,
    /// Report as JSON
    #[arg(long)]
    pub json: bool,
}

/// `inward retain`
#[derive(Args, Debug)]
pub struct RetainArgs {
    /// What: commits, tasks, titles, entries or notes; without it, lists how long everything is kept
    #[arg(value_name = "KIND", requires = "keep")]
    pub kind: Option<String>,
    /// How long, in days (`400d`), or `never` for: it never goes by itself
    #[arg(value_name = "DAYS|never")]
    pub keep: Option<String>,
    /// Without the question; alone: the clock is right, let what is due go
    #[arg(long)]
    pub yes: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}
