//! Jira: CSV from the issue navigator, all fields or the shown ones.

use std::collections::HashMap;

use super::ImportError;
use super::format::{Context, Format, How, Out};
use super::head::Head;
use super::input::Input;
use super::sheet;
use columns::{Columns, KEY, STATUS, SUMMARY};
use issue::Issues;

mod columns;
mod issue;
mod status;
#[cfg(test)]
mod tests;

/// Issues as the issue navigator exports them.
pub(super) const FORMAT: Format = Format {
    id: "jira-csv",
    source: "jira",
    label: "Jira CSV",
    fits,
    read,
    caps: &[
        (
            1_000,
            "Jira sites commonly cut a CSV at 1,000 issues: narrow the search by date and export again",
        ),
        (
            10_000,
            "some Jira sites cut a CSV at 10,000 issues: narrow the search by date and export again",
        ),
    ],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Jira (CSV)",
    steps: &[
        "Sign in to Jira and search for: assignee WAS currentUser() ORDER BY created",
        "Jira Cloud: open the search in the list view, then the ⋯ (or Export) button, Export Excel CSV (all fields)",
        "Jira Data Center: Export, CSV (all fields)",
        "If the search finds more than 1,000 issues, add: AND created >= 2026-01-01 AND created < 2026-07-01, and export each stretch of time",
        "$ inward import Jira.csv",
    ],
    yields: "issues with status, resolution, dates of creation, last change and resolution, story points, original estimate, parent, labels and the time that you logged",
    cannot: "A Jira CSV holds no moves between statuses, so when work began and how long review took stay unknown. Jira's JSON with the changelog has them. Clocks are those of your Jira profile, without a zone: --tz says which.",
};

fn fits(head: &Head) -> bool {
    let names = |key, others: &[&str]| others.iter().any(|other| head.has_columns(&[key, other]));
    KEY.iter()
        .any(|key| names(key, SUMMARY) || names(key, STATUS))
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    const REQUIRED: &[&[&str]] = &[KEY];
    let parents = parents(input, REQUIRED)?;
    sheet::read(input, context, out, REQUIRED, |table| {
        Issues::new(Columns::of(table), &parents)
    })
}

/// Keys of issues by their numeric id, read only when nothing else names a parent by its key.
fn parents(
    input: &Input,
    required: &[&[&'static str]],
) -> Result<HashMap<u64, Box<str>>, ImportError> {
    let mut keys = HashMap::new();
    let mut table = input.table(required)?;
    let columns = Columns::of(&table);
    if columns.parent_id.is_none() || columns.parent_key.is_some() || columns.id.is_none() {
        return Ok(keys);
    }
    while let Some(row) = table.next()? {
        if let Ok(id) = row.get(columns.id).parse() {
            keys.insert(id, row.get(columns.key).into());
        }
    }
    Ok(keys)
}
