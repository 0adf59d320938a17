//! The rows of a mapped table of time entries.

use super::{column, columns, tags, whose};
use crate::sources::tasks::cells::Cells;
use crate::sources::tasks::date_parts::Parts;
use crate::sources::tasks::format::Out;
use crate::sources::tasks::mapping::{Mapping, TimeColumns};
use crate::sources::tasks::sheet::{Got, Rows};
use crate::sources::tasks::table::{Row, Table};
use crate::sources::tasks::time_sheet::Stretch;
use crate::sources::tasks::words;

struct TimeAt {
    start: Option<usize>,
    start_clock: Option<usize>,
    end: Option<usize>,
    end_clock: Option<usize>,
    duration: Option<usize>,
    person: Vec<usize>,
    note: Option<usize>,
    project: Option<usize>,
    task: Option<usize>,
    tags: Vec<usize>,
}

impl TimeAt {
    fn of(names: &TimeColumns, table: &Table<'_>) -> Self {
        let column = |name: &Option<String>| column(table, name.as_ref());
        Self {
            start: table.column(&[&names.start]),
            start_clock: column(&names.start_clock),
            end: column(&names.end),
            end_clock: column(&names.end_clock),
            duration: column(&names.duration),
            person: columns(table, &names.person),
            note: column(&names.note),
            project: column(&names.project),
            task: column(&names.task),
            tags: columns(table, &names.tags),
        }
    }
}

/// Time entries of one file.
pub(super) struct Times<'m> {
    mapping: &'m Mapping,
    columns: &'m TimeColumns,
    at: TimeAt,
    /// The first row that has an end, and of its start only the day.
    unmeasured: Option<u64>,
}

impl Rows for Times<'_> {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let at = &self.at;
        let day = row.get(at.start);
        // An end that is only a clock is on the day of the beginning.
        let end = match (row.get(at.end), row.get(at.end_clock)) {
            ("", "") => ("", ""),
            ("", clock) => (day, clock),
            (end, clock) if is_clock(end) && clock.is_empty() => (day, end),
            both => both,
        };
        let length = row.get(at.duration);
        let counted = self.counted(length);
        let begin = (day, row.get(at.start_clock));
        // From a day alone nothing can be measured.
        let unmeasured = has_no_clock(begin) && end != ("", "");
        if unmeasured && end.0 != day {
            // Its date still helps to tell the day from the month.
            cells.begun(row.line, end.0);
        }
        let stretch = Stretch {
            source: &self.mapping.source,
            line: row.line,
            start: begin,
            end: if unmeasured { ("", "") } else { end },
            length: if counted.is_some() { "" } else { length },
            note: row.get(at.note),
            project: row.get(at.project),
            task: row.get(at.task),
            tags: "",
        };
        let mut entry = stretch.entry(cells)?;
        entry.entry.seconds = counted.or(entry.entry.seconds);
        if unmeasured {
            self.unmeasured.get_or_insert(row.line);
            if entry.entry.seconds.is_none() {
                return Err("neither a clock of its start nor a duration".to_owned());
            }
        }
        entry.tags = tags(row, &at.tags, &self.columns.separator);
        if entry.project.is_none() {
            entry.project = self.mapping.project.as_deref().and_then(words::label);
        }
        Ok(Got::Entry(
            whose(self.mapping, row, &at.person),
            Box::new(entry),
        ))
    }

    fn warn(&self, out: &mut Out<'_>) {
        let Some(line) = self.unmeasured else {
            return;
        };
        let hint = if self.at.start_clock.is_none() {
            "name start_clock in the mapping"
        } else {
            "the column start_clock is empty there"
        };
        out.warn(format!(
            "start has a day but no clock: {hint}; the first such row is on line {line}, and only a duration says how long it was"
        ));
    }
}

impl<'m> Times<'m> {
    /// Entries of a table with these columns.
    pub(super) fn new(mapping: &'m Mapping, columns: &'m TimeColumns, table: &Table<'_>) -> Self {
        Self {
            mapping,
            columns,
            at: TimeAt::of(columns, table),
            unmeasured: None,
        }
    }

    /// A bare number in the unit of the mapping.
    fn counted(&self, text: &str) -> Option<i64> {
        let each = self.columns.unit.seconds()?;
        words::points(text)?.checked_mul(each).map(|n| n / 1_000)
    }
}

/// Whether this is a date without a clock.
fn has_no_clock((day, clock): (&str, &str)) -> bool {
    Parts::of(&format!("{day} {clock}")).is_some_and(|parts| parts.time.is_none())
}

fn is_clock(text: &str) -> bool {
    words::clock_length(text).is_some()
}
