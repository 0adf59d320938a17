//! Whose commits are kept, and what stays kept: the ways in which somebody else's, or something
//! taken back, could slip in.

use std::fs;

use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";
const EVE: &str = "Eve <eve@example.org>";

/// A bare repository can be committed as plain files, with settings of its author's choice: who
/// clones it has not said that its `user.email` is theirs.
#[test]
fn a_repository_that_came_as_content_of_another_names_nobody_as_me() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("src/garden");
    home.commit(&repo, ("a", "1\n"), ADA, "2026-01-01T10:00:00Z");
    home.commit(&repo, ("a", "2\n"), EVE, "2026-01-02T10:00:00Z");
    home.git(&repo, &["clone", "-q", "--bare", ".", "planted"]);
    home.git(
        &repo.join("planted"),
        &["config", "user.email", "eve@example.org"],
    );
    home.inward(&["add", home.path("src").to_str().unwrap()])
        .expect(0);
    let report = home.inward(&["scan", "--json"]).expect(0).json();
    assert_eq!(report["repos"].as_array().unwrap().len(), 1, "{report}");
    let me = home.inward(&["me", "--json"]).expect(0);
    assert!(!me.stdout.contains("eve@example.org"), "{}", me.stdout);
    assert_eq!(
        home.inward(&["log", "all"])
            .expect(0)
            .stdout
            .matches("Change a")
            .count(),
        1
    );
}

#[test]
fn an_address_that_was_taken_back_is_neither_shown_as_mine_nor_proposed() {
    let home = Home::new();
    home.identity("Ada Lovelace", "ada@example.org");
    let repo = home.repo("garden");
    let ada = "Ada Lovelace <ada@example.org>";
    home.commit(&repo, ("a", "1\n"), ada, "2026-01-01T10:00:00Z");
    let other = "Ada Lovelace <ada@home.example>";
    home.commit(&repo, ("a", "2\n"), other, "2026-01-02T10:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    home.inward(&["me", "add", "ada@home.example", "--this-is-me"])
        .expect(0);
    home.inward(&["me", "remove", "ada@home.example"]).expect(0);
    home.inward(&["me", "remove", "ada@example.org"]).expect(0);
    let me = home.inward(&["me"]).expect(0).stdout;
    assert!(!me.contains("ada@"), "{me}");
    // Said again by its owner, it counts again.
    home.inward(&["me", "add", "ada@example.org"]).expect(0);
    let me = home.inward(&["me"]).expect(0).stdout;
    assert!(
        me.contains("ada@example.org") && !me.contains("ada@home"),
        "{me}"
    );
}

#[test]
fn an_address_without_evidence_leaves_no_trace_of_those_beside_it() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    home.commit(&repo, ("a", "1\n"), ADA, "2026-01-01T10:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    home.inward(&["me", "remove", "ada@example.org"]).expect(0);
    home.inward(&["me", "add", "ada@example.org", "eve@example.org"])
        .expect(2);
    let me = home.inward(&["me"]).expect(0).stdout;
    assert!(!me.contains("ada@example.org"), "{me}");
}

#[test]
fn taking_one_repository_off_the_list_leaves_the_others() {
    let home = Home::new();
    for name in ["a/web", "b/web"] {
        let repo = home.repo(name);
        home.inward(&["add", repo.to_str().unwrap()]).expect(0);
    }
    let left = || home.inward(&["repos"]).expect(0).stdout.lines().count();
    home.inward(&["repos", "rm", ""]).expect(2);
    assert_eq!(left(), 2);
    // Two are called so: which is meant must be said.
    home.inward(&["repos", "rm", "web"]).expect(2);
    assert_eq!(left(), 2);
    home.inward(&["repos", "rm", "a/web"]).expect(0);
    assert_eq!(left(), 1);
    home.inward(&["repos", "rm", "web"]).expect(0);
}

#[test]
fn what_is_excluded_later_goes_and_what_is_included_again_comes_back() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    home.commit(
        &repo,
        ("secret/plan.txt", "1\n"),
        ADA,
        "2026-01-01T10:00:00Z",
    );
    let path = repo.to_str().unwrap().to_owned();
    let kept = || {
        let dump = home.path("dump");
        home.inward(&["dump", "-o", dump.to_str().unwrap()])
            .expect(0);
        fs::read_to_string(dump.join("file_changes.jsonl")).unwrap()
    };
    home.inward(&["add", &path]).expect(0);
    home.inward(&["scan"]).expect(0);
    assert!(kept().contains("plan.txt"));
    home.inward(&["add", &path, "--exclude", "secret/"])
        .expect(0);
    home.inward(&["scan"]).expect(0);
    assert!(!kept().contains("plan.txt"));
    // The summary names it still: that is the only place.
    let store = fs::read(home.data().join("inward.db")).unwrap();
    let found = store.windows(8).filter(|bytes| *bytes == b"plan.txt");
    assert_eq!(found.count(), 1);
    home.inward(&["add", &path]).expect(0);
    home.inward(&["scan"]).expect(0);
    assert!(kept().contains("plan.txt"));
}

#[test]
fn a_dump_that_ends_early_is_in_the_log_all_the_same() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    home.commit(&repo, ("a", "1\n"), ADA, "2026-01-01T10:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    let half = home.path("half");
    fs::create_dir_all(half.join("file_changes.jsonl")).unwrap();
    home.inward(&["dump", "-o", half.to_str().unwrap()])
        .expect(1);
    assert!(half.join("commits.jsonl").exists());
    let whole = home.path("whole");
    home.inward(&["dump", "-o", whole.to_str().unwrap()])
        .expect(0);
    let log = fs::read_to_string(whole.join("audit.jsonl")).unwrap();
    assert_eq!(log.matches("dump").count(), 1, "{log}");
}

#[test]
fn a_message_does_not_hand_on_what_acts_on_the_terminal() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    home.commit(&repo, ("a", "1\n"), ADA, "2026-01-01T10:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    for args in [
        ["stats", "\u{1b}]0;x\u{7}"],
        ["log", "\u{9b}2J\u{202e}x"],
        ["log", "--repo=\u{1b}[2Jx"],
    ] {
        let run = home.inward(&args).expect(2);
        let bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!run.stderr.contains(bad), "{:?}", run.stderr);
        assert!(run.stderr.contains('x'), "{:?}", run.stderr);
    }
}

#[test]
fn commands_that_read_close_the_folder_to_others_and_refuse_another_users() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    home.commit(&repo, ("a", "1\n"), ADA, "2026-01-01T10:00:00Z");
    home.inward_in(&repo, &["scan"]).expect(0);
    for command in ["stats", "me", "repos"] {
        fs::set_permissions(home.data(), fs::Permissions::from_mode(0o777)).unwrap();
        let run = home.inward(&[command]).expect(0);
        assert!(run.stderr.contains("was open to others"), "{}", run.stderr);
        let mode = fs::metadata(home.data()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{command}");
    }
    // Only the administrator can give a folder away.
    if chown(home.data(), Some(1234), None).is_ok() {
        for command in ["stats", "me", "repos"] {
            home.inward(&[command]).expect(5);
        }
    }
}

#[test]
fn a_fork_lists_the_commits_it_shares() {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    home.commit(&repo, ("a", "1\n"), ADA, "2026-01-01T10:00:00Z");
    home.git(&home.path("home"), &["clone", "-q", "../garden", "../fork"]);
    let fork = home.path("fork");
    home.git(
        &fork,
        &["remote", "set-url", "origin", "https://h.example/f"],
    );
    for path in [&repo, &fork] {
        home.inward_in(path, &["scan"]).expect(0);
    }
    for name in ["garden", "fork"] {
        let log = home.inward(&["log", "all", "--repo", name]).expect(0);
        assert_eq!(log.stdout.matches("Change a").count(), 1, "{name}");
    }
}
