//! One reading of one file.

use std::collections::BTreeMap;

use crate::model::task::{Fact, TaskFacts, When};
use crate::model::text::Clean;
use crate::sources::tasks::mine::Judged;
use crate::sources::tasks::{Context, Format, ImportError, Input, Item, Out};
use crate::store::{Halted, ImportWriter, Imported, NewImport, Store, StoreError};

use super::report::{FileReport, UnknownWord};
use super::who::{Found, Who};
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
    who: Who<'a>,
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
    question: Option<Question>,
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

/// What the owner has to say before anything is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    WhoAmI,
    WhichZone,
}

/// Why a transaction is undone.
enum Undo {
    /// A question is open.
    Ask,
    /// Nothing in it is mine: an import that holds nothing is not worth a number.
    Nothing,
    /// More is known of who the owner is: it has to be read once more.
    Again,
    /// The file cannot be taken.
    File(ImportError),
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        store: &Store,
        (path, input, format): (&str, &'a Input, &'static Format),
        options: &'a ImportOptions<'a>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            input,
            format,
            options,
            who: Who::new(store, format.source, options)?,
            report: FileReport::new(path, format),
            unknown: BTreeMap::new(),
            walls: 0,
            entries: 0,
            others: 0,
            imported: None,
            kept: 0,
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
        self.who.begin();
        (self.question, self.unknown) = (None, BTreeMap::new());
        (self.walls, self.entries, self.others, self.kept) = (0, 0, 0, 0);
        let new = NewImport {
            format: self.format.id.to_owned(),
            source: self.format.source.to_owned(),
            name: self.input.name().clone(),
            // Another answer to a question makes it no other file: a new reading takes the place of
            // the one before.
            digest: self.input.digest_with(&[self.format.id]),
            zone: self.options.zone.name().to_owned(),
            modified: self.options.modified,
        };
        let keep = self.options.keep;
        match store.import(&new, keep, |writer| self.feed(writer, progress))? {
            Ok(imported) => {
                self.imported = Some(imported);
                Ok(Read::Whole)
            }
            Err(Undo::Ask | Undo::Nothing) => Ok(Read::Whole),
            Err(Undo::Again) => Ok(Read::Again),
            Err(Undo::File(error)) => Err(error.into()),
        }
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
        if self.question.is_some() {
            return Err(Undo::Ask);
        }
        let found = self.found();
        if !self.last && (self.who.take_the_only_person(found) || self.who.look_again()) {
            return Err(Undo::Again);
        }
        if self.kept == 0 && !writer.is_known() {
            return Err(Undo::Nothing);
        }
        Ok(())
    }

    fn take(&mut self, item: Item, writer: &mut ImportWriter<'_>) -> Result<(), Halted> {
        self.who.meet(&item);
        match &item {
            Item::Person(_) => return Ok(()),
            Item::Entry { .. } => self.entries += 1,
            Item::Task(_) => self.others += 1,
        }
        match self.who.judge(item) {
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
        if self.walls > 0 {
            let zone = self.options.zone.name();
            self.report.warn(format!(
                "its times without a zone were read in {zone}: --tz names another one"
            ));
        }
        for note in self.who.notes(self.found()) {
            self.report.warn(note);
        }
        let unknown = std::mem::take(&mut self.unknown).into_iter();
        let mut words: Vec<UnknownWord> =
            unknown.map(|(word, n)| UnknownWord { word, n }).collect();
        words.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.word.cmp(&b.word)));
        self.report.unknown_words = words;
    }

    /// What tells whose the file is.
    fn found(&self) -> Found {
        Found {
            mine: self.report.mine,
            not_mine: self.report.not_mine - self.report.of_unknown,
            is_time_sheet: self.others == 0 && self.entries > 0,
        }
    }

    /// The question that has to be answered before anything is kept.
    fn ask(&self) -> Option<Question> {
        if self.who.is_open(self.found()) {
            return Some(Question::WhoAmI);
        }
        (self.walls > 0 && !self.options.zone_known).then_some(Question::WhichZone)
    }

    /// The outcome; names of the owner that the file taught are remembered.
    pub(super) fn end(mut self, store: &mut Store) -> Result<Outcome, ImportFailure> {
        match self.question {
            Some(Question::WhoAmI) => return Ok(Outcome::WhoAmI(self.who.candidates(store)?)),
            Some(Question::WhichZone) => return Ok(Outcome::WhichZone),
            None => {}
        }
        self.report.known_as = self.who.known_as();
        if self.options.keep {
            self.who.remember(store)?;
        }
        if let Some(imported) = &self.imported {
            self.report.stored(imported, self.options.keep);
            if imported.forgotten > 0 {
                self.report.warnings.push(format!(
                    "{} of yours were forgotten before, or are too old to be kept, and were left out; --again takes forgotten tasks again",
                    imported.forgotten
                ));
            }
        }
        Ok(Outcome::Done(Box::new(self.report)))
    }
}
