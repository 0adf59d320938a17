//! How long a stay in each stage takes, work and waiting apart, or each stage's share of the time.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{fitting, has_focus, measured, missing, stage_name};
use crate::app::effect::Slot;
use crate::app::flow::{self, Panel as Which};
use crate::app::view::PageView;
use crate::model::figure::{Figure, Key, Point, Verdict};
use crate::model::stage::Stage;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, put, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::reach;
use crate::ui::words;

/// Said of a stage before the start of work.
const NOT_COUNTED: &str = "not counted";

/// Draws the panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let shares = screen.state.cursors.flow.shares;
    let (figure, title) = if shares {
        (view.figure(Slot::Bottleneck), "Stages, share of the time")
    } else {
        (view.figure(Slot::Stages), "Stages, median of one stay")
    };
    let focused = has_focus(Which::Stages, screen);
    let notes = figure.map(|figure| notes(figure, shares, screen));
    let panel = Panel {
        title,
        note: screen.note(&fitting(title, area.width, &notes.unwrap_or_default())),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    let what = "finished task with a known way";
    if missing::panel(buf, inside, (view, figure), what, screen) {
        return;
    }
    let Some(figure) = figure else { return };
    if let Verdict::TooFew { have, need } = figure.verdict {
        few(buf, inside, (view, figure), (have, need), screen);
        return;
    }
    let cursor = flow::cursor(screen.state, Which::Stages).filter(|_| focused && !shares);
    let lines = lines(view, figure, shares);
    let most = lines.iter().filter_map(|line| {
        let point = line.point?;
        let high = point.interval.map_or(0.0, |ends| ends.1);
        Some(point.value?.max(high))
    });
    let most = most.fold(0.0, f64::max);
    // A heading over work and over waiting, where there is room.
    let apart = usize::from(inside.height) > lines.len() + 1;
    let mut row = 0;
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        if apart && before.is_none_or(|before| before.works != line.works) {
            let heading = if line.works { "Work" } else { "Waiting" };
            put(buf, inside, (0, row), (heading, screen.style(Role::Muted)));
            row += 1;
        }
        let place = rows(inside, row, 1);
        if let (Some(at), false) = (line.at, shares) {
            let cursor = flow::cursor(screen.state, Which::Stages).unwrap_or(0);
            screen.row_at(place, Some(Which::Stages as usize), (at, cursor));
        }
        let chosen = cursor.is_some_and(|cursor| line.at == Some(cursor));
        draw_row(buf, place, (line, most, chosen), shares, screen);
        row += 1;
    }
    if !shares && row < inside.height {
        efficiency(buf, rows(inside, inside.height - 1, 1), view, screen);
    }
}

/// One stage.
struct Line<'a> {
    stage: Stage,
    /// Its place among the stages that the cursor goes through.
    at: Option<usize>,
    works: bool,
    /// Its value; `None` where there are too few stays for one.
    point: Option<&'a Point>,
    /// How many stays.
    n: u64,
    named: bool,
    /// Its time is part of that between start and finish.
    counts: bool,
}

fn lines<'a>(view: &PageView, figure: &'a Figure, shares: bool) -> Vec<Line<'a>> {
    let stages = flow::stages(figure);
    let named = flow::bottleneck(view);
    let line = |(at, stage): (usize, &Stage)| {
        let name = stage.as_str();
        let is =
            |point: &&Point, wanted: &str| matches!(point.key, Key::Name(key) if key == wanted);
        let whole = figure.points.iter().find(|point| is(point, name));
        let median = flow::stay(figure, *stage);
        Line {
            stage: *stage,
            at: Some(at),
            works: *stage == Stage::InProgress,
            point: if shares { whole } else { median },
            n: whole.map_or(0, |point| point.n),
            named: named == Some(*stage),
            counts: shares || flow::counts(view, *stage),
        }
    };
    stages.iter().enumerate().map(line).collect()
}

fn draw_row(
    buf: &mut Buffer,
    area: Rect,
    (line, most, chosen): (&Line<'_>, f64, bool),
    shares: bool,
    screen: &Screen<'_>,
) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    let wide = if shares { 5 } else { 20 };
    let names = 13;
    if chosen {
        let blank = " ".repeat(usize::from((1 + names + wide).min(area.width)));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
        let mark = screen.theme.glyphs.cursor;
        put(buf, area, (0, 0), (mark, style(Role::Text)));
    }
    put(
        buf,
        area,
        (2, 0),
        (stage_name(line.stage), style(Role::Text)),
    );
    let value = line.point.and_then(|point| point.value);
    let Some(value) = value else {
        let stays = if line.n == 1 { "stay" } else { "stays" };
        let not = if line.counts { "" } else { ", not counted" };
        let few = format!(
            "{} {stays}: too few for a median{not}",
            words::count(line.n)
        );
        let few = screen.clause(few);
        put(buf, area, (2 + names, 0), (&few, style(Role::Muted)));
        return;
    };
    let interval = line.point.and_then(|point| point.interval);
    let said = if shares {
        screen.value(value, crate::model::figure::Unit::Share)
    } else {
        measured(value, interval, screen)
    };
    put(buf, area, (2 + names, 0), (&said, style(Role::Title)));
    // Most time is no fault where it is the work itself.
    let tail = match (line.named, line.works) {
        (true, true) => "most time".to_owned(),
        (true, false) => "bottleneck".to_owned(),
        (false, _) => format!("n={}", words::count(line.n)),
    };
    let tail = if line.counts {
        screen.clause(tail)
    } else {
        NOT_COUNTED.to_owned()
    };
    let at = 2 + names + wide.max(cells(width(&said)) + 1);
    // As wide as the longest one, so that all bars have one measure.
    let tail_wide = cells(width(NOT_COUNTED)).max(cells(width(&tail)));
    let room = area.width.saturating_sub(at + tail_wide + 1).min(60);
    let most = if shares { 1.0 } else { most };
    reach::estimate(
        buf,
        columns(area, at, room),
        (value, interval, most),
        screen,
    );
    let role = if line.named { Role::Worth } else { Role::Muted };
    put(buf, area, (at + room + 1, 0), (&tail, screen.style(role)));
}

/// Up to four tasks, each with the time of its stays, and from when there are statistics.
fn few(
    buf: &mut Buffer,
    area: Rect,
    (view, figure): (&PageView, &Figure),
    (have, need): (u64, u64),
    screen: &Screen<'_>,
) {
    let tasks = if have == 1 { "task" } else { "tasks" };
    let said = format!("The way of {have} finished {tasks} is known; medians from {need}.");
    let said = screen.clause(said);
    put(buf, area, (0, 0), (&said, screen.style(Role::Text)));
    for (at, point) in flow::tasks(figure).enumerate() {
        let line = rows(area, cells(at) + 2, 1);
        let key = screen.part(point.key, &view.labels);
        put(buf, line, (2, 0), (&key, screen.style(Role::Series)));
        let value = point.value.map(|value| screen.value(value, figure.unit));
        let value = value.unwrap_or_default();
        put(buf, line, (20, 0), (&value, screen.style(Role::Title)));
    }
}

/// `34% [28-41%] of the time between start and finish was work`
fn efficiency(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let Some(figure) = view.figure(Slot::Efficiency) else {
        return;
    };
    let Some(value) = figure.value.filter(|_| !screen.state.blurred) else {
        return;
    };
    let share = words::value(value, figure.unit);
    let interval = words::interval(figure);
    let space = if interval.is_empty() { "" } else { " " };
    let long = format!(
        "{share}{space}{interval} of the time from start to finish was work, n={}",
        words::count(figure.n)
    );
    let short = format!("{share}{space}{interval} from start to finish was work");
    let room = usize::from(area.width);
    let text = [long, short].into_iter().find(|text| width(text) <= room);
    let text = text.unwrap_or_default();
    put(buf, area, (0, 0), (&text, screen.style(Role::Muted)));
}

/// `n=88 stays`
fn notes(figure: &Figure, shares: bool, screen: &Screen<'_>) -> Vec<String> {
    if figure.n == 0 {
        return Vec::new();
    }
    let n = words::count(figure.n);
    let what = figure.of.noun(figure.n);
    let n = screen.clause(format!("n={n} {what}"));
    if shares {
        let between = screen.clause("between start and finish");
        return vec![format!("{between}, {n}"), n];
    }
    vec![n]
}
