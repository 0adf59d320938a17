use super::*;
use crate::model::identity::Me;
use crate::model::person::Person;
use chrono::NaiveDate;

fn person(author: &str, mapped: Option<&str>, years: (i32, i32)) -> Person {
    let (name, email) = author.trim_end_matches('>').split_once(" <").unwrap();
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    Person {
        name: Clean::label(name.as_bytes()),
        email: Address::new(email.as_bytes()),
        entry: Address::of_author(name.as_bytes(), email.as_bytes()).unwrap(),
        mapped: mapped.and_then(|to| Address::new(to.as_bytes())),
        commits: 2,
        days: Some((day(years.0), day(years.1))),
    }
}

fn me() -> Me {
    let mine = ["ada@example.org", "7+adal@users.noreply.github.com"];
    Me::new(mine.iter().filter_map(|one| Address::new(one.as_bytes()))).named(["Ada Lovelace"])
}

fn found(me: &Me, people: Vec<Person>) -> Vec<(String, Strength, String)> {
    let mine = person("Ada Lovelace <ada@example.org>", None, (2020, 2022));
    let all = [vec![mine], people].concat();
    let all = proposals(me, &[(Clean::label(b"garden"), all)]);
    all.iter()
        .map(|one| (one.entry.as_str().to_owned(), one.strength, one.because()))
        .collect()
}

fn one(author: &str, mapped: Option<&str>) -> Option<(Strength, String)> {
    let found = found(&me(), vec![person(author, mapped, (2019, 2019))]);
    found
        .into_iter()
        .next()
        .map(|(_, strength, why)| (strength, why))
}

#[test]
fn every_clue_is_found_and_weighed() {
    use Strength::{Fair, Strong, Weak};
    let map = Some("ada@example.org");
    for (author, mapped, strength, why) in [
        (
            "x <ada+git@example.org>",
            None,
            Strong,
            "ada@example.org spelled otherwise",
        ),
        (
            "x <7+new@users.noreply.github.com>",
            None,
            Strong,
            "the same account as 7+adal@users.noreply.github.com",
        ),
        (
            "x <adal@noreply.codeberg.org>",
            None,
            Fair,
            "the same user, adal",
        ),
        (
            "x <ada@6f1c9e2a-0b1d-4c3e-8f5a-001122334455>",
            None,
            Fair,
            "an old import of the user ada",
        ),
        ("x <ada>", None, Fair, "an old import of the user ada"),
        ("ada <>", None, Fair, "an old import of the user ada"),
        ("Ada Lovelace <>", None, Fair, "the same name, Ada Lovelace"),
        (
            "ADA  LOVELACE <al@old.example>",
            None,
            Fair,
            "the same name, ADA LOVELACE",
        ),
        (
            "Ada Lovelace <ada@localhost>",
            None,
            Strong,
            "an old import of the user ada; the same name, Ada Lovelace",
        ),
        ("Bob <bob@old.example>", map, Fair, "the mailmap of garden"),
    ] {
        assert_eq!(
            one(author, mapped),
            Some((strength, why.to_owned())),
            "{author}"
        );
    }
    let short = Me::new(Address::new(b"ada@example.org")).named(["Ada"]);
    let weak = found(
        &short,
        vec![person("Ada <ada@stranger.example>", None, (2019, 2019))],
    );
    assert_eq!(weak.len(), 1);
    assert_eq!(weak[0].1, Weak);
}

#[test]
fn strangers_and_what_was_refused_are_not_proposed() {
    assert_eq!(one("Ada Other <ada@stranger.example>", None), None);
    assert_eq!(one("Ada <a@stranger.example>", None), None);
    assert_eq!(one("root <root@localhost>", None), None);
    let same = || vec![person("Ada Lovelace <al@old.example>", None, (2019, 2019))];
    assert_eq!(found(&me(), same()).len(), 1);
    let refusing = me().refusing(|one| one.as_str() == "al@old.example");
    assert_eq!(found(&refusing, same()), []);
}

#[test]
fn what_a_mailmap_and_a_clue_give_me_is_not_asked_for() {
    assert_eq!(
        one("Ada Lovelace <al@old.example>", Some("ada@example.org")),
        None
    );
    assert!(one("Ada Lovelace <al@old.example>", Some("al@else.example")).is_some());
}

#[test]
fn of_a_shared_address_only_the_pair_is_proposed() {
    let people = ["Ada Lovelace <team@x>", "Bob Burton <team@x>"];
    let people = people.map(|author| person(author, None, (2019, 2019)));
    let found = found(&me(), people.to_vec());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "ada lovelace <team@x>");
}

#[test]
fn a_mailmap_that_gives_mine_and_another_to_one_person_is_a_clue_for_both() {
    let mut mine = person(
        "Ada Lovelace <ada@example.org>",
        Some("al@new.example"),
        (2020, 2020),
    );
    mine.commits = 1;
    let old = person("A <a@old.example>", Some("al@new.example"), (2018, 2018));
    let new = person("A <al@new.example>", None, (2024, 2024));
    let found = proposals(&me(), &[(Clean::label(b"garden"), vec![mine, old, new])]);
    let entries: Vec<_> = found.iter().map(|one| one.entry.as_str()).collect();
    assert_eq!(entries, ["a@old.example", "al@new.example"]);
}

#[test]
fn the_strongest_comes_first_and_says_where_and_when() {
    let people = vec![
        person("Ada Lovelace <z@one.example>", None, (2015, 2019)),
        person(
            "Ada Lovelace <adal@noreply.codeberg.org>",
            None,
            (2021, 2023),
        ),
        person("Ada Lovelace <y@two.example>", None, (2023, 2024)),
    ];
    let mine = person("Ada Lovelace <ada@example.org>", None, (2020, 2022));
    let web = (
        Clean::label(b"web"),
        vec![person("Al <z@one.example>", None, (2014, 2014))],
    );
    let garden = (Clean::label(b"garden"), [vec![mine], people].concat());
    let found = proposals(&me(), &[garden, web]);
    let entries: Vec<_> = found.iter().map(|one| one.entry.as_str()).collect();
    assert_eq!(
        entries,
        [
            "adal@noreply.codeberg.org",
            "z@one.example",
            "y@two.example"
        ]
    );
    let relations: Vec<_> = found
        .iter()
        .filter_map(|one| Some(one.beside.as_ref()?.0))
        .collect();
    assert_eq!(
        relations,
        [Relation::During, Relation::Before, Relation::After]
    );
    assert_eq!(found[1].commits(), 4);
    assert_eq!(found[1].seen.len(), 2);
    assert_eq!(found[1].names.len(), 2);
}
