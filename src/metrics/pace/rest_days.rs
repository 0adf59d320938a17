//! Days without any act, and how long the stretches between them are.

use super::super::marks::Marks;
use super::super::metric::{Definition, Metric, Need};
use super::super::parts::Cut;
use super::super::select::{Span, weekday};
use super::super::series::{Daily, judge, pieces};
use super::acts::{Acts, LEFT_OUT, Met};
use crate::model::away::EventKind;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rest, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Days without an act.
pub(in crate::metrics) struct RestDays;

impl Metric for RestDays {
    fn id(&self) -> &'static str {
        "rest_days"
    }

    fn title(&self) -> &'static str {
        "Days without any act"
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
                    "Is a free day rest?",
                    "It is a day without a trace. Days after the newest scan look free too.",
                ),
                (
                    "Does leave raise the share of free days off?",
                    "No, it is counted apart.",
                ),
            ],
            rule: "Civil days that are over and hold no act of mine (commit, reflog event, start of a \
                   task, pull request opened, review given), from the first day of the record on. \
                   n is the number of days that are over. The point `days off` is how many days off \
                   of the owner's week stayed free, its n how many there were; days that the owner \
                   marked (leave, holiday, on call, launch) are not among them, and leave and \
                   holidays that stayed free are told apart. The point `acts in a row` is the \
                   longest stretch of days with acts, which ends at any day without one. The ends \
                   of the range cut it. Always along time. The rows \
                   behind it are the commits among the acts.",
            formula: "rest_days = |{d over, in the record : no act on d}|",
            needs: &[Need::Commits, Need::Reflog, Need::WorkWeek],
            source: "The other side of days with commits (Pluralsight Flow). Moldon et al. (ICSE \
                     2021): counting days in a row makes people work on days off, so here the free \
                     day counts.",
            misleads: "A day without a trace is no proof of rest: meetings, reviews elsewhere, thought \
                       and other machines leave none, and days after the newest scan look free. \
                       Weeks before the reflog show more free days and are not compared.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let mut acts = Acts::new(data, selection, calendar);
        let span = over(acts.days(), calendar);
        let mut figure = acts.question().blank(self, Shape::Distribution);
        let (worked, met) = worked(&acts, span);
        let mut days = Daily::new(acts.question(), span);
        for (day, worked) in worked.days() {
            days.add(day, u64::from(!worked), 0);
        }
        let total = days.total();
        figure.n = total.n;
        figure.value = (total.n > 0).then_some(total.a as f64);
        acts.account(&mut figure, span, met);
        if let Cut::Time(bucket) = Cut::of(selection.by) {
            figure.shape = Shape::Series;
            figure.points = pieces(acts.question(), &days, bucket)
                .into_iter()
                .map(|piece| piece.point(Key::Time, |cell| (cell.n > 0).then_some(cell.a as f64)))
                .collect();
        }
        if figure.value.is_some() {
            let free = Free::of(&worked, &acts);
            let longest = worked.runs().max().unwrap_or(0);
            let point = |name, value: u64, n| {
                let value = Some(value as f64);
                acts.question().part(Key::Name(name), value, n)
            };
            figure
                .points
                .push(point("days off", free.own.0, free.own.1));
            figure.points.push(point("acts in a row", longest, longest));
            let rests = [("free_days_off", free.own), ("free_leave", free.leave)];
            let rests = rests.into_iter().filter(|(_, (_, of))| *of > 0);
            let rests = rests.map(|(what, (n, of))| Rest { what, n, of });
            figure.rests_on.extend(rests);
        }
        acts.compare_alike();
        judge(acts.question(), &mut figure, Some(7.0));
        figure.previous = acts.question().previous(|span| {
            let span = over(span, calendar);
            let (worked, _) = self::worked(&acts, span);
            let all = worked.days().count() as u64;
            (Some((all - worked.count()) as f64), all)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Acts::new(data, selection, calendar).question().counted())
    }
}

/// The days of `span` that are over. Of a period before that is compared up to the present time
/// of day, the last day is not over then either.
fn over(span: Span, calendar: &Calendar) -> Span {
    let yesterday = calendar.today().to_epoch_days() - 1;
    let last = span.to - i32::from(span.cut.is_some());
    Span {
        to: last.min(yesterday),
        cut: None,
        ..span
    }
}

/// The days of `span` with an act.
fn worked(acts: &Acts<'_>, span: Span) -> (Marks, Met) {
    let mut worked = Marks::new(span.from, span.to);
    let met = acts.each(span, |act| worked.mark(act.day, act.day));
    (worked, met)
}

/// Days that stayed free, and how many there were.
#[derive(Clone, Copy, Debug, Default)]
struct Free {
    /// Days off of the owner's week that bear no mark.
    own: (u64, u64),
    /// Leave and holidays.
    leave: (u64, u64),
}

impl Free {
    fn of(worked: &Marks, acts: &Acts<'_>) -> Self {
        let question = acts.question();
        let marked =
            |kinds: &[EventKind]| Marks::of_away(&question.data.away, question.record, kinds);
        let (any, leave) = (
            marked(&EventKind::ALL),
            marked(&[EventKind::Leave, EventKind::Holiday]),
        );
        let week = question.calendar.work_week.days;
        let mut out = Self::default();
        for (day, worked) in worked.days() {
            let sum = if leave.holds(day) {
                &mut out.leave
            } else if !any.holds(day) && !week[weekday(day)] {
                &mut out.own
            } else {
                continue;
            };
            sum.0 += u64::from(!worked);
            sum.1 += 1;
        }
        out
    }
}

#[cfg(test)]
#[path = "rest_days_tests.rs"]
mod tests;
