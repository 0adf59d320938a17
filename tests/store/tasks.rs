//! Imports of task exports: any order, any number of times, and back again.

use std::convert::Infallible;

use crate::git::{NOW, rows};
use crate::worlds::Dice;
use inward::model::moment::Moment;
use inward::model::project::Projects;
use inward::model::stage::{Stage, StageWords, Status};
use inward::model::task::{
    Entry, Estimate, Fact, GivenReview, LooseEntry, Review, TaskFacts, TaskKind, Transition, When,
};
use inward::model::text::Clean;
use inward::store::{Evidence, Forget, ImportWriter, Imported, NewImport, Store, Table};

pub fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

pub fn at(minutes: i64) -> When {
    When::At(Moment::new(1_780_000_000 + 60 * minutes, 120))
}

pub fn file(n: u8) -> NewImport {
    NewImport {
        format: "jira-csv".to_owned(),
        source: "jira".to_owned(),
        name: clean(&format!("export {n}.csv")),
        digest: [n; 32],
        zone: "Europe/Berlin".to_owned(),
        modified: Some(NOW + i64::from(n)),
    }
}

pub fn task(key: &str, word: &str, updated: i64) -> TaskFacts {
    TaskFacts {
        source: clean("jira"),
        key: clean(key),
        aliases: vec![format!("jira:{key}")],
        title: clean(&format!("What {key} is about")),
        status: Status::word(word),
        updated: Some(at(updated)),
        ..TaskFacts::default()
    }
}

fn fact(task: TaskFacts) -> Fact {
    Fact::Task(Box::new(task))
}

pub fn import(store: &mut Store, file: &NewImport, keep: bool, facts: &[Fact]) -> Imported {
    let feed = |writer: &mut ImportWriter<'_>| {
        for fact in facts {
            writer.put(fact).unwrap();
        }
        let n = facts.len() as u64;
        writer.counts(n + 3, n, 2, 1);
        Ok::<(), Infallible>(())
    };
    store.import(file, keep, feed).unwrap().unwrap()
}

/// Every row about tasks, as `inward dump` writes it, and how often it stands there.
fn dumped(store: &Store) -> Vec<String> {
    let tables = [
        Table::Tasks,
        Table::Transitions,
        Table::Reviews,
        Table::TimeEntries,
        Table::TaskSeen,
    ];
    let line = |table: Table| {
        let rows = rows(store, table).into_iter();
        rows.map(move |row| format!("{} {row}", table.name()))
    };
    tables.into_iter().flat_map(line).collect()
}

/// One file of a made-up history: few tasks, few names, few times, so that much of it meets.
pub fn export(dice: &mut Dice, n: u8) -> (NewImport, Vec<Fact>) {
    let formats = ["jira-csv", "jira-json", "taskwarrior"];
    let format = formats[dice.below(3)];
    let source = if format == "taskwarrior" {
        format
    } else {
        "jira"
    };
    let mut file = file(n);
    (file.format, file.source) = (format.to_owned(), source.to_owned());
    file.modified = (!dice.one_in(4)).then(|| NOW + i64::try_from(dice.below(3)).unwrap());
    let mut facts = Vec::new();
    for _ in 0..=dice.below(5) {
        facts.push(match dice.below(8) {
            0 => loose(dice),
            1 => given(dice),
            _ => fact(shown(dice, source)),
        });
    }
    (file, facts)
}

fn soon(dice: &mut Dice) -> When {
    let minutes = i64::try_from(dice.below(8)).unwrap();
    match dice.below(4) {
        0 => When::Day(at(minutes * 1_000).day().unwrap()),
        1 => When::Wall(Moment::new(1_780_000_000 + 60 * minutes, 0)),
        _ => at(minutes),
    }
}

fn maybe<T>(dice: &mut Dice, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
    dice.one_in(2).then(|| make(dice))
}

fn state(dice: &mut Dice) -> Status {
    let words = ["To Do", "In Progress", "Frobnicating", "Done"];
    match dice.below(6) {
        0 => Status::of(Stage::Done),
        1 => Status::default(),
        _ => {
            let category = maybe(dice, |dice| Stage::ALL[dice.below(6)]);
            Status::word(words[dice.below(4)]).category(category)
        }
    }
}

fn shown(dice: &mut Dice, source: &str) -> TaskFacts {
    // A name of one task, sometimes one of another beside it: these two are one then.
    let mut aliases = vec![format!("jira:ING-{}", dice.below(6))];
    if dice.one_in(4) {
        aliases.push(format!("jira:ING-{}", dice.below(6)));
    }
    let moved = |dice: &mut Dice| Transition {
        at: soon(dice),
        from: maybe(dice, state),
        to: state(dice),
    };
    TaskFacts {
        source: clean(source),
        key: clean(aliases[0].trim_start_matches("jira:")),
        aliases,
        kind: TaskKind::ALL[dice.below(6)],
        title: clean(["one", "two", ""][dice.below(3)]),
        project: maybe(dice, |_| clean("Ingest")),
        status: state(dice),
        updated: maybe(dice, soon),
        created: maybe(dice, soon),
        started: maybe(dice, soon),
        done: maybe(dice, soon),
        due: maybe(dice, soon),
        estimate: maybe(dice, |_| Estimate::Points(2_500)),
        spent: maybe(dice, |_| 3_600),
        tags: maybe(dice, |_| clean("backend")).into_iter().collect(),
        parent: maybe(dice, |_| clean("ING-99")),
        transitions: (0..dice.below(3)).map(|_| moved(dice)).collect(),
        history_whole: dice.one_in(4),
        review: maybe(dice, |dice| {
            Box::new(Review {
                opened: maybe(dice, soon),
                merged: maybe(dice, soon),
                branch: maybe(dice, |_| clean("topic")),
                commits: vec!["ab".repeat(20)],
                ..Review::default()
            })
        }),
        entries: (0..dice.below(2)).map(|_| spent(dice)).collect(),
    }
}

fn spent(dice: &mut Dice) -> Entry {
    Entry {
        id: None,
        start: soon(dice),
        end: maybe(dice, soon),
        seconds: maybe(dice, |_| 600),
        note: maybe(dice, |_| clean("thought about it")),
    }
}

fn loose(dice: &mut Dice) -> Fact {
    Fact::Entry(Box::new(LooseEntry {
        source: clean("toggl"),
        entry: spent(dice),
        project: maybe(dice, |_| clean("Ingest")),
        task: maybe(dice, |_| clean("ING-1")),
        tags: Vec::new(),
        busy: false,
    }))
}

fn given(dice: &mut Dice) -> Fact {
    let n = dice.below(3);
    Fact::Given(Box::new(GivenReview {
        source: clean("github"),
        key: clean(&format!("ada/engine#{n}")),
        aliases: vec![format!("github:ada/engine#{n}")],
        project: maybe(dice, |_| clean("ada/engine")),
        requested: maybe(dice, soon),
        times: vec![soon(dice)],
    }))
}

#[test]
fn any_order_of_imports_and_undoings_ends_in_the_same_rows() {
    let (mut united, mut observed) = (0, 0);
    for seed in 0..15 {
        let mut dice = Dice(seed);
        let exports: Vec<_> = (0..6).map(|n| export(&mut dice, n)).collect();
        let mut straight = Store::memory(NOW).unwrap();
        for (file, facts) in &exports {
            import(&mut straight, file, true, facts);
        }
        let expected = dumped(&straight);
        observed += expected
            .iter()
            .filter(|row| row.contains("\"observed\":true"))
            .count();
        for _ in 0..3 {
            let mut store = Store::memory(NOW).unwrap();
            let mut order: Vec<_> = exports.iter().collect();
            dice.shuffle(&mut order);
            for (file, facts) in order {
                let before = dumped(&store);
                let dry = import(&mut store, file, false, facts);
                assert_eq!(dumped(&store), before, "a dry run writes nothing");
                let done = import(&mut store, file, true, facts);
                assert_eq!(dry, done, "a dry run counts as the real one");
                let again = import(&mut store, file, true, facts);
                assert_eq!((again.added, again.updated), (0, 0), "seed {seed}");
                united += u64::from(done.added == 0 && done.updated > 0);
                if dice.one_in(2) {
                    let after = dumped(&store);
                    store.undo_import(done.id).unwrap().unwrap();
                    assert_eq!(dumped(&store), before, "seed {seed}: undone");
                    import(&mut store, file, true, facts);
                    assert_eq!(dumped(&store), after, "seed {seed}: and done again");
                }
            }
            assert_eq!(dumped(&store), expected, "seed {seed}");
            for import in store.imports().unwrap() {
                store.undo_import(import.id).unwrap().unwrap();
            }
            assert_eq!(dumped(&store), Vec::<String>::new());
        }
    }
    assert!(united > 5 && observed > 5, "{united} {observed}");
}

#[test]
fn a_file_that_fails_half_way_leaves_nothing() {
    let mut store = Store::memory(NOW).unwrap();
    import(
        &mut store,
        &file(1),
        true,
        &[fact(task("ING-1", "To Do", 1))],
    );
    let (before, log) = (dumped(&store), store.audit_rows().unwrap());
    let failed = store.import(&file(2), true, |writer| {
        writer.put(&fact(task("ING-1", "Done", 9))).unwrap();
        writer.put(&fact(task("ING-2", "Done", 9))).unwrap();
        Err("line 3: not a row")
    });
    assert_eq!(failed.unwrap(), Err("line 3: not a row"));
    assert_eq!(dumped(&store), before);
    assert_eq!(store.imports().unwrap().len(), 1);
    assert_eq!(store.audit_rows().unwrap(), log);
}

#[test]
fn a_word_mapped_later_needs_no_second_import() {
    let mut store = Store::memory(NOW).unwrap();
    let facts = [
        fact(task("ING-1", "Frobnicating", 1)),
        fact(task("ING-2", "Frobnicating", 1)),
        fact(task("ING-3", "Done", 1)),
    ];
    import(&mut store, &file(1), true, &facts);
    let unknown = store.unknown_words().unwrap();
    assert_eq!(unknown, [(clean("jira"), clean("Frobnicating"), 2)]);
    let stages = |store: &Store| -> Vec<_> {
        let tasks = store.tasks().unwrap();
        tasks.iter().map(|task| task.timeline.stage).collect()
    };
    assert_eq!(stages(&store), [None, None, Some(Stage::Done)]);
    let words = StageWords::new([("frobnicating", Stage::InReview)]);
    store.set_rules((words, Projects::default())).unwrap();
    let review = Some(Stage::InReview);
    assert_eq!(stages(&store), [review, review, Some(Stage::Done)]);
    assert!(store.unknown_words().unwrap().is_empty());
    assert_eq!(rows(&store, Table::Tasks)[0]["state"], "in-review");
}

#[test]
fn a_second_export_counts_what_is_new_changed_and_the_same() {
    let mut store = Store::memory(NOW).unwrap();
    let first = [
        fact(task("ING-1", "To Do", 1)),
        fact(task("ING-2", "To Do", 1)),
    ];
    import(&mut store, &file(1), true, &first);
    let mut third = task("ING-3", "To Do", 2);
    third.entries.push(Entry {
        id: None,
        start: at(1),
        end: Some(at(2)),
        seconds: Some(60),
        note: None,
    });
    third.transitions.push(Transition {
        at: at(2),
        from: None,
        to: Status::word("To Do"),
    });
    let second = [
        fact(task("ING-1", "To Do", 1)),
        fact(task("ING-2", "Done", 5)),
        fact(third),
    ];
    let done = import(&mut store, &file(2), true, &second);
    assert_eq!((done.added, done.updated, done.unchanged), (1, 1, 1));
    assert_eq!((done.entries, done.transitions), (1, 1));
    let moves = rows(&store, Table::Transitions);
    assert_eq!(moves[0]["task"], "ING-2");
    assert_eq!(
        (&moves[0]["from"], &moves[0]["to"]),
        (&"todo".into(), &"done".into())
    );
    assert_eq!(moves[0]["observed"], true);
    let row = &store.imports().unwrap()[1];
    assert_eq!(
        (row.records, row.mine, row.not_mine, row.rejected),
        (6, 3, 2, 1)
    );
    let log = rows(&store, Table::Audit);
    assert_eq!(
        (&log[1]["action"], &log[1]["n"]),
        (&"import".into(), &2.into())
    );
    assert_eq!(store.undo_import(2).unwrap().unwrap().removed, 1);
    assert_eq!(store.undo_import(2).unwrap(), None);
    let next = import(&mut store, &file(3), true, &second);
    assert_eq!(next.id, 3, "a number is not given twice");
}

#[test]
fn all_that_imports_brought_is_forgotten_with_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path, NOW).unwrap();
    let mut canary = task("ZQCANARY-1", "zq-canary word", 1);
    canary.title = clean("zq-canary of an older title");
    import(&mut store, &file(1), true, &[fact(canary.clone())]);
    (canary.title, canary.updated) = (clean("a zq-canary title"), Some(at(2)));
    import(&mut store, &file(2), true, &[fact(canary)]);
    let name = clean("zq-canary-login");
    store.add_account("jira", &name, Evidence::Typed).unwrap();
    store.set_import_zone("Europe/Berlin").unwrap();
    store.forget(&Forget::All).unwrap();
    for (table, n) in store.table_rows().unwrap() {
        assert_eq!(n, 0, "{table:?}");
    }
    assert_eq!(store.import_zone().unwrap(), None);
    let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
    assert!(
        !bytes
            .windows(8)
            .any(|w| w == b"zqcanary" || w == b"zq-canar")
    );
}

/// A store with rows in every table that imports fill.
pub fn filled() -> Store {
    let mut store = Store::memory(NOW).unwrap();
    let mut dice = Dice(1);
    for n in 0..9 {
        let (file, facts) = export(&mut dice, n);
        import(&mut store, &file, true, &facts);
    }
    let name = clean("ada");
    store.add_account("jira", &name, Evidence::Typed).unwrap();
    store
}

#[test]
fn the_second_import_of_a_file_changes_nothing() {
    let mut store = Store::memory(NOW).unwrap();
    let facts = [Fact::Task(Box::new(task("ING-1", "To Do", 1)))];
    let first = import(&mut store, &file(1), true, &facts);
    assert_eq!((first.added, first.again), (1, false));
    let image = store.image().unwrap();
    let second = import(&mut store, &file(1), true, &facts);
    assert_eq!((second.added, second.unchanged, second.again), (0, 1, true));
    assert_eq!(store.image().unwrap().len(), image.len());
    assert_eq!(store.tasks().unwrap().len(), 1);
    assert!(rows(&store, inward::store::Table::Audit).len() == 1);
}
