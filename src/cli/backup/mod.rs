//! `inward backup`: a copy of the whole store in one file, while the store is in use.

pub mod args;
pub(super) mod file;
mod label;

use std::path::Path;

use crate::guard::alone::Use;
use crate::guard::diagnose;
use crate::store::{Action, BackedUp, Backup};

use super::dump::folder;
use super::error::{CliError, Code};
use super::places;
use super::session::{Session, nothing_kept, shown, store_error};
use args::BackupArgs;
pub(super) use label::Label;

/// Writes the file, and notes in the log that it went out.
pub(super) fn run(session: &mut Session, args: &BackupArgs) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let path = session.env.absolute(&args.file);
    let dir = file::folder_of(&path)?;
    folder::is_not_own(session, &dir)?;
    folder::is_private(session, &dir)?;
    let _alone = folder::alone(&dir, Use::Writing)?;
    session.prepare_folder()?;
    warn(session, &dir);
    session.lock(Vec::new(), vec![dir.clone()]);
    let replace = judge(session, &path, args.replace)?;
    let mut store = session.open_store()?;
    let label = Label::of(&session.roots).map_err(std::io::Error::from)?;
    let made = store.back_up(&path, &label, replace);
    let made = made.map_err(|error| file::written(store_error(error), &path))?;
    store
        .audit(Action::Backup, "", made.rows)
        .map_err(store_error)?;
    tell(session, &path, made)
}

/// Whether a backup lies there that is to be replaced; anything else in its place is refused.
fn judge(session: &Session, path: &Path, replace: bool) -> Result<bool, CliError> {
    let Ok(known) = path.symlink_metadata() else {
        return Ok(false);
    };
    let refused = |what: &str, next: &str| {
        let what = format!("{} {what}", shown(path));
        Err(CliError::usage(what).hint(next))
    };
    if !known.is_file() {
        return refused("is no plain file", "name another file");
    }
    if !replace {
        return refused(
            "is there already; it was left as it is",
            "name another file, or say `--replace` to write it in the place of an earlier backup",
        );
    }
    match Backup::is_at(path, session.key.as_ref()) {
        Ok(true) => Ok(true),
        _ => refused(
            "is no backup that this store could have written; it was left as it is",
            "name another file, or remove that one yourself",
        ),
    }
}

/// Says where what is written leaves this machine.
fn warn(session: &mut Session, dir: &Path) {
    if let Some(how) = diagnose::facts(dir).leaves {
        let form = if session.is_sealed() {
            "sealed"
        } else {
            "plain, not encrypted by inward"
        };
        session.say.problem(&format!(
            "inward: {} is {how}: the backup leaves this machine, {form}",
            shown(dir)
        ));
    }
}

fn tell(session: &mut Session, path: &Path, made: BackedUp) -> Result<(), CliError> {
    let rows = places::counted(made.rows, "row", "rows");
    let form = if session.is_sealed() {
        "It is sealed, and opens with the passphrase that the store has now."
    } else {
        "It is plain, not encrypted by inward, with the key of the store's hashes: as private as the store itself."
    };
    let text = format!(
        "{} is a copy of the whole store, read back and compared: {rows}, {} KiB. {form} What you forget \
         from now on stays in it until you delete it; `inward restore` puts it back, `inward merge` takes \
         it into another store of yours.\n",
        shown(path),
        made.bytes.div_ceil(1024)
    );
    session.tell(&text)
}

/// The error for a backup that does not hold what it should.
pub(super) fn damaged(what: String) -> CliError {
    CliError::new(Code::Damaged, what)
        .hint("nothing was written; take another copy of it, or write one again where its store is")
}
