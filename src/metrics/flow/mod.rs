//! How tasks flow: finished, in progress, how long, and where they wait.
//!
//! What the metrics of this folder share: which tasks were finished ([`finished`]), when one began
//! ([`start`]), its cycle time ([`cycles`]), and how tasks are parted ([`home`]).

mod ages;
mod cumulative_flow;
mod cycle_time;
mod cycles;
mod finished;
mod home;
mod lead_time;
mod linked;
mod net_flow;
mod open;
mod start;
mod states;
mod tally;
mod throughput;
mod wip;
mod work_item_age;

pub(super) use cumulative_flow::CumulativeFlow;
pub(super) use cycle_time::CycleTime;
pub(super) use lead_time::LeadTime;
pub(super) use net_flow::NetFlow;
pub(super) use throughput::Throughput;
pub(super) use wip::Wip;
pub(super) use work_item_age::WorkItemAge;

#[cfg(test)]
mod tests;
