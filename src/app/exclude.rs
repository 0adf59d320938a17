//! Out of every figure by one key, and back by the same one: the owner's word beats every scan.

use super::effect::Effect;
use super::kinds::Kind;
use super::row::Row;
use super::state::{Detail, State};
use super::{drilldown, keys};
use crate::input::action::Action;
use crate::model::dataset::flag;
use crate::model::ids::{Oid, TaskId};
use crate::model::text::Clean;

/// A row that the owner says something of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A commit; its copies go with it.
    Commit(Oid),
    /// A task or a pull request of mine.
    Task(TaskId),
}

/// What is to become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclude {
    /// Which one.
    pub row: Chosen,
    /// What people know it by.
    pub name: Clean,
    /// It is to count in no figure; else it counts again.
    pub out: bool,
}

/// Takes the row under the cursor out, or brings it back.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    match under_cursor(state) {
        Ok(exclude) => vec![Effect::Exclude(exclude)],
        Err(why) => {
            drilldown::say(state, why);
            Vec::new()
        }
    }
}

/// What the key means here; why nothing, where it means nothing.
fn under_cursor(state: &State) -> Result<Exclude, &'static str> {
    let commit = |oid: Oid, out| Exclude {
        row: Chosen::Commit(oid),
        name: Clean::label(oid.short().as_bytes()),
        out,
    };
    match state.details.last() {
        Some(Detail::Commit(detail)) => {
            let view = detail.view.value.as_ref().ok_or("it is still being read")?;
            let out = view.row.marks.is(flag::EXCLUDED);
            return Ok(commit(view.row.oid, !out));
        }
        Some(Detail::Figure(_)) | None => {}
        Some(_) => return Err("rows are taken out of figures in lists"),
    }
    let list = state
        .list()
        .ok_or("rows are taken out of figures in lists")?;
    match list.selected().ok_or("there is no row here")? {
        Row::Commit(row) => Ok(commit(row.oid, !row.marks.is(flag::EXCLUDED))),
        Row::Item(row) => match (row.kind, row.task) {
            (Kind::Task | Kind::Pull, Some(id)) => Ok(Exclude {
                row: Chosen::Task(id),
                name: row.key.clone(),
                out: !row.excluded,
            }),
            (Kind::Session, _) => Err("a session is made of acts: take its commits out instead"),
            (Kind::Note, _) => Err("`inward note remove` removes an older note"),
            _ => Err("`inward exclude` takes reviews and recorded time out"),
        },
    }
}

/// It is done: the same key, or undo, takes it back.
pub(super) fn done(state: &mut State, exclude: Exclude) {
    let key = keys::page_key(state, Action::Undo);
    let name = if state.blurred {
        "it".to_owned()
    } else {
        exclude.name.to_string()
    };
    let said = if exclude.out {
        format!("{name} counts in no figure from now on; {key} takes that back")
    } else {
        format!("{name} counts again; {key} takes that back")
    };
    drilldown::say(state, &said);
    state.excluded = Some(exclude);
}

/// Takes the last one back, once; `None` where there is none.
pub(super) fn undo(state: &mut State) -> Option<Vec<Effect>> {
    let last = state.excluded.take()?;
    let out = !last.out;
    Some(vec![Effect::Exclude(Exclude { out, ..last })])
}
