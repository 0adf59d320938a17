//! What the owner sets for themselves: outcomes, and upper limits. Never a floor on activity.

use super::period::Bucket;
use super::text::Clean;

/// A goal as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// Its number, never given twice.
    pub id: u64,
    /// What it aims at.
    pub aim: Aim,
    /// Where it stands.
    pub state: State,
    /// The day it was set, days from 1970-01-01.
    pub opened: i32,
    /// The day it was done or dropped.
    pub closed: Option<i32>,
    /// What belongs to it.
    pub links: Vec<GoalLink>,
}

/// What a goal aims at.
#[derive(Clone, Debug, PartialEq)]
pub enum Aim {
    /// A result, as a sentence.
    Outcome(Clean),
    /// A metric that is to stay at or below a value.
    Limit(Limit),
}

/// An upper limit on a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The metric's id.
    pub metric: Clean,
    /// The most it is to be: a share from 0 to 1, seconds, or a count.
    pub most: f64,
    /// Over which stretch of time.
    pub per: Per,
}

/// A stretch of time that a limit is about. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Per {
    /// A civil day.
    Day = 1,
    /// A week.
    Week = 2,
    /// A calendar month.
    Month = 3,
}

impl Per {
    /// Every one, by number.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The same as a way to cut a range.
    pub fn bucket(self) -> Bucket {
        match self {
            Self::Day => Bucket::Day,
            Self::Week => Bucket::Week,
            Self::Month => Bucket::Month,
        }
    }

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// Where a goal stands. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// It holds.
    Open = 0,
    /// It was reached.
    Done = 1,
    /// It was given up.
    Dropped = 2,
}

impl State {
    /// Every one, by number.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Dropped];

    /// Its name in text and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// What belongs to an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalLink {
    /// A task by its key; `None` while no import shows it.
    Task(Option<Clean>),
    /// A note by its number.
    Note(u64),
}

/// What a metric's values are, as far as a limit has to be read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// From 0 to 1.
    Share,
    /// A length of time.
    Seconds,
    /// A number of things.
    Count,
}

/// The metrics for which an upper limit makes sense: load, waiting and pace. One on finished work or
/// on rest would be a floor in disguise, and one on commits or lines says nothing.
pub const LIMITS: &[(&str, Measure)] = &[
    ("wip", Measure::Count),
    ("work_item_age", Measure::Seconds),
    ("cycle_time", Measure::Seconds),
    ("lead_time", Measure::Seconds),
    ("change_cycle_time", Measure::Seconds),
    ("review_received", Measure::Seconds),
    ("review_given", Measure::Seconds),
    ("after_hours_share", Measure::Share),
    ("weekend_share", Measure::Share),
    ("late_runs", Measure::Count),
    ("active_days", Measure::Count),
    ("sessions", Measure::Seconds),
    ("estimated_hours", Measure::Seconds),
    ("recorded_time", Measure::Seconds),
    ("context_switches", Measure::Count),
    ("change_size", Measure::Count),
    ("rework", Measure::Share),
    ("assisted_share", Measure::Share),
];

/// What the values of a metric are that can have a limit; `None` for any other.
pub fn measure(metric: &str) -> Option<Measure> {
    let found = LIMITS.iter().find(|(id, _)| *id == metric);
    found.map(|(_, measure)| *measure)
}

impl Measure {
    /// The value in `text`: `20%` or `0.2`, `3d`, `1d12h`, `4h30m`, `90m`, or a number. `None` for what
    /// is no value of this kind, or none that can be reached (a share above 1).
    pub fn parse(self, text: &str) -> Option<f64> {
        let text = text.trim();
        let value = match self {
            Self::Seconds => return length(text),
            Self::Share => match text.strip_suffix('%') {
                Some(percent) => number(percent)? / 100.0,
                None => number(text)?,
            },
            Self::Count => number(text)?,
        };
        (self != Self::Share || value <= 1.0).then_some(value)
    }

    /// How a value of this kind is written, for an error.
    pub fn example(self) -> &'static str {
        match self {
            Self::Share => "20%",
            Self::Seconds => "3d, 4h30m or 90m",
            Self::Count => "3",
        }
    }
}

/// A plain number that is not negative.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.parse().ok().filter(|_| plain && !text.is_empty())
}

/// Seconds of `3d`, `1d12h`, `4h30m`, `45s`.
fn length(text: &str) -> Option<f64> {
    let (mut total, mut rest) = (0.0, text);
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let (digits, tail) = rest.split_at(end);
        let each = match tail.chars().next()? {
            'w' => 604_800.0,
            'd' => 86_400.0,
            'h' => 3_600.0,
            'm' => 60.0,
            's' => 1.0,
            _ => return None,
        };
        total += number(digits)? * each;
        rest = tail.get(1..)?;
    }
    (rest.trim().is_empty() && !text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_the_measure_of_their_metric() {
        assert_eq!(Measure::Share.parse("20%"), Some(0.2));
        assert_eq!(Measure::Share.parse("0.2"), Some(0.2));
        assert_eq!(Measure::Share.parse("20"), None);
        assert_eq!(Measure::Seconds.parse("1d12h"), Some(129_600.0));
        assert_eq!(Measure::Seconds.parse("4h30m"), Some(16_200.0));
        assert_eq!(Measure::Count.parse("3"), Some(3.0));
        for (measure, text) in [
            (Measure::Seconds, "3"),
            (Measure::Seconds, ""),
            (Measure::Seconds, "3y"),
            (Measure::Count, ">=3"),
            (Measure::Count, "-3"),
            (Measure::Count, "inf"),
            (Measure::Share, "120%"),
        ] {
            assert_eq!(measure.parse(text), None, "{text}");
        }
    }
}
