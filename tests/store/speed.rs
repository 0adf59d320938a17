//! Timings, for `cargo test --release --test store -- --ignored --nocapture speed`.

use std::time::Instant;

use crate::fake::{Fake, fill};
use crate::git::NOW;
use inward::store::Store;

#[test]
#[ignore = "a timing, not a check"]
fn a_hundred_thousand_commits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let fake = Fake {
        commits: 100_000,
        files: 5,
    };
    let begun = Instant::now();
    let mut store = Store::open(&file, NOW).unwrap();
    fill(&mut store, &fake);
    let seconds = begun.elapsed().as_secs_f64();
    println!("insert: {seconds:.2} s, {:.2} M rows/s", 0.6 / seconds);
    drop(store);
    println!(
        "file: {:.1} MB",
        file.metadata().unwrap().len() as f64 / 1e6
    );
    for _ in 0..5 {
        let begun = Instant::now();
        let store = Store::open_reading(&file, NOW).unwrap();
        let opened = begun.elapsed().as_secs_f64();
        let (data, _) = store.dataset(NOW).unwrap();
        let both = begun.elapsed().as_secs_f64();
        println!(
            "open {:.1} ms, load {:.1} ms, {} commits, {} entries",
            opened * 1e3,
            (both - opened) * 1e3,
            data.len(),
            data.changes.category.len()
        );
    }
    let mut store = Store::open(&file, NOW).unwrap();
    for (what, deed) in [
        (
            "quick check",
            (|s: &Store| s.quick_check().unwrap()) as fn(&Store),
        ),
        ("known", |s| drop(s.known().unwrap())),
        ("find in summaries and paths", |s| {
            drop(s.find("file77").unwrap());
        }),
        ("identities", |s| drop(s.identities().unwrap())),
        ("repositories", |s| drop(s.repositories().unwrap())),
    ] {
        let begun = Instant::now();
        deed(&store);
        println!("{what}: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    }
    let begun = Instant::now();
    let report = fill(
        &mut store,
        &Fake {
            commits: 100_010,
            files: 5,
        },
    );
    assert_eq!(report.added(), 10);
    println!(
        "full walk, 10 new: {:.1} ms",
        begun.elapsed().as_secs_f64() * 1e3
    );
    let begun = Instant::now();
    store.recount(NOW).unwrap();
    println!("recount: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
}
