//! What drafts are written from is what the columns of the whole record hold of the same days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, TimeZone, Utc};
use inward::model::calendar::Calendar;
use inward::model::choice::Out;
use inward::model::commit::Category;
use inward::model::dataset::flag;
use inward::model::ids::CommitId;
use inward::model::period::Range;
use inward::model::project::{ProjectRule, Projects};
use inward::model::stage::StageWords;
use inward::model::text::Clean;
use inward::store::{Choice, Store};
use inward::sync;

use crate::tasks::clean;

fn calendar() -> Calendar {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 8, 30, 0).unwrap();
    Calendar::new(now, chrono_tz::Europe::Berlin)
}

fn ranges(calendar: &Calendar) -> impl Iterator<Item = Range> {
    let today = calendar.today();
    let ago = move |days: u64| today.checked_sub_days(Days::new(days)).unwrap();
    let some = [(0, 0), (3, 0), (13, 7), (40, 10), (200, 19), (400, 0)];
    some.into_iter()
        .map(move |(from, to)| Range::new(ago(from), ago(to)))
}

/// Rows of the columns on these days that are neither merges nor copies nor out.
fn expected(store: &Store, calendar: &Calendar, range: Range) -> BTreeMap<CommitId, (u16, u64)> {
    let (data, _) = store.dataset(calendar.now.timestamp()).unwrap();
    let (from, to) = (range.from.to_epoch_days(), range.to.to_epoch_days());
    let out = flag::MERGE | flag::TWIN | flag::EXCLUDED;
    let mut rows = BTreeMap::new();
    for at in 0..data.len() {
        let columns = &data.commits;
        let inside = (from..=to).contains(&columns.day[at]) && columns.flags[at] & out == 0;
        if inside {
            let counted = data.changes_of(at).filter(|at| {
                let category = Category::from_number(data.changes.category[*at]);
                category.is_none_or(Category::is_counted)
            });
            let lines = counted.map(|at| data.changes.added[at] + data.changes.deleted[at]);
            let lines = lines.map(u64::from).sum();
            rows.insert(columns.id[at], (columns.flags[at], lines));
        }
    }
    rows
}

#[test]
fn the_commits_of_any_days_are_those_of_the_columns() {
    let calendar = calendar();
    let store = sync::demo::year(&calendar).unwrap();
    let mut all = 0;
    for range in ranges(&calendar) {
        let material = store.material(range).unwrap();
        let told: BTreeMap<CommitId, (u16, u64)> = material
            .commits
            .iter()
            .map(|one| (one.id, (one.flags, one.lines)))
            .collect();
        assert_eq!(told, expected(&store, &calendar, range), "{range:?}");
        let times: Vec<_> = material
            .commits
            .iter()
            .map(|one| (one.at.utc, one.oid))
            .collect();
        assert!(times.is_sorted());
        all += told.len();
    }
    assert!(all > 1_000, "{all}");
}

#[test]
fn commits_know_their_tasks_and_tasks_their_last_commit() {
    let calendar = calendar();
    let store = sync::demo::year(&calendar).unwrap();
    let range = Range::new(calendar.today() - Days::new(90), calendar.today());
    let material = store.material(range).unwrap();
    let ids: Vec<CommitId> = material.commits.iter().map(|one| one.id).collect();
    let keys = store.task_keys(&ids).unwrap();
    let names: BTreeMap<i64, String> = material
        .tasks
        .iter()
        .map(|task| (task.id, task.facts.key.to_string()))
        .collect();
    let mut linked = 0;
    for commit in &material.commits {
        let told: BTreeSet<&str> = commit.tasks.iter().map(|id| names[id].as_str()).collect();
        let known = keys.get(&commit.id).map_or(&[][..], Vec::as_slice);
        let known: BTreeSet<&str> = known.iter().map(Clean::as_str).collect();
        assert_eq!(told, known);
        linked += usize::from(!told.is_empty());
        for id in &commit.tasks {
            let task = material.tasks.iter().find(|task| task.id == *id).unwrap();
            assert!(task.last_commit.unwrap().utc >= commit.at.utc);
        }
    }
    assert!(linked > 50, "{linked}");
    // Every task that is open is there, whenever it began.
    let open = |stage: Option<inward::model::stage::Stage>| stage.is_some_and(|s| !s.is_closed());
    let all = store.tasks().unwrap();
    let opened: BTreeSet<i64> = all
        .iter()
        .filter(|t| open(t.timeline.stage))
        .map(|t| t.id)
        .collect();
    assert!(!opened.is_empty() && opened.iter().all(|id| names.contains_key(id)));
}

#[test]
fn what_the_owner_took_out_is_in_no_draft() {
    let calendar = calendar();
    let mut store = sync::demo::year(&calendar).unwrap();
    let range = Range::new(calendar.today() - Days::new(30), calendar.today());
    let before = store.material(range).unwrap();
    let commit = before.commits[0].oid;
    let task = before.tasks[0].id;
    let row = store.rows_named(&commit.to_string()).unwrap().remove(0);
    store
        .choose(&row, &Choice::Out(Out::Excluded), None)
        .unwrap();
    let marks = store.task_marks().unwrap();
    let row = store.rows_named(&marks[&task].row).unwrap().remove(0);
    store
        .choose(&row, &Choice::Out(Out::NotMine), None)
        .unwrap();
    let after = store.material(range).unwrap();
    assert!(after.commits.iter().all(|one| one.oid != commit));
    assert!(after.tasks.iter().all(|one| one.id != task));
    assert_eq!(after.commits.len() + 1, before.commits.len());
    assert_eq!(after.tasks.len() + 1, before.tasks.len());
}

#[test]
fn folders_and_own_projects_come_from_the_paths() {
    let calendar = calendar();
    let mut store = sync::demo::year(&calendar).unwrap();
    let rule = |name: &str, paths: &[&str], trackers: &[&str]| ProjectRule {
        name: clean(name),
        repo: None,
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        trackers: trackers.iter().map(|name| (*name).to_owned()).collect(),
    };
    let projects = Projects::new(vec![
        rule("bookings", &["src/routes", "tests"], &["harbour-api"]),
        rule("pages", &["src/pages"], &[]),
    ]);
    store.set_rules((StageWords::default(), projects)).unwrap();
    let range = Range::new(calendar.today() - Days::new(300), calendar.today());
    let material = store.material(range).unwrap();
    let folders: BTreeSet<&str> = material
        .commits
        .iter()
        .filter_map(|one| one.folder.as_ref())
        .map(Clean::as_str)
        .collect();
    assert!(folders.contains("src/routes") && folders.contains("modules/queue"));
    assert!(
        folders
            .iter()
            .all(|folder| folder.matches('/').count() <= 1)
    );
    let of = |name: &str| {
        let of = material.commits.iter();
        of.filter(|one| one.project == Some(clean(name))).count()
    };
    assert!(of("pages") > 10 && of("bookings") > 10);
    // What touches no project of mine is in none.
    assert!(material.commits.iter().any(|one| one.project.is_none()));
    let named = material
        .tasks
        .iter()
        .filter(|task| task.project == Some(clean("bookings")));
    assert!(named.count() > 10);
}
