//! Which days are off: those of the owner's own week, leave and holidays.

use super::marks::Marks;
use super::question::Question;
use super::select::weekday;
use crate::model::away::EventKind;

/// The days off of a record.
pub(super) struct DaysOff {
    week: [bool; 7],
    leave: Marks,
}

impl DaysOff {
    /// The days off of the days that `question` has a record of.
    pub(super) fn new(question: &Question<'_>) -> Self {
        let kinds = [EventKind::Leave, EventKind::Holiday];
        Self {
            week: question.calendar.work_week.days,
            leave: Marks::of_away(&question.data.away, question.record, &kinds),
        }
    }

    /// Whether `day` is one.
    pub(super) fn holds(&self, day: i32) -> bool {
        !self.week[weekday(day)] || self.leave.holds(day)
    }
}
