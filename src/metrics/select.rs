//! Which commit rows a question covers, and which it leaves out.
//!
//! Every metric scans through here, so that "which rows" has one answer. A scan touches only the
//! part of the columns whose times can lie in the span: commits are sorted by author time, and no
//! offset moves a day by more than 18 hours.

use std::collections::BTreeSet;
use std::ops::Range as Indexes;

use chrono::{Datelike, NaiveDate, Timelike};

use crate::model::calendar::Calendar;
use crate::model::commit::Category;
use crate::model::dataset::{Dataset, UNDATED, flag};
use crate::model::ids::{CommitId, LanguageId};
use crate::model::moment::{FARTHEST_OFFSET, window};
use crate::model::period::Range;
use crate::model::selection::{Only, Selection};

const DAY: i64 = 86_400;

/// First and last day of everything that `data` holds: commits with a believable clock, tasks,
/// reviews and recorded time; `None` when it has none.
pub fn extent(data: &Dataset) -> Option<Range> {
    let parts = [commit_extent(data), super::items::extent(&data.work)];
    let all = |one: Range, other: Range| Range {
        from: one.from.min(other.from),
        to: one.to.max(other.to),
    };
    parts.into_iter().flatten().reduce(all)
}

/// First and last day on which `data` has a believable commit; `None` when it has none.
pub(super) fn commit_extent(data: &Dataset) -> Option<Range> {
    let (days, utc) = (&data.commits.day, &data.commits.utc);
    let dated = |at: &usize| days.get(*at).is_some_and(|day| *day != UNDATED);
    let first = (0..days.len()).find(dated)?;
    let last = (0..days.len()).rev().find(dated)?;
    // Commits close in time may lie on days the other way round, in another offset.
    let near = |a: i64, b: i64| a.abs_diff(b) <= FARTHEST_OFFSET.unsigned_abs() * 2;
    let from = (first..=last)
        .take_while(|at| near(utc[*at], utc[first]))
        .map(|at| days[at])
        .filter(|day| *day != UNDATED)
        .min()?;
    let to = (first..=last)
        .rev()
        .take_while(|at| near(utc[*at], utc[last]))
        .map(|at| days[at])
        .max()?;
    Some(Range::new(date(from)?, date(to)?))
}

/// The calendar day `day` days after 1970-01-01; `None` outside chrono's calendar.
pub(super) fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day)
}

/// The weekday of day number `day`, Monday = 0 (1970-01-01 was a Thursday).
pub(super) fn weekday(day: i32) -> usize {
    usize::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or(0)
}

/// The author's own second of the day of commit `index`, from 0; `day` is its civil day.
pub(super) fn second_of_day(data: &Dataset, index: usize, day: i32) -> i64 {
    let offset = i64::from(data.commits.offset_min[index]) * 60;
    // A dated commit lies between 1990 and tomorrow: nothing overflows, and no division is needed.
    data.commits.utc[index] + offset - i64::from(day) * DAY
}

/// Days to scan, both included; the last one up to and including a second when `cut` is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) cut: Option<i64>,
}

impl Span {
    /// All of `range`.
    pub(super) fn whole(range: Range) -> Self {
        Self {
            from: range.from.to_epoch_days(),
            to: range.to.to_epoch_days(),
            cut: None,
        }
    }
}

/// The part of the period before `range` that a reader may compare with it: as many days as have
/// happened of `range`, the last one up to the present time of day; where the record tells no
/// further than a day before today, as many days as it tells of. `None` when nothing of `range`
/// is known, or when the record starts too late to cover that part.
pub(super) fn before(
    range: Range,
    (record, seen_to): (Range, NaiveDate),
    calendar: &Calendar,
) -> Option<(Range, Span)> {
    if range.from > seen_to {
        return None;
    }
    let mut before = range.previous();
    let mut cut = None;
    if range.to >= seen_to {
        let elapsed = seen_to.signed_duration_since(range.from);
        // A shorter month before may end first: then it is compared whole.
        if let Some(to) = before
            .from
            .checked_add_signed(elapsed)
            .filter(|to| *to <= before.to)
        {
            before.to = to;
            // How much of an earlier day its export saw is not known: that one counts whole.
            let now = calendar.now.with_timezone(&calendar.zone);
            let second = i64::from(now.num_seconds_from_midnight());
            cut = (seen_to == calendar.today()).then_some(second);
        }
    }
    let known = before.from >= record.from && before.from.year() >= 1;
    known.then(|| {
        let span = Span {
            cut,
            ..Span::whole(before)
        };
        (before, span)
    })
}

/// What happens to a row inside the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It counts.
    Counted,
    /// A merge: never counted, not even raw.
    Merge,
    /// Another row stands for the same change.
    Twin,
    /// A squash and its originals are both here, and the other side carries this count.
    Squashed,
    /// Its lines changed form, not meaning.
    Reformat,
    /// The owner took it out, raw figures included.
    Excluded,
}

/// What a figure counts. A squash and the commits that it swallowed are two views of one work:
/// when it was done shows in the originals, what came of it in the squash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// Commits as acts: the originals count, the squash does not.
    Activity,
    /// What was delivered, commit by commit: the squash counts, the originals do not.
    Delivery,
    /// Lines: as delivered, and without what changes form alone.
    Lines,
}

impl View {
    /// The flags that keep a commit from counting, with what they make of it, strongest first.
    fn fates(self) -> &'static [(u16, Fate)] {
        const TWIN: (u16, Fate) = (flag::TWIN, Fate::Twin);
        const SWALLOWED: (u16, Fate) = (flag::SQUASHED, Fate::Squashed);
        match self {
            Self::Activity => &[TWIN, (flag::SQUASH, Fate::Squashed)],
            Self::Delivery => &[TWIN, SWALLOWED],
            Self::Lines => &[TWIN, SWALLOWED, (flag::REFORMAT, Fate::Reformat)],
        }
    }
}

/// The filters of a [`Selection`] in a form that answers for a row in constant time.
pub(super) struct Filter<'a> {
    pub(super) data: &'a Dataset,
    selection: &'a Selection,
    repos: Option<Vec<bool>>,
    /// By language number: whether it is one of the chosen ones.
    languages: Option<Vec<bool>>,
    /// The number of the only kind of files.
    category: Option<u8>,
    commits: Option<Picked<'a>>,
    /// Flags that keep a row from counting, and what they make of it.
    fates: &'static [(u16, Fate)],
    /// All of these flags, merges included: most rows have none.
    out: u16,
    /// By category number: all ones when its lines count, else 0.
    pub(super) masks: [u64; PLACES],
}

/// Room for category numbers: a power of two, so that an index needs no check.
pub(super) const PLACES: usize = 16;
const _: () = assert!(Category::ALL.len() <= PLACES);

/// A set of commits as bits by row number, or as it came when that would take too much room.
enum Picked<'a> {
    Bits(Vec<u64>),
    Set(&'a BTreeSet<CommitId>),
}

/// Row numbers from which a bit set is no longer built (8 MB of bits).
const BITS_LIMIT: u32 = 1 << 26;

impl<'a> Picked<'a> {
    fn new(set: &'a BTreeSet<CommitId>) -> Self {
        let last = set.last().map_or(0, |id| id.0);
        if last >= BITS_LIMIT {
            return Self::Set(set);
        }
        let mut bits = vec![0; last as usize / 64 + 1];
        for id in set {
            bits[id.0 as usize / 64] |= 1 << (id.0 % 64);
        }
        Self::Bits(bits)
    }

    fn holds(&self, id: CommitId) -> bool {
        match self {
            Self::Bits(bits) => bits
                .get(id.0 as usize / 64)
                .is_some_and(|word| word >> (id.0 % 64) & 1 == 1),
            Self::Set(set) => set.contains(&id),
        }
    }
}

impl<'a> Filter<'a> {
    pub(super) fn new(data: &'a Dataset, selection: &'a Selection, view: View) -> Self {
        let fates = if selection.raw { &[] } else { view.fates() };
        let repos = selection
            .repos
            .as_ref()
            .map(|chosen| data.repos.iter().map(|id| chosen.contains(id)).collect());
        let languages = selection.languages.as_ref().map(|chosen| {
            let last = chosen.last().map_or(0, |language| language.0);
            (0..=last)
                .map(|id| chosen.contains(&LanguageId(id)))
                .collect()
        });
        let mut masks = [u64::MAX; PLACES];
        for category in Category::ALL {
            if !selection.raw && !category.is_counted() {
                masks[category as usize] = 0;
            }
        }
        Self {
            data,
            selection,
            repos,
            languages,
            category: match selection.only {
                Some(Only::Category(category)) => Some(category as u8),
                _ => None,
            },
            commits: selection.commits.as_deref().map(Picked::new),
            fates,
            out: fates
                .iter()
                .fold(flag::MERGE | flag::EXCLUDED, |all, (bit, _)| all | bit),
            masks,
        }
    }

    /// Whether the lines of change `entry` count.
    pub(super) fn counts(&self, entry: usize) -> bool {
        let category = self.data.changes.category[entry];
        self.masks[usize::from(category) % PLACES] != 0 && self.speaks(entry)
    }

    /// Whether change `entry` is in a chosen language, and of the kind of files that was opened.
    pub(super) fn speaks(&self, entry: usize) -> bool {
        let category = self.data.changes.category[entry];
        self.category.is_none_or(|only| only == category)
            && self.languages.as_ref().is_none_or(|chosen| {
                let language = usize::from(self.data.changes.language[entry].0);
                chosen.get(language).copied().unwrap_or(false)
            })
    }

    /// Whether only some changes of a commit count, by language or kind of files.
    pub(super) fn in_part(&self) -> bool {
        self.languages.is_some() || self.category.is_some()
    }

    fn admits(&self, index: usize) -> bool {
        let columns = &self.data.commits;
        let repo = self.repos.as_ref().is_none_or(|chosen| {
            let at = usize::from(columns.repo[index]);
            chosen.get(at).copied().unwrap_or(false)
        });
        let picked = |picked: &Picked<'_>| picked.holds(columns.id[index]);
        repo && self.commits.as_ref().is_none_or(picked)
            && self.selection.takes_git()
            && self
                .selection
                .only
                .is_none_or(|only| only.takes(self.data, index))
            && (!self.in_part() || self.data.changes_of(index).any(|entry| self.speaks(entry)))
    }

    /// Calls `visit` for every row of `span` that passes the filters, in rising order.
    pub(super) fn each(&self, span: Span, mut visit: impl FnMut(usize, i32, Fate)) {
        let columns = &self.data.commits;
        let window = self.window(span);
        let rows = columns.day[window.clone()]
            .iter()
            .zip(&columns.flags[window.clone()]);
        for (index, (&day, &flags)) in window.zip(rows) {
            if day < span.from || day > span.to || !self.admits(index) {
                continue;
            }
            if day == span.to
                && span
                    .cut
                    .is_some_and(|cut| second_of_day(self.data, index, day) > cut)
            {
                continue;
            }
            visit(index, day, self.fate(flags));
        }
    }

    fn fate(&self, flags: u16) -> Fate {
        if flags & self.out == 0 {
            return Fate::Counted;
        }
        if flags & flag::EXCLUDED != 0 {
            return Fate::Excluded;
        }
        if flags & flag::MERGE != 0 {
            return Fate::Merge;
        }
        let found = self.fates.iter().find(|(bit, _)| flags & bit != 0);
        found.map_or(Fate::Counted, |(_, fate)| *fate)
    }

    /// The rows whose times can lie in `span`.
    fn window(&self, span: Span) -> Indexes<usize> {
        let utc = &self.data.commits.utc;
        let (from, to) = window(span.from, span.to);
        let start = utc.partition_point(|at| *at < from);
        start..utc.partition_point(|at| *at < to).max(start)
    }

    /// Commits of others in `span` that name me as co-author. Nothing is kept of their text and files,
    /// so a choice of commits or languages holds none of them.
    pub(super) fn pairings(&self, span: Span) -> u64 {
        if self.commits.is_some() || !self.selection.takes_unread() {
            return 0;
        }
        let columns = &self.data.pairings;
        let inside = |(day, repo): &(&i32, &u16)| {
            let repo = usize::from(**repo);
            let chosen = |chosen: &Vec<bool>| chosen.get(repo).copied().unwrap_or(false);
            (span.from..=span.to).contains(*day) && self.repos.as_ref().is_none_or(chosen)
        };
        columns.day.iter().zip(&columns.repo).filter(inside).count() as u64
    }

    /// Rows that pass the filters and lie on no day, because their clock is not believed. They
    /// stand at the two ends of the columns.
    pub(super) fn undated(&self) -> impl Iterator<Item = usize> {
        let days = &self.data.commits.day;
        let head = days.iter().take_while(|day| **day == UNDATED).count();
        let tail = days.get(head..).map_or(0, |rest| {
            rest.iter().rev().take_while(|day| **day == UNDATED).count()
        });
        (0..head)
            .chain(days.len() - tail..days.len())
            .filter(|index| self.admits(*index))
    }
}
