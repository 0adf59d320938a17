//! Erasing as a list of small steps: each is a transaction of its own that takes the next rows, so
//! that little room is needed, and what was erased stays so when it is interrupted.

use rusqlite::Connection;

use crate::store::{Store, StoreError};

/// Rows of one transaction.
pub(super) const ROWS: usize = 500;
/// Rows of one transaction where no file has to be written at each.
const ALL: usize = 1 << 40;

/// One go at a step.
#[derive(Clone, Copy)]
struct Turn {
    /// Rows to take.
    rows: usize,
    /// What the turn before did was kept.
    kept: bool,
}

/// What erases the next rows; how many there were, 0 = nothing is left.
type Deed<'a> = Box<dyn FnMut(&Connection, Turn) -> rusqlite::Result<usize> + 'a>;

/// One step.
pub(super) struct Step<'a> {
    doing: &'static str,
    /// What it does are rows that go; else it puts something in order.
    is_counted: bool,
    run: Deed<'a>,
}

impl<'a> Step<'a> {
    /// A step that is run, for so many rows at a time, until it finds nothing more.
    pub(super) fn rows(
        doing: &'static str,
        mut run: impl FnMut(&Connection, usize) -> rusqlite::Result<usize> + 'a,
    ) -> Self {
        Self {
            doing,
            is_counted: true,
            run: Box::new(move |conn, turn| run(conn, turn.rows)),
        }
    }

    /// A step that is run once.
    pub(super) fn once(
        doing: &'static str,
        mut run: impl FnMut(&Connection) -> rusqlite::Result<()> + 'a,
    ) -> Self {
        let mut ran = false;
        let deed = move |conn: &Connection, turn: Turn| {
            if ran && turn.kept {
                return Ok(0);
            }
            run(conn)?;
            ran = true;
            Ok(1)
        };
        Self {
            doing,
            is_counted: false,
            run: Box::new(deed),
        }
    }

    /// A step over a list that is made when it begins; `one` erases a member of it.
    pub(super) fn each<T: 'a>(
        doing: &'static str,
        list: impl Fn(&Connection) -> rusqlite::Result<Vec<T>> + 'a,
        one: impl Fn(&Connection, &T) -> rusqlite::Result<()> + 'a,
    ) -> Self {
        let mut open: Option<Vec<T>> = None;
        let mut taken = 0;
        let deed = move |conn: &Connection, turn: Turn| {
            if open.is_none() {
                open = Some(list(conn)?);
            }
            let Some(open) = &mut open else {
                return Ok(0);
            };
            if turn.kept {
                open.truncate(open.len() - taken);
            }
            taken = 0;
            let from = open.len().saturating_sub(turn.rows);
            for member in &open[from..] {
                one(conn, member)?;
            }
            taken = open.len() - from;
            Ok(taken)
        };
        Self {
            doing,
            is_counted: true,
            run: Box::new(deed),
        }
    }

    /// All of it within a transaction that is open.
    pub(super) fn whole(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let turn = Turn {
            rows: ALL,
            kept: true,
        };
        while (self.run)(conn, turn)? > 0 {}
        Ok(())
    }
}

impl Store {
    /// Runs the steps in their order; `told` hears after each transaction how many rows went. On a
    /// disk without room, fewer rows are taken at a time.
    pub(super) fn step_by_step(
        &mut self,
        steps: Vec<Step<'_>>,
        told: &mut dyn FnMut(usize),
    ) -> Result<(), StoreError> {
        let in_file = self.file.is_some() && !self.is_sealed();
        for mut step in steps {
            let mut turn = Turn {
                rows: if in_file { ROWS } else { ALL },
                kept: true,
            };
            loop {
                match self.write_soon(step.doing, |conn| (step.run)(conn, turn)) {
                    Ok(0) => break,
                    Ok(n) => {
                        told(if step.is_counted { n } else { 0 });
                        turn.kept = true;
                    }
                    Err(StoreError::Full { .. }) if turn.rows > 1 => {
                        turn.rows = (turn.rows / 8).max(1);
                        turn.kept = false;
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        self.save_unsaved("erasing")?;
        // What went with the last steps is gone there too.
        self.bring_words();
        Ok(())
    }
}
