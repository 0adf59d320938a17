//! Commits: each authored change once.

use super::metric::{Definition, Metric};
use super::parts::{Cut, Home, Parts};
use super::question::{Dropped, Question};
use super::select::Fate;
use super::series::{daily, judge, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Shape, Unit};
use crate::model::selection::Selection;

/// Non-merge commits authored by me.
pub(super) struct Commits;

impl Metric for Commits {
    fn id(&self) -> &'static str {
        "commits"
    }

    fn title(&self) -> &'static str {
        "Commits"
    }

    fn unit(&self) -> Unit {
        Unit::Commits
    }

    fn definition(&self) -> Definition {
        Definition {
            rule: "Non-merge commits authored by me, each change counted once, on the civil day of \
                   the author date in the author's own offset. By language or category a commit \
                   goes to the one with most of its counted lines. The period before is cut at \
                   the same day and time of day as the running one.",
            source: "git shortlog and git-who count non-merge commits of the mailmap-resolved \
                     author; counting twins once is ours.",
            misleads: "Commit style decides the number: one person's evening is ten commits, \
                       another's is one. A squash hides many, and work without a commit is not \
                       seen at all.",
            left_out: "Merges; twins (another commit stands for the same change: rebase, amend, \
                       cherry-pick), which raw figures count; undated commits, whose clock is \
                       before 1990 or in the future, lie on no day.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut dropped = Dropped::default();
        let mut figure = match Cut::of(selection.by) {
            Cut::Time(bucket) => {
                let days = daily(&question, question.span(), |_, _, fate| {
                    dropped.keeps(fate).then_some((0, 0))
                });
                let mut figure = question.blank(self, Shape::Series);
                figure.n = days.total().n;
                figure.points = pieces(&question, &days, bucket)
                    .into_iter()
                    .map(|piece| piece.point(Key::Time, |cell| Some(cell.n as f64)))
                    .collect();
                judge(&question, &mut figure, None);
                figure
            }
            Cut::Into(part) => {
                let (mut home, mut parts) = (Home::new(part), Parts::default());
                let mut figure = question.blank(self, Shape::Shares);
                question.filter.each(question.span(), |index, _, fate| {
                    if dropped.keeps(fate) {
                        figure.n += 1;
                        parts.add(home.of(&question, index), index, 1);
                    }
                });
                figure.points = parts.points(&question, part, |value, _| Some(value as f64));
                figure
            }
        };
        figure.value = question.counted_value(figure.n);
        figure.left_out = dropped.reasons(&question.filter);
        figure.previous = question.previous(|span| {
            let mut n = 0;
            question
                .filter
                .each(span, |_, _, fate| n += u64::from(fate == Fate::Counted));
            (Some(n as f64), n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Vec<u32> {
        Question::new(data, selection, calendar).counted()
    }
}
