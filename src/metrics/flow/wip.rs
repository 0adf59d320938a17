//! Work in progress.

use super::open::{InWork, LEFT_OUT};
use super::{ages, cycles, home};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::parts::Cut;
use crate::metrics::question::Question;
use crate::metrics::series::{Daily, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Point, Rest, Rows, Shape, Unit};
use crate::model::period::Bucket;
use crate::model::selection::Selection;

/// Tasks of mine that are started and not finished.
pub(in crate::metrics) struct Wip;

impl Metric for Wip {
    fn id(&self) -> &'static str {
        "wip"
    }

    fn title(&self) -> &'static str {
        "Work in progress"
    }

    fn unit(&self) -> Unit {
        Unit::Items
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Do forgotten tickets count?",
                "Yes, with how many are older than most finished tasks took.",
            )],
            rule: "Tasks of mine that were started and neither finished nor given up, at the end \
                   of the range or at the newest export, whichever comes first; points are the \
                   same at the end of each week. A task that was closed and reopened does not count \
                   while it was closed. The start is that of `cycle_time`. Tasks that are in \
                   progress or review by the newest export and tell no start are said beside it \
                   (`start_not_known`). Beside it: how many are older than most finished tasks \
                   took.",
            formula: "wip(d) = |{t : start(t) <= d, not ended by d}|",
            needs: &[Need::Tasks, Need::Started],
            source: "Kanban Guide (2020): the number of work items started but not finished. Flow \
                     Framework calls it flow load.",
            misleads: "Nobody moves every ticket: what is called in progress may lie untouched for \
                       months, so read the ages in `work_item_age`. A task that was put back to the \
                       list still counts, for it was started. An export of open tickets alone makes \
                       the past look empty. Weeks hang together, so no usual range is drawn.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let work = InWork::of(&items);
        let mut figure = question.blank(self, Shape::Series);
        // Those whose start nobody knows are said beside it: they have no place in earlier weeks.
        let now = dated(&work);
        if work.tells {
            figure.n = now.len() as u64;
            figure.value = Some(figure.n as f64);
        }
        match Cut::of(selection.by) {
            Cut::Time(bucket) => figure.points = series(question, &work, bucket),
            Cut::Into(part) => {
                figure.shape = Shape::Shares;
                let keys = now.iter().filter_map(|at| home::of(data, part, *at));
                figure.points = home::counts(question, keys);
            }
        }
        figure.rests_on = rests_on(&items, &work);
        figure.previous = question.previous(|span| {
            let level = work.levels()(span.to);
            (work.tells.then_some(level as f64), level)
        });
        figure.left_out = work.tally.with(items.excluded());
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let work = InWork::of(&Items::new(data, selection, calendar));
        Rows::Tasks(if work.tells { dated(&work) } else { Vec::new() })
    }
}

/// The tasks in progress at the moment, rising.
/// In progress at the moment asked about, with a known start.
fn dated(work: &InWork) -> Vec<u32> {
    let mut all: Vec<u32> = work.lasting().map(|open| open.at).collect();
    all.sort_unstable();
    all
}

/// How many were in progress at the end of each bucket, or at the newest export inside it.
fn series(question: &Question<'_>, work: &InWork, bucket: Bucket) -> Vec<Point> {
    let days = Daily::new(question, question.span());
    let level = work.levels();
    let seen = question.seen_to.to_epoch_days();
    let point = |piece: crate::metrics::series::Piece| {
        let end = piece.range.to.to_epoch_days();
        let n = level(end.min(seen));
        let value = Some(n as f64).filter(|_| piece.known && work.tells);
        Point {
            n: if value.is_some() { n } else { 0 },
            ..piece.point(Key::Time, |_| value)
        }
    };
    let pieces = pieces(question, &days, bucket);
    pieces.into_iter().map(point).collect()
}

/// Ages beside the number, starts that are a commit, and starts that nobody knows.
fn rests_on(items: &Items<'_>, work: &InWork) -> Vec<Rest> {
    let undated = work.undated.len() as u64;
    let dated = work.lasting().count() as u64;
    let mut out = ages::older(work, &ages::marks(items, work.moment));
    let commits = work.lasting().filter(|open| open.start.from_commit).count();
    out.extend(cycles::starts(items, commits as u64, dated));
    if undated > 0 {
        let (what, of) = ("start_not_known", dated + undated);
        out.push(Rest {
            what,
            n: undated,
            of,
        });
    }
    out
}
