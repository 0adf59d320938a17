//! The cases with exact numbers: one change counts once, however many copies there are.

use crate::git::{ME, Workshop, counted, memory, rows, scan_places};
use inward::model::dataset::{UNDATED, flag};
use inward::store::Table;

#[test]
fn a_rebase_of_ten_commits_is_ten_with_ten_twins() {
    let mut shop = Workshop::new();
    shop.init("r");
    shop.commit("r", "base", "base\n", "base");
    shop.git("r", &["checkout", "-q", "-b", "topic"]);
    for n in 0..10 {
        shop.commit("r", &format!("f{n}"), "x\n", &format!("step {n}"));
    }
    shop.git("r", &["branch", "before"]);
    shop.git("r", &["checkout", "-q", "main"]);
    shop.commit("r", "main", "x\n", "elsewhere");
    shop.git("r", &["checkout", "-q", "topic"]);
    shop.git("r", &["rebase", "-q", "main"]);
    let mut store = memory();
    let report = shop.scan(&mut store, &["r"]);
    assert_eq!(report.repos[0].commits_added, 22);
    assert_eq!(report.repos[0].twins, 10);
    assert_eq!(counted(&store), 12);
    // The rebased ones were committed last, so they stay.
    let last = shop.git("r", &["rev-parse", "topic"]);
    let kept = rows(&store, Table::Commits);
    let kept = kept.iter().find(|row| row["oid"] == last.as_str()).unwrap();
    assert_eq!(kept["twin_of"], serde_json::Value::Null);
}

#[test]
fn one_commit_amended_five_times_is_one_with_five_twins() {
    let mut shop = Workshop::new();
    shop.init("r");
    let mut store = memory();
    shop.commit("r", "file", "0\n", "the change");
    shop.scan(&mut store, &["r"]);
    for n in 1..=5 {
        shop.write("r", "file", &format!("{n}\n"));
        shop.git("r", &["add", "-A"]);
        shop.git("r", &["commit", "-q", "--amend", "--no-edit"]);
        shop.scan(&mut store, &["r"]);
    }
    let report = shop.scan(&mut store, &["r"]);
    assert_eq!(report.repos[0].twins, 5);
    assert_eq!(counted(&store), 1);
}

#[test]
fn a_cherry_pick_is_one_with_one_twin_and_the_default_branch_keeps_it() {
    let mut shop = Workshop::new();
    shop.init("r");
    shop.commit("r", "a", "a\n", "base");
    shop.git("r", &["branch", "release"]);
    let fix = shop.commit("r", "b", "b\n", "the fix");
    shop.git("r", &["checkout", "-q", "release"]);
    shop.git("r", &["cherry-pick", &fix]);
    shop.git("r", &["checkout", "-q", "main"]);
    let mut store = memory();
    let report = shop.scan(&mut store, &["r"]);
    assert_eq!(report.repos[0].twins, 1);
    assert_eq!(counted(&store), 2);
    let twins: Vec<_> = rows(&store, Table::Commits)
        .into_iter()
        .filter(|row| row["twin_of"] == fix.as_str())
        .collect();
    assert_eq!(twins.len(), 1);
}

#[test]
fn clones_a_worktree_and_a_fork_of_n_are_n() {
    let mut shop = Workshop::new();
    shop.init("one");
    for n in 0..7 {
        shop.commit("one", "file", &format!("{n}\n"), &format!("step {n}"));
    }
    let from = shop.path("one");
    let from = from.to_str().unwrap();
    for to in ["two", "fork"] {
        let to = shop.path(to);
        shop.git("one", &["clone", "-q", from, to.to_str().unwrap()]);
    }
    shop.git(
        "fork",
        &["remote", "set-url", "origin", "https://example.org/f.git"],
    );
    let tree = shop.path("tree");
    shop.git("one", &["worktree", "add", "-q", tree.to_str().unwrap()]);
    let mut store = memory();
    let mut places = vec![shop.place("one"), shop.place("two"), shop.place("fork")];
    places.push(shop.worktree("one", "tree"));
    let report = scan_places(&mut store, &places, false);
    assert_eq!(report.added(), 7);
    assert_eq!(report.repos[0].commits_added, 7);
    assert_eq!(counted(&store), 7);
    let (data, labels) = store.dataset(crate::git::NOW).unwrap();
    assert_eq!(data.len(), 7);
    assert_eq!(data.repos.len(), labels.repos.len());
    // Each repository knows that it holds them.
    for repo in store.repositories().unwrap() {
        assert_eq!(repo.commits, 7, "{}", repo.name);
    }
    let names = &rows(&store, Table::Commits)[0]["repos"];
    assert!(names.as_array().unwrap().len() >= 2);
}

#[test]
fn a_conflict_merge_is_one_merge_with_no_lines() {
    let mut shop = Workshop::new();
    shop.init("r");
    shop.commit("r", "file", "base\n", "base");
    shop.git("r", &["checkout", "-q", "-b", "side"]);
    shop.commit("r", "file", "side\n", "side");
    shop.git("r", &["checkout", "-q", "main"]);
    shop.commit("r", "file", "main\n", "main");
    shop.git("r", &["merge", "-q", "-s", "ours", "side", "-m", "joined"]);
    shop.write("r", "file", "both\n");
    shop.git("r", &["commit", "-q", "-a", "--amend", "--no-edit"]);
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    let (data, _) = store.dataset(crate::git::NOW).unwrap();
    let merges: Vec<_> = (0..data.len())
        .filter(|i| data.has(*i, flag::MERGE))
        .collect();
    assert_eq!(merges.len(), 1);
    assert!(data.changes_of(merges[0]).is_empty());
    assert_eq!(counted(&store), 3);
}

#[test]
fn clocks_of_1970_and_2100_are_two_undated_on_no_day() {
    let mut shop = Workshop::new();
    shop.init("r");
    for (n, date) in ["@1 +0000", "@4102444800 +0000", "@1750000000 +0000"]
        .iter()
        .enumerate()
    {
        let text = format!("{n}\n");
        shop.commit_as(ME, "r", date, ("file", &text, &format!("step {n}")));
    }
    let mut store = memory();
    let report = shop.scan(&mut store, &["r"]);
    assert_eq!(report.repos[0].undated, 2);
    let (data, _) = store.dataset(crate::git::NOW).unwrap();
    let undated = data.commits.day.iter().filter(|day| **day == UNDATED);
    assert_eq!(undated.count(), 2);
}

#[test]
fn half_past_eleven_at_plus_thirteen_is_that_civil_day() {
    let mut shop = Workshop::new();
    shop.init("r");
    shop.commit_as(ME, "r", "2026-02-16T23:30:00+13:00", ("f", "x\n", "late"));
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    let (data, _) = store.dataset(crate::git::NOW).unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 16).unwrap();
    assert_eq!(data.commits.day, [day.to_epoch_days()]);
    let dumped = &rows(&store, Table::Commits)[0]["author_time"];
    assert_eq!(dumped, "2026-02-16T23:30:00+13:00");
}

#[test]
fn three_addresses_with_three_and_four_commits_in_two_repositories_are_seven() {
    let mut shop = Workshop::new();
    let mut store = memory();
    for (index, extra) in ["two@example.org", "three@example.org"].iter().enumerate() {
        let why = inward::store::Evidence::Typed;
        let address = crate::git::address(extra);
        assert!(store.add_address(&address, why).unwrap(), "{index}");
    }
    shop.init("a");
    shop.init("b");
    let who = [ME, "Two@Example.org", "three@example.org", ME];
    for (n, who) in who.iter().take(3).enumerate() {
        let (date, text) = (shop.tick(), format!("{n}\n"));
        shop.commit_as(who, "a", &date, ("f", &text, &format!("a {n}")));
    }
    for (n, who) in who.iter().enumerate() {
        let (date, text) = (shop.tick(), format!("{n}\n"));
        shop.commit_as(who, "b", &date, ("f", &text, &format!("b {n}")));
    }
    assert_eq!(shop.scan(&mut store, &["a", "b"]).added(), 7);
}
