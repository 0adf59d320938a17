//! The Privacy page in words: the label section by section, each with the few clauses that say
//! all of it; a table's columns; and all of it as text.

mod columns;
mod deeds;
mod files;
mod kept;
mod log;
mod text;

use chrono::NaiveDate;

use super::words;
use crate::model::privacy::Label;
use crate::model::privacy_page::{Mark, Part, Row, Section};

pub use columns::columns;
pub use text::page_text;

/// After so many days a self-test is mentioned as old.
const OLD: i64 = 30;

/// The sections of the page, in order. `receipt` is that of the newest entry of the log.
pub fn parts(label: &Label, receipt: Option<&str>, today: NaiveDate) -> Vec<Part> {
    let part = |section| {
        let (summary, rows) = match section {
            Section::Kept => kept::part(label, today),
            Section::Lock => lock(label, today),
            Section::Files => files::part(label),
            Section::Log => log::part(label, receipt, today),
            Section::Ageing => ageing(label, today),
            Section::Seized => seized(label),
            Section::Deeds => deeds::part(label),
        };
        Part {
            section,
            summary,
            rows,
        }
    };
    Section::ALL.into_iter().map(part).collect()
}

/// A row that is text alone.
fn say(mark: Mark, text: impl Into<String>) -> Row {
    Row {
        mark,
        text: text.into(),
        ..Row::default()
    }
}

fn lock(label: &Label, today: NaiveDate) -> (Vec<String>, Vec<Row>) {
    let held = label.layers.iter().filter(|layer| layer.holds).count();
    let of = label.layers.len();
    let (tested, old) = tested(label.last_check, today);
    let mut rows: Vec<Row> = vec![say(Mark::Heading, label.offline.clone())];
    rows.extend(label.layers.iter().map(|layer| Row {
        mark: if layer.holds {
            Mark::Holds
        } else {
            Mark::Missing
        },
        label: layer.name.clone(),
        amount: String::new(),
        text: layer.detail.clone(),
    }));
    rows.push(Row {
        mark: if old { Mark::Worth } else { Mark::Plain },
        label: "self-test".to_owned(),
        amount: String::new(),
        text: tested.clone(),
    });
    let layers = format!("{held} of {of} layers hold");
    (vec![layers, format!("self-test {tested}")], rows)
}

/// When the last self-test was, and whether that is worth a look.
fn tested(last: Option<NaiveDate>, today: NaiveDate) -> (String, bool) {
    let Some(last) = last else {
        return ("never".to_owned(), true);
    };
    let days = today.signed_duration_since(last).num_days();
    let said = match days {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days if days > OLD => format!("{days} days ago"),
        _ => words::day(last, today),
    };
    (said, days > OLD)
}

fn ageing(label: &Label, today: NaiveDate) -> (Vec<String>, Vec<Row>) {
    let row = |one: &crate::model::privacy::Ageing| {
        let amount = one
            .after_days
            .map_or_else(|| "never".to_owned(), |days| format!("{days} days"));
        let text = match (one.after_days, one.next) {
            (None, _) => String::new(),
            (Some(_), None) => "nothing is due".to_owned(),
            (Some(_), Some(next)) => {
                let rows = words::counted(one.rows, "row", "rows");
                format!("next on {}: {rows}", words::day(next, today))
            }
        };
        Row {
            mark: if one.after_days.is_none() {
                Mark::Quiet
            } else {
                Mark::Plain
            },
            label: one.what.to_owned(),
            amount,
            text,
        }
    };
    let rows: Vec<Row> = label.ageing.iter().map(row).collect();
    let next = label.ageing.iter().filter_map(|one| one.next).min();
    let summary = match next {
        Some(next) => format!("next on {}", words::day(next, today)),
        None if label.ageing.iter().any(|one| one.after_days.is_some()) => {
            "nothing is due".to_owned()
        }
        None => "nothing does".to_owned(),
    };
    if rows.is_empty() {
        let text = "Nothing goes by itself: what is kept stays until you forget it.";
        return (vec![summary], vec![say(Mark::Quiet, text)]);
    }
    (vec![summary], rows)
}

fn seized(label: &Label) -> (Vec<String>, Vec<Row>) {
    let mut rows: Vec<Row> = label
        .seized
        .iter()
        .map(|text| say(Mark::Plain, text.clone()))
        .collect();
    let told = rows.len();
    if rows.is_empty() {
        rows.push(say(
            Mark::Plain,
            "There is no file that could tell anything.",
        ));
    }
    rows.push(say(Mark::Heading, "Never in it"));
    rows.push(say(Mark::Plain, label.never_kept.clone()));
    let summary = match told {
        0 => "no file to seize".to_owned(),
        n => format!("gives {}", words::counted(n as u64, "answer", "answers")),
    };
    (vec![summary], rows)
}
