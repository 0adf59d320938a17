//! What of the time between start and finish was work, and what was waiting, as far as moves tell;
//! and on how many of its days there is a commit.

use std::collections::{BTreeMap, BTreeSet};

use super::events::Event;
use super::{TaskStory, Telling};
use crate::model::dataset::flag;
use crate::model::stage::Stage;
use crate::model::task::When;
use crate::model::timeline::Point;

/// The time between start and finish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans {
    /// When work began.
    pub(super) from: Option<When>,
    /// When the task was finished or given up; `None` while it lasts, or when that is not known.
    pub(super) to: Option<When>,
    /// It is neither finished nor given up.
    pub(super) lasts: bool,
    /// Seconds in all; `None` where start or end is not known exactly.
    pub(super) whole: Option<i64>,
    /// Seconds in each stage, in the order of stages.
    pub(super) stages: BTreeMap<Stage, i64>,
    /// Times come as plain dates: the sums are whole days.
    pub(super) by_day: bool,
}

impl Spans {
    /// Seconds in progress.
    pub(super) fn working(&self) -> i64 {
        self.stages.get(&Stage::InProgress).copied().unwrap_or(0)
    }

    /// Seconds in any other stage: in review, or put back.
    pub(super) fn waiting(&self) -> i64 {
        self.stages.values().sum::<i64>() - self.working()
    }

    /// Seconds that no move tells of.
    pub(super) fn unknown(&self) -> Option<i64> {
        let told = self.working() + self.waiting();
        self.whole.map(|whole| (whole - told).max(0))
    }
}

/// The spans of a task. In review counts as waiting: somebody else has it.
pub(super) fn of(story: &TaskStory, telling: Telling<'_>) -> Spans {
    let timeline = &story.timeline;
    let closed = timeline.stage.is_some_and(Stage::is_closed);
    let ended = timeline.done.or(timeline.cancelled);
    let mut spans = Spans {
        from: timeline.started.and_then(Point::known),
        to: ended.and_then(Point::known),
        lasts: !closed,
        ..Spans::default()
    };
    let Some(from) = spans.from.map(When::order) else {
        return spans;
    };
    let end = match spans.to {
        Some(to) => to.order(),
        None if spans.lasts => telling.now_utc,
        None => return spans,
    };
    if end < from {
        return spans;
    }
    spans.whole = Some(end - from);
    let day = |when: Option<When>| when.is_some_and(|when| when.moment().is_none());
    spans.by_day = day(spans.from) || day(spans.to);
    let last = timeline.visits.len();
    for (n, visit) in timeline.visits.iter().enumerate() {
        let (Some(stage), Some(begin)) = (visit.stage, visit.from.and_then(Point::known)) else {
            continue;
        };
        let until = match visit.to.and_then(Point::known) {
            Some(to) => to.order(),
            None if n + 1 == last && spans.lasts => end,
            None => continue,
        };
        let seconds = until.min(end) - begin.order().max(from);
        if seconds > 0 {
            spans.by_day |= day(Some(begin));
            *spans.stages.entry(stage).or_default() += seconds;
        }
    }
    spans
}

/// Civil days with a commit that counts, and civil days from the first sign of work to the end
/// (today, while it lasts), both ends counted; `None` where there is no such span.
pub(super) fn commit_days(
    story: &TaskStory,
    events: &[Event<'_>],
    telling: Telling<'_>,
) -> Option<(usize, i64)> {
    let touched = events.iter().find(|event| event.first_touch)?;
    let first = touched.at.day()?;
    let counted = story.commits.iter().filter(|one| one.row.dated);
    let counted = counted.filter(|one| !one.row.is(flag::MERGE));
    let days: BTreeSet<_> = counted.filter_map(|one| one.row.time.day()).collect();
    let ended = story.timeline.done.or(story.timeline.cancelled);
    let end = match ended.and_then(Point::known) {
        Some(end) => end.day()?,
        None if ended.is_some() => return None,
        None => chrono::DateTime::from_timestamp(telling.now_utc, 0)?.date_naive(),
    };
    let within = days.iter().filter(|day| (first..=end).contains(*day));
    let all = (end - first).num_days() + 1;
    (all > 0).then(|| (within.count(), all))
}
