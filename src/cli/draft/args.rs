//! The options of `inward standup`, `week`, `month` and `review`.

use clap::Args;

/// `inward standup`
#[derive(Args, Debug)]
pub struct StandupArgs {
    /// How it is written.
    #[command(flatten)]
    pub form: FormArgs,
}

/// `inward week`, `month` and `review`
#[derive(Args, Debug)]
pub struct DraftArgs {
    /// Days to tell of, e.g. last-week, 2026-W07, 2026-05, 2026-H1, 2026-01-05..2026-02-01
    #[arg(value_name = "RANGE")]
    pub range: Option<String>,
    /// How it is written.
    #[command(flatten)]
    pub form: FormArgs,
}

/// How a draft is written: Markdown, plain text with `--plain`, or JSON.
#[derive(Args, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four flags, as typed")]
pub struct FormArgs {
    /// Leave out the ids of commits, tasks and notes behind each claim
    #[arg(long)]
    pub no_ids: bool,
    /// As JSON
    #[arg(long, conflicts_with = "no_ids")]
    pub json: bool,
    /// Check your own wording templates and write no draft
    #[arg(long, conflicts_with_all = ["json", "no_ids"])]
    pub check: bool,
    /// Print the template in force, to start your own from
    #[arg(long, conflicts_with_all = ["json", "no_ids", "check"])]
    pub wording: bool,
}
