//! What the owner says of a row, whatever scans and imports say: left out, not mine, or corrected.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use super::moment::Moment;
use super::task::{TaskFacts, TaskKind, When};
use super::text::Clean;

/// What kind of row. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum RowKind {
    /// A commit.
    Commit = 0,
    /// A task or pull request of mine.
    Task = 1,
    /// A pull request of somebody else that I reviewed.
    Review = 2,
    /// A time entry without its task.
    Entry = 3,
    /// A time entry that a task brought.
    TaskEntry = 4,
}

impl RowKind {
    /// Every kind, by number.
    pub const ALL: [Self; 5] = [
        Self::Commit,
        Self::Task,
        Self::Review,
        Self::Entry,
        Self::TaskEntry,
    ];

    /// Its name in text and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Task => "task",
            Self::Review => "review",
            Self::Entry | Self::TaskEntry => "entry",
        }
    }
}

/// Why a row counts in no figure. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Out {
    /// The owner left it out.
    Excluded = 0,
    /// The owner says that it is not theirs.
    NotMine = 1,
}

impl Out {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::NotMine => "not-mine",
        }
    }

    /// The same for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::NotMine => "not yours",
        }
    }
}

/// A fact of a task that can be corrected. The numbers are stored: append only; 0 is no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Fact {
    /// When it was written down.
    Created = 1,
    /// When work on it began.
    Started = 2,
    /// When it was finished.
    Done = 3,
    /// What kind of thing it is.
    Kind = 4,
    /// What it belongs to.
    Project = 5,
}

impl Fact {
    /// Every fact, by number.
    pub const ALL: [Self; 5] = [
        Self::Created,
        Self::Started,
        Self::Done,
        Self::Kind,
        Self::Project,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Started => "started",
            Self::Done => "done",
            Self::Kind => "kind",
            Self::Project => "project",
        }
    }
}

/// What a row is named by, and what the owner says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// What `inward exclude` takes.
    pub row: String,
    /// Why it counts in no figure, if it does not.
    pub out: Option<Out>,
    /// Facts that were corrected, sorted.
    pub corrected: Vec<Fact>,
}

impl Marks {
    /// What is to be said of the row in a list.
    pub fn words(&self) -> impl Iterator<Item = String> {
        let corrected = (!self.corrected.is_empty()).then_some("corrected");
        let out = self.out.map(Out::words);
        out.into_iter().chain(corrected).map(str::to_owned)
    }
}

/// A corrected fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// When it was written down; `None`: that is not known.
    Created(Option<When>),
    /// When work on it began; `None`: that is not known.
    Started(Option<When>),
    /// When it was finished; `None`: that is not known.
    Done(Option<When>),
    /// What kind of thing it is.
    Kind(TaskKind),
    /// What it belongs to; `None`: to nothing.
    Project(Option<Clean>),
}

/// A text that is no correction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCorrection {
    /// No fact is called so.
    #[error("`{0}` is no fact that can be corrected: use created, started, done, kind or project")]
    Fact(Clean),
    /// No date.
    #[error("`{0}` is no day and no time: use 2026-03-05, 2026-03-05T14:00 or none")]
    Time(Clean),
    /// No kind of task.
    #[error("`{0}` is no kind of task: use task, bug, story, epic, subtask or pr")]
    Kind(Clean),
    /// Nothing of the owner's can have happened then.
    #[error("`{0}` lies before 1990 or after today: nothing of yours can have happened then")]
    Unbelieved(Clean),
    /// No `=` in it.
    #[error("`{0}` is not FACT=VALUE, for example started=2026-03-05")]
    Shape(Clean),
}

fn label(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

/// The word for "not known" and "nothing".
const NONE: &str = "none";

impl Correction {
    /// The correction in `FACT=VALUE`; a time without an offset is one in `zone`, and none lies after
    /// `today`.
    pub fn parse(text: &str, zone: Tz, today: NaiveDate) -> Result<Self, BadCorrection> {
        let (fact, value) = text
            .split_once('=')
            .ok_or_else(|| BadCorrection::Shape(label(text)))?;
        let fact = fact.trim().to_lowercase();
        let known = Fact::ALL.into_iter().find(|one| one.as_str() == fact);
        let fact = known.ok_or_else(|| BadCorrection::Fact(label(&fact)))?;
        Self::typed(fact, value, zone, today)
    }

    /// The correction of `fact` to what the owner typed: as [`Self::parse`] reads a value.
    pub fn typed(
        fact: Fact,
        value: &str,
        zone: Tz,
        today: NaiveDate,
    ) -> Result<Self, BadCorrection> {
        let value = value.trim();
        let one = Self::of(fact, value, zone).ok_or_else(|| match fact {
            Fact::Kind => BadCorrection::Kind(label(value)),
            _ => BadCorrection::Time(label(value)),
        })?;
        if one.is_believed(today) {
            Ok(one)
        } else {
            Err(BadCorrection::Unbelieved(label(value)))
        }
    }

    /// What `facts` say of `fact`.
    pub fn said(fact: Fact, facts: &TaskFacts) -> Self {
        match fact {
            Fact::Created => Self::Created(facts.created),
            Fact::Started => Self::Started(facts.started),
            Fact::Done => Self::Done(facts.done),
            Fact::Kind => Self::Kind(facts.kind),
            Fact::Project => Self::Project(facts.project.clone()),
        }
    }

    /// The correction of `fact` to what [`Self::value`] wrote; `None` for what it never writes.
    pub fn stored(fact: u8, value: &str) -> Option<Self> {
        let fact = Fact::ALL.into_iter().find(|one| *one as u8 == fact)?;
        Self::of(fact, value, Tz::UTC)
    }

    fn of(fact: Fact, value: &str, zone: Tz) -> Option<Self> {
        let time = || match value {
            NONE => Some(None),
            value => when(value, zone).map(Some),
        };
        Some(match fact {
            Fact::Created => Self::Created(time()?),
            Fact::Started => Self::Started(time()?),
            Fact::Done => Self::Done(time()?),
            Fact::Kind => {
                let mut kinds = TaskKind::ALL.into_iter();
                Self::Kind(kinds.find(|kind| kind.as_str() == value)?)
            }
            Fact::Project => {
                let project = Clean::label(value.as_bytes());
                let is_one = value != NONE && !project.is_empty();
                Self::Project(is_one.then_some(project))
            }
        })
    }

    /// Whether its time can be one at which something of the owner's happened: from 1990 on, and no
    /// later than `today`. What is no time can be.
    fn is_believed(&self, today: NaiveDate) -> bool {
        let (Self::Created(when) | Self::Started(when) | Self::Done(when)) = self else {
            return true;
        };
        let day = when.and_then(When::day);
        day.is_none_or(|day| day.year() >= 1990 && day <= today)
    }

    /// Which fact it corrects.
    pub fn fact(&self) -> Fact {
        match self {
            Self::Created(_) => Fact::Created,
            Self::Started(_) => Fact::Started,
            Self::Done(_) => Fact::Done,
            Self::Kind(_) => Fact::Kind,
            Self::Project(_) => Fact::Project,
        }
    }

    /// The new value as text: RFC 3339, a plain day, a word, or `none`.
    pub fn value(&self) -> String {
        let none = || NONE.to_owned();
        match self {
            Self::Created(when) | Self::Started(when) | Self::Done(when) => {
                let text = when.and_then(|when| match when {
                    When::At(at) | When::Wall(at) => at.rfc3339(),
                    When::Day(day) => Some(day.to_string()),
                });
                text.unwrap_or_else(none)
            }
            Self::Kind(kind) => kind.as_str().to_owned(),
            Self::Project(project) => project.as_ref().map_or_else(none, Clean::to_string),
        }
    }
}

/// A plain day, RFC 3339, or a clock in `zone`. One that a change of the clock left out is none; of
/// one that came twice it is the first.
fn when(text: &str, zone: Tz) -> Option<When> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        let offset = at.offset().local_minus_utc() / 60;
        return Some(When::At(Moment::new(at.timestamp(), offset)));
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return (text.len() == 10).then_some(When::Day(day));
    }
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"];
    let local = forms
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    let at = zone.from_local_datetime(&local).earliest()?;
    let offset = chrono::Offset::fix(at.offset()).local_minus_utc() / 60;
    Some(When::At(Moment::new(at.timestamp(), offset)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();

    #[test]
    fn every_correction_survives_the_way_to_text_and_back() {
        for text in [
            "created=2026-03-05",
            "started=2026-03-05T14:00",
            "started=2026-03-29T01:30:00+02:00",
            "done=none",
            "kind=bug",
            "project=o/harbour",
            "project=none",
        ] {
            let one = Correction::parse(text, Tz::Europe__Berlin, TODAY).unwrap();
            let again = Correction::stored(one.fact() as u8, &one.value());
            assert_eq!(again, Some(one), "{text}");
        }
    }

    #[test]
    fn a_clock_without_an_offset_is_one_at_home() {
        let one =
            Correction::parse("started = 2026-07-05T14:00", Tz::Europe__Berlin, TODAY).unwrap();
        assert_eq!(one.value(), "2026-07-05T14:00:00+02:00");
    }

    #[test]
    fn what_is_no_correction_says_what_would_be_one() {
        for (text, says) in [
            ("started", "FACT=VALUE"),
            ("title=x", "created, started, done"),
            ("started=soon", "2026-03-05"),
            ("done=2026-02-30", "2026-03-05"),
            ("done=2026-3-5", "2026-03-05"),
            ("kind=saga", "story"),
            ("done=2027-03-05", "after today"),
            ("created=1971-03-05", "before 1990"),
            // A change of the clock left it out.
            ("done=2026-03-29T02:30", "no time"),
        ] {
            let error = Correction::parse(text, Tz::Europe__Berlin, TODAY).unwrap_err();
            assert!(error.to_string().contains(says), "{text}: {error}");
        }
    }
}
