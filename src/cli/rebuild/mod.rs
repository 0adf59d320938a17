//! `inward rebuild`: a new store from the repositories and from exports named again, with the owner's own
//! words out of the old one, which is set aside and never changed or deleted.

mod aside;
mod tell;

use std::path::PathBuf;

use crate::guard::alone::Use;
use crate::store::sealed::DataKey;
use crate::store::{Rescued, Secondly, Store, second_place};

use super::dump::folder;
use super::error::{CliError, Code};
use super::import::Again;
use super::places::{self, Configured, Places};
use super::scan;
use super::session::{Session, nothing_kept, store_error};
use aside::Beside;
use tell::Outcome;

/// Rescues, reads again, and puts the new store in the place of the old one when all of it is done.
pub(super) fn run(session: &mut Session, files: &[PathBuf]) -> Result<(), CliError> {
    // What is left of a store that is gone is enough.
    if !session.has_store() && !second_place(&session.config.store).exists() {
        return Err(nothing_kept());
    }
    session.own_folder()?;
    session.unlock_damaged()?;
    session.read_roots()?;
    session.holds = None;
    let _alone = folder::alone(&session.config.data_dir, Use::Writing)?;
    let exports = Again::open(session, files)?;
    let mut places = Places::registered(session);
    let configured = places.configured(session);
    session.reserve()?;
    session.lock(places.folders(), Vec::new());
    let old = session.config.store.clone();
    let rescued =
        Rescued::read(&old, session.key.as_ref(), session.now_utc()).map_err(store_error)?;
    let beside = Beside::begin(&old)?;
    let done = read_again(
        session,
        (&beside, rescued),
        (&mut places, &configured, exports),
    );
    session.config.store.clone_from(&old);
    match done {
        Ok(mut outcome) => {
            let used = matches!(outcome.second, Secondly::Used | Secondly::Joined);
            outcome.aside = beside.swap(session, used)?;
            outcome.tell(session)
        }
        Err(error) => {
            beside.give_up();
            Err(error)
        }
    }
}

/// Makes the new store beside the old one and fills it.
fn read_again(
    session: &mut Session,
    (beside, mut rescued): (&Beside, Rescued),
    (places, configured, exports): (&mut Places, &Configured, Again),
) -> Result<Outcome, CliError> {
    let key: Option<DataKey> = session.key.clone();
    if let Some(key) = &key {
        let like = beside.like().ok_or_else(no_header)?;
        let sealed = rescued.store.seal_beside(&beside.fresh, &like, key);
        sealed.map_err(store_error)?;
    } else {
        let image = rescued.store.image().map_err(store_error)?;
        Store::write_new(&beside.fresh, &image).map_err(store_error)?;
    }
    // From here on every part of this command writes into the new one.
    session.config.store.clone_from(&beside.fresh);
    let mut store = session.open_store()?;
    super::who::take_configured(&mut store, configured)?;
    let unread = if store.me().map_err(store_error)?.is_empty() {
        // What was rescued is not given up for that.
        session
            .say
            .problem("inward: no address is known to be yours, so no repository was read: `inward me` sets one");
        places.targets.len()
    } else {
        scan::again(session, &mut store, places)?
    };
    let unread = unread + exports.read(session, &mut store)?;
    let said = rescued.store.said().map_err(store_error)?;
    let Rescued {
        store: words,
        saved,
        imports,
        commits,
        is_earlier,
        nothing,
        second,
        ..
    } = rescued;
    store.take_in_words(words).map_err(store_error)?;
    store.rebuilt().map_err(store_error)?;
    let again = store.oids().map_err(store_error)?;
    let here = store.imports().map_err(store_error)?;
    let is_here = |name: &str| here.iter().any(|import| import.name.as_str() == name);
    Ok(Outcome {
        saved,
        nothing,
        second,
        is_earlier,
        gone: commits.difference(&again).count() as u64,
        commits: again.len() as u64,
        unsaid: said.saturating_sub(store.said().map_err(store_error)?),
        missing: imports
            .into_iter()
            .filter(|import| !is_here(import.name.as_str()))
            .collect(),
        unread,
        aside: None,
    })
}

fn no_header() -> CliError {
    CliError::new(
        Code::Damaged,
        "the head of the sealed store can be read nowhere",
    )
    .hint("put a backup back")
}

/// `3 notes`, for a list.
fn counted(n: u64, what: &str) -> String {
    places::counted(n, what, what)
}
