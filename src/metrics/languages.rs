//! The mix of changed lines by language.

use super::lines::known;
use super::metric::{Definition, Metric, Need};
use super::mix::share_of_lines;
use super::parts::Part;
use super::question::Question;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Changed lines by language.
pub(super) struct Languages;

impl Metric for Languages {
    fn id(&self) -> &'static str {
        "languages"
    }

    fn title(&self) -> &'static str {
        "Languages"
    }

    fn unit(&self) -> Unit {
        Unit::Lines
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Is this the mix of the repository?",
                    "No. It is the mix of my changed lines in the range.",
                ),
                (
                    "Why is a script counted as another language?",
                    "The language is read from the name, never from the text.",
                ),
            ],
            rule: "Lines changed (added plus deleted) by linguist's language of the path after \
                   the change, in the asked range only. n of a part is the number of commits that \
                   touch it; files without a known language are `other`. Always cut by language, \
                   whatever cut is asked.",
            formula: "languages[l] = sum of (added + deleted) in counted files of language l",
            needs: &[Need::Commits],
            source: "linguist's tables by file name; others measure bytes at HEAD (linguist, \
                   tokei), which is the team's mix and not mine.",
            misleads: "Verbose languages look large. A language is read from the file's name, not \
                   from its text.",
            left_out: super::mix::LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        share_of_lines(
            self,
            Part::Language,
            &Question::of_lines(data, selection, calendar),
        )
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::of_lines(data, selection, calendar);
        Rows::Commits(question.counted_if(|index| known(&question, index)))
    }
}
