//! What a metric is. A leaf: metrics import this file, `mod.rs` lists them.

use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Unit};
use crate::model::selection::Selection;

/// One number the program can show, and everything it owes its reader about it.
pub trait Metric: Sync {
    /// The stable id of the command line and of JSON, e.g. `active_days`.
    fn id(&self) -> &'static str;

    /// A short title for people, e.g. `Days with commits`.
    fn title(&self) -> &'static str;

    /// What the values are measured in.
    fn unit(&self) -> Unit;

    /// The rule, its source, how it misleads and what it leaves out.
    fn definition(&self) -> Definition;

    /// The answer to `selection`; `value` is `None` when the data cannot carry one.
    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure;

    /// The commits behind the figure: indexes into [`Dataset::commits`], rising, `n` of them.
    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Vec<u32>;
}

/// What a metric means, in words for `inward explain` and `docs/metrics.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// How it is counted.
    pub rule: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// How it can mislead.
    pub misleads: &'static str,
    /// What is not counted, and why.
    pub left_out: &'static str,
}
