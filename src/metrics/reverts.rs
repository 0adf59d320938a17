//! Share of commits that take back another.

use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::share::{LEFT_OUT, share_of_commits};
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, flag};
use crate::model::figure::{Figure, Rows, Unit};
use crate::model::selection::Selection;

/// Commits that take back another.
pub(super) struct Reverts;

impl Metric for Reverts {
    fn id(&self) -> &'static str {
        "reverts"
    }

    fn title(&self) -> &'static str {
        "Share of commits that take back another"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Few reverts, few mistakes?",
                "No. A mistake that was mended by hand is not seen here.",
            )],
            rule: "Counted commits whose message says that they take back another commit, mine or \
                   somebody else's, divided by all counted commits, with Wilson's 95 % interval.",
            formula: "reverts = |counted commits that take back another| / |counted commits|",
            needs: &[Need::Commits],
            source: "git revert and the line it writes; Wilson, JASA 22, 1927. DORA's change \
                     failure rate needs deployments, which are not known here.",
            misleads: "A lower bound: a change taken back by hand, by a rebase or by somebody else is \
                       not seen. A revert is often the careful thing to do; few of them is no sign \
                       of fewer mistakes.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        share_of_commits(self, &question, |index, _| data.has(index, flag::REVERT))
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        Rows::Commits(Question::new(data, selection, calendar).counted())
    }
}

#[cfg(test)]
mod tests {
    use super::super::pace::testing::series;
    use super::super::testing::{calendar, commits, weeks};
    use super::*;
    use crate::model::figure::Verdict;

    fn ask(at: &[(&str, u16)]) -> Figure {
        let now = "2026-03-11 12:00";
        let range = weeks("2026-03-02", "2026-03-15");
        Reverts.compute(&commits(at, now), &range, &calendar(now))
    }

    #[test]
    fn one_of_five_is_a_fifth_and_twins_count_on_neither_side() {
        let figure = ask(&[
            ("2026-03-02 09:00", 0),
            ("2026-03-03 09:00", flag::REVERT),
            ("2026-03-04 09:00", 0),
            ("2026-03-05 09:00", 0),
            ("2026-03-06 09:00", 0),
            ("2026-03-06 10:00", flag::REVERT | flag::TWIN),
        ]);
        assert_eq!((figure.value, figure.n), (Some(0.2), 5));
        // Wilson's interval of 1 in 5.
        let (low, high) = figure.interval.expect("an interval");
        assert!((low - 0.0362).abs() < 1e-4 && (high - 0.6245).abs() < 1e-4);
        assert_eq!(
            series(&figure),
            [Some(0.2), None],
            "a week without commits has no share"
        );
        assert!(!figure.points[1].complete);
    }

    #[test]
    fn four_commits_make_no_share() {
        let figure = ask(&[("2026-03-02 09:00", flag::REVERT); 4]);
        assert_eq!((figure.value, figure.n), (None, 4));
        assert_eq!(figure.verdict, Verdict::TooFew { have: 4, need: 5 });
        assert_eq!(ask(&[]).verdict, Verdict::None);
    }
}
