//! Days with commits.

use super::metric::{Definition, Metric, Need};
use super::parts::{Cut, Part, Parts};
use super::question::{Dropped, Question};
use super::select::{Fate, Span};
use super::series::{daily, judge, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Civil days with at least one counted commit.
pub(super) struct ActiveDays;

impl Metric for ActiveDays {
    fn id(&self) -> &'static str {
        "active_days"
    }

    fn title(&self) -> &'static str {
        "Days with commits"
    }

    fn unit(&self) -> Unit {
        Unit::Days
    }

    fn definition(&self) -> Definition {
        Definition {
            rule: "Civil days, in each author date's own offset, with at least one counted commit. \
                   n is the number of those commits. By repository, language or category the \
                   parts overlap: one day can belong to several, so they may add up to more than \
                   the whole.",
            formula: "active_days = |{day(c) : c a counted commit}|",
            needs: &[Need::Commits],
            source: "Pluralsight Flow (active days) and gitcortex: a day with at least one commit.",
            misleads: "A day of reviews, design, debugging or talk leaves no commit and is not \
                       seen. A day with one typo fix counts like any other.",
            left_out: "What the commits figure leaves out: merges, twins and squashes whose \
                       originals count (raw counts both) and undated commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut dropped = Dropped::default();
        let days = daily(&question, question.span(), |_, _, fate| {
            dropped.keeps(fate).then_some((0, 0))
        });
        let total = days.total();
        let mut figure = question.blank(self, Shape::Series);
        figure.n = total.n;
        figure.value = question.counted_value(total.days);
        figure.left_out = dropped.reasons(&question.filter);
        match Cut::of(selection.by) {
            Cut::Time(bucket) => {
                figure.points = pieces(&question, &days, bucket)
                    .into_iter()
                    .map(|piece| piece.point(Key::Time, |cell| Some(cell.days as f64)))
                    .collect();
                judge(&question, &mut figure, Some(7.0));
            }
            Cut::Into(part) => {
                figure.shape = Shape::Shares;
                figure.points = overlapping(&question, part);
            }
        }
        figure.previous = question.previous(|span| {
            let days = daily(&question, span, |_, _, fate| {
                (fate == Fate::Counted).then_some((0, 0))
            });
            let total = days.total();
            (Some(total.days as f64), total.n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

/// Days by part: a commit's day counts in every part that it touches.
fn overlapping(question: &Question<'_>, part: Part) -> Vec<Point> {
    let mut parts = Parts::default();
    let mut seen = Seen::new(question.span());
    question.filter.each(question.span(), |index, day, fate| {
        if fate != Fate::Counted {
            return;
        }
        let mut touch = |place| {
            let fresh = seen.add(place, day);
            parts.add(place, index, u64::from(fresh));
        };
        if part == Part::Repo {
            touch(usize::from(question.data.commits.repo[index]));
            return;
        }
        let categories = &question.data.changes.category;
        for entry in question.data.changes_of(index) {
            if question.filter.counts(categories[entry]) {
                touch(part.place(question.data, index, entry));
            }
        }
    });
    parts.points(question, part, |value, _| Some(value as f64))
}

/// Which days each part was seen on, a bit a day, grown on demand.
struct Seen {
    from: i32,
    days: Vec<Vec<u64>>,
}

impl Seen {
    fn new(span: Span) -> Self {
        // No commit is believed before 1990, whatever the range: bits start no earlier.
        Self {
            from: span.from.max(0),
            days: Vec::new(),
        }
    }

    /// Notes `day` for the part at `place`; true when it is new there.
    fn add(&mut self, place: usize, day: i32) -> bool {
        let Ok(at) = usize::try_from(i64::from(day) - i64::from(self.from)) else {
            return false;
        };
        if place >= self.days.len() {
            self.days.resize(place + 1, Vec::new());
        }
        let bits = &mut self.days[place];
        if at / 64 >= bits.len() {
            bits.resize(at / 64 + 1, 0);
        }
        let (word, bit) = (&mut bits[at / 64], 1 << (at % 64));
        let fresh = *word & bit == 0;
        *word |= bit;
        fresh
    }
}
