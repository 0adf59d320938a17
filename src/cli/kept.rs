//! The kept facts, loaded for a command that reads.

use std::collections::HashMap;
use std::io::IsTerminal as _;

use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, Labels, UNDATED};
use crate::model::ids::CommitId;
use crate::report::{Context, log::LogRow, log::Row, names::Names};
use crate::store::{CommitRow, Store};
use crate::tui::story::log_row;

use super::error::CliError;
use super::session::{Session, store_error};

/// Columns in memory, the names for them, and the store for text.
#[derive(Default)]
pub(super) struct Kept {
    /// All stored facts.
    pub data: Dataset,
    /// Names of repositories and languages.
    pub labels: Labels,
    store: Option<Store>,
}

impl Kept {
    /// The kept store, behind the lock.
    pub(super) fn open(session: &mut Session) -> Result<Self, CliError> {
        let store = session.open_kept()?;
        Self::of(store, session)
    }

    /// What `store` holds.
    pub(super) fn of(store: Store, session: &Session) -> Result<Self, CliError> {
        let (mut data, labels) = store.dataset(session.now_utc()).map_err(store_error)?;
        store
            .mark_human(&mut data, &session.config.human)
            .map_err(store_error)?;
        Ok(Self {
            data,
            labels,
            store: Some(store),
        })
    }

    /// How texts are written for this session.
    pub(super) fn context<'a>(&'a self, session: &'a Session) -> Context<'a> {
        let dumb = session.env.var("TERM").is_none_or(|term| term == "dumb");
        let terminal = std::io::stdout().is_terminal();
        Context {
            names: Names::new(&self.data, &self.labels),
            calendar: &session.calendar,
            away: &self.data.away,
            width: session.width(),
            ascii: session.config.plain || (terminal && dumb),
        }
    }

    /// The store, for text filters.
    pub(super) fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// The commits at these positions as rows of the log.
    pub(super) fn rows(
        &self,
        positions: &[u32],
        calendar: &Calendar,
    ) -> Result<Vec<Row>, CliError> {
        let Some(store) = &self.store else {
            return Ok(Vec::new());
        };
        let ids: Vec<CommitId> = positions
            .iter()
            .filter_map(|at| self.data.commits.id.get(*at as usize).copied())
            .collect();
        let flags: HashMap<CommitId, u16> = positions
            .iter()
            .map(|at| *at as usize)
            .filter_map(|at| Some((*self.data.commits.id.get(at)?, self.data.commits.flags[at])))
            .collect();
        let rows = store.commit_rows(&ids).map_err(store_error)?;
        let mut tasks = store.task_keys(&ids).map_err(store_error)?;
        let out = store.commits_out().map_err(store_error)?;
        let now = calendar.now.timestamp();
        let with_flags = |row: CommitRow| {
            let flags = flags.get(&row.id).copied().unwrap_or_default();
            let tasks = tasks.remove(&row.id).unwrap_or_default();
            let out = out.get(&row.id).copied();
            Row::Commit(Box::new(LogRow {
                day_only: !self.data.keep.hours,
                out,
                ..log_row(row, (flags, tasks), now)
            }))
        };
        Ok(rows.into_iter().map(with_flags).collect())
    }

    /// Positions of the commits whose civil day `wanted` accepts, newest first; commits on no
    /// day come last and only when `undated`.
    pub(super) fn newest(&self, wanted: impl Fn(i32) -> bool, undated: bool) -> Vec<u32> {
        let days = &self.data.commits.day;
        let count = u32::try_from(days.len()).unwrap_or(u32::MAX);
        let day = |at: &u32| days.get(*at as usize).copied().unwrap_or(UNDATED);
        let dated = (0..count)
            .rev()
            .filter(|at| day(at) != UNDATED && wanted(day(at)));
        let others = (0..count).rev().filter(|at| undated && day(at) == UNDATED);
        dated.chain(others).collect()
    }
}
