//! Recurrence rules: the days on which something happens again.

mod parse;

use std::collections::VecDeque;

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveDateTime, Weekday};

/// Instances of one rule.
pub(super) const INSTANCES: usize = 10_000;
/// Days, weeks, months or years that are looked at, for all rules of a file together.
pub(super) const PERIODS: u32 = 400_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// A rule that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    every: Every,
    interval: u32,
    count: Option<usize>,
    /// The last clock, as it stands there: a day, or a clock that may be one of UTC.
    until: Option<(NaiveDateTime, Until)>,
    days: Vec<(i32, Weekday)>,
    month_days: Vec<i32>,
    months: Vec<u32>,
    positions: Vec<i32>,
    week_start: Weekday,
}

/// What kind of end a rule has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// A clock where the thing happens.
    Local,
    /// An instant.
    Utc,
}

impl Rule {
    /// The same with its end as a clock where the thing happens.
    pub(super) fn ending(mut self, local: impl Fn(NaiveDateTime) -> NaiveDateTime) -> Self {
        if let Some((at, Until::Utc)) = self.until {
            self.until = Some((local(at), Until::Local));
        }
        self
    }

    /// The clocks from `start` on, up to `last`: the latest ones where there are more than
    /// [`INSTANCES`]; whether there were more, or more to look at than `left` periods.
    pub(super) fn clocks(
        &self,
        (start, last): (NaiveDateTime, NaiveDateTime),
        left: &mut u32,
    ) -> (Vec<NaiveDateTime>, bool) {
        let mut out = VecDeque::new();
        let (mut met, mut more) = (0, false);
        for period in 0..*left {
            *left -= 1;
            let Some(first) = self.period(start.date(), period) else {
                return (out.into(), more);
            };
            if first > last.date() {
                return (out.into(), more);
            }
            for day in self.picked(first, start.date()) {
                let at = day.and_time(start.time());
                if at < start {
                    continue;
                }
                let over = self.until.is_some_and(|(until, _)| at > until);
                if over || at > last || self.count.is_some_and(|count| met >= count) {
                    return (out.into(), more);
                }
                if out.len() >= INSTANCES {
                    out.pop_front();
                    more = true;
                }
                out.push_back(at);
                met += 1;
            }
        }
        (out.into(), true)
    }

    /// The first day of the so-many-eth day, week, month or year from `start`.
    fn period(&self, start: NaiveDate, number: u32) -> Option<NaiveDate> {
        let steps = number.checked_mul(self.interval)?;
        match self.every {
            Every::Day => start.checked_add_signed(Duration::days(steps.into())),
            Every::Week => {
                let into = start.weekday().days_since(self.week_start);
                let monday = start.checked_sub_signed(Duration::days(into.into()))?;
                monday.checked_add_signed(Duration::weeks(steps.into()))
            }
            Every::Month => start.with_day(1)?.checked_add_months(Months::new(steps)),
            Every::Year => {
                let year = start.year().checked_add(i32::try_from(steps).ok()?)?;
                NaiveDate::from_ymd_opt(year, 1, 1)
            }
        }
    }

    /// The days of one period, in order.
    fn picked(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        let mut days = match self.every {
            Every::Day => vec![first],
            Every::Week => {
                let week = first.iter_days().take(7);
                week.filter(|day| self.on_weekday(*day, start)).collect()
            }
            Every::Month => self.of_month(first, start),
            Every::Year => self.of_year(first, start),
        };
        days.retain(|day| self.fits(*day));
        days.sort_unstable();
        days.dedup();
        if self.positions.is_empty() {
            return days;
        }
        let mut chosen: Vec<NaiveDate> = self
            .positions
            .iter()
            .filter_map(|n| nth(&days, *n))
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn on_weekday(&self, day: NaiveDate, start: NaiveDate) -> bool {
        if self.days.is_empty() {
            return day.weekday() == start.weekday();
        }
        self.days
            .iter()
            .any(|(_, weekday)| *weekday == day.weekday())
    }

    /// What narrows a day down further, whatever the period.
    fn fits(&self, day: NaiveDate) -> bool {
        let month = self.months.is_empty() || self.months.contains(&day.month());
        let weekday = match self.every {
            Every::Day => self.days.is_empty() || self.on_weekday(day, day),
            _ => true,
        };
        let month_day = match self.every {
            Every::Day | Every::Week => {
                let is = |n: &i32| month_day(day, *n) == Some(day);
                self.month_days.is_empty() || self.month_days.iter().any(is)
            }
            _ => true,
        };
        month && weekday && month_day
    }

    fn of_month(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        if !self.month_days.is_empty() {
            let days = self.month_days.iter().filter_map(|n| month_day(first, *n));
            let fits = |day: &NaiveDate| self.days.is_empty() || self.on_weekday(*day, *day);
            return days.filter(fits).collect();
        }
        if self.days.is_empty() {
            return first.with_day(start.day()).into_iter().collect();
        }
        self.weekdays(&month_of(first))
    }

    fn of_year(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        let by_months = |months: &[u32]| {
            let firsts = months.iter().filter_map(|month| first.with_month(*month));
            firsts
                .flat_map(|first| self.of_month(first, start))
                .collect()
        };
        if !self.months.is_empty() {
            return by_months(&self.months);
        }
        if !self.month_days.is_empty() {
            return by_months(&(1..=12).collect::<Vec<u32>>());
        }
        if self.days.is_empty() {
            return by_months(&[start.month()]);
        }
        let year = first.year();
        let days = first.iter_days().take_while(|day| day.year() == year);
        self.weekdays(&days.collect::<Vec<_>>())
    }

    /// The days of these that the rule's weekdays name, by number or all of them.
    fn weekdays(&self, span: &[NaiveDate]) -> Vec<NaiveDate> {
        let mut out = Vec::new();
        for (number, weekday) in &self.days {
            let all: Vec<NaiveDate> = span
                .iter()
                .copied()
                .filter(|day| day.weekday() == *weekday)
                .collect();
            if *number == 0 {
                out.extend(all);
            } else {
                out.extend(nth(&all, *number));
            }
        }
        out
    }
}

/// The n-th from the beginning, from 1, or from the end, from -1.
fn nth(days: &[NaiveDate], n: i32) -> Option<NaiveDate> {
    let at = usize::try_from(n.unsigned_abs()).ok()?.checked_sub(1)?;
    let at = if n > 0 {
        at
    } else {
        days.len().checked_sub(at + 1)?
    };
    days.get(at).copied()
}

fn month_of(first: NaiveDate) -> Vec<NaiveDate> {
    let month = first.month();
    first
        .iter_days()
        .take_while(|day| day.month() == month)
        .collect()
}

/// The n-th day of the month that `day` is in; from its end where n is negative.
fn month_day(day: NaiveDate, n: i32) -> Option<NaiveDate> {
    nth(&month_of(day.with_day(1)?), n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks(start: &str, rule: &str, last: &str) -> Vec<String> {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap();
        let rule = Rule::parse(rule).unwrap();
        let (found, _) = rule.clocks((at(start), at(last)), &mut 60_000);
        found
            .iter()
            .map(|at| at.format("%Y%m%d").to_string())
            .collect()
    }

    #[test]
    fn days_of_every_kind_of_rule() {
        let last = "20300101T000000";
        for (start, rule, wanted) in [
            (
                "20060102T120000",
                "FREQ=DAILY;COUNT=3",
                vec!["20060102", "20060103", "20060104"],
            ),
            (
                "20250901T090000",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=4",
                vec!["20250901", "20250904", "20250915", "20250918"],
            ),
            (
                "20250903T090000",
                "FREQ=WEEKLY;UNTIL=20250918",
                vec!["20250903", "20250910", "20250917"],
            ),
            (
                "20250131T090000",
                "FREQ=MONTHLY;COUNT=3",
                vec!["20250131", "20250331", "20250531"],
            ),
            (
                "20250131T090000",
                "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3",
                vec!["20250131", "20250228", "20250331"],
            ),
            (
                "20250114T090000",
                "FREQ=MONTHLY;BYDAY=2TU;COUNT=3",
                vec!["20250114", "20250211", "20250311"],
            ),
            (
                "20250131T090000",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
                vec!["20250131", "20250228", "20250331"],
            ),
            (
                "20240229T090000",
                "FREQ=YEARLY;COUNT=2",
                vec!["20240229", "20280229"],
            ),
            (
                "20241031T030000",
                "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;COUNT=2",
                vec!["20251026", "20261025"],
            ),
            (
                "20250101T090000",
                "FREQ=YEARLY;BYDAY=20MO;COUNT=1",
                vec!["20250519"],
            ),
        ] {
            assert_eq!(clocks(start, rule, last), wanted, "{rule}");
        }
    }

    #[test]
    fn it_stops_at_the_last_clock_and_says_when_there_are_too_many() {
        assert_eq!(
            clocks("20250901T090000", "FREQ=DAILY", "20250903T085959").len(),
            2
        );
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap();
        let rule = Rule::parse("FREQ=DAILY").unwrap();
        let (found, more) =
            rule.clocks((at("19700101T000000"), at("20260101T000000")), &mut 60_000);
        assert!(more && found.len() == INSTANCES);
        let never = Rule::parse("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30").unwrap();
        let span = (at("19700101T000000"), at("20260101T000000"));
        assert_eq!(never.clocks(span, &mut 60_000), (vec![], false));
        assert_eq!(rule.clocks(span, &mut 7).0.len(), 7);
    }

    #[test]
    fn the_smallest_number_there_is_is_no_day() {
        assert!(Rule::parse("FREQ=MONTHLY;BYMONTHDAY=-2147483648").is_none());
        assert!(Rule::parse("FREQ=MONTHLY;BYMONTHDAY=-31").is_some());
    }

    #[test]
    fn an_end_in_utc_is_told_where_the_thing_happens() {
        let rule = Rule::parse("FREQ=DAILY;UNTIL=20250902T230000Z").unwrap();
        let rule = rule.ending(|at| at + Duration::hours(2));
        let start = NaiveDate::from_ymd_opt(2025, 9, 1)
            .unwrap()
            .and_hms_opt(0, 30, 0)
            .unwrap();
        let (found, _) = rule.clocks((start, start + Duration::days(9)), &mut 60_000);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn parts_that_are_not_followed_are_no_rule() {
        for text in [
            "FREQ=HOURLY",
            "FREQ=DAILY;BYHOUR=9",
            "BYDAY=MO",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=DAILY;INTERVAL=0",
            "x",
            "",
        ] {
            assert_eq!(Rule::parse(text), None, "{text}");
        }
    }
}
