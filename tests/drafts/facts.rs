//! Rows of a made-up engineer, one call a row.

use chrono::{DateTime, NaiveDate};
use inward::model::away::{Away, EventKind};
use inward::model::calendar::{Calendar, Tz};
use inward::model::dataset::flag;
use inward::model::fold::Move;
use inward::model::goal::Goal;
use inward::model::ids::{CommitId, Oid};
use inward::model::material::{Done, Given, Material, Matter};
use inward::model::moment::Moment;
use inward::model::note::{About, Note};
use inward::model::period::Range;
use inward::model::stage::{Stage, StageWords, Status};
use inward::model::task::{GivenReview, TaskFacts, TaskKind, When};
use inward::model::text::Clean;
use inward::model::timeline::{Stages, Timeline};
use inward::report::draft::{self, Asked, Draft, Kind};

/// A draft being set up.
pub(crate) struct Scene {
    calendar: Calendar,
    away: Vec<Away>,
    material: Material,
}

pub(crate) fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `2026-11-20T10:00+01:00`
pub(crate) fn at(text: &str) -> Moment {
    let at = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").unwrap();
    Moment::new(at.timestamp(), at.offset().local_minus_utc() / 60)
}

impl Scene {
    /// At this moment, in this zone, with nothing known.
    pub(crate) fn new(now: &str, zone: Tz) -> Self {
        let now = DateTime::from_timestamp(at(now).utc, 0).unwrap();
        let calendar = Calendar::new(now, zone);
        let today = calendar.today();
        Self {
            calendar,
            away: Vec::new(),
            material: Material {
                range: Range::new(today, today),
                commits: Vec::new(),
                tasks: Vec::new(),
                given: Vec::new(),
                pairings: Vec::new(),
                notes: Vec::new(),
                goals: Vec::new(),
                exports: Vec::new(),
            },
        }
    }

    /// Marks days.
    pub(crate) fn event(mut self, kind: EventKind, from: &str, to: &str) -> Self {
        let days = Range::new(day(from), day(to));
        self.away.push(Away {
            from: days.from.to_epoch_days(),
            to: days.to.to_epoch_days(),
            kind,
        });
        self.away.sort_unstable();
        let id = self.material.notes.len() as u64 + 1;
        self.material
            .notes
            .push(note(id, Some(kind), days, "", false));
        self
    }

    /// Takes a note.
    pub(crate) fn note(mut self, on: &str, text: &str, impact: bool) -> Self {
        let days = Range::new(day(on), day(on));
        let id = self.material.notes.len() as u64 + 1;
        self.material.notes.push(note(id, None, days, text, impact));
        self
    }

    /// A commit in `repo` for the tasks of these keys, which have to be there.
    pub(crate) fn commit(mut self, when: &str, repo: &str, summary: &str, tasks: &[&str]) -> Self {
        let number = u32::try_from(self.material.commits.len()).unwrap() + 1;
        let mut oid = [0xab; 20];
        oid[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
        let when = at(when);
        let mut ids = Vec::new();
        for task in &mut self.material.tasks {
            if tasks.contains(&task.facts.key.as_str()) {
                ids.push(task.id);
                task.last_commit = Some(when);
            }
        }
        assert_eq!(ids.len(), tasks.len(), "a task is missing");
        self.material.commits.push(Done {
            id: CommitId(number),
            oid: Oid(oid),
            evidence: Oid(oid),
            landed: true,
            at: when,
            repo: clean(repo),
            summary: clean(summary),
            flags: 0,
            branch: None,
            folder: Some(clean("src")),
            project: None,
            files: 2,
            lines: 40 + u64::from(number),
            landed_as: None,
            tasks: ids,
        });
        self
    }

    /// A task with its way through the stages.
    pub(crate) fn task(
        mut self,
        (key, kind): (&str, TaskKind),
        (project, title): (&str, &str),
        moves: &[(&str, Stage)],
    ) -> Self {
        let step = |(when, stage): &(&str, Stage)| Move {
            at: When::At(at(when)),
            until: None,
            from: None,
            to: Status::of(*stage),
        };
        let moves: Vec<Move> = moves.iter().map(step).collect();
        let last = moves.last().map(|one| (one.at, one.to.clone()));
        let done = last
            .as_ref()
            .filter(|(_, to)| to.fixed == Some(Stage::Done));
        let facts = TaskFacts {
            source: clean(if kind == TaskKind::Pr {
                "github"
            } else {
                "jira"
            }),
            key: clean(key),
            kind,
            title: clean(title),
            project: Some(clean(project)),
            status: last.clone().map(|(_, to)| to).unwrap_or_default(),
            created: moves.first().map(|one| one.at),
            done: done.map(|(when, _)| *when),
            review: (kind == TaskKind::Pr).then(Box::default),
            history_whole: true,
            ..TaskFacts::default()
        };
        let words = StageWords::default();
        let timeline = Timeline::of(&facts, &moves, &mut Stages::new(&words));
        let id = i64::try_from(self.material.tasks.len()).unwrap() + 1;
        self.material.tasks.push(Matter {
            id,
            facts,
            project: None,
            moves,
            timeline,
            last_commit: None,
            shares: Vec::new(),
        });
        self
    }

    /// Says that these two share commits.
    pub(crate) fn shared(mut self, one: &str, other: &str) -> Self {
        let id = |key: &str| {
            let mut tasks = self.material.tasks.iter();
            tasks
                .find(|task| task.facts.key.as_str() == key)
                .unwrap()
                .id
        };
        let (a, b) = (id(one), id(other));
        for task in &mut self.material.tasks {
            if task.id == a {
                task.shares.push(b);
            } else if task.id == b {
                task.shares.push(a);
            }
        }
        self
    }

    /// A review that I gave.
    pub(crate) fn review(mut self, project: &str, number: u32, times: &[&str]) -> Self {
        let times: Vec<When> = times.iter().map(|time| When::At(at(time))).collect();
        let review = GivenReview {
            source: clean("github"),
            key: clean(&format!("{project}#{number}")),
            aliases: Vec::new(),
            project: Some(clean(project)),
            requested: None,
            times,
        };
        self.material.given.push(Given {
            review,
            project: None,
        });
        self
    }

    /// The newest export of a tracker.
    pub(crate) fn export(mut self, source: &str, on: &str) -> Self {
        let row = (clean(source), day(on).to_epoch_days());
        self.material.exports.push(row);
        self
    }

    /// A goal of mine.
    pub(crate) fn goal(mut self, goal: Goal) -> Self {
        self.material.goals.push(goal);
        self
    }

    /// The last thing said of the newest task: the tracker's own word.
    pub(crate) fn word(mut self, word: &str) -> Self {
        let task = self.material.tasks.last_mut().unwrap();
        task.facts.status.word = Some(clean(word));
        self
    }

    /// The newest pull request was approved.
    pub(crate) fn approved(mut self, when: &str) -> Self {
        let task = self.material.tasks.last_mut().unwrap();
        let review = task.facts.review.as_mut().unwrap();
        review.approved = Some(When::At(at(when)));
        self
    }

    /// No export says when the newest task was written down.
    pub(crate) fn undated(mut self) -> Self {
        self.material.tasks.last_mut().unwrap().facts.created = None;
        self
    }

    /// The newest commit lies on no default branch.
    pub(crate) fn open_branch(mut self) -> Self {
        self.material.commits.last_mut().unwrap().landed = false;
        self
    }

    /// What the owner calls the newest event.
    pub(crate) fn call(&mut self, text: &str) {
        self.material.notes.last_mut().unwrap().text = clean(text);
    }

    /// The newest commit is a squash of all others.
    pub(crate) fn squashed(mut self) -> Self {
        let (squash, held) = self.material.commits.split_last_mut().unwrap();
        squash.flags |= flag::SQUASH;
        for commit in held {
            commit.flags |= flag::SQUASHED;
            commit.landed_as = Some(squash.oid);
        }
        self
    }

    /// The stand-up of this moment.
    pub(crate) fn standup(&self) -> Draft {
        let since = draft::since(&self.calendar, &self.away);
        self.draft(Kind::Standup, Range::new(since.day, self.calendar.today()))
    }

    /// A draft of these days, from what lies in them.
    pub(crate) fn draft(&self, kind: Kind, range: Range) -> Draft {
        let mut material = self.material.clone();
        material.range = range;
        let inside = |day: Option<NaiveDate>| day.is_some_and(|day| range.contains(day));
        material.commits.retain(|one| inside(one.at.day()));
        for task in &mut material.tasks {
            let of_task = material
                .commits
                .iter()
                .filter(|one| one.tasks.contains(&task.id));
            task.last_commit = of_task.map(|one| one.at).max_by_key(|at| at.utc);
        }
        for given in &mut material.given {
            given.review.times.retain(|time| inside(time.day()));
        }
        material
            .given
            .retain(|given| !given.review.times.is_empty());
        let asked = Asked {
            kind,
            range,
            calendar: &self.calendar,
            away: &self.away,
            ids: true,
        };
        draft::compose(&asked, material, None)
    }
}

fn note(id: u64, event: Option<EventKind>, days: Range, text: &str, impact: bool) -> Note {
    Note {
        id,
        event,
        days,
        text: Clean::note(text),
        impact,
        written: days.from.to_epoch_days(),
        about: About::default(),
        from_file: false,
    }
}
