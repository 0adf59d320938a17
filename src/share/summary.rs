//! The one type that a file is written from. It cannot reach a row: bands, words, and nothing else.

use std::collections::BTreeSet;

use super::facts::{Fact, Facts};
use super::ledger::Given;
use super::line::LineId;
use super::own::{self, Concern, Known, OWN_CHARS, OWN_LINES};
use super::profile::Profile;
use super::window::Window;
use crate::model::text::Clean;

/// What a file says. At most ten fields, and a test of its bytes fails when one is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub(super) profile: Profile,
    pub(super) window: Window,
    pub(super) stories: Option<&'static str>,
    pub(super) bugs: Option<&'static str>,
    pub(super) tasks: Option<&'static str>,
    pub(super) cycle_time: Option<&'static str>,
    pub(super) reviews: Option<&'static str>,
    pub(super) outcomes: Vec<Clean>,
    pub(super) finished: Option<&'static str>,
    pub(super) own_words: Vec<Clean>,
}

/// Why no summary can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SummaryError {
    /// A chosen line belongs to the other profile.
    #[error("`{}` is no line of a {} summary", .0.title(), .1.as_str())]
    NotHere(LineId, Profile),
    /// Too many own lines.
    #[error("at most {OWN_LINES} lines of your own")]
    TooMany,
    /// An own line is empty, too long or of several lines.
    #[error("line {0} of your own must be one line of 1 to {OWN_CHARS} characters")]
    BadLine(usize),
    /// An own line has what a pooled summary must not have.
    #[error("line {number} of your own {}: whoever looks that up finds you", .concern.words())]
    Telling {
        /// Which line, from 1.
        number: usize,
        /// What it has.
        concern: Concern,
    },
}

impl Summary {
    /// What `chosen` lines say of `facts`, and the owner's own lines. A chosen line without data says
    /// nothing, like one that was not chosen.
    pub fn of(
        (profile, window): (Profile, Window),
        facts: &Facts,
        chosen: &BTreeSet<LineId>,
        (own, known): (&[Clean], &Known),
    ) -> Result<Self, SummaryError> {
        if let Some(line) = chosen.iter().find(|line| line.profile() != profile) {
            return Err(SummaryError::NotHere(*line, profile));
        }
        judge(profile, own, known)?;
        let word = |line: LineId| {
            let scale = line.scale().filter(|_| chosen.contains(&line))?;
            match facts.of(line) {
                Fact::Known(number) => Some(scale.word(scale.band(number))),
                Fact::Unknown(_) => None,
            }
        };
        let outcomes = (0_u8..).zip(&facts.outcomes);
        let reached = outcomes.filter(|(at, _)| chosen.contains(&LineId::Outcome(*at)));
        Ok(Self {
            profile,
            window,
            stories: word(LineId::Stories),
            bugs: word(LineId::Bugs),
            tasks: word(LineId::Tasks),
            cycle_time: word(LineId::CycleTime),
            reviews: word(LineId::Reviews),
            outcomes: reached.map(|(_, outcome)| outcome.clone()).collect(),
            finished: word(LineId::Finished),
            own_words: own.to_vec(),
        })
    }

    /// Its profile.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Its window.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.given().is_empty() && self.outcomes.is_empty() && self.own_words.is_empty()
    }

    /// The word of a banded line, where it says something.
    pub(super) fn word(&self, line: LineId) -> Option<&'static str> {
        match line {
            LineId::Stories => self.stories,
            LineId::Bugs => self.bugs,
            LineId::Tasks => self.tasks,
            LineId::CycleTime => self.cycle_time,
            LineId::Reviews => self.reviews,
            LineId::Finished => self.finished,
            LineId::Outcome(_) => None,
        }
    }

    /// The bands that it gives away: what the ledger keeps.
    pub fn given(&self) -> Vec<Given> {
        let given = |line: LineId| {
            let (scale, word) = (line.scale()?, self.word(line)?);
            Some(Given {
                line,
                band: scale.band_of(word)?,
            })
        };
        LineId::BANDED.into_iter().filter_map(given).collect()
    }
}

fn judge(profile: Profile, own: &[Clean], known: &Known) -> Result<(), SummaryError> {
    if own.len() > OWN_LINES {
        return Err(SummaryError::TooMany);
    }
    for (number, line) in (1..).zip(own) {
        let text = line.as_str();
        if text.trim().is_empty() || text.contains('\n') || text.chars().count() > OWN_CHARS {
            return Err(SummaryError::BadLine(number));
        }
        let concerns = own::concerns(line, known);
        if let Some(concern) = concerns.into_iter().find(|one| one.refuses(profile)) {
            return Err(SummaryError::Telling { number, concern });
        }
    }
    Ok(())
}
