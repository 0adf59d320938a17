//! Several processes and one store: killed, reading meanwhile, writing at once.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::fake::{Fake, fill};
use crate::git::{NOW, counted, rows};
use inward::store::{Store, Table};

/// This test program again, as another process that runs only [`a_child`].
fn child(file: &std::path::Path, commits: u32) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "processes::a_child", "--ignored", "--quiet"])
        .env("INWARD_TEST_STORE", file)
        .env("INWARD_TEST_COMMITS", commits.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "started by the other tests as a second process"]
fn a_child() {
    let Some(file) = std::env::var_os("INWARD_TEST_STORE").map(PathBuf::from) else {
        return;
    };
    let commits = std::env::var("INWARD_TEST_COMMITS").unwrap();
    let mut store = Store::open(&file, NOW).unwrap();
    let fake = Fake {
        commits: commits.parse().unwrap(),
        files: 4,
    };
    fill(&mut store, &fake);
}

/// Waits, without a clock, until the store at `file` holds `enough` commits or the child ended.
fn until_stored(file: &std::path::Path, child: &mut Child, enough: u64) -> u64 {
    loop {
        let ended = child.try_wait().unwrap().is_some();
        let stored = Store::open_reading(file, NOW).and_then(|store| store.commit_count());
        match stored {
            Ok(n) if n >= enough || ended => return n,
            Err(error) if ended => panic!("{error}"),
            _ => std::thread::yield_now(),
        }
    }
}

#[test]
fn a_killed_scan_goes_on_with_nothing_lost_or_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let (file, whole) = (
        folder.path().join("store.db"),
        folder.path().join("whole.db"),
    );
    let fake = Fake {
        commits: 5_000,
        files: 4,
    };
    let mut expected = Store::open(&whole, NOW).unwrap();
    fill(&mut expected, &fake);
    let mut stored = 0;
    for enough in [1_000, 2_000, 4_000] {
        let mut child = child(&file, fake.commits);
        let now = until_stored(&file, &mut child, enough);
        child.kill().unwrap();
        child.wait().unwrap();
        let store = Store::open(&file, NOW).unwrap();
        assert!(
            store.commit_count().unwrap() >= now.max(stored),
            "nothing is lost"
        );
        stored = store.commit_count().unwrap();
        store.quick_check().unwrap();
        // What was kept shows even though the scan never finished.
        assert_eq!(counted(&store) as u64, stored);
    }
    let mut store = Store::open(&file, NOW).unwrap();
    let report = fill(&mut store, &fake);
    assert_eq!(report.added() + stored, 5_000);
    for table in [Table::Commits, Table::FileChanges, Table::Sightings] {
        assert_eq!(rows(&store, table), rows(&expected, table), "{table:?}");
    }
    let (a, b) = (
        store.dataset(NOW).unwrap().0,
        expected.dataset(NOW).unwrap().0,
    );
    assert_eq!(
        (a.commits.utc, a.commits.flags),
        (b.commits.utc, b.commits.flags)
    );
    assert_eq!(
        (a.changes.added, a.changes.files),
        (b.changes.added, b.changes.files)
    );
}

#[test]
fn a_second_process_reads_while_the_first_writes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let mut child = child(&file, 15_000);
    let mut seen = Vec::new();
    // From here on there is something to read, however busy the machine is.
    until_stored(&file, &mut child, 1_000);
    while child.try_wait().unwrap().is_none() {
        if let Ok(store) = Store::open_reading(&file, NOW) {
            // Every read sees whole transactions, and none is refused.
            let read = store.dataset(NOW);
            let (data, _) = read.unwrap();
            assert_eq!(
                data.changes.files.iter().sum::<u32>() as usize,
                data.len() * 4
            );
            seen.push(data.len());
        }
    }
    assert!(child.wait().unwrap().success());
    assert!(seen.is_sorted());
    assert!(
        seen.iter().any(|n| (1..15_000).contains(n)),
        "it read meanwhile: {seen:?}"
    );
}

#[test]
fn two_writers_wait_for_each_other_and_store_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let mut children = [child(&file, 2_500), child(&file, 2_500)];
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    let store = Store::open(&file, NOW).unwrap();
    assert_eq!(store.commit_count().unwrap(), 2_500);
    assert_eq!(rows(&store, Table::FileChanges).len(), 2_500 * 4);
    assert_eq!(store.repositories().unwrap().len(), 1);
}
