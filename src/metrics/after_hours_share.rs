//! Share of commits after hours.

use super::days_off::DaysOff;
use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::select::second_of_day;
use super::share::share_of_commits;
use crate::model::calendar::{Calendar, WorkWeek};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Commits outside the owner's own working hours.
pub(super) struct AfterHoursShare;

impl Metric for AfterHoursShare {
    fn id(&self) -> &'static str {
        "after_hours_share"
    }

    fn title(&self) -> &'static str {
        "Share of commits after hours"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Is it overtime?",
                    "Not by itself. Flexible hours look the same, so it is compared with my own past only.",
                ),
                ("Who says when work ends?", "The owner, in the settings."),
            ],
            rule: "Counted commits outside the owner's working hours (days off included), by the \
                   hour of the author date in its own offset, divided by all counted commits, \
                   with Wilson's 95 % interval. The working week is a setting: Monday to Friday, \
                   9 to 18 unless changed. Days marked as leave or holiday are days off. The \
                   baseline is the owner's own: the usual range is made of one's own past weeks \
                   alone, from 10 on, and no other person's hours enter.",
            formula: "after_hours_share = |counted commits outside working hours| / |counted commits|",
            needs: &[Need::Commits, Need::WorkWeek],
            source: "LFX counts weekday commits from 18:00 and weekends; Claes et al. (ICSE 2018) \
                   found that the baseline must be the person's own, so hours are the owner's.",
            misleads: "The time of a commit is not the time of the work. Flexible hours, children and \
                   travel look like overtime. It is compared with one's own past only, and says \
                   nothing of health.",
            left_out: super::share::LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let off = DaysOff::new(&question);
        share_of_commits(self, &question, |index, day| {
            off.holds(day) || after_hours(data, &calendar.work_week, index, day)
        })
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

/// Whether commit `index` of the working day `day` lies outside working hours.
fn after_hours(data: &Dataset, week: &WorkWeek, index: usize, day: i32) -> bool {
    let hour = second_of_day(data, index, day) / 3_600;
    hour < i64::from(week.from_hour) || hour >= i64::from(week.to_hour)
}

#[cfg(test)]
mod tests {
    use super::super::pace::testing::commits_in;
    use super::super::testing::{calendar, stamp, weeks};
    use super::*;
    use crate::model::away::{Away, EventKind};

    #[test]
    fn hours_are_those_of_each_commit_and_leave_is_off_all_day() {
        let now = "2026-03-20 12:00";
        // Working hours are 9 to 18: before, within, within, after; within on another offset.
        let at = [
            ("2026-03-02T08:59:00+01:00", 1, 0),
            ("2026-03-02T09:00:00+01:00", 1, 0),
            ("2026-03-02T17:59:00+01:00", 1, 0),
            ("2026-03-02T18:00:00+01:00", 1, 0),
            ("2026-03-03T12:00:00-08:00", 1, 0),
        ];
        let mut data = commits_in(&at, now);
        let ask = |data: &Dataset| {
            let range = weeks("2026-03-02", "2026-03-15");
            AfterHoursShare.compute(data, &range, &calendar(now)).value
        };
        assert_eq!(ask(&data), Some(0.4));
        let day = stamp("2026-03-03").day;
        data.away = vec![Away {
            from: day,
            to: day,
            kind: EventKind::Leave,
        }];
        assert_eq!(ask(&data), Some(0.6));
    }
}
