//! The `task` document.

use super::{DocumentDoc, FieldDoc, ObjectDoc};

pub(super) const TASK: DocumentDoc = DocumentDoc {
    schema: crate::report::task::TASK_SCHEMA,
    command: "inward show TASK --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                ("schema", "text", "name and version of this document"),
                (
                    "tasks",
                    "list",
                    "one object a task of this key; several when trackers share it",
                ),
            ],
        },
        ObjectDoc {
            place: "tasks[]",
            fields: TASKS,
        },
        ObjectDoc {
            place: "tasks[].links[]",
            fields: LINKS,
        },
        ObjectDoc {
            place: "tasks[].events[]",
            fields: EVENTS,
        },
        ObjectDoc {
            place: "tasks[].spans",
            fields: SPANS,
        },
        ObjectDoc {
            place: "tasks[].spans.stages[]",
            fields: &[
                ("state", "text", "the stage"),
                ("seconds", "number", "how long the task was in it"),
            ],
        },
    ],
};

const TASKS: &[FieldDoc] = &[
    ("source", "text", "the tracker, e.g. `jira`"),
    ("key", "text", "what people call it"),
    (
        "type",
        "text",
        "`task`, `bug`, `story`, `epic`, `subtask` or `pr`",
    ),
    ("title", "text", "its title"),
    (
        "project",
        "text or null",
        "project, repository, board or list",
    ),
    (
        "state",
        "text or null",
        "the stage it stands in; null while its word means none",
    ),
    ("status", "text or null", "the tracker's own word"),
    ("due_at", "time, day or null", "when it is due"),
    (
        "links",
        "list",
        "its commits, the oldest first; of copies of one change the one that counts",
    ),
    ("copies", "number", "how many copies were left out of that"),
    (
        "events",
        "list",
        "what happened, the oldest first; commits on no believed day are only in `links`",
    ),
    (
        "spans",
        "object",
        "the time between start and finish, or until now, by stages",
    ),
    (
        "commit_days",
        "number or null",
        "civil days with a commit from the first sign of work to the end; null where there is none",
    ),
    (
        "days",
        "number or null",
        "all civil days of that, both ends counted",
    ),
    (
        "not_known",
        "list of text",
        "what the record cannot say of it",
    ),
];

const LINKS: &[FieldDoc] = &[
    ("oid", "text", "the commit, 40 hexadecimal digits"),
    ("repo", "text", "the first repository that holds it"),
    ("time", "time or null", "author date in the author's offset"),
    ("summary", "text", "first line of the message"),
    ("merge", "true or false", "two or more parents"),
    (
        "rule",
        "text",
        "how the link is known: `manual`, `pull-request`, `closing`, `trailer`, `message`, `branch` or `reflog`",
    ),
    (
        "confidence",
        "text",
        "how sure that is: `certain`, `high`, `medium` or `low`",
    ),
];

const EVENTS: &[FieldDoc] = &[
    (
        "what",
        "text",
        "`created`, `started`, `moved`, `commit`, `opened`, `ready`, `first-review`, `approved`, `merged`, `closed`, `finished` or `given-up`",
    ),
    (
        "time",
        "time or null",
        "when, in its own offset; null where only a day is known",
    ),
    ("day", "day or null", "the civil day of it"),
    (
        "not_before",
        "time, day or null",
        "of something that two exports only narrow down: when it had not happened yet",
    ),
    (
        "first_touch",
        "true or false",
        "the first sign of work: the start, or a commit before it",
    ),
    (
        "from",
        "object or null",
        "of a move: `word` and `state` it came from",
    ),
    (
        "to",
        "object or null",
        "of a move: `word` and `state` it led to",
    ),
    ("oid", "text or null", "of a commit: its object id"),
    (
        "request",
        "text or null",
        "of what happened to a pull request: its key",
    ),
];

const SPANS: &[FieldDoc] = &[
    (
        "from",
        "time, day or null",
        "when work began, where that is known exactly",
    ),
    (
        "to",
        "time, day or null",
        "when it was finished or given up, where that is known exactly",
    ),
    (
        "complete",
        "true or false",
        "false while it is neither finished nor given up: the sums end now",
    ),
    (
        "seconds",
        "number or null",
        "from start to end; null where one of them is not known",
    ),
    (
        "working",
        "number or null",
        "of these, seconds in progress; null where no move tells",
    ),
    (
        "waiting",
        "number or null",
        "of these, seconds in review or put back",
    ),
    (
        "not_told",
        "number or null",
        "of these, seconds that no move tells of",
    ),
    (
        "whole_days",
        "true or false",
        "some of its times are plain days: the sums are whole days",
    ),
    ("stages", "list", "one object a stage, in the order of work"),
];
