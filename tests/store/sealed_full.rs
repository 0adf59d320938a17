//! A sealed store on a disk without room: a small file system of this test's own, where the system
//! lets a user mount one.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use inward::store::sealed::{DataKey, Door};
use inward::store::{Forget, Store};

use crate::fake::{Fake, fill};
use crate::git::NOW;
use crate::own::note;
use crate::sealed::{CHEAP, passphrase};

#[test]
fn forgetting_in_a_sealed_store_gives_the_earlier_generation_up_on_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=16m tmpfs \"$DISK\" 2>/dev/null || exit 77
        exec \"$TEST\" --exact sealed_full::a_full_disk --ignored --nocapture";
    let out = Command::new("unshare")
        .args(["-rm", "sh", "-c", script])
        .env("DISK", folder.path())
        .env("TEST", std::env::current_exe().unwrap())
        .output();
    let Ok(out) = out else {
        eprintln!("SKIPPED: there is no unshare here, so no full disk was tried");
        return;
    };
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    if out.status.code() == Some(77) || said.contains("unshare failed") {
        eprintln!("SKIPPED: no file system may be mounted here, so no full disk was tried: {said}");
        return;
    }
    assert!(
        out.status.success() && said.contains("all of it was tried"),
        "{said}"
    );
}

/// Leaves no byte free.
fn fill_up(disk: &Path) {
    let mut file = fs::File::create(disk.join("filler")).unwrap();
    for size in [64 << 10, 4096, 1] {
        let block = vec![7; size];
        while file.write_all(&block).is_ok() {}
    }
}

#[test]
#[ignore = "started by the other test on a small disk of its own"]
fn a_full_disk() {
    let Some(disk) = std::env::var_os("DISK") else {
        return;
    };
    let disk = Path::new(&disk);
    let (path, earlier) = (disk.join("inward.db"), disk.join("inward.db.previous"));
    let mut plain = Store::open(&path, NOW).unwrap();
    let fake = Fake {
        commits: 6_000,
        files: 3,
    };
    drop(fill(&mut plain, &fake));
    drop(plain);
    let key = DataKey::random().unwrap();
    Store::encrypt(&path, &key, (&passphrase("the passphrase"), CHEAP), NOW).unwrap();
    let door = Door::new(&path, Some(key));
    door.open(NOW)
        .unwrap()
        .add_note(&note("a canary of a note"))
        .unwrap();
    // More than the reserve that forgetting gives up.
    assert!(fs::metadata(&path).unwrap().len() > 1 << 20);
    assert!(earlier.exists());
    fill_up(disk);
    let mut store = door.open(NOW).unwrap();
    assert_eq!(store.commit_count().unwrap(), 6_000);
    store.forget(&Forget::Text("canary".to_owned())).unwrap();
    assert!(!earlier.exists());
    assert_eq!(door.open(NOW).unwrap().notes(None).unwrap().len(), 0);
    assert_eq!(door.open(NOW).unwrap().commit_count().unwrap(), 6_000);
    // Now nothing is left to give up: an error with its words, and nothing lost.
    fill_up(disk);
    let before = fs::read(&path).unwrap();
    let error = door
        .open(NOW)
        .unwrap()
        .add_note(&note("no room"))
        .unwrap_err();
    assert_eq!(error.exit_code(), 8, "{error}");
    assert!(
        error.to_string().contains("written whole, which takes"),
        "{error}"
    );
    assert!(fs::read(&path).unwrap() == before);
    println!("all of it was tried");
}
