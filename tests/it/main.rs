//! The integration tests, one binary so that the libraries are linked once.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[cfg(unix)]
mod audit;
#[cfg(unix)]
mod backup;
#[cfg(unix)]
mod bad_input;
mod bans;
#[cfg(unix)]
mod binary;
#[cfg(unix)]
mod bombs;
#[cfg(unix)]
mod cli;
#[cfg(unix)]
mod commands;
#[cfg(unix)]
mod common;
#[cfg(unix)]
mod doctor;
mod drafts;
#[cfg(unix)]
mod escapes;
#[cfg(target_os = "linux")]
mod first_frame;
#[cfg(unix)]
mod forget;
mod forms;
#[cfg(unix)]
mod home;
#[cfg(unix)]
mod import;
#[cfg(unix)]
mod imported;
#[cfg(unix)]
mod keep;
#[cfg(unix)]
mod keep_world;
#[cfg(unix)]
mod killed;
mod links;
#[cfg(unix)]
mod living;
#[cfg(unix)]
mod me;
#[cfg(unix)]
mod merge;
#[cfg(unix)]
mod mine;
#[cfg(unix)]
mod moved;
#[cfg(target_os = "linux")]
mod offline;
#[cfg(unix)]
mod own;
#[cfg(target_os = "linux")]
mod packages;
#[cfg(unix)]
mod papers;
#[cfg(unix)]
mod parity;
#[cfg(unix)]
mod picture;
mod place;
#[cfg(unix)]
mod privacy;
#[cfg(target_os = "linux")]
mod private;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod pty_drafts;
#[cfg(unix)]
mod pty_loop;
#[cfg(unix)]
mod pty_privacy;
#[cfg(unix)]
mod rebuild;
#[cfg(unix)]
mod reflog;
#[cfg(unix)]
mod restore;
#[cfg(unix)]
mod restore_alone;
mod restore_damage;
#[cfg(unix)]
mod sealed;
#[cfg(unix)]
mod sealed_attacked;
#[cfg(unix)]
mod second;
#[cfg(unix)]
mod share;
#[cfg(target_os = "linux")]
mod stale;
#[cfg(target_os = "linux")]
mod strace;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod weaker;
