//! Terminal guard, events, the worker that owns the store, the main loop.

mod events;
mod output;
pub mod panics;
pub mod run;
#[cfg(unix)]
mod signals;
pub mod terminal;

pub use events::Input;
