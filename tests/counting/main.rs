//! The corpus: histories that are easily counted wrong, made by real git at fixed dates, each with
//! the exact numbers that inward must give. `docs/counting.md` is made from it.
//! `INWARD_BLESS=1 cargo test --test counting` writes the page anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(unix)]

mod case;
mod copies;
mod files;
#[path = "../it/home.rs"]
#[expect(dead_code, reason = "shared with the tests of the binary")]
mod home;
mod page;
mod people;
mod squashes;
mod steps;
mod story;
mod times;

use std::sync::OnceLock;
use std::thread;

use case::{Case, Git, Said, git_says, inward_says};
use home::Home;

fn cases() -> Vec<&'static Case> {
    [
        people::CASES,
        copies::CASES,
        squashes::CASES,
        times::CASES,
        files::CASES,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What git and inward say of each case, in the order of [`cases`].
fn told() -> &'static [(Git, Said)] {
    static TOLD: OnceLock<Vec<(Git, Said)>> = OnceLock::new();
    TOLD.get_or_init(|| {
        let all = cases();
        let half = all.len().div_ceil(2);
        thread::scope(|threads| {
            let halves: Vec<_> = all
                .chunks(half)
                .map(|part| {
                    threads.spawn(|| part.iter().map(|case| tell(case)).collect::<Vec<_>>())
                })
                .collect();
            halves
                .into_iter()
                .flat_map(|half| half.join().unwrap())
                .collect()
        })
    })
}

fn tell(case: &Case) -> (Git, Said) {
    let home = Home::new();
    let repos = (case.build)(&home);
    // Git last: in a partial clone it fetches what it needs.
    let said = inward_says(&home, &repos, case.reflog);
    (git_says(&home, &repos), said)
}

#[test]
fn every_case_gives_its_exact_numbers() {
    let mut wrong = Vec::new();
    for (case, (_, said)) in cases().iter().zip(told()) {
        if *said != case.expected {
            wrong.push(format!(
                "{}\n  said     {said:?}\n  expected {:?}",
                case.name, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_on_counting_is_what_the_cases_say() {
    let rows: Vec<_> = cases().into_iter().zip(told().iter().copied()).collect();
    page::holds(&rows);
}
