//! What the sample files of boards, trackers without a history of their own and watchers hold,
//! counted by hand or with a script that shares nothing with the importers.
//!
//! Path, format, then: records, tasks, entries, rejected, done, cancelled, with a start, with moves.
//! Done and cancelled are told with the built-in words alone.

pub const EXPECTED: &[(&str, &str, [u64; 8])] = &[
    // Cards; done: in the list Done or marked complete; cancelled: archived anywhere else; moves:
    // cards of an action that changed the list, the mark, or archived outside Done.
    (
        "trello-json/board-1000-actions-2019.json",
        "trello-json",
        [122, 122, 0, 0, 60, 21, 0, 99],
    ),
    // No list name means anything yet; one card is archived.
    (
        "trello-json/board-ja-2015.json",
        "trello-json",
        [67, 67, 0, 0, 0, 1, 0, 43],
    ),
    // One entry a project and day: 1 + 4; no branch names a task.
    (
        "wakatime-json/data-dump.json",
        "wakatime-json",
        [5, 0, 5, 0, 0, 0, 0, 0],
    ),
    // One stopwatch; three days in Berlin, each with time in the editor and time without.
    (
        "activitywatch-json/aw-buckets-export.json",
        "activitywatch-json",
        [7, 0, 7, 0, 0, 0, 0, 0],
    ),
    (
        "bugzilla-csv/buglist.csv",
        "bugzilla-csv",
        [5, 5, 0, 0, 3, 0, 0, 0],
    ),
    (
        "bugzilla-json/rest-bugs.json",
        "bugzilla-json",
        [2, 2, 0, 0, 0, 0, 0, 0],
    ),
    // Only for tasks known already; neither history changes a status.
    (
        "bugzilla-json/rest-bugs-history.json",
        "bugzilla-json",
        [2, 2, 0, 0, 0, 0, 0, 0],
    ),
    (
        "phabricator-json/maniphest-search.json",
        "phabricator-json",
        [3, 3, 0, 0, 3, 0, 0, 0],
    ),
    // Only for tasks known already; each was resolved once.
    (
        "phabricator-json/maniphest-gettasktransactions.json",
        "phabricator-json",
        [3, 3, 0, 0, 0, 0, 0, 3],
    ),
    // Four people, no records.
    (
        "phabricator-json/user-query.json",
        "phabricator-json",
        [0, 0, 0, 0, 0, 0, 0, 0],
    ),
    (
        "asana-csv/project.csv",
        "asana-csv",
        [3, 3, 0, 0, 1, 0, 0, 0],
    ),
    // Two tasks and a nested one.
    (
        "asana-json/project.json",
        "asana-json",
        [3, 3, 0, 0, 1, 0, 0, 0],
    ),
    // Three rows of seven are tasks.
    (
        "todoist-csv/project-backup.csv",
        "todoist-csv",
        [3, 3, 0, 0, 0, 0, 0, 0],
    ),
    (
        "todoist-json/completed-items.json",
        "todoist-json",
        [1, 1, 0, 0, 1, 0, 0, 0],
    ),
    (
        "notion-csv/Projects_58b8977d6e4444a98ec4d64176a071e5.csv",
        "notion-csv",
        [4, 4, 0, 0, 0, 0, 0, 0],
    ),
    (
        "notion-csv/Projects_58b8977d6e4444a98ec4d64176a071e5_all.csv",
        "notion-csv",
        [4, 4, 0, 0, 0, 0, 0, 0],
    ),
    (
        "notion-csv/Tasks_76aaf8a4637542ed8175259692ca08bb.csv",
        "notion-csv",
        [17, 17, 0, 0, 6, 0, 0, 0],
    ),
    (
        "notion-csv/Tasks_76aaf8a4637542ed8175259692ca08bb_all.csv",
        "notion-csv",
        [17, 17, 0, 0, 6, 0, 0, 0],
    ),
    (
        "youtrack-csv/issues.csv",
        "youtrack-csv",
        [3, 3, 0, 0, 1, 1, 0, 0],
    ),
    (
        "shortcut-csv/stories.csv",
        "shortcut-csv",
        [2, 2, 0, 0, 1, 0, 2, 0],
    ),
    (
        "clickup-csv/workspace-export.csv",
        "clickup-csv",
        [2, 2, 0, 0, 1, 0, 0, 0],
    ),
];

/// Refused, and a word of the reason.
pub const REFUSED: &[(&str, &str, &str)] = &[("monday-csv/board.csv", "monday-csv", "--map")];
