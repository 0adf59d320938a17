//! GitLab: issues and merge requests as its interface answers them.

use serde::Deserialize;

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::head::Head;
use super::input::Input;
use super::{ImportError, records};
use crate::model::text::Clean;
use place::Place;
use record::Record;

mod place;
mod record;

/// Pages of issues or merge requests.
pub(super) const FORMAT: Format = Format {
    id: "gitlab-json",
    source: "gitlab",
    label: "GitLab JSON",
    fits: |head| place(head).is_some() || is_error(head),
    read,
    caps: &[
        (
            20,
            "a page has as many unless per_page says more: get the next one",
        ),
        (100, "a page has no more: get the next one"),
    ],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "GitLab (JSON)",
    steps: &[
        "Where the glab program is signed in, all of yours over every project:",
        "$ glab api --paginate 'issues?scope=assigned_to_me&state=all&per_page=100' > issues.json",
        "$ glab api --paginate 'merge_requests?scope=created_by_me&state=all&per_page=100' > merge-requests.json",
        "Or one project: projects/GROUP%2FPROJECT/issues?state=all&per_page=100, and the same with merge_requests.",
        "Without glab: sign in with the browser, open https://gitlab.com/api/v4/issues?scope=assigned_to_me&state=all&per_page=100&page=1 and save the page as a file; go on with page=2 until a page is empty. The same with merge_requests?scope=created_by_me.",
    ],
    yields: "issues with when they were opened, closed and due, estimate, time spent as a sum, weight and labels; merge requests with when they were opened, merged or closed, their branch and commits",
    cannot: "GitLab exports no moves: when work on an issue began is not known, and a scoped label such as workflow::in dev tells only where it stands now. Importing an export every week gives the moves between them. When a merge request was reviewed or approved is not in it.",
};

fn place(head: &Head) -> Option<&'static str> {
    let place = records::place(head, &["iid", "web_url"])?;
    let url = records::first(head, place, "web_url")?;
    Place::parse(url).map(|_| place)
}

/// Whether it is what GitLab answers in place of a page: a message that begins with a number of
/// three digits, or an error with its description.
fn is_error(head: &Head) -> bool {
    let said = |key| records::first(head, "", key).unwrap_or_default();
    let numbered = |text: &str| {
        let number = text.split(' ').next().unwrap_or_default();
        number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let bare = !head.has_json(&["documentation_url"]);
    bare && (numbered(said("message"))
        || numbered(said("error"))
        || head.has_json(&["error", "error_description"]))
}

#[derive(Deserialize)]
struct Refusal {
    message: Option<String>,
    error_description: Option<String>,
    error: Option<String>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let Some(place) = place(input.head()) else {
        return Err(if is_error(input.head()) {
            refusal(input)?
        } else {
            ImportError::Unknown
        });
    };
    let mut fields = Fields::new(Dates::new(context.zone));
    let mut elements = input.elements(&[place])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        let one = element.parse::<Record>();
        match one.and_then(|one| one.found(line, &mut fields)) {
            Ok(found) => out.task(found)?,
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    fields.warn(out);
    Ok(())
}

/// The message of an error reply.
fn refusal(input: &Input) -> Result<ImportError, ImportError> {
    let mut elements = input.elements(&[""])?;
    let said = elements.next()?.and_then(|one| one.parse::<Refusal>().ok());
    let said = said.and_then(|one| one.message.or(one.error_description).or(one.error));
    let said = said.unwrap_or_default();
    Ok(ImportError::Reply(Clean::label(said.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::super::found::{Found, Whose};
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::{Stage, StageWords};
    use crate::model::task::{Estimate, TaskKind};

    fn stages(found: &[&Found]) -> Vec<Option<Stage>> {
        let words = StageWords::default();
        let stage = |one: &&Found| words.stage(&one.task.status);
        found.iter().map(stage).collect()
    }

    const ISSUES: &str = r#"[{"id":71,"iid":1,"title":"One","state":"closed","created_at":"2026-01-02T15:04:58.946Z","updated_at":"2026-01-09T14:32:05.434Z",
"closed_at":"2026-01-09T14:32:05.376Z","labels":["bug"],"assignees":[{"id":5,"username":"ada","name":"Ada"}],"assignee":{"id":5,"username":"ada","name":"Ada"},
"issue_type":"issue","due_date":"2026-01-08","web_url":"https://gitlab.com/g/app/-/issues/1","time_stats":{"time_estimate":3600,"total_time_spent":1800},"weight":2,
"moved_to_id":null,"_links":{"closed_as_duplicate_of":null},"epic":{"iid":3,"url":"/groups/g/sub/-/epics/3"}},
{"id":72,"iid":2,"title":"Two","state":"opened","created_at":"2026-01-02T15:04:58.946Z","closed_at":null,"labels":["workflow::in dev"],"assignee":{"username":"ada"},
"issue_type":"incident","web_url":"https://gitlab.com/g/app/-/work_items/2","weight":3},
{"id":73,"iid":3,"title":"Three","state":"closed","closed_at":"2026-01-03T00:00:00Z","labels":[{"name":"x"}],"web_url":"https://gitlab.com/g/app/-/issues/3","moved_to_id":99},
{"id":74,"iid":4,"title":"Four","state":"closed","closed_at":"2026-01-03T00:00:00Z","web_url":"https://gitlab.com/g/app/-/issues/4","_links":{"closed_as_duplicate_of":"u"}},
{"id":75,"iid":5,"title":"Five","state":"opened"},
{"id":76,"iid":6,"title":"Six","state":"closed","closed_at":"2026-01-03T00:00:00Z","labels":["status::wontfix"],"web_url":"https://gitlab.com/g/app/-/issues/6"}]"#;

    #[test]
    fn issues_have_a_word_of_the_workflow_an_estimate_and_a_sum_of_time() {
        let seen = read(&FORMAT, ISSUES, "issues.json").unwrap();
        let tasks = seen.tasks();
        let wanted = [
            Stage::Done,
            Stage::InProgress,
            Stage::Cancelled,
            Stage::Cancelled,
            Stage::Cancelled,
        ];
        assert_eq!(stages(&tasks), wanted.map(Some));
        let one = &tasks[0].task;
        assert_eq!(one.key.as_str(), "g/app#1");
        assert_eq!(
            (one.estimate, one.spent),
            (Some(Estimate::Seconds(3_600)), Some(1_800))
        );
        assert_eq!(one.parent.as_ref().unwrap().as_str(), "g/sub&3");
        assert_eq!(
            (one.kind, tasks[1].task.kind),
            (TaskKind::Bug, TaskKind::Bug)
        );
        assert_eq!(tasks[1].task.estimate, Some(Estimate::Points(3_000)));
        assert!(one.done.is_some() && tasks[1].task.done.is_none());
        for found in &tasks[..2] {
            assert!(matches!(&found.whose, Whose::People(people) if people.len() == 1));
        }
        assert_eq!(tasks[2].whose, Whose::People(Vec::new()), "nobody's");
        assert_eq!((seen.rejected.len(), seen.warnings.len()), (1, 0));
    }

    const MERGES: &str = r#"{"id":81,"iid":1,"title":"M","state":"merged","merged_at":"2026-01-05T00:00:00Z","closed_at":null,"created_at":"2026-01-02T00:00:00Z",
"source_branch":"ING-1-x","author":{"id":5,"username":"ada"},"assignees":[],"reviewers":[{"id":6,"username":"bob"}],"draft":false,"sha":"00000000000000000000000000000000000000aa",
"merge_commit_sha":"00000000000000000000000000000000000000ff","squash_commit_sha":null,"web_url":"https://gitlab.com/g/app/-/merge_requests/1"}
{"id":82,"iid":2,"title":"Draft: M","state":"opened","merged_at":null,"work_in_progress":true,"author":{"id":5},"sha":"short","web_url":"https://gitlab.com/g/app/-/merge_requests/2"}
{"id":83,"iid":3,"title":"M","state":"closed","closed_at":"2026-01-05T00:00:00Z","author":null,"web_url":"https://gitlab.com/g/app/-/merge_requests/3"}
{"id":84,"iid":4,"title":"M","state":"opened","author":{"id":5},"draft":false,"web_url":"https://gitlab.com/g/app/-/merge_requests/4"}
"#;

    #[test]
    fn merge_requests_are_their_authors() {
        let seen = read(&FORMAT, MERGES, "mrs.ndjson").unwrap();
        let tasks = seen.tasks();
        let wanted = [
            Stage::Done,
            Stage::InProgress,
            Stage::Cancelled,
            Stage::InReview,
        ];
        assert_eq!(stages(&tasks), wanted.map(Some));
        let review = tasks[0].task.review.as_ref().unwrap();
        assert_eq!(
            (review.merged, review.commits.len()),
            (tasks[0].task.done, 2)
        );
        assert_eq!(review.branch.as_ref().unwrap().as_str(), "ING-1-x");
        assert_eq!(tasks[0].requested.len(), 1);
        assert_eq!(tasks[0].task.aliases[0], "gitlab:gitlab.com/g/app!1");
        assert!(tasks[1].task.review.as_ref().unwrap().commits.is_empty());
        let closed = tasks[2].task.review.as_ref().unwrap();
        assert_eq!((closed.closed, closed.merged), (tasks[2].task.done, None));
    }

    #[test]
    fn an_error_reply_is_called_one() {
        for text in [
            r#"{"message":"401 Unauthorized"}"#,
            r#"{"error":"invalid_token","error_description":"401 Token expired"}"#,
            r#"{"error":"404 Not Found"}"#,
        ] {
            let error = read(&FORMAT, text, "x.json").unwrap_err().to_string();
            assert!(
                error.contains("error reply") && error.contains("40"),
                "{error}"
            );
        }
    }
}
