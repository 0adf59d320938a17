//! One task with all that happened to it.

use std::collections::HashMap;

use super::Worker;
use crate::app::effect::{TaskAsk, Which};
use crate::app::view::{Stay, TaskEvent, TaskView};
use crate::model::calendar::Calendar;
use crate::model::ids::{CommitId, Oid, TaskId};
use crate::model::text::Clean;
use crate::report::task::{self, Telling};
use crate::store::{StoreError, TaskRow};
use crate::tui::story;

impl Worker {
    /// The task that `ask` wants; `None` when it is not stored (any more).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn task(&mut self, ask: &TaskAsk) -> Result<Option<TaskView>, StoreError> {
        let Some(row) = self.wanted(&ask.which)? else {
            return Ok(None);
        };
        let store = &self.setting.store;
        let id = TaskId(row.id);
        let (key, title) = (row.facts.key.clone(), row.facts.title.clone());
        let recorded = story::recorded(&self.known.data, id);
        let told = story::story(store, row, (ask.now_utc, recorded))?;
        let (words, _) = store.rules();
        let telling = Telling {
            words: &words,
            now_utc: ask.now_utc,
        };
        let calendar = Calendar {
            now: self.setting.clock.now(),
            ..self.setting.calendar.clone()
        };
        let page = task::page(&told, telling, &calendar);
        let commits = self.commits(id)?;
        let clean = |text: &str| Clean::label(text.as_bytes());
        let event = |one: task::Happened| TaskEvent {
            at: one.at,
            not_before: one.not_before,
            what: one.what,
            text: clean(&one.text),
            note: one.note,
            commit: one.oid.and_then(|oid| commits.get(&oid).copied()),
        };
        let stay = |(stage, seconds, lasts)| Stay {
            stage,
            seconds,
            lasts,
        };
        Ok(Some(TaskView {
            id: ask.id,
            task: id,
            key,
            title,
            about: page.about.iter().map(|text| clean(text)).collect(),
            facts: page.facts,
            stays: page.stays.into_iter().map(stay).collect(),
            took: page.took,
            sums: page.sums,
            events: page.events.into_iter().map(event).collect(),
            unknown: page.unknown.into_iter().map(str::to_owned).collect(),
        }))
    }

    fn wanted(&mut self, which: &Which) -> Result<Option<TaskRow>, StoreError> {
        let store = &self.setting.store;
        Ok(match which {
            Which::Key(key) => store.task(key.as_str())?.into_iter().next(),
            Which::Id(id) => {
                let all = self.tasks.rows(store, self.known.version)?;
                all.iter().find(|row| row.id == id.0).cloned()
            }
        })
    }

    /// The commits of a task by their object ids.
    fn commits(&self, task: TaskId) -> Result<HashMap<Oid, CommitId>, StoreError> {
        let store = &self.setting.store;
        let ids: Vec<CommitId> = store
            .commits_of(task)?
            .into_iter()
            .map(|one| one.0)
            .collect();
        let rows = store.commit_rows(&ids)?;
        Ok(rows.into_iter().map(|row| (row.oid, row.id)).collect())
    }
}
