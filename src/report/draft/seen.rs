//! What the record saw of the days, said in every draft that somebody may take for all of the work.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::days::Workdays;
use super::items::Items;
use super::{Asked, Seen};
use crate::metrics;
use crate::model::dataset::{Dataset, flag};
use crate::model::material::Material;
use crate::report::words;

/// Workdays with a commit, a move of a task or a review, of those that are over and lie inside the
/// record; the running day counts once it is seen.
pub(super) fn seen(
    asked: &Asked<'_>,
    material: &Material,
    items: &mut Items,
    data: &Dataset,
) -> Option<Seen> {
    let record = metrics::extent(data)?;
    let today = asked.calendar.today();
    let days = traces(material, items);
    let workdays = Workdays {
        calendar: asked.calendar,
        away: asked.away,
    };
    let (from, to) = (asked.range.from.max(record.from), asked.range.to.min(today));
    let inside = from.iter_days().take_while(|day| *day <= to);
    let inside = inside.filter(|day| workdays.between(*day, *day) == 1);
    let (mut seen, mut of) = (0, 0);
    for day in inside {
        let is_seen = days.contains(&day);
        seen += u64::from(is_seen);
        of += u64::from(is_seen || day < today);
    }
    Some(Seen {
        seen,
        of,
        words: words::unseen("Git and exports", seen, of),
    })
}

/// Days on which anything is known to have happened.
fn traces(material: &Material, items: &mut Items) -> BTreeSet<NaiveDate> {
    let acts = material.commits.iter();
    let acts = acts.filter(|one| one.flags & flag::SQUASH == 0);
    let mut days: BTreeSet<NaiveDate> = acts.filter_map(|one| one.at.day()).collect();
    let reviews = material.given.iter().flat_map(|given| &given.times);
    days.extend(reviews.filter_map(|time| time.day()));
    for list in items.lists() {
        let exact = list.iter().filter(|item| !item.by_then);
        days.extend(exact.filter_map(|item| item.day));
    }
    days
}
