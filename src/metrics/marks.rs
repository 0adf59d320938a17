//! A mark a day: days off, days with a late act.

use crate::model::away::{Away, EventKind};
use crate::model::period::Range;

/// One mark for each day of a stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    from: i32,
    on: Vec<bool>,
}

impl Marks {
    /// No mark on the days `from` to `to`, both included.
    pub(super) fn new(from: i32, to: i32) -> Self {
        let length = usize::try_from(i64::from(to) - i64::from(from) + 1).unwrap_or(0);
        Self {
            from,
            on: vec![false; length],
        }
    }

    /// No mark on the days of `record`; none at all without one.
    pub(super) fn over(record: Option<Range>) -> Self {
        record.map_or_else(Self::default, |record| {
            Self::new(record.from.to_epoch_days(), record.to.to_epoch_days())
        })
    }

    /// The days of `record` that the owner marked with one of `kinds`.
    pub(super) fn of_away(away: &[Away], record: Option<Range>, kinds: &[EventKind]) -> Self {
        let mut out = Self::over(record);
        for away in away.iter().filter(|away| kinds.contains(&away.kind)) {
            out.mark(away.from, away.to);
        }
        out
    }

    /// Marks the days `from` to `to`, as far as they lie in the stretch.
    pub(super) fn mark(&mut self, from: i32, to: i32) {
        let length = self.on.len();
        let place = |day: i64| usize::try_from(day.max(0)).unwrap_or(length).min(length);
        let first = place(i64::from(from) - i64::from(self.from));
        let end = place(i64::from(to) - i64::from(self.from) + 1);
        if let Some(days) = self.on.get_mut(first..end) {
            days.fill(true);
        }
    }

    /// Whether `day` is marked.
    pub(super) fn holds(&self, day: i32) -> bool {
        let at = usize::try_from(i64::from(day) - i64::from(self.from));
        at.ok().and_then(|at| self.on.get(at)).is_some_and(|on| *on)
    }

    /// Every day of the stretch, with its mark.
    pub(super) fn days(&self) -> impl Iterator<Item = (i32, bool)> {
        (self.from..).zip(self.on.iter().copied())
    }

    /// How many days are marked.
    pub(super) fn count(&self) -> u64 {
        self.on.iter().filter(|on| **on).count() as u64
    }

    /// How many days each run of marked ones has, in order.
    pub(super) fn runs(&self) -> impl Iterator<Item = u64> {
        let runs = self.on.chunk_by(|a, b| a == b);
        let marked = runs.filter(|run| run.first() == Some(&true));
        marked.map(|run| run.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_outside_the_stretch_are_cut_off_and_runs_end_at_gaps() {
        let mut marks = Marks::new(10, 19);
        marks.mark(5, 11);
        marks.mark(14, 14);
        marks.mark(18, 90);
        marks.mark(30, 40);
        marks.mark(i32::MIN, i32::MIN);
        assert_eq!(marks.runs().collect::<Vec<_>>(), [2, 1, 2]);
        assert_eq!(marks.count(), 5);
        let held = [9, 10, 11, 12, 19, 20].map(|day| marks.holds(day));
        assert_eq!(held, [false, true, true, false, true, false]);
        assert_eq!(marks.days().next(), Some((10, true)));
        assert_eq!(Marks::new(5, 4).runs().count(), 0);
    }
}
