//! Share: what leaves, what it gives away, and an attacker who knows everything else.
//!
//! `INWARD_BLESS=1 cargo test --test share` writes the table of `docs/sharing.md` anew.

#![cfg(test)]
#![expect(
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "figures of tests are small, and equal ones are exactly equal"
)]

mod attacker;
mod bytes;
#[cfg(unix)]
mod clones;
mod differences;
#[path = "../figures/generate.rs"]
mod generate;
mod page;
mod pooled;
mod properties;
mod real;
#[cfg(unix)]
#[expect(dead_code, reason = "the tests of reading use the rest")]
#[path = "../support/mod.rs"]
mod support;
mod team;
mod told;
mod words;
