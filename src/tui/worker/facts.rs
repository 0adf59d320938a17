//! What is stored, and how safely: said at the start and after every change.

use super::Worker;
use crate::app::message::Message;
use crate::app::view::{Facts, Kept, RepoLine};
use crate::metrics;
use crate::model::calendar::Calendar;
use crate::model::ids::LanguageId;
use crate::model::period::Range;
use crate::model::text::Clean;
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
            languages: self.languages(),
            sources: self.trackers(),
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

    /// The languages of commits, most commits first.
    fn languages(&self) -> Vec<(LanguageId, Clean, u64)> {
        let (data, names) = (&self.known.data, &self.known.labels.languages);
        // For each language the commits that touch it, and the last of them, from 1.
        let mut sums = vec![(0_u64, 0_usize); names.len()];
        for index in 0..data.len() {
            for at in data.changes_of(index) {
                let language = usize::from(data.changes.language[at].0);
                if let Some((count, last)) = sums.get_mut(language).filter(|sum| sum.1 <= index) {
                    (*count, *last) = (*count + 1, index + 1);
                }
            }
        }
        let rows = (0..).map(LanguageId).zip(names).zip(sums);
        let mut all: Vec<_> = rows
            .filter(|(_, (count, _))| *count > 0)
            .map(|((id, name), (count, _))| (id, name.clone(), count))
            .collect();
        all.sort_by_key(|(id, _, count)| (std::cmp::Reverse(*count), id.0));
        all
    }

    /// The trackers with the numbers of their tasks.
    fn trackers(&self) -> Vec<(Clean, u64)> {
        let tasks = &self.known.data.work.tasks;
        let named = (0_u16..).zip(&self.known.labels.sources);
        let count = |source| tasks.iter().filter(|task| task.source == source).count();
        named
            .map(|(source, name)| (name.clone(), count(source) as u64))
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
