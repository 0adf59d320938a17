//! Changes delivered: what a default branch holds.

use super::count::count_commits;
use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::select::View;
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, flag};
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Commits of mine on a default branch, a squash in place of what it swallowed.
pub(super) struct Delivered;

impl Metric for Delivered {
    fn id(&self) -> &'static str {
        "delivered"
    }

    fn title(&self) -> &'static str {
        "Changes delivered"
    }

    fn unit(&self) -> Unit {
        Unit::Commits
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Is delivered the same as released?",
                    "No. It is on the default branch; a release is not in git.",
                ),
                (
                    "Do squashing teams deliver less?",
                    "A squash counts once for all that it swallowed, so the number is lower for the same work.",
                ),
            ],
            rule: "Non-merge commits of mine that the default branch of a repository holds, each \
                   change once, on the civil day of the author date. A squash counts one for all \
                   that it swallowed; where somebody else made it, the newest swallowed commit \
                   stands for it. The default branch is the one `origin/HEAD` names, else `main`, \
                   `master` or `trunk`, else the one checked out.",
            formula: "delivered = |{c on a default branch} - merges - twins - swallowed|",
            needs: &[Need::Commits],
            source: "DORA and LinearB count deployments and merged requests; a default branch is \
                     what git alone can tell.",
            misleads: "Merged is not released. A team that squashes delivers one where another \
                       delivers ten. A change can wait for weeks after its author date.",
            left_out: "Commits on no default branch (`not_landed`), twins, commits that a squash \
                       swallowed (raw counts twins and swallowed ones), merges and undated commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::seen_as(View::Delivery, data, (selection, calendar));
        count_commits(self, &question, |index| data.has(index, flag::LANDED))
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::seen_as(View::Delivery, data, (selection, calendar));
        Rows::Commits(question.counted_if(|index| data.has(index, flag::LANDED)))
    }
}
