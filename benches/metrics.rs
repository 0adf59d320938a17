//! Time of one figure, and of all figures of a page, over 100,000 and 1,000,000 commits of ten
//! years in 50 repositories, with 10,000 and 100,000 tasks: `cargo bench --bench metrics`. The goal
//! is a page under 16 ms at the smaller size and under 50 ms at the larger one.

#![expect(clippy::unwrap_used, reason = "the generator is test code")]

#[path = "../tests/figures/generate.rs"]
mod generate;
#[path = "../tests/figures/generate_work.rs"]
mod generate_work;

use std::sync::OnceLock;

use chrono::DateTime;
use divan::{Bencher, black_box};
use inward::metrics::{METRICS, by_id, extent};
use inward::model::calendar::Calendar;
use inward::model::dataset::Dataset;
use inward::model::figure::Figure;
use inward::model::ids::RepoId;
use inward::model::period::{Bucket, Range};
use inward::model::selection::{By, Selection};
use inward::report::pages::Page;

fn main() {
    divan::main();
}

const REPOS: u32 = 50;
const SIZES: [u32; 2] = [100_000, 1_000_000];

fn data(count: u32) -> &'static Dataset {
    static DATA: [OnceLock<Dataset>; 2] = [OnceLock::new(), OnceLock::new()];
    let place = usize::from(count == SIZES[1]);
    DATA[place].get_or_init(|| {
        let mut data = generate::dataset(generate::rows(1, count, 3_650, REPOS), REPOS);
        generate_work::add(&mut data, 2, (count / 10, 3_650));
        data
    })
}

fn calendar() -> Calendar {
    let now = DateTime::from_timestamp(generate::NOW, 0).unwrap_or_default();
    Calendar::new(now, chrono_tz::Tz::UTC)
}

fn everything(data: &Dataset) -> Selection {
    let today = calendar().today();
    Selection::weekly(extent(data).unwrap_or(Range::new(today, today)))
}

fn figures(data: &Dataset, selection: &Selection, page: Page) -> Vec<Figure> {
    let asked = page.parts().iter().filter_map(|(id, by)| {
        let selection = Selection {
            by: *by,
            ..selection.clone()
        };
        by_id(id).map(|metric| metric.compute(data, &selection, &calendar()))
    });
    asked.collect()
}

#[divan::bench(args = SIZES)]
fn overview_page_over_all_time(bencher: Bencher<'_, '_>, count: u32) {
    let data = data(count);
    let selection = everything(data);
    bencher.bench(|| figures(black_box(data), &selection, Page::Overview));
}

#[divan::bench(args = SIZES)]
fn trends_page_over_all_time(bencher: Bencher<'_, '_>, count: u32) {
    let data = data(count);
    let selection = everything(data);
    bencher.bench(|| figures(black_box(data), &selection, Page::Trends));
}

#[divan::bench(args = SIZES)]
fn rhythm_page_over_all_time(bencher: Bencher<'_, '_>, count: u32) {
    let data = data(count);
    let selection = everything(data);
    bencher.bench(|| figures(black_box(data), &selection, Page::Rhythm));
}

#[divan::bench(args = SIZES)]
fn overview_page_over_twelve_weeks(bencher: Bencher<'_, '_>, count: u32) {
    let data = data(count);
    let selection = Selection::weekly(Range::weeks(12, &calendar()));
    bencher.bench(|| figures(black_box(data), &selection, Page::Overview));
}

/// What a page of flow shows.
const FLOW: [&str; 10] = [
    "throughput",
    "wip",
    "work_item_age",
    "cycle_time",
    "time_in_stage",
    "bottleneck",
    "cumulative_flow",
    "forecast",
    "review_received",
    "change_cycle_time",
];

fn flow(data: &Dataset, selection: &Selection) -> Vec<Figure> {
    let metrics = FLOW.iter().filter_map(|id| by_id(id));
    metrics
        .map(|metric| metric.compute(data, selection, &calendar()))
        .collect()
}

#[divan::bench(args = SIZES)]
fn flow_page_over_twelve_weeks(bencher: Bencher<'_, '_>, count: u32) {
    let data = data(count);
    let selection = Selection::weekly(Range::weeks(12, &calendar()));
    bencher.bench(|| flow(black_box(data), &selection));
}

#[divan::bench(args = SIZES)]
fn flow_page_over_all_time(bencher: Bencher<'_, '_>, count: u32) {
    let data = data(count);
    let selection = everything(data);
    bencher.bench(|| flow(black_box(data), &selection));
}

#[divan::bench(args = SIZES)]
fn commits_by_day_in_half_of_the_repositories(bencher: Bencher<'_, '_>, count: u32) {
    let data = data(count);
    let selection = Selection {
        repos: Some((1..=REPOS / 2).map(RepoId).collect()),
        by: By::Time(Bucket::Day),
        ..everything(data)
    };
    let metric = by_id("commits");
    bencher.bench(|| metric.map(|m| m.compute(black_box(data), &selection, &calendar())));
}

#[divan::bench(args = METRICS.iter().map(|metric| metric.id()))]
fn one_figure_over_a_million_commits(bencher: Bencher<'_, '_>, id: &str) {
    let data = data(SIZES[1]);
    let selection = everything(data);
    let metric = by_id(id);
    bencher.bench(|| metric.map(|m| m.compute(black_box(data), &selection, &calendar())));
}
