//! The windows a share can be about: finished calendar months and quarters, nothing that rolls.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

use super::profile::Profile;
use crate::model::period::Range;

/// A calendar month or quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Window {
    /// Its first day.
    from: NaiveDate,
    /// 1 or 3.
    months: u32,
}

/// Why a window cannot be shared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// The text names neither a quarter nor a month.
    #[error("`{0}` is no window for a share: use last-quarter, 2026-Q1, last-month or 2026-03")]
    Unknown(String),
    /// The window is not over: a file about a running one tells by its end when it was made, and two
    /// of them tell what came between.
    #[error("{0} is not over yet: a share is about a finished month or quarter")]
    Running(Window),
    /// Months are for handover only.
    #[error("{0} is a month: a pooled summary is about whole quarters")]
    TooFine(Window),
}

impl Window {
    /// The quarter `number` (1 to 4) of `year`; `None` where there is no such thing.
    pub fn quarter(year: i32, number: u32) -> Option<Self> {
        let month = (1..=4).contains(&number).then(|| number * 3 - 2)?;
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(Self { from, months: 3 })
    }

    /// The month `number` (1 to 12) of `year`; `None` where there is no such thing.
    pub fn month(year: i32, number: u32) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, number, 1)?;
        Some(Self { from, months: 1 })
    }

    /// The window that `text` names, seen on `today`: `quarter`, `last-quarter`, `2026-Q1`, `month`,
    /// `last-month` or `2026-03`.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, WindowError> {
        let back = |from: NaiveDate, months| Self::holding(from, months).previous();
        let found = match text.trim() {
            "quarter" => Some(Self::holding(today, 3)),
            "last-quarter" => back(today, 3),
            "month" => Some(Self::holding(today, 1)),
            "last-month" => back(today, 1),
            dated => parse_dated(dated),
        };
        found.ok_or_else(|| WindowError::Unknown(text.to_owned()))
    }

    /// The newest finished quarter on `today`.
    pub fn last_quarter(today: NaiveDate) -> Self {
        let running = Self::holding(today, 3);
        running.previous().unwrap_or(running)
    }

    /// The window of `months` months (1 or 3) that holds `day`.
    fn holding(day: NaiveDate, months: u32) -> Self {
        use chrono::Datelike;
        let month = day.month0() / months * months + 1;
        let from = NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        Self { from, months }
    }

    /// The window of the same length before it; `None` at the end of the calendar.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let from = self.from.checked_sub_months(Months::new(self.months))?;
        Some(Self { from, ..self })
    }

    /// The window of the same length after it; `None` at the end of the calendar.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let from = self.from.checked_add_months(Months::new(self.months))?;
        Some(Self { from, ..self })
    }

    /// Its days.
    pub fn range(self) -> Range {
        let next = self.from.checked_add_months(Months::new(self.months));
        let to = next.and_then(|next| next.checked_sub_days(Days::new(1)));
        Range::new(self.from, to.unwrap_or(self.from))
    }

    /// Its last day: what the time stamp of a file about it is set to.
    pub fn last_day(self) -> NaiveDate {
        self.range().to
    }

    /// Whether a file of `profile` can be about it on `today`.
    pub fn admit(self, profile: Profile, today: NaiveDate) -> Result<(), WindowError> {
        if self.last_day() >= today {
            return Err(WindowError::Running(self));
        }
        if profile == Profile::Pooled && self.months != 3 {
            return Err(WindowError::TooFine(self));
        }
        Ok(())
    }

    /// Whether the two have a day in common.
    pub fn overlaps(self, other: Self) -> bool {
        let (one, two) = (self.range(), other.range());
        one.from <= two.to && two.from <= one.to
    }
}

fn parse_dated(text: &str) -> Option<Window> {
    let (year, rest) = text.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let year = year
        .parse()
        .ok()
        .filter(|_| year.len() == 4 && digits(year))?;
    match rest.strip_prefix(['Q', 'q']) {
        Some(number) => Window::quarter(year, number.parse().ok().filter(|_| digits(number))?),
        None if rest.len() == 2 && digits(rest) => Window::month(year, rest.parse().ok()?),
        None => None,
    }
}

impl fmt::Display for Window {
    /// `2026-Q1` or `2026-03`, which [`Window::parse`] reads back.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use chrono::Datelike;
        let (year, month) = (self.from.year(), self.from.month());
        match self.months {
            3 => write!(out, "{year:04}-Q{}", month.div_ceil(3)),
            _ => write!(out, "{year:04}-{month:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_reads_back_what_it_shows_and_covers_its_days() {
        let today = day("2026-08-19");
        for (text, shown, days) in [
            ("quarter", "2026-Q3", "2026-07-01..2026-09-30"),
            ("last-quarter", "2026-Q2", "2026-04-01..2026-06-30"),
            ("last-month", "2026-07", "2026-07-01..2026-07-31"),
            ("2025-Q4", "2025-Q4", "2025-10-01..2025-12-31"),
            ("2024-02", "2024-02", "2024-02-01..2024-02-29"),
        ] {
            let window = Window::parse(text, today).unwrap();
            assert_eq!(window.to_string(), shown);
            assert_eq!(window.range().to_string(), days);
            assert_eq!(Window::parse(shown, today).unwrap(), window);
        }
        for text in [
            "", "2026", "2026-Q5", "2026-Q", "2026-13", "2026-W01", "90d", "week", "26-Q1",
        ] {
            assert!(Window::parse(text, today).is_err(), "{text}");
        }
    }

    #[test]
    fn only_what_is_over_is_shared_and_pooled_takes_no_month() {
        let today = day("2026-06-30");
        let admit = |text, profile| Window::parse(text, today).unwrap().admit(profile, today);
        assert!(admit("2026-Q1", Profile::Pooled).is_ok());
        assert!(admit("2026-05", Profile::Handover).is_ok());
        assert!(matches!(
            admit("2026-05", Profile::Pooled),
            Err(WindowError::TooFine(_))
        ));
        for profile in Profile::ALL {
            assert!(matches!(
                admit("quarter", profile),
                Err(WindowError::Running(_))
            ));
        }
    }
}
