//! Hour of day by weekday, in each commit's own local time.

use chrono::Weekday;

use super::metric::{Definition, Metric, Need};
use super::question::{Dropped, Question};
use super::select::{Fate, second_of_day, weekday};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Commits by hour and weekday.
pub(super) struct HoursByWeekday;

const HOURS: usize = 24;

impl Metric for HoursByWeekday {
    fn id(&self) -> &'static str {
        "hours_by_weekday"
    }

    fn title(&self) -> &'static str {
        "Hours by weekday"
    }

    fn unit(&self) -> Unit {
        Unit::Commits
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Did I work at the hour of the commit?",
                "Before it. One commit at six can stand for the whole day.",
            )],
            rule: "Counted commits by weekday and hour of the author date in the author's own \
                   offset: 7 x 24 cells, from the first day of the owner's week. A summer-time \
                   change moves nothing, because each commit carries its own offset.",
            formula: "hours_by_weekday[d, h] = |counted commits on weekday d in hour h|",
            needs: &[Need::Commits],
            source: "The punch card of many git tools, with the author's offset in place of UTC.",
            misleads: "The time of a commit is not the time of the work: one commit at six can \
                       stand for the whole day before it.",
            left_out: "What the commits figure leaves out: merges, twins (raw counts them) and \
                       undated commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut dropped = Dropped::default();
        let mut cells = [0_u64; 7 * HOURS];
        let mut figure = question.blank(self, Shape::Grid);
        question.filter.each(question.span(), |index, day, fate| {
            if dropped.keeps(fate) {
                figure.n += 1;
                let hour = usize::try_from(second_of_day(data, index, day) / 3_600).unwrap_or(0);
                cells[weekday(day) * HOURS + hour.min(HOURS - 1)] += 1;
            }
        });
        figure.value = question.counted_value(figure.n);
        figure.left_out = dropped.reasons(&question.filter);
        if figure.value.is_some() {
            let mut day = calendar.week_start;
            for _ in 0..7 {
                figure.points.extend((0..24).map(|hour| {
                    let n = cells[cell(day, hour)];
                    question.part(Key::Hour(day, hour), Some(n as f64), n)
                }));
                day = day.succ();
            }
        }
        figure.previous = question.previous(|span| {
            let mut n = 0;
            question
                .filter
                .each(span, |_, _, fate| n += u64::from(fate == Fate::Counted));
            (Some(n as f64), n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

fn cell(day: Weekday, hour: u8) -> usize {
    day.num_days_from_monday() as usize * HOURS + usize::from(hour)
}
