//! Git repositories, read only: the only room that names git2.
//!
//! [`prepare()`] once a process, then [`read()`] hands out the owner's commits of one repository,
//! [`people()`] lists who could be the owner, [`follow()`] tells what became of their lines, and [`stamp()`] says cheaply whether anything moved.
//! Nothing in a repository is run, written or searched for; refs, settings and commits are read
//! by plain readers, objects out of git's packs by `pack` and, where that does not know them, by
//! libgit2. What is text leaves as `Clean` or `RawPath`.

mod after;
mod agents;
mod ahead;
mod attributes;
mod bots;
mod branch;
mod branches;
mod brought;
mod cache;
mod categories;
mod change;
mod classify;
mod commits;
mod condition;
mod cut;
mod encoding;
mod error;
mod events;
mod fates;
mod files;
mod graph;
mod group;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod hostile;
mod ignored;
mod judge;
mod landed;
mod landing;
mod languages;
mod likeness;
mod lines;
mod lookup;
mod mailmap;
mod mentions;
mod merged;
mod message;
mod middle;
mod notes;
mod numbers;
mod objects;
mod open;
mod pack;
mod parse;
mod patch;
mod pattern;
mod people;
mod population;
mod prepare;
mod read;
mod reflog;
mod reflog_line;
mod reformat;
mod refs;
mod remote;
mod rename;
mod request;
mod sender;
mod settings;
mod shapes;
mod squash;
mod stamp;
mod standing;
mod standins;
mod stash;
mod sum;
mod traces;
mod trailers;
mod tree;
mod visit;
mod walk;
mod worker;

#[cfg(test)]
mod engine_tests;
#[cfg(test)]
mod parity_history;
#[cfg(test)]
mod parity_tests;
#[cfg(test)]
mod patch_tests;

pub use condition::{Condition, condition};
pub use error::{About, GitError, Warning};
pub use fates::{FollowRequest, Followed, follow};
pub use people::people;
pub use population::{Counter, count_everybody};
pub use prepare::prepare;
pub use read::read;
pub use request::{Event, Reading, RepoFacts, Request, Stop};
pub use stamp::{Stamp, stamp};
