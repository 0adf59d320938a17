//! The last line: what is running or enforced at the left, the keys that matter at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::hints;
use crate::app::view::{Facts, Kept, Offline};
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, clauses, put, put_right, spans_width, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// Draws the footer into the first row of `area`. Hints are whole or absent; help and quit, the
/// last ones, stay longest.
pub fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let mut hints = hints::footer(screen.state);
    let room = usize::from(area.width).saturating_sub(2);
    let least = least(screen);
    // Two columns between badge and hints.
    while !hints.is_empty() && wide(&hints) + width(&least) + 2 > room {
        let extra = hints.len().saturating_sub(3);
        match extra {
            // The middle ones first, then `commands`, then the page's main key.
            2.. => hints.remove(extra - 1),
            1 => hints.remove(1),
            _ => hints.remove(0),
        };
    }
    let spans = spans(&hints, screen);
    let left = room.saturating_sub(spans_width(&spans) + 2);
    let said = clauses(&status(screen), &screen.dot(), left);
    put(buf, area, (1, 0), (&said, screen.style(Role::Muted)));
    put_right(buf, area, 0, &spans);
}

fn wide(hints: &[(String, &str)]) -> usize {
    hints
        .iter()
        .map(|(keys, word)| width(keys) + width(word) + 3)
        .sum()
}

fn spans(hints: &[(String, &'static str)], screen: &Screen<'_>) -> Vec<Span> {
    let mut out = Vec::new();
    for (keys, word) in hints {
        out.push(Span::new(keys.clone(), screen.style(Role::Key)));
        out.push(Span::new(format!(" {word}"), screen.style(Role::Muted)));
        out.push(Span::new("  ", screen.style(Role::Text)));
    }
    out.pop();
    out.push(Span::new(" ", screen.style(Role::Text)));
    out
}

/// What the left end must not lose: a running scan, or what is enforced.
fn least(screen: &Screen<'_>) -> String {
    status(screen).into_iter().next().unwrap_or_default()
}

fn status(screen: &Screen<'_>) -> Vec<String> {
    let state = screen.state;
    if let Some(scan) = &state.scan {
        let mut first = match (scan.stopping, scan.of) {
            (true, _) => "stopping".to_owned(),
            (false, 0) => "scanning".to_owned(),
            (false, of) => {
                let name = screen.name(scan.name.as_str());
                format!("scanning {}/{of} {name}", scan.index)
            }
        };
        first.push_str(screen.theme.glyphs.cut);
        return vec![
            first,
            format!("{} commits", words::count(scan.walked)),
            format!(
                "{} stops",
                state.keymap.label(&[Context::Page], Action::Back)
            ),
        ];
    }
    let Some(facts) = &state.facts else {
        return vec!["starting".to_owned()];
    };
    let mut all = badges(facts);
    if let Some(scan) = facts.last_scan.filter(|_| !facts.demo) {
        all.push(format!("scanned {}", words::ago(scan, state.calendar.now)));
    }
    all
}

/// What is enforced and where the facts live; never more than is true.
fn badges(facts: &Facts) -> Vec<String> {
    let offline = match &facts.offline {
        Offline::Kernel => "OFFLINE by kernel",
        Offline::BuildOnly(_) => "OFFLINE by build only",
    };
    let file = match facts.kept {
        _ if facts.demo => "DEMO, temporary",
        Kept::Memory => "MEMORY only",
        Kept::Plain => "FILE plain",
        Kept::Sealed => "FILE sealed",
    };
    vec![offline.to_owned(), file.to_owned()]
}
