//! What is forgotten is gone from the bytes of the file, and does not come back.

use crate::git::{ME, NOW, Workshop, address, counted, rows};
use chrono::NaiveDate;
use inward::store::{AuditState, Evidence, Forget, Store, Table};

fn two_repositories() -> (Workshop, Store) {
    let mut shop = Workshop::new();
    for repo in ["keep-this", "zq-canary-repo"] {
        shop.init(repo);
        let file = format!("{repo}/file.rs");
        for n in 0..3 {
            shop.commit(repo, &file, &format!("{n}\n"), &format!("{repo} step {n}"));
        }
    }
    let mut store = Store::open(&shop.store_file(), NOW).unwrap();
    store
        .add_address(&address(ME), Evidence::Configured)
        .unwrap();
    shop.scan(&mut store, &["keep-this", "zq-canary-repo"]);
    (shop, store)
}

fn traces(shop: &Workshop) -> usize {
    let bytes = std::fs::read(shop.store_file()).unwrap();
    bytes.windows(9).filter(|w| *w == b"zq-canary").count()
}

#[test]
fn a_forgotten_repository_leaves_no_byte_and_stays_forgotten() {
    let (shop, mut store) = two_repositories();
    assert!(traces(&shop) > 0);
    let repo = store.repositories().unwrap()[1].id;
    let erased = store.forget(&Forget::Repository(repo)).unwrap();
    assert_eq!(erased.commits, 3);
    assert!(erased.sought > 3);
    assert_eq!(traces(&shop), 0);
    assert_eq!(counted(&store), 3);
    let report = shop.scan(&mut store, &["keep-this", "zq-canary-repo"]);
    assert!(
        report.repos[1]
            .problem
            .as_ref()
            .unwrap()
            .contains("forgotten")
    );
    assert_eq!(traces(&shop), 0);
    assert!(store.lift(&shop.place("zq-canary-repo")).unwrap());
    assert_eq!(shop.scan(&mut store, &["zq-canary-repo"]).added(), 3);
    assert!(matches!(store.audit_verify(None).unwrap(), AuditState::Ok(n) if n > 2));
}

#[test]
fn a_commit_that_another_repository_holds_survives_forgetting_one() {
    let mut shop = Workshop::new();
    shop.init("one");
    for n in 0..4 {
        shop.commit("one", "f", &format!("{n}\n"), &format!("step {n}"));
    }
    let (from, to) = (shop.path("one"), shop.path("two"));
    shop.git(
        "one",
        &["clone", "-q", from.to_str().unwrap(), to.to_str().unwrap()],
    );
    shop.git(
        "two",
        &["remote", "set-url", "origin", "https://example.org/two.git"],
    );
    shop.commit("one", "f", "last\n", "only here");
    let mut store = crate::git::memory();
    shop.scan(&mut store, &["one", "two"]);
    let repos = store.repositories().unwrap();
    assert_eq!(repos.len(), 2);
    let erased = store.forget(&Forget::Repository(repos[0].id)).unwrap();
    assert_eq!(erased.commits, 1);
    let (data, labels) = store.dataset(NOW).unwrap();
    assert_eq!(data.len(), 4);
    assert_eq!(
        labels.repos[usize::from(data.commits.repo[0])].as_str(),
        "two"
    );
}

#[test]
fn what_lies_before_a_day_is_erased_and_not_read_again() {
    let mut shop = Workshop::new();
    shop.init("r");
    for year in 2019..=2024 {
        let date = format!("{year}-06-01T12:00:00+00:00");
        let text = format!("{year}\n");
        shop.commit_as(ME, "r", &date, ("f", &text, &format!("in {year}")));
    }
    let mut store = crate::git::memory();
    shop.scan(&mut store, &["r"]);
    let day = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();
    assert_eq!(store.forget(&Forget::Before(day)).unwrap().commits, 3);
    let full = crate::git::scan_places(&mut store, &[shop.place("r")], true);
    assert_eq!(full.added(), 0);
    assert_eq!(rows(&store, Table::Commits).len(), 3);
}

#[test]
fn forgetting_all_leaves_an_empty_store() {
    let (shop, mut store) = two_repositories();
    store.forget(&Forget::All).unwrap();
    assert_eq!(traces(&shop), 0);
    let bytes = std::fs::read(shop.store_file()).unwrap();
    assert!(!bytes.windows(ME.len()).any(|w| w == ME.as_bytes()));
    for (table, n) in store.table_rows().unwrap() {
        assert_eq!(n, 0, "{table:?}");
    }
}

#[test]
fn an_erased_twin_hands_its_change_back_to_the_other() {
    let mut shop = Workshop::new();
    for repo in ["one", "two"] {
        shop.init(repo);
        let date = "2024-06-01T12:00:00+00:00";
        shop.commit_as(ME, repo, date, ("f", repo, "the same change"));
    }
    let mut store = crate::git::memory();
    let report = shop.scan(&mut store, &["one", "two"]);
    assert_eq!(report.repos.iter().map(|r| r.twins).sum::<u64>(), 1);
    assert_eq!(counted(&store), 1);
    let repo = store.repositories().unwrap()[0].id;
    store.forget(&Forget::Repository(repo)).unwrap();
    assert_eq!(counted(&store), 1);
    assert!(rows(&store, Table::Commits)[0]["twin_of"].is_null());
}
