//! Drafts as a whole: from rows to the text that is pasted somewhere.

#![expect(clippy::unwrap_used, reason = "test code: a panic is the report")]

mod demo;
mod facts;
mod scenes;
mod standing;
mod told;
