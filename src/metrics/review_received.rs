//! Review received: how long my pull requests wait for their first review.

use super::items::Items;
use super::lengths::{self, Found, Length};
use super::metric::{Definition, Metric, Need};
use super::phases::{Tally, asked, part};
use super::select::Span;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Unit};
use crate::model::selection::Selection;
use crate::model::work::Review;

/// The wait for a first review.
pub(super) struct ReviewReceived;

impl Metric for ReviewReceived {
    fn id(&self) -> &'static str {
        "review_received"
    }

    fn title(&self) -> &'static str {
        "Wait for a review"
    }

    fn unit(&self) -> Unit {
        Unit::Seconds
    }

    fn of(&self) -> Of {
        Of::PullRequests
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Do ignored requests make it look fast?",
                    "Those still waiting and those without a review are counted beside it.",
                ),
                (
                    "Do nights count?",
                    "Yes. A Friday evening to a Monday morning is 62 hours.",
                ),
            ],
            rule: "Elapsed time from when a pull request of mine was ready for review (opened, where \
                   it was no draft, or was reviewed as one) to the first review by somebody else, of \
                   those first reviewed in the range. The value is the median with an exact interval. \
                   Below 5 each pull request is a point.",
            formula: "review_received = median(first review by another - ready or opened)",
            needs: &[Need::PullRequests],
            source: "LinearB (pickup time) and Apache DevLake (pickup), the first review in place \
                     of the first comment.",
            misleads: "It waits through nights and weekends, which nobody calls slow: a request on \
                       Friday evening, reviewed on Monday morning, waits for 62 hours; compare \
                       weeks with weeks, not with working hours. It is the others' time as much as \
                       mine, and large changes wait longer. Those that never got a review are not \
                       in it; see how many are left out.",
            left_out: "Pull requests that still wait (`waiting`), that were merged or closed in the \
                       range without a review (`no_review`), whose opening is not known \
                       (`no_opening`) or lies after the review (`backwards`); excluded ones. Reviews \
                       by bots and by myself are none.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        lengths::figure(
            self,
            &items.question,
            |span| found(&items, span),
            |kind, one| part(data, kind, one.key),
        )
    }

    fn lengths(
        &self,
        data: &Dataset,
        selection: &Selection,
        calendar: &Calendar,
    ) -> Vec<(u32, i64)> {
        let items = Items::new(data, selection, calendar);
        let lengths = found(&items, items.question.span()).lengths;
        let place = |one: &Length| match one.key {
            Key::Task(at) => Some((at, one.seconds)),
            _ => None,
        };
        lengths.iter().filter_map(place).collect()
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let lengths = found(&items, items.question.span()).lengths;
        let place = |one: &Length| match one.key {
            Key::Task(at) => Some(at),
            _ => None,
        };
        let mut rows: Vec<u32> = lengths.iter().filter_map(place).collect();
        rows.sort_unstable();
        Rows::Tasks(rows)
    }
}

fn found(items: &Items<'_>, span: Span) -> Found {
    let mut left_out = Tally::default();
    let mut lengths = Vec::new();
    for (at, _, review) in items.pull_requests() {
        match wait(review, span) {
            Wait::Of(day, seconds) => lengths.push(Length {
                day,
                seconds,
                key: Key::Task(at),
            }),
            Wait::LeftOut(reason) => left_out.add(reason),
            Wait::Elsewhere => {}
        }
    }
    let mut left_out = left_out.reasons();
    left_out.extend(items.excluded_pull_requests(|review| review.first_review, span));
    Found { lengths, left_out }
}

enum Wait {
    /// The day it ended on, and its seconds.
    Of(i32, i64),
    LeftOut(&'static str),
    /// Not in this span.
    Elsewhere,
}

fn wait(review: &Review, span: Span) -> Wait {
    let Some(first) = review.first_review else {
        return match (review.merged.or(review.closed), asked(review)) {
            (Some(end), _) if span.holds(end) => Wait::LeftOut("no_review"),
            (None, Some(asked)) if asked.day <= span.to => Wait::LeftOut("waiting"),
            _ => Wait::Elsewhere,
        };
    };
    if !span.holds(first) {
        return Wait::Elsewhere;
    }
    let Some(asked) = asked(review) else {
        return Wait::LeftOut("no_opening");
    };
    asked
        .elapsed(first)
        .map_or(Wait::LeftOut("backwards"), |wait| Wait::Of(first.day, wait))
}
