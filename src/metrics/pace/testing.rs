//! Small records of acts for tests.

use chrono::DateTime;

use super::super::testing::{stamp, utc};
use crate::model::dataset::{Builder, Dataset, RefAct, Row};
use crate::model::figure::{Figure, Key, Point};
use crate::model::history::RefEventKind;
use crate::model::ids::{CommitId, Oid, RepoId, TaskId};
use crate::model::moment::Moment;
use crate::model::work::Given;

/// Commits at RFC 3339 times, each in the repository of this number from 1, with flags; believed
/// up to `now`.
pub(in crate::metrics) fn commits_in(at: &[(&str, u32, u16)], now: &str) -> Dataset {
    let rows = at.iter().map(|(time, repo, flags)| {
        let time = DateTime::parse_from_rfc3339(time).expect("a time");
        let offset = time.offset().local_minus_utc() / 60;
        (Moment::new(time.timestamp(), offset), *repo, *flags)
    });
    commits_at(&rows.collect::<Vec<_>>(), now)
}

/// Commits at these moments in these repositories with these flags.
pub(in crate::metrics) fn commits_at(at: &[(Moment, u32, u16)], now: &str) -> Dataset {
    let mut builder = Builder::new(utc(now), (1..=3).map(RepoId).collect());
    for (n, (authored, repo, flags)) in (1_u32..).zip(at) {
        let mut oid = Oid::ZERO;
        // The same commit has the same id, whatever the order in which they come.
        oid.0[..8].copy_from_slice(&authored.utc.to_be_bytes());
        oid.0[8..10].copy_from_slice(&authored.offset_min.to_be_bytes());
        oid.0[10..14].copy_from_slice(&repo.to_be_bytes());
        oid.0[14..18].copy_from_slice(&n.to_be_bytes());
        builder.push(Row {
            oid,
            id: CommitId(n),
            repo: RepoId(*repo),
            authored: *authored,
            flags: *flags,
            changes: Vec::new(),
        });
    }
    builder.finish()
}

/// A ref event in UTC at `2026-03-02 09:00`: in the repository at a position, on a branch.
pub(in crate::metrics) fn event(time: &str, kind: RefEventKind, place: (u16, u32)) -> RefAct {
    event_at(Moment::new(utc(time), 0), kind, place)
}

/// The same at a moment.
pub(in crate::metrics) fn event_at(
    at: Moment,
    kind: RefEventKind,
    (repo, branch): (u16, u32),
) -> RefAct {
    RefAct {
        utc: at.utc,
        offset_min: at.offset_min,
        day: at.day().expect("in the calendar").to_epoch_days(),
        repo,
        branch,
        kind,
    }
}

/// A pull request of somebody else, reviewed at these times.
pub(in crate::metrics) fn given(id: i64, times: &[&str]) -> Given {
    Given {
        source: 0,
        id: TaskId(id),
        repo: None,
        project: 0,
        requested: None,
        times: times.iter().map(|time| stamp(time)).collect(),
        excluded: false,
    }
}

/// The point called `name`.
pub(in crate::metrics) fn named<'a>(figure: &'a Figure, name: &str) -> &'a Point {
    let is = |point: &&Point| matches!(point.key, Key::Name(key) if key == name);
    figure.points.iter().find(is).expect("a point of that name")
}

/// Values of the points along time.
pub(in crate::metrics) fn series(figure: &Figure) -> Vec<Option<f64>> {
    let points = figure.points.iter().filter(|point| point.key == Key::Time);
    points.map(|point| point.value).collect()
}

/// How many rows `reason` left out.
pub(in crate::metrics) fn left_out(figure: &Figure, reason: &str) -> u64 {
    let found = figure.left_out.iter().find(|out| out.reason == reason);
    found.map_or(0, |out| out.n)
}
