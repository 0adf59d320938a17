//! Which drafts there are, in which forms, and what templates of the owner are before they are read.

use serde::Serialize;

/// Which draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Since the last workday.
    #[default]
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

    /// Its name: the command's, the template's, the document's, and what its files begin with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standup => "standup",
            Self::Week => "week",
            Self::Month => "month",
            Self::Review => "review",
        }
    }
}

/// How a draft is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// Markdown, readable as it stands.
    #[default]
    Markdown,
    /// The same without marks.
    Plain,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Plain];
}

/// A wording template of the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTemplate {
    /// The file's name without its folder, made safe to show: `standup.md`.
    pub file: String,
    /// What it holds, or why it could not be read.
    pub text: Result<String, String>,
}
