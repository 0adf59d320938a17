//! A generated year of one engineer's work, for `inward demo` and for tests.
//!
//! The same seed and day give the same commits. Nothing here is anyone's real work, and
//! nothing outside `demo` and tests may call it.

mod chance;
mod own;
mod tasks;
mod titles;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::model::commit::{Category, CommitRecord, FileChange, Lines};
use crate::model::identity::Address;
use crate::model::moment::Moment;
use crate::model::text::{Clean, RawPath};
use chance::Chance;

pub use own::{goals, notes};
pub use tasks::tasks;

/// One made-up repository and its commits, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoRepository {
    /// Its name.
    pub name: &'static str,
    /// Commits by the made-up engineer.
    pub commits: Vec<CommitRecord>,
}

/// The made-up engineer's address.
pub const ADDRESS: &str = "sam@demo.invalid";

/// How one repository is written: name, weight among the day's commits, first day of the year
/// (0-365) in which it is touched, and its folders with language and category.
struct Plan {
    name: &'static str,
    weight: u32,
    from_day: u64,
    files: &'static [(&'static str, &'static str, Category)],
    words: &'static [&'static str],
}

const PLANS: &[Plan] = &[
    Plan {
        name: "harbour-api",
        weight: 9,
        from_day: 0,
        files: &[
            ("src/routes/berth.rs", "Rust", Category::Source),
            ("src/routes/tide.rs", "Rust", Category::Source),
            ("src/store/manifest.rs", "Rust", Category::Source),
            ("src/queue/retry.rs", "Rust", Category::Source),
            ("tests/berth.rs", "Rust", Category::Test),
            ("tests/retry.rs", "Rust", Category::Test),
            ("migrations/0042_tides.sql", "SQL", Category::Source),
            ("docs/api.md", "Markdown", Category::Docs),
            ("Cargo.toml", "TOML", Category::Config),
            ("Cargo.lock", "TOML", Category::Lock),
        ],
        words: &[
            "berth booking",
            "tide table",
            "manifest import",
            "retry queue",
            "rate limit",
        ],
    },
    Plan {
        name: "harbour-web",
        weight: 5,
        from_day: 40,
        files: &[
            ("src/pages/Berths.tsx", "TSX", Category::Source),
            ("src/pages/Tides.tsx", "TSX", Category::Source),
            ("src/lib/format.ts", "TypeScript", Category::Source),
            ("src/styles/main.css", "CSS", Category::Source),
            ("test/tides.test.ts", "TypeScript", Category::Test),
            ("package-lock.json", "JSON", Category::Lock),
            ("README.md", "Markdown", Category::Docs),
        ],
        words: &[
            "berth calendar",
            "tide chart",
            "empty state",
            "keyboard focus",
            "date picker",
        ],
    },
    Plan {
        name: "infra",
        weight: 2,
        from_day: 0,
        files: &[
            ("modules/queue/main.tf", "HCL", Category::Config),
            ("charts/api/values.yaml", "YAML", Category::Config),
            ("scripts/backup.sh", "Shell", Category::Source),
            ("docs/runbook.md", "Markdown", Category::Docs),
        ],
        words: &["queue alarms", "backup window", "node sizes", "runbook"],
    },
    Plan {
        name: "tide-model",
        weight: 2,
        from_day: 190,
        files: &[
            ("tides/fit.py", "Python", Category::Source),
            ("tides/harmonics.py", "Python", Category::Source),
            ("tests/test_fit.py", "Python", Category::Test),
            ("data/stations.csv", "CSV", Category::Data),
        ],
        words: &["harmonic fit", "station data", "residuals"],
    },
];

const VERBS: &[(&str, &str)] = &[
    ("feat", "Add"),
    ("fix", "Fix"),
    ("refactor", "Simplify"),
    ("test", "Cover"),
    ("docs", "Describe"),
    ("fix", "Handle a missing value in"),
    ("feat", "Show"),
    ("perf", "Speed up"),
];

/// What a change is about beside its subject.
const WHEN: &[&str] = &[
    "",
    " for visiting boats",
    " across midnight",
    " after a timeout",
    " in summer time",
    " on small screens",
    " for two harbours",
    " without a network",
    " when a pier is closed",
    " with missing stations",
    " for season guests",
    " at spring tide",
    " for the port office",
];

/// A year of work that ends on `today`, in a zone `offset_min` east of UTC.
pub fn year(seed: u64, today: NaiveDate, offset_min: i16) -> Vec<DemoRepository> {
    let Some(author) = Address::new(ADDRESS.as_bytes()) else {
        return Vec::new();
    };
    let mut chance = Chance::new(seed);
    let mut out: Vec<DemoRepository> = PLANS
        .iter()
        .map(|plan| DemoRepository {
            name: plan.name,
            commits: Vec::new(),
        })
        .collect();
    for ago in (0..=365).rev() {
        let Some(day) = today.checked_sub_days(Days::new(ago)) else {
            continue;
        };
        let count = commits_on(&mut chance, day, 365 - ago);
        let mut minute = 8 * 60 + 40 + chance.below(80);
        for _ in 0..count {
            minute += 12 + chance.below(110);
            if (12 * 60..13 * 60).contains(&minute) {
                minute += 45;
            }
            let which = pick_plan(&mut chance, 365 - ago);
            let at = moment(day, minute.min(23 * 60 + 40), offset_min);
            if let (Some(at), Some(plan), Some(repo)) = (at, PLANS.get(which), out.get_mut(which)) {
                repo.commits.push(commit(&mut chance, plan, &author, at));
            }
        }
    }
    out
}

/// Commits of one day: a working rhythm with a holiday, a launch crunch and a quiet winter week.
fn commits_on(chance: &mut Chance, day: NaiveDate, since_start: u64) -> u32 {
    let holiday = (251..263).contains(&since_start);
    let winter = matches!((day.month(), day.day()), (12, 24..) | (1, 1..=2));
    if holiday || winter {
        return 0;
    }
    let crunch = (300..318).contains(&since_start);
    let base = match day.weekday() {
        Weekday::Sat | Weekday::Sun if crunch => 2,
        Weekday::Sat | Weekday::Sun => return u32::from(chance.below(14) == 0),
        Weekday::Mon => 3,
        Weekday::Wed => 5,
        _ => 4,
    };
    if chance.below(9) == 0 {
        return 0;
    }
    chance.below(base + 2) + if crunch { 4 } else { 1 }
}

fn pick_plan(chance: &mut Chance, since_start: u64) -> usize {
    let open: Vec<usize> = (0..PLANS.len())
        .filter(|i| PLANS.get(*i).is_some_and(|p| p.from_day <= since_start))
        .collect();
    let weight = |i: &usize| PLANS.get(*i).map_or(0, |plan| plan.weight);
    let mut left = chance.below(open.iter().map(weight).sum::<u32>().max(1));
    for i in open {
        if left < weight(&i) {
            return i;
        }
        left -= weight(&i);
    }
    0
}

fn moment(day: NaiveDate, minute: u32, offset_min: i16) -> Option<Moment> {
    let local = day
        .and_hms_opt(minute / 60, minute % 60, 0)?
        .and_utc()
        .timestamp();
    Some(Moment::new(
        local - i64::from(offset_min) * 60,
        i32::from(offset_min),
    ))
}

fn commit(chance: &mut Chance, plan: &Plan, author: &Address, authored: Moment) -> CommitRecord {
    let merge = chance.below(30) == 0;
    let (kind, verb) = *chance.one_of(VERBS);
    let words = chance.one_of(plan.words);
    let oid = chance.oid();
    let when = WHEN[usize::from(oid.0[0]) % WHEN.len()];
    let summary = if merge {
        format!("Merge branch '{}'", words.replace(' ', "-"))
    } else {
        format!("{kind}: {verb} {words}{when}")
    };
    let mut files = Vec::new();
    for _ in 0..if merge { 0 } else { 1 + chance.below(4) } {
        let (path, language, category) = *chance.one_of(plan.files);
        if files
            .iter()
            .all(|file: &FileChange| file.path.as_bytes() != path.as_bytes())
        {
            files.push(change(chance, path, language, category));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    CommitRecord {
        oid,
        author: author.clone(),
        authored,
        committed_utc: authored.utc + 60,
        summary: Clean::label(summary.as_bytes()),
        merge,
        assisted: chance.below(12) == 0,
        lines_known: true,
        files,
        patch: None,
        mentions: Vec::new(),
        marks: 0,
    }
}

fn change(
    chance: &mut Chance,
    path: &str,
    language: &'static str,
    category: Category,
) -> FileChange {
    // Change sizes have a long tail: the product of three draws.
    let size = |chance: &mut Chance| chance.below(6) * chance.below(7) * (1 + chance.below(4));
    let added = size(chance) + 1;
    let deleted = size(chance) / 2;
    let factor = if category == Category::Lock { 8 } else { 1 };
    FileChange {
        path: RawPath::new(path.as_bytes()),
        old_path: None,
        lines: Some(Lines {
            added: added * factor,
            deleted: deleted * factor,
        }),
        category,
        language: Some(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 8, 19).unwrap()
    }

    #[test]
    fn the_same_seed_and_day_give_the_same_year() {
        assert_eq!(year(7, today(), 120), year(7, today(), 120));
        assert_ne!(year(7, today(), 120), year(8, today(), 120));
    }

    #[test]
    fn the_year_is_full_and_lies_within_itself() {
        let made = year(7, today(), 120);
        let commits: Vec<_> = made.iter().flat_map(|repo| &repo.commits).collect();
        assert!(commits.len() > 600, "{}", commits.len());
        let first = today().checked_sub_days(Days::new(365)).unwrap();
        assert!(
            commits
                .iter()
                .all(|c| (first..=today()).contains(&c.authored.day().unwrap()))
        );
        assert!(
            commits.iter().any(|c| c.merge)
                && commits.iter().all(|c| c.merge == c.files.is_empty())
        );
    }
}
