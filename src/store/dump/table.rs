//! The tables of a dump: their names, and what a row of each holds.

/// The tables, by the names of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// My addresses and names.
    Identities,
    /// What was read from.
    Repositories,
    /// My commits.
    Commits,
    /// Their files.
    FileChanges,
    /// Which repository holds which commit.
    Sightings,
    /// Task keys and numbers that messages name.
    Mentions,
    /// Which commit belongs to which task.
    Links,
    /// What I said of that.
    LinkChoices,
    /// Which projects of trackers are a repository's, as keyed hashes.
    Remotes,
    /// Names of branches with a commit of mine on them.
    Branches,
    /// Which commit was amended into which.
    Replaced,
    /// Which commits a squash holds.
    Swallowed,
    /// Somebody else's commits that hold commits of mine.
    Squashes,
    /// Somebody else's commits that name me as co-author.
    Pairings,
    /// What I did to refs.
    RefEvents,
    /// What is left of that after 180 days.
    RefDays,
    /// What became of the lines of each commit.
    LineFates,
    /// How far lines were followed.
    LinePasses,
    /// Which export files were taken.
    Imports,
    /// My tasks and pull requests.
    Tasks,
    /// Their moves between states.
    Transitions,
    /// Review times of my pull requests, and of those I reviewed.
    Reviews,
    /// Time that I recorded.
    TimeEntries,
    /// What each export said.
    TaskSeen,
    /// What I am called in trackers.
    Accounts,
    /// The owner's own words, and events.
    Notes,
    /// What the owner set for themselves.
    Goals,
    /// What belongs to which goal.
    GoalLinks,
    /// What the owner says of rows.
    Exclusions,
    /// Where each scan stopped.
    Frontiers,
    /// What was forgotten or refused, as keyed hashes.
    Tombstones,
    /// What was handed out by `share`.
    Shares,
    /// What was written and handed out.
    Audit,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 33] = [
        Self::Identities,
        Self::Repositories,
        Self::Commits,
        Self::FileChanges,
        Self::Sightings,
        Self::Mentions,
        Self::Links,
        Self::LinkChoices,
        Self::Remotes,
        Self::Branches,
        Self::Replaced,
        Self::Swallowed,
        Self::Squashes,
        Self::Pairings,
        Self::RefEvents,
        Self::RefDays,
        Self::LineFates,
        Self::LinePasses,
        Self::Imports,
        Self::Tasks,
        Self::Transitions,
        Self::Reviews,
        Self::TimeEntries,
        Self::TaskSeen,
        Self::Accounts,
        Self::Notes,
        Self::Goals,
        Self::GoalLinks,
        Self::Exclusions,
        Self::Frontiers,
        Self::Tombstones,
        Self::Shares,
        Self::Audit,
    ];

    /// Its name in files and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identities => "identities",
            Self::Repositories => "repositories",
            Self::Commits => "commits",
            Self::FileChanges => "file_changes",
            Self::Sightings => "sightings",
            Self::Mentions => "mentions",
            Self::Links => "links",
            Self::LinkChoices => "link_choices",
            Self::Remotes => "remotes",
            Self::Branches => "branches",
            Self::Replaced => "replaced",
            Self::Swallowed => "swallowed",
            Self::Squashes => "squashes",
            Self::Pairings => "pairings",
            Self::RefEvents => "ref_events",
            Self::RefDays => "ref_days",
            Self::LineFates => "line_fates",
            Self::LinePasses => "line_passes",
            Self::Imports => "imports",
            Self::Tasks => "tasks",
            Self::Transitions => "transitions",
            Self::Reviews => "reviews",
            Self::TimeEntries => "time_entries",
            Self::TaskSeen => "task_seen",
            Self::Accounts => "accounts",
            Self::Notes => "notes",
            Self::Goals => "goals",
            Self::GoalLinks => "goal_links",
            Self::Exclusions => "exclusions",
            Self::Frontiers => "frontiers",
            Self::Tombstones => "tombstones",
            Self::Shares => "shares",
            Self::Audit => "audit",
        }
    }
}
