//! The label of `inward privacy`, on an empty, a small and a fuller store, held against the rows of
//! a dump.

use std::fs;

use serde_json::Value;

use crate::home::Home;

const ISSUES: &str = r#"[{"number":4,"title":"Parser for the new format","state":"CLOSED","createdAt":"2026-03-02T09:00:00Z","closedAt":"2026-03-06T15:00:00Z","updatedAt":"2026-03-06T15:00:00Z","author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[],"url":"https://github.com/acme/shop/issues/4"}]"#;

fn label(home: &Home) -> Value {
    home.inward(&["privacy", "--json"]).expect(0).json()
}

fn rows<'a>(label: &'a Value, table: &str) -> &'a Value {
    let tables = label["tables"].as_array().unwrap();
    let found = tables.iter().find(|one| one["table"] == table);
    found.unwrap_or_else(|| panic!("no table {table}"))
}

fn seized(label: &Value) -> String {
    let all = label["seized"].as_array().unwrap();
    let all: Vec<_> = all.iter().map(|one| one.as_str().unwrap()).collect();
    all.join("\n")
}

/// Two commits by day and one at night, in one repository.
fn small() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("shop");
    for (file, text, date) in [
        ("a.rs", "fn a() {}\n", "2026-03-02T10:00:00 +0100"),
        ("b.rs", "fn b() {}\n", "2026-03-03T11:00:00 +0100"),
        ("c.rs", "fn c() {}\n", "2026-03-03T23:30:00 +0100"),
    ] {
        home.commit(&repo, (file, text), "Ada <ada@example.org>", date);
    }
    home.inward_in(&repo, &["scan"]).expect(0);
    home
}

fn fuller() -> Home {
    let home = small();
    fs::write(home.path("issues.json"), ISSUES).unwrap();
    let issues = home.path("issues.json").to_str().unwrap().to_owned();
    home.inward(&["import", &issues, "--mine", "ada"]).expect(0);
    home.inward(&["note", "read the design"]).expect(0);
    home.inward(&["goal", "add", "ship the parser"]).expect(0);
    home
}

#[test]
fn where_nothing_is_kept_the_label_says_so() {
    let home = Home::new();
    let label = label(&home);
    assert_eq!(label["schema"], "inward.privacy.v2");
    assert_eq!(label["place"]["file"], "nothing kept");
    assert_eq!(label["place"]["bytes"], 0);
    assert_eq!(label["tables"].as_array().unwrap().len(), 0);
    assert!(seized(&label).starts_with("Nothing:"), "{label}");
    assert!(label["last_check"].is_null());
    let text = home.inward(&["privacy"]).expect(0).stdout;
    assert!(text.contains("Files: no file of yours"), "{text}");
    assert!(!text.contains("memory only"), "{text}");
    assert!(!text.contains("COLUMN BY COLUMN"), "{text}");
    // Looking makes nothing.
    assert!(!home.data().exists());
}

#[test]
fn the_label_of_a_small_store_tells_days_hours_and_names_in_numbers() {
    let home = small();
    let label = label(&home);
    let commits = rows(&label, "commits");
    assert_eq!(commits["rows"], 3);
    assert_eq!(
        commits["days"],
        serde_json::json!(["2026-03-02", "2026-03-03"])
    );
    let told = seized(&label);
    for part in [
        "2 days between 2026-03-02 and 2026-03-03",
        "3 commits, with your offset from UTC: 1 between 20:00 and 6:00",
        "1 repository by name, 3 summary lines, 3 names of files",
        "Of other people: nobody's name; 1 place where a walk stopped",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let bytes = fs::metadata(home.data().join("inward.db")).unwrap().len();
    assert_eq!(label["place"]["bytes"], bytes);
    let files = label["files"].as_array().unwrap();
    assert!(
        files.iter().all(|file| file["open_to_others"] == false),
        "{files:?}"
    );
    assert!(files.iter().any(|file| file["mode"] == "0600"), "{files:?}");
}

#[test]
fn every_number_of_the_label_is_that_of_a_dump() {
    for home in [small(), fuller()] {
        let label = label(&home);
        let dump = home.path("dump");
        home.inward(&["dump", "-o", dump.to_str().unwrap()])
            .expect(0);
        let mut seen = 0;
        for table in label["tables"].as_array().unwrap() {
            let name = table["table"].as_str().unwrap();
            let Ok(text) = fs::read_to_string(dump.join(format!("{name}.jsonl"))) else {
                continue;
            };
            // The dump itself is noted in the log once its rows are written.
            assert_eq!(table["rows"], text.lines().count(), "{name}");
            seen += text.lines().count();
        }
        assert!(seen > 10, "{seen}");
    }
}

#[test]
fn what_was_imported_and_said_is_in_the_label() {
    let home = fuller();
    let told = seized(&label(&home));
    assert!(
        told.contains("1 task or pull request (1 with its title)"),
        "{told}"
    );
    assert!(told.contains("1 note or event, 1 goal"), "{told}");
    let text = home.inward(&["privacy"]).expect(0).stdout;
    assert!(!text.contains("Parser for the new format"), "{text}");
    assert!(!text.contains("ada@example.org"), "{text}");
}

#[test]
fn every_column_is_in_the_text_and_quiet_leaves_them_out() {
    let home = small();
    let label = label(&home);
    let text = home.inward(&["privacy"]).expect(0).stdout;
    let part = text.split_once("COLUMN BY COLUMN").unwrap().1;
    let mut seen = 0;
    for table in label["tables"].as_array().unwrap() {
        for column in table["columns"].as_array().unwrap() {
            let words = format!(
                "{}: {}",
                column["what"].as_str().unwrap(),
                column["why"].as_str().unwrap()
            );
            assert!(part.contains(&words), "{words}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
    let quiet = home.inward(&["-q", "privacy"]).expect(0).stdout;
    assert!(
        quiet.contains("If it is seized") && !quiet.contains("COLUMN BY"),
        "{quiet}"
    );
    let plain = home.inward(&["--plain", "privacy"]).expect(0).stdout;
    assert!(plain.is_ascii(), "{plain}");
}

#[test]
fn a_self_test_is_noted_in_the_log_with_what_was_reached() {
    let home = small();
    let run = home.inward(&["privacy", "--self-test", "--json"]);
    let document = run.json();
    let tried = document["self_test"].as_array().unwrap();
    let reached = tried.iter().filter(|row| row["holds"] == false).count();
    let newest = &document["log"]["newest"][0];
    assert_eq!(newest["action"], "self-test");
    let refused = tried.iter().filter(|row| {
        let said = row["detail"].as_str().unwrap();
        said.starts_with("refused") || said.starts_with("not in this kernel")
    });
    let refused = refused.count();
    assert!(refused < tried.len(), "{tried:?}");
    assert_eq!(newest["n"], if reached == 0 { refused } else { reached });
    assert_eq!(
        newest["object"],
        if reached == 0 { "held" } else { "reached" }
    );
    assert_eq!(document["last_check"], newest["day"]);
    assert_eq!(document["log"]["verdict"], "ok");
    // Without a store there is no log, and none is made.
    let bare = Home::new();
    bare.inward(&["privacy", "--self-test"]);
    assert!(!bare.data().exists());
}

#[test]
fn the_document_has_the_fields_it_is_said_to_have() {
    let home = fuller();
    let label = home.inward(&["privacy", "--self-test", "--json"]).json();
    let said = inward::cli::documents::DOCUMENTS
        .iter()
        .find(|document| document.schema == "inward.privacy.v2")
        .unwrap();
    for object in said.objects {
        let at = place(&label, object.place);
        let Some(found) = at else {
            // Nothing ages by itself yet, or no switch is known.
            assert!(
                ["ageing[]", "keep[]", "log.out[]"].contains(&object.place),
                "{}",
                object.place
            );
            continue;
        };
        let mut names: Vec<_> = found
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut told: Vec<_> = object.fields.iter().map(|field| field.0).collect();
        names.sort_unstable();
        told.sort_unstable();
        assert_eq!(names, told, "{}", object.place);
    }
}

/// The first object at a place such as `tables[].columns[]`.
fn place<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    let mut at = document;
    for part in path.split('.').filter(|part| !part.is_empty()) {
        at = match part.strip_suffix("[]") {
            Some(name) => at[name].as_array()?.first()?,
            None => &at[part],
        };
    }
    Some(at)
}

const WORK: &str = r#"[{"number":4,"title":"Parser","state":"CLOSED","createdAt":"2026-02-02T09:00:00Z","closedAt":"2026-02-06T15:00:00Z","updatedAt":"2026-02-07T15:00:00Z","author":{"login":"ada"},"assignees":[{"login":"ada"}],"labels":[],"url":"https://github.com/acme/shop/issues/4"}]"#;

/// Every value of a dump's documented rows that reads as a day or a time, by file and field.
fn times(dump: &std::path::Path) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dump).unwrap() {
        let path = entry.unwrap().path();
        let Some(table) = path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .strip_suffix(".jsonl")
        else {
            continue;
        };
        for line in fs::read_to_string(&path).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let Some(fields) = row.as_object() else {
                continue;
            };
            for (field, value) in fields {
                let values = value
                    .as_array()
                    .cloned()
                    .unwrap_or_else(|| vec![value.clone()]);
                for text in values.iter().filter_map(Value::as_str) {
                    let day = text
                        .get(..10)
                        .filter(|day| day.parse::<chrono::NaiveDate>().is_ok());
                    if day.is_some() {
                        out.push((table.to_owned(), field.clone(), text.to_owned()));
                    }
                }
            }
        }
    }
    out
}

#[test]
fn days_and_times_that_only_tasks_and_notes_name_are_told_as_a_dump_counts_them() {
    let home = small();
    fs::write(home.path("issues.json"), WORK).unwrap();
    let issues = home.path("issues.json").to_str().unwrap().to_owned();
    home.inward(&["import", &issues, "--mine", "ada"]).expect(0);
    home.inward(&["note", "--on", "2026-01-15", "thought"])
        .expect(0);
    let told = seized(&label(&home));
    let dump = home.path("dump");
    home.inward(&["dump", "-o", dump.to_str().unwrap()])
        .expect(0);
    let all = times(&dump);
    let own = [
        "commits",
        "tasks",
        "transitions",
        "reviews",
        "time_entries",
        "notes",
        "ref_events",
    ];
    let named: std::collections::BTreeSet<&str> = all
        .iter()
        .filter(|(table, field, _)| own.contains(&table.as_str()) && field != "written")
        .map(|(_, _, text)| text.get(..10).unwrap_or_default())
        .collect();
    // Two of commits, four of the task, one of the note.
    assert!(named.len() >= 6, "{named:?}");
    let words = format!("{} days between {}", named.len(), named.first().unwrap());
    assert!(told.contains(&words), "{words}\n{told}\n{all:?}");
    let exact = all
        .iter()
        .filter(|(table, _, text)| {
            ["tasks", "transitions"].contains(&table.as_str()) && text.contains('T')
        })
        .count();
    assert!(exact == 3, "{all:?}");
    let words = format!("{exact} times of tasks");
    assert!(told.contains(&words), "{words}\n{told}\n{all:?}");
    assert!(told.contains("1 project by name"), "{told}");
}
