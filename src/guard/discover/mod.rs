//! Where repositories are, by plain readers and before the lock: git itself is never asked.

mod alternates;
mod find;
mod place;

pub use find::{Found, Limits, Problem, at_root, find};
pub use place::{PlaceError, enclosing, place_at, trusted_place_at};
