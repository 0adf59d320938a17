//! Timings, for `cargo test --release --test store -- --ignored --nocapture speed`.

use std::path::Path;
use std::time::Instant;

use chrono::{Days, NaiveDate};

use crate::fake::{Fake, fill};
use crate::git::NOW;
use crate::own::note;
use crate::sealed::passphrase;
use crate::tasks::{at, clean, file, import, task};
use inward::model::period::Range;
use inward::model::stage::Status;
use inward::model::task::Fact;
use inward::store::Store;
use inward::store::sealed::{Cost, DataKey, Door, Glimpse};

/// The least and the greatest of `times` runs, in ms.
fn spread(times: usize, mut run: impl FnMut()) -> String {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    all.sort_by(f64::total_cmp);
    format!("{:.0}-{:.0} ms", all[0], all[times - 1])
}

#[test]
#[ignore = "a timing, not a check"]
fn fifty_thousand_commits_sealed_and_plain() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let fake = Fake {
        commits: 50_000,
        files: 5,
    };
    let begun = Instant::now();
    fill(&mut Store::open(&file, NOW).unwrap(), &fake);
    println!("scan, plain: {:.2} s", begun.elapsed().as_secs_f64());
    let bytes = file.metadata().unwrap().len();
    println!("file: {:.1} MB", bytes as f64 / 1e6);
    let measure = |door: &Door, how: &str| {
        let load = || {
            let store = door.open_reading(NOW).unwrap();
            assert_eq!(store.dataset(NOW).unwrap().0.len(), 50_000);
        };
        let open = || drop(door.open_reading(NOW).unwrap());
        println!("open, {how}: {}", spread(9, open));
        println!("open and columns, {how}: {}", spread(9, load));
        let mut store = door.open(NOW).unwrap();
        let write = || assert!(store.add_note(&note("a note")).is_ok());
        println!("a note, {how}: {}", spread(9, write));
    };
    measure(&Door::new(&file, None), "plain");
    let key = DataKey::random().unwrap();
    let words = passphrase("measured");
    let begun = Instant::now();
    Store::encrypt(&file, &key, (&words, Cost::NEW), NOW).unwrap();
    println!("encrypt: {:.2} s", begun.elapsed().as_secs_f64());
    measure(&Door::new(&file, Some(key.clone())), "sealed");
    let glimpse = Glimpse::of(&file).unwrap().unwrap();
    let unlock = || drop(glimpse.unlock(&words).unwrap());
    println!("passphrase: {}", spread(5, unlock));
    let empty = folder.path().join("empty.db");
    drop(Store::open(&empty, NOW).unwrap());
    Store::encrypt(&empty, &key, (&words, Cost::NEW), NOW).unwrap();
    let begun = Instant::now();
    fill(&mut Door::new(&empty, Some(key)).open(NOW).unwrap(), &fake);
    println!("scan, sealed: {:.2} s", begun.elapsed().as_secs_f64());
}

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
    for line in drafts(store, &folder.path().join("store.db")) {
        println!("{line}");
    }
}

/// What drafts read of a hundred thousand commits and ten thousand tasks: the last days, and half a
/// year.
fn drafts(mut store: Store, file: &Path) -> Vec<String> {
    let mut out = Vec::new();
    let facts: Vec<Fact> = (0..10_000).map(ordinary).collect();
    import(&mut store, &crate::tasks::file(1), true, &facts);
    let (data, _) = store.dataset(NOW).unwrap();
    let last = data.commits.day.last().copied().unwrap();
    let last = NaiveDate::from_epoch_days(last).unwrap();
    for days in [3, 182] {
        let range = Range::new(last - Days::new(days), last);
        for _ in 0..3 {
            let begun = Instant::now();
            let store = Store::open_reading(file, NOW).unwrap();
            let material = store.material(range).unwrap();
            out.push(format!(
                "what {days} days need: {:.1} ms, {} commits, {} tasks",
                begun.elapsed().as_secs_f64() * 1e3,
                material.commits.len(),
                material.tasks.len()
            ));
        }
    }
    out
}

#[test]
#[ignore = "a timing, not a check"]
fn a_hundred_thousand_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path, NOW).unwrap();
    let facts: Vec<Fact> = (0..100_000).map(ordinary).collect();
    let timed = |what: &str, begun: Instant| {
        println!("{what}: {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    };
    let begun = Instant::now();
    let first = import(&mut store, &file(1), true, &facts);
    timed("first import", begun);
    assert_eq!(first.added, 100_000);
    println!(
        "file: {:.1} MB",
        path.metadata().unwrap().len() as f64 / 1e6
    );
    let begun = Instant::now();
    let again = import(&mut store, &file(1), true, &facts);
    timed("the same again", begun);
    assert_eq!(again.unchanged, 100_000);
    let mut newer = facts;
    for fact in newer.iter_mut().step_by(10) {
        if let Fact::Task(task) = fact {
            (task.status, task.updated) = (Status::word("Closed"), Some(at(900_000)));
        }
    }
    let begun = Instant::now();
    let second = import(&mut store, &file(2), true, &newer);
    timed("a newer one with a tenth changed", begun);
    assert_eq!((second.updated, second.unchanged), (10_000, 90_000));
    let begun = Instant::now();
    assert_eq!(store.tasks().unwrap().len(), 100_000);
    timed("reading tasks", begun);
    let begun = Instant::now();
    drop(store.unknown_words().unwrap());
    timed("unknown words", begun);
    let begun = Instant::now();
    assert_eq!(store.task("ING-77").unwrap().len(), 1);
    timed("one task", begun);
    let begun = Instant::now();
    store.undo_import(2).unwrap().unwrap();
    timed("undo of the newer one", begun);
    let begun = Instant::now();
    store.undo_import(1).unwrap().unwrap();
    timed("undo of the first", begun);
}

/// A task as a full export shows it.
fn ordinary(n: i64) -> Fact {
    let mut facts = task(&format!("ING-{n}"), "In Progress", n);
    facts.aliases.push(format!("jira:{n}@{}", n * 7));
    facts.title = clean(&format!(
        "Make part {n} of the thing work as it was thought of"
    ));
    facts.project = Some(clean("Ingest"));
    (facts.created, facts.due) = (Some(at(n - 10)), Some(at(n + 50)));
    facts.tags = vec![clean("backend"), clean("2026")];
    Fact::Task(Box::new(facts))
}

#[test]
#[ignore = "a timing, not a check"]
fn a_dump_of_fifty_thousand_commits_and_a_store_made_of_it() {
    let mut store = Store::memory(NOW).unwrap();
    let fake = Fake {
        commits: 50_000,
        files: 5,
    };
    fill(&mut store, &fake);
    let begun = Instant::now();
    let copy = crate::restoring::dumped(&store)["copy"].clone();
    let bytes: usize = copy.iter().map(String::len).sum();
    println!(
        "dump: {:.2} s, copy of {:.1} MB",
        begun.elapsed().as_secs_f64(),
        bytes as f64 / 1e6
    );
    let begun = Instant::now();
    let draft = crate::restoring::made_of(&copy).unwrap();
    println!("read: {:.2} s", begun.elapsed().as_secs_f64());
    let folder = tempfile::tempdir().unwrap();
    let mut new = Store::open(&folder.path().join("store.db"), NOW).unwrap();
    let begun = Instant::now();
    new.take_over(&draft).unwrap();
    println!("take over: {:.2} s", begun.elapsed().as_secs_f64());
}
