//! A repository beside its figures: where it lies, what of it is mine, what is not as it should be.
//! Pure; the worker and the command fill [`About`].

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::words::{count, day};
use crate::model::dataset::{Dataset, UNDATED, flag};
use crate::model::ids::RepoId;
use crate::model::period::Range;
use crate::model::text::Clean;

/// What is known of one repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// What the owner calls it.
    pub name: Clean,
    /// Where it lies, and whether the start of this program found it there.
    pub places: Vec<(Clean, bool)>,
    /// Older history is not on this machine.
    pub shallow: bool,
    /// Objects may be missing on this machine.
    pub partial: bool,
    /// A walk of it was finished once.
    pub read: bool,
    /// The day it was first read, and the day something new was last read from it.
    pub days_read: (NaiveDate, NaiveDate),
    /// What the columns hold of it.
    pub own: Own,
    /// The owner's notes about it, the newest first.
    pub notes: Vec<(Range, Clean)>,
}

/// Commits of mine that count in one repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// All of them.
    pub commits: u64,
    /// The first and the last believed day.
    pub days: Option<Range>,
    /// Another commit stands for the same change.
    pub twins: u64,
    /// Their clocks are not believed.
    pub undated: u64,
    /// Their lines could not be counted.
    pub lines_unknown: u64,
}

/// Counts what `data` holds of `repo`.
pub fn own(data: &Dataset, repo: RepoId) -> Own {
    let mut out = Own::default();
    let mut days: Option<(i32, i32)> = None;
    for at in rows(data, repo) {
        out.commits += 1;
        out.twins += u64::from(data.has(at, flag::TWIN));
        out.lines_unknown += u64::from(data.has(at, flag::LINES_UNKNOWN));
        let day = data.commits.day[at];
        if day == UNDATED {
            out.undated += 1;
            continue;
        }
        let (first, last) = days.unwrap_or((day, day));
        days = Some((first.min(day), last.max(day)));
    }
    out.days = days.and_then(|(first, last)| {
        let at = NaiveDate::from_epoch_days;
        Some(Range::new(at(first)?, at(last)?))
    });
    out
}

/// The positions of the commits that count in `repo`.
fn rows(data: &Dataset, repo: RepoId) -> impl Iterator<Item = usize> {
    let place = data.repos.iter().position(|id| *id == repo);
    let held = data.commits.repo.iter().enumerate();
    held.filter(move |(_, at)| Some(usize::from(**at)) == place)
        .map(|(at, _)| at)
}

/// The tasks (by position) with commits of mine in `repo` on days of `range`, and how many; most
/// commits first, then in the order of the tasks. Copies are not counted.
pub fn tasks(data: &Dataset, repo: RepoId, range: Range) -> Vec<(u32, u64)> {
    let place = data.repos.iter().position(|id| *id == repo);
    let (from, to) = (range.from.to_epoch_days(), range.to.to_epoch_days());
    let mut found: BTreeMap<u32, u64> = BTreeMap::new();
    for link in &data.links {
        let at = link.commit as usize;
        let here = data.commits.repo.get(at).map(|at| usize::from(*at)) == place;
        let then = (data.commits.day.get(at)).is_some_and(|day| (from..=to).contains(day));
        if here && then && !data.has(at, flag::TWIN | flag::EXCLUDED) {
            *found.entry(link.task).or_default() += 1;
        }
    }
    let mut all: Vec<_> = found.into_iter().collect();
    // Stable: equal counts keep the order of the tasks.
    all.sort_by_key(|(_, commits)| std::cmp::Reverse(*commits));
    all
}

fn many(n: u64, one: &str, more: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { more })
}

/// `241 commits of yours`, `3 Mar to 20 Nov`, `last brought something new 20 Nov`: a clause each.
pub fn facts(about: &About, today: NaiveDate) -> Vec<String> {
    let own = about.own;
    let mut all = vec![many(own.commits, "commit of yours", "commits of yours")];
    if own.twins > 0 {
        all.push(many(own.twins, "of them a copy", "of them copies"));
    }
    if let Some(days) = own.days {
        all.push(if days.days() == 1 {
            day(days.from, today)
        } else {
            format!("{} to {}", day(days.from, today), day(days.to, today))
        });
    }
    let (first, last) = about.days_read;
    all.push(format!("last brought something new {}", day(last, today)));
    all.push(format!("first read {}", day(first, today)));
    all
}

/// Whether it lies nowhere that inward could look: it may have moved.
pub fn is_gone(about: &About) -> bool {
    !about.places.iter().any(|(_, found)| *found)
}

/// What to do about one that is gone, on a command line.
pub const WHEN_GONE: &str = "`inward repos` lists what is registered and where, `inward add PATH` \
                             adds it from where it lies now; what is kept of it stays";

/// What is not as it should be, the gravest first, a sentence each.
pub fn marks(about: &About) -> Vec<String> {
    let own = about.own;
    let mut all: Vec<String> = Vec::new();
    let found = about.places.iter().filter(|(_, found)| *found).count();
    if about.places.is_empty() {
        all.push("no longer where it was: another repository lies there".to_owned());
    } else if found == 0 {
        all.push(
            "not found where it was when inward started, or not registered any more".to_owned(),
        );
    } else if found < about.places.len() {
        let gone = (about.places.len() - found) as u64;
        all.push(many(
            gone,
            "of its clones was not found",
            "of its clones were not found",
        ));
    }
    if !about.read {
        all.push("never read to its end yet".to_owned());
    }
    if about.shallow {
        all.push("a shallow clone: older history is not on this machine".to_owned());
    }
    if about.partial {
        all.push("a partial clone: objects may be missing on this machine".to_owned());
    }
    if own.lines_unknown > 0 {
        all.push(format!(
            "the lines of {} could not be counted",
            many(own.lines_unknown, "commit", "commits")
        ));
    }
    if own.undated > 0 {
        all.push(format!(
            "{} not believed",
            many(own.undated, "date is", "dates are")
        ));
    }
    all
}
