//! Commits: each authored change once.

use super::count::count_commits;
use super::metric::{Definition, Metric, Need};
use super::question::{Question, reasons};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Non-merge commits authored by me.
pub(super) struct Commits;

impl Metric for Commits {
    fn id(&self) -> &'static str {
        "commits"
    }

    fn title(&self) -> &'static str {
        "Commits"
    }

    fn unit(&self) -> Unit {
        Unit::Commits
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Do ten small commits mean more than one large one?",
                    "No. Style decides the number; it stands last on the overview.",
                ),
                (
                    "Did I work less in the week with few commits?",
                    "Git cannot tell. Reviews, design and talk leave no commit; the overview says how many workdays left any trace.",
                ),
            ],
            rule: "Non-merge commits authored by me, each change counted once, on the civil day of \
                   the author date in the author's own offset. Where a squash and the commits it \
                   swallowed are both known, the originals count here and the squash in `delivered` \
                   and the line figures. By language or category a commit goes to the one with most \
                   of its counted lines. The period before is cut at the same day and time of day \
                   as the running one.",
            formula: "commits = |{my commits in the range} - merges - twins - squashes|",
            needs: &[Need::Commits],
            source: "git shortlog and git-who count non-merge commits of the mailmap-resolved \
                     author; counting each change once is ours.",
            misleads: "Commit style decides the number: one person's evening is ten commits, \
                       another's is one. A squash whose originals are gone hides many, and work \
                       without a commit is not seen at all.",
            left_out: "Merges; twins (another commit stands for the same change: rebase, amend, \
                       cherry-pick) and squashes whose originals count, which raw figures count \
                       too; undated commits, whose clock is before 1990 or in the future, lie on \
                       no day. Commits of others that name me co-author are pairings, never mine.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut figure = count_commits(self, &question, |_| true);
        let paired = question.filter.pairings(question.span());
        figure.left_out.extend(reasons(&[("pairings", paired)]));
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}
