//! A second process that does its deeds under the eyes of `recorder.c`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::deeds::{self, Deed, facts, logged};
use super::disk::{Disk, Files, Heeds};
use super::log::{Event, read};

/// The store's file in its folder.
pub const STORE: &str = "inward.db";

/// What must be there: rows, and entries of the log.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub facts: BTreeSet<String>,
    pub log: BTreeSet<String>,
}

/// Deeds, what they did to the disk, and what must be there after each.
pub struct Recording {
    pub deeds: &'static [Deed],
    /// The folder before the first of them.
    pub before: Files,
    log: Vec<u8>,
    /// With so many deeds told, this must be there.
    pub known: Vec<Known>,
}

impl Recording {
    /// Has `deeds` done by another process in a folder that holds `before`.
    pub fn of(deeds: &'static [Deed], before: Files) -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().canonicalize().unwrap().join("data");
        fs::create_dir(&folder).unwrap();
        let recorder = place.path().join("recorder.so");
        compile(&recorder);
        lay(&before, &folder);
        let log = place.path().join("log");
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "power_loss::a_child", "--ignored", "--nocapture"])
            .env("LD_PRELOAD", &recorder)
            .env("RECORDER_FOLDER", &folder)
            .env("RECORDER_LOG", &log)
            .env("INWARD_TEST_DEEDS", number_of(deeds))
            .stdout(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stderr);
        assert!(child.status.success(), "{said}");
        let known = known(deeds, &before);
        let log = fs::read(log).unwrap();
        let recording = Self {
            deeds,
            before,
            log,
            known,
        };
        recording.is_complete(&folder);
        recording
    }

    pub fn events(&self) -> Vec<Event<'_>> {
        read(&self.log)
    }

    /// Nothing got past the recorder: what it saw makes exactly the files that are there.
    fn is_complete(&self, folder: &Path) {
        let mut disk = Disk::new(&self.before, Heeds::ALL);
        let mut told = 0;
        for event in self.events() {
            if let Event::Told(deed) = event {
                assert_eq!(deed, told);
                told += 1;
            }
            disk.take(event);
        }
        assert_eq!(told, self.deeds.len());
        let (seen, there) = (disk.seen(), gather(folder));
        assert!(seen.keys().eq(there.keys()), "{:?}", there.keys());
        for (name, bytes) in there {
            assert!(seen[&name] == bytes, "{name} was written in another way");
        }
    }
}

/// In the child: does the deeds, and tells of each on standard error.
pub fn child() {
    let Some(number) = std::env::var_os("INWARD_TEST_DEEDS") else {
        return;
    };
    let folder = std::env::var_os("RECORDER_FOLDER").unwrap();
    let number: usize = number.to_str().unwrap().parse().unwrap();
    deeds::run(
        &Path::new(&folder).join(STORE),
        LISTS[number],
        &mut |deed, _| {
            use std::io::Write;
            // In one piece, unbuffered: the recorder puts it where it belongs between the writes.
            let line = format!("told {deed}\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
        },
    );
}

const LISTS: [&[Deed]; 3] = [deeds::PLAIN, deeds::SEALED, deeds::AFTERWARDS];

fn number_of(deeds: &[Deed]) -> String {
    let number = LISTS.iter().position(|list| *list == deeds).unwrap();
    number.to_string()
}

/// The same deeds in this process, where the power holds.
fn known(deeds: &[Deed], before: &Files) -> Vec<Known> {
    let folder = tempfile::tempdir().unwrap();
    lay(before, folder.path());
    let path = folder.path().join(STORE);
    let mut known = vec![Known::default()];
    if !before.is_empty() {
        known[0] = of(&deeds::open(&path).unwrap());
    }
    deeds::run(&path, deeds, &mut |_, store| {
        known.push(store.map_or_else(|| of(&deeds::open(&path).unwrap()), of));
    });
    known
}

pub fn of(store: &inward::store::Store) -> Known {
    Known {
        facts: facts(store),
        log: logged(store),
    }
}

/// Writes `files` into `folder`.
pub fn lay(files: &Files, folder: &Path) {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

fn gather(folder: &Path) -> Files {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let file = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(path).unwrap())
    };
    entries.map(file).collect()
}

fn compile(recorder: &Path) {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/store/recorder.c");
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let made = Command::new(compiler)
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-o"])
        .arg(recorder)
        .arg(source)
        .args(["-ldl", "-pthread"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{said}");
}
