//! What the cells of a column of an unknown table look like.

use std::collections::BTreeSet;

use super::names::Role;
use crate::sources::tasks::dates::{Dates, DayOrder};
use crate::sources::tasks::months;
use crate::sources::tasks::time_sheet::seconds;
use crate::sources::tasks::words;

/// What the first cells of one column look like.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) filled: u32,
    pub(super) dates: u32,
    pub(super) clocks: u32,
    pub(super) numbers: u32,
    letters: usize,
    /// Different cells, up to [`WORDS`] and one more.
    pub(super) words: BTreeSet<String>,
    /// The first date.
    date: Option<String>,
    /// The first number or duration.
    number: Option<String>,
}

/// A status has no more different words.
pub(super) const WORDS: usize = 20;

impl Look {
    /// Looks at one cell.
    pub(super) fn add(&mut self, cell: &str, zone: chrono_tz::Tz) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.letters += cell.chars().count();
        let either = [DayOrder::Dmy, DayOrder::Mdy];
        let is_date = either.iter().any(|order| {
            let order = Some(*order);
            Dates { zone, order }.when(cell).is_some()
        });
        // `20250102` can be a date and a number; eight digits alone are no sheet's date.
        if is_date && !cell.bytes().all(|b| b.is_ascii_digit()) {
            self.dates += 1;
            self.date.get_or_insert_with(|| cell.to_owned());
        } else if words::clock_length(cell).is_some() || is_clock(cell) {
            self.clocks += 1;
            self.number.get_or_insert_with(|| cell.to_owned());
        } else if seconds(cell).is_some() {
            self.numbers += 1;
            self.number.get_or_insert_with(|| cell.to_owned());
        }
        if self.words.len() <= WORDS {
            self.words.insert(cell.to_owned());
        }
    }

    /// Whether most of the filled cells are dates.
    pub(super) fn is_dates(&self) -> bool {
        self.filled > 0 && self.dates * 2 > self.filled
    }

    /// Whether most of the filled cells are clocks or lengths of time.
    pub(super) fn is_clocks(&self) -> bool {
        self.filled > 0 && self.clocks * 2 > self.filled
    }

    /// Whether most of the filled cells are numbers or lengths of time.
    pub(super) fn is_numbers(&self) -> bool {
        self.filled > 0 && (self.numbers + self.clocks) * 2 > self.filled
    }

    /// Whether it holds a few short words again and again.
    pub(super) fn is_words(&self) -> bool {
        let short = self.words.iter().all(|word| word.chars().count() <= 30);
        self.filled > 0 && self.words.len() <= WORDS && short && !self.is_dates()
    }

    /// Whether its cells are texts of some length.
    pub(super) fn is_text(&self) -> bool {
        self.filled > 0 && !self.is_dates() && !self.is_numbers()
    }

    /// Whether it only ticks boxes.
    pub(super) fn is_yes_or_no(&self) -> bool {
        let is_tick = |word: &String| tick(word).is_some() || is_not_applicable(word);
        self.words.iter().any(|word| tick(word).is_some()) && self.words.iter().all(is_tick)
    }

    /// A date or number of it to show; `None` when words stand beside it.
    pub(super) fn sample(&self) -> Option<&str> {
        let date = self.date.as_deref().filter(|_| self.is_dates());
        let sample = date.or(self.number.as_deref().filter(|_| self.is_numbers()));
        sample.filter(|text| is_bare(text))
    }

    /// How long its texts are.
    pub(super) fn length(&self) -> usize {
        self.letters / (self.filled.max(1) as usize)
    }

    /// Whether a column like this can have that role.
    pub(super) fn fits(&self, role: Role) -> bool {
        match role {
            Role::Created | Role::Updated | Role::Started | Role::Done | Role::Due | Role::Date => {
                self.is_dates()
            }
            Role::StartClock => self.is_clocks(),
            Role::EndDate => self.is_dates(),
            Role::EndClock => self.is_clocks() || self.is_dates(),
            Role::Estimate | Role::Duration => self.is_numbers(),
            Role::Status => self.is_words(),
            Role::Title => self.is_text(),
            Role::Person => self.is_text() && !self.is_yes_or_no(),
            Role::Key => self.filled > 0 && !self.is_dates(),
            _ => !self.is_dates(),
        }
    }
}

/// What a tick says: yes, or no; `None` for what is no tick.
pub(super) fn tick(word: &str) -> Option<bool> {
    const YES: [&str; 11] = [
        "yes", "y", "true", "ja", "j", "sí", "si", "oui", "sim", "x", "✓",
    ];
    const NO: [&str; 8] = ["no", "n", "false", "nein", "non", "não", "nao", "☐"];
    let word = word.to_lowercase();
    let is_of = |words: &[&str]| words.contains(&word.as_str());
    is_of(&YES).then_some(true).or(is_of(&NO).then_some(false))
}

fn is_not_applicable(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "n/a" | "na" | "-" | "none" | "?"
    )
}

/// `9:00 AM`.
fn is_clock(cell: &str) -> bool {
    let digits = cell.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ' || c == '.');
    digits.len() < cell.len() && words::clock_length(digits).is_some()
}

/// Whether the only words in a date are those of dates: a cell can name somebody beside it.
pub(super) fn is_bare(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "am", "pm", "t", "z", "gmt", "utc", "h", "min", "mon", "tue", "wed", "thu", "fri", "sat",
        "sun", "st", "th", "nd",
    ];
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words.all(|word| {
        word.is_empty()
            || WORDS.contains(&word.to_lowercase().as_str())
            || months::number(word).is_some()
    })
}
