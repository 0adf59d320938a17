//! Goals: read with where they stand, set, and changed.

use super::{Known, Worker};
use crate::app::goals::{GoalLine, GoalsAsk, GoalsView};
use crate::app::message::Message;
use crate::metrics;
use crate::model::goal::{Aim, State};
use crate::model::text::Clean;
use crate::store::{Store, StoreError};

/// The goals that `ask` wants.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn answer(
    store: &Store,
    known: &Known,
    ask: &GoalsAsk,
) -> Result<GoalsView, StoreError> {
    let goals = store.goals()?.into_iter();
    let line = |goal: crate::model::goal::Goal| GoalLine {
        standing: match &goal.aim {
            Aim::Limit(limit) if goal.state == State::Open => {
                metrics::standing(limit, &known.data, &ask.calendar)
            }
            _ => None,
        },
        tasks: metrics::linked_tasks(&goal.links, &known.labels.tasks, &known.data),
        goal,
    };
    Ok(GoalsView {
        id: ask.id,
        lines: goals.map(line).collect(),
    })
}

impl Worker {
    /// Keeps a new goal; says why when it cannot.
    pub(super) fn add_goal(&mut self, aim: &Aim) -> Result<(), StoreError> {
        match self.setting.store.add_goal(aim) {
            Ok(id) => {
                let said = Clean::label(format!("goal {id} is set").as_bytes());
                self.out.say(Message::GoalKept {
                    new: Some(id),
                    said,
                });
                self.say_facts()
            }
            Err(error) => {
                let why = Clean::label(error.to_string().as_bytes());
                self.out.say(Message::GoalNotKept(why));
                Ok(())
            }
        }
    }

    /// Says where the goal of this number stands from now on.
    pub(super) fn set_goal(&mut self, id: u64, state: State) -> Result<(), StoreError> {
        let said = match self.setting.store.set_goal(id, state)? {
            None => format!("goal {id} is gone"),
            Some(_) if state == State::Dropped => format!("goal {id} is removed from your goals"),
            Some(_) => format!("goal {id} is {}", state.as_str()),
        };
        let said = Clean::label(said.as_bytes());
        self.out.say(Message::GoalKept { new: None, said });
        self.say_facts()
    }
}
