//! What waits to be done. The newest ask wins: an older one of its kind is not worth its work,
//! because the screen has moved on and would drop the answer.

use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::Job;

/// The worker's inbox.
pub(super) struct Queue {
    inbox: Receiver<Job>,
    waiting: VecDeque<Job>,
}

impl Queue {
    /// A queue over `inbox`.
    pub(super) fn new(inbox: Receiver<Job>) -> Self {
        Self {
            inbox,
            waiting: VecDeque::new(),
        }
    }

    /// The next job worth doing; waits for one, and says so where none comes within `patience`.
    /// `None` when nobody can send any more.
    pub(super) fn next(&mut self, patience: Option<Duration>) -> Option<Next> {
        if self.waiting.is_empty() {
            let job = match patience {
                Some(patience) => match self.inbox.recv_timeout(patience) {
                    Ok(job) => job,
                    Err(RecvTimeoutError::Timeout) => return Some(Next::Quiet),
                    Err(RecvTimeoutError::Disconnected) => return None,
                },
                None => self.inbox.recv().ok()?,
            };
            self.waiting.push_back(job);
        }
        while let Ok(job) = self.inbox.try_recv() {
            if is_ask(&job) {
                let kind = discriminant(&job);
                self.waiting.retain(|older| discriminant(older) != kind);
            }
            self.waiting.push_back(job);
        }
        self.waiting.pop_front().map(Next::Job)
    }
}

/// What comes next.
#[expect(
    clippy::large_enum_variant,
    reason = "one lives at a time, on its way to be done"
)]
pub(super) enum Next {
    /// Something to do.
    Job(Job),
    /// Nothing was asked for a while.
    Quiet,
}

/// Whether a newer job of this kind makes an older one worthless.
fn is_ask(job: &Job) -> bool {
    matches!(
        job,
        Job::Figures(_)
            | Job::Rows(_)
            | Job::Commit(_)
            | Job::Task(_)
            | Job::Repository(_)
            | Job::FindTasks(..)
            | Job::Draft(_)
            | Job::Privacy(_)
            | Job::Goals(_)
            | Job::Find(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::CommitAsk;
    use crate::model::ids::CommitId;
    use std::sync::mpsc;

    fn commit(id: u64) -> Job {
        Job::Commit(CommitAsk {
            id,
            commit: CommitId(1),
        })
    }

    #[test]
    fn an_outdated_ask_is_skipped_and_a_deed_never_is() {
        let (to, inbox) = mpsc::channel();
        let mut queue = Queue::new(inbox);
        for job in [commit(1), Job::People, commit(2), Job::People, commit(3)] {
            to.send(job).unwrap();
        }
        drop(to);
        let mut seen = Vec::new();
        while let Some(Next::Job(job)) = queue.next(None) {
            seen.push(match job {
                Job::Commit(ask) => ask.id,
                _ => 0,
            });
        }
        assert_eq!(seen, [0, 0, 3]);
    }

    #[test]
    fn a_quiet_moment_is_told_only_to_whom_it_matters_and_a_job_goes_before_it() {
        let (to, inbox) = mpsc::channel();
        let mut queue = Queue::new(inbox);
        let soon = Some(Duration::from_millis(1));
        assert!(matches!(queue.next(soon), Some(Next::Quiet)));
        to.send(Job::People).unwrap();
        assert!(matches!(queue.next(soon), Some(Next::Job(Job::People))));
        drop(to);
        assert!(queue.next(soon).is_none());
        assert!(queue.next(None).is_none());
    }
}
