use super::*;
use crate::model::moment::Moment;

const NOW: i64 = 1_790_000_000;

fn at(utc: i64) -> When {
    When::At(Moment::new(utc, 0))
}

fn pr(author: &str, reviews: &[(&str, i64, bool)]) -> Found {
    let task = TaskFacts {
        review: Some(Box::default()),
        created: Some(at(1_700_000_000)),
        ..TaskFacts::default()
    };
    let mut found = Found::new(1, Whose::People(vec![Person::with_login(author)]), task);
    found.reviews = reviews
        .iter()
        .map(|(by, time, approved)| Reviewed {
            by: Person::with_login(by),
            at: at(*time),
            approved: *approved,
            bot: by.ends_with("[bot]"),
        })
        .collect();
    found
}

#[test]
fn of_my_pull_request_only_the_times_of_others_stay() {
    let found = pr(
        "Ada",
        &[
            ("ci[bot]", 5, true),
            ("ada", 10, false),
            ("bob", 30, true),
            ("cem", 20, false),
        ],
    );
    let owner = Owner::new(["ada"]);
    let Judged::Mine(Fact::Task(task)) = judge(Item::Task(Box::new(found)), &owner, NOW) else {
        panic!("not mine");
    };
    let review = task.review.unwrap();
    assert_eq!(
        (review.first_review, review.approved),
        (Some(at(20)), Some(at(30)))
    );
}

#[test]
fn of_a_pull_request_i_reviewed_only_key_and_my_times_stay() {
    let found = pr(
        "bob",
        &[("ada", 30, true), ("cem", 20, false), ("ada", 10, false)],
    );
    let judged = judge(Item::Task(Box::new(found)), &Owner::new(["ada"]), NOW);
    let Judged::Part(left) = judged else {
        panic!("{judged:?}");
    };
    let [Fact::Given(given)] = left.as_slice() else {
        panic!("{left:?}");
    };
    assert_eq!(given.times, [at(10), at(30)]);
}

#[test]
fn time_i_recorded_on_somebody_elses_task_stays_mine_without_the_task() {
    let entry = |start| Entry {
        id: None,
        start: at(start),
        end: None,
        seconds: Some(60),
        note: None,
    };
    let mut found = pr("bob", &[]);
    found.task.title = crate::model::text::Clean::label(b"secret plan");
    found.task.key = crate::model::text::Clean::label(b"S-1");
    found.work = vec![
        (Person::with_login("ada"), entry(1)),
        (Person::with_login("cem"), entry(2)),
    ];
    let judged = judge(Item::Task(Box::new(found)), &Owner::new(["ada"]), NOW);
    let Judged::Part(left) = judged else {
        panic!("{judged:?}");
    };
    let [Fact::Entry(only)] = left.as_slice() else {
        panic!("{left:?}");
    };
    assert_eq!(only.entry.start, at(1));
    assert_eq!(
        only.task.as_ref().map(crate::model::text::Clean::as_str),
        Some("S-1")
    );
}

#[test]
fn a_file_of_reviews_leaves_open_whose_the_pull_request_is() {
    let judged = |reviews: &[(&str, i64, bool)]| {
        let found = Found {
            whose: Whose::OfTask,
            ..pr("", reviews)
        };
        judge(Item::Task(Box::new(found)), &Owner::new(["ada"]), NOW)
    };
    let times = |task: TaskFacts| task.review.map(|one| (one.first_review, one.approved));
    let others = Some((Some(at(20)), Some(at(20))));
    let both = judged(&[("ada", 30, true), ("bob", 20, true), ("ci[bot]", 10, true)]);
    let Judged::OfTaskOrGiven(task, given) = both else {
        panic!("{both:?}");
    };
    assert_eq!((times(*task), given.times), (others, vec![at(30)]));
    let without_me = judged(&[("bob", 20, true)]);
    let Judged::OfTask(task) = without_me else {
        panic!("{without_me:?}");
    };
    assert_eq!(times(*task), others);
}

#[test]
fn what_is_nobodys_is_not_mine_unless_the_whole_file_is() {
    let item = || {
        Item::Task(Box::new(Found::new(
            1,
            Whose::People(Vec::new()),
            TaskFacts::default(),
        )))
    };
    assert_eq!(judge(item(), &Owner::new(["ada"]), NOW), Judged::NotMine);
    assert!(matches!(
        judge(item(), &Owner::everybody(), NOW),
        Judged::Mine(_)
    ));
}

#[test]
fn clocks_of_1970_and_2100_leave_no_date() {
    let task = TaskFacts {
        created: Some(at(0)),
        done: Some(at(4_102_444_800)),
        due: Some(at(4_102_444_800)),
        ..TaskFacts::default()
    };
    let found = Found::new(1, Whose::Mine, task);
    let Judged::Mine(Fact::Task(task)) = judge(Item::Task(Box::new(found)), &Owner::default(), NOW)
    else {
        panic!("not mine");
    };
    assert_eq!((task.created, task.done), (None, None));
    assert!(task.due.is_some());
}
