//! Every importer, in the order in which a file is tried: the most telling first.

use super::format::Format;
use super::head::Head;
use super::{ics, markdown, org, taskwarrior, timewarrior, todotxt, watson};

/// Every format.
pub static FORMATS: &[&Format] = &[
    &taskwarrior::FORMAT,
    &timewarrior::FORMAT,
    &watson::FORMAT,
    &ics::FORMAT,
    &ics::EVENTS,
    &org::FORMAT,
    &markdown::FORMAT,
    &todotxt::FORMAT,
];

/// The format a file is in, by its content and then its name; `None` when no importer knows it.
pub fn detect(head: &Head) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.fits)(head))
}

/// The format called `id`.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}
