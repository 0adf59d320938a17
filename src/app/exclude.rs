//! Out of every figure by one key, and back by the same one: the owner's word beats every scan.
//! Rows can be marked first; then the key is about all of them.

use super::correct::{self, Correct};
use super::effect::Effect;
use super::kinds::Kind;
use super::list::Marked;
use super::row::{ItemRow, Row};
use super::state::{Detail, State};
use super::{drilldown, keys, narrow};
use crate::input::action::Action;
use crate::model::chosen::Chosen;
use crate::model::dataset::flag;
use crate::model::text::Clean;

/// What is to become of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclude {
    /// Which ones.
    pub rows: Vec<Chosen>,
    /// What people know it by, where it is one.
    pub name: Clean,
    /// They are to count in no figure; else they count again.
    pub out: bool,
}

/// What the owner said last of rows, while it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// That they are out, or count again.
    Out(Exclude),
    /// That a fact is another one.
    Fact(Correct),
}

/// Takes the marked rows out, else the one under the cursor, or brings them back.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    match wanted(state) {
        Ok(exclude) => vec![Effect::Exclude(exclude)],
        Err(why) => {
            drilldown::say(state, why);
            Vec::new()
        }
    }
}

/// What the key means here; why nothing, where it means nothing.
fn wanted(state: &State) -> Result<Exclude, &'static str> {
    const IN_LISTS: &str = "rows are taken out of figures in lists";
    let one = |(row, name, excluded): (Chosen, Clean, bool)| Exclude {
        rows: vec![row],
        name,
        out: !excluded,
    };
    match state.details.last() {
        Some(Detail::Commit(detail)) => {
            let view = detail.view.value.as_ref().ok_or(READING)?;
            let out = view.row.marks.is(flag::EXCLUDED);
            let name = Clean::label(view.row.oid.short().as_bytes());
            return Ok(one((Chosen::Commit(view.row.oid), name, out)));
        }
        Some(Detail::Task(detail)) => {
            let view = detail.view.value.as_ref().ok_or(READING)?;
            let row = Chosen::Task(view.task);
            return Ok(one((row, view.key.clone(), view.excluded)));
        }
        Some(Detail::Figure(_)) | None => {}
        Some(_) => return Err(IN_LISTS),
    }
    let list = state.list().ok_or(IN_LISTS)?;
    if !list.marked.is_empty() {
        let out = list.marked.iter().any(|one| !one.excluded);
        let all = list.marked.iter().filter(|one| one.excluded != out);
        return Ok(Exclude {
            rows: all.map(|one| one.row).collect(),
            name: Clean::default(),
            out,
        });
    }
    pointed(list.selected()).map(one)
}

const READING: &str = "it is still being read";

/// The row with what people know it by, and whether it is out; why the key is not for it.
fn pointed(row: Option<&Row>) -> Result<(Chosen, Clean, bool), &'static str> {
    let row = row.ok_or("there is no row here")?;
    let name = match row {
        Row::Commit(row) => Clean::label(row.oid.short().as_bytes()),
        Row::Item(row) => name(row),
    };
    match (row.chosen(), row) {
        (Some(chosen), _) => Ok((chosen, name, row.is_excluded())),
        (None, Row::Item(row)) if row.kind == Kind::Session => {
            Err("a session is made of acts: take its commits out instead")
        }
        _ => Err("a note counts in no figure; `inward note remove` removes an older one"),
    }
}

fn name(row: &ItemRow) -> Clean {
    match row.kind {
        Kind::Time => {
            let about = format!("recorded time {}", row.key);
            Clean::label(about.trim_end().as_bytes())
        }
        _ => row.key.clone(),
    }
}

/// Marks the row under the cursor, or takes its mark, and goes on to the next one; on a page without
/// rows the key narrows.
pub(super) fn mark(state: &mut State) {
    let Some(list) = state.list() else {
        return narrow::here(state);
    };
    match pointed(list.selected()) {
        Ok((row, _, excluded)) => {
            let Some(list) = state.list_mut() else { return };
            match list.marked.iter().position(|one| one.row == row) {
                Some(at) => drop(list.marked.remove(at)),
                None => list.marked.push(Marked { row, excluded }),
            }
            list.go(list.cursor.saturating_add(1));
        }
        Err(why) => drilldown::say(state, why),
    }
}

/// Takes all marks; false when there are none.
pub(super) fn unmark(state: &mut State) -> bool {
    let list = state.list_mut().filter(|list| !list.marked.is_empty());
    list.map(|list| list.marked.clear()).is_some()
}

/// It is done: the same key, or undo, takes it back.
pub(super) fn done(state: &mut State, exclude: Exclude) {
    unmark(state);
    let key = keys::page_key(state, Action::Undo);
    let (name, counts, count) = match exclude.rows.len() {
        1 if state.blurred || exclude.name.is_empty() => ("it".to_owned(), "counts", "counts"),
        1 => (exclude.name.to_string(), "counts", "counts"),
        n => (format!("{n} rows"), "count", "count"),
    };
    let said = if exclude.out {
        format!("{name} {counts} in no figure from now on; {key} takes that back")
    } else {
        format!("{name} {count} again; {key} takes that back")
    };
    drilldown::say(state, &said);
    state.last_said = Some(Said::Out(exclude));
}

/// Takes the last one back, once; `None` where there is none.
pub(super) fn undo(state: &mut State) -> Option<Vec<Effect>> {
    Some(match state.last_said.take()? {
        Said::Out(last) => {
            let out = !last.out;
            vec![Effect::Exclude(Exclude { out, ..last })]
        }
        Said::Fact(last) => vec![Effect::Correct(correct::back(last))],
    })
}
