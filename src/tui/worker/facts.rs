//! What is stored, and how safely: said at the start and after every change.

use super::Worker;
use crate::app::message::Message;
use crate::app::view::{Facts, Kept, RepoLine};
use crate::metrics;
use crate::model::calendar::Calendar;
use crate::model::period::Range;
use crate::store::StoreError;

impl Worker {
    /// Says what is known now.
    pub(super) fn say_facts(&self) -> Result<(), StoreError> {
        let store = &self.setting.store;
        let mut repos = self.repositories();
        repos.sort_by(|a, b| a.name.cmp(&b.name));
        let facts = Facts {
            commits: self.known.data.len() as u64,
            tasks: self.known.data.work.tasks.len() as u64,
            extent: self.extent(),
            repos,
            me: store.me()?.addresses().cloned().collect(),
            kept: match store.file() {
                Some(_) if store.is_sealed() => Kept::Sealed,
                Some(_) => Kept::Plain,
                None => Kept::Memory,
            },
            demo: self.setting.demo,
            offline: self.setting.offline.clone(),
            notes: self.notes()?,
            outbox: self.outbox(),
            store: self.setting.store_path.clone(),
            last_scan: self.scans.last_end(),
        };
        self.out.say(Message::Facts(Box::new(facts)));
        Ok(())
    }

    /// The repositories, counted in the columns: asking the store would walk an index of every
    /// commit before the first frame.
    fn repositories(&self) -> Vec<RepoLine> {
        let data = &self.known.data;
        let mut commits = vec![0_u64; data.repos.len()];
        for repo in &data.commits.repo {
            if let Some(count) = commits.get_mut(usize::from(*repo)) {
                *count += 1;
            }
        }
        let named = data.repos.iter().zip(&self.known.labels.repos).zip(commits);
        named
            .map(|((id, name), commits)| RepoLine {
                id: *id,
                name: name.clone(),
                commits,
            })
            .collect()
    }

    /// First and last believed day with a commit, stretched to today.
    fn extent(&self) -> Option<Range> {
        let now = self.setting.clock.now();
        let today = Calendar {
            now,
            ..self.setting.calendar.clone()
        }
        .today();
        let extent = metrics::extent(&self.known.data)?;
        Some(Range::new(extent.from, extent.to.max(today)))
    }
}
