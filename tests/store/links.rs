//! Commits and tasks: who belongs together, in whatever order they come.

use std::path::{Path, PathBuf};

use crate::fake::record;
use crate::git::{NOW, me, memory, root, rows};
use crate::tasks::{clean, file, import, task};
use crate::worlds::{self, Dice};
use inward::model::commit::{CommitRecord, Mention};
use inward::model::history::{RefEvent, RefEventKind, Relation, Source};
use inward::model::ids::{CommitId, Oid, TaskId};
use inward::model::links::LinkRule::{self, Closing, Message};
use inward::model::moment::Moment;
use inward::model::orphans::Orphans;
use inward::model::period::Range;
use inward::model::place::Place;
use inward::model::stage::Status;
use inward::model::task::{Fact, Review, TaskFacts, TaskKind, When};
use inward::model::text::Clean;
use inward::store::{Facts, Finish, Forget, Sighting, Store, Table};

/// One repository as a walk tells it.
struct Repo {
    name: &'static str,
    remote: Option<&'static str>,
    commits: Vec<(CommitRecord, Option<&'static str>)>,
    relations: Vec<Relation>,
    /// The walk went over all of it.
    whole: bool,
}

impl Repo {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            remote: None,
            commits: Vec::new(),
            relations: Vec::new(),
            whole: true,
        }
    }

    /// Commit `n` whose message names these.
    fn commit(mut self, n: u32, named: &[(&str, LinkRule)]) -> Self {
        self.commits.push((commit(n, named), None));
        self
    }

    /// Commit `n` made on `branch`.
    fn on(mut self, n: u32, branch: &'static str) -> Self {
        self.commits.push((commit(n, &[]), Some(branch)));
        self
    }

    fn place(&self) -> Place {
        let path = PathBuf::from("/home/ada").join(self.name);
        Place {
            git_dir: path.join(".git"),
            common_dir: path.join(".git"),
            path,
            alternates: Vec::new(),
            trusted: false,
        }
    }

    fn scan(&self, store: &mut Store) {
        let mut writer = store.writer(&self.place(), false);
        for (record, branch) in &self.commits {
            writer.commit(record.clone()).unwrap();
            writer.seen(Sighting {
                oid: record.oid,
                on_default_branch: branch.is_none(),
                source: Source::Ref,
                branch: branch.map(clean),
            });
        }
        for relation in &self.relations {
            writer.relation(relation.clone());
        }
        let (me, limits) = (me(), root(Path::new("/home/ada")));
        let roots = [oid(1_000)];
        let remote = self.remote.map(clean);
        let finish = Finish {
            me: &me,
            root: &limits,
            facts: Facts {
                roots: &roots,
                remote: remote.as_ref(),
                whole: self.whole,
                ..Facts::default()
            },
            tips: &[],
            default_tips: &[],
            pending: &[],
            stamp: None,
            now_utc: NOW,
        };
        writer.finish(&finish).unwrap();
    }
}

fn oid(n: u32) -> Oid {
    record(n, 0).oid
}

fn commit(n: u32, named: &[(&str, LinkRule)]) -> CommitRecord {
    let mut commit = record(n, 1);
    let named = named.iter().map(|(token, how)| Mention {
        token: clean(token),
        how: *how,
    });
    commit.mentions = named.collect();
    commit
}

fn jira(key: &str) -> Fact {
    Fact::Task(Box::new(task(key, "Done", 1)))
}

fn github(key: &str, review: impl Into<Option<Review>>) -> Fact {
    let review = review.into().map(Box::new);
    let project = key.split('#').next().unwrap();
    Fact::Task(Box::new(TaskFacts {
        source: clean("github"),
        key: clean(key),
        aliases: vec![format!("github:{}", key.to_lowercase())],
        kind: if review.is_some() {
            TaskKind::Pr
        } else {
            TaskKind::Task
        },
        project: Some(clean(project)),
        status: Status::word("open"),
        review,
        ..TaskFacts::default()
    }))
}

fn of_branch(branch: &str, merged: Option<i64>) -> Review {
    Review {
        branch: Some(clean(branch)),
        merged: merged.map(|utc| When::At(Moment::new(utc, 0))),
        ..Review::default()
    }
}

fn of_commits(commits: &[Oid]) -> Review {
    Review {
        commits: commits.iter().map(ToString::to_string).collect(),
        ..Review::default()
    }
}

/// Author time of commit `n`.
fn made(n: u32) -> i64 {
    record(n, 0).authored.utc
}

/// `a1b2 ING-7 message` for each link, where commit 3 is called `3`.
fn links(store: &Store) -> Vec<String> {
    let name = |row: &serde_json::Value| {
        let hex = row["oid"].as_str().unwrap();
        u32::from_str_radix(hex.get(32..).unwrap(), 16).unwrap()
    };
    let line = |row: &serde_json::Value| {
        let text = |field: &str| row[field].as_str().unwrap().to_owned();
        format!("{} {} {}", name(row), text("task"), text("rule"))
    };
    let mut lines: Vec<String> = rows(store, Table::Links).iter().map(line).collect();
    lines.sort_unstable();
    lines
}

fn told(repos: &[Repo], facts: &[Fact]) -> Vec<String> {
    let mut store = memory();
    for repo in repos {
        repo.scan(&mut store);
    }
    import(&mut store, &file(1), true, facts);
    let after = links(&store);
    let mut other = memory();
    import(&mut other, &file(1), true, facts);
    for repo in repos.iter().rev() {
        repo.scan(&mut other);
    }
    assert_eq!(links(&other), after, "the order does not matter");
    after
}

/// A store with a row in every table of links.
pub fn filled() -> Store {
    let mut store = memory();
    let mut repo = Repo::new("app").commit(1, &[("ING-7", Message)]);
    repo.remote = Some("github.com/acme/app");
    repo.scan(&mut store);
    import(&mut store, &file(1), true, &[jira("ING-7")]);
    choose(&mut store, 1, "ING-7", true);
    store
}

fn ids(store: &Store, n: u32, key: &str) -> (CommitId, TaskId) {
    let commit = store.commit_named(&oid(n).to_string()).unwrap().unwrap();
    let task = store.task(key).unwrap();
    (commit, TaskId(task[0].id))
}

fn choose(store: &mut Store, n: u32, key: &str, linked: bool) -> Option<LinkRule> {
    let (commit, task) = ids(store, n, key);
    store.choose_link(commit, task, linked).unwrap().now
}

#[test]
fn two_keys_in_one_commit_are_two_links_and_unknown_keys_none() {
    let repo = Repo::new("app")
        .commit(
            1,
            &[("ING-7", Message), ("ING-8", Closing), ("ZZ-1", Message)],
        )
        .commit(2, &[("UTF-8", Message), ("SHA-256", Message)])
        .commit(3, &[]);
    assert_eq!(
        told(&[repo], &[jira("ING-7"), jira("ING-8"), jira("ING-9")]),
        ["1 ING-7 message", "1 ING-8 closing"]
    );
}

#[test]
fn a_number_is_a_task_of_the_repositorys_own_project() {
    let app = Repo::new("app")
        .commit(1, &[("#1", Message)])
        .commit(2, &[("other/lib#1", Message), ("ACME/App#1", Closing)])
        .commit(3, &[("#9", Message)]);
    let facts = [
        github("acme/app#1", None),
        github("other/lib#1", None),
        github("acme/web#9", None),
    ];
    assert_eq!(
        told(&[app], &facts),
        [
            "1 acme/app#1 message",
            "2 acme/app#1 closing",
            "2 other/lib#1 message"
        ]
    );
}

#[test]
fn the_project_of_a_remote_goes_before_one_of_the_same_name() {
    let mut here = Repo::new("app").commit(1, &[("#1", Message), ("#2", Message)]);
    here.remote = Some("github.com/Acme/App");
    let facts = [
        github("acme/app#1", None),
        github("fork/app#1", None),
        github("fork/app#2", None),
    ];
    assert_eq!(
        told(&[here], &facts),
        ["1 acme/app#1 message", "1 fork/app#2 message"],
        "a number that only the fork has is the fork's"
    );
    // In a folder of any name.
    let mut here = Repo::new("work").commit(1, &[("#1", Message)]);
    here.remote = Some("github.com/acme/app");
    assert_eq!(told(&[here], &facts), ["1 acme/app#1 message"]);
}

#[test]
fn a_branch_alone_names_a_task_and_versions_and_pull_requests_are_none() {
    let app = Repo::new("app")
        .on(1, "feature/ING-207-round")
        .on(2, "ada/ing-207")
        .on(3, "12-fix")
        .on(4, "release/12")
        .on(5, "utf-8")
        .on(6, "13-fix");
    let facts = [
        jira("ING-207"),
        jira("UTF-8"),
        github("acme/app#12", None),
        github("acme/app#13", of_branch("x", None)),
    ];
    assert_eq!(
        told(&[app], &facts),
        [
            "1 ING-207 branch",
            "2 ING-207 branch",
            "3 acme/app#12 branch"
        ]
    );
}

#[test]
fn a_pull_request_has_its_commits_its_merge_and_what_is_on_its_branch() {
    let app = Repo::new("app")
        .commit(1, &[])
        .on(2, "topic")
        .on(3, "topic")
        .on(4, "main")
        .on(5, "topic");
    let first = of_branch("topic", Some(made(2) + 10));
    let second = of_branch("topic", Some(made(3) + 10));
    let facts = [
        jira("ING-1"),
        github("acme/app#1", of_commits(&[oid(1), oid(999)])),
        github("acme/app#2", first),
        github("acme/app#3", second),
        github("acme/app#4", of_branch("main", None)),
    ];
    assert_eq!(
        told(&[app], &facts),
        [
            "1 acme/app#1 pull-request",
            "2 acme/app#2 branch",
            "3 acme/app#3 branch"
        ],
        "what was made after both had ended is of neither, and main is nobody's"
    );
}

#[test]
fn the_branch_of_a_pull_request_names_what_its_commits_are_about() {
    let mut review = of_commits(&[oid(1)]);
    review.branch = Some(clean("ING-7-round"));
    let facts = [jira("ING-7"), github("acme/app#1", review)];
    assert_eq!(
        told(&[Repo::new("x").commit(1, &[])], &facts),
        ["1 ING-7 branch", "1 acme/app#1 pull-request"]
    );
}

#[test]
fn the_reflog_tells_the_branch_that_was_checked_out() {
    let mut app = Repo::new("app").commit(1, &[]).on(2, "ING-7-round");
    app.relations.push(Relation::RefEvent(RefEvent {
        kind: RefEventKind::Commit,
        at: Moment::new(NOW - 1_000, 0),
        commit: Some(oid(1)),
        branch: Some(clean("ING-7-round")),
        line: [1; 16],
    }));
    assert_eq!(
        told(&[app], &[jira("ING-7")]),
        ["1 ING-7 reflog", "2 ING-7 branch"]
    );
}

#[test]
fn an_old_key_leads_to_the_task_where_it_is_now() {
    let mut moved = task("NEW-3", "Done", 1);
    moved.aliases.push("jira:OLD-9".to_owned());
    let app = Repo::new("app").commit(1, &[("OLD-9", Message)]);
    assert_eq!(
        told(&[app], &[Fact::Task(Box::new(moved))]),
        ["1 NEW-3 message"]
    );
}

#[test]
fn of_two_trackers_with_one_key_the_one_of_the_repository_is_meant_else_both() {
    let linear = |project: &str| {
        Fact::Task(Box::new(TaskFacts {
            source: clean("linear"),
            key: clean("ING-7"),
            aliases: vec!["linear:ING-7".to_owned()],
            project: Some(clean(project)),
            ..TaskFacts::default()
        }))
    };
    let app = || [Repo::new("app").commit(1, &[("ING-7", Message)])];
    assert_eq!(told(&app(), &[jira("ING-7"), linear("Else")]).len(), 2);
    assert_eq!(told(&app(), &[jira("ING-7"), linear("App")]).len(), 1);
}

#[test]
fn copies_share_their_links_and_a_squash_has_those_of_its_originals() {
    // Commit 2 is a copy of 1: the same second and summary.
    let mut copy = commit(2, &[]);
    (copy.authored, copy.summary) = (commit(1, &[]).authored, commit(1, &[]).summary);
    let mut app = Repo::new("app")
        .commit(1, &[("ING-1", Message)])
        .commit(3, &[("ING-3", Message)])
        .commit(4, &[("ING-4", Message)])
        .commit(
            5,
            &[("#1", Message), ("ING-3", Message), ("ING-5", Closing)],
        );
    app.commits.push((copy, None));
    app.relations.push(Relation::Squash {
        squash: oid(5),
        at: Moment::new(made(5), 0),
        mine: true,
        members: vec![oid(3), oid(4)],
    });
    let facts = [
        jira("ING-1"),
        jira("ING-3"),
        jira("ING-4"),
        jira("ING-5"),
        github("acme/app#1", of_branch("topic", None)),
    ];
    assert_eq!(
        told(&[app], &facts),
        [
            "1 ING-1 message",
            "2 ING-1 message",
            "3 ING-3 message",
            "3 ING-5 closing",
            "3 acme/app#1 message",
            "4 ING-4 message",
            "4 ING-5 closing",
            "4 acme/app#1 message",
            "5 ING-3 message",
            "5 ING-4 message",
            "5 ING-5 closing",
            "5 acme/app#1 message",
        ]
    );
}

#[test]
fn somebody_elses_squash_that_a_pull_request_was_merged_as_gives_it_my_commits() {
    let mut app = Repo::new("app").commit(1, &[]);
    app.relations.push(Relation::Squash {
        squash: oid(77),
        at: Moment::new(made(1), 0),
        mine: false,
        members: vec![oid(1)],
    });
    let facts = [github("acme/app#1", of_commits(&[oid(77)]))];
    assert_eq!(told(&[app], &facts), ["1 acme/app#1 pull-request"]);
}

#[test]
fn the_owners_word_stands_above_all_and_outlives_scans_and_imports() {
    let mut store = memory();
    let repo = Repo::new("app")
        .commit(1, &[("ING-7", Message)])
        .commit(2, &[]);
    repo.scan(&mut store);
    let facts = [jira("ING-7"), jira("ING-8")];
    let number = import(&mut store, &file(1), true, &facts).id;
    assert_eq!(choose(&mut store, 1, "ING-7", false), None);
    assert_eq!(choose(&mut store, 2, "ING-8", true), Some(LinkRule::Manual));
    let said = ["2 ING-8 manual"];
    assert_eq!(links(&store), said);
    repo.scan(&mut store);
    assert_eq!(links(&store), said, "another scan");
    store.undo_import(number).unwrap();
    assert_eq!(links(&store), [""; 0]);
    assert_eq!(rows(&store, Table::LinkChoices).len(), 2);
    import(&mut store, &file(2), true, &facts);
    assert_eq!(links(&store), said, "the task came back");
    assert_eq!(choose(&mut store, 2, "ING-8", false), None);
    assert_eq!(choose(&mut store, 1, "ING-7", true), Some(LinkRule::Manual));
    assert_eq!(links(&store), ["1 ING-7 manual"], "taken back");
    let written: Vec<_> = rows(&store, Table::Audit)
        .into_iter()
        .filter(|row| row["object"].as_str().unwrap().starts_with("commit "))
        .map(|row| row["action"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(written, ["unlink", "link", "unlink", "link"]);
}

#[test]
fn the_owners_word_on_a_commit_holds_for_its_copies() {
    let mut copy = commit(2, &[]);
    (copy.authored, copy.summary) = (commit(1, &[]).authored, commit(1, &[]).summary);
    let mut repo = Repo::new("app").commit(1, &[]);
    repo.commits.push((copy, None));
    let mut store = memory();
    repo.scan(&mut store);
    import(&mut store, &file(1), true, &[jira("ING-7")]);
    choose(&mut store, 1, "ING-7", true);
    assert_eq!(links(&store), ["1 ING-7 manual", "2 ING-7 manual"]);
    choose(&mut store, 2, "ING-7", false);
    assert_eq!(links(&store), [""; 0]);
}

#[test]
fn a_commit_that_is_erased_takes_its_links_and_what_was_said_of_it() {
    let mut store = filled();
    let other = Repo::new("other").commit(9, &[("ING-7", Message)]);
    let mut place = other;
    place.remote = Some("github.com/acme/other");
    place.scan(&mut store);
    let gone = store.repositories().unwrap()[0].id;
    store.forget(&Forget::Repository(gone)).unwrap();
    assert_eq!(rows(&store, Table::LinkChoices).len(), 0);
    store.forget(&Forget::All).unwrap();
    for table in [Table::Links, Table::LinkChoices, Table::Remotes] {
        assert_eq!(rows(&store, table).len(), 0, "{}", table.name());
    }
}

#[test]
fn a_new_name_for_a_repository_tells_its_numbers_anew() {
    let mut store = memory();
    Repo::new("work")
        .commit(1, &[("#1", Message)])
        .scan(&mut store);
    import(&mut store, &file(1), true, &[github("acme/app#1", None)]);
    assert_eq!(links(&store), [""; 0]);
    let repo = store.repositories().unwrap()[0].id;
    store.rename_repository(repo, &clean("app")).unwrap();
    assert_eq!(links(&store), ["1 acme/app#1 message"]);
}

#[test]
fn commits_without_a_task_and_finished_tasks_without_a_commit_are_counted() {
    let mut store = memory();
    Repo::new("app")
        .commit(1, &[("ING-7", Message)])
        .commit(2, &[])
        .commit(3, &[("ING-9", Message)])
        .scan(&mut store);
    let done = |key: &str, day: i64| {
        let mut facts = task(key, "Done", 1);
        facts.done = Some(When::At(Moment::new(made(1) + 86_400 * day, 0)));
        Fact::Task(Box::new(facts))
    };
    let facts = [done("ING-7", 0), done("ING-8", 0), done("ING-6", 900)];
    import(&mut store, &file(1), true, &facts);
    let (data, _) = store.dataset(NOW).unwrap();
    let day = |days: i64| Moment::new(made(1) + 86_400 * days, 0).day().unwrap();
    assert_eq!(
        Orphans::of(&data, Range::new(day(-1), day(1))),
        Orphans {
            commits: 2,
            of_commits: 3,
            tasks: 1,
            of_tasks: 2
        }
    );
    let nothing = Orphans::of(&data, Range::new(day(2), day(3)));
    assert_eq!(nothing, Orphans::default());
}

/// Files of a made-up tracker about the commits of a made-up world.
fn exports(dice: &mut Dice) -> Vec<(u8, Vec<Fact>)> {
    let keys = (0..24).map(|n| jira(&format!("KEY-{n}")));
    let issues = (1..5).map(|n| github(&format!("acme/r{}#{n}", n % 3), None));
    let requests = (5..9).map(|n| {
        let mut review = of_commits(&[worlds::oid(n), worlds::oid(900 + n)]);
        review.branch = Some(clean(&format!("topic-{}", n % 3)));
        github(&format!("acme/r{}#{n}", n % 3), review)
    });
    let mut files: Vec<(u8, Vec<Fact>)> = (1..4).map(|n| (n, Vec::new())).collect();
    for fact in keys.chain(issues).chain(requests) {
        if !dice.one_in(3) {
            files[dice.below(3)].1.push(fact);
        }
    }
    files
}

fn linked(store: &Store) -> Vec<String> {
    let rows = rows(store, Table::Links).into_iter();
    rows.map(|row| row.to_string()).collect()
}

#[test]
fn any_order_of_scans_imports_and_interruptions_ends_in_the_same_links() {
    let mut found = 0;
    for seed in 200..215 {
        let mut dice = Dice(seed);
        let world = worlds::world(&mut dice);
        let files = exports(&mut dice);
        let mut straight = memory();
        for told in &world {
            worlds::finish(&mut straight, told, &mut dice);
        }
        for (n, facts) in &files {
            import(&mut straight, &file(*n), true, facts);
        }
        let expected = linked(&straight);
        found += expected.len();
        for _ in 0..3 {
            let mut store = memory();
            let mut steps: Vec<usize> = (0..world.len() + files.len()).collect();
            dice.shuffle(&mut steps);
            for step in steps {
                if let Some(told) = world.get(step) {
                    if dice.one_in(2) {
                        let mut writer = store.writer(&told.place, false);
                        let of = dice.below(4);
                        worlds::hand(&mut writer, told, &mut dice, of);
                        if dice.one_in(2) {
                            writer.stop().unwrap();
                        }
                    }
                    worlds::finish(&mut store, told, &mut dice);
                } else {
                    let (n, facts) = &files[step - world.len()];
                    let once = import(&mut store, &file(*n), true, facts);
                    if dice.one_in(3) {
                        store.undo_import(once.id).unwrap();
                        import(&mut store, &file(*n), true, facts);
                    }
                }
            }
            assert_eq!(linked(&store), expected, "seed {seed}");
        }
    }
    assert!(found > 500, "{found}");
}

#[test]
fn a_link_is_read_from_both_ends() {
    let mut store = memory();
    Repo::new("app")
        .commit(1, &[("ING-8", Message), ("ING-7", Closing)])
        .commit(2, &[("ING-7", Message)])
        .scan(&mut store);
    import(&mut store, &file(1), true, &[jira("ING-7"), jira("ING-8")]);
    let (commit, task) = ids(&store, 1, "ING-7");
    let tasks = store.tasks_of(commit).unwrap();
    let told: Vec<(&str, LinkRule)> = tasks.iter().map(|t| (t.key.as_str(), t.rule)).collect();
    assert_eq!(told, [("ING-7", Closing), ("ING-8", Message)]);
    let (other, _) = ids(&store, 2, "ING-7");
    assert_eq!(
        store.commits_of(task).unwrap(),
        [(commit, Closing), (other, Message)]
    );
    let keys = store.task_keys(&[commit, other]).unwrap();
    let keys: Vec<&str> = keys[&commit].iter().map(Clean::as_str).collect();
    assert_eq!(keys, ["ING-7", "ING-8"]);
    assert_eq!(store.commits_of_tasks().unwrap()[&task], 2);
}

#[test]
fn the_record_in_memory_knows_links_first_commits_and_repositories() {
    let mut store = memory();
    let mut merge = commit(2, &[("ING-7", Message)]);
    (merge.merge, merge.files) = (true, Vec::new());
    let mut app = Repo::new("app")
        .commit(4, &[("ING-7", Message), ("ING-8", Message)])
        .commit(3, &[("ING-7", Closing)]);
    app.commits.push((merge, None));
    app.scan(&mut store);
    let mut review = of_commits(&[oid(4), oid(3), oid(2)]);
    review.merged = Some(When::At(Moment::new(made(4) + 1, 0)));
    let request = github("acme/else#1", review);
    import(
        &mut store,
        &file(1),
        true,
        &[jira("ING-7"), jira("ING-8"), jira("ING-9"), request],
    );
    let (data, labels) = store.dataset(NOW).unwrap();
    let at = |key: &str| {
        labels
            .tasks
            .iter()
            .position(|one| one.as_str() == key)
            .unwrap()
    };
    let links = data.links.iter();
    let named = links.map(|l| (l.commit, labels.tasks[l.task as usize].as_str(), l.rule));
    assert_eq!(
        named.collect::<Vec<_>>(),
        [
            (0, "acme/else#1", LinkRule::PullRequest),
            (0, "ING-7", Message),
            (1, "acme/else#1", LinkRule::PullRequest),
            (1, "ING-7", Closing),
            (2, "acme/else#1", LinkRule::PullRequest),
            (2, "ING-7", Message),
            (2, "ING-8", Message),
        ]
    );
    let first = |key: &str| data.work.tasks[at(key)].first_commit.map(|stamp| stamp.utc);
    assert_eq!(first("ING-7"), Some(made(3)), "a merge is no first touch");
    assert_eq!(first("ING-8"), Some(made(4)));
    assert_eq!(first("ING-9"), None);
    let repos: Vec<_> = ["ING-7", "ING-9", "acme/else#1"]
        .map(|key| data.work.tasks[at(key)].repo)
        .into();
    assert_eq!(repos, [Some(0), None, Some(0)]);
    let review = data.work.reviews[0];
    let first = review.first_commit.map(|stamp| stamp.utc);
    assert_eq!(
        first,
        Some(made(3)),
        "what was authored at the merge is the merge"
    );
}

#[test]
#[ignore = "a timing, not a check"]
fn a_hundred_thousand_commits_and_ten_thousand_tasks() {
    use std::time::Instant;
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("store.db"), NOW).unwrap();
    store
        .add_address(
            &crate::git::address(crate::git::ME),
            inward::store::Evidence::Configured,
        )
        .unwrap();
    let many = |from: u32, to: u32| {
        let mut app = Repo::new("app");
        for n in from..to {
            let (key, number) = (format!("ING-{}", n % 8_000), format!("#{}", n % 2_000 + 1));
            let named: &[(&str, LinkRule)] = match n % 4 {
                0 => &[(&key, Message)],
                1 => &[(&number, Closing), (&key, Message)],
                _ => &[],
            };
            let branch = (n % 4 == 2).then_some("feature/ING-77-x");
            app.commits.push((commit(n, named), branch));
        }
        app
    };
    let mut facts: Vec<Fact> = (0..8_000).map(|n| jira(&format!("ING-{n}"))).collect();
    facts.extend((1..=2_000).map(|n| {
        let commits: Vec<Oid> = (0..5).map(|i| oid(50 * n + i)).collect();
        github(&format!("acme/app#{n}"), of_commits(&commits))
    }));
    let timed = |what: &str, deed: &mut dyn FnMut()| {
        let begun = Instant::now();
        deed();
        println!("{what}: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    };
    let all = many(1, 100_001);
    timed("scan", &mut || all.scan(&mut store));
    timed("import of 10,000 tasks", &mut || {
        import(&mut store, &file(1), true, &facts);
    });
    println!("{} links", rows(&store, Table::Links).len());
    let one = [jira("ING-9000")];
    timed("import of one task", &mut || {
        import(&mut store, &file(2), true, &one);
    });
    let few = Repo {
        whole: false,
        ..many(100_001, 100_011)
    };
    timed("scan of 10 more", &mut || few.scan(&mut store));
    let few = Repo {
        whole: false,
        ..many(100_001, 100_011)
    };
    timed("the same again", &mut || few.scan(&mut store));
    let (commit, task) = ids(&store, 3, "ING-5");
    timed("a link by hand", &mut || {
        store.choose_link(commit, task, true).unwrap();
    });
    timed("load", &mut || drop(store.dataset(NOW).unwrap()));
    let repo = store.repositories().unwrap()[0].id;
    timed("rename, all told again", &mut || {
        store.rename_repository(repo, &clean("app2")).unwrap();
    });
}
