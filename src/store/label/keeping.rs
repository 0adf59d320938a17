//! The label of what the file needs to be kept at all: places, marks of the last walk, packed
//! columns, answers, tombstones and the log.

use super::{ONLY_DUMP, TableText, kept, off, past};

#[rustfmt::skip]
pub(super) const TABLES: &[TableText] = &[
    TableText {
        table: "repositories",
        holds: "what was read: name, first and last day",
        days: Some(past(
            "SELECT first_day AS day FROM repositories UNION ALL SELECT last_day FROM repositories",
        )),
        columns: &[
            kept("id", "a number in this file", "joins commits to it", "every figure; inward repos"),
            kept("key", "hash of its root commits and remote", "a second clone is the same repository", "inward scan"),
            kept("name", "its name on screen", "so that you recognise it", "figures repositories; inward log; inward repos; page Work"),
            kept("roots", "object ids of its first commits", "tells when another repository took its place", "inward scan"),
            kept("shallow", "older history is not on this machine", "was kept for doctor, which asks git instead", ONLY_DUMP),
            kept("partial", "file contents are not all on this machine", "was kept for doctor, which asks git instead", ONLY_DUMP),
            kept("first_day", "the day it was first read", "shows since when it is kept", "inward privacy (days of the table)"),
            kept("last_day", "the day something new was last read", "shows up to when it is kept", "inward privacy (days of the table)"),
        ],
    },
    TableText {
        table: "places",
        holds: "where each clone lies on this machine",
        days: None,
        columns: &[
            kept("id", "a number in this file", "joins it to where a walk stopped", "inward scan"),
            kept("repository", "whose clone it is", "clones of one repository are one", "inward repos; inward scan"),
            kept("path", "its folder", "so that you recognise it", "inward repos; inward doctor"),
            kept("common_dir", "the folder it shares with its worktrees", "worktrees are one clone", "inward scan; inward repos"),
        ],
    },
    TableText {
        table: "frontiers",
        holds: "where each walk stopped: bare object ids",
        days: None,
        columns: &[
            kept("place", "which clone", "the next walk goes on there", "inward scan"),
            kept("question", "keyed hash of your addresses and what is left out", "another address walks anew", "inward scan"),
            kept("tips", "object ids where it began", "only what is new is read", "inward scan"),
            kept("stamp", "what the refs looked like on disk", "nothing new takes no time", "inward scan"),
            kept("twins", "copies counted there", "the report of a scan", "inward scan"),
            kept("undated", "clocks not believed there", "the report of a scan", "inward scan"),
            kept("lines_unknown", "uncounted commits there", "the report of a scan", "inward scan"),
            kept("default_tips", "where the main line stood", "tells what landed since", "inward scan"),
            off("branches", "pending", "branches not landed yet, as object ids", "a later squash is compared with them", "inward scan"),
        ],
    },
    TableText {
        table: "remotes",
        holds: "which project of a tracker a repository is, as keyed hashes",
        days: None,
        columns: &[
            kept("repository", "the repository", "joins tasks to repositories", "figures link_coverage"),
            kept("hash", "keyed hash of owner/name of a remote", "joins tasks to repositories", "figures link_coverage"),
        ],
    },
    TableText {
        table: "tombstones",
        holds: "what you forgot or refused, as keyed hashes",
        days: Some(past("SELECT day FROM tombstones")),
        columns: &[
            kept("hash", "keyed hash of it", "it does not come back; it cannot be read from here", "inward scan; inward me; inward import"),
            kept("kind", "repository, address, name, file of the inbox and the like", "hashes of two kinds are told apart", "inward scan; inward me"),
            kept("day", "the day you said so", "shows since when", "inward privacy (days of the table)"),
        ],
    },
    TableText {
        table: "audit",
        holds: "the log: day, action, on what, how many; no time of day, no name",
        days: Some(past("SELECT day FROM audit")),
        columns: &[
            kept("seq", "its number", "a missing entry shows", "inward privacy (checks the log)"),
            kept("day", "the day; never a time", "when it was done", "inward privacy (newest entries)"),
            kept("action", "what was done", "what was done", "inward privacy (newest entries)"),
            kept("object", "on what, by a number in this file or a closed word", "a name would have to be rewritten when forgotten", "inward privacy (newest entries)"),
            kept("n", "how many rows or bytes", "how much it was", "inward privacy (newest entries)"),
            kept("prev", "keyed hash of the entry before", "an edit by accident shows", "inward privacy (checks the log)"),
            kept("mac", "keyed hash of this entry", "an edit by accident shows", "inward privacy (checks the log)"),
        ],
    },
    TableText {
        table: "blocks",
        holds: "the numbers of commits again, packed, so that the first picture is fast",
        days: None,
        columns: &[
            kept("home", "which repository", "a scan packs again only what it touched", "every figure"),
            kept("block", "which stretch of row numbers", "a scan packs again only what it touched", "every figure"),
            kept("sum", "checksum of it", "damage never becomes a number", "every figure"),
            off("hours", "data", "ids, times, line counts and kinds, as above; no text", "the first picture within a blink", "every figure"),
        ],
    },
    TableText {
        table: "stale",
        holds: "which packed parts are out of date; empty after a scan",
        days: None,
        columns: &[
            kept("home", "which repository", "figures are right even after a killed scan", "every figure"),
            kept("block", "which stretch of row numbers", "figures are right even after a killed scan", "every figure"),
        ],
    },
    TableText {
        table: "meta",
        holds: "small answers: your yes or no to the reflog, the zone of exports, how the dashboard was left, the key of this file and of stores that were merged into it",
        days: None,
        columns: &[
            kept("key", "which answer", "names it", "inward scan; inward import"),
            kept("value", "the answer: of the dashboard page, days, order and what it was narrowed to, no typed text; one is the random key that keyed hashes are made with, one holds such keys of stores that were merged into this one", "the dashboard begins where you left it; hashes of this file match no other file", "inward scan; inward import; every figure; page Overview"),
        ],
    },
];
