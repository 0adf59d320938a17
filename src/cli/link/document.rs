//! What the fields of the document of `inward link` and `inward unlink` mean.

use crate::report::schema::{DocumentDoc, ObjectDoc};

/// The documents of these commands.
pub const DOCUMENTS: &[DocumentDoc] = &[LINK];

const LINK: DocumentDoc = DocumentDoc {
    schema: super::LINK_SCHEMA,
    command: "inward link --json, inward unlink --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                ("schema", "text", "name and version of this document"),
                ("links", "list", "one object a task that was named"),
            ],
        },
        ObjectDoc {
            place: "links[]",
            fields: &[
                ("oid", "text", "the commit, 40 hexadecimal digits"),
                ("source", "text", "the tracker of the task"),
                ("key", "text", "the key of the task"),
                (
                    "linked",
                    "true or false",
                    "what you said: it belongs to the task, or it does not",
                ),
                (
                    "before",
                    "text or null",
                    "how the link was known before, e.g. `message`; null where there was none",
                ),
                (
                    "now",
                    "text or null",
                    "how it is known now: `manual`, or null after `unlink`",
                ),
            ],
        },
    ],
};
