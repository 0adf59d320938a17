//! The fields of each table's rows, in their order: the head of its CSV.

use super::Table;

impl Table {
    /// The fields of its rows, in the order in which they are written.
    pub fn columns(self) -> &'static [&'static str] {
        COLUMNS
            .iter()
            .find(|(table, _)| *table == self)
            .map_or(&[], |(_, columns)| columns)
    }

    /// Changes with the fields of any table: two dumps of one form can be compared line by line.
    pub fn form() -> String {
        let mut hash = blake3::Hasher::new();
        for table in Self::ALL {
            for word in std::iter::once(&table.name()).chain(table.columns()) {
                hash.update(word.as_bytes());
                hash.update(b"\0");
            }
            hash.update(b"\n");
        }
        let form = hash.finalize().to_hex();
        form.chars().take(16).collect()
    }
}

#[rustfmt::skip]
const COLUMNS: [(Table, &[&str]); Table::ALL.len()] = [
    (Table::Identities, &["kind", "value", "evidence", "added", "commits"]),
    (Table::Repositories, &[
        "id", "key", "name", "places", "shallow", "partial", "first_seen", "last_seen", "commits",
    ]),
    (Table::Commits, &[
        "oid", "repos", "author_time", "summary", "merge", "twin_of", "squashed_by", "class",
        "marks", "reverts", "mentions", "lines_known",
    ]),
    (Table::FileChanges, &[
        "oid", "path", "path_hex", "old_path", "old_path_hex", "added", "deleted", "binary",
        "language", "category",
    ]),
    (Table::Sightings, &["oid", "repo", "on_default_branch", "source", "branch", "ignored"]),
    (Table::Mentions, &["oid", "token", "rule"]),
    (Table::Links, &["oid", "source", "task", "rule", "confidence"]),
    (Table::LinkChoices, &["oid", "linked", "source", "task", "name"]),
    (Table::Remotes, &["repo", "hash"]),
    (Table::Branches, &["repo", "name", "commits"]),
    (Table::Replaced, &["old", "new"]),
    (Table::Swallowed, &["squash", "oid"]),
    (Table::Squashes, &["repo", "oid", "author_time"]),
    (Table::Pairings, &["repo", "oid", "author_time", "address"]),
    (Table::RefEvents, &["repo", "time", "kind", "oid", "branch"]),
    (Table::RefDays, &["repo", "day", "kind", "n"]),
    (Table::LineFates, &["oid", "repo", "born", "alive", "died"]),
    (Table::LinePasses, &["repo", "day", "tips", "question"]),
    (Table::Imports, &[
        "id", "day", "format", "source", "name", "zone", "modified", "records", "mine", "not_mine",
        "rejected",
    ]),
    (Table::Tasks, &[
        "source", "key", "kind", "state", "title", "project", "status", "category", "fixed",
        "created_at", "started_at", "done_at", "cancelled_at", "due_at", "updated_at",
        "estimate_seconds", "estimate_points", "spent_seconds", "tags", "parent", "history_whole",
    ]),
    (Table::Transitions, &[
        "source", "task", "at", "until", "from", "to", "observed", "from_word", "to_word",
    ]),
    (Table::Reviews, &[
        "source", "key", "given", "project", "opened_at", "ready_at", "first_review_at",
        "approved_at", "merged_at", "closed_at", "additions", "deletions", "branch", "commits",
        "requested_at", "times",
    ]),
    (Table::TimeEntries, &[
        "source", "task", "project", "start", "end", "seconds", "note", "tags", "busy", "id",
    ]),
    (Table::TaskSeen, &["import", "format", "kind", "facts"]),
    (Table::Accounts, &["source", "value", "evidence", "added"]),
    (Table::Notes, &[
        "id", "event", "from", "to", "text", "impact", "written", "task", "repo", "from_file",
    ]),
    (Table::Shares, &["id", "day", "profile", "window", "given", "bytes", "hash"]),
    (Table::Goals, &["id", "outcome", "metric", "most", "per", "state", "opened", "closed"]),
    (Table::GoalLinks, &["goal", "task", "note"]),
    (Table::Exclusions, &["id", "kind", "oid", "row", "what", "fact", "value", "reason", "day"]),
    (Table::Frontiers, &[
        "repo", "path", "path_hex", "tips", "default_tips", "pending", "question", "stamp",
    ]),
    (Table::Tombstones, &["hash", "kind", "day"]),
    (Table::Audit, &["seq", "day", "action", "object", "n"]),
];
