//! The lines of my commits whose fate was followed (`scan --lines`), commit by commit.

use super::question::{Dropped, Question};
use super::select::{Fate, Span};
use crate::model::dataset::UNDATED;
use crate::model::fates::{Died, Fates};

/// A commit whose lines were followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Followed<'a> {
    /// Its position.
    pub(super) index: usize,
    /// Its civil day.
    pub(super) day: i32,
    /// Lines that it brought to the default branch.
    pub(super) born: u32,
    /// Those of them that were removed.
    pub(super) died: &'a [Died],
    /// The last day whose changes are all known: the one before lines were last followed.
    pub(super) known_to: i32,
}

impl Followed<'_> {
    /// Days for which its lines are known to live or not.
    pub(super) fn seen(&self) -> i32 {
        self.known_to - self.day
    }
}

/// The commits of a span that were not followed, beside those that no line figure counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unfollowed {
    pub(super) dropped: Dropped,
    /// Commits of mass reformatting.
    pub(super) reformat: u64,
    /// Commits without followed lines: on no default branch, or only in files that do not count, or
    /// newer than the last pass.
    pub(super) not_followed: u64,
    /// Commits of which a line is said to have died before it was born: clocks that disagree.
    pub(super) backwards: u64,
}

impl Unfollowed {
    /// The reasons, in commits.
    pub(super) fn reasons(self, question: &Question<'_>) -> Vec<crate::model::figure::LeftOut> {
        let mut out = self.dropped.reasons(&question.filter);
        out.extend(super::question::reasons(&[
            ("reformat", self.reformat),
            ("not_followed", self.not_followed),
            ("backwards", self.backwards),
        ]));
        out
    }
}

/// Whether the pass over lines has ever run.
pub(super) fn any(fates: &Fates) -> bool {
    fates.until.iter().any(|until| *until != UNDATED)
}

/// Calls `visit` for the commits of `span` whose lines count and were followed; returns the others.
pub(super) fn each<'a>(
    question: &Question<'a>,
    span: Span,
    mut visit: impl FnMut(Followed<'a>),
) -> Unfollowed {
    let mut out = Unfollowed::default();
    let fates = &question.data.fates;
    let (mut born, mut died) = (fates.born.as_slice(), fates.died.as_slice());
    // Rows come in rising order, as fates do: what lies before one row is never looked at again.
    question.filter.each(span, |index, day, fate| {
        out.reformat += u64::from(fate == Fate::Reformat);
        if fate == Fate::Reformat || !out.dropped.keeps(fate) {
            return;
        }
        let commit = u32::try_from(index).unwrap_or(u32::MAX);
        born = born
            .get(skip(born, |row| row.commit < commit)..)
            .unwrap_or_default();
        died = died
            .get(skip(died, |row| row.commit < commit)..)
            .unwrap_or_default();
        let own = skip(died, |row| row.commit == commit);
        let known = until(question, index).and_then(|until| until.checked_sub(1));
        match (born.first(), known) {
            (Some(row), Some(known_to))
                if row.commit == commit && row.lines > 0 && known_to >= day =>
            {
                let followed = Followed {
                    index,
                    day,
                    born: row.lines,
                    died: died.get(..own).unwrap_or_default(),
                    known_to,
                };
                if followed.died.iter().any(|died| died.day < day) {
                    out.backwards += 1;
                } else {
                    visit(followed);
                }
            }
            _ => out.not_followed += 1,
        }
    });
    out
}

/// How many rows at the beginning are like this; found in steps that grow, then halve.
fn skip<T>(rows: &[T], like: impl Fn(&T) -> bool) -> usize {
    let mut reach = 1;
    while rows.get(reach - 1).is_some_and(&like) {
        reach *= 2;
    }
    let from = reach / 2;
    let near = rows.get(from..reach.min(rows.len())).unwrap_or_default();
    from + near.partition_point(like)
}

fn until(question: &Question<'_>, index: usize) -> Option<i32> {
    let repo = usize::from(question.data.commits.repo[index]);
    let until = question.data.fates.until.get(repo).copied()?;
    (until != UNDATED).then_some(until)
}

#[cfg(test)]
#[path = "followed_tests.rs"]
mod tests;
