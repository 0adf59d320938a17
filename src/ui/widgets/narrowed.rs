//! What every page is narrowed to, in words for the first line.

use std::collections::BTreeSet;

use crate::app::view::Facts;
use crate::model::figure::{EVERY_LANGUAGE, Figure, Rest};
use crate::model::forms;
use crate::model::ids::{LanguageId, RepoId};
use crate::model::selection::{Only, Selection};
use crate::model::work_type::WorkType;
use crate::ui::screen::Screen;
use crate::ui::text::width;
use crate::ui::words;

/// A text longer than this is not told in full.
const LONGEST: usize = 24;

/// A clause for each choice: `api`, `Rust, TOML`, `jira`, `"retry"`; none where nothing is narrowed.
pub fn clauses(screen: &Screen<'_>) -> Vec<String> {
    let Some(facts) = &screen.state.facts else {
        return Vec::new();
    };
    let look = &screen.state.look;
    let found = look.found.as_ref();
    let text = found.map(|found| match screen.name(&found.text) {
        text if width(&text) <= LONGEST => format!("\"{text}\""),
        _ => "a text".to_owned(),
    });
    let all = [
        look.repos
            .as_ref()
            .map(|chosen| repositories(chosen, facts, screen)),
        look.languages
            .as_ref()
            .map(|chosen| languages(chosen, facts)),
        sources(facts, screen),
        text,
    ];
    all.into_iter().flatten().collect()
}

/// `every language`, where languages are chosen and do not narrow `figure`; else empty.
pub fn wide(figure: &Figure) -> &'static str {
    let wide = |rest: &Rest| rest.what == EVERY_LANGUAGE;
    if figure.rests_on.iter().any(wide) {
        "every language"
    } else {
        ""
    }
}

/// How many choices there are: `2 filters`.
pub fn count(clauses: &[String]) -> String {
    match clauses.len() {
        1 => "1 filter".to_owned(),
        n => format!("{n} filters"),
    }
}

/// What an opened figure is narrowed to beyond what every page is: `api`, `Rust`, `Tue 14:00`.
pub fn further(selection: &Selection, screen: &Screen<'_>) -> Vec<String> {
    let (Some(facts), look) = (&screen.state.facts, &screen.state.look) else {
        return Vec::new();
    };
    let repos = selection
        .repos
        .as_ref()
        .filter(|_| selection.repos != look.repos);
    let languages = selection.languages.as_ref();
    let languages = languages.filter(|_| selection.languages != look.languages);
    let all = [
        repos.map(|chosen| repositories(chosen, facts, screen)),
        languages.map(|chosen| self::languages(chosen, facts)),
        selection.only.map(only),
    ];
    all.into_iter().flatten().collect()
}

fn only(only: Only) -> String {
    match only {
        Only::Hour(weekday, hour) => format!("{weekday} {}", forms::hour(hour)),
        Only::Category(category) => category.name().to_owned(),
        Only::Type(WorkType::Unknown) => "no type named".to_owned(),
        Only::Type(work_type) => work_type.name().to_owned(),
        Only::Stage(stage) => words::stage(stage).to_lowercase(),
    }
}

fn repositories(chosen: &BTreeSet<RepoId>, facts: &Facts, screen: &Screen<'_>) -> String {
    let names: Vec<_> = chosen.iter().map(|id| screen.repo(*id)).collect();
    named(&names, ("repo", 1), facts.repos.len())
}

fn languages(chosen: &BTreeSet<LanguageId>, facts: &Facts) -> String {
    let all = facts
        .languages
        .iter()
        .filter(|(id, ..)| chosen.contains(id));
    let names: Vec<_> = all.map(|(_, name, _)| name.to_string()).collect();
    named(&names, ("language", 2), facts.languages.len())
}

fn sources(facts: &Facts, screen: &Screen<'_>) -> Option<String> {
    let chosen = screen.state.look.sources.as_ref()?;
    let git = chosen.git.then(|| "git".to_owned());
    let name = |at: &u16| {
        let (name, _) = facts.sources.get(usize::from(*at))?;
        Some(screen.name(name.as_str()))
    };
    let trackers: BTreeSet<u16> = chosen.trackers.clone();
    let names: Vec<_> = git
        .into_iter()
        .chain(trackers.iter().filter_map(name))
        .collect();
    Some(named(&names, ("source", 2), facts.sources.len() + 1))
}

/// The names, up to `most` of them; else how many of how many.
fn named(names: &[String], (what, most): (&str, usize), all: usize) -> String {
    if names.len() <= most {
        return names.join(", ");
    }
    format!("{} of {all} {what}s", names.len())
}
