//! What the owner lets inward keep: one switch a kind of fact.
//!
//! What is off is not stored, is erased from what is stored, and is called "not kept" where it
//! would stand.

use super::privacy::Switch;
use super::text::Clean;

/// What stands in the place of a text that is not kept.
pub const NOT_KEPT: &str = "(not kept)";

/// A kind of fact with a switch of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Times finer than a day.
    Hours,
    /// What was done to refs.
    Reflog,
    /// The owner's notes.
    Notes,
    /// Titles of tasks and calendar entries, and notes on recorded time.
    Titles,
    /// Summaries of commits.
    Summaries,
    /// Paths of files.
    Paths,
    /// Names of branches.
    Branches,
    /// Whether a program helped with a commit.
    Assistance,
}

impl Kind {
    /// Every kind, in the order of the settings.
    pub const ALL: [Self; 8] = [
        Self::Hours,
        Self::Reflog,
        Self::Notes,
        Self::Titles,
        Self::Summaries,
        Self::Paths,
        Self::Branches,
        Self::Assistance,
    ];

    /// Its name in the settings, e.g. `titles`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Reflog => "reflog",
            Self::Notes => "notes",
            Self::Titles => "titles",
            Self::Summaries => "summaries",
            Self::Paths => "paths",
            Self::Branches => "branches",
            Self::Assistance => "assistance",
        }
    }

    /// The whole name of its setting, e.g. `keep.titles`.
    pub fn setting(self) -> &'static str {
        match self {
            Self::Hours => "keep.hours",
            Self::Reflog => "keep.reflog",
            Self::Notes => "keep.notes",
            Self::Titles => "keep.titles",
            Self::Summaries => "keep.summaries",
            Self::Paths => "keep.paths",
            Self::Branches => "keep.branches",
            Self::Assistance => "keep.assistance",
        }
    }

    /// The kind of this name in the settings.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it is, in words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Hours => "times finer than a day, and offsets from UTC",
            Self::Reflog => "what you did to branches and when, for 180 days",
            Self::Notes => "notes in your own words",
            Self::Titles => {
                "titles of tasks, calendar entries and their days, and notes on recorded time"
            }
            Self::Summaries => "the summary line of a commit",
            Self::Paths => "paths of changed files",
            Self::Branches => "names of branches",
            Self::Assistance => "whether a program helped with a commit",
        }
    }

    /// What stands where a figure of this kind would: `not kept: keep.hours is off`.
    pub fn not_kept(self) -> String {
        format!("not kept: {} is off", self.setting())
    }

    /// Whether kinds of commits are concerned: turned on again, the next scan reads them anew.
    pub fn is_scanned(self) -> bool {
        !matches!(self, Self::Notes | Self::Titles)
    }

    /// Whether exports have something of this kind: turned on again, they are needed again.
    pub fn is_imported(self) -> bool {
        matches!(self, Self::Hours | Self::Titles | Self::Branches)
    }
}

/// Which kinds are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one switch a kind, each by itself"
)]
pub struct Keep {
    /// See [`Kind::Hours`].
    pub hours: bool,
    /// See [`Kind::Reflog`].
    pub reflog: bool,
    /// See [`Kind::Notes`].
    pub notes: bool,
    /// See [`Kind::Titles`].
    pub titles: bool,
    /// See [`Kind::Summaries`].
    pub summaries: bool,
    /// See [`Kind::Paths`].
    pub paths: bool,
    /// See [`Kind::Branches`].
    pub branches: bool,
    /// See [`Kind::Assistance`].
    pub assistance: bool,
}

impl Default for Keep {
    /// All but the reflog, which takes a yes.
    fn default() -> Self {
        Self {
            hours: true,
            reflog: false,
            notes: true,
            titles: true,
            summaries: true,
            paths: true,
            branches: true,
            assistance: true,
        }
    }
}

impl Keep {
    /// Whether `kind` is kept.
    pub fn has(&self, kind: Kind) -> bool {
        match kind {
            Kind::Hours => self.hours,
            Kind::Reflog => self.reflog,
            Kind::Notes => self.notes,
            Kind::Titles => self.titles,
            Kind::Summaries => self.summaries,
            Kind::Paths => self.paths,
            Kind::Branches => self.branches,
            Kind::Assistance => self.assistance,
        }
    }

    /// Turns `kind` on or off.
    pub fn set(&mut self, kind: Kind, on: bool) {
        *match kind {
            Kind::Hours => &mut self.hours,
            Kind::Reflog => &mut self.reflog,
            Kind::Notes => &mut self.notes,
            Kind::Titles => &mut self.titles,
            Kind::Summaries => &mut self.summaries,
            Kind::Paths => &mut self.paths,
            Kind::Branches => &mut self.branches,
            Kind::Assistance => &mut self.assistance,
        } = on;
    }

    /// Every switch, in the order of the settings, as the label shows them.
    pub fn switches(&self) -> Vec<Switch> {
        let switch = |kind: Kind| Switch {
            name: kind.name(),
            on: self.has(kind),
            about: kind.about(),
        };
        Kind::ALL.into_iter().map(switch).collect()
    }
}

/// What the settings say: nothing of a kind leaves it to the answer in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeepRule([Option<bool>; 8]);

impl KeepRule {
    /// What is said of `kind`.
    pub fn of(&self, kind: Kind) -> Option<bool> {
        self.0[kind as usize]
    }

    /// Says something of `kind`, or nothing any more.
    pub fn set(&mut self, kind: Kind, on: Option<bool>) {
        self.0[kind as usize] = on;
    }

    /// `answered`, with what the settings say in its place.
    pub fn over(&self, answered: Keep) -> Keep {
        let mut keep = answered;
        for kind in Kind::ALL {
            if let Some(on) = self.of(kind) {
                keep.set(kind, on);
            }
        }
        keep
    }
}

/// How much is kept, as the first keep asks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Everything.
    #[default]
    Everything,
    /// No titles, summaries and paths.
    NoWords,
    /// Days only.
    DaysOnly,
}

impl Measure {
    /// Every measure, in the order in which it is asked.
    pub const ALL: [Self; 3] = [Self::Everything, Self::NoWords, Self::DaysOnly];

    /// What it is called where it is asked.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::NoWords => "no titles, summaries, paths",
            Self::DaysOnly => "no times of day",
        }
    }

    /// What it keeps of a scan, in words.
    pub fn keeps(self) -> &'static str {
        match self {
            Self::Everything => {
                "Ids, times, line counts, languages; summary lines, paths, branches."
            }
            Self::NoWords => "Ids, times, line counts, languages, branches; no words of yours.",
            Self::DaysOnly => "Ids, days, line counts, languages; summary lines, paths, branches.",
        }
    }

    /// `keep` with the kinds of this measure turned off.
    pub fn of(self, keep: Keep) -> Keep {
        let mut keep = keep;
        let off: &[Kind] = match self {
            Self::Everything => &[],
            Self::NoWords => &[Kind::Titles, Kind::Summaries, Kind::Paths],
            Self::DaysOnly => &[Kind::Hours],
        };
        for kind in off {
            keep.set(*kind, false);
        }
        keep
    }
}

/// The text that stands in the place of one that is not kept.
pub fn not_kept() -> Clean {
    Clean::label(NOT_KEPT.as_bytes())
}

/// Whether `text` is kept: no placeholder stands in its place.
pub fn is_kept(text: &Clean) -> bool {
    text.as_str() != NOT_KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_switch() {
        for kind in Kind::ALL {
            let mut keep = Keep::default();
            keep.set(kind, !keep.has(kind));
            let differing = Kind::ALL
                .into_iter()
                .filter(|other| keep.has(*other) != Keep::default().has(*other));
            assert_eq!(differing.collect::<Vec<_>>(), [kind]);
            assert_eq!(Kind::by_name(kind.name()), Some(kind));
            assert_eq!(kind.setting(), format!("keep.{}", kind.name()));
        }
    }

    #[test]
    fn the_settings_beat_the_answer() {
        let mut rule = KeepRule::default();
        rule.set(Kind::Titles, Some(true));
        rule.set(Kind::Hours, Some(false));
        let keep = rule.over(Measure::NoWords.of(Keep::default()));
        assert!(keep.titles && !keep.hours && !keep.summaries && keep.branches);
    }
}
