//! What every metric receives: columns of ids and numbers, no text.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::away::Away;
use super::commit::{Category, Lines};
use super::fates::Fates;
use super::history::RefEventKind;
use super::ids::{CommitId, LanguageId, Oid, RepoId};
use super::keep::Keep;
use super::links::Link;
use super::moment::Moment;
use super::work::Work;
use super::work_type::WorkType;

/// All stored facts in memory, commits sorted by (author time, object id).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// Repositories by id.
    pub repos: Vec<RepoId>,
    /// One entry a commit.
    pub commits: CommitColumns,
    /// One entry for each (commit, language, category), grouped by commit.
    pub changes: ChangeColumns,
    /// One entry for each commit of somebody else that names me as co-author.
    pub pairings: PairingColumns,
    /// What I did to refs, by time.
    pub ref_acts: Vec<RefAct>,
    /// Tasks, reviews and recorded time.
    pub work: Work,
    /// Which commit belongs to which task, sorted.
    pub links: Vec<Link>,
    /// What became of my lines.
    pub fates: Fates,
    /// Days that leave the denominators, sorted; they may overlap.
    pub away: Vec<Away>,
    /// What may be kept: a figure whose source is not says so.
    pub keep: Keep,
}

/// Something that I did to a ref.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefAct {
    /// When, UTC seconds.
    pub utc: i64,
    /// My offset then, minutes.
    pub offset_min: i16,
    /// Civil day in that offset, days from 1970-01-01.
    pub day: i32,
    /// Index into [`Dataset::repos`].
    pub repo: u16,
    /// A number for the branch it was done on, the same for the same branch; 0 = not known.
    pub branch: u32,
    /// What was done.
    pub kind: RefEventKind,
}

/// Pairing columns, all of one length, sorted by (author time, object id). The same author time in
/// several repositories is one pairing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairingColumns {
    /// Author time, UTC seconds.
    pub utc: Vec<i64>,
    /// Author offset, minutes.
    pub offset_min: Vec<i16>,
    /// Civil day in the author's offset, days from 1970-01-01; [`UNDATED`] when not believed.
    pub day: Vec<i32>,
    /// Index into [`Dataset::repos`] of the first repository that holds it.
    pub repo: Vec<u16>,
}

impl PairingColumns {
    /// Takes pairings (author date, object id, position of the repository) in any order.
    /// Where only days are kept (not `hours`), each object id is one.
    pub fn fill(&mut self, mut rows: Vec<(Moment, Oid, u16)>, (now_utc, hours): (i64, bool)) {
        // The first repository of each author time stays, in the place of the smallest object id.
        rows.sort_unstable_by_key(|(at, oid, repo)| (at.utc, *oid, *repo));
        let same = |a: &(Moment, Oid, u16), b: &(Moment, Oid, u16)| {
            a.0.utc == b.0.utc && (hours || a.1 == b.1)
        };
        rows.chunk_by(same).for_each(|same| {
            let Some((at, _, _)) = same.first() else {
                return;
            };
            self.utc.push(at.utc);
            self.offset_min.push(at.offset_min);
            self.day.push(day_of(*at, now_utc));
            let first = same.iter().map(|(_, _, repo)| *repo).min();
            self.repo.push(first.unwrap_or_default());
        });
    }
}

/// The civil day of a believed moment, days from 1970-01-01; else [`UNDATED`].
fn day_of(at: Moment, now_utc: i64) -> i32 {
    let day = at.day().filter(|_| at.is_dated(now_utc));
    day.map_or(UNDATED, |day| day.to_epoch_days())
}

/// Commit columns, all of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitColumns {
    /// Store row.
    pub id: Vec<CommitId>,
    /// Author time, UTC seconds.
    pub utc: Vec<i64>,
    /// Author offset, minutes.
    pub offset_min: Vec<i16>,
    /// Civil day in the author's offset, days from 1970-01-01; [`UNDATED`] when not believed.
    pub day: Vec<i32>,
    /// Index into [`Dataset::repos`] of the first repository that holds it.
    pub repo: Vec<u16>,
    /// A set of [`flag`] bits.
    pub flags: Vec<u16>,
    /// Start of the commit's entries in [`ChangeColumns`]; its end is the next one's start.
    /// One entry longer than the others (empty when there is no commit).
    pub changes_from: Vec<u32>,
}

/// Change columns, all of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeColumns {
    /// Language, 0 = none known.
    pub language: Vec<LanguageId>,
    /// Category number, see [`super::commit::Category::from_number`].
    pub category: Vec<u8>,
    /// The owner's project of its path: position in [`Labels::projects`]; 0 = none.
    pub project: Vec<u16>,
    /// How many files.
    pub files: Vec<u32>,
    /// Lines added.
    pub added: Vec<u32>,
    /// Lines deleted.
    pub deleted: Vec<u32>,
}

/// What the owner says was written without assistance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HumanRule {
    /// Everything before this day.
    pub before: Option<NaiveDate>,
    /// These commits: object ids, or how they begin, in hexadecimal digits.
    pub commits: Vec<String>,
}

/// The day of a commit whose clock is not believed.
pub const UNDATED: i32 = i32::MIN;

/// Bits of [`CommitColumns::flags`].
pub mod flag {
    /// Two or more parents.
    pub const MERGE: u16 = 1;
    /// Another row stands for the same change.
    pub const TWIN: u16 = 2;
    /// Line counts could not be read.
    pub const LINES_UNKNOWN: u16 = 4;
    /// A program helped, as trailers say.
    pub const ASSISTED: u16 = 8;
    /// A squash of mine holds its change: that one carries the lines and the delivery.
    pub const SQUASHED: u16 = 16;
    /// A squash whose originals are here: they carry the activity.
    pub const SQUASH: u16 = 32;
    /// A default branch holds the change: this commit, or the squash that somebody else made of it
    /// (then only the newest of the swallowed commits has the bit, so that one delivery counts once).
    pub const LANDED: u16 = 64;
    /// It takes back another commit.
    pub const REVERT: u16 = 128;
    /// It changes form, not meaning: a mass reformatting, or listed in `.git-blame-ignore-revs`.
    pub const REFORMAT: u16 = 256;
    /// The owner says that no program helped. A rule of the owner's, set after loading.
    pub const HUMAN: u16 = 512;
    /// Four bits: the number of its [`WorkType`](crate::model::work_type::WorkType).
    pub const WORK_TYPE: u16 = 0b1111 << 10;
    /// The owner took it out of every figure. Set after loading.
    pub const EXCLUDED: u16 = 1 << 14;
}

impl Dataset {
    /// How many commits there are.
    pub fn len(&self) -> usize {
        self.commits.id.len()
    }

    /// Whether there is no commit.
    pub fn is_empty(&self) -> bool {
        self.commits.id.is_empty()
    }

    /// The entries of commit `index` in [`Dataset::changes`].
    pub fn changes_of(&self, index: usize) -> std::ops::Range<usize> {
        let starts = &self.commits.changes_from;
        starts[index] as usize..starts[index + 1] as usize
    }

    /// Sets [`flag::HUMAN`] on the commits in `ids`, and on those of days before `before`: the
    /// owner's own word, which no evidence of assistance contradicts.
    pub fn mark_human(&mut self, before: Option<NaiveDate>, ids: &BTreeSet<CommitId>) {
        let before = before.map_or(UNDATED, |day| day.to_epoch_days());
        let columns = &mut self.commits;
        let rows = columns.id.iter().zip(&columns.day).zip(&mut columns.flags);
        for ((id, day), flags) in rows {
            let early = *day != UNDATED && *day < before;
            if *flags & flag::ASSISTED == 0 && (early || ids.contains(id)) {
                *flags |= flag::HUMAN;
            }
        }
    }

    /// What type of work the summary of commit `index` names.
    pub fn work_type(&self, index: usize) -> WorkType {
        WorkType::of_flags(self.commits.flags[index])
    }

    /// Whether commit `index` has any of the [`flag`] bits `bits`.
    pub fn has(&self, index: usize, bits: u16) -> bool {
        self.commits.flags[index] & bits != 0
    }
}

/// Text for the ids of a [`Dataset`], small enough to keep whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Repository names by position in [`Dataset::repos`].
    pub repos: Vec<super::text::Clean>,
    /// Language names by [`LanguageId`]; entry 0 is "other".
    pub languages: Vec<super::text::Clean>,
    /// Names of projects: the owner's own (`[[project]]`) and those of trackers; entry 0 is "none".
    pub projects: Vec<super::text::Clean>,
    /// Names of trackers.
    pub sources: Vec<super::text::Clean>,
    /// Keys of tasks by position in [`Work::tasks`].
    pub tasks: Vec<super::text::Clean>,
}

/// Builds a [`Dataset`] commit by commit; the only place that knows how the columns hang together.
#[derive(Debug, Default)]
pub struct Builder {
    now_utc: i64,
    repos: Vec<RepoId>,
    rows: Vec<Row>,
    pairings: Vec<(Moment, Oid, RepoId)>,
}

/// One commit on its way into the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Object id: the tie-break of the sort.
    pub oid: Oid,
    /// Store row.
    pub id: CommitId,
    /// The first repository that holds it.
    pub repo: RepoId,
    /// Author date.
    pub authored: Moment,
    /// A set of [`flag`] bits.
    pub flags: u16,
    /// Files and lines by language and category.
    pub changes: Vec<Change>,
}

/// Files and lines of one commit in one language and category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Language, 0 = none known.
    pub language: LanguageId,
    /// What kind of file.
    pub category: Category,
    /// How many files.
    pub files: u32,
    /// Lines added and deleted.
    pub lines: Lines,
    /// The owner's project of its path; 0 = none.
    pub project: u16,
}

impl Builder {
    /// A builder that believes clocks up to a day after `now_utc`.
    pub fn new(now_utc: i64, repos: Vec<RepoId>) -> Self {
        Self {
            now_utc,
            repos,
            rows: Vec::new(),
            pairings: Vec::new(),
        }
    }

    /// Adds somebody else's commit that names me as co-author, with its author date; one of an
    /// unlisted repository is ignored.
    pub fn pairing(&mut self, oid: Oid, at: Moment, repo: RepoId) {
        self.pairings.push((at, oid, repo));
    }

    /// Adds a commit; one of an unlisted repository is ignored.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The finished columns, sorted by (author time, object id).
    pub fn finish(mut self) -> Dataset {
        self.rows
            .sort_unstable_by_key(|row| (row.authored.utc, row.oid));
        let mut data = Dataset {
            repos: self.repos,
            ..Dataset::default()
        };
        for row in &self.rows {
            let Some(repo) = data.repos.iter().position(|id| *id == row.repo) else {
                continue;
            };
            let day = day_of(row.authored, self.now_utc);
            let columns = &mut data.commits;
            columns.id.push(row.id);
            columns.utc.push(row.authored.utc);
            columns.offset_min.push(row.authored.offset_min);
            columns.day.push(day);
            columns.repo.push(u16::try_from(repo).unwrap_or(u16::MAX));
            columns.flags.push(row.flags);
            columns
                .changes_from
                .push(u32::try_from(data.changes.category.len()).unwrap_or(u32::MAX));
            for change in &row.changes {
                data.changes.language.push(change.language);
                data.changes.category.push(change.category as u8);
                data.changes.project.push(change.project);
                data.changes.files.push(change.files);
                data.changes.added.push(change.lines.added);
                data.changes.deleted.push(change.lines.deleted);
            }
        }
        if !data.is_empty() {
            let end = u32::try_from(data.changes.category.len()).unwrap_or(u32::MAX);
            data.commits.changes_from.push(end);
        }
        let place = |repo: RepoId| {
            let at = data.repos.iter().position(|id| *id == repo)?;
            u16::try_from(at).ok()
        };
        let pairings = self.pairings.iter();
        let pairings = pairings.filter_map(|(at, oid, repo)| Some((*at, *oid, place(*repo)?)));
        let pairings = pairings.collect();
        data.pairings.fill(pairings, (self.now_utc, true));
        data
    }
}
