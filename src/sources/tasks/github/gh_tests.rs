use super::super::super::found::{Found, Whose};
use super::super::super::testing::{Seen as Read, read};
use super::*;
use crate::model::stage::StageWords;
use crate::model::task::When;

const PULLS: &str = r#"[{"additions":12,"author":{"id":"U_a","is_bot":false,"login":"ada","name":"Ada L"},
"closedAt":"2026-03-05T10:00:00Z","commits":[
 {"authoredDate":"2026-03-02T09:00:00Z","oid":"00000000000000000000000000000000000000a2"},
 {"authoredDate":"2026-03-01T09:00:00Z","oid":"00000000000000000000000000000000000000A1"}],
"createdAt":"2026-03-02T10:00:00Z","deletions":3,"headRefName":"feature/ING-7","id":"PR_1","isDraft":false,
"labels":[{"name":"bug"}],"mergeCommit":{"oid":"00000000000000000000000000000000000000ff"},
"mergedAt":"2026-03-05T10:00:00Z","number":7,"reviewRequests":[{"__typename":"User","login":"cem"},{"__typename":"Team","slug":"o/t"}],
"reviews":[{"author":{"login":"ada"},"state":"COMMENTED","submittedAt":"2026-03-02T11:00:00Z"},
 {"author":{"login":"coderabbitai"},"state":"APPROVED","submittedAt":"2026-03-02T12:00:00Z"},
 {"author":{"login":"bob"},"state":"PENDING","submittedAt":null},
 {"author":{"login":"bob"},"state":"APPROVED","submittedAt":"2026-03-04T12:00:00Z"}],
"state":"MERGED","title":"Parse it","updatedAt":"2026-03-06T10:00:00Z","url":"https://github.com/o/Engine/pull/7"},
{"author":{"is_bot":true,"login":"app/renovate"},"closedAt":null,"commits":[],"createdAt":"2026-03-02T10:00:00Z","id":"PR_2",
"isDraft":true,"mergedAt":null,"number":8,"reviews":[],"state":"OPEN","title":"Bump","updatedAt":"2026-03-02T10:00:00Z",
"url":"https://github.com/o/Engine/pull/8"},
{"author":{"login":"ada"},"closedAt":"2026-03-07T10:00:00Z","commits":null,"createdAt":"2026-03-02T10:00:00Z","id":"PR_3",
"isDraft":false,"mergedAt":null,"number":9,"state":"CLOSED","title":"No","updatedAt":"2026-03-07T10:00:00Z",
"url":"https://github.com/o/Engine/pull/9"}]"#;

fn stage(found: &Found) -> Option<Stage> {
    StageWords::default().stage(&found.task.status)
}

fn utc(at: Option<When>) -> Option<i64> {
    at.map(When::order)
}

#[test]
fn a_pull_request_has_its_times_its_start_and_its_commits() {
    let Read {
        items,
        rejected,
        warnings,
    } = read(&FORMAT, PULLS, "prs.json").unwrap();
    assert!(
        rejected.is_empty() && warnings.is_empty(),
        "{rejected:?} {warnings:?}"
    );
    let found = items[0].task().unwrap();
    let task = &found.task;
    assert_eq!(task.key.as_str(), "o/Engine#7");
    assert_eq!(task.aliases, ["github:o/engine#7", "github:node:PR_1"]);
    assert_eq!((task.kind, stage(found)), (TaskKind::Pr, Some(Stage::Done)));
    assert_eq!(
        utc(task.started),
        Some(1_772_355_600),
        "the earliest authored date"
    );
    let review = task.review.as_ref().unwrap();
    assert_eq!((review.opened, review.merged), (task.created, task.done));
    assert_eq!((review.closed, review.ready), (None, None));
    assert_eq!((review.additions, review.deletions), (Some(12), Some(3)));
    assert_eq!(review.commits.len(), 3);
    assert!(review.commits[1].ends_with("a1"), "in lower case");
    let mut who: Vec<_> = found
        .reviews
        .iter()
        .map(|one| (one.approved, one.bot))
        .collect();
    who.sort_unstable();
    assert_eq!(who, [(false, false), (true, false), (true, true)]);
    let Whose::People(author) = &found.whose else {
        panic!("nobody's")
    };
    assert_eq!(
        found.reviews[0].by, author[0],
        "the author's own review is known as theirs"
    );
    assert_eq!(found.requested.len(), 1, "a team is nobody");
}

#[test]
fn drafts_are_worked_on_and_closed_ones_are_given_up() {
    let Read { items, .. } = read(&FORMAT, PULLS, "prs.json").unwrap();
    let stages: Vec<_> = items
        .iter()
        .filter_map(|item| stage(item.task()?))
        .collect();
    assert_eq!(stages, [Stage::Done, Stage::InProgress, Stage::Cancelled]);
    let given_up = &items[2].task().unwrap().task;
    assert_eq!(given_up.done, given_up.review.as_ref().unwrap().closed);
    assert!(given_up.done.is_some() && given_up.started.is_none());
}

const ISSUES: &str = r#"[{"assignees":[{"id":"U_a","login":"ada","name":"Ada L"}],"author":{"login":"bob"},"closedAt":"2026-02-03T10:00:00Z",
"createdAt":"2026-02-01T09:00:00Z","id":"I_1","labels":[{"name":"bug"}],"number":1,"state":"CLOSED","stateReason":"NOT_PLANNED",
"title":"One","updatedAt":"2026-02-03T10:00:05Z","url":"https://github.com/o/n/issues/1"},
{"assignees":[],"closedAt":null,"createdAt":"2026-02-01T09:00:00Z","number":2,"projectItems":[{"status":{"name":"In progress"},"title":"B"}],
"state":"OPEN","stateReason":"","title":"Two","updatedAt":"soon","url":"https://github.com/o/n/issues/2"},
{"number":3,"state":"OPEN","title":"Three"}]"#;

#[test]
fn issues_have_assignees_a_reason_and_a_board() {
    let Read {
        items,
        rejected,
        warnings,
    } = read(&FORMAT, ISSUES, "issues.json").unwrap();
    let tasks: Vec<_> = items.iter().filter_map(|item| item.task()).collect();
    assert_eq!(tasks.len(), 2);
    assert_eq!(tasks[0].task.kind, TaskKind::Bug);
    assert_eq!(stage(tasks[0]), Some(Stage::Cancelled));
    assert!(tasks[0].task.done.is_some() && tasks[0].task.review.is_none());
    assert_eq!(stage(tasks[1]), Some(Stage::InProgress));
    assert_eq!(tasks[1].whose, Whose::People(Vec::new()), "nobody's");
    assert_eq!((tasks[1].task.done, tasks[1].task.updated), (None, None));
    assert_eq!(rejected.len(), 1);
    assert!(rejected[0].reason.as_str().starts_with("no url"));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("updatedAt") && warnings[0].contains("soon"));
}

#[test]
fn a_search_writes_states_small_and_the_year_one_for_none() {
    let text = r#"[{"author":{"login":"ada","type":"User"},"closedAt":"0001-01-01T00:00:00Z","createdAt":"2026-01-02T00:00:00Z","id":"P","isDraft":false,
"number":4,"repository":{"name":"n","nameWithOwner":"o/n"},"state":"open","title":"T","updatedAt":"2026-01-03T00:00:00Z","url":"https://github.com/o/n/pull/4"},
{"author":{"login":"ada","type":"User"},"closedAt":"2026-01-04T00:00:00Z","createdAt":"2026-01-02T00:00:00Z","id":"Q","isDraft":false,
"number":5,"repository":{"name":"n","nameWithOwner":"o/n"},"state":"merged","title":"T","updatedAt":"2026-01-04T00:00:00Z","url":"https://github.com/o/n/pull/5"}]"#;
    let Read {
        items, warnings, ..
    } = read(&FORMAT, text, "s.json").unwrap();
    let open = items[0].task().unwrap();
    assert_eq!((open.task.done, stage(open)), (None, Some(Stage::InReview)));
    let merged = &items[1].task().unwrap().task;
    assert_eq!(merged.done, merged.review.as_ref().unwrap().merged);
    assert!(merged.done.is_some());
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("gh search"));
}

#[test]
fn records_printed_one_by_one_are_the_same_and_what_was_not_asked_for_is_said() {
    let one = r#"{"number":4,"state":"OPEN","title":"T","url":"https://github.com/o/n/pull/4"}"#;
    let pages = [
        format!("{one}\n{one}\n"),
        format!("[{one}][{one}]"),
        format!("[[{one}],[{one}]]"),
    ];
    for text in pages {
        let seen = read(&FORMAT, text, "x.json").unwrap();
        assert_eq!(seen.tasks().len(), 2);
        for word in [
            "createdAt",
            "updatedAt",
            "author",
            "mergedAt",
            "reviews",
            "commits",
        ] {
            let said = seen.warnings.iter().any(|text| text.contains(word));
            assert!(said, "{word} in {:?}", seen.warnings);
        }
    }
    let open = read(&FORMAT, format!("[{one}]"), "x.json").unwrap();
    assert!(
        open.warnings
            .iter()
            .any(|text| text.contains("--state all"))
    );
}

#[test]
fn a_table_without_json_is_refused_with_the_command_to_use() {
    for text in [
        "18\tOPEN\tTitle\tbug, x\t2025-08-07 21:47:56 +0000 UTC\n",
        "7\tTitle\tbranch\tMERGED\t2025-08-07T21:47:56Z\n",
        "o/n\t7\topen\tTitle\t\t2025-08-07T21:47:56Z\n",
    ] {
        let error = read(&FORMAT, text, "issues.tsv").unwrap_err().to_string();
        assert!(error.contains("--json number,title,url"), "{error}");
    }
}
