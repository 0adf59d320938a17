//! The store and the scan end to end: real files, real git repositories, real processes.

mod counting;
mod erasing;
mod fake;
mod file;
mod git;
mod processes;
mod scanning;
mod speed;
