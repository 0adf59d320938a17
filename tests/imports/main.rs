//! Imports as a whole: every format's fixture, the laws that hold for any file, and the real
//! exports where they are at hand.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod bench;
mod counted;
mod expected;
mod facts;
mod figures;
mod fixtures;
mod laws;
mod programs;
mod samples;
mod shared;
