//! The days on which drafts go wrong: each as the text that somebody would paste.

use chrono_tz::Europe::Berlin;
use inward::model::away::EventKind;
use inward::model::goal::{Aim, Goal, State};
use inward::model::period::Range;
use inward::model::stage::Stage;
use inward::model::task::TaskKind;
use inward::report::draft::Kind;

use crate::facts::{Scene, clean, day};
use crate::told::{all_forms, markdown};

fn days(from: &str, to: &str) -> Range {
    Range::new(day(from), day(to))
}

#[test]
fn nothing_is_known() {
    let scene = Scene::new("2026-11-24T09:00+01:00", Berlin);
    let week = scene.draft(Kind::Week, days("2026-11-23", "2026-11-29"));
    let review = scene.draft(Kind::Review, days("2026-07-01", "2026-12-31"));
    all_forms("empty_standup", &scene.standup());
    all_forms("empty_week", &week);
    all_forms("empty_review", &review);
}

/// Friday's and the weekend's work, seen on Monday.
fn monday() -> Scene {
    Scene::new("2026-11-23T09:00+01:00", Berlin)
        .export("jira", "2026-11-23")
        .export("github", "2026-11-20")
        .task(
            ("PAY-7", TaskKind::Story),
            ("PAY", "Retry payments after a timeout"),
            &[
                ("2026-11-10T10:00+01:00", Stage::Todo),
                ("2026-11-16T10:00+01:00", Stage::InProgress),
                ("2026-11-19T15:00+01:00", Stage::InReview),
                ("2026-11-20T16:00+01:00", Stage::Done),
            ],
        )
        .task(
            ("acme/pay#41", TaskKind::Pr),
            ("acme/pay", "PAY-7: retry with a cap of five"),
            &[
                ("2026-11-19T15:00+01:00", Stage::InReview),
                ("2026-11-20T15:50+01:00", Stage::Done),
            ],
        )
        .shared("PAY-7", "acme/pay#41")
        .task(
            ("PAY-9", TaskKind::Bug),
            ("PAY", "Rounding of <VAT> differs by a cent"),
            &[
                ("2026-11-12T10:00+01:00", Stage::Todo),
                ("2026-11-20T10:00+01:00", Stage::InProgress),
            ],
        )
        .task(
            ("PAY-11", TaskKind::Task),
            ("PAY", "Move invoices to the new bucket"),
            &[
                ("2026-11-02T10:00+01:00", Stage::Todo),
                ("2026-11-03T10:00+01:00", Stage::InProgress),
                ("2026-11-17T10:00+01:00", Stage::InReview),
            ],
        )
        .task(
            ("PAY-4", TaskKind::Task),
            ("PAY", "Rename the ledger tables"),
            &[("2026-10-05T10:00+02:00", Stage::InProgress)],
        )
        .task(
            ("PAY-5", TaskKind::Task),
            ("PAY", "Certificates of the bank"),
            &[("2026-11-05T10:00+01:00", Stage::InProgress)],
        )
        .word("Waiting for bank")
        .commit(
            "2026-11-20T11:00+01:00",
            "pay",
            "fix: round once, at the end",
            &["PAY-9"],
        )
        .commit(
            "2026-11-20T14:00+01:00",
            "pay",
            "test: VAT of 7 and 19 per cent",
            &["PAY-9"],
        )
        .commit(
            "2026-11-21T18:00+01:00",
            "site",
            "docs: say how refunds work",
            &[],
        )
        .review("acme/ledger", 12, &["2026-11-20T13:00+01:00"])
        .review(
            "acme/ledger",
            9,
            &["2026-11-20T09:30+01:00", "2026-11-20T17:00+01:00"],
        )
        .event(EventKind::Leave, "2026-11-26", "2026-11-27")
}

#[test]
fn monday_tells_of_friday_and_of_the_weekend() {
    all_forms("monday_standup", &monday().standup());
    all_forms(
        "monday_week",
        &monday().draft(Kind::Week, days("2026-11-16", "2026-11-22")),
    );
}

#[test]
fn after_two_weeks_of_leave_the_last_days_before_it_are_told() {
    let scene = Scene::new("2026-11-23T09:00+01:00", Berlin)
        .event(EventKind::Leave, "2026-11-09", "2026-11-20")
        .export("jira", "2026-11-23")
        .task(
            ("PAY-7", TaskKind::Story),
            ("PAY", "Retry payments after a timeout"),
            &[
                ("2026-11-02T10:00+01:00", Stage::InProgress),
                ("2026-11-06T15:00+01:00", Stage::InReview),
            ],
        )
        .task(
            ("PAY-8", TaskKind::Task),
            ("PAY", "Alarm on slow refunds"),
            &[("2026-11-05T10:00+01:00", Stage::InProgress)],
        )
        .commit(
            "2026-11-06T11:00+01:00",
            "pay",
            "feat: cap retries at five",
            &["PAY-7"],
        );
    let standup = scene.standup();
    // Nobody is late or idle by the days of their leave.
    assert_eq!(standup.waiting[0].waited, Some(1), "the Monday alone");
    assert!(standup.stale.is_empty());
    all_forms("leave_standup", &standup);
}

#[test]
fn only_reviews_are_work_too() {
    let scene = Scene::new("2026-11-24T09:00+01:00", Berlin)
        .review("acme/pay", 41, &["2026-11-23T10:00+01:00"])
        .review(
            "acme/pay",
            44,
            &["2026-11-23T11:00+01:00", "2026-11-23T16:00+01:00"],
        )
        .review("acme/site", 7, &["2026-11-24T08:30+01:00"]);
    all_forms("reviews_standup", &scene.standup());
    all_forms(
        "reviews_week",
        &scene.draft(Kind::Week, days("2026-11-23", "2026-11-29")),
    );
}

#[test]
fn only_commits_without_a_task_are_work_too() {
    let scene = Scene::new("2026-11-24T09:00+01:00", Berlin)
        .commit(
            "2026-11-23T09:10+01:00",
            "pay",
            "feat(refund): Add partial refunds",
            &[],
        )
        .commit(
            "2026-11-23T10:10+01:00",
            "pay",
            "fix(refund): Round once",
            &[],
        )
        .commit(
            "2026-11-23T11:10+01:00",
            "pay",
            "fix(ledger): Close the file",
            &[],
        )
        .commit(
            "2026-11-23T12:10+01:00",
            "site",
            "Say how refunds work",
            &[],
        )
        .commit("2026-11-23T13:10+01:00", "site", "wip", &[]);
    all_forms("loose_standup", &scene.standup());
    all_forms(
        "loose_review",
        &scene.draft(Kind::Review, days("2026-07-01", "2026-12-31")),
    );
}

#[test]
fn five_hundred_tasks_in_a_quarter_are_told_in_a_page_or_two() {
    let mut scene = Scene::new("2026-10-01T09:00+02:00", Berlin);
    let kinds = [
        TaskKind::Bug,
        TaskKind::Task,
        TaskKind::Story,
        TaskKind::Task,
    ];
    let projects = ["PAY", "SITE", "OPS"];
    for n in 0..500_u32 {
        let (from, to) = (n % 88, (n % 88 + n % 5).min(91));
        let date = |ago: u32| {
            let date = day("2026-07-01") + chrono::Days::new(u64::from(ago));
            format!("{date}T1{}:00+02:00", n % 9)
        };
        let project = projects[usize::from(n % 7 > 3) + usize::from(n % 11 == 0)];
        let key = format!("{project}-{n}");
        scene = scene.task(
            (&key, kinds[n as usize % kinds.len()]),
            (project, &format!("Thing number {n}")),
            &[(&date(from), Stage::InProgress), (&date(to), Stage::Done)],
        );
        if n % 50 == 0 {
            scene = scene.commit(&date(to), "pay", "feat: a part of it", &[&key]);
        }
    }
    let draft = scene.draft(Kind::Review, days("2026-07-01", "2026-09-30"));
    assert_eq!(draft.finished.len(), 500, "the document holds them all");
    let text = markdown(&draft);
    let lines = text.lines().count();
    assert!(lines < 90, "{lines} lines");
    let told: u64 = draft.projects.iter().map(|one| one.finished).sum();
    assert_eq!(told, 500);
    let shown = draft.finished.iter().filter(|one| one.shown).count() as u64;
    let more: u64 = draft.projects.iter().map(|one| one.more).sum();
    assert_eq!(shown + more, 500, "what is not listed is counted");
    all_forms("quarter_review", &draft);
}

#[test]
fn a_week_in_two_zones_has_the_days_of_its_own_clocks() {
    // Late on Sunday in San Francisco is Monday in Berlin: it stays Sunday's.
    let scene = Scene::new("2026-11-24T09:00+01:00", Berlin)
        .commit(
            "2026-11-15T23:30-08:00",
            "pay",
            "fix: the evening before",
            &[],
        )
        .commit(
            "2026-11-16T08:00-08:00",
            "pay",
            "feat: at the customer's",
            &[],
        )
        .commit(
            "2026-11-19T18:00-08:00",
            "pay",
            "fix: on the last evening there",
            &[],
        )
        .commit("2026-11-22T23:00+01:00", "pay", "docs: back home", &[])
        .commit("2026-11-23T00:30+01:00", "pay", "docs: after midnight", &[]);
    let week = scene.draft(Kind::Week, days("2026-11-16", "2026-11-22"));
    assert_eq!(week.code.commits, 3);
    assert_eq!(week.code.days, 3);
    all_forms("zones_week", &week);
}

#[test]
fn a_self_review_begins_with_outcomes_and_impact() {
    let goal = |id, text: &str, state, closed: Option<&str>| Goal {
        id,
        aim: Aim::Outcome(clean(text)),
        state,
        opened: day("2026-02-01").to_epoch_days(),
        closed: closed.map(|on| day(on).to_epoch_days()),
        links: Vec::new(),
    };
    let review = monday()
        .note(
            "2026-09-14",
            "Refunds go out the same day now; support closed its queue.",
            true,
        )
        .note("2026-10-02", "Explained the ledger to the new team.", false)
        .event(EventKind::Oncall, "2026-09-07", "2026-09-13")
        .event(EventKind::Launch, "2026-10-05", "2026-10-09")
        .event(EventKind::Leave, "2026-08-03", "2026-08-14")
        .goal(goal(
            1,
            "Refunds within a day",
            State::Done,
            Some("2026-09-14"),
        ))
        .goal(goal(2, "No invoice by hand", State::Open, None))
        .goal(goal(
            3,
            "Given up long ago",
            State::Dropped,
            Some("2026-08-01"),
        ))
        .draft(Kind::Review, days("2026-07-01", "2026-12-31"));
    all_forms("full_review", &review);
}
