use super::super::super::testing::{Seen, read};
use super::*;
use crate::model::stage::{Stage, StageWords, Status};

fn stage(status: &Status) -> Option<Stage> {
    StageWords::default().stage(status)
}

#[test]
fn an_issue_is_closed_when_it_has_a_time_of_closing() {
    let text = r#"[{"type":"issue","url":"https://github.com/o/n/issues/1","repository":"https://github.com/o/n","user":"https://github.com/bob","title":"One",
"assignee":"https://github.com/ada","assignees":["https://github.com/ada"],"labels":["https://github.com/o/n/labels/good%20bug","https://github.com/o/n/labels/bug"],
"closed_at":"2025-02-03T18:11:23Z","created_at":"2025-02-01T08:00:00Z","updated_at":"2025-02-03T18:11:23Z"},
{"type":"issue","url":"https://github.com/o/n/issues/3","title":"Open","assignee":null,"assignees":[],"labels":[],"closed_at":null,"created_at":"2025-03-01T08:00:00Z"},
{"type":"issue","url":"https://github.com/o/n","title":"lost"}]"#;
    let seen = read(&FORMAT, text, "issues_000001.json").unwrap();
    let tasks = seen.tasks();
    let stages: Vec<_> = tasks.iter().map(|one| stage(&one.task.status)).collect();
    assert_eq!(stages, [Some(Stage::Done), Some(Stage::Todo)]);
    assert_eq!(
        tasks[0].whose,
        Whose::People(vec![Person::with_login("ada")])
    );
    assert_eq!(tasks[0].task.tags[0].as_str(), "good bug");
    assert_eq!(tasks[0].task.kind, TaskKind::Bug);
    assert_eq!(tasks[0].task.aliases, ["github:o/n#1"]);
    assert!(tasks[0].task.done.is_some() && tasks[1].task.done.is_none());
    assert_eq!(seen.rejected.len(), 1);
}

#[test]
fn a_pull_request_is_its_authors() {
    let text = r#"[{"type":"pull_request","url":"https://github.com/o/n/pull/2","user":"https://github.com/ada","title":"Two","head":{"ref":"fix","sha":"2222222222222222222222222222222222222222"},
"labels":[],"work_in_progress":true,"merged_at":null,"closed_at":null,"created_at":"2025-02-02T08:00:00Z","merge_commit_sha":"3333333333333333333333333333333333333333"},
{"type":"pull_request","url":"https://github.com/o/n/pull/4","user":"https://github.com/ada","title":"Four","merged_at":"2025-02-03T08:00:00Z","closed_at":"2025-02-03T08:00:00Z",
"created_at":"2025-02-02T08:00:00Z","merge_commit_sha":"3333333333333333333333333333333333333333"}]"#;
    let seen = read(&FORMAT, text, "pull_requests_000001.json").unwrap();
    let tasks = seen.tasks();
    assert_eq!(
        tasks[0].whose,
        Whose::People(vec![Person::with_login("ada")])
    );
    let stages: Vec<_> = tasks.iter().map(|one| stage(&one.task.status)).collect();
    assert_eq!(stages, [Some(Stage::InProgress), Some(Stage::Done)]);
    let review = |at: usize| tasks[at].task.review.as_ref().unwrap();
    assert_eq!(review(0).commits.len(), 1, "not the trial merge");
    assert_eq!(
        (review(1).commits.len(), review(1).merged),
        (1, tasks[1].task.done)
    );
}

const EVENTS: &str = r#"[
{"type":"issue_event","url":"u","issue":"https://github.com/o/n/issues/1","event":"reopened","created_at":"2025-02-04T00:00:00Z"},
{"type":"issue_event","url":"https://github.com/o/n/issues/1#event-1","issue":"https://github.com/o/n/issues/1","event":"closed","created_at":"2025-02-03T00:00:00Z"},
{"type":"issue_event","pull_request":"https://github.com/o/n/pull/2","event":"ready_for_review","created_at":"2025-02-02T00:00:00Z"},
{"type":"issue_event","pull_request":"https://github.com/o/n/pull/2","event":"merged","created_at":"2025-02-03T00:00:00Z"},
{"type":"issue_event","pull_request":"https://github.com/o/n/pull/2","event":"closed","created_at":"2025-02-03T00:00:01Z"},
{"type":"issue_event","pull_request":"https://github.com/o/n/pull/2","event":"renamed","created_at":"2025-02-03T00:00:01Z"},
{"type":"issue_event","event":"closed","created_at":"2025-02-03T00:00:01Z"}]"#;

#[test]
fn events_are_gathered_by_task_in_the_order_of_time() {
    let text = EVENTS.replace("\"u\"", "\"https://github.com/o/n/issues/1#event-2\"");
    let Seen {
        items,
        rejected,
        warnings,
    } = read(&FORMAT, text, "issue_events_000001.json").unwrap();
    let tasks: Vec<_> = items.iter().filter_map(|item| item.task()).collect();
    assert_eq!(tasks.len(), 2);
    assert!(tasks.iter().all(|one| one.whose == Whose::OfTask));
    let to: Vec<Vec<_>> = tasks
        .iter()
        .map(|one| {
            one.task
                .transitions
                .iter()
                .map(|one| stage(&one.to))
                .collect()
        })
        .collect();
    assert_eq!(to[0], [Some(Stage::Done), Some(Stage::Todo)]);
    assert_eq!(
        to[1],
        [Some(Stage::InReview), Some(Stage::Done)],
        "closed by the merge"
    );
    assert!(tasks[1].task.review.as_ref().unwrap().ready.is_some());
    assert_eq!(rejected.len(), 1, "the one that belongs to nothing");
    assert!(warnings[0].starts_with("1 events"), "{warnings:?}");
}

#[test]
fn reviews_are_gathered_by_pull_request() {
    let text = r#"[{"type":"pull_request_review","url":"https://github.com/o/n/pull/2/files#pullrequestreview-1","pull_request":"https://github.com/o/n/pull/2","user":"https://github.com/bob",
"state":40,"created_at":"2025-02-02T00:00:00Z","submitted_at":"2025-02-03T00:00:00Z"},
{"type":"pull_request_review","url":"https://github.com/o/n/pull/2/files#pullrequestreview-2","pull_request":"https://github.com/o/n/pull/2","user":"https://github.com/cem",
"state":1,"created_at":"2025-02-02T00:00:00Z","submitted_at":null},
{"type":"pull_request_review","url":"https://github.com/o/n/pull/2/files#pullrequestreview-3","pull_request":"https://github.com/o/n/pull/2","user":"https://github.com/cem","state":0,
"created_at":"2025-02-02T00:00:00Z"}]"#;
    let seen = read(&FORMAT, text, "pull_request_reviews_000001.json").unwrap();
    let tasks = seen.tasks();
    assert_eq!(tasks.len(), 1);
    let approved: Vec<_> = tasks[0].reviews.iter().map(|one| one.approved).collect();
    assert_eq!(approved, [true, false]);
}

#[test]
fn what_else_an_archive_holds_is_known_and_left() {
    for text in [
        r#"{"version":"1.1.0","github_sha":"00"}"#,
        r#"[{"type":"repository","url":"https://github.com/o/n","name":"n","labels":[{"name":"bug"}]}]"#,
        r#"[{"type":"user","url":"https://github.com/ada","login":"ada","emails":[{"address":"a@example.org"}]}]"#,
    ] {
        let seen = read(&FORMAT, text, "x.json").unwrap();
        assert!(seen.items.is_empty() && seen.rejected.is_empty());
        assert_eq!(seen.warnings.len(), 1, "{text}");
    }
}
