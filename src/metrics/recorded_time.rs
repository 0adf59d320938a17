//! Recorded time: what the owner's time tracker says, each second once.

use super::items::Items;
use super::metric::{Definition, Metric, Need};
use super::parts::{Cut, Part};
use super::question::{Question, reasons};
use super::select::{Span, date};
use super::series::{Daily, judge, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, LeftOut, Of, Point, Rest, Rows, Shape, Unit};
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::model::work::Spent;

/// Time in entries.
pub(super) struct RecordedTime;

impl Metric for RecordedTime {
    fn id(&self) -> &'static str {
        "recorded_time"
    }

    fn title(&self) -> &'static str {
        "Recorded time"
    }

    fn unit(&self) -> Unit {
        Unit::WorkTime
    }

    fn of(&self) -> Of {
        Of::Entries
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                ("Two trackers ran in the same hour?", "It counts once."),
                (
                    "Do the parts add up to the whole?",
                    "Not where they overlap.",
                ),
            ],
            rule: "Seconds of recorded time, each second that several entries cover once. An entry \
                   with both ends lies where it says and is at most as long as it says; one without \
                   an end, or of a plain date, is a bare sum. What an entry adds belongs to the \
                   civil day on which it began. By task or project, seconds that two parts share \
                   count in both.",
            formula: "recorded_time = |union of [start, end) over entries| + sum of bare lengths",
            needs: &[Need::Entries],
            source: "The entries of the owner's own time trackers; counting an overlap once is ours.",
            misleads: "What was not recorded is not here, and a timer left running is. Entries filled in \
                       on Friday are rounder than the week was. Nothing is known after the newest \
                       export.",
            left_out: "Entries that still run, which have no length yet; busy time of a calendar, which \
                       is no work of itself; entries that the owner took out.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let mut items = Items::new(data, selection, calendar);
        items.question.record = record(data);
        let question = &items.question;
        let mut figure = question.blank(self, Shape::Series);
        let span = question.span();
        let mut sum = Union::default();
        let mut days = Daily::new(question, span);
        for (_, spent) in inside(&items, span) {
            days.add(spent.start.day, sum.add(spent), 0);
        }
        figure.n = sum.n;
        figure.value = question.record.map(|_| sum.seconds as f64);
        figure.left_out = left_out(data, span, &items);
        let overlapping = overlapping(&items, span);
        if overlapping > 0 {
            figure.rests_on.push(Rest {
                what: "overlapping_entries",
                n: overlapping,
                of: sum.n,
            });
        }
        match Cut::of(selection.by) {
            Cut::Time(bucket) => {
                figure.points = pieces(question, &days, bucket)
                    .into_iter()
                    .map(|piece| piece.point(Key::Time, |cell| Some(cell.a as f64)))
                    .collect();
                judge(question, &mut figure, None);
            }
            Cut::Into(part) => {
                figure.shape = Shape::Shares;
                figure.points = parts(&items, span, part);
            }
        }
        figure.previous = question.previous(|span| {
            let mut sum = Union::default();
            for (_, spent) in inside(&items, span) {
                sum.add(spent);
            }
            (Some(sum.seconds as f64), sum.n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let span = items.question.span();
        Rows::Entries(inside(&items, span).map(|(at, _)| at).collect())
    }
}

/// First and last day on which recorded time began.
fn record(data: &Dataset) -> Option<Range> {
    let days = || data.work.spent.iter().map(|spent| spent.start.day);
    Some(Range::new(date(days().min()?)?, date(days().max()?)?))
}

/// The entries of `span` that have a length, with their positions, by start.
fn inside<'a>(items: &'a Items<'_>, span: Span) -> impl Iterator<Item = (u32, &'a Spent)> {
    items
        .entries()
        .filter(move |(_, spent)| span.holds(spent.start) && !runs(spent))
}

fn runs(spent: &Spent) -> bool {
    spent.end.is_none() && spent.seconds.is_none()
}

/// Where an entry lies, UTC seconds; `None` when that is not known or it has no length.
fn stretch(spent: &Spent) -> Option<(i64, i64)> {
    let start = Some(spent.start).filter(|start| !start.whole_day)?.utc;
    let end = spent.end.filter(|end| !end.whole_day)?.utc;
    let span = end.checked_sub(start)?;
    let length = spent.seconds.unwrap_or(span).min(span);
    (length > 0).then(|| (start, start.saturating_add(length)))
}

/// Entries added up in the order of their starts.
#[derive(Clone, Copy, Debug, Default)]
struct Union {
    seconds: u64,
    n: u64,
    until: Option<i64>,
}

impl Union {
    /// Adds an entry; the seconds that it adds to those before.
    fn add(&mut self, spent: &Spent) -> u64 {
        self.n += 1;
        let new = match stretch(spent) {
            Some((start, end)) => {
                let from = self.until.map_or(start, |until| until.max(start));
                self.until = Some(self.until.map_or(end, |until| until.max(end)));
                end.saturating_sub(from)
            }
            None => spent.seconds.unwrap_or(0),
        };
        let new = u64::try_from(new).unwrap_or(0);
        self.seconds = self.seconds.saturating_add(new);
        new
    }
}

/// How many entries overlap another.
fn overlapping(items: &Items<'_>, span: Span) -> u64 {
    let mut n = 0;
    // The entry before, and whether it is counted yet.
    let (mut until, mut counted) = (i64::MIN, true);
    for (start, end) in inside(items, span).filter_map(|(_, spent)| stretch(spent)) {
        let overlaps = start < until;
        if overlaps {
            n += 1 + u64::from(!counted);
            counted = true;
        }
        if end > until {
            until = end;
            counted = overlaps;
        }
    }
    n
}

/// Recorded time by task or project, largest first; another part has no meaning for entries.
fn parts(items: &Items<'_>, span: Span, part: Part) -> Vec<Point> {
    let mut sums: Vec<(Key, Union)> = Vec::new();
    for (_, spent) in inside(items, span) {
        let Some(key) = key(&items.question, spent, part) else {
            continue;
        };
        let at = sums.iter().position(|sum| sum.0 == key);
        let at = at.unwrap_or_else(|| {
            sums.push((key, Union::default()));
            sums.len() - 1
        });
        sums[at].1.add(spent);
    }
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.1.seconds));
    let point =
        |(key, sum): (Key, Union)| items.question.part(key, Some(sum.seconds as f64), sum.n);
    sums.into_iter().map(point).collect()
}

fn key(question: &Question<'_>, spent: &Spent, part: Part) -> Option<Key> {
    let tasks = &question.data.work.tasks;
    let task = spent.task.and_then(|at| tasks.get(at as usize));
    match part {
        Part::Task => Some(spent.task.map_or(Key::Name("no task"), Key::Task)),
        Part::Project => {
            let own = Some(spent.project).filter(|project| *project != 0);
            let project = own.or_else(|| task.map(|task| task.project));
            let project = project.filter(|project| *project != 0);
            Some(project.map_or(Key::Name("no project"), Key::Project))
        }
        Part::Repo => {
            let repo = task.and_then(|task| task.repo);
            let id = repo.and_then(|at| question.data.repos.get(usize::from(at)));
            Some(id.map_or(Key::Name("no repository"), |id| Key::Repo(*id)))
        }
        Part::Language | Part::Category => None,
    }
}

/// Entries of `span` that are not counted; those of calendars and those taken out whatever the
/// other filters.
fn left_out(data: &Dataset, span: Span, items: &Items<'_>) -> Vec<LeftOut> {
    let here = data.work.spent.iter().filter(|one| span.holds(one.start));
    let (mut busy, mut excluded) = (0, 0);
    for spent in here {
        excluded += u64::from(spent.excluded);
        busy += u64::from(spent.busy && !spent.excluded);
    }
    let running = items.entries();
    let running = running.filter(|(_, spent)| span.holds(spent.start) && runs(spent));
    reasons(&[
        ("running", running.count() as u64),
        ("busy", busy),
        ("excluded", excluded),
    ])
}

#[cfg(test)]
#[path = "recorded_time_tests.rs"]
mod tests;
