//! What the owner looks at: which days, which repositories, which measure.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::metrics::{Metric, by_id};
use crate::model::calendar::Calendar;
use crate::model::ids::{CommitId, LanguageId, RepoId, TaskId};
use crate::model::period::{Bucket, Range};
use crate::model::selection::{By, Selection, Sources};

/// The steps of zoom, in weeks.
pub const ZOOM: [u32; 4] = [4, 12, 26, 52];

/// The days looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The days.
    pub range: Range,
    /// How many whole weeks they are, when they were chosen by zoom.
    pub weeks: Option<u32>,
    /// The words they were chosen by (`last-month`), when they were typed.
    pub name: Option<String>,
    /// They move on with the days.
    pub live: bool,
}

impl Window {
    /// The last `weeks` whole weeks, the running one included.
    pub fn weeks(weeks: u32, calendar: &Calendar) -> Self {
        Self {
            range: Range::weeks(weeks, calendar),
            weeks: Some(weeks),
            name: None,
            live: true,
        }
    }

    /// The same question on another day: a live window moves along.
    pub fn follow(&mut self, calendar: &Calendar, extent: Option<Range>) {
        if !self.live {
            return;
        }
        if let Some(weeks) = self.weeks {
            self.range = Range::weeks(weeks, calendar);
        } else if let Some(range) = self
            .name
            .as_ref()
            .and_then(|name| Range::parse(name, calendar, extent).ok())
        {
            self.range = range;
        }
    }

    /// How points along time are cut: days up to a month, weeks up to two years, then months.
    pub fn bucket(&self) -> Bucket {
        match self.range.days() {
            0..=27 => Bucket::Day,
            28..=742 => Bucket::Week,
            _ => Bucket::Month,
        }
    }
}

/// The measure of the Trends page: a metric that has a value for each stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure(&'static str);

impl Measure {
    /// Every measure in the order of the menu: outcomes before activity, commits last.
    pub const ALL: [Self; 25] = [
        Self("throughput"),
        Self("delivered"),
        Self("cycle_time"),
        Self("lead_time"),
        Self("change_cycle_time"),
        Self("wip"),
        Self("flow_efficiency"),
        Self("reviews"),
        Self("review_given"),
        Self("review_received"),
        Self("link_coverage"),
        Self("recorded_time"),
        Self("estimated_hours"),
        Self("sessions"),
        Self("focus_blocks"),
        Self("context_switches"),
        Self("after_hours_share"),
        Self("weekend_share"),
        Self("late_runs"),
        Self("rest_days"),
        Self("assisted_share"),
        Self("reverts"),
        Self::ACTIVE_DAYS,
        Self::LINES,
        Self("commits"),
    ];
    /// Days with commits.
    pub const ACTIVE_DAYS: Self = Self("active_days");
    /// Lines changed.
    pub const LINES: Self = Self("lines_changed");

    /// The metric's stable id.
    pub fn metric(self) -> &'static str {
        self.0
    }

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        by_id(self.0).map_or(self.0, Metric::title)
    }

    /// Its place in [`Measure::ALL`].
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|m| *m == self).unwrap_or(0)
    }
}

impl Default for Measure {
    fn default() -> Self {
        Self::ACTIVE_DAYS
    }
}

/// What a mix is a mix of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Split {
    /// Repositories.
    #[default]
    Repository,
    /// Languages.
    Language,
}

impl Split {
    /// The metric of this mix, by changed lines.
    pub fn metric(self) -> &'static str {
        match self {
            Self::Repository => "repositories",
            Self::Language => "languages",
        }
    }

    /// The words over it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Repository => "By repository",
            Self::Language => "By language",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Repository => Self::Language,
            Self::Language => Self::Repository,
        }
    }

    /// How a selection is cut for it.
    pub fn by(self) -> By {
        match self {
            Self::Repository => By::Repo,
            Self::Language => By::Language,
        }
    }
}

/// What the mixes of the Projects page are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mix {
    /// Languages.
    #[default]
    Languages,
    /// Kinds of files.
    Categories,
    /// What commits say they are.
    Types,
}

impl Mix {
    /// The metric.
    pub fn metric(self) -> &'static str {
        match self {
            Self::Languages => "languages",
            Self::Categories => "categories",
            Self::Types => "work_types",
        }
    }

    /// The words over it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Languages => "Languages",
            Self::Categories => "Kinds of files",
            Self::Types => "Types of work",
        }
    }

    /// What its shares are shares of.
    pub fn of(self) -> &'static str {
        match self {
            Self::Languages | Self::Categories => "share of changed lines",
            Self::Types => "share of commits",
        }
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Languages => Self::Categories,
            Self::Categories => Self::Types,
            Self::Types => Self::Languages,
        }
    }

    /// How a selection is cut for it.
    pub fn by(self) -> By {
        match self {
            Self::Languages => By::Language,
            // Types have a cut of their own, whatever is asked.
            Self::Categories | Self::Types => By::Category,
        }
    }
}

/// Everything that decides which figures a page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The days.
    pub window: Window,
    /// Show the period before as well.
    pub compare: bool,
    /// The measure of Trends.
    pub measure: Measure,
    /// The mix of Overview and Trends.
    pub split: Split,
    /// The first mix of Projects.
    pub mix: Mix,
    /// Only these repositories; `None` = all.
    pub repos: Option<BTreeSet<RepoId>>,
    /// Only these languages; `None` = all.
    pub languages: Option<BTreeSet<LanguageId>>,
    /// Only what came from these sources; `None` = all.
    pub sources: Option<Sources>,
    /// Only what holds a text; `None` = all.
    pub found: Option<Found>,
    /// Count everything git counts.
    pub raw: bool,
}

/// What holds a text, as the worker found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The text.
    pub text: String,
    /// The commits.
    pub commits: Arc<BTreeSet<CommitId>>,
    /// Tasks, reviews and recorded time.
    pub tasks: Arc<BTreeSet<TaskId>>,
}

impl Look {
    /// The last 12 weeks of everything.
    pub fn new(calendar: &Calendar) -> Self {
        Self {
            window: Window::weeks(12, calendar),
            compare: true,
            measure: Measure::default(),
            split: Split::default(),
            mix: Mix::default(),
            repos: None,
            languages: None,
            sources: None,
            found: None,
            raw: false,
        }
    }

    /// Whether less than everything is looked at, the days apart.
    pub fn is_narrowed(&self) -> bool {
        let rows = self.repos.is_some() || self.languages.is_some();
        rows || self.sources.is_some() || self.found.is_some()
    }

    /// Looks at everything again, in the same days.
    pub fn widen(&mut self) {
        (self.repos, self.languages) = (None, None);
        (self.sources, self.found) = (None, None);
    }

    /// The text that is looked for; empty when none is.
    pub fn text(&self) -> &str {
        self.found.as_ref().map_or("", |found| found.text.as_str())
    }

    /// The selection of the window, cut along time as its length asks for.
    pub fn selection(&self) -> Selection {
        Selection {
            range: self.window.range,
            repos: self.repos.clone(),
            languages: self.languages.clone(),
            sources: self.sources.clone(),
            commits: self.found.as_ref().map(|found| Arc::clone(&found.commits)),
            tasks: self.found.as_ref().map(|found| Arc::clone(&found.tasks)),
            only: None,
            by: By::Time(self.window.bucket()),
            raw: self.raw,
        }
    }
}
