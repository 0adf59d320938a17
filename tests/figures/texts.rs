//! Figures and pages as plain text.

use inward::metrics::{METRICS, by_id};
use inward::model::dataset::Dataset;
use inward::model::ids::RepoId;
use inward::model::period::Bucket;
use inward::model::selection::{By, Selection};
use inward::report::Context;
use inward::report::explain::{Found, explain_text};
use inward::report::log::{log_text, newest_first};
use inward::report::names::Names;
use inward::report::pages::{Page, Subject, page_text};
use inward::report::status::status_line;
use inward::report::text::figure_text;
use inward::report::trackers::Trackers;
use proptest::prelude::*;

use super::generate::{dataset, rows};
use super::{WEEK, ask, calendar, labels, range, select};

fn full() -> Dataset {
    dataset(rows(7, 1_500, 400, 3), 3)
}

/// `show(context)` with the columns and marks asked for.
fn shown(
    data: &Dataset,
    width: usize,
    ascii: bool,
    show: impl Fn(&Context<'_>) -> String,
) -> String {
    let (labels, calendar) = (labels(), calendar());
    show(&Context {
        names: Names::new(data, &labels),
        calendar: &calendar,
        away: &[],
        width,
        ascii,
    })
}

fn figure(id: &str, data: &Dataset, text: &str, by: By) -> String {
    let figure = ask(id, data, &select(range(text), by));
    shown(data, 80, false, |context| figure_text(&figure, context))
}

fn page(page: Page, data: &Dataset, selection: &Selection) -> String {
    let subject = Subject {
        data,
        selection,
        log: &[],
    };
    shown(data, 80, false, |context| {
        page_text(page, &subject, context)
    })
}

#[test]
fn commits_by_week() {
    insta::assert_snapshot!(figure("commits", &full(), "12w", WEEK), @r#"
    Commits, 12 weeks to Sun 16 Aug (so far): 294 commits.
      Was 262 in 12 weeks to Sun 24 May, the same part of the period before.
      Median week 25 [18-29], n=11 weeks.
      No week outside the usual range 11-38: differences between weeks are probably
      noise.
      Over these weeks no change that can be told from noise.
      Left out: 26 merges, 18 twins.
      25 May  23  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      1 Jun   25  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      8 Jun   28  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      15 Jun  29  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      22 Jun  37  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      29 Jun  21  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      6 Jul   25  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      13 Jul  25  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      20 Jul  18  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      27 Jul  23  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      3 Aug   17  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      10 Aug  23  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ so far, 5 of 5 workdays
    "#);
}

#[test]
fn lines_by_repository() {
    insta::assert_snapshot!(figure("lines_changed", &full(), "quarter", By::Repo), @r#"
    Lines changed, Q3 2026 (so far): 11,494 lines, naïve site 50%, web 32%, api 18%.
      Was 10,970 in 1 Apr to 17 May, the same part of the period before.
      n=146 commits.
      Left out: 1,044 lines in generated files, 129 lines in vendored files, 100
      lines in lock files, 216 lines of twins, 1 commit with unknown lines.
      naïve site  5,730   50%  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      web         3,685   32%  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      api         2,079   18%  ▇▇▇▇▇▇▇▇▇▇▇▇
    "#);
}

#[test]
fn lines_by_month_without_a_period_before() {
    insta::assert_snapshot!(figure("lines_changed", &full(), "2026", By::Time(Bucket::Month)), @r#"
    Lines changed, 2026 (so far): 54,607 lines (+35,660 -18,947).
      Nothing to compare with: the record starts too late for it.
      n=750 commits.
      Left out: 3,769 lines in generated files, 1,930 lines in vendored files, 2,098
      lines in lock files, 2,465 lines of twins, 2 commits with unknown lines.
      Jan 2026  8,108  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      Feb 2026  6,365  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      Mar 2026  5,709  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      Apr 2026  7,293  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      May 2026  7,242  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      Jun 2026  8,396  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      Jul 2026  8,918  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      Aug 2026  2,576  ▇▇▇▇▇▇▇▇▇▇ so far
    "#);
}

#[test]
fn sizes_of_changes() {
    insta::assert_snapshot!(figure("change_size", &full(), "12w", WEEK), @r#"
    Size of a change, 12 weeks to Sun 16 Aug (so far): median 31 lines [27-42],
      n=274 commits.
      Was 34 in 12 weeks to Sun 24 May, the same part of the period before.
      Left out: 1,922 lines in generated files, 653 lines in vendored files, 773
      lines in lock files, 833 lines of twins, 1 commit with unknown lines, 19
      commits without a counted file.
      p50             31  lines
      p85            174  lines
      p95            295  lines
      0 lines         21    8%  ▇▇▇▇▇▇▇▇
      1-9 lines       57   21%  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      10-49 lines     89   32%  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      50-99 lines     32   12%  ▇▇▇▇▇▇▇▇▇▇▇▇
      100-499 lines   72   26%  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
      500-999 lines    3    1%  ▇
      1000+ lines      0    0%
    "#);
}

#[test]
fn hours_by_weekday() {
    insta::assert_snapshot!(figure("hours_by_weekday", &full(), "12w", WEEK), @r#"
    Hours by weekday, 12 weeks to Sun 16 Aug (so far): 294 commits.
      Was 262 in 12 weeks to Sun 24 May, the same part of the period before.
      Left out: 26 merges, 18 twins.
          00    03    06    09    12    15    18    21
      Mon · · · · · · · · · ░ ░ ▒ ▒ ▒ ░ ▒ ▒ ░ · ░ · · · ·      39
      Tue · · · · · · · · ░ ░ ▒ ░ ▒ ▓ ▒ ▓ ▒ ░ ░ · · · · ·      42
      Wed · · · · · · · · · ▒ ▒ ▒ ▓ ▒ ▓ ░ ░ ▒ ░ ░ ░ · · ·      45
      Thu · · · · · · · · ░ ▒ ▒ ▓ ▓ █ █ █ █ ░ ░ ░ · · · ·      77
      Fri · · · · · · · · · ▒ ░ ▒ █ ▓ █ █ ▒ ▒ ▓ ░ · · · ·      77
      Sat · · · · · · · · · · ░ · · · ░ · · ░ · · · · · ·       6
      Sun · · · · · · · · ░ · ░ · ░ ░ · · ░ · · · ░ · · ·       8
      · 0, ░ to 3, ▒ to 6, ▓ to 9, █ to 13
    "#);
}

#[test]
fn a_share_that_is_too_small_to_tell() {
    let data = dataset(rows(3, 4, 20, 1), 1);
    insta::assert_snapshot!(figure("after_hours_share", &data, "12w", WEEK), @r#"
    Share of commits after hours, 12 weeks to Sun 16 Aug (so far): no value.
      3 commits in 12 weeks to Sun 16 Aug (so far). Share from 5.
      Left out: 1 merge.
    "#);
    insta::assert_snapshot!(figure("change_size", &data, "12w", WEEK), @r#"
    Size of a change, 12 weeks to Sun 16 Aug (so far): no value.
      3 commits in 12 weeks to Sun 16 Aug (so far). Median from 5.
      Tue 4 Aug  292  lines
      Wed 5 Aug  238  lines
      Thu 6 Aug   93  lines
    "#);
}

#[test]
fn the_overview() {
    insta::assert_snapshot!(page(Page::Overview, &full(), &select(range("12w"), WEEK)), @r#"
    Overview, 12 weeks to Sun 16 Aug (so far), 3 repositories

    Nothing left its usual range: differences between weeks are probably noise.

    Changes delivered: 0, was 0 ▁▁▁▁▁▁▁▁▁▁▁▁
    Repositories: web 39%, naïve site 38%, api 23%
    Languages: other 21%, Rust 20%, TypeScript 17%, 3 more 43%
    Share of commits after hours: 11% [8-15], n=294, was 14%, usual week 0-28%
      ▂▃▅▂▃▄▆▄█▆▂▆
    Days with commits: 71, was 66, usual week 4-7 ▆▇▇▆█▇▇██▇▆▆
    Lines changed: 21,571, was 18,557, usual week 630-3,047 ▅▆▆▇▆▆▆█▄▆▃▄
    Size of a change: 31 lines [27-42], n=274, was 34
    Commits: 294, was 262, usual week 11-38 ▅▅▆▆█▄▅▅▄▅▄▅
    No task is known yet: `inward import FILE` reads a tracker's export.
    "Was" is 12 weeks to Sun 24 May.
    Left out of the commits: 26 merges, 18 twins.

    Git saw 60 of 60 workdays. Thinking, helping, design and talk leave no trace
    here; a low number is not little work.
    "#);
}

#[test]
fn the_rhythm_page_without_colours_or_special_marks() {
    let data = full();
    let selection = select(range("4w"), WEEK);
    let subject = Subject {
        data: &data,
        selection: &selection,
        log: &[],
    };
    let text = shown(&data, 50, true, |context| {
        page_text(Page::Rhythm, &subject, context)
    });
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!(text, @r#"
    Rhythm, 4 weeks to Sun 16 Aug (so far), 3
      repositories

    Hours by weekday, 4 weeks to Sun 16 Aug (so far):
      81 commits.
      Was 108 in 4 weeks to Sun 19 Jul, the same part
      of the period before.
      Left out: 7 merges, 5 twins.
          00    06    12    18
      Mon ............-*-++.......      9
      Tue ..........---+.--.-.....      8
      Wed .........-++-+*.-...-...     13
      Thu ........--.#-##+...-....     19
      Fri .........-+-#+##+.#-....     28
      Sat .................-......      1
      Sun ..........-..-..-.......      3
      . 0, - to 1, + to 2, * to 3, # to 5

    Share of commits after hours, 4 weeks to Sun 16
      Aug (so far): 16% [10-26], n=81.
      Was 11% in 4 weeks to Sun 19 Jul, the same part
      of the period before.
      3 whole weeks in this range. Usual range from
      10.
      Too few whole weeks to tell a trend: 3 of 10.
      Left out: 7 merges, 5 twins.
      20 Jul  22%  ##########
      27 Jul  17%  ########
      3 Aug    6%  ###
      10 Aug  17%  ######## so far, 5 of 5 workdays

    Share of commits on days off, 4 weeks to Sun 16
      Aug (so far): 5% [2-12], n=81.
      Was 6% in 4 weeks to Sun 19 Jul, the same part
      of the period before.
      3 whole weeks in this range. Usual range from
      10.
      Too few whole weeks to tell a trend: 3 of 10.
      Left out: 7 merges, 5 twins.
      20 Jul  11%  ##########
      27 Jul   9%  ########
      3 Aug    0%
      10 Aug   0%   so far, 5 of 5 workdays
    "#);
}

#[test]
fn the_log_names_what_leaves_a_row_out_of_figures() {
    let data = full();
    let rows = super::outputs::log_rows();
    let text = shown(&data, 80, false, |context| log_text(&rows, context));
    insta::assert_snapshot!(text, @r#"
    Mon 16 Feb
      23:30  9e3779b100  =cmd()        Größe, "quoted" 🦀            +1,204 -3  1 file

    Undated
             3c6ef36200  =cmd()        Größe, "quote…  merge  twin  undated  not yours
    "#);
    assert_eq!(
        shown(&data, 80, false, |context| log_text(&[], context)),
        "Nothing of yours is known in this range.\n"
    );
}

#[test]
fn what_imports_brought_stands_in_the_log_by_its_day() {
    let data = full();
    let rows = [super::outputs::log_rows(), super::outputs::imported_rows()].concat();
    let text = shown(&data, 80, false, |context| {
        log_text(&newest_first(rows.clone(), context.calendar), context)
    });
    insta::assert_snapshot!(text, @r#"
    Mon 16 Feb
             ING-207     harbour       calendar, 1 entry                    busy  1h00
             oncall 3    harbour       =First …         to 2026-02-20  impact  ING-207
      23:30  9e3779b100  =cmd()        Größe, "quoted" 🦀            +1,204 -3  1 file
             #12         harbour       =Tabs break …  bug  finished by then  corrected
      09:20  #9          harbour       reviewed                               excluded
      06:33  ING-207     harbour       stand-up                   busy  1h00  excluded

    Undated
             3c6ef36200  =cmd()        Größe, "quote…  merge  twin  undated  not yours
    "#);
}

#[test]
fn each_empty_state_says_which_it_is() {
    let data = full();
    let nothing = page(
        Page::Overview,
        &Dataset::default(),
        &select(range("12w"), WEEK),
    );
    insta::assert_snapshot!(nothing, @r#"
    Overview, 12 weeks to Sun 16 Aug (so far)

    No commit is recorded yet. `inward scan` reads the repository you stand in;
    `inward demo` shows a generated year.
    "#);
    let early = page(Page::Trends, &data, &select(range("2019"), WEEK));
    insta::assert_snapshot!(early, @r#"
    Trends, 2019, 3 repositories

    No commits in 2019. The record goes from Fri 11 Jul 2025 to 14 Aug: try `all`.
    "#);
    let hidden = Selection {
        repos: Some([RepoId(99)].into()),
        ..select(range("12w"), WEEK)
    };
    insta::assert_snapshot!(page(Page::Work, &data, &hidden), @r#"
    Work, 12 weeks to Sun 16 Aug (so far), 1 repository

    The filter hides all 294 commits in 12 weeks to Sun 16 Aug (so far).
    "#);
}

#[test]
fn the_status_line_is_one_short_line() {
    assert_eq!(
        status_line(&Dataset::default(), &calendar()),
        "no commits recorded"
    );
    insta::assert_snapshot!(status_line(&full(), &calendar()), @r#"no commits today, 23 this week"#);
}

#[test]
fn a_metric_explains_itself() {
    let data = full();
    let metric = by_id("after_hours_share").unwrap();
    let text = shown(&data, 72, false, |context| {
        let found = Found {
            data: &data,
            trackers: &Trackers::new(),
            rows: (&[], 0),
        };
        explain_text(metric, &found, context)
    });
    insta::assert_snapshot!(text, @r#"
    Share of commits after hours (after_hours_share, a share, from 0 to 1)

    Rule: Counted commits outside the owner's working hours (days off
      included), by the hour of the author date in its own offset, divided
      by all counted commits, with Wilson's 95 % interval. The working week
      is a setting: Monday to Friday, 9 to 18 unless changed. Days marked as
      leave or holiday are days off. The baseline is the owner's own: the
      usual range is made of one's own past weeks alone, from 10 on, and no
      other person's hours enter.

    Formula: after_hours_share = |counted commits outside working hours| /
      |counted commits|

    Source: LFX counts weekday commits from 18:00 and weekends; Claes et al.
      (ICSE 2018) found that the baseline must be the person's own, so hours
      are the owner's.

    Misleads: The time of a commit is not the time of the work. Flexible
      hours, children and travel look like overtime. It is compared with
      one's own past only, and says nothing of health.

    Left out: What the commits figure leaves out: merges, twins and squashes
      whose originals count (raw counts both) and undated commits. A week,
      month or part with fewer than 5 commits has no share.

    Needs:
      commits: 1,500
      your work week (work_days, work_hours in the settings): set

    Coverage: n=1,292 commits from Fri 11 Jul 2025 to 14 Aug. Left out: 133
      merges, 75 twins.
    "#);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_figure_has_a_text_that_moves_no_cursor(
        seed in any::<u64>(), count in 0_u32..80, days in 1_u64..400,
        width in 0_usize..250, ascii in any::<bool>(), cut in 0_usize..5,
    ) {
        let data = dataset(rows(seed, count, days, 3), 3);
        let by = [WEEK, By::Time(Bucket::Month), By::Repo, By::Language, By::Category][cut];
        let selection = select(range("26w"), by);
        let mut text = String::new();
        for metric in METRICS {
            let figure = metric.compute(&data, &selection, &calendar());
            text += &shown(&data, width, ascii, |context| figure_text(&figure, context));
        }
        for page in Page::ALL {
            let subject = Subject { data: &data, selection: &selection, log: &[] };
            text += &shown(&data, width, ascii, |context| page_text(page, &subject, context));
        }
        prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
        prop_assert!(!text.contains(['─', '│', '╭']), "no frames");
        prop_assert!(text.lines().all(|line| line == line.trim_end()));
        let wide = text.lines().find(|line| line.chars().count() > width.clamp(40, 200));
        prop_assert_eq!(wide, None);
    }
}
