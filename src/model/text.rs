//! The door for outside text: [`Clean`] can be shown, [`RawPath`] can be compared.
//!
//! Nothing read from a repository or an export reaches a screen, a file or a pipe
//! except as `Clean`; two paths that look alike stay two because `RawPath` keeps
//! the bytes and cannot be displayed.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text that is safe to show: NFC, no control, bidirectional, zero-width, private-use,
/// line-separator or tag characters, at most two combining marks in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clean(Box<str>);

/// The longest label, in characters.
pub const LABEL_CHARS: usize = 200;

impl Clean {
    /// A label from outside bytes: invalid UTF-8 becomes U+FFFD, whitespace runs become one
    /// space, and what is longer than [`LABEL_CHARS`] ends in `…`.
    pub fn label(bytes: &[u8]) -> Self {
        // No character is longer than 4 bytes and marks are dropped: look at no more than
        // is needed, so that a summary of megabytes costs nothing.
        if let Some(plain) = plain(bytes) {
            return Self(plain.into());
        }
        let head = &bytes[..bytes.len().min(LABEL_CHARS * 64)];
        let text = clean(&String::from_utf8_lossy(head), false);
        let mut chars = text.char_indices();
        match chars.nth(LABEL_CHARS) {
            None if head.len() == bytes.len() => Self(text.into()),
            _ => {
                let cut = text
                    .char_indices()
                    .nth(LABEL_CHARS - 1)
                    .map_or(text.len(), |(at, _)| at);
                let kept = text.get(..cut).unwrap_or_default().trim_end();
                Self(format!("{kept}…").into())
            }
        }
    }

    /// The owner's own words at full length; line breaks are kept, all else as in a label.
    pub fn note(text: &str) -> Self {
        Self(clean(text, true).into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The text, where it is a label already: short, ASCII, single spaces. Most are, and the steps
/// below take fifty times as long.
fn plain(bytes: &[u8]) -> Option<&str> {
    let shown = |pair: &[u8]| matches!(pair, [b' '..=b'~', b' '..=b'~']) && pair != b"  ";
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b'!'..=b'~'));
    let fits = bytes.len() <= LABEL_CHARS
        && ends(bytes.first())
        && ends(bytes.last())
        && bytes.windows(2).all(shown);
    str::from_utf8(bytes).ok().filter(|_| fits)
}

fn clean(text: &str, keep_lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut space = false;
    let mut sequence = Sequence::None;
    for c in text.nfc() {
        if sequence.takes(c) {
            continue;
        }
        if keep_lines && c == '\n' {
            out.push('\n');
            space = false;
            continue;
        }
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > 2 {
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.push(c);
    }
    // Dropping characters can bring two together that compose: normalise what is left.
    out.nfc().collect()
}

/// Where in a terminal's escape sequence a text stands: all of one goes, not only its first
/// character. What a sequence carries as text (a window's title) stays, so that none hides words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sequence {
    None,
    /// Behind the escape character.
    Escape,
    /// Behind a control sequence's introducer: numbers, then one letter.
    Control,
}

impl Sequence {
    /// Whether `c` is a part of a sequence, which goes with it.
    fn takes(&mut self, c: char) -> bool {
        let (next, taken) = match (*self, c) {
            (_, '\u{1b}') | (Self::Escape, ' '..='/') => (Self::Escape, true),
            (_, '\u{9b}') | (Self::Escape, '[') | (Self::Control, ' '..='?') => {
                (Self::Control, true)
            }
            (Self::Escape, '0'..='~') | (Self::Control, '@'..='~') => (Self::None, true),
            _ => (Self::None, false),
        };
        *self = next;
        taken
    }
}

/// Whether every character of a text can be shown as it is, line breaks included.
pub fn is_shown(text: &str) -> bool {
    !text.chars().any(|c| c != '\n' && is_hidden(c))
}

/// Characters that act on the terminal or cannot be seen.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5
            | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
            | 0x3164 | 0xE000..=0xF8FF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF | 0xF0000..)
}

impl fmt::Display for Clean {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Serialize for Clean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Text read back passes the same door again: a store can be altered.
impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        Ok(Self::note(&text))
    }
}

/// The exact bytes of a path inside a repository. It has no `Display`: show it through
/// [`RawPath::label`].
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct RawPath(Box<[u8]>);

impl RawPath {
    /// The path made of `bytes`, unchanged.
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// The exact bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path for a reader's eyes. Two paths with one label get told apart by whoever
    /// lists them; this never changes which path is meant.
    pub fn label(&self) -> Clean {
        Clean::label(&self.0)
    }
}

impl fmt::Debug for RawPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "RawPath({})", self.0.escape_ascii())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_bidi_and_zero_width_are_gone() {
        let evil = "a\u{1b}[31mb\u{202e}c\u{200b}d\u{2066}e\u{9b}f\u{feff}\u{e000}";
        assert_eq!(Clean::label(evil.as_bytes()).as_str(), "abcde");
        let title = "Load \u{1b}[1;31mred\u{1b}[0m \u{1b}]0;ship\u{7} \u{1b}(B42";
        assert_eq!(
            Clean::label(title.as_bytes()).as_str(),
            "Load red 0;ship 42"
        );
    }

    #[test]
    fn a_newline_in_a_label_is_a_space_and_in_a_note_a_line() {
        assert_eq!(Clean::label(b" one\r\n two ").as_str(), "one two");
        assert_eq!(Clean::note("one\n  two\n").as_str(), "one\n two\n");
    }

    #[test]
    fn a_five_megabyte_summary_is_cut_to_a_label() {
        let label = Clean::label(&vec![b'x'; 5_000_000]);
        assert_eq!(label.as_str().chars().count(), LABEL_CHARS);
        assert!(label.as_str().ends_with('…'));
    }

    proptest! {
        #[test]
        fn the_short_way_to_a_label_ends_where_the_long_one_does(text in "[ -~\\x00-\\x20é]{0,40}") {
            if let Some(plain) = plain(text.as_bytes()) {
                prop_assert_eq!(clean(plain, false), plain);
            }
            let label = Clean::label(text.as_bytes());
            prop_assert_eq!(label.as_str(), clean(&text, false));
        }
    }

    #[test]
    fn most_labels_take_the_short_way() {
        assert_eq!(plain(b"Write the parser (2)"), Some("Write the parser (2)"));
        for text in ["a  b", " a", "a ", "a\tb", "é", "a\u{7f}"] {
            assert_eq!(plain(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn two_paths_that_look_alike_stay_two() {
        let (a, b) = (
            RawPath::new("a\u{200b}.rs".as_bytes()),
            RawPath::new(b"a.rs"),
        );
        assert_ne!(a, b);
        assert_eq!(a.label(), b.label());
    }

    proptest! {
        #[test]
        fn a_note_can_be_shown_and_stays_as_it_is(text in "\\PC*|[\\u{200b}-\\u{2070}a\\u{300}\\n \\t]*") {
            let note = Clean::note(&text);
            prop_assert!(is_shown(note.as_str()));
            prop_assert_eq!(Clean::note(note.as_str()), note);
        }

        #[test]
        fn no_bytes_whatever_give_a_hidden_character(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let label = Clean::label(&bytes);
            prop_assert!(!label.as_str().chars().any(is_hidden));
            prop_assert!(label.as_str().chars().count() <= LABEL_CHARS);
            prop_assert_eq!(Clean::label(label.as_str().as_bytes()), label);
        }

        #[test]
        fn no_text_whatever_gives_a_hidden_character(text in "\\PC*|[\\u{200b}-\\u{2070}a\\u{300}]*") {
            let label = Clean::label(text.as_bytes());
            prop_assert!(!label.as_str().chars().any(is_hidden));
            prop_assert_eq!(Clean::label(label.as_str().as_bytes()), label);
        }
    }
}
