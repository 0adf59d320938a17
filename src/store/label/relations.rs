//! The label of what commits are to one another, of the reflog, and of what became of lines.

use super::{ERASING, ONLY_DUMP, TableText, kept, off, past};

#[rustfmt::skip]
pub(super) const TABLES: &[TableText] = &[
    TableText {
        table: "replaced",
        holds: "which of your commits was amended into which",
        days: None,
        columns: &[
            off("reflog", "old", "the version before", "so that an amended change counts once", "inward scan (tells copies apart)"),
            off("reflog", "new", "the version after", "so that an amended change counts once", "inward scan (tells copies apart)"),
        ],
    },
    TableText {
        table: "swallowed",
        holds: "which commits of yours a squash holds",
        days: None,
        columns: &[
            kept("squash", "object id of the squash", "a squash and its originals are one work", "inward scan; inward log; page Work"),
            kept("commit", "your commit in it", "a squash and its originals are one work", "inward scan; inward log; page Work"),
        ],
    },
    TableText {
        table: "squashes",
        holds: "others' squashes of your commits: bare object id and time, nobody's name",
        days: Some(past(
            "SELECT (utc + offset_min * 60) / 86400 AS day FROM squashes",
        )),
        columns: &[
            kept("repository", "where it landed", "forgetting a repository takes it along", ERASING),
            kept("oid", "git's object id", "tells that your work landed", "inward scan (what was delivered)"),
            off("hours", "utc", "when it was written, in seconds", "kept for when your work landed; no figure uses it yet", ONLY_DUMP),
            off("hours", "offset_min", "the offset from UTC of that time", "belongs to the time", ONLY_DUMP),
        ],
    },
    TableText {
        table: "pairings",
        holds: "others' commits that name you co-author: bare object id and time, nobody's name",
        days: Some(past(
            "SELECT (utc + offset_min * 60) / 86400 AS day FROM pairings",
        )),
        columns: &[
            kept("repository", "where it is", "work by repository", "figures commits; inward standup"),
            kept("oid", "git's object id", "so that it counts once", "figures commits"),
            kept("identity", "by which of your addresses you are named", "taking an address back erases it", ERASING),
            off("hours", "utc", "when it was written, in seconds", "the day you worked together", "figures commits; inward standup"),
            off("hours", "offset_min", "the offset from UTC of that time", "belongs to the time", "figures commits; inward standup"),
        ],
    },
    TableText {
        table: "ref_events",
        holds: "what you did to branches and when, if you allowed the reflog; 180 days",
        days: Some(past(
            "SELECT (utc + offset_min * 60) / 86400 AS day FROM ref_events",
        )),
        columns: &[
            off("reflog", "id", "a number that SQLite gives every row", "no reason of its own", ONLY_DUMP),
            off("reflog", "repository", "where you did it", "switches between repositories", "figures sessions, context_switches"),
            off("reflog", "hash", "keyed hash of the line it comes from", "so that it is one event however often it is read", "figures sessions (keeps their order); inward scan"),
            off("reflog", "kind", "checkout, commit, amend, rebase, stash and the like", "what counts as an act of work", "figures sessions, context_switches; inward scan (finds the branch of a commit)"),
            off("reflog", "utc", "when, in seconds", "sessions and switches", "figures sessions, focus_blocks, context_switches; page Rhythm"),
            off("reflog", "offset_min", "the offset from UTC that your clock had", "so that an hour is the hour you lived", "figures sessions; page Rhythm"),
            off("reflog", "commit", "your commit it made, where there is one", "finds the branch and so the task of a commit", "figures link_coverage"),
            off("reflog", "branch", "the branch it was on (see branches)", "finds the task of a commit; switches between branches", "figures link_coverage, context_switches"),
        ],
    },
    TableText {
        table: "ref_days",
        holds: "what is left of ref events after 180 days: how many a day",
        days: Some(past("SELECT day FROM ref_days")),
        columns: &[
            off("reflog", "repository", "where", "forgetting a repository takes it along", ERASING),
            off("reflog", "day", "the day", "says on which days you worked", "inward privacy (what a seized file would tell)"),
            off("reflog", "kind", "what was done", "kept when events age; no figure uses it yet", ONLY_DUMP),
            off("reflog", "n", "how often", "kept when events age; no figure uses it yet", ONLY_DUMP),
        ],
    },
    TableText {
        table: "line_fates",
        holds: "how many lines your commits brought, and when how many went, by you or not",
        days: None,
        columns: &[
            kept("repository", "where", "lines are followed by repository", "figures survival, rework"),
            kept("commit", "your commit", "whose lines they are", "figures survival, rework"),
            kept("born", "lines it brought", "what the share is of", "figures survival, rework; inward scan"),
            kept("deaths", "by day: how many went, and whether by you; nobody's name", "what lasted and what was reworked", "figures survival, rework; inward scan"),
        ],
    },
    TableText {
        table: "line_passes",
        holds: "how far your lines were followed",
        days: Some(past("SELECT day FROM line_passes")),
        columns: &[
            kept("repository", "where", "one pass a repository", "figures survival, rework; inward scan"),
            kept("place", "in which clone", "the next pass goes on there", "inward scan"),
            kept("question", "keyed hash of what was asked", "other addresses or settings start anew", "inward scan"),
            kept("basis", "bare object ids it rests on", "the next pass knows whether anything moved", "inward scan"),
            off("hours", "tip_utc", "when the newest tip was committed, in seconds", "an older clone does not replace a newer pass", "inward scan"),
            kept("day", "up to which day lines are known to live", "younger lines are not judged", "figures survival, rework"),
        ],
    },
];
