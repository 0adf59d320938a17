//! What the fields of the document of `inward merge` mean.

use serde::Serialize;

use crate::report::schema::{DocumentDoc, ObjectDoc};

/// The document of this command.
pub const DOCUMENTS: &[DocumentDoc] = &[DocumentDoc {
    schema: Report::SCHEMA,
    command: "inward merge FILE --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                ("schema", "text", "name and version of this document"),
                (
                    "changed",
                    "true or false",
                    "whether the file held something that was not here; nothing was written if not",
                ),
                (
                    "kinds",
                    "list",
                    "one object a kind of rows of which there are more or fewer now",
                ),
            ],
        },
        ObjectDoc {
            place: "kinds[]",
            fields: &[
                ("what", "text", "the kind, in words"),
                ("before", "number", "how many there were"),
                (
                    "now",
                    "number",
                    "how many there are; fewer where the other store forgot or refused something",
                ),
            ],
        },
    ],
}];

/// The document.
#[derive(Serialize)]
pub(super) struct Report {
    schema: &'static str,
    changed: bool,
    kinds: Vec<Kind>,
}

/// One kind of rows.
#[derive(Serialize)]
pub(super) struct Kind {
    pub(super) what: &'static str,
    pub(super) before: u64,
    pub(super) now: u64,
}

impl Report {
    const SCHEMA: &'static str = "inward.merge.v1";

    pub(super) fn new(changed: bool, kinds: Vec<Kind>) -> Self {
        Self {
            schema: Self::SCHEMA,
            changed,
            kinds,
        }
    }
}
