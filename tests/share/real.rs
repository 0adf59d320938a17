//! The attacker on real histories: `INWARD_REAL_REPOS=DIR:DIR cargo test --release --test share real --
//! --nocapture`. Each DIR is a bare repository or a `.git` folder.
//!
//! Nobody's tasks are known there. The attacker is given what is worse: files in which the band is that
//! of commits, which everybody can count.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use inward::model::period::Range;
use inward::model::place::Place;
use inward::model::population::Population;
use inward::share::{Fact, Facts, Window};
use inward::sources::git::{self, Counter};

use super::attacker::{Crowd, alike};
use super::pooled::{give, suspects};
use super::team::weeks;

/// The eight whole quarters before the newest commit.
fn quarters(dir: &Path) -> Vec<Window> {
    let output = Command::new("git")
        .arg("-C")
        .arg(dir)
        .args(["log", "-1", "--format=%cs"])
        .output();
    let newest = String::from_utf8(output.unwrap().stdout).unwrap();
    let mut day = newest.trim().parse().unwrap();
    let mut out = Vec::new();
    for _ in 0..8 {
        let window = Window::last_quarter(day);
        out.insert(0, window);
        day = window.range().from;
    }
    out
}

fn place(dir: &Path) -> Place {
    Place {
        path: dir.to_path_buf(),
        git_dir: dir.to_path_buf(),
        common_dir: dir.to_path_buf(),
        alternates: Vec::new(),
        trusted: true,
    }
}

/// Everybody's commits by week, and the seconds that counting took.
fn by_week(dir: &Path, windows: &[Window]) -> (Vec<Vec<u32>>, Vec<Range>, f64) {
    let ranges: Vec<Range> = windows.iter().flat_map(|window| weeks(*window)).collect();
    let from = Instant::now();
    let mut counter = Counter::new(ranges.clone());
    counter.read(&place(dir), &AtomicBool::new(false)).unwrap();
    let people = counter.finish();
    let seconds = from.elapsed().as_secs_f64();
    (people.counts(&ranges).unwrap(), ranges, seconds)
}

/// Somebody's weeks of one window.
fn of_window(counts: &[u32], ranges: &[Range], window: Window) -> Vec<u32> {
    let inside = |at: &usize| window.range().contains(ranges[*at].from);
    (0..ranges.len())
        .filter(inside)
        .map(|at| counts[at])
        .collect()
}

fn facts(commits: u32) -> Facts {
    let unknown = Fact::Unknown("it is commits alone");
    Facts {
        stories: unknown,
        bugs: unknown,
        tasks: unknown,
        finished: Fact::Known(u64::from(commits)),
        cycle_days: unknown,
        reviews: unknown,
        outcomes: Vec::new(),
    }
}

fn attack(dir: &Path) {
    let windows = quarters(dir);
    let (counts, ranges, seconds) = by_week(dir, &windows);
    let total =
        |one: &Vec<u32>, window: Window| -> u32 { of_window(one, &ranges, window).iter().sum() };
    let rows = counts
        .iter()
        .map(|one| windows.iter().map(|window| total(one, *window)).collect());
    let people = Population::new(
        windows.iter().map(|one| one.range()).collect(),
        rows.collect(),
    );
    let (mut weekly, mut totals, mut pooled) =
        (Crowd::default(), Crowd::default(), Crowd::default());
    for window in &windows {
        let busy: Vec<&Vec<u32>> = counts
            .iter()
            .filter(|one| total(one, *window) >= 3)
            .collect();
        let exact: Vec<Vec<u32>> = busy
            .iter()
            .map(|one| of_window(one, &ranges, *window))
            .collect();
        weekly.extend(alike(&exact));
        totals.extend(alike(
            &busy
                .iter()
                .map(|one| total(one, *window))
                .collect::<Vec<_>>(),
        ));
    }
    let (mut banded, mut refused) = (0, 0);
    for victim in &counts {
        let mine: Vec<Window> = windows
            .iter()
            .copied()
            .filter(|one| total(victim, *one) >= 3)
            .collect();
        let giving = give(&people, &mine, |window| facts(total(victim, window)));
        refused += giving.refused;
        for n in 1..=giving.past.len() {
            let active = |one: &Vec<u32>, window| total(one, window) > 0;
            pooled.add(suspects(&counts, &giving.past[..n], active, total));
            banded += usize::from(!giving.past[n - 1].given.is_empty());
        }
    }
    println!(
        "{} {}..{}: {} people, counted in {seconds:.2} s",
        dir.display(),
        windows[0],
        windows[7],
        counts.len()
    );
    for (name, crowd) in [
        ("weekly", &weekly),
        ("totals", &totals),
        ("pooled", &pooled),
    ] {
        println!(
            "  {name}: {} files, identified {:.1} %, k<5 {:.1} %, median {}",
            crowd.len(),
            crowd.identified(),
            crowd.below(5),
            crowd.median()
        );
    }
    println!("  pooled: {banded} with a band, {refused} refused");
    assert!(weekly.identified() >= 90.0, "the attacker does not work");
    assert!(pooled.identified() <= 5.0 && (pooled.len() == 0 || pooled.median() >= 5));
}

#[test]
fn real_histories_where_they_are_given() {
    let Ok(all) = std::env::var("INWARD_REAL_REPOS") else {
        println!("skipped: INWARD_REAL_REPOS names no repositories");
        return;
    };
    git::prepare().unwrap();
    for dir in all.split(':') {
        attack(&PathBuf::from(dir));
    }
}
