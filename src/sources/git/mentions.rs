//! Task keys and numbers that a message names: `PAY-12`, `#7`, `!34`, `owner/repo#12`.
//!
//! A key is an upper-case word of 2 to 16 letters, digits and underscores that starts with a
//! letter, a hyphen and a number without leading zeros. `GH-12` is `#12`. An address of an issue
//! or of a pull or merge request is told in the short form, with its project. `#1` in a list
//! counts as a number: that is how the servers read it. Names of standards, encodings, hashes
//! and advisories (`UTF-8`, `SHA-256`, `RFC-2616`, `CVE-2021-1234`) and colours are no tasks.

use super::files;
use super::standing::{self, Standing};
use crate::model::commit::Mention;
use crate::model::false_keys::is_false;
use crate::model::links::LinkRule;
use crate::model::text::Clean;

/// The most of one message that are told.
const MOST: usize = 32;

/// Of a message, so many bytes are looked at.
const BYTES: usize = 256 << 10;

/// What `message` names, each once, sorted, with how it stands there; the first 32 of it.
pub(super) fn of(message: &[u8]) -> Vec<Mention> {
    let message = &message[..message.len().min(BYTES)];
    let (text, end) = standing::parts(message);
    let mut found = Found::default();
    for line in files::lines(text) {
        found.line(&mut Standing::in_text(line));
    }
    for line in files::lines(end) {
        found.line(&mut Standing::at_the_end(line));
    }
    found.mentions.sort_unstable();
    found.mentions
}

#[derive(Default)]
struct Found {
    mentions: Vec<Mention>,
    /// Where the names of one line may be.
    signs: Vec<usize>,
}

impl Found {
    fn line(&mut self, standing: &mut Standing<'_>) {
        let line = standing.line;
        let mut signs = std::mem::take(&mut self.signs);
        signs.clear();
        signs.extend(memchr::memchr3_iter(b'-', b'#', b'!', line));
        signs.extend(memchr::memmem::find_iter(line, b"://"));
        let is_number = |at: &usize| line.get(at + 1).is_some_and(u8::is_ascii_digit);
        signs.extend(memchr::memchr_iter(b'T', line).filter(is_number));
        // Whether a word closes a key may depend on the one before it.
        signs.sort_unstable();
        for at in &signs {
            match line[*at] {
                b'-' => self.key(standing, *at),
                b':' => self.address(standing, *at),
                b'T' => self.letter_number(standing, *at),
                sign => self.number(standing, *at, sign),
            }
        }
        self.signs = signs;
    }

    fn add(&mut self, parts: &[&[u8]], how: LinkRule) {
        let token = Clean::label(&parts.concat());
        if let Some(known) = self.mentions.iter_mut().find(|known| known.token == token) {
            known.how = known.how.min(how);
        } else if self.mentions.len() < MOST && !token.is_empty() {
            self.mentions.push(Mention { token, how });
        }
    }

    /// A key around the hyphen at `at`.
    fn key(&mut self, standing: &mut Standing<'_>, at: usize) {
        let line = standing.line;
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
        // Shortcut writes its keys small.
        if !is_project && word != b"sc" || is_part {
            return;
        }
        let to = at + 1 + digits.len();
        if word == b"GH" {
            self.add(&[b"#", digits], standing.how(from, to));
        } else if !is_false(word, &line[to..]) {
            self.add(&[word, b"-", digits], standing.how_of_key(from, to));
        }
    }

    /// A number behind the `#` or `!` at `at`.
    fn number(&mut self, standing: &mut Standing<'_>, at: usize, sign: u8) {
        let line = standing.line;
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
                let how = standing.how(at, at + 1 + digits.len());
                self.add(&[&[sign], digits], how);
            }
        } else if before != Some(b':') && (is_project(project) || is_board(project, sign)) {
            let how = standing.how(from, at + 1 + digits.len());
            self.add(&[project, &[sign], digits], how);
        }
    }

    /// `T12`, as Phabricator writes its tasks: only where a closing word or a trailer makes it one.
    fn letter_number(&mut self, standing: &mut Standing<'_>, at: usize) {
        let line = standing.line;
        let is_part = at > 0 && (line[at - 1].is_ascii_alphanumeric() || line[at - 1] == b'_');
        let Some(digits) = number(&line[at + 1..], 7).filter(|_| !is_part) else {
            return;
        };
        let how = standing.how(at, at + 1 + digits.len());
        if how < LinkRule::Message {
            self.add(&[b"T", digits], how);
        }
    }

    /// `host/owner/repo/issues/12` and what other servers make of it.
    fn address(&mut self, standing: &mut Standing<'_>, at: usize) {
        let rest = &standing.line[at + 3..];
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
            let how = standing.how(at, at + 3 + end);
            self.add(&[&project, sign, digits], how);
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

/// `AB#12`, as Azure Boards writes its work items elsewhere.
fn is_board(text: &[u8], sign: u8) -> bool {
    text == b"AB" && sign == b'#'
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
            .map(|mention| mention.token.as_str().to_owned())
            .collect()
    }

    /// The surer ways that keys stand in a message.
    fn how(message: &str) -> Vec<(String, &'static str)> {
        of(message.as_bytes())
            .iter()
            .map(|mention| (mention.token.as_str().to_owned(), mention.how.as_str()))
            .collect()
    }

    fn all(rule: &'static str, tokens: &[&str]) -> Vec<(String, &'static str)> {
        let one = |token: &&str| ((*token).to_owned(), rule);
        tokens.iter().map(one).collect()
    }

    #[test]
    fn words_that_close_are_told_in_every_form_that_trackers_read() {
        for line in [
            "Fix the thing, closes #12",
            "Closes: #12",
            "fixed issue #12.",
            "Resolves [#12]",
            "x (fixes #12)",
            "FIX #12: the thing",
            "Implements issue: #12",
        ] {
            assert_eq!(how(line), all("closing", &["#12"]), "{line}");
        }
        assert_eq!(
            how("Closes #4, #6 and owner/repo#3"),
            all("closing", &["#4", "#6", "owner/repo#3"])
        );
        assert_eq!(
            how("Fixes ING-7 & ING-8"),
            all("closing", &["ING-7", "ING-8"])
        );
        assert_eq!(
            how("fixes https://x.atlassian.net/browse/PAY-12?a=b"),
            all("closing", &["PAY-12"])
        );
        assert_eq!(
            how("Fixes https://github.com/o/r/issues/3"),
            all("closing", &["o/r#3"])
        );
        assert_eq!(
            how("ING-7 ING-8 #done #comment at last"),
            all("closing", &["ING-7", "ING-8"])
        );
        assert_eq!(how("Fixes T12 and AB#3"), all("closing", &["AB#3", "T12"]));
    }

    #[test]
    fn other_words_close_nothing() {
        for line in [
            "Fix the crash of #12",
            "prefixes #12",
            "Fixed in #12",
            "Revert \"Fixes #12\"",
            "closest #12",
            "See #12",
        ] {
            assert_eq!(how(line), all("message", &["#12"]), "{line}");
        }
        assert_eq!(how("Template T12 and D3"), []);
        assert_eq!(how("ING-7 #comment done"), all("message", &["ING-7"]));
    }

    #[test]
    fn trailers_stand_in_the_last_paragraph_and_the_surest_way_counts() {
        let message =
            "ING-7: x\n\nRefs: ING-8\n\nRefs: ING-9, #3\nIssue: T4\nSigned-off-by: A #5\n";
        let mut expected = all("trailer", &["#3"]);
        expected.extend(all("message", &["#5", "ING-7", "ING-8"]));
        expected.extend(all("trailer", &["ING-9", "T4"]));
        assert_eq!(how(message), expected);
        assert_eq!(
            how("ING-7\r\n\r\nJira: ING-7\r\n"),
            all("trailer", &["ING-7"])
        );
        assert_eq!(how("Refs: ING-7"), all("message", &["ING-7"]), "a subject");
        assert_eq!(how("x\n\nCloses: ING-7"), all("closing", &["ING-7"]));
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
