//! Reads a repository: the walk on one thread, the line counters on two more, and everything
//! they find handed to the caller on the caller's own thread.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;

use rustc_hash::FxHashSet;

use super::after::{self, After};
use super::ahead::{self, Batch, History};
use super::cut::{self, TORN};
use super::error::{About, GitError, Warning, shown};
use super::events;
use super::ignored;
use super::judge::Judge;
use super::landed;
use super::lookup;
use super::mailmap::{MAILMAP_BYTES, Mailmap};
use super::notes::Notes;
use super::objects::{Kind, Objects};
use super::open::{self, Database};
use super::pack::Shelf;
use super::parse::Commit;
use super::refs::{self, Refs};
use super::remote;
use super::request::{Event, Reading, RepoFacts, Request, Stop};
use super::sender::Sender;
use super::settings::Settings;
use super::standins;
use super::traces::{self, Traces};
use super::visit::{Bounds, Halt, Outcome, Visitor};
use super::walk::Walk;
use super::worker::{self, Tally};
use crate::model::history::Relation;
use crate::model::ids::Oid;
use crate::model::place::Place;

/// How many threads count lines, and how many portions of commits may wait: with what may wait on
/// the way back ([`events`]) the bound of what is in memory.
const WORKERS: usize = 2;
const PORTIONS_WAITING: usize = 16;

/// Reads what is new in a repository since `request.frontier` and hands it to `sink` as it is
/// found. Objects that are missing or damaged cost the lines of their commits and a warning;
/// the error says why the repository as a whole could not be read, or that it was stopped.
pub fn read(
    request: &Request<'_>,
    sink: &mut dyn FnMut(Event) -> Result<(), Stop>,
) -> Result<Reading, GitError> {
    let place = request.place;
    let settings = open::check(place)?;
    let refs = refs::read(place)?;
    let shallow = cut::shallow(place)?;
    let replaced = standins::read(place)?;
    let mut reading = Reading {
        facts: facts(&settings, &refs, &shallow),
        ..Reading::default()
    };
    let repo = open::objects(place)?;
    let head = head(&repo, refs.speaker());
    let marks = cut::marks(&shallow, &replaced, &head.mailmap, request.me);
    let frontier = cut::valid_frontier(request.frontier, &marks);
    let traces = traces(request, &refs, &repo, &head.mailmap);
    let soft_tips = traces.tips(&frontier);
    reading.tips.extend(marks);
    reading.tips.extend(&refs.tips);
    let stopped = |_: Stop| GitError::Stopped(shown(&place.path));
    let ignored = ignored::list(&repo, head.tree, &settings.ignored_in(place));
    sink(Event::Relation(Relation::Ignored(ignored))).map_err(stopped)?;
    reading.tips.extend(traces.frontier());
    reading.default_tips.clone_from(&refs.default_tips);
    let around = Around {
        refs: &refs,
        traces: &traces,
        bounds: Bounds {
            tips: &refs.tips,
            soft_tips: &soft_tips,
            frontier: &frontier.tips,
            default_tips: &refs.default_tips,
            shallow: &shallow,
            replaced: &replaced,
        },
    };
    let (outcome, tally) = run(request, &around, (repo, head), sink)?;
    reading.walked = outcome.walked;
    reading.pending.clone_from(&outcome.pending);
    reading.mine = outcome.mine.len() as u64;
    reading.lines_unknown = tally.unknown();
    reading.facts.roots.clone_from(&outcome.roots);
    if outcome.missing + outcome.damaged > 0 {
        reading.tips.push(TORN);
    }
    warn(request, &mut reading, &refs, &outcome, &tally);
    Ok(reading)
}

/// Stash entries and reflogs, as far as they may be read.
fn traces(request: &Request<'_>, refs: &Refs, repo: &Database, mailmap: &Mailmap) -> Traces {
    let mut judge = Judge::new(request.me, mailmap, request.since);
    let Ok(mut objects) = Objects::new(repo) else {
        return Traces::default();
    };
    traces::read(request, refs, &mut objects, &mut judge)
}

/// Every author of the repository walks past `visitor`, and the walk's totals come back.
pub(super) fn walk_all(
    place: &Place,
    stop: &AtomicBool,
    visitor: &mut impl Visitor,
) -> Result<(), GitError> {
    let refs = refs::read(place)?;
    let shallow = cut::shallow(place)?;
    let repo = open::objects(place)?;
    let bounds = Bounds {
        tips: &refs.tips,
        soft_tips: &[],
        frontier: &[],
        default_tips: &[],
        shallow: &shallow,
        replaced: &FxHashSet::default(),
    };
    let objects = reader(&repo, &place.path)?;
    match Walk::new(objects, bounds, stop, visitor).run() {
        Ok(_) => Ok(()),
        Err(Halt) => Err(GitError::Stopped(shown(&place.path))),
    }
}

/// What the commit at `HEAD` says about the whole repository.
#[derive(Default)]
pub(super) struct Head {
    /// Its tree, whose `.gitattributes` hold.
    pub(super) tree: Option<Oid>,
    /// The `.mailmap` in it.
    pub(super) mailmap: Mailmap,
}

/// Reads the commit `oid`; nothing is said where there is none or it is damaged.
pub(super) fn head(repo: &Database, oid: Option<Oid>) -> Head {
    let (Ok(mut objects), Some(oid)) = (Objects::new(repo), oid) else {
        return Head::default();
    };
    let tree = objects
        .read(oid, Kind::Commit)
        .ok()
        .and_then(|bytes| Commit::parse(&bytes).map(|commit| commit.tree));
    let mailmap = tree
        .and_then(|tree| lookup::file(&mut objects, tree, b".mailmap", MAILMAP_BYTES))
        .map_or_else(Mailmap::default, |bytes| Mailmap::parse(&bytes));
    Head { tree, mailmap }
}

/// One reader of the objects of the repository at `path`.
pub(super) fn reader<'a>(repo: &'a Database, path: &Path) -> Result<Objects<'a>, GitError> {
    Objects::new(repo).map_err(|e| GitError::damaged(path, &e.to_string()))
}

/// What a walk is given beside the question.
#[derive(Clone, Copy)]
struct Around<'a> {
    refs: &'a Refs,
    traces: &'a Traces,
    bounds: Bounds<'a>,
}

impl Around<'_> {
    /// Whether every tip was one of the last walk's too.
    fn is_walked(&self) -> bool {
        let past: FxHashSet<&Oid> = self.bounds.frontier.iter().collect();
        self.bounds.soft_tips.is_empty() && self.bounds.tips.iter().all(|tip| past.contains(tip))
    }
}

/// Starts the threads and passes on what they send, until all are done. Where nothing is to be
/// walked, no thread is needed.
fn run(
    request: &Request<'_>,
    around: &Around<'_>,
    (repo, head): (Database, Head),
    sink: &mut dyn FnMut(Event) -> Result<(), Stop>,
) -> Result<(Outcome, Tally), GitError> {
    let place = request.place;
    let stopped = || GitError::Stopped(shown(&place.path));
    if around.is_walked() {
        let outcome = stand_still(request, around, (&repo, &head), sink)?;
        return Ok((outcome, Tally::default()));
    }
    // Beside the caller's own flag: set when the sink wants no more or a thread failed.
    let halt = AtomicBool::new(false);
    let shelf = repo.shelf();
    let job = worker::Job {
        place,
        shelf: &shelf,
        root: head.tree,
        exclude: request.exclude,
        stop: request.stop,
        halt: &halt,
    };
    let (mailmap, halt) = (&head.mailmap, &halt);
    thread::scope(|threads| {
        let (events, inbox) = events::way();
        let (portions, waiting) = mpsc::sync_channel(PORTIONS_WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| {
                let (waiting, events) = (Arc::clone(&waiting), events.beside());
                threads.spawn(move || worker::work(&job, &waiting, events))
            })
            .collect();
        drop(waiting);
        let ahead = start_scout(threads, (place, &shelf), around.bounds);
        let walker = threads.spawn(move || {
            let judge = Judge::new(request.me, mailmap, request.since);
            let mut visitor = Sender::new(judge, request.known, portions, events, halt);
            let objects = reader(&repo, &place.path)?;
            let history = match ahead {
                Some(line) => History::ahead(objects, line),
                None => objects.into(),
            };
            let outcome = Walk::new(history, around.bounds, request.stop, &mut visitor).run();
            let mut outcome = outcome.map_err(|Halt| stopped())?;
            let (mut judge, notes, mut events) = visitor.end().map_err(|Halt| stopped())?;
            let send = &mut |event| events.send(event);
            after(
                request,
                around,
                &repo,
                (&mut outcome, &mut judge, &notes),
                send,
            )?;
            Ok(outcome)
        });
        let refused = pass_on(&inbox, sink).is_err();
        halt.store(refused, Ordering::Relaxed);
        // Whoever waits to send something is told that nobody listens.
        drop(inbox);
        let mut tally = Tally::default();
        let mut failure = None;
        for worker in workers {
            match join(worker) {
                Ok(one) => tally.add(&one),
                Err(error) => failure = Some(error),
            }
        }
        let outcome = join(walker);
        if let Some(error) = failure {
            return Err(error);
        }
        let outcome = outcome?;
        if refused || request.stop.load(Ordering::Relaxed) {
            return Err(stopped());
        }
        Ok((outcome, tally))
    })
}

/// A reading for which nothing is to be walked.
fn stand_still(
    request: &Request<'_>,
    around: &Around<'_>,
    (repo, head): (&Database, &Head),
    sink: &mut dyn FnMut(Event) -> Result<(), Stop>,
) -> Result<Outcome, GitError> {
    let mut judge = Judge::new(request.me, &head.mailmap, request.since);
    let (mut outcome, notes) = (Outcome::default(), Notes::default());
    let send = &mut |event| sink(event).map_err(|Stop| Halt);
    let nothing = Event::Walked {
        commits: 0,
        mine: 0,
    };
    send(nothing).map_err(|Halt| GitError::Stopped(shown(&request.place.path)))?;
    let found = (&mut outcome, &mut judge, &notes);
    after(request, around, repo, found, send)?;
    Ok(outcome)
}

/// Lets a scout read ahead of a walk over all of history. One that goes on from an earlier walk
/// knows best itself where to stop.
fn start_scout<'s>(
    threads: &'s thread::Scope<'s, '_>,
    (place, shelf): (&'s Place, &'s Shelf),
    bounds: Bounds<'s>,
) -> Option<Receiver<Batch>> {
    if !bounds.frontier.is_empty() {
        return None;
    }
    let (to, line) = ahead::line();
    threads.spawn(move || {
        // The walk opens the same objects and says what is wrong with them.
        if let Ok(repo) = open::objects_beside(place, shelf.clone())
            && let Ok(objects) = Objects::new(&repo)
        {
            ahead::scout(objects, bounds, to);
        }
    });
    Some(line)
}

/// Tells what is known once the walk is over.
fn after(
    request: &Request<'_>,
    around: &Around<'_>,
    repo: &Database,
    (outcome, judge, notes): (&mut Outcome, &mut Judge<'_>, &Notes),
    send: &mut after::Send<'_>,
) -> Result<(), GitError> {
    let path = &request.place.path;
    let stopped = |Halt| GitError::Stopped(shown(path));
    let landed =
        landed::walk(reader(repo, path)?, around.bounds, (request, judge)).map_err(stopped)?;
    let withdrawn = landed::withdrawn(
        reader(repo, path)?,
        around.bounds,
        (request, judge),
        &landed,
    );
    let mut objects = reader(repo, path)?;
    let mut after = After {
        request,
        refs: around.refs,
        traces: around.traces,
        walked: outcome,
        landed: &landed,
        withdrawn: &withdrawn.map_err(stopped)?,
        whole: around.bounds.frontier.is_empty(),
        notes,
        objects: &mut objects,
    };
    let pending = after.tell(judge, send).map_err(stopped)?;
    outcome.pending = pending;
    Ok(())
}

/// The thread's result; its panic goes on in this one.
fn join<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    match thread.join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn pass_on(
    inbox: &Receiver<Vec<Event>>,
    sink: &mut dyn FnMut(Event) -> Result<(), Stop>,
) -> Result<(), Stop> {
    inbox.iter().flatten().try_for_each(sink)
}

fn facts(settings: &Settings, refs: &Refs, shallow: &FxHashSet<Oid>) -> RepoFacts {
    RepoFacts {
        roots: Vec::new(),
        remote: settings.origin.as_deref().and_then(remote::normalised),
        default_branch: refs.default_name.clone(),
        shallow: !shallow.is_empty(),
        partial: settings.partial,
    }
}

/// One warning a kind, each with its count.
fn warn(
    request: &Request<'_>,
    reading: &mut Reading,
    refs: &Refs,
    outcome: &Outcome,
    tally: &Tally,
) {
    // In a partial clone a missing object is what its owner asked for, not damage.
    let (partial, damaged) = if reading.facts.partial {
        (tally.missing, tally.damaged)
    } else {
        (0, tally.missing + tally.damaged)
    };
    let first = refs.first_broken.clone().unwrap_or_default();
    let all = [
        (outcome.cut_off, About::Shallow(outcome.cut_off)),
        (tally.replaced, About::Replaced(tally.replaced)),
        (partial, About::Partial(partial)),
        (outcome.missing, About::MissingCommits(outcome.missing)),
        (outcome.damaged, About::DamagedCommits(outcome.damaged)),
        (damaged, About::DamagedLines(damaged)),
        (tally.too_large, About::TooLarge(tally.too_large)),
        (refs.broken, About::BrokenRefs(refs.broken, first)),
    ];
    let path = shown(&request.place.path);
    reading.warnings = all
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, about)| Warning {
            path: path.clone(),
            about,
        })
        .collect();
}
