//! The palette: pages, commands, figures, measures, drafts, days, repositories and tasks by their
//! names, the key beside them.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};

use super::effect::{Effect, Which};
use super::explain::Face;
use super::field::Field;
use super::look::{Measure, Window};
use super::popup::Popup;
use super::rank::{Rank, TaskHit, rank};
use super::state::State;
use super::{draft, drilldown, filter, keys, measures, moves, period, repository, task};
use crate::input::action::{Action, Group};
use crate::input::keymap::Context;
use crate::metrics::METRICS;
use crate::model::ids::{RepoId, TaskId};
use crate::model::period::Range;

/// The open palette.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// What is searched for.
    pub field: Field,
    /// The line under the cursor.
    pub cursor: usize,
    /// What was found, the best first.
    pub found: Vec<Command>,
    /// The tasks that the worker found for an earlier or the present text.
    tasks: Vec<TaskHit>,
    /// The text that tasks were last asked for.
    asked: String,
    /// The number of that ask.
    waiting: Option<u64>,
}

/// One thing that can be gone to or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its name, and what it is or does.
    pub label: String,
    /// What kind of thing, in a word.
    pub kind: &'static str,
    /// Its keys on a page, may be empty.
    pub keys: String,
    /// How it is run.
    run: Run,
    /// Which characters of the label were matched.
    pub matched: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Action(Action),
    Range(&'static str),
    Days(Range),
    Measure(Measure),
    Explain(&'static str),
    Draft(draft::Kind),
    Repository(RepoId),
    Task(TaskId),
}

impl Run {
    /// Which kind comes first among things of one name.
    fn place(self) -> u8 {
        match self {
            Self::Action(action) if action.group() == Group::Pages => 0,
            Self::Range(_) | Self::Days(_) => 1,
            Self::Action(_) => 2,
            Self::Task(_) => 3,
            Self::Repository(_) => 4,
            Self::Explain(_) => 5,
            Self::Draft(_) => 6,
            Self::Measure(_) => 7,
        }
    }
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

/// Columns of a name; the words begin behind it.
const NAME: usize = 18;

/// Opens the palette with all that it knows without a search.
pub(super) fn open(state: &mut State) {
    state.popup = Some(Popup::Palette(Palette::default()));
    search(state);
}

fn command(kind: &'static str, (name, words): (&str, &str), run: Run) -> Command {
    // The name first: it is what the key table and the documentation call it.
    Command {
        label: format!(
            "{name:<NAME$}{}{words}",
            if name.len() < NAME { "" } else { "  " }
        ),
        kind,
        keys: String::new(),
        run,
        matched: Vec::new(),
    }
}

fn commands(state: &State) -> Vec<Command> {
    let contexts = [Context::Page, Context::Always, Context::List];
    let actions = Action::ALL.iter().filter(|a| a.in_palette()).map(|action| {
        let keys = state.keymap.keys(&contexts, *action);
        let keys: Vec<_> = keys.iter().map(|key| key.label()).collect();
        let kind = if action.group() == Group::Pages {
            "page"
        } else {
            "command"
        };
        Command {
            keys: keys.join(" "),
            ..command(kind, (action.name(), action.help()), Run::Action(*action))
        }
    });
    let measures = Measure::ALL.iter().map(|measure| {
        let words = format!("Trends of {}", measure.title());
        command(
            "measure",
            (measure.metric(), &words),
            Run::Measure(*measure),
        )
    });
    let ranges = RANGES.iter().map(|range| {
        let words = format!("Look at: {}", range.replace('-', " "));
        command("days", (range, &words), Run::Range(range))
    });
    let drafts = draft::Kind::ALL
        .iter()
        .map(|kind| command("draft", (kind.name(), kind.help()), Run::Draft(*kind)));
    let explained = METRICS.iter().map(|metric| {
        let words = (metric.id(), metric.title());
        command("figure", words, Run::Explain(metric.id()))
    });
    actions
        .chain(drafts)
        .chain(measures)
        .chain(ranges)
        .chain(explained)
        .chain(repositories(state))
        .collect()
}

/// The repositories; none under the blur.
fn repositories(state: &State) -> impl Iterator<Item = Command> {
    let facts = state.facts.iter().filter(|_| !state.blurred);
    facts.flat_map(|facts| &facts.repos).map(|repo| {
        let commits = format!("{} commits of yours", repo.commits);
        let run = Run::Repository(repo.id);
        command("repository", (repo.name.as_str(), &commits), run)
    })
}

/// How many tasks are offered at a time.
pub const TASKS: usize = 12;

/// What tasks are searched by; empty for what is too short, and under the blur.
fn wanted(state: &State) -> Option<String> {
    let Some(Popup::Palette(palette)) = &state.popup else {
        return None;
    };
    let typed = palette.field.text().trim();
    let typed = typed.strip_prefix("task ").unwrap_or(typed).trim();
    let enough = typed.chars().count() >= 2 && !state.blurred;
    Some(if enough { typed } else { "" }.to_owned())
}

/// The ask for the tasks that answer what was typed, when that is another text than before.
pub(super) fn ask(state: &mut State) -> Option<Effect> {
    let text = wanted(state)?;
    let id = state.asks + 1;
    let Some(Popup::Palette(palette)) = &mut state.popup else {
        return None;
    };
    if palette.asked == text {
        return None;
    }
    palette.asked.clone_from(&text);
    if text.is_empty() {
        palette.waiting = None;
        palette.tasks.clear();
        return None;
    }
    palette.waiting = Some(id);
    state.asks = id;
    Some(Effect::FindTasks { id, text })
}

/// Takes the tasks that the worker found; false when nobody waits for them. The cursor stays on
/// what it stands on.
pub(super) fn found_tasks(state: &mut State, id: u64, hits: Vec<TaskHit>) -> bool {
    let Some(Popup::Palette(palette)) = &mut state.popup else {
        return false;
    };
    if palette.waiting != Some(id) {
        return false;
    }
    palette.waiting = None;
    palette.tasks = hits;
    let at = palette.cursor;
    let here = palette.found.get(at).map(|one| one.run);
    search(state);
    if let Some(Popup::Palette(palette)) = &mut state.popup
        && at > 0
    {
        let again = palette
            .found
            .iter()
            .position(|one| Some(&one.run) == here.as_ref());
        palette.cursor = again.unwrap_or(0);
    }
    true
}

/// The days that were typed, in any form that is no name of its own here.
fn typed_days(state: &State) -> Option<Command> {
    let Some(Popup::Palette(palette)) = &state.popup else {
        return None;
    };
    let text = palette.field.text().trim();
    let window = period::parse(state, text).ok()?;
    let told = RANGES.contains(&text) || text.chars().count() < 3;
    let words = format!("Look at: {}", window.range);
    (!told).then(|| command("days", (text, &words), Run::Days(window.range)))
}

/// Where something found stands: how well it matches, its kind, how alike it is.
type Place = (Rank, u8, Reverse<u32>);

/// Finds what matches the text, the best first; everything when nothing was typed.
pub(super) fn search(state: &mut State) {
    let mut all = commands(state);
    let blurred = state.blurred;
    let days = typed_days(state);
    let Some(Popup::Palette(palette)) = &mut state.popup else {
        return;
    };
    palette.cursor = 0;
    let text = palette.field.text().trim().to_lowercase();
    if text.is_empty() {
        palette.found = all;
        return;
    }
    let tasks = palette.tasks.iter().filter(|_| !blurred).map(|hit| {
        let words = (hit.key.as_str(), hit.title.as_str());
        command("task", words, Run::Task(hit.id))
    });
    all.extend(tasks);
    all.extend(days);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(
        &text,
        CaseMatching::Ignore,
        Normalization::Smart,
        AtomKind::Fuzzy,
    );
    let mut scored: Vec<(Place, Command)> = Vec::new();
    for mut command in all {
        // The kind is searched too, and stands before the label only here.
        let kind = format!("{} {}", kind_words(command.kind), also(command.run));
        let whole = format!("{kind} {}", command.label);
        let shift = u32::try_from(kind.len() + 1).unwrap_or(0);
        let whole = Utf32String::from(whole.as_str());
        let mut places = Vec::new();
        if let Some(score) = pattern.indices(whole.slice(..), &mut matcher, &mut places) {
            places.sort_unstable();
            places.dedup();
            let inside = places.into_iter().filter_map(|at| at.checked_sub(shift));
            command.matched = inside.collect();
            let rank = how_well(&text, &command);
            // Of several things of one name the kind decides, of mere likeness how alike they are.
            let kind = if rank <= Rank::Beginning {
                command.run.place()
            } else {
                0
            };
            scored.push(((rank, kind, Reverse(score)), command));
        }
    }
    // Stable: equal scores keep the order of the help.
    scored.sort_by_key(|row| row.0);
    palette.found = scored.into_iter().map(|row| row.1).collect();
}

/// How well `command` answers `text`: by its name, then by its words and its kind.
fn how_well(text: &str, command: &Command) -> Rank {
    let label = command.label.to_lowercase();
    let (name, words) = label.split_once("  ").unwrap_or((&label, ""));
    let kind = kind_words(command.kind);
    let more = format!("{} {kind} {}", words.trim_start(), also(command.run));
    rank(text, name, &more).unwrap_or(Rank::Letters)
}

fn also(run: Run) -> &'static str {
    match run {
        Run::Action(action) => action.other_words(),
        _ => "",
    }
}

/// The words that a kind is searched by: what it is, and what is done with it.
fn kind_words(kind: &'static str) -> &'static str {
    match kind {
        "figure" => "figure explain",
        "days" => "days range",
        other => other,
    }
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
            let chosen = palette.found.get(palette.cursor).map(|c| c.run);
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
        Run::Days(days) => {
            if let Ok(window) = period::parse(state, &days.to_string()) {
                show(state, window);
            }
        }
        Run::Draft(kind) => draft::open(state, Some(kind)),
        Run::Explain(metric) => {
            let selection = state.look.selection();
            drilldown::figure(state, metric, selection, Face::Rule);
        }
        Run::Repository(repo) => repository::open(state, repo),
        Run::Task(id) => task::open(state, Which::Id(id)),
        Run::Measure(measure) => measures::choose(state, measure),
    }
    Vec::new()
}

fn show(state: &mut State, window: Window) {
    state.look.window = window;
    state.question_changed();
}
