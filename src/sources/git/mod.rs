//! Git repositories, read only: the only room that names git2.

#![cfg_attr(
    not(test),
    expect(dead_code, reason = "the walk that calls the engine is not here yet")
)]

mod change;
mod objects;
