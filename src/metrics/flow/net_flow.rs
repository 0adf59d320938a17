//! Net flow: what was started against what was ended.

use super::open::{InWork, LEFT_OUT};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::select::Span;
use crate::metrics::series::{Cell, Daily, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit};
use crate::model::period::Bucket;
use crate::model::selection::{By, Selection};

/// Tasks started minus tasks ended.
pub(in crate::metrics) struct NetFlow;

impl Metric for NetFlow {
    fn id(&self) -> &'static str {
        "net_flow"
    }

    fn title(&self) -> &'static str {
        "Net flow"
    }

    fn unit(&self) -> Unit {
        Unit::Items
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[("Is a plus bad?", "Not by itself: large tasks end later.")],
            rule: "Arrivals minus departures in the range. A task arrives when work on it begins \
                   (as in `cycle_time`), and again when it is reopened; it departs when it is \
                   finished or given up. So the sum over all weeks is `wip`. Above zero more was \
                   begun than ended. Always along time, by weeks where another cut is asked; \
                   `arrivals` and `departures` are points beside it.",
            formula: "net_flow = |arrivals| - |departures|",
            needs: &[Need::Tasks, Need::Started, Need::Finished],
            source: "Vacanti, Actionable Agile Metrics for Predictability (2015): arrivals into \
                     work in progress against departures from it. Tickets merely written down \
                     show in `cumulative_flow`.",
            misleads: "A week above zero is no fault: large tasks end later than they begin. Tasks \
                       that were done without ever being started are in neither number. Tidying a \
                       board looks like a week of departures.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let work = InWork::of(&items);
        let mut figure = question.blank(self, Shape::Series);
        let mut days = Daily::new(question, question.span());
        let sum = moves(&work, question.span(), |day, came, went| {
            days.add(day, came, went);
        });
        if work.tells {
            figure.n = positions(&work, question.span()).len() as u64;
            figure.value = Some(net(sum));
        }
        let bucket = match selection.by {
            By::Time(bucket) => bucket,
            _ => Bucket::Week,
        };
        let pieces = pieces(question, &days, bucket);
        let series = |key, of: fn(Cell) -> f64| {
            let points = pieces.iter();
            points.map(move |piece| piece.point(key, |cell| work.tells.then(|| of(cell))))
        };
        figure.points = series(Key::Time, net)
            .chain(series(Key::Name("arrivals"), |cell| cell.a as f64))
            .chain(series(Key::Name("departures"), |cell| cell.b as f64))
            .collect();
        figure.previous = question.previous(|span| {
            let sum = moves(&work, span, |_, _, _| ());
            let n = positions(&work, span).len() as u64;
            (work.tells.then_some(net(sum)), n)
        });
        figure.left_out = work.tally.with(items.excluded());
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let work = InWork::of(&items);
        Rows::Tasks(if work.tells {
            positions(&work, items.question.span())
        } else {
            Vec::new()
        })
    }
}

fn net(cell: Cell) -> f64 {
    cell.a as f64 - cell.b as f64
}

/// Arrivals and departures of the span, each also told with its day.
fn moves(work: &InWork, span: Span, mut each: impl FnMut(i32, u64, u64)) -> Cell {
    let mut sum = Cell::default();
    for open in &work.stretches {
        if span.holds(open.from) {
            sum.a += 1;
            each(open.from.day, 1, 0);
        }
        if let Some(to) = open.to.filter(|to| span.holds(*to)) {
            sum.b += 1;
            each(to.day, 0, 1);
        }
    }
    sum
}

/// The tasks that arrived or departed in the span, rising.
fn positions(work: &InWork, span: Span) -> Vec<u32> {
    let moved = work
        .stretches
        .iter()
        .filter(|open| span.holds(open.from) || open.to.is_some_and(|to| span.holds(to)));
    let mut all: Vec<u32> = moved.map(|open| open.at).collect();
    all.dedup();
    all
}
