//! What is told once the walk is over: where each commit of mine was seen, and how commits hang
//! together.

use rustc_hash::{FxHashMap, FxHashSet};

use super::branches;
use super::brought::Brought;
use super::graph::{Graph, Node, mark};
use super::judge::Judge;
use super::landing;
use super::message::Hex;
use super::notes::Notes;
use super::objects::{Kind, Objects};
use super::parse::Commit;
use super::refs::Refs;
use super::request::{Event, Request};
use super::traces::Traces;
use super::visit::{Halt, Outcome};
use crate::model::history::{Relation, Source};
use crate::model::ids::Oid;
use crate::model::text::Clean;

/// Takes an event; the error ends the reading.
pub(super) type Send<'a> = dyn FnMut(Event) -> Result<(), Halt> + 'a;

/// Everything that a reading knows at the end of its walk.
pub(super) struct After<'a, 'o> {
    /// What was asked.
    pub(super) request: &'a Request<'a>,
    /// The refs.
    pub(super) refs: &'a Refs,
    /// Stash entries and reflogs.
    pub(super) traces: &'a Traces,
    /// The walk.
    pub(super) walked: &'a mut Outcome,
    /// The walk over what the default branch holds since the last reading; empty when that is
    /// part of the other one.
    pub(super) landed: &'a Outcome,
    /// The walk over what the default branch no longer holds; empty likewise.
    pub(super) withdrawn: &'a Outcome,
    /// The walk was over all of history.
    pub(super) whole: bool,
    /// What messages told.
    pub(super) notes: &'a Notes,
    /// A reader of objects.
    pub(super) objects: &'a mut Objects<'o>,
}

impl After<'_, '_> {
    /// Tells all of it; the branches with commits of mine that have not landed come back.
    pub(super) fn tell(
        &mut self,
        judge: &mut Judge<'_>,
        send: &mut Send<'_>,
    ) -> Result<Vec<(Oid, Oid)>, Halt> {
        let mut branches = self.sightings(send)?;
        for pairing in &self.notes.pairings {
            send(Event::Relation(pairing.clone()))?;
        }
        self.reverts(send)?;
        let (squashes, pending) = landing::search(self, judge);
        self.rewritten(&squashes, send)?;
        for squash in squashes {
            send(Event::Relation(squash))?;
        }
        self.lists(send)?;
        self.mine_too(&mut branches);
        for event in self.traces.events() {
            let mut event = event.clone();
            event.branch = event.branch.filter(|name| branches.contains(name));
            send(Event::Relation(Relation::RefEvent(event)))?;
        }
        Ok(pending)
    }

    /// Whether `oid` is a commit of mine, walked now or stored before.
    pub(super) fn is_mine(&self, oid: Oid) -> bool {
        let marked = |graph: &Graph| {
            let node = graph.find(oid);
            node.is_some_and(|node| graph.has(node, mark::MINE))
        };
        marked(&self.walked.graph) || marked(&self.landed.graph) || (self.request.known)(oid)
    }

    /// Tells where commits of mine were seen; the branches that hold one come back.
    fn sightings(&mut self, send: &mut Send<'_>) -> Result<FxHashSet<Clean>, Halt> {
        let default = self.refs.default_name.as_ref();
        let mut branches = FxHashSet::default();
        self.mark_sources();
        let graph = &mut self.walked.graph;
        let unlanded = branches::unlanded(graph, &self.refs.branches);
        let graph = &self.walked.graph;
        let mut brought = Brought::new(graph, &self.refs.default_tips);
        for (oid, on_default_branch) in &self.walked.mine {
            let Some(node) = graph.find(*oid) else {
                continue;
            };
            let made_on = self.traces.logs.made_on.get(oid);
            let branch = match made_on.filter(|name| Some(*name) != default) {
                Some(name) => Some(name.clone()),
                None if *on_default_branch => {
                    let objects = &mut *self.objects;
                    brought.name(node, default, &mut |node| message(objects, graph.oid(node)))
                }
                None => unlanded.get(&node).cloned(),
            };
            branches.extend(branch.clone());
            send(Event::Sighting {
                oid: *oid,
                on_default_branch: *on_default_branch,
                source: self.source(node),
                branch,
            })?;
        }
        self.landings(&mut branches, send)?;
        self.withdrawals(send)?;
        Ok(branches)
    }

    /// Commits of mine from before that the default branch no longer holds. What leads to them now
    /// was told before, or nothing does.
    fn withdrawals(&self, send: &mut Send<'_>) -> Result<(), Halt> {
        let walked = &self.walked.graph;
        for (oid, _) in &self.withdrawn.mine {
            let told = walked.find(*oid).is_some_and(|node| walked.is_new(node));
            if !told {
                send(Event::Sighting {
                    oid: *oid,
                    on_default_branch: false,
                    source: Source::Reflog,
                    branch: None,
                })?;
            }
        }
        Ok(())
    }

    /// Commits of mine from before that the default branch has come to hold.
    fn landings(
        &mut self,
        branches: &mut FxHashSet<Clean>,
        send: &mut Send<'_>,
    ) -> Result<(), Halt> {
        let default = self.refs.default_name.as_ref();
        let (walked, graph) = (&self.walked.graph, &self.landed.graph);
        let mut brought = Brought::new(graph, &self.refs.default_tips);
        for (oid, _) in &self.landed.mine {
            let told = walked.find(*oid).is_some_and(|node| walked.is_new(node));
            let Some(node) = graph.find(*oid).filter(|_| !told) else {
                continue;
            };
            let objects = &mut *self.objects;
            let branch = brought.name(node, default, &mut |node| message(objects, graph.oid(node)));
            branches.extend(branch.clone());
            send(Event::Sighting {
                oid: *oid,
                on_default_branch: true,
                source: Source::Ref,
                branch,
            })?;
        }
        Ok(())
    }

    /// Marks what refs and stash entries lead to, where something else led to commits too.
    fn mark_sources(&mut self) {
        if self.traces.frontier().next().is_none() {
            return;
        }
        let graph = &mut self.walked.graph;
        for oid in &self.refs.tips {
            if let Some(node) = graph.find(*oid) {
                graph.spread(node, mark::REF, |_, _, _| {});
            }
        }
        for oid in self.traces.bases() {
            if let Some(node) = graph.find(oid) {
                graph.spread(node, mark::STASH, |_, _, _| {});
            }
        }
    }

    fn source(&self, node: Node) -> Source {
        let graph = &self.walked.graph;
        if self.traces.frontier().next().is_none() || graph.has(node, mark::REF | mark::DEFAULT) {
            Source::Ref
        } else if graph.has(node, mark::STASH) {
            Source::Stash
        } else {
            Source::Reflog
        }
    }

    fn reverts(&self, send: &mut Send<'_>) -> Result<(), Halt> {
        for (commit, hex) in &self.notes.reverts {
            let reverted = hex.whole().or_else(|| self.walked_id(hex));
            if let Some(reverted) = reverted.filter(|oid| oid != commit && self.is_mine(*oid)) {
                send(Event::Relation(Relation::Reverts {
                    commit: *commit,
                    reverted,
                }))?;
            }
        }
        Ok(())
    }

    /// The only walked commit whose id starts with `hex`.
    fn walked_id(&self, hex: &Hex) -> Option<Oid> {
        let graph = &self.walked.graph;
        let mut all = graph.nodes().map(|node| graph.oid(node));
        let one = all.find(|oid| hex.begins(*oid))?;
        all.all(|oid| !hex.begins(oid)).then_some(one)
    }

    /// Tells what an amend or a rebase put in place of something, unless it is one commit in place
    /// of several: those are `squashes`.
    fn rewritten(&mut self, squashes: &[Relation], send: &mut Send<'_>) -> Result<(), Halt> {
        let squashes = squashes.iter().filter_map(|relation| match relation {
            Relation::Squash { squash, .. } => Some(*squash),
            _ => None,
        });
        let squashes: FxHashSet<Oid> = squashes.collect();
        for (old, new) in &self.traces.logs.rewritten {
            if squashes.contains(new) || !self.is_mine(*old) || !self.is_mine(*new) {
                continue;
            }
            // A rebase that rewords a commit it copied tells the copy's parent.
            let parents = parents(self.objects, *new);
            if parents.is_some_and(|parents| !parents.contains(old)) {
                send(Event::Relation(Relation::Replaced {
                    old: *old,
                    new: *new,
                }))?;
            }
        }
        Ok(())
    }

    /// Squashes whose messages list what they were squashed from.
    fn lists(&self, send: &mut Send<'_>) -> Result<(), Halt> {
        for list in &self.notes.lists {
            let members = list.commits.iter().copied();
            let members: Vec<Oid> = members
                .filter(|oid| *oid != list.squash && self.is_mine(*oid))
                .collect();
            if !members.is_empty() {
                send(Event::Relation(Relation::Squash {
                    squash: list.squash,
                    at: list.at,
                    mine: list.mine,
                    members,
                }))?;
            }
        }
        Ok(())
    }

    /// Adds the branches that hold a commit of mine from before this walk.
    fn mine_too(&self, branches: &mut FxHashSet<Clean>) {
        let made_on: &FxHashMap<Oid, Clean> = &self.traces.logs.made_on;
        let made = made_on.iter().filter(|(oid, _)| self.is_mine(**oid));
        branches.extend(made.map(|(_, name)| name.clone()));
        let graph = &self.walked.graph;
        for branch in &self.refs.branches {
            let landed = graph
                .find(branch.tip)
                .is_some_and(|node| graph.has(node, mark::DEFAULT));
            if !landed && self.is_mine(branch.tip) {
                branches.extend(branch.name.clone());
            }
        }
        let on_default = self.walked.mine.iter().any(|(_, on_default)| *on_default)
            || !self.landed.mine.is_empty()
            || self.refs.default_tips.iter().any(|tip| self.is_mine(*tip));
        if on_default {
            branches.extend(self.refs.default_name.clone());
        }
    }
}

/// The message of a commit; `None` when it cannot be read.
fn message(objects: &mut Objects<'_>, oid: Oid) -> Option<Vec<u8>> {
    let bytes = objects.read(oid, Kind::Commit).ok()?;
    Some(Commit::parse(&bytes)?.message().to_vec())
}

/// The parents of a commit; `None` when it cannot be read.
fn parents(objects: &mut Objects<'_>, oid: Oid) -> Option<Vec<Oid>> {
    let bytes = objects.read(oid, Kind::Commit).ok()?;
    Some(Commit::parse(&bytes)?.parents().collect())
}
