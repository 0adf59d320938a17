//! The palette: every command by its name, the key beside it.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};

use super::effect::{Effect, Which};
use super::explain::Face;
use super::field::Field;
use super::look::{Measure, Window};
use super::popup::Popup;
use super::state::State;
use super::{draft, drilldown, filter, keys, measures, moves, period, task};
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::metrics::METRICS;
use crate::model::text::Clean;

/// The open palette.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// What is searched for.
    pub field: Field,
    /// The line under the cursor.
    pub cursor: usize,
    /// The commands found, the best first.
    pub found: Vec<Command>,
}

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What it does.
    pub label: String,
    /// Its keys on a page, may be empty.
    pub keys: String,
    /// How it is run.
    run: Run,
    /// Which characters of the label were matched.
    pub matched: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Run {
    Action(Action),
    Range(&'static str),
    Measure(Measure),
    Explain(&'static str),
    Draft(draft::Kind),
    Task(Clean),
}

/// Ranges offered by name.
const RANGES: [&str; 11] = [
    "today",
    "yesterday",
    "week",
    "last-week",
    "month",
    "last-month",
    "quarter",
    "last-quarter",
    "year",
    "last-year",
    "all",
];

/// Opens the palette with every command.
pub(super) fn open(state: &mut State) {
    state.popup = Some(Popup::Palette(Palette::default()));
    search(state);
}

fn commands(state: &State) -> Vec<Command> {
    // The name first: it is what the key table and the documentation call it.
    let command = |name: &str, help: &str, keys: String, run| Command {
        label: format!("{name:<16}{help}"),
        keys,
        run,
        matched: Vec::new(),
    };
    let contexts = [Context::Page, Context::Always, Context::List];
    let actions = Action::ALL.iter().filter(|a| a.in_palette()).map(|action| {
        let keys = state.keymap.keys(&contexts, *action);
        let keys: Vec<_> = keys.iter().map(|key| key.label()).collect();
        command(
            action.name(),
            action.help(),
            keys.join(" "),
            Run::Action(*action),
        )
    });
    let measures = Measure::ALL.iter().map(|measure| {
        let help = format!("Trends of {}", measure.title());
        command("measure", &help, String::new(), Run::Measure(*measure))
    });
    let ranges = RANGES.iter().map(|range| {
        let help = format!("Look at: {}", range.replace('-', " "));
        command("range", &help, String::new(), Run::Range(range))
    });
    let drafts = draft::Kind::ALL
        .iter()
        .map(|kind| command("draft", kind.help(), String::new(), Run::Draft(*kind)));
    let explained = METRICS.iter().map(|metric| {
        let help = format!("{} ({})", metric.title(), metric.id());
        command("explain", &help, String::new(), Run::Explain(metric.id()))
    });
    actions
        .chain(drafts)
        .chain(measures)
        .chain(ranges)
        .chain(explained)
        .collect()
}

/// How many tasks are offered at a time.
const TASKS: usize = 12;

/// The tasks whose key holds what was typed, from two characters on; none under the blur.
fn tasks(state: &State) -> Vec<Command> {
    let Some(Popup::Palette(palette)) = &state.popup else {
        return Vec::new();
    };
    let typed = palette.field.text().trim().to_lowercase();
    let typed = typed.strip_prefix("task ").unwrap_or(&typed).trim();
    let views = state.pages.values().filter_map(|page| page.value.as_ref());
    let Some(view) = views.max_by_key(|view| view.id) else {
        return Vec::new();
    };
    if typed.chars().count() < 2 || state.blurred {
        return Vec::new();
    }
    let holds = |key: &&Clean| key.as_str().to_lowercase().contains(typed);
    let found = view.labels.tasks.iter().filter(holds).take(TASKS);
    let command = |key: &Clean| Command {
        label: format!("{:<16}{key}", "task"),
        keys: String::new(),
        run: Run::Task(key.clone()),
        matched: Vec::new(),
    };
    found.map(command).collect()
}

/// Finds the commands that match what was typed; all of them when nothing was.
pub(super) fn search(state: &mut State) {
    let mut all = commands(state);
    all.extend(tasks(state));
    let Some(Popup::Palette(palette)) = &mut state.popup else {
        return;
    };
    palette.cursor = 0;
    let text = palette.field.text();
    if text.trim().is_empty() {
        palette.found = all;
        return;
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Smart);
    let mut scored: Vec<(u32, Command)> = Vec::new();
    for mut command in all {
        let label = Utf32String::from(command.label.as_str());
        let mut places = Vec::new();
        if let Some(score) = pattern.indices(label.slice(..), &mut matcher, &mut places) {
            places.sort_unstable();
            places.dedup();
            command.matched = places;
            scored.push((score, command));
        }
    }
    // Stable: equal scores keep the order of the help.
    scored.sort_by_key(|row| std::cmp::Reverse(row.0));
    palette.found = scored.into_iter().map(|row| row.1).collect();
}

/// Keys in the palette.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let page = moves::page_rows(state).min(12);
    let Some(Popup::Palette(palette)) = &mut state.popup else {
        return Vec::new();
    };
    match action {
        Action::Cancel | Action::Back => state.popup = None,
        Action::Accept | Action::Open => {
            let chosen = palette.found.get(palette.cursor).map(|c| c.run.clone());
            state.popup = None;
            return chosen.map(|run| carry_out(state, run)).unwrap_or_default();
        }
        _ => {
            let total = palette.found.len();
            palette.cursor = moves::in_list(palette.cursor, total, action, page);
        }
    }
    Vec::new()
}

fn carry_out(state: &mut State, run: Run) -> Vec<Effect> {
    match run {
        Run::Action(action) => return keys::run(state, action),
        Run::Range(text) => {
            // Named ranges are always ranges; a problem could only be an asset of ours.
            if let Ok(window) = period::parse(state, text) {
                show(state, window);
            }
        }
        Run::Draft(kind) => draft::open(state, Some(kind)),
        Run::Explain(metric) => {
            let selection = state.look.selection();
            drilldown::figure(state, metric, selection, Face::Rule);
        }
        Run::Task(key) => task::open(state, Which::Key(key)),
        Run::Measure(measure) => measures::choose(state, measure),
    }
    Vec::new()
}

fn show(state: &mut State, window: Window) {
    state.look.window = window;
    state.question_changed();
}
