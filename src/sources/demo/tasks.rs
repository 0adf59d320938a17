//! Tasks, pull requests and reviews of the generated year, made to fit its commits.

use super::DemoRepository;
use super::chance::Chance;
use super::titles::title;
use crate::model::commit::Mention;
use crate::model::moment::Moment;
use crate::model::stage::{Stage, Status};
use crate::model::task::{
    Estimate, Fact, GivenReview, Review, TaskFacts, TaskKind, Transition, When,
};
use crate::model::text::Clean;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// The tracker of the made-up engineer.
pub(super) const SOURCE: &str = "jira";

/// The tasks that the commits of `repos` belong to, with their pull requests, and reviews given;
/// what lies after `now_utc` has not happened. Names the tasks in the commits.
pub fn tasks(seed: u64, repos: &mut [DemoRepository], now_utc: i64) -> Vec<Fact> {
    let mut chance = Chance::new(seed ^ 0x7a5c);
    let mut facts = Vec::new();
    let mut number = 100;
    let offset = repos.iter().flat_map(|repo| &repo.commits).next();
    let offset = offset.map_or(0, |commit| commit.authored.offset_min);
    let now = Moment::new(now_utc, i32::from(offset));
    for repo in repos {
        let made = stories(&mut chance, repo);
        for story in made {
            number += 1;
            let key = format!("HAR-{number}");
            if chance.below(10) > 1 {
                for at in &story.commits {
                    if let Some(commit) = repo.commits.get_mut(*at) {
                        let key = Clean::label(key.as_bytes());
                        commit.mentions.push(Mention::plain(key));
                    }
                }
            }
            let task = task(&mut chance, (&key, repo.name), &story, now_utc);
            let is_done = task.status.category == Some(Stage::Done);
            if chance.below(3) > 0 && is_done {
                let of = |at: &usize| repo.commits.get(*at).map(|commit| commit.oid.to_string());
                let commits = story.commits.iter().filter_map(of).collect();
                let pr = pull_request(&mut chance, (number, repo.name), &task, commits);
                facts.push(Fact::Task(Box::new(pr)));
            }
            facts.push(Fact::Task(Box::new(task)));
        }
        facts.extend(given(&mut chance, repo, now_utc));
    }
    for _ in 0..14 {
        number += 1;
        facts.push(waiting(&mut chance, number, now));
    }
    facts
}

/// Commits of one repository, in a row, that are one task.
struct Story {
    commits: Vec<usize>,
    first: Moment,
    last: Moment,
    kind: TaskKind,
    title: Clean,
}

fn stories(chance: &mut Chance, repo: &DemoRepository) -> Vec<Story> {
    let mut out = Vec::new();
    let mut rest: Vec<usize> = (0..repo.commits.len()).collect();
    while !rest.is_empty() {
        let n = (2 + chance.below(7)) as usize;
        let commits: Vec<usize> = rest.drain(..n.min(rest.len())).collect();
        let of = |at: Option<&usize>| at.and_then(|at| repo.commits.get(*at));
        if let (Some(first), Some(last)) = (of(commits.first()), of(commits.last())) {
            out.push(Story {
                first: first.authored,
                last: last.authored,
                kind: TaskKind::Task,
                title: Clean::default(),
                commits,
            });
        }
    }
    // The newest come first in the list of titles.
    for (n, story) in out.iter_mut().rev().enumerate() {
        let (kind, title) = title(repo.name, n);
        story.kind = kind;
        story.title = Clean::label(title.as_bytes());
    }
    out
}

fn at(moment: Moment, seconds: i64) -> When {
    When::At(Moment {
        utc: moment.utc + seconds,
        ..moment
    })
}

fn status(stage: Stage) -> Status {
    let word = match stage {
        Stage::Backlog => "Backlog",
        Stage::Todo => "Selected",
        Stage::InProgress => "In Progress",
        Stage::InReview => "In Review",
        Stage::Done => "Done",
        Stage::Cancelled => "Won't Do",
    };
    Status::word(word).category(Some(stage))
}

fn task(
    chance: &mut Chance,
    (key, project): (&str, &str),
    story: &Story,
    now_utc: i64,
) -> TaskFacts {
    let days = |chance: &mut Chance, n: u32| i64::from(chance.below(n)) * DAY;
    let hours = |chance: &mut Chance, n: u32| i64::from(chance.below(n)) * HOUR;
    let created = -(days(chance, 40) + hours(chance, 9) + 2 * HOUR);
    let selected = created / 3;
    let begun = -(hours(chance, 3) + 900);
    let worked = story.last.utc - story.first.utc;
    let review = worked + 600 + hours(chance, 4);
    // Reviews wait: that is where this year's time goes.
    let done = review + 2 * HOUR + hours(chance, 60) + days(chance, 3);
    let mut moves = vec![
        (selected, Stage::Backlog, Stage::Todo),
        (begun, Stage::Todo, Stage::InProgress),
        (review, Stage::InProgress, Stage::InReview),
    ];
    let last = if chance.below(16) == 0 {
        Stage::Cancelled
    } else {
        Stage::Done
    };
    if chance.below(7) == 0 {
        // Sent back once.
        let back = review + (done - review) / 3;
        moves.push((back, Stage::InReview, Stage::InProgress));
        moves.push((
            back + (done - review) / 3,
            Stage::InProgress,
            Stage::InReview,
        ));
    }
    moves.push((done, Stage::InReview, last));
    moves.retain(|(after, ..)| story.first.utc + after <= now_utc);
    let stage = moves.last().map_or(Stage::Backlog, |one| one.2);
    let ended = moves.last().filter(|one| one.2.is_closed());
    let transitions: Vec<Transition> = moves
        .iter()
        .map(|(after, from, to)| Transition {
            at: at(story.first, *after),
            from: Some(status(*from)),
            to: status(*to),
        })
        .collect();
    TaskFacts {
        source: Clean::label(SOURCE.as_bytes()),
        key: Clean::label(key.as_bytes()),
        aliases: vec![format!("{SOURCE}:{key}")],
        kind: story.kind,
        title: story.title.clone(),
        project: Some(Clean::label(project.as_bytes())),
        status: status(stage),
        updated: transitions.last().map(|one| one.at),
        created: Some(at(story.first, created)),
        done: ended.map(|one| at(story.first, one.0)),
        estimate: (chance.below(3) > 0)
            .then(|| Estimate::Points(1_000 * *chance.one_of(&[1, 2, 3, 5, 8]))),
        transitions,
        history_whole: true,
        ..TaskFacts::default()
    }
}

/// The pull request of a finished task.
fn pull_request(
    chance: &mut Chance,
    (number, project): (u32, &str),
    task: &TaskFacts,
    commits: Vec<String>,
) -> TaskFacts {
    let reviewed = |one: &&Transition| one.to.category == Some(Stage::InReview);
    let opened = task.transitions.iter().find(reviewed).map(|one| one.at);
    let (from, to) = (
        opened.map_or(0, When::order),
        task.done.map_or(0, When::order),
    );
    let part = |percent: i64| {
        let moment = opened.and_then(When::moment)?;
        Some(at(moment, (to - from) * percent / 100))
    };
    let first = 20 + i64::from(chance.below(60));
    let key = format!("demo/{project}#{number}");
    TaskFacts {
        source: Clean::label(b"github"),
        aliases: vec![format!("github:{key}")],
        key: Clean::label(key.as_bytes()),
        kind: TaskKind::Pr,
        title: Clean::label(format!("{} {}", task.key, task.title).as_bytes()),
        project: Some(Clean::label(format!("demo/{project}").as_bytes())),
        status: status(Stage::Done),
        updated: task.done,
        created: opened,
        done: task.done,
        history_whole: true,
        review: Some(Box::new(Review {
            opened,
            ready: opened,
            first_review: part(first),
            approved: part(first + (100 - first) / 2),
            merged: task.done,
            commits,
            ..Review::default()
        })),
        ..TaskFacts::default()
    }
}

/// Reviews of the work of others, one on about every fifth commit's day.
fn given(chance: &mut Chance, repo: &DemoRepository, now_utc: i64) -> Vec<Fact> {
    let mut out = Vec::new();
    for (n, commit) in repo.commits.iter().enumerate() {
        let wait = i64::from(1 + chance.below(30)) * HOUR;
        if chance.below(5) > 0 || commit.authored.utc + wait > now_utc {
            continue;
        }
        let key = format!("demo/{}#{}", repo.name, 5_000 + n);
        out.push(Fact::Given(Box::new(GivenReview {
            source: Clean::label(b"github"),
            aliases: vec![format!("github:{key}")],
            key: Clean::label(key.as_bytes()),
            project: Some(Clean::label(format!("demo/{}", repo.name).as_bytes())),
            requested: Some(at(commit.authored, 0)),
            times: vec![at(commit.authored, wait)],
        })));
    }
    out
}

/// A task that nobody has begun.
fn waiting(chance: &mut Chance, number: u32, now: Moment) -> Fact {
    let title = chance.one_of(&[
        "Night mode for the berth calendar",
        "Move the queue to the new region",
        "Explain tides on the map",
        "Retire the old manifest format",
    ]);
    let key = format!("HAR-{number}");
    let age = i64::from(1 + chance.below(60)) * DAY;
    Fact::Task(Box::new(TaskFacts {
        source: Clean::label(SOURCE.as_bytes()),
        aliases: vec![format!("{SOURCE}:{key}")],
        key: Clean::label(key.as_bytes()),
        title: Clean::label(title.as_bytes()),
        project: Some(Clean::label(b"harbour-api")),
        status: status(Stage::Backlog),
        created: Some(at(now, -age)),
        history_whole: true,
        ..TaskFacts::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::super::year;
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn tasks_fit_their_commits_and_end_before_now() {
        let today = NaiveDate::from_ymd_opt(2026, 8, 19).unwrap();
        let now = 1_787_140_800;
        let make = || {
            let mut repos = year(7, today, 120);
            let facts = tasks(7, &mut repos, now);
            (repos, facts)
        };
        let (repos, facts) = make();
        assert_eq!((repos.clone(), facts.clone()), make());
        let tasks: Vec<&TaskFacts> = facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Task(task) => Some(task.as_ref()),
                Fact::Entry(_) | Fact::Given(_) => None,
            })
            .collect();
        assert!(tasks.len() > 200, "{}", tasks.len());
        let in_order = |task: &&&TaskFacts| {
            let times: Vec<i64> = task.transitions.iter().map(|one| one.at.order()).collect();
            times.is_sorted() && times.last().is_none_or(|last| *last <= now)
        };
        assert_eq!(tasks.iter().filter(in_order).count(), tasks.len());
        // One engineer, one tracker: every clock is that of the commits.
        let here = |task: &&&TaskFacts| {
            let moves = task.transitions.iter().map(|one| one.at);
            let mut all = task.created.into_iter().chain(moves);
            all.all(|at| at.moment().is_some_and(|at| at.offset_min == 120))
        };
        assert_eq!(tasks.iter().filter(here).count(), tasks.len());
        let named = repos.iter().flat_map(|repo| &repo.commits);
        let named = named.filter(|commit| !commit.mentions.is_empty()).count();
        assert!(named > 500, "{named}");
    }
}
