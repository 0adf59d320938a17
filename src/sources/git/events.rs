//! The way of what was found to the caller: in small groups, so that not every commit wakes a thread.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::request::Event;
use super::visit::Halt;

/// How many go together.
const GROUP: usize = 32;
/// How many groups may wait.
const GROUPS_WAITING: usize = 16;

/// One thread's end of the way. What it still holds is sent when it goes.
pub(super) struct Events {
    to: SyncSender<Vec<Event>>,
    group: Vec<Event>,
}

/// A way, and its other end.
pub(super) fn way() -> (Events, Receiver<Vec<Event>>) {
    let (to, inbox) = sync_channel(GROUPS_WAITING);
    (Events::of(to), inbox)
}

impl Events {
    fn of(to: SyncSender<Vec<Event>>) -> Self {
        let group = Vec::with_capacity(GROUP);
        Self { to, group }
    }

    /// The same way for another thread.
    pub(super) fn beside(&self) -> Self {
        Self::of(self.to.clone())
    }

    /// Sends `event` with its neighbours; the error says that nobody listens any more.
    pub(super) fn send(&mut self, event: Event) -> Result<(), Halt> {
        self.group.push(event);
        if self.group.len() < GROUP {
            return Ok(());
        }
        self.flush()
    }

    /// Sends what waits for neighbours.
    pub(super) fn flush(&mut self) -> Result<(), Halt> {
        if self.group.is_empty() {
            return Ok(());
        }
        let group = std::mem::replace(&mut self.group, Vec::with_capacity(GROUP));
        self.to.send(group).map_err(|_closed| Halt)
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        // Nothing is missed where nobody listens any more.
        let _unheard = self.flush().is_err();
    }
}
