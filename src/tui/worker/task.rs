//! One task with all that happened to it.

use std::collections::HashMap;

use super::Worker;
use crate::app::correct::shown;
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
        let correctable = self.correctable(id, &told.facts)?;
        let tasks = &self.known.data.work.tasks;
        let excluded = tasks.iter().any(|one| one.id == id && one.excluded);
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
        let mut about: Vec<Clean> = page.about.iter().map(|text| clean(text)).collect();
        if excluded {
            about.push(clean("left out of figures"));
        }
        let mut facts = page.facts;
        let corrected = correctable.iter().filter(|line| line.corrected.is_some());
        facts.extend(corrected.map(|line| {
            let (fact, said) = (line.fact().as_str(), shown(&line.exported));
            let why = line.reason.as_ref();
            let why = why.map_or_else(String::new, |why| format!(": {}", why.as_str()));
            let why = why.replace(char::is_whitespace, " ");
            ("Changed", format!("{fact}, the export says {said}{why}"))
        }));
        Ok(Some(TaskView {
            id: ask.id,
            task: id,
            key,
            title,
            about,
            facts,
            correctable,
            excluded,
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
