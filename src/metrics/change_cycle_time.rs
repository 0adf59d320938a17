//! Change cycle time: first commit to merge of pull requests, with its phases.

use super::items::Items;
use super::lengths::{self, Found, Length};
use super::linked;
use super::metric::{Definition, Metric, Need};
use super::phases::{Phases, Tally, part, phases};
use super::select::Span;
use super::stats::{STATISTIC_FROM, median};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rest, Rows, Unit};
use crate::model::selection::Selection;
use crate::model::work::{Review, Stamp};

/// How long a change takes from its first commit to its merge.
pub(super) struct ChangeCycleTime;

impl Metric for ChangeCycleTime {
    fn id(&self) -> &'static str {
        "change_cycle_time"
    }

    fn title(&self) -> &'static str {
        "Change cycle time"
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
                    "Do merges without a review look fast?",
                    "They are left out and counted.",
                ),
                (
                    "Do the phases add up?",
                    "For one request yes; for medians no.",
                ),
            ],
            rule: "Elapsed time from the first known commit of a pull request of mine to its merge, \
                   nights and weekends included, of those merged in the range. Only complete ones \
                   count: first commit, opening, first review by somebody else and merge are all \
                   known and follow each other. The value is the median with an exact interval. The \
                   phases are medians over the same pull requests: `coding` first commit to opening, \
                   `draft` opening to ready (of those that were drafts), `pickup` ready, or opening, \
                   to the first review, `review` first review to merge. Phases of one pull request \
                   add up, their medians do not. Below 5 each pull request is a point.",
            formula: "change_cycle_time = median(merge - first commit) over complete pull requests",
            needs: &[Need::PullRequests, Need::Commits],
            source: "LinearB (cycle time and its phases) without its deploy phase: no deploy data is \
                     read, so this ends with the merge and is no DORA lead time. Apache DevLake gives \
                     no time where a phase is negative, but adds missing phases as 0; here both are \
                     left out.",
            misleads: "A rebase or squash can lose the first commit, and the change looks fast. \
                       Changes merged without a review are not in it: where most are, it speaks of \
                       the few that were difficult. Nights and weekends count; three hours on a \
                       Friday evening are three days. An open change is not in it before it is \
                       merged, so a week of stuck ones looks fast.",
            left_out: "Pull requests merged in the range with a part missing: `no_first_commit` (none \
                       of its commits is known here), `no_opening`, `no_review`, `review_after_merge`; \
                       with a phase that would be negative (`backwards`); closed without a merge \
                       (`not_merged`); excluded ones. Reviews by bots are no reviews.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let mut figure = lengths::figure(
            self,
            question,
            |span| found(&items, span),
            |kind, one| part(data, kind, one.key),
        );
        let merged: Vec<&Review> = merged(&items, question.span()).map(|one| one.1).collect();
        if figure.n >= STATISTIC_FROM {
            let all: Vec<Phases> = merged
                .iter()
                .filter_map(|review| phases(review, review.merged?).ok())
                .collect();
            figure.points.extend(
                medians(&all).map(|(name, value, n)| question.part(Key::Name(name), value, n)),
            );
        }
        if !merged.is_empty() {
            figure.rests_on.push(Rest {
                what: "first_commit_known",
                n: merged
                    .iter()
                    .filter(|one| one.first_commit.is_some())
                    .count() as u64,
                of: merged.len() as u64,
            });
            figure.rests_on.extend(linked::commits(question));
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
        merged(&items, items.question.span())
            .filter_map(|(at, review, merged)| Some((at, phases(review, merged).ok()?.whole)))
            .collect()
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let complete = merged(&items, items.question.span())
            .filter(|(_, review, merged)| phases(review, *merged).is_ok());
        let mut rows: Vec<u32> = complete.map(|(at, _, _)| at).collect();
        rows.sort_unstable();
        Rows::Tasks(rows)
    }
}

/// Pull requests merged in `span`: position of the task, times, merge.
fn merged<'a>(items: &'a Items<'_>, span: Span) -> impl Iterator<Item = (u32, &'a Review, Stamp)> {
    items.pull_requests().filter_map(move |(at, _, review)| {
        let merged = review.merged.filter(|merged| span.holds(*merged))?;
        Some((at, review, merged))
    })
}

fn found(items: &Items<'_>, span: Span) -> Found {
    let mut left_out = Tally::default();
    let mut lengths = Vec::new();
    for (at, review, merged) in merged(items, span) {
        match phases(review, merged) {
            Ok(phases) => lengths.push(Length {
                day: merged.day,
                seconds: phases.whole,
                key: Key::Task(at),
            }),
            Err(reason) => left_out.add(reason),
        }
    }
    for (_, _, review) in items.pull_requests() {
        let given_up = review.merged.is_none() && review.closed.is_some_and(|at| span.holds(at));
        if given_up {
            left_out.add("not_merged");
        }
    }
    let mut left_out = left_out.reasons();
    left_out.extend(items.excluded_pull_requests(|review| review.merged, span));
    Found { lengths, left_out }
}

/// The medians of the phases, those of fewer than 5 left open.
fn medians(all: &[Phases]) -> impl Iterator<Item = (&'static str, Option<f64>, u64)> {
    type Phase = fn(&Phases) -> Option<i64>;
    let phases: [(&'static str, Phase); 4] = [
        ("coding", |one| Some(one.coding)),
        ("draft", |one| one.draft),
        ("pickup", |one| Some(one.pickup)),
        ("review", |one| Some(one.review)),
    ];
    phases.into_iter().filter_map(|(name, phase)| {
        let values: Vec<f64> = all.iter().filter_map(phase).map(|s| s as f64).collect();
        let n = values.len() as u64;
        let value = median(&values).filter(|_| n >= STATISTIC_FROM);
        (n > 0).then_some((name, value, n))
    })
}
