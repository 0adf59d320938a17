//! Share of commits on days off.

use super::days_off::DaysOff;
use super::metric::{Definition, Metric, Need};
use super::question::Question;
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
            asked: &[(
                "I work on Saturdays and rest on Mondays. Does it count against me?",
                "Not when `work_days` says so. Leave and holidays are days off too.",
            )],
            rule: "Counted commits on days off, divided by all counted commits, with Wilson's 95 % \
                   interval. Days off are those that are no working days in the owner's own week \
                   (Saturday and Sunday unless changed), and days marked as leave or holiday: a \
                   commit on a day of leave is work on a day off. Days on call and launches stay \
                   what they are in the week.",
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
        let off = DaysOff::new(&question);
        share_of_commits(self, &question, |_, day| off.holds(day))
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{calendar, commits, stamp, weeks};
    use super::*;
    use crate::model::away::{Away, EventKind};

    #[test]
    fn a_commit_on_a_day_of_leave_is_work_on_a_day_off_and_one_on_call_is_not() {
        // Monday, twice Tuesday, Wednesday, Saturday.
        let at = ["02 09:00", "03 09:00", "03 10:00", "04 09:00", "07 09:00"];
        let at = at.map(|at| format!("2026-03-{at}"));
        let at: Vec<_> = at.iter().map(|at| (at.as_str(), 0)).collect();
        let mut data = commits(&at, "2026-03-20 12:00");
        let ask = |data: &Dataset| {
            let range = weeks("2026-03-02", "2026-03-15");
            let figure = WeekendShare.compute(data, &range, &calendar("2026-03-20 12:00"));
            figure.value
        };
        assert_eq!(ask(&data), Some(0.2));
        let away = |from, to, kind| Away {
            from: stamp(from).day,
            to: stamp(to).day,
            kind,
        };
        data.away = vec![
            away("2026-03-03", "2026-03-03", EventKind::Holiday),
            away("2026-03-04", "2026-03-04", EventKind::Oncall),
        ];
        assert_eq!(ask(&data), Some(0.6));
        data.away = vec![away("2026-02-01", "2026-04-01", EventKind::Leave)];
        assert_eq!(ask(&data), Some(1.0));
    }
}
