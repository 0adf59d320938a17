//! A small deterministic generator of datasets: the same seed gives the same rows.

use inward::model::commit::{Category, Lines};
use inward::model::dataset::{Builder, Change, Dataset, Row, flag};
use inward::model::ids::{CommitId, LanguageId, Oid, RepoId};
use inward::model::moment::Moment;

/// Sunday 16 August 2026, 20:00 UTC: the "now" of generated data.
pub(crate) const NOW: i64 = 1_786_910_400;

/// `SplitMix64` (Steele, Lea and Flood, 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end - 1`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// `count` commits over the `days` days before [`NOW`], mostly on workdays at daytime, in
/// `repos` repositories.
pub(crate) fn rows(seed: u64, count: u32, days: u64, repos: u32) -> Vec<Row> {
    let mut dice = Dice(seed);
    (0..count)
        .map(|number| commit(&mut dice, number, days, repos))
        .collect()
}

fn commit(dice: &mut Dice, number: u32, days: u64, repos: u32) -> Row {
    let midnight = NOW - NOW % 86_400;
    let mut back = i64::try_from(dice.below(days)).unwrap();
    // Day 0 is a Sunday: most weekend work moves to the Friday before.
    if matches!(back % 7, 0 | 1) && !dice.one_in(8) {
        back += 2;
    }
    let hour = 8 + dice.below(6) + dice.below(6) + dice.below(3);
    let second = i64::try_from(hour * 3_600 + dice.below(3_600)).unwrap();
    let offset = [0, 60, 120, -300][usize::try_from(dice.below(4)).unwrap()];
    let local = midnight - back * 86_400 + second;
    let mut flags = 0;
    for (bit, odds) in [
        (flag::MERGE, 12),
        (flag::TWIN, 20),
        (flag::ASSISTED, 6),
        (flag::LINES_UNKNOWN, 200),
    ] {
        if dice.one_in(odds) {
            flags |= bit;
        }
    }
    let empty = flags & (flag::MERGE | flag::LINES_UNKNOWN) != 0;
    let changes = if empty { 0 } else { 1 + dice.below(3) };
    Row {
        oid: oid(number),
        id: CommitId(number + 1),
        repo: RepoId(1 + u32::try_from(dice.below(u64::from(repos))).unwrap()),
        authored: Moment::new(local - offset * 60, i32::try_from(offset).unwrap()),
        flags,
        changes: (0..changes).map(|_| change(dice)).collect(),
    }
}

fn change(dice: &mut Dice) -> Change {
    let category = if dice.one_in(3) {
        Category::ALL[usize::try_from(dice.below(8)).unwrap()]
    } else {
        Category::Source
    };
    let size = 1 << dice.below(9);
    Change {
        project: 0,
        language: LanguageId(u16::try_from(dice.below(6)).unwrap()),
        category,
        files: 1 + u32::try_from(dice.below(4)).unwrap(),
        lines: Lines {
            added: u32::try_from(dice.below(size)).unwrap(),
            deleted: u32::try_from(dice.below(size / 2 + 1)).unwrap(),
        },
    }
}

pub(crate) fn oid(number: u32) -> Oid {
    let mut bytes = [0; 20];
    bytes[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
    bytes[16..].copy_from_slice(&number.to_be_bytes());
    Oid(bytes)
}

pub(crate) fn dataset(rows: impl IntoIterator<Item = Row>, repos: u32) -> Dataset {
    let mut builder = Builder::new(NOW, (1..=repos).map(RepoId).collect());
    rows.into_iter().for_each(|row| builder.push(row));
    builder.finish()
}
