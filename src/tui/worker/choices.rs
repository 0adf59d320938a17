//! What the owner says of rows: out of every figure, and back.

use super::Worker;
use crate::app::exclude::{Chosen, Exclude};
use crate::app::message::Message;
use crate::model::choice::Out;
use crate::store::{Choice, RowRef, StoreError};

impl Worker {
    /// Takes a row out of every figure, or lets it count again, and reads the columns anew.
    pub(super) fn exclude(&mut self, exclude: Exclude) -> Result<(), StoreError> {
        let Some(row) = self.row_of(&exclude.row)? else {
            self.out
                .failed("this row is no longer stored: nothing was changed");
            return Ok(());
        };
        let store = &mut self.setting.store;
        if exclude.out {
            store.choose(&row, &Choice::Out(Out::Excluded), None)?;
        } else {
            store.count_again(&row)?;
        }
        self.reload()?;
        self.out.say(Message::Excluded(exclude));
        Ok(())
    }

    fn row_of(&self, row: &Chosen) -> Result<Option<RowRef>, StoreError> {
        let store = &self.setting.store;
        let name = match row {
            Chosen::Commit(oid) => Some(oid.to_string()),
            Chosen::Task(id) => store.task_marks()?.remove(&id.0).map(|marks| marks.row),
        };
        let Some(name) = name else { return Ok(None) };
        Ok(store.rows_named(&name)?.into_iter().next())
    }
}
