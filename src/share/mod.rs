//! Share: the one deliberate way out that weighs what it gives away. Pure: the caller reads the store,
//! asks the owner and writes the file.
//!
//! [`facts()`] makes a few numbers of one [`Window`], [`lines()`] offers what can be said of them,
//! [`Summary::of`] takes what the owner chose, [`weigh()`] says what that gives away together with
//! every [`Past`] share, and [`render()`] is the preview and the file. Nothing behind [`Facts`] sees a
//! row, and nothing behind [`Summary`] a number.

mod band;
mod facts;
mod json;
mod ledger;
mod line;
mod own;
mod profile;
mod render;
mod summary;
mod weigh;
mod window;

pub use band::Scale;
pub use facts::{Fact, Facts, OUTCOMES, facts};
pub use ledger::{Conflict, Given, Past, conflict};
pub use line::{Line, LineId, lines};
pub use own::{Concern, Known, OWN_CHARS, OWN_LINES, concerns};
pub use profile::Profile;
pub use render::{Form, NOTE, render};
pub use summary::{Summary, SummaryError};
pub use weigh::{LEAST, Verdict, Weight, weigh, windows};
pub use window::{Window, WindowError};
