//! `What changed`: the measures that left their usual range; that nothing did is a full answer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::sentence;
use crate::app::findings;
use crate::app::view::PageView;
use crate::model::figure::Figure;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, clauses, put, put_spans, rows, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::words;

/// Draws the panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let focused = screen.state.focus() == super::panel::CHANGED;
    let panel = Panel {
        title: "What changed",
        note: Vec::new(),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, super::panel::CHANGED);
    if screen.state.blurred {
        return;
    }
    let findings = findings::of(view);
    let room = usize::from(inside.width);
    let mut row = 0;
    for (at, finding) in findings.iter().enumerate() {
        let figure = finding.figure;
        let cursor = screen.state.cursors.finding;
        let place = rows(inside, row, 2);
        screen.row_at(place, Some(super::panel::CHANGED), (at, cursor));
        let title = if focused && at == screen.state.cursors.finding {
            Span::new(finding.title, screen.style(Role::Selected))
        } else {
            Span::new(finding.title, screen.style(Role::Worth))
        };
        let number = format!("{}{}", screen.headline(figure), comma_was(figure, screen));
        let spans = [
            title,
            Span::new(format!("  {number}"), screen.style(Role::Text)),
        ];
        put_spans(buf, inside, (0, row), &spans);
        let why = [
            words::verdict(figure, &screen.state.calendar),
            words::usual(figure),
        ]
        .map(|clause| screen.clause(clause));
        let why = clauses(&why, &screen.dot(), room.saturating_sub(2));
        put(buf, inside, (2, row + 1), (&why, screen.style(Role::Muted)));
        row += 2;
    }
    let rest = match findings.len() {
        0 if !sentence::by_week(screen) => {
            vec!["What is usual is told of weeks. Fewer days are seen by week.".to_owned()]
        }
        0 => steady(view, screen),
        _ => vec!["Everything else is noise: no change to explain.".to_owned()],
    };
    for line in rest.iter().flat_map(|line| wrap(line, room, "")) {
        put(buf, inside, (0, row), (&line, screen.style(Role::Muted)));
        row += 1;
    }
}

/// `, was 203`; nothing when nothing is compared.
fn comma_was(figure: &Figure, screen: &Screen<'_>) -> String {
    match words::was(figure) {
        was if was.is_empty() || !screen.state.look.compare => String::new(),
        was => screen.clause(format!(", {was}")),
    }
}

/// What there is to say when nothing changed: measures with the same answer in one sentence.
fn steady(view: &PageView, screen: &Screen<'_>) -> Vec<String> {
    let mut out: Vec<(String, Vec<&str>)> = Vec::new();
    for (slot, title) in findings::lines() {
        let Some(figure) = view.figure(*slot) else {
            continue;
        };
        let verdict = screen.clause(words::verdict(figure, &screen.state.calendar));
        // A measure that nothing tells of has nothing to be steady in.
        if verdict.is_empty() || figure.n == 0 {
            continue;
        }
        match out.iter_mut().find(|(said, _)| *said == verdict) {
            Some((_, titles)) => titles.push(title),
            None => out.push((verdict, vec![title])),
        }
    }
    let sentence = |(said, titles): (String, Vec<&str>)| match titles.as_slice() {
        [title] => format!("{title}: {said}."),
        titles => format!(
            "{}: {}.",
            words::capital(&said),
            titles.join(", ").to_lowercase()
        ),
    };
    out.into_iter().map(sentence).collect()
}
