use super::super::place::tests::{git_folder, linked};
use super::*;

fn temp() -> (tempfile::TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let path = fs::canonicalize(temp.path()).unwrap();
    (temp, path)
}

fn names(found: &Found, top: &Path) -> Vec<String> {
    let relative = |place: &Place| place.path.strip_prefix(top).unwrap().display().to_string();
    found.places.iter().map(relative).collect()
}

#[test]
fn clones_bare_ones_and_submodules_are_found_and_a_work_tree_is_not_a_second_one() {
    let (_keep, top) = temp();
    git_folder(&top.join("a/api/.git"));
    linked(&top.join("a/api"), "aaa-feature");
    git_folder(&top.join("b/bare.git"));
    let lib = "a/api/third/party/very/deep/lib";
    git_folder(&top.join("a/api/.git/modules/lib"));
    fs::create_dir_all(top.join(lib)).unwrap();
    let module = top.join("a/api/.git/modules/lib").display().to_string();
    fs::write(top.join(lib).join(".git"), format!("gitdir: {module}\n")).unwrap();
    let text =
        "[submodule \"lib\"]\npath = third/party/very/deep/lib\n[submodule \"x\"]\npath = ../..\n";
    fs::write(top.join("a/api/.gitmodules"), text).unwrap();
    let found = find(&top, Limits::default());
    assert_eq!(names(&found, &top), ["a/api", lib, "b/bare.git"]);
    assert!(found.problems.is_empty() && !found.cut_short);
}

#[test]
fn caches_are_skipped_and_links_are_not_followed() {
    let (_keep, top) = temp();
    git_folder(&top.join("mine/.git"));
    for skipped in ["node_modules", "target", ".cache"] {
        git_folder(&top.join(skipped).join("x/.git"));
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(&top, top.join("loop")).unwrap();
    let found = find(&top, Limits::default());
    assert_eq!(names(&found, &top), ["mine"]);
}

#[test]
fn inside_a_work_tree_only_what_lies_near_its_top_is_found() {
    let (_keep, top) = temp();
    git_folder(&top.join("mono/.git"));
    git_folder(&top.join("mono/tools/near/.git"));
    git_folder(&top.join("mono/1/2/3/4/far/.git"));
    let found = find(&top, Limits::default());
    assert_eq!(names(&found, &top), ["mono", "mono/tools/near"]);
}

#[test]
fn limits_end_the_search_and_say_so() {
    let (_keep, top) = temp();
    git_folder(&top.join("1/2/3/.git"));
    let shallow = Limits {
        depth: 1,
        ..Limits::default()
    };
    let found = find(&top, shallow);
    assert!(found.places.is_empty() && found.cut_short);
    let few = Limits {
        entries: 2,
        ..Limits::default()
    };
    assert!(find(&top, few).cut_short);
}

#[test]
fn a_broken_one_is_a_problem_and_the_rest_goes_on() {
    let (_keep, top) = temp();
    git_folder(&top.join("fine/.git"));
    fs::create_dir(top.join("broken")).unwrap();
    fs::write(top.join("broken/.git"), "gitdir: /gone\n").unwrap();
    let found = find(&top, Limits::default());
    assert_eq!(names(&found, &top), ["fine"]);
    assert_eq!(found.problems[0].path, top.join("broken"));
    let found = find(&top.join("none"), Limits::default());
    assert_eq!(found.problems.len(), 1);
}

#[test]
fn the_folder_itself_can_be_the_repository() {
    let (_keep, top) = temp();
    git_folder(&top.join(".git"));
    assert_eq!(names(&find(&top, Limits::default()), &top), [""]);
}

#[test]
fn a_root_is_the_repository_itself_or_all_below_the_folder() {
    let (_keep, top) = temp();
    git_folder(&top.join("a/.git"));
    git_folder(&top.join("a/inner/.git"));
    git_folder(&top.join("b/.git"));
    let root = |path: &Path| Root {
        path: path.to_owned(),
        trusted: false,
        since: None,
        exclude: vec![],
    };
    let at = |path: &Path| at_root(&root(path), Limits::default());
    assert_eq!(names(&at(&top.join("a")), &top), ["a"]);
    assert_eq!(names(&at(&top), &top), ["a", "a/inner", "b"]);
    assert_eq!(at(&top.join("gone")).problems.len(), 1);
}
