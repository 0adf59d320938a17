//! The thread that owns the store and the columns, and answers what the screen asks.
//!
//! One file a kind of ask. Nothing here draws, and nothing on the drawing thread reads the store.

mod ahead;
mod choices;
mod commit;
mod draft;
mod facts;
mod figures;
mod find;
mod goals;
mod items;
mod job;
mod log;
mod notes;
mod order;
mod people;
mod privacy;
mod queue;
mod remember;
mod repository;
mod rows;
mod scans;
mod share;
mod sought;
mod stays;
pub(super) mod still;
mod task;
mod tasks;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use super::clock::Clock;
use super::panics;
use super::scanner;
use super::{Seen, Start, Target as Repository};
use crate::app::message::Message;
use crate::app::view::Offline;
use crate::guard::outbox::Outbox;
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, HumanRule, Labels};
use crate::model::forms;
use crate::model::remembered::Remembered;
use crate::model::text::Clean;
use crate::report::draft::wording::Wording;
use crate::store::{Store, StoreError};
pub(super) use job::{Event, Job, Out, Wish};
use queue::{Next, Queue};
use scans::Scans;

/// What the worker is started with.
pub(super) struct Setting {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) calendar: Calendar,
    pub(super) targets: Arc<[Repository]>,
    pub(super) offline: Offline,
    pub(super) seen: Seen,
    pub(super) store_path: Clean,
    pub(super) roots: Option<PathBuf>,
    pub(super) human: HumanRule,
    pub(super) wording: Wording,
    pub(super) outbox: Option<Result<Outbox, Clean>>,
    pub(super) demo: bool,
}

impl Setting {
    /// What of `start` is the worker's, at this clock, reading these repositories.
    pub(super) fn of(start: Start, clock: Clock, targets: Arc<[Repository]>) -> Self {
        Self {
            store: start.store,
            clock,
            calendar: start.calendar,
            targets,
            offline: start.offline,
            seen: start.seen,
            store_path: start.store_path,
            roots: start.roots,
            human: start.human,
            wording: start.wording,
            outbox: start.outbox,
            demo: start.demo,
        }
    }
}

/// What is known, in memory.
pub(super) struct Known {
    pub(super) data: Dataset,
    pub(super) labels: Arc<Labels>,
    /// Grows with every reload, so that nothing is answered from an older one.
    pub(super) version: u64,
}

struct Worker {
    setting: Setting,
    known: Known,
    /// The generation of a sealed store that `known` was read from.
    seen: u64,
    lists: rows::Lists,
    tasks: tasks::Tasks,
    scans: Scans,
    /// The Privacy page as it was told last.
    told: Option<privacy::Told>,
    /// The share that was weighed last, until it is written.
    weighed: Option<share::Weighed>,
    /// How the dashboard was left, as the store has it.
    left: Remembered,
    /// What is left to make ready in a quiet moment.
    ahead: ahead::Ahead,
    /// Whether somebody asked since a quiet moment began.
    wanted: Arc<AtomicBool>,
    jobs: Sender<Job>,
    out: Out,
}

/// A running worker.
pub(super) struct Handle {
    jobs: Sender<Job>,
    wanted: Arc<AtomicBool>,
    scanning: Arc<scanner::Running>,
}

impl Handle {
    /// Tells the worker to do `job`.
    pub(super) fn tell(&self, job: Job) {
        // A worker that has ended has said why.
        self.jobs.send(job).ok();
        self.wanted.store(true, Relaxed);
    }

    /// Another way to the worker.
    pub(super) fn jobs(&self) -> Sender<Job> {
        self.jobs.clone()
    }

    /// Notes how the screen stands, and waits up to a second until that is done.
    pub(super) fn remember(&self, view: Remembered) {
        let (done, noted) = mpsc::channel();
        self.tell(Job::Remember(view, Some(done)));
        // Who is busy for longer has something to do that matters more.
        noted.recv_timeout(Duration::from_secs(1)).ok();
    }

    /// Stops a running scan and waits, up to a second, until its last batch is stored.
    pub(super) fn wind_up(&self) {
        self.scanning.stop_and_wait();
    }
}

/// Starts the worker. It reads the store first, says [`Message::Facts`] and then answers.
///
/// # Errors
/// When the system has no thread left.
pub(super) fn start(setting: Setting, out: Out) -> io::Result<Handle> {
    let (jobs, inbox) = mpsc::channel();
    let scanning = Arc::new(scanner::Running::default());
    let wanted = Arc::new(AtomicBool::new(false));
    let handle = Handle {
        jobs: jobs.clone(),
        wanted: Arc::clone(&wanted),
        scanning: Arc::clone(&scanning),
    };
    let forms = forms::chosen();
    let work = move || {
        let mut worker = Worker::new(setting, (scanning, wanted), (jobs, out));
        let ready = panics::guarded(|| worker.open());
        worker.report(ready);
        let mut queue = Queue::new(inbox);
        loop {
            // Before the wait: whoever asks from now on is either got by it or seen to be waiting.
            worker.wanted.store(false, Relaxed);
            match queue.next(worker.ahead.patience()) {
                Some(Next::Job(job)) => worker.carry_out(job),
                Some(Next::Quiet) => worker.look_ahead(),
                None => break,
            }
        }
    };
    // Sentences and rows are put into words there.
    thread::Builder::new()
        .name("worker".to_owned())
        .spawn(move || forms::during(forms, work))?;
    Ok(handle)
}

impl Worker {
    fn new(
        setting: Setting,
        (running, wanted): (Arc<scanner::Running>, Arc<AtomicBool>),
        (jobs, out): (Sender<Job>, Out),
    ) -> Self {
        Self {
            setting,
            known: Known {
                data: Dataset::default(),
                labels: Arc::default(),
                version: 0,
            },
            seen: 0,
            lists: rows::Lists::default(),
            tasks: tasks::Tasks::default(),
            scans: Scans::new(running),
            jobs,
            out,
            weighed: None,
            told: None,
            left: Remembered::default(),
            ahead: ahead::Ahead::default(),
            wanted,
        }
    }

    fn open(&mut self) -> Result<(), StoreError> {
        self.recall()?;
        self.reload()?;
        self.scans.fresh = self.unread_targets()?;
        let nobody = self.setting.store.me()?.is_empty();
        if nobody && !self.setting.targets.is_empty() {
            self.list_people();
        }
        // The first run asks before anything is kept.
        if !nobody && self.setting.store.file().is_none() && !self.setting.targets.is_empty() {
            self.out.say(Message::Looking);
            self.look_for_others(&people::Look::First)?;
        }
        Ok(())
    }

    /// Reads the columns anew and says what is known now.
    fn reload(&mut self) -> Result<(), StoreError> {
        let setting = &self.setting;
        let (mut data, labels) = setting.store.dataset(setting.clock.now_utc())?;
        setting.store.mark_human(&mut data, &setting.human)?;
        self.seen = setting.store.generation();
        self.known = Known {
            data,
            labels: Arc::new(labels),
            version: self.known.version + 1,
        };
        self.say_facts()
    }

    /// Does `job`. A panic in it ends the job, not the program: the next one finds the store and
    /// the columns as the last whole step left them.
    fn carry_out(&mut self, job: Job) {
        let ask = match &job {
            Job::Figures(ask) => Some(ask.id),
            Job::Rows(ask) => Some(ask.id),
            Job::Commit(ask) => Some(ask.id),
            Job::Task(ask) => Some(ask.id),
            Job::Repository(ask) => Some(ask.figures.id),
            Job::Draft(ask) => Some(ask.id),
            Job::Privacy(ask) => Some(ask.id),
            Job::Goals(ask) => Some(ask.id),
            _ => None,
        };
        let done = panics::guarded(|| self.perform(job));
        let Some(id) = ask else {
            // It may have changed what was made ready.
            self.ahead = ahead::Ahead::default();
            self.report(done);
            return;
        };
        if let Some(why) = trouble(done) {
            let why = Clean::label(why.as_bytes());
            self.out.say(Message::AskFailed { id, why });
        }
    }

    fn perform(&mut self, job: Job) -> Result<(), StoreError> {
        match job {
            Job::Figures(ask) => {
                let from = (&self.setting.store, &mut self.tasks);
                let view = figures::answer(from, &self.known, &ask)?;
                self.out.say(Message::Computed(view));
            }
            Job::Rows(ask) => {
                let from = (&self.setting.store, &mut self.tasks);
                let view = self.lists.answer(from, &self.known, &ask)?;
                self.out.say(Message::Rows(view));
            }
            Job::Commit(ask) => {
                let view = commit::answer(&self.setting.store, &self.known, ask)?;
                let view = view.map(|view| Message::Commit(Box::new(view)));
                self.found(ask.id, view, "commit");
            }
            Job::Task(ask) => {
                let view = self.task(&ask)?.map(|view| Message::Task(Box::new(view)));
                self.found(ask.id, view, "task");
            }
            Job::Repository(ask) => {
                let view = self.repository(&ask)?;
                let view = view.map(|view| Message::Repository(Box::new(view)));
                self.found(ask.figures.id, view, "repository");
            }
            Job::FindTasks(id, text) => {
                let hits = self.find_tasks(&text)?;
                self.out.say(Message::FoundTasks(id, hits));
            }
            Job::Draft(ask) => self.draft(&ask)?,
            Job::Privacy(ask) => self.privacy(ask)?,
            Job::SelfTest => self.self_test()?,
            Job::WouldForget(target) => self.would_forget(target),
            Job::Forget(target) => self.forget(target)?,
            Job::ShareLines(id, profile, window) => self.share_lines(id, profile, window)?,
            Job::ShareWeigh(ask) => self.share_weigh(&ask)?,
            Job::ShareWrite(id) => self.share_write(id),
            Job::Offer(name) => self.offer(name),
            Job::WriteFile { name, text } => self.write_file(&name, &text),
            Job::AddNote {
                about,
                text,
                impact,
            } => self.add_note(&about, &text, impact)?,
            Job::Goals(ask) => {
                let view = goals::answer(&self.setting.store, &self.known, &ask)?;
                self.out.say(Message::Goals(Box::new(view)));
            }
            Job::AddGoal(aim) => self.add_goal(&aim)?,
            Job::SetGoal(id, state) => self.set_goal(id, state)?,
            Job::RemoveNote(number) => self.remove_note(number)?,
            Job::Scan { full } => self.scan(scans::Cause::Asked { full })?,
            Job::RefsMoved(moved) => self.scan(scans::Cause::Noticed(moved))?,
            Job::StoreMoved => self.store_moved()?,
            Job::StopScan => self.scans.stop(),
            Job::Scanned(part) => self.scanned(part)?,
            Job::ThisIsMe(addresses) => self.this_is_me(addresses)?,
            Job::People => self.list_people(),
            Job::Proposals => self.look_for_others(&people::Look::All)?,
            Job::Answer { yes, no } => self.answered(yes, no)?,
            Job::Exclude(exclude) => self.exclude(exclude)?,
            Job::Correct(correct) => self.correct(*correct)?,
            Job::Find(text) => self.find(text)?,
            Job::Remember(view, end) => self.remember(view, end)?,
            Job::Keep { .. } | Job::Add(_) => self.leave_with(job)?,
        }
        Ok(())
    }

    /// Says what was opened, or that it left the store meanwhile.
    fn found(&self, id: u64, view: Option<Message>, what: &str) {
        let gone = || {
            let why = format!("this {what} is no longer stored; Esc goes back");
            let why = Clean::label(why.as_bytes());
            Message::AskFailed { id, why }
        };
        self.out.say(view.unwrap_or_else(gone));
    }

    fn report(&self, done: Result<Result<(), StoreError>, String>) {
        if let Some(why) = trouble(done) {
            self.out.failed(&why);
        }
    }
}

/// What went wrong, in words; `None` when nothing did.
fn trouble(done: Result<Result<(), StoreError>, String>) -> Option<String> {
    match done {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(place) => Some(internal(&place)),
    }
}

/// The words for a panic at `place`.
pub(super) fn internal(place: &str) -> String {
    format!("internal error at {place}; nothing stored is lost, please report this line")
}
