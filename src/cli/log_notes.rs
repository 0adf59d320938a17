//! The rows of `inward log` that its owner wrote: notes and events.

use crate::report::log::{NoteRow, Row};
use crate::store::Store;

use super::args::LogKind;
use super::error::CliError;
use super::log_imported::Wanted;
use super::session::store_error;

/// Notes and events that touch the days asked for, each on its first day among them.
pub(super) fn rows(
    store: &Store,
    kind: Option<LogKind>,
    wanted: &Wanted,
) -> Result<Vec<Row>, CliError> {
    if !matches!(kind, None | Some(LogKind::Notes)) {
        return Ok(Vec::new());
    }
    let notes = store.notes(wanted.range()).map_err(store_error)?;
    let rows = notes.into_iter().filter(|note| {
        let about = &note.about;
        wanted.fits(
            about.repo.as_ref(),
            [&note.text].into_iter().chain(&about.task),
        )
    });
    let row = |note: crate::model::note::Note| {
        let from = note.days.from;
        let day = wanted.range().map_or(from, |range| from.max(range.from));
        Row::Note(Box::new(NoteRow { day, note }))
    };
    Ok(rows.map(row).collect())
}
