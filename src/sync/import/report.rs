//! What an import did, in the form of the command line's JSON.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::coverage::Coverage;
use crate::model::task::When;
use crate::model::text::Clean;
use crate::sources::tasks::{Format, Rejected};
use crate::store::Imported;

use super::people::{Candidate, Candidates};

/// Formats of trackers that have an export with more in it.
const BETTER: [&str; 12] = [
    "jira-csv",
    "github-rest-json",
    "github-gh-json",
    "gitlab-csv",
    "azure-devops-csv",
    "asana-csv",
    "todoist-csv",
    "taskwarrior",
    "bugzilla-csv",
    "bugzilla-json",
    "phabricator-json",
    "org",
];

/// What an import did, file by file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportReport {
    /// One entry for each file, in the order they were named.
    pub files: Vec<FileReport>,
}

/// What an import did with one file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FileReport {
    /// The path the owner named it by; `-` for a pipe.
    pub path: String,
    /// The same path, safe to print.
    #[serde(skip)]
    pub shown: Clean,
    /// The format it was read as; `None` when it was not read.
    pub format: Option<&'static str>,
    /// What that format is called in a sentence.
    #[serde(skip)]
    pub label: &'static str,
    /// The tracker.
    pub source: Option<&'static str>,
    /// The number to undo it by; `None` when nothing was kept.
    pub import: Option<u64>,
    /// Records read, rejected ones too.
    pub records: u64,
    /// Of these, mine.
    pub mine: u64,
    /// What the owner is called in it; empty where the format is personal.
    pub known_as: Vec<Clean>,
    /// Of these, somebody else's: not kept.
    pub not_mine: u64,
    /// Pull requests of somebody else that I reviewed: of them key and my times are kept.
    pub reviews_given: u64,
    /// Tasks, pull requests, time entries and reviews that were not known before.
    pub added: u64,
    /// Known ones about which something changed.
    pub updated: u64,
    /// Known ones about which nothing did.
    pub unchanged: u64,
    /// Records that could not be taken, and why.
    pub rejected: Vec<Rejected>,
    /// Rejected ones beyond those listed.
    pub rejected_more: u64,
    /// What is worth knowing of the file as a whole.
    pub warnings: Vec<String>,
    /// Time entries of mine in it.
    pub entries: u64,
    /// Moves between states of my tasks in it.
    pub transitions: u64,
    /// The first and last civil day of my records.
    pub range: Option<(NaiveDate, NaiveDate)>,
    /// Which facts it gave.
    pub coverage: Coverage,
    /// What cannot be told from it, and why.
    pub missing: Vec<String>,
    /// Words for a state that no stage is known for, the most frequent first.
    pub unknown_words: Vec<UnknownWord>,
    /// Why nothing of it was imported; `None` when it was.
    pub problem: Option<String>,
    /// Who stands in it, when nobody of them is known to be the owner: shown, never kept.
    pub candidates: Vec<Candidate>,
    #[serde(skip)]
    unanswered: bool,
    #[serde(skip)]
    declined: bool,
    /// The whole file was known already, byte by byte.
    pub again: bool,
    /// Records that only add to tasks, of tasks that are not known.
    #[serde(skip)]
    pub of_unknown: u64,
}

/// A word that no stage is known for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownWord {
    /// As the tracker writes it.
    pub word: String,
    /// How often it stands in the file, moves included.
    pub n: u64,
}

impl FileReport {
    pub(super) fn new(path: &str, format: &'static Format) -> Self {
        Self {
            path: path.to_owned(),
            shown: Clean::label(path.as_bytes()),
            format: Some(format.id),
            label: format.label,
            source: Some(format.source),
            ..Self::default()
        }
    }

    /// The report of a file nothing was imported of.
    pub fn failed(path: &str, problem: String) -> Self {
        Self {
            path: path.to_owned(),
            shown: Clean::label(path.as_bytes()),
            problem: Some(problem),
            ..Self::default()
        }
    }

    /// The report of a file in which nobody is known to be the owner; `asked`: who was asked, and
    /// said that nobody is.
    pub fn nobody(path: &str, candidates: Candidates, asked: bool) -> Self {
        let asked = asked && !candidates.listed.is_empty();
        let problem = match (asked, candidates.listed.is_empty()) {
            (true, _) => "was skipped: nobody in it is you",
            (false, true) => {
                "names nobody its records belong to, so nothing can be told to be yours"
            }
            (false, false) => "holds nobody who is known to be you",
        };
        let problem = problem.to_owned();
        Self {
            declined: asked,
            candidates: candidates.listed,
            unanswered: !asked,
            ..Self::failed(path, problem)
        }
    }

    /// Whether it failed only because the owner has not said who they are in it.
    pub fn is_unanswered(&self) -> bool {
        self.unanswered
    }

    /// Whether the owner said that nobody in it is them: no failure.
    pub fn is_declined(&self) -> bool {
        self.declined
    }

    /// How many records were rejected.
    pub fn rejected(&self) -> u64 {
        self.rejected.len() as u64 + self.rejected_more
    }

    pub(super) fn warn(&mut self, text: String) {
        self.warnings.push(text);
    }

    pub(super) fn take(&mut self, rejected: Vec<Rejected>, more: u64, warnings: Vec<String>) {
        (self.rejected, self.rejected_more) = (rejected, more);
        let warnings = warnings.into_iter();
        self.warnings
            .extend(warnings.map(|text| Clean::note(&text).as_str().to_owned()));
    }

    /// Widens the range of days by `at`.
    pub(super) fn span(&mut self, at: When) {
        let Some(day) = at.day() else {
            return;
        };
        let (from, to) = self.range.unwrap_or((day, day));
        self.range = Some((from.min(day), to.max(day)));
    }

    pub(super) fn stored(&mut self, imported: &Imported, kept: bool) {
        self.import = kept.then_some(imported.id);
        self.again = imported.again;
        (self.added, self.updated) = (imported.added, imported.updated);
        self.unchanged = imported.unchanged;
        (self.entries, self.transitions) = (imported.entries, imported.transitions);
        let better = self
            .format
            .filter(|id| BETTER.contains(id))
            .and(self.source);
        self.missing = self.coverage.missing(better);
    }
}
