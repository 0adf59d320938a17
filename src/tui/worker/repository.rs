//! One repository with its figures and what hangs together with it.

use std::collections::HashMap;

use super::{Worker, figures};
use crate::app::effect::{RepositoryAsk, Slot};
use crate::app::view::{RepositoryView, TaskShare};
use crate::model::text::Clean;
use crate::report::repository;
use crate::report::words;
use crate::store::StoreError;
use crate::tui::about;

/// How many tasks are shown: those with most commits.
const TASKS: usize = 400;

impl Worker {
    /// The repository that `ask` wants; `None` when it is not stored (any more).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn repository(
        &mut self,
        ask: &RepositoryAsk,
    ) -> Result<Option<RepositoryView>, StoreError> {
        let Some(row) = about::row(&self.setting.store, ask.repo)? else {
            return Ok(None);
        };
        let from = (&self.setting.store, &mut self.tasks);
        let page = figures::answer(from, &self.known, &ask.figures)?;
        let tasks = self.shares(ask)?;
        let targets = &self.setting.targets;
        // Generated repositories lie nowhere.
        let demo = self.setting.demo;
        let found = |dir: &std::path::Path| {
            demo || targets.iter().any(|target| target.place.common_dir == dir)
        };
        let about = about::about(&self.setting.store, &self.known.data, row, found)?;
        let lines = page.figure(Slot::Lines);
        Ok(Some(RepositoryView {
            left_out: lines.map_or_else(String::new, words::left_out),
            facts: repository::facts(&about, ask.figures.calendar.today()),
            marks: repository::marks(&about),
            gone: repository::is_gone(&about),
            places: about.places.into_iter().map(|(path, _)| path).collect(),
            name: about.name,
            notes: about.notes,
            tasks,
            page,
        }))
    }

    /// The tasks with commits there on these days.
    fn shares(&mut self, ask: &RepositoryAsk) -> Result<Vec<TaskShare>, StoreError> {
        let data = &self.known.data;
        let mut found = repository::tasks(data, ask.repo, ask.figures.about.range);
        found.truncate(TASKS);
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.tasks.rows(&self.setting.store, self.known.version)?;
        let titles: HashMap<i64, &Clean> =
            rows.iter().map(|row| (row.id, &row.facts.title)).collect();
        let share = |(at, commits): (u32, u64)| {
            let id = data.work.tasks.get(at as usize)?.id;
            let key = self.known.labels.tasks.get(at as usize)?.clone();
            let title = titles.get(&id.0).copied().cloned().unwrap_or_default();
            Some(TaskShare {
                id,
                key,
                title,
                commits,
            })
        };
        Ok(found.into_iter().filter_map(share).collect())
    }
}
