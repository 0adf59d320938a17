//! The mix of changed lines by repository.

use super::lines::known;
use super::metric::{Definition, Metric, Need};
use super::mix::share_of_lines;
use super::parts::Part;
use super::question::Question;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Changed lines by repository.
pub(super) struct Repositories;

impl Metric for Repositories {
    fn id(&self) -> &'static str {
        "repositories"
    }

    fn title(&self) -> &'static str {
        "Repositories"
    }

    fn unit(&self) -> Unit {
        Unit::Lines
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Why is a fork at 0?",
                "A commit that several repositories hold counts in the first one that was read.",
            )],
            rule: "Lines changed (added plus deleted) by repository. A commit held by several \
                   repositories counts in the first one that was read. Always cut by repository, \
                   whatever cut is asked.",
            formula: "repositories[r] = sum of (added + deleted) in counted files of repository r",
            needs: &[Need::Commits],
            source: "git log --numstat of each repository, each object id once.",
            misleads: "Lines do not compare well between repositories of different languages and \
                   habits.",
            left_out: super::mix::LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        share_of_lines(
            self,
            Part::Repo,
            &Question::of_lines(data, selection, calendar),
        )
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::of_lines(data, selection, calendar);
        Rows::Commits(question.counted_if(|index| known(&question, index)))
    }
}
