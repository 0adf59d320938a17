//! What became of my lines: the slower pass behind `scan --lines`.
//!
//! Every line that a commit of mine brings to the default branch, in files that count, gets a number
//! and keeps it until a commit deletes or rewrites it. The pass goes through the branch's history,
//! parents first, and knows of each commit in flight which lines of which files are mine
//! ([`state`]); it opens a file only where a line of mine stands in it or is born. What is new and
//! what is gone is what numstat counts: the same differences, the same renames, the same shortest
//! edit ([`align`]). What happens where:
//!
//! - **A moved file** takes its lines along where git pairs it as a rename. Lines moved within a
//!   file, or to another one that git does not pair, die there and are born here.
//! - **A commit that only changes form** (recognised as a mass reformatting of mine, or listed in
//!   `.git-blame-ignore-revs`, whoever's) takes no line away and brings none, but for whole files
//!   that it adds or deletes: a line goes on where its text does. Lines joined into one live on
//!   together, as long as that one; of a line broken into several the first is it.
//! - **A revert** is a commit like any other: what it takes away dies, what it brings back is its
//!   own. The same holds for a file that is deleted and restored.
//! - **A merge**: a line that came from any side and stands in the result lives; one that stands in
//!   none of the result's files and had not ended on the way dies by the merge's author; what no
//!   side has is born by them. A side that was thrown away (`-s ours`) dies so.
//! - **Picked on two branches that are merged later**: both commits brought the line, and it is the
//!   same line from then on. Two picks on one branch are two births only as far as both added it.
//! - **A squash merge** is the commit that brought the lines; originals that the branch does not
//!   hold have no fates.
//! - **Deleted on two branches**: it died once, by the first on the way. Deleted on one and kept by
//!   the merge: it lives.
//! - **Two tips** (here and on `origin`) that went apart: a line is alive where both have it, or one
//!   does and nothing took it away.
//! - **A file that turns binary**, leaves for a path that does not count, or becomes a link to
//!   another repository ends its lines; text that replaces something binary is born whole.
//! - **An object that cannot be read** makes unknown what the commit brought and what became of the
//!   lines in that file: neither is counted.
//!
//! Of other people it keeps nothing but that a line was taken away on some day.

mod align;
mod annotation;
mod edit;
mod files;
mod history;
mod ledger;
mod merge;
mod pass;
mod request;
mod state;

use std::sync::atomic::Ordering;

use rustc_hash::FxHashSet;

use super::ahead;
use super::classify::{ATTRIBUTES_BYTES, Classifier};
use super::cut::{self, TORN};
use super::error::{About, GitError, Warning, shown};
use super::files as plain;
use super::ignored;
use super::judge::Judge;
use super::objects::{Kind, Objects};
use super::open::{self, Database};
use super::parse::Commit as Parsed;
use super::read::{Head, head};
use super::refs::{self, Refs};
use super::standins;
use super::sum::Sum;
use super::visit::{Bounds, Halt};
use crate::model::dataset::UNDATED;
use crate::model::ids::Oid;
use crate::model::moment::Moment;
use files::Files;
use history::{History, Step};
use ledger::{Doing, Ledger};
use pass::{Commit, Pass};
pub use request::{FollowRequest, Followed};
use state::State;

/// Between two looks at the stop flag, and two reports, so many commits are followed.
const LOOK_EVERY: usize = 64;
const REPORT_EVERY: usize = 1_024;

/// Follows the lines of my commits through the default branch; `None` when nothing has moved since
/// the pass of `request.last`, or another clone was followed further. `progress` hears how many
/// commits are done, and how many there are (0 while that is not known). Objects that cannot be read
/// cost a warning; the error says why the repository as a whole could not be read, or that it was
/// stopped.
pub fn follow(
    request: &FollowRequest<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Option<Followed>, GitError> {
    let place = request.place;
    let settings = open::check(place)?;
    let refs = refs::read(place)?;
    let shallow = cut::shallow(place)?;
    let replaced = standins::read(place)?;
    let repo = open::objects(place)?;
    let head = head(&repo, refs.speaker());
    let ignored = ignored::list(&repo, head.tree, &settings.ignored_in(place));
    let mut basis = cut::marks(&shallow, &replaced, &head.mailmap, request.me);
    basis.extend(mark_of(&ignored));
    basis.extend(&refs.default_tips);
    let tip_utc = newest(&repo, &refs, request)?;
    let is_older = request.newer_than.is_some_and(|other| tip_utc <= other);
    if request.last == basis || is_older {
        return Ok(None);
    }
    let bounds = Bounds {
        tips: &refs.default_tips,
        soft_tips: &[],
        frontier: &[],
        default_tips: &[],
        shallow: &shallow,
        replaced: &replaced,
    };
    let history = walked(request, &repo, &head, (bounds, progress))?;
    let ignored: FxHashSet<Oid> = ignored.into_iter().collect();
    let mut followed = run(request, (&repo, &head), (&history, &ignored), progress)?;
    if history.lost > 0 {
        basis.push(TORN);
    }
    (followed.basis, followed.tip_utc) = (basis, tip_utc);
    Ok(Some(followed))
}

/// A mark for the commits that are to be looked through; none where there are none.
fn mark_of(ignored: &[Oid]) -> Option<Oid> {
    let mut sum = Sum::default();
    for oid in ignored {
        sum.add(&oid.0);
    }
    let mut mark = [0; 20];
    mark[4..].copy_from_slice(&sum.bytes());
    (!ignored.is_empty()).then_some(Oid(mark))
}

/// When the newest of the default branch's tips was committed.
fn newest(repo: &Database, refs: &Refs, request: &FollowRequest<'_>) -> Result<i64, GitError> {
    let mut objects = reader(repo, request)?;
    let times = refs.default_tips.iter().filter_map(|tip| {
        let bytes = objects.read(*tip, Kind::Commit).ok()?;
        Some(Parsed::parse(&bytes)?.committed_utc())
    });
    Ok(times.max().unwrap_or(i64::MIN))
}

fn reader<'r>(repo: &'r Database, request: &FollowRequest<'_>) -> Result<Objects<'r>, GitError> {
    Objects::new(repo).map_err(|e| GitError::damaged(&request.place.path, &e.to_string()))
}

fn walked(
    request: &FollowRequest<'_>,
    repo: &Database,
    head: &Head,
    (bounds, progress): (Bounds<'_>, &mut dyn FnMut(u64, u64)),
) -> Result<History, GitError> {
    let place = request.place;
    let shelf = repo.shelf();
    std::thread::scope(|threads| {
        let (to, line) = ahead::line();
        threads.spawn(move || {
            // The walk opens the same objects and says what is wrong with them.
            if let Ok(repo) = open::objects_beside(place, shelf)
                && let Ok(objects) = Objects::new(&repo)
            {
                ahead::scout(objects, bounds, to);
            }
        });
        let source = ahead::History::ahead(reader(repo, request)?, line);
        let judge = Judge::new(request.me, &head.mailmap, request.since);
        let told = &mut |walked| progress(walked, 0);
        history::walk(source, bounds, judge, request.stop, told)
            .map_err(|Halt| GitError::Stopped(shown(&place.path)))
    })
}

fn run(
    request: &FollowRequest<'_>,
    (repo, head): (&Database, &Head),
    (history, ignored): (&History, &FxHashSet<Oid>),
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Followed, GitError> {
    let local = request.place.common_dir.join("info/attributes");
    // Unreadable, it says nothing, as in a tree.
    let local = plain::read_up_to(&local, ATTRIBUTES_BYTES as u64);
    let classifier = Classifier::new(head.tree, &local.ok().flatten().unwrap_or_default());
    let mut pass = Pass {
        files: Files::new(reader(repo, request)?, classifier, request.exclude),
        ledger: Ledger::default(),
        unreadable: 0,
    };
    let steps = &history.steps;
    let mut states: Vec<Option<State>> = vec![None; steps.len()];
    let mut needed = vec![0_u32; steps.len()];
    for parent in steps.iter().flat_map(|step| &step.parents) {
        needed[*parent as usize] += 1;
    }
    let is_tip: Vec<bool> = needed.iter().map(|children| *children == 0).collect();
    for (at, step) in steps.iter().enumerate() {
        if at % LOOK_EVERY == 0 && request.stop.load(Ordering::Relaxed) {
            return Err(GitError::Stopped(shown(&request.place.path)));
        }
        if at % REPORT_EVERY == 0 {
            progress(at as u64, steps.len() as u64);
        }
        let parents: Vec<State> = step
            .parents
            .iter()
            .filter_map(|parent| {
                let parent = *parent as usize;
                needed[parent] -= 1;
                // The last child takes it over; what the others share is not copied either.
                match needed[parent] {
                    0 => states[parent].take(),
                    _ => states[parent].clone(),
                }
            })
            .collect();
        let commit = Commit {
            turn: u32::try_from(at).unwrap_or(u32::MAX),
            tree: step.tree,
            followed: step.followed,
            reformat: ignored.contains(&step.oid) || (request.reformats)(step.oid),
            is_cut: step.is_cut,
        };
        states[at] = Some(taken(&mut pass, parents, commit));
    }
    progress(steps.len() as u64, steps.len() as u64);
    let tips = states.iter().zip(&is_tip).filter(|(_, is_tip)| **is_tip);
    let tips: Vec<&State> = tips.filter_map(|(state, _)| state.as_ref()).collect();
    let turns: Vec<Doing> = steps
        .iter()
        .map(|step| doing(step, request.now_utc))
        .collect();
    let (fates, lines_lost) = pass.ledger.sum(&tips, &turns);
    let warnings = (pass.unreadable > 0).then(|| Warning {
        path: shown(&request.place.path),
        about: About::NotFollowed(pass.unreadable),
    });
    Ok(Followed {
        walked: steps.len() as u64,
        commits_unknown: pass.ledger.commits() - fates.len() as u64,
        fates,
        lines_lost,
        warnings: warnings.into_iter().collect(),
        ..Followed::default()
    })
}

fn taken(pass: &mut Pass<'_>, mut parents: Vec<State>, commit: Commit) -> State {
    match (parents.pop(), parents.is_empty()) {
        (None, _) => pass.first(commit),
        (Some(only), true) => pass.only(only, commit),
        (Some(last), false) => {
            parents.push(last);
            pass.merge(parents, commit)
        }
    }
}

fn doing(step: &Step, now_utc: i64) -> Doing {
    let day = |at: Moment| at.day().filter(|_| at.is_dated(now_utc));
    let day = day(step.at.0).or_else(|| day(step.at.1));
    Doing {
        oid: step.oid,
        day: day.map_or(UNDATED, |day| day.to_epoch_days()),
        mine: step.mine,
    }
}
