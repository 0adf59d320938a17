//! What the fields of each JSON document mean. `docs/json.md` is made from these tables, and a
//! test holds them against what is really written.

pub mod draft;
mod draft_work;
mod log;
mod task;

/// One document that a command writes with `--json`.
#[derive(Clone, Copy, Debug)]
pub struct DocumentDoc {
    /// The value of its `schema` field.
    pub schema: &'static str,
    /// The command that writes it.
    pub command: &'static str,
    /// Its objects, the outermost first.
    pub objects: &'static [ObjectDoc],
}

/// One kind of object in a document.
#[derive(Clone, Copy, Debug)]
pub struct ObjectDoc {
    /// Where it stands, e.g. `figures[]`; empty for the document itself. A list of several kinds
    /// has one entry a kind, e.g. `rows[] of kind task`.
    pub place: &'static str,
    /// Its fields, in the order in which they are written.
    pub fields: &'static [FieldDoc],
}

/// One field: name, type, meaning.
pub type FieldDoc = (&'static str, &'static str, &'static str);

/// The documents this room writes.
pub const DOCUMENTS: &[DocumentDoc] = &[STATS, log::LOG, task::TASK, draft::DRAFT];

const STATS: DocumentDoc = DocumentDoc {
    schema: super::json::STATS_SCHEMA,
    command: "inward stats --json, inward show PAGE --json",
    objects: &[
        ObjectDoc {
            place: "",
            fields: &[
                ("schema", "text", "name and version of this document"),
                ("figures", "list", "one object a figure, in the order asked"),
            ],
        },
        ObjectDoc {
            place: "figures[]",
            fields: FIGURE,
        },
        ObjectDoc {
            place: "figures[].left_out[]",
            fields: &[
                ("reason", "text", LEFT_OUT),
                (
                    "n",
                    "number",
                    "how many commits; for figures with unit `lines` how many lines, except for `lines_unknown` and `no_counted_file`, which are always commits",
                ),
            ],
        },
        ObjectDoc {
            place: "figures[].points[]",
            fields: POINT,
        },
    ],
};

const FIGURE: &[FieldDoc] = &[
    ("metric", "text", "the metric's id"),
    (
        "unit",
        "text",
        "`commits`, `days`, `lines`, `share` (0 to 1), `seconds`, `items` (tasks or pull requests), `reviews`, `blocks` (of time), `per_hour` or `correlation` (-1 to 1)",
    ),
    (
        "range",
        "text",
        "the days asked about, `A..B` with both ends, or one day",
    ),
    (
        "n",
        "number",
        "how many rows the value rests on; `of` says which",
    ),
    (
        "value",
        "number or null",
        "the headline number: a count, a share, or a median; null when the data cannot carry one",
    ),
    (
        "left_out",
        "list",
        "what was not counted, and why; reasons with nothing are absent",
    ),
    (
        "points",
        "list",
        "the parts: along time, or largest first; a series of lines carries its buckets three times, with the keys null, `added` and `deleted`",
    ),
    (
        "interval",
        "[low, high] or null",
        "95 % interval of the value",
    ),
    (
        "usual_range",
        "[low, high] or null",
        "XmR limits of the whole weeks; only by week, from 10 whole weeks on",
    ),
    (
        "verdict",
        "text or null",
        "`too few to tell`, `within usual range`, `outside usual range`, `shift up`, `shift down`, `not kept`; null when the figure makes no claim",
    ),
    (
        "of",
        "text",
        "what `n` counts: `commits`, `tasks`, `pull-requests`, `reviews-given`, `visits` (stays in stages), `sessions`, `acts`, `entries` (recorded time), `days` or `lines`",
    ),
    (
        "known_to",
        "day or null",
        "the day of the newest export, where nothing is known of the rest of the range; else null",
    ),
    (
        "previous",
        "object or null",
        "the same for the period before: `range`, `value` and `n`; null where there is none to compare with",
    ),
    (
        "trend",
        "text or null",
        "the Mann-Kendall test over whole weeks: `rising`, `falling`, `no change that can be told from noise` or `too few weeks`; null when the figure makes no such claim",
    ),
    (
        "trend_per_week",
        "number or null",
        "Theil-Sen slope in the figure's unit a week, where it rises or falls",
    ),
    (
        "rests_on",
        "list",
        "what the figure rests on beside its rows: `what`, `n` of `of`, e.g. `linked_commits`",
    ),
];

const LEFT_OUT: &str = "a stable word, e.g. `merges`, `twins`, `undated`, `no_start`; `docs/metrics.md` names those of each metric under Left out";

const POINT: &[FieldDoc] = &[
    ("from", "day", "first day it covers"),
    ("to", "day", "last day it covers"),
    (
        "key",
        "text or null",
        "what it stands for beside its days: a repository, language or kind of file, `mon-09` for an hour of a weekday, `added`, `deleted`, `p50`, `p85`, `p95`, a bin such as `10-49 lines`, `item`, a task, a project, or a name that `docs/metrics.md` gives (`30 min`, `by_me`, `arrivals`, a stage); null for a stretch of time alone",
    ),
    (
        "value",
        "number or null",
        "null = missing (before the record, still to come, or too few commits), which is not zero; for bins the number of commits. A point of another unit than its figure says `unit`; one with a 95 % interval of its own says `interval`",
    ),
    ("n", "number", "how many rows it rests on"),
    (
        "complete",
        "true or false",
        "false while its last day is not over",
    ),
];

/// `docs/json.md` from `documents`: those of this room and any others.
pub fn markdown(documents: &[DocumentDoc]) -> String {
    let mut out = HEAD.to_owned();
    for document in documents {
        out.extend(["\n## ", document.command, "\n\n"]);
        out.extend(["`\"schema\": \"", document.schema, "\"`\n"]);
        for object in document.objects {
            let title = match object.place {
                "" => "The document",
                place => place,
            };
            out.extend([
                "\n**",
                title,
                "**\n\n| Field | Type | Meaning |\n|---|---|---|\n",
            ]);
            for (name, kind, meaning) in object.fields {
                out.extend(["| `", name, "` | ", kind, " | ", meaning, " |\n"]);
            }
        }
    }
    out
}

const HEAD: &str = "# JSON documents

Made from the tables in the source (`INWARD_BLESS=1 cargo test --test figures` writes it anew).

With `--json`, stdout is one document on one line, in pure ASCII (`\\uXXXX` for everything else),
with a `schema` field first. Times are RFC 3339 in the author's own offset, plain days are
`YYYY-MM-DD`, durations are seconds, what is absent is `null`. Ties are ordered by object id. The
same store gives the same bytes, fields called `seconds` aside. Fields may be added within a
version; none changes its meaning or goes away.
";
