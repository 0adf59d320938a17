//! A store made of a dump is the store it was made of, in every table and every column of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use inward::model::address::Address;
use inward::sources::demo;
use inward::store::{
    AuditState, Draft, Evidence, Forget, Part, Refused, Store, Table, Taken, Visit, VisitAll,
};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::git::{NOW, OTHER, Workshop, address, memory, scan_places};
use crate::tasks::{file, import};
use crate::worlds::{Dice, finish, hand, world};

/// Every row of every table of a file, read past inward by SQLite alone.
pub type Rows = BTreeMap<String, Vec<Vec<Value>>>;

pub fn raw(store: &mut Store) -> Rows {
    let image = store.image().unwrap();
    let mut conn = Connection::open_in_memory().unwrap();
    conn.deserialize_read_exact("main", &image[..], image.len(), true)
        .unwrap();
    let mut tables = Rows::new();
    let mut query = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .unwrap();
    let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for name in names.map(Result::unwrap) {
        let mut query = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let width = query.column_count();
        let rows = query.query_map([], |row| (0..width).map(|at| row.get(at)).collect());
        let mut rows: Vec<Vec<Value>> = rows.unwrap().map(Result::unwrap).collect();
        rows.sort_by_key(|row| format!("{row:?}"));
        tables.insert(name, rows);
    }
    tables
}

/// Every line of a dump, by the name of its part.
#[derive(Default)]
struct Lines(Vec<(String, Vec<String>)>);

impl Visit for Lines {
    type Error = Infallible;
    fn row<R: serde::Serialize>(&mut self, row: &R) -> Result<(), Infallible> {
        let line = serde_json::to_string(row).unwrap();
        self.0.last_mut().unwrap().1.push(line);
        Ok(())
    }
}

impl VisitAll for Lines {
    fn begin(&mut self, part: Part) -> Result<(), Infallible> {
        let name = match part {
            Part::Table(table) => table.name(),
            Part::Copy => "copy",
        };
        self.0.push((name.to_owned(), Vec::new()));
        Ok(())
    }
}

pub fn dumped(store: &Store) -> BTreeMap<String, Vec<String>> {
    let mut lines = Lines::default();
    store.dump_all(&mut lines).unwrap().unwrap();
    let dumped: BTreeMap<_, _> = lines.0.into_iter().collect();
    assert_eq!(dumped.len(), Table::ALL.len() + 1);
    dumped
}

pub fn made_of(copy: &[String]) -> Result<Store, Refused> {
    let mut draft = Draft::new()?;
    for line in copy {
        draft.line(line)?;
    }
    draft.finish(NOW)
}

/// The store that a dump of `store` makes, which must be the same.
fn restored(store: &mut Store) -> Store {
    let before = raw(store);
    let dump = dumped(store);
    let mut draft = made_of(&dump["copy"]).unwrap();
    assert_eq!(raw(&mut draft), before, "in memory");
    let mut new = Store::memory(NOW).unwrap();
    assert!(new.is_empty().unwrap());
    let rows: usize = before.values().map(Vec::len).sum();
    let taken = new.take_over(&draft).unwrap();
    assert_eq!(taken, Taken::Rows(rows.try_into().unwrap()));
    let mut after = raw(&mut new);
    let log = after.get_mut("audit").unwrap();
    let restore = log
        .iter()
        .position(|row| row[2] == Value::Text("restore".to_owned()));
    log.remove(restore.expect("the restoring is in the log"));
    assert_eq!(after, before, "taken over");
    assert!(matches!(new.audit_verify(None).unwrap(), AuditState::Ok(_)));
    let mut again = dumped(&new);
    for (part, lines) in &dump {
        if part == "audit" || part == "copy" {
            assert_eq!(
                again.get_mut(part).unwrap().len(),
                lines.len() + 1,
                "{part}"
            );
        } else {
            assert_eq!(&again[part], lines, "{part}");
        }
    }
    let (was, is) = (store.dataset(NOW).unwrap(), new.dataset(NOW).unwrap());
    assert!(was.0 == is.0, "the record in memory is another one");
    assert_eq!(format!("{:?}", was.1), format!("{:?}", is.1));
    new
}

/// Repositories made by git, with all that a scan and the pass over lines keep.
pub fn scanned() -> (Workshop, Store) {
    let mut shop = Workshop::new();
    for repo in ["one", "two"] {
        shop.init(repo);
        for n in 0..5 {
            let text = format!("{n}\nsame in all\n");
            shop.commit(repo, "a b.rs", &text, &format!("ING-{n} in {repo}"));
        }
        let date = shop.tick();
        shop.commit_as(OTHER, repo, &date, ("a b.rs", "other\n", "theirs"));
    }
    let mut store = memory();
    shop.scan(&mut store, &["one", "two"]);
    crate::lines::follow(&mut store, &shop, &["one", "two"]);
    (shop, store)
}

/// Made-up repositories that hang together in every way; one of them was left in the middle.
pub fn tangled(seed: u64) -> Store {
    let mut dice = Dice(seed);
    let mut store = memory();
    store.set_reflog_consent(true).unwrap();
    let told = world(&mut dice);
    for one in &told {
        finish(&mut store, one, &mut dice);
    }
    let mut writer = store.writer(&told[0].place, false);
    hand(&mut writer, &told[0], &mut dice, 2);
    drop(writer);
    store
}

/// A scan that was killed between two of its transactions, in a store where much was said no to.
fn killed() -> Store {
    let mut store = memory();
    store.refuse(&address("ada.old@example.org")).unwrap();
    let mut writer = store.writer(&crate::fake::place(), false);
    for n in 0..3_000 {
        writer.commit(crate::fake::record(n, 1)).unwrap();
    }
    drop(writer);
    assert!(!dumped(&store)["commits"].is_empty(), "nothing was written");
    store
}

/// A store whose ref events have aged to sums.
fn aged() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    Store::write_new(&path, &tangled(0).image().unwrap()).unwrap();
    let store = Store::open(&path, NOW + 170 * 86_400).unwrap();
    (folder, store)
}

/// The year of `inward demo`.
pub fn demo() -> Store {
    let today = "2026-09-21".parse().unwrap();
    let mut store = Store::memory(NOW).unwrap();
    let mut year = demo::year(7, today, 120);
    let tasks = demo::tasks(7, &mut year, NOW);
    let ada = Address::new(demo::ADDRESS.as_bytes()).unwrap();
    store.add_address(&ada, Evidence::Configured).unwrap();
    for repo in year {
        let mut place = crate::fake::place();
        place.path = repo.name.into();
        place.common_dir = place.path.join(".git");
        let mut writer = store.writer(&place, false);
        for commit in repo.commits {
            writer.sighting(commit.oid, true);
            writer.commit(commit).unwrap();
        }
        writer.stop().unwrap();
    }
    import(&mut store, &file(9), true, &tasks);
    store
}

#[test]
fn every_table_and_column_of_the_file_comes_back() {
    let ((_shop, scanned), (_folder, aged)) = (scanned(), aged());
    let mut stores = vec![
        Store::memory(NOW).unwrap(),
        scanned,
        aged,
        killed(),
        demo(),
        crate::tasks::filled(),
        crate::links::filled(),
        crate::own::filled(),
    ];
    stores.extend((0..8).map(tangled));
    let (mut with_rows, mut all) = (BTreeSet::new(), BTreeSet::new());
    for store in &mut stores {
        restored(store);
        for (table, rows) in raw(store) {
            all.insert(table.clone());
            if !rows.is_empty() {
                with_rows.insert(table);
            }
        }
    }
    // A table that no store of this test fills would be carried unseen: fill it above.
    let empty: Vec<&String> = all.difference(&with_rows).collect();
    assert_eq!(empty, [""; 0]);
}

#[test]
fn a_scan_after_restoring_finds_nothing_new_and_counts_on() {
    let (mut shop, mut store) = scanned();
    let mut new = restored(&mut store);
    let before = raw(&mut new);
    let report = shop.scan(&mut new, &["one", "two"]);
    assert_eq!(report.added(), 0);
    let (commits, sightings) = (&raw(&mut new)["commits"], &raw(&mut new)["sightings"]);
    assert_eq!(
        (commits, sightings),
        (&before["commits"], &before["sightings"])
    );
    shop.commit("one", "new.rs", "1\n", "after");
    assert_eq!(shop.scan(&mut new, &["one", "two"]).added(), 1);
    assert_eq!(shop.scan(&mut store, &["one", "two"]).added(), 1);
    let (old, new) = (store.dataset(NOW).unwrap(), new.dataset(NOW).unwrap());
    assert!(old.0 == new.0, "both go on alike");
}

#[test]
fn what_was_forgotten_or_refused_stays_so() {
    let (shop, mut store) = scanned();
    let refused = Address::new(b"ada.old@example.org").unwrap();
    store.refuse(&refused).unwrap();
    let two = store.repositories().unwrap()[1].id;
    store.forget(&Forget::Repository(two)).unwrap();
    let mut new = restored(&mut store);
    assert!(new.is_refused(&refused).unwrap());
    assert!(new.is_forgotten(&shop.place("two")).unwrap());
    let places = [shop.place("one"), shop.place("two")];
    let report = scan_places(&mut new, &places, true);
    assert_eq!(report.added(), 0);
    let problem = report.repos[1].problem.as_ref().unwrap();
    assert!(problem.contains("forgotten"), "{problem}");
}

#[test]
fn imports_are_known_again_and_can_be_taken_back() {
    let mut store = crate::own::filled();
    let mut new = restored(&mut store);
    let again = import(&mut new, &file(1), true, &[]);
    assert!(again.again, "the file is known: {again:?}");
    let id = new.imports().unwrap()[0].id;
    new.undo_import(id).unwrap().unwrap();
    assert!(new.tasks().unwrap().is_empty());
    let said = new.choices().unwrap();
    assert_eq!(said.len(), store.choices().unwrap().len());
    assert_eq!(new.add_note(&crate::own::note("next")).unwrap(), 3);
}

#[test]
fn a_store_that_holds_anything_is_left_as_it_is() {
    let mut store = crate::own::filled();
    let mut other = Store::memory(NOW).unwrap();
    other
        .add_address(&address("else@example.org"), Evidence::Configured)
        .unwrap();
    let before = raw(&mut other);
    assert!(!other.is_empty().unwrap());
    let draft = made_of(&dumped(&store)["copy"]).unwrap();
    assert_eq!(other.take_over(&draft).unwrap(), Taken::NotEmpty);
    assert_eq!(raw(&mut other), before);
    assert!(!raw(&mut store).is_empty());
}

#[test]
fn a_copy_without_any_one_of_its_lines_makes_no_store_or_another_one() {
    let store = crate::links::filled();
    let copy = dumped(&store)["copy"].clone();
    let (mut refused, mut other) = (0, 0);
    for at in 0..copy.len() {
        let mut less = copy.clone();
        less.remove(at);
        // No line is idle, and none missing is answered by a panic or a half store.
        match made_of(&less) {
            Err(Refused::Unfit(_)) => refused += 1,
            Err(error) => panic!("line {at}: {error}"),
            Ok(made) => {
                assert_ne!(dumped(&made)["copy"], copy, "line {at}");
                other += 1;
            }
        }
    }
    assert!(refused > 45 && other > 15, "{refused} {other}");
}

#[test]
fn lines_that_no_dump_writes_are_refused() {
    let store = crate::own::filled();
    let copy = dumped(&store)["copy"].clone();
    let with = |at: usize, line: &str| {
        let mut copy = copy.clone();
        copy.insert(at, line.to_owned());
        made_of(&copy).err().map(|error| error.to_string())
    };
    let (layout, accounts) = (&copy[0], &copy[1]);
    assert!(accounts.contains(r#""table":"accounts""#));
    for (at, line, says) in [
        (0, "[1]", "before any table"),
        (0, r#"{"table":"audit","columns":[]}"#, "does not make"),
        (0, r#"{"schema":"inward.copy.v1","layout":0}"#, "head"),
        (0, r#"{"schema":"inward.copy.v2","layout":7}"#, "head"),
        (0, "", "neither"),
        (0, "{}", "neither"),
        (1, layout, "head"),
        (1, r#"{"table":"audit","columns":["seq"]}"#, "columns"),
        (
            1,
            r#"{"table":"sqlite_schema","columns":["sql"]}"#,
            "does not make",
        ),
        (1, accounts, "second time"),
        (2, "[1]", "7 belong"),
        (2, r#"["jira","ada",3,0,1,null,0]"#, "no value for value"),
        (2, r#"["jira","ada",null,0,1,null,0]"#, "NOT NULL"),
        (
            2,
            r#"["jira","ada","Ada",0,1.5,null,0]"#,
            "no value for added_day",
        ),
    ] {
        let said = with(at, line);
        let said = said.unwrap_or_else(|| panic!("taken: {line}"));
        assert!(said.contains(says), "{line}: {said}");
    }
    let newer = vec![r#"{"schema":"inward.copy.v1","layout":4000}"#.to_owned()];
    assert!(matches!(
        made_of(&newer),
        Err(Refused::Newer { found: 4000, .. })
    ));
    assert!(made_of(&[]).is_err());
}

#[test]
fn a_reference_to_nothing_is_refused() {
    let (_shop, store) = scanned();
    let copy = dumped(&store)["copy"].clone();
    let at = copy
        .iter()
        .position(|line| line.contains(r#"{"table":"commits""#));
    let less: Vec<String> = copy[..=at.unwrap()]
        .iter()
        .chain(
            copy.iter()
                .skip_while(|line| !line.contains(r#"{"table":"exclusions""#)),
        )
        .cloned()
        .collect();
    let said = made_of(&less).unwrap_err().to_string();
    assert!(said.contains("belongs to one that is not there"), "{said}");
}

#[test]
fn fields_stand_in_the_order_that_the_tables_name() {
    let (_shop, scanned) = scanned();
    let mut rows = 0;
    for store in [
        scanned,
        crate::tasks::filled(),
        crate::links::filled(),
        crate::own::filled(),
        tangled(1),
    ] {
        for table in Table::ALL {
            for line in &dumped(&store)[table.name()] {
                let mut rest = line.as_str();
                for column in table.columns() {
                    let field = format!("\"{column}\":");
                    let found = rest.split_once(&field);
                    rest = found.unwrap_or_else(|| panic!("{column} in {line}")).1;
                }
                let fields: serde_json::Map<_, _> = serde_json::from_str(line).unwrap();
                assert_eq!(fields.len(), table.columns().len(), "{line}");
                rows += 1;
            }
        }
    }
    assert!(rows > 200);
}
