//! Whatever bytes come, the readers of GitHub's, GitLab's and Jira's JSON give a result or an
//! error.

use proptest::prelude::*;

use super::format::Format;
use super::input::Input;
use super::testing::{context, read_with};
use super::{github, gitlab, jira_json};

const FORMATS: [&Format; 5] = [
    &github::gh::FORMAT,
    &github::rest::FORMAT,
    &github::archive::FORMAT,
    &gitlab::FORMAT,
    &jira_json::FORMAT,
];

/// One whole record of each format, by position, in its commonest envelope.
const WHOLE: [&str; 5] = [
    r#"[{"number":7,"title":"T","url":"https://github.com/o/n/pull/7","id":"P","state":"MERGED","isDraft":false,"createdAt":"2026-01-02T00:00:00Z","mergedAt":"2026-01-03T00:00:00Z",
"author":{"login":"ada","id":5},"labels":[{"name":"bug"}],"commits":[{"oid":"00000000000000000000000000000000000000a1","authoredDate":"2026-01-01T00:00:00Z"}],
"reviews":[{"author":{"login":"bob"},"state":"APPROVED","submittedAt":"2026-01-02T12:00:00Z"}]}]"#,
    r#"[{"html_url":"https://github.com/o/n/issues/7","number":7,"title":"T","state":"closed","state_reason":"not_planned","created_at":"2026-01-02T00:00:00Z",
"closed_at":"2026-01-03T00:00:00Z","assignees":[{"login":"ada","id":5}],"labels":["x",{"name":"bug"}],"pull_request":{"merged_at":null},"type":{"name":"Bug"}}]"#,
    r#"[{"type":"issue_event","url":"https://github.com/o/n/issues/1#event-1","issue":"https://github.com/o/n/issues/1","event":"closed","created_at":"2026-01-03T00:00:00Z"},
{"type":"pull_request_review","url":"https://github.com/o/n/pull/2/files#r","pull_request":"https://github.com/o/n/pull/2","user":"https://github.com/bob","state":40,"submitted_at":"2026-01-03T00:00:00Z"}]"#,
    r#"[{"id":71,"iid":1,"title":"T","state":"closed","created_at":"2026-01-02T15:04:58.946Z","closed_at":"2026-01-09T14:32:05.376Z","labels":["workflow::in dev"],
"assignees":[{"id":5,"username":"ada"}],"due_date":"2026-01-08","web_url":"https://gitlab.com/g/app/-/issues/1","time_stats":{"time_estimate":3600},"weight":2,"moved_to_id":3}]"#,
    r#"{"total":1,"issues":[{"id":"10","key":"ING-1","fields":{"summary":"T","status":{"id":"3","name":"Doing","statusCategory":{"key":"done"}},"created":"2026-01-02T04:34:26.239+0000",
"resolution":{"name":"Won't Do"},"customfield_1":5,"worklog":{"total":1,"worklogs":[{"started":"2026-01-02T04:34:26.239+0000","timeSpentSeconds":60}]}},
"changelog":{"total":1,"histories":[{"created":"2026-01-03T04:34:26.239+0000","items":[{"field":"status","from":"1","fromString":"Open","to":"3","toString":"Doing"}]}]}}],"names":{"customfield_1":"Story Points"}}"#,
];

/// What is put in place of a stretch of a file.
const TOKENS: [&str; 18] = [
    "",
    "null",
    "-1",
    "18446744073709551616",
    "1e999",
    "\"\"",
    "\"\\ud800\"",
    "\"9999-99-99T99:99:99Z\"",
    "\"https://github.com/a/b/issues/18446744073709551616\"",
    "\"%\"",
    "{",
    "}",
    "[[[[",
    "]",
    ",",
    "\"issues\":[",
    "\u{feff}",
    "é",
];

fn reads(bytes: &[u8]) {
    let Ok(input) = Input::from_bytes(bytes, "x.json") else {
        return;
    };
    for format in FORMATS {
        // Detected or said by --format: either way it must come to an end.
        let detected = (format.fits)(input.head());
        let read = read_with(format, &input, &context());
        if let Err(error) = read {
            assert!(!error.to_string().is_empty(), "{} {detected}", format.id);
        }
    }
}

#[test]
fn the_whole_records_are_read() {
    for (format, text) in FORMATS.into_iter().zip(WHOLE) {
        let input = Input::from_bytes(text, "x.json").unwrap();
        assert!((format.fits)(input.head()), "{}", format.id);
        let seen = read_with(format, &input, &context()).unwrap();
        assert!(
            !seen.items.is_empty() && seen.rejected.is_empty(),
            "{}: {seen:?}",
            format.id
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_result_or_an_error(bytes in prop::collection::vec(any::<u8>(), 1..600)) {
        reads(&bytes);
    }

    #[test]
    fn any_change_of_a_record_gives_a_result_or_an_error(
        which in 0..WHOLE.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, 0..TOKENS.len()), 1..6),
    ) {
        let mut bytes = WHOLE[which].as_bytes().to_vec();
        for (at, length, token) in changes {
            let from = at.index(bytes.len() + 1);
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, TOKENS[token].bytes());
        }
        reads(&bytes);
    }
}
