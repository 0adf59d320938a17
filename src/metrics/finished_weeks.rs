//! The weeks that a forecast draws from, and how much is asked of it.

use super::items::Items;
use super::question::reasons;
use super::series::{Daily, Piece, is_away, pieces};
use crate::model::figure::{Figure, LeftOut, Point, Rest, Shape, Verdict};
use crate::model::period::Bucket;
use crate::model::stage::Stage;
use crate::model::work::Task;

use super::metric::Metric;
use super::stats::{FORECAST_FROM, Forecast, STATISTIC_FROM};

/// Tasks asked for where none is open.
const DEFAULT_NEXT: u32 = 10;

/// The chances that a forecast gives, with the names of their points: how sure one may be, not a
/// percentile of items.
pub(super) const CHANCES: [(&str, f64); 3] = [("p50", 0.5), ("p85", 0.85), ("p95", 0.95)];

/// What the weeks of a range tell.
pub(super) struct Basis {
    /// Tasks finished in each whole week without a marked day, oldest first, zeros included.
    weeks: Vec<u32>,
    /// Whole weeks, marked ones included.
    whole: u64,
    /// The tasks finished in those weeks, by position.
    pub(super) tasks: Vec<u32>,
    left_out: Vec<LeftOut>,
    /// Started tasks and those to do.
    open: u32,
}

impl Basis {
    /// The basis of the question that `items` asks.
    pub(super) fn of(items: &Items<'_>) -> Self {
        let question = &items.question;
        let span = question.span();
        let mut days = Daily::new(question, span);
        let mut finished: Vec<(u32, i32)> = Vec::new();
        let (mut between, mut unknown, mut open) = (0, 0, 0);
        for (at, task) in items.tasks() {
            open += u32::from(is_open(task));
            match task.done {
                Some(done) if span.holds(done) => {
                    days.add(done.day, 0, 0);
                    finished.push((at, done.day));
                }
                Some(_) => {}
                None if task.stage != Some(Stage::Done) => {}
                None if task.windowed => between += 1,
                None => unknown += 1,
            }
        }
        let record = question.record;
        let whole: Vec<Piece> = pieces(question, &days, Bucket::Week)
            .into_iter()
            .filter(|week| week.complete && week.known && week.range.days() == 7)
            .filter(|week| record.is_some_and(|record| week.range.from >= record.from))
            .collect();
        let (away, used): (Vec<Piece>, Vec<Piece>) =
            whole.iter().partition(|week| is_away(question, week.range));
        let inside = |weeks: &[Piece], day: i32| {
            let after = weeks.partition_point(|week| week.range.to.to_epoch_days() < day);
            weeks
                .get(after)
                .is_some_and(|week| week.range.from.to_epoch_days() <= day)
        };
        let marked = finished
            .iter()
            .filter(|(_, day)| inside(&away, *day))
            .count();
        let all = finished.len();
        finished.retain(|(_, day)| inside(&used, *day));
        let mut left_out = reasons(&[
            ("away", marked as u64),
            ("part_week", (all - marked - finished.len()) as u64),
            ("between_exports", between),
            ("no_finish_time", unknown),
        ]);
        left_out.extend(items.excluded());
        Self {
            weeks: used
                .iter()
                .map(|week| u32::try_from(week.cell.n).unwrap_or(u32::MAX))
                .collect(),
            whole: whole.len() as u64,
            tasks: finished.into_iter().map(|(at, _)| at).collect(),
            left_out,
            open,
        }
    }

    /// How many tasks come next: the open ones, or a stated default.
    pub(super) fn next(&self) -> u32 {
        if self.open == 0 {
            DEFAULT_NEXT
        } else {
            self.open
        }
    }

    /// How many are next, of how many open ones: more than are open when the default stands in.
    pub(super) fn next_rest(&self) -> Rest {
        Rest {
            what: "next_tasks",
            n: u64::from(self.next()),
            of: u64::from(self.open),
        }
    }

    /// A figure of `metric` that says what it rests on, and the forecast where there is enough.
    pub(super) fn begin(
        &self,
        metric: &dyn Metric,
        items: &Items<'_>,
    ) -> (Figure, Option<Forecast>) {
        let mut figure = items.question.blank(metric, Shape::Distribution);
        figure.n = self.tasks.len() as u64;
        figure.left_out.clone_from(&self.left_out);
        if items.question.record.is_none() {
            return (figure, None);
        }
        let used = self.weeks.len() as u64;
        figure.rests_on.push(Rest {
            what: "whole_weeks",
            n: used,
            of: self.whole,
        });
        let forecast = Forecast::new(&self.weeks);
        if forecast.is_none() {
            figure.verdict = if used < FORECAST_FROM {
                let (have, need) = (used, FORECAST_FROM);
                Verdict::TooFewWeeks { have, need }
            } else {
                let (have, need) = (figure.n, STATISTIC_FROM);
                Verdict::TooFew { have, need }
            };
        }
        (figure, forecast)
    }
}

/// Started or to do, but neither finished nor only noted.
fn is_open(task: &Task) -> bool {
    matches!(
        task.stage,
        Some(Stage::Todo | Stage::InProgress | Stage::InReview)
    )
}

/// A point about the time from the end of the record to `days` later.
pub(super) fn ahead(items: &Items<'_>, days: u64, point: Point) -> Point {
    let from = items.question.seen_to;
    let to = from
        .checked_add_days(chrono::Days::new(days))
        .unwrap_or(from);
    Point {
        from,
        to,
        complete: false,
        ..point
    }
}
