//! The last part of the label: every table, column by column.

use super::para::Page;
use crate::model::privacy::{ColumnLabel, TableLabel};
use crate::report::words::counted;

/// Room for the name of a column and the gap after it.
const NAME: usize = 19;

pub(super) fn tell(page: &mut Page, tables: &[TableLabel]) {
    if tables.is_empty() {
        return;
    }
    page.section("COLUMN BY COLUMN: what it is, why, who reads it, the switch that turns it off");
    for table in tables {
        let rows = counted(table.rows, "row", "rows");
        let days = table
            .days
            .map_or_else(String::new, |(from, to)| format!(", {from} to {to}"));
        page.section(&format!("  {} ({rows}{days})", table.table));
        page.line(table.holds);
        for column in &table.columns {
            tell_one(page, column);
        }
    }
}

fn tell_one(page: &mut Page, column: &ColumnLabel) {
    let ColumnLabel {
        column,
        what,
        why,
        read_by,
        switch,
    } = column;
    page.entry(4, column, NAME, &format!("{what}: {why}"));
    let off = switch.map_or_else(String::new, |switch| format!(" [off: {switch}]"));
    let under = if page.wide() { NAME } else { 2 };
    page.entry(4, "", under, &format!("read by {read_by}{off}"));
}
