//! A task's story piece by piece: for a screen that lays it out itself. The words are those of the
//! text.

use super::events;
use super::spans;
use super::text::{self, Said};
use super::{TaskStory, Telling};
use crate::model::calendar::Calendar;
use crate::model::ids::Oid;
use crate::model::stage::Stage;
use crate::model::task::{Estimate, When};
use crate::model::timeline::{Point, Stages};
use crate::report::words;

/// The story in pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Where it stands and what it is, each in a few words.
    pub about: Vec<String>,
    /// Commits, due date, estimate and recorded time: a name and what is known.
    pub facts: Vec<(&'static str, String)>,
    /// Its way through the stages as far as it is known exactly, oldest first: the stage, seconds,
    /// and whether it lasts still.
    pub stays: Vec<(Option<Stage>, i64, bool)>,
    /// How long it took; empty where that is not known.
    pub took: String,
    /// Working, waiting and what is not told: a name, seconds, and of what that is made.
    pub sums: Vec<(&'static str, i64, String)>,
    /// What happened, oldest first.
    pub events: Vec<Happened>,
    /// What the record cannot say.
    pub unknown: Vec<&'static str>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// When; of something that two exports only narrow down, at the latest.
    pub at: When,
    /// In that case, when it had not happened yet.
    pub not_before: Option<When>,
    /// What, in a word.
    pub what: &'static str,
    /// More of it.
    pub text: String,
    /// The rule that links a commit; that it is the first sign of work.
    pub note: String,
    /// The commit that it was.
    pub oid: Option<Oid>,
}

/// The story of a task in pieces.
pub fn page(story: &TaskStory, telling: Telling<'_>, calendar: &Calendar) -> Page {
    let events = events::of(story);
    let spans = spans::of(story, telling);
    let mut stages = Stages::new(telling.words);
    let happened = events.iter().map(|event| {
        let Said { what, text, how } = text::said(event, &mut stages, true);
        let first = event.first_touch.then(|| "first sign of work".to_owned());
        let note: Vec<String> = [Some(how).filter(|how| !how.is_empty()), first]
            .into_iter()
            .flatten()
            .collect();
        Happened {
            at: event.at,
            not_before: event.not_before,
            what,
            text,
            note: note.join(", "),
            oid: event.oid(),
        }
    });
    let happened = happened.collect();
    let mut facts = vec![("Commits", text::linked(story))];
    facts.extend(due(story, calendar).map(|due| ("Due", due)));
    facts.extend(effort(story).map(|effort| ("Effort", effort)));
    if let Some((days, all)) = spans::commit_days(story, &events, telling) {
        facts.push(("Days", text::commit_days(days, all)));
    }
    Page {
        about: text::about(story),
        facts,
        stays: stays(story, telling),
        took: text::took(&spans),
        sums: text::summed(&spans),
        unknown: text::unknown(story, &spans),
        events: happened,
    }
}

/// The stays between two exact times, without the last one of a task that is closed.
fn stays(story: &TaskStory, telling: Telling<'_>) -> Vec<(Option<Stage>, i64, bool)> {
    let visits = &story.timeline.visits;
    let mut out = Vec::new();
    for (at, visit) in visits.iter().enumerate() {
        let Some(from) = visit.from.and_then(Point::known) else {
            continue;
        };
        let last = at + 1 == visits.len();
        if last && visit.stage.is_some_and(Stage::is_closed) {
            continue;
        }
        let to = match visit.to.and_then(Point::known) {
            Some(to) => to.order(),
            None if last => telling.now_utc,
            None => continue,
        };
        let seconds = to - from.order();
        if seconds >= 0 {
            out.push((visit.stage, seconds, last));
        }
    }
    out
}

/// `14 Aug, finished 2 days after it`
pub(super) fn due(story: &TaskStory, calendar: &Calendar) -> Option<String> {
    let today = calendar.today();
    let due = story.facts.due?.day()?;
    let said = words::weekday_and_day(due, today);
    let ended = story.timeline.done.or(story.timeline.cancelled);
    let closed = story.timeline.stage.is_some_and(Stage::is_closed);
    let end = match ended.and_then(|point| point.latest().day()) {
        Some(end) => end,
        None if closed => return Some(said),
        None => today,
    };
    let days = (end - due).num_days();
    let far = words::counted(days.unsigned_abs(), "day", "days");
    let how = match (closed, days) {
        (true, 0) => "ended on that day".to_owned(),
        (true, 1..) => format!("ended {far} after it"),
        (true, _) => format!("ended {far} before it"),
        (false, 0) => "that is today".to_owned(),
        (false, 1..) => format!("{far} ago"),
        (false, _) => format!("in {far}"),
    };
    Some(format!("{said}, {how}"))
}

/// `estimate 8h00, recorded 6h30 (81%)`
pub(super) fn effort(story: &TaskStory) -> Option<String> {
    let recorded = story.recorded.filter(|seconds| *seconds > 0);
    let time = |seconds: i64| words::value(seconds as f64, crate::model::figure::Unit::WorkTime);
    let estimate = story.facts.estimate.map(|estimate| match estimate {
        Estimate::Seconds(seconds) => time(seconds),
        Estimate::Points(thousandths) => {
            let points = thousandths as f64 / 1_000.0;
            let noun = if thousandths == 1_000 {
                "point"
            } else {
                "points"
            };
            format!("{} {noun}", words::short(points))
        }
    });
    match (estimate, recorded) {
        (None, None) => None,
        (Some(estimate), None) => Some(format!("estimate {estimate}, no time recorded")),
        (None, Some(recorded)) => Some(format!("recorded {}, no estimate", time(recorded))),
        (Some(estimate), Some(recorded)) => {
            let share = match story.facts.estimate {
                Some(Estimate::Seconds(seconds)) if seconds > 0 => {
                    format!(
                        ", {} of it",
                        words::percent(recorded as f64 / seconds as f64)
                    )
                }
                _ => String::new(),
            };
            Some(format!(
                "estimate {estimate}, recorded {}{share}",
                time(recorded)
            ))
        }
    }
}
