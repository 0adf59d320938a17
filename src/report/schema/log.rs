//! The `log` document: one object a kind of row.

use super::{DocumentDoc, FieldDoc, ObjectDoc};

pub(super) const LOG: DocumentDoc = DocumentDoc {
    schema: crate::report::log::LOG_SCHEMA,
    command: "inward log --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                ("schema", "text", "name and version of this document"),
                (
                    "rows",
                    "list",
                    "one object a row, newest first; what it holds depends on its `kind`",
                ),
            ],
        },
        ObjectDoc {
            place: "rows[] of kind commit",
            fields: COMMIT,
        },
        ObjectDoc {
            place: "rows[] of kind task",
            fields: TASK,
        },
        ObjectDoc {
            place: "rows[] of kind review",
            fields: REVIEW,
        },
        ObjectDoc {
            place: "rows[] of kind time",
            fields: TIME,
        },
        ObjectDoc {
            place: "rows[] of kind entry",
            fields: ENTRY,
        },
        ObjectDoc {
            place: "rows[] of kind note",
            fields: NOTE,
        },
    ],
};

const COMMIT: &[FieldDoc] = &[
    ("kind", "text", "`commit`"),
    (
        "time",
        "time or null",
        "author date in the author's offset; null when no calendar holds it",
    ),
    ("oid", "text", "the object id, 40 hexadecimal digits"),
    ("repo", "text", "the first repository that holds it"),
    (
        "summary",
        "text",
        "first line of the message, made safe to show; empty when summaries are not kept",
    ),
    ("files", "number", "changed files"),
    (
        "added",
        "number or null",
        "added lines; null for a merge or when unknown",
    ),
    ("deleted", "number or null", "deleted lines; null likewise"),
    ("merge", "true or false", "two or more parents"),
    (
        "twin",
        "true or false",
        "another commit stands for the same change",
    ),
    (
        "squashed",
        "true or false",
        "a squash of mine has its lines and its delivery",
    ),
    (
        "squash",
        "true or false",
        "its originals are known and count as the activity",
    ),
    (
        "landed",
        "true or false",
        "a default branch holds it; of the commits that somebody else's squash holds, the newest says so for all",
    ),
    ("revert", "true or false", "it takes back another commit"),
    (
        "reformat",
        "true or false",
        "it changes form, not meaning: no line figure counts it",
    ),
    (
        "assisted",
        "true or false",
        "trailers or author say that a program helped",
    ),
    (
        "assistance",
        "text",
        "`assisted` (evidence), `human` (the owner says so) or `unknown`",
    ),
    (
        "undated",
        "true or false",
        "the date is not believed: before 1990 or in the future",
    ),
    (
        "tasks",
        "list of text",
        "keys of the tasks that it is linked with, sorted",
    ),
    OUT,
];

const OUT: FieldDoc = (
    "excluded",
    "text or null",
    "why it counts in no figure: `excluded` or `not-mine`, as you said with `inward exclude`",
);
const ROW: FieldDoc = (
    "row",
    "text",
    "what `inward exclude` takes; the same after an import was undone and repeated",
);

const SOURCE: FieldDoc = ("source", "text", "the tracker, e.g. `github`");
const DAY: FieldDoc = ("day", "day or null", "the civil day it stands on");
const CLOCK: FieldDoc = (
    "time",
    "time or null",
    "when; null where only a day is known",
);
const PROJECT: FieldDoc = (
    "project",
    "text or null",
    "project, repository, board or list",
);
const BUSY: FieldDoc = (
    "busy",
    "true or false",
    "busy time of a calendar: not recorded work, and never a task",
);

const TASK: &[FieldDoc] = &[
    ("kind", "text", "`task`: a task or pull request of yours"),
    (
        "time",
        "time or null",
        "when it was finished, else given up, else last moved or started, else created; null where only a day is known",
    ),
    (
        "day",
        "day or null",
        "the civil day of that; null for a task without any time, which only the range `all` lists",
    ),
    (
        "what",
        "text or null",
        "which of these it is: `finished`, `given-up`, `moved`, `started` or `created`",
    ),
    (
        "not_before",
        "time, day or null",
        "of a time that two exports only narrow down: when it had not happened yet; `time` and `day` are then the latest it can be",
    ),
    SOURCE,
    (
        "key",
        "text",
        "what people call it, e.g. `ING-207` or `owner/name#12`",
    ),
    (
        "type",
        "text",
        "`task`, `bug`, `story`, `epic`, `subtask` or `pr`",
    ),
    (
        "state",
        "text or null",
        "`backlog`, `todo`, `in-progress`, `in-review`, `done` or `cancelled`; null while its word means no stage",
    ),
    ("title", "text", "its title"),
    PROJECT,
    (
        "created_at",
        "time, day or null",
        "when it was written down",
    ),
    (
        "started_at",
        "time, day or null",
        "when work on it began, where that is known exactly",
    ),
    (
        "done_at",
        "time, day or null",
        "when it was finished, where that is known exactly",
    ),
    ("due_at", "time, day or null", "when it is due"),
    (
        "commits",
        "number",
        "commits linked with it; copies of one change count once",
    ),
    ROW,
    OUT,
    (
        "corrected",
        "list of text",
        "facts that you corrected: `created`, `started`, `done`, `kind` or `project`",
    ),
];

const REVIEW: &[FieldDoc] = &[
    (
        "kind",
        "text",
        "`review`: one time that you reviewed a pull request of somebody else",
    ),
    CLOCK,
    DAY,
    SOURCE,
    ("key", "text", "repository and number"),
    ("project", "text or null", "the repository"),
    (
        "requested_at",
        "time, day or null",
        "when you were asked, where an export says",
    ),
    ROW,
    OUT,
];

const TIME: &[FieldDoc] = &[
    (
        "kind",
        "text",
        "`time`: time recorded on one task, or one project, on one day; not with `--kind entries`",
    ),
    ("day", "day", "the civil day the entries began on"),
    ("task", "text or null", "the key of the task"),
    PROJECT,
    (
        "seconds",
        "number",
        "what the entries come to; what overlaps counts once",
    ),
    ("entries", "number", "how many entries"),
    (
        "overlapping",
        "number",
        "of these, how many overlap another",
    ),
    (
        "running",
        "number",
        "of these, how many still run: they have no length yet",
    ),
    BUSY,
];

const ENTRY: &[FieldDoc] = &[
    (
        "kind",
        "text",
        "`entry`: one time entry, with `--kind entries`",
    ),
    CLOCK,
    DAY,
    SOURCE,
    ("task", "text or null", "the key of the task"),
    PROJECT,
    (
        "end",
        "time, day or null",
        "when it ended; null while it runs, and where only a sum is known",
    ),
    (
        "seconds",
        "number or null",
        "how long it was; null while it runs",
    ),
    (
        "note",
        "text or null",
        "what it was spent on, in your words",
    ),
    ("tags", "list of text", "its labels"),
    BUSY,
    ROW,
    OUT,
];

const NOTE: &[FieldDoc] = &[
    ("kind", "text", "`note`: a note or event of yours"),
    (
        "day",
        "day",
        "the day it stands on: its first one among the days listed",
    ),
    ("note", "number", "its number, for `note rm`"),
    (
        "event",
        "text or null",
        "`leave`, `holiday`, `oncall` or `launch`; null for a note",
    ),
    ("from", "day", "the first day it is about"),
    ("to", "day", "the last one"),
    ("text", "text", "your words at full length"),
    ("impact", "true or false", "it mattered to others"),
    (
        "task",
        "text or null",
        "the key of the task it is about; null while no import shows it",
    ),
    ("repo", "text or null", "the repository it is about"),
];
