//! What can go wrong with a repository as a whole, and what is worth a warning.

use std::fmt;
use std::io;
use std::path::Path;

use crate::model::text::Clean;

/// Why a repository could not be read. Every message names the repository and the next step.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// No `HEAD` or no `objects` folder where they should be.
    #[error(
        "{0} is not a git repository (no HEAD and objects there): name the folder that holds one, or take it off the list with `inward repos rm`"
    )]
    NotARepository(Clean),
    /// Somebody else owns the files, and the owner has not said that this is fine.
    #[error(
        "{0} belongs to another user of this computer: if you trust it, run `inward trust` on it"
    )]
    Foreign(Clean),
    /// The system refuses to read a file of it.
    #[error("{path}: cannot read {what}: {source}: check its permissions, then scan again")]
    Unreadable {
        /// The repository.
        path: Clean,
        /// Which of its files.
        what: Clean,
        /// What the system said.
        source: io::Error,
    },
    /// Its object ids are SHA-256.
    #[error(
        "{0} uses SHA-256 object ids, which inward cannot read yet: scan a SHA-1 clone of it instead"
    )]
    Sha256(Clean),
    /// Its refs are in the reftable format.
    #[error(
        "{0} keeps its refs as reftable, which inward cannot read yet: `git refs migrate --ref-format=files` in a clone gives one it can read"
    )]
    Reftable(Clean),
    /// Its format is newer than what is known here.
    #[error("{path} uses the unknown repository format {what}: a newer inward may read it")]
    UnknownFormat {
        /// The repository.
        path: Clean,
        /// The version or the extension.
        what: Clean,
    },
    /// Something it cannot do without is broken.
    #[error("{path} is damaged: {what}: `git fsck` in it says more; nothing was lost in inward")]
    Damaged {
        /// The repository.
        path: Clean,
        /// What is broken.
        what: Clean,
    },
    /// The owner stopped the scan.
    #[error(
        "reading {0} was stopped: what was found is kept, and the next scan goes on from there"
    )]
    Stopped(Clean),
    /// libgit2 could not be set up; nothing was read.
    #[error("libgit2 cannot be set up: {0}: this is a fault of inward, please report it")]
    Library(Clean),
}

impl GitError {
    /// [`GitError::Unreadable`] from what the system said about `what` of the repository `path`.
    pub(super) fn unreadable(path: &Path, what: &str, source: io::Error) -> Self {
        Self::Unreadable {
            path: shown(path),
            what: Clean::label(what.as_bytes()),
            source,
        }
    }

    /// [`GitError::Damaged`] of the repository `path`.
    pub(super) fn damaged(path: &Path, what: &str) -> Self {
        Self::Damaged {
            path: shown(path),
            what: Clean::label(what.as_bytes()),
        }
    }
}

/// A path of this machine as text that is safe to show.
pub(super) fn shown(path: &Path) -> Clean {
    Clean::label(path.as_os_str().as_encoded_bytes())
}

/// Something the owner should know about a repository that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The repository.
    pub path: Clean,
    /// What it is about.
    pub about: About,
}

/// The subject of a [`Warning`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A shallow clone: history ends at so many commits.
    Shallow(u64),
    /// This many commits of mine are shown otherwise than they were written.
    Replaced(u64),
    /// A partial clone: this many commits of mine need objects that are not here.
    Partial(u64),
    /// This many commits cannot be found.
    MissingCommits(u64),
    /// This many commits are there but broken.
    DamagedCommits(u64),
    /// This many commits of mine change files whose objects are missing or damaged.
    DamagedLines(u64),
    /// This many commits of mine change more than is counted.
    TooLarge(u64),
    /// Through this many commits the lines of mine in the files they change could not be followed.
    NotFollowed(u64),
    /// This many refs are broken and were passed over; the name of the first.
    BrokenRefs(u64, Clean),
}

/// `1 commit`, `2 commits`.
fn commits(n: u64) -> String {
    let word = if n == 1 { "commit" } else { "commits" };
    format!("{n} {word}")
}

impl fmt::Display for Warning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.about {
            About::Shallow(n) => write!(
                out,
                "{path} is a shallow clone: history ends at {}, whose lines are unknown; `git fetch --unshallow` in it brings the rest",
                commits(*n)
            ),
            About::Replaced(n) => write!(
                out,
                "{path}: grafts or replacements name {n} of your commits: kept as they were written, their lines are unknown; `git replace -d` or removing info/grafts brings the lines"
            ),
            About::Partial(n) => write!(
                out,
                "{path} is a partial clone: the lines of {n} of your commits are unknown because file contents are not here; inward never fetches, `git backfill` or a full clone does"
            ),
            About::MissingCommits(n) => write!(
                out,
                "{path}: {} cannot be found, history behind is not counted; `git fsck` in it says more",
                commits(*n)
            ),
            About::DamagedCommits(n) => write!(
                out,
                "{path}: damaged: {}; history behind is not counted; `git fsck` in it says more",
                commits(*n)
            ),
            About::DamagedLines(n) => write!(
                out,
                "{path}: the lines of {n} of your commits are unknown because objects are missing or damaged; `git fsck` in it says more"
            ),
            About::TooLarge(n) => write!(
                out,
                "{path}: more changes than are counted in {n} of your commits; kept, their lines are unknown"
            ),
            About::NotFollowed(n) => write!(
                out,
                "{path}: lines could not be followed through {} because objects are missing, damaged or too large; what became of the lines there is unknown",
                commits(*n)
            ),
            About::BrokenRefs(n, name) => write!(
                out,
                "{path}: broken refs passed over: {n}, the first is {name}; `git fsck` in it says more"
            ),
        }
    }
}
