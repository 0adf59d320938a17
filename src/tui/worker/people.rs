//! The authors to choose from while nobody is "me": shown, never stored.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use super::{Out, Worker, internal};
use crate::app::message::{Message, PersonLine};
use crate::model::identity::Address;
use crate::model::person::{Person, joined};
use crate::sources::git;
use crate::tui::{Target, panics};

/// Of one address, so many names are listed.
const NAMES: usize = 8;

impl Worker {
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
