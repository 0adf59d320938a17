//! The owner's part of what an export holds: everything about other people ends here.

use std::collections::{BTreeMap, BTreeSet};

use super::found::{Found, Item, Person, Reviewed, Whose};
use crate::model::account::NameKind;
use crate::model::address::name_key;
use crate::model::moment::EARLIEST;
use crate::model::task::{Entry, Fact, GivenReview, LooseEntry, TaskFacts, When};
use crate::model::text::Clean;

/// Which people of an export are the owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// What the owner is called, in lower case, by kind.
    names: BTreeSet<(NameKind, String)>,
    /// Everybody is: the owner said so of this file.
    everybody: bool,
}

impl Owner {
    /// The owner who typed these names: each may be of any kind. Case and blanks around them do
    /// not count.
    pub fn new<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut owner = Self::default();
        for name in names {
            owner.add(NameKind::Any, name.as_ref());
        }
        owner
    }

    /// The owner of a whole file, whoever stands in it.
    pub fn everybody() -> Self {
        Self {
            everybody: true,
            ..Self::default()
        }
    }

    /// Takes another name of the owner.
    pub fn add(&mut self, kind: NameKind, name: &str) {
        let name = key(name);
        if !name.is_empty() {
            self.names.insert((kind, name));
        }
    }

    /// Whether this person is the owner by something that is one person's only.
    pub fn is_surely(&self, person: &Person) -> bool {
        let mut names = person.names().filter(|(kind, _)| kind.is_certain());
        names.any(|(kind, name)| self.has(kind, name))
    }

    /// Whether this person is the owner: by id, login or address, else by the display name, unless
    /// the owner is known by a certain name of a kind of which this person has another.
    pub fn is(&self, person: &Person) -> bool {
        if (self.everybody && !person.is_nobody()) || self.is_surely(person) {
            return true;
        }
        let other = |(kind, _): (NameKind, &str)| {
            kind.is_certain() && self.names.iter().any(|(known, _)| *known == kind)
        };
        let name = person.name.as_deref();
        name.is_some_and(|name| self.has(NameKind::Name, name)) && !person.names().any(other)
    }

    fn has(&self, kind: NameKind, name: &str) -> bool {
        let name = key(name);
        // Where people sign in by address, it stands in place of a login or a name.
        let address = name.contains('@').then_some(NameKind::Address);
        let mut kinds = [kind, NameKind::Any].into_iter().chain(address);
        kinds.any(|kind| self.names.contains(&(kind, name.clone())))
    }
}

fn key(token: &str) -> String {
    name_key(token.as_bytes())
}

/// What the filter made of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Judged {
    /// The owner's.
    Mine(Fact),
    /// Somebody else's task that the owner recorded time on or reviewed: only that is left.
    Part(Vec<Fact>),
    /// Only for a task that is known already: the caller asks the store for one of its aliases.
    OfTask(Box<TaskFacts>),
    /// The same of a pull request that the owner reviewed; when it is none of the owner's that is
    /// known, only the review is left.
    OfTaskOrGiven(Box<TaskFacts>, Box<GivenReview>),
    /// Somebody else's.
    NotMine,
}

/// Leaves of `item` what is the owner's; a person is nobody's record.
pub fn judge(item: Item, owner: &Owner, now_utc: i64) -> Judged {
    match item {
        Item::Task(found) => task(*found, owner, now_utc),
        Item::Entry { whose, entry, .. } => {
            if is_mine(&whose, owner) {
                Judged::Mine(Fact::Entry(entry))
            } else {
                Judged::NotMine
            }
        }
        Item::Person(_) => Judged::NotMine,
    }
}

fn is_mine(whose: &Whose, owner: &Owner) -> bool {
    match whose {
        Whose::Mine => true,
        Whose::People(people) => owner.everybody || people.iter().any(|one| owner.is(one)),
        Whose::OfTask => false,
    }
}

fn task(found: Found, owner: &Owner, now_utc: i64) -> Judged {
    let mine = is_mine(&found.whose, owner);
    let Found {
        whose,
        mut task,
        work,
        reviews,
        requested,
        ..
    } = found;
    believe(&mut task, now_utc);
    if !owner.everybody && !matches!(whose, Whose::Mine) {
        task.parent = task
            .parent
            .take()
            .filter(|parent| is_key(&task.source, parent));
    }
    let entries = work
        .into_iter()
        .filter(|(by, _)| owner.is(by) || (mine && by.is_nobody()));
    task.entries.extend(entries.map(|(_, entry)| entry));
    if let Whose::OfTask = whose {
        // A file of reviews does not say whose the pull requests are: an answer to a review of my
        // own one looks like a review that I gave.
        let given = given(&task, &reviews, &requested, owner);
        received(&mut task, &reviews, &whose, owner);
        let task = Box::new(task);
        return match given {
            Some(given) => Judged::OfTaskOrGiven(task, given),
            None => Judged::OfTask(task),
        };
    }
    if mine {
        received(&mut task, &reviews, &whose, owner);
        return Judged::Mine(Fact::Task(Box::new(task)));
    }
    let given = given(&task, &reviews, &requested, owner);
    let mut left: Vec<Fact> = given.map(Fact::Given).into_iter().collect();
    left.extend(recorded(task));
    if left.is_empty() {
        return Judged::NotMine;
    }
    Judged::Part(left)
}

/// The time that the owner recorded on somebody else's task, which it names by its key alone.
fn recorded(task: TaskFacts) -> impl Iterator<Item = Fact> {
    let (source, key, project) = (task.source, task.key, task.project);
    task.entries.into_iter().map(move |entry| {
        Fact::Entry(Box::new(LooseEntry {
            source: source.clone(),
            entry: Entry {
                note: None,
                ..entry
            },
            project: project.clone(),
            task: Some(key.clone()),
            tags: Vec::new(),
            busy: false,
        }))
    })
}

/// The times of reviews by others, on a pull request of mine.
fn received(task: &mut TaskFacts, reviews: &[Reviewed], whose: &Whose, owner: &Owner) {
    let Some(review) = task.review.as_mut() else {
        return;
    };
    let author = |person: &Person| match whose {
        // The whole file is the owner's: then only the author is not "another".
        Whose::People(people) if owner.everybody => people.contains(person),
        _ => owner.is(person),
    };
    let others = || reviews.iter().filter(|one| !one.bot && !author(&one.by));
    let first = |times: Vec<When>| times.into_iter().min_by_key(|at| at.order());
    review.first_review = first(others().map(|one| one.at).collect()).or(review.first_review);
    let approved = others().filter(|one| one.approved).map(|one| one.at);
    review.approved = first(approved.collect()).or(review.approved);
}

/// My reviews of somebody else's pull request.
fn given(
    task: &TaskFacts,
    reviews: &[Reviewed],
    requested: &[(Person, Option<When>)],
    owner: &Owner,
) -> Option<Box<GivenReview>> {
    if owner.everybody {
        return None;
    }
    let mut times: Vec<When> = reviews
        .iter()
        .filter(|one| owner.is(&one.by))
        .map(|one| one.at)
        .collect();
    times.sort_by_key(|at| at.order());
    let asked = requested
        .iter()
        .filter(|(who, _)| owner.is(who))
        .find_map(|(_, at)| *at);
    if times.is_empty() {
        return None;
    }
    Some(Box::new(GivenReview {
        source: task.source.clone(),
        key: task.key.clone(),
        aliases: task.aliases.clone(),
        project: task.project.clone(),
        requested: asked,
        times,
    }))
}

/// Whether a parent is named by a key. Where it is named by its title, that may be somebody else's.
fn is_key(source: &Clean, parent: &Clean) -> bool {
    !TITLED.contains(&source.as_str()) && !parent.as_str().contains(' ')
}

/// Trackers whose exports know tasks by their titles only.
const TITLED: [&str; 2] = ["todoist", "notion"];

/// Drops times that no clock can have shown: before 1990, or later than tomorrow. A due date may
/// lie anywhere.
fn believe(task: &mut TaskFacts, now_utc: i64) {
    let fits = |at: &When| (EARLIEST..=now_utc.saturating_add(2 * 86_400)).contains(&at.order());
    for slot in [
        &mut task.updated,
        &mut task.created,
        &mut task.started,
        &mut task.done,
    ] {
        *slot = slot.filter(fits);
    }
    task.transitions.retain(|one| fits(&one.at));
    task.transitions.sort_by_key(|one| one.at.order());
}

/// Who stands in an export, and how often: the candidates for "me" when no name is known.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    people: BTreeMap<Person, Candidate>,
}

/// What speaks for a person being the owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Tasks that are theirs, or pull requests they wrote.
    pub records: u64,
    /// Reviews and recorded times of theirs.
    pub traces: u64,
}

/// People counted one by one.
const PEOPLE: usize = 20_000;

impl Tally {
    /// Counts the people of a record.
    pub fn add(&mut self, item: &Item) {
        match item {
            Item::Task(found) => {
                self.owners(&found.whose);
                let traces = found
                    .reviews
                    .iter()
                    .filter(|one| !one.bot)
                    .map(|one| &one.by);
                let traces = traces.chain(found.work.iter().map(|(by, _)| by));
                traces.for_each(|one| self.count(one, false));
            }
            Item::Entry { whose, .. } => self.owners(whose),
            Item::Person(person) => {
                self.slot(person);
            }
        }
    }

    fn owners(&mut self, whose: &Whose) {
        if let Whose::People(people) = whose {
            for person in people {
                self.count(person, true);
            }
        }
    }

    fn count(&mut self, person: &Person, record: bool) {
        if person.is_nobody() {
            return;
        }
        if let Some(slot) = self.slot(person) {
            slot.records += u64::from(record);
            slot.traces += u64::from(!record);
        }
    }

    /// The counts of a person; `None` beyond the number of people that are counted.
    fn slot(&mut self, person: &Person) -> Option<&mut Candidate> {
        if !self.people.contains_key(person) {
            if self.people.len() >= PEOPLE {
                return None;
            }
            self.people.insert(person.clone(), Candidate::default());
        }
        self.people.get_mut(person)
    }

    /// Everybody, in no order that means something.
    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.people.keys()
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Everybody, the one with most records first.
    pub fn people(&self) -> Vec<(&Person, Candidate)> {
        let mut all: Vec<_> = self.people.iter().map(|(who, n)| (who, *n)).collect();
        all.sort_by(|a, b| {
            (b.1.records, b.1.traces)
                .cmp(&(a.1.records, a.1.traces))
                .then(a.0.cmp(b.0))
        });
        all
    }

    /// Whether nobody stands in it: then a file is personal or says nothing of people.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

#[cfg(test)]
#[path = "mine_tests.rs"]
mod tests;
