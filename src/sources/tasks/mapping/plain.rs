//! What is wrong in a mapping file, in words of the mapping rather than of its syntax.

use super::MappingError;
use super::keys::{FILE, TASK, TIME, nearest};
use crate::model::text::Clean;

/// How the draft begins a line that is another choice for the field above it.
pub(super) const INSTEAD: &str = "in place of the line above: ";

/// The error that `error` is to whoever wrote the mapping `text`.
pub(super) fn plain(text: &str, error: &toml::de::Error) -> MappingError {
    let line = line(text, error.span().map_or(0, |span| span.start));
    let at = usize::try_from(line).unwrap_or(usize::MAX);
    let here = text.lines().nth(at.saturating_sub(1)).unwrap_or_default();
    let message = error.message().lines().next().unwrap_or("no TOML");
    let what = if !is_like_a_mapping(text) {
        "this is no mapping (TOML): --map-template drafts one from a table".to_owned()
    } else if message == "duplicate key" {
        twice(text, at, here)
    } else {
        of_a_field(text, message)
            .or_else(|| of_a_value(message, here))
            .or_else(|| of_a_line(message, here))
            .unwrap_or_else(|| Clean::label(message.as_bytes()).to_string())
    };
    MappingError { line, what }
}

/// The line of a byte, from 1.
pub(super) fn line(text: &str, at: usize) -> u64 {
    let before = text.get(..at).unwrap_or(text);
    before.matches('\n').count() as u64 + 1
}

/// Whether a line of it is one of a mapping: `[task]`, or a bare word before `=`.
fn is_like_a_mapping(text: &str) -> bool {
    text.trim().is_empty()
        || text.lines().map(str::trim).any(|line| {
            let table = line.strip_prefix('[');
            table.is_some_and(|name| name.starts_with(char::is_alphabetic))
                || key(line).is_some_and(is_bare)
        })
}

fn is_bare(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// What stands before `=`.
fn key(line: &str) -> Option<&str> {
    line.split_once('=').map(|(key, _)| key.trim())
}

/// Both lines that name a field, or open a table.
fn twice(text: &str, at: usize, here: &str) -> String {
    let is_table = |line: &str| line.trim_start().starts_with('[');
    let name = |line: &str| {
        let name = if is_table(line) {
            line.split('#').next().unwrap_or_default()
        } else {
            key(line).unwrap_or_default()
        };
        name.trim()
            .trim_matches(['[', ']', '"', '\'', ' '])
            .to_owned()
    };
    let wanted = name(here);
    let mut first = None;
    for (before, line) in (1..at).zip(text.lines()) {
        if is_table(line) && !is_table(here) {
            // A field of another table is another field.
            first = None;
        }
        if is_table(line) == is_table(here) && name(line) == wanted && first.is_none() {
            first = Some(before);
        }
    }
    let wanted = Clean::label(wanted.as_bytes());
    match first {
        Some(first) => {
            format!("{wanted} is named twice, in lines {first} and {at}: keep one")
        }
        None => format!("{wanted} is named twice: keep one"),
    }
}

/// A field that is missing, or that there is none of.
fn of_a_field(text: &str, message: &str) -> Option<String> {
    match message {
        "missing field `title`" => {
            return Some(
                "[task] has no title: name the column that says what is to be done".to_owned(),
            );
        }
        "missing field `start`" => {
            return Some("[time] has no start: name the column that says when it began".to_owned());
        }
        _ => {}
    }
    let (name, expected) = message
        .strip_prefix("unknown field `")?
        .split_once("`, expected ")?;
    let (place, fields) = if expected.contains("`title`") {
        ("[task]", TASK)
    } else if expected.contains("`start_clock`") {
        ("[time]", TIME)
    } else {
        ("a mapping", FILE)
    };
    let shown = Clean::label(name.as_bytes());
    let below = [("[task]", TASK), ("[time]", TIME)];
    let below = below
        .iter()
        .find(|(table, fields)| fields.contains(&name) && text.contains(table));
    if let (true, Some((table, _))) = (place == "a mapping", below) {
        return Some(format!("{shown} belongs below {table}: move it there"));
    }
    Some(match nearest(name, fields) {
        Some(near) => format!("{place} has no field {shown}: {near} may be meant"),
        None => format!("{place} has no field {shown}, only {}", fields.join(", ")),
    })
}

/// A value of the wrong kind.
fn of_a_value(message: &str, here: &str) -> Option<String> {
    let unquoted = [
        "invalid boolean",
        "invalid float",
        "invalid integer",
        "invalid mantissa",
        "unexpected key or value",
        "string values must be quoted",
        "invalid basic string",
        "invalid literal string",
    ];
    let is_unquoted = unquoted.iter().any(|start| message.starts_with(start));
    if is_unquoted && key(here) == Some("mine") {
        return Some("mine is true or false, without quotes".to_owned());
    }
    if is_unquoted {
        return Some("what stands behind the = goes in quotes, as in title = \"Task\"".to_owned());
    }
    let expected = message
        .strip_prefix("invalid type: ")?
        .rsplit_once("expected ")?
        .1;
    Some(match expected {
        "a boolean" => "mine is true or false, without quotes".to_owned(),
        "a string" => "a text in quotes has to stand here".to_owned(),
        table if table.starts_with("struct ") || table == "a map" => {
            "[task], [time] and [stages] are lines of their own, fields stand below them".to_owned()
        }
        other => format!("{other} has to stand here, in quotes"),
    })
}

/// A line that is none.
fn of_a_line(message: &str, here: &str) -> Option<String> {
    let is_key = message.starts_with("invalid unquoted key");
    if !is_key && !message.starts_with("key with no value") {
        return None;
    }
    Some(if here.contains(INSTEAD.trim_end()) {
        "of this line only what stands behind the colon is to stay, and the line above is to go"
            .to_owned()
    } else if is_key || here.contains('=') {
        "what stands before the = goes in quotes when it is more than one word of a-z".to_owned()
    } else {
        "a line reads field = \"column\", as in title = \"Task\"".to_owned()
    })
}
