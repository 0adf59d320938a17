//! Sessions: how much time lies between acts that follow each other closely.

use super::super::metric::{Definition, Metric, Need};
use super::super::parts::Cut;
use super::super::select::Span;
use super::super::series::{Daily, judge, pieces};
use super::acts::{Acts, LEFT_OUT, Met};
use super::runs::{GAP, Run, Runs};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Time within runs of acts.
pub(in crate::metrics) struct Sessions;

/// The gap rules that are shown beside each other; the last one carries the value.
const GAPS: [(&str, i64); 3] = [("30 min", 1_800), ("1 h", 3_600), ("2 h", GAP)];

impl Metric for Sessions {
    fn id(&self) -> &'static str {
        "sessions"
    }

    fn title(&self) -> &'static str {
        "Time in sessions, at least"
    }

    fn unit(&self) -> Unit {
        Unit::WorkTime
    }

    fn of(&self) -> Of {
        Of::Sessions
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Is it working time?",
                    "No, a lower bound: what came before the first act is unseen, and one act has no length.",
                ),
                (
                    "Does the gap decide it?",
                    "Yes, so three gaps stand side by side.",
                ),
                (
                    "Did I work more since spring?",
                    "The reflog reaches back only some months, so weeks before it are not compared.",
                ),
            ],
            rule: "Acts of mine by time: counted commits (author time), reflog events (a commit and \
                   its own line are one act), starts of tasks and pull requests opened, reviews \
                   given. A session is a run of acts with no gap above 2 hours; its length is the \
                   time from its first act to its last. It belongs to the civil day of its first \
                   act; the ends of the range cut it. The value is the length of all sessions, n \
                   their number. The points `30 min`, `1 h` and `2 h` give the same for these gaps, \
                   with the number of sessions each. Always along time: a session can touch many \
                   repositories. The rows \
                   behind it are the commits among the acts.",
            formula: "sessions = sum over runs with gaps <= 2 h of (last act - first act)",
            needs: &[Need::Commits, Need::Reflog],
            source: "Runs with a longest gap: git-hours (2 h), WakaTime (15 min), Wakapi (10 min); \
                     the gap decides, so three are shown.",
            misleads: "A lower bound, not working time: what comes before the first act of a \
                       session is not seen, and a session of one act has no length. A lunch of an \
                       hour is inside, an afternoon of thought is not. A program that commits or pulls \
                       under the owner's name looks like the owner. The reflog goes back some \
                       months at most: weeks before it rest on commits alone and show less, so \
                       the usual range, the verdict and the period before use only weeks that it \
                       tells of.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let mut acts = Acts::new(data, selection, calendar);
        let span = acts.span();
        let mut figure = acts.question().blank(self, Shape::Distribution);
        let mut days = Daily::new(acts.question(), span);
        let (sums, met) = collect(&acts, span, |run| days.add(run.day, run.seconds(), 0));
        let all = sums[GAPS.len() - 1];
        figure.n = all.n;
        figure.value = acts.question().record.map(|_| all.seconds as f64);
        acts.account(&mut figure, span, met);
        if let Cut::Time(bucket) = Cut::of(selection.by) {
            figure.shape = Shape::Series;
            figure.points = pieces(acts.question(), &days, bucket)
                .into_iter()
                .map(|piece| piece.point(Key::Time, |cell| Some(cell.a as f64)))
                .collect();
        }
        if figure.value.is_some() {
            figure
                .points
                .extend(GAPS.iter().zip(sums).map(|(gap, sum)| {
                    let value = Some(sum.seconds as f64);
                    acts.question().part(Key::Name(gap.0), value, sum.n)
                }));
        }
        acts.compare_alike();
        judge(acts.question(), &mut figure, None);
        figure.previous = acts.question().previous(|span| {
            let sum = collect(&acts, span, |_| ()).0[GAPS.len() - 1];
            (Some(sum.seconds as f64), sum.n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Acts::new(data, selection, calendar).question().counted())
    }
}

/// A session of mine, by the gap that carries the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// The civil day of its first act, days from 1970-01-01.
    pub day: i32,
    /// Its first act, UTC seconds.
    pub from: i64,
    /// Its last act, UTC seconds.
    pub to: i64,
}

/// The sessions of the selection, by time; each is what the figure of that name counts.
pub fn sessions(data: &Dataset, selection: &Selection, calendar: &Calendar) -> Vec<Session> {
    let acts = Acts::new(data, selection, calendar);
    let mut all = Vec::new();
    collect(&acts, acts.span(), |run| {
        all.push(Session {
            day: run.day,
            from: run.from,
            to: run.to,
        });
    });
    all
}

/// Sessions of one gap rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    seconds: u64,
    n: u64,
}

/// The sessions of `span` by each gap rule; `visit` sees those that carry the value.
fn collect(acts: &Acts<'_>, span: Span, mut visit: impl FnMut(&Run)) -> ([Sum; 3], Met) {
    let mut sums = [Sum::default(); 3];
    let mut runs = GAPS.map(|(_, gap)| Runs::new(gap));
    let mut add = |rule: usize, run: Option<Run>| {
        let Some(run) = run else { return };
        sums[rule].seconds += run.seconds();
        sums[rule].n += 1;
        if rule + 1 == GAPS.len() {
            visit(&run);
        }
    };
    let met = acts.each(span, |act| {
        for (rule, runs) in runs.iter_mut().enumerate() {
            add(rule, runs.act(&act));
        }
    });
    for (rule, runs) in runs.into_iter().enumerate() {
        add(rule, runs.end());
    }
    (sums, met)
}

#[cfg(test)]
#[path = "sessions_tests.rs"]
mod tests;
