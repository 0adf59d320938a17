//! What the CSV reports of time trackers have in common.

use super::cells::Cells;
use super::dates::{Dates, DayOrder, needs_order};
use super::words;
use crate::model::task::{Entry, LooseEntry};
use crate::model::text::Clean;

/// One row of a report, as it stands there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stretch<'t> {
    /// The tracker.
    pub(super) source: &'t str,
    /// Where the row begins.
    pub(super) line: u64,
    /// Date and clock of the beginning; without a clock only the day is known.
    pub(super) start: (&'t str, &'t str),
    /// Date and clock of the end; both empty when it is not told.
    pub(super) end: (&'t str, &'t str),
    /// How long it was; told by the ends when empty.
    pub(super) length: &'t str,
    /// What it was spent on.
    pub(super) note: &'t str,
    /// The project it was recorded on.
    pub(super) project: &'t str,
    /// The task it was recorded on.
    pub(super) task: &'t str,
    /// Labels, by commas.
    pub(super) tags: &'t str,
}

impl Stretch<'_> {
    /// The entry, or why it is none.
    pub(super) fn entry(self, cells: &mut Cells) -> Result<LooseEntry, String> {
        let (begin, stop) = (joined(self.start), joined(self.end));
        cells.in_order(&begin, &stop);
        // Both are looked at before either is judged: the end may tell the order of the start.
        let (first, last) = (
            cells.begun(self.line, &begin),
            cells.begun(self.line, &stop),
        );
        let start = first.ok_or_else(|| {
            if begin.is_empty() {
                "no date".to_owned()
            } else {
                no_date(&begin).unwrap_or_else(|| "a date that is none".to_owned())
            }
        })?;
        let end = match stop.as_str() {
            "" => None,
            stop => Some(last.ok_or_else(|| {
                no_date(stop).unwrap_or_else(|| "an end that is no date".to_owned())
            })?),
        };
        let between = end.map(|end| end.order() - start.order());
        if between.is_some_and(|seconds| seconds < 0) {
            return Err("it ends before it starts".to_owned());
        }
        let seconds = match self.length {
            "" => between,
            length => Some(seconds(length).ok_or("a duration that is none")?),
        };
        let texts = [self.task, self.note, self.tags, self.project];
        let task = texts.iter().find_map(|text| words::task_key(text));
        Ok(LooseEntry {
            source: Clean::label(self.source.as_bytes()),
            entry: Entry {
                id: None,
                start,
                end,
                seconds,
                note: words::label(self.note),
            },
            project: words::label(self.project),
            task: task.or_else(|| words::label(self.task)),
            tags: words::labels(self.tags, ','),
            busy: false,
        })
    }
}

fn joined((date, clock): (&str, &str)) -> String {
    format!("{date} {clock}").trim().to_owned()
}

/// That a date would be one with day and month the other way round; `None` when it would not.
fn no_date(text: &str) -> Option<String> {
    let read = |order| {
        let zone = chrono_tz::Tz::UTC;
        let order = Some(order);
        needs_order(text) && Dates { zone, order }.when(text).is_some()
    };
    let order = match (read(DayOrder::Dmy), read(DayOrder::Mdy)) {
        // It could be read in one of two orders, so the file is read in the other.
        (false, true) => "day/month/year",
        (true, false) => "month/day/year",
        _ => return None,
    };
    let is_day =
        |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(':');
    let day = text.split_whitespace().find(is_day)?;
    Some(format!("{} is no {order}", Clean::label(day.as_bytes())))
}

/// `1:30:00`, `1:30`, `1.5` and `1,5` hours, `1 h 30 min`, in seconds.
pub(super) fn seconds(text: &str) -> Option<i64> {
    words::clock_length(text)
        .or_else(|| hours(text))
        .or_else(|| spelled(text))
}

/// A decimal number of hours, the separators of any country, in seconds.
pub(super) fn hours(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(['h', 'H']).trim_end();
    let point = text.rfind([',', '.']);
    let digits = |part: &str| {
        part.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let fits = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '\'' | '\u{a0}' | '\u{202f}' | ' '));
    if !fits || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = match point {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, ""),
    };
    let number: f64 = format!("{}.{}", digits(whole), digits(part)).parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "below 4e9 after the check")]
    (number < 1e6).then_some((number * 3_600.0).round() as i64)
}

/// `1h 30m`, `1 h 30 min`, `45 min`, `10 sec`.
fn spelled(text: &str) -> Option<i64> {
    let mut total = 0_i64;
    let mut number: Option<i64> = None;
    let mut any = false;
    let lower = text.to_lowercase();
    for part in lower.split_inclusive(|c: char| c.is_whitespace()) {
        let part = part.trim();
        let letters = part
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(part.len());
        let (digits, unit) = part.split_at_checked(letters)?;
        if !digits.is_empty() {
            number = Some(digits.parse().ok()?);
        }
        let each = match unit {
            "" => continue,
            "h" | "hr" | "hrs" | "hours" | "hour" | "std" => 3_600,
            "m" | "min" | "mins" | "minutes" => 60,
            "s" | "sec" | "secs" | "seconds" => 1,
            _ => return None,
        };
        total = total.checked_add(number.take()?.checked_mul(each)?)?;
        any = true;
    }
    (any && number.is_none()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::super::testing::ordered;
    use super::*;

    #[test]
    fn a_date_in_the_wrong_order_is_told_with_the_order_it_is_read_in() {
        let entry = |order, day, end| {
            let context = ordered(order);
            let dates = Dates {
                zone: context.zone,
                order: Some(order),
            };
            let stretch = Stretch {
                start: (day, "9:00"),
                end: (end, "10:00"),
                ..Stretch::default()
            };
            stretch.entry(&mut Cells::new(&context, dates)).map(|_| ())
        };
        for (order, day, end, wanted) in [
            (
                DayOrder::Dmy,
                "3/14/2026",
                "",
                "3/14/2026 is no day/month/year",
            ),
            (
                DayOrder::Mdy,
                "14/3/2026",
                "",
                "14/3/2026 is no month/day/year",
            ),
            (
                DayOrder::Dmy,
                "1/3/2026",
                "3/14/2026",
                "3/14/2026 is no day/month/year",
            ),
            (DayOrder::Dmy, "31/2/2026", "", "a date that is none"),
            (DayOrder::Dmy, "soon", "", "a date that is none"),
        ] {
            assert_eq!(
                entry(order, day, end),
                Err(wanted.to_owned()),
                "{day} {end}"
            );
        }
        assert_eq!(entry(DayOrder::Dmy, "14/3/2026", "14/3/2026"), Ok(()));
    }

    #[test]
    fn durations_of_every_profile() {
        for (text, wanted) in [
            ("00:45:00", Some(2_700)),
            ("1:30", Some(5_400)),
            ("1.50", Some(5_400)),
            ("20,0", Some(72_000)),
            ("2.000,5", Some(7_201_800)),
            ("1,234.5", Some(4_444_200)),
            ("0.75 h", Some(2_700)),
            ("1 h 30 min", Some(5_400)),
            ("45 min", Some(2_700)),
            ("-1", None),
            ("soon", None),
            ("1e9", None),
        ] {
            assert_eq!(seconds(text), wanted, "{text}");
        }
    }
}
