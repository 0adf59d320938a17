//! Share of commits on days off.

use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::select::weekday;
use super::share::share_of_commits;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Commits on days that are not working days.
pub(super) struct WeekendShare;

impl Metric for WeekendShare {
    fn id(&self) -> &'static str {
        "weekend_share"
    }

    fn title(&self) -> &'static str {
        "Share of commits on days off"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn definition(&self) -> Definition {
        Definition {
            rule: "Counted commits on days that are no working days in the owner's working week \
                   (Saturday and Sunday unless changed), divided by all counted commits, with \
                   Wilson's 95 % interval.",
            formula: "weekend_share = |counted commits on days off| / |counted commits|",
            needs: &[Need::Commits, Need::WorkWeek],
            source: "LFX (weekend part of its after-hours rule); the working week is the owner's \
                   own.",
            misleads: "Whoever works on a Saturday by choice and rests on a Monday has to say so in \
                   the settings, or it looks like weekend work. Public holidays count as working \
                   days so far.",
            left_out: super::share::LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        share_of_commits(self, &question, |_, day| {
            !calendar.work_week.days[weekday(day)]
        })
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}
