//! All that lines can be made from: a few plain numbers. No rows, no ids, no hours.

use chrono::NaiveDate;

use super::line::LineId;
use super::window::Window;
use crate::metrics;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point};
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::model::text::Clean;

/// A number, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It is known.
    Known(u64),
    /// It is not, for this reason.
    Unknown(&'static str),
}

/// What is known of one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Stories and epics finished.
    pub stories: Fact,
    /// Bugs finished.
    pub bugs: Fact,
    /// Other tasks finished.
    pub tasks: Fact,
    /// Tasks of any kind finished.
    pub finished: Fact,
    /// The median of their cycle times, in days, rounded up.
    pub cycle_days: Fact,
    /// Reviews given.
    pub reviews: Fact,
    /// Outcomes of goals that were reached in the window, in the owner's words: the first 20. Their
    /// caller fills them in.
    pub outcomes: Vec<Clean>,
}

/// Of no more outcomes a summary is made.
pub const OUTCOMES: usize = 20;

/// Fewer finished tasks than this have no median worth a word.
const TASKS_FOR_A_MEDIAN: u64 = 5;

const NO_TASKS: &str = "none of these is known up to then: import an export of your tracker";
const NO_REVIEWS: &str = "no reviews are known up to then: import an export of your reviews";
const NOT_COVERED: &str = "the newest export ends before the window does";
const TOO_FEW: &str = "fewer than five finished tasks with a known start";

/// The facts of `window`; outcomes are for the caller to add.
pub fn facts(data: &Dataset, calendar: &Calendar, window: Window) -> Facts {
    let range = window.range();
    // From before every tracker: whether anything of a kind was known by then.
    let ever = Range::new(NaiveDate::default(), range.to);
    let figure = |id: &str, range| {
        let asked = Selection::weekly(range);
        metrics::by_id(id).map(|metric| metrics::figure(metric, data, &asked, calendar))
    };
    let both = |id: &str| Some((figure(id, range)?, figure(id, ever)?));
    let (kinds, reviews) = (both("task_types"), both("reviews"));
    let of = |wanted: &[&str]| known(kinds.as_ref(), NO_TASKS, |figure| named(figure, wanted));
    Facts {
        stories: of(&["story", "epic"]),
        bugs: of(&["bug"]),
        tasks: of(&["task", "subtask"]),
        finished: known(kinds.as_ref(), NO_TASKS, |figure| figure.n),
        cycle_days: cycle_days(figure("cycle_time", range).as_ref()),
        reviews: known(reviews.as_ref(), NO_REVIEWS, |figure| figure.n),
        outcomes: Vec::new(),
    }
}

/// The rows of the points with one of these names.
fn named(figure: &Figure, wanted: &[&str]) -> u64 {
    let is_wanted = |point: &&Point| matches!(point.key, Key::Name(name) if wanted.contains(&name));
    figure
        .points
        .iter()
        .filter(is_wanted)
        .map(|point| point.n)
        .sum()
}

/// What `read` finds in the window, given as (in the window, up to its end). It is not known before the
/// first row that `read` itself counts: were it a row of another kind, that row would show in this line.
fn known(
    figures: Option<&(Figure, Figure)>,
    none: &'static str,
    read: impl Fn(&Figure) -> u64,
) -> Fact {
    match figures {
        Some((_, ever)) if read(ever) == 0 => Fact::Unknown(none),
        Some((inside, _)) if inside.known_to.is_some() => Fact::Unknown(NOT_COVERED),
        Some((inside, _)) => Fact::Known(read(inside)),
        None => Fact::Unknown(none),
    }
}

fn cycle_days(figure: Option<&Figure>) -> Fact {
    let Some(figure) = figure else {
        return Fact::Unknown(NO_TASKS);
    };
    if figure.known_to.is_some() {
        return Fact::Unknown(NOT_COVERED);
    }
    match figure.value.filter(|_| figure.n >= TASKS_FOR_A_MEDIAN) {
        Some(seconds) => Fact::Known(days(seconds)),
        None => Fact::Unknown(TOO_FEW),
    }
}

/// Seconds as days, rounded up.
fn days(seconds: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rounded, non-negative number of days; what is larger than a u64 is its largest"
    )]
    let days = (seconds / 86_400.0).ceil().max(0.0) as u64;
    days
}

impl Facts {
    /// The number behind a banded line.
    pub(super) fn of(&self, line: LineId) -> Fact {
        match line {
            LineId::Stories => self.stories,
            LineId::Bugs => self.bugs,
            LineId::Tasks => self.tasks,
            LineId::CycleTime => self.cycle_days,
            LineId::Reviews => self.reviews,
            LineId::Finished => self.finished,
            LineId::Outcome(_) => Fact::Unknown("it is words"),
        }
    }

    /// The same with the outcomes that were reached, each on one line; what is beyond [`OUTCOMES`]
    /// stays out.
    #[must_use]
    pub fn with_outcomes(mut self, outcomes: impl IntoIterator<Item = Clean>) -> Self {
        let flat = |outcome: Clean| {
            let words: Vec<&str> = outcome.as_str().split_whitespace().collect();
            Clean::note(&words.join(" "))
        };
        self.outcomes = outcomes.into_iter().map(flat).take(OUTCOMES).collect();
        self
    }
}
