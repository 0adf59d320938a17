//! A point in time as its author saw it: UTC seconds and the author's own offset.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Weekday};
use serde::{Deserialize, Serialize};

/// UTC seconds plus the author's own UTC offset in minutes.
///
/// Civil days and hours of a commit are those of its author, so they need no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z, as the commit says, believable or not.
    pub utc: i64,
    /// Minutes east of UTC, clamped to ±18 hours when read.
    pub offset_min: i16,
}

/// The first instant believed of a commit, 1990-01-01T00:00:00Z: older clocks were unset.
pub const EARLIEST: i64 = 631_152_000;

/// The farthest that a clock's offset lies from UTC, in seconds.
pub const FARTHEST_OFFSET: i64 = 18 * 3_600;

/// UTC seconds between which everything lies that is on the civil days `from` to `to` (days from
/// 1970-01-01, both included) in any offset; the second is beyond the last.
pub fn window(from: i32, to: i32) -> (i64, i64) {
    const DAY: i64 = 86_400;
    (
        i64::from(from) * DAY - FARTHEST_OFFSET,
        (i64::from(to) + 1) * DAY + FARTHEST_OFFSET,
    )
}

impl Moment {
    /// A moment from raw parts; an offset beyond ±18 hours counts as UTC.
    pub fn new(utc: i64, offset_min: i32) -> Self {
        let offset_min = i16::try_from(offset_min)
            .ok()
            .filter(|m| m.abs() <= 18 * 60)
            .unwrap_or(0);
        Self { utc, offset_min }
    }

    /// The moment in the author's own offset; `None` when chrono cannot hold it.
    pub fn local(self) -> Option<DateTime<FixedOffset>> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60)?;
        Some(DateTime::from_timestamp(self.utc, 0)?.with_timezone(&offset))
    }

    /// Whether the moment can be believed: from 1990 to one day after `now_utc`.
    pub fn is_dated(self, now_utc: i64) -> bool {
        (EARLIEST..=now_utc.saturating_add(86_400)).contains(&self.utc)
    }

    /// The author's civil day; `None` when the moment does not fit a calendar.
    pub fn day(self) -> Option<NaiveDate> {
        self.local().map(|at| at.date_naive())
    }

    /// The author's hour of day, 0-23, and weekday.
    pub fn hour_and_weekday(self) -> Option<(u8, Weekday)> {
        let at = self.local()?;
        Some((u8::try_from(at.hour()).ok()?, at.weekday()))
    }

    /// RFC 3339 in the author's offset, e.g. `2026-08-16T23:30:00+13:00`.
    pub fn rfc3339(self) -> Option<String> {
        self.local().map(|at| at.to_rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_past_eleven_in_plus_thirteen_is_that_civil_day() {
        let at = Moment::new(1_771_237_800, 13 * 60);
        assert_eq!(at.rfc3339().as_deref(), Some("2026-02-16T23:30:00+13:00"));
        assert_eq!(at.day(), NaiveDate::from_ymd_opt(2026, 2, 16));
        assert_eq!(at.hour_and_weekday(), Some((23, Weekday::Mon)));
    }

    #[test]
    fn clocks_of_1970_and_2100_are_not_believed() {
        let now = 1_790_000_000;
        assert!(!Moment::new(0, 0).is_dated(now));
        assert!(!Moment::new(4_102_444_800, 0).is_dated(now));
        assert!(Moment::new(now, 0).is_dated(now));
        assert_eq!(Moment::new(i64::MAX, 0).day(), None);
    }
}
