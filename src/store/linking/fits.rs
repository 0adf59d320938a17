//! Which project of a tracker belongs to which repository.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::super::keys::Key;
use super::tasks::Known;
use crate::model::ids::RepoId;
use crate::model::task::last_part;

/// How a project fits a repository; the better one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Not at all.
    No,
    /// Their names are the same: it may be a fork, or a clone without a remote.
    Name,
    /// The remote of a clone is the project.
    Remote,
}

/// Remembers what fits.
pub(super) struct Fits<'a> {
    known: &'a Known,
    key: &'a Key,
    names: HashMap<RepoId, String>,
    remotes: HashMap<RepoId, HashSet<[u8; 16]>>,
    told: RefCell<HashMap<(u32, RepoId), Fit>>,
}

impl<'a> Fits<'a> {
    pub(super) fn load(
        conn: &Connection,
        key: &'a Key,
        known: &'a Known,
    ) -> rusqlite::Result<Self> {
        let mut query = conn.prepare_cached("SELECT id, name FROM repositories")?;
        let names = query.query_map([], |row| {
            let name: String = row.get(1)?;
            Ok((row.get(0)?, last_part(&name).to_lowercase()))
        })?;
        let names = names.collect::<rusqlite::Result<_>>()?;
        let mut remotes: HashMap<RepoId, HashSet<[u8; 16]>> = HashMap::new();
        let mut query = conn.prepare_cached("SELECT repository, hash FROM remotes")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            remotes.entry(row.get(0)?).or_default().insert(row.get(1)?);
        }
        Ok(Self {
            known,
            key,
            names,
            remotes,
            told: RefCell::default(),
        })
    }

    /// How the project of a task fits a repository.
    pub(super) fn of(&self, task: u32, repo: RepoId) -> Fit {
        let Some(project) = self.known.tasks[task as usize].project else {
            return Fit::No;
        };
        let mut told = self.told.borrow_mut();
        *told
            .entry((project, repo))
            .or_insert_with(|| self.tell(&self.known.projects[project as usize], repo))
    }

    fn tell(&self, project: &str, repo: RepoId) -> Fit {
        let remotes = self.remotes.get(&repo);
        let is_one =
            |all: &HashSet<_>| self.key.all().any(|key| all.contains(&key.remote(project)));
        if remotes.is_some_and(is_one) {
            return Fit::Remote;
        }
        let name = self.names.get(&repo);
        if name.is_some_and(|name| name == last_part(project)) {
            return Fit::Name;
        }
        Fit::No
    }

    /// Those of `tasks` whose projects fit one of `repos` best; none where none fits.
    pub(super) fn fitting(&self, tasks: &[u32], repos: &[RepoId]) -> Vec<u32> {
        let best = |task: &u32| repos.iter().map(|repo| self.of(*task, *repo)).max();
        let fits = tasks.iter().map(|task| (best(task), *task));
        let fits: Vec<(Option<Fit>, u32)> = fits.collect();
        let top = fits.iter().filter_map(|(fit, _)| *fit).max();
        match top {
            None | Some(Fit::No) => Vec::new(),
            top => fits
                .into_iter()
                .filter(|(fit, _)| *fit == top)
                .map(|(_, task)| task)
                .collect(),
        }
    }

    /// Of several tasks with one key those that fit, or all where none does.
    pub(super) fn narrowed(&self, tasks: &[u32], repos: &[RepoId]) -> Vec<u32> {
        if tasks.len() < 2 {
            return tasks.to_vec();
        }
        let fitting = self.fitting(tasks, repos);
        if fitting.is_empty() {
            tasks.to_vec()
        } else {
            fitting
        }
    }
}
