//! Settings as plain values, with their defaults.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::Weekday;
use chrono_tz::Tz;

use crate::model::calendar::WorkWeek;

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

/// How fine the kept times are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// Seconds with the author's offset.
    #[default]
    Time,
    /// Dates only: no hour is kept anywhere.
    Day,
}

/// What the settings file says, or the defaults.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the owner's"
)]
pub struct Values {
    /// First day of a week in every weekly figure.
    pub week_start: Weekday,
    /// Working days and hours.
    pub work_week: WorkWeek,
    /// The home zone, when it is not the system's.
    pub zone: Option<Tz>,
    /// Theme of the dashboard.
    pub theme: ThemeChoice,
    /// Characters of charts.
    pub graphics: Graphics,
    /// Colour in all output.
    pub color: ColorChoice,
    /// Whether the dashboard takes the mouse.
    pub mouse: bool,
    /// Whether nothing may move by itself, spinners included.
    pub reduced_motion: bool,
    /// How fine the kept times are.
    pub precision: Precision,
    /// Whether the first line of commit messages is kept.
    pub keep_summaries: bool,
    /// Whether file paths are kept.
    pub keep_paths: bool,
    /// The folder for files that leave the dashboard, when it is not the data folder's own.
    pub outbox: Option<PathBuf>,
    /// Action name to keys, over the built-in table.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Values {
    fn default() -> Self {
        Self {
            week_start: Weekday::Mon,
            work_week: WorkWeek::default(),
            zone: None,
            theme: ThemeChoice::default(),
            graphics: Graphics::default(),
            color: ColorChoice::default(),
            mouse: false,
            reduced_motion: false,
            precision: Precision::default(),
            keep_summaries: true,
            keep_paths: true,
            outbox: None,
            keys: BTreeMap::new(),
        }
    }
}
