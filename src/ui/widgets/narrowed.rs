//! What every page is narrowed to, in words for the first line.

use std::collections::BTreeSet;

use crate::app::view::Facts;
use crate::model::figure::{EVERY_LANGUAGE, Figure, Rest};
use crate::ui::screen::Screen;
use crate::ui::text::width;

/// A text longer than this is not told in full.
const LONGEST: usize = 24;

/// A clause for each choice: `api`, `Rust, TOML`, `jira`, `"retry"`; none where nothing is narrowed.
pub fn clauses(screen: &Screen<'_>) -> Vec<String> {
    let Some(facts) = &screen.state.facts else {
        return Vec::new();
    };
    let found = screen.state.look.found.as_ref();
    let text = found.map(|found| match screen.name(&found.text) {
        text if width(&text) <= LONGEST => format!("\"{text}\""),
        _ => "a text".to_owned(),
    });
    let all = [
        repositories(facts, screen),
        languages(facts, screen),
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

fn repositories(facts: &Facts, screen: &Screen<'_>) -> Option<String> {
    let chosen = screen.state.look.repos.as_ref()?;
    let names: Vec<_> = chosen.iter().map(|id| screen.repo(*id)).collect();
    Some(named(&names, ("repo", 1), facts.repos.len()))
}

fn languages(facts: &Facts, screen: &Screen<'_>) -> Option<String> {
    let chosen = screen.state.look.languages.as_ref()?;
    let all = facts
        .languages
        .iter()
        .filter(|(id, ..)| chosen.contains(id));
    let names: Vec<_> = all.map(|(_, name, _)| name.to_string()).collect();
    Some(named(&names, ("language", 2), facts.languages.len()))
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
