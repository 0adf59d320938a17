//! What a reader finds in an export, with the people who stand there. It does not leave this room:
//! `mine.rs` turns it into facts about the owner alone.

use crate::model::account::NameKind;
use crate::model::task::{Entry, LooseEntry, TaskFacts, When};

/// Somebody as an export names them; whatever it gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Person {
    /// The tracker's stable id.
    pub id: Option<Box<str>>,
    /// Login or user name.
    pub login: Option<Box<str>>,
    /// Display name.
    pub name: Option<Box<str>>,
    /// E-mail address.
    pub address: Option<Box<str>>,
}

impl Person {
    /// A person known by a stable id.
    pub fn with_id(id: &str) -> Self {
        Self::default().id(id)
    }

    /// A person known by a login.
    pub fn with_login(login: &str) -> Self {
        Self::default().login(login)
    }

    /// A person known by a display name.
    pub fn with_name(name: &str) -> Self {
        Self::default().name(name)
    }

    /// The person a cell like `Ada Lovelace <ada@example.org>`, `ada@example.org` or
    /// `Ada Lovelace` names.
    pub fn from_cell(cell: &str) -> Self {
        let cell = cell.trim();
        if let Some((name, rest)) = cell.split_once('<') {
            let address = rest.trim_end_matches('>');
            return Self::default().name(name).address(address);
        }
        if cell.contains('@') && !cell.contains(' ') {
            return Self::default().address(cell);
        }
        Self::with_name(cell)
    }

    /// The same with a stable id, unless it is empty.
    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.id = filled(id).or(self.id);
        self
    }

    /// The same with a login, unless it is empty.
    #[must_use]
    pub fn login(mut self, login: &str) -> Self {
        self.login = filled(login).or(self.login);
        self
    }

    /// The same with a display name, unless it is empty.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = filled(name).or(self.name);
        self
    }

    /// The same with an address, unless it is empty.
    #[must_use]
    pub fn address(mut self, address: &str) -> Self {
        self.address = filled(address).or(self.address);
        self
    }

    /// Whether nothing is known of them: nobody.
    pub fn is_nobody(&self) -> bool {
        self.tokens().next().is_none()
    }

    /// Everything that names them with its kind, the most certain first.
    pub fn names(&self) -> impl Iterator<Item = (NameKind, &str)> {
        [
            (NameKind::Id, &self.id),
            (NameKind::Address, &self.address),
            (NameKind::Login, &self.login),
            (NameKind::Name, &self.name),
        ]
        .into_iter()
        .filter_map(|(kind, name)| Some((kind, name.as_deref()?)))
    }

    /// Everything that names them, the most certain first: id, address, login, name.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        [&self.id, &self.address, &self.login, &self.name]
            .into_iter()
            .filter_map(Option::as_deref)
    }
}

fn filled(text: &str) -> Option<Box<str>> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}

/// Whose a record is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The owner's: the format is personal.
    Mine,
    /// Theirs: mine when I am one of them. Empty: nobody's.
    People(Vec<Person>),
    /// Whoever's the task is: a file that only adds facts to tasks known already.
    OfTask,
}

/// A review or comment on a pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// By whom.
    pub by: Person,
    /// When.
    pub at: When,
    /// Whether it approved.
    pub approved: bool,
    /// Whether a program wrote it.
    pub bot: bool,
}

/// A task or pull request as it stands in an export.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Line (of a table's or JSON record's beginning), from 1.
    pub line: u64,
    /// Whose it is: the assignees', of a pull request the author's.
    pub whose: Whose,
    /// What it says. `entries` holds only time that is the owner's without question (personal
    /// formats); what has an author goes to `work`. Of `review`, `first_review` and `approved` are
    /// filled in from `reviews`.
    pub task: TaskFacts,
    /// Time recorded on it, and by whom.
    pub work: Vec<(Person, Entry)>,
    /// Reviews of it, by anybody, its author too.
    pub reviews: Vec<Reviewed>,
    /// Who was asked for a review, and when.
    pub requested: Vec<(Person, Option<When>)>,
}

impl Found {
    /// A task of `whose` at `line`.
    pub fn new(line: u64, whose: Whose, task: TaskFacts) -> Self {
        Self {
            line,
            whose,
            task,
            work: Vec::new(),
            reviews: Vec::new(),
            requested: Vec::new(),
        }
    }
}

/// One thing found in an export.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A task or pull request.
    Task(Box<Found>),
    /// Time recorded by a time tracker, or busy time of a calendar.
    Entry {
        /// Line, from 1.
        line: u64,
        /// Whose it is.
        whose: Whose,
        /// The time.
        entry: Box<LooseEntry>,
    },
    /// A line of a list of users: ties an id to a login, a name or an address.
    Person(Person),
}
