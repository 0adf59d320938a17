//! The page in numbers: a row a panel where there is no room for drawings, and one line of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{headline, measured, stage_name};
use crate::app::effect::Slot;
use crate::app::flow::{self, Panel as Which};
use crate::app::view::PageView;
use crate::model::figure::{Figure, Key, Verdict};
use crate::model::stage::Stage;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, clauses, columns, fit, put, put_right, rows, spans_width};
use crate::ui::theme::Role;
use crate::ui::widgets::spark::spark;
use crate::ui::words;

/// Draws the answer and a row a panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let used = headline(buf, area, (view, 3), screen);
    let gap = u16::from(area.height > used + cells(Which::ALL.len()));
    let body = rows(area, used + gap, area.height.saturating_sub(used + gap));
    for (at, which) in Which::ALL.into_iter().enumerate() {
        let line = rows(body, cells(at), 1);
        let chosen = flow::focused(screen.state) == which;
        screen.row_at(line, Some(which as usize), (0, 0));
        let (name, said) = row(view, which, screen);
        if chosen {
            let mark = screen.theme.glyphs.cursor;
            put(buf, line, (0, 0), (mark, screen.style(Role::Focus)));
        }
        let role = if chosen { Role::Focus } else { Role::Text };
        put(buf, line, (2, 0), (name, screen.style(role)));
        let inset = columns(line, 17, line.width.saturating_sub(18));
        let mut room = usize::from(inset.width);
        if let Some(figure) = view
            .figure(which.slot())
            .filter(|_| which == Which::Throughput)
        {
            let line = spark(&figure.points, 12, screen);
            room = room.saturating_sub(spans_width(&line) + 2);
            put_right(buf, inset, 0, &line);
        }
        let said = fit(&said, room, screen.theme.glyphs.cut);
        put(buf, inset, (0, 0), (&said, screen.style(Role::Title)));
    }
}

/// The name of a panel in a row, and its number.
fn row(view: &PageView, which: Which, screen: &Screen<'_>) -> (&'static str, String) {
    let figure = view.figure(which.slot());
    let name = match which {
        Which::Times => "Start to done",
        Which::Ages => "In progress",
        Which::Stages => match flow::bottleneck(view) {
            Some(Stage::InProgress) => "Most time",
            Some(_) => "Bottleneck",
            None => "Longest stay",
        },
        Which::Cumulative => "Open",
        Which::Throughput => "Finished",
        Which::Reviews => "First review",
        Which::Ahead => "Next done",
    };
    let said = match which {
        Which::Times | Which::Reviews => length(figure, screen),
        Which::Ages => ages(figure, screen),
        Which::Stages => longest((view, figure), screen),
        Which::Cumulative | Which::Throughput => amount(figure, screen),
        Which::Ahead => by(figure, screen),
    };
    (name, said)
}

/// Why a figure has no value.
fn without(figure: Option<&Figure>, screen: &Screen<'_>) -> String {
    let Some(figure) = figure else {
        return "not computed".to_owned();
    };
    match words::too_few(figure) {
        few if few.is_empty() || figure.n == 0 => "none".to_owned(),
        few => screen.clause(few),
    }
}

/// `2d [1d-3d], was 3d, n=41`
fn length(figure: Option<&Figure>, screen: &Screen<'_>) -> String {
    let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.value?))) else {
        return without(figure, screen);
    };
    let said = measured(value, figure.interval, screen);
    let n = screen.clause(format!(", n={}", words::count(figure.n)));
    format!("{said}{n}")
}

/// `7, oldest 16d, p85 7d`
fn ages(figure: Option<&Figure>, screen: &Screen<'_>) -> String {
    let Some(figure) = figure.filter(|figure| figure.n > 0) else {
        return without(figure, screen);
    };
    let n = screen.number(words::count(figure.n));
    let oldest = flow::tasks(figure).filter_map(|point| point.value);
    let oldest = screen.number(words::duration(oldest.fold(0.0, f64::max)));
    let is = |name| {
        let found = figure.points.iter().find(|p| p.key == Key::Name(name));
        found.and_then(|point| point.value)
    };
    let level = is("p85 finished").map_or_else(String::new, |value| {
        screen.clause(format!(", p85 {}", words::duration(value)))
    });
    format!("{n}, oldest {oldest}{level}")
}

/// `In review 2.6d [1.9d-4.2d]`: one stay in the stage that matters most.
fn longest((view, figure): (&PageView, Option<&Figure>), screen: &Screen<'_>) -> String {
    let found = flow::longest(view).and_then(|stage| {
        let point = flow::stay(figure?, stage)?;
        Some((stage, point.value?, point.interval))
    });
    match found {
        Some((stage, value, interval)) => {
            let said = measured(value, interval, screen);
            format!("{} {said}", stage_name(stage))
        }
        None => without_stays(figure, screen),
    }
}

/// Stays are counted, but it is tasks that there are too few of.
fn without_stays(figure: Option<&Figure>, screen: &Screen<'_>) -> String {
    match figure.map(|figure| &figure.verdict) {
        Some(Verdict::TooFew { have, need }) if *have > 0 => {
            screen.clause(format!("too few: {have} tasks, needs {need}"))
        }
        _ => "none".to_owned(),
    }
}

/// `41, was 36`
fn amount(figure: Option<&Figure>, screen: &Screen<'_>) -> String {
    let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.value?))) else {
        return without(figure, screen);
    };
    let was = if screen.state.look.compare {
        words::was(figure)
    } else {
        String::new()
    };
    let was = match was {
        was if was.is_empty() => was,
        was => screen.clause(format!(", {was}")),
    };
    format!("{}{was}", screen.value(value, figure.unit))
}

/// `by 24 Aug, 85 % likely`
fn by(figure: Option<&Figure>, screen: &Screen<'_>) -> String {
    let point = figure.and_then(|figure| {
        let is = |p: &&crate::model::figure::Point| p.key == Key::Name("p85") && p.value.is_some();
        figure.points.iter().find(is)
    });
    match point {
        Some(point) => {
            let day = words::day(point.to, &screen.state.calendar);
            format!(
                "by {}{}",
                screen.number(day),
                screen.clause(", 85 % likely")
            )
        }
        None => without(figure, screen),
    }
}

/// The page's numbers in one line, as many as fit whole.
pub(super) fn strip(view: &PageView, room: usize, screen: &Screen<'_>) -> String {
    if screen.state.blurred {
        return String::new();
    }
    let of = |slot| {
        let figure: &Figure = view.figure(slot)?;
        Some((figure, figure.value?))
    };
    let mut all = Vec::new();
    if let Some((figure, value)) = of(Slot::Finished) {
        let was = match words::was(figure) {
            was if was.is_empty() || !screen.state.look.compare => String::new(),
            was => format!(", {was}"),
        };
        all.push(format!(
            "{} finished{was}",
            words::value(value, figure.unit)
        ));
    }
    if let Some((_, value)) = of(Slot::Times) {
        all.push(format!("half within {}", words::duration(value)));
    }
    if let Some((_, value)) = of(Slot::Level) {
        all.push(format!("85% within {}", words::duration(value)));
    }
    if let Some(figure) = view.figure(Slot::Ages) {
        all.push(format!("{} in progress", words::count(figure.n)));
    }
    if let Some((_, value)) = of(Slot::ReviewWait) {
        all.push(format!("review after {}", words::duration(value)));
    }
    clauses(&all, &screen.dot(), room)
}
