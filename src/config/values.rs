//! Settings as plain values, with their defaults.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use chrono::Weekday;
use chrono_tz::Tz;

use crate::model::calendar::WorkWeek;
use crate::model::dataset::HumanRule;
use crate::model::forms::{Clock, Forms, Numbers};
use crate::model::keep::KeepRule;
use crate::model::project::Projects;
use crate::model::stage::StageWords;

use super::ColorChoice;

/// Which colours the dashboard takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// The terminal's own colours, fit for light and dark; asks the terminal nothing.
    #[default]
    Auto,
    /// Own colours for a dark background.
    Dark,
    /// Own colours for a light background.
    Light,
    /// Own colours of the highest contrast, on black.
    Contrast,
    /// The terminal's own 16 colours, whatever it is capable of.
    Ansi,
    /// No colours.
    Mono,
}

/// Which characters charts are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Graphics {
    /// Braille dots.
    #[default]
    Braille,
    /// Block elements, for fonts without braille.
    Block,
    /// ASCII only.
    Ascii,
}

/// What the settings file says, or the defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// First day of a week in every weekly figure.
    pub week_start: Weekday,
    /// Working days and hours.
    pub work_week: WorkWeek,
    /// The home zone, when it is not the system's.
    pub zone: Option<Tz>,
    /// What the owner says was written without assistance.
    pub human: HumanRule,
    /// How a time of day is written for people.
    pub clock: Clock,
    /// How a number is written for people.
    pub numbers: Numbers,
    /// Theme of the dashboard.
    pub theme: ThemeChoice,
    /// Characters of charts.
    pub graphics: Graphics,
    /// Colour in all output.
    pub color: ColorChoice,
    /// Nothing on the screen changes by time alone.
    pub reduced_motion: bool,
    /// The dashboard takes the mouse from the start.
    pub mouse: bool,
    /// How long without a key until the dashboard covers itself; zero: never.
    pub cover_after: Duration,
    /// Where exports arrive: paths whose last part may hold `*` and `?`.
    pub inbox: Vec<String>,
    /// Where drafts are written to, when not into the data folder.
    pub outbox: Option<PathBuf>,
    /// The owner's words for stages.
    pub stages: StageWords,
    /// The owner's own projects.
    pub projects: Projects,
    /// Whether the reflog may be read; `None` leaves it to the answer in the store.
    pub keep_reflog: Option<bool>,
    /// What may be kept; what is not said is left to the answer in the store.
    pub keep: KeepRule,
    /// Action name to keys, over the built-in table.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Values {
    fn default() -> Self {
        Self {
            week_start: Weekday::Mon,
            work_week: WorkWeek::default(),
            zone: None,
            human: HumanRule::default(),
            clock: Clock::default(),
            numbers: Numbers::FIXED,
            theme: ThemeChoice::default(),
            graphics: Graphics::default(),
            color: ColorChoice::default(),
            reduced_motion: false,
            mouse: false,
            cover_after: Duration::from_secs(300),
            inbox: Vec::new(),
            outbox: None,
            stages: StageWords::default(),
            projects: Projects::default(),
            keep_reflog: None,
            keep: KeepRule::default(),
            keys: BTreeMap::new(),
        }
    }
}

impl Values {
    /// How times of day and numbers are written for people.
    pub fn forms(&self) -> Forms {
        let numbers = match self.graphics {
            Graphics::Ascii => self.numbers.in_ascii(),
            Graphics::Braille | Graphics::Block => self.numbers,
        };
        Forms {
            clock: self.clock,
            numbers,
        }
    }
}
