//! Numbers, days and verdicts in words. English, one place for each form.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::app::look::Window;
pub use crate::model::amount::count;
use crate::model::away::EventKind;
use crate::model::calendar::Calendar;
use crate::model::figure::{Figure, Trend, Unit, Verdict};
use crate::model::forms::{self, decimal};
use crate::model::period::{Bucket, Range};
use crate::model::stage::Stage;

/// A number short enough for an axis or a card: exact below 10,000, then `12.3k`, `4.5M`.
pub fn short(value: f64) -> String {
    let size = value.abs();
    if size < 9_999.5 {
        return if value.fract().abs() < 0.05 || size >= 100.0 {
            let sign = if value < -0.5 { "-" } else { "" };
            format!("{sign}{}", count(whole(size)))
        } else {
            decimal(&format!("{value:.1}"))
        };
    }
    for (scale, letter) in [(1e3, 'k'), (1e6, 'M'), (1e9, 'G')] {
        let scaled = value / scale;
        if scaled.abs() < 99.95 {
            return decimal(&format!("{scaled:.1}{letter}"));
        }
        if scaled.abs() < 999.5 {
            return format!("{scaled:.0}{letter}");
        }
    }
    decimal(&format!("{value:.1e}"))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, not negative, and saturating beyond 2^64 is fine for a label"
)]
fn whole(value: f64) -> u64 {
    value.round() as u64
}

/// `value` in its unit's own form: a share as per cent, all else as [`short`].
pub fn value(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => percent(value),
        Unit::Seconds => duration(value),
        Unit::WorkTime => hours(value),
        Unit::PerHour | Unit::Correlation => decimal(&format!("{value:.2}")),
        Unit::Commits | Unit::Days | Unit::Lines | Unit::Items | Unit::Reviews | Unit::Blocks => {
            short(value)
        }
    }
}

/// `61%`; what is there but rounds to nothing keeps a digit: `0.4%`.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.95 {
        return decimal(&format!("{:.1}%", percent.max(0.1)));
    }
    format!("{percent:.0}%")
}

/// Seconds in the largest unit that fits: `45s`, `12m`, `1h45`, `2.6d`.
pub fn duration(seconds: f64) -> String {
    match seconds.max(0.0) {
        s if s < 59.5 => format!("{s:.0}s"),
        s if s < 3_570.0 => format!("{:.0}m", s / 60.0),
        s if s < 86_400.0 => {
            let minutes = whole(s / 60.0);
            format!("{}h{:02}", minutes / 60, minutes % 60)
        }
        s => format!("{}d", short(s / 86_400.0)),
    }
}

/// Seconds of work in hours: a day of work is not 24 hours.
fn hours(seconds: f64) -> String {
    match seconds {
        s if s < 5_400.0 => format!("{:.0}m", s / 60.0),
        s if s < 36_000.0 => decimal(&format!("{:.1}h", s / 3_600.0)),
        s => format!("{}h", short((s / 3_600.0).round())),
    }
}

/// The unit in words for `n` of them.
pub fn unit(unit: Unit, n: f64) -> &'static str {
    let one = (n - 1.0).abs() < 0.5;
    match (unit, one) {
        (Unit::Commits, true) => "commit",
        (Unit::Commits, false) => "commits",
        (Unit::Days, true) => "day",
        (Unit::Days, false) => "days",
        (Unit::Lines, true) => "line",
        (Unit::Lines, false) => "lines",
        (Unit::Items, true) => "item",
        (Unit::Items, false) => "items",
        (Unit::Reviews, true) => "review",
        (Unit::Reviews, false) => "reviews",
        (Unit::Blocks, true) => "block",
        (Unit::Blocks, false) => "blocks",
        (Unit::PerHour, _) => "an hour",
        (Unit::Share | Unit::Seconds | Unit::WorkTime | Unit::Correlation, _) => "",
    }
}

/// `16 Aug`, or `16 Aug 2025` in another year than `calendar`'s.
pub fn day(day: NaiveDate, calendar: &Calendar) -> String {
    if day.year() == calendar.today().year() {
        day.format("%-d %b").to_string()
    } else {
        day.format("%-d %b %Y").to_string()
    }
}

/// `Sun 16 Aug`, with the year when it differs.
pub fn weekday(of: NaiveDate, calendar: &Calendar) -> String {
    format!("{} {}", of.format("%a"), day(of, calendar))
}

/// The columns of a list's times of day, with the gap behind them.
pub fn clock_column() -> u16 {
    super::text::cells(forms::clock_width()) + 2
}

/// `10 Aug to 16 Aug`, or one day alone.
pub fn range(range: Range, calendar: &Calendar) -> String {
    if range.from == range.to {
        return weekday(range.from, calendar);
    }
    let from = if range.from.year() == range.to.year() {
        range.from.format("%-d %b").to_string()
    } else {
        range.from.format("%-d %b %Y").to_string()
    };
    format!("{from} to {}", day(range.to, calendar))
}

/// The days looked at, for the title line: `12 weeks to Sun 16 Aug`.
pub fn window(window: &Window, calendar: &Calendar) -> String {
    match (window.weeks, &window.name) {
        (Some(weeks), _) => {
            let word = if weeks == 1 { "week" } else { "weeks" };
            format!("{weeks} {word} to {}", weekday(window.range.to, calendar))
        }
        (None, Some(name)) => {
            format!(
                "{}, {}",
                name.replace('-', " "),
                range(window.range, calendar)
            )
        }
        (None, None) => range(window.range, calendar),
    }
}

/// `12 weeks`, `1 Jan to 31 Mar`: the days within a sentence.
pub fn span(window: &Window, calendar: &Calendar) -> String {
    match window.weeks {
        Some(1) => "1 week".to_owned(),
        Some(weeks) => format!("{weeks} weeks"),
        None => range(window.range, calendar),
    }
}

/// The days in as few columns as they can be told in: `12 weeks`, `Apr-Jun`, `3 Apr-17 Jun 2025`.
pub fn brief(window: &Window, calendar: &Calendar) -> String {
    if window.weeks.is_some() {
        return span(window, calendar);
    }
    let Range { from, to } = window.range;
    let now = calendar.today().year();
    let months = from.day() == 1 && to.succ_opt().is_none_or(|next| next.day() == 1);
    let year = (to.year() != now).then(|| format!(" {}", to.year()));
    let year = year.unwrap_or_default();
    if months && from.month() == 1 && to.month() == 12 && from.year() == to.year() {
        return to.year().to_string();
    }
    let form = if months { "%b" } else { "%-d %b" };
    let last = to.format(form);
    let first = from.format(form).to_string();
    if from.year() != to.year() {
        return format!("{first} {}-{last} {}", from.format("%y"), to.format("%y"));
    }
    if from == to || first == last.to_string() {
        return format!("{first}{year}");
    }
    format!("{first}-{last}{year}")
}

/// What one point of a series is: `a day`, `a week`, `a month`.
pub fn per(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Day => "a day",
        Bucket::Week => "a week",
        Bucket::Month => "a month",
    }
}

/// Stretches of time in words: `days`, `weeks`, `months`.
pub fn buckets(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Day => "days",
        Bucket::Week => "weeks",
        Bucket::Month => "months",
    }
}

/// `just now`, `2 min ago`, `3 h ago`, `9 days ago`.
pub fn ago(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - then).num_minutes().max(0);
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2_880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

/// `usual 150-260`; empty before there is a usual range.
pub fn usual(figure: &Figure) -> String {
    figure.usual.map_or_else(String::new, |(low, high)| {
        format!("usual week {}", between(low.max(0.0), high, figure.unit))
    })
}

/// `was 203`; empty when there is nothing to compare with.
pub fn was(figure: &Figure) -> String {
    let previous = figure.previous.as_ref().and_then(|before| before.value);
    previous.map_or_else(String::new, |before| {
        format!("was {}", value(before, figure.unit))
    })
}

/// `[15-22]`; empty without an interval.
pub fn interval(figure: &Figure) -> String {
    figure.interval.map_or_else(String::new, |(low, high)| {
        if figure.unit == Unit::Share {
            return format!("[{}]", between(low, high, figure.unit));
        }
        let (low, high) = (value(low, figure.unit), value(high, figure.unit));
        format!("[{low}-{high}]")
    })
}

/// `15-22`, `15-29%`: two values with their unit once; of counts, the whole numbers that lie
/// inside.
pub fn between(low: f64, high: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => {
            let (low, high) = (percent(low), percent(high));
            format!("{}-{high}", low.trim_end_matches('%'))
        }
        Unit::Seconds => format!("{}-{}", duration(low), duration(high)),
        Unit::WorkTime => format!("{}-{}", hours(low), hours(high)),
        Unit::PerHour | Unit::Correlation => decimal(&format!("{low:.2}-{high:.2}")),
        Unit::Commits | Unit::Days | Unit::Lines | Unit::Items | Unit::Reviews | Unit::Blocks => {
            let (low, high) = (low.ceil(), high.floor());
            // No whole number may lie inside a very narrow range.
            format!("{}-{}", short(low.min(high)), short(high.max(low)))
        }
    }
}

/// What the statistics allow to say of a figure, as a clause; empty when nothing.
pub fn verdict(figure: &Figure, calendar: &Calendar) -> String {
    match &figure.verdict {
        Verdict::None => String::new(),
        Verdict::NotKept(kind) => kind.not_kept(),
        Verdict::WithinUsual => "within its usual range".to_owned(),
        Verdict::TooFew { .. } | Verdict::TooFewWeeks { .. } => too_few(figure),
        Verdict::Outside(weeks) => outside(weeks, calendar),
        Verdict::Shift { up, points } => {
            let side = if *up { "above" } else { "below" };
            format!("{points} weeks in a row {side} the mean")
        }
    }
}

/// `too few: 3 weeks, needs 10`; empty when there are enough.
pub fn too_few(figure: &Figure) -> String {
    match figure.verdict {
        Verdict::TooFewWeeks { have, need } => {
            format!("too few: {have} weeks, needs {need}")
        }
        Verdict::TooFew { have, need } => {
            let rows = figure.of.noun(have);
            format!("too few: {have} {rows}, needs {need}")
        }
        Verdict::NotKept(kind) => kind.not_kept(),
        _ => String::new(),
    }
}

fn outside(weeks: &[NaiveDate], calendar: &Calendar) -> String {
    let Some(last) = weeks.last() else {
        return String::new();
    };
    let last = day(*last, calendar);
    match weeks.len() {
        1 => format!("outside its usual range in the week of {last}"),
        n => format!("outside its usual range in {n} weeks, last {last}"),
    }
}

/// What a test for a trend says, as a clause; empty when the metric makes no such claim.
pub fn trend(figure: &Figure) -> String {
    let by = |slope: f64| {
        let unit = unit(figure.unit, 2.0);
        let space = if unit.is_empty() { "" } else { " " };
        format!("{}{space}{unit} a week", value(slope.abs(), figure.unit))
    };
    match figure.trend {
        Trend::None => String::new(),
        Trend::TooFew { have, need } => format!("too few weeks for a trend: {have} of {need}"),
        Trend::NoChange => "no trend that can be told from noise".to_owned(),
        // What is shown as nothing is no trend to speak of.
        Trend::Rising(slope) | Trend::Falling(slope)
            if value(slope.abs(), figure.unit) == value(0.0, figure.unit) =>
        {
            "no trend that can be told from noise".to_owned()
        }
        Trend::Rising(slope) => format!("rising by about {}", by(slope)),
        Trend::Falling(slope) => format!("falling by about {}", by(slope)),
    }
}

/// `text` with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// What a stage is called.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Backlog => "Backlog",
        Stage::Todo => "To do",
        Stage::InProgress => "In progress",
        Stage::InReview => "In review",
        Stage::Done => "Done",
        Stage::Cancelled => "Given up",
    }
}

/// The owner's marked days in a word or two.
pub fn event(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Oncall => "on call",
        EventKind::Leave | EventKind::Holiday | EventKind::Launch => kind.as_str(),
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
