//! An author of a repository as a census finds them: looked at, shown, never stored.

use chrono::NaiveDate;

use super::address::Address;
use super::text::Clean;

/// First and last day, both included.
pub type Days = (NaiveDate, NaiveDate);

/// One author line of one repository, bots left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name, safe to show.
    pub name: Clean,
    /// The address as it stands in the commits; `None` when nothing is left of it.
    pub email: Option<Address>,
    /// What would make these commits somebody's: see [`Address::of_author`].
    pub entry: Address,
    /// The entry that the repository's mailmap gives them to, where it says another one.
    pub mapped: Option<Address>,
    /// Commits with this author line, merges included.
    pub commits: u64,
    /// The first and the last day with a commit, in the author's own offset; `None` when no
    /// clock was right.
    pub days: Option<Days>,
}

/// The first and last day of both.
pub fn joined(a: Option<Days>, b: Option<Days>) -> Option<Days> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}
