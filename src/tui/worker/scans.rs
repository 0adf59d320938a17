//! When a scan starts, what waits until it is over, and what its end changes.

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::people::Look;
use super::{Event, Job, Out, Wish, Worker};
use crate::app::message::{Message, ScanEnd, ScanNews};
use crate::model::identity::Address;
use crate::model::text::Clean;
use crate::store::{Evidence, Store, StoreError};
use crate::tui::scanner::{self, Over, Part, Plan, Running, Source};

/// Why a scan is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The owner asked for it and waits for its end.
    Asked {
        /// Read everything again.
        full: bool,
    },
    /// The refs of these targets moved: quiet, unless it takes long or brings something.
    Noticed(BTreeSet<usize>),
}

/// The scan that runs, and what waits for its end.
pub(super) struct Scans {
    running: Arc<Running>,
    active: bool,
    moved: BTreeSet<usize>,
    /// A scan's news were looked through for others who could be me.
    looked: bool,
    /// Targets that no scan had read at the start: their authors are new.
    pub(super) fresh: BTreeSet<usize>,
    /// Deeds that change what the scan rests on.
    then: Vec<Job>,
    last_end: Option<DateTime<Utc>>,
}

impl Scans {
    /// No scan yet.
    pub(super) fn new(running: Arc<Running>) -> Self {
        Self {
            running,
            active: false,
            moved: BTreeSet::new(),
            looked: false,
            fresh: BTreeSet::new(),
            then: Vec::new(),
            last_end: None,
        }
    }

    /// Ends the running scan at its next whole commit.
    pub(super) fn stop(&self) {
        self.running.stop();
    }

    /// When the last scan of this session ended.
    pub(super) fn last_end(&self) -> Option<DateTime<Utc>> {
        self.last_end
    }

    /// Puts `job` off until the running scan is over, which is told to hurry; hands it back
    /// when none runs.
    fn put_off(&mut self, job: Job) -> Option<Job> {
        if !self.active {
            return Some(job);
        }
        self.stop();
        self.then.push(job);
        None
    }
}

impl Worker {
    /// Starts a scan, or notes it for when the running one is over.
    pub(super) fn scan(&mut self, cause: Cause) -> Result<(), StoreError> {
        if self.scans.active {
            match cause {
                Cause::Noticed(moved) => self.scans.moved.extend(moved),
                // The screen asks for one at a time.
                Cause::Asked { .. } => {}
            }
            return Ok(());
        }
        let me = self.setting.store.me()?;
        if me.is_empty() || self.setting.targets.is_empty() {
            if let Cause::Asked { .. } = cause {
                let why: &[u8] = if me.is_empty() {
                    b"nobody is \"me\" yet: choose your addresses, or use `inward me add`"
                } else {
                    b"no repository is registered: add one with `inward add`"
                };
                self.finished(ScanEnd {
                    problems: vec![Clean::label(why)],
                    ..ScanEnd::default()
                });
            }
            return Ok(());
        }
        let source = match self.setting.store.door() {
            Some(door) => Source::Kept(door),
            None => Source::Image(self.setting.store.image()?),
        };
        let all = 0..self.setting.targets.len();
        let (which, asked, full) = match cause {
            Cause::Asked { full } => (all.collect(), true, full),
            Cause::Noticed(moved) => (moved, false, false),
        };
        let plan = Plan {
            source,
            targets: Arc::clone(&self.setting.targets),
            which,
            me,
            full,
            asked,
            clock: self.setting.clock,
            rules: self.setting.store.rules(),
        };
        self.scans.active = true;
        let started = scanner::start(
            plan,
            self.jobs.clone(),
            self.out.clone(),
            &self.scans.running,
        );
        if let Err(error) = started {
            self.scans.active = false;
            self.out
                .failed(&format!("the scan could not start: {error}; try again"));
        }
        Ok(())
    }

    /// Takes in what the scanning thread has to say.
    pub(super) fn scanned(&mut self, part: Part) -> Result<(), StoreError> {
        match part {
            Part::Stored(image) => self.take_in(image),
            Part::Over(over) => self.over(*over),
        }
    }

    fn take_in(&mut self, image: Option<Vec<u8>>) -> Result<(), StoreError> {
        if let Some(image) = image {
            let rules = self.setting.store.rules();
            self.setting.store = Store::from_image(&image, self.setting.clock.now_utc())?;
            self.setting.store.set_rules(rules)?;
        }
        self.setting.store.refresh()?;
        self.reload()
    }

    /// The sealed store on the disk may be newer than what is shown.
    pub(super) fn store_moved(&mut self) -> Result<(), StoreError> {
        self.setting.store.refresh()?;
        if self.setting.store.generation() == self.seen {
            return Ok(());
        }
        self.reload()
    }

    fn over(&mut self, over: Over) -> Result<(), StoreError> {
        self.scans.active = false;
        self.scans.last_end = Some(self.setting.clock.now());
        // Another process may have stored what this scan then found nothing new in.
        let known = u64::try_from(self.known.data.len()).ok();
        self.setting.store.refresh()?;
        let changed = over.changed || self.setting.store.commit_count().ok() != known;
        let walked = over.walked;
        let taken = if changed {
            self.take_in(over.image)
        } else {
            self.say_facts()
        };
        if over.say {
            self.finished(over.end);
        }
        taken?;
        self.look_at_news(walked)?;
        for job in mem::take(&mut self.scans.then) {
            self.perform(job)?;
        }
        let moved = mem::take(&mut self.scans.moved);
        if moved.is_empty() {
            return Ok(());
        }
        self.scan(Cause::Noticed(moved))
    }

    /// Looks, once a session, whether what a scan walked shows others who could be me.
    fn look_at_news(&mut self, walked: BTreeSet<usize>) -> Result<(), StoreError> {
        // The first run has looked at all there is.
        let kept = self.setting.store.file().is_some();
        if !kept || walked.is_empty() || mem::replace(&mut self.scans.looked, true) {
            return Ok(());
        }
        self.look_for_others(&Look::News(walked))
    }

    fn finished(&self, end: ScanEnd) {
        self.out
            .say(Message::Scan(ScanNews::Finished(Box::new(end))));
    }

    /// The owner typed the sentence: the addresses are theirs, and their commits are read.
    pub(super) fn this_is_me(&mut self, addresses: Vec<Address>) -> Result<(), StoreError> {
        let Some(Job::ThisIsMe(addresses)) = self.scans.put_off(Job::ThisIsMe(addresses)) else {
            return Ok(());
        };
        for address in &addresses {
            self.setting.store.add_address(address, Evidence::Typed)?;
        }
        self.say_facts()?;
        self.scan(Cause::Asked { full: false })
    }

    /// The owner said which of those proposed they are, and which not: a yes is read now.
    pub(super) fn answered(
        &mut self,
        yes: Vec<Address>,
        no: Vec<Address>,
    ) -> Result<(), StoreError> {
        let Some(Job::Answer { yes, no }) = self.scans.put_off(Job::Answer { yes, no }) else {
            return Ok(());
        };
        for address in &no {
            self.setting.store.refuse(address)?;
        }
        for address in &yes {
            self.setting
                .store
                .add_address(address, Evidence::Accepted)?;
        }
        self.say_facts()?;
        if yes.is_empty() {
            return Ok(());
        }
        self.scan(Cause::Asked { full: false })
    }

    /// Keeping, or adding a path, takes a fresh start: this process may not reach the folder.
    pub(super) fn leave_with(&mut self, job: Job) -> Result<(), StoreError> {
        let Some(job) = self.scans.put_off(job) else {
            return Ok(());
        };
        if let Job::Keep { reflog, measure } = job
            && self.setting.store.file().is_none()
        {
            // The answer travels in the image: the next start reads by it.
            self.setting.store.set_reflog_consent(reflog)?;
            self.setting.store.set_measure(measure)?;
        }
        let image = match self.setting.store.file() {
            Some(_) => None,
            None => Some(self.setting.store.image()?),
        };
        match (job, image) {
            (Job::Add(path), image) => self.out.leave(Wish::Add(path, image)),
            (_, Some(image)) => self.out.leave(Wish::Keep(image)),
            (_, None) => self.out.say(Message::Done(Clean::label(
                b"everything that was read is kept already",
            ))),
        }
        Ok(())
    }
}

impl Out {
    fn leave(&self, wish: Wish) {
        self.send(Event::Leave(wish));
    }
}
