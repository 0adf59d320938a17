//! The thread that reads repositories behind the screen.
//!
//! A kept store is opened a second time here; a store in memory is copied, and its image goes
//! back to the worker after a repository that brought something. Either way the worker's own
//! store stays free for questions while the scan runs.

use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Target;
use super::clock::Clock;
use super::panics;
use super::worker::{Job, Out, internal};
use crate::app::message::{Message, ScanEnd, ScanNews};
use crate::model::forms;
use crate::model::identity::Me;
use crate::model::project::Projects;
use crate::model::stage::StageWords;
use crate::model::text::Clean;
use crate::store::sealed::Door;
use crate::store::{Store, StoreError};
use crate::sync::{self, Options, Progress, ScanReport};

/// A scan that nobody asked for is not mentioned before it has taken this long.
const QUIET: Duration = Duration::from_millis(300);
/// How often the footer's counts move.
const NEWS_EVERY: Duration = Duration::from_millis(100);
/// How often what was read so far is shown.
const SHOW_EVERY: Duration = Duration::from_secs(1);
/// How long the program waits at its end for the last batch.
const LAST_BATCH: Duration = Duration::from_secs(1);

/// Where the scan writes.
#[derive(Debug)]
pub(super) enum Source {
    /// The kept store.
    Kept(Door),
    /// A copy of the store in memory.
    Image(Vec<u8>),
}

/// One scan.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) source: Source,
    pub(super) targets: Arc<[Target]>,
    /// Positions in `targets`.
    pub(super) which: BTreeSet<usize>,
    pub(super) me: Me,
    pub(super) full: bool,
    /// The owner asked for it.
    pub(super) asked: bool,
    pub(super) clock: Clock,
    /// What the store is read by.
    pub(super) rules: (StageWords, Projects),
}

/// News for the worker.
#[derive(Debug)]
pub(super) enum Part {
    /// Something was stored; with the image of a store in memory.
    Stored(Option<Vec<u8>>),
    /// The scan is over.
    Over(Box<Over>),
}

/// The end of a scan.
#[derive(Debug, Default)]
pub(super) struct Over {
    /// For the screen.
    pub(super) end: ScanEnd,
    /// Whether the screen is to be told.
    pub(super) say: bool,
    /// Something was stored since the last [`Part::Stored`].
    pub(super) changed: bool,
    /// The targets in which commits were walked.
    pub(super) walked: BTreeSet<usize>,
    /// The image of a store in memory, if something was.
    pub(super) image: Option<Vec<u8>>,
}

/// Whether a scan runs, and the way to stop it.
#[derive(Debug, Default)]
pub(super) struct Running {
    stop: AtomicBool,
    busy: Mutex<bool>,
    idle: Condvar,
}

impl Running {
    /// Ends the scan at its next whole commit.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Ends the scan and waits, up to a second, until its last batch is stored.
    pub(super) fn stop_and_wait(&self) {
        self.stop();
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        // A scan that takes longer is cut off; the next one finds all whole batches.
        drop(self.idle.wait_timeout_while(busy, LAST_BATCH, |busy| *busy));
    }

    fn set(&self, now: bool) {
        *self.busy.lock().unwrap_or_else(PoisonError::into_inner) = now;
        self.idle.notify_all();
    }
}

/// Starts the scan `plan`. Its last word is always [`Part::Over`].
///
/// # Errors
/// When the system has no thread left.
pub(super) fn start(
    plan: Plan,
    jobs: Sender<Job>,
    out: Out,
    running: &Arc<Running>,
) -> io::Result<()> {
    running.stop.store(false, Ordering::Relaxed);
    running.set(true);
    let shared = Arc::clone(running);
    let forms = forms::chosen();
    let started = thread::Builder::new()
        .name("scan".to_owned())
        .spawn(move || {
            let mut scan = Scan {
                news: News::new(out, plan.asked),
                stop: &shared.stop,
                over: Over::default(),
                jobs: jobs.clone(),
            };
            let outcome = panics::guarded(|| forms::during(forms, || scan.run(&plan)));
            let mut over = scan.over;
            match outcome {
                Ok(Ok(())) => {}
                Ok(Err(error)) => over.end.problems.push(label(&error.to_string())),
                Err(place) => over.end.problems.push(label(&internal(&place))),
            }
            over.end.stopped = shared.stop.load(Ordering::Relaxed);
            over.say = scan.news.told || over.end.added > 0 || !over.end.problems.is_empty();
            shared.set(false);
            jobs.send(Job::Scanned(Part::Over(Box::new(over)))).ok();
        });
    if started.is_err() {
        running.set(false);
    }
    started.map(drop)
}

struct Scan<'a> {
    news: News,
    stop: &'a AtomicBool,
    over: Over,
    jobs: Sender<Job>,
}

impl Scan<'_> {
    fn run(&mut self, plan: &Plan) -> Result<(), StoreError> {
        let now = plan.clock.now_utc();
        let (mut store, in_memory) = match &plan.source {
            Source::Kept(door) => (door.open(now)?, false),
            Source::Image(image) => (Store::from_image(image, now)?, true),
        };
        store.set_rules(plan.rules.clone())?;
        self.all(&mut store, in_memory, (plan, &plan.me, &plan.which))?;
        // What a mailmap of one repository made mine is looked for in all of them.
        let me = store.me()?;
        if me != plan.me && !me.is_empty() {
            let all = (0..plan.targets.len()).collect();
            self.all(&mut store, in_memory, (plan, &me, &all))?;
        }
        if self.over.changed && in_memory {
            self.over.image = Some(store.image()?);
        }
        Ok(())
    }

    /// Reads these repositories for `me`, one after another.
    fn all(
        &mut self,
        store: &mut Store,
        in_memory: bool,
        (plan, me, which): (&Plan, &Me, &BTreeSet<usize>),
    ) -> Result<(), StoreError> {
        let mut shown = Instant::now();
        let of = which.len();
        for (position, which) in which.iter().enumerate() {
            let Some(target) = plan.targets.get(*which) else {
                continue;
            };
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            self.news.repository(position + 1, of);
            if self.one(store, target, (plan, me)) {
                self.over.walked.insert(*which);
            }
            if self.over.changed && shown.elapsed() > SHOW_EVERY {
                let image = in_memory.then(|| store.image()).transpose()?;
                self.jobs.send(Job::Scanned(Part::Stored(image))).ok();
                self.over.changed = false;
                shown = Instant::now();
            }
        }
        Ok(())
    }

    /// Reads one repository; what is wrong with it does not keep the others from being read.
    /// True when commits were walked.
    fn one(&mut self, store: &mut Store, target: &Target, (plan, me): (&Plan, &Me)) -> bool {
        let options = Options {
            // What the second look meets again was read by the first.
            full: plan.full && *me == plan.me,
            now_utc: plan.clock.now_utc(),
        };
        let target = sync::Target {
            place: &target.place,
            root: &target.root,
        };
        let news = &mut self.news;
        let outcome = sync::scan(
            store,
            &[target],
            me,
            &options,
            (self.stop, &mut |progress| news.progress(progress)),
        );
        match outcome {
            Ok(report) => {
                self.reported(&report);
                report.repos.iter().any(|repo| repo.commits_walked > 0)
            }
            Err(error) => {
                self.over.end.problems.push(label(&error.to_string()));
                false
            }
        }
    }

    fn reported(&mut self, report: &ScanReport) {
        for repo in &report.repos {
            self.news.before += repo.commits_added;
            self.over.end.added += repo.commits_added;
            self.over.changed |= repo.commits_added > 0 || repo.commits_walked > 0;
            self.over
                .end
                .problems
                .extend(repo.problem.iter().map(|why| label(why)));
        }
    }
}

fn label(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

/// What the footer hears of the scan.
struct News {
    out: Out,
    asked: bool,
    started: Instant,
    last: Option<Instant>,
    position: (usize, usize),
    /// Commits added by the repositories before this one.
    before: u64,
    told: bool,
}

impl News {
    fn new(out: Out, asked: bool) -> Self {
        Self {
            out,
            asked,
            started: Instant::now(),
            last: None,
            position: (0, 0),
            before: 0,
            told: asked,
        }
    }

    fn repository(&mut self, index: usize, of: usize) {
        self.position = (index, of);
    }

    fn progress(&mut self, progress: Progress) {
        let news = match progress {
            Progress::Repository { name, .. } => {
                let (index, of) = self.position;
                ScanNews::Repository { index, of, name }
            }
            Progress::Walked { commits, .. } => ScanNews::Walked(commits),
            Progress::Stored { added } => ScanNews::Added(self.before + added),
            Progress::Done { .. } => return,
        };
        if !self.asked && self.started.elapsed() < QUIET {
            return;
        }
        let counts = !matches!(news, ScanNews::Repository { .. });
        if counts && self.last.is_some_and(|at| at.elapsed() < NEWS_EVERY) {
            return;
        }
        if counts {
            self.last = Some(Instant::now());
        }
        self.told = true;
        self.out.say(Message::Scan(news));
    }
}
