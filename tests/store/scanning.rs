//! Scans of real repositories: again, interrupted, with other addresses, with bad ones among them.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::git::{ME, NOW, OTHER, Workshop, address, counted, me, memory, root, rows};
use inward::store::{Evidence, Store, Table};
use inward::sync::{Options, Progress, SyncError, Target, scan};

fn workshop(commits: usize) -> Workshop {
    let mut shop = Workshop::new();
    shop.init("r");
    for n in 0..commits {
        shop.commit(
            "r",
            &format!("src/f{}.rs", n % 5),
            &format!("{n}\n"),
            &format!("step {n}"),
        );
    }
    shop
}

#[test]
fn a_second_scan_adds_nothing_and_walks_nothing() {
    let mut shop = workshop(6);
    let mut store = memory();
    let first = shop.scan(&mut store, &["r"]);
    assert_eq!((first.repos[0].commits_walked, first.added()), (6, 6));
    let before = store.image().unwrap();
    let second = shop.scan(&mut store, &["r"]);
    assert_eq!((second.repos[0].commits_walked, second.added()), (0, 0));
    assert_eq!(before, store.image().unwrap(), "nothing was written");
    shop.commit("r", "new", "x\n", "one more");
    let third = shop.scan(&mut store, &["r"]);
    assert_eq!((third.repos[0].commits_walked, third.added()), (1, 1));
}

#[test]
fn a_full_scan_reads_all_again_and_adds_nothing() {
    let shop = workshop(6);
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    let before = rows(&store, Table::FileChanges);
    let full = crate::git::scan_places(&mut store, &[shop.place("r")], true);
    assert_eq!((full.repos[0].commits_walked, full.added()), (6, 0));
    assert_eq!(before, rows(&store, Table::FileChanges));
}

#[test]
fn a_new_address_adds_only_its_commits_and_its_removal_erases_them() {
    let mut shop = workshop(4);
    let date = shop.tick();
    shop.commit_as("work@example.org", "r", &date, ("w", "w\n", "at work"));
    let mut store = memory();
    assert_eq!(shop.scan(&mut store, &["r"]).added(), 4);
    let work = address("work@example.org");
    store.add_address(&work, Evidence::Typed).unwrap();
    let report = shop.scan(&mut store, &["r"]);
    assert_eq!((report.repos[0].commits_walked, report.added()), (5, 1));
    assert_eq!(counted(&store), 5);
    let erased = store.remove_address(&work).unwrap().unwrap();
    assert_eq!(erased.commits, 1);
    assert_eq!(counted(&store), 4);
    assert_eq!(store.remove_address(&work).unwrap(), None);
    assert_eq!(shop.scan(&mut store, &["r"]).added(), 0);
    assert_eq!(counted(&store), 4);
}

#[test]
fn a_stopped_scan_keeps_what_it_took_and_the_next_one_takes_the_rest() {
    let shop = workshop(8);
    let (mut whole, mut part) = (memory(), memory());
    shop.scan(&mut whole, &["r"]);
    let (place, root) = (shop.place("r"), root(Path::new("/")));
    let targets = [Target {
        place: &place,
        root: &root,
    }];
    let halted = AtomicBool::new(false);
    let options = Options {
        full: false,
        now_utc: NOW,
    };
    let mut halt = |progress| {
        if matches!(progress, Progress::Repository { .. }) {
            halted.store(true, Ordering::Relaxed);
        }
    };
    let report = scan(&mut part, &targets, &me(), &options, (&halted, &mut halt)).unwrap();
    assert!(report.stopped);
    assert_eq!(part.dataset(NOW).unwrap().0.len() as u64, report.added());
    let rest = shop.scan(&mut part, &["r"]);
    assert_eq!(report.added() + rest.added(), 8);
    for table in [Table::Commits, Table::FileChanges, Table::Sightings] {
        assert_eq!(rows(&part, table), rows(&whole, table));
    }
}

#[test]
fn a_repository_that_cannot_be_read_is_a_problem_and_the_rest_goes_on() {
    let mut shop = workshop(3);
    shop.init("broken");
    std::fs::remove_dir_all(shop.path("broken").join(".git/objects")).unwrap();
    std::fs::create_dir_all(shop.path("nothing")).unwrap();
    let mut store = memory();
    let report = shop.scan(&mut store, &["broken", "nothing", "r"]);
    assert!(report.failed());
    assert!(report.repos[0].problem.is_some());
    assert!(report.repos[1].problem.is_some());
    assert_eq!(report.repos[2].commits_added, 3);
    assert_eq!(
        store.repositories().unwrap().len(),
        1,
        "nothing of the others was stored"
    );
}

#[test]
fn an_empty_repository_is_read_and_found_again() {
    let mut shop = Workshop::new();
    shop.init("r");
    let mut store = memory();
    let report = shop.scan(&mut store, &["r"]);
    assert!(!report.failed());
    shop.commit("r", "f", "x\n", "the first");
    assert_eq!(shop.scan(&mut store, &["r"]).added(), 1);
    let repos = store.repositories().unwrap();
    assert_eq!((repos.len(), repos[0].commits), (1, 1));
    assert!(repos[0].key.is_some());
}

#[test]
fn nobody_else_is_anywhere_in_the_file() {
    let mut shop = workshop(3);
    let date = shop.tick();
    let canary = ("zq-canary-file.rs", "zq-canary-text\n", "zq-canary-summary");
    shop.commit_as(OTHER, "r", &date, canary);
    let theirs = shop.git("r", &["rev-parse", "HEAD"]);
    shop.commit("r", "mine", "x\n", "after it");
    let file = shop.store_file();
    let mut store = Store::open(&file, NOW).unwrap();
    store
        .add_address(&address(ME), Evidence::Configured)
        .unwrap();
    assert_eq!(shop.scan(&mut store, &["r"]).added(), 4);
    drop(store);
    let bytes = std::fs::read(&file).unwrap();
    let theirs = inward::model::ids::Oid::from_hex(theirs.as_bytes()).unwrap();
    for needle in [&b"canary"[..], b"someone.else", b"A name", &theirs.0] {
        assert!(!bytes.windows(needle.len()).any(|w| w == needle));
    }
    // The control: what is mine can be found so.
    assert!(bytes.windows(8).any(|w| w == b"after it"));
}

#[test]
fn without_an_address_nothing_is_read() {
    let shop = workshop(1);
    let mut nobodys = Store::memory(NOW).unwrap();
    let (place, root) = (shop.place("r"), root(Path::new("/")));
    let targets = [Target {
        place: &place,
        root: &root,
    }];
    let nobody = nobodys.me().unwrap();
    let halted = AtomicBool::new(false);
    let options = Options::default();
    let result = scan(
        &mut nobodys,
        &targets,
        &nobody,
        &options,
        (&halted, &mut |_| ()),
    );
    let error = result.unwrap_err();
    assert!(matches!(error, SyncError::NobodyIsMe));
    assert_eq!(error.exit_code(), 2);
}

#[test]
fn a_filter_finds_summaries_paths_repositories_and_object_ids() {
    let mut shop = workshop(3);
    let oid = shop.commit("r", "doc/Größe.md", "x\n", "Describe 100% of it_all");
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    let hits = |text: &str| store.find(text).unwrap().len();
    assert_eq!(hits("DESCRIBE"), 1);
    assert_eq!(hits("100%"), 1);
    assert_eq!(hits("%"), 1);
    assert_eq!(hits("_all"), 1);
    assert_eq!(hits("größe"), 1);
    assert_eq!(hits("GRÖSSE"), 0);
    assert_eq!(hits("src/ STEP"), 3);
    assert_eq!(hits("src/ describe"), 0);
    assert_eq!(hits(oid.get(..7).unwrap()), 1);
    assert_eq!(hits(""), 4);
    let id = *store.find("describe").unwrap().first().unwrap();
    assert_eq!(
        store.commit_named(oid.get(..10).unwrap()).unwrap(),
        Some(id)
    );
    let row = &store.commit_rows(&[id]).unwrap()[0];
    assert_eq!((row.files, row.added, row.deleted), (1, 1, 0));
    assert_eq!(row.repos[0].as_str(), "r");
    assert_eq!(
        store.files_of(id).unwrap()[0].path.as_bytes(),
        "doc/Größe.md".as_bytes()
    );
}

#[test]
fn a_path_that_is_not_utf8_is_dumped_with_its_bytes() {
    use std::os::unix::ffi::OsStrExt;
    let mut shop = workshop(1);
    let name = std::ffi::OsStr::from_bytes(b"b\xffd\n.rs");
    std::fs::write(shop.path("r").join(name), "x\n").unwrap();
    shop.git("r", &["add", "-A"]);
    shop.git("r", &["commit", "-q", "-m", "odd"]);
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    let files = rows(&store, Table::FileChanges);
    let odd = files.iter().find(|row| !row["path_hex"].is_null()).unwrap();
    assert_eq!(odd["path_hex"], "62ff640a2e7273");
    assert_eq!(odd["added"], 1);
}

#[test]
fn another_repository_at_the_same_path_is_another_one_and_the_earlier_ones_commits_stay() {
    let mut shop = workshop(4);
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    // An orphan branch is no other repository.
    shop.git("r", &["checkout", "-q", "--orphan", "pages"]);
    shop.commit("r", "page", "x\n", "a page");
    let report = shop.scan(&mut store, &["r"]);
    assert_eq!((report.added(), report.repos[0].warnings.len()), (1, 0));
    assert_eq!(store.repositories().unwrap().len(), 1);
    std::fs::remove_dir_all(shop.path("r")).unwrap();
    shop.init("r");
    for n in 0..3 {
        shop.commit("r", "other", &format!("{n}\n"), &format!("elsewhere {n}"));
    }
    let report = shop.scan(&mut store, &["r"]);
    assert_eq!(report.added(), 3);
    let warning = report.repos[0].warnings.join("\n");
    assert!(warning.contains("stays, as r"), "{warning}");
    let repos = store.repositories().unwrap();
    let held: Vec<_> = repos
        .iter()
        .map(|repo| (repo.name.as_str(), repo.places.len(), repo.commits))
        .collect();
    assert_eq!(held, [("r", 0, 5), ("r 2", 1, 3)]);
    assert_eq!(counted(&store), 8);
    let (data, labels) = store.dataset(NOW).unwrap();
    let of = |name: &str| {
        let at = labels
            .repos
            .iter()
            .position(|label| label.as_str() == name)
            .unwrap();
        data.commits
            .repo
            .iter()
            .filter(|repo| usize::from(**repo) == at)
            .count()
    };
    assert_eq!((of("r"), of("r 2")), (5, 3));
    // Said once: the next scan finds what it knows.
    let again = shop.scan(&mut store, &["r"]);
    assert!(again.repos[0].warnings.is_empty());
    assert_eq!(store.repositories().unwrap().len(), 2);
}
