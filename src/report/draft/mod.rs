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

use serde::Serialize;

use crate::model::away::Away;
use crate::model::calendar::Calendar;
use crate::model::period::Range;

/// Which draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Since the last workday.
    Standup,
    /// A week.
    Week,
    /// A month.
    Month,
    /// Any days: a self-review.
    Review,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Standup, Self::Week, Self::Month, Self::Review];

    /// Its name: the command's, the template's and the document's.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standup => "standup",
            Self::Week => "week",
            Self::Month => "month",
            Self::Review => "review",
        }
    }
}

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
