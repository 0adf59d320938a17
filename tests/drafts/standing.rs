//! What happened to a task, where it stood, and what it waits for.

use chrono_tz::Europe::Berlin;
use inward::model::away::EventKind;
use inward::model::period::Range;
use inward::model::stage::Stage::{self, Backlog, Done, InProgress, InReview, Todo};
use inward::model::task::TaskKind::{self, Pr, Task};
use inward::report::draft::{Draft, Item, Kind};

use crate::facts::{Scene, day};

/// Tuesday 24 November 2026, nine in the morning.
fn scene() -> Scene {
    Scene::new("2026-11-24T09:00+01:00", Berlin)
}

fn task(kind: TaskKind, moves: &[(&str, Stage)]) -> Scene {
    scene().task(("PAY-1", kind), ("PAY", "One"), moves)
}

fn week(scene: &Scene, from: &str, to: &str) -> Draft {
    scene.draft(Kind::Week, Range::new(day(from), day(to)))
}

fn keys(list: &[Item]) -> Vec<&str> {
    list.iter().map(|item| item.key.as_str()).collect()
}

#[test]
fn a_past_week_shows_tasks_as_they_stood_at_its_end() {
    let scene = task(
        Task,
        &[
            ("2026-11-02T10:00+01:00", InProgress),
            ("2026-11-10T10:00+01:00", InReview),
            ("2026-11-17T10:00+01:00", Done),
        ],
    );
    let first = week(&scene, "2026-11-02", "2026-11-08");
    assert_eq!(first.moved[0].what, "started");
    assert_eq!(keys(&first.in_progress), ["PAY-1"]);
    assert_eq!(first.in_progress[0].stage, Some("in-progress"));
    assert_eq!(
        first.in_progress[0].word, None,
        "the present word is no news of then"
    );
    let second = week(&scene, "2026-11-09", "2026-11-15");
    assert_eq!(second.waiting[0].waits_for, Some("review"));
    assert_eq!(second.waiting[0].waited, Some(3), "Wednesday to Friday");
    let third = week(&scene, "2026-11-16", "2026-11-22");
    assert_eq!(keys(&third.finished), ["PAY-1"]);
    assert_eq!(third.finished[0].workdays, Some(12));
    assert!(third.waiting.is_empty() && third.in_progress.is_empty());
    let before = week(&scene, "2026-10-26", "2026-11-01");
    assert!(before.in_progress.is_empty() && before.moved.is_empty());
}

#[test]
fn planning_is_no_news_but_taking_up_again_is() {
    let planned = task(
        Task,
        &[
            ("2026-11-02T10:00+01:00", Backlog),
            ("2026-11-23T10:00+01:00", Todo),
        ],
    );
    let standup = planned.standup();
    assert!(standup.moved.is_empty() && standup.in_progress.is_empty());
    let reopened = task(
        Task,
        &[
            ("2026-11-02T10:00+01:00", InProgress),
            ("2026-11-05T10:00+01:00", Done),
            ("2026-11-23T10:00+01:00", InProgress),
        ],
    );
    let standup = reopened.standup();
    assert_eq!(standup.moved[0].what, "reopened");
    assert_eq!(keys(&standup.in_progress), ["PAY-1"]);
}

#[test]
fn a_pull_request_is_opened_waits_and_no_longer_waits_once_approved() {
    let opened = [("2026-11-23T10:00+01:00", InReview)];
    let standup = task(Pr, &opened).standup();
    assert_eq!(standup.moved[0].what, "opened");
    assert_eq!(standup.waiting[0].waits_for, Some("review"));
    let approved = task(Pr, &opened)
        .approved("2026-11-24T08:00+01:00")
        .standup();
    assert!(approved.waiting.is_empty());
    assert!(approved.in_progress[0].approved, "it is mine to merge");
}

#[test]
fn words_for_being_held_up_wait_for_others() {
    for word in ["Blocked", "Waiting for customer", "On hold", "Needs info"] {
        let scene = task(Task, &[("2026-11-20T10:00+01:00", InProgress)]).word(word);
        assert_eq!(
            scene.standup().waiting[0].waits_for,
            Some("others"),
            "{word}"
        );
    }
    let review = task(Task, &[("2026-11-20T10:00+01:00", InReview)]).word("Waiting for review");
    assert_eq!(review.standup().waiting[0].waits_for, Some("review"));
    let unblocked = task(Task, &[("2026-11-20T10:00+01:00", InProgress)]).word("In progress");
    assert!(unblocked.standup().waiting.is_empty());
}

#[test]
fn work_is_stale_after_five_workdays_without_a_sign_of_life() {
    let begun = |on: &str| task(Task, &[(on, InProgress)]).export("jira", "2026-11-24");
    let standup = begun("2026-11-17T10:00+01:00").standup();
    assert_eq!(standup.stale[0].idle, Some(5), "Wednesday to Tuesday");
    let standup = begun("2026-11-18T10:00+01:00").standup();
    assert!(standup.stale.is_empty() && standup.in_progress[0].idle == Some(4));
    // A commit is a sign of life.
    let commit = begun("2026-11-02T10:00+01:00").commit(
        "2026-11-23T10:00+01:00",
        "pay",
        "fix: it",
        &["PAY-1"],
    );
    assert!(commit.standup().stale.is_empty());
    // Leave is not idleness.
    let leave = begun("2026-11-12T10:00+01:00").event(EventKind::Leave, "2026-11-13", "2026-11-20");
    assert!(leave.standup().stale.is_empty());
}

#[test]
fn nothing_is_called_stale_beyond_its_last_export() {
    let scene = task(Task, &[("2026-11-12T10:00+01:00", InProgress)]).export("jira", "2026-11-13");
    let standup = scene.standup();
    assert!(standup.stale.is_empty());
    assert_eq!(standup.in_progress[0].idle, Some(1));
    assert_eq!(standup.old_exports[0].day, day("2026-11-13"));
    let fresh = task(Task, &[("2026-11-12T10:00+01:00", InProgress)]).export("jira", "2026-11-24");
    assert!(fresh.standup().old_exports.is_empty());
}

#[test]
fn a_pull_request_is_told_with_the_task_whose_key_it_names() {
    for (title, folds) in [
        ("PAY-1: retry", true),
        ("retry (pay-1)", true),
        ("PAY-12: another", false),
        ("Retry", false),
    ] {
        let scene = task(Task, &[("2026-11-20T10:00+01:00", InProgress)]).task(
            ("acme/pay#4", Pr),
            ("acme/pay", title),
            &[("2026-11-23T10:00+01:00", InReview)],
        );
        let standup = scene.standup();
        let told: Vec<&str> = standup.moved.iter().map(|item| item.key.as_str()).collect();
        if folds {
            assert_eq!(told, ["PAY-1"], "{title}");
            let item = &standup.waiting[0];
            assert_eq!(
                (item.key.as_str(), item.waits_for),
                ("PAY-1", Some("review"))
            );
            assert_eq!(item.requests[0].state, "open");
        } else {
            assert_eq!(told, ["pay#4"], "{title}");
            assert!(standup.in_progress[0].requests.is_empty());
        }
    }
}

#[test]
fn why_somebody_was_on_leave_is_in_no_draft() {
    let mut scene = scene().event(EventKind::Leave, "2026-11-16", "2026-11-18");
    scene.call("surgery");
    let draft = week(&scene, "2026-11-16", "2026-11-22");
    assert_eq!(draft.events[0].workdays, 3);
    assert!(!format!("{draft:?}").contains("surgery"));
}

#[test]
fn a_squash_stands_for_its_commits_in_the_text_and_they_for_it_in_the_count() {
    let scene = task(Task, &[("2026-11-20T10:00+01:00", InProgress)])
        .commit("2026-11-23T10:00+01:00", "pay", "wip", &["PAY-1"])
        .commit("2026-11-23T11:00+01:00", "pay", "more", &["PAY-1"])
        .commit("2026-11-23T12:00+01:00", "pay", "Retry payments (#4)", &[])
        .squashed();
    let standup = scene.standup();
    assert_eq!(standup.code.commits, 2);
    assert_eq!(standup.moved[0].commits.len(), 1, "the squash alone");
    assert!(
        standup.loose.is_empty(),
        "it belongs to the task of what it holds"
    );
}

#[test]
fn work_of_a_past_week_is_not_called_idle_for_what_came_after_it() {
    let scene = task(Task, &[("2026-10-26T10:00+01:00", InProgress)])
        .commit("2026-11-06T10:00+01:00", "pay", "fix: a part", &["PAY-1"])
        .commit("2026-11-20T10:00+01:00", "pay", "fix: the rest", &["PAY-1"]);
    let first = week(&scene, "2026-11-02", "2026-11-08");
    assert!(first.stale.is_empty());
    assert_eq!(first.in_progress[0].idle, Some(0));
}

#[test]
fn waiting_begins_with_the_pull_request_or_the_word_not_with_the_stage() {
    let reviewed = task(Task, &[("2026-11-02T10:00+01:00", InProgress)]).task(
        ("acme/pay#4", Pr),
        ("acme/pay", "PAY-1: retry"),
        &[("2026-11-23T10:00+01:00", InReview)],
    );
    assert_eq!(reviewed.standup().waiting[0].waited, Some(1));
    let blocked = task(
        Task,
        &[
            ("2026-11-02T10:00+01:00", InProgress),
            ("2026-11-20T10:00+01:00", InProgress),
        ],
    );
    let blocked = blocked.word("Blocked");
    assert_eq!(
        blocked.standup().waiting[0].waited,
        Some(2),
        "Monday and Tuesday"
    );
    let before = week(&blocked, "2026-11-09", "2026-11-15");
    assert!(before.waiting.is_empty(), "it was not blocked then");
}

#[test]
fn a_word_is_taken_whole() {
    for word in [
        "Unblocked",
        "Household",
        "Pending",
        "In progress (unpaused)",
    ] {
        let scene = task(Task, &[("2026-11-20T10:00+01:00", InProgress)]).word(word);
        assert!(scene.standup().waiting.is_empty(), "{word}");
    }
}

#[test]
fn moves_and_pull_requests_are_signs_of_life() {
    let scene = task(Task, &[("2026-11-02T10:00+01:00", InProgress)])
        .export("jira", "2026-11-24")
        .task(
            ("acme/pay#4", Pr),
            ("acme/pay", "PAY-1: retry"),
            &[
                ("2026-11-20T10:00+01:00", InReview),
                ("2026-11-23T10:00+01:00", Done),
            ],
        );
    let standup = scene.standup();
    assert!(standup.stale.is_empty());
    assert_eq!(standup.in_progress[0].idle, Some(1));
}

#[test]
fn nothing_is_open_before_it_began_and_no_request_is_there_before_it_was_opened() {
    let scene = task(Task, &[("2026-11-17T10:00+01:00", InProgress)])
        .undated()
        .task(
            ("acme/pay#4", Pr),
            ("acme/pay", "PAY-1: retry"),
            &[("2026-11-23T10:00+01:00", InReview)],
        );
    let before = week(&scene, "2026-11-02", "2026-11-08");
    assert!(before.in_progress.is_empty() && before.waiting.is_empty() && before.stale.is_empty());
    let then = week(&scene, "2026-11-16", "2026-11-22");
    assert!(then.in_progress[0].requests.is_empty());
}

#[test]
fn what_was_done_and_taken_up_again_counts_when_it_is_done_the_last_time() {
    let scene = task(
        Task,
        &[
            ("2026-11-02T10:00+01:00", InProgress),
            ("2026-11-10T10:00+01:00", Done),
            ("2026-11-18T10:00+01:00", InProgress),
        ],
    );
    let first = week(&scene, "2026-11-09", "2026-11-15");
    assert!(first.finished.is_empty() && first.moved.is_empty() && first.in_progress.is_empty());
    assert_eq!(
        week(&scene, "2026-11-16", "2026-11-22").moved[0].what,
        "reopened"
    );
}

#[test]
fn a_review_tells_landed_work_first_and_counts_the_rest() {
    let scene = scene()
        .commit(
            "2026-09-01T10:00+02:00",
            "pay",
            "feat(refund): Add refunds",
            &[],
        )
        .commit(
            "2026-09-02T10:00+02:00",
            "pay",
            "feat(search): Try another index",
            &[],
        )
        .open_branch();
    let review = scene.draft(
        Kind::Review,
        Range::new(day("2026-07-01"), day("2026-12-31")),
    );
    let told = format!("{:?}", review.loose);
    assert!(
        told.contains("refunds") && !told.contains("index"),
        "{told}"
    );
    assert_eq!(review.unlanded[0].commits, 1);
    assert_eq!((review.code.commits, review.code.unlanded), (2, 1));
    // In a week, what is begun is the news.
    let of_week = week(&scene, "2026-08-31", "2026-09-06");
    assert_eq!(of_week.loose[0].commits, 2);
    assert!(of_week.unlanded.is_empty());
}

#[test]
fn a_squash_whose_commits_were_told_before_is_no_news() {
    let scene = scene()
        .commit("2026-11-10T10:00+01:00", "pay", "lexer: Add strings", &[])
        .commit(
            "2026-11-18T10:00+01:00",
            "pay",
            "Squashed commit of the following:",
            &[],
        )
        .squashed();
    let of_week = week(&scene, "2026-11-16", "2026-11-22");
    assert_eq!((of_week.loose.len(), of_week.code.commits), (0, 0));
    let month = scene.draft(
        Kind::Month,
        Range::new(day("2026-11-01"), day("2026-11-30")),
    );
    assert_eq!(month.loose[0].commits, month.code.commits);
    assert!(
        format!("{:?}", month.loose).contains("strings"),
        "the squash says nothing"
    );
}
