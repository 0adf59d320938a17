//! A generated team of 40 over 8 quarters: commits at their hours, and tasks, as real datasets.

use chrono::{Datelike, NaiveDate, TimeZone, Utc};
use inward::model::calendar::{Calendar, Tz};
use inward::model::dataset::{Dataset, Row};
use inward::model::ids::{CommitId, RepoId, TaskId};
use inward::model::moment::Moment;
use inward::model::period::{Bucket, Range};
use inward::model::population::Population;
use inward::model::stage::Stage;
use inward::model::task::TaskKind;
use inward::model::work::{Given, Stamp, Task, Work};
use inward::share::Window;

use super::generate::{Dice, dataset, oid};

pub(crate) const PEOPLE: usize = 40;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// One engineer of the team.
pub(crate) struct Member {
    pub(crate) data: Dataset,
    /// Commits by day of the two years.
    pub(crate) days: Vec<(NaiveDate, u32)>,
    /// Tasks finished by day.
    pub(crate) done: Vec<NaiveDate>,
    /// Commits after 19 h by day.
    pub(crate) late: Vec<NaiveDate>,
}

/// The team of one seed.
pub(crate) struct Team {
    pub(crate) members: Vec<Member>,
}

/// The eight quarters.
pub(crate) fn windows() -> Vec<Window> {
    (2024..2026)
        .flat_map(|year| (1..=4).map(move |quarter| Window::quarter(year, quarter).unwrap()))
        .collect()
}

/// A day after all of them.
pub(crate) fn calendar() -> Calendar {
    let now = Utc.with_ymd_and_hms(2026, 1, 20, 12, 0, 0).unwrap();
    Calendar::new(now, Tz::UTC)
}

pub(crate) fn team(seed: u64) -> Team {
    let mut dice = Dice(seed);
    Team {
        members: (0..PEOPLE).map(|_| member(&mut dice)).collect(),
    }
}

/// From 0 to 1.
fn part(dice: &mut Dice) -> f64 {
    dice.below(1_000_000) as f64 / 1_000_000.0
}

/// Commits a workday, tasks a commit and late hours differ from one to the next, and rise and fall.
fn member(dice: &mut Dice) -> Member {
    let pace = 0.15 * 12_f64.powf(part(dice));
    let per_task = 2.0 + 4.0 * part(dice);
    let late_share = 0.4 * part(dice) * part(dice);
    let mut made = Member {
        data: Dataset::default(),
        days: Vec::new(),
        done: Vec::new(),
        late: Vec::new(),
    };
    let mut rows = Vec::new();
    let mut work = Work {
        until: Some(
            NaiveDate::from_ymd_opt(2026, 1, 19)
                .unwrap()
                .to_epoch_days(),
        ),
        ..Work::default()
    };
    let (mut mood, mut quarter) = (1.0, 0);
    for day in workdays() {
        if day.month0() / 3 != quarter {
            quarter = day.month0() / 3;
            // A quarter with a leave, a launch or another job: from a fifth to twice as much.
            mood = 0.2 * 10_f64.powf(part(dice));
        }
        let expected = pace * mood;
        let mut count = 0;
        while part(dice) < expected / (1.0 + expected) && count < 12 {
            count += 1;
        }
        let midnight = day.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp();
        for _ in 0..count {
            let is_late = part(dice) < late_share;
            let hour = if is_late { 20 } else { 9 + dice.below(8) };
            let second = i64::try_from(hour * 3_600 + dice.below(3_600)).unwrap();
            let number = u32::try_from(rows.len()).unwrap();
            rows.push(row(number, midnight + second));
            made.late.extend(is_late.then_some(day));
            if part(dice) < 1.0 / per_task {
                finish(dice, &mut work, midnight);
                made.done.push(day);
            }
        }
        if count > 0 {
            made.days.push((day, count));
        }
    }
    made.data = dataset(rows, 1);
    made.data.work = work;
    made
}

fn workdays() -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let days = first.iter_days().take_while(|day| day.year() < 2026);
    days.filter(|day| day.weekday().num_days_from_monday() < 5)
}

fn row(number: u32, utc: i64) -> Row {
    Row {
        oid: oid(number),
        id: CommitId(number + 1),
        repo: RepoId(1),
        authored: Moment::new(utc, 0),
        flags: 0,
        changes: Vec::new(),
    }
}

/// A task that was finished on the day that begins at `midnight`, and now and then a review.
fn finish(dice: &mut Dice, work: &mut Work, midnight: i64) {
    let done = midnight + 16 * HOUR;
    let took = 1 + dice.below(5) * dice.below(12);
    let started = done - i64::try_from(took).unwrap() * DAY;
    let kinds = [TaskKind::Story, TaskKind::Bug, TaskKind::Task];
    let kind = kinds[usize::try_from(dice.below(3)).unwrap()];
    let at = |utc| Stamp::at(utc, 0).unwrap();
    let id = TaskId(i64::try_from(work.tasks.len()).unwrap() + 1);
    if dice.one_in(2) {
        work.given.push(Given {
            source: 0,
            id: TaskId(id.0 + 1_000_000),
            repo: Some(0),
            project: 0,
            requested: Some(at(midnight + 9 * HOUR)),
            times: vec![at(midnight + 14 * HOUR)],
            excluded: false,
        });
    }
    work.tasks.push(Task {
        id,
        source: 0,
        project: 0,
        repo: None,
        kind,
        stage: Some(Stage::Done),
        created: Some(at(started - DAY)),
        started: Some(at(started)),
        first_commit: None,
        done: Some(at(done)),
        cancelled: None,
        windowed: false,
        due: None,
        updated: Some(at(done)),
        estimate: None,
        spent: None,
        whole: true,
        excluded: false,
        visits: 0..0,
    });
}

impl Member {
    /// Commits in `range`.
    pub(crate) fn commits(&self, range: Range) -> u32 {
        let inside = self.days.iter().filter(|(day, _)| range.contains(*day));
        inside.map(|(_, count)| *count).sum()
    }

    /// Days with a commit in `range`.
    pub(crate) fn active_days(&self, range: Range) -> u64 {
        self.days
            .iter()
            .filter(|(day, _)| range.contains(*day))
            .count() as u64
    }

    /// Commits after hours in `range`.
    pub(crate) fn late(&self, range: Range) -> u64 {
        self.late.iter().filter(|day| range.contains(**day)).count() as u64
    }

    /// Tasks finished in `range`.
    pub(crate) fn finished(&self, range: Range) -> u32 {
        let inside = self.done.iter().filter(|day| range.contains(**day));
        u32::try_from(inside.count()).unwrap()
    }
}

impl Team {
    /// What a count over the team's clones would give.
    pub(crate) fn population(&self) -> Population {
        let ranges: Vec<Range> = windows().into_iter().map(Window::range).collect();
        let row = |one: &Member| ranges.iter().map(|range| one.commits(*range)).collect();
        Population::new(ranges.clone(), self.members.iter().map(row).collect())
    }
}

/// The weeks of a window, the first and last cut by it.
pub(crate) fn weeks(window: Window) -> Vec<Range> {
    window.range().buckets(Bucket::Week, chrono::Weekday::Mon)
}
