//! The Privacy page: the label in words, the self-test, and forgetting.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::Worker;
use crate::app::effect::PrivacyAsk;
use crate::app::message::Message;
use crate::app::privacy::forget::{Outcome, Takes, Target};
use crate::app::privacy::{Met, PrivacyView, SelfTest, TableView, Tried};
use crate::app::view::Offline;
use crate::guard::probe;
use crate::guard::roots::{self, RootsError};
use crate::model::ids::RepoId;
use crate::model::privacy::TableLabel;
use crate::model::remembered::Remembered;
use crate::model::text::Clean;
use crate::report::privacy_page;
use crate::store::{Action, Forget, Stamp, StoreError};
use crate::sync::label::{self, Given};

/// The last answer: counting every row takes a while, and is needed only when one of them may be another.
pub(super) type Told = (Key, PrivacyView);

/// All that the page is made of.
#[derive(Debug, PartialEq)]
pub(super) struct Key {
    stamp: Stamp,
    today: NaiveDate,
    offline: String,
}

impl Worker {
    /// Says the page.
    pub(super) fn privacy(&mut self, ask: PrivacyAsk) -> Result<(), StoreError> {
        let told = self.labelled(ask.today)?;
        let view = PrivacyView {
            id: ask.id,
            ..told.clone()
        };
        self.out.say(Message::Privacy(Box::new(view)));
        Ok(())
    }

    /// The page of this day, made anew only where a row may be another since.
    pub(super) fn labelled(&mut self, today: NaiveDate) -> Result<&PrivacyView, StoreError> {
        let key = Key {
            stamp: self.setting.store.stamp()?,
            today,
            offline: self.setting.seen.offline.clone(),
        };
        let told = match self.told.take() {
            Some((last, view)) if last == key => view,
            _ => self.label(today)?,
        };
        Ok(&self.told.insert((key, told)).1)
    }

    /// Whether the page that was told last is true still.
    pub(super) fn is_told(&self) -> Result<bool, StoreError> {
        let stamp = self.setting.store.stamp()?;
        Ok(matches!(&self.told, Some((key, _)) if key.stamp == stamp))
    }

    /// The page that was told last is true of the store as it is now.
    pub(super) fn told_still(&mut self) -> Result<(), StoreError> {
        let stamp = self.setting.store.stamp()?;
        if let Some((key, _)) = &mut self.told {
            key.stamp = stamp;
        }
        Ok(())
    }

    fn label(&self, today: NaiveDate) -> Result<PrivacyView, StoreError> {
        let seen = self.setting.seen.clone();
        let given = Given {
            place: seen.place,
            files: seen.files,
            offline: seen.offline,
            layers: seen.layers,
            today,
        };
        let store = &self.setting.store;
        let label = label::of(Some(store), given)?;
        // Of a year that is made anew each time there is nothing to keep elsewhere.
        let receipt = if self.setting.demo {
            None
        } else {
            store.audit_receipt()?
        };
        let table = |table: &TableLabel| TableView {
            name: table.table,
            rows: privacy_page::columns(table, today),
        };
        Ok(PrivacyView {
            id: 0,
            parts: privacy_page::parts(&label, receipt.as_deref(), today),
            tables: label.tables.iter().map(table).collect(),
        })
    }

    /// Tries from this thread, which the lock holds like every other one, what the lock refuses.
    /// What gets through takes the badge back.
    pub(super) fn self_test(&mut self) -> Result<(), StoreError> {
        let rows = probe::self_test();
        let tried: Vec<Tried> = rows
            .iter()
            .map(|row| Tried {
                name: row.name.to_owned(),
                met: match (row.passes(), row.refused()) {
                    (false, _) => Met::Nothing,
                    (true, true) => Met::Refusal,
                    (true, false) => Met::Aside,
                },
                outcome: row.words(),
            })
            .collect();
        let through: Vec<&str> = tried
            .iter()
            .filter(|one| one.met == Met::Nothing)
            .map(|one| one.name.as_str())
            .collect();
        if let (Offline::Kernel, Some(first)) = (&self.setting.offline, through.first()) {
            let why = format!("the self-test got through: {first}");
            self.setting.seen.offline = format!("OFFLINE: by build only ({why})");
            self.setting.offline = Offline::BuildOnly(Clean::label(why.as_bytes()));
        }
        if self.setting.store.file().is_some() {
            let (object, n) = probe::logged(&rows);
            self.setting.store.audit(Action::SelfTest, object, n)?;
        }
        let badge = self.setting.seen.offline.clone();
        self.out.say(Message::SelfTested(SelfTest { tried, badge }));
        self.say_facts()
    }

    /// Says how much forgetting would take, counted in the columns.
    pub(super) fn would_forget(&self, target: Target) {
        let commits = &self.known.data.commits;
        let count = match target {
            Target::Before(day) => {
                let day = day.to_epoch_days();
                commits.day.iter().filter(|at| **at < day).count()
            }
            Target::Repository(repo) => {
                let at = self.known.data.repos.iter().position(|id| *id == repo);
                let is = |row: &&u16| Some(usize::from(**row)) == at;
                commits.repo.iter().filter(is).count()
            }
        };
        self.out.say(Message::WouldForget(Takes {
            target,
            commits: count as u64,
        }));
    }

    /// Forgets, looks for what is gone in the bytes of the file, and says what came of it.
    pub(super) fn forget(&mut self, target: Target) -> Result<(), StoreError> {
        let (what, places) = match target {
            Target::Repository(repo) => (Forget::Repository(repo), self.places(repo)?),
            Target::Before(day) => (Forget::Before(day), Vec::new()),
        };
        let erased = self.setting.store.forget(&what);
        // Any forgetting takes the note of it away.
        self.left = Remembered::default();
        let outcome = match (erased, self.unregister(&places)) {
            (Ok(erased), Ok(())) => Outcome::Erased {
                commits: erased.commits,
                sought: erased.sought,
            },
            (Ok(_), Err(why)) => failed(&format!(
                "its rows are gone, but the list of repositories still names it: {why}"
            )),
            (Err(error), _) => failed(&error.to_string()),
        };
        self.out.say(Message::Forgot(outcome));
        // Also after a failure: rows can be gone whose bytes are not.
        self.reload()
    }

    /// Where a repository lies.
    fn places(&self, repo: RepoId) -> Result<Vec<PathBuf>, StoreError> {
        let all = self.setting.store.repositories()?.into_iter();
        let of = all.filter(|one| one.id == repo);
        Ok(of.flat_map(|one| one.places).map(|at| at.path).collect())
    }

    /// Takes forgotten places from the list of repositories: their paths are words too.
    fn unregister(&self, places: &[PathBuf]) -> Result<(), RootsError> {
        let Some(file) = self.setting.roots.as_ref().filter(|_| !places.is_empty()) else {
            return Ok(());
        };
        let key = self.setting.store.data_key();
        let mut list = match key {
            Some(key) => roots::read_through(file, |bytes| key.open(bytes))?,
            None => roots::read(file)?,
        };
        let before = list.len();
        list.retain(|root| !places.contains(&root.path));
        if list.len() == before {
            return Ok(());
        }
        match key {
            Some(key) => roots::write_through(file, &list, |bytes| key.seal(bytes)),
            None => roots::write(file, &list),
        }
    }
}

fn failed(why: &str) -> Outcome {
    Outcome::Failed(Clean::label(why.as_bytes()))
}
