//! What the sample files of the personal formats hold, counted without this program.
//!
//! How each number was found: Taskwarrior with a JSON reader (records whose status is not
//! `recurring`; `completed`, `deleted`; a `start` or a `Started task` annotation; pairs of
//! annotations), todo.txt with `grep -c` over lines that are not blank (`^x ` for done; in a file
//! called done.txt all of them), Markdown with a `CommonMark` parser (list items whose text begins
//! with a box; the sign in it), Org by hand (headings with a state word that are not commented or
//! in a block, six in the first file and one in the archive, and two completions of the
//! repeating one), Timewarrior and Watson with a JSON reader and `wc -l`, iCalendar with
//! `grep -c BEGIN:VTODO`; its events by hand and with another program's recurrence rules (88
//! weekdays less two exceptions, one of the rest moved, and one single meeting).

/// Path under the samples, format, records, tasks, entries (of time trackers and of tasks
/// together), rejected, done, cancelled, with a start, with moves.
type Row = (&'static str, &'static str, [u64; 8]);

/// Files that are known by detection alone.
pub(crate) const PERSONAL: &[Row] = &[
    (
        "taskwarrior/export-2.6.2.json",
        "taskwarrior",
        [33, 33, 0, 0, 6, 3, 1, 0],
    ),
    (
        "taskwarrior/export-3.1.0.json",
        "taskwarrior",
        [33, 33, 0, 0, 6, 3, 1, 0],
    ),
    (
        "taskwarrior/export-2.6.2-no-array.json",
        "taskwarrior",
        [33, 33, 0, 0, 6, 16, 1, 0],
    ),
    (
        "taskwarrior/export-2.6.2-journal-time.json",
        "taskwarrior",
        [4, 4, 3, 0, 2, 0, 2, 0],
    ),
    (
        "taskwarrior/export-3.1.0-journal-time.json",
        "taskwarrior",
        [4, 4, 3, 0, 2, 0, 2, 0],
    ),
    (
        "taskwarrior/export-real-project.json",
        "taskwarrior",
        [32, 32, 0, 0, 20, 4, 0, 0],
    ),
    (
        "todo-txt/done-without-x/done.txt",
        "todo-txt",
        [33, 33, 0, 0, 33, 0, 0, 0],
    ),
    (
        "todo-txt/done-without-x/todo.txt",
        "todo-txt",
        [7, 7, 0, 0, 0, 0, 0, 0],
    ),
    (
        "todo-txt/geomandel/done.txt",
        "todo-txt",
        [9, 9, 0, 0, 9, 0, 0, 0],
    ),
    (
        "todo-txt/geomandel/todo.txt",
        "todo-txt",
        [11, 11, 0, 0, 2, 0, 0, 0],
    ),
    (
        "todo-txt/todo-txt-cli/done.txt",
        "todo-txt",
        [3, 3, 0, 0, 3, 0, 0, 0],
    ),
    (
        "todo-txt/todo-txt-cli/todo.txt",
        "todo-txt",
        [6, 6, 0, 0, 1, 0, 0, 0],
    ),
    (
        "markdown-tasks/plain-checklist.md",
        "markdown-tasks",
        [13, 13, 0, 0, 4, 1, 0, 0],
    ),
    (
        "markdown-tasks/vault/ACME.md",
        "markdown-tasks",
        [8, 8, 0, 0, 1, 0, 0, 0],
    ),
    (
        "markdown-tasks/vault/All-Formats-Parsing.md",
        "markdown-tasks",
        [2, 2, 0, 0, 0, 0, 0, 0],
    ),
    (
        "markdown-tasks/vault/Callouts-and-Block-Quotes.md",
        "markdown-tasks",
        [14, 14, 0, 0, 0, 0, 0, 0],
    ),
    (
        "markdown-tasks/vault/Custom-Task-Statuses.md",
        "markdown-tasks",
        [10, 10, 0, 0, 3, 1, 0, 0],
    ),
    (
        "markdown-tasks/vault/Dataview-Format.md",
        "markdown-tasks",
        [21, 21, 0, 0, 2, 1, 0, 0],
    ),
    (
        "markdown-tasks/vault/Dependencies-Samples.md",
        "markdown-tasks",
        [17, 17, 0, 0, 0, 0, 0, 0],
    ),
    (
        "markdown-tasks/vault/Invalid-Dates.md",
        "markdown-tasks",
        [12, 12, 0, 0, 2, 2, 0, 0],
    ),
    (
        "markdown-tasks/vault/Tasks-Format.md",
        "markdown-tasks",
        [19, 19, 0, 0, 1, 1, 0, 0],
    ),
    ("org/work.org", "org", [8, 8, 3, 0, 3, 1, 2, 5]),
    ("org/work.org_archive", "org", [1, 1, 0, 0, 1, 0, 0, 1]),
    (
        "timewarrior/export-1.4.3.json",
        "timewarrior",
        [10, 0, 10, 0, 0, 0, 0, 0],
    ),
    (
        "timewarrior/2025-11.data",
        "timewarrior",
        [7, 0, 7, 0, 0, 0, 0, 0],
    ),
    ("watson/log.json", "watson", [7, 0, 7, 0, 0, 0, 0, 0]),
    ("watson/frames", "watson", [7, 0, 7, 0, 0, 0, 0, 0]),
    ("watson/log.csv", "watson", [7, 0, 7, 0, 0, 0, 0, 0]),
    ("ics/todoman-vtodo.ics", "ics", [4, 4, 0, 0, 1, 1, 0, 0]),
    (
        "ics/issue_1050_calendar_with_events_and_todos.ics",
        "ics",
        [1, 1, 0, 0, 0, 0, 0, 0],
    ),
    ("ics/bom_calendar.ics", "ics", [0, 0, 0, 0, 0, 0, 0, 0]),
    ("ics/broken_dtstart.ics", "ics", [0, 0, 0, 0, 0, 0, 0, 0]),
    (
        "ics/issue_127_categories_with_commas.ics",
        "ics",
        [0, 0, 0, 0, 0, 0, 0, 0],
    ),
    (
        "ics/issue_722_timezone_transition_ambiguity.ics",
        "ics",
        [0, 0, 0, 0, 0, 0, 0, 0],
    ),
    ("ics/meetings.ics", "ics", [0, 0, 0, 0, 0, 0, 0, 0]),
    (
        "ics/multiple_timezones.ics",
        "ics",
        [0, 0, 0, 0, 0, 0, 0, 0],
    ),
    (
        "ics/rfc_7265_appendix_example_2_ical.ics",
        "ics",
        [0, 0, 0, 0, 0, 0, 0, 0],
    ),
    ("ics/timezoned.ics", "ics", [0, 0, 0, 0, 0, 0, 0, 0]),
];

/// The same calendars when their events are asked for by name, in a year after 2025.
pub(crate) const PERSONAL_EVENTS: &[Row] = &[
    ("ics/meetings.ics", "calendar", [87, 0, 87, 0, 0, 0, 0, 0]),
    (
        "ics/rfc_7265_appendix_example_2_ical.ics",
        "calendar",
        [6, 0, 6, 0, 0, 0, 0, 0],
    ),
    (
        "ics/issue_722_timezone_transition_ambiguity.ics",
        "calendar",
        [4, 0, 4, 0, 0, 0, 0, 0],
    ),
    (
        "ics/multiple_timezones.ics",
        "calendar",
        [3, 0, 3, 0, 0, 0, 0, 0],
    ),
    (
        "ics/issue_1050_calendar_with_events_and_todos.ics",
        "calendar",
        [2, 0, 2, 0, 0, 0, 0, 0],
    ),
    (
        "ics/issue_127_categories_with_commas.ics",
        "calendar",
        [1, 0, 1, 0, 0, 0, 0, 0],
    ),
    ("ics/timezoned.ics", "calendar", [1, 0, 1, 0, 0, 0, 0, 0]),
    (
        "ics/broken_dtstart.ics",
        "calendar",
        [1, 0, 0, 1, 0, 0, 0, 0],
    ),
    ("ics/bom_calendar.ics", "calendar", [0, 0, 0, 0, 0, 0, 0, 0]),
    (
        "ics/todoman-vtodo.ics",
        "calendar",
        [0, 0, 0, 0, 0, 0, 0, 0],
    ),
];

/// Files that are known and refused, and a part of the reason.
pub(crate) const PERSONAL_REFUSED: &[(&str, &str, &str)] =
    &[("watson/report.json", "watson", "watson log --json --all")];
