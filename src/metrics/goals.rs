//! Where an upper limit stands, now and over the stretches of time before.

use chrono::Days;

use super::{by_id, extent, figure};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::Unit;
use crate::model::goal::{GoalLink, Limit};
use crate::model::period::Range;
use crate::model::selection::{By, Selection};

/// How many whole stretches before the running one are looked at.
const PAST: usize = 12;

/// Whether a limit was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// The value is at most the limit.
    Yes,
    /// The value is above it.
    No,
    /// There is no value, or too little for one.
    CannotTell,
}

impl Met {
    /// Its words: neutral, and of the limit, not of the owner.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "met",
            Self::No => "not met",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// Where a limit stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The running day, week or month.
    pub range: Range,
    /// The value so far; `None` while there is too little for one.
    pub value: Option<f64>,
    /// How many rows it rests on.
    pub n: u64,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// What value and limit are measured in.
    pub unit: Unit,
    /// Whether it is kept so far.
    pub met: Met,
    /// The interval lies on both sides of the limit.
    pub crosses: bool,
    /// The whole stretches before, the oldest first; none before the record begins.
    pub past: Vec<(Range, Met)>,
}

impl Standing {
    /// Stretches in which it was met, and in which it could be told at all.
    pub fn kept(&self) -> (usize, usize) {
        let count = |wanted: &[Met]| {
            let all = self.past.iter();
            all.filter(|(_, met)| wanted.contains(met)).count()
        };
        (count(&[Met::Yes]), count(&[Met::Yes, Met::No]))
    }
}

/// Where `limit` stands; `None` for a metric that is not computed here.
pub fn standing(limit: &Limit, data: &Dataset, calendar: &Calendar) -> Option<Standing> {
    let metric = by_id(limit.metric.as_str())?;
    let bucket = limit.per.bucket();
    let over = |range: Range| {
        let selection = Selection {
            by: By::Time(bucket),
            ..Selection::weekly(range)
        };
        figure(metric, data, &selection, calendar)
    };
    let range = bucket.holding(calendar.today(), calendar);
    let now = over(range);
    let begins = extent(data).map(|record| record.from);
    let mut past = Vec::new();
    let mut before = range;
    while past.len() < PAST {
        let Some(day) = before.from.checked_sub_days(Days::new(1)) else {
            break;
        };
        before = bucket.holding(day, calendar);
        if begins.is_none_or(|first| before.from < first) {
            break;
        }
        past.push((before, met(limit, over(before).value)));
    }
    past.reverse();
    Some(Standing {
        range,
        value: now.value,
        n: now.n,
        interval: now.interval,
        unit: now.unit,
        met: met(limit, now.value),
        crosses: now
            .interval
            .is_some_and(|(low, high)| low <= limit.most && limit.most < high),
        past,
    })
}

fn met(limit: &Limit, value: Option<f64>) -> Met {
    match value {
        None => Met::CannotTell,
        Some(value) if value <= limit.most => Met::Yes,
        Some(_) => Met::No,
    }
}

/// How many of the tasks linked with a goal are done, and how many are linked. `keys` are the names of
/// `data`'s tasks, in their order; a task that no import shows is not done.
pub fn linked(
    links: &[GoalLink],
    keys: &[crate::model::text::Clean],
    data: &Dataset,
) -> (usize, usize) {
    let tasks = links.iter().filter_map(|link| match link {
        GoalLink::Task(key) => Some(key.as_ref()),
        GoalLink::Note(_) => None,
    });
    let (mut done, mut all) = (0, 0);
    for key in tasks {
        let at = key.and_then(|key| keys.iter().position(|known| known == key));
        let task = at.and_then(|at| data.work.tasks.get(at));
        done += usize::from(task.is_some_and(|task| task.done.is_some()));
        all += 1;
    }
    (done, all)
}
