//! The whole screen in memory: a made-up record, a worker that answers at once, keys as scripts,
//! drawings as text. Run with `INSTA_UPDATE=always` to write the snapshots anew, then look at them.

mod ansi;
mod keys;
mod pictures;
mod snapshots;
mod styles;
mod world;
