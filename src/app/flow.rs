//! The Flow page: its panels, what they ask for, where their cursors go, and what they open.

use super::effect::{Question, Slot, SortBy};
use super::explain::Face;
use super::look::Look;
use super::size::Tier;
use super::state::{Detail, State};
use super::view::PageView;
use super::{drilldown, moves, task};
use crate::app::effect::Which;
use crate::input::action::Action;
use crate::model::figure::{Figure, Key, Point};
use crate::model::period::Range;
use crate::model::selection::{By, Only, Selection};
use crate::model::stage::Stage;

/// A panel of the page, in the order of Tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Panel {
    /// Finished tasks by day and length.
    Times,
    /// Tasks in progress by age.
    Ages,
    /// How long a stay in each stage takes.
    Stages,
    /// Tasks by stage over time.
    Cumulative,
    /// Tasks finished.
    Throughput,
    /// Waits and phases of pull requests.
    Reviews,
    /// What lies ahead.
    Ahead,
}

impl Panel {
    /// Every panel.
    pub const ALL: [Self; 7] = [
        Self::Times,
        Self::Ages,
        Self::Stages,
        Self::Cumulative,
        Self::Throughput,
        Self::Reviews,
        Self::Ahead,
    ];

    /// Whether its cursor goes along time; before it is moved it points at nothing.
    fn is_chart(self) -> bool {
        matches!(self, Self::Times | Self::Cumulative | Self::Throughput)
    }

    /// The figure that it shows first.
    pub fn slot(self) -> Slot {
        match self {
            Self::Times => Slot::Times,
            Self::Ages => Slot::Ages,
            Self::Stages => Slot::Stages,
            Self::Cumulative => Slot::Cumulative,
            Self::Throughput => Slot::Finished,
            Self::Reviews => Slot::ReviewWait,
            Self::Ahead => Slot::Forecast,
        }
    }
}

/// Where the cursors stand, and how panels are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursors {
    at: [Option<usize>; Panel::ALL.len()],
    /// Days of the scatter lie at equal distances, not by their logarithm.
    pub linear: bool,
    /// Stages show their share of the time between start and finish, not the median of one stay.
    pub shares: bool,
}

impl Cursors {
    /// What `panel`'s cursor points at, of `total` things; `None` = nothing yet.
    pub fn get(&self, panel: Panel, total: usize) -> Option<usize> {
        let at = self.at[panel as usize];
        let at = if panel.is_chart() { at } else { at.or(Some(0)) };
        at.map(|at| at.min(total.saturating_sub(1)))
            .filter(|_| total > 0)
    }

    /// Takes the cursors off the charts: their points are other ones now.
    pub(super) fn leave_charts(&mut self) -> bool {
        let mut any = false;
        for panel in Panel::ALL.into_iter().filter(|panel| panel.is_chart()) {
            any |= self.at[panel as usize].take().is_some();
        }
        any
    }
}

/// The focused panel.
pub fn focused(state: &State) -> Panel {
    Panel::ALL
        .get(state.focus())
        .copied()
        .unwrap_or(Panel::Times)
}

/// The questions of the page.
pub(super) fn questions(look: &Look) -> Vec<Question> {
    let whole = look.selection();
    let ask = |slot, metric, selection: &Selection| Question {
        slot,
        metric,
        selection: selection.clone(),
    };
    let each = Selection {
        by: By::Task,
        ..whole.clone()
    };
    let mut all = vec![
        ask(Slot::Bottleneck, "bottleneck", &whole),
        ask(Slot::Times, "cycle_time", &each),
        ask(Slot::Level, "service_level", &whole),
        ask(Slot::Ages, "work_item_age", &whole),
        ask(Slot::Stages, "time_in_stage", &whole),
        ask(Slot::Efficiency, "flow_efficiency", &whole),
        ask(Slot::Cumulative, "cumulative_flow", &whole),
        ask(Slot::Finished, "throughput", &whole),
        ask(Slot::ReviewWait, "review_received", &whole),
        ask(Slot::Phases, "change_cycle_time", &whole),
        ask(Slot::Forecast, "forecast", &whole),
        ask(Slot::ForecastItems, "forecast_items", &whole),
    ];
    if look.is_narrowed() {
        let open = Selection {
            repos: None,
            sources: None,
            commits: None,
            tasks: None,
            ..whole
        };
        all.push(ask(Slot::Unfiltered, "throughput", &open));
    }
    all
}

/// The points of a figure that are tasks.
pub fn tasks(figure: &Figure) -> impl Iterator<Item = &Point> {
    let is_task = |point: &&Point| matches!(point.key, Key::Task(_));
    figure.points.iter().filter(is_task)
}

/// The stages of a figure of stages before the end, in the order in which they are listed: work
/// first, then waiting, from the stage nearest to the end.
pub fn stages(figure: &Figure) -> Vec<Stage> {
    let there = |stage: &Stage| {
        let name = Key::Name(stage.as_str());
        !stage.is_closed() && figure.points.iter().any(|point| point.key == name)
    };
    let mut all: Vec<Stage> = Stage::ALL.into_iter().filter(there).collect();
    all.sort_by_key(|stage| (*stage != Stage::InProgress, std::cmp::Reverse(*stage)));
    all
}

/// The median of one stay in `stage`, where there are enough.
pub fn stay(figure: &Figure, stage: Stage) -> Option<&Point> {
    let is_median = |name: &str| name.strip_prefix("p50 ") == Some(stage.as_str());
    let mut points = figure.points.iter();
    points.find(|point| matches!(point.key, Key::Name(name) if is_median(name)))
}

/// The stage that a screen with room for one of them shows: the one that holds most of the time, as
/// the page's answer names it; where none stands out, the one with the longest stay of those that
/// count.
pub fn longest(view: &PageView) -> Option<Stage> {
    let figure = view.figure(Slot::Stages)?;
    let long = |stage: &Stage| stay(figure, *stage).and_then(|point| point.value);
    let counted = stages(figure).into_iter();
    let counted = counted.filter(|stage| counts(view, *stage) && long(stage).is_some());
    let longest = counted.max_by(|a, b| {
        let (a, b) = (long(a).unwrap_or(0.0), long(b).unwrap_or(0.0));
        a.total_cmp(&b)
    });
    bottleneck(view).or(longest)
}

/// Whether time in `stage` is part of the time between start and finish: the list before the start
/// is not, nor is being put back there; waiting to go on is, where any was.
pub fn counts(view: &PageView, stage: Stage) -> bool {
    let waited = || {
        let figure = view.figure(Slot::Bottleneck)?;
        let name = Key::Name(stage.as_str());
        let point = figure.points.iter().find(|point| point.key == name)?;
        point.value.filter(|share| *share > 0.0)
    };
    match stage {
        Stage::InProgress | Stage::InReview => true,
        Stage::Todo => waited().is_some(),
        Stage::Backlog | Stage::Done | Stage::Cancelled => false,
    }
}

/// The days of the buckets of a figure, each once.
pub fn buckets(figure: &Figure) -> Vec<Range> {
    let points = figure.points.iter().map(|p| Range::new(p.from, p.to));
    let mut out: Vec<Range> = points.collect();
    out.dedup();
    out
}

/// The phases of pull requests that have a point, in their order.
pub fn phases(figure: &Figure) -> impl Iterator<Item = &Point> {
    const PHASES: [&str; 4] = ["coding", "draft", "pickup", "review"];
    let is_phase = |point: &&Point| matches!(point.key, Key::Name(name) if PHASES.contains(&name));
    figure.points.iter().filter(is_phase)
}

/// How many things `panel`'s cursor can point at.
pub fn total(view: &PageView, panel: Panel) -> usize {
    let of = |slot, count: fn(&Figure) -> usize| view.figure(slot).map_or(0, count);
    match panel {
        Panel::Times => of(Slot::Times, |figure| tasks(figure).count()),
        Panel::Ages => of(Slot::Ages, |figure| tasks(figure).count()),
        Panel::Stages => of(Slot::Stages, |figure| stages(figure).len()),
        Panel::Cumulative => of(Slot::Cumulative, |figure| buckets(figure).len()),
        Panel::Throughput => of(Slot::Finished, |figure| moves::line(figure).count()),
        Panel::Reviews => 1 + of(Slot::Phases, |figure| phases(figure).count()),
        Panel::Ahead => 2,
    }
}

/// What the cursor of `panel` points at.
pub fn cursor(state: &State, panel: Panel) -> Option<usize> {
    let total = total(state.view()?, panel);
    state.cursors.flow.get(panel, total)
}

/// A cursor key.
pub(super) fn go(state: &mut State, action: Action) {
    let panel = focused(state);
    let Some(view) = state.view() else { return };
    let total = total(view, panel);
    let Some(last) = total.checked_sub(1) else {
        return;
    };
    let page = moves::page_rows(state) / 3;
    let at = state.cursors.flow.get(panel, total);
    let to = if panel.is_chart() {
        match (action, at) {
            (Action::Top, _) => Some(0),
            (Action::Left | Action::Right, None) | (Action::Bottom, _) => Some(last),
            (Action::Left, Some(at)) => Some(at.saturating_sub(1)),
            (Action::Right, Some(at)) => Some((at + 1).min(last)),
            _ => at,
        }
    } else {
        at.map(|at| moves::in_list(at, total, action, page))
    };
    state.cursors.flow.at[panel as usize] = to;
}

/// `m`: another way to draw the focused panel; false where it has only one.
pub(super) fn measure(state: &mut State) -> bool {
    let panel = focused(state);
    let flow = &mut state.cursors.flow;
    match panel {
        Panel::Times => flow.linear = !flow.linear,
        Panel::Stages => flow.shares = !flow.shares,
        _ => return false,
    }
    true
}

/// Opens what the cursor points at.
pub(super) fn open(state: &mut State) {
    let panel = focused(state);
    let whole = state.look.selection();
    let Some(view) = state.view() else { return };
    let at = state.cursors.flow.get(panel, total(view, panel));
    let days = |slot, from_start: bool| {
        let buckets = buckets(view.figure(slot)?);
        let days = *buckets.get(at?)?;
        let from = if from_start {
            whole.range.from
        } else {
            days.from
        };
        Some(whole.over(Range::new(from.min(days.to), days.to)))
    };
    let (metric, selection, face) = match panel {
        Panel::Times | Panel::Ages => {
            if let Some(which) = task_at(view, panel, at) {
                return task::open(state, which);
            }
            let metric = if panel == Panel::Times {
                "cycle_time"
            } else {
                "work_item_age"
            };
            (metric, whole, Face::Rows)
        }
        Panel::Stages if state.cursors.flow.shares => ("bottleneck", whole, Face::Parts),
        Panel::Stages => {
            let stages = view.figure(Slot::Stages).map(stages).unwrap_or_default();
            let chosen = match state.tier() {
                Tier::Numbers => longest(view),
                _ => at.and_then(|at| stages.get(at).copied()),
            };
            return stays(state, whole, chosen);
        }
        Panel::Cumulative => {
            let upto = days(Slot::Cumulative, true).unwrap_or(whole);
            ("cumulative_flow", upto, Face::Rows)
        }
        Panel::Throughput => {
            let week = days(Slot::Finished, false).unwrap_or(whole);
            ("throughput", week, Face::Rows)
        }
        Panel::Reviews if at == Some(0) => ("review_received", whole, Face::Rows),
        Panel::Reviews => ("change_cycle_time", whole, Face::Rows),
        Panel::Ahead if at == Some(0) => ("forecast", whole, Face::Parts),
        Panel::Ahead => ("forecast_items", whole, Face::Parts),
    };
    drilldown::figure(state, metric, selection, face);
}

/// Opens the stays in the chosen stage, the longest first; without one all tasks with a known way.
fn stays(state: &mut State, whole: Selection, chosen: Option<Stage>) {
    let selection = Selection {
        only: chosen.map(Only::Stage),
        ..whole
    };
    drilldown::figure(state, "time_in_stage", selection, Face::Rows);
    if let (Some(Detail::Figure(detail)), Some(_)) = (state.details.last_mut(), chosen) {
        detail.list.sort.by = SortBy::Size;
    }
}

/// The task under the cursor of a panel of tasks.
fn task_at(view: &PageView, panel: Panel, at: Option<usize>) -> Option<Which> {
    let point = tasks(view.figure(panel.slot())?).nth(at?)?;
    let Key::Task(place) = point.key else {
        return None;
    };
    view.told
        .tasks
        .get(&place)
        .map(|note| Which::Id(note.id))
        .or_else(|| {
            let key = view.labels.tasks.get(place as usize)?;
            Some(Which::Key(key.clone()))
        })
}

/// The stage that is named as the bottleneck.
pub fn bottleneck(view: &PageView) -> Option<Stage> {
    let figure = view.figure(Slot::Bottleneck)?;
    figure.value?;
    figure.points.iter().find_map(|point| match point.key {
        Key::Name(name) => Stage::parse(name),
        _ => None,
    })
}

/// The days of the chart that the cursor points at.
pub(super) fn days(state: &State) -> Option<Range> {
    let (view, panel) = (state.view()?, focused(state));
    let at = cursor(state, panel)?;
    match panel {
        Panel::Times => {
            let point = tasks(view.figure(Slot::Times)?).nth(at)?;
            Some(Range::new(point.to, point.to))
        }
        Panel::Cumulative | Panel::Throughput => {
            buckets(view.figure(panel.slot())?).get(at).copied()
        }
        _ => None,
    }
}
