//! `inward paths`: every file and folder inward uses.

use crate::store::sealed;

use super::error::CliError;
use super::session::{Session, shown};

/// Writes one line a file or folder, and whether it is there.
pub(super) fn run(session: &mut Session) -> Result<(), CliError> {
    let (config, instead_of) = (&session.config, session.instead_of.clone());
    let is_sealed = |path: &_| sealed::is_sealed(path) || sealed::is_parcel(path);
    let settings = config.config_file.clone();
    let rows = [
        ("settings", settings),
        ("wording templates", config.wording_dir()),
        ("data folder", Some(config.data_dir.clone())),
        ("store", Some(config.store.clone())),
        ("list of repositories", Some(config.roots.clone())),
        ("used instead of", instead_of),
    ];
    let out = session.say.out();
    for (name, path) in rows {
        let Some(path) = path else { continue };
        let there = if is_sealed(&path) {
            "  (sealed)"
        } else if path.symlink_metadata().is_ok() {
            ""
        } else {
            "  (not there)"
        };
        writeln!(out, "{name:<22}{}{there}", shown(&path))?;
    }
    Ok(())
}
