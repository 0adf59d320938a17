//! One line of a reflog, taken apart.

use super::parse::{self, Ident};
use crate::model::history::RefEventKind as Kind;
use crate::model::ids::Oid;
use crate::model::moment::Moment;

/// `old new Name <address> seconds offset TAB message`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Where the ref was; zero when it was made.
    pub(super) old: Oid,
    /// Where it went; zero when it was removed.
    pub(super) new: Oid,
    /// Who did it: name, address and time.
    pub(super) who: &'a [u8],
    /// When.
    pub(super) at: Moment,
    /// What git says it was.
    pub(super) message: &'a [u8],
}

impl<'a> Line<'a> {
    /// The parts of `line`; `None` when it is none of a reflog.
    pub(super) fn parse(line: &'a [u8]) -> Option<Self> {
        let (head, message) = match memchr::memchr(b'\t', line) {
            Some(at) => (&line[..at], &line[at + 1..]),
            None => (line, &[][..]),
        };
        let old = Oid::from_hex(head.get(..40)?)?;
        let rest = head.get(40..)?.strip_prefix(b" ")?;
        let new = Oid::from_hex(rest.get(..40)?)?;
        let who = rest.get(40..)?.strip_prefix(b" ")?;
        // Nothing that happened to a ref happened in 1970.
        if parse::who_end(who) == who.len() {
            return None;
        }
        Some(Self {
            old,
            new,
            who,
            at: Ident::parse(who).at,
            message,
        })
    }

    /// What was done.
    pub(super) fn kind(&self) -> Kind {
        let (verb, step) = self.verb();
        match (verb, step) {
            (b"commit", b"amend") => Kind::Amend,
            (b"commit", b"merge") | (b"merge", _) => Kind::Merge,
            (b"commit", b"cherry-pick") | (b"cherry-pick", _) => Kind::CherryPick,
            (b"commit", _) => Kind::Commit,
            (b"checkout", _) => Kind::Checkout,
            (b"rebase", _) => Kind::Rebase,
            (b"reset", _) => Kind::Reset,
            (b"pull", _) => Kind::Pull,
            (b"revert", _) => Kind::Revert,
            (b"am", _) => Kind::Apply,
            (b"branch", _) => Kind::Branch,
            _ => Kind::Other,
        }
    }

    /// Whether a commit was made by it: `new`.
    pub(super) fn makes(&self) -> bool {
        match self.kind() {
            Kind::Commit | Kind::Amend | Kind::CherryPick | Kind::Revert | Kind::Apply => true,
            Kind::Merge => {
                self.verb() == (b"commit", b"merge") || !self.message.ends_with(b"Fast-forward")
            }
            Kind::Rebase => matches!(
                self.verb().1,
                b"pick" | b"reword" | b"edit" | b"fixup" | b"squash" | b"continue" | b"merge"
            ),
            _ => false,
        }
    }

    /// Whether `new` stands in place of `old`, unless it follows it.
    pub(super) fn rewrites(&self) -> bool {
        let step = self.verb().1;
        self.kind() == Kind::Amend
            || (self.kind() == Kind::Rebase && matches!(step, b"reword" | b"fixup" | b"squash"))
    }

    /// From where to where a checkout went: names or ids.
    pub(super) fn moved(&self) -> Option<(&'a [u8], &'a [u8])> {
        let rest = self.message.strip_prefix(b"checkout: moving from ")?;
        let at = memchr::memmem::find(rest, b" to ")?;
        Some((&rest[..at], &rest[at + 4..]))
    }

    /// The new name of the branch that was renamed under the work tree's feet.
    pub(super) fn renamed(&self) -> Option<&'a [u8]> {
        let rest = self.message.strip_prefix(b"Branch: renamed ")?;
        let at = memchr::memmem::find(rest, b" to refs/heads/")?;
        Some(&rest[at + 15..])
    }

    /// Whether a rebase, a pull with one included, starts with it.
    pub(super) fn starts(&self) -> bool {
        self.verb().1 == b"start"
    }

    /// The branch that a rebase went back to when it was done.
    pub(super) fn returned(&self) -> Option<&'a [u8]> {
        let at = memchr::memmem::find(self.message, b"returning to refs/heads/")?;
        Some(&self.message[at + 24..])
    }

    /// The first word and, in brackets behind it, the step: `rebase -i (pick): …`.
    fn verb(&self) -> (&'a [u8], &'a [u8]) {
        let end = memchr::memmem::find(self.message, b": ").unwrap_or(self.message.len());
        let head = self.message[..end].trim_ascii_end();
        let word = head
            .iter()
            .position(|c| matches!(c, b' ' | b'('))
            .unwrap_or(head.len());
        let open = memchr::memchr(b'(', head).map_or(head.len(), |at| at + 1);
        let step = head[open..].strip_suffix(b")").unwrap_or_default();
        (
            head[..word].strip_suffix(b":").unwrap_or(&head[..word]),
            step,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const B: &str = "2222222222222222222222222222222222222222";

    fn text(message: &str) -> String {
        format!("{A} {B} Ada L <ada@x> 1700000000 +0130\t{message}")
    }

    #[test]
    fn a_line_is_taken_apart_and_nonsense_is_none() {
        let all = text("commit: x\ty");
        let line = Line::parse(all.as_bytes()).unwrap();
        assert_eq!((line.old, line.new), (Oid([0x11; 20]), Oid([0x22; 20])));
        assert_eq!(line.at, Moment::new(1_700_000_000, 90));
        assert_eq!(line.message, b"commit: x\ty");
        for none in ["", A, &format!("{A} {B}"), &format!("{A} {B} Ada"), "x y z"] {
            assert_eq!(Line::parse(none.as_bytes()), None, "{none}");
        }
    }

    #[test]
    fn every_kind_is_told_by_its_message() {
        for (message, kind, makes, rewrites) in [
            ("commit (initial): x", Kind::Commit, true, false),
            ("commit: x (amend): y", Kind::Commit, true, false),
            ("commit (amend): x", Kind::Amend, true, true),
            ("commit (merge): x", Kind::Merge, true, false),
            ("commit (cherry-pick): x", Kind::CherryPick, true, false),
            ("checkout: moving from a to b", Kind::Checkout, false, false),
            ("rebase (start): checkout main", Kind::Rebase, false, false),
            ("rebase (pick): x", Kind::Rebase, true, false),
            ("rebase -i (reword): x", Kind::Rebase, true, true),
            ("rebase (fixup): x", Kind::Rebase, true, true),
            ("rebase: fast-forward", Kind::Rebase, false, false),
            (
                "rebase finished: returning to refs/heads/x",
                Kind::Rebase,
                false,
                false,
            ),
            ("reset: moving to HEAD~1", Kind::Reset, false, false),
            ("merge x: Fast-forward", Kind::Merge, false, false),
            (
                "merge x: Merge made by the 'ort' strategy.",
                Kind::Merge,
                true,
                false,
            ),
            (
                "pull --rebase origin main: Fast-forward",
                Kind::Pull,
                false,
                false,
            ),
            ("pull: Fast-forward", Kind::Pull, false, false),
            ("cherry-pick: x", Kind::CherryPick, true, false),
            ("revert: Revert \"x\"", Kind::Revert, true, false),
            ("am: x", Kind::Apply, true, false),
            ("branch: Created from HEAD", Kind::Branch, false, false),
            ("clone: from x", Kind::Other, false, false),
            ("", Kind::Other, false, false),
        ] {
            let all = text(message);
            let line = Line::parse(all.as_bytes()).unwrap();
            assert_eq!(
                (line.kind(), line.makes(), line.rewrites()),
                (kind, makes, rewrites),
                "{message}"
            );
        }
    }

    #[test]
    fn moves_and_renamings_name_their_branches() {
        let moves = text("checkout: moving from a/b to main");
        let line = Line::parse(moves.as_bytes()).unwrap();
        assert_eq!(line.moved(), Some((&b"a/b"[..], &b"main"[..])));
        let ends = text("rebase -i (finish): returning to refs/heads/a/b");
        let line = Line::parse(ends.as_bytes()).unwrap();
        assert_eq!((line.returned(), line.starts()), (Some(&b"a/b"[..]), false));
        let renames = text("Branch: renamed refs/heads/a to refs/heads/b");
        let line = Line::parse(renames.as_bytes()).unwrap();
        assert_eq!((line.renamed(), line.moved()), (Some(&b"b"[..]), None));
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_panic(tail in prop::collection::vec(any::<u8>(), 0..80), words in "[a-z:() -]{0,40}") {
            for message in [&tail[..], words.as_bytes()] {
                let all = [text("").as_bytes(), message].concat();
                for bytes in [&all[..], message] {
                    if let Some(line) = Line::parse(bytes) {
                        let _ = (line.kind(), line.makes(), line.rewrites(), line.moved(), line.renamed(), line.returned());
                    }
                }
            }
        }
    }
}
