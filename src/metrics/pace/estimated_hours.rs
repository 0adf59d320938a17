//! Hours guessed from the gaps between commits, by a rule that is widely used.

use super::super::metric::{Definition, Metric, Need};
use super::super::parts::Cut;
use super::super::question::{Dropped, Question};
use super::super::select::{Fate, Span};
use super::super::series::{Daily, judge, pieces};
use super::super::stats::STATISTIC_FROM;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;

/// Hours by the git-hours rule.
pub(in crate::metrics) struct EstimatedHours;

/// Thresholds that are shown beside each other, seconds.
const THRESHOLDS: [(&str, i64); 3] = [("1 h", 3_600), ("2 h", 7_200), ("3 h", 10_800)];
/// The one that carries the value: that of git-hours.
const OWN: usize = 1;

impl Metric for EstimatedHours {
    fn id(&self) -> &'static str {
        "estimated_hours"
    }

    fn title(&self) -> &'static str {
        "Hours guessed from commits"
    }

    fn unit(&self) -> Unit {
        Unit::WorkTime
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Can I bill it?",
                "No. One threshold says twice what another says, and the figure shows three.",
            )],
            rule: "Counted commits by author time: a gap below 2 hours adds the gap, a longer one adds \
                   2 hours, and the first commit adds 2 hours. What a commit adds belongs to its \
                   civil day. The points `1 h`, `2 h` and `3 h` are the same rule with these \
                   numbers in place of both 2 hours. Below 5 commits there is no guess, nor for a \
                   week or month with 1 to 4. Always along time.",
            formula: "estimated_hours = 2 h + sum over commits after the first of min(gap, 2 h)",
            needs: &[Need::Commits],
            source: "git-hours (also in gitoxide): longest gap 2 h, first commit 2 h.",
            misleads: "A guess, and no timesheet. One threshold says twice what another says, which \
                       is why three are shown. A commit a day makes two hours a day, whatever the \
                       day was; twenty in an hour make one hour. Never use it to bill, to compare \
                       people or to answer for your time.",
            left_out: "What the commits figure leaves out: merges, twins and squashes whose \
                       originals count (raw counts both) and undated commits. Reviews, meetings, \
                       thought and all work without a commit.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut figure = question.blank(self, Shape::Distribution);
        let mut days = Daily::new(&question, question.span());
        let guess = collect(&question, question.span(), |day, seconds| {
            days.add(day, seconds, 0);
        });
        figure.n = guess.n;
        figure.value = guess.value();
        figure.left_out = guess.dropped.reasons(&question.filter);
        if figure.value.is_none() {
            if !data.is_empty() {
                figure.verdict = Verdict::TooFew {
                    have: guess.n,
                    need: STATISTIC_FROM,
                };
            }
        } else {
            if let Cut::Time(bucket) = Cut::of(selection.by) {
                figure.shape = Shape::Series;
                figure.points = pieces(&question, &days, bucket)
                    .into_iter()
                    .map(|piece| {
                        piece.point(Key::Time, |cell| {
                            let few = (1..STATISTIC_FROM).contains(&cell.n);
                            (!few).then_some(cell.a as f64)
                        })
                    })
                    .collect();
                judge(&question, &mut figure, None);
            }
            let sums = THRESHOLDS.iter().zip(guess.seconds);
            figure.points.extend(sums.map(|((name, _), seconds)| {
                question.part(Key::Name(name), Some(seconds as f64), guess.n)
            }));
        }
        figure.previous = question.previous(|span| {
            let guess = collect(&question, span, |_, _| ());
            (guess.value(), guess.n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

/// What the commits of a span come to.
#[derive(Clone, Copy, Debug, Default)]
struct Guess {
    n: u64,
    /// By each threshold.
    seconds: [u64; 3],
    dropped: Dropped,
}

impl Guess {
    fn value(&self) -> Option<f64> {
        (self.n >= STATISTIC_FROM).then_some(self.seconds[OWN] as f64)
    }
}

/// The guess for `span`; `visit` learns what each commit adds on its day.
fn collect(question: &Question<'_>, span: Span, mut visit: impl FnMut(i32, u64)) -> Guess {
    let mut guess = Guess::default();
    let mut before: Option<i64> = None;
    let utc = &question.data.commits.utc;
    question.filter.each(span, |index, day, fate: Fate| {
        if !guess.dropped.keeps(fate) {
            return;
        }
        let gap = before.map_or(i64::MAX, |before| utc[index] - before);
        before = Some(utc[index]);
        guess.n += 1;
        let added = THRESHOLDS.map(|(_, most)| u64::try_from(gap.min(most)).unwrap_or(0));
        for (sum, added) in guess.seconds.iter_mut().zip(added) {
            *sum += added;
        }
        visit(day, added[OWN]);
    });
    guess
}

#[cfg(test)]
#[path = "estimated_hours_tests.rs"]
mod tests;
