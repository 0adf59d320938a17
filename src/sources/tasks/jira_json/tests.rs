use super::super::found::{Found, Person, Whose};
use super::super::testing::read;
use super::*;
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, TaskKind, When};

/// Of the fields of an issue all but its status.
const REST: &str = r#""summary":"Parse it","issuetype":{"name":"Story","subtask":false,"hierarchyLevel":0},"project":{"key":"ING"},
"created":"2026-01-02T04:34:26.239+0200","updated":"2026-01-20T00:00:00.000+0000","duedate":"2026-01-31","labels":["x"],"parent":{"key":"ING-1"},
"description":{"type":"doc","content":[{"type":"text"}]},"assignee":{"accountId":"5b:1","displayName":"Ada","emailAddress":"ada@example.org"}"#;

fn status(id: u32, name: &str, category: &str) -> String {
    format!(
        r#""status":{{"id":"{id}","name":"{name}","statusCategory":{{"id":1,"key":"{category}"}}}}"#
    )
}

fn moved(at: &str, from: (u32, &str), to: (u32, &str)) -> String {
    format!(
        r#"{{"created":"{at}","items":[{{"field":"description","fromString":"{}","toString":"b"}},
{{"field":"status","fieldId":"status","from":"{}","fromString":"{}","to":"{}","toString":"{}"}}]}}"#,
        "a".repeat(300),
        from.0,
        from.1,
        to.0,
        to.1
    )
}

fn issue(number: u32, fields: &str, histories: &[String], total: usize) -> String {
    format!(
        r#"{{"id":"100{number}","key":"ING-{number}","fields":{{{REST},{fields}}},"changelog":{{"startAt":0,"total":{total},"histories":[{}]}}}}"#,
        histories.join(",")
    )
}

fn stage(status: &Status) -> Option<Stage> {
    StageWords::default().stage(status)
}

fn stages(found: &Found) -> Vec<Option<Stage>> {
    let moves = &found.task.transitions;
    moves.iter().map(|one| stage(&one.to)).collect()
}

/// One issue that went to work, to review and to the end, told newest first; and one in work.
fn two() -> [String; 2] {
    let done = issue(
        2,
        &format!(
            r#"{},"resolution":{{"name":"Done"}},"resolutiondate":"2026-01-12T00:00:00.000+0000""#,
            status(5, "Fertig", "done")
        ),
        &[
            moved(
                "2026-01-12T00:00:00.000+0000",
                (4, "Abnahme"),
                (5, "Fertig"),
            ),
            moved(
                "2026-01-11T00:00:00.000+0000",
                (3, "In Arbeit"),
                (4, "Abnahme"),
            ),
            moved(
                "2026-01-10T00:00:00.000+0000",
                (1, "Offen"),
                (3, "In Arbeit"),
            ),
        ],
        3,
    );
    let open = issue(
        3,
        &status(4, "Abnahme", "indeterminate"),
        &[moved(
            "2026-01-10T00:00:00.000+0000",
            (1, "Offen"),
            (4, "Abnahme"),
        )],
        1,
    );
    [done, open]
}

#[test]
fn moves_are_in_order_and_their_categories_learned_from_other_issues() {
    let [done, open] = two();
    let text = format!(r#"{{"startAt":0,"maxResults":50,"total":2,"issues":[{done},{open}]}}"#);
    let seen = read(&FORMAT, text, "search.json").unwrap();
    assert!(
        seen.warnings.is_empty() && seen.rejected.is_empty(),
        "{seen:?}"
    );
    let tasks = seen.tasks();
    let task = &tasks[0].task;
    let wanted = [Stage::InProgress, Stage::InProgress, Stage::Done];
    assert_eq!(
        stages(tasks[0]),
        wanted.map(Some),
        "Abnahme by the other issue"
    );
    assert!(task.history_whole && tasks[1].task.history_whole);
    assert_eq!(task.transitions[2].to, task.status);
    assert_eq!(
        stage(task.transitions[0].from.as_ref().unwrap()),
        Some(Stage::Todo)
    );
    assert_eq!(task.done.map(When::order), Some(1_768_176_000));
    assert_eq!(task.aliases, ["jira:ING-2", "jira:1002@29455354"]);
    assert_eq!(
        (task.kind, task.parent.as_ref().unwrap().as_str()),
        (TaskKind::Story, "ING-1")
    );
    assert!(matches!(task.due, Some(When::Day(_))), "a day");
    let ada = Person::with_id("5b:1")
        .name("Ada")
        .address("ada@example.org");
    assert_eq!(tasks[0].whose, Whose::People(vec![ada]));
}

#[test]
fn every_envelope_gives_the_same_issues() {
    let [a, b] = two();
    let pages = [
        format!(r#"{{"issues":[{a},{b}],"isLast":true}}"#),
        format!(r#"[{{"issues":[{a}],"total":2}},{{"issues":[{b}],"total":2}}]"#),
        format!(r#"{{"issues":[{a}],"isLast":false}}{{"issues":[{b}],"isLast":true}}"#),
        format!("[{a},{b}]"),
        format!("{a}\n{b}\n"),
    ];
    for text in &pages {
        let text = text.replace('\n', " ").replace("} {\"id\"", "}\n{\"id\"");
        let seen = read(&FORMAT, text.clone(), "jira.json").unwrap();
        let moves: Vec<usize> = seen.tasks().iter().map(|one| stages(one).len()).collect();
        assert_eq!(moves, [3, 1], "{text}");
        assert!(seen.warnings.is_empty(), "{:?}", seen.warnings);
    }
    assert_eq!(read(&FORMAT, a, "ING-2.json").unwrap().tasks().len(), 1);
}

#[test]
fn a_page_that_is_not_the_last_is_said() {
    let [a, _] = two();
    for (text, word) in [
        (
            format!(r#"{{"issues":[{a}],"isLast":false,"nextPageToken":"t"}}"#),
            "nextPageToken",
        ),
        (format!(r#"{{"total":7,"issues":[{a}]}}"#), "1 of 7"),
    ] {
        let seen = read(&FORMAT, text, "p.json").unwrap();
        assert!(seen.warnings[0].contains(word), "{:?}", seen.warnings);
    }
}

#[test]
fn a_search_that_found_nothing_is_known_and_said() {
    for text in [
        r#"{"issues":[],"isLast":true}"#,
        r#"{"startAt":0,"maxResults":50,"total":0,"issues":[]}"#,
    ] {
        let seen = read(&FORMAT, text, "x.json").unwrap();
        assert!(seen.items.is_empty());
        assert!(
            seen.warnings[0].contains("no issues"),
            "{:?}",
            seen.warnings
        );
    }
}

#[test]
fn what_was_given_up_was_so_from_its_last_closing_on() {
    let one = issue(
        4,
        &format!(
            r#"{},"resolution":{{"name":"Won't Do"}},"resolutiondate":"2026-01-12T00:00:00.000+0000""#,
            status(6, "Closed", "done")
        ),
        &[
            moved("2026-01-10T00:00:00.000+0000", (1, "Open"), (5, "Resolved")),
            moved("2026-01-11T00:00:00.000+0000", (5, "Resolved"), (1, "Open")),
            moved("2026-01-12T00:00:00.000+0000", (1, "Open"), (5, "Resolved")),
            moved(
                "2026-01-13T00:00:00.000+0000",
                (5, "Resolved"),
                (6, "Closed"),
            ),
        ],
        4,
    );
    let seen = read(&FORMAT, one, "x.json").unwrap();
    let found = seen.tasks()[0];
    assert_eq!(stage(&found.task.status), Some(Stage::Cancelled));
    let wanted = [Stage::Done, Stage::Todo, Stage::Cancelled, Stage::Cancelled];
    assert_eq!(stages(found), wanted.map(Some));
    let from = |at: usize| stage(found.task.transitions[at].from.as_ref().unwrap());
    assert_eq!(
        (from(2), from(3)),
        (Some(Stage::Todo), Some(Stage::Cancelled))
    );
    assert!(found.task.done.is_some());
}

#[test]
fn a_reopened_issue_is_not_done_whatever_resolution_it_kept() {
    let fields = format!(
        r#"{},"resolution":{{"name":"Won't Fix"}},"resolutiondate":"2026-01-12T00:00:00.000+0000","statuscategorychangedate":"2026-01-13T00:00:00.000+0000""#,
        status(1, "Reopened", "new")
    );
    let seen = read(&FORMAT, issue(4, &fields, &[], 0), "x.json").unwrap();
    let task = &seen.tasks()[0].task;
    assert_eq!((stage(&task.status), task.done), (Some(Stage::Todo), None));
}

#[test]
fn without_a_resolution_the_change_of_category_tells_when_it_was_done() {
    let fields = format!(
        r#"{},"resolution":null,"statuscategorychangedate":"2026-01-13T00:00:00.000+0000""#,
        status(5, "Erledigt", "done")
    );
    let seen = read(&FORMAT, issue(4, &fields, &[], 0), "x.json").unwrap();
    let task = &seen.tasks()[0].task;
    assert_eq!(task.done.map(When::order), Some(1_768_262_400));
}

#[test]
fn a_cut_history_and_one_that_ends_elsewhere_are_not_whole() {
    let step = moved("2026-01-10T00:00:00.000+0000", (1, "Open"), (3, "Doing"));
    let cut = issue(
        4,
        &status(3, "Doing", "indeterminate"),
        std::slice::from_ref(&step),
        9,
    );
    let elsewhere = issue(5, &status(4, "Review", "indeterminate"), &[step], 1);
    let bare = format!(
        r#"{{"key":"ING-6","fields":{{{}}}}}"#,
        status(1, "Open", "new")
    );
    let text = format!("[{cut},{elsewhere},{bare}]");
    let seen = read(&FORMAT, text, "x.json").unwrap();
    assert!(seen.tasks().iter().all(|one| !one.task.history_whole));
    for word in [
        "1 issues have more changes",
        "1 issues come without",
        "1 issues do not say whose",
    ] {
        assert!(
            seen.warnings.iter().any(|text| text.starts_with(word)),
            "{:?}",
            seen.warnings
        );
    }
}

#[test]
fn points_and_epics_are_fields_that_are_named_and_nothing_else_is() {
    let fields = format!(
        r#"{},"customfield_1":8.0,"customfield_2":5.0,"customfield_3":"ING-77","customfield_4":"ING-78","customfield_5":[{{"x":1}}],"timeoriginalestimate":3600,"timespent":60"#,
        status(1, "Open", "new")
    );
    let one = issue(4, &fields, &[], 0).replace(r#","parent":{"key":"ING-1"}"#, "");
    let named = |names: &str| {
        let text = format!(r#"{{"issues":[{one}],"names":{{{names}}},"isLast":true}}"#);
        let seen = read(&FORMAT, text, "x.json").unwrap();
        let task = seen.tasks()[0].task.clone();
        (
            task.estimate,
            task.parent.map(|key| key.as_str().to_owned()),
            task.spent,
        )
    };
    let points =
        r#""customfield_1":"Risk","customfield_2":"Story Points","customfield_3":"Epic Link""#;
    let wanted = (
        Some(Estimate::Points(5_000)),
        Some("ING-77".to_owned()),
        Some(60),
    );
    assert_eq!(named(points), wanted);
    assert_eq!(
        named(r#""customfield_1":"Risk""#),
        (Some(Estimate::Seconds(3_600)), None, Some(60))
    );
    let history = r#"{"created":"2026-01-10T00:00:00.000+0000","items":[{"field":"Story point estimate","fieldId":"customfield_1","to":"8"}]}"#;
    let told = issue(4, &fields, &[history.to_owned()], 1);
    let seen = read(&FORMAT, told, "x.json").unwrap();
    assert_eq!(seen.tasks()[0].task.estimate, Some(Estimate::Points(8_000)));
}

#[test]
fn an_issue_that_was_moved_keeps_the_names_it_had() {
    let history = r#"{"created":"2026-01-10T00:00:00.000+0000","items":[{"field":"Key","fromString":"OLD-7","toString":"ING-4"},{"field":"Key","fromString":"no key"}]}"#;
    let one = issue(4, &status(1, "Open", "new"), &[history.to_owned()], 1);
    let seen = read(&FORMAT, one, "x.json").unwrap();
    let aliases = &seen.tasks()[0].task.aliases;
    assert_eq!((aliases.len(), aliases[2].as_str()), (3, "jira:OLD-7"));
}

#[test]
fn logged_work_is_its_authors_and_a_cut_one_is_said() {
    let fields = format!(
        r#"{},"timespent":9000,"worklog":{{"startAt":0,"maxResults":20,"total":21,"worklogs":[
{{"id":"7","author":{{"accountId":"5b:2"}},"started":"2026-01-10T09:00:00.000+0100","timeSpentSeconds":5400,"comment":"tests"}},
{{"id":"8","author":{{"name":"ada"}},"started":"2026-01-11T09:00:00.000+0100","timeSpentSeconds":600,"comment":{{"type":"doc"}}}},
{{"id":"9","started":"2026-01-11T09:00:00.000+0100","timeSpentSeconds":0}}]}}"#,
        status(1, "Open", "new")
    );
    let seen = read(&FORMAT, issue(4, &fields, &[], 0), "x.json").unwrap();
    let found = seen.tasks()[0];
    assert_eq!(found.work.len(), 2);
    let (by, entry) = &found.work[0];
    assert_eq!((by, entry.seconds), (&Person::with_id("5b:2"), Some(5_400)));
    assert_eq!(entry.note.as_ref().unwrap().as_str(), "tests");
    assert_eq!(found.work[1].0, Person::with_login("ada"));
    assert_eq!(found.work[1].1.note, None, "a document is not read");
    assert_eq!(found.task.spent, None, "the entries have it");
    assert!(
        seen.warnings
            .iter()
            .any(|text| text.contains("logged work"))
    );
}

#[test]
fn records_without_key_or_fields_are_listed() {
    let [a, _] = two();
    let text = format!(
        r#"{{"issues":[{a},{{"id":"1","key":"ING-9"}},{{"id":"2","key":"nine","fields":{{}}}},{{"key":7,"fields":{{}}}}],"isLast":true}}"#
    );
    let seen = read(&FORMAT, text, "x.json").unwrap();
    let reasons: Vec<&str> = seen
        .rejected
        .iter()
        .map(|one| one.reason.as_str())
        .collect();
    assert_eq!(reasons[..2], ["no fields", "no key"]);
    assert_eq!((seen.tasks().len(), reasons.len()), (1, 3));
}

#[test]
fn a_page_of_ids_and_an_error_reply_are_refused_by_name() {
    let refused = |text: &str| read(&FORMAT, text, "x.json").unwrap_err().to_string();
    let ids = refused(r#"{"issues":[{"id":"10000"},{"id":"10001"}],"isLast":true}"#);
    assert!(
        ids.contains("fields=*all") && ids.contains("expand=changelog"),
        "{ids}"
    );
    for text in [
        r#"{"errorMessages":["The value 'x' does not exist"],"errors":{}}"#,
        r#"{"errorMessages":[],"errors":{"jql":"does not exist"}}"#,
        r#"{"message":"does not exist","status-code":401}"#,
    ] {
        let error = refused(text);
        assert!(
            error.contains("error reply") && error.contains("does not exist"),
            "{error}"
        );
    }
}
