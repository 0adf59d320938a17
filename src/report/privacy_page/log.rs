//! The log of writes and ways out.

use chrono::NaiveDate;

use super::say;
use crate::model::privacy::{Label, LogEntry, LogState};
use crate::model::privacy_page::{Mark, Row};
use crate::report::words;

/// The summary and the rows, the newest entry first.
pub(super) fn part(
    label: &Label,
    receipt: Option<&str>,
    today: NaiveDate,
) -> (Vec<String>, Vec<Row>) {
    let log = &label.log;
    let mut summary = vec![words::counted(log.entries, "entry", "entries")];
    if !log.verdict.is_empty() {
        summary.push(log.verdict.clone());
    }
    if log.entries > 0 {
        summary.push(went_out(log));
    }
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
    if log.out.is_empty() {
        rows.push(row("went out", "nothing".to_owned()));
    }
    rows.extend(log.out.iter().map(|one| {
        let times = words::counted(one.times, one.words.0, one.words.1);
        let last = words::day(one.last, today);
        row("went out", format!("{times}, the last on {last}"))
    }));
    rows.extend(log.newest.iter().map(|one| entry(one, today)));
    (summary, rows)
}

/// `2 dumps, 1 draft went out`.
fn went_out(log: &LogState) -> String {
    let kinds = log.out.iter();
    let kinds: Vec<_> = kinds
        .map(|one| words::counted(one.times, one.words.0, one.words.1))
        .collect();
    if kinds.is_empty() {
        return "nothing went out".to_owned();
    }
    format!("{} went out", kinds.join(", "))
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
