//! Lock-down, paths to allow, file permissions, environment checks. Runs before the first
//! untrusted byte.
//!
//! Order in a program: [`early()`], settings, [`zone`], [`roots`], [`discover`], [`gitconfig`],
//! [`folder`], [`room`], [`diagnose`], then [`lock`]; git and the terminal come after it.

pub mod alone;
pub mod diagnose;
pub mod discover;
mod early;
pub mod exports;
pub mod folder;
pub mod gitconfig;
pub mod key;
pub mod keyring;
#[cfg(target_os = "linux")]
mod landlock;
pub mod launcher;
#[cfg(feature = "leak")]
mod leak;
mod level;
pub mod lock;
pub mod outbox;
pub mod passphrase;
pub mod probe;
pub mod process;
pub mod room;
pub mod roots;
#[cfg(target_os = "linux")]
mod seccomp;
pub mod usual;
pub mod zone;

mod plain;

pub use early::early;
