//! The part of the [`Dataset`] that links commits and tasks, and what follows from it: the first
//! commit of each task and pull request, and where a task belongs.

use std::collections::HashMap;

use rusqlite::Connection;

use super::links::rule;
use crate::model::dataset::{Dataset, UNDATED, flag};
use crate::model::links::{Link, LinkRule};
use crate::model::work::Stamp;

/// A server writes the squash of a pull request within so many seconds of the merge: what is
/// authored then is the merge, not the work.
const MERGING: i64 = 5;

/// Fills [`Dataset::links`], and of tasks and reviews the first commit and the repository. Commits,
/// tasks and reviews have to be there. A commit or task that is not in `data` has no link.
pub(super) fn load(conn: &Connection, data: &mut Dataset) -> rusqlite::Result<()> {
    if data.work.tasks.is_empty() || data.is_empty() {
        return Ok(());
    }
    data.links = links(conn, data)?;
    first_commits(data);
    first_commits_of_requests(data);
    repositories(data);
    Ok(())
}

fn links(conn: &Connection, data: &Dataset) -> rusqlite::Result<Vec<Link>> {
    let most = data.commits.id.iter().map(|id| id.0).max().unwrap_or(0);
    // By row number, which is dense.
    let mut commits = vec![u32::MAX; most as usize + 1];
    for (at, id) in (0..).zip(&data.commits.id) {
        commits[id.0 as usize] = at;
    }
    let tasks = data.work.tasks.iter().map(|task| task.id.0);
    let tasks: HashMap<i64, u32> = tasks.zip(0..).collect();
    let mut query = conn.prepare_cached("SELECT \"commit\", task, rule FROM links")?;
    let mut rows = query.query([])?;
    let mut links = Vec::new();
    // Most commits of a task follow each other.
    let mut last = (i64::MIN, None);
    while let Some(row) = rows.next()? {
        let (id, task): (u32, i64) = (row.get(0)?, row.get(1)?);
        if last.0 != task {
            last = (task, tasks.get(&task).copied());
        }
        let commit = commits.get(id as usize).copied();
        let commit = commit.filter(|at| *at != u32::MAX);
        if let (Some(commit), Some(task)) = (commit, last.1) {
            let rule = rule(row.get(2)?)?;
            links.push(Link { commit, task, rule });
        }
    }
    links.sort_unstable();
    Ok(links)
}

/// When a linked commit was made, if it counts: no merge, no copy, with a believable clock.
fn made(data: &Dataset, link: &Link) -> Option<Stamp> {
    let at = link.commit as usize;
    let commits = &data.commits;
    let counts = !data.has(at, flag::MERGE | flag::TWIN) && commits.day[at] != UNDATED;
    counts
        .then(|| Stamp::at(commits.utc[at], commits.offset_min[at]))
        .flatten()
}

/// Links go by commit, and commits by time: the first one that counts is the earliest.
fn first_commits(data: &mut Dataset) {
    for n in 0..data.links.len() {
        let link = data.links[n];
        if data.work.tasks[link.task as usize].first_commit.is_none() {
            data.work.tasks[link.task as usize].first_commit = made(data, &link);
        }
    }
}

/// The earliest of a pull request's own commits, else of those on its branch: made before it was
/// merged.
fn first_commits_of_requests(data: &mut Dataset) {
    let requests = data.work.reviews.iter().map(|review| review.task);
    let requests: HashMap<u32, usize> = requests.zip(0..).collect();
    if requests.is_empty() {
        return;
    }
    let mut first: Vec<[Option<Stamp>; 2]> = vec![[None; 2]; data.work.reviews.len()];
    for link in &data.links {
        let own = match link.rule {
            LinkRule::PullRequest | LinkRule::Manual => 0,
            LinkRule::Branch | LinkRule::Reflog => 1,
            LinkRule::Closing | LinkRule::Trailer | LinkRule::Message => continue,
        };
        let Some(at) = requests.get(&link.task) else {
            continue;
        };
        let merged = data.work.reviews[*at].merged;
        let before = |made: &Stamp| merged.is_none_or(|end| made.utc + MERGING < end.utc);
        let slot = &mut first[*at][own];
        *slot = slot.or_else(|| made(data, link).filter(before));
    }
    for (review, [own, on_branch]) in data.work.reviews.iter_mut().zip(first) {
        review.first_commit = own.or(on_branch);
    }
}

/// A task whose project says nothing belongs to the repository that holds more than half of its
/// commits.
fn repositories(data: &mut Dataset) {
    let of = |link: &Link, data: &Dataset| data.commits.repo[link.commit as usize];
    // The only one that can hold more than half, and then whether it does.
    let mut likely: Vec<(u16, u32)> = vec![(0, 0); data.work.tasks.len()];
    for link in &data.links {
        let repo = of(link, data);
        let (held, lead) = &mut likely[link.task as usize];
        if *lead == 0 {
            (*held, *lead) = (repo, 1);
        } else if *held == repo {
            *lead += 1;
        } else {
            *lead -= 1;
        }
    }
    let mut counts: Vec<(u32, u32)> = vec![(0, 0); likely.len()];
    for link in &data.links {
        let count = &mut counts[link.task as usize];
        count.0 += 1;
        count.1 += u32::from(likely[link.task as usize].0 == of(link, data));
    }
    let all = likely.into_iter().zip(counts);
    for (task, ((repo, _), (commits, here))) in data.work.tasks.iter_mut().zip(all) {
        if task.repo.is_none() && here * 2 > commits {
            task.repo = Some(repo);
        }
    }
}
