//! GitHub: what `gh` prints, pages of its API, members of a migration archive.

pub(super) mod archive;
mod facts;
mod gathered;
pub(super) mod gh;
mod gh_record;
mod how;
mod place;
pub(super) mod rest;
