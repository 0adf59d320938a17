//! What the record can see: workdays with a trace, and the weekly median of a series.

use chrono::NaiveDate;

use super::marks::Marks;
use super::question::Question;
use super::select::Fate;
use super::series::{daily, whole_weeks};
use super::stats::{STATISTIC_FROM, median_interval, quantile, sorted};
use crate::model::away::{Away, EventKind};
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
    /// Days that the owner marked (leave, holiday, on call, launch) are none, seen or not.
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
    let away = Marks::of_away(&data.away, Some(range), &EventKind::ALL);
    let inside = super::series::cut(&question, &days, range, Bucket::Day);
    let workdays = inside
        .iter()
        .filter(|piece| calendar.work_week.is_workday(piece.range.from))
        .filter(|piece| !away.holds(piece.range.from.to_epoch_days()));
    workdays.fold(none, |sum, piece| {
        let seen = piece.cell.days;
        Workdays {
            seen: sum.seen + seen,
            of: sum.of + u64::from(piece.range.to < today || seen > 0),
        }
    })
}

/// How much of the running week is over: working days that have begun, of all in the week. Days
/// that are marked in `away` ([`Dataset::away`]) are no working days.
pub fn week_so_far(calendar: &Calendar, away: &[Away]) -> (u32, u32) {
    let today = calendar.today();
    let days = calendar.week_of(today).iter_days().take(7);
    let workdays = days.filter(|day| calendar.work_week.is_workday(*day) && !is_away(away, *day));
    workdays.fold((0, 0), |(gone, all), day| {
        (gone + u32::from(day <= today), all + 1)
    })
}

/// Whether the owner marked `day`.
fn is_away(away: &[Away], day: NaiveDate) -> bool {
    let day = day.to_epoch_days();
    let mut marked = away.iter();
    marked.any(|away| (away.from..=away.to).contains(&day))
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

#[cfg(test)]
mod tests {
    use super::super::testing::{calendar, commits, stamp, weeks};
    use super::*;
    use chrono::Weekday;

    fn marked(from: &str, to: &str, kind: EventKind) -> Away {
        Away {
            from: stamp(from).day,
            to: stamp(to).day,
            kind,
        }
    }

    #[test]
    fn marked_days_are_no_workdays_seen_or_not() {
        // Monday, Wednesday and a Saturday; the second week stays empty.
        let at = ["2026-03-02 09:00", "2026-03-04 09:00", "2026-03-07 09:00"];
        let mut data = commits(&at.map(|at| (at, 0)), "2026-03-20 12:00");
        let ask = |data: &Dataset| {
            let range = weeks("2026-03-02", "2026-03-15");
            let days = workdays(data, &range, &calendar("2026-03-20 12:00"));
            (days.seen, days.of)
        };
        assert_eq!(ask(&data), (2, 10));
        data.away = vec![
            marked("2026-03-04", "2026-03-04", EventKind::Oncall),
            marked("2026-03-09", "2026-03-12", EventKind::Leave),
            marked("2026-03-12", "2026-03-14", EventKind::Holiday),
        ];
        assert_eq!(ask(&data), (1, 4));
    }

    #[test]
    fn the_running_week_has_its_working_days_without_the_marked_ones() {
        // Wednesday 11 March 2026.
        let mut now = calendar("2026-03-11 12:00");
        assert_eq!(week_so_far(&now, &[]), (3, 5));
        let leave = [
            marked("2026-03-06", "2026-03-09", EventKind::Leave),
            marked("2026-03-13", "2026-03-20", EventKind::Holiday),
        ];
        assert_eq!(week_so_far(&now, &leave), (2, 3));
        // From Sunday on, Sunday the 8th is the first day of this week, and off.
        now.week_start = Weekday::Sun;
        assert_eq!(week_so_far(&now, &[]), (3, 5));
        now.week_start = Weekday::Wed;
        assert_eq!(week_so_far(&now, &[]), (1, 5));
        assert_eq!(
            week_so_far(&now, &leave),
            (1, 2),
            "marked: the 13th, 16th and 17th"
        );
    }
}
