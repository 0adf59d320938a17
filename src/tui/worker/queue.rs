//! What waits to be done. The newest ask wins: an older one of its kind is not worth its work,
//! because the screen has moved on and would drop the answer.

use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::mpsc::Receiver;

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

    /// The next job worth doing; waits for one. `None` when nobody can send any more.
    pub(super) fn next(&mut self) -> Option<Job> {
        if self.waiting.is_empty() {
            self.waiting.push_back(self.inbox.recv().ok()?);
        }
        while let Ok(job) = self.inbox.try_recv() {
            if is_ask(&job) {
                let kind = discriminant(&job);
                self.waiting.retain(|older| discriminant(older) != kind);
            }
            self.waiting.push_back(job);
        }
        self.waiting.pop_front()
    }
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
        while let Some(job) = queue.next() {
            seen.push(match job {
                Job::Commit(ask) => ask.id,
                _ => 0,
            });
        }
        assert_eq!(seen, [0, 0, 3]);
    }
}
