//! From the reader's events to the writer.

use std::collections::BTreeSet;

use super::scan::Progress;
use crate::model::identity::{Address, Me};
use crate::model::ids::Oid;
use crate::sources::git::{Event, Stop};
use crate::store::{Sighting, StoreError, Writer};

/// New commits between two [`Progress::Stored`].
const STEP: u64 = 128;

/// Takes what the reader finds, on this thread.
pub(super) struct Intake<'s, 'p> {
    pub(super) writer: Writer<'s>,
    /// Commits that are known to the next repository.
    pub(super) fresh: Vec<Oid>,
    /// Who the walk was asked for.
    pub(super) me: &'p Me,
    /// Entries that became mine on the way.
    pub(super) learned: BTreeSet<Address>,
    /// Why the store could not go on.
    pub(super) failure: Option<StoreError>,
    pub(super) progress: &'p mut dyn FnMut(Progress),
}

impl Intake<'_, '_> {
    pub(super) fn take(&mut self, event: Event) -> Result<(), Stop> {
        match event {
            Event::Walked { commits, mine } => (self.progress)(Progress::Walked { commits, mine }),
            Event::Sighting {
                oid,
                on_default_branch,
                source,
                branch,
            } => self.writer.seen(Sighting {
                oid,
                on_default_branch,
                source,
                branch,
            }),
            Event::Relation(relation) => self.writer.relation(relation),
            Event::Commit(record) => {
                if record.lines_known {
                    self.fresh.push(record.oid);
                }
                self.learn(&record.author);
                let before = self.writer.added() / STEP;
                if let Err(error) = self.writer.commit(*record) {
                    self.failure = Some(error);
                    return Err(Stop);
                }
                let added = self.writer.added();
                if added / STEP > before {
                    (self.progress)(Progress::Stored { added });
                }
            }
        }
        Ok(())
    }

    /// Notes an author who is not me yet, but is tied to me: the reader has seen the mailmap
    /// beside it. All others stay out.
    fn learn(&mut self, author: &Address) {
        let new = !self.me.holds(author) && self.me.ties(author);
        if new && self.learned.insert(author.clone()) {
            self.writer.learn(author);
        }
    }
}
