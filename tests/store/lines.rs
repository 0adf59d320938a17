//! What became of my lines: taken after a scan, kept whole, erased with what it belongs to.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::git::{ME, NOW, OTHER, Workshop, address, memory, root, rows, scan_places};
use inward::model::dataset::UNDATED;
use inward::model::place::Place;
use inward::store::{Evidence, Forget, Store, Table};
use inward::sync::{LinesProgress, Options, ScanReport, Target, follow_lines};

/// Scans `places` and follows the lines in them; with `stop` the second part is ended at once.
fn followed(store: &mut Store, places: &[Place], (full, stop): (bool, bool)) -> ScanReport {
    let mut report = scan_places(store, places, full);
    let (me, root) = (store.me().unwrap(), root(Path::new("/")));
    let targets: Vec<_> = places
        .iter()
        .map(|place| Target { place, root: &root })
        .collect();
    let options = Options { full, now_utc: NOW };
    let stop = AtomicBool::new(stop);
    let heard: &mut dyn FnMut(LinesProgress) = &mut |_| ();
    let asked = (&me, &options);
    follow_lines(store, &targets, asked, (&stop, heard), &mut report).unwrap();
    report
}

/// One repository: three lines of mine, of which another removed one.
fn one_line_lost() -> (Workshop, Store) {
    let mut shop = Workshop::new();
    shop.init("r");
    shop.commit("r", "a.rs", "one\ntwo\nthree\n", "mine");
    let date = shop.tick();
    shop.commit_as(OTHER, "r", &date, ("a.rs", "one\nthree\n", "theirs"));
    (shop, memory())
}

pub fn follow(store: &mut Store, shop: &Workshop, repos: &[&str]) -> ScanReport {
    let places: Vec<_> = repos.iter().map(|repo| shop.place(repo)).collect();
    followed(store, &places, (false, false))
}

#[test]
fn a_pass_is_kept_told_and_loaded() {
    let (shop, mut store) = one_line_lost();
    let report = follow(&mut store, &shop, &["r"]);
    let lines = report.repos[0].lines.clone().unwrap();
    assert_eq!((lines.commits_walked, lines.commits), (2, 1));
    assert_eq!((lines.born, lines.alive), (3, 2));
    assert_eq!((lines.died_by_me, lines.died_by_others), (0, 1));
    let told = rows(&store, Table::LineFates);
    assert_eq!(told.len(), 1);
    let died = serde_json::json!([{"day": "2025-06-15", "by_me": false, "lines": 1}]);
    assert_eq!(
        (&told[0]["born"], &told[0]["alive"], &told[0]["died"]),
        (&3.into(), &2.into(), &died)
    );
    let (data, _) = store.dataset(NOW).unwrap();
    assert_eq!(data.fates.born.len(), 1);
    assert_eq!(
        (data.fates.born[0].commit, data.fates.born[0].lines),
        (0, 3)
    );
    let died = data.fates.died[0];
    assert_eq!((died.commit, died.by_me, died.lines), (0, false, 1));
    assert_eq!(died.day, data.commits.day[0]);
    assert_eq!(data.fates.until, [i32::try_from(NOW / 86_400).unwrap()]);
    assert!(!format!("{told:?}").contains("someone"));
}

#[test]
fn every_field_that_is_dumped_is_explained() {
    let (shop, mut store) = one_line_lost();
    follow(&mut store, &shop, &["r"]);
    let explained = std::fs::read_to_string("docs/dump.md").unwrap();
    for table in [Table::LineFates, Table::LinePasses] {
        let head = format!("| `{}` |", table.name());
        let line = explained
            .lines()
            .find(|line| line.starts_with(&head))
            .unwrap();
        let all = rows(&store, table);
        assert_eq!(all.len(), 1);
        for field in all[0].as_object().unwrap().keys() {
            assert!(line.contains(&format!("`{field}`")), "{field}");
        }
    }
}

#[test]
fn without_a_pass_nothing_is_said_of_lines() {
    let (shop, mut store) = one_line_lost();
    let report = shop.scan(&mut store, &["r"]);
    assert!(report.repos[0].lines.is_none());
    let (data, _) = store.dataset(NOW).unwrap();
    assert_eq!(data.fates.until, [UNDATED]);
    assert!(data.fates.born.is_empty() && data.fates.died.is_empty());
}

#[test]
fn the_second_pass_walks_nothing_and_a_new_commit_changes_the_fates() {
    let (mut shop, mut store) = one_line_lost();
    follow(&mut store, &shop, &["r"]);
    let before = rows(&store, Table::LineFates);
    let again = follow(&mut store, &shop, &["r"])
        .repos
        .remove(0)
        .lines
        .unwrap();
    assert_eq!((again.commits_walked, again.born, again.alive), (0, 3, 2));
    assert_eq!(rows(&store, Table::LineFates), before);
    shop.commit("r", "a.rs", "three\n", "mine again");
    let now = follow(&mut store, &shop, &["r"])
        .repos
        .remove(0)
        .lines
        .unwrap();
    assert_eq!(
        (now.commits_walked, now.born, now.alive, now.died_by_me),
        (3, 3, 1, 1)
    );
    let whole = followed(&mut store, &[shop.place("r")], (true, false));
    assert_eq!(whole.repos[0].lines.as_ref().unwrap().commits_walked, 3);
}

#[test]
fn a_pass_that_is_ended_leaves_what_an_earlier_one_found() {
    let (mut shop, mut store) = one_line_lost();
    follow(&mut store, &shop, &["r"]);
    let before = (
        rows(&store, Table::LineFates),
        rows(&store, Table::LinePasses),
    );
    shop.commit("r", "a.rs", "three\n", "mine again");
    let report = followed(&mut store, &[shop.place("r")], (false, true));
    assert!(report.stopped && report.repos[0].lines.is_none());
    assert_eq!(
        (
            rows(&store, Table::LineFates),
            rows(&store, Table::LinePasses)
        ),
        before
    );
}

#[test]
fn fates_go_with_their_repository_with_an_address_and_with_all() {
    let (shop, mut store) = one_line_lost();
    let gone = |store: &Store| {
        let fates = rows(store, Table::LineFates).len();
        fates + rows(store, Table::LinePasses).len()
    };
    for what in ["repository", "address", "all"] {
        store
            .add_address(&address(ME), Evidence::Configured)
            .unwrap();
        store.lift(&shop.place("r")).unwrap();
        follow(&mut store, &shop, &["r"]);
        assert_eq!(gone(&store), 2, "{what}");
        match what {
            "repository" => {
                let repo = store.repositories().unwrap()[0].id;
                store.forget(&Forget::Repository(repo)).unwrap();
            }
            "address" => drop(store.remove_address(&address(ME)).unwrap()),
            _ => drop(store.forget(&Forget::All).unwrap()),
        }
        assert_eq!(gone(&store), 0, "{what}");
    }
}

#[test]
fn of_two_clones_the_one_that_goes_further_is_followed() {
    let (mut shop, mut store) = one_line_lost();
    let (from, to) = (shop.path("r"), shop.path("clone"));
    shop.git(
        "r",
        &["clone", "-q", from.to_str().unwrap(), to.to_str().unwrap()],
    );
    let walked = |report: &ScanReport| -> Vec<u64> {
        let lines = report.repos.iter().map(|repo| repo.lines.as_ref().unwrap());
        lines.map(|lines| lines.commits_walked).collect()
    };
    // One repository in two places: their first commit and remote are the same.
    shop.git(
        "r",
        &["remote", "add", "origin", "https://example.org/r.git"],
    );
    shop.git(
        "clone",
        &["remote", "set-url", "origin", "https://example.org/r.git"],
    );
    let report = follow(&mut store, &shop, &["r", "clone"]);
    assert_eq!(store.repositories().unwrap().len(), 1);
    assert_eq!(walked(&report), [2, 0]);
    shop.commit("clone", "b.rs", "four\n", "in the clone");
    assert_eq!(walked(&follow(&mut store, &shop, &["r", "clone"])), [0, 3]);
    assert_eq!(walked(&follow(&mut store, &shop, &["r", "clone"])), [0, 0]);
    let told = rows(&store, Table::LineFates);
    assert_eq!(told.len(), 2);
}
