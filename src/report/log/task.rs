//! Tasks and pull requests of mine as rows: each stands once, on the day that says most of it.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Line, clock, stamp};
use crate::model::fold::Move;
use crate::model::happened::{self, What};
use crate::model::stage::Stage;
use crate::model::task::{TaskFacts, TaskKind, When, place, short_key};
use crate::model::text::Clean;
use crate::model::timeline::{Point, Timeline};

/// One task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    /// What happened, and when; `None` for a task without any time.
    pub what: Option<(What, Point)>,
    /// The tracker.
    pub source: Clean,
    /// What people call it.
    pub key: Clean,
    /// What kind of thing it is.
    pub kind: TaskKind,
    /// Its title.
    pub title: Clean,
    /// Project, repository, board or list.
    pub project: Option<Clean>,
    /// Where it stands; `None` when its word means no stage yet.
    pub stage: Option<Stage>,
    /// When it was written down.
    pub created: Option<When>,
    /// When work on it began, where that is known exactly.
    pub started: Option<When>,
    /// When it was finished, where that is known exactly.
    pub done: Option<When>,
    /// When it is due.
    pub due: Option<When>,
}

impl TaskRow {
    /// The row of a stored task.
    pub fn of(facts: &TaskFacts, moves: &[Move], timeline: &Timeline) -> Self {
        Self {
            what: happened::what(facts, moves, timeline),
            source: facts.source.clone(),
            key: facts.key.clone(),
            kind: facts.kind,
            title: facts.title.clone(),
            project: facts.project.clone(),
            stage: timeline.stage,
            created: facts.created,
            started: timeline.started.and_then(Point::known),
            done: timeline.done.and_then(Point::known),
            due: facts.due,
        }
    }

    /// When it stands in the log: of an observed time, when it had happened at the latest.
    pub(crate) fn stands(&self) -> Option<When> {
        self.what.map(happened::stands)
    }

    /// Of an observed time, when it had not happened yet.
    pub(crate) fn not_before(&self) -> Option<When> {
        let (_, point) = self.what?;
        point.until.map(|_| point.at)
    }

    pub(super) fn line(&self) -> Line<'_> {
        let kind = match self.kind {
            TaskKind::Task => None,
            TaskKind::Pr => Some("pull request".to_owned()),
            kind => Some(kind.as_str().to_owned()),
        };
        let tail = kind
            .into_iter()
            .chain(happened::said(self.what, self.stage))
            .collect();
        Line {
            // The clock of the export that showed it is not the task's.
            at: self
                .stands()
                .filter(|_| self.not_before().is_none())
                .and_then(When::moment),
            key: short_key(&self.key, self.project.as_ref()),
            place: place(self.project.as_ref()),
            text: self.title.as_str().into(),
            tail,
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct RowJson<'a> {
    kind: &'static str,
    time: Option<String>,
    day: Option<NaiveDate>,
    what: Option<&'static str>,
    not_before: Option<String>,
    source: &'a Clean,
    key: &'a Clean,
    #[serde(rename = "type")]
    type_: &'static str,
    state: Option<&'static str>,
    title: &'a Clean,
    project: Option<&'a Clean>,
    created_at: Option<String>,
    started_at: Option<String>,
    done_at: Option<String>,
    due_at: Option<String>,
}

impl<'a> RowJson<'a> {
    pub(super) fn new(row: &'a TaskRow) -> Self {
        let stands = row.stands();
        Self {
            kind: "task",
            time: stands.and_then(clock),
            day: stands.and_then(When::day),
            what: row.what.map(|(what, _)| what.as_str()),
            not_before: row.not_before().and_then(stamp),
            source: &row.source,
            key: &row.key,
            type_: row.kind.as_str(),
            state: row.stage.map(Stage::as_str),
            title: &row.title,
            project: row.project.as_ref(),
            created_at: row.created.and_then(stamp),
            started_at: row.started.and_then(stamp),
            done_at: row.done.and_then(stamp),
            due_at: row.due.and_then(stamp),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::moment::Moment;
    use crate::model::stage::{StageWords, Status};
    use crate::model::timeline::Stages;

    fn at(day: i64) -> When {
        When::At(Moment::new(day * 86_400 + 3_600, 0))
    }

    fn row(facts: &TaskFacts, moves: &[Move]) -> TaskRow {
        let words = StageWords::default();
        let timeline = Timeline::of(facts, moves, &mut Stages::new(&words));
        TaskRow::of(facts, moves, &timeline)
    }

    fn to(word: &str, day: i64, until: Option<i64>) -> Move {
        Move {
            at: at(day),
            until: until.map(at),
            from: None,
            to: Status::word(word),
        }
    }

    fn task(word: &str) -> TaskFacts {
        TaskFacts {
            status: Status::word(word),
            created: Some(at(1)),
            ..TaskFacts::default()
        }
    }

    fn stands(row: &TaskRow) -> (What, When) {
        (row.what.unwrap().0, row.stands().unwrap())
    }

    #[test]
    fn a_task_stands_where_it_ended_else_where_it_last_moved_else_where_it_was_written_down() {
        let moves = [to("In progress", 3, None), to("In review", 5, None)];
        assert_eq!(
            stands(&row(&task("In review"), &moves)),
            (What::Moved, at(5))
        );
        let mut done = task("Done");
        done.done = Some(at(7));
        assert_eq!(stands(&row(&done, &moves)), (What::Finished, at(7)));
        let mut given_up = task("Won't do");
        given_up.done = Some(at(8));
        assert_eq!(stands(&row(&given_up, &moves)), (What::GivenUp, at(8)));
        let started = row(&task("In progress"), &moves[..1]);
        assert_eq!(stands(&started), (What::Started, at(3)));
        assert_eq!(stands(&row(&task("To do"), &[])), (What::Created, at(1)));
        assert_eq!(row(&TaskFacts::default(), &[]).what, None);
    }

    #[test]
    fn an_observed_end_stands_where_it_had_happened_and_says_so() {
        let row = row(&task("Done"), &[to("Done", 3, Some(10))]);
        assert_eq!(stands(&row), (What::Finished, at(10)));
        assert_eq!(row.not_before(), Some(at(3)));
        assert_eq!(row.done, None, "no exact time is claimed");
        assert_eq!(
            happened::said(row.what, row.stage).unwrap(),
            "finished by then"
        );
    }

    #[test]
    fn a_finished_task_without_a_time_says_that_it_is_done_by_now() {
        let row = row(&task("Done"), &[]);
        assert_eq!(
            happened::said(row.what, row.stage).unwrap(),
            "created, now done"
        );
    }
}
