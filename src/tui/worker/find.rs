//! What holds a text: the ids by which every page is narrowed to it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::sought::Sought;
use super::{Worker, items};
use crate::app::look::Found;
use crate::app::message::Message;
use crate::model::figure::Rows;
use crate::model::ids::TaskId;
use crate::store::StoreError;

impl Worker {
    /// Says which commits, tasks, reviews and stretches of recorded time hold `text`.
    pub(super) fn find(&mut self, text: String) -> Result<(), StoreError> {
        let commits = self.setting.store.find(&text)?;
        let tasks = self.find_items(&text)?;
        self.out.say(Message::Found(Found {
            text,
            commits: Arc::new(commits),
            tasks: Arc::new(tasks),
        }));
        Ok(())
    }

    fn find_items(&mut self, text: &str) -> Result<BTreeSet<TaskId>, StoreError> {
        let work = &self.known.data.work;
        let all = |n: usize| (0..u32::try_from(n).unwrap_or(u32::MAX)).collect();
        let every = [
            Rows::Tasks(all(work.tasks.len())),
            Rows::Given(all(work.given.len())),
            Rows::Entries(all(work.spent.len())),
        ];
        let sought = Sought::words(text);
        let mut ids = BTreeSet::new();
        for behind in every {
            let from = (&self.setting.store, &mut self.tasks);
            let made = items::rows(from, &self.known, &behind, &HashMap::new())?;
            let (_, mut rows) = made.unwrap_or_default();
            sought.items(&mut rows);
            ids.extend(rows.into_iter().map(|row| row.id));
        }
        Ok(ids)
    }
}
