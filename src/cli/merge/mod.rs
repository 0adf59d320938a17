//! `inward merge`: all of another store of the same person becomes part of this one.

pub mod args;
pub mod document;

use std::path::Path;

use crate::report::json;
use crate::store::Merged;

use super::backup::file;
use super::dump::folder;
use super::error::{CliError, Code};
use super::session::{Session, nothing_kept, shown, store_error};
use args::MergeArgs;
use document::{Kind, Report};

/// The kind that every merge adds to.
const LOG: &str = "entries of the log";

/// Reads the file, judges it, and takes what is not here.
pub(super) fn run(session: &mut Session, args: &MergeArgs) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(
            nothing_kept().hint("`inward restore FILE` makes the store what the file was made of")
        );
    }
    let path = session.env.absolute(&args.file);
    is_another(session, &path)?;
    let dir = file::folder_of(&path)?;
    folder::is_private(session, &dir)?;
    session.prepare_folder()?;
    let key = session.key_of(&path, args.from.is_some())?;
    session.lock(vec![path.clone()], Vec::new());
    let mut store = session.open_store()?;
    if store.is_empty().map_err(store_error)? {
        return Err(CliError::usage("the store holds nothing yet")
            .hint("`inward restore FILE` makes it what the file was made of"));
    }
    let other = file::read(session, (&path, key.as_ref()))?.store;
    session.set_rules(&mut store)?;
    match store.merge(other).map_err(store_error)? {
        Merged::Changed(kinds) => {
            let changed = kinds
                .into_iter()
                .filter(|(what, before, now)| before != now && *what != LOG);
            let kinds: Vec<Kind> = changed
                .map(|(what, before, now)| Kind { what, before, now })
                .collect();
            tell(session, args.json, &path, Some(kinds))
        }
        Merged::Nothing => tell(session, args.json, &path, None),
        Merged::Stranger => Err(stranger(&path)),
    }
}

/// Refuses the store itself.
fn is_another(session: &Session, path: &Path) -> Result<(), CliError> {
    let real = |path: &Path| path.canonicalize().ok();
    if real(path).is_some() && real(path) == real(&session.config.store) {
        return Err(
            CliError::usage(format!("{} is the store that is in use", shown(path)))
                .hint("name a backup of another machine's, or its store"),
        );
    }
    Ok(())
}

fn stranger(path: &Path) -> CliError {
    let what = format!(
        "{} is not known to be yours: no address of yours, and no login, id or address in a tracker, is \
         in both stores",
        shown(path)
    );
    CliError::new(Code::Refused, what).hint(
        "nothing was changed; where it is yours, `inward me add ADDRESS` confirms one of its addresses \
         here first",
    )
}

fn tell(
    session: &mut Session,
    as_json: bool,
    path: &Path,
    kinds: Option<Vec<Kind>>,
) -> Result<(), CliError> {
    if as_json {
        let report = Report::new(kinds.is_some(), kinds.unwrap_or_default());
        let text = json::ascii(&report).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{text}")?;
        return Ok(());
    }
    let Some(kinds) = kinds else {
        return session.tell(&format!(
            "All of {} is in the store already; nothing was written.\n",
            shown(path)
        ));
    };
    for kind in &kinds {
        writeln!(
            session.say.out(),
            "{}: {}, {} before",
            kind.what,
            kind.now,
            kind.before
        )?;
    }
    session.tell(&format!(
        "{} is part of the store now. What either of the two forgot, refused or does not keep is in neither \
         from now on. Repositories of the other machine are not registered here: `inward add` does that.\n",
        shown(path)
    ))
}
