//! What the fields of the JSON documents mean that only commands write. `docs/json.md` is made
//! from these tables and those of [`crate::report::schema`]; `tests/it/cli.rs` holds them against
//! what is really written.

mod audit;
mod doctor;
mod scan;

use super::privacy::document::PRIVACY;
use crate::report::schema::{DocumentDoc, ObjectDoc};
use audit::AUDIT;
use doctor::DOCTOR;
use scan::SCAN;

/// The documents of `scan`, `me`, `repos`, `privacy`, `audit` and `doctor`.
pub const DOCUMENTS: &[DocumentDoc] = &[SCAN, ME, REPOS, PRIVACY, AUDIT, DOCTOR];

const SCHEMA: (&str, &str, &str) = ("schema", "text", "name and version of this document");

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
