//! A reader without a repository, and stores filled from it.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::git::{ME, NOW, address, me, root};
use inward::model::commit::{Category, CommitRecord, FileChange, Lines};
use inward::model::ids::Oid;
use inward::model::moment::Moment;
use inward::model::place::Place;
use inward::model::text::{Clean, RawPath};
use inward::sources::git::{Event, GitError, Reading, Request, Stop};
use inward::store::{Evidence, Store};
use inward::sync::{Options, Question, Reader, ScanReport, Target, scan_with};

/// Hands out `commits` made-up commits of `files` files each.
pub struct Fake {
    pub commits: u32,
    pub files: u32,
}

impl Reader for Fake {
    fn stamp(&self, _: &Place, _: bool, _: i64) -> Result<Option<Vec<u8>>, GitError> {
        Ok(None)
    }

    fn read(
        &self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event) -> Result<(), Stop>,
    ) -> Result<Reading, GitError> {
        let stopped = |_: Stop| GitError::Stopped(Clean::default());
        for n in (0..self.commits).rev() {
            let record = record(n, self.files);
            let oid = record.oid;
            let on_default_branch = true;
            let sighting = Event::Sighting {
                oid,
                on_default_branch,
                source: inward::model::history::Source::Ref,
                branch: None,
            };
            sink(sighting).map_err(stopped)?;
            if !(request.known)(oid) {
                sink(Event::Commit(Box::new(record))).map_err(stopped)?;
            }
        }
        Ok(Reading {
            walked: u64::from(self.commits),
            mine: u64::from(self.commits),
            ..Reading::default()
        })
    }
}

pub fn record(n: u32, files: u32) -> CommitRecord {
    let languages = [
        "Rust", "C", "Python", "Markdown", "TOML", "Shell", "Lua", "Go",
    ];
    let mut bytes = [0; 20];
    bytes.copy_from_slice(&mix(n).to_be_bytes().repeat(3)[..20]);
    bytes[16..].copy_from_slice(&n.to_be_bytes());
    let file = |f: u32| {
        let pick = mix(n.wrapping_mul(31).wrapping_add(f));
        let at = usize::try_from(pick % 8).unwrap();
        FileChange {
            path: RawPath::new(
                format!("src/part{}/file{}-{f}.rs", pick % 40, pick % 500).as_bytes(),
            ),
            old_path: None,
            lines: Some(Lines {
                added: n % 50,
                deleted: f,
            }),
            category: Category::ALL[at % 3],
            language: Some(languages[at]),
        }
    };
    CommitRecord {
        oid: Oid(bytes),
        author: address(ME),
        authored: Moment::new(1_400_000_000 + i64::from(n) * 3_000, 120),
        committed_utc: 1_400_000_000 + i64::from(n) * 3_000,
        summary: Clean::label(format!("Change number {n} of something ordinary").as_bytes()),
        merge: false,
        assisted: false,
        lines_known: true,
        files: (0..files).map(file).collect(),
        patch: None,
        mentions: Vec::new(),
        marks: 0,
    }
}

fn mix(n: u32) -> u64 {
    let mut x = u64::from(n).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^ (x >> 27)
}

pub fn place() -> Place {
    Place {
        path: PathBuf::from("/home/ada/made-up"),
        git_dir: PathBuf::from("/home/ada/made-up/.git"),
        common_dir: PathBuf::from("/home/ada/made-up/.git"),
        alternates: Vec::new(),
        trusted: false,
    }
}

/// Scans the made-up repository into `store`.
pub fn fill(store: &mut Store, fake: &Fake) -> ScanReport {
    store
        .add_address(&address(ME), Evidence::Configured)
        .unwrap();
    let (place, root) = (place(), root(&PathBuf::from("/home/ada")));
    let targets = [Target {
        place: &place,
        root: &root,
    }];
    let me = me();
    let options = Options {
        full: false,
        now_utc: NOW,
    };
    let stop = AtomicBool::new(false);
    let question = Question {
        me: &me,
        options: &options,
        stop: &stop,
    };
    scan_with(fake, store, &targets, &question, &mut |_| ()).unwrap()
}
