//! What drafts are written from: the rows of some days with their texts. Reads only these days and
//! what is open, not the columns of the whole record: a stand-up is there before one looks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use rusqlite::{Connection, Row};

use super::choices::Held;
use super::columns::{self, Bits};
use super::commits::ASSISTED;
use super::{Store, StoreError, folders, notes, tasks, work};
use crate::model::away::Away;
use crate::model::commit::mark;
use crate::model::goal::GoalLink;
use crate::model::ids::{CommitId, Oid};
use crate::model::keep::is_kept;
use crate::model::material::{Done, Given, Material, Matter};
use crate::model::moment::{self, Moment};
use crate::model::period::Range;
use crate::model::project::Projects;
use crate::model::stage::{Stage, StageWords};
use crate::model::task::{GivenReview, TaskKind, When};
use crate::model::text::Clean;
use crate::model::timeline::Point;

/// How far ahead events are told of.
const AHEAD: u64 = 7;

impl Store {
    /// Days that are no workdays, sorted: leave, holidays and other events.
    pub fn away(&self) -> Result<Vec<Away>, StoreError> {
        self.read("reading marked days", notes::away)
    }

    /// What a draft about `range` needs.
    pub fn material(&self, range: Range) -> Result<Material, StoreError> {
        let given = self.marked_reviews()?.into_iter();
        let given = given.filter(|one| one.marks.out.is_none());
        let given = given.filter_map(|one| within(one.row, range));
        let given = given.map(|review| Given {
            project: review
                .project
                .as_ref()
                .and_then(|name| own(&self.projects, name)),
            review,
        });
        let given = given.collect();
        let until = range.to.checked_add_days(Days::new(AHEAD));
        let notes = self.notes(Some(Range::new(range.from, until.unwrap_or(range.to))))?;
        let goals = self.goals()?;
        let aims = goals.iter().flat_map(|goal| &goal.links);
        let aims: BTreeSet<Clean> = aims
            .filter_map(|link| match link {
                GoalLink::Task(key) => key.clone(),
                GoalLink::Note(_) => None,
            })
            .collect();
        self.read("reading what a draft needs", |conn| {
            let held = Held::load(conn)?;
            let commits = commits(conn, &self.projects, range, &held)?;
            let rules = (&self.words, &self.projects);
            let tasks = matters(conn, rules, (range, &held, &aims), &commits)?;
            let open: BTreeSet<&Clean> = tasks
                .iter()
                .filter(|task| is_open(task.timeline.stage))
                .map(|task| &task.facts.source)
                .collect();
            let exports = work::newest(conn)?.into_iter();
            let mut exports: Vec<(Clean, i32)> = exports
                .filter(|(source, _)| open.contains(source))
                .collect();
            exports.sort_unstable();
            Ok(Material {
                range,
                commits,
                tasks,
                given,
                pairings: pairings(conn, range)?,
                notes,
                goals,
                exports,
            })
        })
    }
}

fn is_open(stage: Option<Stage>) -> bool {
    stage.is_some_and(|stage| !stage.is_closed())
}

/// Seconds in which commits of these days lie, whatever their offsets.
fn window(range: Range) -> (i64, i64) {
    moment::window(range.from.to_epoch_days(), range.to.to_epoch_days())
}

/// The review with its times in `range` only; `None` without one.
fn within(mut given: GivenReview, range: Range) -> Option<GivenReview> {
    let inside = |at: &When| at.day().is_some_and(|day| range.contains(day));
    given.times.retain(inside);
    (!given.times.is_empty()).then_some(given)
}

fn commits(
    conn: &Connection,
    projects: &Projects,
    range: Range,
    held: &Held,
) -> rusqlite::Result<Vec<Done>> {
    let (from, to) = window(range);
    let mut query = conn.prepare(
        "SELECT c.id, c.oid, c.utc, c.offset_min, r.name, c.summary, c.class, c.lines_known,
           c.marks, c.fate,
           EXISTS (SELECT 1 FROM sightings s
             WHERE s.\"commit\" = c.id AND s.on_default_branch = 1),
           (SELECT b.name FROM sightings s JOIN branches b ON b.id = s.branch
             WHERE s.\"commit\" = c.id ORDER BY s.repository LIMIT 1),
           c.squashed_by,
           (SELECT t.oid FROM commits t JOIN sightings s ON s.\"commit\" = t.id
             WHERE t.twin_of = c.id AND s.on_default_branch = 1
             ORDER BY t.committed_utc DESC, t.oid LIMIT 1)
         FROM commits c JOIN repositories r ON r.id = c.home
         WHERE c.utc BETWEEN ?1 AND ?2 AND c.twin_of IS NULL AND c.merge = 0
         ORDER BY c.utc, c.oid",
    )?;
    let rows = query.query_map([from, to], |row| done(row, range))?;
    let mut done = Vec::new();
    for row in rows {
        done.extend(row?.filter(|one| !held.commits.contains_key(&one.id)));
    }
    // A squash that lies in other days is no news of these.
    let here: BTreeSet<Oid> = done.iter().map(|one| one.oid).collect();
    for one in &mut done {
        one.landed_as = one.landed_as.filter(|squash| here.contains(squash));
    }
    let ids: Vec<u32> = done.iter().map(|one| one.id.0).collect();
    // One query for all, answered by index: the window would be looked for in every commit again.
    let ids = serde_json::to_string(&ids).unwrap_or_default();
    folders::fill(conn, projects, &ids, &mut done)?;
    let mut links: BTreeMap<CommitId, Vec<i64>> = BTreeMap::new();
    let mut query = conn.prepare(
        "SELECT \"commit\", task FROM links
         WHERE \"commit\" IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2",
    )?;
    let mut rows = query.query([&ids])?;
    while let Some(row) = rows.next()? {
        links.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    for one in &mut done {
        one.tasks = links.remove(&one.id).unwrap_or_default();
    }
    Ok(done)
}

/// The commit of a row; `None` when it lies on another day.
fn done(row: &Row<'_>, range: Range) -> rusqlite::Result<Option<Done>> {
    let at = Moment {
        utc: row.get(2)?,
        offset_min: row.get(3)?,
    };
    if !at.day().is_some_and(|day| range.contains(day)) {
        return Ok(None);
    }
    let mut summary: Clean = row.get(5)?;
    let work_type = mark::work_type(summary.as_str(), row.get(8)?);
    if !is_kept(&summary) {
        // A draft falls back on what is known beside it.
        summary = Clean::default();
    }
    let flags = columns::flags(&Bits {
        merge: false,
        twin: false,
        lines_known: row.get(7)?,
        assisted: row.get::<_, Option<u8>>(6)? == Some(ASSISTED),
        fate: row.get(9)?,
        marks: row.get(8)?,
        on_default: row.get(10)?,
        work_type,
    });
    let (on_default, copy): (bool, Option<Oid>) = (row.get(10)?, row.get(13)?);
    let (oid, squash): (Oid, Option<Oid>) = (row.get(1)?, row.get(12)?);
    Ok(Some(Done {
        id: row.get(0)?,
        oid,
        evidence: copy.filter(|_| !on_default).unwrap_or(oid),
        landed: on_default || copy.is_some() || squash.is_some(),
        at,
        repo: row.get(4)?,
        summary,
        flags,
        branch: row.get(11)?,
        folder: None,
        project: None,
        files: 0,
        lines: 0,
        landed_as: squash,
        tasks: Vec::new(),
    }))
}

/// Tasks that are open, that something happened to in `range`, or that a goal aims at.
fn matters(
    conn: &Connection,
    (words, projects): (&StageWords, &Projects),
    (range, held, aims): (Range, &Held, &BTreeSet<Clean>),
    commits: &[Done],
) -> rusqlite::Result<Vec<Matter>> {
    let worked_on: BTreeSet<i64> = commits.iter().flat_map(|one| one.tasks.clone()).collect();
    let mut last = conn.prepare(
        "SELECT c.utc, c.offset_min FROM links l JOIN commits c ON c.id = l.\"commit\"
         WHERE l.task = ?1 AND c.utc <= ?2 ORDER BY c.utc DESC LIMIT 20",
    )?;
    let mut out = Vec::new();
    for mut task in tasks::corrected(conn, words)? {
        // A draft falls back on the key.
        if !is_kept(&task.facts.title) {
            task.facts.title = Clean::default();
        }
        let (facts, timeline) = (&task.facts, &task.timeline);
        let points = [timeline.started, timeline.done, timeline.cancelled];
        let points = || points.into_iter().flatten().map(Point::latest);
        let touched = || {
            let known = [facts.created, facts.started, facts.done].into_iter();
            let moves = task.moves.iter().map(|one| one.point().latest());
            let mut all = known.flatten().chain(points()).chain(moves);
            all.any(|at| at.day().is_some_and(|day| range.contains(day)))
        };
        // Work that began before these days and ended after them was in progress.
        let spans = || {
            let after = |at: When| at.day().is_some_and(|day| day > range.to);
            let before = |at: When| at.day().is_some_and(|day| day < range.from);
            points().any(after) && points().chain(facts.created).any(before)
        };
        let matters = is_open(timeline.stage)
            || worked_on.contains(&task.id)
            || aims.contains(&task.facts.key)
            || touched()
            || spans();
        if !matters || held.subjects.contains_key(&task.id) {
            continue;
        }
        let at = last.query_map([task.id, window(range).1], |row| {
            Ok(Moment {
                utc: row.get(0)?,
                offset_min: row.get(1)?,
            })
        })?;
        let project = facts.project.as_ref().and_then(|name| own(projects, name));
        out.push(Matter {
            id: task.id,
            project,
            last_commit: last_before(at, range)?,
            shares: Vec::new(),
            facts: task.facts,
            moves: task.moves,
            timeline: task.timeline,
        });
    }
    share(conn, &mut out)?;
    Ok(out)
}

/// The newest of `commits` (the newest first) that is not after `range`.
fn last_before(
    commits: impl Iterator<Item = rusqlite::Result<Moment>>,
    range: Range,
) -> rusqlite::Result<Option<Moment>> {
    for at in commits {
        let at = at?;
        if at.day().is_some_and(|day| day <= range.to) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// The owner's project that a tracker's `name` stands for.
fn own(projects: &Projects, name: &Clean) -> Option<Clean> {
    projects.name(projects.of_tracker(name.as_str())?).cloned()
}

/// Says which tasks share commits with which pull requests.
fn share(conn: &Connection, tasks: &mut [Matter]) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT DISTINCT b.task FROM links a JOIN links b ON b.\"commit\" = a.\"commit\"
         WHERE a.task = ?1 AND b.task <> ?1",
    )?;
    let places: BTreeMap<i64, usize> = tasks
        .iter()
        .enumerate()
        .map(|(at, one)| (one.id, at))
        .collect();
    for at in 0..tasks.len() {
        if tasks[at].facts.kind != TaskKind::Pr {
            continue;
        }
        let id = tasks[at].id;
        let others = query.query_map([id], |row| row.get::<_, i64>(0))?;
        for other in others {
            let other = other?;
            tasks[at].shares.push(other);
            if let Some(place) = places.get(&other) {
                tasks[*place].shares.push(id);
            }
        }
    }
    for task in tasks {
        task.shares.sort_unstable();
        task.shares.dedup();
    }
    Ok(())
}

/// Commits of others that name me co-author: the repository and the time.
fn pairings(conn: &Connection, range: Range) -> rusqlite::Result<Vec<(Clean, Moment)>> {
    let (from, to) = window(range);
    let mut query = conn.prepare(
        "SELECT r.name, p.utc, p.offset_min FROM pairings p
         JOIN repositories r ON r.id = p.repository
         WHERE p.utc BETWEEN ?1 AND ?2 GROUP BY p.utc ORDER BY p.utc, r.id",
    )?;
    let rows = query.query_map([from, to], |row| {
        let at = Moment {
            utc: row.get(1)?,
            offset_min: row.get(2)?,
        };
        Ok((row.get(0)?, at))
    })?;
    let rows: Vec<(Clean, Moment)> = rows.collect::<rusqlite::Result<_>>()?;
    let inside = |at: Moment| at.day().is_some_and(|day| range.contains(day));
    Ok(rows.into_iter().filter(|(_, at)| inside(*at)).collect())
}
