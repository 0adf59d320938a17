//! A store is made of a backup: one file, plain or sealed.

use std::path::{Path, PathBuf};

use crate::model::place::Root;
use crate::store::Store;
use crate::store::sealed::DataKey;

use super::super::backup::{Label, damaged, file};
use super::super::dump::args::RestoreArgs;
use super::super::dump::folder;
use super::super::error::CliError;
use super::super::session::{Session, shown, store_error};
use super::{
    Listed, alone, holds_something, not_empty, register, replace, take_over, tell, unregister,
};

/// Reads the backup, judges it, and makes the store of it.
pub(super) fn run(session: &mut Session, args: &RestoreArgs, path: &Path) -> Result<(), CliError> {
    let dir = file::folder_of(path)?;
    folder::is_private(session, &dir)?;
    session.own_folder()?;
    session.unlock()?;
    let key = session.key_of(path, args.from.is_some())?;
    let _alone = alone(session)?;
    session.lock(vec![path.to_owned()], Vec::new());
    let holds = holds_something(session)?;
    if holds && !args.replace {
        return Err(not_empty(session));
    }
    let seals = key.as_ref().filter(|_| !session.is_sealed());
    if holds && seals.is_some() {
        let what = format!(
            "{} is sealed and {} is not: what it holds would lie there plain",
            shown(path),
            shown(&session.config.store)
        );
        return Err(CliError::usage(what).hint(
            "`inward encrypt` seals the store; or restore into an empty place, with --data-dir",
        ));
    }
    let found = file::read(session, (path, key.as_ref()))?;
    let mut copy = found.store;
    let registered = found.label.map_or(Ok(Vec::new()), |label| {
        Label::registered(&label)
            .ok_or_else(|| damaged(format!("{}: it does not say what it is", shown(path))))
    })?;
    session.agree(&mut copy)?;
    session.reserve()?;
    match seals {
        Some(key) => seal(session, (path, key), copy, registered),
        None => plain(session, (path, holds), copy, registered),
    }
}

/// Into the store as it is: plain, or sealed with a key of its own.
fn plain(
    session: &mut Session,
    (path, holds): (&Path, bool),
    mut copy: Store,
    registered: Vec<(Root, bool)>,
) -> Result<(), CliError> {
    let aside = if holds {
        Some(replace::prepare(session, &mut copy)?)
    } else {
        None
    };
    // Before the store: one that was killed in between can be run again, and nothing is missing.
    let Listed { added, untrusted } = register(session, registered)?;
    let taken = match &aside {
        Some(_) => replace::put(session, &copy),
        None => take_over(session, &copy),
    };
    match taken {
        Ok(rows) => {
            tell(session, path, rows, &untrusted)?;
            aside.map_or(Ok(()), |aside| aside.tell(session))
        }
        Err(error) => {
            unregister(session, &added)?;
            Err(error)
        }
    }
}

/// Where no store is: it stays sealed, and opens with the passphrase of the backup.
fn seal(
    session: &mut Session,
    (path, key): (&Path, &DataKey),
    mut copy: Store,
    registered: Vec<(Root, bool)>,
) -> Result<(), CliError> {
    let store: PathBuf = session.config.store.clone();
    let Listed { untrusted, .. } = super::add(session, registered)?;
    copy.seal_as(&store, path, key).map_err(store_error)?;
    // What is cut short here, `inward encrypt` ends: it seals the list that lies beside the store.
    session.key = Some(key.clone());
    session.write_roots()?;
    let rows = copy.row_count().map_err(store_error)?;
    tell(session, path, rows, &untrusted)?;
    session.tell("It is sealed, and opens with the passphrase that the backup has.\n")
}
