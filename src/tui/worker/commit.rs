//! One commit and its files.

use super::{Known, rows};
use crate::app::effect::CommitAsk;
use crate::app::view::{CommitView, FileRow, Ties};
use crate::store::{Store, StoreError};

/// The commit that `ask` wants; `None` when it is not stored (any more).
///
/// # Errors
/// When the store cannot be read.
pub(super) fn answer(
    store: &Store,
    known: &Known,
    ask: CommitAsk,
) -> Result<Option<CommitView>, StoreError> {
    let Some(row) = store.commit_rows(&[ask.commit])?.pop() else {
        return Ok(None);
    };
    let files = store
        .files_of(ask.commit)?
        .into_iter()
        .map(|file| FileRow {
            path: file.path.label(),
            old_path: file.old_path.map(|path| path.label()),
            lines: file.lines,
            category: file.category,
            language: file.language.unwrap_or_default(),
        })
        .collect();
    Ok(Some(CommitView {
        id: ask.id,
        repos: row.repos.clone(),
        ties: Ties {
            branch: row.branch.clone(),
            twin_of: row.twin_of,
            squashed_by: row.squashed_by,
            squash_of: row.squash_of.clone(),
            reverts: row.reverts,
            reverted_by: row.reverted_by.clone(),
            mentions: row.mentions.clone(),
        },
        row: rows::one(known, rows::index_of(&known.data, ask.commit), row),
        files,
    }))
}
