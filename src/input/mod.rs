//! Named actions and the key table. Only key types of the terminal are known here.
//!
//! `assets/keys.toml` is the one place that says which key does what; the footer, the help
//! overlay, the palette and the documentation are made from it.

pub mod action;
pub mod key;
pub mod keymap;
