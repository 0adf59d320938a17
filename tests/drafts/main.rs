//! Drafts as a whole: from rows to the text that is pasted somewhere.

mod demo;
mod facts;
mod scenes;
mod standing;
mod told;
