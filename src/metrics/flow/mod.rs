//! How tasks flow: finished, in progress, how long, and where they wait.
//!
//! What the metrics of this folder share: which tasks were finished ([`finished`]), when one began
//! ([`start`]), its cycle time ([`cycles`]), and how tasks are parted ([`home`]).

mod cycle_time;
mod cycles;
mod finished;
mod home;
mod lead_time;
mod linked;
mod start;
mod tally;
mod throughput;

pub(super) use cycle_time::CycleTime;
pub(super) use lead_time::LeadTime;
pub(super) use throughput::Throughput;

#[cfg(test)]
mod tests;
