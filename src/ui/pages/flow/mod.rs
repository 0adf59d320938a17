//! Flow: where do my tasks get stuck? The answer in a sentence, then the evidence for it.

mod ages;
mod ahead;
mod missing;
mod numbers;
mod over_time;
mod reviews;
mod stages;
mod times;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::flow::{Panel as Which, focused};
use crate::app::page::Page;
use crate::app::size::Tier;
use crate::app::view::PageView;
use crate::model::stage::Stage;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, clauses, columns, fit, put, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::narrowed;
use crate::ui::words;
pub(super) use crate::ui::words::stage as stage_name;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let asked = screen.state.pages.get(&Page::Flow);
    if missing::page(buf, area, asked, screen) {
        return;
    }
    let Some(view) = asked.and_then(|asked| asked.value.as_ref()) else {
        return;
    };
    match screen.tier {
        Tier::Full => full(buf, area, view, screen),
        Tier::Compact => compact(buf, area, view, screen),
        Tier::Numbers | Tier::TooSmall => numbers::draw(buf, area, view, screen),
    }
}

/// The least rows of each band of panels.
const LEAST: [u16; 3] = [11, 9, 7];

/// The panels of each band.
const BANDS: [&[Which]; 3] = [
    &[Which::Times, Which::Ages],
    &[Which::Stages, Which::Cumulative],
    &[Which::Throughput, Which::Reviews, Which::Ahead],
];

fn full(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let used = headline(buf, area, (view, 2), screen);
    let body = rows(area, used + 1, area.height.saturating_sub(used + 1));
    let mut top = 0;
    for (band, height) in bands(body.height, focused(screen.state)) {
        let strip = rows(body, top, height);
        top += height;
        let panels = BANDS[band];
        // Rows of tasks are wider than a scatter needs; the rest is shared evenly.
        for (at, which) in panels.iter().enumerate() {
            let (left, right) = (cells(at), cells(at + 1));
            let of = cells(panels.len());
            let (left, right) = (strip.width * left / of, strip.width * right / of);
            panel(
                buf,
                columns(strip, left, right - left),
                (view, *which),
                screen,
            );
        }
    }
}

/// The bands that fit into `height` rows, with theirs. Where not all do, the one with the focus
/// takes the place of the others.
fn bands(height: u16, focus: Which) -> Vec<(usize, u16)> {
    if LEAST.iter().sum::<u16>() <= height {
        let more = height - LEAST.iter().sum::<u16>();
        let (first, second) = (more * 45 / 100, more * 30 / 100);
        let last = more - first - second;
        return vec![
            (0, LEAST[0] + first),
            (1, LEAST[1] + second),
            (2, LEAST[2] + last),
        ];
    }
    let here = BANDS.iter().position(|band| band.contains(&focus));
    let other = here.filter(|band| *band > 0).unwrap_or(1);
    if LEAST[0] + LEAST[other] > height {
        return vec![(here.unwrap_or(0), height)];
    }
    let first = (height * 55 / 100).clamp(LEAST[0], height - LEAST[other]);
    vec![(0, first), (other, height - first)]
}

fn compact(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let used = headline(buf, area, (view, 2), screen);
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let strip = numbers::strip(view, usize::from(inset.width), screen);
    put(buf, inset, (0, used), (&strip, screen.style(Role::Muted)));
    let body = rows(area, used + 1, area.height.saturating_sub(used + 1));
    panel(buf, body, (view, focused(screen.state)), screen);
}

/// The answer in at most `most` rows, and as much of what follows from it as fits whole; returns
/// the rows used.
fn headline(
    buf: &mut Buffer,
    area: Rect,
    (view, most): (&PageView, usize),
    screen: &Screen<'_>,
) -> u16 {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let room = usize::from(inset.width);
    let answer = &view.told.answer;
    if screen.state.blurred {
        let covered = screen.covered();
        put(buf, inset, (0, 0), (&covered, screen.style(Role::Title)));
        return cells(most.min(2));
    }
    let cut = screen.theme.glyphs.cut;
    let first = answer.first().map(String::as_str).unwrap_or_default();
    let mut figures = view.figures.iter();
    let wide = figures.any(|(_, figure)| !narrowed::wide(figure).is_empty());
    let of = if wide {
        "Tasks of every language. "
    } else {
        ""
    };
    let mut lines = wrap(&format!("{of}{first}"), room, cut);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(fit(&rest, room, cut));
    }
    for (row, line) in lines.iter().enumerate() {
        put(
            buf,
            inset,
            (0, cells(row)),
            (line, screen.style(Role::Title)),
        );
    }
    let mut used = lines.len();
    if used < most {
        // What the cursor points at, as long as it points at a task.
        let more = match times::chosen(view, room, screen) {
            Some(chosen) => chosen,
            None => clauses(answer.get(1..).unwrap_or_default(), " ", room),
        };
        put(
            buf,
            inset,
            (0, cells(used)),
            (&more, screen.style(Role::Muted)),
        );
        used += 1;
    }
    cells(used.max(1))
}

fn panel(buf: &mut Buffer, area: Rect, (view, which): (&PageView, Which), screen: &Screen<'_>) {
    screen.panel_at(area, which as usize);
    match which {
        Which::Times => times::draw(buf, area, view, screen),
        Which::Ages => ages::draw(buf, area, view, screen),
        Which::Stages => stages::draw(buf, area, view, screen),
        Which::Cumulative => over_time::cumulative(buf, area, view, screen),
        Which::Throughput => over_time::throughput(buf, area, view, screen),
        Which::Reviews => reviews::draw(buf, area, view, screen),
        Which::Ahead => ahead::draw(buf, area, view, screen),
    }
}

/// Whether `which` has the focus.
fn has_focus(which: Which, screen: &Screen<'_>) -> bool {
    focused(screen.state) == which
}

/// The first of these that fits into the title line of a panel `wide` columns wide.
fn fitting(title: &str, wide: u16, notes: &[String]) -> String {
    let room = usize::from(wide).saturating_sub(width(title) + 12);
    let found = notes.iter().find(|note| width(note) <= room);
    found.cloned().unwrap_or_default()
}

/// The category by which a stage is drawn.
pub(super) fn stage_kind(stage: Stage) -> usize {
    match stage {
        Stage::Done | Stage::Cancelled => 0,
        Stage::InReview => 1,
        Stage::InProgress => 2,
        Stage::Todo => 3,
        Stage::Backlog => 4,
    }
}

/// `2.6d [1.9d-4.2d]`, or its cover.
fn measured(value: f64, interval: Option<(f64, f64)>, screen: &Screen<'_>) -> String {
    let ends = interval.map_or_else(String::new, |(low, high)| {
        format!(" [{}-{}]", words::duration(low), words::duration(high))
    });
    screen.number(format!("{}{ends}", words::duration(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focused_panel_is_always_among_the_bands_and_they_fit() {
        for height in 4..80 {
            for which in Which::ALL {
                let found = bands(height, which);
                let sum: u16 = found.iter().map(|band| band.1).sum();
                assert!(sum <= height, "{height}: {found:?}");
                assert!(
                    found.iter().any(|(band, _)| BANDS[*band].contains(&which)),
                    "{which:?} at {height}: {found:?}"
                );
            }
        }
    }
}
