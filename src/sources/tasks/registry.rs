//! Every importer, in the order in which a file is tried: the most telling first.

use super::format::Format;
use super::head::Head;
use super::{
    azure_csv, clockify_csv, github, gitlab, gitlab_csv, harvest_csv, jira_csv, jira_json,
    linear_csv, timewarrior, toggl_csv, toggl_json,
};

/// Every format.
pub static FORMATS: &[&Format] = &[
    &github::gh::FORMAT,
    &github::rest::FORMAT,
    &github::archive::FORMAT,
    &jira_json::FORMAT,
    &jira_csv::FORMAT,
    &linear_csv::FORMAT,
    &gitlab_csv::FORMAT,
    &azure_csv::FORMAT,
    &timewarrior::FORMAT,
    &toggl_csv::FORMAT,
    &toggl_json::FORMAT,
    &clockify_csv::FORMAT,
    &harvest_csv::FORMAT,
    &gitlab::FORMAT,
];

/// The format a file is in, by its content and then its name; `None` when no importer knows it.
pub fn detect(head: &Head) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.fits)(head))
}

/// The format called `id`.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}
