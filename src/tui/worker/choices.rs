//! What the owner says of rows: out of every figure, and back; facts of tasks.

use std::collections::HashMap;

use super::Worker;
use crate::app::correct::{Correct, FactLine};
use crate::app::exclude::Exclude;
use crate::app::message::Message;
use crate::model::choice::{Correction, Fact, Out};
use crate::model::chosen::Chosen;
use crate::model::ids::TaskId;
use crate::model::task::TaskFacts;
use crate::store::{Choice, StoreError};

const GONE: &str = "this row is no longer stored: nothing was changed";

impl Worker {
    /// Takes rows out of every figure, or lets them count again, and reads the columns anew.
    pub(super) fn exclude(&mut self, exclude: Exclude) -> Result<(), StoreError> {
        let store = &mut self.setting.store;
        let rows = store.chosen_rows(&exclude.rows, exclude.out)?;
        if rows.is_empty() {
            self.out.failed(GONE);
            return Ok(());
        }
        if exclude.out {
            store.choose_all(&rows, &Choice::Out(Out::Excluded), None)?;
        } else {
            store.take_back(&rows, None)?;
        }
        self.reload()?;
        self.out.say(Message::Excluded(exclude));
        Ok(())
    }

    /// Makes a fact of a task another one, or what the export says again.
    pub(super) fn correct(&mut self, correct: Correct) -> Result<(), StoreError> {
        let store = &mut self.setting.store;
        let rows = store.chosen_rows(&[Chosen::Task(correct.task)], true)?;
        let Some(row) = rows.first() else {
            self.out.failed(GONE);
            return Ok(());
        };
        match &correct.to {
            Some(to) => store.choose(row, &Choice::Correct(to.clone()), correct.reason.as_ref())?,
            None => drop(store.take_back(&rows, Some(correct.fact))?),
        }
        self.reload()?;
        self.out.say(Message::Corrected(correct));
        Ok(())
    }

    /// The facts of a task that can be corrected, with `facts` as they hold.
    pub(super) fn correctable(
        &self,
        task: TaskId,
        facts: &TaskFacts,
    ) -> Result<Vec<FactLine>, StoreError> {
        let store = &self.setting.store;
        let exported = store.exported(task)?;
        let exported = exported.as_ref().unwrap_or(facts);
        let rows = store.chosen_rows(&[Chosen::Task(task)], true)?;
        let mut reasons = match rows.first() {
            Some(row) => store.reasons(row)?,
            None => HashMap::new(),
        };
        let mut line = |fact| {
            let (exported, now) = (
                Correction::said(fact, exported),
                Correction::said(fact, facts),
            );
            let corrected = (exported != now).then_some(now);
            FactLine {
                exported,
                reason: reasons.remove(&fact).filter(|_| corrected.is_some()),
                corrected,
            }
        };
        Ok(Fact::ALL.into_iter().map(&mut line).collect())
    }
}
