//! What was imported shows outside `import`: log, me, explain, doctor, privacy.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::home::Home;

/// Two issues of Ada's, one of them finished, one of Bob's, and one of hers given up.
const ISSUES: &str = r#"[
{"number":1,"title":"Tabs break the parser","url":"https://github.com/o/harbour/issues/1","id":"I_1","state":"CLOSED","stateReason":"COMPLETED",
 "createdAt":"2026-02-01T09:00:00Z","updatedAt":"2026-02-03T10:00:00Z","closedAt":"2026-02-03T10:00:00Z","author":{"login":"bob"},"assignees":[{"login":"ada"}],"labels":[{"name":"bug"}]},
{"number":2,"title":"Quays","url":"https://github.com/o/harbour/issues/2","id":"I_2","state":"OPEN","stateReason":"",
 "createdAt":"2026-02-05T09:00:00Z","updatedAt":"2026-02-05T09:00:00Z","closedAt":null,"author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[]},
{"number":3,"title":"Gate of Bob","url":"https://github.com/o/harbour/issues/3","id":"I_3","state":"OPEN","stateReason":"",
 "createdAt":"2026-02-05T09:00:00Z","updatedAt":"2026-02-05T09:00:00Z","closedAt":null,"author":{"login":"bob"},"assignees":[{"login":"bob"}],"labels":[]},
{"number":4,"title":"Crane","url":"https://github.com/o/yard/issues/4","id":"I_4","state":"CLOSED","stateReason":"NOT_PLANNED",
 "createdAt":"2026-02-01T09:00:00Z","updatedAt":"2026-02-04T10:00:00Z","closedAt":"2026-02-04T10:00:00Z","author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[]}]"#;

/// A pull request of Bob's that Ada reviewed.
const PULLS: &str = r#"[{"number":9,"title":"Secret of Bob","url":"https://github.com/o/harbour/pull/9","id":"PR_9","state":"MERGED","isDraft":false,
 "createdAt":"2026-02-02T09:00:00Z","updatedAt":"2026-02-04T09:00:00Z","closedAt":"2026-02-04T09:00:00Z","mergedAt":"2026-02-04T09:00:00Z",
 "author":{"login":"bob"},"assignees":[],"labels":[],"headRefName":"gate","reviews":[
 {"author":{"login":"ada"},"state":"APPROVED","submittedAt":"2026-02-03T15:00:00Z"},
 {"author":{"login":"cem"},"state":"APPROVED","submittedAt":"2026-02-03T16:00:00Z"}],"reviewRequests":[]}]"#;

/// Two hours that overlap by half an hour on one task, and one on another.
const TIME: &str = r#"[
{"id":3,"start":"20260203T080000Z","end":"20260203T090000Z","tags":["ING-207"],"annotation":"parser"},
{"id":2,"start":"20260203T083000Z","end":"20260203T093000Z","tags":["ING-207"]},
{"id":1,"start":"20260203T120000Z","end":"20260203T121500Z","tags":["ING-9"]}]"#;

fn file(home: &Home, name: &str, content: &str) -> String {
    let path = home.path(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A home where Ada's exports were imported.
fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let issues = file(&home, "issues.json", ISSUES);
    let pulls = file(&home, "prs.json", PULLS);
    let time = file(&home, "timew.json", TIME);
    home.inward(&["import", &issues, &pulls, "--mine", "ada"])
        .expect(0);
    home.inward(&["import", &time]).expect(0);
    home
}

fn rows(home: &Home, args: &[&str]) -> Vec<Value> {
    let all = [&["log"], args, &["--json"]].concat();
    let log = home.inward(&all).expect(0).json();
    log["rows"].as_array().unwrap().clone()
}

fn told(rows: &[Value], fields: &[&str]) -> Vec<String> {
    let one = |row: &Value| {
        let cells = fields.iter().map(|field| match &row[*field] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        cells.collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(one).collect()
}

#[test]
fn a_day_shows_what_was_finished_reviewed_and_recorded() {
    let home = home();
    let found = rows(&home, &["2026-02-03"]);
    assert_eq!(
        told(&found, &["kind", "key", "task", "what", "seconds"]),
        [
            "time null ING-207 null 5400",
            "time null ING-9 null 900",
            "review o/harbour#9 null null null",
            "task o/harbour#1 null finished null",
        ],
        "overlaps count once, newest first"
    );
    let text = home.inward(&["log", "2026-02-03"]).expect(0).stdout;
    for words in ["Tabs break the parser", "finished", "reviewed", "1h30"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn each_kind_is_listed_alone() {
    let home = home();
    assert_eq!(
        told(
            &rows(&home, &["all", "--kind", "tasks"]),
            &["key", "what", "state"]
        ),
        [
            "o/harbour#2 created todo",
            "o/yard#4 given-up cancelled",
            "o/harbour#1 finished done"
        ]
    );
    let entries = rows(&home, &["all", "--kind", "entries"]);
    assert_eq!(
        told(&entries, &["task", "seconds", "note"]),
        ["ING-9 900 null", "ING-207 3600 null", "ING-207 3600 parser"]
    );
    assert_eq!(rows(&home, &["all", "--kind", "reviews"]).len(), 1);
    assert!(rows(&home, &["all", "--kind", "commits"]).is_empty());
    home.inward(&["log", "--kind", "streaks"]).expect(2);
}

#[test]
fn text_finds_titles_and_keys_and_a_project_fits_its_repository() {
    let home = home();
    let repo = home.repo("harbour");
    let ada = "Ada <ada@example.org>";
    home.commit(&repo, ("a.rs", "one\n"), ada, "2026-02-03T11:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    let keys = |args: &[&str]| told(&rows(&home, args), &["kind", "key"]);
    assert_eq!(
        keys(&["all", "--text", "TABS parser"]),
        ["task o/harbour#1"]
    );
    assert_eq!(keys(&["all", "--text", "yard#4"]), ["task o/yard#4"]);
    assert_eq!(
        keys(&["all", "--repo", "harbour"]),
        [
            "task o/harbour#2",
            "review o/harbour#9",
            "commit null",
            "task o/harbour#1"
        ],
        "nothing of the yard, and no time without a project"
    );
}

#[test]
fn csv_has_a_row_of_every_kind_under_one_header() {
    let home = home();
    let table = home.inward(&["log", "all", "--csv"]).expect(0).stdout;
    let mut lines = table.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("kind,time,oid,repo,summary,")
    );
    let kinds: Vec<&str> = lines.map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(kinds, ["task", "task", "time", "time", "review", "task"]);
}

#[test]
fn nobody_else_comes_with_an_import() {
    let home = home();
    for entry in fs::read_dir(home.data()).unwrap() {
        let path = entry.unwrap().path();
        assert!(
            !holds(&path, b"of Bob") && !holds(&path, b"\"cem\""),
            "{path:?}"
        );
    }
    let label = home.inward(&["privacy"]).expect(0).stdout;
    assert!(
        label.contains("of reviewers of yours only times"),
        "{label}"
    );
    let number = |table: &str| {
        let json = home.inward(&["privacy", "--json"]).expect(0).json();
        let tables = json["tables"].as_array().unwrap().clone();
        let one = tables.iter().find(|one| one["table"] == table).unwrap();
        one["rows"].as_u64().unwrap()
    };
    assert_eq!((number("tasks"), number("reviews")), (3, 1));
    home.inward(&["status"]).expect(0);
}

fn holds(path: &Path, needle: &[u8]) -> bool {
    let bytes = fs::read(path).unwrap();
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn me_shows_what_trackers_call_me_and_takes_it_back_for_good() {
    let home = home();
    let accounts = |home: &Home| {
        let me = home.inward(&["me", "--json"]).expect(0).json();
        me["accounts"].as_array().unwrap().clone()
    };
    assert_eq!(
        told(&accounts(&home), &["tracker", "name", "evidence"]),
        ["github ada typed"]
    );
    let text = home.inward(&["me"]).expect(0).stdout;
    assert!(
        text.contains("ada  what github calls you, you said so"),
        "{text}"
    );
    home.inward(&["me", "remove", "ADA"]).expect(0);
    assert!(accounts(&home).is_empty());
    let to = home.path("dump");
    home.inward(&["dump", "-o", to.to_str().unwrap()]).expect(0);
    let no = fs::read_to_string(to.join("tombstones.jsonl")).unwrap();
    // The hash is hexadecimal, so "ada" may stand in it by chance.
    assert!(
        no.contains("\"account\"") && !no.contains("\"ada\""),
        "{no}"
    );
    let again = home.inward(&["me", "remove", "ada"]).expect(2);
    assert!(again.stderr.contains("not among yours"), "{}", again.stderr);
    assert_eq!(
        rows(&home, &["all", "--kind", "tasks"]).len(),
        3,
        "imports stay"
    );
}

#[test]
fn explain_says_what_imports_give_for_a_flow_metric_and_what_would_give_more() {
    let home = home();
    let explain = |id: &str| {
        let text = home.inward(&["explain", id]).expect(0).stdout;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let cycle = explain("cycle_time");
    for words in [
        "github: 3 tasks, 1 finished; 0 of these with a start and a finish time",
        "it does not say when work began",
        "`inward import --how github`",
    ] {
        assert!(cycle.contains(words), "{words}: {cycle}");
    }
    let throughput = explain("throughput");
    assert!(
        throughput.contains("1 of these with the time"),
        "{throughput}"
    );
    assert!(!throughput.contains("missing"), "{throughput}");
    assert!(explain("lead_time").contains("1 of these with a creation"));
    assert!(explain("time_in_stage").contains("no moves between states"));
}

#[test]
fn explain_without_an_import_says_how_to_get_one() {
    let home = Home::new();
    let text = home.inward(&["explain", "cycle_time"]).expect(0).stdout;
    assert!(text.contains("tasks: none here"), "{text}");
    assert!(text.contains("inward import --how"), "{text}");
    assert!(text.contains("nothing is recorded yet"), "{text}");
}
