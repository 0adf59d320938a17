//! What a scan did, in the form of the command line's JSON.

use std::path::PathBuf;

use serde::Serialize;

use crate::model::place::Place;
use crate::model::text::Clean;
use crate::store::{Counts, FateCounts};

/// What a scan did, repository by repository.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ScanReport {
    /// One entry for each repository asked for, in that order.
    pub repos: Vec<RepoReport>,
    /// How long all of it took.
    pub seconds: f64,
    /// The owner stopped it; the next scan goes on from there.
    #[serde(skip)]
    pub stopped: bool,
}

impl ScanReport {
    /// Commits stored that were not there before.
    pub fn added(&self) -> u64 {
        self.repos.iter().map(|repo| repo.commits_added).sum()
    }

    /// Whether a repository could not be read as a whole.
    pub fn failed(&self) -> bool {
        self.repos.iter().any(|repo| repo.problem.is_some())
    }
}

/// What a scan did in one repository. The first three counts are of this walk (0 when nothing
/// moved since the last one), the next three of all that the store now holds of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RepoReport {
    /// The path the owner knows it by; what is not UTF-8 in it is replaced.
    pub path: String,
    /// The same path, safe to print.
    #[serde(skip)]
    pub shown: Clean,
    /// Its common folder, which tells it from every other.
    #[serde(skip)]
    pub common_dir: PathBuf,
    /// Commits looked at.
    pub commits_walked: u64,
    /// Of these, mine.
    pub commits_mine: u64,
    /// Of these, stored for the first time.
    pub commits_added: u64,
    /// Stored commits that another one stands for.
    pub twins: u64,
    /// Stored commits whose clock is not believed.
    pub undated: u64,
    /// Stored commits whose lines could not be read.
    pub lines_unknown: u64,
    /// How long it took.
    pub seconds: f64,
    /// Why it could not be read as a whole.
    pub problem: Option<String>,
    /// What was read with a reservation.
    pub warnings: Vec<String>,
    /// What became of the lines of its commits, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<LinesReport>,
}

/// What a pass over lines found in one repository. The first three counts are of this pass (0 when
/// nothing moved since the last one), the next five of all that the store now holds of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinesReport {
    /// Commits of the default branch, whoever wrote them.
    pub commits_walked: u64,
    /// Mine among them whose lines could not be known.
    pub commits_unknown: u64,
    /// Lines of the others that got lost on the way, counted nowhere.
    pub lines_lost: u64,
    /// Commits of mine whose lines were followed.
    pub commits: u64,
    /// Lines that they brought.
    pub born: u64,
    /// Of these, still there.
    pub alive: u64,
    /// Of these, removed by commits of mine.
    pub died_by_me: u64,
    /// Of these, removed by others' commits.
    pub died_by_others: u64,
    /// How long it took.
    pub seconds: f64,
}

impl LinesReport {
    /// Takes over what the store holds.
    pub(super) fn count(&mut self, counts: &FateCounts) {
        self.commits = counts.commits;
        self.born = counts.born;
        self.alive = counts.alive();
        self.died_by_me = counts.died_by_me;
        self.died_by_others = counts.died_by_others;
    }
}

impl RepoReport {
    /// The report of a repository nothing was read of yet.
    pub(super) fn new(place: &Place) -> Self {
        Self {
            path: place.path.to_string_lossy().into_owned(),
            shown: Clean::label(place.path.as_os_str().as_encoded_bytes()),
            common_dir: place.common_dir.clone(),
            ..Self::default()
        }
    }

    /// Takes over what another look in the same scan found: the last whole walk counts, but what
    /// it added comes on top.
    pub(super) fn join(&mut self, other: Self) {
        if other.commits_walked >= self.commits_walked {
            self.commits_walked = other.commits_walked;
            self.commits_mine = other.commits_mine;
            self.warnings = other.warnings;
        }
        self.commits_added += other.commits_added;
        self.seconds += other.seconds;
        self.problem = other.problem;
        (self.twins, self.undated) = (other.twins, other.undated);
        self.lines_unknown = other.lines_unknown;
    }

    /// Takes over what the store holds.
    pub(super) fn count(&mut self, counts: Counts) {
        self.twins = counts.twins;
        self.undated = counts.undated;
        self.lines_unknown = counts.lines_unknown;
    }
}
