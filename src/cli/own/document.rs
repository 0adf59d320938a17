//! What the fields of the JSON of `note`, `goal` and `exclude` mean; held against what is written by
//! `tests/it/own.rs`.

use crate::report::schema::{DocumentDoc, ObjectDoc};

/// The documents of the owner's own words.
pub const DOCUMENTS: &[DocumentDoc] = &[NOTES, HOLIDAYS, GOALS, EXCLUSIONS];

const SCHEMA: (&str, &str, &str) = ("schema", "text", "name and version of this document");

const NOTES: DocumentDoc = DocumentDoc {
    schema: "inward.notes.v1",
    command: "inward note list --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                (
                    "notes",
                    "list",
                    "one object a note or event, the newest day first",
                ),
            ],
        },
        ObjectDoc {
            place: "notes[]",
            fields: &[
                (
                    "note",
                    "number",
                    "its number, for `note rm`; never given twice",
                ),
                (
                    "event",
                    "text or null",
                    "`leave`, `holiday`, `oncall` or `launch`; null for a note",
                ),
                ("from", "day", "the first day it is about"),
                ("to", "day", "the last one"),
                (
                    "text",
                    "text",
                    "your words at full length; may be empty for an event",
                ),
                ("impact", "true or false", "it mattered to others"),
                ("about_task", "true or false", "it is about a task"),
                (
                    "task",
                    "text or null",
                    "the key of that task; null while no import shows it",
                ),
                ("repo", "text or null", "the repository it is about"),
                ("from_file", "true or false", "it was read from a calendar"),
                ("written", "day", "the day it was written"),
            ],
        },
    ],
};

const HOLIDAYS: DocumentDoc = DocumentDoc {
    schema: "inward.holidays.v1",
    command: "inward note --holidays FILE --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                (
                    "days",
                    "list",
                    "one object an all-day event, recurring ones up to the end of next year",
                ),
                ("left_out", "list", "what was not taken, and why"),
                ("added", "number", "events that were not there before"),
                (
                    "changed",
                    "number",
                    "events that lie on other days now, or are called otherwise",
                ),
                ("unchanged", "number", "events that are as before"),
                (
                    "gone",
                    "number",
                    "events of an earlier file of this name that are no longer in it: taken back",
                ),
            ],
        },
        ObjectDoc {
            place: "days[]",
            fields: &[
                ("from", "day", "its first day"),
                ("to", "day", "its last day"),
                ("title", "text", "its title, made safe to show"),
            ],
        },
        ObjectDoc {
            place: "left_out[]",
            fields: &[
                ("reason", "text", "why, in words"),
                ("n", "number", "how many events"),
            ],
        },
    ],
};

const GOALS: DocumentDoc = DocumentDoc {
    schema: "inward.goals.v1",
    command: "inward goal list --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                ("goals", "list", "one object a goal, open ones first"),
            ],
        },
        ObjectDoc {
            place: "goals[]",
            fields: &[
                ("goal", "number", "its number; never given twice"),
                ("state", "text", "`open`, `done` or `dropped`"),
                ("outcome", "text or null", "the sentence; null for a limit"),
                (
                    "metric",
                    "text or null",
                    "what a limit is on; null for an outcome",
                ),
                (
                    "most",
                    "number or null",
                    "the most it is to be: a share from 0 to 1, seconds, or a count",
                ),
                ("per", "text or null", "`day`, `week` or `month`"),
                (
                    "range",
                    "text or null",
                    "the running day, week or month the value is about; null when closed, or while the metric is not computed",
                ),
                ("value", "number or null", "what it is there so far"),
                ("n", "number or null", "how many rows that rests on"),
                (
                    "interval",
                    "list of number or null",
                    "a 95 % interval of the value: its ends; null without one",
                ),
                (
                    "verdict",
                    "text or null",
                    "`kept` or `over`, so far; null without a value",
                ),
                (
                    "past",
                    "list",
                    "the whole stretches before the running one, up to 12, the oldest first",
                ),
                ("opened", "day", "the day it was set"),
                ("closed", "day or null", "the day it was done or dropped"),
                (
                    "tasks",
                    "list of text or null",
                    "keys of the tasks that belong to it; null for one that no import shows now",
                ),
                ("tasks_done", "number", "how many of these tasks are done"),
                ("notes", "list of number", "the notes that belong to it"),
            ],
        },
        ObjectDoc {
            place: "goals[].past[]",
            fields: &[
                ("from", "day", "its first day"),
                ("to", "day", "its last day"),
                ("met", "text", "`met`, `not met` or `cannot tell`"),
            ],
        },
    ],
};

const EXCLUSIONS: DocumentDoc = DocumentDoc {
    schema: "inward.exclusions.v1",
    command: "inward exclude list --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                ("excluded", "number", "rows left out of every figure"),
                (
                    "not_mine",
                    "number",
                    "rows that are not yours, left out too",
                ),
                ("corrected", "number", "corrected facts"),
                (
                    "rows",
                    "list",
                    "one object each of these, in the order they were said",
                ),
            ],
        },
        ObjectDoc {
            place: "rows[]",
            fields: &[
                ("id", "text", "what `exclude --undo` takes, e.g. `x-3`"),
                ("kind", "text", "`commit`, `task`, `review` or `entry`"),
                ("oid", "text or null", "of a commit its object id"),
                (
                    "row",
                    "text or null",
                    "what the row is known by; null while it is not here",
                ),
                ("what", "text", "`excluded`, `not-mine` or `corrected`"),
                (
                    "fact",
                    "text or null",
                    "of a correction: `created`, `started`, `done`, `kind` or `project`",
                ),
                (
                    "value",
                    "text or null",
                    "what that fact is: a time, a day, a word, or `none`",
                ),
                ("reason", "text or null", "why, in your words"),
                ("day", "day", "when you said so"),
            ],
        },
    ],
};
