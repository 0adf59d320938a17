//! What a newcomer gets for input that cannot be read: the thing by name, and the next step.

use std::fs;

use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";

fn home_of_ada() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    home
}

#[test]
fn a_repository_that_cannot_be_read_is_named_where_one_stands_in_it() {
    let home = home_of_ada();
    let tree = home.path("tree");
    fs::create_dir(&tree).unwrap();
    fs::write(tree.join(".git"), "gitdir: /gone/for/good\n").unwrap();
    for args in [&[][..], &["scan"]] {
        let run = home.inward_in(&tree, args).expect(1);
        assert!(
            run.stderr.contains("tree") && run.stderr.contains("git worktree repair"),
            "{args:?}: {}",
            run.stderr
        );
    }
    assert!(!home.data().exists());
}

#[test]
fn a_folder_is_registered_although_one_repository_in_it_cannot_be_read() {
    let home = home_of_ada();
    home.repo("code/good");
    fs::create_dir(home.path("code/bad")).unwrap();
    fs::write(home.path("code/bad/.git"), "gitdir: /gone/for/good\n").unwrap();
    let code = home.path("code");
    let run = home.inward(&["add", code.to_str().unwrap()]).expect(0);
    assert!(run.stdout.contains("1 repository"), "{}", run.stdout);
    assert!(run.stderr.contains("code/bad"), "{}", run.stderr);
}

#[test]
fn a_path_that_is_not_there_is_named_in_plain_words() {
    let run = home_of_ada()
        .inward(&["add", "/no/such/folder"])
        .expect(1)
        .stderr;
    assert!(
        run.contains("/no/such/folder does not exist: check the path"),
        "{run}"
    );
    assert!(!run.contains("os error"), "{run}");
}

#[test]
fn a_file_in_the_place_of_the_data_folder_is_refused_by_its_name() {
    let home = home_of_ada();
    let repo = home.repo("harbour");
    fs::write(home.data(), "mine").unwrap();
    for args in [&["scan"][..], &["stats"], &["repos"]] {
        let said = home.inward_in(&repo, args).expect(5).stderr;
        assert!(said.contains("data is not a folder"), "{args:?}: {said}");
    }
    assert_eq!(fs::read_to_string(home.data()).unwrap(), "mine");
}

#[test]
fn a_scan_says_one_commit_then_nothing_new_and_keeps_quiet_when_asked() {
    let home = home_of_ada();
    let repo = home.repo("harbour");
    home.commit(&repo, ("a.rs", "one\n"), ADA, "2026-03-02T09:00:00Z");
    let first = home.inward_in(&repo, &["scan"]).expect(0).stdout;
    assert!(first.contains("1 commit walked, 1 mine, 1 new"), "{first}");
    let second = home.inward(&["scan"]).expect(0).stdout;
    assert!(second.ends_with("harbour: nothing new\n"), "{second}");
    assert_eq!(home.inward(&["scan", "-q"]).expect(0).stdout, "");
    let repos = home.inward(&["repos"]).expect(0).stdout;
    assert!(repos.contains("1 commit of yours"), "{repos}");
}

#[test]
fn a_git_folder_that_may_not_be_looked_into_is_named_and_not_passed_over() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = home_of_ada();
    let repo = home.repo("code/closed");
    home.repo("code/open");
    let git = repo.join(".git");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may look everywhere: nothing to see then.
    if fs::read_dir(&git).is_err() {
        let said = home.inward_in(&repo, &["scan"]).expect(1).stderr;
        assert!(said.contains("closed/.git cannot be read"), "{said}");
        let code = home.path("code");
        let said = home.inward(&["add", code.to_str().unwrap()]).expect(0);
        assert!(said.stderr.contains("check its permissions"));
    }
    fs::set_permissions(&git, fs::Permissions::from_mode(0o700)).unwrap();
}
