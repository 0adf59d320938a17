//! Every kind of forgetting, over every table: nothing tied to what went is left, nothing else goes,
//! and no import or scan brings it back.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::fake::{Fake, fill};
use crate::git::{NOW, memory, rows};
use crate::own::{export, note};
use crate::restoring::{demo, raw};
use crate::tasks::{clean, file, import, task};
use crate::worlds::{Dice, finish, world};
use inward::model::note::NewNote;
use inward::model::period::Range;
use inward::model::task::Fact;
use inward::store::{Choice, Forget, Store, StoreError, Table};

/// What a column refers to without a foreign key: table, column, condition, and where it must be.
const REFERS: &[(&str, &str, &str, &str)] = &[
    ("accounts", "source", "0", "SELECT ''"),
    ("aliases", "subject", "1", "SELECT id FROM subjects"),
    ("audit", "seq", "0", "SELECT 0"),
    ("blocks", "home", "1", "SELECT id FROM repositories"),
    ("branches", "id", "1", "SELECT branch FROM sightings"),
    ("commits", "home", "1", "SELECT id FROM repositories"),
    (
        "commits",
        "twin_of",
        "twin_of IS NOT NULL",
        "SELECT id FROM commits",
    ),
    (
        "commits",
        "reverts",
        "reverts IS NOT NULL",
        "SELECT oid FROM commits",
    ),
    ("exclusions", "key", "kind = 0", "SELECT oid FROM commits"),
    ("file_changes", "path", "1", "SELECT id FROM paths"),
    (
        "file_changes",
        "old_path",
        "old_path IS NOT NULL",
        "SELECT id FROM paths",
    ),
    (
        "file_changes",
        "language",
        "language <> 0",
        "SELECT id FROM languages",
    ),
    ("frontiers", "place", "1", "SELECT id FROM places"),
    ("goal_links", "goal", "1", "SELECT id FROM goals"),
    ("goals", "id", "0", "SELECT 0"),
    ("shares", "id", "0", "SELECT 0"),
    ("identities", "id", "0", "SELECT 0"),
    ("imports", "id", "0", "SELECT 0"),
    ("languages", "id", "1", "SELECT language FROM file_changes"),
    ("line_fates", "commit", "1", "SELECT id FROM commits"),
    (
        "line_passes",
        "repository",
        "1",
        "SELECT id FROM repositories",
    ),
    ("link_choices", "oid", "1", "SELECT oid FROM commits"),
    ("links", "commit", "1", "SELECT id FROM commits"),
    ("links", "task", "1", "SELECT id FROM subjects"),
    ("mentions", "commit", "1", "SELECT id FROM commits"),
    ("meta", "key", "key = 'unsettled'", "SELECT ''"),
    (
        "notes",
        "repository",
        "repository IS NOT NULL",
        "SELECT id FROM repositories",
    ),
    ("observations", "subject", "1", "SELECT id FROM subjects"),
    ("pairings", "repository", "1", "SELECT id FROM repositories"),
    (
        "paths",
        "id",
        "1",
        "SELECT path FROM file_changes UNION
         SELECT old_path FROM file_changes WHERE old_path IS NOT NULL",
    ),
    ("places", "repository", "1", "SELECT id FROM repositories"),
    ("ref_days", "repository", "1", "SELECT id FROM repositories"),
    (
        "ref_events",
        "repository",
        "1",
        "SELECT id FROM repositories",
    ),
    (
        "ref_events",
        "branch",
        "branch IS NOT NULL",
        "SELECT id FROM branches",
    ),
    ("remotes", "repository", "1", "SELECT id FROM repositories"),
    ("replaced", "old", "1", "SELECT id FROM commits"),
    ("repositories", "id", "0", "SELECT 0"),
    ("reviews", "subject", "1", "SELECT id FROM subjects"),
    ("sightings", "commit", "1", "SELECT id FROM commits"),
    (
        "sightings",
        "branch",
        "branch IS NOT NULL",
        "SELECT id FROM branches",
    ),
    ("squashes", "repository", "1", "SELECT id FROM repositories"),
    ("stale", "home", "1", "SELECT id FROM repositories"),
    ("subjects", "id", "1", "SELECT subject FROM observations"),
    ("swallowed", "commit", "1", "SELECT id FROM commits"),
    (
        "task_seen",
        "observation",
        "1",
        "SELECT id FROM observations",
    ),
    ("task_seen", "import", "1", "SELECT id FROM imports"),
    ("tasks", "subject", "1", "SELECT id FROM subjects"),
    ("time_entries", "subject", "1", "SELECT id FROM subjects"),
    ("tombstones", "hash", "0", "SELECT ''"),
    ("transitions", "task", "1", "SELECT id FROM subjects"),
    ("unlinked", "commit", "1", "SELECT id FROM commits"),
];

/// The file of a store, read past inward.
fn opened(store: &mut Store) -> Connection {
    let image = store.image().unwrap();
    let mut conn = Connection::open_in_memory().unwrap();
    conn.deserialize_read_exact("main", &image[..], image.len(), true)
        .unwrap();
    conn
}

/// Asserts that no row refers to one that is gone, in any table there is.
fn nothing_hangs(store: &mut Store, what: &str) {
    let conn = opened(store);
    let mut query = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .unwrap();
    let tables = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for table in tables.map(Result::unwrap) {
        assert!(!table.starts_with("sqlite_stat"), "statistics hold texts");
        let refers = REFERS.iter().filter(|(of, ..)| *of == table);
        assert!(refers.clone().count() > 0, "say what {table} refers to");
        for (table, column, condition, target) in refers {
            let sql = format!(
                "SELECT count(*) FROM \"{table}\" WHERE {condition} AND \"{column}\" NOT IN ({target})"
            );
            let n: i64 = conn.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert_eq!(n, 0, "{what}: rows of {table} whose {column} is gone");
        }
    }
    let broken = conn
        .prepare("PRAGMA foreign_key_check")
        .unwrap()
        .exists([])
        .unwrap();
    assert!(!broken, "{what}");
    // All that is left, tombstones too, can be dumped.
    crate::restoring::dumped(store);
}

/// A store with rows of every kind that hang together in many ways.
fn tangled(seed: u64) -> Store {
    let mut dice = Dice(seed);
    let mut store = memory();
    store.set_reflog_consent(true).unwrap();
    for one in world(&mut dice) {
        finish(&mut store, &one, &mut dice);
    }
    for n in 0..3 {
        import(&mut store, &file(n), true, &export(usize::from(n)));
    }
    let task = store.tasks().unwrap()[0].id;
    let repo = store.repositories().unwrap()[0].id;
    for about in [
        NewNote {
            task: Some(task),
            ..note("a note about a task")
        },
        NewNote {
            repo: Some(repo),
            ..note("a note about a repository")
        },
        note("a note about a day"),
    ] {
        store.add_note(&about).unwrap();
    }
    let commit = rows(&store, Table::Commits)[0]["oid"]
        .as_str()
        .unwrap()
        .to_owned();
    let named = store.rows_named(&commit).unwrap();
    let out = Choice::Out(inward::model::choice::Out::Excluded);
    store
        .choose(&named[0], &out, Some(&clean("not work")))
        .unwrap();
    store
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every kind of forgetting, made for this store.
fn kinds(store: &Store) -> Vec<Forget> {
    let summary = rows(store, Table::Commits)[0]["summary"]
        .as_str()
        .unwrap()
        .to_owned();
    vec![
        Forget::Repository(store.repositories().unwrap()[0].id),
        Forget::Before(day("2024-01-01")),
        Forget::Days(Range::new(day("2023-11-01"), day("2026-06-01"))),
        Forget::Task(store.tasks().unwrap()[0].id),
        Forget::Source("jira".to_owned()),
        Forget::Import(store.imports().unwrap()[0].id),
        Forget::Text(summary),
        Forget::All,
    ]
}

#[test]
fn after_every_kind_of_forgetting_no_row_of_any_table_hangs_in_the_air() {
    for seed in 0..4 {
        for what in kinds(&tangled(seed)) {
            let mut store = tangled(seed);
            let before = raw(&mut store);
            let going = store.going(&what).unwrap().unwrap();
            assert_eq!(
                raw(&mut store),
                before,
                "counting changes nothing: {what:?}"
            );
            assert!(going.iter().any(|row| row.goes > 0), "{what:?}: {going:?}");
            let commits = store.commit_count().unwrap();
            let erased = store.forget(&what).unwrap();
            let told = going.iter().find(|row| row.what == "commits").unwrap();
            assert_eq!(told.goes, erased.commits, "{what:?}");
            assert_eq!(told.stays, commits - erased.commits, "{what:?}");
            nothing_hangs(&mut store, &format!("{seed} {what:?}"));
            let again = store.forget(&what).unwrap();
            assert_eq!(
                again.commits, 0,
                "asked for again, nothing more goes: {what:?}"
            );
        }
    }
}

#[test]
fn a_year_with_rows_in_every_figure_is_forgotten_too() {
    for what in kinds(&demo()) {
        let mut store = demo();
        store.forget(&what).unwrap();
        nothing_hangs(&mut store, &format!("{what:?}"));
        store.dataset(NOW).unwrap();
    }
}

#[test]
fn a_forgotten_task_leaves_the_others_as_they_were_and_no_import_or_undo_brings_it_back() {
    let mut met = 0;
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let mut store = Store::memory(NOW).unwrap();
        let exports: Vec<_> = (0..3).map(|n| crate::tasks::export(&mut dice, n)).collect();
        for (file, facts) in &exports {
            import(&mut store, file, true, facts);
        }
        let Some(gone) = store.tasks().unwrap().first().map(|task| task.id) else {
            continue;
        };
        met += 1;
        let others = |store: &Store| -> BTreeSet<String> {
            let tasks = store.tasks().unwrap().into_iter();
            let others = tasks.filter(|task| task.id != gone);
            others
                .map(|task| format!("{:?} {:?}", task.facts, task.moves))
                .collect()
        };
        let before = others(&store);
        store.forget(&Forget::Task(gone)).unwrap();
        assert_eq!(others(&store), before);
        assert_eq!(store.tasks().unwrap().len(), before.len());
        for (file, facts) in &exports {
            import(&mut store, file, true, facts);
        }
        assert_eq!(others(&store), before, "an import brought it back");
        let last = store.imports().unwrap().last().unwrap().id;
        store.undo_import(last).unwrap();
        assert!(store.tasks().unwrap().len() <= before.len());
    }
    assert!(met > 6);
}

#[test]
fn what_was_forgotten_comes_back_when_it_is_asked_for_by_name() {
    let mut store = Store::memory(NOW).unwrap();
    let facts = [Fact::Task(Box::new(task("ING-1", "Done", 1)))];
    import(&mut store, &file(1), true, &facts);
    let row = store.tasks().unwrap()[0].id;
    store.forget(&Forget::Task(row)).unwrap();
    let again = import(&mut store, &file(2), true, &facts);
    assert_eq!((again.added, again.forgotten), (0, 1));
    store.bring_back(true);
    assert_eq!(import(&mut store, &file(2), true, &facts).added, 1);
    store.bring_back(false);
    assert_eq!(import(&mut store, &file(3), true, &facts).forgotten, 0);
}

#[test]
fn a_forgotten_tracker_or_file_is_refused_until_it_is_asked_for() {
    for what in ["tracker", "file"] {
        let mut store = Store::memory(NOW).unwrap();
        let facts = [Fact::Task(Box::new(task("ING-1", "Done", 1)))];
        let id = import(&mut store, &file(1), true, &facts).id;
        let forget = match what {
            "tracker" => Forget::Source("Jira".to_owned()),
            _ => Forget::Import(id),
        };
        store.forget(&forget).unwrap();
        assert_eq!(store.tasks().unwrap().len(), 0);
        assert_eq!(store.imports().unwrap().len(), 0, "its name is gone too");
        let refused = store.import(&file(1), true, |_| Ok::<(), ()>(()));
        assert!(
            matches!(refused, Err(StoreError::Forgotten { .. })),
            "{what}"
        );
        store.bring_back(true);
        import(&mut store, &file(1), true, &facts);
        assert_eq!(store.tasks().unwrap().len(), 1);
    }
}

#[test]
fn forgotten_days_take_the_time_recorded_in_them_from_tasks_that_stay() {
    let mut store = Store::memory(NOW).unwrap();
    let facts = export(0);
    import(&mut store, &file(1), true, &facts);
    let entries = rows(&store, Table::TimeEntries).len();
    let days = Range::new(day("2026-05-01"), day("2026-06-30"));
    assert!(entries > 0);
    store.forget(&Forget::Days(days)).unwrap();
    assert_eq!(rows(&store, Table::TimeEntries).len(), 0);
    assert_eq!(
        store.tasks().unwrap().len(),
        2,
        "open tasks reach beyond these days"
    );
    for n in 1..3 {
        import(&mut store, &file(n), true, &facts);
        assert_eq!(rows(&store, Table::TimeEntries).len(), 0, "file {n}");
    }
    assert_eq!(store.tasks().unwrap().len(), 2);
}

#[test]
fn a_forgotten_text_is_in_no_row_and_does_not_come_back_with_a_scan() {
    let mut shop = crate::git::Workshop::new();
    shop.init("r");
    shop.commit("r", "src/plain.rs", "1\n", "the Zq-Canary step");
    shop.commit("r", "src/zq-canary-file.rs", "1\n", "another step");
    shop.git("r", &["checkout", "-q", "-b", "zq-canary-branch"]);
    shop.commit("r", "src/plain.rs", "2\n", "a step on a branch");
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    let held = |store: &mut Store| {
        let image = store.image().unwrap().to_ascii_lowercase();
        image
            .windows(9)
            .filter(|bytes| *bytes == b"zq-canary")
            .count()
    };
    assert!(held(&mut store) > 2);
    let text = Forget::Text("zq-canary".to_owned());
    assert_eq!(store.forget(&text).unwrap().commits, 1);
    assert_eq!(held(&mut store), 0);
    crate::git::scan_places(&mut store, &[shop.place("r")], true);
    assert_eq!(held(&mut store), 0, "a scan brought it back");
    assert_eq!(store.commit_count().unwrap(), 2);
    nothing_hangs(&mut store, "text");
}

#[test]
#[ignore = "started by the next test as a process that dies"]
fn a_child_that_dies() {
    let Some(file) = std::env::var_os("INWARD_TEST_STORE").map(PathBuf::from) else {
        return;
    };
    let after: usize = std::env::var("INWARD_TEST_STEPS").unwrap().parse().unwrap();
    let mut store = Store::open(&file, NOW).unwrap();
    let repo = store.repositories().unwrap()[0].id;
    let mut steps = 0;
    let died = store.erase_rows(&Forget::Repository(repo), &mut |n| {
        steps += usize::from(n > 0);
        if steps == after {
            std::process::abort();
        }
    });
    died.unwrap();
}

#[test]
fn a_forgetting_that_dies_on_the_way_is_finished_when_it_is_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let fake = Fake {
        commits: 1_700,
        files: 2,
    };
    let mut died = 0;
    for after in [1, 2, 3, 4] {
        std::fs::remove_file(&path).ok();
        fill(&mut Store::open(&path, NOW).unwrap(), &fake);
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "erasing_kinds::a_child_that_dies", "--ignored"])
            .env("INWARD_TEST_STORE", &path)
            .env("INWARD_TEST_STEPS", after.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        died += usize::from(!child.success());
        let mut store = Store::open(&path, NOW).unwrap();
        store.quick_check().unwrap();
        let repos = store.repositories().unwrap();
        assert_eq!(repos.len(), 1, "what names it goes last");
        // What is left counts, and a scan in between brings nothing back.
        store.dataset(NOW).unwrap();
        fill(&mut store, &fake);
        assert!(store.commit_count().unwrap() < 1_700);
        store.forget(&Forget::Repository(repos[0].id)).unwrap();
        assert_eq!(store.commit_count().unwrap(), 0);
        assert_eq!(store.repositories().unwrap().len(), 0);
        nothing_hangs(&mut store, "after a death");
    }
    assert_eq!(died, 4, "every child died on its way");
}
