//! How often the place of work changes within sessions.

use super::super::metric::{Definition, Metric, Need};
use super::super::parts::Cut;
use super::super::question::reasons;
use super::super::select::{Span, date};
use super::super::series::{Daily, judge, pieces};
use super::super::stats::STATISTIC_FROM;
use super::acts::{Acts, Met};
use super::places::sessions;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Point, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;

/// Changes of repository, branch or task in an hour of sessions.
pub(in crate::metrics) struct ContextSwitches;

/// Sessions shorter than this make no rate, seconds.
const SHORTEST: u64 = 1_800;
/// Seconds of sessions from which a week or month has a rate.
const ENOUGH: u64 = 2 * 3_600;

impl Metric for ContextSwitches {
    fn id(&self) -> &'static str {
        "context_switches"
    }

    fn title(&self) -> &'static str {
        "Context switches in an hour"
    }

    fn unit(&self) -> Unit {
        Unit::PerHour
    }

    fn of(&self) -> Of {
        Of::Sessions
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Does a review count as a switch?",
                    "Yes, unless it took less than two minutes: it forces a checkout.",
                ),
                (
                    "What does a switch cost me?",
                    "Not known, and never turned into hours.",
                ),
            ],
            rule: "Within sessions (runs of acts with gaps of 2 hours at most): how often the \
                   repository, the branch or the task changes from one act to the next, divided by \
                   the hours of those sessions. A change is counted only where both sides are \
                   known and differ. A stay of less than 2 minutes on the way to elsewhere, or \
                   back, is passing through and no switch. Sessions below half an hour make no \
                   rate. n is the number of sessions; below 5 each is a point `item` and there is \
                   no value. A week or month needs 2 hours of sessions. The rows \
                   behind it are the commits among the acts.",
            formula: "context_switches = changes of place / hours from first to last act, over sessions >= 30 min",
            needs: &[Need::Commits, Need::Reflog],
            source: "Meyer et al. (2017), on changes of activity between consecutive events of a \
                     developer's day; here of repository, branch and task.",
            misleads: "A review forces a checkout, and that is part of the work. Work trees side by \
                       side and other windows leave no trace, and hours of sessions are fewer than \
                       hours of work: the true rate can lie on either side. What a switch costs is \
                       not known here, and it is never turned into hours. Weeks before the reflog \
                       show changes of repository and task alone and are not compared.",
            left_out: "Stays of less than 2 minutes on the way (`passing`), in stays; sessions below \
                       half an hour, in sessions. What the commits figure leaves out; ref events \
                       whose maker nobody can tell; moves of tasks other than into work; plain \
                       dates, which are no times.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let mut acts = Acts::new(data, selection, calendar);
        let span = acts.span();
        let mut figure = acts.question().blank(self, Shape::Distribution);
        let mut days = Daily::new(acts.question(), span);
        let mut items = Vec::new();
        let (sum, met) = collect(&acts, span, |one| {
            days.add(one.day, one.changes, one.seconds);
            if (items.len() as u64) < STATISTIC_FROM {
                items.push(*one);
            }
        });
        figure.n = sum.n;
        figure.value = sum.rate();
        acts.account(&mut figure, span, met);
        figure.left_out.extend(reasons(&[
            ("passing", sum.passed),
            ("short_sessions", sum.short),
        ]));
        if figure.value.is_none() {
            figure.points = items.iter().filter_map(|one| one.point(&acts)).collect();
            if acts.question().record.is_some() {
                figure.verdict = Verdict::TooFew {
                    have: sum.n,
                    need: STATISTIC_FROM,
                };
            }
        } else if let Cut::Time(bucket) = Cut::of(selection.by) {
            figure.shape = Shape::Series;
            figure.points = pieces(acts.question(), &days, bucket)
                .into_iter()
                .map(|piece| piece.point(Key::Time, |cell| rate(cell.a, cell.b, ENOUGH)))
                .collect();
        } else {
            figure.shape = Shape::Number;
        }
        acts.compare_alike();
        if figure.value.is_some() {
            judge(acts.question(), &mut figure, None);
        }
        figure.previous = acts.question().previous(|span| {
            let sum = collect(&acts, span, |_| ()).0;
            (sum.rate(), sum.n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Acts::new(data, selection, calendar).question().counted())
    }
}

/// One session.
#[derive(Clone, Copy, Debug)]
struct One {
    day: i32,
    changes: u64,
    seconds: u64,
}

impl One {
    fn point(&self, acts: &Acts<'_>) -> Option<Point> {
        let day = date(self.day)?;
        let value = rate(self.changes, self.seconds, SHORTEST);
        Some(Point {
            from: day,
            to: day,
            complete: day < acts.question().calendar.today(),
            ..acts.question().part(Key::Name("item"), value, 1)
        })
    }
}

/// All sessions that make a rate, and what was left out of it.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    n: u64,
    changes: u64,
    seconds: u64,
    passed: u64,
    short: u64,
}

impl Sum {
    fn rate(self) -> Option<f64> {
        let enough = self.n >= STATISTIC_FROM;
        enough
            .then(|| rate(self.changes, self.seconds, 1))
            .flatten()
    }
}

fn collect(acts: &Acts<'_>, span: Span, mut visit: impl FnMut(&One)) -> (Sum, Met) {
    let mut sum = Sum::default();
    let met = sessions(acts, span, |run, stays| {
        let seconds = run.seconds();
        if seconds < SHORTEST {
            sum.short += 1;
            return;
        }
        let one = One {
            day: run.day,
            changes: stays.changes(),
            seconds,
        };
        sum.n += 1;
        sum.changes += one.changes;
        sum.seconds += seconds;
        sum.passed += stays.passed;
        visit(&one);
    });
    (sum, met)
}

/// Changes in an hour; `None` of less than `enough` seconds.
fn rate(changes: u64, seconds: u64, enough: u64) -> Option<f64> {
    (seconds >= enough).then(|| changes as f64 * 3_600.0 / seconds as f64)
}

#[cfg(test)]
#[path = "context_switches_tests.rs"]
mod tests;
