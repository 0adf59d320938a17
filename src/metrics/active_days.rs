//! Days with commits.

use super::items::Items;
use super::marks::Marks;
use super::metric::{Definition, Metric, Need};
use super::pace::{Grain, of_work};
use super::parts::{Cut, Part, Parts};
use super::question::{Dropped, Question};
use super::select::{Fate, Span};
use super::series::{daily, judge, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Rest, Rows, Shape, Unit};
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
            asked: &[
                (
                    "Is a day without a commit a day off?",
                    "No. The figure says how many days show a task or a review and no commit.",
                ),
                (
                    "Does one typo fix make a full day?",
                    "It makes a day with a commit, and nothing more is claimed.",
                ),
            ],
            rule: "Civil days, in each author date's own offset, with at least one counted commit. \
                   n is the number of those commits. By repository, language or category the \
                   parts overlap: one day can belong to several, so they may add up to more than \
                   the whole. Days with the start of a task, a pull request opened or a review \
                   given but without a commit are told beside the value and not counted in it.",
            formula: "active_days = |{day(c) : c a counted commit}|",
            needs: &[Need::Commits],
            source: "Pluralsight Flow (active days) and gitcortex: a day with at least one commit.",
            misleads: "A day of design, debugging or talk leaves no commit and is not seen; of reviews \
                       and tasks only what an export told. A day with one typo fix counts like any other.",
            left_out: "What the commits figure leaves out: merges, twins and squashes whose \
                       originals count (raw counts both) and undated commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut dropped = Dropped::default();
        let mut with_commit = Marks::over(question.record);
        let days = daily(&question, question.span(), |_, day, fate| {
            let counts = dropped.keeps(fate);
            if counts {
                with_commit.mark(day, day);
            }
            counts.then_some((0, 0))
        });
        let total = days.total();
        let mut figure = question.blank(self, Shape::Series);
        figure.n = total.n;
        figure.value = question.counted_value(total.days);
        figure.left_out = dropped.reasons(&question.filter);
        let items = Items::new(data, selection, calendar);
        figure.rests_on.extend(without_commit(&items, &with_commit));
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

/// How many days in the range hold an act of a task or review but no commit, of all that hold
/// either; `None` without such an act. A plain date is fine enough for a day.
fn without_commit(items: &Items<'_>, with_commit: &Marks) -> Option<Rest> {
    let span = items.question.span();
    let acts = of_work(items, Grain::Day).into_iter();
    let days = acts.map(|act| act.day);
    let mut days: Vec<i32> = days
        .filter(|day| (span.from..=span.to).contains(day))
        .collect();
    days.sort_unstable();
    days.dedup();
    let n = days.iter().filter(|day| !with_commit.holds(**day)).count() as u64;
    (!days.is_empty()).then(|| Rest {
        what: "days_without_commit",
        n,
        of: n + with_commit.count(),
    })
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
        for entry in question.data.changes_of(index) {
            if question.filter.counts(entry) {
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

#[cfg(test)]
mod tests {
    use super::super::pace::testing::{commits_in, given, series};
    use super::super::testing::{calendar, commits, task, weeks};
    use super::*;

    const NOW: &str = "2026-03-20 12:00";

    fn ask(data: &Dataset) -> Figure {
        ActiveDays.compute(data, &weeks("2026-03-02", "2026-03-15"), &calendar(NOW))
    }

    fn rest(figure: &Figure) -> Option<(&str, u64, u64)> {
        let rest = figure.rests_on.first()?;
        Some((rest.what, rest.n, rest.of))
    }

    #[test]
    fn days_of_tasks_and_reviews_alone_are_told_beside_the_days_with_commits() {
        let mut data = commits(&[("2026-03-02 09:00", 0), ("2026-03-03 09:00", 0)], NOW);
        // Started on a day with a commit; on a day without one (a plain date); before the range.
        data.work.tasks = ["2026-03-02 10:00", "2026-03-05", "2026-02-20 09:00"]
            .map(|started| task("", started, ""))
            .into();
        data.work.given = vec![given(1, &["2026-03-05 10:00", "2026-03-06 10:00"])];
        let figure = ask(&data);
        assert_eq!((figure.value, figure.n), (Some(2.0), 2));
        assert_eq!(rest(&figure), Some(("days_without_commit", 2, 4)));
        assert_eq!(series(&figure), [Some(2.0), Some(0.0)]);
    }

    #[test]
    fn without_tasks_and_reviews_nothing_is_said_of_them() {
        let data = commits(&[("2026-03-02 09:00", 0)], NOW);
        assert_eq!(rest(&ask(&data)), None);
        assert_eq!(rest(&ask(&Dataset::default())), None);
    }

    #[test]
    fn two_offsets_of_one_instant_are_two_days() {
        let at = [
            ("2026-03-02T23:30:00+00:00", 1, 0),
            ("2026-03-03T00:30:00+01:00", 1, 0),
        ];
        assert_eq!(ask(&commits_in(&at, NOW)).value, Some(2.0));
    }
}
