//! A made-up record of a year, and a worker that answers every effect at once.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use inward::app::effect::{Ask, Effect, RowsAsk, SortBy};
use inward::app::message::{Message, PersonLine, ScanEnd, ScanNews};
use inward::app::state::State;
use inward::app::update;
use inward::app::view::{
    CommitRow, CommitView, Facts, FileRow, Kept, Marks, Offline, PageView, RepoLine, RowsView,
};
use inward::input::key::Key;
use inward::input::keymap::Keymap;
use inward::metrics;
use inward::model::calendar::Calendar;
use inward::model::commit::{Category, Lines};
use inward::model::dataset::{Builder, Change, Dataset, Labels, Row, flag};
use inward::model::identity::Address;
use inward::model::ids::{CommitId, LanguageId, Oid, RepoId};
use inward::model::moment::Moment;
use inward::model::period::Range;
use inward::model::text::Clean;

const REPOS: [&str; 6] = ["api", "web", "infra", "docs-site", "mobile-app", "scratch"];
const LANGUAGES: [&str; 7] = [
    "other",
    "Rust",
    "TypeScript",
    "Python",
    "Markdown",
    "YAML",
    "SQL",
];
const SUMMARIES: [&str; 14] = [
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

/// Sunday 22 November 2026, 15:30 UTC.
pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 15, 30, 0).unwrap()
}

pub(crate) fn calendar() -> Calendar {
    Calendar::new(now(), chrono_tz::Tz::UTC)
}

/// Text that is safe to show.
pub(crate) fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

/// xorshift: the same record on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

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

/// A state and the worker behind it.
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) data: Dataset,
    labels: Arc<Labels>,
    /// Effects the worker does not answer, in order.
    pub(crate) seen: Vec<Effect>,
}

impl World {
    /// A screen of `size` over a record of `amount`, kept in a file.
    pub(crate) fn new(amount: Amount, size: (u16, u16)) -> Self {
        let mut world = Self::bare(amount, size);
        let facts = world.facts();
        world.send(Message::Facts(Box::new(facts)));
        world
    }

    /// The same before the worker said what is stored.
    pub(crate) fn bare(amount: Amount, size: (u16, u16)) -> Self {
        let labels = Labels {
            repos: REPOS.map(clean).to_vec(),
            languages: LANGUAGES.map(clean).to_vec(),
        };
        let mut world = Self {
            state: State::new(calendar(), Keymap::standard()),
            data: record(amount),
            labels: Arc::new(labels),
            seen: Vec::new(),
        };
        world.send(Message::Resize(size.0, size.1));
        world
    }

    pub(crate) fn facts(&self) -> Facts {
        let days: Vec<_> = self.data.commits.day.clone();
        let first = days
            .first()
            .and_then(|day| NaiveDate::from_epoch_days(*day));
        let count = |repo: usize| {
            let held = self.data.commits.repo.iter();
            held.filter(|at| usize::from(**at) == repo).count() as u64
        };
        let repos = REPOS.iter().enumerate().map(|(at, name)| RepoLine {
            id: RepoId(u32::try_from(at).unwrap() + 1),
            name: clean(name),
            commits: count(at),
        });
        Facts {
            commits: self.data.len() as u64,
            extent: first.map(|first| Range::new(first, now().date_naive())),
            repos: repos.collect(),
            me: vec![Address::new(b"ada@example.org").unwrap()],
            kept: Kept::Plain,
            demo: false,
            offline: Offline::Kernel,
            store: clean("~/.local/share/inward/default.db"),
            last_scan: Some(now() - chrono::Duration::minutes(2)),
        }
    }

    /// Sends a message and answers what it asks for, and so on.
    pub(crate) fn send(&mut self, message: Message) {
        let mut effects = update(&mut self.state, message);
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                match self.answer(&effect) {
                    Some(message) => next.extend(update(&mut self.state, message)),
                    None => self.seen.push(effect),
                }
            }
            effects = next;
        }
    }

    /// Presses the keys of a script: `2`, `<enter>`, `<ctrl-d>`.
    pub(crate) fn keys(&mut self, script: &str) {
        let mut rest = script;
        while let Some(c) = rest.chars().next() {
            let named = rest
                .strip_prefix('<')
                .and_then(|after| after.split_once('>'));
            let key: Key = if let Some((name, after)) = named {
                rest = after;
                name.parse().unwrap()
            } else {
                rest = &rest[c.len_utf8()..];
                Key::char(c)
            };
            self.send(Message::Key(key));
        }
    }

    fn answer(&self, effect: &Effect) -> Option<Message> {
        match effect {
            Effect::Compute(ask) => Some(Message::Computed(self.compute(ask))),
            Effect::Rows(ask) => Some(Message::Rows(self.rows(ask))),
            Effect::Commit(ask) => {
                let index = self
                    .data
                    .commits
                    .id
                    .iter()
                    .position(|id| *id == ask.commit)?;
                let row = self.row(index);
                let files = files(&row);
                Some(Message::Commit(Box::new(CommitView {
                    id: ask.id,
                    repos: vec![row.repo.clone()],
                    row,
                    files,
                })))
            }
            _ => None,
        }
    }

    fn compute(&self, ask: &Ask) -> PageView {
        let figures = ask.questions.iter().filter_map(|question| {
            let metric = metrics::by_id(question.metric)?;
            let figure = metric.compute(&self.data, &question.selection, &ask.calendar);
            Some((question.slot, figure))
        });
        PageView {
            id: ask.id,
            figures: figures.collect(),
            workdays: metrics::workdays(&self.data, &ask.about, &ask.calendar),
            labels: Arc::clone(&self.labels),
        }
    }

    fn rows(&self, ask: &RowsAsk) -> RowsView {
        let metric = metrics::by_id(ask.metric.unwrap_or("commits")).unwrap();
        let indexes = metric.rows(&self.data, &ask.selection, &ask.calendar);
        let of = indexes.len();
        let mut rows: Vec<_> = indexes
            .iter()
            .rev()
            .map(|at| self.row(*at as usize))
            .collect();
        rows.retain(|row| {
            let all = format!("{} {}", row.summary, row.repo).to_lowercase();
            all.contains(&ask.text.to_lowercase())
        });
        let lines = |row: &CommitRow| row.lines.map_or(0, |l| l.added + l.deleted);
        match ask.sort.by {
            SortBy::Time => {}
            SortBy::Size => rows.sort_by_key(|row| std::cmp::Reverse(lines(row))),
            SortBy::Repository => rows.sort_by(|a, b| a.repo.cmp(&b.repo)),
        }
        if ask.sort.reverse {
            rows.reverse();
        }
        let total = rows.len();
        let rows = rows.into_iter().skip(ask.from).take(ask.count).collect();
        RowsView {
            id: ask.id,
            of,
            total,
            from: ask.from,
            rows,
        }
    }

    fn row(&self, index: usize) -> CommitRow {
        let columns = &self.data.commits;
        let changes = self.data.changes_of(index);
        let mut lines = Lines::default();
        let mut files = 0;
        for at in changes.clone() {
            lines.added += self.data.changes.added[at];
            lines.deleted += self.data.changes.deleted[at];
            files += self.data.changes.files[at];
        }
        let language = changes
            .clone()
            .next()
            .map_or(0, |at| usize::from(self.data.changes.language[at].0));
        let seed = u8::try_from(index % 251).unwrap();
        let unknown = self.data.has(index, flag::LINES_UNKNOWN);
        CommitRow {
            commit: columns.id[index],
            oid: Oid([seed.wrapping_mul(37) ^ 0xa5; 20]),
            authored: Moment::new(columns.utc[index], i32::from(columns.offset_min[index])),
            repo: clean(REPOS[usize::from(columns.repo[index])]),
            summary: clean(SUMMARIES[index * index % 97 % SUMMARIES.len()]),
            language: clean(LANGUAGES[language]),
            files,
            lines: (!unknown).then_some(lines),
            marks: Marks {
                merge: self.data.has(index, flag::MERGE),
                twin: self.data.has(index, flag::TWIN),
                assisted: self.data.has(index, flag::ASSISTED),
                undated: false,
            },
        }
    }
}

fn files(row: &CommitRow) -> Vec<FileRow> {
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

/// Two addresses of one made-up person, and one of another.
pub(crate) fn people() -> Vec<PersonLine> {
    let person = |address: &str, names: &[&str], days| PersonLine {
        address: Address::new(address.as_bytes()).unwrap(),
        names: names.iter().map(|name| clean(name)).collect(),
        days,
    };
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    vec![
        person(
            "ada@example.org",
            &["Ada"],
            Some((day(2024, 2, 1), day(2026, 11, 18))),
        ),
        person(
            "ada@home.example",
            &["Ada L.", "ada"],
            Some((day(2023, 5, 9), day(2024, 1, 30))),
        ),
        person(
            "grace@example.org",
            &["Grace"],
            Some((day(2025, 1, 7), day(2026, 10, 2))),
        ),
    ]
}

/// A scan that ends with one problem.
pub(crate) fn scan_end() -> Message {
    Message::Scan(ScanNews::Finished(Box::new(ScanEnd {
        added: 18,
        stopped: false,
        problems: vec![clean(
            "web: object 4f2a is damaged, 1 commit has no line counts; `git fsck` there tells more",
        )],
    })))
}

fn record(amount: Amount) -> Dataset {
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
        let busy = u64::from((12..24).contains(&age)) * 5;
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
    let hour = [9, 10, 10, 11, 11, 13, 14, 14, 15, 16, 16, 17, 19, 22][dice.roll(14) as usize];
    let minute = dice.roll(60) as u32;
    let local = day
        .and_hms_opt(hour, minute, 0)
        .unwrap()
        .and_utc()
        .timestamp();
    let merge = dice.roll(23) == 0;
    let repo = [1, 1, 1, 1, 2, 2, 3, 4, 5, 6][dice.roll(10) as usize];
    let language = [1, 1, 1, 2, 2, 3, 4, 5, 6, 0][dice.roll(10) as usize];
    let size = dice.roll(60) * dice.roll(12) + 1;
    let lines = Lines {
        added: u32::try_from(size).unwrap(),
        deleted: u32::try_from(size * dice.roll(5) / 6).unwrap(),
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
            files: u32::try_from(dice.roll(5) + 1).unwrap(),
            lines,
        }]
    };
    let mut flags = u8::from(merge) * flag::MERGE;
    flags |= u8::from(dice.roll(31) == 0) * flag::TWIN;
    flags |= u8::from(dice.roll(9) == 0) * flag::ASSISTED;
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
