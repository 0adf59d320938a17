//! The record in memory: work items in numbers, and files sorted into the owner's projects.

use inward::model::dataset::Dataset;
use inward::model::moment::Moment;
use inward::model::project::{ProjectRule, Projects};
use inward::model::stage::{Stage, StageWords, Status};
use inward::model::task::{
    Entry, Fact, GivenReview, LooseEntry, Review, TaskFacts, TaskKind, Transition, When,
};
use inward::model::text::Clean;
use inward::model::work_type::WorkType;
use inward::store::Store;

use crate::fake::{Fake, fill};
use crate::git::NOW;
use crate::tasks::{at, clean, file, import, task};

fn load(store: &Store) -> (Dataset, inward::model::dataset::Labels) {
    store.dataset(NOW).unwrap()
}

fn moved(minutes: i64, word: &str) -> Transition {
    Transition {
        at: at(minutes),
        from: None,
        to: Status::word(word),
    }
}

/// A finished task with a history, a pull request, a review given and two stretches of time.
fn facts() -> Vec<Fact> {
    let done = TaskFacts {
        kind: TaskKind::Bug,
        project: Some(clean("Paying")),
        created: Some(at(0)),
        transitions: vec![moved(60, "In Progress"), moved(180, "Done")],
        history_whole: true,
        entries: vec![Entry {
            id: None,
            start: at(70),
            end: Some(at(100)),
            seconds: None,
            note: None,
        }],
        ..task("PAY-1", "Done", 200)
    };
    let pr = TaskFacts {
        kind: TaskKind::Pr,
        project: Some(clean("ada/made-up")),
        review: Some(Box::new(Review {
            opened: Some(at(10)),
            additions: Some(5),
            ..Review::default()
        })),
        ..task("ada/made-up#3", "open", 20)
    };
    let given = GivenReview {
        source: clean("jira"),
        key: clean("x/y#1"),
        aliases: vec!["jira:x/y#1".to_owned()],
        project: Some(clean("x/y")),
        requested: Some(at(1)),
        times: vec![at(5), at(9)],
    };
    let loose = LooseEntry {
        source: clean("clock"),
        entry: Entry {
            id: None,
            start: When::Day(Moment::new(NOW, 0).day().unwrap()),
            end: None,
            seconds: Some(3_600),
            note: None,
        },
        project: Some(clean("paying")),
        task: None,
        tags: Vec::new(),
        busy: false,
    };
    vec![
        Fact::Task(Box::new(done)),
        Fact::Task(Box::new(pr)),
        Fact::Given(Box::new(given)),
        Fact::Entry(Box::new(loose)),
    ]
}

#[test]
fn work_items_become_numbers_and_their_texts_labels() {
    let mut store = Store::memory(NOW).unwrap();
    fill(
        &mut store,
        &Fake {
            commits: 3,
            files: 1,
        },
    );
    assert_eq!(load(&store).0.work.until, None, "nothing was imported");
    import(&mut store, &file(1), true, &facts());
    let (data, labels) = load(&store);
    let work = &data.work;
    assert_eq!(work.until, Some(i32::try_from(NOW / 86_400).unwrap()));
    assert_eq!(
        (
            work.tasks.len(),
            work.reviews.len(),
            work.given.len(),
            work.spent.len()
        ),
        (2, 1, 1, 2)
    );
    let bug = work
        .tasks
        .iter()
        .find(|task| task.kind == TaskKind::Bug)
        .unwrap();
    assert_eq!(bug.stage, Some(Stage::Done));
    let elapsed = bug.started.unwrap().elapsed(bug.done.unwrap());
    assert_eq!(elapsed, Some(2 * 3_600));
    let visits = &work.visits[bug.visits.start as usize..bug.visits.end as usize];
    let stages: Vec<_> = visits
        .iter()
        .map(|visit| (visit.stage, visit.lasts))
        .collect();
    assert_eq!(
        stages[stages.len() - 2..],
        [(Some(Stage::InProgress), false), (Some(Stage::Done), true)]
    );
    let project = labels.projects[usize::from(bug.project)].as_str();
    assert_eq!(project.to_lowercase(), "paying", "in whatever letters");
    assert_eq!(work.spent[1].project, bug.project);
    assert_eq!(
        (work.spent[0].task.is_some(), work.spent[1].task),
        (true, None)
    );
    let pr = &work.tasks[work.reviews[0].task as usize];
    assert_eq!(
        (pr.repo, bug.repo),
        (Some(0), None),
        "a project fits the repository of its name"
    );
    assert_eq!(work.reviews[0].lines, Some(5));
    assert_eq!(work.given[0].times.len(), 2);
    let from = |source: u16| labels.sources[usize::from(source)].as_str();
    assert_eq!(
        (from(bug.source), from(work.given[0].source)),
        ("jira", "jira")
    );
    let spent = [work.spent[0].source, work.spent[1].source];
    assert_eq!(
        spent.map(from),
        ["jira", "clock"],
        "a clock of its own is a source too"
    );
    let keys: Vec<_> = labels.tasks.iter().map(Clean::as_str).collect();
    assert_eq!(
        keys,
        ["PAY-1", "ada/made-up#3"],
        "in the order of the tasks"
    );
}

fn rule(name: &str, repo: Option<&str>, paths: &[&str]) -> ProjectRule {
    ProjectRule {
        name: clean(name),
        repo: repo.map(str::to_owned),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        trackers: vec!["PAYING".to_owned()],
    }
}

/// Files by position of their project.
fn files(store: &Store) -> Vec<u32> {
    let (data, labels) = load(store);
    let mut sums = vec![0; labels.projects.len()];
    for (project, files) in data.changes.project.iter().zip(&data.changes.files) {
        sums[usize::from(*project)] += files;
    }
    sums
}

#[test]
fn files_follow_the_projects_of_the_settings_before_and_after_the_next_scan() {
    let fake = |commits| Fake { commits, files: 4 };
    let mut store = Store::memory(NOW).unwrap();
    fill(&mut store, &fake(300));
    assert_eq!(files(&store), [1_200]);
    let projects = |rules: &[ProjectRule]| (StageWords::default(), Projects::new(rules.to_vec()));
    let rules = [
        rule("one", Some("made-up"), &["src/part1"]),
        rule("rest", Some("made-up"), &["src"]),
    ];
    store.set_rules(projects(&rules)).unwrap();
    let sorted = files(&store);
    assert!(
        sorted[0] == 0 && sorted[1] > 0 && sorted[1] < sorted[2],
        "{sorted:?}"
    );
    // part1 is not part10 to part19: about a fortieth of the files.
    assert!(sorted[1] < 60, "{sorted:?}");
    fill(&mut store, &fake(301));
    let scanned = files(&store);
    assert_eq!(scanned.iter().sum::<u32>(), 1_204);
    assert!(scanned[1] >= sorted[1] && scanned[0] == 0);
    store.set_rules(projects(&rules[..1])).unwrap();
    assert_eq!(
        files(&store)[..2],
        [1_204 - scanned[1], scanned[1]],
        "the columns follow at once"
    );
    import(&mut store, &file(1), true, &facts());
    let (data, _) = load(&store);
    let bug = data
        .work
        .tasks
        .iter()
        .find(|task| task.kind == TaskKind::Bug)
        .unwrap();
    assert_eq!(bug.project, 1, "what the tracker calls paying");
}

#[test]
fn the_type_of_work_comes_from_the_summary() {
    let mut shop = crate::git::Workshop::new();
    shop.init("r");
    for (n, summary) in ["feat: a", "fix(ui)!: b", "words"].iter().enumerate() {
        shop.commit("r", "a", &n.to_string(), summary);
    }
    let mut store = crate::git::memory();
    shop.scan(&mut store, &["r"]);
    let (data, _) = load(&store);
    let types: Vec<WorkType> = (0..data.len()).map(|at| data.work_type(at)).collect();
    assert_eq!(types, [WorkType::Feature, WorkType::Fix, WorkType::Unknown]);
}
