//! The date cells of one table: read, counted where they are none, and looked at all together
//! where they can be read in two ways.

use chrono::{DateTime, Utc};

use super::dates::{Dates, Survey, needs_order};
use super::error::ImportError;
use super::format::{Context, Out};
use crate::model::task::When;
use crate::model::text::Clean;

/// Cells that could not be read, by column: one warning each, however many they are.
#[derive(Debug, Default)]
pub(super) struct Bad {
    fields: Vec<(&'static str, u64, u64)>,
}

impl Bad {
    /// Notes a cell of the column `field` at `line` that is not what stands in such a column.
    pub(super) fn note(&mut self, field: &'static str, line: u64) {
        match self.fields.iter_mut().find(|known| known.0 == field) {
            Some(known) => known.1 += 1,
            None => self.fields.push((field, 1, line)),
        }
    }

    /// Says which columns have such cells, how many, and where the first stands.
    pub(super) fn warn(&self, out: &mut Out<'_>) {
        for (field, count, line) in &self.fields {
            let (cells, were) = if *count == 1 {
                ("cell", "was")
            } else {
                ("cells", "were")
            };
            out.warn(format!(
                "{field}: {count} {cells} cannot be read and {were} left empty; the first is on line {line}"
            ));
        }
    }
}

/// Reads the date cells of one table.
#[derive(Debug)]
pub(super) struct Cells {
    dates: Dates,
    now: DateTime<Utc>,
    /// Set while the file is only looked at to tell `d/m` from `m/d`.
    survey: Option<Survey>,
    /// A date that needs an order while none is known, and its line.
    open: Option<(u64, String)>,
    /// What could not be read.
    pub(super) bad: Bad,
}

impl Cells {
    /// Reads with `dates`.
    pub(super) fn new(context: &Context<'_>, dates: Dates) -> Self {
        Self {
            dates,
            now: context.now,
            survey: None,
            open: None,
            bad: Bad::default(),
        }
    }

    /// Reads nothing and learns the order of day and month.
    pub(super) fn surveying(context: &Context<'_>) -> Self {
        Self {
            survey: Some(Survey::default()),
            ..Self::new(context, Dates::new(context.zone))
        }
    }

    /// What was learned.
    pub(super) fn survey(&self) -> Option<&Survey> {
        self.survey.as_ref()
    }

    /// Whether a date was met whose order is not known yet.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The error of such a date: nothing in the file tells its order.
    pub(super) fn without_order(self) -> Option<ImportError> {
        self.open.map(|(line, sample)| ImportError::DayOrder {
            line,
            sample: Clean::label(sample.as_bytes()),
        })
    }

    /// The date in a cell; what is neither a date nor empty is noted under `field`.
    pub(super) fn when(&mut self, field: &'static str, line: u64, text: &str) -> Option<When> {
        self.read(field, line, text, Dates::when)
    }

    /// The same for something that has happened: a reading of it in the future is none.
    pub(super) fn past(&mut self, field: &'static str, line: u64, text: &str) -> Option<When> {
        if let Some(survey) = &mut self.survey {
            survey.past(text, self.now);
        }
        self.when(field, line, text)
    }

    /// When a record began, where the record is nothing without it: not noted under a column.
    pub(super) fn begun(&mut self, line: u64, text: &str) -> Option<When> {
        if let Some(survey) = &mut self.survey {
            survey.past(text, self.now);
            survey.add(line, text);
            return None;
        }
        let found = self.dates.when(text);
        if found.is_none() && self.dates.order.is_none() && needs_order(text) {
            self.open = Some((line, text.to_owned()));
        }
        found
    }

    /// Only the day: for columns that mean a day though a clock stands there.
    pub(super) fn day(&mut self, field: &'static str, line: u64, text: &str) -> Option<When> {
        self.read(field, line, text, Dates::day)
    }

    /// These two happened in this order, where both cells hold a date.
    pub(super) fn in_order(&mut self, earlier: &str, later: &str) {
        if let Some(survey) = &mut self.survey {
            survey.in_order(earlier, later);
        }
    }

    fn read(
        &mut self,
        field: &'static str,
        line: u64,
        text: &str,
        read: fn(Dates, &str) -> Option<When>,
    ) -> Option<When> {
        if is_none(text) {
            return None;
        }
        if let Some(survey) = &mut self.survey {
            survey.add(line, text);
            return None;
        }
        let found = read(self.dates, text);
        if found.is_none() {
            if self.dates.order.is_none() && needs_order(text) {
                self.open = Some((line, text.to_owned()));
            } else {
                self.bad.note(field, line);
            }
        }
        found
    }
}

/// Whether a cell says that there is no date.
fn is_none(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.starts_with("0001-01-01")
        || text.starts_with("9999")
        || ["-", "null", "none", "n/a", "never"]
            .iter()
            .any(|none| text.eq_ignore_ascii_case(none))
}

#[cfg(test)]
mod tests {
    use super::super::testing::context;
    use super::*;

    #[test]
    fn bad_cells_are_one_warning_a_column_and_marks_for_none_are_not_bad() {
        let context = context();
        let mut cells = Cells::new(&context, Dates::new(context.zone));
        for (line, text) in ["soon", "", "-", "null", "2025-01-02", "32/Jan/25"]
            .iter()
            .enumerate()
        {
            cells.when("Created", line as u64 + 2, text);
        }
        cells.when("Due", 9, "x");
        let mut sink = |_| Ok(());
        let mut out = Out::new(9, &mut sink);
        cells.bad.warn(&mut out);
        let (_, _, warnings) = out.finish();
        assert_eq!(
            warnings,
            [
                "Created: 2 cells cannot be read and were left empty; the first is on line 2",
                "Due: 1 cell cannot be read and was left empty; the first is on line 9",
            ]
        );
    }
}
