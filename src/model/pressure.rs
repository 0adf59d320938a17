//! What to do when someone asks to see the record, in words: one text for the documentation and for
//! the dashboard.

/// The text of `docs/if-someone-asks.md`, as Markdown.
pub fn text() -> &'static str {
    include_str!("../../docs/if-someone-asks.md")
}
