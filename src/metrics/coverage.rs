//! What the record can see: workdays with a trace, and the weekly median of a series.

use chrono::Datelike;

use super::question::Question;
use super::select::Fate;
use super::series::{daily, whole_weeks};
use super::stats::{STATISTIC_FROM, median_interval, quantile, sorted};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::Figure;
use crate::model::period::{Bucket, Range};
use crate::model::selection::Selection;

/// How many workdays of a range left a trace in git.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workdays {
    /// Workdays with at least one counted commit.
    pub seen: u64,
    /// Workdays that are over and lie inside the record; the running day counts once it is seen.
    pub of: u64,
}

/// The workdays of `selection` that git saw; both numbers are 0 when there is no record.
pub fn workdays(data: &Dataset, selection: &Selection, calendar: &Calendar) -> Workdays {
    let question = Question::new(data, selection, calendar);
    let none = Workdays { seen: 0, of: 0 };
    let Some(record) = question.record else {
        return none;
    };
    let today = calendar.today();
    let range = Range {
        from: selection.range.from.max(record.from),
        to: selection.range.to.min(today.max(record.to)),
    };
    if range.from > range.to {
        return none;
    }
    let days = daily(&question, question.span(), |_, _, fate| {
        (fate == Fate::Counted).then_some((0, 0))
    });
    let inside = super::series::cut(&question, &days, range, Bucket::Day);
    let workdays = inside
        .iter()
        .filter(|piece| calendar.work_week.is_workday(piece.range.from));
    workdays.fold(none, |sum, piece| {
        let seen = piece.cell.days;
        Workdays {
            seen: sum.seen + seen,
            of: sum.of + u64::from(piece.range.to < today || seen > 0),
        }
    })
}

/// How much of the running week is over: working days that have begun, of all in the week.
pub fn week_so_far(calendar: &Calendar) -> (u32, u32) {
    let week = calendar.work_week.days;
    let all = week.iter().filter(|day| **day).count();
    let today = calendar.today();
    let gone = (0..=today.weekday().days_since(calendar.week_start)).filter(|back| {
        let day = today.weekday().num_days_from_monday() + 7 - back;
        week[(day % 7) as usize]
    });
    let count = |n: usize| u32::try_from(n).unwrap_or(7);
    (count(gone.count()), count(all))
}

/// The median of a figure's whole weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeeklyMedian {
    /// The median, in the figure's unit.
    pub median: f64,
    /// Its exact 95 % interval, from 6 weeks.
    pub interval: Option<(f64, f64)>,
    /// How many weeks it rests on.
    pub n: usize,
}

/// The weekly median of a series cut by weeks; `None` below 5 whole weeks.
pub fn weekly_median(figure: &Figure) -> Option<WeeklyMedian> {
    let weeks: Vec<f64> = whole_weeks(figure).filter_map(|week| week.value).collect();
    if (weeks.len() as u64) < STATISTIC_FROM {
        return None;
    }
    let weeks = sorted(&weeks);
    Some(WeeklyMedian {
        median: quantile(&weeks, 0.5)?,
        interval: median_interval(&weeks),
        n: weeks.len(),
    })
}
