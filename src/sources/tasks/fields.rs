//! Dates of fields that cannot be read: the record stays, the field is empty, and one warning a
//! field says so.

use super::dates::Dates;
use super::format::Out;
use crate::model::task::When;

/// Counts the dates of a file that are none, by field.
#[derive(Debug, Default)]
pub(super) struct Unread {
    fields: Vec<(&'static str, u64, u64)>,
}

impl Unread {
    /// The date in `text`; `None` where there is none, and noted when something else stands there.
    pub(super) fn when(
        &mut self,
        dates: Dates,
        field: &'static str,
        line: u64,
        text: &str,
    ) -> Option<When> {
        let found = dates.when(text);
        if found.is_none() && !is_none(text) {
            self.note(field, line);
        }
        found
    }

    /// Notes that what stands in `field` on `line` is no date.
    pub(super) fn note(&mut self, field: &'static str, line: u64) {
        match self.fields.iter_mut().find(|(name, ..)| *name == field) {
            Some((_, count, _)) => *count += 1,
            None => self.fields.push((field, 1, line)),
        }
    }

    /// One warning a field.
    pub(super) fn warn(&self, out: &mut Out<'_>) {
        for (field, count, line) in &self.fields {
            let are = if *count == 1 {
                "value is"
            } else {
                "values are"
            };
            out.warn(format!(
                "{field}: {count} {are} no date (first on line {line}); those fields stay empty"
            ));
        }
    }
}

/// Whether a tracker writes this for "no date".
fn is_none(text: &str) -> bool {
    let text = text.trim().trim_start_matches('\'');
    matches!(text, "" | "-" | "null" | "None")
        || text.starts_with("0001-")
        || text.starts_with("9999")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_for_none_is_silent_and_a_bad_date_is_counted_with_its_first_line() {
        let mut unread = Unread::default();
        let dates = Dates::new(chrono_tz::Europe::Berlin);
        for (line, text) in [
            (1, ""),
            (2, "2026-02-30"),
            (3, "2026-02-20"),
            (4, "soon"),
            (5, "-"),
        ] {
            let found = unread.when(dates, "due", line, text);
            assert_eq!(found.is_some(), line == 3, "{text}");
        }
        let mut sink = |_| Ok(());
        let mut out = Out::new(10, &mut sink);
        unread.warn(&mut out);
        let (_, _, warnings) = out.finish();
        assert_eq!(
            warnings,
            ["due: 2 values are no date (first on line 2); those fields stay empty"]
        );
    }
}
