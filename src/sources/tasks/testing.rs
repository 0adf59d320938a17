//! Reads an export held in memory, for the tests of the importers.

use chrono::DateTime;
use chrono_tz::Tz;

use super::dates::DayOrder;
use super::format::{Context, Format, Out, Rejected};
use super::found::{Found, Item};
use super::input::Input;
use super::{ImportError, registry};
use crate::model::task::LooseEntry;

/// What a reader handed out.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) items: Vec<Item>,
    pub(super) rejected: Vec<Rejected>,
    pub(super) warnings: Vec<String>,
}

impl Seen {
    /// The tasks, in the order of the file.
    pub(super) fn tasks(&self) -> Vec<&Found> {
        self.items.iter().filter_map(Item::task).collect()
    }
}

impl Item {
    /// The task, if it is one.
    pub(super) fn task(&self) -> Option<&Found> {
        match self {
            Self::Task(found) => Some(found),
            _ => None,
        }
    }

    /// The time entry, if it is one.
    pub(super) fn entry(&self) -> Option<&LooseEntry> {
        match self {
            Self::Entry { entry, .. } => Some(entry),
            _ => None,
        }
    }
}

/// Everything in Berlin, in November 2026.
pub(super) fn context() -> Context<'static> {
    Context {
        zone: Tz::Europe__Berlin,
        now: DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default(),
        day_order: None,
        mapping: None,
    }
}

/// Reads `text` as `format`; panics when the format is not the one that is detected.
pub(super) fn read(
    format: &'static Format,
    text: impl Into<Vec<u8>>,
    name: &str,
) -> Result<Seen, ImportError> {
    let input = Input::from_bytes(text, name)?;
    let detected = registry::detect(input.head()).map(|found| found.id);
    assert_eq!(detected, Some(format.id), "detected");
    read_with(format, &input, &context())
}

/// Reads `input` as `format` whatever is detected.
pub(super) fn read_with(
    format: &Format,
    input: &Input,
    context: &Context<'_>,
) -> Result<Seen, ImportError> {
    let mut items = Vec::new();
    let mut sink = |item| {
        items.push(item);
        Ok(())
    };
    let mut out = Out::new(1_000_000, &mut sink);
    (format.read)(input, context, &mut out)?;
    let (rejected, _, warnings) = out.finish();
    Ok(Seen {
        items,
        rejected,
        warnings,
    })
}

/// The owner's answer to `d/m` or `m/d`, in a context.
pub(super) fn ordered(order: DayOrder) -> Context<'static> {
    Context {
        day_order: Some(order),
        ..context()
    }
}
