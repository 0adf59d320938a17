//! Rhythm and pace: what runs of acts, days with acts and the gaps between commits tell.
//!
//! All of it rests on one stream of acts (`acts`, merged in `stream`) and on runs of them
//! (`runs`). What is seen is when something was done, never how long it took: lengths are lower
//! bounds and say so.

mod act;
mod acts;
mod runs;
mod sessions;
mod stream;
#[cfg(test)]
mod testing;

pub(super) use sessions::Sessions;
