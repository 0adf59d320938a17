//! The settings file's text to [`Values`]: every key by itself, so that one mistake costs one key.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use chrono::{NaiveDate, Weekday};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::space::{SpaceRule, space_name};
use super::{ColorChoice, ConfigWarning, Env, Graphics, ThemeChoice, Values, keep, settings};
use crate::model::forms::{Clock, Numbers};
use crate::model::project::{ProjectRule, Projects};
use crate::model::stage::{Stage, StageWords};
use crate::model::text::Clean;

/// What came out of a settings file.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) values: Values,
    pub(super) spaces: Vec<SpaceRule>,
    pub(super) warnings: Vec<ConfigWarning>,
}

impl Parsed {
    /// A file that is there and cannot be read.
    pub(super) fn unreadable(why: &str) -> Self {
        let warning = ConfigWarning {
            line: None,
            what: format!("the file cannot be read ({why}); defaults count"),
        };
        Self {
            warnings: vec![warning],
            ..Self::default()
        }
    }
}

/// The values in `text`; what cannot be taken is a warning with its line.
pub(super) fn parse(text: &str, env: &Env) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut parsed = Parsed::default();
    for error in errors {
        parsed.warnings.push(ConfigWarning {
            line: error.span().map(|span| line_of(text, &span)),
            what: format!("not TOML: {}", first_line(error.message())),
        });
    }
    for (key, value) in table.get_ref() {
        let name = key.get_ref().as_ref();
        let line = line_of(text, &key.span());
        let taken = match name {
            "space" => spaces(value, env).map(|rules| parsed.spaces = rules),
            "project" => projects(value.get_ref(), &mut parsed.values),
            "keys" => keys(value, &mut parsed.values),
            "keep" => keep::table(value.get_ref(), &mut |name, value| {
                take(name, value, &mut parsed.values, env)
            }),
            "stages" => stages(value.get_ref(), &mut parsed.values),
            _ => take(name, value.get_ref(), &mut parsed.values, env),
        };
        if let Err(what) = taken {
            parsed.warnings.push(ConfigWarning {
                line: Some(line),
                what,
            });
        }
    }
    parsed.warnings.sort_by_key(|warning| warning.line);
    parsed
}

/// Takes one key into `values`; the error says what is wrong and what counts instead.
fn take(name: &str, value: &DeValue<'_>, values: &mut Values, env: &Env) -> Result<(), String> {
    let Some(setting) = settings().iter().find(|setting| setting.name == name) else {
        return Err(unknown(name));
    };
    let text = value.as_str();
    let fits = match name {
        "week_start" => set(&mut values.week_start, text.and_then(weekday)),
        "work_days" => set(&mut values.work_week.days, work_days(value)),
        "work_hours" => work_hours(value).map(|(from, to)| {
            (values.work_week.from_hour, values.work_week.to_hour) = (from, to);
        }),
        "zone" => set(&mut values.zone, text.and_then(zone)),
        "human_before" => set(&mut values.human.before, text.and_then(day)),
        "human_commits" => set(&mut values.human.commits, object_ids(value)),
        "clock" => set(&mut values.clock, text.and_then(Clock::parse)),
        "numbers" => set(&mut values.numbers, text.and_then(Numbers::parse)),
        "theme" => set(&mut values.theme, text.and_then(theme)),
        "graphics" => set(&mut values.graphics, text.and_then(graphics)),
        "outbox" => set(&mut values.outbox, text.and_then(|text| folder(text, env))),
        "reduced_motion" => set(&mut values.reduced_motion, value.as_bool()),
        "mouse" => set(&mut values.mouse, value.as_bool()),
        "cover_after" => set(&mut values.cover_after, minutes(value)),
        "inbox" => set(&mut values.inbox, strings(value)),
        "keep.reflog" => set(&mut values.keep_reflog, keep::reflog(value)),
        "precision" => keep::precision(value, &mut values.keep),
        name if name.starts_with("keep.") => keep::switch(name, value, &mut values.keep),
        "color" => set(&mut values.color, text.and_then(ColorChoice::parse)),
        _ => None,
    };
    fits.ok_or_else(|| {
        format!(
            "{name} must be {}; {} counts",
            setting.values, setting.default
        )
    })
}

fn set<T>(slot: &mut T, value: Option<T>) -> Option<()> {
    value.map(|value| *slot = value)
}

/// The owner's words for stages, each by itself.
fn stages(value: &DeValue<'_>, values: &mut Values) -> Result<(), String> {
    let table = value.as_table().ok_or("stages must be a table: [stages]")?;
    let (mut words, mut wrong) = (Vec::new(), Vec::new());
    for (word, stage) in table {
        let word = word.get_ref().to_string();
        match stage.get_ref().as_str().and_then(Stage::parse) {
            Some(stage) => words.push((word, stage)),
            None => wrong.push(word),
        }
    }
    values.stages = StageWords::new(words);
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!(
        "stages: {} must be one of backlog, todo, in-progress, in-review, done, cancelled",
        named(&wrong)
    ))
}

/// The first few of these names, in a form that can be shown.
fn named(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown = names.iter().take(SHOWN);
    let mut text = shown
        .map(|name| Clean::label(name.as_bytes()).to_string())
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

fn weekday(text: &str) -> Option<Weekday> {
    text.parse().ok()
}

fn work_days(value: &DeValue<'_>) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for item in value.as_array()? {
        let day = weekday(item.get_ref().as_str()?)?;
        days[day.num_days_from_monday() as usize] = true;
    }
    Some(days)
}

fn work_hours(value: &DeValue<'_>) -> Option<(u8, u8)> {
    let hour = |at: usize| -> Option<u8> {
        let integer = value.as_array()?.get(at)?.get_ref().as_integer()?;
        u8::from_str_radix(integer.as_str(), integer.radix()).ok()
    };
    let (from, to) = (hour(0)?, hour(1)?);
    let two = value.as_array()?.len() == 2;
    (two && from < to && to <= 24).then_some((from, to))
}

#[expect(
    clippy::option_option,
    reason = "outer: readable at all; inner: empty means the system's"
)]
fn zone(text: &str) -> Option<Option<chrono_tz::Tz>> {
    if text.is_empty() {
        return Some(None);
    }
    text.parse().ok().map(Some)
}

#[expect(
    clippy::option_option,
    reason = "outer: readable at all; inner: empty means the default folder"
)]
fn folder(text: &str, env: &Env) -> Option<Option<std::path::PathBuf>> {
    if text.is_empty() {
        return Some(None);
    }
    let path = Path::new(text);
    let named = path.is_absolute() || path.starts_with("~");
    named.then(|| Some(env.absolute(path)))
}

#[expect(
    clippy::option_option,
    reason = "outer: readable at all; inner: empty means no day"
)]
fn day(text: &str) -> Option<Option<NaiveDate>> {
    if text.is_empty() {
        return Some(None);
    }
    text.parse().ok().map(Some)
}

fn object_ids(value: &DeValue<'_>) -> Option<Vec<String>> {
    let ids = strings(value)?;
    let is_id =
        |id: &String| (7..=40).contains(&id.len()) && id.bytes().all(|c| c.is_ascii_hexdigit());
    ids.iter().all(is_id).then_some(ids)
}

fn theme(text: &str) -> Option<ThemeChoice> {
    match text {
        "auto" => Some(ThemeChoice::Auto),
        "dark" => Some(ThemeChoice::Dark),
        "light" => Some(ThemeChoice::Light),
        "contrast" => Some(ThemeChoice::Contrast),
        "ansi" => Some(ThemeChoice::Ansi),
        "mono" => Some(ThemeChoice::Mono),
        _ => None,
    }
}

fn graphics(text: &str) -> Option<Graphics> {
    match text {
        "braille" => Some(Graphics::Braille),
        "block" => Some(Graphics::Block),
        "ascii" => Some(Graphics::Ascii),
        _ => None,
    }
}

fn keys(value: &Spanned<DeValue<'_>>, values: &mut Values) -> Result<(), String> {
    let table = value
        .get_ref()
        .as_table()
        .ok_or("keys must be a table: [keys]")?;
    let mut bad = Vec::new();
    for (action, keys) in table {
        let list = match keys.get_ref() {
            DeValue::String(one) => Some(vec![one.to_string()]),
            other => strings(other),
        };
        match list {
            Some(list) => drop(values.keys.insert(action.get_ref().to_string(), list)),
            None => bad.push(action.get_ref().to_string()),
        }
    }
    if bad.is_empty() {
        return Ok(());
    }
    Err(format!(
        "keys: {} must be a list of keys in quotes; the built-in keys count",
        named(&bad)
    ))
}

fn spaces(value: &Spanned<DeValue<'_>>, env: &Env) -> Result<Vec<SpaceRule>, String> {
    let rule = |item: &DeValue<'_>| -> Option<SpaceRule> {
        let table = item.as_table()?;
        let get = |name: &str| table.iter().find(|(key, _)| key.get_ref() == name);
        let name = space_name(get("name")?.1.get_ref().as_str()?)?;
        let folders = strings(get("folders")?.1.get_ref())?;
        let folders = folders
            .iter()
            .map(|text| folder(text, env).flatten())
            .collect::<Option<_>>()?;
        Some(SpaceRule { name, folders })
    };
    value
        .get_ref()
        .as_array()
        .and_then(|items| items.iter().map(|item| rule(item.get_ref())).collect())
        .ok_or_else(|| {
            "space: every [[space]] needs name = \"work\" (letters, digits, -, _) and \
             folders = [\"~/work\"] (absolute or with ~/); no rule counts"
                .to_owned()
        })
}

/// The owner's own projects, all or none.
fn projects(value: &DeValue<'_>, values: &mut Values) -> Result<(), String> {
    let rules: Option<Vec<ProjectRule>> = value
        .as_array()
        .and_then(|items| items.iter().map(|item| project(item.get_ref())).collect());
    let rules = rules.ok_or_else(|| {
        "project: every [[project]] needs name = \"shop\" and at least one of repo = \"mono\", \
         paths = [\"apps/shop/\"] and trackers = [\"SHOP\"]; no project counts"
            .to_owned()
    })?;
    values.projects = Projects::new(rules);
    Ok(())
}

fn project(value: &DeValue<'_>) -> Option<ProjectRule> {
    let mut rule = ProjectRule::default();
    for (key, value) in value.as_table()? {
        let value = value.get_ref();
        match key.get_ref().as_ref() {
            "name" => rule.name = Clean::label(value.as_str()?.as_bytes()),
            "repo" => rule.repo = Some(value.as_str()?.to_owned()),
            "paths" => rule.paths = strings(value)?,
            "trackers" => rule.trackers = strings(value)?,
            _ => return None,
        }
    }
    let says = rule.repo.is_some() || !rule.paths.is_empty() || !rule.trackers.is_empty();
    (!rule.name.is_empty() && says).then_some(rule)
}

/// Minutes of a day, with a fraction or without.
fn minutes(value: &DeValue<'_>) -> Option<Duration> {
    let text = match value {
        DeValue::Integer(whole) if whole.radix() == 10 => whole.as_str(),
        DeValue::Float(parts) => parts.as_str(),
        _ => return None,
    };
    let minutes: f64 = text.parse().ok()?;
    let fits = (0.0..=1440.0).contains(&minutes);
    fits.then(|| Duration::from_secs_f64(minutes * 60.0))
}

fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    let one = |item: &Spanned<DeValue<'_>>| item.get_ref().as_str().map(str::to_owned);
    value.as_array()?.iter().map(one).collect()
}

/// The line of a byte range, from 1.
fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.get(..span.start).unwrap_or(text);
    before.matches('\n').count() + 1
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or(message)
}

fn unknown(name: &str) -> String {
    let names = settings()
        .iter()
        .map(|s| s.name)
        .chain(["space", "keys", "project"]);
    let near = names
        .map(|known| (distance(name, known), known))
        .min()
        .filter(|(far, known)| *far <= 2.max(known.len() / 3));
    let shown = Clean::label(name.as_bytes());
    match near {
        Some((_, known)) => format!("no setting is called {shown}; did you mean {known}?"),
        None => format!("no setting is called {shown}"),
    }
}

/// How many single-character edits lie between two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    // A name longer than this is near to nothing.
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = corner + usize::from(ca != *cb);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
