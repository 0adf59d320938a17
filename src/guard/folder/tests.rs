use std::os::unix::fs::{PermissionsExt, symlink};

use super::judge::judge_parent;
use super::*;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

fn open_up(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// A temporary folder by its real path.
fn temp() -> (tempfile::TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let path = fs::canonicalize(temp.path()).unwrap();
    (temp, path)
}

#[test]
fn a_new_folder_and_its_missing_parents_are_private() {
    let (_keep, top) = temp();
    let prepared = prepare(&top.join("a/b/inward")).unwrap();
    assert!(prepared.created && prepared.repaired.is_empty());
    assert_eq!(prepared.dir, top.join("a/b/inward"));
    for made in ["a", "a/b", "a/b/inward"] {
        assert_eq!(mode(&top.join(made)), 0o700, "{made}");
    }
    assert!(private_file(&prepared.dir.join("inward.db")).unwrap());
    assert_eq!(mode(&prepared.dir.join("inward.db")), 0o600);
}

#[test]
fn what_others_could_read_is_closed_and_named() {
    let (_keep, top) = temp();
    let dir = top.join("d");
    fs::create_dir_all(dir.join("spaces/office")).unwrap();
    for file in ["inward.db", "spaces/office/inward.db"] {
        fs::write(dir.join(file), "x").unwrap();
        open_up(&dir.join(file), 0o644);
    }
    open_up(&dir, 0o755);
    open_up(&dir.join("spaces"), 0o777);
    open_up(&dir.join("spaces/office"), 0o700);
    let prepared = prepare(&dir).unwrap();
    assert_eq!(prepared.repaired.len(), 4, "{:?}", prepared.repaired);
    for (path, want) in [
        ("", 0o700),
        ("inward.db", 0o600),
        ("spaces", 0o700),
        ("spaces/office/inward.db", 0o600),
    ] {
        assert_eq!(mode(&dir.join(path)), want, "{path}");
    }
    assert!(prepare(&dir).unwrap().repaired.is_empty());
}

#[test]
fn a_link_is_refused_and_its_target_untouched() {
    let (_keep, top) = temp();
    let target = top.join("target");
    fs::create_dir(&target).unwrap();
    open_up(&target, 0o755);
    symlink(&target, top.join("link")).unwrap();
    assert!(matches!(
        prepare(&top.join("link")),
        Err(FolderError::Link(_))
    ));
    assert!(matches!(
        check(&top.join("link")),
        Err(FolderError::Link(_))
    ));
    assert_eq!(mode(&target), 0o755);

    let dir = prepare(&top.join("d")).unwrap().dir;
    let hosts = top.join("hosts");
    fs::write(&hosts, "x").unwrap();
    open_up(&hosts, 0o644);
    symlink(&hosts, dir.join("inward.db")).unwrap();
    assert!(matches!(prepare(&dir), Err(FolderError::Link(_))));
    assert!(matches!(
        private_file(&dir.join("inward.db")),
        Err(FolderError::Link(_))
    ));
    assert_eq!(mode(&hosts), 0o644);
}

#[test]
fn a_link_above_the_parent_is_fine() {
    let (_keep, top) = temp();
    fs::create_dir(top.join("real")).unwrap();
    symlink(top.join("real"), top.join("home")).unwrap();
    let prepared = prepare(&top.join("home/inward")).unwrap();
    assert_eq!(prepared.dir, top.join("real/inward"));
}

#[test]
fn a_parent_open_to_everybody_is_refused_unless_it_is_sticky() {
    let (_keep, top) = temp();
    open_up(&top, 0o777);
    assert!(matches!(
        prepare(&top.join("d")),
        Err(FolderError::OpenParent(_))
    ));
    assert!(!top.join("d").exists());
    open_up(&top, 0o1777);
    assert!(prepare(&top.join("d")).is_ok());
}

#[test]
fn somebody_elses_parent_is_refused_and_the_systems_is_not() {
    let parent = Path::new("/p");
    assert!(judge_parent(parent, 1000, 0o755, 1000).is_ok());
    assert!(judge_parent(parent, 0, 0o755, 1000).is_ok());
    assert!(judge_parent(parent, 0, 0o1777, 1000).is_ok());
    let error = judge_parent(parent, 1001, 0o755, 1000).unwrap_err();
    assert!(error.unsafe_place() && error.to_string().contains("user 1001"));
    assert!(judge_parent(parent, 1001, 0o1777, 1000).is_err());
}

#[test]
fn a_synced_folder_is_refused() {
    let (_keep, top) = temp();
    fs::create_dir(top.join("Dropbox")).unwrap();
    let error = prepare(&top.join("Dropbox/inward")).unwrap_err();
    assert!(matches!(error, FolderError::Leaves(..)), "{error}");
    fs::create_dir(top.join("sync")).unwrap();
    fs::create_dir(top.join("sync/.stfolder")).unwrap();
    assert!(matches!(
        prepare(&top.join("sync/inward")),
        Err(FolderError::Leaves(..))
    ));
}

#[test]
fn a_file_in_place_of_the_folder_is_named() {
    let (_keep, top) = temp();
    fs::write(top.join("d"), "x").unwrap();
    let error = prepare(&top.join("d")).unwrap_err();
    assert!(error.to_string().contains("is not a folder"), "{error}");
    assert!(prepare(&top.join("x/..")).is_err());
}

#[test]
fn check_changes_nothing() {
    let (_keep, top) = temp();
    assert_eq!(check(&top.join("a/b")).unwrap(), None);
    assert!(!top.join("a").exists());
    let dir = top.join("d");
    fs::create_dir(&dir).unwrap();
    open_up(&dir, 0o755);
    assert_eq!(check(&dir).unwrap(), Some(dir.clone()));
    assert_eq!(mode(&dir), 0o755);
}

#[test]
fn a_space_is_prepared_with_its_base() {
    let (_keep, top) = temp();
    let base = top.join("d");
    fs::create_dir(&base).unwrap();
    open_up(&base, 0o777);
    let prepared = prepare_space(&base, &base.join("spaces/office")).unwrap();
    assert_eq!(prepared.dir, base.join("spaces/office"));
    assert_eq!((mode(&base), mode(&base.join("spaces"))), (0o700, 0o700));
}

/// Seen to fail when the word was given by the file alone, without the path and the way in it.
#[test]
fn the_owners_word_holds_for_this_folder_and_this_way_only() {
    let (_keep, top) = temp();
    let cloud = top.join("Dropbox");
    fs::create_dir(&cloud).unwrap();
    let dir = cloud.join("inward");
    assert!(matches!(prepare(&dir), Err(FolderError::Leaves(..))));
    let prepared = stay_here(&dir).unwrap();
    assert_eq!(mode(&prepared.dir), 0o700);
    assert_eq!(mode(&dir.join("kept-here")), 0o600);
    assert!(prepare(&dir).is_ok() && check(&dir).is_ok());
    assert!(prepare_space(&dir, &dir.join("spaces/office")).is_ok());
    // Copied elsewhere, the word says nothing.
    fs::create_dir_all(top.join("OneDrive/inward")).unwrap();
    fs::copy(dir.join("kept-here"), top.join("OneDrive/inward/kept-here")).unwrap();
    let copied = prepare(&top.join("OneDrive/inward"));
    assert!(matches!(copied, Err(FolderError::Leaves(..))));
    // Nor for another way of leaving.
    fs::create_dir(dir.join(".stfolder")).unwrap();
    assert!(matches!(prepare(&dir), Err(FolderError::Leaves(..))));
    fs::remove_dir(dir.join(".stfolder")).unwrap();
    assert!(prepare(&dir).is_ok());
    fs::remove_file(dir.join("kept-here")).unwrap();
    assert!(matches!(prepare(&dir), Err(FolderError::Leaves(..))));
}

#[test]
fn the_owners_word_opens_no_other_door() {
    let (_keep, top) = temp();
    fs::create_dir_all(top.join("Dropbox/real")).unwrap();
    let dir = top.join("Dropbox/inward");
    symlink(top.join("Dropbox/real"), &dir).unwrap();
    assert!(matches!(stay_here(&dir), Err(FolderError::Link(_))));
    fs::remove_file(&dir).unwrap();
    open_up(&top.join("Dropbox"), 0o777);
    assert!(matches!(stay_here(&dir), Err(FolderError::OpenParent(_))));
    assert!(!dir.exists());
    open_up(&top.join("Dropbox"), 0o700);
    // A word that is a link was not given by anybody who may.
    stay_here(&dir).unwrap();
    fs::rename(dir.join("kept-here"), top.join("word")).unwrap();
    symlink(top.join("word"), dir.join("kept-here")).unwrap();
    assert!(check(&dir).is_err());
}

#[test]
fn another_folder_is_used_instead_only_while_the_first_leaves() {
    let (_keep, top) = temp();
    fs::create_dir(top.join("Nextcloud")).unwrap();
    let (cloud, home) = (top.join("Nextcloud/inward"), top.join("home/inward"));
    let places = [top.join("Nextcloud/other"), home.clone()];
    assert_eq!(local_place(&places), Some(&home));
    assert_eq!(local_place(&places[..1]), None);
    assert_eq!(instead(&cloud, &places), None);
    let made = prepare(&home).unwrap().dir;
    use_instead(&made, &cloud).unwrap();
    use_instead(&made, &top.join("Nextcloud/third")).unwrap();
    assert_eq!(mode(&made.join("instead-of")), 0o600);
    assert_eq!(instead(&cloud, &places), Some(home.clone()));
    assert_eq!(
        instead(&top.join("Nextcloud/third"), &places),
        Some(home.clone())
    );
    assert_eq!(instead(&top.join("Nextcloud/fourth"), &places), None);
    assert_eq!(instead(&top.join("local/inward"), &places), None);
    // The owner changed their mind.
    stay_here(&cloud).unwrap();
    assert_eq!(instead(&cloud, &places), None);
}
