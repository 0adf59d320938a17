//! Share of commits that belong to a task.

use super::items::Items;
use super::metric::{Definition, Metric, Need};
use super::question::Question;
use super::select::Fate;
use super::share::{LEFT_OUT, share_of_commits};
use super::stats::STATISTIC_FROM;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Rest, Rows, Shape, Unit};
use crate::model::links::LinkRule;
use crate::model::selection::Selection;

/// Commits with at least one link.
pub(super) struct LinkCoverage;

impl Metric for LinkCoverage {
    fn id(&self) -> &'static str {
        "link_coverage"
    }

    fn title(&self) -> &'static str {
        "Share of commits with a task"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "90 %: is all right?",
                    "Look at the rules: a message, a branch or a reflog rests on names.",
                ),
                (
                    "0 % before an import?",
                    "No figure then, which is not zero.",
                ),
            ],
            rule: "Counted commits with at least one link to a task or pull request of mine, divided \
                   by all counted commits, with Wilson's 95 % interval. Points over the whole range \
                   follow the series, one for each rule that is the surest of some commit: `manual`, \
                   `pull-request`, `closing`, `trailer`, `message`, `branch`, `reflog`. The other way \
                   round, finished tasks without a commit are counted beside it. Before any task is \
                   known there is no figure.",
            formula: "link_coverage = |counted commits with a link| / |counted commits|",
            needs: &[Need::Commits, Need::Tasks, Need::Links],
            source: "The coverage of issue-commit links as studies of mined repositories report it \
                     (Bird et al., 2009, on what is lost in them); Wilson, JASA 22, 1927.",
            misleads: "A link that was found is not always right: `message`, `branch` and `reflog` rest \
                       on names. Low coverage makes every figure that joins commits with tasks \
                       lean towards those who name their tasks. Tasks of trackers that were not \
                       imported leave their commits without a link, and much work needs no task.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::new(data, selection, calendar);
        if data.work.tasks.is_empty() {
            return question.blank(self, Shape::Series);
        }
        let surest = surest_rules(data);
        let mut figure = share_of_commits(self, &question, |index, _| {
            surest.get(index).is_some_and(Option::is_some)
        });
        if figure.shape == Shape::Series {
            figure.points.extend(by_rule(&question, &surest));
        }
        figure
            .rests_on
            .extend(without_commit(data, selection, calendar));
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::new(data, selection, calendar);
        let known = !data.work.tasks.is_empty();
        Rows::Commits(question.counted_if(|_| known))
    }
}

/// The surest rule of each commit.
fn surest_rules(data: &Dataset) -> Vec<Option<LinkRule>> {
    let mut out: Vec<Option<LinkRule>> = vec![None; data.len()];
    for link in &data.links {
        if let Some(rule) = out.get_mut(link.commit as usize) {
            *rule = Some(rule.map_or(link.rule, |known| known.min(link.rule)));
        }
    }
    out
}

/// The share of commits that each rule links, surest first; none below 5 commits.
fn by_rule(question: &Question<'_>, surest: &[Option<LinkRule>]) -> Vec<Point> {
    let (mut all, mut by) = (0_u64, [0_u64; LinkRule::ALL.len()]);
    question.filter.each(question.span(), |index, _, fate| {
        if fate == Fate::Counted {
            all += 1;
            if let Some(Some(rule)) = surest.get(index) {
                by[*rule as usize] += 1;
            }
        }
    });
    if all < STATISTIC_FROM {
        return Vec::new();
    }
    let rules = LinkRule::ALL.iter().zip(by).filter(|(_, n)| *n > 0);
    let point = |(rule, n): (&LinkRule, u64)| {
        question.part(Key::Name(rule.as_str()), Some(n as f64 / all as f64), n)
    };
    rules.map(point).collect()
}

/// How many of the tasks that were finished in these days have no commit; `None` when none was.
fn without_commit(data: &Dataset, selection: &Selection, calendar: &Calendar) -> Option<Rest> {
    let items = Items::new(data, selection, calendar);
    let mut linked = vec![false; data.work.tasks.len()];
    for link in &data.links {
        if let Some(linked) = linked.get_mut(link.task as usize) {
            *linked = true;
        }
    }
    let span = items.question.span();
    let (mut n, mut of) = (0, 0);
    for (at, _) in items
        .tasks()
        .filter(|(_, task)| task.done.is_some_and(|done| span.holds(done)))
    {
        of += 1;
        n += u64::from(!linked.get(at as usize).copied().unwrap_or(false));
    }
    (of > 0).then_some(Rest {
        what: "finished_tasks_without_commit",
        n,
        of,
    })
}

#[cfg(test)]
mod tests {
    use super::super::pace::testing::{named, series};
    use super::super::testing::{calendar, commits, task, weeks};
    use super::*;
    use crate::model::figure::Verdict;
    use crate::model::links::Link;
    use crate::model::selection::By;

    const NOW: &str = "2026-03-11 12:00";

    fn ask(data: &Dataset) -> Figure {
        LinkCoverage.compute(data, &weeks("2026-03-02", "2026-03-15"), &calendar(NOW))
    }

    /// Eight commits of one week, one of the week after; two finished tasks, one with commits.
    fn record() -> Dataset {
        let at = [2, 3, 4, 5, 6, 7, 8].map(|day| format!("2026-03-{day:02} 09:00"));
        let mut at: Vec<_> = at.iter().map(|at| (at.as_str(), 0)).collect();
        at.extend([("2026-03-08 23:59", 0), ("2026-03-09 00:01", 0)]);
        let mut data = commits(&at, NOW);
        data.work.tasks = vec![
            task("", "2026-03-02 09:00", "2026-03-05 09:00"),
            task("", "2026-03-02 09:00", "2026-03-06"),
            task("", "2026-03-02 09:00", ""),
            task("", "", "2026-02-20 09:00"),
        ];
        let link = |commit, task, rule| Link { commit, task, rule };
        data.links = vec![
            link(0, 0, LinkRule::Message),
            link(0, 2, LinkRule::Trailer),
            link(1, 0, LinkRule::Branch),
            link(3, 0, LinkRule::Message),
            link(7, 0, LinkRule::Message),
        ];
        data
    }

    #[test]
    fn a_commit_counts_once_by_its_surest_rule() {
        let data = record();
        let figure = ask(&data);
        // Four of nine commits have a link, all in the first week of eight.
        assert_eq!((figure.value, figure.n), (Some(4.0 / 9.0), 9));
        assert_eq!(
            series(&figure),
            [Some(0.5), None],
            "one commit makes no share"
        );
        let rules = ["trailer", "message", "branch"].map(|rule| named(&figure, rule).value);
        assert_eq!(rules, [Some(1.0 / 9.0), Some(2.0 / 9.0), Some(1.0 / 9.0)]);
        // Wilson's interval of 4 in 9.
        let (low, high) = figure.interval.expect("an interval");
        assert!((low - 0.1888).abs() < 1e-4 && (high - 0.7333).abs() < 1e-4);
        let rows = LinkCoverage.rows(&data, &weeks("2026-03-02", "2026-03-15"), &calendar(NOW));
        assert_eq!(rows.len(), 9);
    }

    #[test]
    fn finished_tasks_without_a_commit_are_told() {
        let figure = ask(&record());
        let rest = figure
            .rests_on
            .first()
            .map(|rest| (rest.what, rest.n, rest.of));
        assert_eq!(rest, Some(("finished_tasks_without_commit", 1, 2)));
    }

    #[test]
    fn without_any_task_there_is_no_figure_and_without_links_the_share_is_zero() {
        let mut data = record();
        data.links.clear();
        assert_eq!(ask(&data).value, Some(0.0));
        data.work.tasks.clear();
        let figure = ask(&data);
        assert_eq!((figure.value, figure.n), (None, 0));
        assert_eq!(figure.verdict, Verdict::None);
        let rows = LinkCoverage.rows(&data, &weeks("2026-03-02", "2026-03-15"), &calendar(NOW));
        assert!(rows.is_empty());
    }

    #[test]
    fn parts_have_no_points_of_rules() {
        let selection = Selection {
            by: By::Repo,
            ..weeks("2026-03-02", "2026-03-15")
        };
        let figure = LinkCoverage.compute(&record(), &selection, &calendar(NOW));
        assert_eq!(figure.points.len(), 1);
    }
}
