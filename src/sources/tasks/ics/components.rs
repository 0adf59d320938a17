//! The components of a calendar file, one by one, with the properties that are kept.

use super::super::ImportError;
use super::super::input::Input;
use super::lines::{Property, Unfolded};

/// What a component is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Todo,
    Event,
    /// A part of a zone: standard or daylight saving time.
    Observance,
    /// A whole calendar, at its end.
    Calendar,
}

/// One component.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) kind: Kind,
    /// The line it begins on.
    pub(super) line: u64,
    /// Which of the file's calendars it is in, from 0.
    pub(super) calendar: usize,
    /// Of an observance: its zone's name.
    pub(super) zone: String,
    properties: Vec<Property>,
}

impl Component {
    /// The first property of this name.
    pub(super) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|one| one.name == name)
    }

    /// Every property of this name.
    pub(super) fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t Property> {
        self.properties.iter().filter(move |one| one.name == name)
    }

    /// The value of the first property of this name, in upper case, without blanks around it.
    pub(super) fn word(&self, name: &str) -> String {
        let value = self.get(name).map(|one| one.value.trim().to_uppercase());
        value.unwrap_or_default()
    }
}

/// What is kept; nobody else's names, no descriptions.
const KEPT: [&str; 28] = [
    "UID",
    "SUMMARY",
    "CREATED",
    "LAST-MODIFIED",
    "DTSTART",
    "DTEND",
    "DUE",
    "DURATION",
    "COMPLETED",
    "STATUS",
    "PERCENT-COMPLETE",
    "CATEGORIES",
    "RELATED-TO",
    "RECURRENCE-ID",
    "RRULE",
    "RDATE",
    "EXDATE",
    "EXRULE",
    "TRANSP",
    "TZID",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "X-WR-TIMEZONE",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "SEQUENCE",
    "CLASS",
    "METHOD",
    "VERSION",
];
/// Properties of one component.
const PROPERTIES: usize = 10_000;
/// Components within components.
const DEPTH: usize = 32;

/// Reads a file component by component.
pub(super) struct Components<'a> {
    lines: Unfolded<'a>,
    open: Vec<(String, Component)>,
    calendars: usize,
    /// Components open beyond what is followed.
    deep: usize,
}

impl<'a> Components<'a> {
    pub(super) fn of(input: &'a Input) -> Result<Self, ImportError> {
        Ok(Self {
            lines: Unfolded::of(input)?,
            open: Vec::new(),
            calendars: 0,
            deep: 0,
        })
    }

    /// The next component that ends; `None` at the end of the file, where those that are still
    /// open are lost.
    pub(super) fn next(&mut self) -> Result<Option<Component>, ImportError> {
        while let Some((line, text)) = self.lines.next()? {
            let Some(property) = Property::of(&text) else {
                continue;
            };
            match property.name.as_str() {
                "BEGIN" => self.begin(line, &property.value),
                "END" => {
                    if let Some(done) = self.end(&property.value) {
                        return Ok(Some(done));
                    }
                }
                name if KEPT.contains(&name) && self.deep == 0 => {
                    if let Some((_, top)) = self.open.last_mut()
                        && top.properties.len() < PROPERTIES
                    {
                        top.properties.push(property);
                    }
                }
                _ => {}
            }
        }
        Ok(None)
    }

    fn begin(&mut self, line: u64, name: &str) {
        if self.open.len() >= DEPTH {
            self.deep += 1;
            return;
        }
        let name = name.trim().to_uppercase();
        let kind = match name.as_str() {
            "VTODO" => Kind::Todo,
            "VEVENT" => Kind::Event,
            "STANDARD" | "DAYLIGHT" => Kind::Observance,
            _ => Kind::Calendar,
        };
        let component = Component {
            kind,
            line,
            calendar: self.calendars,
            zone: String::new(),
            properties: Vec::new(),
        };
        self.open.push((name, component));
    }

    fn end(&mut self, name: &str) -> Option<Component> {
        if self.deep > 0 {
            self.deep -= 1;
            return None;
        }
        // A component whose end is missing ends with the one around it.
        let name = name.trim().to_uppercase();
        let at = self.open.iter().rposition(|(open, _)| *open == name)?;
        self.open.truncate(at + 1);
        let (name, mut done) = self.open.pop()?;
        match done.kind {
            Kind::Calendar if name != "VCALENDAR" => return None,
            Kind::Calendar => self.calendars += 1,
            Kind::Observance => {
                let zone = self.open.last().and_then(|(_, zone)| zone.get("TZID"));
                done.zone = zone
                    .map(|id| id.value.trim().to_owned())
                    .unwrap_or_default();
            }
            _ => {}
        }
        Some(done)
    }
}
