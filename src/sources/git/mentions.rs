//! Task keys and numbers that a message names: `PAY-12`, `#7`, `!34`, `owner/repo#12`.
//!
//! A key is an upper-case word of 2 to 16 letters, digits and underscores that starts with a
//! letter, a hyphen and a number without leading zeros. `GH-12` is `#12`. An address of an issue
//! or of a pull or merge request is told in the short form, with its project. `#1` in a list
//! counts as a number: that is how the servers read it. Names of standards, encodings, hashes
//! and advisories (`UTF-8`, `SHA-256`, `RFC-2616`, `CVE-2021-1234`) and colours are no tasks.

use super::false_keys::is_false;
use super::files;
use crate::model::text::Clean;

/// The most of one message that are told.
const MOST: usize = 32;

/// Of a message, so many bytes are looked at.
const BYTES: usize = 256 << 10;

/// What `message` names, each once, sorted; the first 32 of it.
pub(super) fn of(message: &[u8]) -> Vec<Clean> {
    let message = &message[..message.len().min(BYTES)];
    let mut found = Found::default();
    for line in files::lines(message) {
        for at in memchr::memchr3_iter(b'-', b'#', b'!', line) {
            match line[at] {
                b'-' => found.key(line, at),
                sign => found.number(line, at, sign),
            }
        }
        for at in memchr::memmem::find_iter(line, b"://") {
            found.address(&line[at + 3..]);
        }
    }
    found.tokens.sort_unstable();
    found.tokens
}

#[derive(Default)]
struct Found {
    tokens: Vec<Clean>,
}

impl Found {
    fn add(&mut self, parts: &[&[u8]]) {
        let token = Clean::label(&parts.concat());
        if self.tokens.len() < MOST && !token.is_empty() && !self.tokens.contains(&token) {
            self.tokens.push(token);
        }
    }

    /// A key around the hyphen at `at`.
    fn key(&mut self, line: &[u8], at: usize) {
        let Some(digits) = number(&line[at + 1..], 9) else {
            return;
        };
        let from = start(line, at, |c| c.is_ascii_alphanumeric() || c == b'_');
        let word = &line[from..at];
        let is_project = (2..=16).contains(&word.len())
            && word[0].is_ascii_uppercase()
            && !word.iter().any(u8::is_ascii_lowercase);
        // `X-PAY-12` and `1.PAY-12` are parts of something longer.
        let is_part = from > 0 && matches!(line[from - 1], b'-' | b'.' | b'&');
        if !is_project || is_part {
            return;
        }
        if word == b"GH" {
            self.add(&[b"#", digits]);
        } else if !is_false(word, &line[at + 1 + digits.len()..]) {
            self.add(&[word, b"-", digits]);
        }
    }

    /// A number behind the `#` or `!` at `at`.
    fn number(&mut self, line: &[u8], at: usize, sign: u8) {
        let Some(digits) = number(&line[at + 1..], 7) else {
            return;
        };
        let from = start(line, at, is_of_project);
        let project = &line[from..at];
        let before = from.checked_sub(1).map(|at| line[at]);
        if project.is_empty() {
            let stands_alone = match before {
                None => true,
                Some(c) if sign == b'!' => {
                    c.is_ascii_whitespace() || matches!(c, b'(' | b'[' | b',')
                }
                Some(c) => !matches!(c, b'#' | b'&' | b'!' | b'"' | b'\'' | b'='),
            };
            if stands_alone && !(sign == b'#' && is_colour(line, digits)) {
                self.add(&[&[sign], digits]);
            }
        } else if before != Some(b':') && is_project(project) {
            self.add(&[project, &[sign], digits]);
        }
    }

    /// `host/owner/repo/issues/12` and what other servers make of it.
    fn address(&mut self, rest: &[u8]) {
        let end = rest
            .iter()
            .position(|c| !is_of_project(*c))
            .unwrap_or(rest.len());
        let mut parts: Vec<&[u8]> = rest[..end].split(|c| *c == b'/').collect();
        let Some(digits) = parts.pop().and_then(|last| {
            let last = last.strip_suffix(b".").unwrap_or(last);
            number(last, 9).filter(|digits| digits.len() == last.len())
        }) else {
            return;
        };
        let sign: &[u8] = match parts.pop() {
            Some(b"issues" | b"pull" | b"pulls" | b"work_items" | b"pull-requests") => b"#",
            Some(b"merge_requests") => b"!",
            _ => return,
        };
        if parts.last() == Some(&&b"-"[..]) {
            parts.pop();
        }
        let project = parts.get(1..).unwrap_or_default().join(&b'/');
        if is_project(&project) {
            self.add(&[&project, sign, digits]);
        }
    }
}

/// The number that `text` starts with: at most `most` digits, no leading zero, no word behind.
fn number(text: &[u8], most: usize) -> Option<&[u8]> {
    let length = text
        .iter()
        .position(|c| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let ends = text
        .get(length)
        .is_none_or(|c| !c.is_ascii_alphanumeric() && *c != b'_');
    ((1..=most).contains(&length) && text[0] != b'0' && ends).then(|| &text[..length])
}

/// Where the run of bytes that `fits` ends before `at` starts.
fn start(line: &[u8], at: usize, fits: impl Fn(u8) -> bool) -> usize {
    // No name is this long: a line of a megabyte is not looked through at every sign.
    let least = at.saturating_sub(256);
    line[least..at]
        .iter()
        .rposition(|c| !fits(*c))
        .map_or(least, |last| least + last + 1)
}

fn is_of_project(c: u8) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.' | b'/')
}

/// `owner/repo`, or more folders.
fn is_project(text: &[u8]) -> bool {
    text.len() <= 128
        && text.contains(&b'/')
        && text.split(|c| *c == b'/').all(|part| !part.is_empty())
}

/// `#123456` beside a word of colours. Three digits and eight can be one too.
fn is_colour(line: &[u8], digits: &[u8]) -> bool {
    const WORDS: [&str; 9] = [
        "color",
        "colour",
        "background",
        "border",
        "palette",
        "css",
        "rgb",
        "fill:",
        "stroke",
    ];
    if !matches!(digits.len(), 3 | 6 | 8) {
        return false;
    }
    let line = String::from_utf8_lossy(&line[..line.len().min(4096)]).to_lowercase();
    WORDS.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(message: &str) -> Vec<String> {
        of(message.as_bytes())
            .iter()
            .map(|token| token.as_str().to_owned())
            .collect()
    }

    #[test]
    fn keys_and_numbers_of_the_whole_message_are_named_once_and_sorted() {
        assert_eq!(
            named(
                "PAY-123: Round half up (#12)\n\nSee PAY-123 and OPS_2-7.\n\nFixes: #9, !34\nRefs: [ZZ9-1] GH-5"
            ),
            ["!34", "#12", "#5", "#9", "OPS_2-7", "PAY-123", "ZZ9-1"]
        );
        assert_eq!(named("two keys: ABC-1, ABC-2").len(), 2);
        assert_eq!(named("feature/PAY-7-round and 'PAY-8'"), ["PAY-7", "PAY-8"]);
    }

    #[test]
    fn encodings_hashes_standards_and_advisories_are_no_tasks() {
        let none = "UTF-8 UTF-16LE SHA-256 SHA-1 SHA3-256 ISO-8859-1 RFC-2616 X86-64 MD5 MD-5 \
            CVE-2021-1234 CWE-79 GPT-4 HTTP-2 TLS-1 AES-128 IEEE-754 WIN-32 COVID-19 EN-US A-1 \
            pay-12 PAY-0 PAY-012 PAY-12x X-PAY-12 UTC-5 CP-1252 H-264 AVX-512 PEP-8 BASE-64";
        assert_eq!(named(none), [""; 0]);
    }

    #[test]
    fn colours_entities_and_anchors_are_no_numbers() {
        let none = "color: #123456;\nbackground #333\n#fff #000 &#39; C#7 http://x.y/z#12 a#1b ##3 x!=1 !important";
        assert_eq!(named(none), [""; 0]);
        assert_eq!(named("Bug #123456"), ["#123456"]);
    }

    #[test]
    fn projects_and_addresses_are_told_in_short() {
        assert_eq!(
            named("owner/repo#12 group/sub/proj!3"),
            ["group/sub/proj!3", "owner/repo#12"]
        );
        assert_eq!(
            named(
                "Closes https://github.com/o/r.js/issues/12.\nhttps://gitlab.com/g/s/p/-/merge_requests/4\nhttps://x.atlassian.net/browse/PAY-12?a=b"
            ),
            ["PAY-12", "g/s/p!4", "o/r.js#12"]
        );
        assert_eq!(named("https://github.com/o/r/issues https://h/12"), [""; 0]);
    }

    #[test]
    fn at_most_thirty_two_are_told() {
        let many: Vec<String> = (1..100).map(|n| format!("PAY-{n}")).collect();
        assert_eq!(named(&many.join(" ")).len(), 32);
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(of(&bytes).len() <= MOST);
        }

        #[test]
        fn no_text_whatever_panics(text in "[A-Z#!/:.0-9 -]{0,60}") {
            prop_assert!(of(text.as_bytes()).len() <= MOST);
        }
    }
}
