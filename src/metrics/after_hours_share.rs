//! Share of commits after hours.

use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::select::{second_of_day, weekday};
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
            rule: "Counted commits outside the owner's working hours (days off included), by the \
                   hour of the author date in its own offset, divided by all counted commits, \
                   with Wilson's 95 % interval. The working week is a setting: Monday to Friday, \
                   9 to 18 unless changed.",
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
        share_of_commits(self, &question, |index, day| {
            after_hours(data, &calendar.work_week, index, day)
        })
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

/// Whether commit `index` of `day` lies outside working hours.
fn after_hours(data: &Dataset, week: &WorkWeek, index: usize, day: i32) -> bool {
    let hour = second_of_day(data, index, day) / 3_600;
    !week.days[weekday(day)] || hour < i64::from(week.from_hour) || hour >= i64::from(week.to_hour)
}
