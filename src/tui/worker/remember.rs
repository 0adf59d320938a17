//! How the dashboard was left: read at its start, noted while it runs and at its end.

use std::sync::mpsc::Sender;

use super::Worker;
use crate::app::message::Message;
use crate::model::remembered::Remembered;
use crate::store::StoreError;

impl Worker {
    /// Says how the dashboard was left, if that is noted.
    pub(super) fn recall(&mut self) -> Result<(), StoreError> {
        if !self.remembers() {
            return Ok(());
        }
        if let Some(left) = self.setting.store.view()? {
            self.left = left.clone();
            self.out.say(Message::Recall(left));
        }
        Ok(())
    }

    /// Notes how the dashboard stands, if it is not noted already. A sealed store is written whole,
    /// so that it waits for the end.
    pub(super) fn remember(
        &mut self,
        view: Remembered,
        end: Option<Sender<()>>,
    ) -> Result<(), StoreError> {
        let waits = end.is_none() && self.setting.store.is_sealed();
        if !waits && self.remembers() && view != self.left {
            let told = self.is_told()?;
            match self.setting.store.set_view(&view) {
                Ok(()) => {
                    // Another value in a row that was there: the Privacy page says what it said.
                    if told && self.left != Remembered::default() {
                        self.told_still()?;
                    }
                    self.left = view;
                }
                // Another process writes, or the disk is full: it is no loss worth a word.
                Err(StoreError::Busy { .. } | StoreError::Full { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        if let Some(end) = end {
            end.send(()).ok();
        }
        Ok(())
    }

    /// Only what is kept in a file is left for another start.
    fn remembers(&self) -> bool {
        self.setting.store.file().is_some() && !self.setting.demo
    }
}
