//! A made-up record of a year, and a worker that answers every effect at once.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use inward::app::effect::Effect;
use inward::app::goals::{GoalLine, GoalsView};
use inward::app::message::{Message, PersonLine, ScanEnd, ScanNews};
use inward::app::privacy::forget::Takes;
use inward::app::state::State;
use inward::app::update;
use inward::app::view::{CommitView, Facts, Kept, Offline, Outbox, RepoLine, Ties};
use inward::app::{palette, rank};
use inward::input::key::Key;
use inward::input::keymap::Keymap;
use inward::model::calendar::Calendar;
use inward::model::dataset::{Dataset, Labels};
use inward::model::identity::Address;
use inward::model::ids::{LanguageId, RepoId};
use inward::model::period::Range;
use inward::model::proposal::{Clue, Proposal, Relation, Strength};
use inward::model::text::Clean;

use crate::record::{Amount, LANGUAGES, REPOS, files};
use crate::{items, made_up, made_up_label, once};

/// Thursday 19 November 2026, 15:30 UTC.
pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 15, 30, 0).unwrap()
}

pub(crate) fn calendar() -> Calendar {
    Calendar::new(now(), chrono_tz::Tz::UTC)
}

/// Text that is safe to show.
pub(crate) fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

/// How the worker answers asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    /// At once.
    All,
    /// Not at all, as if it took long.
    None,
    /// With why they cannot be answered.
    Failing,
}

/// The id of what asks for an answer.
fn asked(effect: &Effect) -> Option<u64> {
    match effect {
        Effect::Compute(ask) => Some(ask.id),
        Effect::Rows(ask) => Some(ask.id),
        Effect::Draft(ask) => Some(ask.id),
        Effect::Task(ask) => Some(ask.id),
        Effect::Privacy(ask) => Some(ask.id),
        Effect::Goals(ask) => Some(ask.id),
        Effect::Commit(ask) => Some(ask.id),
        _ => None,
    }
}

/// A state and the worker behind it.
pub(crate) struct World {
    pub(crate) state: State,
    /// Its own copy from the first change on ([`World::altered`]).
    pub(crate) data: Arc<Dataset>,
    pub(crate) labels: Arc<Labels>,
    /// Effects the worker does not answer, in order.
    pub(crate) seen: Vec<Effect>,
    /// What the owner aims at.
    pub(crate) goals: Vec<GoalLine>,
    /// No repository lies where it lay.
    pub(crate) lost: bool,
    /// How asks are answered from now on.
    pub(crate) answers: Answers,
}

impl World {
    /// A screen of `size` over a record of `amount`, kept in a file.
    pub(crate) fn new(amount: Amount, size: (u16, u16)) -> Self {
        let mut world = Self::bare(amount, size);
        let facts = world.facts();
        world.send(Message::Facts(Box::new(facts)));
        world
    }

    /// The same before the worker said what is stored.
    pub(crate) fn bare(amount: Amount, size: (u16, u16)) -> Self {
        let data = once::record_of(amount);
        let mut labels = Labels {
            repos: REPOS.map(clean).to_vec(),
            languages: LANGUAGES.map(clean).to_vec(),
            ..Labels::default()
        };
        items::name(&mut labels, &data.work);
        let mut world = Self {
            state: State::new(calendar(), Keymap::standard()),
            data,
            labels: Arc::new(labels),
            seen: Vec::new(),
            goals: Vec::new(),
            lost: false,
            answers: Answers::All,
        };
        world.send(Message::Resize(size.0, size.1));
        world
    }

    pub(crate) fn facts(&self) -> Facts {
        let days: Vec<_> = self.data.commits.day.clone();
        let first = days
            .first()
            .and_then(|day| NaiveDate::from_epoch_days(*day));
        let count = |repo: usize| {
            let held = self.data.commits.repo.iter();
            held.filter(|at| usize::from(**at) == repo).count() as u64
        };
        let repos = REPOS.iter().enumerate().map(|(at, name)| RepoLine {
            id: RepoId(u32::try_from(at).unwrap() + 1),
            name: clean(name),
            commits: count(at),
        });
        Facts {
            commits: self.data.len() as u64,
            tasks: self.data.work.tasks.len() as u64,
            extent: first.map(|first| Range::new(first, now().date_naive())),
            repos: repos.collect(),
            languages: self.languages(),
            sources: self
                .labels
                .sources
                .iter()
                .map(|name| (name.clone(), 3))
                .collect(),
            me: vec![Address::new(b"ada@example.org").unwrap()],
            kept: Kept::Plain,
            demo: false,
            offline: Offline::Kernel,
            notes: Vec::new(),
            outbox: Outbox::Folder {
                path: clean("/home/ada/.local/share/inward/outbox"),
                leaves: clean(""),
            },
            store: clean("~/.local/share/inward/default.db"),
            last_scan: Some(now() - chrono::Duration::minutes(2)),
        }
    }

    /// No tracker was ever imported.
    pub(crate) fn drop_tasks(&mut self) {
        self.altered().work = items::work(Amount::Empty);
    }

    /// Narrows to something of which nothing is there: a text that stands nowhere.
    pub(crate) fn narrow_to_nothing(&mut self) {
        self.keys("F<enter>zzz<enter>");
    }

    /// The languages of the record with how many commits touch them, most first.
    fn languages(&self) -> Vec<(LanguageId, Clean, u64)> {
        let mut all: Vec<_> = (0..)
            .map(LanguageId)
            .zip(&self.labels.languages)
            .map(|(id, name)| {
                let touches = |index: &usize| {
                    let mut entries = self.data.changes_of(*index);
                    entries.any(|at| self.data.changes.language[at] == id)
                };
                let n = (0..self.data.len()).filter(touches).count() as u64;
                (id, name.clone(), n)
            })
            .filter(|(_, _, n)| *n > 0)
            .collect();
        all.sort_by_key(|(id, _, n)| (std::cmp::Reverse(*n), id.0));
        all
    }

    /// The record, to be changed for this test alone.
    pub(crate) fn altered(&mut self) -> &mut Dataset {
        Arc::make_mut(&mut self.data)
    }

    /// Sends a message and answers what it asks for, and so on.
    pub(crate) fn send(&mut self, message: Message) {
        let mut effects = update(&mut self.state, message);
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                match self.answer(&effect) {
                    Some(message) => next.extend(update(&mut self.state, message)),
                    None => self.seen.push(effect),
                }
            }
            effects = next;
        }
    }

    /// Presses the keys of a script: `2`, `<enter>`, `<ctrl-d>`.
    pub(crate) fn keys(&mut self, script: &str) {
        let mut rest = script;
        while let Some(c) = rest.chars().next() {
            let named = rest
                .strip_prefix('<')
                .and_then(|after| after.split_once('>'));
            let key: Key = if let Some((name, after)) = named {
                rest = after;
                name.parse().unwrap()
            } else {
                rest = rest.strip_prefix(c).unwrap();
                Key::char(c)
            };
            self.send(Message::Key(key));
        }
    }

    fn answer(&self, effect: &Effect) -> Option<Message> {
        if self.answers != Answers::All
            && let Some(id) = asked(effect)
        {
            return (self.answers == Answers::Failing).then(|| Message::AskFailed {
                id,
                why: clean("the store cannot be read: disk I/O error"),
            });
        }
        match effect {
            Effect::Compute(ask) => Some(Message::Computed(self.compute(ask))),
            Effect::Rows(ask) => Some(Message::Rows(self.rows(ask))),
            Effect::Find(text) => Some(Message::Found(self.find(text))),
            Effect::Draft(ask) => {
                let any = !self.data.is_empty();
                Some(Message::Draft(Box::new(made_up::view(ask, any))))
            }
            Effect::Task(ask) => Some(match items::view(ask, &self.labels, &self.data.work) {
                Some(view) => Message::Task(Box::new(view)),
                None => Message::AskFailed {
                    id: ask.id,
                    why: clean("this task is no longer stored; Esc goes back"),
                },
            }),
            Effect::FindTasks { id, text } => {
                let titles: Vec<_> = (0..self.labels.tasks.len()).map(items::title).collect();
                let all = self
                    .data
                    .work
                    .tasks
                    .iter()
                    .zip(&self.labels.tasks)
                    .zip(&titles);
                let all = all.map(|((task, key), title)| (task.id, key, title));
                Some(Message::FoundTasks(
                    *id,
                    rank::tasks(text, all, palette::TASKS),
                ))
            }
            Effect::Repository(ask) => Some(self.repository(ask)),
            Effect::Privacy(ask) => {
                Some(Message::Privacy(Box::new(made_up_label::view(self, *ask))))
            }
            Effect::Goals(ask) => Some(Message::Goals(Box::new(GoalsView {
                id: ask.id,
                lines: self.goals.clone(),
            }))),
            Effect::WouldForget(target) => Some(Message::WouldForget(Takes {
                target: *target,
                commits: 212,
            })),
            Effect::Commit(ask) => {
                let index = self
                    .data
                    .commits
                    .id
                    .iter()
                    .position(|id| *id == ask.commit)?;
                let row = self.row(index);
                let files = files(&row);
                Some(Message::Commit(Box::new(CommitView {
                    id: ask.id,
                    repos: vec![row.repo.clone()],
                    ties: Ties {
                        branch: Some(clean("retry-on-429")),
                        mentions: vec![clean("#7"), clean("PAY-12")],
                        ..Ties::default()
                    },
                    row,
                    files,
                })))
            }
            _ => None,
        }
    }
}

/// Two addresses of one made-up person, and one of another.
pub(crate) fn people() -> Vec<PersonLine> {
    let person = |address: &str, names: &[&str], days| PersonLine {
        address: Address::new(address.as_bytes()).unwrap(),
        names: names.iter().map(|name| clean(name)).collect(),
        days,
    };
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    vec![
        person(
            "ada@example.org",
            &["Ada"],
            Some((day(2024, 2, 1), day(2026, 11, 18))),
        ),
        person(
            "ada@home.example",
            &["Ada L.", "ada"],
            Some((day(2023, 5, 9), day(2024, 1, 30))),
        ),
        person(
            "grace@example.org",
            &["Grace"],
            Some((day(2025, 1, 7), day(2026, 10, 2))),
        ),
    ]
}

/// Others who could be the same made-up person: strong, fair and weak.
pub(crate) fn others() -> Vec<Proposal> {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let address = |text: &str| Address::typed(text.as_bytes()).unwrap();
    let mine = address("ada@example.org");
    let one = |entry: &str, clues, strength, seen: &[(&str, u64)], days, relation| Proposal {
        entry: address(entry),
        names: vec![clean("Ada L."), clean("Ada Lovelace")],
        clues,
        strength,
        seen: seen.iter().map(|(repo, n)| (clean(repo), *n)).collect(),
        days: Some(days),
        beside: Some((relation, mine.clone())),
    };
    let name = || Clue::Name(clean("Ada Lovelace"));
    vec![
        one(
            "4242+adal@users.noreply.github.com",
            vec![Clue::Mailmap(clean("web")), name()],
            Strength::Strong,
            &[("web", 214), ("api", 31)],
            (day(2024, 3, 4), day(2026, 11, 17)),
            Relation::During,
        ),
        one(
            "ada.lovelace@first-employer.example",
            vec![name()],
            Strength::Fair,
            &[("api", 1_204)],
            (day(2019, 5, 9), day(2023, 12, 22)),
            Relation::Before,
        ),
        one(
            "Ada Lovelace <ada@localhost>",
            vec![name()],
            Strength::Fair,
            &[("notes", 1)],
            (day(2018, 1, 2), day(2018, 1, 2)),
            Relation::Before,
        ),
        one(
            "ada@stranger.example",
            vec![Clue::Login("ada".to_owned()), Clue::FirstName(clean("Ada"))],
            Strength::Weak,
            &[("api", 12)],
            (day(2025, 2, 1), day(2025, 9, 30)),
            Relation::During,
        ),
    ]
}

/// A scan that ends with one problem.
pub(crate) fn scan_end() -> Message {
    Message::Scan(ScanNews::Finished(Box::new(ScanEnd {
        added: 18,
        stopped: false,
        problems: vec![clean(
            "web: object 4f2a is damaged, 1 commit has no line counts; `git fsck` there tells more",
        )],
    })))
}
