//! The owner's own words: nothing that a scan or an import does takes them back, and what is erased
//! takes its own with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use inward::model::away::{Away, EventKind};
use inward::model::choice::{Correction, Out, RowKind};
use inward::model::dataset::flag;
use inward::model::goal::{Aim, Goal, GoalLink, Limit, Per, State};
use inward::model::note::NewNote;
use inward::model::period::Range;
use inward::model::shared::NewShare;
use inward::model::stage::Stage;
use inward::model::task::{Entry, Fact, GivenReview, LooseEntry, TaskFacts, TaskKind, Transition};
use inward::model::text::Clean;
use inward::store::{CalendarDay, Choice, Forget, LinkTo, Linked, Store, Table};

use crate::git::{NOW, Workshop, memory, rows, scan_places};
use crate::tasks::{at, clean, file, import, task};
use crate::worlds::Dice;

const EXCLUDED: Choice = Choice::Out(Out::Excluded);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(from: &str, to: &str) -> Range {
    Range::new(day(from), day(to))
}

pub fn note(text: &str) -> NewNote {
    NewNote {
        event: None,
        days: days("2026-03-05", "2026-03-05"),
        text: Clean::note(text),
        impact: false,
        task: None,
        repo: None,
    }
}

fn event(kind: EventKind, from: &str, to: &str) -> NewNote {
    NewNote {
        event: Some(kind),
        days: days(from, to),
        ..note("")
    }
}

fn outcome(text: &str) -> Aim {
    Aim::Outcome(Clean::note(text))
}

/// A store with every kind of own words in it, for the tests that look at all tables.
pub fn filled() -> Store {
    let mut store = memory();
    import(&mut store, &file(1), true, &export(0));
    let row = store.tasks().unwrap()[0].id;
    let about = NewNote {
        task: Some(row),
        ..note("About a task")
    };
    let id = store.add_note(&about).unwrap();
    store
        .add_note(&event(EventKind::Oncall, "2026-03-02", "2026-03-08"))
        .unwrap();
    let goal = store.add_goal(&outcome("Ship it")).unwrap();
    store.link_goal(goal, LinkTo::Task(row), true).unwrap();
    store.link_goal(goal, LinkTo::Note(id), true).unwrap();
    let limit = Limit {
        metric: clean("wip"),
        most: 3.0,
        per: Per::Week,
    };
    store.add_goal(&Aim::Limit(limit)).unwrap();
    let of = &store.rows_named("ING-0").unwrap()[0];
    store
        .choose(of, &EXCLUDED, Some(&clean("moved by a script")))
        .unwrap();
    let kind = Choice::Correct(Correction::Kind(TaskKind::Bug));
    store.choose(of, &kind, None).unwrap();
    store.add_share(&share("handover", &["bugs:1"])).unwrap();
    store
}

/// A share of a quarter that gives these bands.
fn share(profile: &str, given: &[&str]) -> NewShare {
    NewShare {
        profile: profile.to_owned(),
        window: "2026-Q1".to_owned(),
        given: given.iter().map(|one| (*one).to_owned()).collect(),
        bytes: b"# Summary of 2026-Q1\n".to_vec(),
    }
}

#[test]
fn the_ledger_keeps_bands_never_words_and_its_numbers_do_not_come_twice() {
    let mut store = memory();
    let first = store.add_share(&share("pooled", &["finished:1"])).unwrap();
    let second = store.add_share(&share("handover", &[])).unwrap();
    assert_eq!((first, second), (1, 2));
    let all = store.shares().unwrap();
    assert_eq!(all[0].given, ["finished:1"]);
    assert_eq!((all[1].given.len(), all[1].bytes), (0, 21));
    let hash = blake3::hash(b"# Summary of 2026-Q1\n");
    assert_eq!(all[0].hash_text(), hash.to_hex().to_string());
    // A file that could not be written is no share; its number is not given again.
    assert!(store.drop_share(2).unwrap());
    assert!(!store.drop_share(2).unwrap());
    assert_eq!(store.add_share(&share("handover", &[])).unwrap(), 3);
    assert_eq!(store.forget_shares().unwrap(), 2);
    assert!(store.shares().unwrap().is_empty());
    assert_eq!(store.add_share(&share("handover", &[])).unwrap(), 4);
    let image = store.image().unwrap();
    let words = b"Summary of";
    assert!(!image.windows(words.len()).any(|part| part == words));
}

/// One export: two tasks with an entry each, a loose entry and a given review; neighbours share some.
pub fn export(n: usize) -> Vec<Fact> {
    let spent = |minutes: i64, id: Option<String>| Entry {
        id,
        start: at(minutes),
        end: Some(at(minutes + 10)),
        seconds: None,
        note: None,
    };
    let minutes = i64::try_from(n).unwrap() * 100;
    let mut facts = Vec::new();
    for k in [n, n + 1] {
        let one = TaskFacts {
            entries: vec![spent(minutes, None)],
            ..task(&format!("ING-{k}"), "To Do", minutes)
        };
        facts.push(Fact::Task(Box::new(one)));
    }
    facts.push(Fact::Entry(Box::new(LooseEntry {
        source: clean("toggl"),
        entry: spent(minutes + 50, Some(format!("own {n}"))),
        project: None,
        task: None,
        tags: Vec::new(),
        busy: false,
    })));
    facts.push(Fact::Given(Box::new(GivenReview {
        source: clean("github"),
        key: clean(&format!("ada/engine#{n}")),
        aliases: vec![format!("github:ada/engine#{n}")],
        project: None,
        requested: None,
        times: vec![at(minutes + 60)],
    })));
    facts
}

/// Every row that imports brought, by its id: whether it is out.
fn shown(store: &Store) -> BTreeMap<String, bool> {
    let mut all = BTreeMap::new();
    let marks = store.task_marks().unwrap();
    for task in store.tasks().unwrap() {
        let marks = &marks[&task.id];
        all.insert(marks.row.clone(), marks.out.is_some());
    }
    for one in store.marked_entries().unwrap() {
        all.insert(one.marks.row, one.marks.out.is_some());
    }
    for one in store.marked_reviews().unwrap() {
        all.insert(one.marks.row, one.marks.out.is_some());
    }
    all
}

/// How many tasks, given reviews and entries are out of figures.
fn out_of_figures(store: &Store) -> usize {
    let work = store.dataset(NOW).unwrap().0.work;
    work.tasks.iter().filter(|task| task.excluded).count()
        + work.given.iter().filter(|given| given.excluded).count()
        + work.spent.iter().filter(|spent| spent.excluded).count()
}

#[test]
fn what_is_excluded_stays_so_through_any_order_of_imports_and_undoings() {
    let (mut checked, mut absent) = (0, 0);
    for seed in 0..25 {
        let mut dice = Dice(seed);
        let mut store = memory();
        let mut there: BTreeMap<usize, u64> = BTreeMap::new();
        let mut out: BTreeSet<String> = BTreeSet::new();
        for _ in 0..40 {
            let n = dice.below(3);
            match dice.below(4) {
                0 | 1 => {
                    let n8 = u8::try_from(n).unwrap();
                    let done = import(&mut store, &file(n8), true, &export(n));
                    there.insert(n, done.id);
                }
                2 => {
                    if let Some(id) = there.remove(&n) {
                        store.undo_import(id).unwrap().unwrap();
                    }
                }
                _ => {
                    let ids: Vec<String> = shown(&store).into_keys().collect();
                    if ids.is_empty() {
                        continue;
                    }
                    let id = &ids[dice.below(ids.len())];
                    let found = store.rows_named(id).unwrap();
                    assert_eq!(found.len(), 1, "{id}");
                    if dice.one_in(4) {
                        store.unchoose(&found[0]).unwrap();
                        out.remove(id);
                    } else {
                        store.choose(&found[0], &EXCLUDED, None).unwrap();
                        out.insert(id.clone());
                    }
                }
            }
            let told = shown(&store);
            // An entry of a task that is out is out with it.
            let tasks: BTreeSet<String> = out
                .iter()
                .filter(|id| id.starts_with('t'))
                .cloned()
                .collect();
            for (id, is_out) in &told {
                let expected = out.contains(id);
                assert!(
                    *is_out == expected || (*is_out && id.starts_with('e') && !tasks.is_empty()),
                    "seed {seed}: {id}"
                );
                checked += usize::from(expected);
            }
            absent += out.iter().filter(|id| !told.contains_key(*id)).count();
            assert_eq!(
                out_of_figures(&store),
                told.values().filter(|out| **out).count(),
                "seed {seed}"
            );
        }
    }
    assert!(checked > 200 && absent > 50, "{checked} {absent}");
}

#[test]
fn an_excluded_commit_stays_so_whatever_is_scanned_and_so_do_its_copies() {
    let mut shop = Workshop::new();
    shop.init("r");
    shop.commit("r", "a", "1\n", "first");
    shop.git("r", &["checkout", "-q", "-b", "topic"]);
    let oid = shop.commit("r", "b", "1\n", "second");
    let mut store = memory();
    shop.scan(&mut store, &["r"]);
    let row = store.rows_named(oid.get(..8).unwrap()).unwrap().remove(0);
    assert_eq!((row.kind, row.id.as_str()), (RowKind::Commit, oid.as_str()));
    store.choose(&row, &EXCLUDED, None).unwrap();
    let excluded = |store: &Store| {
        let data = store.dataset(NOW).unwrap().0;
        let flags = data.commits.flags.iter();
        flags.filter(|flags| **flags & flag::EXCLUDED != 0).count()
    };
    assert_eq!(excluded(&store), 1);
    // A copy lands on the default branch, and stands for the change from now on.
    shop.git("r", &["checkout", "-q", "main"]);
    shop.commit("r", "c", "1\n", "third");
    let date = shop.tick();
    shop.git_as(crate::git::ME, "r", &date, &["cherry-pick", "topic"]);
    shop.scan(&mut store, &["r"]);
    assert_eq!(excluded(&store), 2, "the copy is out with it");
    let place = shop.place("r");
    scan_places(&mut store, &[place], true);
    assert_eq!(excluded(&store), 2);
    // Taken back by its copy, all of it counts again.
    let copy = shop.git("r", &["rev-parse", "main"]);
    let copy = store.rows_named(&copy).unwrap().remove(0);
    assert_eq!(store.unchoose(&copy).unwrap(), 1);
    assert_eq!(excluded(&store), 0);
}

#[test]
fn a_row_that_can_be_several_is_listed_and_its_tracker_tells_which() {
    let mut store = memory();
    let other = TaskFacts {
        source: clean("linear"),
        aliases: vec!["linear:ING-1".to_owned()],
        ..task("ING-1", "Done", 1)
    };
    let facts = [task("ING-1", "To Do", 1), other].map(|one| Fact::Task(Box::new(one)));
    import(&mut store, &file(1), true, &facts);
    assert_eq!(store.rows_named("ing-1").unwrap().len(), 2);
    let one = store.rows_named("linear:ING-1").unwrap();
    assert_eq!(one.len(), 1);
    assert!(one[0].label.as_str().starts_with("linear ING-1"));
    assert!(store.rows_named("ING-9").unwrap().is_empty());
    assert!(store.rows_named("").unwrap().is_empty());
}

/// A task that moved to progress at 10, to review at 20 and to done at 30.
fn moved() -> TaskFacts {
    let to = |word: &str, minutes| Transition {
        at: at(minutes),
        from: None,
        to: inward::model::stage::Status::word(word),
    };
    TaskFacts {
        created: Some(at(0)),
        done: Some(at(30)),
        transitions: vec![to("In Progress", 10), to("In Review", 20), to("Done", 30)],
        history_whole: true,
        ..task("ING-1", "Done", 30)
    }
}

fn corrected(texts: &[&str]) -> inward::store::TaskRow {
    let mut store = memory();
    import(&mut store, &file(1), true, &[Fact::Task(Box::new(moved()))]);
    let row = store.rows_named("ING-1").unwrap().remove(0);
    for text in texts {
        let one = Correction::parse(text, chrono_tz::Tz::UTC, day("2026-12-31")).unwrap();
        store.choose(&row, &Choice::Correct(one), None).unwrap();
    }
    let dumped = rows(&store, Table::Tasks);
    assert_eq!(dumped[0]["kind"], "task", "the dump holds what exports say");
    store.tasks().unwrap().remove(0)
}

#[test]
fn a_corrected_task_says_so_and_keeps_the_reason_of_each_fact() {
    let mut store = memory();
    import(&mut store, &file(1), true, &[Fact::Task(Box::new(moved()))]);
    let row = store.rows_named("ING-1").unwrap().remove(0);
    assert!(!store.tasks().unwrap()[0].corrected);
    let say = |store: &mut Store, text: &str, why: Option<&str>| {
        let one = Correction::parse(text, chrono_tz::Tz::UTC, day("2026-12-31")).unwrap();
        let why = why.map(Clean::note);
        store
            .choose(&row, &Choice::Correct(one), why.as_ref())
            .unwrap();
    };
    say(&mut store, "kind=story", Some("agreed late"));
    say(&mut store, "project=quay", None);
    assert!(store.tasks().unwrap()[0].corrected);
    let told = store.reasons(&row).unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|(fact, why)| (fact.as_str(), why.as_str()))
        .collect();
    assert_eq!(told, [("kind", "agreed late")]);
    say(&mut store, "kind=bug", None);
    assert!(store.reasons(&row).unwrap().is_empty());
}

#[test]
fn a_corrected_time_moves_the_stay_that_begins_there() {
    // 2026-05-28T20:26:40Z is minute 0.
    let one = corrected(&["started=2026-05-28T20:31:40Z", "done=2026-05-28T20:51:40Z"]);
    let known =
        |point: Option<inward::model::timeline::Point>| point.unwrap().known().unwrap().order();
    let start = at(0).order();
    assert_eq!(known(one.timeline.started), start + 300);
    assert_eq!(known(one.timeline.done), start + 25 * 60);
    let stays: Vec<_> = one
        .timeline
        .visits
        .iter()
        .map(|visit| (visit.stage, visit.from.map(|from| from.at.order() - start)))
        .collect();
    assert_eq!(
        stays,
        [
            (None, Some(0)),
            (Some(Stage::InProgress), Some(300)),
            (Some(Stage::InReview), Some(1_200)),
            (Some(Stage::Done), Some(1_500)),
        ]
    );
}

#[test]
fn other_facts_are_corrected_and_what_is_not_known_stays_open() {
    let one = corrected(&["kind=bug", "project=Ingest", "started=none", "done=none"]);
    assert_eq!(one.facts.kind, TaskKind::Bug);
    assert_eq!(one.facts.project.unwrap().as_str(), "Ingest");
    assert_eq!((one.timeline.started, one.timeline.done), (None, None));
    assert_eq!(
        one.timeline.stage,
        Some(Stage::Done),
        "where it stands is another fact"
    );
    // The last word on a fact counts.
    let one = corrected(&["kind=bug", "kind=story"]);
    assert_eq!(one.facts.kind, TaskKind::Story);
}

#[test]
fn a_task_that_its_tracker_left_open_can_be_said_to_be_done() {
    let mut store = memory();
    let open = [Fact::Task(Box::new(task("ING-1", "In Progress", 1)))];
    import(&mut store, &file(1), true, &open);
    let row = store.rows_named("ING-1").unwrap().remove(0);
    let done = Correction::parse("done=2026-05-29", chrono_tz::Tz::UTC, day("2026-12-31")).unwrap();
    store.choose(&row, &Choice::Correct(done), None).unwrap();
    let work = store.dataset(NOW).unwrap().0.work;
    assert_eq!(work.tasks[0].stage, Some(Stage::Done));
    assert_eq!(
        work.tasks[0].done.unwrap().day,
        day("2026-05-29").to_epoch_days()
    );
    // The correction outlives the import.
    let id = store.imports().unwrap()[0].id;
    store.undo_import(id).unwrap();
    import(&mut store, &file(1), true, &open);
    assert_eq!(store.tasks().unwrap()[0].timeline.stage, Some(Stage::Done));
}

#[test]
fn events_are_days_away_and_notes_are_not() {
    let mut store = memory();
    store.add_note(&note("only words")).unwrap();
    for (kind, from, to) in [
        (EventKind::Oncall, "2026-03-09", "2026-03-15"),
        (EventKind::Leave, "2026-03-02", "2026-03-06"),
        (EventKind::Holiday, "2026-03-06", "2026-03-06"),
    ] {
        store.add_note(&event(kind, from, to)).unwrap();
    }
    let away = store.dataset(NOW).unwrap().0.away;
    let of = |kind, from: &str, to: &str| Away {
        from: day(from).to_epoch_days(),
        to: day(to).to_epoch_days(),
        kind,
    };
    assert_eq!(
        away,
        [
            of(EventKind::Leave, "2026-03-02", "2026-03-06"),
            of(EventKind::Holiday, "2026-03-06", "2026-03-06"),
            of(EventKind::Oncall, "2026-03-09", "2026-03-15"),
        ]
    );
    let within = store.notes(Some(days("2026-03-06", "2026-03-09"))).unwrap();
    assert_eq!(within.len(), 3, "those that touch a day of it");
}

#[test]
fn a_note_keeps_its_words_and_finds_its_task_again() {
    let mut store = memory();
    import(&mut store, &file(1), true, &export(0));
    let task = store.tasks_named("ING-0").unwrap()[0].0;
    let words = format!("first line\nsecond {}", "long ".repeat(100));
    let about = NewNote {
        task: Some(task),
        ..note(&words)
    };
    let id = store.add_note(&about).unwrap();
    let kept = |store: &Store| store.notes(None).unwrap().remove(0);
    assert_eq!(kept(&store).text, Clean::note(&words));
    assert_eq!(kept(&store).about.task, Some(clean("ING-0")));
    let import_id = store.imports().unwrap()[0].id;
    store.undo_import(import_id).unwrap();
    assert_eq!(kept(&store).about.task, None);
    assert!(kept(&store).about.has_task);
    import(&mut store, &file(1), true, &export(0));
    assert_eq!(kept(&store).about.task, Some(clean("ING-0")));
    // A number is never given twice.
    assert!(store.remove_note(id).unwrap());
    assert!(!store.remove_note(id).unwrap());
    assert_eq!(store.add_note(&note("next")).unwrap(), id + 1);
}

#[test]
fn goals_stand_somewhere_and_lose_the_links_of_what_is_gone() {
    let mut store = filled();
    let goals = |store: &Store| -> Vec<Goal> { store.goals().unwrap() };
    let first = goals(&store)[0].clone();
    assert_eq!(
        first.links,
        [GoalLink::Task(Some(clean("ING-0"))), GoalLink::Note(1)]
    );
    assert_eq!(
        store.link_goal(1, LinkTo::Note(1), true).unwrap(),
        Linked::Same
    );
    assert_eq!(
        store.link_goal(1, LinkTo::Note(9), true).unwrap(),
        Linked::NoNote
    );
    assert_eq!(
        store.link_goal(9, LinkTo::Note(1), true).unwrap(),
        Linked::NoGoal
    );
    store.remove_note(1).unwrap();
    assert_eq!(goals(&store)[0].links.len(), 1);
    assert_eq!(store.set_goal(1, State::Done).unwrap(), Some(true));
    assert_eq!(store.set_goal(1, State::Done).unwrap(), Some(false));
    assert_eq!(store.set_goal(9, State::Done).unwrap(), None);
    assert_eq!(goals(&store)[1].state, State::Done, "open ones come first");
    assert!(goals(&store)[1].closed.is_some());
    store.set_goal(1, State::Open).unwrap();
    assert_eq!(goals(&store)[0].closed, None);
    assert!(store.remove_goal(1).unwrap());
    assert!(rows(&store, Table::GoalLinks).is_empty());
}

fn holiday(uid: &str, on: &str) -> CalendarDay {
    CalendarDay {
        uid: uid.to_owned(),
        days: days(on, on),
        title: clean(uid),
    }
}

#[test]
fn a_calendar_read_again_changes_nothing_and_a_newer_one_takes_back_what_it_lost() {
    let mut store = memory();
    let name = clean("holidays.ics");
    let first = [
        holiday("May Day", "2026-05-01"),
        holiday("Unity", "2026-10-03"),
    ];
    let read = store.read_calendar(&name, &first, false).unwrap();
    assert_eq!(
        (read.added, store.notes(None).unwrap().len()),
        (2, 0),
        "a dry run"
    );
    assert_eq!(store.read_calendar(&name, &first, true).unwrap().added, 2);
    let image = store.image().unwrap();
    let again = store.read_calendar(&name, &first, true).unwrap();
    assert_eq!((again.added, again.unchanged, again.gone), (0, 2, 0));
    assert_eq!(store.image().unwrap().len(), image.len());
    // Another calendar leaves this one alone.
    let other = [holiday("Office day", "2026-06-01")];
    store
        .read_calendar(&clean("office.ics"), &other, true)
        .unwrap();
    store
        .add_note(&event(EventKind::Holiday, "2026-07-01", "2026-07-01"))
        .unwrap();
    let newer = [
        holiday("Unity", "2026-10-05"),
        holiday("Reform", "2026-10-31"),
    ];
    let read = store.read_calendar(&name, &newer, true).unwrap();
    assert_eq!(
        (read.added, read.changed, read.unchanged, read.gone),
        (1, 1, 0, 1)
    );
    let left: Vec<String> = store
        .notes(None)
        .unwrap()
        .iter()
        .map(|note| format!("{} {}", note.days, note.text))
        .collect();
    assert_eq!(
        left,
        [
            "2026-06-01 Office day",
            "2026-07-01 ",
            "2026-10-05 Unity",
            "2026-10-31 Reform"
        ]
    );
}

#[test]
fn forgetting_a_repository_takes_what_was_said_of_it_and_leaves_no_byte() {
    let mut shop = Workshop::new();
    for repo in ["keep-this", "other-repo"] {
        shop.init(repo);
        shop.commit(repo, "f", &format!("{repo}\n"), &format!("{repo} step"));
    }
    let mut store = Store::open(&shop.store_file(), NOW).unwrap();
    let ada = crate::git::address(crate::git::ME);
    store
        .add_address(&ada, inward::store::Evidence::Configured)
        .unwrap();
    shop.scan(&mut store, &["keep-this", "other-repo"]);
    let traces = || {
        let bytes = std::fs::read(shop.store_file()).unwrap();
        bytes.windows(9).filter(|w| *w == b"zq-canary").count()
    };
    let gone = store.repositories().unwrap()[1].id;
    let about = NewNote {
        repo: Some(gone),
        ..note("zq-canary words about a repository")
    };
    store.add_note(&about).unwrap();
    let removed = store.add_note(&note("zq-canary words taken back")).unwrap();
    store.add_note(&note("other words stay")).unwrap();
    let oid = rows(&store, Table::Commits)
        .iter()
        .find(|row| row["summary"] == "other-repo step")
        .map(|row| row["oid"].as_str().unwrap().to_owned());
    let row = store.rows_named(&oid.unwrap()).unwrap().remove(0);
    store
        .choose(&row, &EXCLUDED, Some(&clean("zq-canary reason")))
        .unwrap();
    assert!(traces() >= 3);
    assert!(store.remove_note(removed).unwrap());
    let erased = store.forget(&Forget::Repository(gone)).unwrap();
    assert!(erased.sought > 2);
    assert_eq!(traces(), 0);
    assert_eq!(store.notes(None).unwrap().len(), 1);
    assert!(store.choices().unwrap().is_empty());
    // Days before a date go with the notes on them.
    store.forget(&Forget::Before(day("2026-03-06"))).unwrap();
    assert!(store.notes(None).unwrap().is_empty());
}

#[test]
fn forgetting_everything_leaves_no_word() {
    let mut store = filled();
    for table in [
        Table::Notes,
        Table::Goals,
        Table::GoalLinks,
        Table::Exclusions,
    ] {
        assert!(!rows(&store, table).is_empty(), "{}", table.name());
    }
    store.forget(&Forget::All).unwrap();
    for table in Table::ALL {
        assert!(rows(&store, table).is_empty(), "{}", table.name());
    }
}
