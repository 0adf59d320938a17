//! Figures as CSV whose cells no spreadsheet runs; the log's rows are in `log.rs`.

mod dump;
mod log;

pub use dump::{DumpTable, dump_header};
pub use log::{LOG_COLUMNS, log_csv};

use super::json::{self, Number};
use super::names::Names;
use crate::model::figure::{Figure, Unit};

/// A table that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the table as CSV; use --json instead")]
pub struct CsvError(#[from] ::csv::Error);

impl CsvError {
    /// What the system said, where it was the system.
    pub fn into_io(self) -> std::io::Error {
        match self.0.into_kind() {
            ::csv::ErrorKind::Io(error) => error,
            other => std::io::Error::other(format!("{other:?}")),
        }
    }
}

/// The header of [`figures_csv`].
pub const FIGURE_COLUMNS: [&str; 9] = [
    "metric", "unit", "part", "from", "to", "key", "value", "n", "complete",
];

/// Figures as rows: for each, one `total`, one `left_out` a reason, one `point` a point. Fails
/// only when the writer does.
pub fn figures_csv(figures: &[Figure], names: Names<'_>) -> Result<String, CsvError> {
    let mut table = Table::new(&FIGURE_COLUMNS)?;
    for figure in figures {
        let unit = unit(figure.unit);
        let (from, to) = (figure.range.from.to_string(), figure.range.to.to_string());
        let n = figure.n.to_string();
        let value = number(figure.value);
        table.row(&[figure.metric, unit, "total", &from, &to, "", &value, &n, ""])?;
        for entry in &figure.left_out {
            let (reason, n) = (entry.reason, entry.n.to_string());
            table.row(&[
                figure.metric,
                "",
                "left_out",
                &from,
                &to,
                reason,
                &n,
                &n,
                "",
            ])?;
        }
        for point in &figure.points {
            let key = json::key(point.key, names).unwrap_or_default();
            table.row(&[
                figure.metric,
                self::unit(point.unit.unwrap_or(figure.unit)),
                "point",
                &point.from.to_string(),
                &point.to.to_string(),
                &guarded(&key),
                &number(point.value),
                &point.n.to_string(),
                yes(point.complete),
            ])?;
        }
    }
    table.finish()
}

/// Outside text that a spreadsheet would take for a formula, with `'` before it (OWASP ASVS
/// 1.2.10): also where blanks or quotes stand before the formula, which some programs take off.
/// Quoting alone does not stop the evaluation.
pub fn guarded(text: &str) -> String {
    let risky = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let taken_off = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\0');
    let bare = text.trim_start_matches(taken_off);
    if text.starts_with(['\t', '\n', '\r', '\0']) || bare.starts_with(risky) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

struct Table {
    writer: ::csv::Writer<Vec<u8>>,
}

impl Table {
    fn new(header: &[&str]) -> Result<Self, CsvError> {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(header)?;
        Ok(Self { writer })
    }

    fn row(&mut self, cells: &[&str]) -> Result<(), CsvError> {
        Ok(self.writer.write_record(cells)?)
    }

    fn finish(self) -> Result<String, CsvError> {
        let bytes = self
            .writer
            .into_inner()
            .map_err(|error| ::csv::Error::from(error.into_error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn number(value: Option<f64>) -> String {
    value
        .and_then(|value| json::ascii(&Number(value)).ok())
        .filter(|text| text != "null")
        .unwrap_or_default()
}

fn yes(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Commits => "commits",
        Unit::Days => "days",
        Unit::Lines => "lines",
        Unit::Share => "share",
        Unit::Seconds | Unit::WorkTime => "seconds",
        Unit::Items => "items",
        Unit::PerHour => "per_hour",
        Unit::Correlation => "correlation",
        Unit::Reviews => "reviews",
        Unit::Blocks => "blocks",
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn what_a_spreadsheet_would_run_has_a_mark_before_it() {
        for bad in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", " =1", "\"=1",
            "'=1", "' \"-1", "`=1", "\u{a0}=1",
        ] {
            assert_eq!(guarded(bad), format!("'{bad}"));
        }
        for good in [
            "",
            "a=1",
            "1-2",
            "'quoted'",
            "\"words\"",
            "[\"=1\"]",
            "{\"a\":1}",
        ] {
            assert_eq!(guarded(good), good);
        }
    }
}
