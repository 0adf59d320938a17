//! What earlier shares gave away, and when one more would tell a difference.

use super::line::LineId;
use super::profile::Profile;
use super::summary::Summary;
use super::window::Window;

/// A band that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Given {
    /// Of which line.
    pub line: LineId,
    /// Which band, from 0.
    pub band: u8,
}

/// An earlier share, as the ledger keeps it: no words, no bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its profile.
    pub profile: Profile,
    /// Its window.
    pub window: Window,
    /// Its bands.
    pub given: Vec<Given>,
}

/// Two shares that tell together what neither tells alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The windows of one figure overlap, so that one taken from the other is a window of its own.
    Windows(LineId, Window),
    /// One counts what the other counts a part of.
    Scopes(LineId, LineId, Window),
    /// The same line about the same window said another band: two versions tell what changed.
    Changed(LineId, Window),
}

impl Given {
    /// How the ledger writes it: `bugs:1`.
    pub fn to_text(self) -> String {
        format!("{}:{}", self.line.as_str(), self.band)
    }

    /// The band in a text of the ledger; `None` for what is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (line, band) = text.split_once(':')?;
        let line = LineId::parse(line)?;
        let band = band.parse().ok()?;
        let scale = line.scale()?;
        (usize::from(band) < scale.len()).then_some(Self { line, band })
    }
}

impl Conflict {
    /// What is said of it, and what would change it.
    pub fn words(self) -> String {
        match self {
            Self::Windows(line, window) => format!(
                "`{}` was given for {window} already, which overlaps this window: the two together \
                 tell about the days between. Leave the line out, or choose a window that does not \
                 overlap.",
                line.title()
            ),
            Self::Scopes(line, other, window) => format!(
                "`{}` was given for {window}, and `{}` counts some of the same: the two together tell \
                 the rest. Leave the line out, or choose another window.",
                other.title(),
                line.title()
            ),
            Self::Changed(line, window) => format!(
                "`{}` was given for {window} with another band: the two together tell what changed \
                 since. Leave the line out.",
                line.title()
            ),
        }
    }
}

/// What keeps `next` from being added to `past`; `None` when nothing does.
pub fn conflict(past: &[Past], next: &Summary) -> Option<Conflict> {
    let before = past.iter().filter(|one| one.window.overlaps(next.window()));
    let pairs = before.flat_map(|one| one.given.iter().map(|given| (one.window, *given)));
    let mine = next.given();
    pairs
        .flat_map(|pair| mine.iter().map(move |given| (pair, *given)))
        .find_map(|((window, before), now)| clash((window, before), (next.window(), now)))
}

fn clash((then, before): (Window, Given), (now, next): (Window, Given)) -> Option<Conflict> {
    if before.line != next.line {
        let shared = counts_the_same(before.line, next.line);
        return shared.then_some(Conflict::Scopes(next.line, before.line, then));
    }
    if then != now {
        return Some(Conflict::Windows(next.line, then));
    }
    (before.band != next.band).then_some(Conflict::Changed(next.line, then))
}

/// Whether two different lines count some of the same tasks.
fn counts_the_same(one: LineId, two: LineId) -> bool {
    let part = |line| matches!(line, LineId::Stories | LineId::Bugs | LineId::Tasks);
    let (total, part_of) = (LineId::Finished, [one, two]);
    part_of.contains(&total) && part_of.into_iter().any(part)
}
