//! The built-in templates and the names that a file of the owner can have.

use super::super::Kind;
use super::Form;

/// Name and text of every built-in template.
const BUILT_IN: [(&str, &str); 10] = [
    (
        "standup.md",
        include_str!("../../../../assets/wording/standup.md"),
    ),
    (
        "standup.txt",
        include_str!("../../../../assets/wording/standup.txt"),
    ),
    (
        "week.md",
        include_str!("../../../../assets/wording/week.md"),
    ),
    (
        "week.txt",
        include_str!("../../../../assets/wording/week.txt"),
    ),
    (
        "month.md",
        include_str!("../../../../assets/wording/month.md"),
    ),
    (
        "month.txt",
        include_str!("../../../../assets/wording/month.txt"),
    ),
    (
        "review.md",
        include_str!("../../../../assets/wording/review.md"),
    ),
    (
        "review.txt",
        include_str!("../../../../assets/wording/review.txt"),
    ),
    (
        "pieces.md",
        include_str!("../../../../assets/wording/pieces.md"),
    ),
    (
        "pieces.txt",
        include_str!("../../../../assets/wording/pieces.txt"),
    ),
];

/// The names of all templates: those of the drafts, then the shared pieces.
pub fn names() -> impl Iterator<Item = String> {
    BUILT_IN.iter().map(|(name, _)| (*name).to_owned())
}

/// The name of a draft's template.
pub(super) fn name(kind: Kind, form: Form) -> String {
    format!("{}.{}", kind.as_str(), form.ending())
}

/// The name of the pieces that the templates of `form` share.
pub(super) fn pieces(form: Form) -> String {
    format!("pieces.{}", form.ending())
}

/// The text of a built-in template; empty for a name that is none.
pub(super) fn built_in(name: &str) -> &'static str {
    let found = BUILT_IN.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, text)| text)
}
