//! What is made ready while nobody asks: the first opening of a page need not wait for what takes longer
//! than a frame.

use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use super::{Worker, panics};
use crate::model::calendar::Calendar;
use crate::store::StoreError;

/// How long nobody may ask for anything before something is made ready.
const QUIET: Duration = Duration::from_millis(250);

/// What is still to be made ready, one piece in each quiet moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ahead {
    /// The texts of tasks, for lists of them.
    #[default]
    Tasks,
    /// The label, for the Privacy page.
    Label,
    /// Nothing.
    Done,
}

impl Ahead {
    /// How long to wait for a job before the next piece; `None` for as long as it takes.
    pub(super) fn patience(self) -> Option<Duration> {
        (self != Self::Done).then_some(QUIET)
    }
}

impl Worker {
    /// Makes the next piece ready, unless somebody asks meanwhile: a key does not wait for what nobody
    /// asked for. What fails here fails again, with its message, where it is asked for.
    pub(super) fn look_ahead(&mut self) {
        let piece = self.ahead;
        self.ahead = match piece {
            Ahead::Tasks => Ahead::Label,
            Ahead::Label | Ahead::Done => Ahead::Done,
        };
        if self.setting.store.give_way(Some(&self.wanted)).is_err() {
            return;
        }
        let done = panics::guarded(|| self.make_ready(piece));
        if self.setting.store.give_way(None).is_ok()
            && matches!(done, Ok(Err(_)))
            && self.wanted.load(Relaxed)
        {
            // Left as it was, for the next quiet moment.
            self.ahead = piece;
        }
    }

    fn make_ready(&mut self, piece: Ahead) -> Result<(), StoreError> {
        match piece {
            Ahead::Tasks => {
                let version = self.known.version;
                self.tasks.rows(&self.setting.store, version)?;
            }
            Ahead::Label => {
                let now = self.setting.clock.now();
                let calendar = Calendar {
                    now,
                    ..self.setting.calendar.clone()
                };
                self.labelled(calendar.today())?;
            }
            Ahead::Done => {}
        }
        Ok(())
    }
}
