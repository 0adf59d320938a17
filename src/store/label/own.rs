//! The label of what the owner says: who they are, notes, goals, corrections, links.

use super::{ONLY_DUMP, TableText, ahead, kept, off, past};

#[rustfmt::skip]
pub(super) const TABLES: &[TableText] = &[
    TableText {
        table: "identities",
        holds: "your addresses and names",
        days: Some(past("SELECT added_day AS day FROM identities")),
        columns: &[
            kept("id", "a number in this file", "so that an address is written once", "inward me"),
            kept("kind", "address or name", "only an address takes commits", "inward me; inward scan"),
            kept("value", "the address or name", "tells your commits from others'", "inward me; inward scan"),
            kept("evidence", "configured, typed, accepted or from a mailmap", "says why it counts as yours", "inward me"),
            kept("added_day", "the day you confirmed it", "says since when; no command shows it yet", ONLY_DUMP),
        ],
    },
    TableText {
        table: "notes",
        holds: "your notes on days, tasks and repositories; leave, holidays, on-call, launches",
        days: Some(ahead(
            "SELECT from_day AS day FROM notes UNION ALL SELECT to_day FROM notes",
        )),
        columns: &[
            kept("id", "its number", "so that it can be removed by number", "inward note; inward log"),
            kept("kind", "note, leave, holiday, on call or launch", "days off leave the denominators", "figures active_days, rest_days; inward note"),
            kept("from_day", "first day it is about", "puts it on its day", "figures active_days; inward note; inward standup"),
            kept("to_day", "last day it is about", "puts it on its days", "figures active_days; inward note; inward standup"),
            off("notes", "text", "your words, or the title of a calendar event", "so that you can read it", "inward note; inward log; inward review"),
            kept("impact", "whether you marked it as impact", "a review puts these first", "inward review; inward note"),
            kept("written", "the day you wrote it", "tells a late note from an early one", "inward note"),
            kept("task", "keyed hashes of the task it belongs to", "shows it with the task, also after a new import", "inward standup; inward note"),
            kept("repository", "the repository it belongs to", "forgetting one erases its notes", "inward note; inward log"),
            kept("calendar", "keyed hash of the calendar file's name", "reading it again replaces its events", "inward note (holidays of a file)"),
            kept("uid", "keyed hash of the event's own id", "reading it again does not double it", "inward note (holidays of a file)"),
        ],
    },
    TableText {
        table: "goals",
        holds: "what you set for yourself: outcomes, and upper limits",
        days: Some(past(
            "SELECT opened AS day FROM goals UNION ALL SELECT closed FROM goals WHERE closed IS NOT NULL",
        )),
        columns: &[
            kept("id", "its number", "so that it can be named", "inward goal"),
            kept("text", "the outcome, in your words", "so that you can read it", "inward goal; inward week"),
            kept("metric", "which figure a limit is on", "tells whether the limit holds", "inward goal; inward week"),
            kept("most", "the upper limit", "tells whether the limit holds", "inward goal; inward week"),
            kept("per", "per day, week or month", "tells whether the limit holds", "inward goal; inward week"),
            kept("state", "open, done or dropped", "open ones come first", "inward goal; inward week"),
            kept("opened", "the day you set it", "shown with it", "inward goal"),
            kept("closed", "the day it ended", "a draft names what ended in its days", "inward goal; inward week"),
        ],
    },
    TableText {
        table: "goal_links",
        holds: "which tasks and notes belong to a goal",
        days: None,
        columns: &[
            kept("id", "a number in this file", "keeps their order", "inward goal"),
            kept("goal", "the goal", "joins them", "inward goal; inward week"),
            kept("task", "keyed hashes of the task", "finds it again after a new import", "inward goal; inward week"),
            kept("note", "the note", "joins them", "inward goal; inward week"),
        ],
    },
    TableText {
        table: "shares",
        holds: "what you handed out with `inward share`: bands, never your words",
        days: Some(past("SELECT day FROM shares")),
        columns: &[
            kept("id", "its number", "so that it can be named", "inward share"),
            kept("day", "the day you wrote it", "tells when", "inward share; inward privacy"),
            kept("profile", "for whom: handover or pooled", "a new share is weighed with it", "inward share"),
            kept("window", "the month or quarter it is about", "a new share is weighed with it", "inward share"),
            kept("given", "which lines it gave, in which band", "two shares must not tell a difference", "inward share"),
            kept("bytes", "the size of the file", "tells which file it was", "inward share"),
            kept("hash", "BLAKE3 of the file", "tells whether a file is the one you approved", "inward share"),
        ],
    },
    TableText {
        table: "exclusions",
        holds: "rows you left out or corrected, and why",
        days: Some(past("SELECT day FROM exclusions")),
        columns: &[
            kept("id", "its number", "so that it can be taken back", "inward exclude"),
            kept("kind", "commit, task, review or time entry", "says what the key names", "every figure; inward exclude"),
            kept("key", "object id, or keyed hashes of a task's names", "finds the row again after any scan or import", "every figure; inward exclude"),
            kept("part", "keyed hash of one entry of a task", "finds that entry again", "figures recorded_time; inward exclude"),
            kept("what", "left out, not mine, or corrected", "what figures do with the row", "every figure; inward exclude"),
            kept("fact", "which field is corrected", "what figures do with the row", "figures cycle_time; inward exclude"),
            kept("value", "the corrected value", "what figures do with the row", "figures cycle_time; inward exclude"),
            kept("reason", "why, in your words", "so that you remember", "inward exclude"),
            kept("day", "the day you said it", "so that you remember", "inward exclude"),
        ],
    },
    TableText {
        table: "links",
        holds: "which commit belongs to which task, and how that is known",
        days: None,
        columns: &[
            kept("commit", "the commit", "joins commits to tasks", "figures link_coverage; inward show; inward standup"),
            kept("task", "the task", "joins commits to tasks", "figures link_coverage; inward show; inward standup"),
            kept("rule", "how it is known", "says how sure it is", "figures link_coverage; inward show"),
        ],
    },
    TableText {
        table: "link_choices",
        holds: "what you said of that",
        days: None,
        columns: &[
            kept("oid", "object id of your commit", "your word beats every rule", "inward link; inward unlink"),
            kept("alias", "the task, as a keyed hash", "finds it again after a new import", "inward link; inward unlink"),
            kept("linked", "whether it belongs to the task", "your word beats every rule", "inward link; inward unlink"),
        ],
    },
    TableText {
        table: "unlinked",
        holds: "commits whose links are to be told again; empty when nothing is under way",
        days: None,
        columns: &[kept(
            "commit",
            "the commit",
            "nothing is told twice",
            "inward scan; inward import",
        )],
    },
];
