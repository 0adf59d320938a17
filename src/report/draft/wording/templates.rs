//! The built-in templates and the names that a file of the owner can have.

use super::super::Kind;

/// Name and text of every built-in template.
const BUILT_IN: [(&str, &str); 5] = [
    (
        "standup.md",
        include_str!("../../../../assets/wording/standup.md"),
    ),
    (
        "week.md",
        include_str!("../../../../assets/wording/week.md"),
    ),
    (
        "month.md",
        include_str!("../../../../assets/wording/month.md"),
    ),
    (
        "review.md",
        include_str!("../../../../assets/wording/review.md"),
    ),
    (
        "pieces.md",
        include_str!("../../../../assets/wording/pieces.md"),
    ),
];

/// The names of all templates: those of the drafts, then the shared pieces.
pub fn names() -> impl Iterator<Item = String> {
    BUILT_IN.iter().map(|(name, _)| (*name).to_owned())
}

/// The name of the pieces that the templates share.
pub(super) const PIECES: &str = "pieces.md";

/// The name of a draft's template.
pub(super) fn name(kind: Kind) -> String {
    format!("{}.md", kind.as_str())
}

/// The text of a built-in template; empty for a name that is none.
pub(super) fn built_in(name: &str) -> &'static str {
    let found = BUILT_IN.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, text)| text)
}
