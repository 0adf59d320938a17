//! The screen's state and `update(&mut State, Message) -> Vec<Effect>`; no drawing, no SQL.
//!
//! [`message::Message`] goes in, [`effect::Effect`] comes out, [`view`] is what the worker
//! answers. Nothing here knows the time but by `Message::Tick`, or a terminal at all.

pub mod add;
mod ask;
pub mod correct;
pub mod cover;
mod detail;
pub mod draft;
mod drilldown;
pub mod effect;
pub mod exclude;
pub mod explain;
pub mod field;
mod filter;
pub mod findings;
pub mod first_run;
pub mod flow;
pub mod goals;
pub mod hand_out;
pub mod help;
pub mod hints;
pub mod idle;
mod keys;
pub mod kinds;
pub mod list;
pub mod look;
mod measures;
pub mod message;
mod moves;
pub mod narrow;
pub mod note;
pub mod page;
pub mod palette;
mod period;
pub mod popup;
pub mod pressure;
pub mod privacy;
pub mod projects;
pub mod proposals;
pub mod prose;
pub mod rank;
pub mod recall;
mod repositories;
pub mod repository;
pub mod row;
mod scan;
pub mod share;
pub mod size;
mod slow;
pub mod state;
pub mod task;
pub mod toasts;
mod update;
pub mod view;
pub mod worth;

pub use update::update;
