//! What kind of work commits say they are.

use super::metric::{Definition, Metric, Need};
use super::question::{Dropped, Question};
use super::select::{Fate, Span};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Rest, Rows, Shape, Unit};
use crate::model::selection::Selection;
use crate::model::work_type::WorkType;

/// Commits by the type that their summary names.
pub(super) struct WorkTypes;

const TYPES: usize = WorkType::ALL.len();

impl Metric for WorkTypes {
    fn id(&self) -> &'static str {
        "work_types"
    }

    fn title(&self) -> &'static str {
        "Types of work"
    }

    fn unit(&self) -> Unit {
        Unit::Commits
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "And if my commits have no prefix?",
                    "Then all of them are `unknown`; a type is never guessed from other words.",
                ),
                (
                    "Is half of `fix` a bad sign?",
                    "A label is a habit. Some fix in features, some the other way round.",
                ),
            ],
            rule: "Counted commits by the type that their summary names in front of its colon: \
                   feature, fix, refactor, performance, test, docs, style, build, ci, chore, \
                   revert, other (another word with a scope). A summary that names none is \
                   `unknown`, which is always shown and never guessed. The value is all of them. \
                   Always cut by type, whatever cut is asked.",
            formula: "work_types[t] = |{counted commits whose summary names type t}|",
            needs: &[Need::Commits],
            source: "Conventional Commits 1.0.0; git's own form of a revert. Flow Distribution \
                     (features, defects, debt, risk) asks the same of tasks.",
            misleads: "A label is a habit: whoever writes `chore` for everything has chores alone. One \
                       `feat` can be a month and one `fix` a letter. Where `unknown` is large, the \
                       other parts say little of the whole.",
            left_out: "What the commits figure leaves out: merges, twins and squashes whose \
                       originals count (raw counts both) and undated commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut figure = question.blank(self, Shape::Shares);
        let (types, dropped) = collect(&question, question.span());
        figure.n = types.iter().sum();
        figure.value = question.counted_value(figure.n);
        figure.left_out = dropped.reasons(&question.filter);
        if figure.n > 0 {
            let named = WorkType::ALL.iter().zip(types);
            let shown = named.filter(|(kind, n)| *n > 0 || **kind == WorkType::Unknown);
            figure.points = shown
                .map(|(kind, n)| question.part(Key::Name(kind.name()), Some(n as f64), n))
                .collect();
            figure
                .points
                .sort_by_key(|point| std::cmp::Reverse(point.n));
            figure.rests_on.push(Rest {
                what: "typed_commits",
                n: figure.n - types[WorkType::Unknown as usize],
                of: figure.n,
            });
        }
        figure.previous = question.previous(|span| {
            let n = collect(&question, span).0.iter().sum::<u64>();
            (Some(n as f64), n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

/// How many counted commits of `span` name each type, by its number.
fn collect(question: &Question<'_>, span: Span) -> ([u64; TYPES], Dropped) {
    let mut types = [0; TYPES];
    let mut dropped = Dropped::default();
    question.filter.each(span, |index, _, fate: Fate| {
        if dropped.keeps(fate) {
            types[question.data.work_type(index) as usize] += 1;
        }
    });
    (types, dropped)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{calendar, commits, weeks};
    use super::*;
    use crate::model::dataset::flag;
    use crate::model::figure::Point;
    use crate::model::selection::By;

    const NOW: &str = "2026-03-11 12:00";

    fn ask(data: &Dataset) -> Figure {
        let selection = Selection {
            by: By::Repo,
            ..weeks("2026-03-02", "2026-03-15")
        };
        WorkTypes.compute(data, &selection, &calendar(NOW))
    }

    fn parts(figure: &Figure) -> Vec<(Key, Option<f64>)> {
        let part = |point: &Point| (point.key, point.value);
        figure.points.iter().map(part).collect()
    }

    #[test]
    fn commits_go_to_the_type_that_they_name_and_silence_is_unknown() {
        let (fix, feature) = (WorkType::Fix.flags(), WorkType::Feature.flags());
        let figure = ask(&commits(
            &[
                ("2026-03-02 09:00", fix),
                ("2026-03-03 23:59", fix | flag::ASSISTED),
                ("2026-03-04 00:01", feature),
                ("2026-03-10 09:00", 0),
                ("2026-03-10 10:00", 0),
                ("2026-03-10 11:00", 0),
                ("2026-03-10 11:30", feature | flag::TWIN),
                ("2026-03-10 11:40", flag::MERGE),
            ],
            NOW,
        ));
        let expected = [("unknown", 3.0), ("fix", 2.0), ("feature", 1.0)];
        let expected = expected.map(|(name, n)| (Key::Name(name), Some(n)));
        assert_eq!(parts(&figure), expected);
        assert_eq!((figure.value, figure.n), (Some(6.0), 6));
        let typed = figure.rests_on.first().map(|rest| (rest.n, rest.of));
        assert_eq!(typed, Some((3, 6)));
        let running = figure.points.iter().all(|point| !point.complete);
        assert!(running, "the range ends in the running week");
    }

    #[test]
    fn unknown_is_shown_where_there_is_none_of_it() {
        let figure = ask(&commits(&[("2026-03-02 09:00", WorkType::Ci.flags())], NOW));
        let expected = [
            (Key::Name("ci"), Some(1.0)),
            (Key::Name("unknown"), Some(0.0)),
        ];
        assert_eq!(parts(&figure), expected);
    }

    #[test]
    fn nothing_is_no_value_and_an_empty_range_is_zero() {
        assert_eq!(ask(&Dataset::default()).value, None);
        let figure = ask(&commits(&[("2026-02-02 09:00", 0)], NOW));
        assert_eq!((figure.value, figure.points.len()), (Some(0.0), 0));
    }
}
