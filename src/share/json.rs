//! A summary as JSON in plain ASCII. Every key is always there, so that which lines were declined
//! cannot be told from which have no data.

use std::fmt::Write as _;

use super::render::NOTE;
use super::summary::Summary;
use crate::model::text::Clean;

/// The document, with a line break at its end.
pub(super) fn render(summary: &Summary) -> String {
    // Taken apart, so that a field that is added has to be thought of here.
    let Summary {
        profile,
        window,
        stories,
        bugs,
        tasks,
        cycle_time,
        reviews,
        outcomes,
        finished,
        own_words,
    } = summary;
    let fields = [
        ("profile", quoted(profile.as_str())),
        ("window", quoted(&window.to_string())),
        ("stories", word(*stories)),
        ("bugs", word(*bugs)),
        ("tasks", word(*tasks)),
        ("cycle_time", word(*cycle_time)),
        ("reviews", word(*reviews)),
        ("outcomes", list(outcomes)),
        ("finished", word(*finished)),
        ("own_words", list(own_words)),
        ("note", quoted(NOTE)),
    ];
    let lines: Vec<String> = fields
        .iter()
        .map(|(key, value)| format!("  {}: {value}", quoted(key)))
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn word(word: Option<&str>) -> String {
    word.map_or_else(|| "null".to_owned(), quoted)
}

fn list(all: &[Clean]) -> String {
    let quoted: Vec<String> = all.iter().map(|one| quoted(one.as_str())).collect();
    format!("[{}]", quoted.join(", "))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    // Writing to a text cannot fail.
                    let _written = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
    out
}
