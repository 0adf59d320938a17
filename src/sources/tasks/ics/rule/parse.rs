//! Rules as they are written.

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::{Every, Rule, Until};

impl Rule {
    /// `FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=…`; `None` when a part of it is not known here.
    pub(in super::super) fn parse(text: &str) -> Option<Self> {
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            days: Vec::new(),
            month_days: Vec::new(),
            months: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut every = None;
        for part in text.trim().split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=')?;
            let value = value.trim();
            match key.trim().to_uppercase().as_str() {
                "FREQ" => {
                    every = Some(match value.to_uppercase().as_str() {
                        "DAILY" => Every::Day,
                        "WEEKLY" => Every::Week,
                        "MONTHLY" => Every::Month,
                        "YEARLY" => Every::Year,
                        _ => return None,
                    });
                }
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|n| (1..=10_000).contains(n))?;
                }
                "COUNT" => rule.count = Some(value.parse().ok()?),
                "UNTIL" => rule.until = Some(until(value)?),
                "BYDAY" => rule.days = list(value, weekday)?,
                "BYMONTHDAY" => rule.month_days = list(value, |text| number(text, 31))?,
                "BYMONTH" => {
                    rule.months = list(value, |text| {
                        text.parse().ok().filter(|n| (1..=12).contains(n))
                    })?;
                }
                "BYSETPOS" => rule.positions = list(value, |text| number(text, 366))?,
                "WKST" => rule.week_start = weekday(value)?.1,
                _ => return None,
            }
        }
        rule.every = every?;
        Some(rule).filter(Self::is_followed)
    }

    /// Numbers before weekdays mean something only within months and years.
    fn is_followed(&self) -> bool {
        let counted = self.days.iter().any(|(number, _)| *number != 0);
        !(counted && matches!(self.every, Every::Day | Every::Week))
    }
}

fn until(text: &str) -> Option<(NaiveDateTime, Until)> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        // The whole day.
        return Some((day.and_hms_opt(23, 59, 59)?, Until::Local));
    }
    let (clock, kind) = match text.strip_suffix('Z') {
        Some(clock) => (clock, Until::Utc),
        None => (text, Until::Local),
    };
    let at = NaiveDateTime::parse_from_str(clock, "%Y%m%dT%H%M%S").ok()?;
    Some((at, kind))
}

fn list<T>(text: &str, each: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',')
        .take(64)
        .map(|part| each(part.trim()))
        .collect()
}

fn number(text: &str, most: i32) -> Option<i32> {
    let n: i32 = text.parse().ok()?;
    (n != 0 && (-most..=most).contains(&n)).then_some(n)
}

/// `MO`, `2TU`, `-1FR`; without a number it is 0.
fn weekday(text: &str) -> Option<(i32, Weekday)> {
    let (count, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = match name.to_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    let count = if count.is_empty() {
        0
    } else {
        number(count, 53)?
    };
    Some((count, day))
}
