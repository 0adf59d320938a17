//! One number with its past: the number, what it was, its usual range, its weeks as a sparkline.
//!
//! ```text
//! ╭ Days with commits ────────╮
//! │ 47             ▃▅▅▄▅▆▅·▅░ │
//! │ was 51 · usual week 2-6   │
//! ╰───────────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::panel::Panel;
use super::spark::spark;
use crate::model::figure::{Figure, Shape, Verdict};
use crate::ui::screen::Screen;
use crate::ui::text::{Span, clauses, put, put_right, put_spans, spans_width, width};
use crate::ui::theme::Role;
use crate::ui::widgets::narrowed;
use crate::ui::words;

/// A card.
pub struct Card<'a> {
    /// The measure's name.
    pub title: &'a str,
    /// The figure; `None` while it is computed.
    pub figure: Option<&'a Figure>,
    /// It has the focus.
    pub focused: bool,
}

/// Rows of a card with its box.
pub const HEIGHT: u16 = 4;

impl Card<'_> {
    /// Draws the card with its box.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let panel = Panel {
            title: self.title,
            note: Vec::new(),
            focused: self.focused,
        };
        let inside = panel.draw(buf, area, screen);
        let Some(figure) = self.figure else {
            put(
                buf,
                inside,
                (0, 0),
                (screen.theme.glyphs.cut, screen.style(Role::Muted)),
            );
            return;
        };
        let number = headline(figure, screen);
        put_spans(buf, inside, (0, 0), &number);
        let room = usize::from(inside.width).saturating_sub(spans_width(&number) + 2);
        put_right(buf, inside, 0, &spark(&figure.points, room, screen));
        let past = past(figure, screen, usize::from(inside.width));
        put(buf, inside, (0, 1), (&past, screen.style(Role::Muted)));
    }
}

/// The headline number, its unit where the title does not say it, its interval.
pub fn headline(figure: &Figure, screen: &Screen<'_>) -> Vec<Span> {
    let role = match figure.verdict {
        _ if screen.state.blurred => Role::Muted,
        Verdict::Outside(_) | Verdict::Shift { .. } => Role::Worth,
        _ => Role::Title,
    };
    let mut out = vec![Span::new(screen.headline(figure), screen.style(role))];
    if figure.shape == Shape::Distribution && figure.value.is_some() {
        let unit = words::unit(figure.unit, figure.value.unwrap_or(0.0));
        out.push(Span::new(
            format!(" {unit}, median"),
            screen.style(Role::Muted),
        ));
    }
    out
}

/// `was 51 · usual week 2-6`, as much as fits.
pub fn past(figure: &Figure, screen: &Screen<'_>, room: usize) -> String {
    if screen.state.blurred {
        return String::new();
    }
    if let Verdict::NotKept(kind) = figure.verdict {
        let all = kind.not_kept();
        let short = "not kept".to_owned();
        return if width(&all) <= room { all } else { short };
    }
    let was = if screen.state.look.compare {
        words::was(figure)
    } else {
        String::new()
    };
    let mut all = vec![narrowed::wide(figure).to_owned(), was];
    all.extend([
        words::usual(figure),
        words::interval(figure),
        words::too_few(figure),
    ]);
    if figure.shape == Shape::Distribution {
        all.push(format!("n={}", words::count(figure.n)));
    }
    all.retain(|clause| width(clause) <= room);
    clauses(&all, &screen.dot(), room)
}
