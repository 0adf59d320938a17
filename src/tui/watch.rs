//! Notices new commits while the dashboard is open: every few seconds the refs are looked at by
//! file times alone, nothing is read. Nothing new, nothing said, nothing drawn.

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

/// How often the refs are looked at.
const EVERY: Duration = Duration::from_secs(3);

/// Starts the watching thread. Its first look reports every target, which is the first scan.
///
/// # Errors
/// When the system has no thread left.
pub(super) fn start(targets: Arc<[Target]>, clock: Clock, jobs: Sender<Job>) -> io::Result<()> {
    if targets.is_empty() {
        return Ok(());
    }
    thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || {
            let mut watch = Watch::default();
            loop {
                let look = || {
                    let stamps = targets.iter().map(|target| stamp(&target.place).ok());
                    watch.look(stamps.collect(), clock.now_utc())
                };
                // Without its watcher the dashboard still has the rescan key.
                let Ok(moved) = panics::guarded(look) else {
                    return;
                };
                if !moved.is_empty() && jobs.send(Job::RefsMoved(moved)).is_err() {
                    return;
                }
                thread::sleep(EVERY);
            }
        })
        .map(drop)
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
