//! The log: commits, what happened to tasks, reviews, recorded time, sessions and notes in one list.

use std::collections::HashMap;

use chrono::{NaiveDate, Offset as _, TimeZone as _};

use super::tasks::Tasks;
use super::{Known, items, order};
use crate::app::effect::{RowsAsk, Sort, SortBy};
use crate::app::kinds::Kind;
use crate::app::row::ItemRow;
use crate::metrics::{self, Passing, Session};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::forms;
use crate::model::happened::{self, What};
use crate::model::ids::TaskId;
use crate::model::moment::Moment;
use crate::model::note::Note;
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::model::task::When;
use crate::model::text::Clean;
use crate::model::timeline::Point;
use crate::store::{Store, StoreError, TaskRow};

/// A row of the log, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Index into the columns of commits.
    Commit(u32),
    /// Position among the other rows.
    Item(u32),
}

/// Everything but commits that the log of `ask` lists, in no order; the text filter is not applied.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn items(
    (store, tasks): (&Store, &mut Tasks),
    known: &Known,
    ask: &RowsAsk,
) -> Result<Vec<ItemRow>, StoreError> {
    let (data, selection) = (&known.data, &ask.selection);
    let wants = |kind| ask.kinds.has(kind);
    let passing = metrics::passing(data, selection, &ask.calendar);
    let within = Within::of(data, selection);
    let mut out = Vec::new();
    if wants(Kind::Task) || wants(Kind::Pull) {
        let stored = tasks.rows(store, known.version)?;
        let all = of_tasks(known, stored, &passing, within);
        out.extend(all.into_iter().filter(|row| wants(row.kind)));
    }
    if wants(Kind::Review) {
        let told = items::given(store, known, &passing.given)?;
        out.extend(told.into_iter().filter(|row| within.holds(row.at)));
    }
    if wants(Kind::Time) {
        let stored = tasks.rows(store, known.version)?;
        let told = items::entries(known, stored, &passing.entries);
        out.extend(told.into_iter().filter(|row| within.holds(row.at)));
    }
    if wants(Kind::Session) && data.keep.hours {
        let all = metrics::sessions(data, selection, &ask.calendar);
        // An act alone is a row already; it has no length that could be told.
        let long = all.iter().filter(|one| one.to > one.from);
        out.extend(long.filter_map(|one| session(one, data, &ask.calendar)));
    }
    // Notes belong to no language, tracker or commit.
    if wants(Kind::Note) && !narrowed(selection) {
        let notes = store.notes(Some(selection.range))?;
        out.extend(notes.iter().map(note));
    }
    Ok(out)
}

fn narrowed(selection: &Selection) -> bool {
    selection.repos.is_some()
        || selection.languages.is_some()
        || selection.sources.is_some()
        || selection.commits.is_some()
}

/// The days of the log. What has no day is listed where the whole record is.
#[derive(Clone, Copy)]
struct Within {
    range: Range,
    whole: bool,
}

impl Within {
    fn of(data: &Dataset, selection: &Selection) -> Self {
        let range = selection.range;
        let holds = |all: Range| range.contains(all.from) && range.contains(all.to);
        Self {
            range,
            whole: metrics::extent(data).is_none_or(holds),
        }
    }

    fn day(self, day: NaiveDate) -> bool {
        self.range.contains(day)
    }

    fn holds(self, at: Option<When>) -> bool {
        match at.and_then(When::day) {
            Some(day) => self.day(day),
            None => self.whole,
        }
    }
}

/// What happened to each task on each of its days: of several things of one day the last.
fn of_tasks(known: &Known, stored: &[TaskRow], passing: &Passing, within: Within) -> Vec<ItemRow> {
    let mut out = Vec::new();
    for at in &passing.tasks {
        let Some(task) = known.data.work.tasks.get(*at as usize) else {
            continue;
        };
        // Texts and numbers are read in one order.
        let here = stored.get(*at as usize).filter(|row| row.id == task.id.0);
        let found = here.or_else(|| stored.iter().find(|row| row.id == task.id.0));
        let Some(row) = found.filter(|row| within.whole || touches(row, within)) else {
            continue;
        };
        let mut days: Vec<(NaiveDate, (What, Point))> = Vec::new();
        let mut told = false;
        for (what, point) in events(row) {
            let Some(day) = happened::stands((what, point)).day() else {
                continue;
            };
            told = true;
            if !within.day(day) {
                continue;
            }
            match days.last_mut() {
                Some(last) if last.0 == day => last.1 = (what, point),
                _ => days.push((day, (what, point))),
            }
        }
        let one = |what| items::happened(row, what, task.excluded);
        out.extend(days.into_iter().map(|(_, what)| ItemRow {
            said: said(row, what),
            ..one(Some(what))
        }));
        if !told && within.whole {
            out.push(one(None));
        }
    }
    out
}

/// Whether anything can have happened to the task within these days: most tasks of a long record are
/// passed over by this, without a list of what happened to each.
fn touches(row: &TaskRow, within: Within) -> bool {
    let said = [row.facts.created.map(Point::exact), row.timeline.started];
    let ends = [row.timeline.done, row.timeline.cancelled];
    let moves = row.moves.iter().map(|one| Some(one.point()));
    let days = said.into_iter().chain(ends).chain(moves).flatten();
    let mut days = days.filter_map(|point| happened::stands((What::Moved, point)).day());
    days.any(|day| within.day(day))
}

/// All that happened to a task, by time; the end of it after the move that brought it.
fn events(row: &TaskRow) -> Vec<(What, Point)> {
    let timeline = &row.timeline;
    let created = row
        .facts
        .created
        .map(|at| (What::Created, Point::exact(at)));
    let started = timeline.started.map(|at| (What::Started, at));
    let moves = row.moves.iter().map(|one| (What::Moved, one.point()));
    let done = timeline.done.map(|at| (What::Finished, at));
    let cancelled = timeline.cancelled.map(|at| (What::GivenUp, at));
    let mut all: Vec<_> = created
        .into_iter()
        .chain(moves)
        .chain(started)
        .chain(cancelled)
        .chain(done)
        .collect();
    all.sort_by_key(|what| happened::stands(*what).order());
    all
}

/// What happened then, and nothing of what came after: `to review`, `finished by then`.
fn said(row: &TaskRow, (what, point): (What, Point)) -> String {
    let by_then = if point.until.is_some() {
        " by then"
    } else {
        ""
    };
    let word = match what {
        What::Moved => moved(row, point),
        What::GivenUp => "given up".to_owned(),
        what => what.as_str().to_owned(),
    };
    format!("{word}{by_then}")
}

/// Where a move at `point` led: the stage, else the tracker's word.
fn moved(row: &TaskRow, point: Point) -> String {
    let entered = row
        .timeline
        .visits
        .iter()
        .rev()
        .find(|one| one.from == Some(point));
    if let Some(stage) = entered.and_then(|visit| visit.stage) {
        return format!("to {stage}");
    }
    let mut moves = row.moves.iter().rev();
    let word = moves
        .find(|one| one.point() == point)
        .and_then(|one| one.to.word.as_ref());
    word.map_or_else(|| "moved".to_owned(), |word| format!("to {word}"))
}

/// A session in the clock of the commit before each of its ends; without one near, the owner's.
fn session(one: &Session, data: &Dataset, calendar: &Calendar) -> Option<ItemRow> {
    let day = NaiveDate::from_epoch_days(one.day)?;
    let local = |utc: i64| {
        let columns = &data.commits;
        let last = columns.utc.partition_point(|at| *at <= utc).checked_sub(1);
        if let Some(last) = last.filter(|last| utc - columns.utc[*last] < 12 * 3_600) {
            return Some(Moment::new(utc, i32::from(columns.offset_min[last])));
        }
        let at = chrono::DateTime::from_timestamp(utc, 0)?;
        let zone = calendar.zone.offset_from_utc_datetime(&at.naive_utc());
        Some(Moment::new(utc, zone.fix().local_minus_utc() / 60))
    };
    let (from, to) = (local(one.from)?, local(one.to)?);
    let clock = |at: Moment| at.local().map(|at| forms::time(&at));
    Some(ItemRow {
        kind: Kind::Session,
        id: TaskId(one.from),
        // It stands where it ended: above what was done in it.
        at: Some(When::At(to)),
        place: Clean::default(),
        key: Clean::default(),
        title: Clean::label(format!("{} to {}", clock(from)?, clock(to)?).as_bytes()),
        said: String::new(),
        seconds: Some(one.to - one.from),
        mine: false,
        task: None,
        days: Some(Range::new(day, day)),
        chosen: None,
        excluded: false,
        corrected: false,
    })
}

fn note(note: &Note) -> ItemRow {
    let about = note.about.task.clone().or(note.about.repo.clone());
    let said = match (note.event, note.impact) {
        (Some(event), _) => event.as_str().to_owned(),
        (None, true) => "impact".to_owned(),
        (None, false) => String::new(),
    };
    ItemRow {
        kind: Kind::Note,
        id: TaskId(i64::try_from(note.id).unwrap_or(i64::MAX)),
        at: Some(When::Day(note.days.from)),
        place: Clean::default(),
        key: about.unwrap_or_default(),
        title: note.text.clone(),
        said,
        seconds: None,
        mine: false,
        task: None,
        days: Some(note.days),
        chosen: None,
        excluded: false,
        corrected: false,
    }
}

/// What a list is sorted by; smaller comes first.
type Order = (u64, i64);

/// The places of `commits` (already filtered) and `rows` in the order of `sort`. By size, kinds follow
/// each other in their order and the larger come first within each: lines and hours do not compare.
pub(super) fn sorted(
    known: &Known,
    (mut commits, rows): (Vec<u32>, &[ItemRow]),
    sort: Sort,
) -> Vec<Place> {
    order::commits(known, &mut commits, sort);
    // By the clock that each row shows: rows of several zones would seem out of order by the instant.
    let columns = &known.data.commits;
    let clock = |at: u32| {
        let at = at as usize;
        columns.utc[at] + i64::from(columns.offset_min[at]) * 60
    };
    let mut out: Vec<(Order, Place)> = Vec::with_capacity(commits.len() + rows.len());
    let names = Names::of(known, rows);
    for (rank, at) in (0..).zip(commits) {
        let first = match sort.by {
            SortBy::Time => 0,
            SortBy::Size => rank_of(Kind::Commit),
            SortBy::Repository => names.of_commit(known, at),
        };
        // Among themselves commits are in order already; others of their time stand after them.
        let then = if sort.by == SortBy::Size {
            rank
        } else {
            -clock(at)
        };
        out.push(((first, then), Place::Commit(at)));
    }
    for (at, row) in (0..).zip(rows) {
        let time = row.at.map_or(i64::MAX, |at| -wall(at));
        let (first, then) = match sort.by {
            // What has no time comes last, however the list is turned.
            SortBy::Time => (u64::from(row.at.is_none()), time),
            SortBy::Size => (rank_of(row.kind), -row.seconds.unwrap_or(-1)),
            SortBy::Repository => (names.of_row(row), time),
        };
        out.push(((first, then), Place::Item(at)));
    }
    let turned = |(first, then): Order| match (sort.by, sort.reverse) {
        (_, false) => (first, then),
        (SortBy::Time, true) => (first, then.saturating_neg()),
        (SortBy::Size | SortBy::Repository, true) => (u64::MAX - first, then),
    };
    out.sort_by_key(|(key, _)| turned(*key));
    out.into_iter().map(|(_, place)| place).collect()
}

/// Seconds of the clock that the row shows; a plain date stands after the instants in it.
fn wall(at: When) -> i64 {
    match at {
        When::At(moment) | When::Wall(moment) => moment.utc + i64::from(moment.offset_min) * 60,
        When::Day(_) => at.order(),
    }
}

fn rank_of(kind: Kind) -> u64 {
    Kind::ALL.iter().position(|one| *one == kind).unwrap_or(0) as u64
}

/// Names of repositories and projects as numbers in their order.
struct Names<'a>(HashMap<&'a str, u64>);

impl<'a> Names<'a> {
    fn of(known: &'a Known, rows: &'a [ItemRow]) -> Self {
        let repos = known.labels.repos.iter().map(Clean::as_str);
        let places = rows.iter().map(|row| row.place.as_str());
        let mut all: Vec<&str> = repos.chain(places).collect();
        all.sort_unstable();
        all.dedup();
        // Rows that belong nowhere come last.
        let rank =
            |(at, name): (u64, &'a str)| (name, if name.is_empty() { u64::MAX / 2 } else { at });
        Self((0..).zip(all).map(rank).collect())
    }

    fn of_commit(&self, known: &Known, at: u32) -> u64 {
        let repo = known.data.commits.repo[at as usize];
        let name = known.labels.repos.get(usize::from(repo));
        name.and_then(|name| self.0.get(name.as_str()))
            .copied()
            .unwrap_or(0)
    }

    fn of_row(&self, row: &ItemRow) -> u64 {
        self.0.get(row.place.as_str()).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::dataset::Labels;
    use std::sync::Arc;

    fn row(kind: Kind, utc: Option<i64>, seconds: Option<i64>, place: &str) -> ItemRow {
        ItemRow {
            kind,
            id: TaskId(utc.unwrap_or(0)),
            at: utc.map(|utc| When::At(Moment::new(utc, 0))),
            place: Clean::label(place.as_bytes()),
            key: Clean::default(),
            title: Clean::default(),
            said: String::new(),
            seconds,
            mine: true,
            task: None,
            days: None,
            chosen: None,
            excluded: false,
            corrected: false,
        }
    }

    fn order_of(by: SortBy, reverse: bool) -> Vec<i64> {
        let rows = [
            row(Kind::Task, Some(50), Some(7), "b"),
            row(Kind::Session, Some(90), Some(900), ""),
            row(Kind::Task, None, None, "a"),
            row(Kind::Task, Some(70), Some(9), "a"),
            row(Kind::Note, Some(60), None, ""),
        ];
        let known = Known {
            data: Dataset::default(),
            labels: Arc::new(Labels::default()),
            version: 1,
        };
        let places = sorted(&known, (Vec::new(), &rows), Sort { by, reverse });
        let at = |place: &Place| match place {
            Place::Item(at) => rows[*at as usize].id.0,
            Place::Commit(_) => panic!("no commits here"),
        };
        places.iter().map(at).collect()
    }

    #[test]
    fn by_time_the_newest_comes_first_and_what_has_no_time_last_either_way() {
        assert_eq!(order_of(SortBy::Time, false), [90, 70, 60, 50, 0]);
        assert_eq!(order_of(SortBy::Time, true), [50, 60, 70, 90, 0]);
    }

    #[test]
    fn by_size_kinds_stay_together_and_the_longer_come_first_within() {
        assert_eq!(order_of(SortBy::Size, false), [70, 50, 0, 90, 60]);
    }

    #[test]
    fn by_place_the_newest_of_each_come_first_and_rows_that_belong_nowhere_last() {
        assert_eq!(order_of(SortBy::Repository, false), [70, 0, 50, 90, 60]);
    }
}
