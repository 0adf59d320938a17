//! Two stores of one person become one: the same whichever is merged into the other, and nothing more
//! when it is merged again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use inward::model::choice::Out;
use inward::model::goal::{Aim, Limit, Per, State};
use inward::model::note::NewNote;
use inward::model::period::Range;
use inward::model::text::Clean;
use inward::store::{Choice, Evidence, Forget, LinkTo, Merged, Store, Table};
use serde_json::Value;

use crate::git::{ME, NOW, OTHER, address, rows};
use crate::own::note;
use crate::restoring::raw;
use crate::tasks::{clean, export, import};
use crate::worlds::{Dice, Told, finish, world};

const DAY: i64 = 86_400;

/// The rows of every table, without the numbers that a store gives them, and without what belongs to
/// one machine (folders, where scans stopped) or to one key.
fn seen(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    let text = |table: Table, field: &str| -> BTreeMap<u64, String> {
        let rows = rows(store, table).into_iter();
        rows.map(|row| {
            let words = [&row[field], &row["metric"], &row["from"], &row["opened"]];
            (row["id"].as_u64().unwrap(), format!("{words:?}"))
        })
        .collect()
    };
    let (notes, goals) = (text(Table::Notes, "text"), text(Table::Goals, "outcome"));
    let named = |names: &BTreeMap<u64, String>, value: &Value| match value.as_u64() {
        Some(id) => Value::from(names[&id].clone()),
        None => Value::Null,
    };
    let mut all = BTreeMap::new();
    for table in Table::ALL {
        let left_out = [
            Table::Audit,
            Table::Frontiers,
            Table::Tombstones,
            Table::Remotes,
        ];
        if left_out.contains(&table) {
            continue;
        }
        let mut lines = Vec::new();
        for mut row in rows(store, table) {
            if table == Table::GoalLinks {
                row["goal"] = named(&goals, &row["goal"]);
                row["note"] = named(&notes, &row["note"]);
            }
            let fields = row.as_object_mut().unwrap();
            if table != Table::TimeEntries {
                fields.remove("id");
            }
            for own in ["places", "question", "last_seen"] {
                fields.remove(own);
            }
            if table == Table::LinkChoices {
                fields.remove("name");
            }
            lines.push(row.to_string());
        }
        lines.sort_unstable();
        if table == Table::LinkChoices {
            // One row a name, and each store knows its own.
            lines.dedup();
        }
        all.insert(table.name(), lines);
    }
    let (data, _) = store.dataset(NOW).unwrap();
    all.insert("loaded", vec![format!("{} commits", data.len())]);
    all
}

#[track_caller]
fn same(one: &Store, other: &Store, what: &str) {
    let (one, other) = (seen(one), seen(other));
    let mut off: Vec<String> = Vec::new();
    for (table, lines) in &one {
        let there = &other[table];
        let left: Vec<_> = lines.iter().filter(|line| !there.contains(line)).collect();
        let right: Vec<_> = there.iter().filter(|line| !lines.contains(line)).collect();
        if !left.is_empty() || !right.is_empty() || lines.len() != there.len() {
            let counts = (lines.len(), there.len());
            off.push(format!(
                "{table}: {counts:?}\nonly here {left:#?}\nonly there {right:#?}"
            ));
        }
    }
    assert!(off.is_empty(), "{what}: {}", off.join("\n"));
}

fn copy(store: &mut Store) -> Store {
    Store::from_image(&store.image().unwrap(), NOW).unwrap()
}

/// `from` merged into a copy of `to`.
fn merged(to: &mut Store, from: &mut Store) -> Store {
    let mut to = copy(to);
    let done = to.merge(copy(from)).unwrap();
    assert!(!matches!(done, Merged::Stranger));
    to
}

fn date(day: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1 + u32::try_from(day).unwrap()).unwrap()
}

/// What one side read of a repository: on the other machine it lies elsewhere, and part of it is missing.
fn part(told: &Told, dice: &mut Dice, side: usize) -> Told {
    let mut told = moved(told, side);
    told.thin_out(dice);
    told
}

/// The same repository where one side has it.
fn moved(told: &Told, side: usize) -> Told {
    let mut told = told.clone();
    let path = std::path::PathBuf::from(format!("/home/side{side}"))
        .join(told.place.path.file_name().unwrap());
    told.place.git_dir = path.join(".git");
    told.place.common_dir = path.join(".git");
    told.place.path = path;
    told
}

fn said(store: &mut Store, dice: &mut Dice) {
    for _ in 0..dice.below(4) {
        let tasks = store.tasks().unwrap();
        let task = (!tasks.is_empty() && dice.one_in(2)).then(|| tasks[dice.below(tasks.len())].id);
        let new = NewNote {
            days: Range::new(date(dice.below(3)), date(3)),
            task,
            impact: dice.one_in(2),
            ..note(&format!("thought {}", dice.below(3)))
        };
        let id = store.add_note(&new).unwrap();
        let aim = if dice.one_in(3) {
            Aim::Limit(Limit {
                metric: clean("wip"),
                most: 3.0,
                per: Per::Week,
            })
        } else {
            Aim::Outcome(Clean::note(&format!("outcome {}", dice.below(3))))
        };
        let goal = store.add_goal(&aim).unwrap();
        if dice.one_in(2) {
            store.link_goal(goal, LinkTo::Note(id), true).unwrap();
        }
        if let Some(task) = task {
            store.link_goal(goal, LinkTo::Task(task), true).unwrap();
        }
        let state = [State::Open, State::Done, State::Dropped][dice.below(3)];
        store.set_goal(goal, state).unwrap();
    }
    let commits: Vec<Value> = rows(store, Table::Commits);
    for _ in 0..dice.below(3) {
        if commits.is_empty() {
            break;
        }
        let oid = commits[dice.below(commits.len())]["oid"]
            .as_str()
            .unwrap()
            .to_owned();
        let row = store.rows_named(&oid).unwrap().remove(0);
        let out = [Out::Excluded, Out::NotMine][dice.below(2)];
        let reason = clean(&format!("reason {}", dice.below(3)));
        store
            .choose(&row, &Choice::Out(out), Some(&reason))
            .unwrap();
        let tasks = store.tasks().unwrap();
        if !tasks.is_empty() {
            let task = tasks[dice.below(tasks.len())].id;
            let commit = store.commit_named(&oid).unwrap().unwrap();
            let task = inward::model::ids::TaskId(task);
            store.choose_link(commit, task, dice.one_in(2)).unwrap();
        }
    }
}

/// What one side forgot, refused or does not keep.
fn forgot(store: &mut Store, dice: &mut Dice) {
    if dice.one_in(4) {
        let tasks = store.tasks().unwrap();
        if !tasks.is_empty() {
            let task = tasks[dice.below(tasks.len())].id;
            store.forget(&Forget::Task(task)).unwrap();
        }
    }
    if dice.one_in(6) {
        store.forget(&Forget::Text("topic-1".to_owned())).unwrap();
    }
    if dice.one_in(6) {
        let days = Range::new(date(0), date(1));
        store.forget(&Forget::Days(days)).unwrap();
    }
    if dice.one_in(6) {
        let repo = store.repositories().unwrap();
        store
            .forget(&Forget::Repository(repo[dice.below(repo.len())].id))
            .unwrap();
    }
    if dice.one_in(6) {
        store.refuse(&address(OTHER)).unwrap();
        store.remove_address(&address(OTHER)).unwrap();
    }
    let mut keep = store.keep().unwrap();
    keep.titles = !dice.one_in(8);
    keep.branches = !dice.one_in(8);
    keep.summaries = !dice.one_in(8);
    store.set_keep(&keep).unwrap();
}

/// One side's store: parts of the world, some of the files, and some days of words.
fn side(
    mut store: Store,
    dice: &mut Dice,
    (world, files): (&[Told], &[u64]),
    side: usize,
) -> Store {
    store
        .add_address(&address(ME), Evidence::Configured)
        .unwrap();
    if dice.one_in(2) {
        store.add_address(&address(OTHER), Evidence::Typed).unwrap();
    }
    for told in world {
        if !dice.one_in(4) {
            let told = part(told, dice, side);
            finish(&mut store, &told, dice);
        }
    }
    for (n, seed) in (0..).zip(files) {
        if dice.one_in(2) {
            let (file, facts) = export(&mut Dice(*seed), n);
            import(&mut store, &file, true, &facts);
        }
    }
    for day in 0..3 {
        store = Store::from_image(&store.image().unwrap(), NOW - DAY * (3 - day)).unwrap();
        said(&mut store, dice);
    }
    store = copy(&mut store);
    forgot(&mut store, dice);
    store
}

fn both(seed: u64, same_key: bool) -> (Store, Store) {
    let mut dice = Dice(seed);
    let mut world = world(&mut dice);
    for told in &mut world {
        told.share_out(&mut dice, &address(OTHER));
    }
    let files: Vec<u64> = (0..6).map(|n| seed * 100 + n).collect();
    let mut first = Store::memory(NOW - 10 * DAY).unwrap();
    let second = if same_key {
        Store::from_image(&first.image().unwrap(), NOW - 10 * DAY).unwrap()
    } else {
        Store::memory(NOW - 10 * DAY).unwrap()
    };
    let a = side(first, &mut dice, (&world, &files), 1);
    let b = side(second, &mut dice, (&world, &files), 2);
    (a, b)
}

#[test]
fn it_does_not_matter_which_store_is_merged_into_which_nor_how_often() {
    let (mut changed, mut commits) = (0, 0);
    for seed in 0..36 {
        let (mut a, mut b) = both(seed, seed % 2 == 0);
        let mut ab = merged(&mut a, &mut b);
        let ba = merged(&mut b, &mut a);
        same(&ab, &ba, &format!("seed {seed}, both ways"));
        let again = merged(&mut ab, &mut b);
        same(&again, &ab, &format!("seed {seed}, again"));
        let own = merged(&mut ab, &mut a);
        same(&own, &ab, &format!("seed {seed}, the first into both"));
        // Not a byte is written when there is nothing to take.
        let before = raw(&mut ab);
        let mut once = copy(&mut ab);
        let done = once.merge(copy(&mut b)).unwrap();
        let after = raw(&mut once);
        for (table, rows) in after.iter().filter(|(table, _)| *table != "audit") {
            let new: Vec<_> = rows
                .iter()
                .filter(|row| !before[table].contains(row))
                .collect();
            assert!(new.is_empty(), "seed {seed}: {table}: {new:?}");
        }
        assert!(after == before, "seed {seed}");
        assert_eq!(done, Merged::Nothing, "seed {seed}");
        commits += usize::try_from(ab.commit_count().unwrap()).unwrap();
        changed += usize::from(ab.commit_count().unwrap() > a.commit_count().unwrap());
    }
    assert!(changed > 15 && commits > 300, "{changed} {commits}");
}

/// The tables that a scan alone fills.
const SCANNED: [Table; 11] = [
    Table::Commits,
    Table::FileChanges,
    Table::Sightings,
    Table::Mentions,
    Table::Branches,
    Table::Replaced,
    Table::Swallowed,
    Table::Squashes,
    Table::Pairings,
    Table::RefEvents,
    Table::RefDays,
];

#[test]
fn a_merged_store_decides_as_one_that_read_both_machines_itself() {
    for seed in 200..216 {
        let mut dice = Dice(seed);
        let world = world(&mut dice);
        let empty = || {
            let mut store = Store::memory(NOW).unwrap();
            store
                .add_address(&address(ME), Evidence::Configured)
                .unwrap();
            store
        };
        let (mut a, mut b, mut whole) = (empty(), empty(), empty());
        for told in &world {
            // Some repositories lie on one machine only.
            let on = dice.below(4);
            for (side, store) in [(1, &mut a), (2, &mut b)] {
                if on == 0 || on != side {
                    let told = moved(told, side);
                    finish(store, &told, &mut dice);
                    finish(&mut whole, &told, &mut dice);
                }
            }
        }
        let merged = seen(&merged(&mut a, &mut b));
        let read = seen(&whole);
        for table in SCANNED {
            if table == Table::Commits {
                // Copies that only their content shows are known when a scan meets them again.
                let oids = |rows: &[String]| -> Vec<Value> {
                    let rows = rows
                        .iter()
                        .map(|row| serde_json::from_str::<Value>(row).unwrap());
                    rows.map(|row| {
                        [&row["oid"], &row["summary"], &row["marks"]]
                            .iter()
                            .map(|one| (*one).clone())
                            .collect()
                    })
                    .collect()
                };
                assert_eq!(
                    oids(&merged["commits"]),
                    oids(&read["commits"]),
                    "seed {seed}"
                );
                continue;
            }
            assert_eq!(
                merged[table.name()],
                read[table.name()],
                "seed {seed}: {}",
                table.name()
            );
        }
    }
}
