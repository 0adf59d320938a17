//! What to know when someone demands a look at the record, as the dashboard shows it.

/// `docs/if-someone-asks.md`, all of it, in Markdown.
pub fn text() -> &'static str {
    include_str!("../../docs/if-someone-asks.md")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_with_a_heading_and_says_that_one_may_say_no() {
        assert!(text().starts_with("# "));
        assert!(text().to_lowercase().contains("no"));
    }
}
