//! Commits and tasks by the command line: told by their words and branches, and by the owner.

use std::fs;

use serde_json::Value;

use crate::home::Home;

/// Three issues of Ada's and a pull request.
const ISSUES: &str = r#"[
{"number":7,"title":"Round half up","url":"https://github.com/acme/till/issues/7","id":"I_7","state":"CLOSED","stateReason":"COMPLETED",
 "createdAt":"2026-02-01T09:00:00Z","updatedAt":"2026-02-06T10:00:00Z","closedAt":"2026-02-06T10:00:00Z","author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[]},
{"number":8,"title":"Taxes","url":"https://github.com/acme/till/issues/8","id":"I_8","state":"OPEN","stateReason":"",
 "createdAt":"2026-02-01T09:00:00Z","updatedAt":"2026-02-05T09:00:00Z","closedAt":null,"author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[]},
{"number":9,"title":"Drawers","url":"https://github.com/acme/till/issues/9","id":"I_9","state":"OPEN","stateReason":"",
 "createdAt":"2026-02-01T09:00:00Z","updatedAt":"2026-02-05T09:00:00Z","closedAt":null,"author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[]}]"#;

/// A repository `till` with a commit a kind, scanned, and the issues imported.
fn home() -> (Home, Vec<String>) {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("till");
    let commit = |date: &str, message: &str| {
        fs::write(repo.join("f"), message).unwrap();
        home.git(&repo, &["add", "-A"]);
        let mut command = home.command("git", &repo);
        command.args(["commit", "-q", "-m", message]);
        for role in ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] {
            command.env(role, date);
        }
        assert!(command.status().unwrap().success());
        let id = home.git(&repo, &["rev-parse", "HEAD"]);
        String::from_utf8(id).unwrap().trim().to_owned()
    };
    let mut ids = vec![
        commit("2026-02-03T23:30:00+13:00", "Count coins\n\nFixes #7, #8"),
        commit(
            "2026-02-04T09:00:00+01:00",
            "Read UTF-8 with SHA-256\n\nRefs: #8",
        ),
    ];
    home.git(&repo, &["checkout", "-q", "-b", "9-drawers"]);
    ids.push(commit("2026-02-05T09:00:00+01:00", "Open it"));
    home.inward(&["add", repo.to_str().unwrap()]).expect(0);
    home.inward(&["scan"]).expect(0);
    let file = home.path("issues.json");
    fs::write(&file, ISSUES).unwrap();
    home.inward(&["import", file.to_str().unwrap(), "--mine", "ada"])
        .expect(0);
    (home, ids)
}

/// `key rule` of every link of a commit, as dumped.
fn linked(home: &Home, oid: &str) -> Vec<String> {
    let folder = home.path("dump");
    drop(fs::remove_dir_all(&folder));
    home.inward(&["dump", "-o", folder.to_str().unwrap()])
        .expect(0);
    let text = fs::read_to_string(folder.join("links.jsonl")).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let rows = rows.filter(|row: &Value| row["oid"] == oid);
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    rows.map(|row| format!("{} {}", text(&row, "task"), text(&row, "rule")))
        .collect()
}

#[test]
fn words_trailers_and_branches_link_and_names_of_encodings_do_not() {
    let (home, ids) = home();
    assert_eq!(
        linked(&home, &ids[0]),
        ["acme/till#7 closing", "acme/till#8 closing"]
    );
    assert_eq!(linked(&home, &ids[1]), ["acme/till#8 trailer"]);
    assert_eq!(linked(&home, &ids[2]), ["acme/till#9 branch"]);
    let log = home.inward(&["log", "all", "--json"]).expect(0).json();
    let rows = log["rows"].as_array().unwrap();
    let of = |oid: &str| rows.iter().find(|row| row["oid"] == oid).unwrap()["tasks"].clone();
    assert_eq!(
        of(&ids[0]),
        serde_json::json!(["acme/till#7", "acme/till#8"])
    );
    let task = rows.iter().find(|row| row["key"] == "acme/till#8").unwrap();
    assert_eq!(task["commits"], 2);
}

#[test]
fn the_owner_links_and_unlinks_and_a_scan_and_an_import_leave_it() {
    let (home, ids) = home();
    let said = home
        .inward(&["link", ids[2].get(..8).unwrap(), "acme/till#7", "--json"])
        .expect(0)
        .json();
    assert_eq!(said["schema"], "inward.link.v1");
    assert_eq!(said["links"][0]["before"], Value::Null);
    assert_eq!(said["links"][0]["now"], "manual");
    let said = home
        .inward(&["unlink", &ids[0], "ACME/till#8"])
        .expect(0)
        .stdout;
    assert!(said.contains("does not belong to acme/till#8"), "{said}");
    assert!(said.contains("it was linked: closing"), "{said}");
    home.inward(&["scan", "--full"]).expect(0);
    let file = home.path("issues.json");
    home.inward(&["import", file.to_str().unwrap()]).expect(0);
    assert_eq!(linked(&home, &ids[0]), ["acme/till#7 closing"]);
    assert_eq!(
        linked(&home, &ids[2]),
        ["acme/till#7 manual", "acme/till#9 branch"]
    );
    home.inward(&["unlink", &ids[2], "acme/till#7"]).expect(0);
    home.inward(&["link", &ids[0], "acme/till#8"]).expect(0);
    assert_eq!(linked(&home, &ids[2]), ["acme/till#9 branch"]);
    assert_eq!(
        linked(&home, &ids[0]),
        ["acme/till#7 closing", "acme/till#8 manual"]
    );
}

#[test]
fn what_is_not_there_or_may_be_several_is_refused_with_what_to_do() {
    let (home, ids) = home();
    for (args, said) in [
        (["link", "0000000", "acme/till#7"], "no commit of yours"),
        (["link", "zz", "acme/till#7"], "no commit of yours"),
        (["link", &ids[0], "NO-1"], "no task of yours is called NO-1"),
        (["unlink", &ids[0], "other:acme/till#7"], "no task of yours"),
    ] {
        let refused = home.inward(&args).expect(2).stderr;
        assert!(refused.contains(said), "{args:?}: {refused}");
    }
    let refused = home.inward(&["show", "NO-1"]).expect(2).stderr;
    assert!(refused.contains("neither a page nor a task"), "{refused}");
    assert!(refused.contains("overview"), "{refused}");
    home.inward(&["show", "acme/till#7", "week"]).expect(2);
}

#[test]
fn a_task_is_shown_from_its_first_day_to_its_last() {
    let (home, ids) = home();
    let text = home.inward(&["show", "acme/till#7"]).expect(0).stdout;
    for said in [
        "acme/till#7  Round half up",
        "1 commit: 1 closing (high)",
        "2026-02-01 09:00 +00:00  created",
        "2026-02-03 23:30 +13:00  commit    first sign of work",
        "finished",
        "when work on it began",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let document = home
        .inward(&["show", "ACME/TILL#7", "--json"])
        .expect(0)
        .json();
    assert_eq!(document["schema"], "inward.task.v1");
    assert_eq!(document["tasks"][0]["links"][0]["oid"], ids[0].as_str());
    // A page wins over a task of its name.
    let page = home.inward(&["show", "overview"]).expect(0).stdout;
    assert!(!page.contains("Timeline"), "{page}");
}

#[test]
fn every_documented_field_of_links_and_tasks_is_written_and_no_other() {
    let (home, ids) = home();
    let link = home.inward(&["link", &ids[0], "acme/till#9", "--json"]);
    // Moves give a task stages; two exports show one.
    let later = ISSUES.replacen("\"OPEN\"", "\"CLOSED\"", 1);
    let file = home.path("later.json");
    fs::write(
        &file,
        later.replace("2026-02-05T09:00:00Z", "2026-02-07T09:00:00Z"),
    )
    .unwrap();
    home.inward(&["import", file.to_str().unwrap()]).expect(0);
    let task = home.inward(&["show", "acme/till#8", "--json"]);
    let of_links = inward::cli::link::document::DOCUMENTS;
    let of_tasks = inward::report::schema::DOCUMENTS;
    let of_tasks = of_tasks.iter().filter(|one| one.schema == "inward.task.v1");
    let link = (&of_links[0], link.expect(0).json());
    let written = of_tasks
        .map(|document| (document, task.json()))
        .chain([link]);
    let mut seen = 0;
    for (document, written) in written {
        assert_eq!(written["schema"], document.schema);
        for object in document.objects {
            let Some(mut found) = crate::cli::fields_at(&written, object.place) else {
                assert_eq!(object.place, "tasks[].spans.stages[]", "{written}");
                continue;
            };
            let mut told: Vec<_> = object.fields.iter().map(|field| field.0).collect();
            found.sort();
            told.sort_unstable();
            assert_eq!(found, told, "{}", object.place);
            seen += 1;
        }
    }
    assert_eq!(seen, 7);
}
