//! What the fields of the documents of `inward forget` and `inward retain` mean.

use crate::report::schema::{DocumentDoc, ObjectDoc};

/// The documents of these commands.
pub const DOCUMENTS: &[DocumentDoc] = &[FORGET, RETAIN];

const SCHEMA: (&str, &str, &str) = ("schema", "text", "name and version of this document");

const FORGET: DocumentDoc = DocumentDoc {
    schema: "inward.forget.v1",
    command: "inward forget --repo NAME --yes --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                ("forgot", "text", "what kind of thing, never its name"),
                (
                    "rows",
                    "list or null",
                    "one object a kind of rows; null where there was no room to count",
                ),
                (
                    "verified",
                    "true or false",
                    "whether none of the strings is in a file of inward's any more; false is exit code 6",
                ),
                ("read", "object", "what reading the bytes back said"),
                (
                    "given_back",
                    "text",
                    "`yes`, or why the file keeps its size for now: `no room` or `busy`",
                ),
                (
                    "outbox",
                    "number",
                    "files in the outbox, which stay: they are yours",
                ),
                (
                    "remains",
                    "list of text",
                    "after everything was forgotten: what is left in the data folder",
                ),
                ("reach", "text", "what no erasing reaches"),
            ],
        },
        ObjectDoc {
            place: "rows[]",
            fields: &[
                ("what", "text", "the kind, in words"),
                ("goes", "number", "how many went"),
                ("stays", "number", "how many stay"),
            ],
        },
        ObjectDoc {
            place: "read",
            fields: &[
                ("sought", "number", "strings that were looked for"),
                (
                    "short",
                    "number",
                    "strings too short to be told from chance: in no row any more, and not looked for in the bytes",
                ),
                ("files", "number", "files that were read, byte by byte"),
                (
                    "left",
                    "list",
                    "files that still hold some, each with `path` and `strings`",
                ),
                (
                    "yours",
                    "list",
                    "as `left`, of files that were written for you and stay",
                ),
                (
                    "stands",
                    "list",
                    "where some of the strings stand in what stays: `within` and `strings`",
                ),
            ],
        },
    ],
};

const RETAIN: DocumentDoc = DocumentDoc {
    schema: "inward.retain.v1",
    command: "inward retain --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                ("kinds", "list", "one object a kind of rows"),
                (
                    "held",
                    "number or null",
                    "days the clock stands after the last entry of the log, while nothing goes because of that",
                ),
            ],
        },
        ObjectDoc {
            place: "kinds[]",
            fields: &[
                ("kind", "text", "its name on the command line"),
                ("what", "text", "what it is, in words"),
                (
                    "after_days",
                    "number or null",
                    "after how many days it goes; null: never by itself",
                ),
                (
                    "next",
                    "day or null",
                    "on which day the next row goes; null when there is none",
                ),
                ("rows", "number", "how many rows go then"),
            ],
        },
    ],
};
