//! The screen's state and `update(&mut State, Message) -> Vec<Effect>`; no drawing, no SQL.
//!
//! [`message::Message`] goes in, [`effect::Effect`] comes out, [`view`] is what the worker
//! answers. Nothing here knows the time but by `Message::Tick`, or a terminal at all.

pub mod effect;
pub mod message;
pub mod page;
pub mod view;
