//! What the record saw of the days, said in every draft that somebody may take for all of the work.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::days::Workdays;
use super::{Asked, Seen};
use crate::metrics;
use crate::model::dataset::Dataset;
use crate::model::material::Material;
use crate::model::task::When;
use crate::model::timeline::Point;
use crate::report::words;

/// Workdays with a commit, a move of a task or a review, of those that are over and lie inside the
/// record; the running day counts once it is seen.
pub(super) fn seen(asked: &Asked<'_>, material: &Material, data: &Dataset) -> Option<Seen> {
    let record = metrics::extent(data)?;
    let today = asked.calendar.today();
    let days = traces(material);
    let workdays = Workdays {
        calendar: asked.calendar,
        away: asked.away,
    };
    // What came after the last thing known was perhaps not read yet.
    let to = asked.range.to.min(today).min(record.to);
    let from = asked.range.from.max(record.from);
    let inside = from.iter_days().take_while(|day| *day <= to);
    let inside = inside.filter(|day| workdays.between(*day, *day) == 1);
    let (mut seen, mut of) = (0, 0);
    for day in inside {
        let is_seen = days.contains(&day);
        seen += u64::from(is_seen);
        of += u64::from(is_seen || day < today);
    }
    let who = if material.exports.is_empty() && material.tasks.is_empty() {
        "Git"
    } else {
        "Git and exports"
    };
    (of > 0).then(|| Seen {
        seen,
        of,
        words: words::unseen(who, seen, of),
    })
}

/// Days on which anything is known to have happened: commits, moves of tasks, pull requests,
/// reviews. What was only seen between two exports lies on no day.
fn traces(material: &Material) -> BTreeSet<NaiveDate> {
    let acts = material.commits.iter().filter(|one| one.is_act());
    let mut days: BTreeSet<NaiveDate> = acts.filter_map(|one| one.at.day()).collect();
    let reviews = material.given.iter().flat_map(|given| &given.review.times);
    days.extend(reviews.filter_map(|time| time.day()));
    for task in &material.tasks {
        let moves = task.moves.iter().filter(|one| one.until.is_none());
        days.extend(moves.filter_map(|one| one.at.day()));
        let timeline = &task.timeline;
        let points = [timeline.started, timeline.done, timeline.cancelled];
        let points = points.into_iter().flatten().filter_map(Point::known);
        days.extend(points.filter_map(When::day));
    }
    days
}
