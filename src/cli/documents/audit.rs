//! What `inward audit --json` says.

use super::SCHEMA;
use crate::report::schema::{DocumentDoc, ObjectDoc};

pub(super) const AUDIT: DocumentDoc = DocumentDoc {
    schema: "inward.audit.v1",
    command: "inward audit --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                ("entries", "list", "one object an entry, the newest first"),
                (
                    "verdict",
                    "text",
                    "`ok`, `altered`, `gap`, and with --receipt `shorter-than-receipt` or `not-on-this-chain`",
                ),
                (
                    "at",
                    "number or null",
                    "the entry that is altered or missing; null where none is known to be",
                ),
                (
                    "receipt",
                    "text or null",
                    "sixteen hexadecimal digits of the newest entry, to keep elsewhere; null while the log is empty",
                ),
            ],
        },
        ObjectDoc {
            place: "entries[]",
            fields: &[
                ("seq", "number", "its number, from 1 without gaps"),
                (
                    "day",
                    "day or null",
                    "the day; finer than that nothing is logged",
                ),
                (
                    "action",
                    "text",
                    "what was done, a word of [audit.md](audit.md); an older version may have written others",
                ),
                (
                    "object",
                    "text",
                    "on what, by a local number or a closed word, e.g. `repository 2`",
                ),
                (
                    "name",
                    "text or null",
                    "what that repository is called now; null for all else, and once it is forgotten",
                ),
                (
                    "n",
                    "number",
                    "how many rows or bytes; what it counts says `audit.md`",
                ),
                ("says", "text", "`n` in plain words"),
            ],
        },
    ],
};
