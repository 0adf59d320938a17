//! What the sample tables hold, counted with a script over a CSV reader (repeated headers and blank
//! rows dropped; status, resolution and date columns counted; worklogs by hand).

/// Path, format, then: records, tasks, entries, rejected, done, cancelled, with a start, with moves.
pub const TABLES: &[(&str, &str, [u64; 8])] = &[
    // Ten done dates.
    (
        "jira-csv/cloud-all-fields.csv",
        "jira-csv",
        [22, 22, 0, 0, 10, 0, 0, 0],
    ),
    (
        "jira-csv/cloud-current-fields.csv",
        "jira-csv",
        [4, 4, 0, 0, 1, 1, 0, 0],
    ),
    (
        "jira-csv/cloud-iso-24h.csv",
        "jira-csv",
        [2, 2, 0, 0, 1, 0, 0, 0],
    ),
    // Two worklogs.
    (
        "jira-csv/datacenter-all-fields.csv",
        "jira-csv",
        [4, 4, 2, 0, 1, 1, 0, 0],
    ),
    (
        "jira-csv/spanish-headers.csv",
        "jira-csv",
        [2, 2, 0, 0, 1, 0, 0, 0],
    ),
    (
        "linear-csv/export-30col-tostring-dates.csv",
        "linear-csv",
        [28, 28, 0, 0, 7, 0, 4, 0],
    ),
    (
        "linear-csv/export-34col-iso-dates.csv",
        "linear-csv",
        [4, 4, 0, 0, 1, 2, 2, 0],
    ),
    (
        "gitlab-csv/issues-18.4-header.csv",
        "gitlab-csv",
        [2, 2, 0, 0, 1, 0, 0, 0],
    ),
    (
        "gitlab-csv/issues-old-header.csv",
        "gitlab-csv",
        [2, 2, 0, 0, 1, 0, 0, 0],
    ),
    (
        "azure-devops-csv/query-flat-bom-dmy.csv",
        "azure-devops-csv",
        [117, 117, 0, 0, 88, 6, 90, 0],
    ),
    (
        "azure-devops-csv/query-tree-titles.csv",
        "azure-devops-csv",
        [4, 4, 0, 0, 1, 1, 2, 0],
    ),
    (
        "toggl-csv/detailed-en.csv",
        "toggl-csv",
        [11, 0, 11, 0, 0, 0, 0, 0],
    ),
    (
        "toggl-csv/time-entries-1.csv",
        "toggl-csv",
        [2, 0, 2, 0, 0, 0, 0, 0],
    ),
    (
        "toggl-csv/time-entries-2.csv",
        "toggl-csv",
        [1, 0, 1, 0, 0, 0, 0, 0],
    ),
    (
        "clockify-csv/detailed-2.csv",
        "clockify-csv",
        [1, 0, 1, 0, 0, 0, 0, 0],
    ),
    // Its only row is of the 13th day of the 15th month.
    (
        "clockify-csv/detailed-3.csv",
        "clockify-csv",
        [1, 0, 0, 1, 0, 0, 0, 0],
    ),
    (
        "harvest-csv/time-entries-decimal-comma.csv",
        "harvest-csv",
        [2, 0, 2, 0, 0, 0, 0, 0],
    ),
];

/// The same where the owner has to say that the day comes first.
pub const TABLES_DAY_FIRST: &[(&str, &str, [u64; 8])] = &[
    (
        "clockify-csv/detailed-1.csv",
        "clockify-csv",
        [2, 0, 2, 0, 0, 0, 0, 0],
    ),
    (
        "clockify-csv/detailed-5.csv",
        "clockify-csv",
        [2, 0, 2, 0, 0, 0, 0, 0],
    ),
    (
        "clockify-csv/detailed-6.csv",
        "clockify-csv",
        [2, 0, 2, 0, 0, 0, 0, 0],
    ),
    (
        "clockify-csv/detailed-7.csv",
        "clockify-csv",
        [1, 0, 1, 0, 0, 0, 0, 0],
    ),
];

/// Refused, and a part of the reason.
pub const TABLES_REFUSED: &[(&str, &str, &str)] = &[
    (
        "clockify-csv/detailed-1.csv",
        "clockify-csv",
        "day/month or month/day",
    ),
    (
        "clockify-csv/detailed-5.csv",
        "clockify-csv",
        "day/month or month/day",
    ),
    (
        "clockify-csv/detailed-6.csv",
        "clockify-csv",
        "day/month or month/day",
    ),
    (
        "clockify-csv/detailed-7.csv",
        "clockify-csv",
        "day/month or month/day",
    ),
    (
        "toggl-json/workspace-export/clients.json",
        "toggl-json",
        "clients",
    ),
    (
        "toggl-json/workspace-export/projects.json",
        "toggl-json",
        "projects",
    ),
    (
        "toggl-json/workspace-export/tags.json",
        "toggl-json",
        "tags",
    ),
    (
        "toggl-json/workspace-export/tasks/402.json",
        "toggl-json",
        "tasks",
    ),
    (
        "toggl-json/workspace-export/workspace_users.json",
        "toggl-json",
        "users",
    ),
];
