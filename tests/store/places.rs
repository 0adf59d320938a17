//! Rows by what they are: what a screen points at is what the owner says something of.

use inward::model::choice::{Correction, Fact, Out, RowKind};
use inward::model::chosen::Chosen;
use inward::model::dataset::flag;
use inward::model::ids::TaskId;
use inward::model::task::TaskKind;
use inward::model::work::Work;
use inward::store::{Choice, Store};

use crate::fake::{Fake, fill};
use crate::git::NOW;
use crate::own::export;
use crate::tasks::{file, import};

const EXCLUDED: Choice = Choice::Out(Out::Excluded);

fn filled() -> Store {
    let mut store = Store::memory(NOW).unwrap();
    let fake = Fake {
        commits: 3,
        files: 1,
    };
    fill(&mut store, &fake);
    import(&mut store, &file(1), true, &export(0));
    store
}

fn work(store: &Store) -> Work {
    store.dataset(NOW).unwrap().0.work
}

/// Everything a log lists, as a screen points at it.
fn pointed(store: &Store) -> Vec<Chosen> {
    let (data, _) = store.dataset(NOW).unwrap();
    let rows = store.commit_rows(&data.commits.id).unwrap();
    let commits = rows.into_iter().map(|row| Chosen::Commit(row.oid));
    let work = &data.work;
    let tasks = work.tasks.iter().map(|task| Chosen::Task(task.id));
    let given = work.given.iter().map(|given| Chosen::Review(given.id));
    let time = work.spent.iter().map(|spent| Chosen::Entry {
        subject: spent.id,
        start: spent.start,
        end: spent.end,
        seconds: spent.seconds,
    });
    commits.chain(tasks).chain(given).chain(time).collect()
}

/// How many rows of each kind are out: commits, tasks, reviews given, entries.
fn out(store: &Store) -> [usize; 4] {
    let (data, _) = store.dataset(NOW).unwrap();
    let flags = data.commits.flags.iter();
    [
        flags.filter(|flags| **flags & flag::EXCLUDED != 0).count(),
        data.work.tasks.iter().filter(|one| one.excluded).count(),
        data.work.given.iter().filter(|one| one.excluded).count(),
        data.work.spent.iter().filter(|one| one.excluded).count(),
    ]
}

#[test]
fn rows_of_every_kind_go_out_together_and_come_back_together() {
    let mut store = filled();
    let all = pointed(&store);
    let rows = store.chosen_rows(&all, true).unwrap();
    assert_eq!(rows.len(), all.len());
    let kinds: Vec<_> = rows.iter().map(|row| row.kind).collect();
    for kind in [
        RowKind::Commit,
        RowKind::Task,
        RowKind::Review,
        RowKind::Entry,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    store.choose_all(&rows, &EXCLUDED, None).unwrap();
    let work = work(&store);
    let whole = [3, work.tasks.len(), work.given.len(), work.spent.len()];
    assert_eq!(out(&store), whole);
    let back = store.chosen_rows(&all, false).unwrap();
    assert_eq!(store.take_back(&back, None).unwrap(), all.len() as u64);
    assert_eq!(out(&store), [0; 4]);
}

#[test]
fn of_two_entries_that_are_alike_one_goes_out_for_each_that_is_pointed_at() {
    let mut store = Store::memory(NOW).unwrap();
    let mut facts = export(0);
    if let inward::model::task::Fact::Task(task) = &mut facts[0] {
        let again = task.entries[0].clone();
        task.entries.push(again);
    }
    import(&mut store, &file(1), true, &facts);
    let entries = |store: &Store| {
        let all = pointed(store).into_iter();
        all.filter(|one| matches!(one, Chosen::Entry { .. }))
            .collect::<Vec<_>>()
    };
    let all = entries(&store);
    let twin = *all
        .iter()
        .find(|one| all.iter().filter(|other| other == one).count() == 2)
        .unwrap();
    for n in 1..=2 {
        let rows = store.chosen_rows(&[twin], true).unwrap();
        store.choose_all(&rows, &EXCLUDED, None).unwrap();
        assert_eq!(out(&store), [0, 0, 0, n]);
    }
    assert!(store.chosen_rows(&[twin], true).unwrap().is_empty());
    assert_eq!(store.chosen_rows(&[twin, twin], false).unwrap().len(), 2);
}

#[test]
fn what_left_the_store_is_left_out_and_nothing_else() {
    let store = filled();
    let mut all = pointed(&store);
    all.insert(0, Chosen::Task(TaskId(4_711)));
    all.push(Chosen::Review(TaskId(4_712)));
    let rows = store.chosen_rows(&all, true).unwrap();
    assert_eq!(rows.len(), all.len() - 2);
}

#[test]
fn a_corrected_fact_is_taken_back_alone_and_the_export_is_known_beside_it() {
    let mut store = filled();
    let id = store.tasks().unwrap()[0].id;
    let row = store
        .chosen_rows(&[Chosen::Task(TaskId(id))], true)
        .unwrap();
    let kind = Choice::Correct(Correction::Kind(TaskKind::Story));
    let project = Choice::Correct(Correction::Project(None));
    for choice in [&kind, &project, &EXCLUDED] {
        store.choose(&row[0], choice, None).unwrap();
    }
    let told = |store: &Store| store.tasks().unwrap()[0].facts.kind;
    assert_eq!(told(&store), TaskKind::Story);
    let exported = store.exported(TaskId(id)).unwrap().unwrap();
    assert_ne!(exported.kind, TaskKind::Story);
    assert_eq!(store.take_back(&row, Some(Fact::Kind)).unwrap(), 1);
    assert_eq!(told(&store), exported.kind);
    assert_eq!(store.choices().unwrap().len(), 2);
}
