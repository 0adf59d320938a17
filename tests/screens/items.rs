//! Made-up tasks: what they are in numbers, and as rows of a list.

use std::collections::HashMap;

use chrono::NaiveDate;
use inward::app::correct::FactLine;
use inward::app::effect::{TaskAsk, Which};
use inward::app::kinds::Kind;
use inward::app::row::ItemRow;
use inward::app::view::{Stay, TaskEvent, TaskView};
use inward::metrics::Session;
use inward::model::choice::Correction;
use inward::model::chosen::Chosen;
use inward::model::dataset::Labels;
use inward::model::forms;
use inward::model::ids::{CommitId, TaskId};
use inward::model::moment::Moment;
use inward::model::period::Range;
use inward::model::stage::Stage;
use inward::model::task::{TaskKind, When};
use inward::model::text::Clean;
use inward::model::work::{Review, Stamp, Task, Visit, Work};

use crate::record::{Amount, SUMMARIES};
use crate::world::{clean, now};

const DAY: i64 = 86_400;

/// How many days each task took, the newest first; 0 = it has no start.
const TOOK: [i64; 12] = [2, 1, 9, 3, 0, 5, 1, 4, 16, 2, 7, 3];

/// A task a day back from an hour ago, in a tracker whose newest export is of today.
pub(crate) fn work(amount: Amount) -> Work {
    let count: u32 = match amount {
        Amount::Empty => 0,
        Amount::Few => 2,
        Amount::Full => 170,
    };
    let mut work = Work {
        until: (count > 0).then(|| now().date_naive().to_epoch_days()),
        ..Work::default()
    };
    for at in 0..count {
        let done = now().timestamp() - 3_600 - i64::from(at) * DAY;
        let took = TOOK[at as usize % TOOK.len()];
        let stamp = |utc| Stamp::at(utc, 60);
        let started = (took > 0)
            .then(|| stamp(done - took * DAY + 7_200))
            .flatten();
        let begin = u32::try_from(work.visits.len()).unwrap();
        // It is written down four days before, and waits for a review from the half on.
        let turn = stamp(done - took * DAY / 2);
        let stay = |stage, from, to| Visit {
            stage: Some(stage),
            from,
            to,
            lasts: false,
        };
        if let Some(from) = started {
            let created = stamp(done - (took + 4) * DAY);
            work.visits.extend([
                stay(Stage::Todo, created, Some(from)),
                stay(Stage::InProgress, Some(from), turn),
                stay(Stage::InReview, turn, stamp(done)),
            ]);
        }
        let end = u32::try_from(work.visits.len()).unwrap();
        work.tasks.push(Task {
            id: TaskId(i64::from(at) + 1),
            source: 0,
            project: u16::try_from(at % 3).unwrap(),
            repo: None,
            kind: TaskKind::Task,
            stage: Some(Stage::Done),
            created: stamp(done - (took + 4) * DAY),
            started,
            first_commit: None,
            done: stamp(done),
            cancelled: None,
            windowed: false,
            due: None,
            updated: stamp(done),
            estimate: None,
            spent: None,
            whole: true,
            excluded: false,
            visits: begin..end,
        });
    }
    if amount == Amount::Full {
        open(&mut work);
        requests(&mut work);
    }
    work
}

/// Tasks in progress: how many days each is old, and where it stands.
const OPEN: [(i64, Stage); 6] = [
    (31, Stage::InReview),
    (12, Stage::InProgress),
    (9, Stage::InReview),
    (6, Stage::InProgress),
    (2, Stage::InProgress),
    (1, Stage::InReview),
];

/// The kind of a task that is not finished.
fn begun(work: &mut Work, kind: TaskKind, (ago, stage): (i64, Stage)) {
    let stamp = |ago: i64| Stamp::at(now().timestamp() - ago * DAY, 60);
    let begin = u32::try_from(work.visits.len()).unwrap();
    work.visits.push(Visit {
        stage: Some(stage),
        from: stamp(ago),
        to: None,
        lasts: true,
    });
    let end = u32::try_from(work.visits.len()).unwrap();
    work.tasks.push(Task {
        id: TaskId(i64::try_from(work.tasks.len()).unwrap() + 1),
        source: 0,
        project: 1,
        repo: None,
        kind,
        stage: Some(stage),
        created: stamp(ago + 3),
        started: stamp(ago),
        first_commit: None,
        done: None,
        cancelled: None,
        windowed: false,
        due: None,
        updated: stamp(0),
        estimate: None,
        spent: None,
        whole: true,
        excluded: false,
        visits: begin..end,
    });
}

fn open(work: &mut Work) {
    for one in OPEN {
        begun(work, TaskKind::Task, one);
    }
}

/// Pull requests of mine, one every third day, each reviewed after some hours.
fn requests(work: &mut Work) {
    for at in 0..14_i64 {
        let merged = now().timestamp() - (at * 3 + 1) * DAY;
        let stamp = |hours: i64| Stamp::at(merged - hours * 3_600, 60);
        let task = u32::try_from(work.tasks.len()).unwrap();
        begun(work, TaskKind::Pr, (at * 3 + 4, Stage::InReview));
        work.reviews.push(Review {
            task,
            first_commit: stamp(70 + at % 5 * 9),
            opened: stamp(40),
            ready: None,
            first_review: stamp(12 + at % 4 * 6),
            approved: stamp(2),
            merged: stamp(0),
            closed: None,
            lines: Some(120),
        });
    }
}

/// Names for them.
pub(crate) fn name(labels: &mut Labels, work: &Work) {
    labels.sources = vec![clean("jira")];
    labels.projects = ["none", "Harbour", "Lighthouse"].map(clean).to_vec();
    let keys = (0..work.tasks.len()).map(|at| clean(&format!("ING-{}", 412 - at)));
    labels.tasks = keys.collect();
}

/// The task at position `at` as a row.
pub(crate) fn row(
    at: u32,
    (labels, work): (&Labels, &Work),
    lengths: &HashMap<u32, i64>,
) -> ItemRow {
    let place = at as usize;
    let task = &work.tasks[place];
    let project = match task.project {
        0 => &labels.sources[0],
        project => &labels.projects[usize::from(project)],
    };
    let done = task.done.or(task.started).unwrap();
    // Every seventh is known to the day only.
    let when = if place % 7 == 3 {
        When::Day(NaiveDate::from_epoch_days(done.day).unwrap())
    } else {
        When::At(Moment::new(done.utc, 60))
    };
    ItemRow {
        kind: Kind::Task,
        id: task.id,
        at: Some(when),
        place: project.clone(),
        key: labels.tasks[place].clone(),
        title: title(place),
        said: if task.done.is_some() {
            "finished"
        } else {
            "in progress"
        }
        .to_owned(),
        seconds: lengths.get(&at).copied(),
        mine: true,
        task: Some(task.id),
        days: None,
        chosen: Some(Chosen::Task(task.id)),
        excluded: task.excluded,
        corrected: false,
    }
}

/// The row of a task as that of one of its stays.
pub(crate) fn stay(task: ItemRow, stay: Visit) -> ItemRow {
    let (from, to) = (stay.from.unwrap(), stay.to.unwrap());
    let left = NaiveDate::from_epoch_days(to.day).unwrap();
    ItemRow {
        at: Some(When::At(Moment::new(from.utc, 60))),
        said: format!("until {}", left.format("%-d %b")),
        seconds: from.elapsed(to),
        ..task
    }
}

/// A session as a row.
pub(crate) fn session(one: &Session) -> ItemRow {
    let day = NaiveDate::from_epoch_days(one.day).unwrap();
    let clock = |utc: i64| forms::time(&Moment::new(utc, 60).local().unwrap());
    ItemRow {
        kind: Kind::Session,
        id: TaskId(one.from),
        at: Some(When::At(Moment::new(one.to, 60))),
        place: Clean::default(),
        key: Clean::default(),
        title: clean(&format!("{} to {}", clock(one.from), clock(one.to))),
        said: String::new(),
        seconds: Some(one.to - one.from),
        mine: false,
        task: None,
        days: Some(Range::new(day, day)),
        chosen: None,
        excluded: false,
        corrected: false,
    }
}

pub(crate) fn title(at: usize) -> Clean {
    clean(SUMMARIES[at * 5 % SUMMARIES.len()])
}

/// The page of a task: one that was finished, put back once, and is linked with two commits.
pub(crate) fn view(ask: &TaskAsk, labels: &Labels, work: &Work) -> Option<TaskView> {
    let at = match &ask.which {
        Which::Id(id) => work.tasks.iter().position(|task| task.id == *id)?,
        Which::Key(key) => labels.tasks.iter().position(|one| one == key)?,
    };
    let task = &work.tasks[at];
    let end = task.done.or(task.updated)?;
    let stay = |stage, days: i64| Stay {
        stage: Some(stage),
        seconds: days * DAY,
        lasts: false,
    };
    Some(TaskView {
        id: ask.id,
        task: task.id,
        key: labels.tasks[at].clone(),
        title: title(at),
        about: ["done", "\"Closed\"", "bug", "jira", "Harbour"]
            .map(clean)
            .to_vec(),
        facts: vec![
            (
                "Commits",
                "2 commits: 1 closing (certain), 1 branch (high)".to_owned(),
            ),
            ("Due", "Fri 20 Nov, ended 2 days before it".to_owned()),
            (
                "Effort",
                "estimate 8h00, recorded 10h00, 125% of it".to_owned(),
            ),
            (
                "Days",
                "Commits on 2 of 7 civil days from the first sign of work.".to_owned(),
            ),
        ],
        stays: vec![
            stay(Stage::Todo, 3),
            stay(Stage::InProgress, 3),
            stay(Stage::InReview, 3),
        ],
        took: "Between start and finish: 6d".to_owned(),
        sums: vec![
            ("Working", 3 * DAY, String::new()),
            ("Waiting", 3 * DAY, "in-review 3d".to_owned()),
        ],
        events: happened(end),
        unknown: vec![
            "whether these are all of its moves: its export does not hold the whole history"
                .to_owned(),
        ],
        correctable: correctable(end),
        excluded: false,
    })
}

/// What an export says of the task, one fact of it corrected.
fn correctable(end: Stamp) -> Vec<FactLine> {
    let at = |days: i64| Some(When::At(Moment::new(end.utc - days * DAY, 60)));
    let exported = [
        Correction::Created(at(9)),
        Correction::Started(at(6)),
        Correction::Done(at(0)),
        Correction::Kind(TaskKind::Bug),
        Correction::Project(Some(clean("Harbour"))),
    ];
    let mut lines = exported.map(|exported| FactLine {
        exported,
        corrected: None,
        reason: None,
    });
    lines[1].corrected = Some(Correction::Started(at(4)));
    lines.to_vec()
}

/// What happened to every task of this record, up to its end.
fn happened(end: Stamp) -> Vec<TaskEvent> {
    let moment =
        |days: i64, hour: i64| When::At(Moment::new(end.utc - days * DAY + hour * 3_600, 60));
    let event = |at, what, text: &str, note: &str, commit: Option<u32>| TaskEvent {
        at,
        not_before: None,
        what,
        text: clean(text),
        note: note.to_owned(),
        commit: commit.map(CommitId),
    };
    let mut events = vec![
        event(moment(9, 0), "created", "", "", None),
        event(moment(6, 0), "moved", "To Do -> In Progress", "", None),
        event(moment(6, 0), "started", "", "first sign of work", None),
        event(
            moment(5, 2),
            "commit",
            "a1f3c9e012 api  Back off",
            "branch, high",
            Some(1),
        ),
        event(moment(3, 0), "moved", "In Progress -> In Review", "", None),
        event(moment(3, 1), "opened", "o/harbour#12", "", None),
        event(moment(1, 0), "reviewed", "o/harbour#12", "", None),
        event(
            moment(0, -1),
            "commit",
            "b2e4d8f123 api  Name the limit",
            "closing, certain",
            Some(2),
        ),
        event(moment(0, 0), "finished", "", "", None),
    ];
    events[4].not_before = Some(moment(4, 0));
    events
}
