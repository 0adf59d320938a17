//! What happened to a task, in time order.

use super::{StoryCommit, TaskStory};
use crate::model::dataset::flag;
use crate::model::fold::Move;
use crate::model::task::{Review, When};
use crate::model::text::Clean;
use crate::model::timeline::Point;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event<'a> {
    /// When; of something that two exports only narrow down, when it had happened at the latest.
    pub(super) at: When,
    /// In that case, when it had not happened yet.
    pub(super) not_before: Option<When>,
    /// What it was.
    pub(super) what: What<'a>,
    /// The first sign of work: the start, or a commit before it.
    pub(super) first_touch: bool,
}

/// What happened; in this order where times are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What<'a> {
    /// It was written down.
    Created,
    /// Work began, as its tracker says.
    Started,
    /// It moved to another state.
    Moved(&'a Move),
    /// A commit was made.
    Commit(&'a StoryCommit),
    /// Something about one of its pull requests.
    Request(Step, &'a Clean),
    /// It was finished.
    Finished,
    /// It was given up.
    GivenUp,
}

/// What happens to a pull request, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Opened,
    Ready,
    FirstReview,
    Approved,
    Merged,
    Closed,
}

impl Step {
    fn all(review: &Review) -> [(Self, Option<When>); 6] {
        [
            (Self::Opened, review.opened),
            (Self::Ready, review.ready),
            (Self::FirstReview, review.first_review),
            (Self::Approved, review.approved),
            (Self::Merged, review.merged),
            (Self::Closed, review.closed),
        ]
    }

    /// Its name in JSON.
    fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Ready => "ready",
            Self::FirstReview => "first-review",
            Self::Approved => "approved",
            Self::Merged => "merged",
            Self::Closed => "closed",
        }
    }
}

impl What<'_> {
    /// Its name in JSON.
    pub(super) fn as_str(&self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Started => "started",
            Self::Moved(_) => "moved",
            Self::Commit(_) => "commit",
            Self::Request(step, _) => step.as_str(),
            Self::Finished => "finished",
            Self::GivenUp => "given-up",
        }
    }

    /// Where it stands among others of one time.
    fn order(&self) -> (u8, Option<Step>) {
        match self {
            Self::Created => (0, None),
            Self::Started => (1, None),
            Self::Moved(_) => (2, None),
            Self::Commit(_) => (3, None),
            Self::Request(step, _) => (4, Some(*step)),
            Self::Finished => (5, None),
            Self::GivenUp => (6, None),
        }
    }
}

/// Everything that happened, oldest first. Commits whose clock is not believed are left out.
pub(super) fn of(story: &TaskStory) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut exact = |at: Option<When>, what| {
        events.extend(at.map(|at| event(Point::exact(at), what)));
    };
    exact(story.facts.created, What::Created);
    for one in story.commits.iter().filter(|one| one.row.dated) {
        exact(Some(When::At(one.row.time)), What::Commit(one));
    }
    for request in &story.requests {
        for (step, at) in Step::all(&request.review) {
            exact(at, What::Request(step, &request.key));
        }
    }
    for moved in &story.moves {
        let (at, until) = (moved.at, moved.until);
        events.push(event(Point { at, until }, What::Moved(moved)));
    }
    let timeline = &story.timeline;
    for (point, what) in [
        (timeline.started, What::Started),
        (timeline.done, What::Finished),
        (timeline.cancelled, What::GivenUp),
    ] {
        events.extend(point.map(|point| event(point, what)));
    }
    events.sort_by_key(|event| (event.at.order(), event.what.order()));
    if let Some(first) = events.iter_mut().find(|event| event.is_work()) {
        first.first_touch = true;
    }
    events
}

fn event(point: Point, what: What<'_>) -> Event<'_> {
    Event {
        at: point.latest(),
        not_before: point.until.map(|_| point.at),
        what,
        first_touch: false,
    }
}

impl Event<'_> {
    /// The object id of the commit that it was.
    pub(super) fn oid(&self) -> Option<crate::model::ids::Oid> {
        match self.what {
            What::Commit(commit) => Some(commit.row.oid),
            _ => None,
        }
    }

    /// Whether it shows that somebody worked on the task. A merge of branches is no work on it.
    fn is_work(&self) -> bool {
        match self.what {
            What::Started => true,
            What::Commit(commit) => !commit.row.is(flag::MERGE),
            _ => false,
        }
    }
}
