//! On which workdays a finished task left a trace.

use super::cycles::Cycles;
use super::path::visits;
use super::ratio::One;
use super::tally::Tally;
use crate::metrics::items::Items;
use crate::metrics::select::{Span, weekday};
use crate::model::away::EventKind;
use crate::model::dataset::{UNDATED, flag};
use crate::model::task::TaskKind;

/// Commits that are no act of their own.
const NO_ACT: u16 = flag::MERGE | flag::TWIN | flag::EXCLUDED;
/// An entry longer than this is a mistake; its first days count.
const LONGEST_ENTRY: i32 = 31;

/// Workdays from start to finish of the tasks finished in a span, and how many show a trace.
pub(super) struct Evidence {
    pub(super) shares: Vec<One>,
    /// How many of their starts are a first linked commit.
    pub(super) from_commit: u64,
    pub(super) tally: Tally,
}

impl Evidence {
    /// The traces of the tasks of `items` that were finished in `span`.
    pub(super) fn of(items: &Items<'_>, span: Span) -> Self {
        let Cycles { found, mut tally } = Cycles::of(items, span);
        let workdays = Workdays::of(items);
        let tasks = found.iter().map(|cycle| cycle.at);
        let mut traces = traces(items, tasks);
        let (mut shares, mut from_commit) = (Vec::new(), 0);
        for (cycle, days) in found.iter().zip(&mut traces) {
            if cycle.task.kind == TaskKind::Epic {
                tally.add("epics");
                continue;
            }
            if days.is_empty() {
                tally.add("no_trace");
                continue;
            }
            // Two offsets may put a later instant on an earlier day.
            let to = cycle.done.day;
            let from = cycle.start.at.day.min(to);
            let whole = (from..=to).filter(|day| workdays.holds(*day)).count() as u64;
            if whole == 0 {
                tally.add("no_workday");
                continue;
            }
            let stays = visits(items, cycle.task).iter();
            let moves = stays.flat_map(|stay| [stay.from, stay.to]).flatten();
            days.extend(moves.map(|stamp| stamp.day));
            days.retain(|day| (from..=to).contains(day) && workdays.holds(*day));
            days.sort_unstable();
            days.dedup();
            from_commit += u64::from(cycle.start.from_commit);
            shares.push(One {
                at: cycle.at,
                day: to,
                part: days.len() as u64,
                whole,
            });
        }
        Self {
            shares,
            from_commit,
            tally,
        }
    }
}

/// The days of linked commits and recorded time of each of `tasks`, in their order.
fn traces(items: &Items<'_>, tasks: impl Iterator<Item = u32>) -> Vec<Vec<i32>> {
    let data = items.question.data;
    // Where the days of each task lie: there are more links than tasks.
    let mut places = vec![usize::MAX; data.work.tasks.len()];
    let mut out = Vec::new();
    for at in tasks {
        if let Some(place) = places.get_mut(at as usize) {
            *place = out.len();
        }
        out.push(Vec::new());
    }
    let mut add = |task: u32, from: i32, to: i32| {
        let place = places.get(task as usize);
        if let Some(days) = place.and_then(|place| out.get_mut(*place)) {
            days.extend(from..=to);
        }
    };
    for link in &data.links {
        let at = link.commit as usize;
        match data.commits.day.get(at).copied() {
            Some(day) if day != UNDATED && !data.has(at, NO_ACT) => add(link.task, day, day),
            _ => {}
        }
    }
    for spent in &data.work.spent {
        if let Some(task) = spent.task.filter(|_| !spent.busy && !spent.excluded) {
            let from = spent.start.day;
            let to = spent.end.map_or(from, |end| end.day);
            add(task, from, to.min(from.saturating_add(LONGEST_ENTRY)));
        }
    }
    out
}

/// The owner's workdays without leave and holidays.
struct Workdays<'a> {
    items: &'a Items<'a>,
    off: Vec<(i32, i32)>,
}

impl<'a> Workdays<'a> {
    fn of(items: &'a Items<'a>) -> Self {
        let away = items.question.data.away.iter();
        let off = away.filter(|away| matches!(away.kind, EventKind::Leave | EventKind::Holiday));
        let off = off.map(|away| (away.from, away.to)).collect();
        Self { items, off }
    }

    fn holds(&self, day: i32) -> bool {
        let week = &self.items.question.calendar.work_week;
        let off = |(from, to): &(i32, i32)| (*from..=*to).contains(&day);
        week.days[weekday(day)] && !self.off.iter().any(off)
    }
}
