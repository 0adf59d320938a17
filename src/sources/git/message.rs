//! What the text of a message says about other commits.

use super::files;
use super::parse;
use crate::model::ids::Oid;

/// The fewest digits of a shortened id that are believed.
const SHORTEST: usize = 7;

/// Of a message, so many bytes are looked at, and so many commits of a list taken.
const BYTES: usize = 256 << 10;
const LISTED: usize = 512;

/// The line above the list that `git merge --squash` writes.
pub(super) const SQUASHED: &[u8] = b"Squashed commit of the following:";

/// An id as a message writes it: 7 to 40 hexadecimal digits in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hex(Box<[u8]>);

impl Hex {
    /// The digits that `text` starts with, if they are an id.
    fn parse(text: &[u8]) -> Option<Self> {
        let length = text
            .iter()
            .position(|c| !c.is_ascii_hexdigit())
            .unwrap_or(text.len());
        let ends = text.get(length).is_none_or(|c| !c.is_ascii_alphanumeric());
        ((SHORTEST..=40).contains(&length) && ends)
            .then(|| Self(text[..length].to_ascii_lowercase().into()))
    }

    /// The whole id, if all of its digits are there.
    pub(super) fn whole(&self) -> Option<Oid> {
        Oid::from_hex(&self.0)
    }

    /// Whether `oid` starts with it.
    pub(super) fn begins(&self, oid: Oid) -> bool {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let halves = oid.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut digits = halves.map(|half| DIGITS[usize::from(half)]);
        self.0.iter().all(|digit| digits.next() == Some(*digit))
    }
}

/// The commits that the message says it takes back: `This reverts commit <id>`.
pub(super) fn reverted(message: &[u8]) -> Vec<Hex> {
    const WORDS: &[u8] = b"reverts commit";
    let message = &message[..message.len().min(BYTES)];
    memchr::memmem::find_iter(message, WORDS)
        .filter_map(|at| {
            let rest = message[at + WORDS.len()..].trim_ascii_start();
            Hex::parse(rest)
        })
        .take(LISTED)
        .collect()
}

/// Whether the message says that the commit takes back another one.
pub(super) fn is_revert(message: &[u8]) -> bool {
    subject(message).starts_with(b"Revert \"") || !reverted(message).is_empty()
}

/// The first line with something on it.
pub(super) fn subject(message: &[u8]) -> &[u8] {
    let paragraph = parse::first_paragraph(message);
    files::lines(paragraph)
        .next()
        .unwrap_or_default()
        .trim_ascii()
}

/// The commits in the list that `git merge --squash` writes; none where there is no list.
pub(super) fn listed(message: &[u8]) -> Vec<Oid> {
    let message = &message[..message.len().min(BYTES)];
    let Some(at) = memchr::memmem::find(message, SQUASHED) else {
        return Vec::new();
    };
    let mut listed: Vec<Oid> = files::lines(&message[at..])
        .filter_map(|line| Oid::from_hex(line.strip_prefix(b"commit ")?.trim_ascii()))
        .take(LISTED)
        .collect();
    listed.sort_unstable();
    listed.dedup();
    listed
}

/// The lines `* subject` of the body, as servers write them when they squash a request.
pub(super) fn bullets(message: &[u8]) -> Vec<&[u8]> {
    let message = &message[..message.len().min(BYTES)];
    files::lines(message)
        .filter_map(|line| line.strip_prefix(b"* "))
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .take(LISTED)
        .collect()
}

/// Name and address of every co-author that a trailer names.
pub(super) fn co_authors(message: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    const KEY: &[u8] = b"co-authored-by:";
    let from = message.len().saturating_sub(BYTES);
    files::lines(&message[from..]).filter_map(|line| {
        let line = line.trim_ascii();
        let (key, rest) = line.split_at_checked(KEY.len())?;
        if !key.eq_ignore_ascii_case(KEY) {
            return None;
        }
        let ident = parse::Ident::parse(rest);
        Some((ident.name, ident.email))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ID: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    #[test]
    fn reverts_are_found_with_whole_and_short_ids() {
        let one = format!("Revert \"x\"\n\nThis reverts commit {ID}, reversing\nchanges.\n");
        let found = reverted(one.as_bytes());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].whole(), Oid::from_hex(ID.as_bytes()));
        let short = reverted(b"This reverts commit 4B825DC.");
        assert!(short[0].begins(ID.parse().unwrap()) && short[0].whole().is_none());
        for none in [
            "reverts commit 4b825d",
            "reverts commit feature1",
            "reverts",
        ] {
            assert_eq!(reverted(none.as_bytes()), []);
        }
        assert!(is_revert(b"Revert \"x\"\n") && !is_revert(b"Revert x\n"));
    }

    #[test]
    fn the_list_of_a_local_squash_is_read() {
        let text =
            format!("Squashed commit of the following:\n\ncommit {ID}\nAuthor: A\n\n    x\n");
        assert_eq!(listed(text.as_bytes()), [ID.parse().unwrap()]);
        assert_eq!(listed(format!("commit {ID}\n").as_bytes()), []);
    }

    #[test]
    fn bullets_and_co_authors_are_read_in_order() {
        let text = b"Add x (#3)\n\n* one\n\nwhy\n\n* two \n*not\n\nCo-Authored-By: A <a@x>\nco-authored-by: B\n";
        assert_eq!(bullets(text), [&b"one"[..], b"two"]);
        let names: Vec<_> = co_authors(text).collect();
        assert_eq!(names, [(&b"A"[..], &b"a@x"[..]), (b"B", b"")]);
        assert_eq!(subject(b"\n one \ntwo"), b"one");
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_panic(
            head in "(reverts commit |\\* |Co-authored-by: |)",
            tail in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let bytes = [head.as_bytes(), &tail].concat();
            let counts = (reverted(&bytes).len(), listed(&bytes).len(), bullets(&bytes).len());
            prop_assert!(counts.0 <= LISTED && counts.1 <= LISTED && counts.2 <= LISTED);
            let _ = (co_authors(&bytes).count(), subject(&bytes));
        }
    }
}
