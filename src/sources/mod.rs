//! The outside world to model: one folder a kind of source. Nothing here knows the store.

pub mod demo;
pub mod git;
pub mod tasks;
