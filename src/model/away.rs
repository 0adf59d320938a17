//! Days that leave the denominators: leave, holidays, and other events of the owner's.

/// What kind of event. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum EventKind {
    /// Days off.
    Leave = 1,
    /// A public holiday.
    Holiday = 2,
    /// On call.
    Oncall = 3,
    /// A launch, or another stretch that is like no other.
    Launch = 4,
}

impl EventKind {
    /// Every kind, by number.
    pub const ALL: [Self; 4] = [Self::Leave, Self::Holiday, Self::Oncall, Self::Launch];

    /// The kind with the stored number `number`.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number)
    }

    /// Its name on the command line, e.g. `oncall`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Holiday => "holiday",
            Self::Oncall => "oncall",
            Self::Launch => "launch",
        }
    }
}

/// A stretch of marked days, both ends included, as days from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Away {
    /// The first day.
    pub from: i32,
    /// The last day.
    pub to: i32,
    /// What kind of event.
    pub kind: EventKind,
}
