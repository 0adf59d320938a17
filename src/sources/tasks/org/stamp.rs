//! Org's time stamps: `[2025-10-06 Mon 10:00]`, `<2025-10-20 +1w>`.

use super::super::dates::Dates;
use crate::model::task::When;

/// What stands between the brackets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stamp<'t> {
    /// The day, or the clock without a zone; `None` where the date is none.
    pub(super) when: Option<When>,
    /// Whether it repeats (`+1w`, `++1d`, `.+1d`).
    pub(super) repeats: bool,
    /// The text behind it.
    pub(super) behind: &'t str,
}

/// The stamp that `text` begins with, blanks before it aside.
pub(super) fn stamp(text: &str, dates: Dates) -> Option<Stamp<'_>> {
    let text = text.trim_start();
    let close = match text.chars().next()? {
        '[' => ']',
        '<' => '>',
        _ => return None,
    };
    let (inner, behind) = text.get(1..)?.split_once(close)?;
    let mut words = inner.split_whitespace();
    let day = words.next().filter(|day| is_day(day))?;
    let (mut clock, mut repeats) = (None, false);
    // The day's name follows the locale, or is missing.
    for word in words {
        if word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(':') {
            clock = word.split('-').next();
        }
        repeats |= word.starts_with('+') || word.starts_with(".+");
    }
    let text = clock.map_or_else(|| day.to_owned(), |clock| format!("{day} {clock}"));
    Some(Stamp {
        when: dates.when(&text),
        repeats,
        behind,
    })
}

fn is_day(text: &str) -> bool {
    let shape = |(at, b): (usize, u8)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_names_of_any_language_repeaters_and_ranges() {
        let dates = Dates::new(chrono_tz::Europe::Berlin);
        let read = |text| stamp(text, dates);
        let clock = read("[2025-10-06 Mon 10:00] rest").unwrap();
        assert_eq!(clock.behind, " rest");
        for text in [
            "<2025-10-06 Mo. 10:00 .+1d/2d>",
            "<2025-10-06 10:00-11:30 +1w -2d>",
        ] {
            let found = read(text).unwrap();
            assert_eq!((found.when, found.repeats), (clock.when, true), "{text}");
        }
        let day = read("<2025-10-06 月 -3d>").unwrap();
        assert!(matches!(day.when, Some(When::Day(_))) && !day.repeats);
        assert_eq!(read("[2025-02-30 Sun]").unwrap().when, None);
        for text in [
            "[2/3]",
            "<%%(diary-float t 4 2)>",
            "2025-10-06",
            "[2025-10-06",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
