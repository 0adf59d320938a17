//! The drafts: which one and about which days, what the text is made of, and the text.
//!
//! ```text
//!   Stand-up  ▸ Week   Month   Review                            the week to Sun 22 Nov (so far)
//!   Markdown · with ids · 2.1 KB                                               lines 1-20 of 55
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::empty;
use crate::app::draft::{self, DraftDetail, Form, Kind};
use crate::app::prose;
use crate::app::size::Tier;
use crate::app::view::DraftView;
use crate::input::action::Action;
use crate::model::amount::size;
use crate::ui::screen::Screen;
use crate::ui::text::{
    Span, cells, clauses, columns, put, put_right, put_spans, rows, spans_width, width, wrap,
};
use crate::ui::theme::Role;
use crate::ui::widgets::notice::Notice;
use crate::ui::words;

/// Draws the detail.
pub(super) fn draw(buf: &mut Buffer, area: Rect, detail: &DraftDetail, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    head(buf, inset, detail, screen);
    let top = draft::top(screen.tier);
    let body = rows(inset, top, area.height.saturating_sub(top));
    if let Some(why) = &detail.view.failed {
        failed(buf, body, why.as_str(), screen);
        return;
    }
    let Some(view) = &detail.view.value else {
        let fact = if screen.state.facts.is_some() {
            "Putting it into words"
        } else {
            "Opening your record"
        };
        put(buf, body, (0, 0), (fact, screen.style(Role::Muted)));
        return;
    };
    let lines = prose::lines(&view.text, draft::room(screen.state.size).0);
    let height = usize::from(body.height);
    let first = detail.scroll.min(lines.len().saturating_sub(height));
    let line = rows(inset, 1, 1);
    if view.empty {
        made_of(buf, line, (view, ""), screen);
        nothing(buf, body, view, screen);
        return;
    }
    let seen = if lines.len() > height {
        format!("lines {}-{} of {}", first + 1, first + height, lines.len())
    } else {
        String::new()
    };
    made_of(buf, line, (view, &seen), screen);
    if screen.state.blurred {
        let said = screen.covered();
        put(buf, body, (0, 0), (&said, screen.style(Role::Covered)));
        return;
    }
    for (at, line) in lines.iter().skip(first).take(height).enumerate() {
        put_spans(buf, body, (0, cells(at)), &styled(line, screen));
    }
}

/// Which draft is shown and which others there are; its days at the right.
fn head(buf: &mut Buffer, area: Rect, detail: &DraftDetail, screen: &Screen<'_>) {
    let mut spans = Vec::new();
    for kind in Kind::ALL {
        let (mark, role) = if kind == detail.kind {
            (format!("{} ", screen.theme.glyphs.cursor), Role::Focus)
        } else {
            (String::new(), Role::Muted)
        };
        let text = format!("{mark}{}", kind.title());
        spans.push(Span::new(text, screen.style(role)));
        spans.push(Span::new("   ", screen.style(Role::Text)));
    }
    put_spans(buf, area, (0, 0), &spans);
    let Some(view) = &detail.view.value else {
        return;
    };
    let calendar = &screen.state.calendar;
    let days = match view.kind {
        Kind::Standup => format!("since {}", words::weekday(view.range.from, calendar)),
        Kind::Week | Kind::Month | Kind::Review => words::range(view.range, calendar),
    };
    // Short of room, what is still running is not said.
    let short = days.replace(" (so far)", "").replace("the week to ", "to ");
    let room = usize::from(area.width).saturating_sub(spans_width(&spans));
    if let Some(days) = [days, short].into_iter().find(|days| width(days) <= room) {
        put_right(buf, area, 0, &[Span::new(days, screen.style(Role::Title))]);
    }
}

/// What the text is made of, and which lines are seen.
fn made_of(buf: &mut Buffer, area: Rect, (view, seen): (&DraftView, &str), screen: &Screen<'_>) {
    let muted = screen.style(Role::Muted);
    let room = usize::from(area.width).saturating_sub(width(seen) + 2);
    if !view.problem.is_empty() {
        let text = format!("your wording was not used: {}", view.problem);
        let text = crate::ui::text::fit(&text, room, screen.theme.glyphs.cut);
        put(buf, area, (0, 0), (&text, screen.style(Role::Worth)));
    } else if !view.empty {
        let form = match view.form {
            Form::Markdown => "Markdown",
            Form::Plain => "plain text",
        };
        let ids = if view.ids { "with ids" } else { "without ids" };
        let mut all = vec![
            form.to_owned(),
            ids.to_owned(),
            size(view.text.len() as u64),
        ];
        let look = &screen.state.look;
        if look.repos.is_some() {
            all.push("every repository".to_owned());
        } else if look.is_narrowed() {
            all.push("of everything".to_owned());
        }
        let text = clauses(&all, &screen.dot(), room);
        put(buf, area, (0, 0), (&text, muted));
    }
    put_right(buf, area, 0, &[Span::new(seen, muted)]);
}

/// A line with headings and emphasis bold and ids dim.
fn styled(line: &prose::Line, screen: &Screen<'_>) -> Vec<Span> {
    if line.heading {
        return vec![Span::new(line.text.clone(), screen.style(Role::Title))];
    }
    // Bold that goes on in another line is not told from the marks of one that ends.
    let marked = line.text.matches("**").count();
    let whole = marked > 0 && marked.is_multiple_of(2);
    let mut spans: Vec<Span> = Vec::new();
    let mut bold = false;
    for (at, part) in line.text.split("**").enumerate() {
        if at > 0 {
            let style = if whole { Role::Title } else { Role::Text };
            push(&mut spans, "**", screen.style(style));
            bold = !bold && whole;
        }
        for word in part.split_inclusive(' ') {
            let role = match (bold, is_id(word)) {
                (true, _) => Role::Title,
                (false, true) => Role::Muted,
                (false, false) => Role::Text,
            };
            push(&mut spans, word, screen.style(role));
        }
    }
    spans
}

fn push(spans: &mut Vec<Span>, text: &str, style: Style) {
    match spans.last_mut() {
        Some(last) if last.style == style => last.text.push_str(text),
        _ => spans.push(Span::new(text, style)),
    }
}

/// `ING-7`, `#12`, `owner/name#12`, `1a2b3c4d`, whatever stands around them.
fn is_id(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    let number = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let key = word.rsplit_once('-').is_some_and(|(project, of)| {
        let upper = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit();
        number(of) && !project.is_empty() && project.bytes().all(upper) && !number(project)
    });
    let request = word.rsplit_once('#').is_some_and(|(_, of)| number(of));
    let hex = (7..=40).contains(&word.len())
        && word.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|c| c.is_ascii_digit());
    key || request || (hex && !number(word))
}

fn failed(buf: &mut Buffer, area: Rect, why: &str, screen: &Screen<'_>) {
    Notice {
        fact: "This draft could not be written.",
        more: why,
        keys: &[(Action::Rescan, "read again"), (Action::Back, "back")],
        role: Role::Failed,
    }
    .draw(buf, area, screen);
}

/// Nothing is stored at all, or nothing about these days.
fn nothing(buf: &mut Buffer, area: Rect, view: &DraftView, screen: &Screen<'_>) {
    let bare = screen
        .state
        .facts
        .as_ref()
        .is_some_and(|facts| facts.commits == 0);
    if bare && empty::nothing_stored(buf, area, screen) {
        return;
    }
    let calendar = &screen.state.calendar;
    let fact = match view.kind {
        Kind::Standup => {
            let day = words::weekday(view.range.from, calendar);
            format!("Nothing of yours since {day}.")
        }
        _ => format!("Nothing of yours, {}.", words::range(view.range, calendar)),
    };
    let more = "Talk, thinking and help leave no trace here: a note tells of them.";
    let keys: &[(Action, &str)] = match view.kind {
        Kind::Standup => &[(Action::Note, "add a note"), (Action::NextPanel, "week")],
        _ => &[
            (Action::PeriodBack, "earlier"),
            (Action::Note, "add a note"),
        ],
    };
    // The fact alone where there is no room for more.
    let lines = wrap(more, 72, "").len();
    let more = if usize::from(area.height) < lines + 4 || screen.tier < Tier::Numbers {
        ""
    } else {
        more
    };
    Notice {
        fact: &fact,
        more,
        keys,
        role: Role::Title,
    }
    .draw(buf, area, screen);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_words() {
        for id in [
            "ING-7",
            "(ING-7)",
            "`1a2b3c4d5e`,",
            "#12",
            "owner/name#12)",
            "[W2-31]:",
        ] {
            assert!(is_id(id), "{id}");
        }
        for word in [
            "and",
            "2026-11-20",
            "deface",
            "facade",
            "1234567",
            "-",
            "#",
            "co-author",
        ] {
            assert!(!is_id(word), "{word}");
        }
    }
}
