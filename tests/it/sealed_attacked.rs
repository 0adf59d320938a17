//! A sealed store whose neighbours were exchanged, whose owner is asked, and whose key another
//! process holds: the built program.

use std::fs;
use std::path::PathBuf;

use crate::sealed::{Stage, WORDS};

impl Stage {
    fn roots(&self) -> PathBuf {
        self.home.data().join("roots.toml")
    }

    /// A plain store of somebody else's, as bytes.
    fn planted() -> Vec<u8> {
        let other = Self::new();
        fs::read(other.store()).unwrap()
    }
}

#[test]
fn a_plain_store_put_in_the_place_of_a_sealed_one_is_exit_4_while_anything_beside_it_is_left() {
    let planted = Stage::planted();
    for left in ["inward.db.lock", "roots.toml", "the login's key"] {
        let stage = Stage::sealed();
        if left == "the login's key" {
            if !stage.keeps_keys() {
                continue;
            }
        } else {
            stage.home.inward(&["lock"]).expect(0);
        }
        let sealed = fs::read(stage.store()).unwrap();
        let list = fs::read(stage.roots()).unwrap();
        fs::write(stage.store(), &planted).unwrap();
        for name in ["inward.db.lock", "inward.db.previous", "roots.toml"] {
            if name != left {
                drop(fs::remove_file(stage.home.data().join(name)));
            }
        }
        for args in [
            &["status"][..],
            &["log", "all"],
            &["scan"],
            &["note", "one"],
            &["encrypt", "-"],
            &["forget", "--all", "--yes"],
            &["doctor"],
        ] {
            let run = stage.home.inward_fed(args, "a long passphrase\n");
            if run.code != 4 && left != "inward.db.lock" && args == ["doctor"] {
                continue; // It reads no list of repositories and asks for no key.
            }
            assert_eq!(
                run.code, 4,
                "{left}, {args:?}: {}{}",
                run.stdout, run.stderr
            );
            assert_eq!(run.stdout, "", "{left}, {args:?}");
            assert!(
                run.stderr.contains("plain file lies where"),
                "{}",
                run.stderr
            );
        }
        assert!(fs::read(stage.store()).unwrap() == planted, "left as it is");
        fs::write(stage.store(), sealed).unwrap();
        fs::write(stage.roots(), list).unwrap();
        stage.decrypt();
        let told = stage.home.inward(&["log", "all"]).expect(0).stdout;
        assert!(told.contains("a.rs"), "{left}: {told}");
    }
}

#[test]
fn a_plain_emptied_or_missing_list_beside_a_sealed_store_is_not_obeyed() {
    let stage = Stage::sealed();
    if !stage.keeps_keys() {
        return;
    }
    let other = stage.home.repo("planted");
    let mut whole = fs::read(stage.roots()).unwrap();
    let planted = format!("[[root]]\npath = {other:?}\ntrusted = true\n");
    for list in [Some(planted.as_str()), Some(""), None] {
        match list {
            Some(text) => fs::write(stage.roots(), text).unwrap(),
            None => fs::remove_file(stage.roots()).unwrap(),
        }
        for args in [&["scan"][..], &["repos"], &["log", "all"], &["status"]] {
            let run = stage.home.inward(args).expect(4);
            assert_eq!(run.stdout, "", "{list:?}, {args:?}");
            assert!(
                run.stderr.contains("missing or not sealed"),
                "{}",
                run.stderr
            );
        }
        // Without the key nothing more is told than that it is needed.
        stage.home.inward(&["lock"]).expect(0);
        for args in [&["scan"][..], &["repos"], &["log", "all"], &["status"]] {
            let run = stage.home.inward(args).expect(3);
            assert!(!run.stderr.contains("nothing"), "{args:?}: {}", run.stderr);
        }
        fs::write(stage.roots(), &whole).unwrap();
        stage.decrypt();
        stage.encrypt();
        let now = fs::read(stage.roots()).unwrap();
        assert!(now != whole && !String::from_utf8_lossy(&now).contains("garden"));
        stage.home.inward(&["scan"]).expect(0);
        whole = fs::read(stage.roots()).unwrap();
    }
}

#[test]
fn unsealing_that_was_cut_short_between_the_list_and_the_store_is_ended_or_taken_back() {
    let stage = Stage::new();
    let list = fs::read(stage.roots()).unwrap();
    for by in ["decrypt", "encrypt"] {
        stage.encrypt();
        let keeps = stage.keeps_keys();
        fs::write(stage.roots(), &list).unwrap();
        if by == "encrypt" && keeps {
            let told = stage.home.inward(&["encrypt"]).expect(0).stdout;
            assert!(
                told.contains("in the list: ") && told.contains("garden"),
                "{told}"
            );
            assert!(!fs::read(stage.roots()).unwrap().starts_with(b"#"));
        }
        stage.decrypt();
        assert_eq!(fs::read(stage.roots()).unwrap(), list, "{by}");
        let told = stage.home.inward(&["log", "all"]).expect(0).stdout;
        assert!(told.contains("a.rs"), "{told}");
    }
}

#[test]
fn a_store_with_no_list_at_all_gets_one_when_it_is_sealed() {
    let stage = Stage::new();
    fs::remove_file(stage.roots()).unwrap();
    stage.encrypt();
    assert!(
        fs::read(stage.roots())
            .unwrap()
            .starts_with(b"inward parcel")
    );
    if stage.keeps_keys() {
        stage.home.inward(&["repos"]).expect(0);
    }
}

#[test]
fn unsealing_and_another_passphrase_need_the_passphrase_even_while_the_login_keeps_the_key() {
    let stage = Stage::sealed();
    let sealed = fs::read(stage.store()).unwrap();
    for (args, input) in [
        (&["decrypt"][..], ""),
        (&["decrypt", "-"], ""),
        (&["decrypt", "-"], "not the passphrase\n"),
        (
            &["encrypt", "--change", "-"],
            "not the passphrase\nanother one\n",
        ),
    ] {
        let run = stage.home.inward_fed(args, input).expect(3);
        assert_eq!(run.stdout, "", "{args:?}");
        assert!(fs::read(stage.store()).unwrap() == sealed, "{args:?}");
    }
    stage
        .home
        .inward_fed(&["encrypt", "--change", "-"], &format!("{WORDS}\n"))
        .expect(2);
    let both = format!("{WORDS}\nanother long passphrase\n");
    stage
        .home
        .inward_fed(&["encrypt", "--change", "-"], &both)
        .expect(0);
    stage
        .home
        .inward_fed(&["decrypt", "-"], &format!("{WORDS}\n"))
        .expect(3);
    stage
        .home
        .inward_fed(&["decrypt", "-"], "another long passphrase\n")
        .expect(0);
}

#[test]
fn locking_says_when_an_open_dashboard_still_holds_the_key() {
    let stage = Stage::sealed();
    stage.home.inward(&["lock"]).expect(0);
    let mut session = stage.typed(&[]);
    session.until_text("FILE sealed");
    let held = stage.home.inward(&["lock"]).expect(0).stdout;
    assert!(held.contains("still holds the key"), "{held}");
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    let free = stage.home.inward(&["lock"]).expect(0).stdout;
    assert!(!free.contains("still holds"), "{free}");
}

#[test]
fn forgetting_everything_of_a_sealed_store_leaves_nothing_that_says_it_was_sealed() {
    let stage = Stage::sealed();
    if !stage.keeps_keys() {
        return;
    }
    let told = stage
        .home
        .inward(&["forget", "--all", "--yes"])
        .expect(0)
        .stdout;
    assert!(told.contains("The data folder is empty."), "{told}");
    stage.home.inward_in(&stage.repo, &["scan"]).expect(0);
    stage.home.inward(&["status"]).expect(0);
}
