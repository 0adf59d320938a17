//! Numbers, dates and verdicts in words. Everything a reader sees of a figure is made here, so
//! that one number looks the same on every page.

use chrono::{Datelike, NaiveDate};

pub use crate::model::amount::{count, counted, size};
use crate::model::calendar::Calendar;
use crate::model::figure::{Figure, Of, Shape, Trend, Unit, Verdict};
use crate::model::forms::decimal;
use crate::model::period::Range;

/// A number with two to three significant digits: `345`, `12.5`, `2.1k`, `34M`.
pub fn short(value: f64) -> String {
    let size = value.abs();
    // Bounds lie where the shorter form would round up to the next one.
    let (scaled, suffix) = if size >= 999_500_000.0 {
        (value / 1e9, "G")
    } else if size >= 999_500.0 {
        (value / 1e6, "M")
    } else if size >= 999.5 {
        (value / 1e3, "k")
    } else {
        (value, "")
    };
    let whole = scaled.abs() >= 99.95 || (suffix.is_empty() && scaled.fract() == 0.0);
    let text = if whole || (!suffix.is_empty() && scaled.abs() >= 9.95) {
        format!("{scaled:.0}")
    } else {
        let text = format!("{scaled:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    };
    decimal(&format!("{text}{suffix}"))
}

/// A share as percent: `9%`, `0.4%`, `61%`.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.95 {
        return decimal(&format!("{:.1}%", percent.max(0.1)));
    }
    format!("{percent:.0}%")
}

/// A value in the notation of its unit, without the unit's word.
pub fn value(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => percent(value),
        Unit::Seconds => duration(value),
        Unit::WorkTime => hours(value),
        Unit::PerHour | Unit::Correlation => decimals(value),
        // Whole counts below a million are written out, so that they can be added up.
        _ if value.fract() == 0.0 && (0.0..1e6).contains(&value) => count(whole(value)),
        _ => short(value),
    }
}

/// Seconds of work as minutes and hours, never as days: a day of work is not 24 hours.
fn hours(seconds: f64) -> String {
    if seconds < 360_000.0 {
        let minutes = whole(seconds.max(0.0) / 60.0);
        return match minutes / 60 {
            0 => format!("{minutes}m"),
            hours => format!("{hours}h{:02}", minutes % 60),
        };
    }
    format!("{}h", count(whole(seconds / 3_600.0)))
}

/// Two decimals: for rates and correlations.
fn decimals(value: f64) -> String {
    decimal(&format!("{value:.2}"))
}

/// Seconds as the largest unit that fits: `45s`, `12m`, `1h45`, `2.6d`.
pub fn duration(seconds: f64) -> String {
    let seconds = seconds.max(0.0);
    if seconds < 59.5 {
        return format!("{seconds:.0}s");
    }
    if seconds < 3_570.0 {
        return format!("{:.0}m", seconds / 60.0);
    }
    if seconds < 86_400.0 {
        let minutes = whole(seconds / 60.0);
        return format!("{}h{:02}", minutes / 60, minutes % 60);
    }
    let days = seconds / 86_400.0;
    if days >= 1_000.0 {
        return format!("{}d", count(whole(days)));
    }
    format!("{}d", short(days))
}

fn whole(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "callers pass values from 0 to a million; the cast saturates beyond"
    )]
    let out = value.round() as u64;
    out
}

/// `low-high` in the notation of `unit`: for counts, the whole numbers that lie inside.
pub fn between((low, high): (f64, f64), unit: Unit) -> String {
    if unit == Unit::Share {
        return format!("{}-{}", percent(low).trim_end_matches('%'), percent(high));
    }
    let decimal = matches!(
        unit,
        Unit::Seconds | Unit::WorkTime | Unit::PerHour | Unit::Correlation
    );
    if decimal || high >= 10_000.0 {
        return format!("{}-{}", value(low, unit), value(high, unit));
    }
    let (low, high) = (low.ceil(), high.floor());
    // No whole number may lie inside a very narrow range.
    format!(
        "{}-{}",
        value(low.min(high), unit),
        value(high.max(low), unit)
    )
}

/// An interval in square brackets: `[15-22]`; a share's without its percent sign.
pub fn interval((low, high): (f64, f64), unit: Unit) -> String {
    let (low, high) = (value(low, unit), value(high, unit));
    // The percent sign stands at the value before it.
    let bare = |text: String| match unit {
        Unit::Share => text.trim_end_matches('%').to_owned(),
        _ => text,
    };
    let (low, high) = (bare(low), bare(high));
    let between = if low.starts_with('-') { " to " } else { "-" };
    format!("[{low}{between}{high}]")
}

/// What a number of `unit` counts: `commit` or `commits`.
pub fn unit_word(unit: Unit, n: f64) -> &'static str {
    let one = n.to_bits() == 1.0_f64.to_bits();
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

/// `16 Aug` in the year of `today`, else `Sun 16 Aug 2026`.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        return day.format("%-d %b").to_string();
    }
    day.format("%a %-d %b %Y").to_string()
}

/// `Sun 16 Aug`, with the year when it is not this one.
pub fn weekday_and_day(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() {
        "%a %-d %b"
    } else {
        "%a %-d %b %Y"
    };
    day.format(form).to_string()
}

/// The days of a figure for a sentence, and how far they are known.
pub fn figure_range(figure: &Figure, calendar: &Calendar) -> String {
    let days = range(figure.range, calendar);
    let Some(to) = figure.known_to else {
        return days;
    };
    let days = days
        .trim_end_matches(" (so far)")
        .trim_end_matches(" (today)");
    format!("{days} (known to {})", day(to, calendar.today()))
}

/// A range for a sentence: `12 weeks to Sun 16 Aug`, `Aug 2026`, `2026`, `1 Jun to 16 Aug`;
/// `(so far)` follows while it is not over.
pub fn range(range: Range, calendar: &Calendar) -> String {
    let today = calendar.today();
    let mut text = finished_range(range, calendar, today);
    if range.to >= today && range.from <= today {
        text.push_str(if range.days() == 1 {
            " (today)"
        } else {
            " (so far)"
        });
    }
    text
}

fn finished_range(range: Range, calendar: &Calendar, today: NaiveDate) -> String {
    let after = range.to.succ_opt().unwrap_or(range.to);
    let first = range.from.day() == 1 && after.day() == 1;
    let months = (after.year() - range.from.year()) * 12 + after.month0().cast_signed()
        - range.from.month0().cast_signed();
    if range.days() == 1 {
        return weekday_and_day(range.from, today);
    }
    if first && months == 1 {
        return range.from.format("%b %Y").to_string();
    }
    if first && months == 3 && range.from.month0().is_multiple_of(3) {
        return format!("Q{} {}", range.from.month0() / 3 + 1, range.from.year());
    }
    if first && months == 12 && range.from.month() == 1 {
        return range.from.year().to_string();
    }
    let weeks = range.days() / 7;
    if range.days().is_multiple_of(7) && range.from.weekday() == calendar.week_start {
        let end = weekday_and_day(range.to, today);
        return match weeks {
            1 => format!("the week to {end}"),
            _ => format!("{weeks} weeks to {end}"),
        };
    }
    format!("{} to {}", day(range.from, today), day(range.to, today))
}

/// What the statistics allow to say of a figure, in a sentence; empty when they make no claim.
pub fn verdict(figure: &Figure, calendar: &Calendar) -> String {
    let usual = figure
        .usual
        .map(|limits| between(limits, figure.unit))
        .unwrap_or_default();
    match &figure.verdict {
        Verdict::None => String::new(),
        Verdict::NotKept(kind) => kind.not_kept(),
        Verdict::TooFew { have, need } => too_few(figure, *have, *need, calendar),
        Verdict::TooFewWeeks { have, need } => {
            let noun = if *have == 1 {
                "whole week"
            } else {
                "whole weeks"
            };
            let what = if figure.metric.starts_with("forecast") {
                "Forecast"
            } else {
                "Usual range"
            };
            format!("{have} {noun} in this range. {what} from {need}.")
        }
        Verdict::WithinUsual => format!(
            "No week outside the usual range {usual}: differences between weeks are probably noise."
        ),
        Verdict::Outside(weeks) => {
            let names: Vec<String> = weeks
                .iter()
                .take(5)
                .map(|week| day(*week, calendar.today()))
                .collect();
            let more = match weeks.len().saturating_sub(5) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let noun = if weeks.len() == 1 { "week" } else { "weeks" };
            format!(
                "{} {noun} outside the usual range {usual}: from {}{more}.",
                weeks.len(),
                names.join(", ")
            )
        }
        Verdict::Shift { up, points } => {
            let side = if *up { "above" } else { "below" };
            format!("The last {points} whole weeks all lie {side} the mean: a change, not noise.")
        }
    }
}

pub use super::reasons::{left_out, rests_on};

/// What a test for a trend says, in a sentence; empty when the metric makes no such claim.
pub fn trend(figure: &Figure) -> String {
    let by = |slope: f64| {
        let unit = unit_word(figure.unit, 2.0);
        let space = if unit.is_empty() { "" } else { " " };
        let amount = value(slope.abs(), figure.unit);
        // An amount that would be written as 0 is not named.
        if amount.bytes().any(|c| (b'1'..=b'9').contains(&c)) {
            format!("about {amount}{space}{unit} a week")
        } else {
            "too little a week to name".to_owned()
        }
    };
    match figure.trend {
        Trend::None => String::new(),
        Trend::TooFew { have, need } => {
            format!("Too few whole weeks to tell a trend: {have} of {need}.")
        }
        Trend::NoChange => "Over these weeks no change that can be told from noise.".to_owned(),
        Trend::Rising(slope) => format!("Rising over these weeks, by {}.", by(slope)),
        Trend::Falling(slope) => format!("Falling over these weeks, by {}.", by(slope)),
    }
}

/// `4 commits in 12 weeks to Sun 16 Aug. Median from 5.`
fn too_few(figure: &Figure, have: u64, need: u64, calendar: &Calendar) -> String {
    let what = match (figure.unit, figure.shape) {
        (_, Shape::Distribution) => "Median",
        (Unit::Share, _) => "Share",
        (Unit::Correlation, _) => "Correlation",
        _ => "Usual range",
    };
    // Too few tasks, however many stays they had.
    let of = match figure.of {
        Of::Visits => Of::Tasks,
        of => of,
    };
    let noun = of.noun(have);
    let have = if have == 0 {
        "No".to_owned()
    } else {
        count(have)
    };
    format!(
        "{have} {noun} in {}. {what} from {need}.",
        range(figure.range, calendar)
    )
}

/// What the record cannot see, said on every overview; `who` saw the rest.
pub fn unseen(who: &str, seen: u64, of: u64) -> String {
    let noun = if of == 1 { "workday" } else { "workdays" };
    format!(
        "{who} saw {seen} of {of} {noun}. Thinking, helping, design and talk leave no trace here; \
         a low number is not little work."
    )
}
