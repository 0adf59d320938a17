//! What lies beside the store when it is sealed: the list of repositories is sealed with it, what
//! a plain store may have left is removed, and the rest is named.

use std::fs::{self, OpenOptions};
use std::io::ErrorKind;

use crate::cli::error::CliError;
use crate::cli::session::{Session, shown};
use crate::store::sealed;

/// Said after sealing.
const OUT_OF_REACH: &str = "Out of inward's reach: spare disk blocks that held the plain file, backups, snapshots, dumps \
and files you wrote elsewhere. The repositories themselves are plain.";

/// Seals the list of repositories, an empty one too: a missing one beside a sealed store is no list.
/// The bytes of a plain one are overwritten.
pub(super) fn seal_roots(session: &Session) -> Result<(), CliError> {
    let file = &session.config.roots;
    if sealed::is_parcel(file) {
        return Ok(());
    }
    let mut plain = match OpenOptions::new().write(true).open(file) {
        Ok(plain) => Some(plain),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    session.write_roots()?;
    if let Some(plain) = &mut plain {
        sealed::overwrite(plain)?;
    }
    Ok(())
}

/// Says what stands in a list that lay open until now: others may have written into it.
pub(super) fn say_roots(session: &mut Session) -> Result<(), CliError> {
    let all: Vec<_> = session.roots.iter().map(|root| shown(&root.path)).collect();
    if all.is_empty() {
        writeln!(
            session.say.out(),
            "  the list is empty: `inward add PATH` registers repositories"
        )?;
    }
    for path in all {
        writeln!(session.say.out(), "  in the list: {path}")?;
    }
    Ok(())
}

/// Overwrites and removes what an interrupted plain inward may have left of the store or the list.
pub(super) fn forget_lookalikes(session: &Session) -> Result<(), CliError> {
    let (store, roots) = (&session.config.store, &session.config.roots);
    let mut new = store.as_os_str().to_owned();
    new.push(".new");
    for path in [new.into(), roots.with_extension("toml.new")] {
        if !path.symlink_metadata().is_ok_and(|found| found.is_file()) {
            continue;
        }
        let mut file = OpenOptions::new().write(true).open(&path)?;
        sealed::overwrite(&mut file)?;
        fs::remove_file(&path)?;
    }
    Ok(())
}

/// Names what stays plain: files of the data folder that are not the store's, and what no program
/// can reach.
pub(super) fn say_what_is_out_of_reach(session: &mut Session) -> Result<(), CliError> {
    let own = [&session.config.store, &session.config.roots].map(|path| path.file_name());
    let [store, roots] = own.map(|name| name.map(|name| name.to_string_lossy().into_owned()));
    let store = store.unwrap_or_default();
    let ours = [
        Some(store.clone()),
        roots,
        Some(format!("{store}.lock")),
        Some(format!("{store}.previous")),
        Some(format!("{store}.words")),
        Some(format!("{store}-journal")),
        // Holds nothing but room.
        Some("ballast".to_owned()),
    ];
    let mut plain = Vec::new();
    for entry in fs::read_dir(&session.config.data_dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let empty = fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none());
        if !ours.contains(&Some(name)) && !empty {
            plain.push(shown(&entry.path()).to_string());
        }
    }
    plain.sort();
    for path in plain {
        writeln!(session.say.out(), "  not sealed: {path}")?;
    }
    session.tell(&format!("  {OUT_OF_REACH}\n"))
}
