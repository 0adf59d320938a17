//! What `gh issue|pr list|view --json` and `gh search issues|prs --json` print.

use super::super::dates::Dates;
use super::super::fields::Fields;
use super::super::format::{Context, Format, Out};
use super::super::head::Head;
use super::super::input::Input;
use super::super::{ImportError, records};
use super::gh_record::{Dated, Record};
use super::how;
use super::place::Place;
use crate::model::stage::Stage;
use crate::model::task::TaskKind;

/// Issues and pull requests as the `gh` program prints them.
pub(in crate::sources::tasks) const FORMAT: Format = Format {
    id: "github-gh-json",
    source: "github",
    label: "GitHub (gh)",
    fits: |head| place(head).is_some() || is_piped(head),
    read,
    caps: &[
        (30, "gh stops there unless --limit says more"),
        (
            1_000,
            "GitHub's search stops there: ask for shorter ranges of dates, one by one",
        ),
        (10_000, "if --limit 10000 was said, there may be more"),
    ],
    how: Some(&how::HOW),
};

fn place(head: &Head) -> Option<&'static str> {
    let place = records::place(head, &["number"])?;
    let address = records::first(head, place, "url").is_some_and(|url| Place::parse(url).is_some());
    let state = records::first(head, place, "state").is_some_and(is_state);
    let others = ["html_url", "created_at", "iid"];
    let other = others.iter().any(|key| records::has(head, place, key));
    (!other && (address || state && records::has(head, place, "title"))).then_some(place)
}

fn is_state(word: &str) -> bool {
    matches!(word, "OPEN" | "CLOSED" | "MERGED" | "DRAFT")
}

/// Whether it is the table that `gh` prints into a pipe without `--json`: a number (or a
/// repository and a number) first, a state among the cells.
fn is_piped(head: &Head) -> bool {
    let mut lines = head.text().lines().filter(|line| !line.trim().is_empty());
    lines.next().is_some_and(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let repository = cells.first().is_some_and(|cell| cell.contains('/'));
        let number = cells.get(usize::from(repository));
        let number = number.is_some_and(|cell| cell.parse::<u64>().is_ok());
        let state = |cell: &&str| is_state(&cell.to_uppercase());
        number && cells.len() >= 4 && cells.iter().any(state)
    })
}

/// What is seen of the file as a whole.
#[derive(Default)]
struct Seen {
    issues: u64,
    pulls: u64,
    closed: u64,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let Some(place) = place(input.head()) else {
        if is_piped(input.head()) {
            return Err(ImportError::Refused(how::PIPED.to_owned()));
        }
        return Err(ImportError::Unknown);
    };
    let mut fields = Fields::new(Dates::new(context.zone));
    let mut elements = input.elements(&[place])?;
    let mut seen = Seen::default();
    while let Some(element) = elements.next()? {
        let line = element.line;
        let dated = Dated {
            line,
            fields: &mut fields,
        };
        match element.parse::<Record>().and_then(|one| one.found(dated)) {
            Ok(found) => {
                let pull = u64::from(found.task.kind == TaskKind::Pr);
                seen.pulls += pull;
                seen.issues += 1 - pull;
                seen.closed += u64::from(found.task.status.fixed.is_some_and(Stage::is_closed));
                out.task(found)?;
            }
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    fields.warn(out);
    missing(input.head(), place, &seen, out);
    Ok(())
}

/// Says which facts were not asked for.
fn missing(head: &Head, place: &str, seen: &Seen, out: &mut Out<'_>) {
    let (issues, pulls) = (seen.issues > 0, seen.pulls > 0);
    let search = records::has(head, place, "repository");
    if !place.is_empty() && seen.closed == 0 && (issues || pulls) {
        out.warn("none of them is closed: gh lists open ones only unless --state all is said");
    }
    let mut need = |field: &str, what: &str| {
        if !records::has(head, place, field) {
            out.warn(format!("has no field {field}: {what} is not known"));
        }
    };
    need("createdAt", "when they were opened");
    need("updatedAt", "which of two exports is the newer one");
    if issues {
        need("assignees", "whose the issues are");
        need("closedAt", "when they were finished");
    }
    if pulls {
        need("author", "whose the pull requests are");
    }
    if pulls && !search {
        need("mergedAt", "when they were merged");
        need("reviews", "when they were reviewed");
        need("commits", "when work on them began");
    }
    if pulls && search {
        out.warn("gh search tells no reviews, branches, commits and sizes: gh pr list does");
    }
}

#[cfg(test)]
#[path = "gh_tests.rs"]
mod tests;
