//! What `inward doctor --json` says.

use super::SCHEMA;
use crate::report::schema::{DocumentDoc, ObjectDoc};

pub(super) const DOCTOR: DocumentDoc = DocumentDoc {
    schema: crate::report::doctor::DOCTOR_SCHEMA,
    command: "inward doctor --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                (
                    "repositories",
                    "list",
                    "one object a thing that is wrong with a place or a repository",
                ),
                ("undated", "list", "commits whose clock is not believed"),
                (
                    "lines_unknown",
                    "list",
                    "commits whose lines could not be counted",
                ),
                (
                    "reformatting",
                    "list",
                    "commits left out of lines because they reformat, or are said to",
                ),
                (
                    "words_without_stage",
                    "list",
                    "words of trackers that mean none of the six stages yet",
                ),
                (
                    "tasks_undated",
                    "list",
                    "tasks that no export gives any time of: on no day",
                ),
                (
                    "time_overlapping",
                    "list",
                    "days on which time entries overlap; in a sum what overlaps counts once",
                ),
                (
                    "worth_knowing",
                    "list",
                    "what the record cannot tell, or tells in a way worth knowing",
                ),
                ("store", "object", "the file"),
            ],
        },
        ObjectDoc {
            place: "words_without_stage[]",
            fields: &[
                ("source", "text", "the tracker"),
                ("word", "text", "the word, as it stands there"),
                ("n", "number", "how many tasks and moves have it"),
                ("do", "text", "what to do about it"),
            ],
        },
        ObjectDoc {
            place: "tasks_undated[]",
            fields: &[
                ("source", "text", "the tracker"),
                ("key", "text", "what people call it"),
                ("title", "text", "its title"),
                ("do", "text", "what to do about it"),
            ],
        },
        ObjectDoc {
            place: "time_overlapping[]",
            fields: &[
                ("day", "day", "the civil day the entries began on"),
                (
                    "entries",
                    "number",
                    "entries that began on it, busy times left out",
                ),
                (
                    "overlapping",
                    "number",
                    "of these, how many overlap another",
                ),
                (
                    "recorded",
                    "number",
                    "seconds as the entries say, one by one",
                ),
                ("counted", "number", "seconds, overlaps counted once"),
            ],
        },
        ObjectDoc {
            place: "repositories[]",
            fields: &[
                (
                    "path",
                    "text or null",
                    "where it lies; null where `says` names it",
                ),
                (
                    "problem",
                    "text",
                    "`gone`, `unreadable`, `shallow`, `replaced` or `partial`",
                ),
                ("says", "text", "what it is and what to do"),
            ],
        },
        ObjectDoc {
            place: "undated[]",
            fields: PATIENT,
        },
        ObjectDoc {
            place: "lines_unknown[]",
            fields: PATIENT,
        },
        ObjectDoc {
            place: "reformatting[]",
            fields: PATIENT,
        },
        ObjectDoc {
            place: "worth_knowing[]",
            fields: &[
                ("id", "text", "its stable name, e.g. `done_without_start`"),
                ("n", "number", "how many"),
                ("of", "number or null", "of how many, where that is known"),
                ("says", "text", "what there is"),
                ("matters", "text", "why it matters"),
                (
                    "do",
                    "text",
                    "what mends it, or that nothing has to be done",
                ),
            ],
        },
        ObjectDoc {
            place: "store",
            fields: &[
                ("path", "text", "where it is"),
                (
                    "bytes",
                    "number or null",
                    "its size; null when nothing is kept",
                ),
                (
                    "second_place",
                    "text or null",
                    "how the second place of your own words stands; null when nothing is kept, or it was not looked at",
                ),
                (
                    "open_to_others",
                    "list",
                    "inward's files and folders that other users may read",
                ),
                (
                    "could_be_swapped",
                    "list",
                    "folders far above in which others could put another one in the place of the one below",
                ),
                (
                    "named_twice",
                    "list",
                    "inward's files that have another name on the disk (a hard link)",
                ),
                (
                    "leaves_the_machine",
                    "text or null",
                    "the network or synchronised folder it lies in",
                ),
                (
                    "override_given",
                    "true or false",
                    "whether you said to keep it there all the same",
                ),
                (
                    "instead_of",
                    "text or null",
                    "the folder that was named and leaves this machine, when this one is used instead",
                ),
                ("offline", "text", "what the kernel enforces"),
            ],
        },
    ],
};

const PATIENT: &[(&str, &str, &str)] = &[
    (
        "time",
        "time or null",
        "author date; null when no calendar holds it",
    ),
    (
        "written",
        "text",
        "the same as git has it: seconds since 1970 and offset",
    ),
    ("oid", "text", "object id"),
    ("repo", "text", "name of the repository that brought it"),
    ("summary", "text", "first line of the message"),
    ("reason", "text", "why it stands in this list"),
    ("do", "text", "what to do about it"),
];
