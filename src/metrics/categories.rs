//! The mix of changed lines by kind of file.

use super::lines::known;
use super::metric::{Definition, Metric, Need};
use super::mix::share_of_lines;
use super::parts::Part;
use super::question::Question;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Changed lines by kind of file.
pub(super) struct Categories;

impl Metric for Categories {
    fn id(&self) -> &'static str {
        "categories"
    }

    fn title(&self) -> &'static str {
        "Kinds of files"
    }

    fn unit(&self) -> Unit {
        Unit::Lines
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Is a test beside the code a test?",
                "Only where its path says so.",
            )],
            rule: "Lines changed (added plus deleted) by the kind of file: source, test, docs, \
                   config, data; with raw figures also generated, vendored and lock. Always cut \
                   by kind, whatever cut is asked.",
            formula: "categories[k] = sum of (added + deleted) in files of kind k",
            needs: &[Need::Commits],
            source: "Path tables of a kept crate and .gitattributes linguist flags; raw figures \
                   ignore that distinction.",
            misleads: "A kind is read from the path: a test beside the code it tests may count as \
                   source.",
            left_out: super::mix::LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        share_of_lines(
            self,
            Part::Category,
            &Question::of_lines(data, selection, calendar),
        )
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::of_lines(data, selection, calendar);
        Rows::Commits(question.counted_if(|index| known(&question, index)))
    }
}
