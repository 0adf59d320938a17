//! Forecast: when the next tasks will be finished.

use super::finished_weeks::{Basis, CHANCES, ahead};
use super::items::Items;
use super::metric::{Definition, Metric, Need};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Unit};
use crate::model::selection::Selection;

/// Days until the next tasks are finished.
pub(super) struct Forecast;

impl Metric for Forecast {
    fn id(&self) -> &'static str {
        "forecast"
    }

    fn title(&self) -> &'static str {
        "Forecast of the next tasks"
    }

    fn unit(&self) -> Unit {
        Unit::Days
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn lead(&self) -> Option<&'static str> {
        Some("85 % likely within")
    }

    fn compares(&self) -> bool {
        false
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Are these my own next tasks?",
                    "No, any next tasks: those that arrive meanwhile take places.",
                ),
                (
                    "Does it count from today?",
                    "From the newest export; the points carry the dates.",
                ),
                (
                    "Does a holiday count as a week of nothing?",
                    "No, weeks with marked days leave.",
                ),
            ],
            rule: "How many days, in whole weeks from the end of the record, until as many more \
                   tasks are finished as are open now (started or to do; `next_tasks` says how many, \
                   10 where none is open). 10,000 runs with a fixed seed draw week after week from \
                   the whole weeks of the range, weeks of nothing included, until enough is done. \
                   The value is the number of days that 85 % of the runs keep; the points `p50`, \
                   `p85` and `p95` give 50, 85 and 95 %, each up to the day it ends on. None below \
                   8 weeks or 5 finished tasks, and none beyond five years.",
            formula: "forecast = 7 d * the least k with P(sum of k weeks drawn from mine >= next tasks) >= 85 %",
            needs: &[Need::Tasks, Need::Finished],
            source: "Monte Carlo from throughput, as T. Magennis (Forecasting and Simulating \
                     Software Development Projects, 2011) and D. S. Vacanti (Actionable Agile \
                     Metrics for Predictability, 2015) use it for work items.",
            misleads: "It holds as long as the weeks ahead are like those of the range: a leave \
                       ahead, a new team or a new kind of task is not in it. Weeks are drawn one \
                       by one, so slow stretches come out shorter than they are. It says when so many \
                       tasks are done, not when these are: tasks that arrive meanwhile take places. \
                       One time in seven it takes longer than the value. It \
                       counts from the day of the newest export, not from today.",
            left_out: "Weeks with a marked day (leave, holiday, on call, launch) with the tasks \
                       finished in them (`away`); the running week and weeks that the range or the \
                       record cuts (`part_week`); tasks known to be done, but not when \
                       (`between_exports`, `no_finish_time`); excluded tasks. Pull requests are no \
                       tasks, and tasks in the backlog are not among the next ones.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let basis = Basis::of(&items);
        let (mut figure, forecast) = basis.begin(self, &items);
        let Some(forecast) = forecast else {
            return figure;
        };
        figure.rests_on.push(basis.next_rest());
        let weeks = forecast.weeks_for(basis.next(), CHANCES.map(|(_, chance)| chance));
        let days = weeks.map(|weeks| weeks.map(|weeks| u64::from(weeks) * 7));
        for ((name, _), days) in CHANCES.into_iter().zip(days) {
            let value = days.map(|days| days as f64);
            let point = items.question.part(Key::Name(name), value, figure.n);
            figure.points.push(ahead(&items, days.unwrap_or(0), point));
        }
        figure.value = days[1].map(|days| days as f64);
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Tasks(Basis::of(&Items::new(data, selection, calendar)).tasks)
    }
}

#[cfg(test)]
#[path = "forecast_tests.rs"]
mod tests;
