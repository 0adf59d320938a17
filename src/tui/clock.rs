//! The time while the dashboard is open.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::calendar::Calendar;

/// Moves on from the instant of the calendar that was made before the lock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// What the calendar is ahead of the system's clock: zero, but for generated data and tests.
    ahead: TimeDelta,
    /// The instant it stands at, where it does.
    stands: Option<DateTime<Utc>>,
}

impl Clock {
    /// A clock that shows `calendar.now` at this moment.
    pub(super) fn at(calendar: &Calendar) -> Self {
        let ahead = calendar.now - system();
        // What passed between making the calendar and now is not a difference to keep.
        let same = ahead.abs() < TimeDelta::seconds(5);
        Self {
            ahead: if same { TimeDelta::zero() } else { ahead },
            stands: None,
        }
    }

    /// A clock that always shows `calendar.now`.
    pub(super) fn standing(calendar: &Calendar) -> Self {
        Self {
            ahead: TimeDelta::zero(),
            stands: Some(calendar.now),
        }
    }

    /// The time.
    pub(super) fn now(self) -> DateTime<Utc> {
        self.stands.unwrap_or_else(|| system() + self.ahead)
    }

    /// The time in UTC seconds.
    pub(super) fn now_utc(self) -> i64 {
        self.now().timestamp()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "an open dashboard lives through nights and a sleeping machine, which stops every \
              count of seconds since the start; UTC needs no zone file"
)]
fn system() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_calendar_in_another_year_stays_there_and_moves_on() {
        let now = Utc.with_ymd_and_hms(2026, 8, 19, 12, 0, 0).unwrap();
        let clock = Clock::at(&Calendar::new(now, chrono_tz::Tz::UTC));
        let passed = clock.now() - now;
        assert!(passed >= TimeDelta::zero() && passed < TimeDelta::minutes(1));
    }

    #[test]
    fn a_standing_clock_shows_the_same_time_always() {
        let now = Utc.with_ymd_and_hms(2026, 8, 19, 12, 0, 0).unwrap();
        let clock = Clock::standing(&Calendar::new(now, chrono_tz::Tz::UTC));
        assert_eq!((clock.now(), clock.now_utc()), (now, now.timestamp()));
    }

    #[test]
    fn a_calendar_made_just_now_shows_the_systems_time() {
        let calendar = Calendar::new(system(), chrono_tz::Tz::UTC);
        assert_eq!(Clock::at(&calendar).ahead, TimeDelta::zero());
    }
}
