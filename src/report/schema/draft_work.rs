//! What a draft tells of work: projects, tasks and commits without a task.

use super::FieldDoc;

pub(super) const PROJECT: &[FieldDoc] = &[
    ("name", "text", "its name"),
    ("finished", "number", "how many things were finished in it"),
    (
        "kinds",
        "list",
        "these by kind, the most first: `3 bugs`, `1 story`",
    ),
    (
        "more",
        "number",
        "how many of them a text leaves out of its list",
    ),
    ("more_kinds", "list", "those by kind"),
    ("commits", "number", "its commits, copies counted once"),
    (
        "days",
        "text",
        "first and last day on which anything happened, in words",
    ),
];

pub(super) const ITEM: &[FieldDoc] = &[
    (
        "id",
        "text",
        "the id of its evidence: `ING-7`, `owner/name#12`",
    ),
    (
        "key",
        "text",
        "what people call it: `ING-7`, `name#12`; empty where that is its title or nothing one would say",
    ),
    ("source", "text", "its tracker"),
    (
        "type",
        "text",
        "`task`, `bug`, `story`, `epic`, `subtask`, `pr`",
    ),
    ("title", "text", "its title; empty when titles are not kept"),
    ("project", "text", "its project"),
    (
        "what",
        "text",
        "what happened to it in these days: `finished`, `merged`, `given-up`, `reopened`, `opened` (a pull request), `started`, `moved`, `put-back`, `worked-on`; `open` when nothing did",
    ),
    (
        "stage",
        "text or null",
        "where it stands at the end of these days: `backlog`, `todo`, `in-progress`, `in-review`, `done`, `cancelled`",
    ),
    ("word", "text or null", "the tracker's own word for that"),
    (
        "approved",
        "true or false",
        "it is open, and it or its pull request was approved",
    ),
    ("day", "day or null", "the day on which it happened"),
    ("when", "text or null", "the same in words: `Fri 20 Nov`"),
    (
        "by_then",
        "true or false",
        "it happened between two exports: it had happened by that day",
    ),
    ("due", "day or null", "when it is due"),
    ("due_words", "text or null", "the same in words"),
    (
        "overdue",
        "true or false",
        "it is open and that day is over",
    ),
    ("started", "day or null", "when work on it began"),
    (
        "workdays",
        "number or null",
        "of what is open, workdays since it began, the first one counted; of what is finished, those it took",
    ),
    ("waits_for", "text or null", "`review` or `others`"),
    ("waited", "number or null", "for how many workdays"),
    (
        "idle",
        "number or null",
        "of what is open, whole workdays since the last move or commit",
    ),
    (
        "parent",
        "text or null",
        "its parent or epic, as its tracker calls it",
    ),
    (
        "commits",
        "list",
        "ids of its commits in these days, the oldest first; copies counted once",
    ),
    ("requests", "list", "pull requests that belong to it"),
    (
        "shown",
        "true or false",
        "it belongs into a short list; always true in a stand-up",
    ),
];

pub(super) const REQUEST: &[FieldDoc] = &[
    ("id", "text", "the id of its evidence: `owner/name#12`"),
    ("key", "text", "`name#12`"),
    (
        "state",
        "text",
        "at the end of these days: `draft`, `open`, `approved`, `merged`, `closed`",
    ),
];

pub(super) const LOOSE: &[FieldDoc] = &[
    ("project", "text", "the project"),
    ("commits", "number", "how many commits"),
    ("days", "text", "first and last day, in words"),
    (
        "pieces",
        "list",
        "the same by what they were about, the largest first",
    ),
    ("more", "number", "pieces that a short list leaves out"),
    ("more_commits", "number", "commits in those"),
];

pub(super) const PIECE: &[FieldDoc] = &[
    (
        "area",
        "text or null",
        "what they are about, as their summaries or their folder say; null for what stands alone",
    ),
    ("commits", "number", "how many commits"),
    ("days", "text", "first and last day, in words"),
    (
        "said",
        "list",
        "the summaries that say most, without the area in front; the oldest first",
    ),
    ("more", "number", "commits that are not among these"),
    ("ids", "list", "ids of all of them, the oldest first"),
    ("shown", "true or false", "it belongs into a short list"),
];

pub(super) const SAID: &[FieldDoc] = &[
    ("text", "text", "the words; never empty"),
    (
        "type",
        "text or null",
        "the type that they name: `feature`, `fix`, `docs`, …",
    ),
    ("ids", "list", "ids of the commits that say so"),
];
