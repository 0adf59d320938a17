//! How commits hang together and what was done to refs, in repositories made by real `git`.

#![cfg(unix)]
#![cfg(test)]

mod branches;
mod events;
mod increments;
mod messages;
mod squashes;

#[path = "../support/mod.rs"]
mod support;

use std::cell::Cell;

use inward::model::history::{RefEvent, RefEventKind, Relation, Source};
use inward::model::ids::Oid;
use support::{ADA, Lab, Told, done, git_in, me, read_with};

pub(crate) const BOB: &str = "bob@example.org";

/// A repository whose clock goes on by a minute with every command of [`Desk::run`].
pub(crate) struct Desk {
    pub(crate) lab: Lab,
    clock: Cell<i64>,
}

impl Desk {
    /// One commit of mine on `main`.
    pub(crate) fn new() -> Self {
        let desk = Self {
            lab: Lab::new(),
            clock: Cell::new(1_700_000_000),
        };
        desk.commit("base", "Begin");
        desk
    }

    /// `git args` as me, a minute later.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        self.run_as(ADA, args)
    }

    pub(crate) fn run_as(&self, email: &str, args: &[&str]) -> String {
        self.clock.set(self.clock.get() + 60);
        let date = format!("{} +0100", self.clock.get());
        let mut command = git_in(&self.lab.repo(), self.lab.home());
        command
            .env("GIT_AUTHOR_EMAIL", email)
            .env("GIT_COMMITTER_EMAIL", email)
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .env("GIT_EDITOR", "true")
            .env("GIT_SEQUENCE_EDITOR", "true");
        done(&command.args(args).output().unwrap())
    }

    /// Moves the clock by so many seconds.
    pub(crate) fn move_clock(&self, by: i64) {
        self.clock.set(self.clock.get() + by);
    }

    /// A line added to `file` and committed as me.
    pub(crate) fn commit(&self, file: &str, message: &str) -> Oid {
        self.commit_as(ADA, file, message)
    }

    pub(crate) fn commit_as(&self, email: &str, file: &str, message: &str) -> Oid {
        self.add_line(file);
        self.run_as(email, &["add", "-A"]);
        self.run_as(email, &["commit", "-q", "-m", message]);
        self.lab.head()
    }

    /// A line that stands nowhere else at the end of `file`.
    pub(crate) fn add_line(&self, file: &str) {
        let path = self.lab.repo().join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let line = format!("{file} {}\n", self.clock.get());
        self.lab.write(file, text + &line);
    }

    pub(crate) fn read(&self, reflog: bool) -> Told {
        let place = self.lab.place();
        read_with(&place, &me(&[ADA]), |request| request.reflog = reflog).unwrap()
    }

    /// The next reading after `past`, which stored all that it told.
    pub(crate) fn read_on(&self, past: &[&Told], reflog: bool) -> Told {
        let place = self.lab.place();
        let stored: Vec<Oid> = past.iter().flat_map(|told| told.oids()).collect();
        let landed = past.iter().flat_map(|told| &told.relations);
        let landed = landed.filter_map(|relation| match relation {
            Relation::Squash { members, .. } => Some(members.clone()),
            _ => None,
        });
        let landed: Vec<Oid> = landed.flatten().collect();
        let last = &past.last().unwrap().reading;
        read_with(&place, &me(&[ADA]), |request| {
            request.reflog = reflog;
            request.frontier = Box::leak(last.tips.clone().into_boxed_slice());
            request.default_tips = Box::leak(last.default_tips.clone().into_boxed_slice());
            request.pending = Box::leak(last.pending.clone().into_boxed_slice());
            request.known = Box::leak(Box::new(move |oid| stored.contains(&oid)));
            request.swallowed = Box::leak(Box::new(move |oid| landed.contains(&oid)));
        })
        .unwrap()
    }
}

/// What `told` says of a commit: what led to it, and its branch (`-`: none).
pub(crate) fn seen(told: &Told, oid: Oid) -> (Source, &str) {
    let (source, branch) = told.seen.get(&oid).expect("the commit was not sighted");
    (*source, branch.as_deref().unwrap_or("-"))
}

pub(crate) fn is_on_default(told: &Told, oid: Oid) -> bool {
    let mut all = told.sightings.iter().filter(|(one, _)| *one == oid);
    let (_, on_default) = all.next().expect("the commit was not sighted");
    assert!(all.next().is_none(), "sighted twice");
    *on_default
}

pub(crate) fn events(told: &Told) -> Vec<&RefEvent> {
    let events = told.relations.iter().filter_map(|relation| match relation {
        Relation::RefEvent(event) => Some(event),
        _ => None,
    });
    events.collect()
}

/// Kinds and branches of the events, in the order they were told.
pub(crate) fn acts(told: &Told) -> Vec<(RefEventKind, &str)> {
    events(told)
        .into_iter()
        .map(|event| {
            (
                event.kind,
                event.branch.as_ref().map_or("-", |name| name.as_str()),
            )
        })
        .collect()
}

pub(crate) fn replaced(told: &Told) -> Vec<(Oid, Oid)> {
    let pairs = told.relations.iter().filter_map(|relation| match relation {
        Relation::Replaced { old, new } => Some((*old, *new)),
        _ => None,
    });
    pairs.collect()
}
