//! Why a folder is refused.

use std::io;
use std::path::PathBuf;

use crate::guard::plain::shown;

/// Why a folder is refused (exit code 5), or could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A link could point anywhere.
    #[error("{} is a symbolic link: name the real folder, or remove the link", shown(.0))]
    Link(PathBuf),
    /// Not what it should be.
    #[error("{} is not a {}: move it away, or name another data folder", shown(.0), .1)]
    Kind(PathBuf, &'static str),
    /// Somebody else's.
    #[error("{} belongs to user {owner}, not to you: name another data folder with --data-dir", shown(.path))]
    Owner {
        /// What is not yours.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// Anybody could swap the folder.
    #[error(
        "everybody may write into {}: run chmod o-w on it, or name another data folder with --data-dir", shown(.0)
    )]
    OpenParent(PathBuf),
    /// Others could change what lies there.
    #[error(
        "others may write into {}: run chmod go-w on it, or use a folder that is yours only", shown(.0)
    )]
    OpenToOthers(PathBuf),
    /// Its owner could change what lies there.
    #[error("{} belongs to user {owner}, who can change what lies in it: use a folder that is yours", shown(.path))]
    Others {
        /// What is not yours.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// The data would leave this machine.
    #[error(
        "{} lies in {}: what is kept there would leave this machine. Name a local folder with --data-dir", shown(.0), .1
    )]
    Leaves(PathBuf, String),
    /// The system refused.
    #[error("{}: {}; make it yours to write, or name another folder with --data-dir", shown(.0), .1)]
    Io(PathBuf, #[source] io::Error),
}

impl FolderError {
    /// Whether the place is unsafe (exit code 5) and not merely unreachable (1).
    pub fn unsafe_place(&self) -> bool {
        !matches!(self, Self::Io(..))
    }
}
