//! Time of a first scan of a generated repository, for an author of every second commit and for
//! one of every fortieth, beside `git log --numstat -M` for the same author; and of a scan that
//! finds nothing new: `cargo bench --bench scan`. Needs git.

#![expect(clippy::unwrap_used, reason = "the generator is test code")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use inward::model::identity::Address;
use inward::model::place::{Place, Root};
use inward::sources::git;
use inward::store::{Evidence, Store};
use inward::sync::{Options, Target, scan};
use tempfile::TempDir;

fn main() {
    git::prepare().unwrap();
    divan::main();
}

const COMMITS: u32 = 8_000;
const FILES: u32 = 300;
const NOW: i64 = 1_790_000_000;
const AUTHORS: [&str; 2] = ["many@example.org", "few@example.org"];

/// A repository as a clone leaves it: bare, one pack.
struct Generated {
    folder: TempDir,
}

static REPOSITORY: LazyLock<Generated> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let generated = Generated { folder };
    generated.git(&["init", "-q", "--bare", "."], b"");
    generated.git(&["fast-import", "--quiet"], &history());
    generated.git(&["repack", "-adfq"], b"");
    generated
});

impl Generated {
    fn git(&self, args: &[&str], input: &[u8]) {
        let mut child = Command::new("git")
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        assert!(child.wait().unwrap().success(), "git {args:?}");
    }

    fn place(&self) -> Place {
        let folder = self.folder.path().canonicalize().unwrap();
        Place {
            path: folder.clone(),
            git_dir: folder.clone(),
            common_dir: folder,
            alternates: Vec::new(),
            trusted: false,
        }
    }
}

/// A small generator of its own: the same history on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 >> 33).unwrap() % n
    }

    fn line(&mut self) -> String {
        match self.below(5) {
            0 => "\n".to_owned(),
            1 => "    }\n".to_owned(),
            _ => format!(
                "    value_{} = call_{}(x);\n",
                self.below(900),
                self.below(90)
            ),
        }
    }
}

/// The history as `git fast-import` reads it: each commit edits a few places of a few files.
fn history() -> Vec<u8> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut files: Vec<Vec<String>> = (0..FILES)
        .map(|_| (0..100 + dice.below(500)).map(|_| dice.line()).collect())
        .collect();
    let mut out = String::new();
    for at in 0..COMMITS {
        let who = match at % 40 {
            0 => AUTHORS[1],
            n if n % 2 == 1 => AUTHORS[0],
            _ => "others@example.org",
        };
        let when = 1_500_000_000 + at * 3_600;
        writeln!(
            out,
            "commit refs/heads/main\ncommitter A <{who}> {when} +0100"
        )
        .unwrap();
        let message = format!("Change {at}\n\nIt was {}.\n", dice.line().trim());
        writeln!(out, "data {}\n{message}", message.len()).unwrap();
        for _ in 0..=dice.below(3) {
            let name = dice.below(FILES);
            let file = &mut files[name as usize];
            for _ in 0..=dice.below(6) {
                let place = dice.below(u32::try_from(file.len()).unwrap()) as usize;
                match dice.below(3) {
                    0 if file.len() > 20 => drop(file.remove(place)),
                    1 => file[place] = dice.line(),
                    _ => file.insert(place, dice.line()),
                }
            }
            let text = file.concat();
            let (folder, length) = (name % 20, text.len());
            writeln!(
                out,
                "M 100644 inline d{folder}/f{name}.c\ndata {length}\n{text}"
            )
            .unwrap();
        }
    }
    out.into_bytes()
}

/// An empty store of the author `who`.
fn store(who: &str) -> Store {
    let mut store = Store::memory(NOW).unwrap();
    let address = Address::new(who.as_bytes()).unwrap();
    store.add_address(&address, Evidence::Typed).unwrap();
    store
}

/// How many commits a scan adds to `store`.
fn scanned(store: &mut Store) -> u64 {
    let place = REPOSITORY.place();
    let root = Root {
        path: Path::new("/").to_path_buf(),
        trusted: false,
        since: None,
        exclude: Vec::new(),
    };
    let target = Target {
        place: &place,
        root: &root,
    };
    let options = Options {
        full: false,
        now_utc: NOW,
    };
    let (me, stop) = (store.me().unwrap(), AtomicBool::new(false));
    let report = scan(store, &[target], &me, &options, (&stop, &mut |_| ())).unwrap();
    assert_eq!(report.repos[0].problem, None);
    report.added()
}

#[divan::bench(args = AUTHORS, sample_count = 10, sample_size = 1)]
fn first_scan(bencher: Bencher<'_, '_>, who: &str) {
    LazyLock::force(&REPOSITORY);
    bencher
        .with_inputs(|| store(who))
        .bench_local_values(|mut store| {
            assert!(scanned(&mut store) >= u64::from(COMMITS / 40));
            store
        });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn nothing_new(bencher: Bencher<'_, '_>) {
    let mut store = store(AUTHORS[1]);
    scanned(&mut store);
    bencher.bench_local(|| assert_eq!(scanned(&mut store), 0));
}

#[divan::bench(args = AUTHORS, sample_count = 10, sample_size = 1)]
fn git_log_numstat(bencher: Bencher<'_, '_>, who: &str) {
    LazyLock::force(&REPOSITORY);
    let author = format!("--author=<{who}>");
    bencher.bench_local(|| {
        let args = [
            "log",
            "--all",
            "--no-merges",
            "--numstat",
            "-M",
            "--format=%H",
            &author,
        ];
        REPOSITORY.git(&args, b"");
    });
}
