//! One line of text being typed.

use crate::model::text::is_hidden;

/// The text, and where the cursor stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Cursor in characters from the start.
    at: usize,
}

/// More than any filter, range, address or path needs.
const LONGEST: usize = 1_000;

impl Field {
    /// A field with `text`, the cursor behind it.
    pub fn new(text: &str) -> Self {
        let mut field = Self::default();
        field.insert(text);
        field
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many characters stand before the cursor.
    pub fn cursor(&self) -> usize {
        self.at
    }

    /// Types or pastes `text` at the cursor; line breaks, and what acts on a terminal or cannot be seen,
    /// are dropped.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        for c in text.chars().filter(|c| !is_hidden(*c)).take(room) {
            let byte = self.byte(self.at);
            self.text.insert(byte, c);
            self.at += 1;
        }
    }

    /// Deletes the character before the cursor; false when there is none.
    pub fn delete_back(&mut self) -> bool {
        if self.at == 0 {
            return false;
        }
        self.at -= 1;
        let byte = self.byte(self.at);
        self.text.remove(byte);
        true
    }

    /// Deletes the word before the cursor with the spaces behind it.
    pub fn delete_word(&mut self) {
        while self.before().is_some_and(char::is_whitespace) {
            self.delete_back();
        }
        while self.before().is_some_and(|c| !c.is_whitespace()) {
            self.delete_back();
        }
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Moves the cursor by `by` characters, as far as there are any.
    pub fn move_by(&mut self, by: isize) {
        self.at = self
            .at
            .saturating_add_signed(by)
            .min(self.text.chars().count());
    }

    fn before(&self) -> Option<char> {
        self.text.chars().nth(self.at.checked_sub(1)?)
    }

    fn byte(&self, chars: usize) -> usize {
        self.text
            .char_indices()
            .nth(chars)
            .map_or(self.text.len(), |(byte, _)| byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_happens_at_the_cursor() {
        let mut field = Field::new("añc");
        field.move_by(-1);
        field.insert("b\u{1b}\n");
        assert_eq!((field.text(), field.cursor()), ("añbc", 3));
        assert!(field.delete_back() && field.delete_back());
        assert_eq!(field.text(), "ac");
        field.move_by(-99);
        assert!(!field.delete_back());
    }

    #[test]
    fn a_word_goes_with_the_spaces_behind_it() {
        let mut field = Field::new("retry the  queue  ");
        field.delete_word();
        assert_eq!(field.text(), "retry the  ");
        field.delete_word();
        assert_eq!(field.text(), "retry ");
    }

    #[test]
    fn a_pasted_novel_is_cut() {
        assert_eq!(Field::new(&"x".repeat(9_999)).text().len(), LONGEST);
    }
}
