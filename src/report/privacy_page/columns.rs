//! The columns of a table in plain words: what, why, who reads it, what turns it off.

use chrono::NaiveDate;

use super::kept::span;
use super::say;
use crate::model::privacy::{ColumnLabel, TableLabel};
use crate::model::privacy_page::{Mark, Row};
use crate::report::words;

/// The rows of an opened table.
pub fn columns(table: &TableLabel, today: NaiveDate) -> Vec<Row> {
    let mut about = vec![words::counted(table.rows, "row", "rows")];
    about.extend(table.days.map(|days| span(days, today)));
    let mut rows = vec![
        say(Mark::Plain, table.holds),
        say(Mark::Quiet, about.join(", ")),
    ];
    if table.columns.is_empty() {
        rows.push(say(Mark::Plain, ""));
        rows.push(say(
            Mark::Quiet,
            "Its columns are not described yet; `inward dump` shows every row.",
        ));
    }
    rows.extend(table.columns.iter().flat_map(column));
    rows
}

fn column(one: &ColumnLabel) -> [Row; 6] {
    let row = |label: &str, text: String| Row {
        label: label.to_owned(),
        text,
        ..Row::default()
    };
    let (how, off) = match one.switch {
        Some(switch) => ("off by", format!("keep.{switch} = false")),
        None => ("goes", "with its row, when that is forgotten".to_owned()),
    };
    [
        say(Mark::Plain, ""),
        say(Mark::Heading, one.column),
        row("what", one.what.to_owned()),
        row("why", one.why.to_owned()),
        row("read by", one.read_by.to_owned()),
        row(how, off),
    ]
}
