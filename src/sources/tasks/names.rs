//! Names for tasks whose export gives them none.

use std::collections::HashMap;

use crate::model::text::Clean;

/// What separates the parts of such a name: no title holds it.
const BETWEEN: char = '\u{1f}';

/// Names made of a role, a title and a creation date, for one file.
///
/// The second, third … task with the same three is told apart by its number. An edited title is
/// another task: nothing in such a file says otherwise.
pub(super) struct Names {
    format: &'static str,
    /// How often each was used, by its hash: titles may be long.
    seen: HashMap<blake3::Hash, u32>,
}

impl Names {
    /// Names that begin with `format`.
    pub(super) fn new(format: &'static str) -> Self {
        Self {
            format,
            seen: HashMap::new(),
        }
    }

    /// As [`Self::name`], for a task that has an id of its own: only the first of its kind, so that
    /// an id given later finds the task again and no other one does.
    pub(super) fn first(&mut self, role: &str, title: &str, created: &str) -> Option<String> {
        let name = self.name(role, title, created);
        (name.matches(BETWEEN).count() == 2).then_some(name)
    }

    /// The name of a task: `role` is what keeps equal titles of two files apart (empty when nothing
    /// should), `created` the date as text (empty when unknown).
    pub(super) fn name(&mut self, role: &str, title: &str, created: &str) -> String {
        let (role, title) = (plain(role), plain(title));
        let mut name = format!("{}:{role}{BETWEEN}{title}{BETWEEN}{created}", self.format);
        let count = self.seen.entry(blake3::hash(name.as_bytes())).or_default();
        *count += 1;
        if *count > 1 {
            name.push(BETWEEN);
            name.push_str(&count.to_string());
        }
        name
    }
}

/// A text as it is compared: composed, lower case, blanks as one space, nothing hidden.
fn plain(text: &str) -> String {
    let clean = Clean::note(text);
    let words: Vec<&str> = clean.as_str().split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_case_do_not_count_and_the_second_of_its_kind_gets_a_number() {
        let mut names = Names::new("markdown");
        let first = names.name("Notes.md", "Call  Mom", "2026-01-01");
        assert_eq!(first, "markdown:notes.md\u{1f}call mom\u{1f}2026-01-01");
        let second = names.name("notes.md", "call mom ", "2026-01-01");
        assert_eq!(second, format!("{first}\u{1f}2"));
        assert_eq!(names.first("notes.md", "call mom", "2026-01-01"), None);
        assert_ne!(names.name("other.md", "call mom", "2026-01-01"), first);
        assert_ne!(names.name("notes.md", "call mom", ""), first);
    }
}
