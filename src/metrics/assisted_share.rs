//! Share of commits with assistance.

use super::metric::{Definition, Metric};
use super::question::Question;
use super::share::share_of_commits;
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, flag};
use crate::model::figure::{Figure, Unit};
use crate::model::selection::Selection;

/// Commits in which a program helped, as trailers or the author say.
pub(super) struct AssistedShare;

impl Metric for AssistedShare {
    fn id(&self) -> &'static str {
        "assisted_share"
    }

    fn title(&self) -> &'static str {
        "Share of commits with assistance"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn definition(&self) -> Definition {
        Definition {
            rule: "Counted commits whose trailers or author say that a program helped, divided by \
                   all counted commits, with Wilson's 95 % interval. Evidence is read when the \
                   commit is read; message bodies are not kept.",
            source: "Commit trailers, as WakaTime and GitClear read them; Wilson, JASA 22, 1927.",
            misleads: "A lower bound: trailers are stripped, and completion in an editor leaves none. \
                   A commit without evidence is unknown, not unassisted.",
            left_out: super::share::LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        share_of_commits(self, &question, |index, _| data.has(index, flag::ASSISTED))
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Vec<u32> {
        Question::new(data, selection, calendar).counted()
    }
}
