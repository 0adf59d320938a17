//! The store and the scan end to end: real files, real git repositories, real processes.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where by panicking"
)]
#![expect(unreachable_pub, reason = "modules of one test program")]

mod counting;
mod erasing;
mod erasing_kinds;
mod fake;
mod file;
mod git;
mod lines;
mod links;
mod loading;
mod material;
mod merging;
mod own;
mod places;
mod planted;
#[cfg(target_os = "linux")]
mod power_loss;
mod processes;
mod recent;
mod relations;
mod restoring;
mod retaining;
mod scanning;
mod sealed;
mod sealed_attacked;
#[cfg(target_os = "linux")]
mod sealed_full;
mod speed;
mod tasks;
mod worlds;
