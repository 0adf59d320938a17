//! What every metric returns, and all that a page, a report or a share may know of it.

use chrono::{NaiveDate, Weekday};

use super::commit::Category;
use super::ids::{LanguageId, RepoId};
use super::period::Range;

/// One answered question.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The metric's stable id, e.g. `active_days`.
    pub metric: &'static str,
    /// What the values are measured in.
    pub unit: Unit,
    /// The days it is about.
    pub range: Range,
    /// How many rows the value rests on.
    pub n: u64,
    /// The headline number; `None` when the data cannot carry one.
    pub value: Option<f64>,
    /// The same for the period before, when there is one to compare with.
    pub previous: Option<Previous>,
    /// What was not counted, and why; reasons with 0 rows are absent.
    pub left_out: Vec<LeftOut>,
    /// How to draw `points`.
    pub shape: Shape,
    /// The parts, in drawing order.
    pub points: Vec<Point>,
    /// A 95 % interval of `value`.
    pub interval: Option<(f64, f64)>,
    /// `XmR` limits of the weekly points, from 10 whole weeks on.
    pub usual: Option<(f64, f64)>,
    /// What the statistics allow to say.
    pub verdict: Verdict,
}

/// The period before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Previous {
    /// Its days.
    pub range: Range,
    /// Its headline number.
    pub value: Option<f64>,
    /// How many rows that rests on.
    pub n: u64,
}

/// Rows a rule left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// The rule in a word or two, e.g. `twins`, `generated`, `undated`.
    pub reason: &'static str,
    /// How many rows (commits, or lines for a line figure).
    pub n: u64,
}

/// How the points of a figure hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No points: the value is all.
    Number,
    /// Points follow each other in time.
    Series,
    /// Points are parts of a whole, largest first.
    Shares,
    /// Points are cells of hour × weekday.
    Grid,
    /// Points are bins or quantiles of a distribution.
    Distribution,
}

/// One part of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// First day it covers.
    pub from: NaiveDate,
    /// Last day it covers.
    pub to: NaiveDate,
    /// What it stands for beside its days.
    pub key: Key,
    /// Its value; `None` = missing, which is not zero.
    pub value: Option<f64>,
    /// How many rows it rests on.
    pub n: u64,
    /// False while its time is not over (or its window not closed).
    pub complete: bool,
}

/// What a point stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// Its days and nothing else.
    Time,
    /// A repository.
    Repo(RepoId),
    /// A language; 0 = other.
    Language(LanguageId),
    /// A file category.
    Category(Category),
    /// An hour of a weekday, local time of each commit.
    Hour(Weekday, u8),
    /// A named part: `p50`, `1-9 lines`, `added`.
    Name(&'static str),
}

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Commits.
    Commits,
    /// Civil days.
    Days,
    /// Lines added plus deleted.
    Lines,
    /// A share from 0 to 1.
    Share,
    /// Seconds.
    Seconds,
}

/// What may be said about a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Fewer rows than the statistic needs.
    TooFew {
        /// Rows there are.
        have: u64,
        /// Rows it takes.
        need: u64,
    },
    /// No whole week left its usual range.
    WithinUsual,
    /// The weeks that left the usual range, by their first day.
    Outside(Vec<NaiveDate>),
    /// A run rule fired: the last points lie on one side of the mean.
    Shift {
        /// True = above the mean.
        up: bool,
        /// How many points in a row.
        points: u32,
    },
    /// The metric makes no claim (shares, grids).
    None,
}
