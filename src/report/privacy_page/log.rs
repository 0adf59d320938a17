//! The log of writes and ways out.

use chrono::NaiveDate;

use super::say;
use crate::model::privacy::{Label, LogEntry};
use crate::model::privacy_page::{Mark, Row};
use crate::report::words;

/// The summary and the rows, the newest entry first.
pub(super) fn part(
    label: &Label,
    receipt: Option<&str>,
    today: NaiveDate,
) -> (Vec<String>, Vec<Row>) {
    let log = &label.log;
    let shares = match log.shares {
        0 => "nothing shared".to_owned(),
        n => words::counted(n, "share", "shares"),
    };
    let mut summary = vec![words::counted(log.entries, "entry", "entries")];
    if !log.verdict.is_empty() {
        summary.push(log.verdict.clone());
    }
    summary.push(shares.clone());
    if log.entries == 0 {
        return (
            summary,
            vec![say(Mark::Quiet, "Nothing was written or handed out yet.")],
        );
    }
    let row = |label: &str, text: String| Row {
        label: label.to_owned(),
        text,
        ..Row::default()
    };
    let mut rows = vec![row("chain", log.verdict.clone())];
    if let Some(receipt) = receipt {
        rows.push(row("receipt", format!("{receipt}, to keep elsewhere")));
    }
    rows.push(row("shares", shares));
    rows.extend(log.newest.iter().map(|one| entry(one, today)));
    (summary, rows)
}

fn entry(one: &LogEntry, today: NaiveDate) -> Row {
    let object = one.object.as_str();
    let mut text = one.action.to_string();
    if !object.is_empty() {
        text.push_str(", ");
        text.push_str(object);
    }
    text.push_str(": ");
    text.push_str(&one.says());
    Row {
        mark: Mark::Quiet,
        label: words::day(one.day, today),
        amount: String::new(),
        text,
    }
}
