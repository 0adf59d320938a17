//! The slower pass after a scan: what became of my lines, repository by repository.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::report::{LinesReport, RepoReport, ScanReport};
use super::scan::{Options, SyncError, Target};
use crate::model::identity::Me;
use crate::model::text::Clean;
use crate::sources::git::{self, FollowRequest, GitError};
use crate::store::{LinesPassed, Store};

/// How far the pass over lines is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinesProgress {
    /// The repository's path.
    pub name: Clean,
    /// Commits of it that are done.
    pub commits: u64,
    /// How many there are; 0 while that is not known.
    pub of: u64,
}

/// Follows the lines of my commits in each target that `report` says was read, and adds to it what
/// became of them. A repository is written as a whole or not at all: what cannot be followed, or is
/// stopped, keeps what an earlier pass found. Where nothing moved since that one, this costs a look
/// at the refs; else all of that repository is followed again. The error is the store's.
pub fn follow_lines(
    store: &mut Store,
    targets: &[Target<'_>],
    (me, options): (&Me, &Options),
    (stop, progress): (&AtomicBool, &mut dyn FnMut(LinesProgress)),
    report: &mut ScanReport,
) -> Result<(), SyncError> {
    let begun = Instant::now();
    let ScanReport { repos, stopped, .. } = report;
    for repo in repos.iter_mut().filter(|repo| repo.problem.is_none()) {
        let target = targets
            .iter()
            .find(|target| target.place.common_dir == repo.common_dir);
        let Some(target) = target else {
            continue;
        };
        if *stopped || stop.load(Ordering::Relaxed) {
            *stopped = true;
            break;
        }
        let name = repo.shown.clone();
        let told = &mut |commits, of| {
            let name = name.clone();
            progress(LinesProgress { name, commits, of });
        };
        *stopped |= one(store, *target, (me, options), (stop, told), repo)?;
    }
    report.seconds += begun.elapsed().as_secs_f64();
    Ok(())
}

/// True when the owner stopped it.
fn one(
    store: &mut Store,
    target: Target<'_>,
    (me, options): (&Me, &Options),
    (stop, progress): (&AtomicBool, &mut dyn FnMut(u64, u64)),
    report: &mut RepoReport,
) -> Result<bool, SyncError> {
    let begun = Instant::now();
    let Target { place, root } = target;
    let Some(before) = store.lines_before(place, (me, root))? else {
        return Ok(false);
    };
    let request = FollowRequest {
        place,
        me,
        last: if options.full { &[] } else { &before.basis },
        newer_than: before.newer_than,
        reformats: &|oid| before.reformats.contains(&oid),
        since: root.since,
        exclude: &root.exclude,
        now_utc: options.now_utc,
        stop,
    };
    let mut lines = LinesReport::default();
    match git::follow(&request, progress) {
        Ok(Some(followed)) => {
            let passed = LinesPassed {
                basis: &followed.basis,
                tip_utc: followed.tip_utc,
                fates: &followed.fates,
            };
            store.keep_lines(place, (me, root), &passed)?;
            lines.commits_walked = followed.walked;
            lines.commits_unknown = followed.commits_unknown;
            lines.lines_lost = followed.lines_lost;
            let warnings = followed.warnings.iter().map(ToString::to_string);
            report.warnings.extend(warnings);
        }
        Ok(None) => store.lines_stand(place)?,
        Err(GitError::Stopped(_)) => return Ok(true),
        Err(error) => {
            report.problem = Some(error.to_string());
            return Ok(false);
        }
    }
    lines.count(&store.fate_counts(place)?);
    lines.seconds = begun.elapsed().as_secs_f64();
    report.lines = Some(lines);
    Ok(false)
}
