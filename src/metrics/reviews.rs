//! Reviews given, by time.

use super::items::Items;
use super::metric::{Definition, Metric, Need};
use super::parts::{Cut, Part};
use super::phases::{project, repository};
use super::review_given::first_reviews;
use super::select::Span;
use super::series::{Daily, judge, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Point, Rows, Shape, Unit};
use crate::model::selection::Selection;
use crate::model::work::Given;

/// Pull requests of others that I reviewed.
pub(super) struct Reviews;

impl Metric for Reviews {
    fn id(&self) -> &'static str {
        "reviews"
    }

    fn title(&self) -> &'static str {
        "Reviews given"
    }

    fn unit(&self) -> Unit {
        Unit::Reviews
    }

    fn of(&self) -> Of {
        Of::ReviewsGiven
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "No export of reviews: is that zero?",
                "No, then there is no value.",
            )],
            rule: "Pull requests of others that I reviewed, each once, on the civil day of my first \
                   review in its own offset.",
            formula: "reviews = |{pull requests of others whose first review by me is in the range}|",
            needs: &[Need::ReviewsGiven],
            source: "Pluralsight Flow and GitLab count reviews by person; each request once is ours.",
            misleads: "A pull request of two lines counts like one of two thousand, and a second and \
                       third round not at all. Help that was given at a desk or in a chat leaves \
                       no review. After the day of the newest export nothing is known.",
            left_out: "Later rounds on the same pull request; excluded ones.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let days = by_day(&items, question.span());
        let mut figure = question.blank(self, Shape::Series);
        figure.n = days.total().n;
        figure.left_out = items.excluded_given(question.span());
        figure.value = recorded(data, figure.n);
        match Cut::of(selection.by) {
            Cut::Time(bucket) => {
                if figure.value.is_some() {
                    figure.points = pieces(question, &days, bucket)
                        .into_iter()
                        .map(|piece| piece.point(Key::Time, |cell| Some(cell.n as f64)))
                        .collect();
                    judge(question, &mut figure, None);
                }
            }
            Cut::Into(part) => {
                figure.shape = Shape::Shares;
                figure.points = parts(&items, part);
            }
        }
        figure.previous = question.previous(|span| {
            let n = by_day(&items, span).total().n;
            (recorded(data, n), n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let given = first_reviews(&items, items.question.span());
        Rows::Given(given.map(|(at, _, _)| at).collect())
    }
}

/// No review in any export is not zero reviews: most exports hold none.
fn recorded(data: &Dataset, n: u64) -> Option<f64> {
    (!data.work.given.is_empty()).then_some(n as f64)
}

fn by_day(items: &Items<'_>, span: Span) -> Daily {
    let mut days = Daily::new(&items.question, span);
    for (_, _, first) in first_reviews(items, span) {
        days.add(first.day, 0, 0);
    }
    days
}

/// Reviews by repository or project, most first.
fn parts(items: &Items<'_>, part: Part) -> Vec<Point> {
    let place = |given: &Given| match part {
        Part::Repo => repository(items.question.data, given.repo),
        Part::Project => Some(project(given.project)),
        Part::Language | Part::Category | Part::Task => None,
    };
    let mut out: Vec<(Key, u64)> = Vec::new();
    for (_, given, _) in first_reviews(items, items.question.span()) {
        let Some(key) = place(given) else { continue };
        match out.iter_mut().find(|known| known.0 == key) {
            Some(known) => known.1 += 1,
            None => out.push((key, 1)),
        }
    }
    // Stable: parts of one size stay in the order of their first review.
    out.sort_by_key(|part| std::cmp::Reverse(part.1));
    let point = |(key, n): (Key, u64)| items.question.part(key, Some(n as f64), n);
    out.into_iter().map(point).collect()
}
