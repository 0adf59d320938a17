//! The tasks that commits can be linked with, by everything that names them.

use std::collections::HashMap;

use rusqlite::Connection;

use super::super::convert::split;
use crate::model::ids::Oid;
use crate::model::task::{TaskKind, When};

/// A task.
pub(super) struct Task {
    pub(super) subject: i64,
    pub(super) is_pr: bool,
    /// Position in [`Known::projects`].
    pub(super) project: Option<u32>,
    /// The branch of a pull request.
    pub(super) branch: Option<String>,
}

/// A pull request of a branch.
pub(super) struct OfBranch {
    /// When it was merged or closed, UTC seconds.
    pub(super) ended: i64,
    /// Its key, for the order of those that ended at once.
    pub(super) key: String,
    /// Its position.
    pub(super) task: u32,
}

/// All of them.
#[derive(Default)]
pub(super) struct Known {
    pub(super) tasks: Vec<Task>,
    /// Names of projects in lower case, each once.
    pub(super) projects: Vec<String>,
    /// By key in upper case.
    pub(super) by_key: HashMap<String, Vec<u32>>,
    /// By the sign and number of `owner/name#12`.
    pub(super) by_number: HashMap<(char, u32), Vec<u32>>,
    /// Pull requests by the object ids of their commits and merges.
    pub(super) by_oid: HashMap<Oid, Vec<u32>>,
    /// Pull requests by the branch they come from, the first one that ended first.
    pub(super) by_branch: HashMap<String, Vec<OfBranch>>,
    /// The trackers that there are.
    pub(super) sources: Vec<String>,
}

impl Known {
    pub(super) fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let mut known = Self::default();
        let mut projects: HashMap<String, u32> = HashMap::new();
        let mut places: HashMap<i64, u32> = HashMap::new();
        let mut query =
            conn.prepare_cached("SELECT subject, source, key, kind, project FROM tasks")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let at = place(known.tasks.len());
            let (source, key) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
            let project = row.get_ref(4)?.as_str_or_null()?;
            let project = project.map(|name| known.project(name, &mut projects));
            let subject = row.get(0)?;
            known.name(at, source, key);
            places.insert(subject, at);
            known.tasks.push(Task {
                subject,
                is_pr: row.get::<_, u8>(3)? == TaskKind::Pr as u8,
                project,
                branch: None,
            });
            if !known.sources.iter().any(|one| one == source) {
                known.sources.push(source.to_owned());
            }
        }
        known.reviews(conn, &places)?;
        Ok(known)
    }

    fn project(&mut self, name: &str, places: &mut HashMap<String, u32>) -> u32 {
        let name = name.trim_end_matches('/').to_lowercase();
        let next = place(self.projects.len());
        let at = *places.entry(name.clone()).or_insert(next);
        if at == next {
            self.projects.push(name);
        }
        at
    }

    fn name(&mut self, at: u32, source: &str, key: &str) {
        let key = if source == "azure" {
            format!("AB#{key}")
        } else {
            key.to_uppercase()
        };
        let number = key.rsplit_once(['#', '!']).and_then(|(path, number)| {
            let sign = key.chars().rfind(|c| matches!(c, '#' | '!'))?;
            let number = number.parse().ok()?;
            path.contains('/').then_some((sign, number))
        });
        if let Some(number) = number {
            self.by_number.entry(number).or_default().push(at);
        }
        self.by_key.entry(key).or_default().push(at);
    }

    fn reviews(&mut self, conn: &Connection, places: &HashMap<i64, u32>) -> rusqlite::Result<()> {
        let mut query = conn.prepare_cached(
            "SELECT subject, key, branch, commits, merged, closed FROM reviews WHERE given = 0",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let Some(task) = places.get(&row.get(0)?).copied() else {
                continue;
            };
            for oid in split(row.get_ref(3)?.as_blob()?) {
                self.by_oid.entry(oid).or_default().push(task);
            }
            let Some(branch): Option<String> = row.get(2)? else {
                continue;
            };
            let ended: Option<When> = row.get::<_, Option<When>>(4)?.or(row.get(5)?);
            let of = OfBranch {
                ended: ended.map_or(i64::MAX, When::order),
                key: row.get(1)?,
                task,
            };
            self.by_branch.entry(branch.clone()).or_default().push(of);
            self.tasks[task as usize].branch = Some(branch);
        }
        for requests in self.by_branch.values_mut() {
            requests.sort_unstable_by(|a, b| (a.ended, &a.key).cmp(&(b.ended, &b.key)));
        }
        Ok(())
    }
}

/// A length as a position; there are never so many tasks.
fn place(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
