//! What the fields of the JSON documents mean that only commands write. `docs/json.md` is made
//! from these tables and those of [`crate::report::schema`]; `tests/it/cli.rs` holds them against
//! what is really written.

use crate::report::schema::{DocumentDoc, FieldDoc, ObjectDoc};

/// The documents of `scan`, `me`, `repos`, `privacy` and `doctor`.
pub const DOCUMENTS: &[DocumentDoc] = &[SCAN, ME, REPOS, PRIVACY, DOCTOR];

const SCHEMA: (&str, &str, &str) = ("schema", "text", "name and version of this document");

const SCAN: DocumentDoc = DocumentDoc {
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

const ME: DocumentDoc = DocumentDoc {
    schema: "inward.me.v1",
    command: "inward me --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                ("addresses", "list", "one object an address of yours"),
                ("names", "list", "one object a name of yours"),
                (
                    "accounts",
                    "list",
                    "one object a name, login, address or id that a tracker calls you by",
                ),
                (
                    "next_scan",
                    "list of text",
                    "addresses that the next scan takes, because a mailmap says so and their name or login is yours",
                ),
                (
                    "proposals",
                    "list",
                    "one object an address that looks like yours, the strongest evidence first; never added by itself",
                ),
            ],
        },
        ObjectDoc {
            place: "addresses[]",
            fields: &[
                (
                    "address",
                    "text",
                    "in lower case; `name <address>` where only commits with both count",
                ),
                (
                    "evidence",
                    "text",
                    "`configured`, `typed`, `accepted` or `mailmap`",
                ),
                (
                    "kept",
                    "true or false",
                    "false while only git's settings name it",
                ),
                ("commits", "number or null", "stored commits under it"),
            ],
        },
        ObjectDoc {
            place: "names[]",
            fields: &[
                ("name", "text", "as it was given"),
                ("evidence", "text", "as for an address"),
                (
                    "kept",
                    "true or false",
                    "false while only git's settings name it",
                ),
            ],
        },
        ObjectDoc {
            place: "accounts[]",
            fields: &[
                ("tracker", "text", "e.g. `github`"),
                ("name", "text", "as it stands there"),
                (
                    "evidence",
                    "text",
                    "`typed`, or `accepted`: it stood beside a name of yours in an import",
                ),
            ],
        },
        ObjectDoc {
            place: "proposals[]",
            fields: &[
                ("address", "text", "as in `addresses`"),
                ("because", "text", "the evidence in words"),
                ("strength", "text", "`strong`, `fair` or `weak`"),
                (
                    "clues",
                    "list of text",
                    "the evidence by kind: `same-mailbox`, `same-account`, `mailmap`, `same-user`, `old-import`, `same-name`, `same-login`, `same-first-name`",
                ),
                ("names", "list of text", "the names it was used with"),
                ("commits", "number", "commits under it, merges included"),
                ("repos", "list", "one object a repository that holds some"),
                ("from", "day or null", "the first day with a commit"),
                ("to", "day or null", "the last one"),
                (
                    "nearest",
                    "text or null",
                    "the address of yours that is nearest in time",
                ),
                (
                    "relation",
                    "text or null",
                    "its days lie `before` that address, `during` its use, or `after` it",
                ),
            ],
        },
        ObjectDoc {
            place: "proposals[].repos[]",
            fields: &[
                ("name", "text", "its name on screen"),
                ("commits", "number", "commits in it"),
            ],
        },
    ],
};

const REPOS: DocumentDoc = DocumentDoc {
    schema: "inward.repos.v1",
    command: "inward repos --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                (
                    "repos",
                    "list",
                    "one object a registered repository that is there",
                ),
                (
                    "gone",
                    "list",
                    "one object a repository that another one took the place of; what is kept of \
                     it stays",
                ),
            ],
        },
        ObjectDoc {
            place: "repos[]",
            fields: &[
                ("path", "text", "its folder"),
                ("root", "text", "the registered folder that led to it"),
                (
                    "name",
                    "text or null",
                    "its name on screen; null before its first scan",
                ),
                ("commits", "number or null", "commits of yours in it"),
                (
                    "trusted",
                    "true or false",
                    "read although another user owns it",
                ),
            ],
        },
        ObjectDoc {
            place: "gone[]",
            fields: &[
                ("name", "text", "its name on screen"),
                ("commits", "number", "commits of yours in it"),
            ],
        },
    ],
};

const PRIVACY: DocumentDoc = DocumentDoc {
    schema: "inward.privacy.v1",
    command: "inward privacy --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                SCHEMA,
                (
                    "data_dir",
                    "text",
                    "the folder that holds everything inward keeps",
                ),
                ("store", "text", "the one file"),
                ("file", "text", "`plain`, or `nothing kept`"),
                (
                    "disk_encryption",
                    "text",
                    "`yes`, `no` or `unknown`: of the disk below the folder",
                ),
                (
                    "leaves_the_machine",
                    "text or null",
                    "the network or synchronised place the folder lies in",
                ),
                (
                    "open_to_others",
                    "list of text",
                    "files that other users can read",
                ),
                ("offline", "text", "what keeps the program off the network"),
                ("layers", "list", "one object a layer of the lock"),
                ("tables", "list", "one object a table of the store"),
                ("never_kept", "text", "what is never stored"),
                (
                    "self_test",
                    "list or null",
                    "with --self-test: one object a forbidden thing that was tried",
                ),
            ],
        },
        ObjectDoc {
            place: "layers[]",
            fields: LAYER,
        },
        ObjectDoc {
            place: "tables[]",
            fields: &[
                ("table", "text", "its name in `inward dump`"),
                ("rows", "number", "how many rows it has"),
                ("holds", "text", "what a row holds"),
            ],
        },
    ],
};

const LAYER: &[(&str, &str, &str)] = &[
    ("name", "text", "what it is"),
    (
        "holds",
        "true or false",
        "whether it is in force (in a self-test: whether it was refused)",
    ),
    ("detail", "text", "what it does, or why it is missing"),
];

const DOCTOR: DocumentDoc = DocumentDoc {
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
            place: "store",
            fields: &[
                ("path", "text", "where it is"),
                (
                    "bytes",
                    "number or null",
                    "its size; null when nothing is kept",
                ),
                (
                    "open_to_others",
                    "list",
                    "inward's files and folders that other users may read",
                ),
                (
                    "leaves_the_machine",
                    "text or null",
                    "the network or synchronised folder it lies in",
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
