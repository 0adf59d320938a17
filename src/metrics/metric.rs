//! What a metric is. A leaf: metrics import this file, `mod.rs` lists them.

use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Of, Rows, Unit};
use crate::model::selection::Selection;

/// One number the program can show, and everything it owes its reader about it.
pub trait Metric: Sync {
    /// The stable id of the command line and of JSON, e.g. `active_days`.
    fn id(&self) -> &'static str;

    /// A short title for people, e.g. `Days with commits`.
    fn title(&self) -> &'static str;

    /// What the values are measured in.
    fn unit(&self) -> Unit;

    /// What its `n` counts.
    fn of(&self) -> Of {
        Of::Commits
    }

    /// What stands before the value in a sentence, e.g. `85 % likely within`; `None`: the median of
    /// a distribution is called so, anything else by its title alone.
    fn lead(&self) -> Option<&'static str> {
        None
    }

    /// Whether it is compared with the period before.
    fn compares(&self) -> bool {
        true
    }

    /// The rule, its source, how it misleads and what it leaves out.
    fn definition(&self) -> Definition;

    /// The answer to `selection`; `value` is `None` when the data cannot carry one.
    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure;

    /// The rows behind the figure, `n` of them where `n` counts rows of that kind.
    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows;

    /// How many seconds each of these rows stands for, by position, where the figure measures
    /// durations; empty where it does not.
    fn lengths(
        &self,
        _data: &Dataset,
        _selection: &Selection,
        _calendar: &Calendar,
    ) -> Vec<(u32, i64)> {
        Vec::new()
    }
}

/// What a metric means, in words for `inward explain` and `docs/metrics.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// How it is counted.
    pub rule: &'static str,
    /// The same as a formula, in one line.
    pub formula: &'static str,
    /// The data it needs, the first without which there is nothing.
    pub needs: &'static [Need],
    /// Where the definition comes from.
    pub source: &'static str,
    /// How it can mislead.
    pub misleads: &'static str,
    /// What is not counted, and why.
    pub left_out: &'static str,
    /// What a sceptic asks of it, with the answers; never empty.
    pub asked: &'static [(&'static str, &'static str)],
}

/// Data that a metric needs; `inward explain` says how much of it is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Commits of mine.
    Commits,
    /// The reflog of my repositories.
    Reflog,
    /// Tasks from an import.
    Tasks,
    /// When tasks were finished.
    Finished,
    /// When work on tasks began.
    Started,
    /// The moves of tasks between states.
    History,
    /// Estimates of tasks.
    Estimates,
    /// Pull requests of mine from an import.
    PullRequests,
    /// Pull requests of others that I reviewed.
    ReviewsGiven,
    /// Recorded time from an import.
    Entries,
    /// The pass over lines (`scan --lines`).
    Lines,
    /// Links between commits and tasks.
    Links,
    /// The owner's work week in the settings.
    WorkWeek,
}
