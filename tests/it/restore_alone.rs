//! `inward dump` and `inward restore` beside others: one at a time, in places that nobody else can
//! change, and nothing left behind by one that was refused.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use crate::home::Home;
use crate::restore::{dump, home, restore, text};
use crate::restore_damage::{change, refused, sign};

/// Runs of the program that were started at once; each one's exit code and what it said.
fn at_once(home: &Home, args: &[&str]) -> Vec<(Option<i32>, String)> {
    let start = |_| {
        let mut command = home.command(env!("CARGO_BIN_EXE_inward"), &home.path(""));
        command.args(args).stdout(Stdio::null());
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    let all: Vec<Child> = (0..4).map(start).collect();
    let end = |child: Child| {
        let out = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        (out.status.code(), said)
    };
    all.into_iter().map(end).collect()
}

/// One of them at least did its work; the others were told what to do.
fn one_won(runs: &[(Option<i32>, String)]) {
    assert!(runs.iter().any(|(code, _)| *code == Some(0)), "{runs:?}");
    for (code, said) in runs {
        let told = *code == Some(2) && said.contains("next: ");
        assert!(*code == Some(0) || told, "{code:?}: {said}");
    }
}

/// The lock that a run of the program holds on a folder.
fn held(dir: &Path) -> File {
    let folder = File::open(dir).unwrap();
    folder.try_lock().unwrap();
    folder
}

fn open_to(dir: &Path, mode: u32) {
    fs::set_permissions(dir, Permissions::from_mode(mode)).unwrap();
}

fn names(dir: &Path) -> Vec<String> {
    let all = fs::read_dir(dir).unwrap().map(Result::unwrap);
    let mut all: Vec<_> = all
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    all.sort();
    all
}

#[test]
fn of_restores_at_once_one_wins_and_what_it_registered_stays() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let registered = fs::read_to_string(home.data().join("roots.toml")).unwrap();
    for n in 0..3 {
        let data = home.path(&format!("new-{n}/below"));
        let runs = at_once(&home, &["--data-dir", text(&data), "restore", text(&dir)]);
        one_won(&runs);
        let won = runs.iter().filter(|(code, _)| *code == Some(0)).count();
        assert_eq!(won, 1, "{runs:?}");
        let roots = fs::read_to_string(data.join("roots.toml")).unwrap();
        assert_eq!(roots, registered);
    }
}

#[test]
fn a_restore_beside_another_one_touches_nothing_and_says_what_to_do() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let data = home.path("new");
    fs::create_dir(&data).unwrap();
    let other = held(&data);
    let said = restore(&home, "new", &dir).expect(2).stderr;
    assert!(
        said.contains("in use by another dump, backup or restore"),
        "{said}"
    );
    assert!(said.contains("run this again"), "{said}");
    assert!(names(&data).is_empty());
    // The list of an ordinary command beside it stays.
    let repo = home.path("garden");
    let add = ["--data-dir", text(&data), "add", text(&repo)];
    home.inward(&add).expect(0);
    drop(other);
    restore(&home, "new", &dir).expect(0);
    let roots = fs::read_to_string(data.join("roots.toml")).unwrap();
    assert_eq!(roots.matches("[[root]]").count(), 2, "{roots}");
}

#[test]
fn of_dumps_at_once_into_one_folder_a_whole_one_is_left() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    for n in 0..3 {
        one_won(&at_once(&home, &["dump", "-o", text(&dir)]));
        restore(&home, &format!("new-{n}"), &dir).expect(0);
    }
    let other = held(&dir);
    let before = fs::read(dir.join("manifest.json")).unwrap();
    let said = home.inward(&["dump", "-o", text(&dir)]).expect(2).stderr;
    assert!(
        said.contains("in use by another dump, backup or restore"),
        "{said}"
    );
    assert_eq!(fs::read(dir.join("manifest.json")).unwrap(), before);
    // Nor is half a dump read while it is written.
    refused(&home, &dir, 2);
    // Not by closing it alone: a program that another test starts just now holds a copy until it runs.
    other.unlock().unwrap();
    home.inward(&["dump", "-o", text(&dir)]).expect(0);
}

#[test]
fn a_folder_that_others_can_change_takes_no_dump_and_gives_none() {
    let home = home();
    let dir = dump(&home, "data", "outer/dump", &[]);
    let before = fs::read(dir.join("manifest.json")).unwrap();
    for mode in [0o777, 0o770, 0o702] {
        open_to(&dir, mode);
        let said = home.inward(&["dump", "-o", text(&dir)]).expect(5).stderr;
        assert!(said.contains("others may write into"), "{said}");
        assert!(said.contains("chmod go-w"), "{said}");
        assert!(refused(&home, &dir, 5).contains("chmod go-w"));
        assert!(!home.path("never").exists());
    }
    open_to(&dir, 0o700);
    // Whoever can write to the folder above can swap this one.
    let outer = home.path("outer");
    open_to(&outer, 0o777);
    refused(&home, &dir, 5);
    let new = outer.join("new");
    home.inward(&["dump", "-o", text(&new)]).expect(5);
    assert!(!new.exists());
    assert_eq!(fs::read(dir.join("manifest.json")).unwrap(), before);
    open_to(&outer, 0o1777);
    home.inward(&["dump", "-o", text(&new)]).expect(0);
    restore(&home, "new", &new).expect(0);
}

#[test]
fn a_dump_that_others_can_look_at_is_restored_with_a_warning() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let said = restore(&home, "closed", &dir).expect(0).stderr;
    assert!(!said.contains("others can look"), "{said}");
    open_to(&dir, 0o755);
    let said = restore(&home, "open", &dir).expect(0).stderr;
    assert!(said.contains("others can look into"), "{said}");
    assert!(said.contains("chmod go-rwx"), "{said}");
}

#[test]
fn a_dump_into_the_data_folder_is_refused_and_leaves_nothing_there() {
    let home = home();
    let data = home.data();
    let link = home.path("link");
    symlink(&data, &link).unwrap();
    let before = names(&data);
    let own = [data.clone(), data.join("new/deep"), link.join("new")];
    let spaces = [data.join("spaces/old"), data.join("none/../new")];
    for dir in own.iter().chain(&spaces) {
        let said = home.inward(&["dump", "-o", text(dir)]).expect(2).stderr;
        assert!(said.contains("keeps its store in"), "{said}");
        assert!(said.contains("name another folder"), "{said}");
        assert_eq!(names(&data), before);
    }
    // The data folder of another run is one too.
    restore(&home, "other", &dump(&home, "data", "dump", &[])).expect(0);
    let other = home.path("other");
    home.inward(&["dump", "-o", text(&other)]).expect(2);
}

#[test]
fn a_refused_restore_leaves_nothing_in_the_data_folder() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    change(&dir.join("commits.jsonl"), |text| {
        text.replace("Change", "Chance")
    });
    let said = refused(&home, &dir, 4);
    assert!(said.contains("nothing was written"), "{said}");
    assert!(names(&home.path("never")).is_empty());
    let none: PathBuf = home.path("none");
    fs::create_dir(&none).unwrap();
    restore(&home, "not-made", &none).expect(1);
    assert!(!home.path("not-made").exists());
}

#[test]
fn a_link_among_the_files_of_a_dump_is_called_one() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    for name in ["commits.jsonl", "notes.csv", "store.jsonl", "manifest.json"] {
        let (file, away) = (dir.join(name), home.path(name));
        fs::rename(&file, &away).unwrap();
        symlink(&away, &file).unwrap();
        let said = refused(&home, &dir, 4);
        let wanted = format!("{name}: it is a symbolic link");
        assert!(said.contains(&wanted), "{said}");
        // Nor does a dump break the earlier one over it.
        let said = home.inward(&["dump", "-o", text(&dir)]).expect(1).stderr;
        assert!(said.contains(&wanted), "{said}");
        fs::remove_file(&file).unwrap();
        fs::rename(&away, &file).unwrap();
    }
    restore(&home, "never", &dir).expect(0);
}

#[test]
fn a_registered_path_that_could_not_be_registered_is_named_with_its_line() {
    let home = home();
    let whole = fs::read_to_string(dump(&home, "data", "dump", &[]).join("registered.jsonl"));
    let whole = whole.unwrap();
    let bench = text(&home.path("bench")).to_owned();
    for bad in [
        "bench",
        "/a/../bench",
        "/a/./bench",
        "/a//bench",
        "/a\\u0000b",
        "",
    ] {
        let dir = dump(&home, "data", "dump", &[]);
        let edited = whole.replace(&format!("\"{bench}\""), &format!("\"{bad}\""));
        assert_ne!(edited, whole);
        let at = edited
            .lines()
            .position(|line| line.contains(&format!("\"{bad}\"")));
        fs::write(dir.join("registered.jsonl"), &edited).unwrap();
        sign(&dir, "registered.jsonl");
        let said = refused(&home, &dir, 4);
        let wanted = format!("registered.jsonl: line {}: a path", at.unwrap() + 1);
        assert!(said.contains(&wanted), "{bad}: {said}");
    }
}

#[test]
fn what_the_system_refuses_names_the_file_and_the_next_step() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    fs::create_dir(dir.join("notes.csv.new")).unwrap();
    let said = home.inward(&["dump", "-o", text(&dir)]).expect(1).stderr;
    assert!(said.contains("notes.csv.new: not a plain file"), "{said}");
    assert!(
        said.contains("next: ") && said.contains("another folder"),
        "{said}"
    );
    let file = home.path("file");
    fs::write(&file, "mine").unwrap();
    let said = home.inward(&["dump", "-o", text(&file)]).expect(1).stderr;
    assert!(
        said.contains(text(&file)) && said.contains("next: "),
        "{said}"
    );
}
