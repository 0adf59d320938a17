//! Imports of task exports: any order, any number of times, and back again.

use std::convert::Infallible;

use crate::git::{NOW, rows};
use inward::model::moment::Moment;
use inward::model::stage::Status;
use inward::model::task::{Fact, TaskFacts, When};
use inward::model::text::Clean;
use inward::store::{Imported, NewImport, Store};

fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

fn at(minutes: i64) -> When {
    When::At(Moment::new(1_780_000_000 + 60 * minutes, 120))
}

fn file(n: u8) -> NewImport {
    NewImport {
        format: "jira-csv".to_owned(),
        source: "jira".to_owned(),
        name: clean(&format!("export {n}.csv")),
        digest: [n; 32],
        zone: "Europe/Berlin".to_owned(),
        modified: Some(NOW + i64::from(n)),
    }
}

fn task(key: &str, word: &str, updated: i64) -> TaskFacts {
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

fn import(store: &mut Store, file: &NewImport, keep: bool, facts: &[Fact]) -> Imported {
    let feed = |writer: &mut inward::store::ImportWriter<'_>| {
        for fact in facts {
            writer.put(fact).unwrap();
        }
        let n = facts.len() as u64;
        writer.counts(n, n, 0, 0);
        Ok::<(), Infallible>(())
    };
    store.import(file, keep, feed).unwrap().unwrap()
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
