//! How tasks flow: finished, in progress, how long, and where they wait.
//!
//! What the metrics of this folder share: which tasks were finished ([`finished`]), when one began
//! ([`start`]), its cycle time ([`cycles`]), and how tasks are parted ([`home`]).

mod ages;
mod bottleneck;
mod cumulative_flow;
mod cycle_time;
mod cycles;
mod estimate_accuracy;
mod evidence;
mod evidence_efficiency;
mod finished;
mod flow_efficiency;
mod home;
mod lead_time;
mod net_flow;
mod open;
mod path;
mod ratio;
mod service_level;
mod shares;
mod start;
mod states;
mod tally;
mod task_types;
mod throughput;
mod time_in_stage;
mod wip;
mod work_item_age;

pub(super) use bottleneck::Bottleneck;
pub(super) use cumulative_flow::CumulativeFlow;
pub(super) use cycle_time::CycleTime;
pub(super) use estimate_accuracy::EstimateAccuracy;
pub(super) use evidence_efficiency::EvidenceEfficiency;
pub(super) use flow_efficiency::FlowEfficiency;
pub(super) use lead_time::LeadTime;
pub(super) use net_flow::NetFlow;
pub(super) use service_level::ServiceLevel;
pub(super) use task_types::TaskTypes;
pub(super) use throughput::Throughput;
pub(super) use time_in_stage::TimeInStage;
pub(super) use wip::Wip;
pub(super) use work_item_age::WorkItemAge;

#[cfg(test)]
mod tests;
