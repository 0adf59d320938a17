//! `inward doctor`: what is not right or not known, each with what to do.

use std::collections::BTreeSet;
use std::fs;

use inward::cli::documents::DOCUMENTS;
use serde_json::Value;

use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";

fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    home
}

fn rows<'a>(document: &'a Value, list: &str) -> &'a [Value] {
    document[list].as_array().unwrap()
}

fn texts<'a>(rows: &'a [Value], field: &str) -> Vec<&'a str> {
    rows.iter()
        .map(|row| row[field].as_str().unwrap())
        .collect()
}

/// The fields of every row are those that `docs/json.md` names.
fn assert_documented(document: &Value, list: &str) {
    let documents = DOCUMENTS.iter().flat_map(|document| document.objects);
    let place = format!("{list}[]");
    let object = documents.into_iter().find(|object| object.place == place);
    let told: BTreeSet<&str> = object.unwrap().fields.iter().map(|field| field.0).collect();
    assert!(!rows(document, list).is_empty(), "{list} is empty");
    for row in rows(document, list) {
        let found: BTreeSet<&str> = row
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(found, told, "{list}");
    }
}

#[test]
fn clocks_that_are_not_believed_are_listed_as_they_were_written() {
    let home = home();
    let repo = home.repo("clocks");
    home.commit(&repo, ("a.rs", "1\n"), ADA, "@86400 +0530");
    home.commit(&repo, ("a.rs", "2\n"), ADA, "@4102444800 +0000");
    home.commit(&repo, ("a.rs", "3\n"), ADA, "2026-03-02T09:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    let document = home.inward(&["doctor", "--json"]).expect(0).json();
    assert_documented(&document, "undated");
    let undated = rows(&document, "undated");
    assert_eq!(
        texts(undated, "written"),
        ["86400 +0530", "4102444800 +0000"]
    );
    assert_eq!(undated[0]["time"], "1970-01-02T05:30:00+05:30");
    assert_eq!(texts(undated, "repo"), ["clocks", "clocks"]);
    assert!(rows(&document, "lines_unknown").is_empty());
    let text = home.inward(&["doctor"]).expect(0).stdout;
    assert!(
        text.contains("2 commits: the clock was before 1990"),
        "{text}"
    );
}

#[test]
fn unknown_lines_are_listed_with_their_reason_and_their_repository() {
    let home = home();
    let repo = home.repo("origin");
    for n in 1..=3 {
        let date = format!("2026-03-0{n}T09:00:00Z");
        home.commit(&repo, ("a.rs", &format!("{n}\n")), ADA, &date);
    }
    let url = format!("file://{}", repo.display());
    home.git(&repo, &["clone", "-q", "--depth", "1", &url, "../shallow"]);
    let other = home.repo("replaced");
    home.commit(&other, ("b.rs", "1\n"), ADA, "2026-04-01T09:00:00Z");
    home.commit(&other, ("b.rs", "2\n"), ADA, "2026-04-02T09:00:00Z");
    home.git(&other, &["replace", "--graft", "HEAD"]);
    let broken = home.repo("broken");
    home.commit(&broken, ("c.rs", "gone\n"), ADA, "2026-05-01T09:00:00Z");
    let blob = home.git(&broken, &["rev-parse", "HEAD:c.rs"]);
    let blob = String::from_utf8(blob).unwrap();
    let (folder, file) = blob.trim().split_at(2);
    fs::remove_file(broken.join(".git/objects").join(folder).join(file)).unwrap();

    let shallow = home.path("shallow");
    for place in [&shallow, &other, &broken] {
        home.inward(&["add", place.to_str().unwrap()]).expect(0);
    }
    home.inward(&["scan"]).expect(0);
    let document = home.inward(&["doctor", "--json"]).expect(0).json();
    assert_documented(&document, "lines_unknown");
    assert_documented(&document, "repositories");
    let unknown = rows(&document, "lines_unknown");
    assert_eq!(texts(unknown, "repo"), ["shallow", "replaced", "broken"]);
    let reasons = texts(unknown, "reason");
    assert_eq!(reasons[0], "a shallow clone ends here");
    assert_eq!(reasons[1], "a graft or a replacement names it");
    assert!(reasons[2].starts_with("objects are missing or damaged"));
    let problems = texts(rows(&document, "repositories"), "problem");
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems.contains(&"shallow") && problems.contains(&"replaced"));
    let text = home.inward(&["doctor"]).expect(0).stdout;
    for said in ["git fetch --unshallow", "git replace -d", "git fsck"] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn places_that_are_gone_or_cannot_be_read_are_named_with_the_next_step() {
    let home = home();
    let gone = home.repo("gone");
    home.commit(&gone, ("a.rs", "1\n"), ADA, "2026-03-02T09:00:00Z");
    home.inward_in(&gone, &["scan"]).expect(0);
    fs::remove_dir_all(&gone).unwrap();
    let modern = home.path("modern");
    fs::create_dir(&modern).unwrap();
    home.git(&modern, &["init", "-q", "--object-format=sha256"]);
    home.inward(&["add", modern.to_str().unwrap()]).expect(0);
    let document = home.inward(&["doctor", "--json"]).expect(0).json();
    let all = rows(&document, "repositories");
    let says = |problem: &str| -> String {
        let fits = all.iter().filter(|row| row["problem"] == problem);
        fits.map(|row| row["says"].as_str().unwrap()).collect()
    };
    assert!(
        says("gone").contains("gone is no longer there"),
        "{document}"
    );
    assert!(says("unreadable").contains("SHA-256"), "{document}");
    assert!(rows(&document, "undated").is_empty());
}

#[test]
fn without_a_store_it_says_so_and_finds_nothing() {
    let home = home();
    let text = home.inward(&["doctor"]).expect(0).stdout;
    assert!(text.starts_with("Nothing is wrong"), "{text}");
    assert!(text.contains("nothing is kept yet"), "{text}");
    let document = home.inward(&["doctor", "--json"]).expect(0).json();
    assert_eq!(document["schema"], "inward.doctor.v1");
    assert_eq!(document["store"]["bytes"], Value::Null);
    assert!(!home.data().exists(), "looking writes nothing");
}

/// One task in a state of its own making, one without any time.
const BOARD: &str = r#"[
{"number":1,"title":"Tabs","url":"https://github.com/o/n/issues/1","id":"I_1","state":"OPEN","createdAt":"2026-02-01T09:00:00Z",
 "author":{"login":"ada"},"assignees":[{"login":"ada"}],"projectItems":[{"title":"B","status":{"name":"Frobnicating"}}]},
{"number":2,"title":"Spaces","url":"https://github.com/o/n/issues/2","id":"I_2","state":"OPEN",
 "author":{"login":"ada"},"assignees":[{"login":"ada"}]}]"#;

const TIME: &str = r#"[
{"id":3,"start":"20260203T080000Z","end":"20260203T090000Z","tags":["ING-207"]},
{"id":2,"start":"20260203T083000Z","end":"20260203T093000Z","tags":["ING-9"]},
{"id":1,"start":"20260204T120000Z","end":"20260204T121500Z","tags":["ING-9"]}]"#;

#[test]
fn what_imports_leave_open_is_listed_and_a_word_mapped_later_counts_at_once() {
    let home = home();
    for (name, content) in [("issues.json", BOARD), ("time.json", TIME)] {
        let path = home.path(name);
        fs::write(&path, content).unwrap();
        home.inward(&["import", path.to_str().unwrap(), "--mine", "ada"])
            .expect(0);
    }
    let document = home.inward(&["doctor", "--json"]).expect(0).json();
    for list in ["words_without_stage", "tasks_undated", "time_overlapping"] {
        assert_documented(&document, list);
    }
    let words = rows(&document, "words_without_stage");
    assert_eq!(texts(words, "word"), ["Frobnicating"]);
    assert_eq!(words[0]["n"], 1);
    assert!(texts(words, "do")[0].contains("[stages]"));
    assert_eq!(texts(rows(&document, "tasks_undated"), "key"), ["o/n#2"]);
    let overlapping = rows(&document, "time_overlapping");
    assert_eq!(texts(overlapping, "day"), ["2026-02-03"]);
    assert_eq!(overlapping[0]["recorded"], 7_200);
    assert_eq!(overlapping[0]["counted"], 5_400);
    let text = home.inward(&["doctor"]).expect(0).stdout;
    for said in [
        "\"Frobnicating\" in github, once",
        "Spaces  no export gives any time",
        "2 of 2 entries overlap, 2h00 recorded, 1h30 counted",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let settings = home.path("settings.toml");
    fs::write(&settings, "[stages]\nFrobnicating = 'in-review'\n").unwrap();
    let with = ["--config", settings.to_str().unwrap(), "doctor", "--json"];
    let document = home.inward(&with).expect(0).json();
    assert!(rows(&document, "words_without_stage").is_empty());
}
