//! Counting cases with exact numbers.

use chrono::DateTime;
use inward::metrics::{METRICS, by_id, weekly_median, workdays};
use inward::model::calendar::Calendar;
use inward::model::commit::{Category, Lines};
use inward::model::dataset::{Change, Dataset, Row, flag};
use inward::model::figure::{Figure, Key, Verdict};
use inward::model::ids::{CommitId, LanguageId, RepoId};
use inward::model::moment::Moment;
use inward::model::period::Bucket;
use inward::model::selection::{By, Selection};

use super::generate::{dataset, oid};
use super::{WEEK, ask, calendar, date, left_out, range, select};

const DAY: By = By::Time(Bucket::Day);

/// A commit at an RFC 3339 time with `lines` source lines added.
fn at(time: &str, flags: u16, lines: u32) -> Row {
    let time = DateTime::parse_from_rfc3339(time).unwrap();
    Row {
        oid: oid(0),
        id: CommitId(0),
        repo: RepoId(1),
        authored: Moment::new(time.timestamp(), time.offset().local_minus_utc() / 60),
        flags,
        changes: vec![change(Category::Source, lines)],
    }
}

fn change(category: Category, added: u32) -> Change {
    Change {
        project: 0,
        language: LanguageId(1),
        category,
        files: 1,
        lines: Lines { added, deleted: 0 },
    }
}

fn data(rows: impl IntoIterator<Item = Row>) -> Dataset {
    let numbered = rows.into_iter().zip(1..).map(|(row, number)| Row {
        oid: oid(number),
        id: CommitId(number),
        ..row
    });
    dataset(numbered, 3)
}

/// One commit at noon on each of the days.
fn noons(days: &[&str]) -> Dataset {
    data(days.iter().map(|day| at(&format!("{day}T12:00:00Z"), 0, 1)))
}

fn over(id: &str, data: &Dataset, text: &str, by: By) -> Figure {
    ask(id, data, &select(range(text), by))
}

/// Values by day of a daily series; only days with something.
fn on_days(figure: &Figure) -> Vec<(String, f64)> {
    let points = figure.points.iter().filter(|p| p.key == Key::Time);
    points
        .filter_map(|p| Some((p.from.to_string(), p.value.filter(|v| *v > 0.0)?)))
        .collect()
}

#[test]
fn commits_of_1970_and_2100_are_two_undated_on_no_day() {
    let data = data([
        at("1970-01-01T00:00:00Z", 0, 5),
        at("2100-01-01T00:00:00Z", 0, 5),
        at("2026-08-10T09:00:00Z", 0, 7),
    ]);
    let all = range("1960-01-01..2110-01-01");
    let figure = ask("commits", &data, &select(all, DAY));
    assert_eq!((figure.value, left_out(&figure, "undated")), (Some(1.0), 2));
    assert_eq!(on_days(&figure), [("2026-08-10".to_owned(), 1.0)]);
    let lines = ask("lines_changed", &data, &select(all, WEEK));
    assert_eq!((lines.value, left_out(&lines, "undated")), (Some(7.0), 10));
    assert_eq!(ask("hours_by_weekday", &data, &select(all, WEEK)).n, 1);
}

#[test]
fn a_conflict_merge_is_one_merge_and_no_lines() {
    let merge = Row {
        changes: Vec::new(),
        ..at("2026-08-10T09:00:00Z", flag::MERGE, 0)
    };
    let data = data([merge]);
    let commits = over("commits", &data, "12w", WEEK);
    assert_eq!(
        (commits.value, left_out(&commits, "merges")),
        (Some(0.0), 1)
    );
    assert_eq!(over("lines_changed", &data, "12w", WEEK).value, Some(0.0));
    assert_eq!(over("active_days", &data, "12w", WEEK).value, Some(0.0));
    let raw = Selection {
        raw: true,
        ..select(range("12w"), WEEK)
    };
    assert_eq!(ask("commits", &data, &raw).value, Some(0.0));
}

#[test]
fn a_rebase_of_ten_is_ten_commits_and_ten_twins() {
    let rows = (0..10).flat_map(|hour| {
        let time = format!("2026-08-10T{hour:02}:00:00Z");
        [at(&time, flag::TWIN, 3), at(&time, 0, 3)]
    });
    let data = data(rows);
    let figure = over("commits", &data, "12w", WEEK);
    assert_eq!((figure.value, left_out(&figure, "twins")), (Some(10.0), 10));
    let lines = over("lines_changed", &data, "12w", WEEK);
    assert_eq!((lines.value, left_out(&lines, "twins")), (Some(30.0), 30));
    let raw = Selection {
        raw: true,
        ..select(range("12w"), WEEK)
    };
    assert_eq!(ask("commits", &data, &raw).value, Some(20.0));
}

#[test]
fn a_squash_of_four_is_four_acts_one_delivery_and_its_own_lines() {
    let originals = (0..4).map(|hour| {
        let time = format!("2026-08-10T{hour:02}:00:00Z");
        at(&time, flag::SQUASHED, 5)
    });
    let squash = at("2026-08-12T09:00:00Z", flag::SQUASH | flag::LANDED, 17);
    let data = data(originals.chain([squash]));
    let commits = over("commits", &data, "12w", WEEK);
    assert_eq!(
        (commits.value, left_out(&commits, "squashed")),
        (Some(4.0), 1)
    );
    assert_eq!(over("active_days", &data, "12w", WEEK).value, Some(1.0));
    let delivered = over("delivered", &data, "12w", WEEK);
    assert_eq!(
        (delivered.value, left_out(&delivered, "squashed")),
        (Some(1.0), 4)
    );
    let lines = over("lines_changed", &data, "12w", WEEK);
    assert_eq!(
        (lines.value, left_out(&lines, "squashed")),
        (Some(17.0), 20)
    );
    let raw = Selection {
        raw: true,
        ..select(range("12w"), WEEK)
    };
    assert_eq!(ask("commits", &data, &raw).value, Some(5.0));
    assert_eq!(ask("lines_changed", &data, &raw).value, Some(37.0));
}

#[test]
fn a_squash_by_a_colleague_is_one_delivery_with_the_lines_of_its_originals() {
    let rows = (0..4).map(|hour| {
        let time = format!("2026-08-10T{hour:02}:00:00Z");
        at(&time, if hour == 3 { flag::LANDED } else { 0 }, 5)
    });
    let data = data(rows);
    assert_eq!(over("commits", &data, "12w", WEEK).value, Some(4.0));
    let delivered = over("delivered", &data, "12w", WEEK);
    assert_eq!(
        (delivered.value, left_out(&delivered, "not_landed")),
        (Some(1.0), 3)
    );
    assert_eq!(over("lines_changed", &data, "12w", WEEK).value, Some(20.0));
}

#[test]
fn a_mass_reformatting_is_a_commit_without_lines_of_its_own() {
    let data = data([
        at("2026-08-10T09:00:00Z", 0, 5),
        at("2026-08-11T09:00:00Z", flag::REFORMAT | flag::LANDED, 9_000),
    ]);
    assert_eq!(over("commits", &data, "12w", WEEK).value, Some(2.0));
    let lines = over("lines_changed", &data, "12w", WEEK);
    assert_eq!(
        (lines.value, left_out(&lines, "reformat")),
        (Some(5.0), 9_000)
    );
    assert_eq!(over("change_size", &data, "12w", WEEK).n, 1);
}

#[test]
fn assistance_has_three_states_and_silence_is_unknown() {
    let rows = (0..8).map(|hour| {
        let time = format!("2026-08-10T{hour:02}:00:00Z");
        let flags = match hour {
            0 => flag::ASSISTED,
            1 | 2 => flag::HUMAN,
            _ => 0,
        };
        at(&time, flags, 5)
    });
    let figure = over("assisted_share", &data(rows), "12w", WEEK);
    assert_eq!((figure.value, figure.n), (Some(0.125), 8));
    let state = |name| {
        let point = figure.points.iter().find(|p| p.key == Key::Name(name));
        point.and_then(|p| p.value)
    };
    assert_eq!(
        ["assisted", "human", "unknown"].map(state),
        [Some(0.125), Some(0.25), Some(0.625)]
    );
}

#[test]
fn half_past_eleven_in_plus_thirteen_counts_on_that_civil_day() {
    let data = data([at("2026-02-16T23:30:00+13:00", 0, 1)]);
    let figure = over("commits", &data, "2026-02-16", DAY);
    assert_eq!(on_days(&figure), [("2026-02-16".to_owned(), 1.0)]);
    let grid = over("hours_by_weekday", &data, "2026-02", WEEK);
    let hit = grid.points.iter().find(|p| p.n == 1).unwrap();
    assert_eq!(hit.key, Key::Hour(chrono::Weekday::Mon, 23));
    // UTC would have put it on the same day at 10:30; minus eleven, on the day before.
    let west = super::cases::data([at("2026-02-16T23:30:00-11:00", 0, 1)]);
    assert_eq!(over("commits", &west, "2026-02-16", DAY).value, Some(1.0));
    assert_eq!(over("commits", &west, "2026-02-17", DAY).value, Some(0.0));
}

#[test]
fn the_hour_that_a_clock_change_repeats_stays_one_hour_of_one_day() {
    // 25 October 2026 in Berlin: 02:30 happens twice.
    let data = data([
        at("2025-10-26T02:30:00+02:00", 0, 1),
        at("2025-10-26T02:30:00+01:00", 0, 1),
        at("2025-10-25T23:59:59+02:00", 0, 1),
    ]);
    let grid = over("hours_by_weekday", &data, "2025-10", WEEK);
    let at_two = grid
        .points
        .iter()
        .find(|p| p.key == Key::Hour(chrono::Weekday::Sun, 2));
    assert_eq!(at_two.unwrap().n, 2);
    assert_eq!(over("active_days", &data, "2025-10", WEEK).value, Some(2.0));
}

#[test]
fn lock_and_vendored_files_are_left_out_with_their_lines() {
    let mut row = at("2026-08-10T09:00:00Z", 0, 20);
    row.changes.push(change(Category::Lock, 5_000));
    row.changes.push(change(Category::Vendored, 300));
    row.changes.push(change(Category::Generated, 7));
    let only_lock = Row {
        changes: vec![change(Category::Lock, 11)],
        ..at("2026-08-11T09:00:00Z", 0, 0)
    };
    let data = data([row, only_lock]);
    let figure = over("lines_changed", &data, "12w", WEEK);
    assert_eq!(figure.value, Some(20.0));
    let reasons = ["lock", "vendored", "generated"].map(|reason| left_out(&figure, reason));
    assert_eq!(reasons, [5_011, 300, 7]);
    let sizes = over("change_size", &data, "12w", WEEK);
    assert_eq!((sizes.n, left_out(&sizes, "no_counted_file")), (1, 1));
    assert_eq!(over("categories", &data, "12w", WEEK).points.len(), 1);
}

#[test]
fn a_commit_with_unknown_lines_counts_as_a_commit_and_invents_no_line() {
    let unknown = Row {
        changes: Vec::new(),
        ..at("2026-08-10T09:00:00Z", flag::LINES_UNKNOWN, 0)
    };
    let data = data([unknown]);
    assert_eq!(over("commits", &data, "12w", WEEK).value, Some(1.0));
    let lines = over("lines_changed", &data, "12w", WEEK);
    assert_eq!((lines.n, left_out(&lines, "lines_unknown")), (0, 1));
}

#[test]
fn five_commits_make_a_share_and_four_do_not() {
    let rows = |n: usize| {
        let flags = [flag::ASSISTED, 0, 0, 0, 0];
        let times = (1..=n).map(|day| format!("2026-08-0{day}T20:00:00Z"));
        data(times.zip(flags).map(|(time, flags)| at(&time, flags, 1)))
    };
    let four = over("assisted_share", &rows(4), "month", WEEK);
    assert_eq!(four.value, None);
    assert_eq!(four.verdict, Verdict::TooFew { have: 4, need: 5 });
    let five = over("assisted_share", &rows(5), "month", WEEK);
    assert_eq!((five.value, five.n), (Some(0.2), 5));
    let (low, high) = five.interval.unwrap();
    assert!((low - 0.0362).abs() < 1e-4 && (high - 0.6245).abs() < 1e-4);
    // 1 and 2 August 2026 are a Saturday and a Sunday; 20:00 is after hours.
    assert_eq!(
        over("weekend_share", &rows(5), "month", WEEK).value,
        Some(0.4)
    );
    assert_eq!(
        over("after_hours_share", &rows(5), "month", WEEK).value,
        Some(1.0)
    );
}

#[test]
fn nothing_recorded_is_no_value_and_not_zero() {
    let data = Dataset::default();
    for metric in METRICS {
        for by in [WEEK, DAY, By::Repo, By::Language, By::Category] {
            let figure = metric.compute(&data, &select(range("12w"), by), &calendar());
            assert_eq!(figure.value, None, "{}", metric.id());
            assert_eq!((figure.n, figure.points.len()), (0, 0), "{}", metric.id());
            assert_eq!(figure.previous, None);
        }
    }
    let days = workdays(&data, &select(range("12w"), WEEK), &calendar());
    assert_eq!((days.seen, days.of), (0, 0));
}

#[test]
fn one_day_of_history_is_one_day() {
    let data = noons(&["2026-08-12"]);
    let figure = over("commits", &data, "12w", WEEK);
    assert_eq!((figure.value, figure.previous), (Some(1.0), None));
    let known: Vec<_> = figure.points.iter().filter(|p| p.value.is_some()).collect();
    assert_eq!(
        known.len(),
        1,
        "weeks before the record are missing, not zero"
    );
    assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
}

#[test]
fn a_gap_inside_the_record_is_zero() {
    let data = noons(&["2026-06-01", "2026-08-10"]);
    let figure = over("commits", &data, "12w", WEEK);
    let values: Vec<_> = figure.points.iter().map(|p| p.value).collect();
    let mut expected = [Some(0.0); 11];
    expected[0] = Some(1.0);
    expected[10] = Some(1.0);
    assert_eq!(values[1..], expected[..]);
    assert_eq!(
        values[0], None,
        "the week before the first commit is not known"
    );
}

#[test]
fn the_running_week_is_compared_with_the_same_part_of_the_week_before() {
    // Now is Wednesday 12 August, 12:00.
    let now = DateTime::parse_from_rfc3339("2026-08-12T12:00:00Z").unwrap();
    let calendar = Calendar::new(now.to_utc(), chrono_tz::Tz::UTC);
    let data = data([
        at("2026-08-03T09:00:00Z", 0, 1),
        at("2026-08-05T11:59:00Z", 0, 1),
        at("2026-08-05T12:01:00Z", 0, 1),
        at("2026-08-07T09:00:00Z", 0, 1),
        at("2026-08-11T09:00:00Z", 0, 1),
    ]);
    let week = inward::model::period::Range::parse("week", &calendar, None).unwrap();
    let figure = by_id("commits")
        .unwrap()
        .compute(&data, &select(week, WEEK), &calendar);
    let previous = figure.previous.unwrap();
    assert_eq!((figure.value, previous.value), (Some(1.0), Some(2.0)));
    assert_eq!(previous.range.to_string(), "2026-08-03..2026-08-05");
    assert!(!figure.points[0].complete);
}

#[test]
fn without_a_record_of_the_whole_period_before_nothing_is_compared() {
    let data = noons(&["2026-05-04", "2026-08-10"]);
    assert_eq!(over("commits", &data, "12w", WEEK).previous, None);
    assert!(over("commits", &data, "2w", WEEK).previous.is_some());
}

/// Twelve whole weeks with these numbers of commits, then the running one.
fn weeks(counts: &[u32]) -> Dataset {
    let first = date("2026-05-18");
    let rows = counts.iter().zip(0..).flat_map(|(count, week)| {
        let day = first + chrono::Days::new(week * 7);
        (0..*count).map(move |minute| at(&format!("{day}T12:{minute:02}:00Z"), 0, 1))
    });
    data(rows.collect::<Vec<_>>())
}

fn judged(counts: &[u32]) -> Figure {
    // The first week of the record is the first bucket.
    over("commits", &weeks(counts), "2026-05-18..2026-08-09", WEEK)
}

#[test]
fn the_usual_range_is_that_of_an_independent_computation() {
    let figure = judged(&[12, 18, 25, 9, 14, 22, 30, 17, 11, 19, 24, 16]);
    let (low, high) = figure.usual.unwrap();
    // The lower limit is -3.68 and a count cannot fall below 0.
    assert!(low.abs() < 1e-12 && (high - 39.846_969_696_969_69).abs() < 1e-9);
    assert_eq!(figure.verdict, Verdict::WithinUsual);
    let weekly = weekly_median(&figure).unwrap();
    assert_eq!((weekly.median, weekly.n), (17.5, 12));
    assert_eq!(weekly.interval, Some((12.0, 24.0)));
}

#[test]
fn a_week_outside_and_a_run_on_one_side_are_changes() {
    let spike = judged(&[5, 6, 5, 6, 5, 6, 5, 40, 5, 6, 5, 6]);
    assert_eq!(spike.verdict, Verdict::Outside(vec![date("2026-07-06")]));
    let shift = judged(&[4, 12, 4, 12, 14, 10, 14, 10, 14, 10, 14, 13]);
    assert_eq!(shift.verdict, Verdict::WithinUsual);
    let shift = judged(&[2, 8, 2, 8, 14, 10, 14, 10, 14, 10, 14, 13]);
    assert_eq!(
        shift.verdict,
        Verdict::Shift {
            up: true,
            points: 8
        }
    );
}

#[test]
fn nine_whole_weeks_are_too_few_for_a_usual_range() {
    let data = weeks(&[9; 12]);
    let nine = over("commits", &data, "2026-06-08..2026-08-09", WEEK);
    assert_eq!(nine.verdict, Verdict::TooFewWeeks { have: 9, need: 10 });
    assert_eq!(nine.usual, None);
    // Weeks cut by the range do not help.
    let cut = over("commits", &data, "2026-06-09..2026-08-15", WEEK);
    assert_eq!(cut.verdict, Verdict::TooFewWeeks { have: 8, need: 10 });
}

#[test]
fn quantiles_appear_from_their_numbers_of_commits() {
    let names = |n: u32| {
        let rows = (0..n).map(|k| at(&format!("2026-08-03T{:02}:{:02}:00Z", k / 60, k % 60), 0, k));
        let figure = over("change_size", &data(rows), "month", WEEK);
        let keys = figure.points.iter().filter_map(|p| match p.key {
            Key::Name(name) => Some(name),
            _ => None,
        });
        let named: Vec<_> = keys.filter(|k| !k.ends_with("lines")).collect();
        (named, figure.interval)
    };
    assert_eq!(names(4), (vec!["item"; 4], None));
    assert_eq!(names(5), (vec!["p50"], None));
    assert_eq!(names(6), (vec!["p50"], Some((0.0, 5.0))));
    assert_eq!(names(20).0, ["p50", "p85"]);
    assert_eq!(names(60), (vec!["p50", "p85", "p95"], Some((21.0, 38.0))));
}

#[test]
fn git_saw_the_workdays_that_have_a_commit() {
    // Monday to Sunday of one week; two workdays and a Saturday with commits.
    let data = noons(&["2026-08-03", "2026-08-06", "2026-08-08"]);
    let days = workdays(&data, &select(range("week"), WEEK), &calendar());
    assert_eq!((days.seen, days.of), (0, 5));
    let days = workdays(&data, &select(range("2026-W32"), WEEK), &calendar());
    assert_eq!((days.seen, days.of), (2, 5));
}

#[test]
fn a_commit_in_several_languages_goes_to_the_one_with_most_lines() {
    let mut row = at("2026-08-10T09:00:00Z", 0, 20);
    row.changes.push(Change {
        language: LanguageId(2),
        ..change(Category::Test, 30)
    });
    row.changes.push(Change {
        language: LanguageId(3),
        ..change(Category::Lock, 900)
    });
    let data = data([row]);
    let figure = over("commits", &data, "12w", By::Language);
    let keys: Vec<_> = figure.points.iter().map(|p| (p.key, p.value)).collect();
    assert_eq!(keys, [(Key::Language(LanguageId(2)), Some(1.0))]);
    let days = over("active_days", &data, "12w", By::Language);
    assert_eq!(days.points.len(), 2, "the day belongs to both languages");
}
