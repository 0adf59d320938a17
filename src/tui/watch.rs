//! Notices new commits while the dashboard is open: every few seconds the refs are looked at by
//! file times alone, nothing is read. Of a sealed store, which lives in memory, the generation on
//! the disk is looked at too: another process may have saved. Nothing new, nothing said, nothing
//! drawn.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use super::Target;
use super::clock::Clock;
use super::panics;
use super::worker::Job;
use crate::sources::git::{Stamp, stamp};
use crate::store::Store;
use crate::store::sealed::Door;

/// How often the refs are looked at.
const EVERY: Duration = Duration::from_secs(3);

/// Starts the watching thread. Its first look reports every target, which is the first scan.
///
/// # Errors
/// When the system has no thread left.
pub(super) fn start(
    (targets, saved): (Arc<[Target]>, Option<Saved>),
    clock: Clock,
    jobs: Sender<Job>,
) -> io::Result<()> {
    let mut saved = saved;
    if targets.is_empty() && saved.is_none() {
        return Ok(());
    }
    thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || {
            let mut watch = Watch::default();
            loop {
                let look = || {
                    let stamps = targets
                        .iter()
                        .map(|target| stamp(&target.place, false).ok());
                    watch.look(stamps.collect(), clock.now_utc())
                };
                // Without its watcher the dashboard still has the rescan key.
                let Ok(moved) = panics::guarded(look) else {
                    return;
                };
                if !moved.is_empty() && jobs.send(Job::RefsMoved(moved)).is_err() {
                    return;
                }
                let newer = saved.as_mut().is_some_and(Saved::look);
                if newer && jobs.send(Job::StoreMoved).is_err() {
                    return;
                }
                thread::sleep(EVERY);
            }
        })
        .map(drop)
}

/// The sealed store on the disk.
pub(super) struct Saved {
    door: Door,
    generation: u64,
}

impl Saved {
    /// As `store` was loaded; `None` unless it is sealed.
    pub(super) fn of(store: &Store) -> Option<Self> {
        Some(Self {
            door: store.door().filter(|_| store.is_sealed())?,
            generation: store.generation(),
        })
    }

    /// Whether it was saved since the last look.
    fn look(&mut self) -> bool {
        let now = self.door.generation().unwrap_or(self.generation);
        std::mem::replace(&mut self.generation, now) != now
    }
}

/// What the refs looked like.
#[derive(Default)]
struct Watch {
    /// By target; `None` inside: it could not be looked at.
    last: Vec<Option<Stamp>>,
    /// Targets whose last stamp was so fresh that an equal one proves nothing.
    young: BTreeSet<usize>,
}

impl Watch {
    /// The targets that moved since the last look, or may have.
    fn look(&mut self, now: Vec<Option<Stamp>>, now_utc: i64) -> BTreeSet<usize> {
        let moved = now
            .iter()
            .enumerate()
            .filter(|(at, stamp)| self.last.get(*at) != Some(stamp) || self.young.contains(at))
            .map(|(at, _)| at)
            .collect();
        self.young = now
            .iter()
            .enumerate()
            .filter(|(_, stamp)| stamp.as_ref().is_some_and(|stamp| stamp.is_young(now_utc)))
            .map(|(at, _)| at)
            .collect();
        self.last = now;
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::place::Place;
    use std::fs;
    use std::path::Path;

    const LONG_AFTER: i64 = 4_000_000_000;

    fn repository(folder: &Path) -> Place {
        for part in ["objects", "refs/heads"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        fs::write(folder.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        Place {
            path: folder.to_owned(),
            git_dir: folder.to_owned(),
            common_dir: folder.to_owned(),
            alternates: Vec::new(),
            trusted: false,
        }
    }

    #[test]
    fn the_first_look_reports_everything_and_the_next_only_what_moved() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let places = [repository(a.path()), repository(b.path())];
        let now = || {
            places
                .iter()
                .map(|place| stamp(place, false).ok())
                .collect()
        };
        let mut watch = Watch::default();
        assert_eq!(watch.look(now(), LONG_AFTER), BTreeSet::from([0, 1]));
        assert_eq!(watch.look(now(), LONG_AFTER), BTreeSet::new());
        fs::write(b.path().join("refs/heads/main"), "0".repeat(40)).unwrap();
        assert_eq!(watch.look(now(), LONG_AFTER), BTreeSet::from([1]));
        assert_eq!(watch.look(now(), LONG_AFTER), BTreeSet::new());
    }

    #[test]
    fn a_stamp_younger_than_the_clocks_grain_is_looked_at_once_more() {
        let folder = tempfile::tempdir().unwrap();
        let place = repository(folder.path());
        let now = || vec![stamp(&place, false).ok()];
        let young = now()[0].as_ref().unwrap().newest_utc() + 1;
        let mut watch = Watch::default();
        assert_eq!(watch.look(now(), young), BTreeSet::from([0]));
        assert_eq!(watch.look(now(), LONG_AFTER), BTreeSet::from([0]));
        assert_eq!(watch.look(now(), LONG_AFTER), BTreeSet::new());
    }

    #[test]
    fn a_repository_that_is_gone_is_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let place = repository(folder.path());
        let mut watch = Watch::default();
        watch.look(vec![stamp(&place, false).ok()], LONG_AFTER);
        assert_eq!(watch.look(vec![None], LONG_AFTER), BTreeSet::from([0]));
        assert_eq!(watch.look(vec![None], LONG_AFTER), BTreeSet::new());
    }
}
