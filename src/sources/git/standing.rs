//! How a task key or number stands in a line of a message: behind a word that closes, in a
//! trailer, or just somewhere.

use crate::model::links::LinkRule;

/// Words that close a task, as GitHub, GitLab, Bitbucket and Linear read them.
const CLOSING: [&str; 20] = [
    "close",
    "closes",
    "closed",
    "closing",
    "fix",
    "fixes",
    "fixed",
    "fixing",
    "resolve",
    "resolves",
    "resolved",
    "resolving",
    "implement",
    "implements",
    "implemented",
    "implementing",
    "complete",
    "completes",
    "completed",
    "completing",
];

/// What may stand between such a word and the key.
const FILLERS: [&str; 8] = [
    "issue", "issues", "bug", "bugs", "ticket", "tickets", "task", "story",
];

/// Commands to Jira behind a key that end it.
const COMMANDS: [&str; 8] = [
    "#close",
    "#closed",
    "#resolve",
    "#resolved",
    "#done",
    "#fix",
    "#fixed",
    "#finish",
];

/// Keys of trailers that name a task.
const TRAILERS: [&str; 30] = [
    "bug",
    "bug-id",
    "bugs",
    "closes",
    "fixes",
    "github",
    "gitlab",
    "implements",
    "issue",
    "issue-id",
    "issues",
    "jira",
    "jira-issue",
    "link",
    "maniphest tasks",
    "part-of",
    "ref",
    "reference",
    "references",
    "refs",
    "related",
    "related-to",
    "relates-to",
    "resolves",
    "see",
    "story",
    "task",
    "tasks",
    "ticket",
    "work-item",
];

/// One line of a message, looked through from left to right.
pub(super) struct Standing<'l> {
    /// The line.
    pub(super) line: &'l [u8],
    is_trailer: bool,
    /// It quotes the subject of what it takes back.
    is_quote: bool,
    /// Up to where a list of keys goes that a word closes.
    closed_to: Option<usize>,
}

impl<'l> Standing<'l> {
    /// A line of the text.
    pub(super) fn in_text(line: &'l [u8]) -> Self {
        Self {
            line,
            is_trailer: false,
            is_quote: line.starts_with(b"Revert \""),
            closed_to: None,
        }
    }

    /// A line of the last paragraph.
    pub(super) fn at_the_end(line: &'l [u8]) -> Self {
        Self {
            is_trailer: is_trailer(line),
            ..Self::in_text(line)
        }
    }

    /// How the name at `from..to` stands here. To be asked from left to right.
    pub(super) fn how(&mut self, from: usize, to: usize) -> LinkRule {
        let from = self.begin_of_address(from);
        let in_list = self
            .closed_to
            .and_then(|end| self.line.get(end..from))
            .is_some_and(is_between);
        if !self.is_quote && (in_list || closes(&self.line[..from])) {
            self.closed_to = Some(to);
            return LinkRule::Closing;
        }
        if self.is_trailer {
            return LinkRule::Trailer;
        }
        LinkRule::Message
    }

    /// [`Self::how`] of a key, which a command behind it can end too.
    pub(super) fn how_of_key(&mut self, from: usize, to: usize) -> LinkRule {
        let how = self.how(from, to);
        if how > LinkRule::Closing && !self.is_quote && commands(&self.line[to..]) {
            return LinkRule::Closing;
        }
        how
    }

    /// Where the address begins that a name at `from` is a part of; else `from`.
    fn begin_of_address(&self, from: usize) -> usize {
        // No address is this long.
        let least = from.saturating_sub(512);
        let before = &self.line[least..from];
        let blank = before.iter().rposition(|c| b" \t(<[".contains(c));
        let begin = least + blank.map_or(0, |last| last + 1);
        let run = self.line.get(begin..from + 3).unwrap_or_default();
        if memchr::memmem::find(run, b"://").is_some() {
            begin
        } else {
            from
        }
    }
}

/// The message without its last paragraph, and that one; a message of one paragraph has no other.
pub(super) fn parts(message: &[u8]) -> (&[u8], &[u8]) {
    let message = message.trim_ascii_end();
    let mut end = message.len();
    while let Some(at) = memchr::memrchr(b'\n', &message[..end]) {
        let above = message[..at].trim_ascii_end();
        // Nothing but one end of a line is trimmed where the line above is not blank.
        let trimmed = &message[above.len()..=at];
        if memchr::memchr_iter(b'\n', trimmed).count() > 1 {
            return message.split_at(at + 1);
        }
        end = at;
    }
    (message, &[])
}

/// `Refs: ...` and its like.
fn is_trailer(line: &[u8]) -> bool {
    let Some(colon) = memchr::memchr(b':', &line[..line.len().min(32)]) else {
        return false;
    };
    let key = String::from_utf8_lossy(line[..colon].trim_ascii()).to_ascii_lowercase();
    TRAILERS.binary_search(&key.as_str()).is_ok()
}

/// Whether `before` ends with a word that closes what follows.
fn closes(before: &[u8]) -> bool {
    let (word, rest) = last_word(before);
    if is_in(&FILLERS, word) {
        let (word, _) = last_word(rest);
        return is_in(&CLOSING, word);
    }
    is_in(&CLOSING, word)
}

/// The last word of `text`, and what stands before it.
fn last_word(text: &[u8]) -> (&[u8], &[u8]) {
    let text = trimmed(text);
    // No word of ours is longer.
    let least = text.len().saturating_sub(16);
    let begin = text[least..]
        .iter()
        .rposition(|c| !c.is_ascii_alphabetic())
        .map_or(least, |last| least + last + 1);
    // `pre-fix` and `x.fix` are words of their own.
    let is_part = begin > 0 && matches!(text[begin - 1], b'-' | b'_' | b'.' | b'/' | b'\'');
    let from = if is_part { text.len() } else { begin };
    (&text[from..], &text[..begin])
}

/// `text` without the blanks, a colon and an opening bracket at its end.
fn trimmed(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii_end();
    let text = text
        .strip_suffix(b"[")
        .or_else(|| text.strip_suffix(b"("))
        .or_else(|| text.strip_suffix(b"<"))
        .unwrap_or(text)
        .trim_ascii_end();
    text.strip_suffix(b":").unwrap_or(text).trim_ascii_end()
}

fn is_in(words: &[&str], word: &[u8]) -> bool {
    words
        .iter()
        .any(|known| known.as_bytes().eq_ignore_ascii_case(word))
}

/// Nothing but what stands between the keys of a list.
fn is_between(text: &[u8]) -> bool {
    if text.len() > 12 || text.is_empty() {
        return false;
    }
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    text.split([' ', ',', ';', '&', '[', ']', '(', ')', '+', '\t', ':'])
        .all(|word| matches!(word, "" | "and" | "or") || is_in(&FILLERS, word.as_bytes()))
}

/// Whether a command that ends a task stands in `rest`.
fn commands(rest: &[u8]) -> bool {
    memchr::memchr_iter(b'#', rest).any(|at| {
        let word = &rest[at..];
        let end = word.iter().position(u8::is_ascii_whitespace);
        let word = &word[..end.unwrap_or(word.len())];
        let alone = at > 0 && rest[at - 1].is_ascii_whitespace();
        alone && is_in(&COMMANDS, word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_keys_of_trailers_are_sorted() {
        assert!(TRAILERS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn the_last_paragraph_is_told_apart_unless_it_is_the_only_one() {
        let two = |message: &str| {
            let (text, end) = parts(message.as_bytes());
            (
                String::from_utf8_lossy(text).into_owned(),
                String::from_utf8_lossy(end).into_owned(),
            )
        };
        assert_eq!(two("a\nb\n"), ("a\nb".into(), String::new()));
        assert_eq!(two("a\n\nb\nc\n\n"), ("a\n\n".into(), "b\nc".into()));
        assert_eq!(two("a\r\n \r\nb"), ("a\r\n \r\n".into(), "b".into()));
        assert_eq!(two(""), (String::new(), String::new()));
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_panic(
            line in prop::collection::vec(any::<u8>(), 0..80),
            from in 0_usize..80,
            length in 0_usize..10,
        ) {
            let from = from.min(line.len());
            let to = (from + length).min(line.len());
            let mut standing = Standing::at_the_end(&line);
            standing.how(from, to);
            standing.how_of_key(from, to);
            let (text, end) = parts(&line);
            prop_assert!(text.len() + end.len() <= line.len());
        }
    }
}
