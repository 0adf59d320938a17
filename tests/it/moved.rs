//! Another repository in the place of an earlier one: said once, and nothing of either is mixed.

use std::fs;

use crate::home::Home;

#[test]
fn a_repository_that_took_the_place_of_another_is_told_apart_from_it() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let ada = "Ada <ada@example.org>";
    let repo = home.repo("garden");
    for day in 1..4 {
        let date = format!("2026-01-0{day}T10:00:00+01:00");
        home.commit(&repo, ("a.rs", &format!("{day}\n")), ada, &date);
    }
    home.inward_in(&repo, &["scan"]).expect(0);
    let before = home.inward(&["repos", "--json"]).expect(0).json();
    assert_eq!(before["gone"], serde_json::json!([]));
    fs::remove_dir_all(&repo).unwrap();
    let repo = home.repo("garden");
    home.commit(&repo, ("b.rs", "x\n"), ada, "2026-02-01T10:00:00+01:00");
    let run = home.inward_in(&repo, &["scan"]).expect(0);
    assert!(run.stderr.contains("stays, as garden"), "{}", run.stderr);
    let after = home.inward(&["repos", "--json"]).expect(0).json();
    let gone = serde_json::json!([{ "name": "garden", "commits": 3 }]);
    assert_eq!(after["gone"], gone);
    assert_eq!(after["repos"][0]["name"], "garden 2");
    assert_eq!(after["repos"][0]["commits"], 1);
    let told = home.inward(&["repos"]).expect(0).stdout;
    assert!(told.contains("garden: no longer where it was"), "{told}");
    let run = home.inward_in(&repo, &["scan"]).expect(0);
    assert_eq!(run.stderr, "", "it is said once");
    assert!(
        home.inward(&["stats", "commits", "all"])
            .expect(0)
            .stdout
            .contains('4')
    );
}
