//! The table of acts: the one place where a word of the log is written down.

use super::Action;

/// What the number of an entry says.
#[derive(Clone, Copy)]
pub(super) enum Says {
    /// Nothing beside the act itself.
    Only(&'static str),
    /// So many of these: of one, of several.
    Count(&'static str, &'static str),
    /// The layout that it led to.
    Layout,
    /// Days that something is kept; 0 = until it is forgotten.
    Days,
}

/// One act: its word, what its number says, what it is done to, and when it is written.
pub(super) struct Row {
    pub(super) act: Action,
    pub(super) word: &'static str,
    pub(super) says: Says,
    pub(super) object: &'static str,
    pub(super) when: &'static str,
}

const fn row(
    act: Action,
    word: &'static str,
    says: Says,
    object: &'static str,
    when: &'static str,
) -> Row {
    Row {
        act,
        word,
        says,
        object,
        when,
    }
}

use Says::{Count, Days, Layout, Only};

/// Every act, in the order of [`Action`].
pub(super) const ROWS: &[Row] = &[
    row(
        Action::Unlock,
        "unlock",
        Only("opened with its passphrase"),
        "",
        "the passphrase of a sealed store is typed; not when the login still keeps the key",
    ),
    row(
        Action::Scan,
        "scan",
        Count("commit added", "commits added"),
        "`repository N`",
        "a scan added commits; one that found nothing writes nothing",
    ),
    row(
        Action::ScanLines,
        "scan-lines",
        Count("commit's lines followed", "commits' lines followed"),
        "`repository N`",
        "`scan --lines` followed lines anew",
    ),
    row(
        Action::Import,
        "import",
        Count("row added or changed", "rows added or changed"),
        "`import N`",
        "a file was imported, unless it was known and changed nothing",
    ),
    row(
        Action::ImportUndo,
        "import-undo",
        Count("row removed or changed", "rows removed or changed"),
        "`import N`",
        "an import was taken back",
    ),
    row(
        Action::Dump,
        "dump",
        Count("row written out", "rows written out"),
        "",
        "`dump` wrote rows, also when it failed half-way",
    ),
    row(
        Action::Backup,
        "backup",
        Count("row written out", "rows written out"),
        "",
        "`backup` wrote a copy of the store",
    ),
    row(
        Action::Draft,
        "draft",
        Count(
            "byte written into the outbox",
            "bytes written into the outbox",
        ),
        "the kind: `standup`, `week`, `month`, `review`",
        "the dashboard wrote a draft into the outbox",
    ),
    row(
        Action::Restore,
        "restore",
        Count("row taken over", "rows taken over"),
        "",
        "the store was made of a dump or a backup",
    ),
    row(
        Action::Merge,
        "merge",
        Count("row added", "rows added"),
        "",
        "`merge` took something from another store of yours; one that brought nothing writes nothing",
    ),
    row(
        Action::Rebuild,
        "rebuild",
        Count("commit read again", "commits read again"),
        "",
        "`rebuild` read everything again into a new store",
    ),
    row(
        Action::Share,
        "share",
        Count("byte written out", "bytes written out"),
        "the profile",
        "a share file was written",
    ),
    row(
        Action::Picture,
        "picture",
        Count("byte written out", "bytes written out"),
        "the page; `uncovered` behind it where names and figures can be read",
        "`picture` wrote a page of the store, not one of the demo",
    ),
    row(
        Action::Forget,
        "forget",
        Count("row erased", "rows erased"),
        "`repository N`, or by what it was: `before`, …",
        "`forget` erased something; `forget --all` erases the log too",
    ),
    row(
        Action::Purge,
        "purge",
        Count("row gone by age", "rows gone by age"),
        "the kind, as `ref events`",
        "rows that were older than they are kept went",
    ),
    row(
        Action::IdentityAdd,
        "identity-add",
        Only("yours from now on"),
        "`identity N`",
        "an address or name was confirmed as yours",
    ),
    row(
        Action::IdentityRemove,
        "identity-remove",
        Count("commit erased with it", "commits erased with it"),
        "`identity N`, or `name`",
        "one was removed",
    ),
    row(
        Action::AccountAdd,
        "account-add",
        Only("yours from now on"),
        "`account`",
        "what a tracker calls you was confirmed",
    ),
    row(
        Action::AccountRemove,
        "account-remove",
        Only("not yours any more"),
        "`account`",
        "it was removed",
    ),
    row(
        Action::KeepOn,
        "keep-on",
        Only("may be kept from now on"),
        "the switch, as `reflog`",
        "a switch of `[keep]` was turned on",
    ),
    row(
        Action::KeepOff,
        "keep-off",
        Count("row erased with it", "rows erased with it"),
        "the switch, as `reflog`",
        "a switch of `[keep]` was turned off",
    ),
    row(
        Action::Retain,
        "retain",
        Days,
        "the kind, as `titles`",
        "how long a kind of fact is kept was changed; 0 = until forgotten",
    ),
    row(
        Action::Encrypt,
        "encrypt",
        Only("sealed from now on"),
        "",
        "the store was sealed",
    ),
    row(
        Action::Decrypt,
        "decrypt",
        Only("plain from now on"),
        "",
        "the store was made plain again",
    ),
    row(
        Action::KeyChange,
        "key-change",
        Only("another passphrase from now on"),
        "",
        "the passphrase was changed",
    ),
    row(
        Action::Migrate,
        "migrate",
        Layout,
        "`layout N`: the one before",
        "a newer version brought the file to its layout; the number is the new layout",
    ),
    row(
        Action::Repair,
        "repair",
        Count(
            "file or folder closed to others",
            "files or folders closed to others",
        ),
        "`permissions`",
        "files that were open to others were closed",
    ),
    row(
        Action::LockLevel,
        "lock-level",
        Count("layer of the lock holds", "layers of the lock hold"),
        "`enforced` or `by-build`",
        "the lock reached another level than the last entry of this kind says",
    ),
    row(
        Action::SelfTest,
        "self-test",
        Count("forbidden thing", "forbidden things"),
        "`held`: so many were tried and refused; `reached`: so many got through",
        "`privacy --self-test` was run where something is kept",
    ),
    row(
        Action::NoteAdd,
        "note-add",
        Count("note or event kept", "notes or events kept"),
        "`note N`: the last of them",
        "a note or event was kept",
    ),
    row(
        Action::NoteChange,
        "note-change",
        Count("event changed", "events changed"),
        "`calendar`",
        "a calendar read again had other days",
    ),
    row(
        Action::NoteRemove,
        "note-remove",
        Count("note or event removed", "notes or events removed"),
        "`note N`, or `calendar`",
        "a note or event was removed",
    ),
    row(
        Action::GoalAdd,
        "goal-add",
        Only("set"),
        "`goal N`",
        "a goal was set",
    ),
    row(
        Action::GoalDone,
        "goal-done",
        Only("reached"),
        "`goal N`",
        "a goal was called reached",
    ),
    row(
        Action::GoalDrop,
        "goal-drop",
        Only("given up"),
        "`goal N`",
        "a goal was given up",
    ),
    row(
        Action::GoalReopen,
        "goal-reopen",
        Only("open again"),
        "`goal N`",
        "a goal was opened again",
    ),
    row(
        Action::GoalRemove,
        "goal-remove",
        Only("removed"),
        "`goal N`",
        "a goal was removed",
    ),
    row(
        Action::GoalLink,
        "goal-link",
        Only("something linked with it"),
        "`goal N`",
        "a task or note was linked with a goal",
    ),
    row(
        Action::GoalUnlink,
        "goal-unlink",
        Only("a link taken back"),
        "`goal N`",
        "that was taken back",
    ),
    row(
        Action::Exclude,
        "exclude",
        Only("said of a row"),
        "`exclusion N`",
        "`exclude` left a row out, or corrected it",
    ),
    row(
        Action::Include,
        "include",
        Only("taken back"),
        "`exclusion N`",
        "that was taken back",
    ),
    row(
        Action::Link,
        "link",
        Only("belongs to a task, you say"),
        "`commit N`",
        "`link` said that a commit belongs to a task",
    ),
    row(
        Action::Unlink,
        "unlink",
        Only("does not belong to a task, you say"),
        "`commit N`",
        "`unlink` said that it does not",
    ),
];
