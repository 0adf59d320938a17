//! What holds for any rows and any question.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use inward::metrics::{METRICS, extent, workdays};
use inward::model::commit::{Category, Lines};
use inward::model::dataset::{Change, Dataset, Row, UNDATED, flag};
use inward::model::figure::{Figure, Key, Of, Rows, Shape};
use inward::model::ids::{CommitId, LanguageId, RepoId};
use inward::model::moment::Moment;
use inward::model::period::{Bucket, Range};
use inward::model::selection::{By, Only, Selection, Sources};
use inward::model::stage::Stage;
use inward::model::work_type::WorkType;
use proptest::prelude::*;

use super::generate::{NOW, dataset, oid};
use super::{WEEK, ask, calendar};

const REPOS: u32 = 4;
const CUTS: [By; 6] = [
    By::Time(Bucket::Day),
    WEEK,
    By::Time(Bucket::Month),
    By::Repo,
    By::Language,
    By::Category,
];

fn any_change() -> impl Strategy<Value = Change> {
    (0_u16..5, 0_usize..8, 0_u32..200, 0_u32..200).prop_map(
        |(language, category, added, deleted)| Change {
            project: 0,
            language: LanguageId(language),
            category: Category::ALL[category],
            files: 1,
            lines: Lines { added, deleted },
        },
    )
}

/// Mostly commits of the last months, some on days with unset or wild clocks.
fn any_time() -> impl Strategy<Value = i64> {
    prop_oneof![
        8 => (NOW - 200 * 86_400)..(NOW + 3 * 86_400),
        1 => Just(0),
        1 => any::<i64>(),
        1 => 600_000_000_i64..NOW,
    ]
}

fn any_row() -> impl Strategy<Value = Row> {
    let changes = prop::collection::vec(any_change(), 0..4);
    (
        any_time(),
        -1_200_i32..1_200,
        0_u16..1_024,
        1..=REPOS,
        changes,
    )
        .prop_map(|(utc, offset, flags, repo, changes)| Row {
            oid: oid(0),
            id: CommitId(0),
            repo: RepoId(repo),
            authored: Moment::new(utc, offset),
            flags,
            changes,
        })
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(any_row(), 0..60).prop_map(|rows| {
        let numbered = rows.into_iter().zip(1..);
        numbered
            .map(|(row, number)| Row {
                oid: oid(number),
                id: CommitId(number),
                ..row
            })
            .collect()
    })
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    let now = i32::try_from(NOW / 86_400).unwrap();
    prop_oneof![
        10 => ((now - 230)..(now + 20)).prop_map(|day| NaiveDate::from_epoch_days(day).unwrap()),
        1 => (0_i32..30_000).prop_map(|day| NaiveDate::from_epoch_days(day).unwrap()),
        1 => prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX)],
    ]
}

fn any_selection() -> impl Strategy<Value = Selection> {
    let repos = prop::option::weighted(0.3, prop::collection::btree_set(1..=REPOS + 1, 0..3));
    let ids = prop_oneof![9 => 0_u32..61, 1 => any::<u32>()];
    let commits = prop::option::weighted(0.3, prop::collection::btree_set(ids, 0..40));
    let languages = prop::option::weighted(0.3, prop::collection::btree_set(0_u16..8, 0..4));
    let trackers = prop::collection::btree_set(0_u16..3, 0..3);
    let sources = prop::option::weighted(0.2, (prop::bool::weighted(0.7), trackers));
    let kinds = prop_oneof![
        (0_u8..7, 0_u8..24)
            .prop_map(|(day, hour)| Only::Hour(Weekday::try_from(day).unwrap(), hour)),
        prop::sample::select(Category::ALL.to_vec()).prop_map(Only::Category),
        prop::sample::select(WorkType::ALL.to_vec()).prop_map(Only::Type),
        prop::sample::select(Stage::ALL.to_vec()).prop_map(Only::Stage),
    ];
    let only = prop::option::weighted(0.3, kinds);
    let days = (any_day(), any_day());
    let narrow = (repos, languages, sources, commits);
    let cut = (0_usize..6, any::<bool>());
    (days, narrow, only, cut).prop_map(|(days, narrow, only, (by, raw))| {
        let (repos, languages, sources, commits) = narrow;
        Selection {
            range: Range::new(days.0, days.1),
            repos: repos.map(|ids| ids.into_iter().map(RepoId).collect()),
            languages: languages.map(|ids| ids.into_iter().map(LanguageId).collect()),
            sources: sources.map(|(git, trackers)| Sources { git, trackers }),
            commits: commits
                .map(|ids| Arc::new(ids.into_iter().map(CommitId).collect::<BTreeSet<_>>())),
            tasks: None,
            only,
            by: CUTS[by],
            raw,
        }
    })
}

fn figures(data: &Dataset, selection: &Selection) -> Vec<Figure> {
    let compute =
        |metric: &&dyn inward::metrics::Metric| metric.compute(data, selection, &calendar());
    METRICS.iter().map(compute).collect()
}

fn sum(figure: &Figure, key: impl Fn(Key) -> bool) -> f64 {
    let points = figure.points.iter().filter(|p| key(p.key));
    points.filter_map(|p| p.value).sum()
}

/// What keeps a commit from counting as an act, and its lines from counting.
const NO_ACT: u16 = flag::TWIN | flag::SQUASH;
const NO_LINES: u16 = flag::TWIN | flag::SQUASHED | flag::REFORMAT;

/// The plainest possible answer: does this row count, with the flags `out` against it?
fn counts(data: &Dataset, index: usize, (selection, out): (&Selection, u16)) -> bool {
    let columns = &data.commits;
    let day = columns.day[index];
    let dated = day != UNDATED
        && selection
            .range
            .contains(NaiveDate::from_epoch_days(day).unwrap());
    let repo = data.repos[usize::from(columns.repo[index])];
    let out = data.has(index, out) && !selection.raw;
    // One and the same file is in the language and of the kind.
    let touches = |chosen: &BTreeSet<LanguageId>| {
        data.changes_of(index).any(|at| {
            let kind = Category::from_number(data.changes.category[at]);
            let other = matches!(selection.only, Some(Only::Category(only)) if kind != Some(only));
            chosen.contains(&data.changes.language[at]) && !other
        })
    };
    let part = match selection.only {
        None => true,
        Some(Only::Hour(weekday, hour)) => {
            let at = Moment::new(columns.utc[index], i32::from(columns.offset_min[index]));
            at.hour_and_weekday() == Some((hour, weekday))
        }
        Some(Only::Category(kind)) => {
            let mut entries = data.changes_of(index);
            entries.any(|at| Category::from_number(data.changes.category[at]) == Some(kind))
        }
        Some(Only::Type(kind)) => data.work_type(index) == kind,
        Some(Only::Stage(_)) => false,
    };
    dated
        && part
        && selection.sources.as_ref().is_none_or(|chosen| chosen.git)
        && selection.languages.as_ref().is_none_or(touches)
        && !data.has(index, flag::MERGE)
        && !out
        && selection
            .repos
            .as_ref()
            .is_none_or(|set| set.contains(&repo))
        && selection
            .commits
            .as_ref()
            .is_none_or(|set| set.contains(&columns.id[index]))
}

/// Lines of a row that count.
fn lines(data: &Dataset, index: usize, selection: &Selection) -> u64 {
    let changes = &data.changes;
    data.changes_of(index)
        .filter(|at| {
            selection.raw
                || Category::from_number(changes.category[*at])
                    .unwrap()
                    .is_counted()
        })
        .filter(|at| {
            let chosen = selection.languages.as_ref();
            let kind = match selection.only {
                Some(Only::Category(kind)) => kind as u8 == changes.category[*at],
                _ => true,
            };
            kind && chosen.is_none_or(|chosen| chosen.contains(&changes.language[*at]))
        })
        .map(|at| u64::from(changes.added[at]) + u64::from(changes.deleted[at]))
        .sum()
}

proptest! {
    #[test]
    fn no_question_to_no_rows_panics(rows in any_rows(), selection in any_selection()) {
        let data = dataset(rows, REPOS);
        for figure in figures(&data, &selection) {
            prop_assert_eq!(figure.range, selection.range);
            prop_assert!(figure.value.is_none_or(f64::is_finite));
            prop_assert_eq!(figure.value.is_none() && figure.n >= 5, false);
            if let (Some(value), Some((low, high))) = (figure.value, figure.interval) {
                prop_assert!(low <= value && value <= high);
            }
        }
        let days = workdays(&data, &selection, &calendar());
        prop_assert!(days.seen <= days.of);
    }

    #[test]
    fn figures_are_those_of_the_plainest_computation(rows in any_rows(), selection in any_selection()) {
        let data = dataset(rows, REPOS);
        let behind = |out| -> Vec<usize> {
            (0..data.len()).filter(|at| counts(&data, *at, (&selection, out))).collect()
        };
        let with_lines = behind(NO_LINES);
        let behind = behind(NO_ACT);
        let commits = ask("commits", &data, &selection);
        prop_assert_eq!(commits.n, behind.len() as u64);
        let days: BTreeSet<i32> = behind.iter().map(|at| data.commits.day[*at]).collect();
        let active = ask("active_days", &data, &selection);
        prop_assert_eq!(active.value.unwrap_or(0.0), days.len() as f64);
        let known = with_lines.iter().filter(|at| !data.has(**at, flag::LINES_UNKNOWN));
        let changed: u64 = known.map(|at| lines(&data, *at, &selection)).sum();
        let figure = ask("lines_changed", &data, &selection);
        prop_assert_eq!(figure.value.unwrap_or(0.0), changed as f64);
        let assisted = behind.iter().filter(|at| data.has(**at, flag::ASSISTED)).count();
        let share = (behind.len() >= 5).then(|| assisted as f64 / behind.len() as f64);
        prop_assert_eq!(ask("assisted_share", &data, &selection).value, share);
    }

    #[test]
    fn the_parts_add_up_to_the_whole(rows in any_rows(), selection in any_selection()) {
        let data = dataset(rows, REPOS);
        let own = |key| !matches!(key, Key::Name(_));
        for id in ["commits", "lines_changed", "languages", "repositories", "categories", "hours_by_weekday"] {
            let figure = ask(id, &data, &selection);
            prop_assert_eq!(sum(&figure, own), figure.value.unwrap_or(0.0), "{}", id);
        }
        let figure = ask("lines_changed", &data, &selection);
        if figure.shape == Shape::Series {
            let mirrored = sum(&figure, |key| !own(key));
            prop_assert_eq!(mirrored, figure.value.unwrap_or(0.0));
        }
        let sizes = ask("change_size", &data, &selection);
        if sizes.n >= 5 {
            let bins = sum(&sizes, |key| matches!(key, Key::Name(name) if name.ends_with("lines")));
            prop_assert_eq!(bins, sizes.n as f64);
        }
    }

    #[test]
    fn raw_is_filtered_plus_what_was_left_out(rows in any_rows(), selection in any_selection()) {
        let data = dataset(rows, REPOS);
        let filtered = Selection { raw: false, ..selection.clone() };
        let raw = Selection { raw: true, ..selection };
        let back = |id: &str, reasons: &[&str]| {
            let (few, all) = (ask(id, &data, &filtered), ask(id, &data, &raw));
            let out = few.left_out.iter().filter(|e| reasons.contains(&e.reason));
            let out: u64 = out.map(|e| e.n).sum();
            (few.value.unwrap_or(0.0) + out as f64, all.value.unwrap_or(0.0))
        };
        let (sum, all) = back("commits", &["twins", "squashed"]);
        prop_assert_eq!(sum, all);
        let (sum, all) = back("lines_changed", &["twins", "squashed", "reformat", "generated", "vendored", "lock"]);
        // Lines of a twin that is unknown as well are in no figure.
        prop_assert!(sum >= all);
        let (few, all) = (ask("active_days", &data, &filtered), ask("active_days", &data, &raw));
        prop_assert!(few.value <= all.value);
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        rows in any_rows().prop_shuffle(), selection in any_selection(), seed in any::<u64>()
    ) {
        let mut other = rows.clone();
        let mut dice = super::generate::Dice(seed);
        for at in (1..other.len()).rev() {
            let to = usize::try_from(dice.below(at as u64 + 1)).unwrap();
            other.swap(at, to);
        }
        let (a, b) = (dataset(rows, REPOS), dataset(other, REPOS));
        prop_assert_eq!(figures(&a, &selection), figures(&b, &selection));
    }

    #[test]
    fn every_number_opens_to_as_many_rows(rows in any_rows(), selection in any_selection()) {
        let data = dataset(rows, REPOS);
        for metric in METRICS {
            let behind = metric.rows(&data, &selection, &calendar());
            let figure = metric.compute(&data, &selection, &calendar());
            // Behind sessions and days lie commits; there are as many of them as there are.
            let counted = matches!(
                (&behind, figure.of),
                (Rows::Commits(_), Of::Commits)
                    | (Rows::Tasks(_), Of::Tasks | Of::PullRequests)
                    | (Rows::Given(_), Of::ReviewsGiven)
                    | (Rows::Entries(_), Of::Entries)
            );
            if counted {
                prop_assert_eq!(behind.len() as u64, figure.n, "{}", metric.id());
            }
            prop_assert!(behind.positions().windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn repositories_asked_alone_add_up(rows in any_rows(), selection in any_selection()) {
        let data = dataset(rows, REPOS);
        let alone = |set: BTreeSet<RepoId>| {
            let selection = Selection { repos: Some(set), ..selection.clone() };
            ["commits", "lines_changed"].map(|id| ask(id, &data, &selection).value.unwrap_or(0.0))
        };
        let one: Vec<[f64; 2]> = (1..=REPOS).map(|id| alone([RepoId(id)].into())).collect();
        let all = alone((1..=REPOS).map(RepoId).collect());
        prop_assert_eq!(one.iter().map(|v| v[0]).sum::<f64>(), all[0]);
        prop_assert_eq!(one.iter().map(|v| v[1]).sum::<f64>(), all[1]);
    }

    #[test]
    fn points_follow_in_time_and_only_past_ones_are_complete(rows in any_rows(), selection in any_selection()) {
        let data = dataset(rows, REPOS);
        let figure = ask("commits", &data, &selection);
        let today = calendar().today();
        for point in &figure.points {
            prop_assert_eq!(point.complete, point.to < today);
            prop_assert!(point.from <= point.to);
            prop_assert!(point.from >= selection.range.from && point.to <= selection.range.to);
        }
        if figure.shape == Shape::Series {
            prop_assert!(figure.points.windows(2).all(|p| p[0].to.succ_opt() == Some(p[1].from)));
        } else {
            prop_assert!(figure.points.windows(2).all(|p| p[0].value >= p[1].value));
        }
    }

    #[test]
    fn the_extent_is_the_first_and_last_believed_day(rows in any_rows()) {
        let data = dataset(rows, REPOS);
        let days = data.commits.day.iter().filter(|day| **day != UNDATED);
        let ends = days.clone().min().zip(days.max());
        let found = extent(&data).map(|r| (r.from.to_epoch_days(), r.to.to_epoch_days()));
        prop_assert_eq!(found, ends.map(|(a, b)| (*a, *b)));
    }
}
