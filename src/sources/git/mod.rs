//! Git repositories, read only: the only room that names git2.

#![cfg_attr(
    not(test),
    expect(dead_code, reason = "the walk that calls the engine is not here yet")
)]

mod change;
mod likeness;
mod lines;
mod middle;
mod objects;
mod rename;
mod tree;

#[cfg(test)]
mod engine_tests;
#[cfg(test)]
mod parity_history;
#[cfg(test)]
mod parity_tests;
