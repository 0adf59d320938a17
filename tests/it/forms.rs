//! The owner's forms of times and numbers in text, and the fixed ones in all that programs read.

use std::fs;
use std::path::PathBuf;

use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";

/// A home with one commit of 1,204 lines on an afternoon.
fn home() -> (Home, PathBuf) {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("harbour");
    let lines: Vec<String> = (0..1_204).map(|n| format!("let a{n} = {n};\n")).collect();
    let lines = lines.concat();
    home.commit(&repo, ("a.rs", &lines), ADA, "2026-03-02T14:05:00+01:00");
    home.inward_in(&repo, &["scan"]).expect(0);
    (home, repo)
}

#[test]
fn text_has_the_chosen_forms_and_json_csv_and_the_dump_the_fixed_ones() {
    let (home, _) = home();
    let json = ["stats", "--json", "2026-Q1"];
    let csv = ["log", "2026", "--csv"];
    let doctor = ["doctor", "--json"];
    let usual = [json.as_slice(), &csv, &doctor].map(|args| home.inward(args).expect(0).stdout);
    home.inward(&["dump", "-o", home.path("before").to_str().unwrap()])
        .expect(0);
    home.settings("clock = \"12h\"\nnumbers = \"1.234,5\"\n");
    let log = home.inward(&["log", "2026"]).expect(0).stdout;
    assert!(log.contains("  2:05 pm  "), "{log}");
    let stats = home.inward(&["stats", "lines_changed", "2026-Q1"]);
    let stats = stats.expect(0).stdout;
    assert!(
        stats.contains("1.204") && !stats.contains("1,204"),
        "{stats}"
    );
    let same = [json.as_slice(), &csv, &doctor].map(|args| home.inward(args).expect(0).stdout);
    assert_eq!(usual, same);
    home.inward(&["dump", "-o", home.path("after").to_str().unwrap()])
        .expect(0);
    let rows = |dir: &str| fs::read(home.path(dir).join("commits.jsonl")).unwrap();
    assert_eq!(rows("before"), rows("after"));
}

#[test]
fn a_form_that_is_not_known_is_a_message_and_the_usual_form() {
    let (home, _) = home();
    home.settings("clock = \"noon\"\nnumbers = \"1_234.5\"\n");
    let log = home.inward(&["log", "2026"]).expect(0);
    assert!(log.stdout.contains("  14:05  "), "{}", log.stdout);
    for said in [
        "line 1: clock must be \"24h\", \"12h\"; \"24h\" counts",
        "line 2: numbers must be \"1,234.5\"",
    ] {
        assert!(log.stderr.contains(said), "{}", log.stderr);
    }
}
