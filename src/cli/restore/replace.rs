//! Putting a copy in the place of what a store holds: that is set aside first, and what was forgotten
//! since the copy was made stays forgotten.

use std::path::PathBuf;

use crate::model::amount::counted;
use crate::store::Store;

use super::super::backup::Label;
use super::super::error::CliError;
use super::super::session::{Session, shown, store_error};
use super::open;

/// So many copies of one day are told apart by a number.
const NAMES: u32 = 999;

/// What stood in the store before.
pub(super) struct Aside {
    /// The file that it was set aside in.
    file: PathBuf,
    /// Rows of the copy that were forgotten since, and were left out.
    forgotten: u64,
}

/// Takes out of `copy` what the store's owner forgot since, and sets aside what the store holds.
pub(super) fn prepare(session: &Session, copy: &mut Store) -> Result<Aside, CliError> {
    let mut present = open(session)?;
    let forgotten = copy.obey(&present).map_err(store_error)?;
    let label = Label::of(&session.roots).map_err(std::io::Error::from)?;
    let file = free_name(session);
    present.back_up(&file, &label, false).map_err(store_error)?;
    Ok(Aside { file, forgotten })
}

/// Makes the store what `copy` is, in one transaction; how many rows that are.
pub(super) fn put(session: &Session, copy: &Store) -> Result<u64, CliError> {
    open(session)?.replace_with(copy).map_err(store_error)
}

/// `inward.db.before-2026-03-05`, or with a number behind it where that is taken.
fn free_name(session: &Session) -> PathBuf {
    let day = session.calendar.today();
    let name = |n: u32| {
        let mut name = session.config.store.clone().into_os_string();
        name.push(format!(".before-{day}"));
        if n > 1 {
            name.push(format!("-{n}"));
        }
        PathBuf::from(name)
    };
    let mut all = (1..=NAMES).map(name);
    let free = all.find(|path| path.symlink_metadata().is_err());
    free.unwrap_or_else(|| name(NAMES))
}

impl Aside {
    /// Says where it lies, and what was left out.
    pub(super) fn tell(&self, session: &mut Session) -> Result<(), CliError> {
        let form = if session.is_sealed() {
            "sealed as the store is"
        } else {
            "plain"
        };
        let text = format!(
            "What the store held before is set aside in {}, {form}; `inward restore` takes it like any \
             backup. Delete it when you need it no more: `inward forget` names it and changes nothing in it.\n",
            shown(&self.file)
        );
        session.tell(&text)?;
        if self.forgotten == 0 {
            return Ok(());
        }
        let rows = counted(self.forgotten, "row", "rows");
        session.tell(&format!(
            "{rows} of the copy were forgotten or refused here since it was made, and stay out.\n"
        ))
    }
}
