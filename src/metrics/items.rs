//! Which tasks, reviews and entries a question covers, and when things happened to them.

use super::question::{Question, reasons};
use super::select::{Span, date};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::LeftOut;
use crate::model::ids::TaskId;
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::model::work::{Given, Review, Spent, Stamp, Task, Work};

/// 1990-01-01, days from 1970-01-01.
const BELIEVED_FROM: i32 = 7_305;

/// First and last day on which something is known to have happened to a work item; `None` when
/// there is none. Due dates are plans, not events.
pub(super) fn extent(work: &Work) -> Option<Range> {
    let tasks = work.tasks.iter().flat_map(|task| {
        [
            task.created,
            task.started,
            task.done,
            task.cancelled,
            task.updated,
        ]
    });
    let given = work.given.iter().flat_map(|given| &given.times);
    let spent = work.spent.iter().map(|spent| spent.start.day);
    // Clocks before 1990 are believed as little as those of commits.
    let believed = |stamp: &Stamp| stamp.day >= BELIEVED_FROM;
    let days = tasks.flatten().filter(believed).map(|stamp| stamp.day);
    let days = days.chain(given.map(|stamp| stamp.day)).chain(spent);
    let (from, to) = days.fold((i32::MAX, i32::MIN), |(from, to), day| {
        (from.min(day), to.max(day))
    });
    if from > to {
        return None;
    }
    Some(Range::new(date(from)?, date(to)?))
}

/// A question about work items: the frame that all figures share, and which items pass its filters.
pub(super) struct Items<'a> {
    pub(super) question: Question<'a>,
    repos: Option<Vec<bool>>,
}

impl<'a> Items<'a> {
    /// The question `selection` about the work items of `data`.
    pub(super) fn new(data: &'a Dataset, selection: &'a Selection, calendar: &'a Calendar) -> Self {
        let chosen = selection.repos.as_ref();
        let repos = chosen.map(|chosen| data.repos.iter().map(|id| chosen.contains(id)).collect());
        Self {
            question: Question::of_work(data, selection, calendar),
            repos,
        }
    }

    fn work(&self) -> &'a Work {
        &self.question.data.work
    }

    /// Whether an item of this repository and tracker, with this row, passes the filters.
    fn admits(&self, (repo, source): (Option<u16>, u16), id: Option<TaskId>) -> bool {
        let repo = self.repos.as_ref().is_none_or(|chosen| {
            repo.is_some_and(|at| chosen.get(usize::from(at)).copied().unwrap_or(false))
        });
        let selection = self.question.selection;
        let tasks = selection.tasks.as_ref();
        repo && selection.takes_tracker(source)
            && tasks.is_none_or(|chosen| id.is_some_and(|id| chosen.contains(&id)))
    }

    /// Tasks that pass the filters with their positions, pull requests apart.
    pub(super) fn tasks(&self) -> impl Iterator<Item = (u32, &'a Task)> + '_ {
        self.every()
            .filter(|(_, task)| !task.is_pr() && !task.excluded)
    }

    /// Pull requests of mine that pass the filters, with the positions of their tasks.
    pub(super) fn pull_requests(&self) -> impl Iterator<Item = (u32, &'a Task, &'a Review)> + '_ {
        let tasks = &self.work().tasks;
        self.work().reviews.iter().filter_map(move |review| {
            let task = tasks.get(review.task as usize)?;
            let counts = !task.excluded && self.admits((task.repo, task.source), Some(task.id));
            counts.then_some((review.task, task, review))
        })
    }

    /// Reviews of mine on work of others that pass the filters, with their positions.
    pub(super) fn given(&self) -> impl Iterator<Item = (u32, &'a Given)> + '_ {
        self.every_given().filter(|(_, given)| !given.excluded)
    }

    /// The same with those that the owner took out of every figure.
    pub(super) fn every_given(&self) -> impl Iterator<Item = (u32, &'a Given)> + '_ {
        (0..)
            .zip(&self.work().given)
            .filter(|(_, given)| self.admits((given.repo, given.source), Some(given.id)))
    }

    /// Recorded time that passes the filters, with its positions; busy time of a calendar is none.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, &'a Spent)> + '_ {
        self.every_entry().filter(|(_, spent)| !spent.excluded)
    }

    /// The same with what the owner took out of every figure.
    pub(super) fn every_entry(&self) -> impl Iterator<Item = (u32, &'a Spent)> + '_ {
        let tasks = &self.work().tasks;
        (0..).zip(&self.work().spent).filter(move |(_, spent)| {
            let task = spent.task.and_then(|at| tasks.get(at as usize));
            let repo = task.and_then(|task| task.repo);
            !spent.busy && self.admits((repo, spent.source), Some(spent.id))
        })
    }

    /// Every task and pull request of mine that passes the filters.
    pub(super) fn every(&self) -> impl Iterator<Item = (u32, &'a Task)> + '_ {
        (0..)
            .zip(&self.work().tasks)
            .filter(|(_, task)| self.admits((task.repo, task.source), Some(task.id)))
    }

    /// Tasks that the owner took out of every figure and that would lie in the range (those that ended
    /// in it, else those that are open), as a reason.
    pub(super) fn excluded(&self) -> Vec<LeftOut> {
        let span = self.question.span();
        let here = |task: &Task| match task.done.or(task.cancelled) {
            Some(end) => span.holds(end),
            None => task.created.is_none_or(|created| created.day <= span.to),
        };
        let excluded = self
            .every()
            .filter(|(_, task)| task.excluded && !task.is_pr() && here(task));
        reasons(&[("excluded", excluded.count() as u64)])
    }

    /// Pull requests that the owner took out and for which `when` tells a time in `span`.
    pub(super) fn excluded_pull_requests(
        &self,
        when: impl Fn(&Review) -> Option<Stamp>,
        span: Span,
    ) -> Vec<LeftOut> {
        let tasks = &self.work().tasks;
        let excluded = self.work().reviews.iter().filter(|review| {
            let task = tasks.get(review.task as usize);
            task.is_some_and(|task| {
                task.excluded && self.admits((task.repo, task.source), Some(task.id))
            }) && when(review).is_some_and(|at| span.holds(at))
        });
        reasons(&[("excluded", excluded.count() as u64)])
    }

    /// Reviews of others' work that the owner took out, first given in `span`.
    pub(super) fn excluded_given(&self, span: Span) -> Vec<LeftOut> {
        let excluded = self.work().given.iter().filter(|given| {
            given.excluded
                && self.admits((given.repo, given.source), Some(given.id))
                && given.times.first().is_some_and(|first| span.holds(*first))
        });
        reasons(&[("excluded", excluded.count() as u64)])
    }
}

impl Span {
    /// Whether `stamp` lies in the span. A plain date on the day that the span is cut on does.
    pub(super) fn holds(self, stamp: Stamp) -> bool {
        let local = stamp.utc + i64::from(stamp.offset_min) * 60;
        let late =
            |cut: i64| stamp.day == self.to && !stamp.whole_day && local.rem_euclid(86_400) > cut;
        (self.from..=self.to).contains(&stamp.day) && !self.cut.is_some_and(late)
    }
}
