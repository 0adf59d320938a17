//! Dumps that are not what `inward dump` wrote: each is answered by its file and line, and nothing
//! is written.

use std::fs;
use std::path::{Path, PathBuf};

use crate::home::Home;
use crate::restore::{dump, home, restore};

/// What a damaged dump says; nothing may have been written.
pub(crate) fn refused(home: &Home, dir: &Path, code: i32) -> String {
    let said = restore(home, "never", dir).expect(code).stderr;
    let data = home.path("never");
    let kept = ["inward.db", "roots.toml"].map(|name| data.join(name).exists());
    assert_eq!(kept, [false, false], "something was written: {said}");
    said
}

pub(crate) fn change(path: &Path, edit: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).unwrap();
    let edited = edit(&text);
    assert_ne!(text, edited, "{}", path.display());
    fs::write(path, edited).unwrap();
}

/// Gives a file in the manifest the checksum that its bytes have now.
pub(crate) fn sign(dir: &Path, name: &str) {
    let bytes = fs::read(dir.join(name)).unwrap();
    let path = dir.join("manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let files = manifest["files"].as_array_mut().unwrap();
    let one = files.iter_mut().find(|one| one["name"] == name).unwrap();
    let mut sum = inward::store::Checksum::default();
    sum.update(&bytes);
    let ends = bytes.split(|byte| *byte == b'\n').count() - 1;
    one["checksum"] = sum.hex().into();
    one["bytes"] = bytes.len().into();
    one["rows"] = ends.into();
    fs::write(path, manifest.to_string()).unwrap();
}

/// What is done to one file of a dump.
enum Spoil {
    /// It is removed.
    Gone,
    /// Its end is cut off.
    Cut,
    /// Its second line is another one.
    Second(&'static str),
    /// A text in it is another one.
    Edit(&'static str, &'static str),
    /// It is other bytes.
    Bytes(&'static [u8]),
}

use Spoil::{Bytes, Cut, Edit, Gone, Second};

impl Spoil {
    fn file(&self, path: &Path) {
        match self {
            Gone => fs::remove_file(path).unwrap(),
            Bytes(bytes) => fs::write(path, bytes).unwrap(),
            Edit(from, to) => change(path, |text| text.replacen(from, to, 1)),
            Cut => change(path, |text| {
                text.chars().take(text.chars().count() - 9).collect()
            }),
            Second(with) => change(path, |text| {
                let mut lines: Vec<&str> = text.lines().collect();
                lines[1] = with;
                lines.join("\n") + "\n"
            }),
        }
    }
}

/// What is done to which file, and what is said of it.
const SPOILT: [(&str, Spoil, &str); 22] = [
    ("commits.jsonl", Gone, "commits.jsonl is not in"),
    ("notes.csv", Gone, "notes.csv is not in"),
    ("store.jsonl", Gone, "store.jsonl is not in"),
    ("registered.jsonl", Gone, "registered.jsonl is not in"),
    ("manifest.json", Gone, "has lost its manifest.json"),
    ("commits.jsonl", Cut, "commits.jsonl: line 3: it ends early"),
    ("store.jsonl", Cut, "it ends early"),
    ("commits.csv", Cut, "commits.csv"),
    (
        "commits.jsonl",
        Second("{\"oid\":"),
        "commits.jsonl: line 2: not a JSON object",
    ),
    (
        "commits.jsonl",
        Second("[1]"),
        "commits.jsonl: line 2: not a JSON object",
    ),
    (
        "store.jsonl",
        Second("x"),
        "store.jsonl: line 2: neither a table nor a row",
    ),
    ("registered.jsonl", Second("{}"), "registered.jsonl: line 2"),
    (
        "commits.csv",
        Second("\"a\",\"b\""),
        "commits.csv: line 2: not a row",
    ),
    (
        "commits.jsonl",
        Edit("Change", "Chance"),
        "commits.jsonl: its checksum",
    ),
    (
        "store.jsonl",
        Edit("Change", "Chance"),
        "store.jsonl: its checksum",
    ),
    (
        "commits.csv",
        Edit("Change", "Chance"),
        "commits.csv: its checksum",
    ),
    (
        "commits.csv",
        Edit("\n", "\n\n"),
        "commits.csv: its checksum",
    ),
    (
        "manifest.json",
        Edit("\"whole\": true", "\"whole\": false"),
        "was not finished",
    ),
    (
        "manifest.json",
        Edit("inward.dump.v1", "other"),
        "manifest.json: ",
    ),
    (
        "manifest.json",
        Edit("commits.jsonl", "../x.jsonl"),
        "manifest.json: ",
    ),
    (
        "manifest.json",
        Edit("commits.jsonl", "notes.jsonl"),
        "names a file twice",
    ),
    ("store.jsonl", Bytes(&[0xff, b'\n']), "not UTF-8"),
];

/// A copy of the dump in `whole`.
fn copy(home: &Home, whole: &Path, name: &str) -> PathBuf {
    let dir = home.path(name);
    fs::create_dir(&dir).unwrap();
    for entry in fs::read_dir(whole).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), dir.join(entry.file_name())).unwrap();
    }
    dir
}

#[test]
fn whatever_is_off_in_a_dump_is_named_with_its_file_and_line() {
    let home = home();
    let whole = dump(&home, "data", "dump", &[]);
    for (n, (name, spoil, says)) in SPOILT.iter().enumerate() {
        let dir = copy(&home, &whole, &format!("spoilt-{n}"));
        spoil.file(&dir.join(name));
        let said = refused(&home, &dir, 4);
        assert!(said.contains(says), "{says}: {said}");
        assert!(said.contains("nothing was written"), "{said}");
    }
    restore(&home, "never", &whole).expect(0);
}

#[test]
fn with_a_checksum_that_fits_both_sides_of_a_dump_still_have_to_say_the_same() {
    let home = home();
    let whole = dump(&home, "data", "dump", &[]);
    let other = |text: &str| text.replacen("Change a,b", "Chance a,b", 1);
    let twice = |text: &str| text.to_owned() + text;
    for (n, (name, edit, says)) in [
        (
            "commits.jsonl",
            &other as &dyn Fn(&str) -> String,
            "commits.jsonl: line 1: not what the copy",
        ),
        (
            "store.jsonl",
            &other,
            "commits.jsonl: line 1: not what the copy",
        ),
        (
            "notes.jsonl",
            &twice,
            "notes.jsonl: line 3: not in the copy",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let dir = copy(&home, &whole, &format!("signed-{n}"));
        change(&dir.join(name), edit);
        sign(&dir, name);
        let said = refused(&home, &dir, 4);
        assert!(said.contains(says), "{says}: {said}");
    }
}

#[test]
fn a_dump_of_a_newer_version_is_left_for_that_version() {
    let home = home();
    for (name, from, to) in [
        ("manifest.json", "inward.dump.v1", "inward.dump.v2"),
        ("store.jsonl", "\"layout\":", "\"layout\":9"),
    ] {
        let dir = dump(&home, "data", name, &[]);
        change(&dir.join(name), |text| text.replacen(from, to, 1));
        let said = refused(&home, &dir, 7);
        assert!(said.contains("update inward"), "{said}");
    }
}

#[test]
fn what_is_no_dump_is_said_to_be_none() {
    let home = home();
    let dir = dump(&home, "data", "dump", &[]);
    let said = refused(&home, &home.path("nowhere"), 1);
    assert!(
        said.contains("nowhere") && said.contains("`inward backup` wrote"),
        "{said}"
    );
    let file = home.path("own.txt");
    fs::write(&file, "what is this").unwrap();
    assert!(refused(&home, &file, 4).contains("does not begin as a store does"));
    let empty = home.path("empty");
    fs::create_dir(&empty).unwrap();
    assert!(refused(&home, &empty, 1).contains("holds no dump"));
    let older = home.path("older");
    fs::create_dir(&older).unwrap();
    fs::copy(dir.join("commits.jsonl"), older.join("commits.jsonl")).unwrap();
    let said = refused(&home, &older, 1);
    assert!(said.contains("by an earlier version"), "{said}");
}
