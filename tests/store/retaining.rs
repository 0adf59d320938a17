//! Rows that the owner lets age go by themselves, and only those; a clock that jumps lets nothing go.

use chrono::NaiveDate;

use crate::fake::{Fake, fill};
use crate::git::ME;
use crate::git::{NOW, Workshop, address, rows};
use crate::own::note;
use crate::tasks::{at, clean, file, import, task};
use inward::model::task::{Fact, TaskFacts};
use inward::store::{Evidence, Kept, Purge, Store, Table};

const DAY: i64 = 86_400;

/// A store file with commits of 2019 to 2024 and the repository they come from.
fn years() -> (Workshop, Store) {
    let mut shop = Workshop::new();
    shop.init("r");
    for year in 2019..=2024 {
        let date = format!("{year}-06-01T12:00:00+00:00");
        let text = format!("{year}\n");
        shop.commit_as(ME, "r", &date, ("f", &text, &format!("canary of {year}")));
    }
    let mut store = Store::open(&shop.store_file(), NOW).unwrap();
    store
        .add_address(&address(ME), Evidence::Configured)
        .unwrap();
    shop.scan(&mut store, &["r"]);
    (shop, store)
}

fn today(now: i64) -> NaiveDate {
    chrono::DateTime::from_timestamp(now, 0)
        .unwrap()
        .date_naive()
}

#[test]
fn commits_go_on_the_day_that_was_said_and_are_in_no_byte_afterwards() {
    let (shop, mut store) = years();
    // 2024-06-01 is 842 days before NOW (2026-09-21), 2023-06-01 is 1,208.
    assert_eq!(store.older(Kept::Commits, 900).unwrap(), 5);
    store.retain(Kept::Commits, Some(900)).unwrap();
    assert_eq!(store.purge_now().unwrap(), 5);
    assert_eq!(store.commit_count().unwrap(), 1);
    let next = &store.ageing(today(NOW)).unwrap()[1];
    assert_eq!((next.after_days, next.rows), (Some(900), 1));
    let next = next.next.unwrap();
    assert_eq!(next, "2026-11-19".parse().unwrap());
    drop(store);
    let bytes = std::fs::read(shop.store_file()).unwrap();
    assert!(!bytes.windows(14).any(|w| w == b"canary of 2023"));
    // A scan of everything leaves out what is too old, the day before nothing goes, on the day all.
    let mut store = Store::open(&shop.store_file(), NOW).unwrap();
    crate::git::scan_places(&mut store, &[shop.place("r")], true);
    assert_eq!(store.commit_count().unwrap(), 1);
    let days = (next - today(NOW)).num_days();
    for (later, left) in [(days - 1, 1), (days, 0)] {
        let now = NOW + later * DAY;
        // Somebody used it meanwhile: the clock is believed.
        Store::open(&shop.store_file(), NOW + (days - 2) * DAY)
            .unwrap()
            .audit(inward::store::Action::SelfTest, "", 1)
            .unwrap();
        let store = Store::open(&shop.store_file(), now).unwrap();
        assert_eq!(store.commit_count().unwrap(), left, "{later}");
        assert_eq!(*store.purged() == Purge::Gone(1), left == 0);
        let logged = store.audit_rows().unwrap();
        assert_eq!(logged.last().unwrap().action.as_str() == "purge", left == 0);
    }
}

#[test]
fn a_rule_that_is_taken_back_lets_a_full_scan_bring_it_again() {
    let (shop, mut store) = years();
    store.retain(Kept::Commits, Some(900)).unwrap();
    store.purge_now().unwrap();
    store.retain(Kept::Commits, None).unwrap();
    crate::git::scan_places(&mut store, &[shop.place("r")], true);
    assert_eq!(store.commit_count().unwrap(), 6);
}

#[test]
fn a_clock_that_jumps_lets_nothing_go_until_the_owner_says_that_it_is_right() {
    let (shop, mut store) = years();
    store.retain(Kept::Commits, Some(900)).unwrap();
    store.purge_now().unwrap();
    drop(store);
    let later = NOW + 400 * DAY;
    for _ in 0..2 {
        let mut store = Store::open(&shop.store_file(), later).unwrap();
        assert_eq!(*store.purged(), Purge::Held(400));
        assert_eq!(store.commit_count().unwrap(), 1);
        // What is written meanwhile does not make the clock right.
        store.audit(inward::store::Action::SelfTest, "", 1).unwrap();
    }
    let mut store = Store::open(&shop.store_file(), later).unwrap();
    store.release_purge().unwrap();
    assert_eq!(store.purge_now().unwrap(), 1);
    assert_eq!(store.held_days().unwrap(), None);
}

#[test]
fn titles_go_from_finished_tasks_and_come_back_with_no_import() {
    let mut store = Store::memory(NOW).unwrap();
    let ended = |key: &str, minutes: i64| {
        let one = TaskFacts {
            created: Some(at(minutes - 60)),
            done: Some(at(minutes)),
            ..task(key, "Done", minutes)
        };
        Fact::Task(Box::new(one))
    };
    // 1,780,000,000 is 115 days before NOW.
    let facts = [
        ended("ING-1", 0),
        ended("ING-2", 60 * 24 * 60),
        Fact::Task(Box::new(task("ING-3", "To Do", 0))),
    ];
    import(&mut store, &file(1), true, &facts);
    store.retain(Kept::Titles, Some(90)).unwrap();
    store.purge_now().unwrap();
    let titles = |store: &Store| -> Vec<String> {
        let tasks = store.tasks().unwrap().into_iter();
        tasks.map(|task| task.facts.title.to_string()).collect()
    };
    let left = ["", "What ING-2 is about", "What ING-3 is about"];
    assert_eq!(titles(&store), left);
    import(&mut store, &file(1), true, &facts);
    import(&mut store, &file(2), true, &facts);
    assert_eq!(titles(&store), left);
}

#[test]
fn without_a_rule_nothing_goes_and_every_kind_is_listed() {
    let mut store = Store::memory(NOW).unwrap();
    fill(
        &mut store,
        &Fake {
            commits: 20,
            files: 1,
        },
    );
    store.add_note(&note("an old note")).unwrap();
    let before = rows(&store, Table::Commits).len();
    assert_eq!(store.purge_now().unwrap(), 0);
    assert_eq!(rows(&store, Table::Commits).len(), before);
    let ageing = store.ageing(today(NOW)).unwrap();
    assert_eq!(ageing.len(), 1 + Kept::ALL.len());
    assert_eq!(ageing[0].after_days, Some(180));
    assert!(
        ageing[1..]
            .iter()
            .all(|one| one.after_days.is_none() && one.next.is_none())
    );
    drop(clean(""));
}
