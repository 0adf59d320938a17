//! The side of git that a scan needs, so that it can be tried without a repository.

use crate::model::place::Place;
use crate::sources::git;

/// Reads repositories.
pub trait Reader {
    /// What the refs look like, cheaply, and the reflogs if those are read; `None` when they
    /// changed so shortly before `now_utc` that the same look later proves nothing.
    fn stamp(
        &self,
        place: &Place,
        reflog: bool,
        now_utc: i64,
    ) -> Result<Option<Vec<u8>>, git::GitError>;

    /// Hands what is new to `sink`; see [`git::read`].
    fn read(
        &self,
        request: &git::Request<'_>,
        sink: &mut dyn FnMut(git::Event) -> Result<(), git::Stop>,
    ) -> Result<git::Reading, git::GitError>;
}

/// Reads real repositories.
#[derive(Clone, Copy, Debug, Default)]
pub struct Git;

impl Reader for Git {
    fn stamp(
        &self,
        place: &Place,
        reflog: bool,
        now_utc: i64,
    ) -> Result<Option<Vec<u8>>, git::GitError> {
        let stamp = git::stamp(place, reflog)?;
        Ok((!stamp.is_young(now_utc)).then(|| stamp.as_bytes().to_vec()))
    }

    fn read(
        &self,
        request: &git::Request<'_>,
        sink: &mut dyn FnMut(git::Event) -> Result<(), git::Stop>,
    ) -> Result<git::Reading, git::GitError> {
        git::read(request, sink)
    }
}
