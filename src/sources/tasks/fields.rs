//! Fields of otherwise good records that cannot be read: each column is warned of once.

use std::collections::BTreeMap;

use super::dates::Dates;
use super::format::Out;
use crate::model::task::When;
use crate::model::text::Clean;

/// Reads the dates of a file's records and counts those that are none.
#[derive(Debug)]
pub(super) struct Fields {
    dates: Dates,
    bad: BTreeMap<&'static str, Bad>,
}

#[derive(Debug)]
struct Bad {
    count: u64,
    line: u64,
    sample: Clean,
}

impl Fields {
    /// None read so far.
    pub(super) fn new(dates: Dates) -> Self {
        Self {
            dates,
            bad: BTreeMap::new(),
        }
    }

    /// How dates are read.
    pub(super) fn dates(&self) -> Dates {
        self.dates
    }

    /// The date that `text` in `column` of the record at `line` is. A mark for "none" is no
    /// date; anything else that is no date is counted.
    pub(super) fn when(&mut self, column: &'static str, line: u64, text: &str) -> Option<When> {
        let when = self.dates.when(text);
        if when.is_none() && !means_none(text) {
            self.bad(column, line, text);
        }
        when
    }

    /// As [`Self::when`], where only the day counts though a clock stands there.
    pub(super) fn day(&mut self, column: &'static str, line: u64, text: &str) -> Option<When> {
        let day = self.dates.day(text);
        if day.is_none() && !means_none(text) {
            self.bad(column, line, text);
        }
        day
    }

    /// Counts a value of `column` that cannot be read.
    pub(super) fn bad(&mut self, column: &'static str, line: u64, text: &str) {
        let first = || Bad {
            count: 0,
            line,
            sample: Clean::label(text.as_bytes()),
        };
        self.bad.entry(column).or_insert_with(first).count += 1;
    }

    /// Says of each column how many of its values could not be read, and where the first stands.
    pub(super) fn warn(&self, out: &mut Out<'_>) {
        for (column, bad) in &self.bad {
            let Bad {
                count,
                line,
                sample,
            } = bad;
            out.warn(format!(
                "{column}: {count} cannot be read and were left empty; the first is {sample} on line {line}"
            ));
        }
    }
}

/// Whether a cell says that there is nothing.
fn means_none(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    text.chars().all(|c| !c.is_alphanumeric())
        || matches!(lower.as_str(), "null" | "none" | "n/a" | "never" | "no")
        || ["0000", "0001-", "9999"]
            .iter()
            .any(|year| text.starts_with(year))
}

#[cfg(test)]
mod tests {
    use super::super::found::Item;
    use super::*;

    #[test]
    fn a_column_with_bad_dates_is_warned_of_once_with_count_and_first_line() {
        let mut fields = Fields::new(Dates::new(chrono_tz::UTC));
        for (line, text) in [
            (2, "2026-01-09"),
            (3, "soon"),
            (4, ""),
            (5, "later"),
            (6, "-"),
        ] {
            let when = fields.when("Created", line, text);
            assert_eq!(when.is_some(), line == 2, "{text}");
        }
        let mut sink = |_: Item| Ok(());
        let mut out = Out::new(9, &mut sink);
        fields.warn(&mut out);
        let (_, _, warnings) = out.finish();
        assert_eq!(warnings.len(), 1);
        let text = &warnings[0];
        assert!(
            text.contains("Created: 2 ") && text.contains("soon on line 3"),
            "{text}"
        );
    }
}
