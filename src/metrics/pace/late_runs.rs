//! Late evenings, and how many in a row.

use super::super::marks::Marks;
use super::super::metric::{Definition, Metric, Need};
use super::super::parts::Cut;
use super::super::select::Span;
use super::super::series::{Daily, judge, pieces};
use super::acts::{Acts, LEFT_OUT, Met};
use crate::model::calendar::{Calendar, WorkWeek};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Days with an act after the owner's working hours.
pub(in crate::metrics) struct LateRuns;

/// Until this hour an act belongs to the evening before, unless work begins earlier.
const NIGHT_ENDS: u8 = 4;

impl Metric for LateRuns {
    fn id(&self) -> &'static str {
        "late_runs"
    }

    fn title(&self) -> &'static str {
        "Late evenings"
    }

    fn unit(&self) -> Unit {
        Unit::Days
    }

    fn of(&self) -> Of {
        Of::Days
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Does one merge at eight make a late evening?",
                    "Yes, and the definition says so.",
                ),
                (
                    "Is a run good or bad?",
                    "It is a fact to set an upper limit on; nothing is praised.",
                ),
            ],
            rule: "Civil days with an act of mine (commit, reflog event, start of a task, pull \
                   request opened, review given) at or after the end of the owner's working hours, \
                   by each act's own offset; an act before 4 in the morning belongs to the evening \
                   before. Only the clock decides, on days off too. n is the number of days with \
                   acts. The point `in a row` is the longest stretch of such evenings on \
                   consecutive days, `runs` the number of stretches of two or more. The ends of the \
                   range cut stretches. Always along time. The rows \
                   behind it are the commits among the acts.",
            formula: "late_runs = |{d : an act on d at or after the end of work, or before 4 on d + 1}|",
            needs: &[Need::Commits, Need::Reflog, Need::WorkWeek],
            source: "Claes et al. (ICSE 2018): hours are individual, so the end of work is the \
                     owner's. That an upper limit is worth watching, and a run of days is not worth \
                     keeping, follows Moldon et al. (ICSE 2021).",
            misleads: "One late act makes an evening late, a merge at eight like a night of work. \
                       Flexible hours, children and travel look the same. It is a fact about the \
                       clock and says nothing of health. Weeks before the reflog show fewer and are \
                       not compared.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let mut acts = Acts::new(data, selection, calendar);
        let span = acts.days();
        let mut figure = acts.question().blank(self, Shape::Distribution);
        let (found, met) = collect(&acts, span, &calendar.work_week);
        figure.n = found.worked.count();
        figure.value = acts.question().record.map(|_| found.late.count() as f64);
        acts.account(&mut figure, span, met);
        if let Cut::Time(bucket) = Cut::of(selection.by) {
            figure.shape = Shape::Series;
            let mut days = Daily::new(acts.question(), span);
            // Also an evening whose only act was after midnight, on the next day.
            for ((day, worked), (_, late)) in found.worked.days().zip(found.late.days()) {
                if worked || late {
                    days.add(day, u64::from(late), 0);
                }
            }
            figure.points = pieces(acts.question(), &days, bucket)
                .into_iter()
                .map(|piece| piece.point(Key::Time, |cell| Some(cell.a as f64)))
                .collect();
        }
        if figure.value.is_some() {
            let longest = found.late.runs().max().unwrap_or(0);
            let runs = found.late.runs().filter(|days| *days > 1).count() as u64;
            let point = |name, n| acts.question().part(Key::Name(name), Some(n as f64), n);
            figure
                .points
                .extend([point("in a row", longest), point("runs", runs)]);
        }
        acts.compare_alike();
        judge(acts.question(), &mut figure, Some(7.0));
        figure.previous = acts.question().previous(|span| {
            let found = collect(&acts, span, &calendar.work_week).0;
            (Some(found.late.count() as f64), found.worked.count())
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Acts::new(data, selection, calendar).question().counted())
    }
}

struct Found {
    worked: Marks,
    late: Marks,
}

fn collect(acts: &Acts<'_>, span: Span, week: &WorkWeek) -> (Found, Met) {
    let mut found = Found {
        worked: Marks::new(span.from, span.to),
        late: Marks::new(span.from, span.to),
    };
    let night = i64::from(NIGHT_ENDS.min(week.from_hour)) * 3_600;
    let end = i64::from(week.to_hour) * 3_600;
    let met = acts.each(span, |act| {
        let second = act.second_of_day();
        found.worked.mark(act.day, act.day);
        if second < night {
            found.late.mark(act.day - 1, act.day - 1);
        } else if second >= end {
            found.late.mark(act.day, act.day);
        }
    });
    (found, met)
}

#[cfg(test)]
#[path = "late_runs_tests.rs"]
mod tests;
