//! What messages tell on the way past them, to be understood once the walk is over.

use std::hash::{Hash, Hasher};

use memchr::memmem::Finder;
use rustc_hash::FxHasher;

use super::judge::Judge;
use super::message::{self, Hex};
use super::parse::{Commit, Ident};
use crate::model::commit::CommitRecord;
use crate::model::history::Relation;
use crate::model::ids::Oid;
use crate::model::moment::Moment;

/// A commit whose message lists the commits it was squashed from.
#[derive(Debug)]
pub(super) struct List {
    /// The commit.
    pub(super) squash: Oid,
    /// Its author date.
    pub(super) at: Moment,
    /// It is mine.
    pub(super) mine: bool,
    /// What it lists, sorted, whoever wrote it.
    pub(super) commits: Vec<Oid>,
}

/// Everything noted during one walk.
pub(super) struct Notes {
    co_author: Finder<'static>,
    squashed: Finder<'static>,
    /// Commits of mine, and what they say they take back.
    pub(super) reverts: Vec<(Oid, Hex)>,
    /// Commits of others that name me as co-author.
    pub(super) pairings: Vec<Relation>,
    /// Commits with a list.
    pub(super) lists: Vec<List>,
    /// Commits of mine, and what stays the same when one is rebased: who, when and the summary.
    pub(super) keys: Vec<(Oid, u64)>,
}

impl Default for Notes {
    fn default() -> Self {
        Self {
            // As everybody writes it but those who write all of it in capitals.
            co_author: Finder::new("uthored-"),
            squashed: Finder::new(message::SQUASHED),
            reverts: Vec::new(),
            pairings: Vec::new(),
            lists: Vec::new(),
            keys: Vec::new(),
        }
    }
}

impl Notes {
    /// Notes what `commit` tells. It stands in the way of every commit of everybody: two searches
    /// of the message, and rarely more.
    pub(super) fn take(
        &mut self,
        judge: &mut Judge<'_>,
        oid: Oid,
        commit: &Commit<'_>,
        record: Option<&CommitRecord>,
    ) {
        let message = commit.message();
        let mine = record.is_some();
        if let Some(record) = record {
            self.keys.push((oid, key(record)));
            let reverts = message::reverted(message).into_iter();
            self.reverts.extend(reverts.map(|hex| (oid, hex)));
        } else if self.co_author.find(message).is_some() {
            self.pairing(judge, oid, commit);
        }
        if self.squashed.find(message).is_some() {
            let commits = message::listed(message);
            if commits.len() > 1 {
                self.lists.push(List {
                    squash: oid,
                    at: Ident::parse(commit.author).at,
                    // Too old to be wanted is mine all the same.
                    mine: mine || judge.address(commit).is_some(),
                    commits,
                });
            }
        }
    }

    fn pairing(&mut self, judge: &mut Judge<'_>, oid: Oid, commit: &Commit<'_>) {
        let named = message::co_authors(commit.message())
            .find_map(|(name, email)| judge.co_author(name, email));
        let Some(address) = named else {
            return;
        };
        let at = Ident::parse(commit.author).at;
        // One of mine from before the first day that is wanted is no pairing.
        if judge.is_wanted(at) && judge.address(commit).is_none() {
            self.pairings.push(Relation::Pairing { oid, at, address });
        }
    }
}

fn key(record: &CommitRecord) -> u64 {
    let mut hasher = FxHasher::default();
    (&record.author, record.authored, &record.summary).hash(&mut hasher);
    hasher.finish()
}
