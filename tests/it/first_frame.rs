//! How long the first frame takes over a large store, from the start of the process to true
//! figures on the screen. Times mean something in a release build only:
//! `cargo test --release --test it first_frame -- --ignored --nocapture`.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};

use inward::model::commit::{Category, CommitRecord, FileChange, Lines};
use inward::model::identity::{Address, Me};
use inward::model::ids::Oid;
use inward::model::moment::Moment;
use inward::model::place::{Place, Root};
use inward::model::text::{Clean, RawPath};
use inward::store::{Evidence, Facts, Finish, Store};

use crate::common::pty::{Session, Start};
use crate::home::Home;

const COMMITS: u64 = 100_000;
const RUNS: usize = 11;
const FIRST_FRAME: Duration = Duration::from_millis(100);
const RESIDENT_KIB: u64 = 300 * 1024;

#[test]
#[ignore = "builds a store of 100,000 commits; meant for a release build"]
fn the_first_frame_over_100_000_commits_has_its_figures_in_time() {
    let home = Home::new();
    fill(&home.data());
    let run = home
        .inward(&["stats", "commits", "12w", "--json"])
        .expect(0);
    let value = run.json()["figures"][0]["value"].as_f64().unwrap();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count"
    )]
    let commits = value as u64;
    assert!((1_000..10_000).contains(&commits), "{commits}");
    let figure = format!("{},{:03}", commits / 1_000, commits % 1_000);
    let mut times: Vec<Duration> = Vec::new();
    let mut resident = 0;
    for _ in 0..RUNS {
        let started = Instant::now();
        let mut session = Start::inward(&home.path("home"))
            .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
            .size(120, 36)
            .spawn();
        session.until_text(&figure);
        times.push(started.elapsed());
        resident = resident.max(resident_kib(&session));
        session.keys("q");
        assert_eq!(session.end().exit_code(), 0);
    }
    times.sort();
    let median = times[RUNS / 2];
    println!("first frame: median {median:?}, {times:?}; resident {resident} KiB");
    assert!(resident < RESIDENT_KIB, "{resident} KiB");
    if !cfg!(debug_assertions) {
        assert!(median < FIRST_FRAME, "{times:?}");
    }
}

/// What the launcher and its dashboard hold in memory, in KiB.
fn resident_kib(session: &Session) -> u64 {
    let launcher = session.process();
    let children = format!("/proc/{launcher}/task/{launcher}/children");
    let children = fs::read_to_string(children).unwrap_or_default();
    let mut processes: Vec<&str> = children.split_whitespace().collect();
    let launcher = launcher.to_string();
    processes.push(&launcher);
    processes
        .iter()
        .map(|process| high_water_kib(process))
        .sum()
}

/// A process may close itself to others; the tests' own user can still read this much of it.
fn high_water_kib(process: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// A store of ten years, five files a commit.
fn fill(folder: &Path) {
    DirBuilder::new().mode(0o700).create(folder).unwrap();
    let now_utc = i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap();
    let mut store = Store::open(&folder.join("inward.db"), now_utc).unwrap();
    let ada = Address::new(b"ada@example.org").unwrap();
    store.add_address(&ada, Evidence::Typed).unwrap();
    let path = PathBuf::from("/nowhere/garden");
    let place = Place {
        git_dir: path.join(".git"),
        common_dir: path.join(".git"),
        path,
        alternates: Vec::new(),
        trusted: false,
    };
    let root = Root {
        path: place.path.clone(),
        trusted: false,
        since: None,
        exclude: Vec::new(),
    };
    let mut writer = store.writer(&place, false);
    for number in 0..COMMITS {
        let record = commit(number, now_utc, &ada);
        writer.sighting(record.oid, true);
        writer.commit(record).unwrap();
    }
    let finish = Finish {
        me: &Me::new([ada]),
        root: &root,
        facts: Facts::default(),
        tips: &[oid(0)],
        default_tips: &[],
        pending: &[],
        stamp: None,
        now_utc,
    };
    writer.finish(&finish).unwrap();
}

fn oid(number: u64) -> Oid {
    let mut bytes = [7; 20];
    // Spread like real ids: neighbours in time are not neighbours in the index.
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    Oid(bytes)
}

/// Commit `number`, counted back from now.
fn commit(number: u64, now_utc: i64, ada: &Address) -> CommitRecord {
    let step = 10 * 365 * 86_400 / COMMITS;
    let utc = now_utc - i64::try_from(number * step).unwrap();
    let languages = ["Rust", "Python", "Markdown", "TOML", "SQL"];
    let files = languages
        .iter()
        .zip(0_u64..)
        .map(|(language, file)| FileChange {
            path: RawPath::new(format!("src/{}/{file}.rs", number % 997).as_bytes()),
            old_path: None,
            lines: Some(Lines {
                added: u32::try_from(number * 7 % 90 + file).unwrap(),
                deleted: u32::try_from(number * 3 % 40).unwrap(),
            }),
            category: Category::Source,
            language: Some(language),
        })
        .collect();
    CommitRecord {
        oid: oid(number),
        author: ada.clone(),
        authored: Moment {
            utc,
            offset_min: 60,
        },
        committed_utc: utc,
        summary: Clean::label(format!("Change number {number}").as_bytes()),
        merge: false,
        assisted: false,
        lines_known: true,
        files,
        patch: None,
        mentions: Vec::new(),
        marks: 0,
    }
}
