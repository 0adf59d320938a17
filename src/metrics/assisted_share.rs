//! Share of commits with assistance.

use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::select::Fate;
use super::share::share_of_commits;
use super::stats::STATISTIC_FROM;
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, flag};
use crate::model::figure::{Figure, Key, Point, Rows, Shape, Unit};
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
            asked: &[(
                "Is a commit without evidence written by hand?",
                "Not known. Only the owner can say so, and what is not said stays unknown.",
            )],
            rule: "Counted commits whose trailers or author say that a program helped, divided by \
                   all counted commits, with Wilson's 95 % interval. Evidence is read when the \
                   commit is read; message bodies are not kept. Three points over the whole range \
                   follow the series: `assisted` (evidence), `human` (the owner marked the commit, \
                   or it lies before `human_before`; evidence weighs more) and `unknown`, which is \
                   never guessed.",
            formula: "assisted_share = |counted commits with evidence| / |counted commits|",
            needs: &[Need::Commits],
            source: "Commit trailers, as WakaTime and GitClear read them; Wilson, JASA 22, 1927.",
            misleads: "A lower bound: trailers are stripped, and completion in an editor leaves none. \
                   A commit without evidence is unknown, not unassisted.",
            left_out: super::share::LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        let mut figure =
            share_of_commits(self, &question, |index, _| data.has(index, flag::ASSISTED));
        if figure.shape == Shape::Series {
            figure.points.extend(states(&question));
        }
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

/// The three states over the whole range; none below 5 commits.
fn states(question: &Question<'_>) -> Vec<Point> {
    let (mut all, mut assisted, mut human) = (0, 0, 0);
    question.filter.each(question.span(), |index, _, fate| {
        if fate == Fate::Counted {
            let has = |bit| u64::from(question.data.has(index, bit));
            all += 1;
            assisted += has(flag::ASSISTED);
            human += has(flag::HUMAN) & !has(flag::ASSISTED);
        }
    });
    let unknown = all - assisted - human;
    if all < STATISTIC_FROM {
        return Vec::new();
    }
    [
        ("assisted", assisted),
        ("human", human),
        ("unknown", unknown),
    ]
    .map(|(name, n)| question.part(Key::Name(name), Some(n as f64 / all as f64), n))
    .into()
}
