//! Generated tasks with stays, reviews and links over generated commits.

use inward::model::dataset::Dataset;
use inward::model::ids::TaskId;
use inward::model::links::{Link, LinkRule};
use inward::model::stage::Stage;
use inward::model::task::{Estimate, TaskKind};
use inward::model::work::{Given, Review, Stamp, Task, Visit, Work};

use super::generate::{Dice, NOW};

const HOUR: i64 = 3_600;

/// Adds `count` tasks of the `days` days before [`NOW`] to `data`: four stays each, every fourth a
/// pull request, a link for every other commit.
pub(crate) fn add(data: &mut Dataset, seed: u64, (count, days): (u32, u64)) {
    let mut dice = Dice(seed);
    let mut work = Work {
        until: Some(i32::try_from(NOW / 86_400).unwrap()),
        ..Work::default()
    };
    for number in 0..count {
        task(&mut dice, &mut work, (number, days));
    }
    let tasks = u64::from(count.max(1));
    data.links = (0..u32::try_from(data.len()).unwrap())
        .step_by(2)
        .map(|commit| Link {
            commit,
            task: u32::try_from(dice.below(tasks)).unwrap(),
            rule: LinkRule::Message,
        })
        .collect();
    data.work = work;
}

fn at(utc: i64) -> Stamp {
    Stamp::at(utc, 120).unwrap()
}

fn task(dice: &mut Dice, work: &mut Work, (number, days): (u32, u64)) {
    let mut hours = |n: u64| i64::try_from(dice.below(n)).unwrap() * HOUR;
    let created = NOW - hours(days * 24) - 600 * HOUR;
    let begun = created + hours(300);
    let review = begun + hours(90);
    let done = review + hours(60);
    let is_open = done > NOW;
    let is_pr = number % 4 == 0;
    let first = u32::try_from(work.visits.len()).unwrap();
    let stays = [
        (Stage::Todo, created, Some(begun)),
        (Stage::InProgress, begun, Some(review)),
        (Stage::InReview, review, Some(done).filter(|_| !is_open)),
    ];
    for (stage, from, to) in stays {
        work.visits.push(Visit {
            stage: Some(stage),
            from: Some(at(from)),
            to: to.map(at),
            lasts: to.is_none(),
        });
    }
    if is_pr {
        work.reviews.push(Review {
            task: number,
            first_commit: Some(at(begun)),
            opened: Some(at(review)),
            ready: Some(at(review)),
            first_review: Some(at(review + 5 * HOUR)),
            merged: (!is_open).then(|| at(done)),
            ..Review::default()
        });
        work.given.push(Given {
            source: 0,
            id: TaskId(i64::from(number) + 1_000_000),
            repo: Some(0),
            project: 0,
            requested: Some(at(review)),
            times: vec![at(review + 7 * HOUR)],
            excluded: false,
        });
    }
    work.tasks.push(Task {
        id: TaskId(i64::from(number) + 1),
        source: 0,
        project: u16::try_from(number % 5).unwrap(),
        repo: Some(u16::try_from(number % 3).unwrap()),
        kind: if is_pr { TaskKind::Pr } else { TaskKind::Story },
        stage: Some(if is_open {
            Stage::InReview
        } else {
            Stage::Done
        }),
        created: Some(at(created)),
        started: Some(at(begun)),
        first_commit: Some(at(begun)),
        done: (!is_open).then(|| at(done)),
        cancelled: None,
        windowed: false,
        due: None,
        updated: Some(at(done.min(NOW))),
        estimate: Some(Estimate::Points(i64::from(number % 8) * 1_000 + 1_000)),
        spent: None,
        whole: true,
        excluded: false,
        visits: first..u32::try_from(work.visits.len()).unwrap(),
    });
}
