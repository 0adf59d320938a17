//! One me: all addresses of a person, over all repositories, and nobody else's.

use std::path::{Path, PathBuf};

use crate::home::Home;

const WORK: &str = "Ada Lovelace <ada@example.org>";
const HOME: &str = "Ada Lovelace <ada.lovelace@home.example>";
const FORGE: &str = "adal <4242+adal@users.noreply.github.com>";
const STRANGER: &str = "Ada <ada@stranger.example>";
const BOT: &str = "renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>";

/// A commit of `author` on the `n`th day of 2026.
fn commit(home: &Home, repo: &Path, author: &str, n: u32) {
    let change = (format!("f{n}"), format!("{n}\n"));
    let date = format!("2026-01-{n:02}T10:00:00Z");
    home.commit(repo, (&change.0, &change.1), author, &date);
}

/// Three addresses of one person with 3 + 4 commits in two repositories, and a stranger and a
/// program in both.
fn corpus(home: &Home) -> (PathBuf, PathBuf) {
    home.identity("Ada Lovelace", "ada@example.org");
    let garden = home.repo("garden");
    for (author, day) in [(HOME, 1), (WORK, 2), (FORGE, 3), (STRANGER, 4), (BOT, 5)] {
        commit(home, &garden, author, day);
    }
    let web = home.repo("web");
    for (author, day) in [
        (HOME, 11),
        (HOME, 12),
        (WORK, 13),
        (FORGE, 14),
        (STRANGER, 15),
        (BOT, 16),
    ] {
        commit(home, &web, author, day);
    }
    for repo in [&garden, &web] {
        home.inward(&["add", repo.to_str().unwrap()]).expect(0);
    }
    (garden, web)
}

fn counted(home: &Home) -> u64 {
    let stats = home
        .inward(&["stats", "commits", "all", "--json"])
        .expect(0);
    stats.json()["figures"][0]["value"].as_u64().unwrap()
}

fn me(home: &Home) -> serde_json::Value {
    home.inward(&["me", "--json"]).expect(0).json()
}

fn proposed(home: &Home) -> Vec<String> {
    let me = me(home);
    let all = me["proposals"].as_array().unwrap().iter();
    all.map(|one| one["address"].as_str().unwrap().to_owned())
        .collect()
}

/// Commits walked and added by a scan, over both repositories.
fn scan(home: &Home) -> (u64, u64) {
    let report = home.inward(&["scan", "--json"]).expect(0).json();
    let sum = |field: &str| {
        let repos = report["repos"].as_array().unwrap().iter();
        repos.map(|repo| repo[field].as_u64().unwrap()).sum()
    };
    (sum("commits_walked"), sum("commits_added"))
}

#[test]
fn three_addresses_in_two_repositories_are_seven_commits_of_one_person() {
    let home = Home::new();
    corpus(&home);
    assert_eq!(scan(&home), (11, 2));
    assert_eq!(counted(&home), 2);
    // The forge's address shares no name yet: the one of the other address comes first.
    assert_eq!(proposed(&home), ["ada.lovelace@home.example"]);
    let shown = me(&home)["proposals"][0].clone();
    assert_eq!(shown["strength"], "fair");
    assert_eq!(shown["because"], "the same name, Ada Lovelace");
    assert_eq!(shown["commits"], 3);
    assert_eq!(shown["repos"][0]["name"], "web");
    assert_eq!(
        (&shown["from"], &shown["to"]),
        (&"2026-01-01".into(), &"2026-01-12".into())
    );
    assert_eq!(
        (&shown["nearest"], &shown["relation"]),
        (&"ada@example.org".into(), &"during".into())
    );
    home.inward(&["me", "add", "ada.lovelace@home.example"])
        .expect(0);
    // Headers are walked again, and only what is new is read.
    assert_eq!(scan(&home), (11, 3));
    home.inward(&["me", "add", "4242+adal@users.noreply.github.com"])
        .expect(2);
    home.inward(&[
        "me",
        "add",
        "4242+adal@users.noreply.github.com",
        "--this-is-me",
    ])
    .expect(0);
    assert_eq!(scan(&home), (11, 2));
    assert_eq!(counted(&home), 7);
    assert_eq!(scan(&home), (0, 0));
    let me = me(&home);
    assert_eq!(me["addresses"].as_array().unwrap().len(), 3);
    assert_eq!(me["names"][0]["name"], "Ada Lovelace");
    assert!(!me.to_string().contains("[bot]"), "{me}");
}

#[test]
fn a_mailmap_that_lists_my_own_addresses_makes_one_person_with_one_yes_at_most() {
    let home = Home::new();
    let (garden, _) = corpus(&home);
    let map = "Ada Lovelace <ada@example.org> <ada.lovelace@home.example>\n\
               Ada Lovelace <ada@example.org> <4242+adal@users.noreply.github.com>\n\
               Ada Lovelace <ada@example.org> <29139614+renovate[bot]@users.noreply.github.com>\n";
    home.commit(&garden, (".mailmap", map), WORK, "2026-01-06T10:00:00Z");
    // By the mailmap and the same name one is taken at once, in both repositories.
    assert_eq!(scan(&home), (12, 6));
    let found = me(&home);
    let evidence = |value: &str| {
        let all = found["addresses"].as_array().unwrap().iter();
        let mut row = all.filter(|row| row["address"] == value);
        row.next()
            .map(|row| row["evidence"].as_str().unwrap().to_owned())
    };
    assert_eq!(evidence("ada@example.org").as_deref(), Some("configured"));
    let pair = "ada lovelace <ada.lovelace@home.example>";
    assert_eq!(evidence(pair).as_deref(), Some("mailmap"));
    // For the other there is only the line: it is asked for.
    assert_eq!(proposed(&home), ["4242+adal@users.noreply.github.com"]);
    home.inward(&["me", "add", "4242+adal@users.noreply.github.com"])
        .expect(0);
    assert_eq!(scan(&home), (12, 2));
    assert_eq!(counted(&home), 8, "seven, and the one with the mailmap");
    assert_eq!(scan(&home), (0, 0));
}

#[test]
fn a_line_of_a_mailmap_gives_me_nobody_elses_commits() {
    let home = Home::new();
    let (garden, _) = corpus(&home);
    let map = "Ada Lovelace <ada@example.org> <eve@example.org>\n";
    home.commit(&garden, (".mailmap", map), WORK, "2026-01-06T10:00:00Z");
    commit(&home, &garden, "Eve <eve@example.org>", 7);
    assert_eq!(scan(&home).1, 3);
    let found = me(&home);
    let eve = found["proposals"].as_array().unwrap().iter();
    let eve: Vec<_> = eve
        .filter(|one| one["address"] == "eve@example.org")
        .collect();
    assert_eq!(eve.len(), 1, "{found}");
    assert_eq!(eve[0]["because"], "the mailmap of garden");
    // No for good: neither proposed again nor taken by any later scan.
    home.inward(&["me", "remove", "eve@example.org"]).expect(0);
    commit(&home, &garden, "Eve <eve@example.org>", 8);
    assert_eq!(scan(&home), (1, 0));
    assert!(!proposed(&home).contains(&"eve@example.org".to_owned()));
    let store = std::fs::read(home.data().join("inward.db")).unwrap();
    assert!(
        !store.windows(7).any(|bytes| bytes == b"eve@exa"),
        "kept as a hash only"
    );
}

#[test]
fn what_a_mailmap_gave_me_goes_when_it_is_taken_back_and_stays_away() {
    let home = Home::new();
    let (garden, _) = corpus(&home);
    let map = "<ada@example.org> <ada.lovelace@home.example>\n";
    home.commit(&garden, (".mailmap", map), WORK, "2026-01-06T10:00:00Z");
    assert_eq!(scan(&home).1, 6);
    let gone = home
        .inward(&["me", "remove", "ada.lovelace@home.example"])
        .expect(0);
    assert!(gone.stdout.contains("3 commits erased"), "{}", gone.stdout);
    assert_eq!(
        counted(&home),
        3,
        "what another address of mine wrote stays"
    );
    assert_eq!(scan(&home), (12, 0));
    assert_eq!(proposed(&home), [""; 0]);
    assert_eq!(counted(&home), 3);
    home.inward(&["me", "add", "ada.lovelace@home.example", "--this-is-me"])
        .expect(0);
    assert_eq!(scan(&home).1, 3);
}

#[test]
fn a_look_alike_and_a_program_are_never_taken_silently() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    for (author, day) in [("Ada <ada@example.org>", 1), (STRANGER, 2), (BOT, 3)] {
        commit(&home, &repo, author, day);
    }
    home.inward_in(&repo, &["scan"]).expect(0);
    assert_eq!(counted(&home), 1);
    let found = me(&home);
    assert_eq!(found["proposals"][0]["address"], "ada@stranger.example");
    assert_eq!(found["proposals"][0]["strength"], "weak");
    assert_eq!(found["proposals"].as_array().unwrap().len(), 1);
    // Weak evidence does not stand for the sentence.
    home.inward(&["me", "add", "ada@stranger.example"])
        .expect(2);
    let bot = "29139614+renovate[bot]@users.noreply.github.com";
    home.inward(&["me", "add", bot, "--this-is-me"]).expect(2);
    assert_eq!(counted(&home), 1);
}

#[test]
fn old_imports_count_by_the_pair_of_name_and_address() {
    let home = Home::new();
    home.identity("Ada Lovelace", "ada@example.org");
    let repo = home.repo("garden");
    let svn = "6f1c9e2a-0b1d-4c3e-8f5a-001122334455";
    for (author, day) in [
        ("Ada Lovelace <ada@example.org>".to_owned(), 1),
        (format!("ada <ada@{svn}>"), 2),
        ("ada <ada>".to_owned(), 3),
        ("Ada Lovelace <ada@localhost>".to_owned(), 4),
        ("Bob Burton <ada@localhost>".to_owned(), 5),
    ] {
        commit(&home, &repo, &author, day);
    }
    // git writes no such address any more, but old histories have it.
    raw(&home, &repo, "Ada Lovelace <> 1767780000 +0000");
    raw(&home, &repo, "Bob Burton <> 1767790000 +0000");
    home.inward_in(&repo, &["scan"]).expect(0);
    let svn = format!("ada@{svn}");
    let expected = [
        "ada lovelace <ada@localhost>",
        "ada <ada>",
        &svn,
        "ada lovelace <>",
    ];
    let mut found = proposed(&home);
    assert_eq!(found[0], expected[0], "two clues come first");
    found.sort();
    let mut sorted = expected.map(str::to_owned);
    sorted.sort();
    assert_eq!(found, sorted);
    // Alone, such an address is many people's.
    home.inward(&["me", "add", "ada@localhost", "--this-is-me"])
        .expect(2);
    home.inward_fed(&["me", "add", "-"], &expected.join("\n"))
        .expect(0);
    home.inward(&["scan"]).expect(0);
    assert_eq!(counted(&home), 5, "the other's two are not among them");
    home.inward(&["me", "remove", "Ada Lovelace <>"]).expect(0);
    assert_eq!(counted(&home), 4);
}

/// A commit on top of HEAD with exactly this author line.
fn raw(home: &Home, repo: &Path, author: &str) {
    let out = |args: &[&str]| {
        let text = String::from_utf8(home.git(repo, args)).unwrap();
        text.trim().to_owned()
    };
    let (tree, parent) = (
        out(&["rev-parse", "HEAD^{tree}"]),
        out(&["rev-parse", "HEAD"]),
    );
    let text =
        format!("tree {tree}\nparent {parent}\nauthor {author}\ncommitter {author}\n\nOld\n");
    std::fs::write(repo.join(".git/raw"), text).unwrap();
    let id = out(&[
        "hash-object",
        "--literally",
        "-t",
        "commit",
        "-w",
        ".git/raw",
    ]);
    home.git(repo, &["reset", "-q", "--hard", &id]);
}

#[test]
fn known_commits_are_not_read_again_when_an_address_is_added() {
    let home = Home::new();
    let (garden, web) = corpus(&home);
    assert_eq!(scan(&home).1, 2);
    // Without the files of the known commits, reading them again would show.
    for repo in [&garden, &web] {
        let of = ["log", "--author=ada@example.org", "--format=%T"];
        let trees = String::from_utf8(home.git(repo, &of)).unwrap();
        for tree in trees.lines() {
            let list = String::from_utf8(home.git(repo, &["ls-tree", tree])).unwrap();
            for blob in list
                .lines()
                .filter_map(|line| line.split_whitespace().nth(2))
            {
                let changed = home.git(repo, &["log", "--format=%ae", "--find-object", blob]);
                if String::from_utf8(changed).unwrap().trim() == "ada@example.org" {
                    let (start, rest) = blob.split_at(2);
                    let path = repo.join(".git/objects").join(start).join(rest);
                    std::fs::remove_file(path).unwrap();
                }
            }
        }
    }
    home.inward(&["me", "add", "ada.lovelace@home.example"])
        .expect(0);
    let report = home.inward(&["scan", "--json"]).expect(0).json();
    for repo in report["repos"].as_array().unwrap() {
        assert_eq!(repo["lines_unknown"], 0, "{report}");
        assert_eq!(repo["warnings"].as_array().unwrap().len(), 0, "{report}");
    }
    assert_eq!(counted(&home), 5);
    // The control: whoever reads them again does miss them.
    let report = home.inward(&["scan", "--full", "--json"]).expect(0).json();
    for repo in report["repos"].as_array().unwrap() {
        assert_eq!(repo["warnings"].as_array().unwrap().len(), 1, "{report}");
    }
}

#[test]
fn a_pair_of_an_address_that_is_mine_whole_cannot_be_taken_back_alone() {
    let home = Home::new();
    corpus(&home);
    scan(&home);
    home.inward(&["me", "remove", "Ada Lovelace <ada@example.org>"])
        .expect(2);
    assert_eq!(scan(&home), (0, 0), "nothing changed");
    home.inward(&["me", "remove", "nobody@nowhere.example"])
        .expect(2);
}

#[test]
fn people_whom_a_mailmap_tells_apart_are_told_apart() {
    let home = Home::new();
    let (garden, _) = corpus(&home);
    let map = "Ada Lovelace <ada@example.org> <ada@team.example>\n\
               Bob Burton <bob@example.org> Bob <ada@team.example>\n";
    home.commit(&garden, (".mailmap", map), WORK, "2026-01-06T10:00:00Z");
    commit(&home, &garden, "A. L. <ada@team.example>", 7);
    commit(&home, &garden, "Bob <ada@team.example>", 8);
    assert_eq!(scan(&home).1, 4);
    home.inward(&["scan", "--full"]).expect(0);
    assert_eq!(counted(&home), 4, "the other's is not among them");
}

#[test]
fn a_name_alone_is_evidence_and_takes_no_commit() {
    let home = Home::new();
    home.identity("Ada Lovelace", "ada@example.org");
    let repo = home.repo("garden");
    commit(&home, &repo, WORK, 1);
    commit(&home, &repo, "Ada Byron <ab@else.example>", 2);
    home.inward_in(&repo, &["scan"]).expect(0);
    assert_eq!(proposed(&home), [""; 0]);
    home.inward(&["me", "add", "Ada Byron"]).expect(2);
    home.inward(&["me", "add", "Ada Byron", "--this-is-me"])
        .expect(0);
    home.inward(&["scan"]).expect(0);
    assert_eq!(counted(&home), 1);
    assert_eq!(proposed(&home), ["ab@else.example"]);
    home.inward(&["me", "remove", "ada byron"]).expect(0);
    assert_eq!(proposed(&home), [""; 0]);
    home.inward(&["me", "remove", "Ada Lovelace"]).expect(0);
    home.inward(&["scan"]).expect(0);
    assert_eq!(
        me(&home)["names"].as_array().unwrap().len(),
        0,
        "git's settings do not bring it back"
    );
}
