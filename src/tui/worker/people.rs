//! The authors to choose from while nobody is "me": shown, never stored.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use chrono::TimeDelta;

use super::{Out, Worker, internal};
use crate::app::message::{Message, PersonLine};
use crate::model::identity::Address;
use crate::model::person::{Person, joined};
use crate::model::place::Place;
use crate::model::proposal::{self, Proposal};
use crate::model::text::Clean;
use crate::sources::git;
use crate::store::StoreError;
use crate::sync;
use crate::tui::{Target, panics};

/// Of one address, so many names are listed.
const NAMES: usize = 8;

/// An address that is not older than this is new.
const NEW: TimeDelta = TimeDelta::days(7);

/// Where to look for others who could be me, and why.
pub(super) enum Look {
    /// The owner asked.
    All,
    /// It is the first run.
    First,
    /// A scan walked new commits in these targets.
    News(BTreeSet<usize>),
}

impl Worker {
    /// Looks for others who could be me, on a thread of its own, and says so whatever comes out.
    pub(super) fn look_for_others(&self, look: &Look) -> Result<(), StoreError> {
        let (out, targets) = (self.out.clone(), Arc::clone(&self.setting.targets));
        let me = self.setting.store.me()?;
        let all = targets.iter().map(|target| &target.place);
        let mut names = sync::names(Some(&self.setting.store), all)?;
        let which: Vec<usize> = match look {
            Look::All | Look::First => (0..targets.len()).collect(),
            Look::News(which) => which.iter().copied().collect(),
        };
        let answer = self.answer_to(look, &names);
        let failed = answer.clone();
        let started = thread::Builder::new()
            .name("others".to_owned())
            .spawn(move || {
                let repos = which.iter().filter_map(|at| {
                    let name = names.get_mut(*at).map(mem::take)?;
                    Some((name, &targets.get(*at)?.place))
                });
                let found = panics::guarded(|| {
                    let stop = AtomicBool::new(false);
                    // The scan says what cannot be read.
                    let repos = sync::census(repos, &stop, &mut |_| {});
                    proposal::proposals(&me, &repos)
                });
                let found = found.unwrap_or_else(|place| {
                    out.failed(&internal(&place));
                    Vec::new()
                });
                out.say(answer(found));
            });
        if started.is_err() {
            self.out.say(failed(Vec::new()));
        }
        Ok(())
    }

    /// The targets that the store holds nothing of.
    pub(super) fn unread_targets(&self) -> Result<BTreeSet<usize>, StoreError> {
        let known = self.setting.store.repositories()?;
        let read = |place: &Place| {
            let mut places = known.iter().flat_map(|repo| &repo.places);
            places.any(|at| at.common_dir == place.common_dir)
        };
        let all = self.setting.targets.iter().enumerate();
        Ok(all
            .filter(|(_, target)| !read(&target.place))
            .map(|(at, _)| at)
            .collect())
    }

    /// What is said of those found.
    fn answer_to(
        &self,
        look: &Look,
        names: &[Clean],
    ) -> impl FnOnce(Vec<Proposal>) -> Message + Clone + Send + 'static {
        let news = matches!(look, Look::First);
        let some = matches!(look, Look::News(_));
        let new = self.setting.clock.now().date_naive() - NEW;
        let fresh: BTreeSet<Clean> = (self.scans.fresh.iter())
            .filter_map(|at| names.get(*at).cloned())
            .collect();
        move |mut all: Vec<Proposal>| {
            if some {
                // Of what was there long ago the owner knows, or does not care.
                all.retain(|one| {
                    let first = one.seen.iter().any(|(repo, _)| fresh.contains(repo));
                    let young = one.days.is_some_and(|days| days.0 >= new);
                    one.is_evidence() && (first || young)
                });
                return Message::MoreOthers(all.len());
            }
            Message::Proposals { all, news }
        }
    }

    /// Lists the authors on a thread of its own: a long history takes seconds.
    pub(super) fn list_people(&self) {
        let (out, targets) = (self.out.clone(), Arc::clone(&self.setting.targets));
        let started = thread::Builder::new()
            .name("people".to_owned())
            .spawn(move || {
                if let Err(place) = panics::guarded(|| list(&targets, &out)) {
                    out.failed(&internal(&place));
                }
            });
        if let Err(error) = started {
            self.out.failed(&format!(
                "the authors could not be listed: {error}; try again"
            ));
        }
    }
}

fn list(targets: &[Target], out: &Out) {
    let mut all: BTreeMap<Address, PersonLine> = BTreeMap::new();
    for target in targets {
        match git::people(&target.place, &AtomicBool::new(false)) {
            Ok(people) => people.into_iter().for_each(|person| add(&mut all, person)),
            Err(error) => out.failed(&error.to_string()),
        }
    }
    out.say(Message::People(all.into_values().collect()));
}

/// Joins what is known of one entry.
fn add(all: &mut BTreeMap<Address, PersonLine>, person: Person) {
    let address = person.mapped.unwrap_or(person.entry);
    let line = all.entry(address.clone()).or_insert_with(|| PersonLine {
        address,
        names: Vec::new(),
        days: None,
    });
    if !person.name.is_empty() {
        line.names.push(person.name);
    }
    line.names.sort();
    line.names.dedup();
    line.names.truncate(NAMES);
    line.days = joined(line.days, person.days);
}
