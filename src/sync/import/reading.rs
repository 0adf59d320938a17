//! One reading of one file.

use std::collections::BTreeMap;

use crate::model::account::NameKind;
use crate::model::identity::Me;
use crate::model::task::{Fact, TaskFacts, When};
use crate::model::text::Clean;
use crate::sources::tasks::mine::{Judged, Owner, Tally, judge};
use crate::sources::tasks::{Context, Format, ImportError, Input, Item, Out, Person};
use crate::store::{
    Account, Evidence, Halted, ImportWriter, Imported, NewImport, Store, StoreError,
};

use super::people::{self, Candidates};
use super::report::{FileReport, UnknownWord};
use super::{ImportFailure, ImportOptions, Outcome, Progress};

/// Records between two reports of progress.
const STEP: u64 = 256;
/// Words without a stage that are told apart.
const WORDS: usize = 200;

/// What one file needs while it is read, and what was found.
pub(super) struct Reading<'a> {
    input: &'a Input,
    format: &'static Format,
    options: &'a ImportOptions<'a>,
    me: Me,
    /// The owner's names in this tracker, as the store knows them.
    accounts: Vec<Account>,
    /// The owner's names in this file.
    owner: Owner,
    tally: Tally,
    report: FileReport,
    unknown: BTreeMap<String, u64>,
    /// Clocks without a zone.
    walls: u64,
    /// Time entries, and all other records: tells a time tracker's export.
    entries: u64,
    others: u64,
    imported: Option<Imported>,
    /// Facts handed to the store.
    kept: u64,
    /// Everything belongs to the one person in it.
    alone: bool,
    question: Option<Outcome>,
    /// It is not read once more after this, whatever it teaches.
    last: bool,
}

/// How one reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// For good.
    Whole,
    /// It has to be read once more.
    Again,
}

/// Why a transaction is undone: a question is open, or the file cannot be taken.
enum Undo {
    Ask,
    /// More is known of who the owner is: it has to be read once more.
    Again,
    File(ImportError),
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        store: &Store,
        (path, input, format): (&str, &'a Input, &'static Format),
        options: &'a ImportOptions<'a>,
    ) -> Result<Self, StoreError> {
        let me = store.me()?;
        let accounts = store.accounts()?.into_iter();
        let accounts: Vec<Account> = accounts
            .filter(|account| account.source.as_str() == format.source)
            .collect();
        let owner = if options.all_mine {
            Owner::everybody()
        } else {
            let mut owner = Owner::new(options.mine);
            for account in &accounts {
                owner.add(account.kind, account.value.as_str());
            }
            for address in me.addresses() {
                owner.add(NameKind::Address, address.email());
            }
            owner
        };
        Ok(Self {
            input,
            format,
            options,
            me,
            accounts,
            owner,
            tally: Tally::default(),
            report: FileReport::new(path, format),
            unknown: BTreeMap::new(),
            walls: 0,
            entries: 0,
            others: 0,
            imported: None,
            kept: 0,
            alone: false,
            question: None,
            last: false,
        })
    }

    /// Reads the file into the store; [`Read::Again`] says that nothing was kept and it has to be
    /// read once more, with what was learned. A question that came up is left for [`Self::end`].
    pub(super) fn run(
        &mut self,
        store: &mut Store,
        progress: &mut Progress<'_>,
        last: bool,
    ) -> Result<Read, ImportFailure> {
        self.last = last;
        self.report = FileReport::new(&self.report.path, self.format);
        (self.tally, self.question, self.walls) = (Tally::default(), None, 0);
        (self.entries, self.others, self.unknown) = (0, 0, BTreeMap::new());
        self.kept = 0;
        let new = NewImport {
            format: self.format.id.to_owned(),
            source: self.format.source.to_owned(),
            name: self.input.name().clone(),
            digest: self.digest(),
            zone: self.options.zone.name().to_owned(),
            modified: self.options.modified,
        };
        let keep = self.options.keep;
        match store.import(&new, keep, |writer| self.feed(writer, progress))? {
            Ok(imported) => {
                self.imported = Some(imported);
                Ok(Read::Whole)
            }
            Err(Undo::Ask) => Ok(Read::Whole),
            Err(Undo::Again) => Ok(Read::Again),
            Err(Undo::File(error)) => Err(error.into()),
        }
    }

    /// What tells this file, read as this format, from every other. Another answer to a question
    /// makes it no other file: a new reading takes the place of the one before.
    fn digest(&self) -> [u8; 32] {
        self.input.digest_with(&[self.format.id])
    }

    fn feed(
        &mut self,
        writer: &mut ImportWriter<'_>,
        progress: &mut Progress<'_>,
    ) -> Result<(), Undo> {
        let (input, format, options) = (self.input, self.format, self.options);
        let context = Context {
            zone: options.zone,
            now: options.now,
            day_order: options.day_order,
            mapping: options.mapping,
        };
        let mut n = 0;
        let mut sink = |item: Item| {
            n += 1;
            if n % STEP == 0 {
                let (size, read) = input.progress();
                if !progress(read, size) {
                    return Err(ImportError::Stopped);
                }
            }
            // The store keeps the reason and ends the import with it.
            self.take(item, writer)
                .map_err(|Halted| ImportError::Stopped)
        };
        let mut out = Out::new(options.max_records, &mut sink);
        let read = (format.read)(input, &context, &mut out);
        let records = out.records();
        let (rejected, more, warnings) = out.finish();
        read.map_err(Undo::File)?;
        self.report.records = records;
        self.report.take(rejected, more, warnings);
        self.warn();
        writer.counts(
            records,
            self.report.mine,
            self.report.not_mine,
            self.report.rejected(),
        );
        self.question = self.ask();
        if !self.last && (self.take_the_only_person() || self.look_again()) {
            return Err(Undo::Again);
        }
        if self.question.is_some() || (self.kept == 0 && !writer.is_known()) {
            // Nothing is mine: an import that holds nothing is not worth a number.
            return Err(Undo::Ask);
        }
        Ok(())
    }

    fn take(&mut self, item: Item, writer: &mut ImportWriter<'_>) -> Result<(), Halted> {
        if !self.options.all_mine {
            self.tally.add(&item);
        }
        match &item {
            Item::Person(person) => {
                if self.owner.is(person) {
                    for (kind, name) in person.names() {
                        self.owner.add(kind, name);
                    }
                }
                return Ok(());
            }
            Item::Entry { .. } => self.entries += 1,
            Item::Task(_) => self.others += 1,
        }
        match judge(item, &self.owner, self.options.now.timestamp()) {
            Judged::Mine(fact) => self.mine(&fact, writer),
            Judged::Part(facts) => self.part(&facts, writer),
            Judged::OfTask(facts) | Judged::OfTaskOrGiven(facts, _)
                if writer.knows(&facts.aliases)? =>
            {
                self.mine(&Fact::Task(facts), writer)
            }
            Judged::OfTaskOrGiven(_, given) => self.part(&[Fact::Given(given)], writer),
            Judged::OfTask(_) => {
                self.report.not_mine += 1;
                self.report.of_unknown += 1;
                Ok(())
            }
            Judged::NotMine => {
                self.report.not_mine += 1;
                Ok(())
            }
        }
    }

    fn mine(&mut self, fact: &Fact, writer: &mut ImportWriter<'_>) -> Result<(), Halted> {
        self.report.mine += 1;
        self.kept += 1;
        self.look(fact);
        writer.put(fact)
    }

    /// What is mine of somebody else's record.
    fn part(&mut self, facts: &[Fact], writer: &mut ImportWriter<'_>) -> Result<(), Halted> {
        self.report.not_mine += 1;
        let reviewed = facts.iter().any(|fact| matches!(fact, Fact::Given(_)));
        self.report.reviews_given += u64::from(reviewed);
        for fact in facts {
            self.kept += 1;
            self.look(fact);
            writer.put(fact)?;
        }
        Ok(())
    }

    /// Notes what the summary says of the facts that are kept.
    fn look(&mut self, fact: &Fact) {
        match fact {
            Fact::Task(task) => self.look_at_task(task),
            Fact::Entry(entry) => {
                self.report.span(entry.entry.start);
                self.clock(entry.entry.start);
            }
            Fact::Given(given) => {
                for at in &given.times {
                    self.report.span(*at);
                }
            }
        }
    }

    fn look_at_task(&mut self, task: &TaskFacts) {
        let stage = self.options.words.stage(&task.status);
        self.report.coverage.add(task, stage, self.options.words);
        let moves = task.transitions.iter().map(|one| &one.to);
        for status in moves.chain([&task.status]) {
            let word = status.word.as_ref().map(Clean::as_str);
            let Some(word) = word.filter(|_| self.options.words.stage(status).is_none()) else {
                continue;
            };
            if let Some(n) = self.unknown.get_mut(word) {
                *n += 1;
            } else if self.unknown.len() < WORDS {
                self.unknown.insert(word.to_owned(), 1);
            }
        }
        let moves = task.transitions.iter().map(|one| Some(one.at));
        let own = [task.created, task.started, task.done].into_iter();
        for at in own.chain(moves).flatten() {
            self.report.span(at);
            self.clock(at);
        }
    }

    fn clock(&mut self, at: When) {
        self.walls += u64::from(matches!(at, When::Wall(_)));
    }

    /// What is worth saying of the file as a whole.
    fn warn(&mut self) {
        if let Some(name) = self.input.encoding() {
            self.report
                .warn(format!("is written in {name}: read as such"));
        }
        if let Some((_, why)) = self
            .format
            .caps
            .iter()
            .find(|(cap, _)| *cap == self.report.records)
        {
            self.report.warn(format!(
                "holds exactly {} records: {why}",
                self.report.records
            ));
        }
        if self.report.of_unknown > 0 {
            let n = self.report.of_unknown;
            self.report.warn(format!("{n} records belong to no task of yours that is known: import the tasks first, then this file again"));
        }
        if self.alone {
            let who = people::names(self.tally.people().into_iter());
            self.report
                .warn(format!("names one person only, {who}: taken as you"));
        }
        if self.walls > 0 {
            let zone = self.options.zone.name();
            self.report.warn(format!(
                "its times without a zone were read in {zone}: --tz names another one"
            ));
        }
        let known = self.options.mine.is_empty() && !self.accounts.is_empty();
        if known && self.report.mine == 0 && self.matched().is_empty() && !self.tally.is_empty() {
            let (mine, source) = (
                people::list(self.accounts.iter().map(|one| &one.value)),
                self.format.source,
            );
            let others = people::names(self.tally.people().into_iter());
            self.report.warn(format!(
                "names nobody who is you in {source} so far ({mine}): if you are one of {others}, say so with --mine"
            ));
        }
        let unknown = std::mem::take(&mut self.unknown).into_iter();
        let mut words: Vec<UnknownWord> =
            unknown.map(|(word, n)| UnknownWord { word, n }).collect();
        words.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.word.cmp(&b.word)));
        self.report.unknown_words = words;
    }

    /// The question that has to be answered before anything is kept.
    fn ask(&self) -> Option<Outcome> {
        let matched: Vec<&Person> = self.matched();
        let unclear = people::is_unclear(&matched, &self.owner);
        // Somebody confirmed before may well have nothing in this file; a name typed for it may not.
        let nobody = self.tally.is_empty();
        // Without anybody in it, a table of tasks says nothing of whose they are.
        let silent =
            nobody && self.report.mine == 0 && self.report.not_mine > self.report.of_unknown;
        let settled = self.options.all_mine
            || (nobody && !silent)
            || (!matched.is_empty() && !unclear)
            || (matched.is_empty() && !self.accounts.is_empty() && self.options.mine.is_empty());
        let alone = self.options.mine.is_empty() && self.is_of_one_person();
        if !settled && !alone {
            return Some(Outcome::WhoAmI(Candidates::default()));
        }
        if self.walls > 0 && !self.options.zone_known {
            return Some(Outcome::WhichZone);
        }
        None
    }

    fn matched(&self) -> Vec<&Person> {
        let people = self.tally.people().into_iter();
        people
            .map(|(person, _)| person)
            .filter(|person| self.owner.is(person))
            .collect()
    }

    /// Whether this is a time tracker's export with one person in it.
    fn is_of_one_person(&self) -> bool {
        self.others == 0 && self.entries > 0 && self.tally.people().len() == 1
    }

    /// Takes the only person of a time tracker's export as the owner; true when it has to be read
    /// again for that.
    fn take_the_only_person(&mut self) -> bool {
        let again = self.question.is_none()
            && self.report.mine == 0
            && self.options.mine.is_empty()
            && self.accounts.is_empty()
            && self.is_of_one_person();
        if again {
            let people = self.tally.people().into_iter();
            for (person, _) in people {
                for (kind, name) in person.names() {
                    self.owner.add(kind, name);
                }
            }
            self.alone = true;
        }
        again
    }

    /// Looks again at who the owner is, now that everybody in the file is known: what the same file
    /// calls the owner elsewhere is the owner (a worklog names its author by id alone), and who
    /// only shares the display name is not. True when it has to be read again for that.
    fn look_again(&mut self) -> bool {
        if self.options.all_mine || self.question.is_some() {
            return false;
        }
        let people = self.tally.people();
        let everybody: Vec<&Person> = people.iter().map(|(person, _)| *person).collect();
        let matched = self.matched();
        let mut owner = self.owner.clone();
        for (kind, name) in people::learned(&matched, &everybody, &self.owner) {
            owner.add(kind, &name);
        }
        let again = everybody
            .iter()
            .any(|person| owner.is(person) != self.owner.is(person));
        self.owner = owner;
        again
    }

    /// The outcome; names of the owner that the file taught are remembered.
    pub(super) fn end(mut self, store: &mut Store) -> Result<Outcome, ImportFailure> {
        match self.question.take() {
            Some(Outcome::WhoAmI(_)) => {
                let found = Candidates::new(&self.tally, self.format.source, &self.me, store)?;
                return Ok(Outcome::WhoAmI(found));
            }
            Some(question) => return Ok(question),
            None => {}
        }
        self.report.known_as = people::handiest(&self.matched());
        if self.options.keep && !self.options.all_mine {
            self.remember(store)?;
        }
        match &self.imported {
            Some(imported) => self.report.stored(imported, self.options.keep),
            None => self.report.empty(),
        }
        Ok(Outcome::Done(Box::new(self.report)))
    }

    fn remember(&self, store: &mut Store) -> Result<(), StoreError> {
        let source = self.format.source;
        let known = |name: &str| {
            let name = name.to_lowercase();
            self.accounts
                .iter()
                .any(|one| one.value.as_str().to_lowercase() == name)
        };
        let matched = self.matched();
        let said = people::said(&matched, self.options.mine);
        for value in said.iter().filter(|value| !known(value.as_str())) {
            store.add_account(source, value, Evidence::Typed)?;
        }
        let people = self.tally.people();
        let everybody: Vec<&Person> = people.iter().map(|(person, _)| *person).collect();
        for (kind, name) in people::learned(&matched, &everybody, &self.owner) {
            let value = Clean::label(name.as_bytes());
            // A name that was taken back comes again only when the owner types it.
            if !known(&name) && !store.is_refused_account(source, &value)? {
                let learned = (kind, &value, Evidence::Accepted);
                // It goes with the name that it stands beside when that is taken back.
                store.add_account_beside(source, learned, said.first())?;
            }
        }
        Ok(())
    }
}
