//! Tables `goals` and `goal_links`: outcomes and upper limits.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::unfit;
use super::notes::{next, words};
use super::rows::{self, Keys};
use super::{Store, StoreError, audit};
use crate::model::goal::{Aim, Goal, GoalLink, Limit, Per, State};

/// What is linked with a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// The task of this row.
    Task(i64),
    /// The note of this number.
    Note(u64),
}

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    /// It is there now, or gone now.
    Changed,
    /// It was so before.
    Same,
    /// No goal has this number.
    NoGoal,
    /// No note has this number.
    NoNote,
}

impl Store {
    /// Sets a goal; its number.
    pub fn add_goal(&mut self, aim: &Aim) -> Result<u64, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("setting a goal", |conn| {
            let id = next(conn, "goals", "goal-add")?;
            let (text, limit) = match aim {
                Aim::Outcome(text) => (text.as_str(), None),
                Aim::Limit(limit) => ("", Some(limit)),
            };
            conn.execute(
                "INSERT INTO goals (id, text, metric, most, per, state, opened)
                 VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
                params![
                    id,
                    text,
                    limit.map(|limit| &limit.metric),
                    limit.map(|limit| limit.most),
                    limit.map(|limit| limit.per as u8),
                    today
                ],
            )?;
            audit::note(
                conn,
                &key,
                today,
                (audit::Action::GoalAdd, &format!("goal {id}"), 1),
            )?;
            Ok(id)
        })
    }

    /// Every goal, open ones first, then by number.
    pub fn goals(&self) -> Result<Vec<Goal>, StoreError> {
        self.read("reading goals", list)
    }

    /// Says where a goal stands; `None` when there is none of this number, else whether it stood
    /// elsewhere before.
    pub fn set_goal(&mut self, id: u64, state: State) -> Result<Option<bool>, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("changing a goal", |conn| {
            let before: Option<u8> = conn
                .query_row("SELECT state FROM goals WHERE id = ?1", [id], |row| {
                    row.get(0)
                })
                .optional()?;
            let Some(before) = before else {
                return Ok(None);
            };
            if before == state as u8 {
                return Ok(Some(false));
            }
            let closed = (state != State::Open).then_some(today);
            conn.execute(
                "UPDATE goals SET state = ?2, closed = ?3 WHERE id = ?1",
                params![id, state as u8, closed],
            )?;
            let action = match state {
                State::Open => audit::Action::GoalReopen,
                State::Done => audit::Action::GoalDone,
                State::Dropped => audit::Action::GoalDrop,
            };
            audit::note(conn, &key, today, (action, &format!("goal {id}"), 1))?;
            Ok(Some(true))
        })
    }

    /// Removes a goal with its links; false when there is none of this number.
    pub fn remove_goal(&mut self, id: u64) -> Result<bool, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("removing a goal", |conn| {
            let gone = conn.execute("DELETE FROM goals WHERE id = ?1", [id])? == 1;
            if gone {
                audit::note(
                    conn,
                    &key,
                    today,
                    (audit::Action::GoalRemove, &format!("goal {id}"), 1),
                )?;
            }
            Ok(gone)
        })
    }

    /// Links something with a goal, or (`on` = false) takes the link back.
    pub fn link_goal(&mut self, id: u64, to: LinkTo, on: bool) -> Result<Linked, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("linking a goal", |conn| {
            let is_there = |sql: &str, id: u64| conn.prepare(sql)?.exists([id]);
            if !is_there("SELECT 1 FROM goals WHERE id = ?1", id)? {
                return Ok(Linked::NoGoal);
            }
            if let LinkTo::Note(note) = to
                && !is_there("SELECT 1 FROM notes WHERE id = ?1", note)?
            {
                return Ok(Linked::NoNote);
            }
            let known = linked(conn, id, to)?;
            match (on, known.is_empty()) {
                (true, true) => link(conn, id, to)?,
                (false, false) => {
                    for row in known {
                        conn.execute("DELETE FROM goal_links WHERE id = ?1", [row])?;
                    }
                }
                _ => return Ok(Linked::Same),
            }
            let action = if on {
                audit::Action::GoalLink
            } else {
                audit::Action::GoalUnlink
            };
            audit::note(conn, &key, today, (action, &format!("goal {id}"), 1))?;
            Ok(Linked::Changed)
        })
    }
}

fn link(conn: &Connection, id: u64, to: LinkTo) -> rusqlite::Result<()> {
    let (task, note) = match to {
        LinkTo::Task(task) => (Some(rows::aliases_of(conn, task)?), None),
        LinkTo::Note(note) => (None, Some(note)),
    };
    conn.execute(
        "INSERT INTO goal_links (goal, task, note) VALUES (?1, ?2, ?3)",
        params![id, task, note],
    )?;
    Ok(())
}

/// The rows that link a goal with this already.
fn linked(conn: &Connection, id: u64, to: LinkTo) -> rusqlite::Result<Vec<i64>> {
    let mut query = conn.prepare("SELECT id, task, note FROM goal_links WHERE goal = ?1")?;
    let mut rows = query.query([id])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let note: Option<u64> = row.get(2)?;
        let is_it = match (row.get_ref(1)?.as_blob_or_null()?, to) {
            (Some(task), LinkTo::Task(subject)) => {
                rows::subjects_of(conn, task)?.contains(&subject)
            }
            (None, LinkTo::Note(other)) => note == Some(other),
            _ => false,
        };
        if is_it {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

pub(super) fn list(conn: &Connection) -> rusqlite::Result<Vec<Goal>> {
    let mut query = conn.prepare(
        "SELECT id, text, metric, most, per, state, opened, closed FROM goals
         ORDER BY state <> 0, id",
    )?;
    let mut rows = query.query([])?;
    let mut goals = Vec::new();
    while let Some(row) = rows.next()? {
        goals.push(goal(conn, row)?);
    }
    Ok(goals)
}

fn goal(conn: &Connection, row: &Row<'_>) -> rusqlite::Result<Goal> {
    let (id, state): (u64, u8) = (row.get(0)?, row.get(5)?);
    let state = State::ALL.get(usize::from(state)).copied();
    let aim = match row.get(2)? {
        None => Aim::Outcome(words(row, 1)?),
        Some(metric) => Aim::Limit(Limit {
            metric,
            most: row.get(3)?,
            per: per(row.get(4)?)?,
        }),
    };
    Ok(Goal {
        id,
        aim,
        state: state.ok_or_else(|| unfit("state of a goal"))?,
        opened: row.get(6)?,
        closed: row.get(7)?,
        links: links(conn, id)?,
    })
}

fn per(number: u8) -> rusqlite::Result<Per> {
    let found = Per::ALL.into_iter().find(|per| *per as u8 == number);
    found.ok_or_else(|| unfit(format!("stretch {number} of a limit")))
}

fn links(conn: &Connection, goal: u64) -> rusqlite::Result<Vec<GoalLink>> {
    let keys = Keys::new(conn);
    let mut query =
        conn.prepare_cached("SELECT task, note FROM goal_links WHERE goal = ?1 ORDER BY id")?;
    let mut rows = query.query([goal])?;
    let mut links = Vec::new();
    while let Some(row) = rows.next()? {
        links.push(match row.get_ref(0)?.as_blob_or_null()? {
            Some(task) => GoalLink::Task(keys.of(task)?),
            None => GoalLink::Note(row.get(1)?),
        });
    }
    Ok(links)
}
