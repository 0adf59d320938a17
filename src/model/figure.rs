//! What every metric returns, and all that a page, a report or a share may know of it.

use chrono::{NaiveDate, Weekday};

use super::commit::Category;
use super::ids::{LanguageId, RepoId};
use super::keep::Kind;
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
    /// What those rows are.
    pub of: Of,
    /// The day of the newest export, where that is before the end of what was asked and before
    /// today: nothing is known after it.
    pub known_to: Option<NaiveDate>,
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
    /// Whether the weeks of the range as a whole go up or down.
    pub trend: Trend,
    /// What the figure rests on beside its rows, e.g. how many of my commits are linked.
    pub rests_on: Vec<Rest>,
}

impl Figure {
    /// The points that say something: of a grid, cells that are not empty.
    pub fn shown(&self) -> impl Iterator<Item = &Point> {
        let grid = self.shape == Shape::Grid;
        self.points
            .iter()
            .filter(move |point| !grid || point.value.is_some_and(|value| value != 0.0))
    }
}

/// What `n` counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Commits of mine.
    #[default]
    Commits,
    /// Tasks of mine, pull requests apart.
    Tasks,
    /// Pull requests of mine.
    PullRequests,
    /// Pull requests of others that I reviewed.
    ReviewsGiven,
    /// Stays in stages.
    Visits,
    /// Runs of acts.
    Sessions,
    /// Commits, ref events, moves of tasks and reviews.
    Acts,
    /// Stretches of recorded time.
    Entries,
    /// Civil days.
    Days,
    /// Lines of mine.
    Lines,
}

impl Of {
    /// What `n` of them are called: `commit` or `commits`.
    pub fn noun(self, n: u64) -> &'static str {
        let (one, many) = match self {
            Self::Commits => ("commit", "commits"),
            Self::Tasks => ("task", "tasks"),
            Self::PullRequests => ("pull request", "pull requests"),
            Self::ReviewsGiven => ("review given", "reviews given"),
            Self::Visits => ("stay", "stays"),
            Self::Sessions => ("session", "sessions"),
            Self::Acts => ("act", "acts"),
            Self::Entries => ("stretch of time", "stretches of time"),
            Self::Days => ("day", "days"),
            Self::Lines => ("line", "lines"),
        };
        if n == 1 { one } else { many }
    }
}

/// Something that a figure rests on: `n` of `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Rest {
    /// What, in a word or two, e.g. `linked_commits`, `start_from_commit`.
    pub what: &'static str,
    /// How many.
    pub n: u64,
    /// Of how many.
    pub of: u64,
}

/// The [`Rest`] of a figure that no choice of languages narrows: what it counts has none.
pub const EVERY_LANGUAGE: &str = "every_language";

/// What a test for a trend says (Mann-Kendall), never the eye.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Trend {
    /// The metric makes no such claim, or its points are not weeks.
    #[default]
    None,
    /// Fewer whole weeks than the test needs.
    TooFew {
        /// Weeks there are.
        have: u64,
        /// Weeks it takes.
        need: u64,
    },
    /// No change that can be told from noise.
    NoChange,
    /// It rises, by this much a week (Theil-Sen).
    Rising(f64),
    /// It falls, by this much a week (Theil-Sen, negative).
    Falling(f64),
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
    /// What its value is measured in, where that is not the figure's unit.
    pub unit: Option<Unit>,
    /// A 95 % interval of `value`, where the figure gives one to its parts.
    pub interval: Option<(f64, f64)>,
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
    /// A task, by its position in [`Work::tasks`](super::work::Work::tasks).
    Task(u32),
    /// A project, by its position in [`Labels::projects`](super::dataset::Labels::projects).
    Project(u16),
    /// An hour of a weekday, local time of each commit.
    Hour(Weekday, u8),
    /// A named part: `p50`, `1-9 lines`, `added`.
    Name(&'static str),
}

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
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
    /// Seconds of work, which people count in hours.
    #[serde(rename = "seconds")]
    WorkTime,
    /// Tasks or pull requests.
    Items,
    /// Times in an hour.
    PerHour,
    /// A correlation of ranks, from -1 to 1.
    Correlation,
    /// Reviews.
    Reviews,
    /// Sessions or blocks of time.
    Blocks,
}

/// Rows behind a figure, by position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Of [`Dataset::commits`](super::dataset::Dataset::commits), rising.
    Commits(Vec<u32>),
    /// Of [`Work::tasks`](super::work::Work::tasks), rising.
    Tasks(Vec<u32>),
    /// Stays, of [`Work::visits`](super::work::Work::visits), rising.
    Stays(Vec<u32>),
    /// Of [`Work::given`](super::work::Work::given), rising.
    Given(Vec<u32>),
    /// Of [`Work::spent`](super::work::Work::spent), rising.
    Entries(Vec<u32>),
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.positions().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.positions().is_empty()
    }

    /// The positions, whatever they are of.
    pub fn positions(&self) -> &[u32] {
        match self {
            Self::Commits(at)
            | Self::Tasks(at)
            | Self::Stays(at)
            | Self::Given(at)
            | Self::Entries(at) => at,
        }
    }
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
    /// Fewer whole weeks than a usual range needs.
    TooFewWeeks {
        /// Weeks there are.
        have: u64,
        /// Weeks it takes.
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
    /// Its source is not kept: the switch is off.
    NotKept(Kind),
    /// The metric makes no claim (shares, grids).
    None,
}
