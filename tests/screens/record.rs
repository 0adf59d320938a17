//! The made-up record itself: a year of commits from rolled dice, the same on every machine.

use chrono::{Days, NaiveDate};
use inward::app::view::{CommitRow, FileRow};
use inward::model::commit::{Category, Lines};
use inward::model::dataset::{Builder, Change, Dataset, Row, flag};
use inward::model::ids::{CommitId, LanguageId, Oid, RepoId};
use inward::model::moment::Moment;

use crate::world::{clean, now};

pub(crate) const REPOS: [&str; 6] = ["api", "web", "infra", "docs-site", "mobile-app", "scratch"];
pub(crate) const LANGUAGES: [&str; 7] = [
    "other",
    "Rust",
    "TypeScript",
    "Python",
    "Markdown",
    "YAML",
    "SQL",
];
pub(crate) const SUMMARIES: [&str; 14] = [
    "Retry the queue on 429 and give up after five minutes",
    "Move the rate limiter behind one trait",
    "Fix the empty state of the invoice list",
    "Say in the log which tenant a job belongs to",
    "Drop the second cache, it was never read",
    "Write down how releases are cut",
    "Upgrade the database driver",
    "Answer with 409 when two edits meet",
    "Make the date picker usable with the keyboard alone",
    "Test that a replay never charges twice",
    "Split the importer, one file a format",
    "日本語の請求書でも幅が崩れないようにする",
    "Clean up",
    "Pin the toolchain and cache the build of the dependencies so that a pull request is checked \
     within three minutes on the slow runners too",
];

/// How much there is in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Nothing.
    Empty,
    /// Seven commits within two weeks.
    Few,
    /// A year of work.
    Full,
}

impl Amount {
    pub(crate) const ALL: [Self; 3] = [Self::Empty, Self::Few, Self::Full];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Few => "few",
            Self::Full => "full",
        }
    }
}

/// xorshift: the same record on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 11) % u64::from(sides)).unwrap()
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let sides = u32::try_from(of.len()).unwrap();
        of[self.roll(sides) as usize]
    }
}

pub(crate) fn record(amount: Amount) -> Dataset {
    let repos: Vec<_> = (1..=6).map(RepoId).collect();
    let mut builder = Builder::new(now().timestamp(), repos);
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (weeks, days) = match amount {
        Amount::Empty => return builder.finish(),
        Amount::Few => (0, 12),
        Amount::Full => (60, 0),
    };
    let last = now().date_naive();
    let first = last.checked_sub_days(Days::new(weeks * 7 + days)).unwrap();
    let mut id = 0;
    let mut day = first;
    while day <= last {
        let weekday = chrono::Datelike::weekday(&day).num_days_from_monday();
        let age = (last - day).num_days();
        // A holiday in summer, and a busy fortnight two weeks ago.
        let away = (96..115).contains(&age);
        let busy = u32::from((12..24).contains(&age)) * 5;
        let count = match (amount, weekday) {
            (Amount::Few, _) => dice.roll(2),
            _ if away => 0,
            (_, 5 | 6) => dice.roll(9) / 7,
            (_, 2) => dice.roll(6) + busy,
            _ => dice.roll(4) + busy,
        };
        for _ in 0..count {
            id += 1;
            builder.push(commit(id, day, &mut dice));
        }
        day = day.checked_add_days(Days::new(1)).unwrap();
    }
    builder.finish()
}

fn commit(id: u32, day: NaiveDate, dice: &mut Dice) -> Row {
    let hour = dice.pick(&[9, 10, 10, 11, 11, 13, 14, 14, 15, 16, 16, 17, 19, 22]);
    let minute = dice.roll(60);
    let local = day
        .and_hms_opt(hour, minute, 0)
        .unwrap()
        .and_utc()
        .timestamp();
    let merge = dice.roll(23) == 0;
    let repo = dice.pick(&[1, 1, 1, 1, 2, 2, 3, 4, 5, 6]);
    let language = dice.pick(&[1, 1, 1, 2, 2, 3, 4, 5, 6, 0]);
    let size = dice.roll(60) * dice.roll(12) + 1;
    let lines = Lines {
        added: size,
        deleted: size * dice.roll(5) / 6,
    };
    let changes = if merge {
        Vec::new()
    } else {
        vec![Change {
            language: LanguageId(language),
            category: if language == 4 {
                Category::Docs
            } else {
                Category::Source
            },
            files: dice.roll(5) + 1,
            project: 0,
            lines,
        }]
    };
    let mut flags = u16::from(merge) * flag::MERGE;
    flags |= u16::from(dice.roll(31) == 0) * flag::TWIN;
    flags |= u16::from(dice.roll(9) == 0) * flag::ASSISTED;
    let mut oid = [0; 20];
    oid[..4].copy_from_slice(&id.to_be_bytes());
    Row {
        oid: Oid(oid),
        id: CommitId(id),
        repo: RepoId(repo),
        authored: Moment::new(local - 3_600, 60),
        flags,
        changes,
    }
}

pub(crate) fn files(row: &CommitRow) -> Vec<FileRow> {
    let paths = [
        ("docs/queue.md", Category::Docs, "Markdown"),
        ("src/queue/backoff.rs", Category::Source, "Rust"),
        ("src/queue/worker.rs", Category::Source, "Rust"),
        (
            "tests/replay/a_very_long_folder_name/that_goes_on/never_twice.rs",
            Category::Test,
            "Rust",
        ),
        ("Cargo.lock", Category::Lock, "TOML"),
        ("assets/logo.png", Category::Data, ""),
    ];
    let lines = row.lines.unwrap_or_default();
    let part = |n: u32, at: u32| n * (at + 1) / 15;
    paths
        .iter()
        .zip(0_u32..)
        .take(row.files.clamp(1, 6) as usize + 2)
        .map(|((path, category, language), at)| FileRow {
            path: clean(path),
            old_path: (at == 2).then(|| clean("src/worker.rs")),
            lines: (at != 5).then(|| Lines {
                added: part(lines.added, at),
                deleted: part(lines.deleted, at),
            }),
            category: *category,
            language: clean(language),
        })
        .collect()
}
