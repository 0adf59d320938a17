use super::super::super::testing::read;
use super::*;
use crate::model::stage::{Stage, StageWords};

fn stages(found: &[&Found]) -> Vec<Option<Stage>> {
    let words = StageWords::default();
    found
        .iter()
        .map(|one| words.stage(&one.task.status))
        .collect()
}

const ISSUES: &str = r#"[
{"url":"https://api.github.com/repos/o/n/issues/1","labels_url":"x","labels_url":"y","html_url":"https://github.com/o/n/issues/1","id":11,"node_id":"I_1","number":1,
 "title":"One","user":{"login":"ada","id":5},"labels":[{"name":"bug"}],"state":"closed","state_reason":"duplicate","assignees":[{"login":"ada","id":5,"type":"User"}],
 "created_at":"2026-02-01T09:00:00Z","updated_at":"2026-02-02T09:00:00Z","closed_at":"2026-02-02T09:00:00Z"},
{"url":"https://api.github.com/repos/o/n/issues/2","html_url":"https://github.com/o/n/pull/2","number":2,"title":"Two","user":{"login":"bob"},"state":"closed",
 "created_at":"2026-02-01T09:00:00Z","closed_at":"2026-02-02T09:00:00Z","draft":false,"pull_request":{"url":"x","merged_at":"2026-02-02T09:00:00Z"}},
{"html_url":"https://github.com/o/n/pull/3","number":3,"title":"Three","state":"closed","created_at":"2026-02-01T09:00:00Z","closed_at":"2026-02-02T09:00:00Z",
 "pull_request":{"merged_at":null}},
{"html_url":"https://github.com/o/n/pull/4","number":4,"title":"Four","state":"closed","created_at":"2026-02-01T09:00:00Z","closed_at":"2026-02-02T09:00:00Z",
 "pull_request":{"url":"x"}},
{"html_url":"https://github.com/o/n/issues/5","number":5,"title":"Five","state":"open","assignee":{"login":"ada"},"created_at":"2026-02-01T09:00:00Z","closed_at":null,
 "parent_issue_url":"https://api.github.com/repos/o/n/issues/1","type":{"name":"Feature"}},
{"number":6,"state":"open"}]"#;

#[test]
fn a_listing_of_issues_has_pull_requests_among_them() {
    let seen = read(&FORMAT, ISSUES, "issues.json").unwrap();
    let tasks = seen.tasks();
    let wanted = [
        Stage::Cancelled,
        Stage::Done,
        Stage::Cancelled,
        Stage::Done,
        Stage::Todo,
    ];
    assert_eq!(stages(&tasks), wanted.map(Some));
    assert_eq!(tasks[0].task.aliases, ["github:o/n#1", "github:node:I_1"]);
    assert_eq!(tasks[0].task.kind, TaskKind::Bug);
    let merged = tasks[1].task.review.as_ref().unwrap();
    assert!(merged.merged.is_some() && merged.closed.is_none());
    let unsaid = tasks[3].task.review.as_ref().unwrap();
    assert_eq!((unsaid.merged, unsaid.closed), (None, None));
    assert!(tasks[3].task.done.is_some());
    assert_eq!(tasks[4].task.parent.as_ref().unwrap().as_str(), "o/n#1");
    assert_eq!(tasks[4].task.kind, TaskKind::Story);
    assert!(matches!(&tasks[4].whose, Whose::People(people) if people.len() == 1));
    assert_eq!(seen.rejected.len(), 1);
    assert_eq!(seen.warnings.len(), 1, "{:?}", seen.warnings);
    assert!(seen.warnings[0].starts_with("1 closed pull request"));
}

const PULLS: &str = r#"[[{"html_url":"https://github.com/o/n/pull/2","number":2,"title":"Two","user":{"login":"ada","id":5},"state":"closed","labels":["old"],
"created_at":"2026-02-01T09:00:00Z","closed_at":"2026-02-03T09:00:00Z","merged_at":"2026-02-02T09:00:00Z","merge_commit_sha":"00000000000000000000000000000000000000ff",
"draft":false,"head":{"ref":"feature/x","sha":"00000000000000000000000000000000000000aa"},"requested_reviewers":[{"login":"bob"}],"additions":4,"deletions":5}],
[{"html_url":"https://github.com/o/n/pull/3","number":3,"title":"Three","user":null,"state":"open","created_at":"2026-02-01T09:00:00Z","merged_at":null,
"merge_commit_sha":"00000000000000000000000000000000000000ff","draft":true,"head":{"ref":"y","sha":"00000000000000000000000000000000000000aa"}}]]"#;

#[test]
fn a_listing_of_pull_requests_in_slurped_pages() {
    let seen = read(&FORMAT, PULLS, "pulls.json").unwrap();
    let tasks = seen.tasks();
    assert_eq!(stages(&tasks), [Some(Stage::Done), Some(Stage::InProgress)]);
    let review = tasks[0].task.review.as_ref().unwrap();
    assert_eq!(review.commits.len(), 2);
    assert_eq!(review.branch.as_ref().unwrap().as_str(), "feature/x");
    assert_eq!((review.additions, review.deletions), (Some(4), Some(5)));
    assert_eq!(tasks[0].task.done, review.merged, "not when it was closed");
    assert_eq!(tasks[0].requested.len(), 1);
    let open = tasks[1].task.review.as_ref().unwrap();
    assert_eq!(open.commits.len(), 1, "a trial merge is no commit");
    assert_eq!(tasks[1].whose, Whose::People(Vec::new()));
}

#[test]
fn a_search_says_how_much_more_there_is() {
    let item = ISSUES
        .trim_start_matches('[')
        .split("},\n{\"url")
        .next()
        .unwrap();
    let text = format!("{{\"total_count\":7,\"incomplete_results\":false,\"items\":[{item}}}]}}");
    let seen = read(&FORMAT, text, "search.json").unwrap();
    assert_eq!(seen.tasks().len(), 1);
    assert!(seen.warnings[0].contains("1 of 7"), "{:?}", seen.warnings);
}

#[test]
fn an_error_reply_is_called_one() {
    let text = r#"{"message":"Bad credentials","documentation_url":"https://docs.github.com/rest","status":"401"}"#;
    let error = read(&FORMAT, text, "x.json").unwrap_err().to_string();
    assert!(
        error.contains("error reply") && error.contains("Bad credentials"),
        "{error}"
    );
}
