//! What a rebuilding carried over, and exactly what it did not.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::store::{ImportRow, Saved, Secondly};

use super::super::error::{CliError, Code};
use super::super::session::{Session, shown};
use super::counted;

/// What came of it.
pub(super) struct Outcome {
    pub(super) saved: Vec<Saved>,
    /// Why nothing of the old store could be read.
    pub(super) nothing: Option<String>,
    /// What the second place was good for.
    pub(super) second: Secondly,
    /// The generation before the last save was read.
    pub(super) is_earlier: bool,
    /// Commits of the old store that are not in the new one.
    pub(super) gone: u64,
    /// Commits in the new one.
    pub(super) commits: u64,
    /// Things that were said of what is not here any more.
    pub(super) unsaid: u64,
    /// Files that were imported and were not named again.
    pub(super) missing: Vec<ImportRow>,
    /// Repositories and files that could not be read.
    pub(super) unread: usize,
    /// Where the old store lies.
    pub(super) aside: Option<PathBuf>,
}

impl Outcome {
    /// Says all of it; what could not be read makes it exit code 1.
    pub(super) fn tell(&self, session: &mut Session) -> Result<(), CliError> {
        writeln!(session.say.out(), "\nCarried over from the old store:")?;
        if let Some(why) = &self.nothing {
            session.tell(&format!("  nothing of the file itself: {why}\n"))?;
        }
        match &self.second {
            Secondly::Missing => {}
            Secondly::Used => session
                .tell("  your own words as they stood in the second place, beside the store\n")?,
            Secondly::Joined => session.tell(
                "  your own words as they stood in the second place, which may lack the last change, and in \
                 the file itself\n",
            )?,
            Secondly::Unfit(why) => session.tell(&format!(
                "  nothing of the second place of your own words: {why}; it is set aside too\n"
            ))?,
        }
        for one in &self.saved {
            let n = one.rows;
            if n == 0 && one.lost.is_none() {
                continue;
            }
            let rest = one.lost.as_ref().map_or_else(String::new, |why| {
                format!("; the rest could not be read ({why})")
            });
            writeln!(session.say.out(), "  {}{rest}", counted(n, one.what))?;
        }
        if self.is_earlier {
            session.tell(
                "  The last save could not be opened: what it held and the one before it did not is lost.\n",
            )?;
        }
        self.tell_read(session)?;
        if let Some(aside) = &self.aside {
            session.tell(&format!(
                "The old store is set aside in {} as it was; nothing deletes it. Delete it when you miss \
                 nothing.\n",
                shown(aside)
            ))?;
        }
        if self.unread > 0 {
            let what = format!("{} could not be read, see above", self.unread);
            return Err(CliError::new(Code::Failed, what)
                .hint("`inward scan` and `inward import` read them again"));
        }
        Ok(())
    }

    fn tell_read(&self, session: &mut Session) -> Result<(), CliError> {
        writeln!(
            session.say.out(),
            "Read again: {}",
            counted(self.commits, "commits of yours")
        )?;
        if self.gone > 0 {
            session.tell(&format!(
                "  {} of the old store are in no registered repository any more.\n",
                counted(self.gone, "commits")
            ))?;
        }
        if self.unsaid > 0 {
            session.tell(&format!(
                "  {} of such commits or tasks are not carried over.\n",
                counted(self.unsaid, "things you said")
            ))?;
        }
        session.tell(
            "  Not read again: older checkouts, rebases and other ref events than git still has, and what \
             became of lines (`inward scan --lines`).\n",
        )?;
        if self.missing.is_empty() {
            return Ok(());
        }
        writeln!(
            session.say.out(),
            "Exports to name again (`inward import FILE`):"
        )?;
        for import in &self.missing {
            let day = NaiveDate::from_epoch_days(import.day).unwrap_or_default();
            writeln!(
                session.say.out(),
                "  {}  {}, imported on {day}",
                import.name,
                import.format
            )?;
        }
        Ok(())
    }
}
