//! The `draft` document: what drafts are written from, and so the variables of their templates.

use super::draft_work::{ITEM, LOOSE, PIECE, PROJECT, REQUEST, SAID};
use super::{DocumentDoc, FieldDoc, ObjectDoc};

/// The document, its objects in the order in which a reader meets them.
pub const DRAFT: DocumentDoc = DocumentDoc {
    schema: crate::report::draft::DRAFT_SCHEMA,
    command: "inward standup --json, inward week --json, inward month --json, inward review --json",
    objects: &[
        object("", TOP),
        object("since", SINCE),
        object("projects[]", PROJECT),
        object(ITEMS, ITEM),
        object("requests[] of a task", REQUEST),
        object("loose[], unlanded[]", LOOSE),
        object("loose[].pieces[], unlanded[].pieces[]", PIECE),
        object("loose[].pieces[].said[], unlanded[].pieces[].said[]", SAID),
        object("reviews[]", REVIEWS),
        object("helped[]", HELPED),
        object("notes[]", NOTE),
        object("events[], ahead[]", EVENT),
        object("outcomes[]", OUTCOME),
        object("limits[]", LIMIT),
        object("changes[]", CHANGE),
        object("code", CODE),
        object("seen", SEEN),
        object("old_exports[]", OLD_EXPORT),
    ],
};

/// The lists of tasks and pull requests.
const ITEMS: &str = "finished[], given_up[], moved[], in_progress[], waiting[], stale[]";

const fn object(place: &'static str, fields: &'static [FieldDoc]) -> ObjectDoc {
    ObjectDoc { place, fields }
}

const TOP: &[FieldDoc] = &[
    ("schema", "text", "name and version of this document"),
    ("kind", "text", "`standup`, `week`, `month` or `review`"),
    ("today", "day", "the day it was made for"),
    ("range", "text", "first and last day it is about: `A..B`"),
    ("days", "text", "the same in words: `Mon 16 to Sun 22 Nov`"),
    ("running", "true or false", "these days are not over yet"),
    (
        "ids",
        "true or false",
        "ids of evidence are to be written; false with `--no-ids`",
    ),
    ("since", "object or null", "of a stand-up: since when"),
    (
        "projects",
        "list",
        "every project that something below belongs to, in the order in which it is to be told",
    ),
    ("finished", "list", "what was finished or merged"),
    ("given_up", "list", "what was given up"),
    (
        "moved",
        "list",
        "what moved, began or was worked on in these days and is not finished",
    ),
    (
        "in_progress",
        "list",
        "what is in progress at the end of these days, and moves",
    ),
    (
        "waiting",
        "list",
        "what waits for review or for others at the end of these days, the longest first",
    ),
    (
        "stale",
        "list",
        "what is in progress but showed no sign of life for five workdays, the longest first",
    ),
    ("loose", "list", "work that no task shows, by project"),
    (
        "unlanded",
        "list",
        "of a month and a review: the part of that which no default branch holds, with the fields of `loose[]`",
    ),
    ("reviews", "list", "reviews given, by project"),
    (
        "helped",
        "list",
        "commits of others that name me co-author, by repository",
    ),
    ("notes", "list", "notes about these days, by day"),
    (
        "events",
        "list",
        "leave, holidays, on-call days and launches in these days, by day",
    ),
    ("ahead", "list", "the same of the week after them"),
    (
        "outcomes",
        "list",
        "outcomes reached in these days, then those that are open",
    ),
    (
        "limits",
        "list",
        "my own upper limits; empty for a stand-up",
    ),
    (
        "changes",
        "list",
        "what changed, and what is probably noise; empty for a stand-up",
    ),
    ("code", "object", "commits in numbers"),
    (
        "seen",
        "object or null",
        "how many workdays left a trace; null for a stand-up",
    ),
    (
        "old_exports",
        "list",
        "trackers whose newest export is older than these days or than yesterday",
    ),
];

const SINCE: &[FieldDoc] = &[
    ("day", "day", "the last workday before today"),
    ("words", "text", "`yesterday`, `Friday`, `Fri 6 Nov`"),
    (
        "because",
        "list",
        "why it is not yesterday: `weekend`, `leave`, `holiday`",
    ),
];

const REVIEWS: &[FieldDoc] = &[
    ("project", "text", "the project"),
    ("requests", "number", "how many pull requests"),
    (
        "times",
        "number",
        "how many reviews; a pull request may be reviewed again",
    ),
    ("keys", "list", "the number of each: `12`"),
    ("ids", "list", "ids of the evidence: `owner/name#12`"),
];

const HELPED: &[FieldDoc] = &[
    ("project", "text", "the repository"),
    ("commits", "number", "commits of others that name me"),
];

const NOTE: &[FieldDoc] = &[
    ("id", "text", "the id of the evidence: `note 3`"),
    ("day", "day", "its first day"),
    ("when", "text", "its days in words"),
    ("text", "text", "the words"),
    (
        "impact",
        "true or false",
        "it tells of something that mattered to others",
    ),
    ("task", "text or null", "the key of the task it is about"),
    ("project", "text or null", "the project it is about"),
];

const EVENT: &[FieldDoc] = &[
    ("id", "text", "the id of the evidence: `note 3`"),
    ("kind", "text", "`leave`, `holiday`, `oncall`, `launch`"),
    ("from", "day", "its first day"),
    ("to", "day", "its last day"),
    ("when", "text", "its days in words"),
    (
        "workdays",
        "number",
        "workdays among them, as far as they lie in the days of the draft",
    ),
    ("text", "text", "what the owner calls it; may be empty"),
];

const OUTCOME: &[FieldDoc] = &[
    ("id", "text", "the id of the evidence: `goal 2`"),
    ("text", "text", "the words"),
    ("state", "text", "`done`, `open`, `dropped`"),
    ("day", "day or null", "when it was reached or dropped"),
    ("when", "text or null", "the same in words"),
    (
        "tasks",
        "number",
        "tasks of it, as far as exports show them",
    ),
    ("tasks_done", "number", "those that are finished"),
];

const LIMIT: &[FieldDoc] = &[
    ("id", "text", "the id of the evidence: `goal 3`"),
    ("metric", "text", "the metric's id"),
    ("title", "text", "the metric's name"),
    ("most", "text", "the limit in words: `10%`, `2 d`"),
    ("per", "text", "`day`, `week`, `month`"),
    (
        "of",
        "number",
        "of how many such stretches of these days there is a value",
    ),
    ("kept", "number", "in how many of them it was kept"),
    (
        "value",
        "text or null",
        "the value of the last one in words",
    ),
    (
        "so_far",
        "true or false",
        "the last one is not over, or not within these days",
    ),
];

const CHANGE: &[FieldDoc] = &[
    ("metric", "text", "the metric's id"),
    ("title", "text", "its name"),
    (
        "state",
        "text",
        "`outside`: a week of these days left the usual range; `shift`: the last weeks lie on one side; `usual`: neither, differences are probably noise; `too-few`",
    ),
    ("words", "text", "a whole sentence or clause about it"),
    (
        "value",
        "text or null",
        "the value over these days in words",
    ),
    ("was", "text or null", "the value before, in words"),
    ("usual", "text or null", "the usual week in words"),
];

const CODE: &[FieldDoc] = &[
    ("commits", "number", "commits, copies counted once"),
    (
        "without_task",
        "number",
        "those without a task, in projects that have tasks",
    ),
    (
        "unlanded",
        "number",
        "those that no default branch holds, where the repository has one",
    ),
    ("repositories", "number", "repositories they lie in"),
    ("days", "number", "days with one"),
];

const SEEN: &[FieldDoc] = &[
    ("seen", "number", "workdays with a trace"),
    (
        "of",
        "number",
        "workdays that are over; leave and holidays are none",
    ),
    (
        "words",
        "text",
        "the same as sentences, with what leaves no trace",
    ),
];

const OLD_EXPORT: &[FieldDoc] = &[
    ("source", "text", "the tracker"),
    ("day", "day", "the day of its newest export"),
    ("when", "text", "the same in words"),
];

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
