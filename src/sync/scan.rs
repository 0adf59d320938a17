//! One scan over several repositories.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::intake::Intake;
use super::reader::{Git, Reader};
use super::report::{RepoReport, ScanReport};
use super::walk::{self, Limits};
use crate::model::identity::Me;
use crate::model::ids::Oid;
use crate::model::place::{Place, Root};
use crate::model::text::Clean;
use crate::sources::git::{GitError, Request};
use crate::store::{Store, StoreError};

/// One repository to read, and the registered root it was found under.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// Where it is.
    pub place: &'a Place,
    /// Its limits.
    pub root: &'a Root,
}

/// How to scan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Read everything again, also what is stored.
    pub full: bool,
    /// Now, UTC seconds: decides which clocks and which file times are believed.
    pub now_utc: i64,
}

/// How far a scan is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It turns to a repository.
    Repository {
        /// Its number, from 0.
        index: usize,
        /// How many there are.
        of: usize,
        /// Its path.
        name: Clean,
    },
    /// So many commits of it were looked at.
    Walked {
        /// All of them.
        commits: u64,
        /// Those of mine.
        mine: u64,
    },
    /// So many new commits of it were taken.
    Stored {
        /// Not stored before.
        added: u64,
    },
    /// It is done.
    Done {
        /// Its number, from 0.
        index: usize,
        /// New commits in it.
        added: u64,
    },
}

/// Why a scan ended before all repositories were tried.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// No address is confirmed, so no commit could be mine.
    #[error("no address is known to be yours; `inward me` shows and sets them")]
    NobodyIsMe,
    /// The store cannot take more.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SyncError {
    /// The exit code of the command line's contract.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NobodyIsMe => 2,
            Self::Store(error) => error.exit_code(),
        }
    }
}

/// Reads what is new in each target and stores it. A repository that cannot be read is a
/// problem in the report and the rest goes on; when `stop` is set, what was taken is kept and
/// the report says so. The error is the store's, or that nobody is me.
pub fn scan(
    store: &mut Store,
    targets: &[Target<'_>],
    me: &Me,
    options: &Options,
    (stop, progress): (&AtomicBool, &mut dyn FnMut(Progress)),
) -> Result<ScanReport, SyncError> {
    let question = Question { me, options, stop };
    scan_with(&Git, store, targets, &question, progress)
}

/// What all repositories of a scan are asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Whose commits.
    pub me: &'a Me,
    /// How.
    pub options: &'a Options,
    /// Set by the owner to end it.
    pub stop: &'a AtomicBool,
}

/// [`fn@scan`] with another reader.
pub fn scan_with(
    reader: &dyn Reader,
    store: &mut Store,
    targets: &[Target<'_>],
    question: &Question<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<ScanReport, SyncError> {
    if question.me.is_empty() {
        return Err(SyncError::NobodyIsMe);
    }
    let begun = Instant::now();
    let mut scan = Scan {
        reader,
        store,
        question,
        me: question.me.clone(),
        full: question.options.full,
        known: None,
        reflog: false,
    };
    scan.reflog = scan.store.reflog_consent()?.unwrap_or(false);
    let mut report = ScanReport::default();
    for (index, target) in targets.iter().enumerate() {
        if question.stop.load(Ordering::Relaxed) {
            report.stopped = true;
            break;
        }
        let mut repo = RepoReport::new(target.place);
        progress(Progress::Repository {
            index,
            of: targets.len(),
            name: repo.shown.clone(),
        });
        report.stopped |= scan.repository(*target, &mut repo, progress)?;
        let added = repo.commits_added;
        report.repos.push(repo);
        progress(Progress::Done { index, added });
    }
    scan.again(targets, &mut report, progress)?;
    // A commit of one repository can have made one of another a twin.
    if targets.len() > 1 && report.added() > 0 {
        let counts = store.recount(question.options.now_utc)?;
        for repo in &mut report.repos {
            if let Some(counts) = counts.get(&repo.common_dir) {
                repo.count(*counts);
            }
        }
    }
    report.seconds = begun.elapsed().as_secs_f64();
    Ok(report)
}

/// What a scan carries from one repository to the next.
struct Scan<'a> {
    reader: &'a dyn Reader,
    store: &'a mut Store,
    question: &'a Question<'a>,
    /// Who is me by now: a mailmap can add to it.
    me: Me,
    /// Read everything again, also what is stored.
    full: bool,
    /// Commits stored whole; loaded when the first repository has something new.
    known: Option<HashSet<Oid>>,
    /// Whether the owner lets the reflog be read.
    reflog: bool,
}

/// So often is asked anew because one entry of mine led to another.
const PASSES: usize = 4;

impl Scan<'_> {
    /// Asks every repository for what became mine while others were read, as long as there is
    /// such. Where all was known already, this costs a look at the refs.
    fn again(
        &mut self,
        targets: &[Target<'_>],
        report: &mut ScanReport,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), SyncError> {
        let mut asked = self.question.me.clone();
        self.full = false;
        for _ in 0..PASSES {
            if self.me == asked {
                break;
            }
            asked = self.me.clone();
            for (target, first) in targets.iter().zip(&mut report.repos) {
                if first.problem.is_some() || report.stopped {
                    continue;
                }
                let mut repo = RepoReport::new(target.place);
                report.stopped |= self.repository(*target, &mut repo, progress)?;
                first.join(repo);
            }
        }
        Ok(())
    }

    /// Scans one repository; true when the owner stopped it.
    fn repository(
        &mut self,
        target: Target<'_>,
        report: &mut RepoReport,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<bool, SyncError> {
        let begun = Instant::now();
        let stopped = self.look_and_read(target, report, progress);
        report.seconds = begun.elapsed().as_secs_f64();
        stopped
    }

    fn look_and_read(
        &mut self,
        target: Target<'_>,
        report: &mut RepoReport,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<bool, SyncError> {
        let options = self.question.options;
        let (place, root) = (target.place, target.root);
        if self.store.is_forgotten(target.place)? {
            report.problem = Some(format!(
                "{} was forgotten; `inward add` with its path brings it back",
                report.shown
            ));
            return Ok(false);
        }
        let full = self.full || self.store.excluded_otherwise(place, root)?;
        let frontier = if full {
            None
        } else {
            self.store.frontier(place, &self.me, root)?
        };
        let stamp = match self.reader.stamp(place, self.reflog, options.now_utc) {
            Ok(stamp) => stamp,
            Err(error) => {
                report.problem = Some(error.to_string());
                return Ok(false);
            }
        };
        if let Some(frontier) = &frontier {
            report.count(frontier.counts);
            if stamp.is_some() && stamp == frontier.stamp {
                return Ok(false);
            }
        }
        let limits = Limits {
            target,
            full,
            frontier: frontier.as_ref(),
            stamp: stamp.as_deref(),
        };
        self.read(&limits, report, progress)
    }

    /// Walks the repository and stores what it finds; true when the owner stopped it.
    fn read(
        &mut self,
        limits: &Limits<'_>,
        report: &mut RepoReport,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<bool, SyncError> {
        let Question { options, stop, .. } = *self.question;
        let (place, root) = (limits.target.place, limits.target.root);
        let known = match self.known.take() {
            Some(known) => known,
            None => self.store.known()?,
        };
        let roots = match limits.frontier {
            Some(_) => self.store.roots_at(place)?,
            None => Vec::new(),
        };
        // A walk over all of history finds every squash by itself.
        let swallowed = match limits.frontier {
            Some(_) => self.store.swallowed()?,
            None => HashSet::new(),
        };
        let is_known = |oid: Oid| !limits.full && known.contains(&oid);
        let request = Request {
            place,
            me: &self.me,
            frontier: limits.frontier.map_or(&[], |frontier| &frontier.tips),
            default_tips: limits
                .frontier
                .map_or(&[], |frontier| &frontier.default_tips),
            pending: limits.frontier.map_or(&[], |frontier| &frontier.pending),
            reflog: self.reflog,
            known: &is_known,
            swallowed: &|oid| swallowed.contains(&oid),
            since: root.since,
            exclude: &root.exclude,
            now_utc: options.now_utc,
            stop,
        };
        let mut intake = Intake {
            writer: self.store.writer(place, limits.full),
            fresh: Vec::new(),
            me: &self.me,
            learned: BTreeSet::new(),
            failure: None,
            progress,
        };
        let sink = &mut |event| intake.take(event);
        let (outcome, whole) = walk::read(
            self.reader,
            &request,
            (&roots, limits.frontier.is_none()),
            sink,
        );
        let Intake {
            writer,
            fresh,
            learned,
            failure,
            ..
        } = intake;
        let mut me = self.me.clone();
        for entry in learned {
            me.add(entry);
        }
        if let Some(error) = failure {
            return Err(error.into());
        }
        let stopped = match outcome {
            Ok(reading) => {
                let asked = (&me, self.question.options);
                walk::finish(writer, (limits, whole), asked, (reading, report))?;
                false
            }
            Err(error) => {
                let written = writer.stop()?;
                report.commits_added = written.added;
                let stopped = matches!(error, GitError::Stopped(_));
                report.problem = (!stopped).then(|| error.to_string());
                stopped
            }
        };
        self.me = me;
        let mut known = known;
        known.extend(fresh);
        self.known = Some(known);
        Ok(stopped)
    }
}
