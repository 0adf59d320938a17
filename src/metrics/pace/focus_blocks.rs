//! Evidence of focus: long stretches of a session at one place.

use super::super::metric::{Definition, Metric, Need};
use super::super::parts::Cut;
use super::super::select::Span;
use super::super::series::{Daily, judge, pieces};
use super::acts::{Acts, LEFT_OUT, Met};
use super::places::sessions;
use super::runs::Run;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Stretches of two hours and more without a context switch.
pub(in crate::metrics) struct FocusBlocks;

/// Lengths from which a stretch counts; the last one carries the value.
const LENGTHS: [(&str, i64); 3] = [("45 min", 2_700), ("90 min", 5_400), ("2 h", 7_200)];

impl Metric for FocusBlocks {
    fn id(&self) -> &'static str {
        "focus_blocks"
    }

    fn title(&self) -> &'static str {
        "Blocks of focus, by their traces"
    }

    fn unit(&self) -> Unit {
        Unit::Blocks
    }

    fn of(&self) -> Of {
        Of::Sessions
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "No block, no focus?",
                    "No. An afternoon of thought leaves one commit.",
                ),
                (
                    "Can lunch lie inside a block?",
                    "Yes, gaps up to two hours are bridged. It is evidence, not proof.",
                ),
            ],
            rule: "Stretches of a session (a run of acts with gaps of 2 hours at most) in which \
                   repository, branch and task stay the same, from the first act of the stretch to \
                   its last: how many are 2 hours or longer. Looking elsewhere for less than 2 \
                   minutes does not end one. A block belongs to the civil day on which its session \
                   began. The points `45 min`, `90 min` and `2 h` count those that are at least so \
                   long. n is the number of sessions. Always along time. The rows \
                   behind it are the commits among the acts.",
            formula: "focus_blocks = |{stretches at one place : last act - first act >= 2 h}|",
            needs: &[Need::Commits, Need::Reflog],
            source: "Viva Insights counts open blocks of two hours in a calendar; Parnin reports \
                     about one two-hour block a day for developers. Evidence from acts is ours.",
            misleads: "No commit is not no focus: an afternoon of thought with one commit at its \
                       end leaves no block. And a block is no proof: two acts with a long lunch \
                       between them look like one. A branch that is not known is taken to be the \
                       same one. Weeks before the reflog show fewer and are not compared.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let mut acts = Acts::new(data, selection, calendar);
        let span = acts.span();
        let mut figure = acts.question().blank(self, Shape::Distribution);
        let mut days = Daily::new(acts.question(), span);
        let (found, met) = collect(&acts, span, |run, blocks| days.add(run.day, blocks, 0));
        figure.n = found.sessions;
        figure.value = acts.question().record.map(|_| found.value() as f64);
        acts.account(&mut figure, span, met);
        if let Cut::Time(bucket) = Cut::of(selection.by) {
            figure.shape = Shape::Series;
            figure.points = pieces(acts.question(), &days, bucket)
                .into_iter()
                .map(|piece| piece.point(Key::Time, |cell| Some(cell.a as f64)))
                .collect();
        }
        if figure.value.is_some() {
            let all = LENGTHS.iter().zip(found.blocks);
            figure.points.extend(all.map(|(length, n)| {
                let key = Key::Name(length.0);
                acts.question().part(key, Some(n as f64), n)
            }));
        }
        acts.compare_alike();
        judge(acts.question(), &mut figure, None);
        figure.previous = acts.question().previous(|span| {
            let found = collect(&acts, span, |_, _| ()).0;
            (Some(found.value() as f64), found.sessions)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Acts::new(data, selection, calendar).question().counted())
    }
}

/// Stretches of at least each length, and the sessions they were looked for in.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    sessions: u64,
    blocks: [u64; 3],
}

impl Found {
    fn value(&self) -> u64 {
        self.blocks[LENGTHS.len() - 1]
    }
}

/// The blocks of `span`; `visit` learns of every session how many carry the value.
fn collect(acts: &Acts<'_>, span: Span, mut visit: impl FnMut(&Run, u64)) -> (Found, Met) {
    let mut found = Found::default();
    let met = sessions(acts, span, |run, stays| {
        let before = found.value();
        found.sessions += 1;
        for ((_, length), n) in LENGTHS.iter().zip(&mut found.blocks) {
            let long = stays.all.iter().filter(|stay| stay.seconds() >= *length);
            *n += long.count() as u64;
        }
        visit(run, found.value() - before);
    });
    (found, met)
}

#[cfg(test)]
#[path = "focus_blocks_tests.rs"]
mod tests;
