//! Where history is cut off, and how the next reading knows that it no longer is.

use rustc_hash::FxHashSet;

use super::error::GitError;
use super::files;
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

/// The mark of where a shallow clone is cut off: deepening it moves no ref, so the tips alone
/// would not show that there is more to read.
pub(super) fn cut_mark(shallow: &FxHashSet<Oid>) -> Option<Oid> {
    let mut mixed = [0_u8; 20];
    for oid in shallow {
        // Order-free, and good enough to see a change.
        for (slot, byte) in mixed[8..].iter_mut().zip(oid.0) {
            *slot ^= byte;
        }
    }
    mixed[19] &= 0x7f;
    (!shallow.is_empty()).then_some(Oid(mixed))
}

/// The frontier without its marks; empty when they are not those of the repository now.
pub(super) fn valid_frontier(frontier: &[Oid], marks: &[Oid]) -> Vec<Oid> {
    let (theirs, tips): (Vec<Oid>, Vec<Oid>) = frontier.iter().partition(|oid| is_mark(**oid));
    if theirs == marks { tips } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frontier_holds_only_while_history_is_cut_off_at_the_same_place() {
        let tip = Oid([7; 20]);
        let at = |digits: &[u8]| {
            digits
                .iter()
                .map(|d| Oid([*d; 20]))
                .collect::<FxHashSet<_>>()
        };
        let mark = |digits: &[u8]| cut_mark(&at(digits)).into_iter().collect::<Vec<_>>();
        let frontier = |digits: &[u8]| [mark(digits), vec![tip]].concat();
        assert_eq!(valid_frontier(&frontier(&[]), &mark(&[])), [tip]);
        assert_eq!(valid_frontier(&frontier(&[1, 2]), &mark(&[2, 1])), [tip]);
        assert_eq!(valid_frontier(&frontier(&[1, 2]), &mark(&[])), []);
        assert_eq!(valid_frontier(&frontier(&[]), &mark(&[3])), []);
        assert_eq!(valid_frontier(&[TORN, tip], &mark(&[])), []);
    }
}
