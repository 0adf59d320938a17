//! Review given: how long others wait for my first review.

use super::items::Items;
use super::lengths::{self, Found, Length};
use super::metric::{Definition, Metric, Need};
use super::parts::{Cut, Part};
use super::phases::{Tally, project, repository};
use super::select::Span;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rest, Rows, Unit};
use crate::model::selection::Selection;
use crate::model::work::{Given, Stamp};

/// How long I take from being asked to my first review.
pub(super) struct ReviewGiven;

impl Metric for ReviewGiven {
    fn id(&self) -> &'static str {
        "review_given"
    }

    fn title(&self) -> &'static str {
        "Time to my review"
    }

    fn unit(&self) -> Unit {
        Unit::Seconds
    }

    fn of(&self) -> Of {
        Of::ReviewsGiven
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Many reviews and one request?",
                "n is the reviews with a known request, and the figure says of how many.",
            )],
            rule: "Elapsed time from the request to my first review, of pull requests of others that I \
                   first reviewed in the range. The value is the median with an exact interval; n \
                   counts those whose request is known, `reviews_with_request` says of how many. \
                   Below 5 each is a point `item`.",
            formula: "review_given = median(my first review - request)",
            needs: &[Need::ReviewsGiven],
            source: "LinearB and Haystack (review response time), from the request to me in place \
                     of the opening.",
            misleads: "It waits through nights and weekends. A quick look is fast, a careful one slow: \
                       fast is not good. Requests that I never answered are not in the export of my \
                       reviews, so a pile of them is not seen. Where requests are not exported there \
                       is no time at all, however many reviews I gave: see `reviews`.",
            left_out: "Reviews without a known request (`no_request`) and those that I gave before I \
                       was asked (`before_request`), which count in `reviews`; excluded ones.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let mut figure = lengths::figure(
            self,
            &items.question,
            |span| found(&items, span),
            |_, one| Some(one.key).filter(|key| *key != Key::Name("item")),
        );
        let of = first_reviews(&items, items.question.span()).count() as u64;
        if of > 0 {
            let (what, n) = ("reviews_with_request", figure.n);
            figure.rests_on.push(Rest { what, n, of });
        }
        figure
    }

    fn lengths(
        &self,
        data: &Dataset,
        selection: &Selection,
        calendar: &Calendar,
    ) -> Vec<(u32, i64)> {
        let items = Items::new(data, selection, calendar);
        first_reviews(&items, items.question.span())
            .filter_map(|(at, given, first)| Some((at, latency(given, first).ok()?)))
            .collect()
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let timed = first_reviews(&items, items.question.span())
            .filter(|(_, given, first)| latency(given, *first).is_ok());
        Rows::Given(timed.map(|(at, _, _)| at).collect())
    }
}

/// Pull requests of others that I first reviewed in `span`: position, record, that review.
pub(super) fn first_reviews<'a>(
    items: &'a Items<'_>,
    span: Span,
) -> impl Iterator<Item = (u32, &'a Given, Stamp)> {
    items.given().filter_map(move |(at, given)| {
        let first = given.times.first().copied()?;
        span.holds(first).then_some((at, given, first))
    })
}

fn latency(given: &Given, first: Stamp) -> Result<i64, &'static str> {
    let requested = given.requested.ok_or("no_request")?;
    requested.elapsed(first).ok_or("before_request")
}

fn found(items: &Items<'_>, span: Span) -> Found {
    let mut left_out = Tally::default();
    let mut lengths = Vec::new();
    for (_, given, first) in first_reviews(items, span) {
        match latency(given, first) {
            Ok(seconds) => lengths.push(Length {
                day: first.day,
                seconds,
                key: key(items, given),
            }),
            Err(reason) => left_out.add(reason),
        }
    }
    let mut left_out = left_out.reasons();
    left_out.extend(items.excluded_given(span));
    Found { lengths, left_out }
}

/// What a review is called: there is no task of mine behind it.
fn key(items: &Items<'_>, given: &Given) -> Key {
    let none = Key::Name("item");
    match Cut::of(items.question.selection.by) {
        Cut::Into(Part::Repo) => repository(items.question.data, given.repo).unwrap_or(none),
        Cut::Into(Part::Project) => project(given.project),
        _ => none,
    }
}

#[cfg(test)]
#[path = "review_given_tests.rs"]
mod tests;
