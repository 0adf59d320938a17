//! **inward**: your work, your record. A private terminal dashboard over one's own git history.
//!
//! Data runs one way: [`sources`] → [`sync`] → [`store`] → [`model::dataset::Dataset`] →
//! [`metrics`] → [`model::figure::Figure`] → [`ui`] or [`report`]. Only messages go up.
//! `ARCHITECTURE.md` has the map and its invariants; `tests/layers.rs` holds them.

pub mod app;
pub mod cli;
pub mod config;
pub mod guard;
pub mod input;
pub mod metrics;
pub mod model;
pub mod report;
pub mod share;
pub mod sources;
pub mod store;
pub mod sync;
pub mod tui;
pub mod ui;

#[cfg(test)]
#[path = "../tests/hostile/stir.rs"]
pub(crate) mod stir;
