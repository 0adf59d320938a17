//! What the made-up engineer wrote down: notes, events, outcomes and limits.

use chrono::{Days, NaiveDate};

use crate::model::away::EventKind;
use crate::model::goal::{Aim, Limit, Per};
use crate::model::note::NewNote;
use crate::model::period::Range;
use crate::model::text::Clean;

/// First and last day, counted back from today; what it is; the words; whether it mattered.
type Line = (u64, u64, Option<EventKind>, &'static str, bool);

const LINES: &[Line] = &[
    (114, 103, Some(EventKind::Leave), "", false),
    (
        52,
        52,
        Some(EventKind::Launch),
        "Berth search opens to guests",
        false,
    ),
    (131, 125, Some(EventKind::Oncall), "", false),
    (
        150,
        150,
        None,
        "Walked the port office through a booking, start to end. Half of what they print is the \
         manifest: that is why its import has to be right.",
        false,
    ),
    (
        96,
        96,
        None,
        "The retry queue held for six hours while the payment provider was down. No booking was lost.",
        true,
    ),
    (
        52,
        52,
        None,
        "Two harbours opened berth search on the first day; they had planned for the week after.",
        true,
    ),
    (
        33,
        33,
        None,
        "Paired with the new colleague on the tide model. She found the sign error in the residuals.",
        false,
    ),
    (
        128,
        128,
        None,
        "Queue alarm at 03:10: the disk of the exporter was full. Wrote the runbook page for it.",
        false,
    ),
    (
        5,
        5,
        None,
        "Agreed with the port office: closed piers come as a file, not by telephone.",
        false,
    ),
];

/// Notes and events of the year that ends on `today`.
pub fn notes(today: NaiveDate) -> Vec<NewNote> {
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let note = |(from, to, event, text, impact): &Line| NewNote {
        event: *event,
        days: Range::new(ago(*from), ago(*to)),
        text: Clean::note(text),
        impact: *impact,
        task: None,
        repo: None,
    };
    LINES.iter().map(note).collect()
}

/// What the engineer wants to reach, with whether it was; and their own upper limits.
pub fn goals() -> Vec<(Aim, bool)> {
    let outcome = |text: &str, done| (Aim::Outcome(Clean::note(text)), done);
    let limit = |metric: &str, most, per| {
        let metric = Clean::label(metric.as_bytes());
        (Aim::Limit(Limit { metric, most, per }), false)
    };
    vec![
        outcome("Guests can look for a berth themselves", true),
        outcome("Closed piers show in the booking within an hour", false),
        limit("after_hours_share", 0.1, Per::Month),
        limit("wip", 4.0, Per::Week),
    ]
}
