//! What came to an end and what was reviewed: a row a measure, its number, its weeks, its past.
//!
//! ```text
//! ╭ ▸ Finished and shipped ──────────────────────────╮
//! │ Tasks finished         46  ▁▆▄▆█▅▁▂▁▆▃░  was 35  │
//! │ Changes delivered     248  ▃▄▅▅█▃▂▃▃▄▂░  was 164 │
//! │ Cycle time           6.3d  was 5.2d · n=46       │
//! ╰──────────────────────────────────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{panel, sentence, unseen};
use crate::app::findings::{self, CARDS, FINISHED, Line, REVIEWS};
use crate::app::size::Tier;
use crate::app::view::PageView;
use crate::model::figure::{Figure, Shape};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, put, put_spans, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::spark::spark;
use crate::ui::widgets::{card, narrowed};

/// Where the number of a row ends.
const NUMBER: u16 = 24;
/// How many weeks a row shows.
const WEEKS: usize = 12;

/// The panel of what came to an end.
pub(super) fn finished(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let ends = (!findings::knows_tasks(view)).then(|| none_of(screen, NO_TASKS, OTHER_TASKS));
    let what = ("Finished and shipped", panel::FINISHED, ends);
    draw(buf, area, (view, &FINISHED, what), screen);
}

/// The panel of reviews.
pub(super) fn reviews(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let none = || none_of(screen, NO_REVIEWS, OTHER_REVIEWS);
    let missing = (!findings::knows_reviews(view)).then(none);
    let what = ("Reviews", panel::REVIEWS, missing);
    draw(buf, area, (view, &REVIEWS, what), screen);
}

/// Said where no export ever told of a task.
const NO_TASKS: &str = "No task is known yet: `inward import FILE` reads a tracker's export.";
/// Said where no export ever told of a review.
const NO_REVIEWS: &str =
    "No review is known yet: they come with an export of pull requests, see `inward import --how`.";

/// Said where the record has tasks, but of other days.
const OTHER_TASKS: &str = "No task is known of these days.";
/// Said where the record has tasks, but nothing of these days was reviewed.
const OTHER_REVIEWS: &str =
    "No review is known of these days: they come with an export of pull requests.";

/// What is said where nothing is known: of the whole record, else of these days.
fn none_of<'a>(screen: &Screen<'_>, record: &'a str, days: &'a str) -> &'a str {
    let facts = screen.state.facts.as_ref();
    if facts.is_some_and(|facts| facts.tasks > 0) {
        days
    } else {
        record
    }
}

/// A panel's name, its number among the panels, and what is said of measures that nothing tells of.
type What<'a> = (&'a str, usize, Option<&'a str>);

fn draw(
    buf: &mut Buffer,
    area: Rect,
    (view, lines, (title, number, missing)): (&PageView, &[Line], What<'_>),
    screen: &Screen<'_>,
) {
    let focused = screen.state.focus() == number;
    let panel = Panel {
        title,
        note: Vec::new(),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, number);
    let mut row = 0;
    for (at, (slot, title)) in lines.iter().enumerate() {
        let Some(figure) = view.figure(*slot) else {
            continue;
        };
        if missing.is_some() && figure.value.is_none() {
            continue;
        }
        let cursor = screen.state.cursors.outcome;
        screen.row_at(rows(inside, row, 1), Some(number), (at, cursor));
        let chosen = focused && cursor == at;
        number_row(buf, rows(inside, row, 1), (title, figure, chosen), screen);
        row += 1;
    }
    let said = missing.map(|text| wrap(text, usize::from(inside.width), ""));
    for line in said.into_iter().flatten() {
        put(buf, inside, (0, row), (&line, screen.style(Role::Muted)));
        row += 1;
    }
}

/// The page in the smallest of its forms: the sentence, then every measure in a row of its own,
/// outcomes first; as many as there is room for.
pub(super) fn numbers(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    sentence::draw(buf, inset, view, screen);
    let mut row = 1;
    let shown = [
        (panel::FINISHED, &FINISHED[..]),
        (panel::REVIEWS, &REVIEWS[..]),
        (panel::CARDS, &CARDS[..]),
    ];
    for (number, lines) in shown {
        let cursors = &screen.state.cursors;
        let cursor = if number == panel::CARDS {
            cursors.card
        } else {
            cursors.outcome
        };
        for (at, (slot, title)) in lines.iter().enumerate() {
            let figure = view.figure(*slot).filter(|figure| figure.value.is_some());
            let Some(figure) = figure.filter(|_| row + 1 < area.height) else {
                continue;
            };
            let place = rows(inset, row, 1);
            screen.row_at(place, Some(number), (at, cursor));
            let chosen = screen.state.focus() == number && cursor == at;
            number_row(buf, rows(inset, row, 1), (title, figure, chosen), screen);
            row += 1;
        }
    }
    unseen(
        buf,
        rows(inset, row, area.height.saturating_sub(row)),
        view,
        screen,
    );
}

/// `Commits            218  ▂▃▅▂▆▅▇▄▃▅▆░  was 203`.
fn number_row(
    buf: &mut Buffer,
    area: Rect,
    (title, figure, chosen): (&str, &Figure, bool),
    screen: &Screen<'_>,
) {
    let role = if chosen { Role::Selected } else { Role::Text };
    put(buf, area, (0, 0), (title, screen.style(role)));
    let number = card::headline(figure, screen).swap_remove(0);
    let at = NUMBER.saturating_sub(cells(width(&number.text)));
    put(buf, area, (at, 0), (&number.text, number.style));
    let mut at = NUMBER + 2;
    // That no language narrows a figure is said before its weeks are drawn, where there is room for one.
    let wide = screen.tier == Tier::Numbers && !narrowed::wide(figure).is_empty();
    // Weeks of a duration are mostly too few for a median: its interval tells more.
    if figure.shape == Shape::Series && !wide {
        put_spans(buf, area, (at, 0), &spark(&figure.points, WEEKS, screen));
        at += cells(WEEKS) + 2;
    }
    let room = usize::from(area.width.saturating_sub(at));
    let past = card::past(figure, screen, room);
    put(buf, area, (at, 0), (&past, screen.style(Role::Muted)));
}
