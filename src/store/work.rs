//! Work items in numbers: the part of the [`Dataset`] that imports
//! brought, and what was done to refs.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, Row};

use super::tasks::{self, TaskRow};
use crate::model::dataset::{Dataset, Labels, RefAct};
use crate::model::history::RefEventKind;
use crate::model::ids::{RepoId, TaskId};
use crate::model::moment::Moment;
use crate::model::project::Projects;
use crate::model::stage::Stage;
use crate::model::stage::StageWords;
use crate::model::task::{When, last_part};
use crate::model::text::Clean;
use crate::model::work::{Export, Given, Review, Spent, Stamp, Task};

/// Fills what `data` and `labels` hold of work items. Their repositories and the names of the
/// owner's own projects have to be there.
pub(super) fn load(
    conn: &Connection,
    (words, projects): (&StageWords, &Projects),
    data: &mut Dataset,
    labels: &mut Labels,
) -> rusqlite::Result<()> {
    let newest = newest(conn)?;
    if newest.is_empty() {
        // Nothing was imported.
        return Ok(());
    }
    let rows = tasks::corrected(conn, words)?;
    let mut names = Names::new(conn, (projects, &rows), labels)?;
    for row in rows {
        let project = row.facts.project.as_ref();
        let place = (
            names.source(&row.facts.source),
            names.project(project),
            names.repo(project),
        );
        let work = &mut data.work;
        let told = (&row.facts, &row.timeline);
        let task = Task::new(TaskId(row.id), told, place, &mut work.visits);
        if let Some(review) = &row.facts.review {
            let at = u32::try_from(work.tasks.len()).unwrap_or(u32::MAX);
            work.reviews.push(Review::new(at, review));
        }
        names.labels.tasks.push(row.facts.key);
        work.tasks.push(task);
    }
    data.work.exports = exports(&data.work.tasks, &newest, names.labels);
    data.work.until = until(&data.work.exports, &newest);
    data.work.given = given(conn, &mut names)?;
    data.work.spent = spent(conn, &data.work.tasks, &mut names)?;
    Ok(())
}

/// The day of the newest export of each tracker, days from 1970-01-01: when its file was written,
/// else when it was imported.
pub(super) fn newest(conn: &Connection) -> rusqlite::Result<HashMap<Clean, i32>> {
    let mut query = conn.prepare(
        "SELECT source, max(min(coalesce(modified / 86400, day), day)) FROM imports GROUP BY source",
    )?;
    query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The newest export of each tracker with tasks. One whose imports go by another name has its day
/// from the newest of all.
fn exports(tasks: &[Task], newest: &HashMap<Clean, i32>, labels: &Labels) -> Vec<Export> {
    let last = newest.values().copied().max();
    let export = |(source, name): (u16, &Clean)| {
        let day = newest.get(name).copied().or(last)?;
        let mine = tasks
            .iter()
            .filter(|task| task.source == source && !task.is_pr());
        let open = mine.filter(|task| !task.stage.is_some_and(Stage::is_closed));
        Some(Export {
            source,
            day,
            open: open.count() as u64,
        })
    };
    (0..).zip(&labels.sources).filter_map(export).collect()
}

/// The day up to which all is known. A tracker without open tasks has told its whole story.
fn until(exports: &[Export], newest: &HashMap<Clean, i32>) -> Option<i32> {
    let open = exports.iter().filter(|export| export.open > 0);
    let oldest = open.map(|export| export.day).min();
    oldest.or_else(|| newest.values().copied().max())
}

/// Texts as positions in the labels.
struct Names<'a> {
    labels: &'a mut Labels,
    own: &'a Projects,
    sources: HashMap<Clean, u16>,
    projects: HashMap<String, u16>,
    /// Repositories by their names in lower case; two of one name are nobody's.
    repos: HashMap<String, Option<u16>>,
}

impl<'a> Names<'a> {
    /// Projects and trackers get their positions in the order of their names, so that they depend
    /// on nothing but what is stored.
    fn new(
        conn: &Connection,
        (own, tasks): (&'a Projects, &[TaskRow]),
        labels: &'a mut Labels,
    ) -> rusqlite::Result<Self> {
        let mut repos = HashMap::new();
        for (at, name) in (0..).zip(&labels.repos) {
            let known = repos.entry(last_part(name.as_str()).to_lowercase());
            known.and_modify(|at| *at = None).or_insert(Some(at));
        }
        let mut names = Self {
            labels,
            sources: HashMap::new(),
            projects: HashMap::new(),
            own,
            repos,
        };
        let texts = |sql: &str| -> rusqlite::Result<BTreeSet<Clean>> {
            conn.prepare(sql)?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        let others = texts(
            "SELECT project FROM reviews WHERE project IS NOT NULL
             UNION SELECT project FROM time_entries WHERE project IS NOT NULL",
        )?;
        let mut projects: BTreeSet<&Clean> = others.iter().collect();
        projects.extend(tasks.iter().filter_map(|task| task.facts.project.as_ref()));
        for project in projects {
            names.project(Some(project));
        }
        let sources: BTreeSet<&Clean> = tasks.iter().map(|task| &task.facts.source).collect();
        for source in sources {
            names.source(source);
        }
        Ok(names)
    }

    fn source(&mut self, source: &Clean) -> u16 {
        if let Some(at) = self.sources.get(source) {
            return *at;
        }
        let at = u16::try_from(self.labels.sources.len()).unwrap_or(u16::MAX);
        self.labels.sources.push(source.clone());
        self.sources.insert(source.clone(), at);
        at
    }

    fn project(&mut self, project: Option<&Clean>) -> u16 {
        let Some(project) = project else { return 0 };
        let key = folded(project);
        if let Some(at) = self.projects.get(&key) {
            return *at;
        }
        if let Some(at) = self.own.of_tracker(project.as_str()) {
            self.projects.insert(key, at);
            return at;
        }
        let at = u16::try_from(self.labels.projects.len()).unwrap_or(u16::MAX);
        self.labels.projects.push(project.clone());
        self.projects.insert(key, at);
        at
    }

    /// The repository that has the project's name, or the last part of it (`owner/name`).
    fn repo(&self, project: Option<&Clean>) -> Option<u16> {
        let name = last_part(project?.as_str()).to_lowercase();
        self.repos.get(&name).copied()?
    }
}

fn folded(name: &Clean) -> String {
    name.as_str().to_lowercase()
}

fn stamp(when: Option<When>) -> Option<Stamp> {
    when.and_then(Stamp::of)
}

fn given(conn: &Connection, names: &mut Names<'_>) -> rusqlite::Result<Vec<Given>> {
    let mut query = conn.prepare(
        "SELECT subject, project, requested, times, source FROM reviews WHERE given = 1
         ORDER BY source, key, project, requested, times",
    )?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let project: Option<Clean> = row.get(1)?;
        let times = super::when::split(row.get_ref(3)?.as_blob()?)?;
        out.push(Given {
            id: TaskId(row.get(0)?),
            source: names.source(&row.get(4)?),
            repo: names.repo(project.as_ref()),
            project: names.project(project.as_ref()),
            requested: stamp(row.get(2)?),
            times: times.into_iter().filter_map(Stamp::of).collect(),
            excluded: false,
        });
    }
    // A review without a time is none.
    out.retain(|given| !given.times.is_empty());
    out.sort_by_key(|given| given.times.first().map(|time| time.utc));
    Ok(out)
}

fn spent(conn: &Connection, tasks: &[Task], names: &mut Names<'_>) -> rusqlite::Result<Vec<Spent>> {
    let places: HashMap<i64, u32> = (0..).zip(tasks).map(|(at, task)| (task.id.0, at)).collect();
    let mut query = conn.prepare(
        "SELECT subject, project, start, ended, seconds, busy, source FROM time_entries
         ORDER BY start, source, task, project, ended, seconds, note, tags, busy, own_id",
    )?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.extend(one_spent(row, &places, names)?);
    }
    Ok(out)
}

/// An entry; `None` when no calendar holds its start.
fn one_spent(
    row: &Row<'_>,
    places: &HashMap<i64, u32>,
    names: &mut Names<'_>,
) -> rusqlite::Result<Option<Spent>> {
    let subject: i64 = row.get(0)?;
    let project: Option<Clean> = row.get(1)?;
    let Some(start) = stamp(row.get(2)?) else {
        return Ok(None);
    };
    Ok(Some(Spent {
        id: TaskId(subject),
        source: names.source(&row.get(6)?),
        start,
        end: stamp(row.get(3)?),
        seconds: row.get(4)?,
        task: places.get(&subject).copied(),
        project: names.project(project.as_ref()),
        busy: row.get(5)?,
        excluded: false,
    }))
}

/// What I did to refs, by time.
pub(super) fn ref_acts(conn: &Connection, repos: &[RepoId]) -> rusqlite::Result<Vec<RefAct>> {
    let mut query = conn.prepare_cached(
        "SELECT repository, utc, offset_min, coalesce(branch, 0), kind FROM ref_events
         ORDER BY utc, hash",
    )?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (utc, offset_min) = (row.get(1)?, row.get(2)?);
        let place = repos.binary_search(&row.get(0)?).ok();
        let day = Moment { utc, offset_min }.day();
        let (Some(repo), Some(day)) = (place.and_then(|at| u16::try_from(at).ok()), day) else {
            continue;
        };
        out.push(RefAct {
            utc,
            offset_min,
            day: day.to_epoch_days(),
            repo,
            branch: row.get(3)?,
            kind: RefEventKind::from_number(row.get(4)?).unwrap_or(RefEventKind::Other),
        });
    }
    Ok(out)
}
