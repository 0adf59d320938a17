//! Lines of the rows in a span: what counts, and what each rule leaves out. Shared by every
//! figure that rests on lines.

use super::question::{Question, reasons};
use super::select::{Fate, PLACES};
use crate::model::commit::Category;
use crate::model::dataset::flag;
use crate::model::figure::LeftOut;

/// Lines, and commits with unknown lines, that were left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DroppedLines {
    twins: u64,
    squashed: u64,
    reformat: u64,
    excluded: u64,
    unknown: u64,
    /// Lines of every category, counted or not.
    by_category: [u64; PLACES],
}

/// Counted lines of one commit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lines {
    pub(super) added: u64,
    pub(super) deleted: u64,
    /// Whether any file of it counts, even one without lines.
    pub(super) any: bool,
}

impl DroppedLines {
    /// Whether the lines of a row count; if not, that is noted.
    pub(super) fn keeps(&mut self, question: &Question<'_>, index: usize, fate: Fate) -> bool {
        match fate {
            Fate::Merge => false,
            Fate::Twin => note(&mut self.twins, question, index),
            Fate::Squashed => note(&mut self.squashed, question, index),
            Fate::Reformat => note(&mut self.reformat, question, index),
            Fate::Excluded => note(&mut self.excluded, question, index),
            Fate::Counted if question.data.has(index, flag::LINES_UNKNOWN) => {
                self.unknown += 1;
                false
            }
            Fate::Counted => true,
        }
    }

    /// Calls `visit(entry, added, deleted)` for every change of commit `index` that counts and
    /// notes those that do not.
    pub(super) fn each(
        &mut self,
        question: &Question<'_>,
        index: usize,
        mut visit: impl FnMut(usize, u64, u64),
    ) {
        let changes = &question.data.changes;
        let entries = question.data.changes_of(index);
        let columns = changes.category[entries.clone()]
            .iter()
            .zip(&changes.added[entries.clone()])
            .zip(&changes.deleted[entries.clone()]);
        for (entry, ((&category, &added), &deleted)) in entries.zip(columns) {
            if !question.filter.speaks(entry) {
                continue;
            }
            let (added, deleted) = (u64::from(added), u64::from(deleted));
            self.by_category[usize::from(category) % PLACES] += added + deleted;
            if question.filter.counts(entry) {
                visit(entry, added, deleted);
            }
        }
    }

    /// The counted lines of commit `index`; what does not count is noted. Masks in place of
    /// branches: kinds of files come in no order that a processor could guess.
    pub(super) fn sum(&mut self, question: &Question<'_>, index: usize) -> Lines {
        if question.filter.in_part() {
            return self.sum_of_some(question, index);
        }
        let changes = &question.data.changes;
        let entries = question.data.changes_of(index);
        let columns = changes.category[entries.clone()]
            .iter()
            .zip(&changes.added[entries.clone()])
            .zip(&changes.deleted[entries]);
        let mut out = Lines::default();
        let mut any = 0;
        for ((&category, &added), &deleted) in columns {
            let place = usize::from(category) % PLACES;
            let mask = question.filter.masks[place];
            let (added, deleted) = (u64::from(added), u64::from(deleted));
            self.by_category[place] += added + deleted;
            out.added += added & mask;
            out.deleted += deleted & mask;
            any |= mask;
        }
        out.any = any != 0;
        out
    }

    /// The same where languages were chosen.
    fn sum_of_some(&mut self, question: &Question<'_>, index: usize) -> Lines {
        let mut out = Lines::default();
        self.each(question, index, |_, added, deleted| {
            out.added += added;
            out.deleted += deleted;
            out.any = true;
        });
        out
    }

    /// The reasons with their numbers: lines, except for `lines_unknown`, which is commits.
    pub(super) fn reasons(self, question: &Question<'_>) -> Vec<LeftOut> {
        let undated = question
            .filter
            .undated()
            .map(|index| all_lines(question, index))
            .sum();
        let of = |category: Category| {
            let place = category as usize;
            self.by_category[place] & !question.filter.masks[place]
        };
        reasons(&[
            ("generated", of(Category::Generated)),
            ("vendored", of(Category::Vendored)),
            ("lock", of(Category::Lock)),
            ("twins", self.twins),
            ("squashed", self.squashed),
            ("reformat", self.reformat),
            ("excluded", self.excluded),
            ("undated", undated),
            ("lines_unknown", self.unknown),
        ])
    }
}

/// Adds the lines of a commit that does not count to `sum`; it is not kept.
fn note(sum: &mut u64, question: &Question<'_>, index: usize) -> bool {
    *sum += all_lines(question, index);
    false
}

/// Every line of a commit in the chosen languages, whatever its category.
fn all_lines(question: &Question<'_>, index: usize) -> u64 {
    let changes = &question.data.changes;
    question
        .data
        .changes_of(index)
        .filter(|at| question.filter.speaks(*at))
        .map(|at| u64::from(changes.added[at]) + u64::from(changes.deleted[at]))
        .sum()
}

/// Whether the lines of a row behind a line figure are known.
pub(super) fn known(question: &Question<'_>, index: usize) -> bool {
    !question.data.has(index, flag::LINES_UNKNOWN)
}
