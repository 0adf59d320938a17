//! Drafts for people: stand-up, week, month, self-review. Pure: [`fn@compose`] groups what is known
//! into a [`Draft`], `wording` puts it into words. The same facts give the same bytes.

mod compose;
mod days;
mod document;
mod figures;
mod folded;
mod items;
mod loose;
mod names;
mod own;
mod projects;
pub mod sample;
mod seen;
mod standing;
pub mod wording;

pub use compose::compose;
pub use days::since;
pub use document::{
    Change, Code, DRAFT_SCHEMA, Draft, Event, Helped, Item, LimitLine, Loose, NoteLine, OldExport,
    Outcome, Piece, Project, Request, Reviews, Said, Seen, Since,
};

pub use crate::model::draft::Kind;

use crate::model::away::Away;
use crate::model::calendar::Calendar;
use crate::model::period::Range;

/// What a draft is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Which draft.
    pub kind: Kind,
    /// The days: of a stand-up from [`Since::day`] to today.
    pub range: Range,
    /// Now, and the owner's week.
    pub calendar: &'a Calendar,
    /// Days that are no workdays (leave and other events).
    pub away: &'a [Away],
    /// Whether ids of evidence are to be written.
    pub ids: bool,
}
