//! Rhythm and pace: what runs of acts, days with acts and the gaps between commits tell.
//!
//! Most of it rests on one stream of acts (`acts`, merged in `stream`), on runs of them (`runs`)
//! and on what they were about (`places`). What is seen is when something was done, never how
//! long it took: lengths are lower bounds and say so.

mod act;
mod acts;
mod context_switches;
mod estimated_hours;
mod focus_blocks;
mod late_runs;
#[cfg(test)]
mod laws;
mod places;
mod rest_days;
mod runs;
mod sessions;
mod stream;
#[cfg(test)]
pub(super) mod testing;

pub(super) use act::{Grain, of_work};
pub(super) use context_switches::ContextSwitches;
pub(super) use estimated_hours::EstimatedHours;
pub(super) use focus_blocks::FocusBlocks;
pub(super) use late_runs::LateRuns;
pub(super) use rest_days::RestDays;
pub(super) use sessions::Sessions;
pub use sessions::{Session, sessions};
