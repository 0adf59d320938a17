//! What the next start begins with: page, days, measure and the rest of the look, as words.
//!
//! A word that is not understood any more leaves its part as it is at first; nothing fails. What the
//! owner typed into a filter is not among them.

use std::collections::BTreeSet;

use super::effect::{Effect, SortBy};
use super::kinds::{Kind, Kinds};
use super::look::{Look, Measure, Mix, Split, Window};
use super::page::Page;
use super::state::State;
use super::view::Facts;
use super::{drilldown, keys, period};
use crate::input::action::Action;
use crate::model::period::Range;
use crate::model::remembered::Remembered;
use crate::model::selection::Sources;

/// How the screen stands now; `None` before it is known what is stored, and for generated data.
pub fn of(state: &State) -> Option<Remembered> {
    let facts = state.facts.as_ref()?;
    (!facts.demo).then(|| words(state, facts))
}

/// Asks for the look to be noted when it is another one than the last that was.
pub(super) fn keep(state: &mut State) -> Option<Effect> {
    let now = of(state)?;
    if state.remembered == now {
        return None;
    }
    state.remembered = now.clone();
    Some(Effect::Remember(now))
}

fn words(state: &State, facts: &Facts) -> Remembered {
    let (look, at_first) = (&state.look, Look::new(&state.calendar));
    let mut words = String::new();
    let mut say = |name: &str, value: &str, differs: bool| {
        if differs {
            for part in [name, " ", value, "\n"] {
                words.push_str(part);
            }
        }
    };
    let page = state.page;
    say("page", page.card().name, page != Page::default());
    let window = window_words(&look.window);
    say("window", &window, look.window != at_first.window);
    say("compare", "no", !look.compare);
    let measure = look.measure;
    say("measure", measure.metric(), measure != at_first.measure);
    say("split", look.split.metric(), look.split != at_first.split);
    say("mix", look.mix.metric(), look.mix != at_first.mix);
    say("lines", "all", look.raw);
    for (name, value) in chosen(look, facts) {
        say(name, value.as_deref().unwrap_or_default(), value.is_some());
    }
    let sort = state.work.sort;
    let by = sort_name(sort.by);
    say("sort", by, sort.by != SortBy::default());
    say("order", "reverse", sort.reverse);
    let kinds = state.work.kinds;
    let names = joined(kinds.each().map(Kind::word));
    say("kinds", &names, !kinds.is_all());
    Remembered {
        words,
        repos: look.repos.clone(),
    }
}

/// The names of the chosen languages and sources, a tab between.
fn chosen(look: &Look, facts: &Facts) -> [(&'static str, Option<String>); 2] {
    let languages = look.languages.as_ref().map(|chosen| {
        let all = facts.languages.iter();
        let names = all.filter(|(id, ..)| chosen.contains(id));
        joined(names.map(|(_, name, _)| name.as_str()))
    });
    let sources = look.sources.as_ref().map(|chosen| {
        let git = chosen.git.then_some(GIT).into_iter();
        let all = (0..).zip(&facts.sources);
        let trackers = all.filter(|(at, _)| chosen.trackers.contains(at));
        joined(git.chain(trackers.map(|(_, (name, _))| name.as_str())))
    });
    [("languages", languages), ("sources", sources)]
}

/// No tracker goes by this word in [`chosen`].
const GIT: &str = "git";

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("\t")
}

/// Takes the choices of languages and sources that [`chosen`] named; what is not stored any more is
/// left out.
fn take_chosen(state: &mut State, name: &str, value: &str) {
    let Some(facts) = &state.facts else { return };
    let names: Vec<&str> = value.split('\t').collect();
    if name == "languages" {
        let all = facts.languages.iter();
        let known = all.filter(|(_, name, _)| names.contains(&name.as_str()));
        let known: BTreeSet<_> = known.map(|(id, ..)| *id).collect();
        state.look.languages = (!known.is_empty()).then_some(known);
        return;
    }
    let git = names.first() == Some(&GIT);
    let rest = names.get(usize::from(git)..).unwrap_or_default();
    let all = (0..).zip(&facts.sources);
    let known = all.filter(|(_, (name, _))| rest.contains(&name.as_str()));
    let trackers: BTreeSet<u16> = known.map(|(at, _)| at).collect();
    let some = git || !trackers.is_empty();
    state.look.sources = some.then_some(Sources { git, trackers });
}

/// `12w`, `last-month`, `2026-01-01..2026-03-31`, or these days and how many weeks they are.
fn window_words(window: &Window) -> String {
    match (window.live, window.weeks, &window.name) {
        (true, Some(weeks), _) => format!("{weeks}w"),
        (true, None, Some(name)) => name.clone(),
        (false, Some(weeks), _) => format!("{} {weeks}", window.range),
        _ => window.range.to_string(),
    }
}

fn sort_name(by: SortBy) -> &'static str {
    match by {
        SortBy::Time => "time",
        SortBy::Size => "size",
        SortBy::Repository => "repository",
    }
}

/// Takes over how the screen was left; called once what is stored is known, before anything is
/// asked. A page that was asked for otherwise stays.
pub(super) fn take(state: &mut State) {
    let Some(view) = state.recalled.take() else {
        return;
    };
    for line in view.words.lines() {
        if let Some((name, value)) = line.split_once(' ') {
            take_word(state, name, value);
        }
    }
    state.look.repos.clone_from(&view.repos);
    state.remembered = view;
    say_so(state);
}

/// Says that something else than the usual is looked at, and the keys back.
fn say_so(state: &mut State) {
    let usual = Look::new(&state.calendar).window;
    let key = |action| keys::page_key(state, action);
    let mut back = Vec::new();
    if state.look.window != usual {
        back.push(format!("{} 12 weeks", key(Action::ZoomReset)));
    }
    if state.look.is_narrowed() {
        back.push(format!("{} everything", key(Action::Everything)));
    }
    if state.page == Page::Work && !state.work.kinds.is_all() {
        back.push(format!("{} kinds", key(Action::Measure)));
    }
    if !back.is_empty() {
        let text = format!("as you left it; {}", back.join(", "));
        drilldown::say(state, &text);
    }
}

fn take_word(state: &mut State, name: &str, value: &str) {
    match name {
        "page" if state.page == Page::default() && !state.touched => {
            state.page = Page::by_name(value).unwrap_or_default();
        }
        "window" => {
            if let Some(window) = window(state, value) {
                state.look.window = window;
            }
        }
        "sort" => {
            let all = [SortBy::Time, SortBy::Size, SortBy::Repository];
            let by = all.into_iter().find(|by| sort_name(*by) == value);
            state.work.sort.by = by.unwrap_or_default();
        }
        "languages" | "sources" => take_chosen(state, name, value),
        "kinds" => {
            let named: Vec<&str> = value.split('\t').collect();
            let known = Kind::ALL.into_iter();
            state.work.kinds = Kinds::of(known.filter(|kind| named.contains(&kind.word())));
        }
        "order" => state.work.sort.reverse = value == "reverse",
        _ => take_look(&mut state.look, name, value),
    }
}

fn take_look(look: &mut Look, name: &str, value: &str) {
    match name {
        "compare" => look.compare = value != "no",
        "measure" => {
            let found = Measure::ALL.into_iter().find(|one| one.metric() == value);
            look.measure = found.unwrap_or_default();
        }
        "split" => {
            let found = [Split::Repository, Split::Language];
            let found = found.into_iter().find(|one| one.metric() == value);
            look.split = found.unwrap_or_default();
        }
        "mix" => {
            let found = [Mix::Languages, Mix::Categories, Mix::Types];
            let found = found.into_iter().find(|one| one.metric() == value);
            look.mix = found.unwrap_or_default();
        }
        "lines" => look.raw = value == "all",
        _ => {}
    }
}

fn window(state: &State, value: &str) -> Option<Window> {
    let Some((days, weeks)) = value.split_once(' ') else {
        return period::parse(state, value).ok();
    };
    let range = Range::parse(days, &state.calendar, None).ok()?;
    Some(Window {
        range,
        weeks: Some(weeks.parse().ok()?),
        name: None,
        live: false,
    })
}
