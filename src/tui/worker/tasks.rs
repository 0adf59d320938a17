//! The texts of tasks, read once for each state of the record: only lists and explanations of task
//! figures need them.

use super::Worker;
use crate::app::palette;
use crate::app::rank::{self, TaskHit};
use crate::model::ids::TaskId;
use crate::report::trackers::Trackers;
use crate::store::{Store, StoreError, TaskRow};

/// The tasks as they are stored.
#[derive(Default)]
pub(super) struct Tasks {
    /// Of which version of what is known; 0 = never read.
    version: u64,
    rows: Vec<TaskRow>,
    trackers: Trackers,
}

impl Tasks {
    /// Reads them where they are not those of `version`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn fresh(&mut self, store: &Store, version: u64) -> Result<&Self, StoreError> {
        if self.version != version {
            self.rows = store.tasks()?;
            self.trackers = Trackers::new();
            for task in &self.rows {
                let coverage = self.trackers.entry(task.facts.source.clone());
                coverage
                    .or_default()
                    .add_folded(&task.facts, &task.moves, &task.timeline);
            }
            self.version = version;
        }
        Ok(self)
    }

    /// Every task.
    pub(super) fn rows(&mut self, store: &Store, version: u64) -> Result<&[TaskRow], StoreError> {
        Ok(&self.fresh(store, version)?.rows)
    }

    /// What every tracker's imports hold.
    pub(super) fn trackers(
        &mut self,
        store: &Store,
        version: u64,
    ) -> Result<&Trackers, StoreError> {
        Ok(&self.fresh(store, version)?.trackers)
    }
}

impl Worker {
    /// The tasks that answer `text` by key or title, the best first, no more than the palette
    /// offers at a time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn find_tasks(&mut self, text: &str) -> Result<Vec<TaskHit>, StoreError> {
        let rows = self.tasks.rows(&self.setting.store, self.known.version)?;
        let all = rows
            .iter()
            .map(|row| (TaskId(row.id), &row.facts.key, &row.facts.title));
        Ok(rank::tasks(text, all, palette::TASKS))
    }
}
