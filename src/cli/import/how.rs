//! `inward import --how`: how to get the best export out of a tracker. Offline, and the source of
//! `docs/imports.md`.

use std::fmt::Write as _;

use crate::sources::tasks::{Format, How, registry};

use super::super::error::CliError;
use super::super::session::Session;

/// Prints what is known of `tracker`, or which trackers there are.
pub(super) fn tell(session: &mut Session, tracker: Option<&str>) -> Result<(), CliError> {
    let text = match tracker {
        None => list(),
        Some(name) => {
            let name = name.to_lowercase();
            let found: Vec<&How> = of(&name).collect();
            if found.is_empty() {
                return Err(CliError::usage(format!("no tracker is called `{name}`")).hint(list()));
            }
            found.into_iter().map(text).collect::<Vec<_>>().join("\n")
        }
    };
    session.tell(&text)
}

/// The texts of the formats that are called `name`, or come from the tracker of that name.
fn of(name: &str) -> impl Iterator<Item = &'static How> {
    let source = registry::by_id(name).map_or(name, |format| format.source);
    let formats = registry::FORMATS.iter().copied();
    formats
        .filter(move |format| format.source == source)
        .filter_map(|format| format.how)
}

fn list() -> String {
    let mut sources: Vec<&str> = registry::FORMATS
        .iter()
        .filter(|f| f.how.is_some())
        .map(|f| f.source)
        .collect();
    sources.dedup();
    let mut seen = Vec::new();
    sources.retain(|source| {
        !seen.contains(source) && {
            seen.push(*source);
            true
        }
    });
    format!("trackers: {}\n", sources.join(" "))
}

fn text(how: &How) -> String {
    let mut out = format!("{}\n", how.title);
    for step in how.steps {
        // Writing to a String cannot fail.
        let _ = match step.strip_prefix("$ ") {
            Some(command) => writeln!(out, "\n    {command}\n"),
            None => writeln!(out, "  {step}"),
        };
    }
    let _ = write!(out, "Yields: {}\nCannot: {}\n", how.yields, how.cannot);
    out
}

/// `docs/imports.md`: every format with what `--how` prints.
pub fn imports_markdown() -> String {
    let mut out = String::from(
        "# Imports\n\n\
         What `inward import` reads, how to get it out of each tracker, what it yields and what it\n\
         cannot. The format is recognised by content; `--format` names one. Nothing is asked of the\n\
         tracker: no token, no network. This page is made from what `inward import --how` prints.\n\n\
         | Format | For `--format` | Tracker |\n|---|---|---|\n",
    );
    for format in registry::FORMATS {
        let _ = writeln!(
            out,
            "| {} | `{}` | `{}` |",
            format.label, format.id, format.source
        );
    }
    for format in registry::FORMATS
        .iter()
        .copied()
        .filter(|format| format.how.is_some())
    {
        section(&mut out, format);
    }
    out
}

fn section(out: &mut String, format: &Format) {
    let Some(how) = format.how else {
        return;
    };
    let _ = write!(out, "\n## {}\n\n", how.title);
    for step in how.steps {
        let _ = match step.strip_prefix("$ ") {
            Some(command) => write!(out, "```sh\n{command}\n```\n\n"),
            None => write!(out, "{step}\n\n"),
        };
    }
    let _ = write!(
        out,
        "**Yields:** {}\n\n**Cannot:** {}\n",
        how.yields, how.cannot
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set `INWARD_BLESS=1` to write the file instead of comparing it.
    #[test]
    fn the_page_on_imports_says_what_how_prints() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/imports.md");
        let made = imports_markdown();
        if std::env::var_os("INWARD_BLESS").is_some() {
            std::fs::write(&file, &made).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == made,
            "docs/imports.md is not what --how says: run INWARD_BLESS=1 cargo test --lib import::how"
        );
    }

    #[test]
    fn every_tracker_says_how_to_export() {
        for format in registry::FORMATS {
            assert!(of(format.source).next().is_some(), "{}", format.id);
        }
    }
}
