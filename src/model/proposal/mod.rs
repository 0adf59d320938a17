//! Who else could be me, and why: the rule behind every proposal.
//!
//! A proposal takes nothing: the owner says yes or no. What ties an author to me is a clue; one
//! sound clue makes a fair proposal, two (or the same mailbox or account) a strong one. The same
//! first name and login at another host is weak: many people share that.

mod rule;

use std::fmt;

use super::address::Address;
use super::person::Days;
use super::text::Clean;

pub use rule::{given, proposals};

/// What ties an author to me.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clue {
    /// It is this address of mine in another spelling.
    Mailbox(Address),
    /// It is the same account of a forge as this address of mine.
    Account(Address),
    /// The mailmap of this repository says so.
    Mailmap(Clean),
    /// Its no-reply address at a forge names a login of mine.
    User(String),
    /// An old import, without a host that exists, of a login of mine.
    Import(String),
    /// The same full name.
    Name(Clean),
    /// The same login at another host.
    Login(String),
    /// The same one-word name.
    FirstName(Clean),
}

impl Clue {
    /// The stable name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Mailbox(_) => "same-mailbox",
            Self::Account(_) => "same-account",
            Self::Mailmap(_) => "mailmap",
            Self::User(_) => "same-user",
            Self::Import(_) => "old-import",
            Self::Name(_) => "same-name",
            Self::Login(_) => "same-login",
            Self::FirstName(_) => "same-first-name",
        }
    }
}

impl fmt::Display for Clue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mailbox(mine) => write!(out, "{} spelled otherwise", mine.as_str()),
            Self::Account(mine) => write!(out, "the same account as {}", mine.as_str()),
            Self::Mailmap(repo) => write!(out, "the mailmap of {repo}"),
            Self::User(user) => write!(out, "the same user, {user}"),
            Self::Import(user) => write!(out, "an old import of the user {user}"),
            Self::Name(name) => write!(out, "the same name, {name}"),
            Self::Login(user) => write!(out, "the same login, {user}"),
            Self::FirstName(name) => write!(out, "the same first name, {name}"),
        }
    }
}

/// How much the clues say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// Many people share this.
    Weak,
    /// One clue.
    Fair,
    /// Two clues, or one that leaves no doubt.
    Strong,
}

impl Strength {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Strong => "strong",
        }
    }
}

/// How its days lie to those of an address of mine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// All before its first day.
    Before,
    /// Some while it was in use.
    During,
    /// All after its last day.
    After,
}

impl Relation {
    /// The word for it, before the address of mine.
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::During => "at the time of",
            Self::After => "after",
        }
    }
}

/// An author who could be me.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What would become mine.
    pub entry: Address,
    /// The names used with it, sorted, at most eight.
    pub names: Vec<Clean>,
    /// What ties it to me, the strongest first.
    pub clues: Vec<Clue>,
    /// How much that says.
    pub strength: Strength,
    /// Where it was used and in how many commits, most first.
    pub seen: Vec<(Clean, u64)>,
    /// The first and last day with a commit.
    pub days: Option<Days>,
    /// The address of mine that is nearest in time.
    pub beside: Option<(Relation, Address)>,
}

impl Proposal {
    /// Commits under it in all repositories; a commit that two of them hold counts twice.
    pub fn commits(&self) -> u64 {
        self.seen.iter().map(|(_, n)| n).sum()
    }

    /// Whether its clues stand for the typed sentence.
    pub fn is_evidence(&self) -> bool {
        self.strength > Strength::Weak
    }

    /// The clues as one line of words.
    pub fn because(&self) -> String {
        let words: Vec<String> = self.clues.iter().map(ToString::to_string).collect();
        words.join("; ")
    }
}

#[cfg(test)]
mod tests;
