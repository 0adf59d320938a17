//! Every importer, in the order in which a file is tried: the most telling first.

use super::format::Format;
use super::head::Head;
use super::{activitywatch, asana_csv, asana_json, bugzilla_csv, bugzilla_json, clickup_csv};
use super::{monday_csv, notion, phabricator, shortcut_csv, timewarrior, todoist_csv};
use super::{todoist_json, trello, wakatime_json, youtrack_csv};

/// Every format.
pub static FORMATS: &[&Format] = &[
    &timewarrior::FORMAT,
    &trello::FORMAT,
    &wakatime_json::FORMAT,
    &activitywatch::FORMAT,
    &bugzilla_csv::FORMAT,
    &bugzilla_json::FORMAT,
    &phabricator::FORMAT,
    &asana_csv::FORMAT,
    &asana_json::FORMAT,
    &todoist_csv::FORMAT,
    &todoist_json::FORMAT,
    &youtrack_csv::FORMAT,
    &shortcut_csv::FORMAT,
    &clickup_csv::FORMAT,
    &notion::FORMAT,
    &monday_csv::FORMAT,
];

/// The format a file is in, by its content and then its name; `None` when no importer knows it.
pub fn detect(head: &Head) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.fits)(head))
}

/// The format called `id`.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}
