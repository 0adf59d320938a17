use super::*;

/// The least that is a git folder.
pub(in crate::guard::discover) fn git_folder(dir: &Path) -> PathBuf {
    for name in ["objects", "refs"] {
        fs::create_dir_all(dir.join(name)).unwrap();
    }
    fs::write(dir.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    dir.to_owned()
}

/// A linked work tree `name` of the clone `main`, made as git lays it out.
pub(in crate::guard::discover) fn linked(main: &Path, name: &str) -> PathBuf {
    let own = main.join(".git/worktrees").join(name);
    let tree = main.parent().unwrap().join(name);
    fs::create_dir_all(&own).unwrap();
    fs::create_dir_all(&tree).unwrap();
    fs::write(own.join("HEAD"), "ref: refs/heads/other\n").unwrap();
    fs::write(own.join("commondir"), "../..\n").unwrap();
    fs::write(own.join("gitdir"), format!("{}/.git\n", tree.display())).unwrap();
    fs::write(tree.join(".git"), format!("gitdir: {}\n", own.display())).unwrap();
    tree
}

fn temp() -> (tempfile::TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let path = fs::canonicalize(temp.path()).unwrap();
    (temp, path)
}

#[test]
fn a_clone_is_found_by_its_tree_and_by_its_git_folder() {
    let (_keep, top) = temp();
    let git_dir = git_folder(&top.join("api/.git"));
    let place = place_at(&top.join("api")).unwrap();
    assert_eq!(place.path, top.join("api"));
    assert_eq!((&place.git_dir, &place.common_dir), (&git_dir, &git_dir));
    assert_eq!(place_at(&git_dir).unwrap(), place);
    fs::create_dir_all(top.join("api/src/deep")).unwrap();
    assert_eq!(
        enclosing(&top.join("api/src/deep")).unwrap().unwrap(),
        place
    );
    assert!(enclosing(&top).is_none());
}

#[test]
fn a_bare_repository_is_its_own_tree() {
    let (_keep, top) = temp();
    let bare = git_folder(&top.join("api.git"));
    let place = place_at(&bare).unwrap();
    assert_eq!((&place.path, &place.git_dir), (&bare, &bare));
}

#[test]
fn a_linked_work_tree_shares_the_common_folder() {
    let (_keep, top) = temp();
    let git_dir = git_folder(&top.join("api/.git"));
    let tree = linked(&top.join("api"), "feature");
    let place = place_at(&tree).unwrap();
    assert_eq!(place.path, tree);
    assert_eq!(place.git_dir, git_dir.join("worktrees/feature"));
    assert_eq!(place.common_dir, git_dir);
    assert_eq!(place_at(&place.git_dir).unwrap(), place);
    assert_eq!(place_at(&tree.join(".git")).unwrap(), place);
}

#[test]
fn a_submodule_points_relatively() {
    let (_keep, top) = temp();
    git_folder(&top.join("api/.git"));
    let module = git_folder(&top.join("api/.git/modules/lib"));
    fs::create_dir_all(top.join("api/lib")).unwrap();
    fs::write(top.join("api/lib/.git"), "gitdir: ../.git/modules/lib\n").unwrap();
    let place = place_at(&top.join("api/lib")).unwrap();
    assert_eq!(
        (place.path, place.common_dir),
        (top.join("api/lib"), module)
    );
}

#[test]
fn each_broken_place_names_itself_and_the_next_step() {
    let (_keep, top) = temp();
    let text = |path: &Path| place_at(path).unwrap_err().to_string();
    assert!(text(&top.join("none")).contains("does not exist"));
    assert!(text(&top).contains("is not a git repository"));
    fs::write(top.join("file"), "").unwrap();
    assert!(text(&top.join("file")).contains("is not a git repository"));
    fs::create_dir(top.join("tree")).unwrap();
    fs::write(top.join("tree/.git"), "gitdir: /gone/\u{1b}[31m\n").unwrap();
    let dangling = text(&top.join("tree"));
    assert!(dangling.contains("git worktree repair") && !dangling.contains('\u{1b}'));
    fs::write(top.join("tree/.git"), "hello\n").unwrap();
    assert!(text(&top.join("tree")).contains("is not a git repository"));
}

#[test]
fn an_empty_git_folder_does_not_hide_the_repository_above() {
    let (_keep, top) = temp();
    git_folder(&top.join("api/.git"));
    fs::create_dir_all(top.join("api/sub/.git")).unwrap();
    let place = enclosing(&top.join("api/sub")).unwrap().unwrap();
    assert_eq!(place.path, top.join("api"));
}

#[test]
fn somebody_elses_repository_is_refused_with_the_word_that_trusts_it() {
    let tree = Path::new("/srv/api");
    assert!(foreign(tree, 1000, Some(1000)).is_ok());
    assert!(foreign(tree, 1, None).is_ok());
    let text = foreign(tree, 33, Some(1000)).unwrap_err().to_string();
    assert_eq!(
        text,
        "/srv/api belongs to user 33, not to you: if you trust it, run inward trust /srv/api"
    );
}

#[cfg(unix)]
#[test]
fn a_foreign_owner_is_seen_on_disk_and_lifted_by_trust() {
    let (_keep, top) = temp();
    let git_dir = git_folder(&top.join("api/.git"));
    if std::os::unix::fs::chown(&git_dir, Some(12345), None).is_err() {
        return; // Only the administrator can give files away; the rule itself is tested above.
    }
    let error = place_at(&top.join("api")).unwrap_err();
    assert!(
        matches!(error, PlaceError::ForeignOwner { owner: 12345, .. }),
        "{error}"
    );
    assert!(trusted_place_at(&top.join("api")).unwrap().trusted);
}
