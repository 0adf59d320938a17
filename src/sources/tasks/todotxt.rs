//! todo.txt, and the done.txt beside it.

use chrono::NaiveDate;

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Whose};
use super::head::Head;
use super::input::Input;
use super::names::Names;
use super::{ImportError, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts, When};
use crate::model::text::Clean;

/// One task a line.
pub(super) const FORMAT: Format = Format {
    id: "todo-txt",
    source: "todotxt",
    label: "todo.txt",
    fits,
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "todo.txt",
    steps: &[
        "$ inward import ~/todo/todo.txt ~/todo/done.txt",
        "Both files are read as they are. For creation dates, set once in ~/.todo/config:",
        "$ export TODOTXT_DATE_ON_ADD=1",
    ],
    yields: "every task with its days of creation and completion, due date, projects and contexts; a task that stands open in one file and done in the other is one task",
    cannot: "There are days only, no start, no history and no ids: a task whose words were changed looks like another one, and cycle time is not known.",
};

/// By name, or by lines that only this format has: it is the weakest of all tests.
fn fits(head: &Head) -> bool {
    let (mut strong, mut dated, mut other, mut lists) = (0_u32, 0_u32, 0_u32, 0_u32);
    let lines = head.text().lines().filter(|line| !line.trim().is_empty());
    for line in lines.take(500) {
        let marked = line.strip_prefix("x ").map(str::trim_start);
        if marked.is_some_and(|rest| date(rest).is_some()) || priority(line) != line {
            strong += 1;
        } else if date(line).is_some_and(|(_, rest)| !is_clock(rest)) {
            dated += 1;
        } else {
            other += 1;
        }
        let start = line.trim_start_matches(['*', '-', ' ', '>', '#']);
        lists += u32::from(start.len() < line.len());
    }
    let all = strong + dated + other;
    if head.json().is_some() || lists * 2 > all {
        return false;
    }
    let name = head.name();
    let named = name.ends_with("todo.txt") || name.ends_with("done.txt");
    let plain = !name.contains('.') || head.has_extension("txt") || head.has_extension("todo");
    named || (plain && strong > 0 && (strong + dated) * 2 >= all)
}

/// Whether a clock stands here: then the line is one of a log.
fn is_clock(text: &str) -> bool {
    let text = text.as_bytes();
    text.len() > 4 && text[0].is_ascii_digit() && text[1].is_ascii_digit() && text[2] == b':'
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    // Some programs leave the `x` out there: in that file everything is done.
    let all_done = input.head().name().ends_with("done.txt");
    let mut reader = Reader {
        names: Names::new("todotxt"),
        unread: Fields::new(Dates::new(context.zone)),
    };
    let (mut done, mut undated) = (0_u64, 0_u64);
    let mut lines = input.lines()?;
    while let Some(line) = lines.next()? {
        if line.text.trim().is_empty() {
            continue;
        }
        let parts = Parts::of(line.text, all_done);
        if parts.text.is_empty() {
            out.reject(line.number, "no text")?;
            continue;
        }
        done += u64::from(parts.done);
        undated += u64::from(parts.done && parts.completed.is_none());
        let facts = reader.facts(&parts, line.number);
        out.task(Found::new(line.number, Whose::Mine, facts))?;
    }
    reader.unread.warn(out);
    if undated > 0 {
        out.warn(format!(
            "{undated} of {done} done lines have no date: when they were finished is not known"
        ));
    }
    Ok(())
}

/// A line taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'t> {
    done: bool,
    completed: Option<NaiveDate>,
    created: Option<NaiveDate>,
    text: &'t str,
}

impl<'t> Parts<'t> {
    /// `x 2025-10-03 2025-10-01 text`, `(A) 2025-10-01 text`; programs put the priority of a done
    /// line before, between or behind its dates.
    fn of(line: &'t str, all_done: bool) -> Self {
        let line = line.trim();
        let marked = line.strip_prefix("x ");
        let done = marked.is_some() || all_done;
        let rest = priority(marked.unwrap_or(line).trim_start());
        let (first, rest) = date(rest).map_or((None, rest), |(day, rest)| (Some(day), rest));
        let rest = priority(rest);
        if !done {
            return Self {
                done,
                completed: None,
                created: first,
                text: rest,
            };
        }
        let (second, rest) = date(rest).map_or((None, rest), |(day, rest)| (Some(day), rest));
        Self {
            done,
            completed: first,
            created: second,
            text: priority(rest),
        }
    }
}

/// The text behind a leading `(A) `, or all of it.
fn priority(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_one = bytes.len() > 3
        && bytes[0] == b'('
        && bytes[1].is_ascii_uppercase()
        && bytes[2] == b')'
        && bytes[3] == b' ';
    let rest = text.get(4..).filter(|_| is_one);
    rest.map_or(text, str::trim_start)
}

/// A leading `2025-10-03` and the text behind it.
fn date(text: &str) -> Option<(NaiveDate, &str)> {
    let (day, rest) = text.split_at_checked(10)?;
    if !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    Some((day, rest.trim_start()))
}

struct Reader {
    names: Names,
    unread: Fields,
}

impl Reader {
    fn facts(&mut self, parts: &Parts<'_>, line: u64) -> TaskFacts {
        let mut facts = TaskFacts {
            source: Clean::label(b"todotxt"),
            status: Status::of(if parts.done { Stage::Done } else { Stage::Todo }),
            created: parts.created.map(When::Day),
            done: parts.completed.map(When::Day),
            ..TaskFacts::default()
        };
        let mut kept: Vec<&str> = Vec::new();
        let mut due = "";
        let mut repeats = false;
        for word in parts.text.split_whitespace() {
            match pair(word) {
                Some(("due", value)) => {
                    facts.due = self.unread.when("due", line, value);
                    due = value;
                }
                Some(("est" | "estimate", value)) => facts.estimate = estimate(value),
                Some(("rec", _)) => repeats = true,
                Some(("t" | "pri" | "h", _)) => {}
                _ => kept.push(word),
            }
        }
        for word in &kept {
            match mark(word) {
                Some(('+', name)) if facts.project.is_none() => facts.project = words::label(name),
                Some((_, name)) => facts.tags.extend(words::label(name)),
                None => {}
            }
        }
        facts.title = title(&kept);
        facts.key = facts.title.clone();
        // Both files name a task alike. Of one that repeats, each time has its own due date.
        let mut whole = kept.join(" ");
        if repeats && !due.is_empty() {
            whole.push_str(" due:");
            whole.push_str(due);
        }
        let created = parts.created.map(|day| day.to_string()).unwrap_or_default();
        facts.aliases = vec![self.names.name("", &whole, &created)];
        facts
    }
}

/// `key:value`; addresses are none.
fn pair(word: &str) -> Option<(&str, &str)> {
    let (key, value) = word.split_once(':')?;
    let fits = !key.is_empty()
        && key.bytes().all(|b| b.is_ascii_alphanumeric())
        && !value.is_empty()
        && !value.starts_with('/');
    fits.then_some((key, value))
}

/// `+project` or `@context`; `+1` is neither.
fn mark(word: &str) -> Option<(char, &str)> {
    let sign = word.chars().next().filter(|c| matches!(c, '+' | '@'))?;
    let name = word.get(1..)?;
    let named = name.chars().any(char::is_alphabetic) && !name.starts_with(['+', '@']);
    named.then_some((sign, name))
}

/// The words without the marks at either end; marks within a sentence are part of it.
fn title(words: &[&str]) -> Clean {
    let is_text = |word: &&str| mark(word).is_none();
    let first = words.iter().position(is_text).unwrap_or(0);
    let last = words.iter().rposition(is_text);
    let end = last.map_or(words.len(), |at| at + 1);
    Clean::label(words[first..end].join(" ").as_bytes())
}

/// `3h` is time, a bare number is points.
fn estimate(text: &str) -> Option<Estimate> {
    let time = words::period(text).map(Estimate::Seconds);
    time.or_else(|| words::points(text).map(Estimate::Points))
}

#[cfg(test)]
#[path = "todotxt_tests.rs"]
mod tests;
