//! `inward dump`: every stored row as JSON Lines and CSV, and what `inward restore` reads.

pub mod args;
pub(super) mod folder;
pub(super) mod manifest;
pub(super) mod registered;
mod writer;

use std::fs;
use std::path::Path;

use crate::guard::alone::Use;
use crate::store::{Action, Store, Visit as _};

use super::error::CliError;
use super::places;
use super::session::{Session, nothing_kept, shown, store_error};
use args::DumpArgs;
use folder::elsewhere;
use registered::Registered;
use writer::Writer;

/// What whoever holds such a folder should know.
const AS_PRIVATE: &str = "It is a whole copy, with the key of the store's hashes: as private as the \
store itself, and plain, not encrypted by inward. What you forget from now on stays in it until you \
delete it.";

/// Writes every table and the copy; the folder is made (0700) if absent.
pub(super) fn run(session: &mut Session, args: &DumpArgs) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let dir = session.env.absolute(&args.output);
    folder::is_elsewhere(session, &dir)?;
    folder::is_private(session, &dir)?;
    fs::create_dir_all(&dir).map_err(|error| elsewhere(error, &dir))?;
    // Again, now that what was missing in the path is there.
    folder::is_elsewhere(session, &dir)?;
    let _alone = folder::alone(&dir, Use::Writing)?;
    session.prepare_folder()?;
    session.lock(Vec::new(), vec![dir.clone()]);
    folder::judge(&dir)?;
    let mut store = session.open_store()?;
    let mut writer = Writer::new(&dir, args.format);
    let written = write(session, &store, &mut writer, &dir);
    if written.is_err() {
        folder::give_up(&dir);
    }
    // What was written before a failure left the store too.
    let total = writer.total();
    if written.is_ok() || total > 0 {
        store.audit(Action::Dump, "", total).map_err(store_error)?;
    }
    written?;
    tell(session, &writer, &dir)
}

/// Writes every file, the manifest last.
fn write(
    session: &Session,
    store: &Store,
    writer: &mut Writer<'_>,
    dir: &Path,
) -> Result<(), CliError> {
    let failed = |error| elsewhere(error, dir);
    let done = store.dump_all(writer);
    done.map_err(store_error)?.map_err(failed)?;
    writer.lines_only(manifest::REGISTERED).map_err(failed)?;
    for root in &session.roots {
        writer.row(&Registered::from(root)).map_err(failed)?;
    }
    writer.end().map_err(failed)?;
    folder::place(dir, std::mem::take(&mut writer.listed)).map_err(failed)
}

fn tell(session: &mut Session, writer: &Writer<'_>, dir: &Path) -> Result<(), CliError> {
    for (table, rows) in &writer.told {
        let rows = places::counted(*rows, "row", "rows");
        writeln!(session.say.out(), "{table}: {rows}")?;
    }
    let text = format!(
        "{} holds all of it; `inward restore` makes a store of it again. {AS_PRIVATE}\n",
        shown(dir)
    );
    session.tell(&text)
}
