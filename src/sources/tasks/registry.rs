//! Every importer, in the order in which a file is tried: the most telling first.

use super::format::Format;
use super::head::Head;
use super::{
    activitywatch, asana_csv, asana_json, azure_csv, bugzilla_csv, bugzilla_json, clickup_csv,
    clockify_csv, github, gitlab, gitlab_csv, harvest_csv, ics, jira_csv, jira_json, linear_csv,
    mapped_csv, markdown, monday_csv, notion, org, phabricator, shortcut_csv, taskwarrior,
    timewarrior, todoist_csv, todoist_json, todotxt, toggl_csv, toggl_json, trello, wakatime_json,
    watson, youtrack_csv,
};

/// Every format.
pub static FORMATS: &[&Format] = &[
    &github::gh::FORMAT,
    &github::rest::FORMAT,
    &github::archive::FORMAT,
    &gitlab::FORMAT,
    &jira_json::FORMAT,
    &jira_csv::FORMAT,
    &linear_csv::FORMAT,
    &gitlab_csv::FORMAT,
    &azure_csv::FORMAT,
    &taskwarrior::FORMAT,
    &todoist_json::FORMAT,
    &asana_json::FORMAT,
    &trello::FORMAT,
    &phabricator::FORMAT,
    &bugzilla_json::FORMAT,
    &wakatime_json::FORMAT,
    &activitywatch::FORMAT,
    &timewarrior::FORMAT,
    &watson::FORMAT,
    &toggl_csv::FORMAT,
    &toggl_json::FORMAT,
    &clockify_csv::FORMAT,
    &harvest_csv::FORMAT,
    &asana_csv::FORMAT,
    &todoist_csv::FORMAT,
    &youtrack_csv::FORMAT,
    &shortcut_csv::FORMAT,
    &clickup_csv::FORMAT,
    &monday_csv::FORMAT,
    &notion::FORMAT,
    &bugzilla_csv::FORMAT,
    &ics::FORMAT,
    &ics::EVENTS,
    &org::FORMAT,
    &markdown::FORMAT,
    &todotxt::FORMAT,
    &mapped_csv::FORMAT,
];

/// The format a file is in, by its content and then its name; `None` when no importer knows it.
pub fn detect(head: &Head) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.fits)(head))
}

/// The format called `id`.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}
