//! The worker without a thread: it answers when it is asked to, until nothing is asked any more.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use super::{Event, Handle, Job, Out, Setting, Worker};
use crate::store::Store;
use crate::tui::run::Incoming;
use crate::tui::scanner;
use crate::tui::{TuiError, panics};

/// A worker that waits to be asked.
pub(in crate::tui) struct Still {
    worker: Worker,
    waiting: Receiver<Job>,
    said: Receiver<Incoming<Event>>,
}

impl Still {
    /// A worker over `setting`, and the way to it.
    pub(in crate::tui) fn new(setting: Setting) -> (Self, Handle) {
        let (jobs, waiting) = mpsc::channel();
        let (to, said): (Sender<Incoming<Event>>, _) = mpsc::channel();
        let scanning = Arc::new(scanner::Running::default());
        let wanted = Arc::default();
        let handle = Handle {
            wanted: Arc::clone(&wanted),
            jobs: jobs.clone(),
            scanning: Arc::clone(&scanning),
        };
        let worker = Worker::new(setting, (scanning, wanted), (jobs, Out::new(to)));
        let still = Self {
            worker,
            waiting,
            said,
        };
        (still, handle)
    }

    /// Reads the store; what is known then is said.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(in crate::tui) fn open(&mut self) -> Result<(), TuiError> {
        let opened = panics::guarded(|| self.worker.open());
        super::trouble(opened).map_or(Ok(()), |why| Err(TuiError::Figures(why)))
    }

    /// The next thing the worker says, doing the next job where it has nothing to say; `None`
    /// when it has neither.
    pub(in crate::tui) fn next(&mut self) -> Option<Event> {
        loop {
            if let Ok(Incoming::Event(event)) = self.said.try_recv() {
                return Some(event);
            }
            let job = self.waiting.try_recv().ok()?;
            self.worker.carry_out(job);
        }
    }

    /// The store, back.
    pub(in crate::tui) fn into_store(self) -> Store {
        self.worker.setting.store
    }
}
