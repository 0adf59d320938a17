//! Forecast: how many tasks will be finished by a date.

use super::finished_weeks::{Basis, CHANCES, ahead};
use super::items::Items;
use super::metric::{Definition, Metric, Need};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Unit};
use crate::model::selection::Selection;

/// Tasks finished within the next weeks.
pub(super) struct ForecastItems;

/// Weeks ahead that the value is about.
const AHEAD: u32 = 4;
/// Weeks ahead of the farther point: a quarter.
const FAR: u32 = 12;

impl Metric for ForecastItems {
    fn id(&self) -> &'static str {
        "forecast_items"
    }

    fn title(&self) -> &'static str {
        "Forecast by a date"
    }

    fn unit(&self) -> Unit {
        Unit::Items
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn lead(&self) -> Option<&'static str> {
        Some("85 % likely at least")
    }

    fn compares(&self) -> bool {
        false
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[("Why is the surer number smaller?", "Surer promises less.")],
            rule: "How many tasks are finished within 4 weeks from the end of the record. The same \
                   10,000 runs as in `forecast`; the value is the number that 85 % of the runs reach. \
                   The points `p50`, `p85` and `p95` give the number that 50, 85 and 95 % reach within \
                   those 4 weeks, `12 weeks` what 85 % reach within a quarter, and `range end` the same \
                   up to the last day asked about, where that lies a week or more ahead: ask for a \
                   range that ends on the date in question. None below 8 weeks or 5 finished tasks.",
            formula: "forecast_items = the largest m with P(sum of 4 weeks drawn from mine >= m) >= 85 %",
            needs: &[Need::Tasks, Need::Finished],
            source: "Monte Carlo from throughput, as T. Magennis (Forecasting and Simulating \
                     Software Development Projects, 2011) and D. S. Vacanti (Actionable Agile \
                     Metrics for Predictability, 2015) use it for work items.",
            misleads: "The surer, the fewer: 95 % sure is a smaller number than 50 %. It holds as \
                       long as the weeks ahead are like those of the range, and tasks are counted, \
                       not weighed. It can promise more tasks than are open, and \
                       counts from the day of the newest export, not from today.",
            left_out: "What `forecast` leaves out: weeks with a marked day and the tasks finished in \
                       them (`away`), weeks that are not whole (`part_week`), tasks without a known \
                       time of finish (`between_exports`, `no_finish_time`), excluded tasks. Days \
                       beyond the last whole week before the end of the range.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let basis = Basis::of(&items);
        let (mut figure, forecast) = basis.begin(self, &items);
        let Some(forecast) = forecast else {
            return figure;
        };
        let n = figure.n;
        let mut point = |name, weeks: u32, done: u64| {
            let point = items.question.part(Key::Name(name), Some(done as f64), n);
            let days = u64::from(weeks) * 7;
            figure.points.push(ahead(&items, days, point));
        };
        let done = forecast.done_in(AHEAD, CHANCES.map(|(_, chance)| chance));
        for ((name, _), done) in CHANCES.into_iter().zip(done) {
            point(name, AHEAD, done);
        }
        let [far] = forecast.done_in(FAR, [0.85]);
        point("12 weeks", FAR, far);
        let left = selection.range.to - items.question.seen_to;
        let weeks = u32::try_from(left.num_weeks()).unwrap_or(0);
        if weeks > 0 {
            let weeks = weeks.min(super::stats::LONGEST_FORECAST);
            let [done] = forecast.done_in(weeks, [0.85]);
            point("range end", weeks, done);
        }
        figure.value = Some(done[1] as f64);
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Tasks(Basis::of(&Items::new(data, selection, calendar)).tasks)
    }
}
