//! What the fields of `inward privacy --json` mean.

use crate::report::schema::{DocumentDoc, ObjectDoc};

/// Name and version of the document.
pub(super) const SCHEMA: &str = "inward.privacy.v2";

const LAYER: &[(&str, &str, &str)] = &[
    ("name", "text", "what it is"),
    (
        "holds",
        "true or false",
        "whether it is in force (in a self-test: whether it was refused)",
    ),
    ("detail", "text", "what it does, or why it is missing"),
];

/// The label.
pub(in crate::cli) const PRIVACY: DocumentDoc = DocumentDoc {
    schema: SCHEMA,
    command: "inward privacy --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                ("schema", "text", "name and version of this document"),
                (
                    "place",
                    "object",
                    "where the store is and how it lies there",
                ),
                ("files", "list", "the data folder and every file in it"),
                ("offline", "text", "what keeps the program off the network"),
                ("layers", "list", "one object a layer of the lock"),
                ("keep", "list", "one object a switch of `[keep]`"),
                (
                    "tables",
                    "list",
                    "one object a table of the store; empty when nothing is kept",
                ),
                ("never_kept", "text", "what is never stored"),
                (
                    "seized",
                    "list of text",
                    "what a seized file would tell, with the numbers of this one",
                ),
                (
                    "ageing",
                    "list",
                    "one object a rule by which something goes by itself",
                ),
                ("log", "object", "the log of writes and ways out"),
                (
                    "last_check",
                    "day or null",
                    "the last self-test on this store",
                ),
                (
                    "self_test",
                    "list or null",
                    "with --self-test: one object a forbidden thing that was tried",
                ),
            ],
        },
        ObjectDoc {
            place: "place",
            fields: &[
                (
                    "data_dir",
                    "text",
                    "the folder that holds everything inward keeps",
                ),
                ("store", "text", "the one file"),
                ("file", "text", "`plain`, `sealed` or `nothing kept`"),
                ("bytes", "number", "its size; 0 when nothing is kept"),
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
                    "override_given",
                    "true or false",
                    "you said to keep it there all the same",
                ),
            ],
        },
        ObjectDoc {
            place: "files[]",
            fields: &[
                ("path", "text", "its path"),
                ("bytes", "number", "its size; 0 for a folder"),
                (
                    "mode",
                    "text",
                    "permission bits, as in `0600`; empty where the system has none",
                ),
                (
                    "open_to_others",
                    "true or false",
                    "other users can read or write it",
                ),
            ],
        },
        ObjectDoc {
            place: "layers[]",
            fields: LAYER,
        },
        ObjectDoc {
            place: "keep[]",
            fields: &[
                ("name", "text", "its name in the settings"),
                ("on", "true or false", "whether it is kept"),
                ("about", "text", "what it is"),
            ],
        },
        ObjectDoc {
            place: "tables[]",
            fields: &[
                ("table", "text", "its name in the file"),
                ("rows", "number", "how many rows it has"),
                (
                    "days",
                    "[day, day] or null",
                    "first and last day its rows are about; clocks that are not believed aside",
                ),
                ("holds", "text", "what a row holds"),
                (
                    "columns",
                    "list",
                    "one object a column, in the order of the file",
                ),
            ],
        },
        ObjectDoc {
            place: "tables[].columns[]",
            fields: &[
                ("column", "text", "its name in the file"),
                ("what", "text", "what it is"),
                ("why", "text", "why it is kept"),
                (
                    "read_by",
                    "text",
                    "the figures, pages and commands that read it, separated by `; `",
                ),
                (
                    "switch",
                    "text or null",
                    "the switch of `[keep]` that turns it off; null: it goes with its row",
                ),
            ],
        },
        ObjectDoc {
            place: "ageing[]",
            fields: &[
                ("what", "text", "what ages"),
                (
                    "after_days",
                    "number or null",
                    "after how many days it goes; null: never by itself",
                ),
                ("next", "day or null", "when the next row goes"),
                ("rows", "number", "how many rows go then"),
            ],
        },
        ObjectDoc {
            place: "log",
            fields: &[
                ("entries", "number", "how many entries"),
                (
                    "verdict",
                    "text",
                    "what its check says: `ok`, `empty`, `altered at N`, `gap at N`",
                ),
                ("newest", "list", "the newest entries, the newest first"),
                ("shares", "number", "how many files were shared"),
                (
                    "out",
                    "list",
                    "what was written for elsewhere, one object a kind; empty when nothing was",
                ),
            ],
        },
        ObjectDoc {
            place: "log.out[]",
            fields: &[
                (
                    "action",
                    "text",
                    "the action in the log: `dump`, `backup`, `draft` or `share`",
                ),
                ("times", "number", "how often"),
                ("last", "day", "the last time"),
            ],
        },
        ObjectDoc {
            place: "log.newest[]",
            fields: &[
                ("day", "day", "the day; never a time"),
                ("action", "text", "what was done"),
                (
                    "object",
                    "text",
                    "on what, by a number in the file or a closed word",
                ),
                ("n", "number", "how many rows or bytes"),
            ],
        },
        ObjectDoc {
            place: "self_test[]",
            fields: LAYER,
        },
    ],
};
