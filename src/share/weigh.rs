//! How many people in the owner's clones could have written the same files: this one and all before.

use std::collections::HashMap;

use super::band::POOLED_ITEMS;
use super::ledger::{self, Conflict, Past};
use super::line::LineId;
use super::profile::Profile;
use super::summary::Summary;
use super::window::Window;
use crate::model::period::Range;
use crate::model::population::Population;

/// No group may be smaller.
pub const LEAST: u64 = 5;

/// What a share gives away, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// People who were active in the clones in every window of the pooled shares, this one included.
    /// 0 for handover, whose reader knows the author.
    pub people: u64,
    /// The size of the smallest group of them that gives the same set of files, whoever the owner is:
    /// at most so many look-alikes. 0 for handover.
    pub look_alikes: u64,
    /// Whether it may be written.
    pub verdict: Verdict,
}

/// Whether a share may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Accepted,
    /// Some group is too small with the band, and would be large enough without it.
    RefusedBand,
    /// Too few people were active in all of these windows, whatever the file says.
    RefusedCrowd,
    /// Together with an earlier share it tells a difference.
    RefusedDifference(Conflict),
    /// The clones were not counted for all of these windows.
    NotCounted,
}

impl Verdict {
    /// Whether the file may be written.
    pub fn is_accepted(&self) -> bool {
        *self == Self::Accepted
    }
}

/// The windows for which the clones have to be counted before a pooled share about `window`.
pub fn windows(past: &[Past], window: Window) -> Vec<Range> {
    let mut out: Vec<Window> = pooled(past).map(|one| one.window).collect();
    out.push(window);
    out.sort_unstable();
    out.dedup();
    out.into_iter().map(Window::range).collect()
}

fn pooled(past: &[Past]) -> impl Iterator<Item = &Past> {
    past.iter().filter(|one| one.profile == Profile::Pooled)
}

/// What `next` gives away together with all of `past`. Nothing here looks at which of `people` the
/// owner is: the answer is the same for everybody, so that the answer tells nothing.
pub fn weigh(people: &Population, past: &[Past], next: &Summary) -> Weight {
    if let Some(conflict) = ledger::conflict(past, next) {
        return refused(Verdict::RefusedDifference(conflict));
    }
    if next.profile() == Profile::Handover {
        return refused(Verdict::Accepted);
    }
    let asked = windows(past, next.window());
    let Some(counts) = people.counts(&asked) else {
        return refused(Verdict::NotCounted);
    };
    let active: Vec<Vec<u32>> = counts.into_iter().filter(|one| !one.contains(&0)).collect();
    let before: Vec<Range> = banded(past);
    let mut all = before.clone();
    if next.word(LineId::Finished).is_some() {
        all.push(next.window().range());
        all.sort_unstable_by_key(|range| range.from);
        all.dedup();
    }
    let place = |range: &Range| asked.iter().position(|one| one == range);
    let smallest = |with: &[Range]| {
        let places: Vec<usize> = with.iter().filter_map(place).collect();
        smallest_group(&active, &places)
    };
    let look_alikes = smallest(&all);
    let verdict = if look_alikes >= LEAST {
        Verdict::Accepted
    } else if all.len() > before.len() && smallest(&before) >= LEAST {
        Verdict::RefusedBand
    } else {
        Verdict::RefusedCrowd
    };
    Weight {
        people: active.len() as u64,
        look_alikes,
        verdict,
    }
}

fn refused(verdict: Verdict) -> Weight {
    Weight {
        people: 0,
        look_alikes: 0,
        verdict,
    }
}

/// The windows of which the pooled band was given before, each once.
fn banded(past: &[Past]) -> Vec<Range> {
    let given =
        pooled(past).filter(|one| one.given.iter().any(|given| given.line == LineId::Finished));
    let mut out: Vec<Range> = given.map(|one| one.window.range()).collect();
    out.sort_unstable_by_key(|range| range.from);
    out.dedup();
    out
}

/// The smallest group of people who fall into the same bands at all of `places`.
///
/// Nobody's tasks are known here, only their changes, so their bands stand in. As tasks may be spread
/// otherwise, no more is claimed than an even spread over all groups would leave.
fn smallest_group(active: &[Vec<u32>], places: &[usize]) -> u64 {
    let mut groups: HashMap<Vec<u8>, u64> = HashMap::new();
    for counts in active {
        let band = |at: &usize| {
            counts
                .get(*at)
                .map_or(0, |n| POOLED_ITEMS.band(u64::from(*n)))
        };
        *groups.entry(places.iter().map(band).collect()).or_default() += 1;
    }
    let least = groups.into_values().min().unwrap_or_default();
    let bands = POOLED_ITEMS.len() as u64;
    let even = (0..places.len()).fold(active.len() as u64, |left, _| left / bands);
    least.min(even)
}

impl Weight {
    /// What it gives away, in words for the screen; where it is refused, what would change that.
    /// Empty for a handover that is accepted: its reader knows whose it is.
    pub fn sentence(&self) -> String {
        let crowd = format!(
            "At most {} look-alikes in the clones you have: {} people were active in them in every \
             window of your pooled summaries, and the smallest group that would give the same files as \
             this one and all before has {}. Counted in memory just now, from commits alone; nothing of \
             it was kept. Whoever knows more than these clones finds fewer.",
            self.look_alikes, self.people, self.look_alikes
        );
        match &self.verdict {
            Verdict::Accepted if self.people == 0 => String::new(),
            Verdict::Accepted => crowd,
            Verdict::RefusedBand => format!(
                "{crowd} That is fewer than {LEAST}, so this is not written. Leave the band out: your own \
                 words alone leave a larger group."
            ),
            Verdict::RefusedCrowd => format!(
                "{crowd} That is fewer than {LEAST}, so this is not written. It would change with clones \
                 of repositories in which more people work (`inward add`), or, where this is your first, \
                 with another quarter. To somebody who may know that it is from you, use the profile `handover`."
            ),
            Verdict::RefusedDifference(conflict) => {
                format!("{} This is not written.", conflict.words())
            }
            Verdict::NotCounted => {
                "Nobody was counted in these windows, so this is not written.".to_owned()
            }
        }
    }
}
