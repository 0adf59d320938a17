//! Stash entries: that I put work aside, when and on which branch, and what it stood on. The
//! entries' own commits are no work of mine: what they hold is committed later or never.

use super::files;
use super::judge::Judge;
use super::objects::{Kind, Objects};
use super::parse::{Commit, Ident};
use super::reflog::fingerprint;
use super::reflog_line::Line;
use super::refs::Refs;
use crate::model::history::{RefEvent, RefEventKind};
use crate::model::ids::Oid;
use crate::model::place::Place;
use crate::model::text::Clean;

/// The most bytes of the list of entries that are read, from its end, and the most entries.
const LOG_BYTES: u64 = 4 << 20;
const ENTRIES: usize = 1_000;

/// A stash entry of mine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What was done; the branch as the entry names it.
    pub(super) event: RefEvent,
    /// The commit that it stands on.
    pub(super) base: Oid,
}

/// The entries that I made, the newest 1,000: all that are listed, or the last one where there is
/// no list.
pub(super) fn read(
    place: &Place,
    refs: &Refs,
    objects: &mut Objects<'_>,
    judge: &mut Judge<'_>,
) -> Vec<Entry> {
    let path = place.common_dir.join("logs/refs/stash");
    let bytes = files::tail(&path, LOG_BYTES).unwrap_or_default();
    let lines: Vec<_> = files::lines(&bytes)
        .filter_map(|raw| Some((raw, Line::parse(raw)?)))
        .collect();
    let skipped = lines.len().saturating_sub(ENTRIES);
    let mut entries: Vec<Entry> = lines[skipped..]
        .iter()
        .filter_map(|(raw, line)| {
            let print = fingerprint(b"logs/refs/stash", raw);
            entry(objects, judge, line.new, Some(line.message), print)
        })
        .collect();
    if let (true, Some(oid)) = (lines.is_empty(), refs.stash) {
        let print = fingerprint(b"refs/stash", &oid.0);
        entries.extend(entry(objects, judge, oid, None, print));
    }
    entries
}

/// The entry at `oid`; `None` when it is not mine, or gone.
fn entry(
    objects: &mut Objects<'_>,
    judge: &mut Judge<'_>,
    oid: Oid,
    title: Option<&[u8]>,
    print: [u8; 16],
) -> Option<Entry> {
    let bytes = objects.read(oid, Kind::Commit).ok()?;
    let commit = Commit::parse(&bytes)?;
    judge.person(commit.committer, commit.encoding())?;
    Some(Entry {
        base: commit.parents().next()?,
        event: RefEvent {
            kind: RefEventKind::Stash,
            at: Ident::parse(commit.committer).at,
            commit: None,
            branch: branch(title.unwrap_or(commit.message())),
            line: print,
        },
    })
}

/// The branch in `WIP on main: …` and `On main: …`.
fn branch(title: &[u8]) -> Option<Clean> {
    let rest = title
        .strip_prefix(b"WIP on ")
        .or_else(|| title.strip_prefix(b"On "))?;
    let end = memchr::memchr(b':', rest)?;
    // `(no branch)`: no name starts like that.
    Some(&rest[..end])
        .filter(|name| !name.starts_with(b"("))
        .map(Clean::label)
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_branch_and_a_detached_head_none() {
        let name = |title: &str| branch(title.as_bytes()).map(|name| name.as_str().to_owned());
        assert_eq!(name("WIP on f/x: 1234567 y").as_deref(), Some("f/x"));
        assert_eq!(name("On main: note: this").as_deref(), Some("main"));
        for none in [
            "WIP on (no branch): 1234567 y",
            "Own words",
            "WIP on x",
            "On : y",
            "",
        ] {
            assert_eq!(name(none), None, "{none}");
        }
    }
}
