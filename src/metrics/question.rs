//! One question being answered: the data, the filters, the day the record starts, and the frame
//! that every figure shares.

use super::metric::Metric;
use chrono::NaiveDate;

use super::select::{Fate, Filter, Span, View, before, commit_extent};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, LeftOut, Point, Previous, Shape, Trend, Verdict};
use crate::model::period::Range;
use crate::model::selection::Selection;

/// What a metric works with while it answers.
pub(super) struct Question<'a> {
    pub(super) data: &'a Dataset,
    pub(super) selection: &'a Selection,
    pub(super) calendar: &'a Calendar,
    pub(super) filter: Filter<'a>,
    /// First and last day of the record, whatever the filters: of commits with a believable
    /// clock, or of work items.
    pub(super) record: Option<Range>,
    /// The day up to which the record tells: today, or the day of the newest export. That day
    /// itself is not over.
    pub(super) seen_to: NaiveDate,
}

impl<'a> Question<'a> {
    /// A question about what was done: see [`View::Activity`].
    pub(super) fn new(data: &'a Dataset, selection: &'a Selection, calendar: &'a Calendar) -> Self {
        Self::seen_as(View::Activity, data, (selection, calendar))
    }

    /// A question about lines: see [`View::Lines`].
    pub(super) fn of_lines(
        data: &'a Dataset,
        selection: &'a Selection,
        calendar: &'a Calendar,
    ) -> Self {
        Self::seen_as(View::Lines, data, (selection, calendar))
    }

    /// A question about `view`.
    pub(super) fn seen_as(
        view: View,
        data: &'a Dataset,
        (selection, calendar): (&'a Selection, &'a Calendar),
    ) -> Self {
        Self {
            data,
            selection,
            calendar,
            filter: Filter::new(data, selection, view),
            record: commit_extent(data),
            seen_to: calendar.today(),
        }
    }

    /// A question about work items: their record, known up to the newest export.
    pub(super) fn of_work(
        data: &'a Dataset,
        selection: &'a Selection,
        calendar: &'a Calendar,
    ) -> Self {
        let today = calendar.today();
        let until = data.work.until.and_then(super::select::date);
        Self {
            record: super::items::extent(&data.work),
            seen_to: until.map_or(today, |until| until.min(today)),
            ..Self::new(data, selection, calendar)
        }
    }

    /// The days asked about.
    pub(super) fn span(&self) -> Span {
        Span::whole(self.selection.range)
    }

    /// The same question about the period before: its days and the span to scan.
    pub(super) fn before(&self) -> Option<(Range, Span)> {
        let known = (self.record?, self.seen_to);
        before(self.selection.range, known, self.calendar)
    }

    /// The period before, with `value` and `n` as `answer` finds them.
    pub(super) fn previous(
        &self,
        answer: impl FnOnce(Span) -> (Option<f64>, u64),
    ) -> Option<Previous> {
        let (range, span) = self.before()?;
        let (value, n) = answer(span);
        Some(Previous { range, value, n })
    }

    /// A figure of `metric` about these days that says nothing yet.
    pub(super) fn blank(&self, metric: &dyn Metric, shape: Shape) -> Figure {
        Figure {
            metric: metric.id(),
            unit: metric.unit(),
            range: self.selection.range,
            n: 0,
            of: metric.of(),
            known_to: self.known_to(),
            value: None,
            previous: None,
            left_out: Vec::new(),
            shape,
            points: Vec::new(),
            interval: None,
            usual: None,
            verdict: Verdict::None,
            trend: Trend::None,
            rests_on: Vec::new(),
        }
    }

    /// The day after which nothing is known, where the question reaches beyond it.
    fn known_to(&self) -> Option<NaiveDate> {
        let end = self.selection.range.to.min(self.calendar.today());
        (self.record.is_some() && self.seen_to < end).then_some(self.seen_to)
    }

    /// A count as a value; nothing at all recorded is not zero.
    pub(super) fn counted_value(&self, count: u64) -> Option<f64> {
        (!self.data.is_empty()).then_some(count as f64)
    }

    /// A point over all of the range.
    pub(super) fn part(&self, key: Key, value: Option<f64>, n: u64) -> Point {
        let range = self.selection.range;
        Point {
            from: range.from,
            to: range.to,
            key,
            value,
            unit: None,
            interval: None,
            n,
            complete: range.to < self.seen_to,
        }
    }

    /// The commits that count.
    pub(super) fn counted(&self) -> Vec<u32> {
        self.counted_if(|_| true)
    }

    /// The commits that count and for which `keep` holds.
    pub(super) fn counted_if(&self, keep: impl Fn(usize) -> bool) -> Vec<u32> {
        let mut out = Vec::new();
        self.filter.each(self.span(), |index, _, fate| {
            if fate == Fate::Counted && keep(index) {
                out.extend(u32::try_from(index));
            }
        });
        out
    }
}

/// Commits left out of a figure that counts commits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dropped {
    pub(super) merges: u64,
    pub(super) twins: u64,
    pub(super) squashed: u64,
    pub(super) not_landed: u64,
    pub(super) excluded: u64,
}

impl Dropped {
    /// Whether a row of this fate counts; if not, it is noted.
    pub(super) fn keeps(&mut self, fate: Fate) -> bool {
        match fate {
            // Only lines are left out for their form.
            Fate::Counted | Fate::Reformat => return true,
            Fate::Merge => self.merges += 1,
            Fate::Twin => self.twins += 1,
            Fate::Squashed => self.squashed += 1,
            Fate::Excluded => self.excluded += 1,
        }
        false
    }

    /// `landed`, noted when it is not so.
    pub(super) fn lands(&mut self, landed: bool) -> bool {
        self.not_landed += u64::from(!landed);
        landed
    }

    /// The reasons with their numbers; `filter` adds the commits that lie on no day.
    pub(super) fn reasons(self, filter: &Filter<'_>) -> Vec<LeftOut> {
        let undated = filter.undated().count() as u64;
        reasons(&[
            ("merges", self.merges),
            ("twins", self.twins),
            ("squashed", self.squashed),
            ("not_landed", self.not_landed),
            ("excluded", self.excluded),
            ("undated", undated),
        ])
    }
}

/// Left-out entries, those with 0 rows dropped.
pub(super) fn reasons(all: &[(&'static str, u64)]) -> Vec<LeftOut> {
    all.iter()
        .filter(|(_, n)| *n > 0)
        .map(|&(reason, n)| LeftOut { reason, n })
        .collect()
}
