//! Tasks, reviews given and recorded time as rows of a list.

use std::collections::HashMap;

use super::tasks::Tasks;
use super::{Known, stays};
use crate::app::effect::{Sort, SortBy};
use crate::app::kinds::Kind;
use crate::app::row::ItemRow;
use crate::model::chosen::Chosen;
use crate::model::figure::{Of, Rows};
use crate::model::happened::{self, What};
use crate::model::moment::Moment;
use crate::model::task::{GivenReview, TaskKind, When, place, short_key};
use crate::model::text::Clean;
use crate::model::timeline::Point;
use crate::model::work::{Given, Spent, Stamp};
use crate::store::{Store, StoreError, TaskRow};

/// The rows at these positions, and what they are; `None` for commits.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn rows(
    (store, tasks): (&Store, &mut Tasks),
    known: &Known,
    behind: &Rows,
    lengths: &HashMap<u32, i64>,
) -> Result<Option<(Of, Vec<ItemRow>)>, StoreError> {
    let work = &known.data.work;
    let length = |at: &u32| lengths.get(at).copied();
    Ok(match behind {
        Rows::Commits(_) => None,
        Rows::Tasks(at) => {
            let stored = by_id(tasks.rows(store, known.version)?);
            let here = |at: &u32| work.tasks.get(*at as usize);
            let requests = at
                .iter()
                .filter_map(here)
                .all(crate::model::work::Task::is_pr);
            let of = if requests && !at.is_empty() {
                Of::PullRequests
            } else {
                Of::Tasks
            };
            let row = |at: &u32| {
                let one = here(at)?;
                Some(task(stored.get(&one.id.0)?, length(at), one.excluded))
            };
            Some((of, at.iter().filter_map(row).collect()))
        }
        Rows::Stays(at) => {
            let stored = by_id(tasks.rows(store, known.version)?);
            Some((Of::Visits, stays::rows(known, &stored, (at, lengths))))
        }
        Rows::Given(at) => {
            let mut told = Told::new(store.given_reviews()?);
            let row = |at: &u32| {
                let one = work.given.get(*at as usize)?;
                Some(review(one, told.of(one), length(at)))
            };
            Some((Of::ReviewsGiven, at.iter().filter_map(row).collect()))
        }
        Rows::Entries(at) => {
            let stored = by_id(tasks.rows(store, known.version)?);
            let row = |at: &u32| Some(entry(known, &stored, work.spent.get(*at as usize)?));
            Some((Of::Entries, at.iter().filter_map(row).collect()))
        }
    })
}

fn by_id(tasks: &[TaskRow]) -> HashMap<i64, &TaskRow> {
    tasks.iter().map(|task| (task.id, task)).collect()
}

fn task(stored: &TaskRow, seconds: Option<i64>, excluded: bool) -> ItemRow {
    let what = happened::what(&stored.facts, &stored.moves, &stored.timeline);
    ItemRow {
        seconds,
        ..happened(stored, what, excluded)
    }
}

/// A task on the day on which this happened to it; its lead is how long it took, where it was finished.
pub(super) fn happened(stored: &TaskRow, what: Option<(What, Point)>, excluded: bool) -> ItemRow {
    let TaskRow {
        id,
        facts,
        timeline,
        ..
    } = stored;
    let took = || {
        let (from, to) = (timeline.started?, timeline.done?);
        let exact = from.until.is_none() && to.until.is_none();
        let seconds = to.latest().moment()?.utc - from.latest().moment()?.utc;
        (exact && seconds >= 0).then_some(seconds)
    };
    let finished = matches!(what, Some((What::Finished, _)));
    ItemRow {
        kind: if facts.kind == TaskKind::Pr {
            Kind::Pull
        } else {
            Kind::Task
        },
        id: crate::model::ids::TaskId(*id),
        at: what.map(happened::stands),
        place: home(facts.project.as_ref(), &facts.source),
        key: clean(&short_key(&facts.key, facts.project.as_ref())),
        title: facts.title.clone(),
        said: happened::said(what, timeline.stage).unwrap_or_default(),
        seconds: finished.then(took).flatten(),
        mine: true,
        task: Some(crate::model::ids::TaskId(*id)),
        days: None,
        chosen: Some(Chosen::Task(crate::model::ids::TaskId(*id))),
        excluded,
        corrected: stored.corrected,
    }
}

/// The project in a narrow column, else the tracker.
fn home(project: Option<&Clean>, source: &Clean) -> Clean {
    match place(project) {
        "" => source.clone(),
        name => clean(name),
    }
}

fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

/// Reviews at these positions, one row for each day on which one was given.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn given(store: &Store, known: &Known, at: &[u32]) -> Result<Vec<ItemRow>, StoreError> {
    if at.is_empty() {
        return Ok(Vec::new());
    }
    let mut told = Told::new(store.given_reviews()?);
    let mut out = Vec::new();
    for one in at
        .iter()
        .filter_map(|at| known.data.work.given.get(*at as usize))
    {
        let told = told.of(one);
        let mut last = None;
        for stamp in one
            .times
            .iter()
            .filter(|stamp| last.replace(stamp.day) != Some(stamp.day))
        {
            out.push(ItemRow {
                at: when(*stamp),
                said: "reviewed".to_owned(),
                ..review(one, told.clone(), None)
            });
        }
    }
    Ok(out)
}

/// Recorded time at these positions.
pub(super) fn entries(known: &Known, stored: &[TaskRow], at: &[u32]) -> Vec<ItemRow> {
    let stored = by_id(stored);
    let spent = at
        .iter()
        .filter_map(|at| known.data.work.spent.get(*at as usize));
    spent.map(|one| entry(known, &stored, one)).collect()
}

fn review(given: &Given, told: Option<GivenReview>, seconds: Option<i64>) -> ItemRow {
    let times = given.times.len();
    let said = match times {
        0 | 1 => "reviewed".to_owned(),
        n => format!("reviewed {n} times"),
    };
    let (place, key) = told.map_or_else(Default::default, |told| {
        let key = clean(&short_key(&told.key, told.project.as_ref()));
        (home(told.project.as_ref(), &told.source), key)
    });
    ItemRow {
        kind: Kind::Review,
        id: given.id,
        at: given.times.first().copied().and_then(when),
        place,
        key,
        title: Clean::default(),
        said,
        seconds,
        mine: false,
        task: None,
        days: None,
        chosen: Some(Chosen::Review(given.id)),
        excluded: given.excluded,
        corrected: false,
    }
}

fn entry(known: &Known, stored: &HashMap<i64, &TaskRow>, spent: &Spent) -> ItemRow {
    let project = known.labels.projects.get(usize::from(spent.project));
    let project = project.filter(|_| spent.project != 0);
    let own = spent.task.and_then(|at| {
        let task = known.data.work.tasks.get(at as usize)?;
        stored.get(&task.id.0).copied()
    });
    let seconds = spent.seconds.or_else(|| {
        spent
            .start
            .elapsed(spent.end?)
            .filter(|_| !spent.start.whole_day)
    });
    ItemRow {
        kind: Kind::Time,
        id: spent.id,
        at: when(spent.start),
        place: own.map_or_else(
            || clean(place(project)),
            |task| home(task.facts.project.as_ref(), &task.facts.source),
        ),
        key: own.map_or_else(Clean::default, |task| {
            clean(&short_key(&task.facts.key, task.facts.project.as_ref()))
        }),
        title: own.map_or_else(Clean::default, |task| task.facts.title.clone()),
        said: if seconds.is_none() && spent.end.is_none() {
            "running".to_owned()
        } else {
            "recorded".to_owned()
        },
        seconds,
        mine: own.is_some(),
        task: own.map(|task| crate::model::ids::TaskId(task.id)),
        days: None,
        chosen: Some(Chosen::Entry {
            subject: spent.id,
            start: spent.start,
            end: spent.end,
            seconds: spent.seconds,
        }),
        excluded: spent.excluded,
        corrected: false,
    }
}

/// The time of a stamp.
pub(super) fn when(stamp: Stamp) -> Option<When> {
    if stamp.whole_day {
        return chrono::NaiveDate::from_epoch_days(stamp.day).map(When::Day);
    }
    let at = Moment::new(stamp.utc, i32::from(stamp.offset_min));
    Some(When::At(at))
}

/// Reviews as they are stored, found again by their times: numbers have no names.
struct Told(HashMap<Vec<i64>, Vec<GivenReview>>);

impl Told {
    fn new(all: Vec<GivenReview>) -> Self {
        let mut found: HashMap<Vec<i64>, Vec<GivenReview>> = HashMap::new();
        for one in all.into_iter().rev() {
            let stamps = one.times.iter().filter_map(|at| Stamp::of(*at));
            let mut times: Vec<i64> = stamps.map(|stamp| stamp.utc).collect();
            times.sort_unstable();
            found.entry(times).or_default().push(one);
        }
        Self(found)
    }

    /// The review with the times of `given`; of several, each once.
    fn of(&mut self, given: &Given) -> Option<GivenReview> {
        let mut times: Vec<i64> = given.times.iter().map(|stamp| stamp.utc).collect();
        times.sort_unstable();
        self.0.get_mut(&times)?.pop()
    }
}

/// Sorts `rows`; ties by time, newest first, then by key. Rows without a time come last.
pub(super) fn order(rows: &mut [ItemRow], sort: Sort) {
    let time = |row: &ItemRow| row.at.map(When::order);
    let turn = |order: std::cmp::Ordering| if sort.reverse { order.reverse() } else { order };
    rows.sort_by(|a, b| {
        let first = match sort.by {
            SortBy::Time => match (time(a), time(b)) {
                (Some(x), Some(y)) => turn(y.cmp(&x)),
                (x, y) => y.is_some().cmp(&x.is_some()),
            },
            SortBy::Size => match (a.seconds, b.seconds) {
                (Some(x), Some(y)) => turn(y.cmp(&x)),
                (x, y) => y.is_some().cmp(&x.is_some()),
            },
            SortBy::Repository => turn(a.place.cmp(&b.place)),
        };
        first
            .then_with(|| time(b).cmp(&time(a)))
            .then_with(|| a.key.cmp(&b.key))
            .then_with(|| a.id.cmp(&b.id))
    });
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::ids::TaskId;

    pub(in crate::tui::worker) fn row(
        id: i64,
        day: Option<i64>,
        seconds: Option<i64>,
        project: &str,
    ) -> ItemRow {
        ItemRow {
            kind: Kind::Task,
            id: TaskId(id),
            at: day.map(|day| When::At(Moment::new(day * 86_400, 0))),
            place: clean(project),
            key: clean(&format!("ING-{id}")),
            title: clean("Retry the queue"),
            said: "finished".to_owned(),
            seconds,
            mine: true,
            task: Some(TaskId(id)),
            days: None,
            chosen: None,
            excluded: false,
            corrected: false,
        }
    }

    fn sorted(by: SortBy, reverse: bool) -> Vec<i64> {
        let mut rows = vec![
            row(1, Some(3), Some(50), "b"),
            row(2, None, Some(900), "a"),
            row(3, Some(9), None, "b"),
            row(4, Some(5), Some(700), "a"),
        ];
        order(&mut rows, Sort { by, reverse });
        rows.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn what_has_no_time_or_no_length_comes_last_however_the_list_is_turned() {
        assert_eq!(sorted(SortBy::Time, false), [3, 4, 1, 2]);
        assert_eq!(sorted(SortBy::Time, true), [1, 4, 3, 2]);
        assert_eq!(sorted(SortBy::Size, false), [2, 4, 1, 3]);
        assert_eq!(sorted(SortBy::Size, true), [1, 4, 2, 3]);
        assert_eq!(sorted(SortBy::Repository, false), [4, 2, 3, 1]);
    }

    #[test]
    fn a_row_stands_on_the_clock_and_day_that_figures_count_it_on() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 8, 19).unwrap();
        // 2026-08-19 20:00 UTC is the 20th at +09:00.
        let late = When::At(Moment::new(1_787_169_600, 9 * 60));
        for at in [late, When::Day(day)] {
            let counted = Stamp::of(at).unwrap();
            assert_eq!(when(counted), Some(at));
            let shown = when(counted).and_then(When::day).unwrap();
            assert_eq!(shown.to_epoch_days(), counted.day);
        }
        assert_eq!(late.day(), day.succ_opt());
    }

    #[test]
    fn two_reviews_of_one_day_are_found_again_each_once() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 8, 19).unwrap();
        let told = |key: &str| GivenReview {
            source: clean("github"),
            key: clean(key),
            aliases: Vec::new(),
            project: Some(clean("owner/quay")),
            requested: None,
            times: vec![When::Day(day)],
        };
        let given = Given {
            source: 0,
            id: TaskId(1),
            repo: None,
            project: 0,
            requested: None,
            times: Stamp::of(When::Day(day)).into_iter().collect(),
            excluded: false,
        };
        let mut all = Told::new(vec![told("owner/quay#1"), told("owner/quay#2")]);
        let rows: Vec<_> = (0..3)
            .map(|_| review(&given, all.of(&given), None))
            .collect();
        let keys: Vec<_> = rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["#1", "#2", ""]);
        assert_eq!(rows[0].place.as_str(), "quay");
        assert_eq!(rows[0].at, Some(When::Day(day)));
    }
}
