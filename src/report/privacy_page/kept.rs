//! What is kept: the tables, then what may be kept.

use chrono::{Datelike, NaiveDate};

use super::say;
use crate::model::privacy::{Label, Switch, TableLabel};
use crate::model::privacy_page::{Mark, Row};
use crate::report::words;

/// The summary and the rows; the tables come first, in the label's order, one row each.
pub(super) fn part(label: &Label, today: NaiveDate) -> (Vec<String>, Vec<Row>) {
    let mut rows: Vec<Row> = label.tables.iter().map(row).collect();
    if !label.keep.is_empty() {
        rows.push(say(Mark::Heading, "May be kept ([keep] in the settings); what is off is not stored, and erased where it was"));
        rows.extend(label.keep.iter().map(switch));
    }
    if rows.is_empty() {
        rows.push(say(Mark::Plain, "Nothing is kept."));
    }
    (summary(label, today), rows)
}

fn summary(label: &Label, today: NaiveDate) -> Vec<String> {
    let stored: u64 = label.tables.iter().map(|table| table.rows).sum();
    let filled = label.tables.iter().filter(|table| table.rows > 0).count() as u64;
    let mut out = Vec::new();
    if label.place.file == "nothing kept" {
        out.push("no file".to_owned());
    }
    if stored > 0 {
        let rows = words::counted(stored, "row", "rows");
        out.push(format!(
            "{rows} in {}",
            words::counted(filled, "table", "tables")
        ));
    }
    if label.place.bytes > 0 {
        out.push(words::size(label.place.bytes));
    }
    // Whose days they are is said: those of the log and of imports end later.
    let days = |name| {
        let found = label.tables.iter().find(|table| table.table == name);
        found.and_then(|table| table.days)
    };
    let mut of = ["commits", "tasks", "time_entries"].into_iter();
    let first = of.find_map(|name| Some((name, days(name)?)));
    out.extend(first.map(|(name, days)| {
        format!(
            "{} to {}",
            name.replace('_', " "),
            words::day(days.1, today)
        )
    }));
    out
}

fn row(table: &TableLabel) -> Row {
    Row {
        mark: if table.rows == 0 {
            Mark::Quiet
        } else {
            Mark::Table
        },
        label: table.table.to_owned(),
        amount: words::count(table.rows),
        text: table.holds.to_owned(),
    }
}

/// `6 Oct 2025 to 19 Nov`.
pub(super) fn span((from, to): (NaiveDate, NaiveDate), today: NaiveDate) -> String {
    let year = if from.year() == today.year() {
        ""
    } else {
        " %Y"
    };
    let from = from.format(&format!("%-d %b{year}")).to_string();
    format!("{from} to {}", words::day(to, today))
}

fn switch(one: &Switch) -> Row {
    Row {
        mark: if one.on { Mark::Plain } else { Mark::Quiet },
        label: one.name.to_owned(),
        amount: if one.on { "kept" } else { "not kept" }.to_owned(),
        text: one.about.to_owned(),
    }
}
