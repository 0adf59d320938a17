//! The owner's settings: file and environment to plain values.
//!
//! Nothing here refuses to start because of a bad value: it becomes its default and a
//! [`ConfigWarning`] that names the line.

pub mod color;
pub mod env;
mod generate;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod hostile;
mod keep;
mod load;
mod paths;
mod read;
mod settings;
mod space;
mod typed;
mod values;
mod wording;

pub use color::{ColorChoice, ColorLevel, color_level};
pub use env::Env;
pub use generate::{settings_markdown, settings_toml};
pub use load::{Config, ConfigError, ConfigWarning, Overrides, load};
pub use settings::{Setting, settings};
pub use space::DEFAULT_SPACE;
pub use values::{Graphics, ThemeChoice, Values};
