//! What the fields of `import`'s JSON mean; held against what is written by `tests/it/import.rs`.

use crate::report::schema::{DocumentDoc, ObjectDoc};

/// The documents of `import`.
pub const DOCUMENTS: &[DocumentDoc] = &[IMPORT, IMPORTS];

const SCHEMA: (&str, &str, &str) = ("schema", "text", "name and version of this document");

const IMPORT: DocumentDoc = DocumentDoc {
    schema: "inward.import.v1",
    command: "inward import FILE --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                (
                    "files",
                    "list",
                    "one object a file, in the order they were named",
                ),
            ],
        },
        ObjectDoc {
            place: "files[]",
            fields: &[
                ("path", "text", "as you named it; `-` for a pipe"),
                (
                    "format",
                    "text or null",
                    "the format it was read as; null when it was not read",
                ),
                ("source", "text or null", "the tracker it comes from"),
                (
                    "import",
                    "number or null",
                    "what `--undo` takes; null when nothing was kept",
                ),
                ("records", "number", "records read, rejected ones too"),
                ("mine", "number", "of these, yours"),
                (
                    "known_as",
                    "list of text",
                    "what you are called in it; empty where the format is personal",
                ),
                ("not_mine", "number", "of these, somebody else's: not kept"),
                (
                    "reviews_given",
                    "number",
                    "of those, pull requests you reviewed: key and your times are kept",
                ),
                (
                    "added",
                    "number",
                    "tasks, pull requests, time entries and reviews that were not known before",
                ),
                (
                    "updated",
                    "number",
                    "known ones about which something changed",
                ),
                ("unchanged", "number", "known ones about which nothing did"),
                (
                    "rejected",
                    "list",
                    "one object a record that could not be taken, at most 1,000",
                ),
                ("rejected_more", "number", "rejected records beyond those"),
                (
                    "warnings",
                    "list of text",
                    "what is worth knowing of the file as a whole",
                ),
                ("entries", "number", "time entries of yours in it"),
                (
                    "transitions",
                    "number",
                    "moves between states of your tasks in it",
                ),
                (
                    "range",
                    "list of two days or null",
                    "first and last day of your records",
                ),
                (
                    "coverage",
                    "object",
                    "how many of your tasks in it have which fact",
                ),
                (
                    "missing",
                    "list of text",
                    "what cannot be told from it, and why",
                ),
                (
                    "unknown_words",
                    "list",
                    "one object a word for a state that no stage is known for",
                ),
                ("problem", "text or null", "why nothing of it was imported"),
                (
                    "candidates",
                    "list",
                    "one object a person, when nobody in it is known to be you; kept nowhere",
                ),
                (
                    "again",
                    "true or false",
                    "the same file was imported before, byte by byte",
                ),
            ],
        },
        ObjectDoc {
            place: "files[].rejected[]",
            fields: &[
                ("line", "number", "where the record begins, from 1"),
                ("reason", "text", "why it could not be taken"),
            ],
        },
        ObjectDoc {
            place: "files[].coverage",
            fields: &[
                ("tasks", "number", "your tasks, pull requests left out"),
                ("pull_requests", "number", "your pull requests"),
                (
                    "created",
                    "number",
                    "tasks with the time they were written down",
                ),
                (
                    "finished",
                    "number",
                    "finished tasks; given up is not finished",
                ),
                (
                    "finished_when",
                    "number",
                    "of these, with the time they were finished",
                ),
                (
                    "finished_started",
                    "number",
                    "of these, with a start too: only they have a cycle time",
                ),
                (
                    "finished_created",
                    "number",
                    "of those with a finish time, with the time they were written down: only they have a lead time",
                ),
                ("moves", "number", "tasks with moves between states"),
                ("estimate", "number", "tasks with an estimate"),
            ],
        },
        ObjectDoc {
            place: "files[].unknown_words[]",
            fields: &[
                ("word", "text", "as the tracker writes it"),
                (
                    "n",
                    "number",
                    "how often it stands in the file, moves included",
                ),
            ],
        },
        ObjectDoc {
            place: "files[].candidates[]",
            fields: &[
                ("name", "text", "who it is"),
                ("token", "text", "what to give `--mine`"),
                ("records", "number", "records that are theirs"),
                ("evidence", "list of text", "what speaks for it being you"),
            ],
        },
    ],
};

const IMPORTS: DocumentDoc = DocumentDoc {
    schema: "inward.imports.v1",
    command: "inward import --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                ("imports", "list", "one object an import, oldest first"),
                ("waiting", "list of text", "new files in the inbox"),
            ],
        },
        ObjectDoc {
            place: "imports[]",
            fields: &[
                ("import", "number", "what `--undo` takes"),
                ("day", "day", "when it was taken"),
                ("format", "text", "the format it was read as"),
                ("source", "text", "the tracker it comes from"),
                (
                    "name",
                    "text",
                    "the file's name without its folder; empty for a pipe",
                ),
                ("zone", "text", "the zone of its clocks without one"),
                ("records", "number", "records in it"),
                ("mine", "number", "of these, yours"),
                ("not_mine", "number", "of these, somebody else's"),
                ("rejected", "number", "records that could not be taken"),
            ],
        },
    ],
};
