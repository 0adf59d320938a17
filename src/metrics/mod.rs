//! Pure: `(&Dataset, &Selection, &Calendar)` in, `Figure` out. One file a metric.
//!
//! A metric is one unit struct in one file and one line in [`METRICS`]; it shows up in `stats`,
//! `explain`, the docs and the reports by itself. Metrics never see each other: what they share
//! lies below them, in `question` (one question being answered), `select` (which rows), `series`
//! (days and buckets), `parts` (repositories, languages, categories), `marks` and `days_off`
//! (which days), `pace` (acts and runs of them) and [`stats`]. Invariants:
//! no text, no clock, no input or output, nothing random; one pass over the rows of the asked
//! span and one over the span before; no allocation for a row. `commits.rs` is the smallest
//! example.

mod active_days;
mod after_hours_share;
mod aim;
mod aliases;
mod assisted_share;
mod categories;
mod change_cycle_time;
mod change_size;
mod commits;
mod count;
mod coverage;
mod days_off;
mod delivered;
mod finished_weeks;
mod flow;
mod followed;
mod forecast;
mod forecast_items;
mod goals;
mod hours_by_weekday;
mod items;
mod languages;
mod lengths;
mod lines;
mod lines_changed;
mod link_coverage;
mod linked;
mod marks;
mod metric;
mod mix;
mod needs;
mod not_kept;
mod pace;
mod parts;
mod passing;
mod phases;
mod question;
mod recorded_time;
mod repositories;
mod reverts;
mod review_given;
mod review_received;
mod reviews;
mod rework;
mod select;
mod series;
mod share;
mod sizes;
pub mod stats;
mod survival;
#[cfg(test)]
mod testing;
mod weekend_share;
mod work_types;
mod worth;

pub use aim::{BadAim, limit as limit_aim, measured, outcome as outcome_aim, typed as typed_aim};
pub use aliases::alias;
pub use coverage::{WeeklyMedian, Workdays, week_so_far, weekly_median, workdays};
pub use goals::{Met, Standing, linked as linked_tasks, standing};
pub use metric::{Definition, Metric, Need};
pub use needs::{Here, here};
pub use not_kept::{figure, off, rows};
pub use pace::{Session, sessions};
pub use passing::{Passing, passing};
pub use select::extent;
pub use worth::{Aging, aging};

/// Every metric, in the order of the command line's contract.
pub static METRICS: &[&dyn Metric] = &[
    &commits::Commits,
    &active_days::ActiveDays,
    &delivered::Delivered,
    &lines_changed::LinesChanged,
    &change_size::ChangeSize,
    &languages::Languages,
    &repositories::Repositories,
    &categories::Categories,
    &work_types::WorkTypes,
    &assisted_share::AssistedShare,
    &reverts::Reverts,
    &rework::Rework,
    &survival::Survival,
    &hours_by_weekday::HoursByWeekday,
    &pace::Sessions,
    &pace::FocusBlocks,
    &pace::ContextSwitches,
    &pace::EstimatedHours,
    &recorded_time::RecordedTime,
    &after_hours_share::AfterHoursShare,
    &weekend_share::WeekendShare,
    &pace::LateRuns,
    &pace::RestDays,
    &flow::Throughput,
    &flow::TaskTypes,
    &flow::Wip,
    &flow::WorkItemAge,
    &flow::NetFlow,
    &flow::CumulativeFlow,
    &flow::CycleTime,
    &flow::LeadTime,
    &flow::ServiceLevel,
    &flow::TimeInStage,
    &flow::FlowEfficiency,
    &flow::EvidenceEfficiency,
    &flow::Bottleneck,
    &flow::EstimateAccuracy,
    &forecast::Forecast,
    &forecast_items::ForecastItems,
    &change_cycle_time::ChangeCycleTime,
    &review_received::ReviewReceived,
    &reviews::Reviews,
    &review_given::ReviewGiven,
    &link_coverage::LinkCoverage,
];

/// The metric with the stable id `id`; `None` when there is none.
pub fn by_id(id: &str) -> Option<&'static dyn Metric> {
    METRICS.iter().copied().find(|metric| metric.id() == id)
}
