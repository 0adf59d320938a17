//! Rows for a list, a window at a time.

use super::log::{self, Place};
use super::sought::Sought;
use super::tasks::Tasks;
use super::{Known, items, order};
use crate::app::effect::{RowsAsk, Sort};
use crate::app::kinds::{Kind, Kinds};
use crate::app::row::{ItemRow, Row, RowsView};
use crate::app::view::{CommitRow, Marks};
use crate::metrics;
use crate::model::commit::Lines;
use crate::model::dataset::{Dataset, UNDATED, flag};
use crate::model::figure::{Of, Rows};
use crate::model::ids::CommitId;
use crate::model::selection::Selection;
use crate::model::text::Clean;
use crate::store::{self, Store, StoreError};

/// The last list that was made: scrolling asks for windows of one and the same.
#[derive(Default)]
pub(super) struct Lists {
    last: Option<(Question, Listed)>,
}

#[derive(PartialEq)]
struct Question {
    selection: Selection,
    metric: Option<&'static str>,
    text: String,
    kinds: Kinds,
    sort: Sort,
    today: chrono::NaiveDate,
    version: u64,
}

struct Listed {
    what: Option<Of>,
    of: usize,
    copies: usize,
    rows: Made,
}

/// The rows of a list, in its order.
enum Made {
    /// Indexes into the columns.
    Commits(Vec<u32>),
    /// Everything else is small enough to be made whole.
    Items(Vec<ItemRow>),
    /// Both: their places in order, and the rows that are no commits.
    Mixed(Vec<Place>, Vec<ItemRow>),
}

impl Made {
    fn len(&self) -> usize {
        match self {
            Self::Commits(rows) => rows.len(),
            Self::Items(rows) => rows.len(),
            Self::Mixed(places, _) => places.len(),
        }
    }
}

impl Lists {
    /// The window of rows that `ask` wants.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn answer(
        &mut self,
        (store, tasks): (&Store, &mut Tasks),
        known: &Known,
        ask: &RowsAsk,
    ) -> Result<RowsView, StoreError> {
        let question = Question {
            selection: ask.selection.clone(),
            metric: ask.metric,
            text: ask.text.clone(),
            kinds: ask.kinds,
            sort: ask.sort,
            today: ask.calendar.today(),
            version: known.version,
        };
        let listed = match self.last.take() {
            Some((last, listed)) if last == question => listed,
            _ => list((store, tasks), known, ask)?,
        };
        let from = ask.from.min(listed.rows.len());
        let to = from.saturating_add(ask.count).min(listed.rows.len());
        let rows = match &listed.rows {
            Made::Commits(rows) => commits(store, known, &rows[from..to])?,
            Made::Items(rows) => rows[from..to]
                .iter()
                .map(|row| Row::Item(Box::new(row.clone())))
                .collect(),
            Made::Mixed(places, rows) => mixed(store, known, (&places[from..to], rows))?,
        };
        let view = RowsView {
            id: ask.id,
            what: listed.what,
            of: listed.of,
            total: listed.rows.len(),
            copies: listed.copies,
            from,
            rows,
        };
        self.last = Some((question, listed));
        Ok(view)
    }
}

fn list(
    (store, tasks): (&Store, &mut Tasks),
    known: &Known,
    ask: &RowsAsk,
) -> Result<Listed, StoreError> {
    let data = &known.data;
    let mut rows = match ask.metric.and_then(metrics::by_id) {
        Some(metric) => match metrics::rows(metric, data, &ask.selection, &ask.calendar) {
            Rows::Commits(rows) => rows,
            behind => {
                let lengths = metric.lengths(data, &ask.selection, &ask.calendar);
                let lengths = lengths.into_iter().collect();
                let made = items::rows((store, tasks), known, &behind, &lengths)?;
                return Ok(of_items(made.unwrap_or_default(), ask));
            }
        },
        None => return whole((store, tasks), known, ask),
    };
    let of = rows.len();
    Sought::new(&ask.text).commits(store, known, &mut rows)?;
    order::commits(known, &mut rows, ask.sort);
    Ok(Listed {
        what: Some(Of::Commits),
        of,
        copies: copies(&known.data, &rows),
        rows: Made::Commits(rows),
    })
}

/// The log: every row of the selection of the kinds that are wanted.
fn whole(
    (store, tasks): (&Store, &mut Tasks),
    known: &Known,
    ask: &RowsAsk,
) -> Result<Listed, StoreError> {
    let mut commits = if ask.kinds.has(Kind::Commit) {
        every(&known.data, &ask.selection)
    } else {
        Vec::new()
    };
    let mut rows = log::items((store, tasks), known, ask)?;
    let of = commits.len() + rows.len();
    // Where there is nothing else, commits have all columns.
    let alone = ask.kinds.has(Kind::Commit) && rows.is_empty();
    let sought = Sought::new(&ask.text);
    sought.commits(store, known, &mut commits)?;
    sought.items(&mut rows);
    let what = match ask.kinds.single() {
        Some(Kind::Commit) => Some(Of::Commits),
        Some(Kind::Time) => Some(Of::Entries),
        Some(Kind::Session) => Some(Of::Sessions),
        // Tasks and reviews have a row for each day on which something happened.
        Some(Kind::Task | Kind::Pull | Kind::Review | Kind::Note) | None => None,
    };
    let what = if alone { Some(Of::Commits) } else { what };
    let copies = copies(&known.data, &commits);
    let rows = if alone {
        order::commits(known, &mut commits, ask.sort);
        Made::Commits(commits)
    } else {
        Made::Mixed(log::sorted(known, (commits, &rows), ask.sort), rows)
    };
    Ok(Listed {
        what,
        of,
        copies,
        rows,
    })
}

/// The rows at these places, commits read from the store at once.
fn mixed(
    store: &Store,
    known: &Known,
    (places, rows): (&[Place], &[ItemRow]),
) -> Result<Vec<Row>, StoreError> {
    let wanted: Vec<u32> = places
        .iter()
        .filter_map(|place| match place {
            Place::Commit(at) => Some(*at),
            Place::Item(_) => None,
        })
        .collect();
    let mut stored = commits(store, known, &wanted)?.into_iter().peekable();
    let mut out = Vec::with_capacity(places.len());
    for place in places {
        match place {
            Place::Item(at) => out.extend(rows.get(*at as usize).map(|row| {
                let row = row.clone();
                Row::Item(Box::new(row))
            })),
            Place::Commit(at) => {
                // One that left the store meanwhile is left out.
                let id = known.data.commits.id[*at as usize];
                let here = |row: &Row| row.commit().is_some_and(|row| row.commit == id);
                out.extend(stored.next_if(here));
            }
        }
    }
    Ok(out)
}

/// The list of `rows` that are no commits.
fn of_items((what, mut rows): (Of, Vec<ItemRow>), ask: &RowsAsk) -> Listed {
    let of = rows.len();
    Sought::new(&ask.text).items(&mut rows);
    items::order(&mut rows, ask.sort);
    let rows = Made::Items(rows);
    let what = Some(what);
    Listed {
        what,
        of,
        copies: 0,
        rows,
    }
}

/// How many of these commits are copies of another one.
fn copies(data: &Dataset, rows: &[u32]) -> usize {
    let is_copy = |at: &&u32| data.has(**at as usize, flag::TWIN);
    rows.iter().filter(is_copy).count()
}

/// The commits of a window for the screen.
fn commits(store: &Store, known: &Known, window: &[u32]) -> Result<Vec<Row>, StoreError> {
    let ids: Vec<_> = window
        .iter()
        .map(|index| known.data.commits.id[*index as usize])
        .collect();
    let stored = store.commit_rows(&ids)?;
    let rows = shown(known, window, stored).into_iter();
    Ok(rows.map(|row| Row::Commit(Box::new(row))).collect())
}

/// Every row of the selection, whatever figures leave out. Rows without a believed day belong to
/// no stretch of time: they are listed when the selection holds the whole record.
fn every(data: &Dataset, selection: &Selection) -> Vec<u32> {
    let (from, to) = (
        selection.range.from.to_epoch_days(),
        selection.range.to.to_epoch_days(),
    );
    let whole = metrics::extent(data)
        .is_none_or(|all| selection.range.contains(all.from) && selection.range.contains(all.to));
    let columns = &data.commits;
    (0..data.len())
        .filter(|&index| {
            let day = columns.day[index];
            let when = if day == UNDATED {
                whole
            } else {
                (from..=to).contains(&day)
            };
            let repo = data.repos.get(usize::from(columns.repo[index]));
            when && selection.takes_commit(data, index)
                && selection
                    .repos
                    .as_ref()
                    .is_none_or(|chosen| repo.is_some_and(|repo| chosen.contains(repo)))
                && selection
                    .commits
                    .as_ref()
                    .is_none_or(|chosen| chosen.contains(&columns.id[index]))
        })
        .filter_map(|index| u32::try_from(index).ok())
        .collect()
}

/// The rows of a window for the screen; one that left the store meanwhile is left out.
fn shown(known: &Known, window: &[u32], stored: Vec<store::CommitRow>) -> Vec<CommitRow> {
    let mut window = window.iter();
    stored
        .into_iter()
        .filter_map(|row| {
            // Both are in one order; the store leaves out what it does not have.
            let index = window.find(|at| known.data.commits.id[**at as usize] == row.id)?;
            Some(one(known, Some(*index as usize), row))
        })
        .collect()
}

/// A stored commit for the screen; `index` is its place in the columns, if it has one.
pub(super) fn one(known: &Known, index: Option<usize>, row: store::CommitRow) -> CommitRow {
    let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let lines = Lines {
        added: narrow(row.added),
        deleted: narrow(row.deleted),
    };
    CommitRow {
        commit: row.id,
        oid: row.oid,
        authored: row.authored,
        day_only: !known.data.keep.hours,
        repo: row.repos.first().cloned().unwrap_or_default(),
        summary: row.summary,
        language: index.map(|at| language(known, at)).unwrap_or_default(),
        files: row.files,
        lines: row.lines_known.then_some(lines),
        marks: Marks {
            flags: index.map_or(0, |at| known.data.commits.flags[at]),
            undated: index.is_some_and(|at| known.data.commits.day[at] == UNDATED),
        },
    }
}

/// The language with most changed lines; empty when none is known.
fn language(known: &Known, index: usize) -> Clean {
    let changes = &known.data.changes;
    let mut most = (0, 0);
    for at in known.data.changes_of(index) {
        let language = changes.language[at].0;
        let lines: u64 = known
            .data
            .changes_of(index)
            .filter(|other| changes.language[*other].0 == language)
            .map(|other| u64::from(changes.added[other]) + u64::from(changes.deleted[other]))
            .sum();
        if language != 0 && (most.0 == 0 || lines > most.1) {
            most = (language, lines);
        }
    }
    let name = known.labels.languages.get(usize::from(most.0));
    name.filter(|_| most.0 != 0).cloned().unwrap_or_default()
}

/// Where a commit stands in the columns.
pub(super) fn index_of(data: &Dataset, commit: CommitId) -> Option<usize> {
    data.commits.id.iter().position(|id| *id == commit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::SortBy;
    use crate::model::calendar::Calendar;
    use crate::model::commit::Category;
    use crate::model::dataset::{Builder, Change, Labels, Row};
    use crate::model::ids::{LanguageId, Oid, RepoId};
    use crate::model::moment::Moment;
    use crate::model::period::Range;
    use chrono::{NaiveDate, TimeZone, Utc};
    use std::sync::Arc;

    const NOON: i64 = 1_787_140_800; // 2026-08-19 12:00 UTC

    /// Commit `n`, `hours` before noon, with `added` lines, in the repository `repo`.
    fn row(n: u8, hours: i64, added: u32, repo: u32) -> Row {
        Row {
            oid: Oid([n; 20]),
            id: CommitId(u32::from(n)),
            repo: RepoId(repo),
            authored: Moment {
                utc: NOON - hours * 3_600,
                offset_min: 0,
            },
            flags: 0,
            changes: vec![Change {
                language: LanguageId(1),
                category: Category::Source,
                files: 1,
                lines: Lines { added, deleted: 0 },
                project: 0,
            }],
        }
    }

    fn known() -> Known {
        let mut builder = Builder::new(NOON, vec![RepoId(1), RepoId(2)]);
        // 3 and 4 were written in the same second; 5 is from a clock in the far future.
        for row in [
            row(1, 48, 5, 2),
            row(2, 30, 90, 1),
            row(4, 1, 7, 1),
            row(3, 1, 90, 2),
            row(5, -90_000, 1, 1),
        ] {
            builder.push(row);
        }
        let name = |text: &str| Clean::label(text.as_bytes());
        Known {
            data: builder.finish(),
            labels: Arc::new(Labels {
                repos: vec![name("zeta"), name("alpha")],
                languages: vec![name("other"), name("Rust")],
                ..Labels::default()
            }),
            version: 1,
        }
    }

    fn days(from: u32, to: u32) -> Selection {
        let day = |day| NaiveDate::from_ymd_opt(2026, 8, day).unwrap();
        Selection::weekly(Range::new(day(from), day(to)))
    }

    fn ids(selection: Selection, by: SortBy, reverse: bool) -> Vec<u32> {
        filtered(selection, "", Sort { by, reverse }).1
    }

    /// How many rows there are without the filter, and the commits that it keeps.
    fn filtered(selection: Selection, text: &str, sort: Sort) -> (usize, Vec<u32>) {
        let known = known();
        let now = Utc.timestamp_opt(NOON, 0).unwrap();
        let ask = RowsAsk {
            kinds: Kinds::only(Kind::Commit),
            id: 1,
            calendar: Calendar::new(now, chrono_tz::Tz::UTC),
            selection,
            metric: None,
            text: text.to_owned(),
            sort,
            from: 0,
            count: 10,
        };
        let store = Store::memory(NOON).unwrap();
        let listed = list((&store, &mut Tasks::default()), &known, &ask).unwrap();
        let Made::Commits(rows) = listed.rows else {
            panic!("no commits");
        };
        let id = |index: &u32| known.data.commits.id[*index as usize].0;
        (listed.of, rows.iter().map(id).collect())
    }

    #[test]
    fn a_date_in_the_filter_finds_the_commits_of_its_days_and_none_without_a_day() {
        let kept = |text: &str| filtered(days(1, 31), text, Sort::default());
        assert_eq!(kept("2026-08-19"), (5, vec![3, 4]));
        assert_eq!(kept("2026-08-17"), (5, vec![1]));
        assert_eq!(kept("2026-08"), (5, vec![3, 4, 2, 1]));
        assert_eq!(kept("2026-w34 2026-08-18"), (5, vec![2]));
        assert_eq!(kept("2026-08-20"), (5, vec![]));
    }

    #[test]
    fn ties_are_in_the_order_of_the_object_id_whichever_way_the_list_is_turned() {
        assert_eq!(ids(days(18, 19), SortBy::Time, false), [3, 4, 2]);
        assert_eq!(ids(days(18, 19), SortBy::Time, true), [2, 3, 4]);
    }

    #[test]
    fn the_largest_or_the_first_repository_comes_first_and_then_the_newest() {
        assert_eq!(ids(days(17, 19), SortBy::Size, false), [3, 2, 4, 1, 5]);
        assert_eq!(
            ids(days(17, 19), SortBy::Repository, false),
            [3, 1, 5, 4, 2]
        );
    }

    #[test]
    fn a_commit_without_a_believed_day_is_listed_only_with_the_whole_record() {
        assert_eq!(ids(days(1, 31), SortBy::Time, false), [5, 3, 4, 2, 1]);
        assert!(!ids(days(18, 19), SortBy::Time, false).contains(&5));
    }

    #[test]
    fn copies_among_the_rows_are_counted_and_no_others() {
        let mut data = known().data;
        data.commits.flags[1] |= flag::TWIN;
        data.commits.flags[3] |= flag::TWIN | flag::MERGE;
        assert_eq!(copies(&data, &[0, 1, 2, 3]), 2);
        assert_eq!(copies(&data, &[0, 2]), 0);
    }

    #[test]
    fn the_language_of_a_row_is_the_one_with_most_changed_lines() {
        assert_eq!(language(&known(), 0).as_str(), "Rust");
    }
}
