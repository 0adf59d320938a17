//! One repository's walk: asks the reader, and writes the end of what it found.

use super::reader::Reader;
use super::report::RepoReport;
use super::scan::{Options, Target};
use crate::model::identity::Me;
use crate::model::ids::Oid;
use crate::sources::git::{Event, GitError, Reading, Request, Stop};
use crate::store::{Facts, Finish, Frontier, StoreError, Writer};

/// Where one repository's walk begins.
pub(super) struct Limits<'a> {
    pub(super) target: Target<'a>,
    /// Read and write again what is stored.
    pub(super) full: bool,
    pub(super) frontier: Option<&'a Frontier>,
    /// The refs before the walk: what moves meanwhile is seen by the next scan.
    pub(super) stamp: Option<&'a [u8]>,
}

/// Reads from the frontier on; all of it where that meets a history that begins elsewhere, which
/// is an orphan branch, or another repository that was put into the place of the earlier one: only
/// the whole tells which. `roots` are the first commits known of the place, `whole` says that there is
/// no frontier. True: it read all.
pub(super) fn read(
    reader: &dyn Reader,
    request: &Request<'_>,
    (roots, whole): (&[Oid], bool),
    sink: &mut dyn FnMut(Event) -> Result<(), Stop>,
) -> (Result<Reading, GitError>, bool) {
    let outcome = reader.read(request, sink);
    if let Ok(reading) = &outcome
        && !whole
        // Where history is cut off, its ends move with every deeper fetch.
        && !reading.facts.shallow
        && !reading.facts.roots.is_empty()
        && is_foreign(roots, &reading.facts.roots)
    {
        let request = Request {
            frontier: &[],
            default_tips: &[],
            pending: &[],
            ..*request
        };
        return (reader.read(&request, sink), true);
    }
    (outcome, whole)
}

/// Whether none of the roots that a walk met is known.
fn is_foreign(known: &[Oid], met: &[Oid]) -> bool {
    !known.is_empty() && !met.iter().any(|root| known.contains(root))
}

/// Writes the end of a finished walk.
pub(super) fn finish(
    writer: Writer<'_>,
    (limits, whole): (&Limits<'_>, bool),
    (me, options): (&Me, &Options),
    (reading, report): (Reading, &mut RepoReport),
) -> Result<(), StoreError> {
    report.commits_walked = reading.walked;
    report.commits_mine = reading.mine;
    report.warnings = reading.warnings.iter().map(ToString::to_string).collect();
    let mut tips = reading.tips;
    tips.sort_unstable();
    tips.dedup();
    if let Some(frontier) = limits.frontier
        && writer.is_idle()
        && frontier.tips == tips
        && frontier.default_tips == reading.default_tips
        && frontier.pending == reading.pending
    {
        // Nothing moved but the clock: a look that can be trusted now spares the next walk.
        return match limits.stamp {
            Some(stamp) => writer.restamp(stamp),
            None => Ok(()),
        };
    }
    let written = writer.finish(&Finish {
        me,
        root: limits.target.root,
        facts: Facts {
            roots: &reading.facts.roots,
            remote: reading.facts.remote.as_ref(),
            whole,
            shallow: reading.facts.shallow,
            partial: reading.facts.partial,
        },
        tips: &tips,
        default_tips: &reading.default_tips,
        pending: &reading.pending,
        stamp: limits.stamp,
        now_utc: options.now_utc,
    })?;
    report.commits_added = written.added;
    report.count(written.counts);
    if let Some(earlier) = written.earlier {
        report.warnings.push(format!(
            "{}: another repository lies there than before; what is kept of the earlier one \
             stays, as {earlier}",
            report.shown
        ));
    }
    Ok(())
}
