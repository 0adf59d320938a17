//! What `inward doctor` looks for in imports.

use crate::report::doctor::{Imports, LooseWord, UndatedTask, overlaps};
use crate::report::log::TaskRow;
use crate::store::Store;

use super::error::CliError;
use super::session::{Session, shown, store_error};

/// Words without a stage, tasks without a date, time that overlaps.
pub(super) fn look(session: &Session, store: &Store) -> Result<Imports, CliError> {
    let settings = session.config.config_file.as_deref().map(shown);
    let settings = settings.map_or_else(|| "the settings".to_owned(), |path| path.to_string());
    let words = store.unknown_words().map_err(store_error)?;
    let tasks = store.tasks().map_err(store_error)?;
    // On no day of the log.
    let undated = tasks.into_iter().filter(|task| {
        TaskRow::of(&task.facts, &task.moves, &task.timeline)
            .what
            .is_none()
    });
    Ok(Imports {
        words_without_stage: words
            .into_iter()
            .map(|word| LooseWord::new(word, &settings))
            .collect(),
        tasks_undated: undated
            .map(|task| UndatedTask::new(task.facts.source, task.facts.key, task.facts.title))
            .collect(),
        time_overlapping: overlaps(&store.time_entries().map_err(store_error)?),
    })
}
