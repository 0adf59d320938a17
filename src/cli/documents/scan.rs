//! What `inward scan --json` says.

use super::SCHEMA;
use crate::report::schema::{DocumentDoc, FieldDoc, ObjectDoc};

pub(super) const SCAN: DocumentDoc = DocumentDoc {
    schema: "inward.scan.v1",
    command: "inward scan --lines --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                (
                    "repos",
                    "list",
                    "one object a repository that was asked for",
                ),
                ("seconds", "number", "how long all of it took"),
            ],
        },
        ObjectDoc {
            place: "repos[]",
            fields: &[
                ("path", "text", "the path you know it by"),
                (
                    "commits_walked",
                    "number",
                    "commits looked at; 0 when nothing moved since the last scan",
                ),
                ("commits_mine", "number", "of these, yours, merges included"),
                (
                    "commits_added",
                    "number",
                    "of these, stored for the first time",
                ),
                (
                    "twins",
                    "number",
                    "stored commits of it that another one stands for",
                ),
                (
                    "undated",
                    "number",
                    "stored commits of it whose clock is not believed",
                ),
                (
                    "lines_unknown",
                    "number",
                    "stored commits of it whose lines could not be read",
                ),
                ("seconds", "number", "how long it took"),
                (
                    "problem",
                    "text or null",
                    "why it could not be read as a whole",
                ),
                (
                    "warnings",
                    "list of text",
                    "what was read with a reservation",
                ),
                (
                    "lines",
                    "object",
                    "what became of the lines of your commits on its default branch; absent without `--lines`, and where they could not be followed",
                ),
            ],
        },
        ObjectDoc {
            place: "repos[].lines",
            fields: LINES,
        },
    ],
};

const LINES: &[FieldDoc] = &[
    (
        "commits_walked",
        "number",
        "commits of the default branch, whoever wrote them; 0 when nothing moved since the last pass",
    ),
    (
        "commits_unknown",
        "number",
        "of these, yours whose lines could not be known",
    ),
    (
        "lines_lost",
        "number",
        "lines that could not be followed to their end because objects are missing or damaged; counted nowhere else",
    ),
    (
        "commits",
        "number",
        "stored commits of yours whose lines were followed",
    ),
    ("born", "number", "counted lines that they brought"),
    (
        "alive",
        "number",
        "of these, still on the default branch, rewritten by nobody",
    ),
    (
        "died_by_me",
        "number",
        "of these, deleted or rewritten by commits of yours",
    ),
    (
        "died_by_others",
        "number",
        "of these, deleted or rewritten by others' commits",
    ),
    ("seconds", "number", "how long it took"),
];
