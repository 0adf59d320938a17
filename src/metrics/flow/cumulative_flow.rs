//! Cumulative flow: how many tasks stood where, day by day.

use super::finished::reached;
use super::states::{STATES, States, UNKNOWN, name};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::series::{Daily, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit};
use crate::model::period::Bucket;
use crate::model::selection::{By, Selection};
use crate::model::stage::Stage;

/// Tasks by stage at the end of each bucket.
pub(in crate::metrics) struct CumulativeFlow;

impl Metric for CumulativeFlow {
    fn id(&self) -> &'static str {
        "cumulative_flow"
    }

    fn title(&self) -> &'static str {
        "Cumulative flow"
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
                "Are stages guessed?",
                "No. What is not known is a band of its own.",
            )],
            rule: "All tasks of mine created so far, by the stage in which they stood at the end \
                   of each week (or at the newest export inside it): one point a week and stage; \
                   together they are all tasks created by then. The value is how many were open \
                   (neither done nor cancelled) at the end of the range or at the newest export; \
                   n is all of them. Where no move tells the stage it is `not known`; the present \
                   stage is known of every task at the newest export. Always along time, by weeks \
                   where another cut is asked.",
            formula: "cumulative_flow[s](d) = |{t : created(t) <= d, stage(t, d) = s}|",
            needs: &[Need::Tasks, Need::History],
            source: "Cumulative flow diagram: Anderson, Kanban (2010); Vacanti, Actionable Agile \
                     Metrics for Predictability (2015).",
            misleads: "Reading times off its slopes needs a steady amount of work in progress, \
                       which one person rarely has. The list of things to do grows for ever where \
                       nobody closes old tickets. An export that left out old closed tickets starts \
                       too low.",
            left_out: "Tasks without a time of creation (`no_creation`): nobody knows when to begin \
                       counting them. Pull requests, and tasks that I took out (`excluded`).",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let bucket = match selection.by {
            By::Time(bucket) => bucket,
            _ => Bucket::Week,
        };
        let mut figure = question.blank(self, Shape::Series);
        let days = Daily::new(question, question.span());
        let pieces = pieces(question, &days, bucket);
        let seen = question.seen_to;
        let mut ends: Vec<i32> = pieces
            .iter()
            .map(|piece| piece.range.to.min(seen).to_epoch_days())
            .collect();
        // The value belongs to the moment itself, whatever buckets are drawn.
        ends.push(selection.range.to.min(seen).to_epoch_days());
        let states = States::count(&items, &ends);
        let last = states.at(ends.len() - 1);
        if reached(question) && states.any {
            figure.n = last.iter().sum();
            figure.value = Some((figure.n - closed(last)) as f64);
        }
        for (at, piece) in pieces.iter().enumerate() {
            let here = states.at(at);
            for state in (0..STATES).filter(|state| states.occurs(*state)) {
                let n = if piece.known { here[state] } else { 0 };
                let mut point = piece.point(Key::Name(name(state)), |_| Some(here[state] as f64));
                point.n = n;
                figure.points.push(point);
            }
        }
        figure.previous = question.previous(|span| {
            let states = States::count(&items, &[span.to]);
            let here = states.at(0);
            let all: u64 = here.iter().sum();
            (Some((all - closed(here)) as f64), all)
        });
        figure.left_out = states.tally.with(items.excluded());
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let moment = selection.range.to.min(question.seen_to).to_epoch_days();
        let created = |task: &crate::model::work::Task| {
            task.created.is_some_and(|created| created.day <= moment)
        };
        let known = items.tasks().filter(|(_, task)| created(task));
        let known = known.filter(|_| reached(question));
        Rows::Tasks(known.map(|(at, _)| at).collect())
    }
}

fn closed(states: [u64; STATES]) -> u64 {
    const { assert!(UNKNOWN == STATES - 1) };
    states[Stage::Done as usize] + states[Stage::Cancelled as usize]
}
