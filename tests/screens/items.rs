//! Made-up tasks: what they are in numbers, and as rows of a list.

use std::collections::HashMap;

use chrono::NaiveDate;
use inward::app::row::ItemRow;
use inward::model::dataset::Labels;
use inward::model::ids::TaskId;
use inward::model::moment::Moment;
use inward::model::stage::Stage;
use inward::model::task::{TaskKind, When};
use inward::model::text::Clean;
use inward::model::work::{Stamp, Task, Visit, Work};

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
        work.visits.extend(started.map(|from| Visit {
            stage: Some(Stage::InProgress),
            from: Some(from),
            to: stamp(done),
            lasts: false,
        }));
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
    work
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
    let done = task.done.unwrap();
    // Every seventh is known to the day only.
    let when = if place % 7 == 3 {
        When::Day(NaiveDate::from_epoch_days(done.day).unwrap())
    } else {
        When::At(Moment::new(done.utc, 60))
    };
    ItemRow {
        id: task.id,
        at: Some(when),
        place: project.clone(),
        key: labels.tasks[place].clone(),
        title: title(place),
        said: "finished".to_owned(),
        seconds: lengths.get(&at).copied(),
        mine: true,
        task: Some(task.id),
    }
}

fn title(at: usize) -> Clean {
    clean(SUMMARIES[at * 5 % SUMMARIES.len()])
}
