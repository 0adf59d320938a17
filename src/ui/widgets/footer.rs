//! The last line: what is running or enforced at the left, the keys that matter at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::hints::{self, Hint};
use crate::app::view::{Facts, Kept, Offline};
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, clauses, columns, put, put_right, rows, spans_width, width};
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
    let (actions, spans): (Vec<_>, Vec<_>) = spans(&hints, screen).into_iter().unzip();
    let left = room.saturating_sub(spans_width(&spans) + 2);
    let said = clauses(&status(screen), &screen.dot(), left);
    put(buf, area, (1, 0), (&said, screen.style(Role::Muted)));
    let Some(mut column) = put_right(buf, area, 0, &spans) else {
        return;
    };
    for (action, span) in actions.iter().zip(&spans) {
        let wide = cells(width(&span.text));
        if let Some(action) = action {
            screen.runs(columns(rows(area, 0, 1), column, wide), *action);
        }
        column += wide;
    }
}

fn wide(hints: &[Hint]) -> usize {
    hints
        .iter()
        .map(|hint| {
            let keys = hint.keys.iter().map(|(_, key)| width(key) + 1);
            keys.sum::<usize>() + width(hint.word) + 2
        })
        .sum()
}

fn spans(hints: &[Hint], screen: &Screen<'_>) -> Vec<(Option<Action>, Span)> {
    let (key, muted) = (screen.style(Role::Key), screen.style(Role::Muted));
    let blank = |text: &str| (None, Span::new(text, screen.style(Role::Text)));
    let mut out = Vec::new();
    for hint in hints {
        for (at, (action, label)) in hint.keys.iter().enumerate() {
            if at > 0 {
                out.push(blank(" "));
            }
            out.push((Some(*action), Span::new(label.clone(), key)));
        }
        // A word is its key's, where it has one key.
        let only = hint.keys.first().filter(|_| hint.keys.len() == 1);
        let word = Span::new(format!(" {}", hint.word), muted);
        out.push((only.map(|(action, _)| *action), word));
        out.push(blank("  "));
    }
    out.pop();
    out.push(blank(" "));
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
