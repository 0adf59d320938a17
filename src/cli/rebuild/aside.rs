//! The new store beside the old one, and the moment in which it takes its place.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::guard::folder;
use crate::store::{sealed, second_place, wipe_second_place};

use super::super::error::{CliError, Code};
use super::super::session::{Session, shown};

/// So many of one day are told apart by a number.
const NAMES: u32 = 999;

/// Endings of what lies beside a store.
const BESIDE: [&str; 6] = [
    "-journal",
    ".previous",
    ".lock",
    ".saving",
    ".words",
    ".words.new",
];

/// A store on its way.
pub(super) struct Beside {
    old: PathBuf,
    /// Where it is made.
    pub(super) fresh: PathBuf,
}

impl Beside {
    /// Takes away what a rebuilding that was killed left.
    pub(super) fn begin(old: &Path) -> Result<Self, CliError> {
        let beside = Self {
            old: old.to_owned(),
            fresh: ending(old, ".rebuilding"),
        };
        beside.give_up();
        if beside.fresh.symlink_metadata().is_ok() {
            let what = format!("{} cannot be removed", shown(&beside.fresh));
            return Err(CliError::new(Code::Failed, what).hint("remove it yourself"));
        }
        Ok(beside)
    }

    /// Takes the new store away again.
    pub(super) fn give_up(&self) {
        // What is not there needs no removing.
        drop(fs::remove_file(&self.fresh));
        drop(wipe_second_place(&self.fresh));
        for end in BESIDE {
            drop(fs::remove_file(ending(&self.fresh, end)));
        }
    }

    /// A sealed file whose head can be read: the old one, the generation before it, or the second place.
    pub(super) fn like(&self) -> Option<PathBuf> {
        let earlier = sealed::earlier(&self.old);
        let all = [self.old.clone(), earlier, second_place(&self.old)];
        all.into_iter()
            .find(|file| matches!(sealed::Glimpse::of(file), Ok(Some(_))))
    }

    /// Sets the old store aside, with what lies beside it, and gives the new one its place. At any moment
    /// one of the two is there. A second place that was not `used` is set aside as well.
    pub(super) fn swap(&self, session: &Session, used: bool) -> Result<Option<PathBuf>, CliError> {
        let aside = self.free_name(session);
        let failed = |path: &Path, error: std::io::Error| {
            CliError::caused(Code::Failed, &error).hint(format!(
                "{} holds the new store, {} the old one: give each the name you want",
                shown(&self.fresh),
                shown(path)
            ))
        };
        // A journal of the old one must not be taken for the new one's.
        for end in ["-journal", ".previous"] {
            match fs::rename(ending(&self.old, end), ending(&aside, end)) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(failed(&self.old, error));
                }
                _ => {}
            }
        }
        let gone = self.old.symlink_metadata().is_err();
        if !gone && fs::hard_link(&self.old, &aside).is_err() {
            // Not every file system has hard links.
            fs::rename(&self.old, &aside).map_err(|error| failed(&self.old, error))?;
        }
        fs::rename(&self.fresh, &self.old).map_err(|error| failed(&aside, error))?;
        if used {
            // What it held stands in the new store. What cannot be removed belongs to no store from now on,
            // and is set aside by whoever writes the next one.
            drop(wipe_second_place(&self.old));
        } else {
            drop(fs::rename(
                second_place(&self.old),
                ending(&aside, ".words"),
            ));
        }
        // Without it the next opening writes one.
        drop(fs::rename(
            second_place(&self.fresh),
            second_place(&self.old),
        ));
        for end in BESIDE {
            drop(fs::remove_file(ending(&self.fresh, end)));
        }
        if let Some(dir) = self.old.parent() {
            folder::sync(dir).map_err(|error| failed(&aside, error))?;
        }
        Ok((!gone).then_some(aside))
    }

    /// `inward.db.aside-2026-03-05`, or with a number behind it where that is taken.
    fn free_name(&self, session: &Session) -> PathBuf {
        let day = session.calendar.today();
        let name = |n: u32| match n {
            1 => ending(&self.old, &format!(".aside-{day}")),
            n => ending(&self.old, &format!(".aside-{day}-{n}")),
        };
        let mut all = (1..=NAMES).map(name);
        let free = all.find(|path| path.symlink_metadata().is_err());
        free.unwrap_or_else(|| name(NAMES))
    }
}

fn ending(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
