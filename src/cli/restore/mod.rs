//! `inward restore`: the store becomes what a dump or a backup was made of. All of it is read and
//! judged before the first byte is written.

mod backup;
mod compare;
mod files;
mod lines;
mod replace;

use std::path::{Path, PathBuf};

use crate::guard::alone::{Alone, Use};
use crate::model::place::Root;
use crate::store::{Store, Taken};

use super::dump::args::RestoreArgs;
use super::dump::folder;
use super::dump::manifest::{COPY, FILE, Manifest, NoManifest};
use super::error::{CliError, Code};
use super::places;
use super::session::{Session, shown, store_error};
use files::Found;

/// Reads the dump or backup, judges it, and makes the store of it.
pub(super) fn run(session: &mut Session, args: &RestoreArgs) -> Result<(), CliError> {
    let dir = session.env.absolute(&args.path);
    if dir.metadata().is_ok_and(|known| known.is_file()) {
        return backup::run(session, args, &dir);
    }
    is_dump(&dir)?;
    folder::is_private(session, &dir)?;
    let _read = folder::alone(&dir, Use::Reading)?;
    session.own_folder()?;
    session.unlock()?;
    let _alone = alone(session)?;
    session.lock(vec![dir.clone()], Vec::new());
    let holds = holds_something(session)?;
    if holds && !args.replace {
        return Err(not_empty(session));
    }
    let manifest = manifest(&dir)?;
    let Found {
        mut store,
        registered,
    } = files::judge(&dir, &manifest, session.now_utc())?;
    compare::with(&dir, &manifest, (&store, session.now_utc()))?;
    // What is not kept does not come back either; here the copy is still in memory.
    session.agree(&mut store)?;
    session.reserve()?;
    let aside = if holds {
        Some(replace::prepare(session, &mut store)?)
    } else {
        None
    };
    // Before the store: one that was killed in between can be run again, and nothing is missing.
    let Listed { added, untrusted } = register(session, registered)?;
    let taken = match &aside {
        Some(_) => replace::put(session, &store),
        None => take_over(session, &store),
    };
    match taken {
        Ok(rows) => {
            tell(session, &dir, rows, &untrusted)?;
            session.tell(
                "The dump is a whole copy still: plain, as private as the store. Delete it when you need \
                 it no more.\n",
            )?;
            aside.map_or(Ok(()), |aside| aside.tell(session))
        }
        Err(error) => {
            unregister(session, &added)?;
            Err(error)
        }
    }
}

/// The data folder for this command alone. That it holds the key of a sealed store, which others are
/// told by a lock that they can share, shows in this one as well.
fn alone(session: &mut Session) -> Result<Alone, CliError> {
    session.holds = None;
    folder::alone(&session.config.data_dir, Use::Writing)
}

/// Whether the store is there and holds a row of the owner's.
fn holds_something(session: &Session) -> Result<bool, CliError> {
    Ok(session.has_store() && !open(session)?.is_empty().map_err(store_error)?)
}

/// Makes the store what `other` is; how many rows that are.
fn take_over(session: &Session, other: &Store) -> Result<u64, CliError> {
    match open(session)?.take_over(other).map_err(store_error)? {
        Taken::Rows(rows) => Ok(rows),
        Taken::NotEmpty => Err(not_empty(session)),
    }
}

/// The store as it is, without what settings would write into it.
fn open(session: &Session) -> Result<Store, CliError> {
    session.door().open(session.now_utc()).map_err(store_error)
}

fn not_empty(session: &Session) -> CliError {
    let store = shown(&session.config.store);
    CliError::usage(format!(
        "{store} holds something already; it was left as it is"
    ))
    .hint(
        "name an empty place with --data-dir or --space; `--replace` puts the copy in its place and sets \
         what it holds aside",
    )
}

/// An error for what the dump is, with what to do.
fn damaged(what: String) -> CliError {
    CliError::new(Code::Damaged, what).hint(
        "nothing was written; take another copy of the dump, or dump again where its store is",
    )
}

/// Whether a dump can lie there at all; looks at names only, so it may come before the lock.
fn is_dump(dir: &Path) -> Result<(), CliError> {
    let failed = |what: &str| {
        Err(CliError::new(
            Code::Failed,
            format!("{} {what}", shown(dir)),
        ))
    };
    let hint = |error: CliError| {
        error.hint("name the file that `inward backup` wrote, or the folder that `inward dump` did")
    };
    match dir.metadata() {
        Err(error) => {
            let what = format!("{}: {error}", shown(dir));
            Err(hint(CliError::new(Code::Failed, what)))
        }
        Ok(known) if !known.is_dir() => failed("is neither a file nor a folder").map_err(hint),
        // A link that leads nowhere is there too.
        Ok(_) if dir.join(FILE).symlink_metadata().is_ok() => Ok(()),
        Ok(_) if dir.join(COPY).exists() => {
            Err(damaged(format!("{} has lost its {FILE}", shown(dir))))
        }
        Ok(_) if dir.join("commits.jsonl").exists() => {
            failed("was dumped by an earlier version, which did not write what a store is made of")
                .map_err(|error| error.hint("dump again with this version, where the store is"))
        }
        Ok(_) => failed("holds no dump").map_err(hint),
    }
}

fn manifest(dir: &Path) -> Result<Manifest, CliError> {
    let path = dir.join(FILE);
    let bytes =
        folder::read(&path).map_err(|error| damaged(format!("{}: {error}", shown(&path))))?;
    let manifest = Manifest::parse(&bytes).map_err(|error| match error {
        NoManifest::Newer => newer(dir, "in another form"),
        NoManifest::Unfit(what) => damaged(format!("{}: {what}", shown(&path))),
    })?;
    if manifest.whole {
        return Ok(manifest);
    }
    Err(damaged(format!(
        "{} holds a dump that was not finished",
        shown(dir)
    )))
}

fn newer(dir: &Path, how: &str) -> CliError {
    let what = format!("{} was dumped by a newer inward, {how}", shown(dir));
    CliError::new(Code::Newer, what).hint("update inward; nothing was written")
}

/// What came into the list beside the store.
struct Listed {
    added: Vec<PathBuf>,
    /// The places of other users that the owner has to accept again.
    untrusted: Vec<PathBuf>,
}

/// Adds what was registered to the list beside the store, as that is now.
fn register(session: &mut Session, found: Vec<(Root, bool)>) -> Result<Listed, CliError> {
    read_roots(session)?;
    let listed = add(session, found)?;
    if !listed.added.is_empty() {
        write_roots(session)?;
    }
    Ok(listed)
}

/// Adds what was registered to the list as it was read; a path that nobody could have registered is
/// refused.
fn add(session: &mut Session, found: Vec<(Root, bool)>) -> Result<Listed, CliError> {
    let (mut added, mut untrusted) = (Vec::new(), Vec::new());
    if let Some((root, _)) = found.iter().find(|(root, _)| !files::is_real(&root.path)) {
        let path = shown(&root.path);
        return Err(damaged(format!("{path} cannot have been registered")));
    }
    for (root, was_trusted) in found {
        if session.roots.iter().any(|known| known.path == root.path) {
            continue;
        }
        if was_trusted {
            untrusted.push(root.path.clone());
        }
        added.push(root.path.clone());
        session.roots.push(root);
    }
    Ok(Listed { added, untrusted })
}

/// Takes back what [`register`] added, and nothing that another command wrote meanwhile.
fn unregister(session: &mut Session, added: &[PathBuf]) -> Result<(), CliError> {
    if added.is_empty() {
        return Ok(());
    }
    read_roots(session)?;
    session.roots.retain(|root| !added.contains(&root.path));
    write_roots(session)
}

/// The list as it is now: it was read before the folder was this command's alone.
fn read_roots(session: &mut Session) -> Result<(), CliError> {
    session.read_roots()
}

fn write_roots(session: &Session) -> Result<(), CliError> {
    session.write_roots()
}

fn tell(
    session: &mut Session,
    dir: &Path,
    rows: u64,
    untrusted: &[PathBuf],
) -> Result<(), CliError> {
    let rows = places::counted(rows, "row", "rows");
    let roots = session.roots.len() as u64;
    let roots = places::counted(
        roots,
        "repository or folder is",
        "repositories or folders are",
    );
    let text = format!(
        "{} is what {} was made of: {rows}; {roots} registered (`inward repos`).\n",
        shown(&session.config.store),
        shown(dir)
    );
    session.tell(&text)?;
    for path in untrusted {
        session.say.note(&format!(
            "{} belonged to another user and had your word: say `inward trust` again to read it",
            shown(path)
        ));
    }
    Ok(())
}
