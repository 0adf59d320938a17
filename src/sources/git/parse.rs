//! A commit object taken apart: slices of its bytes, nothing copied, nothing believed.

use crate::model::ids::Oid;
use crate::model::moment::Moment;

/// The parts of a commit object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Commit<'a> {
    /// The tree.
    pub(super) tree: Oid,
    /// The author line without its name: `Ada <ada@example.org> 1700000000 +0100`.
    pub(super) author: &'a [u8],
    /// The committer line likewise.
    pub(super) committer: &'a [u8],
    /// Lines `parent <id>`, 48 bytes each.
    parents: &'a [u8],
    /// What follows the committer line: more headers, an empty line, the message.
    rest: &'a [u8],
}

/// One `parent <id>` line: the word, a space, 40 digits and the line's end.
const PARENT_LINE: usize = 48;

impl<'a> Commit<'a> {
    /// The parts of `bytes`; `None` when they are no commit (its tree or parents are broken).
    /// A missing author or committer line is empty.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(b"tree ")?;
        let tree = Oid::from_hex(rest.get(..40)?)?;
        let rest = rest.get(40..)?.strip_prefix(b"\n")?;
        let mut parents = 0;
        while rest[parents..].starts_with(b"parent ") {
            let line = rest.get(parents..parents + PARENT_LINE)?;
            Oid::from_hex(&line[7..47])?;
            (line[47] == b'\n').then_some(())?;
            parents += PARENT_LINE;
        }
        let (parents, rest) = rest.split_at(parents);
        let (author, rest) = header(rest, b"author ");
        let (committer, rest) = header(rest, b"committer ");
        Some(Self {
            tree,
            author,
            committer,
            parents,
            rest,
        })
    }

    /// The parents, the first one first.
    pub(super) fn parents(&self) -> impl ExactSizeIterator<Item = Oid> + 'a {
        self.parents
            .chunks_exact(PARENT_LINE)
            .map(|line| Oid::from_hex(&line[7..47]).unwrap_or(Oid::ZERO))
    }

    /// The committer's time, UTC seconds.
    pub(super) fn committed_utc(&self) -> i64 {
        Ident::parse(self.committer).at.utc
    }

    /// The value of the `encoding` header.
    pub(super) fn encoding(&self) -> Option<&'a [u8]> {
        let (headers, _) = self.split();
        headers
            .split(|c| *c == b'\n')
            .find_map(|line| line.strip_prefix(b"encoding "))
            .map(<[u8]>::trim_ascii)
    }

    /// The message, unchanged.
    pub(super) fn message(&self) -> &'a [u8] {
        self.split().1
    }

    /// The headers after the committer, and the message after the empty line.
    fn split(&self) -> (&'a [u8], &'a [u8]) {
        if let Some(message) = self.rest.strip_prefix(b"\n") {
            return (&[], message);
        }
        match memchr::memmem::find(self.rest, b"\n\n") {
            Some(at) => (&self.rest[..at], &self.rest[at + 2..]),
            None => (self.rest, &[]),
        }
    }
}

/// The value of the header `name` if `bytes` start with it, and what follows its line.
fn header<'a>(bytes: &'a [u8], name: &[u8]) -> (&'a [u8], &'a [u8]) {
    let Some(rest) = bytes.strip_prefix(name) else {
        return (&[], bytes);
    };
    match memchr::memchr(b'\n', rest) {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (rest, &[]),
    }
}

/// Who and when, of an author, committer or tagger line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ident<'a> {
    /// The name, trimmed.
    pub(super) name: &'a [u8],
    /// What stands between `<` and `>`, trimmed.
    pub(super) email: &'a [u8],
    /// When; 1970 when it cannot be made out.
    pub(super) at: Moment,
}

impl<'a> Ident<'a> {
    /// The parts of `line`; what is missing is empty.
    pub(super) fn parse(line: &'a [u8]) -> Self {
        let (who, when) = line.split_at(who_end(line));
        let open = memchr::memchr(b'<', who).unwrap_or(who.len());
        let name = who[..open].trim_ascii();
        let email = who.get(open + 1..).unwrap_or_default();
        let email = match memchr::memchr(b'>', email) {
            Some(close) => &email[..close],
            None => email,
        };
        Self {
            name,
            email: email.trim_ascii(),
            at: moment(when),
        }
    }
}

/// Where the name and address of an author line end and its time starts: behind the last `>`.
pub(super) fn who_end(line: &[u8]) -> usize {
    memchr::memrchr(b'>', line).map_or(line.len(), |at| at + 1)
}

/// `1700000000 +0100`, whatever is wrong with it.
fn moment(text: &[u8]) -> Moment {
    let mut words = text
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let utc = words.next().map_or(0, seconds);
    let offset = words.next().map_or(0, offset_minutes);
    Moment::new(utc, offset)
}

/// A number of seconds; one too large for an `i64` is the largest, for no calendar holds either.
fn seconds(text: &[u8]) -> i64 {
    let (digits, negative) = match text.strip_prefix(b"-") {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    let mut value: i64 = 0;
    for digit in digits.iter().take_while(|c| c.is_ascii_digit()) {
        value = value
            .saturating_mul(10)
            .saturating_add(i64::from(digit - b'0'));
    }
    if negative { -value } else { value }
}

/// `+hhmm` in minutes; 0 when it cannot be made out.
fn offset_minutes(text: &[u8]) -> i32 {
    let (sign, digits) = match text.split_first() {
        Some((b'-', digits)) => (-1, digits),
        Some((b'+', digits)) => (1, digits),
        _ => return 0,
    };
    if digits.is_empty() || digits.len() > 6 || !digits.iter().all(u8::is_ascii_digit) {
        return 0;
    }
    let number = digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'));
    sign * (number / 100 * 60 + number % 100)
}

/// The first paragraph of a message: what `git log --oneline` joins to one line.
pub(super) fn first_paragraph(message: &[u8]) -> &[u8] {
    let mut at = 0;
    let mut from = None;
    for line in message.split_inclusive(|c| *c == b'\n') {
        let blank = line.trim_ascii().is_empty();
        match (from, blank) {
            (None, false) => from = Some(at),
            (Some(from), true) => return &message[from..at],
            _ => {}
        }
        at += line.len();
    }
    from.map_or(&[], |from| &message[from..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    fn text(parents: usize, after: &str) -> String {
        let parents = format!("parent {TREE}\n").repeat(parents);
        format!("tree {TREE}\n{parents}{after}")
    }

    #[test]
    fn a_commit_is_taken_apart() {
        let raw = text(
            2,
            "author A B <a@b> 12 +0130\ncommitter C <c@d> -5 -0800\nencoding latin1\ngpgsig x\n author Evil <e@e> 1 +0000\n\nHello\n\nBody\n",
        );
        let commit = Commit::parse(raw.as_bytes()).unwrap();
        assert_eq!(commit.parents().len(), 2);
        let author = Ident::parse(commit.author);
        assert_eq!((author.name, author.email), (&b"A B"[..], &b"a@b"[..]));
        assert_eq!(author.at, Moment::new(12, 90));
        assert_eq!(commit.committed_utc(), -5);
        assert_eq!(commit.encoding(), Some(&b"latin1"[..]));
        assert_eq!(commit.message(), b"Hello\n\nBody\n");
    }

    #[test]
    fn a_commit_without_author_committer_or_message_is_still_one() {
        let raw = text(0, "");
        let commit = Commit::parse(raw.as_bytes()).unwrap();
        assert_eq!((commit.author, commit.message()), (&b""[..], &b""[..]));
        assert_eq!(commit.committed_utc(), 0);
        assert_eq!(commit.parents().len(), 0);
    }

    #[test]
    fn broken_trees_and_parents_are_no_commit() {
        assert_eq!(Commit::parse(b""), None);
        assert_eq!(Commit::parse(b"tree 12\n"), None);
        let raw = text(0, "parent 12\nauthor A <a> 1 +0000\n");
        assert_eq!(Commit::parse(raw.as_bytes()), None);
    }

    #[test]
    fn odd_names_and_dates_are_read_as_far_as_they_go() {
        let read = |line: &'static str| Ident::parse(line.as_bytes());
        let odd = read("A <b> C <a@b> 7 +0000");
        assert_eq!((odd.name, odd.email, odd.at.utc), (&b"A"[..], &b"b"[..], 7));
        assert_eq!(read("A <a@b>").at, Moment::new(0, 0));
        assert_eq!(read("A <a@b> x y").at, Moment::new(0, 0));
        assert_eq!(read("A a@b 7 +0000").email, b"");
        assert_eq!(read("A <a> 99999999999999999999 +0000").at.utc, i64::MAX);
        assert_eq!(read("A <a> 7 +51800").at, Moment::new(7, 0));
        assert_eq!(read("A <a> 7 -0330").at, Moment::new(7, -210));
        assert_eq!(read("<a> 7 +1300").at, Moment::new(7, 780));
    }

    #[test]
    fn the_summary_is_the_first_paragraph() {
        assert_eq!(
            first_paragraph(b"\n\n one\ntwo\n \nthree\n"),
            b" one\ntwo\n"
        );
        assert_eq!(first_paragraph(b"one"), b"one");
        assert_eq!(first_paragraph(b"\n \n"), b"");
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_panic(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut raw = text(1, "").into_bytes();
            raw.extend(&tail);
            for bytes in [&raw[..], &tail] {
                if let Some(commit) = Commit::parse(bytes) {
                    let _ = (commit.encoding(), commit.message(), commit.committed_utc());
                }
                let _ = Ident::parse(bytes);
                let _ = first_paragraph(bytes);
            }
        }
    }
}
