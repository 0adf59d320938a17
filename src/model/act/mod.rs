//! What can stand in the log of writes and ways out: a closed list of acts, each with its word, what
//! its number counts, and when it is written. `docs/audit.md` is made from it.

mod rows;

use super::amount;
use super::privacy::LogEntry;
use rows::Says::{Count, Days, Layout, Only};
use rows::{ROWS, Row};

/// An act that is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A sealed store was opened with its key.
    Unlock,
    /// A scan found commits.
    Scan,
    /// Lines of a repository were followed.
    ScanLines,
    /// An export was imported.
    Import,
    /// An import was taken back.
    ImportUndo,
    /// All of it was written into a folder.
    Dump,
    /// A copy of all of it was written into a file.
    Backup,
    /// A draft was written into the outbox.
    Draft,
    /// The store was made of a dump or a backup.
    Restore,
    /// Another store of the owner's was merged into it.
    Merge,
    /// Everything was read again into a new store.
    Rebuild,
    /// A share file was written.
    Share,
    /// A picture of a page was written.
    Picture,
    /// The owner had something erased.
    Forget,
    /// Something went by its age.
    Purge,
    /// An address or name was added to who the owner is.
    IdentityAdd,
    /// One was removed.
    IdentityRemove,
    /// What a tracker calls the owner was added.
    AccountAdd,
    /// It was removed.
    AccountRemove,
    /// A kind of fact may be kept.
    KeepOn,
    /// A kind of fact is not kept any more.
    KeepOff,
    /// How long a kind of fact is kept was changed.
    Retain,
    /// The store was sealed.
    Encrypt,
    /// The store was made plain.
    Decrypt,
    /// A sealed store got another passphrase.
    KeyChange,
    /// The file was brought to a newer layout.
    Migrate,
    /// Files that were open to others were closed.
    Repair,
    /// The lock reached another level than the last time.
    LockLevel,
    /// The lock was tried from inside.
    SelfTest,
    /// Notes were kept.
    NoteAdd,
    /// Events of a calendar changed.
    NoteChange,
    /// Notes were removed.
    NoteRemove,
    /// A goal was set.
    GoalAdd,
    /// A goal was reached.
    GoalDone,
    /// A goal was given up.
    GoalDrop,
    /// A goal was opened again.
    GoalReopen,
    /// A goal was removed.
    GoalRemove,
    /// Something was linked with a goal.
    GoalLink,
    /// That was taken back.
    GoalUnlink,
    /// The owner said something of a row.
    Exclude,
    /// That was taken back.
    Include,
    /// The owner said that a commit belongs to a task.
    Link,
    /// The owner said that it does not.
    Unlink,
}

impl Action {
    /// Every act, in the order in which the documentation lists them.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.act)
    }

    /// The act of this word; `None` for one that another version wrote.
    pub fn of(word: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.word == word).map(|row| row.act)
    }

    /// Its word in the log, as in `import-undo`.
    pub fn word(self) -> &'static str {
        self.row().map_or("", |row| row.word)
    }

    /// What it is done to, as the documentation says it; empty where it is the store itself.
    pub fn object(self) -> &'static str {
        self.row().map_or("", |row| row.object)
    }

    /// When it is written.
    pub fn when(self) -> &'static str {
        self.row().map_or("", |row| row.when)
    }

    /// The acts that write something for elsewhere, each with what one and many of them are called.
    pub const WAYS_OUT: [(Self, (&'static str, &'static str)); 5] = [
        (Self::Dump, ("dump", "dumps")),
        (Self::Backup, ("backup", "backups")),
        (Self::Draft, ("draft", "drafts")),
        (Self::Picture, ("picture", "pictures")),
        (Self::Share, ("share", "shares")),
    ];

    /// What an entry of it with the number `n` says, as in `41 commits added`.
    pub fn says(self, n: u64) -> String {
        let Some(row) = self.row() else {
            return n.to_string();
        };
        match row.says {
            Only(words) => words.to_owned(),
            Count(one, many) => amount::counted(n, one, many),
            Layout => format!("brought to layout {n}"),
            Days if n == 0 => "kept until you forget it".to_owned(),
            Days => format!("kept for {}", amount::counted(n, "day", "days")),
        }
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.get(self as usize)
    }
}

impl LogEntry {
    /// What it says in plain words, as in `41 commits added`; the bare number where another version
    /// wrote it.
    pub fn says(&self) -> String {
        Action::of(self.action.as_str()).map_or_else(|| self.n.to_string(), |act| act.says(self.n))
    }
}

/// The table of `docs/audit.md`.
pub fn markdown() -> String {
    let head = "| Entry | On what | The number | Written when |\n|---|---|---|---|\n";
    let line = |row: &Row| {
        let number = match row.says {
            Count(_, many) => many,
            Layout => "the new layout",
            Days => "days it is kept",
            Only(_) => "",
        };
        let word = format!("`{}`", row.word);
        let cells = [word.as_str(), row.object, number, row.when];
        format!("| {} |\n", cells.join(" | "))
    };
    let lines: String = ROWS.iter().map(line).collect();
    head.to_owned() + &lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_act_that_writes_something_out_is_counted_among_the_ways_out() {
        let counted = |act: Action| Action::WAYS_OUT.iter().any(|(one, _)| *one == act);
        let mut seen = 0;
        for act in Action::all().filter(|act| act.says(2).contains("written out")) {
            seen += 1;
            assert!(counted(act), "{}", act.word());
        }
        assert!(seen > 2, "{seen}");
    }

    #[test]
    fn every_act_has_a_row_of_its_own_and_is_found_by_its_word() {
        let mut words = BTreeSet::new();
        for (index, act) in Action::all().enumerate() {
            assert_eq!(act as usize, index, "{}", act.word());
            assert_eq!(Action::of(act.word()), Some(act));
            assert!(words.insert(act.word()) && !act.when().is_empty());
        }
        assert_eq!(words.len(), Action::Unlink as usize + 1);
        assert_eq!(Action::of("reflog-on"), None);
    }

    #[test]
    fn an_entry_says_what_it_counts() {
        assert_eq!(Action::Scan.says(1), "1 commit added");
        assert_eq!(Action::Scan.says(41), "41 commits added");
        assert_eq!(Action::Migrate.says(7), "brought to layout 7");
        assert_eq!(Action::Retain.says(0), "kept until you forget it");
        assert_eq!(Action::Retain.says(90), "kept for 90 days");
        assert_eq!(Action::GoalDone.says(1), "reached");
    }
}
