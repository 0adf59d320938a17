//! What a frontier rests on beside the tips: when it changes, history is walked anew.

use rustc_hash::FxHashSet;

use super::error::GitError;
use super::files;
use super::mailmap::Mailmap;
use super::sum::Sum;
use crate::model::identity::Me;
use crate::model::ids::Oid;
use crate::model::place::Place;

/// The most bytes of a `shallow` file that are read.
const SHALLOW_BYTES: u64 = 64 << 20;

/// The commits that the `shallow` file names.
pub(super) fn shallow(place: &Place) -> Result<FxHashSet<Oid>, GitError> {
    let bytes = files::read_up_to(&place.common_dir.join("shallow"), SHALLOW_BYTES)
        .map_err(|e| GitError::unreadable(&place.path, "shallow", e))?
        .unwrap_or_default();
    Ok(files::lines(&bytes)
        .filter_map(|line| Oid::from_hex(line.trim_ascii()))
        .collect())
}

/// The mark of a history that was torn by missing or damaged commits: it fits no repository, so
/// the next reading walks all of it again and finds what was repaired.
pub(super) const TORN: Oid = Oid([
    0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
]);

fn is_mark(oid: Oid) -> bool {
    oid.0.starts_with(&[0; 8])
}

fn mark(sum: &Sum) -> Oid {
    let mut mark = [0; 20];
    mark[8..].copy_from_slice(&sum.bytes()[..12]);
    Oid(mark)
}

/// The marks of what decides, beside the tips, how much of history there is for `me` to find:
/// where a shallow clone is cut off (deepening it moves no ref), which commits grafts and
/// replacements name, and what the mailmap says of me. None for a whole history and a mailmap
/// that does not speak of me.
pub(super) fn marks(
    shallow: &FxHashSet<Oid>,
    replaced: &FxHashSet<Oid>,
    mailmap: &Mailmap,
    me: &Me,
) -> Vec<Oid> {
    let mut marks = Vec::new();
    for (what, oids) in [(&b""[..], shallow), (b"replaced", replaced)] {
        if oids.is_empty() {
            continue;
        }
        let mut all: Vec<&Oid> = oids.iter().collect();
        all.sort_unstable();
        let mut sum = Sum::default();
        sum.add(what);
        for oid in all {
            sum.add(&oid.0);
        }
        marks.push(mark(&sum));
    }
    let claims = mailmap.claims(me);
    if !claims.is_empty() {
        let mut sum = Sum::default();
        for claim in &claims {
            sum.add(claim);
        }
        marks.push(mark(&sum));
    }
    marks.sort_unstable();
    marks
}

/// What a frontier says of commits that a reflog named when it was written: those need no
/// second look, and no walk has to start or end at them.
const SEEN: [u8; 8] = [0, 0, 0, 0, 0, 0, 0, 1];

/// The mark of a commit that a reflog named.
pub(super) fn seen(oid: Oid) -> Oid {
    let mut mark = [0; 20];
    mark[..8].copy_from_slice(&SEEN);
    mark[8..].copy_from_slice(&oid.0[..12]);
    Oid(mark)
}

/// A frontier taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Frontier {
    /// Where the last walk started.
    pub(super) tips: Vec<Oid>,
    /// The [`seen`] marks.
    pub(super) seen: FxHashSet<Oid>,
}

/// The frontier without its marks; empty when they are not those of the repository now.
pub(super) fn valid_frontier(frontier: &[Oid], marks: &[Oid]) -> Frontier {
    let (seen, rest): (Vec<Oid>, Vec<Oid>) =
        frontier.iter().partition(|oid| oid.0.starts_with(&SEEN));
    let (mut theirs, tips): (Vec<Oid>, Vec<Oid>) = rest.iter().partition(|oid| is_mark(**oid));
    theirs.sort_unstable();
    if theirs != marks {
        return Frontier::default();
    }
    Frontier {
        tips,
        seen: seen.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::identity::Address;

    const TIP: Oid = Oid([7; 20]);

    fn marks_of(cut_at: &[u8], map: &str) -> Vec<Oid> {
        let shallow = cut_at.iter().map(|digit| Oid([*digit; 20])).collect();
        let me = Me::new(Address::new(b"ada@x"));
        let none = FxHashSet::default();
        marks(&shallow, &none, &Mailmap::parse(map.as_bytes()), &me)
    }

    #[test]
    fn a_commit_that_is_replaced_is_not_one_where_history_is_cut_off() {
        let (one, none) = ([Oid([1; 20])].into_iter().collect(), FxHashSet::default());
        let (map, me) = (Mailmap::default(), Me::new(Address::new(b"ada@x")));
        let cut = marks(&one, &none, &map, &me);
        let replaced = marks(&none, &one, &map, &me);
        assert_eq!((cut.len(), replaced.len()), (1, 1));
        assert_ne!(cut, replaced);
    }

    #[test]
    fn a_frontier_holds_only_while_history_is_cut_off_at_the_same_place() {
        let frontier = |cut_at: &[u8]| [marks_of(cut_at, ""), vec![TIP]].concat();
        let valid_frontier =
            |frontier: &[Oid], marks: &[Oid]| super::valid_frontier(frontier, marks).tips;
        assert_eq!(valid_frontier(&frontier(&[]), &marks_of(&[], "")), [TIP]);
        assert_eq!(
            valid_frontier(&frontier(&[1, 2]), &marks_of(&[2, 1], "")),
            [TIP]
        );
        assert_eq!(valid_frontier(&frontier(&[1, 2]), &marks_of(&[], "")), []);
        assert_eq!(valid_frontier(&frontier(&[]), &marks_of(&[3], "")), []);
        assert_eq!(valid_frontier(&[TORN, TIP], &marks_of(&[], "")), []);
    }

    #[test]
    fn what_a_reflog_named_is_seen_as_long_as_the_frontier_holds() {
        let frontier = [seen(TIP), Oid([8; 20])];
        let found = valid_frontier(&frontier, &[]);
        assert_eq!(found.tips, [Oid([8; 20])]);
        assert!(found.seen.contains(&seen(TIP)) && !found.seen.contains(&seen(Oid([8; 20]))));
        assert_eq!(
            valid_frontier(&frontier, &marks_of(&[3], "")),
            Frontier::default()
        );
    }

    #[test]
    fn a_mailmap_that_gives_me_another_address_ends_the_frontier_and_others_do_not() {
        let frontier = [marks_of(&[], "<ada@x> <old@x>\n"), vec![TIP]].concat();
        let now = |map| valid_frontier(&frontier, &marks_of(&[], map)).tips;
        assert_eq!(now("<bob@x> <b@x>\nAda <ada@x> <old@x>\n"), [TIP]);
        assert_eq!(now("<ada@x> <old@x>\n<ada@x> <older@x>\n"), []);
        assert_eq!(now(""), []);
    }
}
