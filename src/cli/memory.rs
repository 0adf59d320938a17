//! The store in memory of the first look at a repository.

use std::sync::atomic::AtomicBool;

use crate::model::place::Root;
use crate::sources::git;
use crate::store::Store;
use crate::sync::{self, Options, Target};

use super::error::{CliError, Code};
use super::places::{self, Places};
use super::session::{Session, nothing_kept, store_error};
use super::who::{no_identity, take_configured};

/// The repository one stands in, read into memory behind the lock; nothing is written.
pub(super) fn read_here(session: &mut Session) -> Result<Store, CliError> {
    let here = places::here(session)?.ok_or_else(nothing_kept)?;
    let mut places = Places::default();
    places.add(&Root {
        trusted: here.trusted,
        ..places::plain_root(&here.path)
    });
    let configured = places.configured(session);
    if configured.addresses.is_empty() {
        return Err(no_identity());
    }
    session.lock(places.folders(), Vec::new());
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    let mut store = Store::memory(session.now_utc()).map_err(store_error)?;
    session.agree(&mut store)?;
    take_configured(&mut store, &configured)?;
    let me = store.me().map_err(store_error)?;
    let targets: Vec<Target<'_>> = places
        .targets
        .iter()
        .map(|(place, root)| Target { place, root })
        .collect();
    let options = Options {
        full: false,
        now_utc: session.now_utc(),
    };
    let (stop, progress) = (AtomicBool::new(false), &mut |_| {});
    let report = sync::scan(&mut store, &targets, &me, &options, (&stop, progress))
        .map_err(|e| CliError::caused(Code::Failed, &e))?;
    match report.repos.into_iter().find_map(|repo| repo.problem) {
        Some(problem) => Err(CliError::new(Code::Failed, problem)),
        None => Ok(store),
    }
}
