//! From the reader's events to the writer.

use super::scan::Progress;
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
}
