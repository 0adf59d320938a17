//! A heading with what stands below it, taken apart.

use std::collections::BTreeMap;

use super::super::dates::Dates;
use super::super::fields::Fields;
use super::super::words;
use super::keywords::{Settings, tags};
use super::stamp::stamp;
use crate::model::task::{Entry, Estimate, Transition, When};
use crate::model::text::Clean;

/// A heading's line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) keyword: Option<String>,
    pub(super) title: String,
    pub(super) tags: Vec<String>,
    pub(super) commented: bool,
}

/// Deeper levels count as this one.
const LEVELS: usize = 64;
/// Moves, and clocks, of one heading.
const LOGGED: usize = 100_000;

impl Heading {
    /// `** KEYWORD [#A] COMMENT title [2/3] :tag:`; `None` for any other line.
    pub(super) fn of(line: &str, settings: &Settings) -> Option<Self> {
        let rest = line.trim_start_matches('*');
        let level = line.len() - rest.len();
        let rest = words::head(rest);
        let mut rest = rest.strip_prefix(' ').filter(|_| level > 0)?.trim();
        let mut heading = Self {
            level: level.min(LEVELS),
            ..Self::default()
        };
        let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if settings.has(word) {
            heading.keyword = Some(word.to_owned());
            rest = behind.trim_start();
        }
        if let Some(behind) = rest
            .strip_prefix("[#")
            .and_then(|rest| rest.split_once(']'))
        {
            rest = if behind.0.len() <= 2 {
                behind.1.trim_start()
            } else {
                rest
            };
        }
        if let Some(behind) = rest.strip_prefix("COMMENT") {
            heading.commented = behind.is_empty() || behind.starts_with(' ');
        }
        if let Some((title, found)) = tagged(rest) {
            (rest, heading.tags) = (title, found);
        }
        heading.title = plain(rest);
        Some(heading)
    }
}

/// The title and the tags behind it.
fn tagged(text: &str) -> Option<(&str, Vec<String>)> {
    let at = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let (title, last) = (text.get(..at)?, text.get(at..)?);
    let inner = last.strip_prefix(':')?.strip_suffix(':')?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '%' | ':');
    (!inner.is_empty() && inner.chars().all(fits)).then(|| (title.trim_end(), tags(inner)))
}

/// A title without counts of its parts (`[2/3]`, `[66%]`), and links as their words.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut links = true;
    while let Some(at) = rest.find('[') {
        let (before, link) = rest.split_at(at);
        out.push_str(before);
        let inner = link.strip_prefix("[[").filter(|_| links);
        let inner = inner.and_then(|link| link.split_once("]]"));
        // What is not closed here is not closed further on.
        links &= inner.is_some() || !link.starts_with("[[");
        if let Some((inner, behind)) = inner {
            out.push_str(inner.split_once("][").map_or(inner, |(_, words)| words));
            rest = behind;
            continue;
        }
        let count = link.get(1..).and_then(|link| link.split_once(']'));
        let is_count = |text: &str| {
            text.contains(['/', '%'])
                && text.chars().all(|c| c.is_ascii_digit() || "/%".contains(c))
        };
        if let Some((_, behind)) = count.filter(|(inner, _)| is_count(inner)) {
            rest = behind;
        } else {
            out.push('[');
            rest = link.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands below a heading, up to the next one.
#[derive(Debug, Default)]
pub(super) struct Body {
    lines: u64,
    in_properties: bool,
    properties: BTreeMap<String, String>,
    pub(super) closed: Option<When>,
    pub(super) deadline: Option<When>,
    pub(super) scheduled: Option<When>,
    /// Its deadline or plan repeats.
    pub(super) repeats: bool,
    pub(super) moves: Vec<Transition>,
    pub(super) clocks: Vec<Entry>,
}

impl Body {
    /// Takes the next line.
    pub(super) fn line(
        &mut self,
        text: &str,
        number: u64,
        settings: &Settings,
        (dates, unread): (Dates, &mut Fields),
    ) {
        self.lines += 1;
        let text = text.trim();
        if self.lines == 1 && self.planning(text, number, dates, unread) {
            return;
        }
        if text.eq_ignore_ascii_case(":properties:") {
            self.in_properties = true;
        } else if text.eq_ignore_ascii_case(":end:") {
            self.in_properties = false;
        } else if self.in_properties {
            self.property(text);
        } else if let Some(rest) = text.strip_prefix("CLOCK:") {
            match clock(rest, dates) {
                Some(entry) if self.clocks.len() < LOGGED => self.clocks.push(entry),
                Some(_) => {}
                None => unread.bad("CLOCK", number, rest),
            }
        } else if let Some(rest) = text.strip_prefix("- State \"") {
            match moved(rest, settings, dates) {
                // A note on a state that stays is no move.
                Some(one) if one.from.as_ref() == Some(&one.to) => {}
                Some(one) if self.moves.len() < LOGGED => self.moves.push(one),
                Some(_) => {}
                None => unread.bad("State", number, rest),
            }
        }
    }

    /// The value of a property.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.properties.get(key).map(String::as_str)
    }

    /// `:Effort:` in Org's own spellings: `3:00`, `2h30min`, `1d`, or bare minutes.
    pub(super) fn effort(&self) -> Option<Estimate> {
        let text = self.get("effort")?;
        let bare = || text.parse::<i64>().ok()?.checked_mul(60);
        let mut spaced = String::new();
        let mut digit = true;
        for c in text.chars() {
            if c.is_ascii_digit() && !digit {
                spaced.push(' ');
            }
            digit = c.is_ascii_digit();
            spaced.push(c);
        }
        let seconds = words::clock_length(text).or_else(bare);
        let seconds = seconds.or_else(|| words::period(&spaced))?;
        (seconds > 0).then_some(Estimate::Seconds(seconds))
    }

    /// `CLOSED: […] SCHEDULED: <…> DEADLINE: <…>`, only on the line below the heading.
    fn planning(&mut self, text: &str, number: u64, dates: Dates, unread: &mut Fields) -> bool {
        let mut rest = text;
        let mut any = false;
        loop {
            let found = ["CLOSED:", "SCHEDULED:", "DEADLINE:"]
                .iter()
                .find_map(|key| Some((*key, rest.strip_prefix(*key)?)));
            let Some((key, behind)) = found else {
                return any;
            };
            any = true;
            let Some(stamp) = stamp(behind, dates) else {
                return any;
            };
            let name = key.trim_end_matches(':');
            if stamp.when.is_none() {
                unread.bad(name, number, behind);
            }
            match name {
                "CLOSED" => self.closed = stamp.when,
                "DEADLINE" => self.deadline = stamp.when,
                _ => self.scheduled = stamp.when,
            }
            self.repeats |= stamp.repeats;
            rest = stamp.behind.trim_start();
        }
    }

    fn property(&mut self, text: &str) {
        let pair = text.strip_prefix(':').and_then(|text| text.split_once(':'));
        if let Some((key, value)) = pair
            && self.properties.len() < 200
        {
            self.properties
                .insert(key.to_lowercase(), value.trim().to_owned());
        }
    }
}

/// `[a]--[b] =>  3:00`. Over a change of the clock Org's own sum is right and the difference of the
/// two clocks is not. An open one has no end.
fn clock(text: &str, dates: Dates) -> Option<Entry> {
    let start = stamp(text, dates)?;
    let rest = start.behind.trim_start();
    let (end, sum) = match rest.strip_prefix("--") {
        None => (None, None),
        Some(rest) => {
            let end = stamp(rest, dates)?;
            let sum = end
                .behind
                .split_once("=>")
                .and_then(|(_, sum)| words::clock_length(sum));
            (Some(end.when?), sum)
        }
    };
    let start = start.when?;
    let apart = end.map(|end| end.order() - start.order());
    let seconds = sum.or(apart);
    seconds.is_none_or(|seconds| seconds >= 0).then_some(Entry {
        id: None,
        start,
        end,
        seconds,
        note: None,
    })
}

/// `DONE"  from "TODO"  [stamp]`, what comes behind the first quote.
fn moved(text: &str, settings: &Settings, dates: Dates) -> Option<Transition> {
    let (to, rest) = text.split_once('"')?;
    let at = rest.rfind('[')?;
    let (before, behind) = rest.split_at(at);
    let from = before.split('"').nth(1).filter(|word| !word.is_empty());
    Some(Transition {
        at: stamp(behind, dates)?.when?,
        from: from.map(|word| settings.status(word)),
        to: settings.status(to),
    })
}

/// A tag list as labels, each once.
pub(super) fn labels(tags: impl IntoIterator<Item = String>) -> Vec<Clean> {
    let mut out: Vec<Clean> = Vec::new();
    for tag in tags {
        if let Some(tag) = words::label(&tag)
            && !out.contains(&tag)
        {
            out.push(tag);
        }
    }
    out
}
