//! The one place where "now" enters: made before the lock and passed down.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
pub use chrono_tz::Tz;

/// Now, the home zone, and how the owner's week is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// The instant the program started, or was last told the time.
    pub now: DateTime<Utc>,
    /// The owner's home zone: decides which day "today" is.
    pub zone: Tz,
    /// The first day of a week in every weekly figure.
    pub week_start: Weekday,
    /// The owner's working week.
    pub work_week: WorkWeek,
}

/// Working days and the working hours within them, local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkWeek {
    /// Monday first; true = a working day.
    pub days: [bool; 7],
    /// First working hour, 0-23.
    pub from_hour: u8,
    /// First hour after work, 1-24.
    pub to_hour: u8,
}

impl Default for WorkWeek {
    /// Monday to Friday, 9 to 18.
    fn default() -> Self {
        Self {
            days: [true, true, true, true, true, false, false],
            from_hour: 9,
            to_hour: 18,
        }
    }
}

impl WorkWeek {
    /// Whether `day` is one of the owner's working days.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        self.days[day.weekday().num_days_from_monday() as usize]
    }
}

impl Calendar {
    /// A calendar with Monday weeks and a Monday-Friday, 9-18 work week.
    pub fn new(now: DateTime<Utc>, zone: Tz) -> Self {
        Self {
            now,
            zone,
            week_start: Weekday::Mon,
            work_week: WorkWeek::default(),
        }
    }

    /// Today's civil day in the home zone.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The first day of the week that holds `day`.
    pub fn week_of(&self, day: NaiveDate) -> NaiveDate {
        let back = day.weekday().days_since(self.week_start);
        day.checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(day)
    }
}
