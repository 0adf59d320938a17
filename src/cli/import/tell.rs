//! The summary of an import, in words.

use std::fmt::Write as _;

use crate::report::words::{count, counted};
use crate::sync::FileReport;

use super::super::error::CliError;
use super::super::session::{Session, shown};

/// Rejected records and unknown words that are listed; `--json` has them all.
const LISTED: usize = 8;

/// Prints what became of a file.
pub(super) fn file(
    session: &mut Session,
    file: &FileReport,
    dry_run: bool,
) -> Result<(), CliError> {
    let settings = session.config.config_file.as_deref().map(shown);
    let settings = settings.map_or_else(|| "the settings".to_owned(), |path| path.to_string());
    let text = summary(file, dry_run, &settings);
    session.tell(&text)
}

/// Writing to a `String` cannot fail: results of `writeln!` are dropped here.
fn summary(file: &FileReport, dry_run: bool, settings: &str) -> String {
    let mut out = String::new();
    let records = counted(file.records, "record", "records");
    let _ = writeln!(out, "{}: {}, {records}", file.shown, file.label);
    let _ = writeln!(out, "  {}", whose(file));
    if file.import.is_none() && !dry_run {
        let _ = writeln!(out, "  nothing in it is yours: nothing was kept");
    } else if file.again && file.added + file.updated == 0 {
        let _ = writeln!(out, "  the same file as before: nothing changed");
    } else {
        let _ = writeln!(
            out,
            "  {} new, {} changed, {} unchanged",
            count(file.added),
            count(file.updated),
            count(file.unchanged)
        );
    }
    if let Some(line) = held(file) {
        let _ = writeln!(out, "  {line}");
    }
    for one in file.rejected.iter().take(LISTED) {
        let _ = writeln!(out, "  skipped line {}: {}", one.line, one.reason);
    }
    let more = file
        .rejected()
        .saturating_sub(file.rejected.len().min(LISTED) as u64);
    if more > 0 {
        let _ = writeln!(out, "  and {} more skipped: --json lists them", count(more));
    }
    for warning in &file.warnings {
        let _ = writeln!(out, "  note: {warning}");
    }
    if !file.unknown_words.is_empty() {
        let words = file.unknown_words.iter().take(LISTED);
        let words: Vec<String> = words
            .map(|one| format!("\"{}\" {}", one.word, one.n))
            .collect();
        let _ = writeln!(out, "  no stage is known for: {}", words.join(", "));
        let _ = writeln!(
            out,
            "  next: under [stages] in {settings} write \"{}\" = \"todo\" (or backlog, in-progress, in-review, done, cancelled): it counts at once",
            file.unknown_words[0].word
        );
    }
    for missing in &file.missing {
        let _ = writeln!(out, "  missing: {missing}");
    }
    match file.import {
        _ if dry_run => {
            let _ = writeln!(out, "  nothing was written");
        }
        Some(id) if !file.again => {
            let _ = writeln!(
                out,
                "  import {id}: `inward import --undo {id}` takes it back"
            );
        }
        _ => {}
    }
    out
}

fn whose(file: &FileReport) -> String {
    let mut text = format!("{} yours", count(file.mine));
    if !file.known_as.is_empty() {
        let names = file.known_as.iter().take(3).map(ToString::to_string);
        let _ = write!(text, " (as {})", names.collect::<Vec<_>>().join(", "));
    }
    if file.not_mine > 0 {
        let _ = write!(
            text,
            ", {} not yours and not kept",
            count(file.not_mine - file.reviews_given)
        );
    }
    if file.reviews_given > 0 {
        let reviewed = counted(file.reviews_given, "pull request", "pull requests");
        let _ = write!(text, ", {reviewed} you reviewed: only your times are kept");
    }
    text
}

/// The days, entries and moves in it.
fn held(file: &FileReport) -> Option<String> {
    let mut parts = Vec::new();
    if let Some((from, to)) = file.range {
        parts.push(if from == to {
            from.to_string()
        } else {
            format!("{from} to {to}")
        });
    }
    if file.entries > 0 {
        parts.push(counted(file.entries, "time entry", "time entries"));
    }
    if file.transitions > 0 {
        parts.push(counted(
            file.transitions,
            "move between states",
            "moves between states",
        ));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}
