//! The lines a summary can be made of: a closed list. Each is off until its owner chooses it.

use super::band::{self, Scale};
use super::facts::{Fact, Facts};
use super::profile::Profile;
use crate::model::text::Clean;

/// One thing that a summary can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LineId {
    /// Stories and epics finished (handover).
    Stories,
    /// Bugs finished (handover).
    Bugs,
    /// Other tasks finished (handover).
    Tasks,
    /// How long half of the finished tasks took at most (handover).
    CycleTime,
    /// How often I reviewed the work of others (handover).
    Reviews,
    /// An outcome of my goals that was reached, by its place in [`Facts::outcomes`] (handover).
    Outcome(u8),
    /// Tasks of any kind finished (pooled).
    Finished,
}

/// A line as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub id: LineId,
    /// The exact words that the file would have; what the line is about where there is no data.
    pub text: Clean,
    /// Why it cannot say anything: choosing it then changes no byte of the file.
    pub why_not: Option<&'static str>,
}

impl LineId {
    /// Those with a band, in the order of the file.
    pub const BANDED: [Self; 6] = [
        Self::Stories,
        Self::Bugs,
        Self::Tasks,
        Self::CycleTime,
        Self::Reviews,
        Self::Finished,
    ];

    /// Its word in the ledger; outcomes are never in it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stories => "stories",
            Self::Bugs => "bugs",
            Self::Tasks => "tasks",
            Self::CycleTime => "cycle_time",
            Self::Reviews => "reviews",
            Self::Outcome(_) => "outcome",
            Self::Finished => "finished",
        }
    }

    /// The banded line of this word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        Self::BANDED.into_iter().find(|line| line.as_str() == word)
    }

    /// The profile it belongs to.
    pub fn profile(self) -> Profile {
        match self {
            Self::Finished => Profile::Pooled,
            _ => Profile::Handover,
        }
    }

    /// What the line is called in the file.
    pub fn title(self) -> &'static str {
        match self {
            Self::Stories => "Stories and epics finished",
            Self::Bugs => "Bugs finished",
            Self::Tasks => "Other tasks finished",
            Self::CycleTime => "Half of the finished tasks took",
            Self::Reviews => "Reviewed the work of others",
            Self::Outcome(_) => "Reached",
            Self::Finished => "Tasks finished",
        }
    }

    /// Which bands it uses; `None` for words.
    pub fn scale(self) -> Option<Scale> {
        match self {
            Self::Stories | Self::Bugs | Self::Tasks => Some(band::ITEMS),
            Self::CycleTime => Some(band::DURATION),
            Self::Reviews => Some(band::OFTEN),
            Self::Finished => Some(band::POOLED_ITEMS),
            Self::Outcome(_) => None,
        }
    }
}

/// Every line that a summary of `profile` could have, in the order of the file.
pub fn lines(profile: Profile, facts: &Facts) -> Vec<Line> {
    let banded = LineId::BANDED
        .into_iter()
        .filter(|id| id.profile() == profile);
    let mut out: Vec<Line> = banded.map(|id| offered(id, facts)).collect();
    if profile == Profile::Handover {
        let known = (0_u8..).zip(&facts.outcomes);
        out.extend(known.map(|(at, outcome)| Line {
            id: LineId::Outcome(at),
            text: Clean::note(&format!("{}: {outcome}", LineId::Outcome(at).title())),
            why_not: None,
        }));
    }
    out
}

fn offered(id: LineId, facts: &Facts) -> Line {
    let (words, why_not) = match facts.of(id) {
        Fact::Known(number) => (id.scale().map(|scale| scale.word(scale.band(number))), None),
        Fact::Unknown(why) => (None, Some(why)),
    };
    let text = match words {
        Some(words) => format!("{}: {words}", id.title()),
        None => id.title().to_owned(),
    };
    Line {
        id,
        text: Clean::label(text.as_bytes()),
        why_not,
    }
}
